//! Recording that a duty was done. The terms look for these acts; nothing else meets them.

use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::{ContactWijze, Gebeurtenis, Openheid, TerugkoppelingMoment},
    ids::MeldingId,
    meldingen::Melding,
    tijd::Datum,
    weigering::Code,
};

/// `geinformeerd`: in this talk the family was told of the report and of what follows.
pub(crate) fn leg_contact_gezin_vast(
    wijze: ContactWijze,
    gelukt: bool,
    geinformeerd: bool,
    teruggekoppeld: bool,
) -> Vec<Gebeurtenis> {
    let mut gebeurtenissen = vec![Gebeurtenis::ContactGezinVastgelegd { wijze, gelukt, teruggekoppeld }];
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

/// Informing the family may wait only for somebody's safety, with the reason on record.
pub(crate) fn stel_informeren_uit(tot: Datum, reden: bool, context: &Context<'_>) -> Uitslag {
    context.eis(reden, Code::RedenOntbreekt)?;
    context.eis(tot.0 >= context.nu.dag(), Code::TijdstipVoorOntvangst)?;
    Ok(vec![Gebeurtenis::InformerenUitgesteld { tot }])
}

pub(crate) fn koppel_terug_aan_melder(
    casus: &Casus,
    melding: MeldingId,
    moment: Option<TerugkoppelingMoment>,
    context: &Context<'_>,
) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(melding.beoordeling.is_some(), Code::BeoordelingNietAfgerond)?;
    // Nobody can be told whom Veilig Thuis does not know either.
    context.eis(melding.openheid != Openheid::Onbekend, Code::Onbekend)?;
    let moment = moment.unwrap_or_else(|| volgend_moment(casus, melding));
    Ok(vec![Gebeurtenis::MelderTeruggekoppeld { melding: melding.id, moment }])
}

/// The feedback that is due next: the first, then the second when there is a service, then the last.
fn volgend_moment(casus: &Casus, melding: &Melding) -> TerugkoppelingMoment {
    let gedaan = |moment| casus.terugkoppelingen.iter().any(|t| t.melding == melding.id && t.moment == moment);
    if !gedaan(TerugkoppelingMoment::Eerste) {
        TerugkoppelingMoment::Eerste
    } else if casus.dienst_na(melding).is_some() && !gedaan(TerugkoppelingMoment::Tweede) {
        TerugkoppelingMoment::Tweede
    } else {
        TerugkoppelingMoment::Eind
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status};

    #[test]
    fn informeren_wordt_alleen_met_een_reden_uitgesteld_en_wat_te_laat_was_blijft_te_laat() {
        // Received on Monday 2 March: the sixth working day ends on the 10th.
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let tot = Datum("2026-03-20".parse().unwrap());
        let uitstel = |reden| Commando::StelInformerenUit { tot, reden };
        let vt = verhaal.op("2026-03-06 09:00").door_vt();
        vt.probeer(&uitstel(false)).geweigerd(Code::RedenOntbreekt);
        let uitgesteld = vt.doe(&uitstel(true));
        assert_eq!(uitgesteld.status("gezin-informeren", "2026-03-20 23:59"), Status::Open);
        assert_eq!(uitgesteld.status("gezin-informeren", "2026-03-21 00:00"), Status::TeLaat);
        let te_laat = verhaal.op("2026-03-11 09:00").door_vt().doe(&uitstel(true));
        assert_eq!(te_laat.status("gezin-informeren", "2026-03-12 00:00"), Status::TeLaat);
    }
}
