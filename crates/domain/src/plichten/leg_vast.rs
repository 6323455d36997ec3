//! Recording that a duty was done. The terms look for these acts; nothing else meets them.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::{ContactWijze, Gebeurtenis, Openheid},
    ids::MeldingId,
    weigering::Code,
};

/// `geinformeerd`: in this talk the family was told of the report and of what follows.
pub(crate) fn leg_contact_gezin_vast(wijze: ContactWijze, gelukt: bool, geinformeerd: bool) -> Vec<Gebeurtenis> {
    let mut gebeurtenissen = vec![Gebeurtenis::ContactGezinVastgelegd { wijze, gelukt }];
    if gelukt && geinformeerd {
        gebeurtenissen.push(Gebeurtenis::GezinGeinformeerd { wijze });
    }
    gebeurtenissen
}

pub(crate) fn informeer_gezin(wijze: ContactWijze) -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::GezinGeinformeerd { wijze }]
}

pub(crate) fn maak_afspraak_gezin() -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::AfspraakGezinGemaakt]
}

pub(crate) fn koppel_terug_aan_melder(casus: &Casus, melding: MeldingId, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(melding.beoordeling.is_some(), Code::BeoordelingNietAfgerond)?;
    // Nobody can be told whom Veilig Thuis does not know either.
    context.eis(melding.openheid != Openheid::Onbekend, Code::Onbekend)?;
    Ok(vec![Gebeurtenis::MelderTeruggekoppeld { melding: melding.id }])
}
