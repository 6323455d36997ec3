//! Moving a report that stands in the wrong casus. Three steps in two streams: it leaves, it arrives, both know.
//! Until the last one Veilig Thuis holds in both casussen.

use super::{Meldgegevens, Verplaatsing, meld::ontvangen};
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::{Erna, Meld},
    gebeurtenis::{Gebeurtenis, SluitingWijze},
    ids::{CasusId, MeldingId},
    weigering::Code,
};

/// The report leaves this casus.
pub(crate) fn verplaats_melding(
    casus: &Casus,
    melding: MeldingId,
    naar: CasusId,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let weg = matches!(melding.verplaatsing, Verplaatsing::Weg { .. });
    context.eis(!weg && !melding.is_onderweg(), Code::MeldingWordtVerplaatst)?;
    // What was decided on a report belongs to the casus in which it was decided.
    context.eis(melding.besluit.is_none(), Code::BesluitAlGenomen)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::VerplaatsingBegonnen { melding: melding.id, naar }])
}

/// The report arrives in this casus, with its original time of arrival.
pub(crate) fn neem_melding_op(
    casus: &Casus,
    melding: &Meld,
    uit: CasusId,
    erna: Erna,
    context: &Context<'_>,
) -> Uitslag {
    // A casus of its own is what the report came from.
    context.eis(!casus.meldingen.is_empty(), Code::Onbekend)?;
    context.eis(casus.melding(melding.melding).is_none(), Code::MeldingWordtVerplaatst)?;
    // What was asked when it was made is not asked again.
    let mut gebeurtenissen = ontvangen(melding, Some(uit), Vec::new(), context)?;
    let id = melding.melding;
    let gegevens = Meldgegevens::default();
    gebeurtenissen.extend(erna.compleet.then_some(Gebeurtenis::MeldingAangevuld {
        melding: id,
        gegevens,
        compleet: true,
    }));
    gebeurtenissen.extend(erna.ingetrokken.then_some(Gebeurtenis::IntrekkingGevraagd { melding: id }));
    Ok(gebeurtenissen)
}

/// This casus knows that the report arrived: here it is gone, or done.
pub(crate) fn rond_verplaatsing_af(casus: &Casus, melding: MeldingId, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    match &melding.verplaatsing {
        Verplaatsing::Onderweg { naar, .. } => {
            let mut gebeurtenissen = vec![Gebeurtenis::MeldingVerplaatst { melding: melding.id, naar: *naar }];
            if casus.eigen_meldingen().all(|eigen| eigen.id == melding.id) {
                gebeurtenissen.push(Gebeurtenis::CasusGesloten { wijze: SluitingWijze::Verplaatst });
            }
            Ok(gebeurtenissen)
        }
        Verplaatsing::Geen | Verplaatsing::Weg { .. } => {
            let komt_aan = melding.aankomst.as_ref().is_some_and(|aankomst| aankomst.voltooid.is_none());
            context.eis(komt_aan, Code::Onbekend)?;
            Ok(vec![Gebeurtenis::VerplaatsingVoltooid { melding: melding.id }])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{Melder, Openheid},
        proef::*,
        termijnen::Status,
    };

    const NAAR: CasusId = CasusId(uuid::Uuid::from_u128(77));

    fn gemeld() -> (Verhaal, MeldingId) {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        (verhaal.op("2026-03-03 09:00").door_vt(), melding)
    }

    #[test]
    fn terwijl_een_melding_onderweg_is_houdt_veilig_thuis_het_zicht_en_daarna_sluit_een_lege_casus() {
        let (verhaal, melding) = gemeld();
        assert_eq!(verhaal.houder_op("2026-03-03 08:59").0, "basisschool");
        let verplaats = |reden| Commando::VerplaatsMelding { melding, naar: NAAR, reden };
        verhaal.probeer(&verplaats(false)).geweigerd(Code::RedenOntbreekt);
        let onderweg = verhaal.doe(&verplaats(true));
        assert_eq!(onderweg.houder_op("2026-03-03 09:00"), ("veilig-thuis-kennemerland".into(), "HIAAT-22".into()));
        onderweg.probeer(&verplaats(true)).geweigerd(Code::MeldingWordtVerplaatst);
        let weg = onderweg.op("2026-03-03 09:01").doe(&Commando::RondVerplaatsingAf { melding });
        let casus = weg.staat();
        assert_eq!(casus.sluiting.as_ref().map(|sluiting| sluiting.wijze), Some(SluitingWijze::Verplaatst));
        assert_eq!(weg.status("veiligheidsbeoordeling", "2026-04-01 00:00"), Status::Vervallen);
    }

    #[test]
    fn in_de_andere_casus_lopen_de_termijnen_vanaf_de_eerste_ontvangst_en_keert_de_lijn_terug() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-15 12:00").door_vt();
        let Commando::Meld(mut melding) = verhaal.melding("basisschool", Openheid::Open, "2026-04-14 16:00") else {
            unreachable!()
        };
        melding.melder = Melder::Burger;
        let id = melding.melding;
        let opnemen = Commando::NeemMeldingOp { melding, uit: NAAR, erna: Erna { compleet: true, ingetrokken: true } };
        let verhaal = verhaal.doe(&opnemen);
        let opgenomen = verhaal.staat().meldingen[1].clone();
        assert!(opgenomen.compleet.is_some() && opgenomen.intrekking.is_some_and(|intrekking| intrekking.wacht()));
        verhaal.probeer(&opnemen).geweigerd(Code::MeldingWordtVerplaatst);
        assert_eq!(verhaal.houder_op("2026-04-15 11:59").0, "cjg-kennemerland");
        assert_eq!(verhaal.houder_op("2026-04-15 12:00").0, "veilig-thuis-kennemerland");
        let verhaal = verhaal.op("2026-04-15 12:01").doe(&Commando::RondVerplaatsingAf { melding: id });
        assert_eq!(verhaal.houder_op("2026-04-15 12:01").0, "cjg-kennemerland");
        // Received on Tuesday 14 April: five working days are over at the end of the 21st; on the 22nd it is the sixth.
        assert_eq!(verhaal.status("veiligheidsbeoordeling", "2026-04-21 23:59"), Status::Open);
        assert_eq!(verhaal.status("veiligheidsbeoordeling", "2026-04-22 00:00"), Status::TeLaat);
        assert_eq!(verhaal.houder_op("2026-04-22 00:00"), ("veilig-thuis-kennemerland".into(), "IJM-3.1.e".into()));
    }

    #[test]
    fn een_melding_waarover_is_besloten_wordt_niet_meer_verplaatst() {
        let verhaal = klaar_voor_overdracht("ijmond").door_vt();
        let melding = verhaal.staat().meldingen[0].id;
        verhaal
            .probeer(&Commando::VerplaatsMelding { melding, naar: NAAR, reden: true })
            .geweigerd(Code::BesluitAlGenomen);
    }
}
