//! The content on its way: sent, received, and a spoken confirmation that moves nothing.

use super::{
    Overdracht, Stand,
    accepteer::{bundel_van, eis, is_ontvanger, niet_opgeschort},
    bied_aan::Inhoud,
};
use crate::{
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::OverdrachtId,
    weigering::{Code, Weigering},
};
use std::collections::BTreeSet;

pub(crate) fn verzend_gegevens(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    // At a table the content may follow the acceptance.
    eis(
        matches!(overdracht.stand, Stand::Open | Stand::Geaccepteerd(_)),
        Code::OverdrachtNietOpen,
        overdracht,
        context,
    )?;
    Ok(vec![Gebeurtenis::GegevensVerzonden { overdracht: id }])
}

pub(crate) fn bevestig_ontvangst_gegevens(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    is_ontvanger(overdracht, context)?;
    eis(overdracht.verzonden.is_some(), Code::GegevensNietOntvangen, overdracht, context)?;
    let mut gebeurtenissen = vec![Gebeurtenis::GegevensOntvangen { overdracht: id }];
    gebeurtenissen.extend(compleet(casus, overdracht, &overdracht.onderdelen, context)?);
    Ok(gebeurtenissen)
}

/// Who offered fills what was missing; it goes to the receiver at once when the rest is there.
pub(crate) fn vul_inhoud_aan(
    casus: &Casus,
    id: OverdrachtId,
    nieuw: &BTreeSet<String>,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    eis(overdracht.feit.organisatie == *context.organisatie, Code::NietDeAanbieder, overdracht, context)?;
    eis(overdracht.loopt(), Code::OverdrachtNietOpen, overdracht, context)?;
    let bundel = bundel_van(overdracht, context);
    let alle: BTreeSet<_> = overdracht.onderdelen.union(nieuw).cloned().collect();
    let redenen = Inhoud::van(casus, &alle, overdracht.fase, bundel).tegen_wat_meegaat(bundel);
    toets(bundel, redenen, reden)?;
    let mut gebeurtenissen = vec![Gebeurtenis::InhoudAangevuld { overdracht: id, onderdelen: nieuw.clone() }];
    if overdracht.ontvangen.is_some() {
        gebeurtenissen.extend(compleet(casus, overdracht, &alle, context)?);
    }
    Ok(gebeurtenissen)
}

/// The event that every mandatory part is with the receiver, where zicht waits for it. When the receiver accepted
/// before, zicht passes now: then nothing may stand in the way.
fn compleet(
    casus: &Casus,
    overdracht: &Overdracht,
    onderdelen: &BTreeSet<String>,
    context: &Context<'_>,
) -> Result<Option<Gebeurtenis>, Weigering> {
    let bundel = bundel_van(overdracht, context);
    let inhoud = Inhoud::van(casus, onderdelen, overdracht.fase, bundel);
    if !overdracht.wacht_op_inhoud || overdracht.compleet.is_some() || !inhoud.ontbreekt.is_empty() {
        return Ok(None);
    }
    if matches!(overdracht.stand, Stand::Geaccepteerd(_)) {
        niet_opgeschort(casus, overdracht, context)?;
    }
    Ok(Some(Gebeurtenis::InhoudCompleet { overdracht: overdracht.id }))
}

/// Spoken first, recorded by the receiver later: until then both sides see the same holder.
pub(crate) fn noteer_mondelinge_bevestiging(casus: &Casus, id: OverdrachtId, context: &Context<'_>) -> Uitslag {
    let overdracht = casus.overdracht(id).ok_or_else(|| context.weiger(Code::Onbekend))?;
    eis(overdracht.stand == Stand::Open, Code::OverdrachtNietOpen, overdracht, context)?;
    Ok(vec![Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht: id }])
}

#[cfg(test)]
mod tests {
    use crate::{commando::Commando, proef::*, termijnen::Status};

    #[test]
    fn gegevens_mogen_na_de_acceptatie_komen_en_tellen_de_eerste_keer() {
        let verhaal = klaar_voor_overdracht("ijmond").op("2026-03-10 10:30").door_vt();
        let Commando::BiedOverdrachtAan(mut aanbod) = verhaal.aanbod("cjg-kennemerland") else { unreachable!() };
        (aanbod.verzonden, aanbod.ontvangen) = (false, false);
        let verhaal = verhaal.doe(&Commando::BiedOverdrachtAan(aanbod));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let ontvangen = Commando::BevestigOntvangstGegevens { overdracht };
        let verhaal = verhaal
            .op("2026-03-10 11:00")
            .door("cjg-kennemerland")
            .doe(&Commando::AccepteerOverdracht { overdracht })
            .op("2026-03-11 09:00")
            .door_vt()
            .doe(&Commando::VerzendGegevens { overdracht })
            .op("2026-03-12 09:00")
            .door("cjg-kennemerland")
            .doe(&ontvangen)
            .op("2026-03-16 09:00")
            .doe(&ontvangen);
        assert_eq!(verhaal.status("contact-gezin", "2026-03-26 23:59"), Status::Open);
        assert_eq!(verhaal.status("contact-gezin", "2026-03-27 00:00"), Status::TeLaat);
    }
}
