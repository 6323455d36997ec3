//! What comes after the report itself: answers that were asked later, what the reporter puts right or takes back, and who
//! else is involved with one of the members.

use super::{
    Intrekking, aan_te_vullen, erken_spoed, gegevens, kies_huishouden, neem_melding_op, rond_verplaatsing_af,
    verplaats_melding, wijs_spoed_af,
};
use crate::{
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::{Commando, VulMeldingAan},
    gebeurtenis::Gebeurtenis,
    ids::{MeldingId, OrganisatieId, PersoonId},
    weigering::Code,
};

/// Everything about a report that was received.
pub(crate) fn bij_melding(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::ErkenSpoed { melding } => erken_spoed(casus, *melding, context),
        Commando::WijsSpoedAf { melding, reden } => wijs_spoed_af(casus, *melding, *reden, context),
        Commando::KiesHuishouden { melding, keuze } => kies_huishouden(casus, *melding, *keuze, context),
        Commando::VerplaatsMelding { melding, naar, reden } => {
            verplaats_melding(casus, *melding, *naar, *reden, context)
        }
        Commando::NeemMeldingOp { melding, uit, erna } => neem_melding_op(casus, melding, *uit, *erna, context),
        Commando::RondVerplaatsingAf { melding } => rond_verplaatsing_af(casus, *melding, context),
        Commando::VulMeldingAan(aanvulling) => vul_aan(casus, aanvulling, context),
        Commando::CorrigeerMelding { melding } => {
            van_de_melder(hier(casus, *melding, context)?, casus, context)?;
            Ok(vec![Gebeurtenis::MeldingGecorrigeerd { melding: *melding }])
        }
        Commando::TrekMeldingIn { melding } => {
            let melding = hier(casus, *melding, context)?;
            van_de_melder(melding, casus, context)?;
            let (gevraagd, melding) = (melding.intrekking.is_some(), &melding.id);
            context.eis(!gevraagd, Code::AlGekozen)?;
            Ok(vec![Gebeurtenis::IntrekkingGevraagd { melding: *melding }])
        }
        Commando::BeslisOverIntrekking { melding, gevolgd, reden } => {
            let wacht = hier(casus, *melding, context)?.intrekking.as_ref().is_some_and(Intrekking::wacht);
            context.eis(wacht, Code::GeenIntrekking)?;
            context.eis(*reden, Code::RedenOntbreekt)?;
            Ok(vec![Gebeurtenis::OverIntrekkingBeslist { melding: *melding, gevolgd: *gevolgd }])
        }
        Commando::LegGiVast { persoon, organisatie } => leg_gi_vast(casus, *persoon, organisatie.as_ref(), context),
        _ => Err(context.weiger(Code::Onbekend)),
    }
}

/// The report with this id, if it is not in another casus now.
fn hier<'a>(
    casus: &'a Casus,
    melding: MeldingId,
    context: &Context<'_>,
) -> Result<&'a super::Melding, crate::weigering::Weigering> {
    casus.melding(melding).filter(|melding| !melding.is_weg()).ok_or_else(|| context.weiger(Code::Onbekend))
}

/// Only who made a report puts it right or takes it back, or Veilig Thuis for who said so.
fn van_de_melder(
    melding: &super::Melding,
    casus: &Casus,
    context: &Context<'_>,
) -> Result<(), crate::weigering::Weigering> {
    let eigen = melding.melder.organisatie() == Some(context.organisatie);
    context.eis(eigen || casus.veilig_thuis.as_ref() == Some(context.organisatie), Code::NietBevoegd)
}

/// Answers may come one by one. Who says that it is complete while something is left to ask, says why.
fn vul_aan(casus: &Casus, aanvulling: &VulMeldingAan, context: &Context<'_>) -> Uitslag {
    let melding = hier(casus, aanvulling.melding, context)?;
    let bundel = context.bundel_bij(&melding.feit);
    context.eis(melding.compleet.is_none(), Code::AlGekozen)?;
    context.eis(gegevens::kent(bundel, &aanvulling.gegevens), Code::Onbekend)?;
    context.eis(aanvulling.compleet || !aanvulling.gegevens.is_leeg(), Code::Onbekend)?;
    if aanvulling.compleet {
        let mut na = melding.clone();
        na.gegevens.vul_aan(&aanvulling.gegevens);
        let rest = aan_te_vullen(casus, &na, bundel).is_some_and(|rest| !rest.vragen.is_empty());
        context.eis(!rest || aanvulling.reden, Code::RedenOntbreekt)?;
    }
    Ok(vec![Gebeurtenis::MeldingAangevuld {
        melding: melding.id,
        gegevens: aanvulling.gegevens.clone(),
        compleet: aanvulling.compleet,
    }])
}

fn leg_gi_vast(
    casus: &Casus,
    persoon: PersoonId,
    organisatie: Option<&OrganisatieId>,
    context: &Context<'_>,
) -> Uitslag {
    let lid = casus.personen.iter().find(|lid| lid.id == persoon).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis(lid.gi.as_ref() != organisatie, Code::AlGekozen)?;
    Ok(vec![Gebeurtenis::GiVastgelegd { persoon, organisatie: organisatie.cloned() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Meld,
        gebeurtenis::{BesluitSoort, Openheid},
        meldingen::{Meldgegevens, Meldwijze},
        proef::*,
        tijd::Datum,
    };

    fn met(verhaal: &Verhaal, verander: impl FnOnce(&mut Meld)) -> Verhaal {
        let Commando::Meld(mut meld) = verhaal.melding("basisschool", Openheid::Open, "2026-03-02 10:00") else {
            unreachable!()
        };
        verander(&mut meld);
        verhaal.op("2026-03-02 10:00").door("basisschool").doe(&Commando::Meld(meld))
    }

    fn per_telefoon(regio: &str) -> (Verhaal, MeldingId) {
        let verhaal = met(&Verhaal::in_regio(regio), |meld| meld.gegevens.wijze = Meldwijze::Telefoon);
        let melding = verhaal.staat().meldingen[0].id;
        (verhaal.op("2026-03-03 09:00").door_vt(), melding)
    }

    fn vragen(verhaal: &Verhaal, regio: &str) -> Option<(Vec<String>, String)> {
        let casus = verhaal.staat();
        let geldig = afspraken().geldig(&regio.into(), "2026-03-02".parse().unwrap()).unwrap();
        let rest = aan_te_vullen(&casus, &casus.meldingen[0], &geldig.bundel)?;
        Some((rest.vragen.iter().map(|(sleutel, _)| (*sleutel).to_owned()).collect(), rest.clausule.0.clone()))
    }

    fn aanvulling(melding: MeldingId, antwoorden: &[(&str, &str)], compleet: bool, reden: bool) -> Commando {
        let antwoorden = antwoorden.iter().map(|(sleutel, code)| ((*sleutel).to_owned(), (*code).to_owned())).collect();
        let gegevens = Meldgegevens { antwoorden, ..Meldgegevens::default() };
        Commando::VulMeldingAan(VulMeldingAan { melding, gegevens, compleet, reden })
    }

    #[test]
    fn wat_per_telefoon_kwam_blijft_staan_tot_het_is_aangevuld_met_de_melder() {
        let (verhaal, melding) = per_telefoon("zuid-holland-zuid");
        let (open, clausule) = vragen(&verhaal, "zuid-holland-zuid").unwrap();
        assert_eq!(clausule, "ZHZ-9.1.m");
        assert!(open.contains(&"werken-mee".to_owned()), "{open:?}");
        let deels = verhaal.doe(&aanvulling(melding, &[("werken-mee", "ja")], false, false));
        let (rest, _) = vragen(&deels, "zuid-holland-zuid").unwrap();
        assert!(!rest.contains(&"werken-mee".to_owned()) && rest.len() == open.len() - 1);
        deels.probeer(&aanvulling(melding, &[], true, false)).geweigerd(Code::RedenOntbreekt);
        let klaar = deels.doe(&aanvulling(melding, &[], true, true));
        assert_eq!(vragen(&klaar, "zuid-holland-zuid"), None);
        klaar.probeer(&aanvulling(melding, &[("werken-mee", "nee")], false, false)).geweigerd(Code::AlGekozen);
    }

    #[test]
    fn met_alle_antwoorden_is_een_melding_compleet_zonder_reden() {
        let (verhaal, melding) = per_telefoon("zuid-holland-zuid");
        let geldig = afspraken().geldig(&"zuid-holland-zuid".into(), "2026-03-02".parse().unwrap()).unwrap();
        let (open, _) = vragen(&verhaal, "zuid-holland-zuid").unwrap();
        let antwoorden: Vec<_> = open.iter().map(|sleutel| (sleutel.as_str(), "onbekend")).collect();
        assert!(antwoorden.len() > 5 && geldig.bundel.inhoud.meldvraag.len() >= antwoorden.len());
        verhaal.doe(&aanvulling(melding, &antwoorden, true, false));
    }

    #[test]
    fn zonder_aanvulling_is_er_in_zuid_holland_zuid_alleen_met_een_reden_een_besluit() {
        let besluit = |melding, reden| {
            Commando::BesluitVervolg(crate::commando::BesluitVervolg {
                melding,
                besluit: BesluitSoort::VervolgBijVeiligThuis,
                voldoende_veilig: None,
                overleg: samen(),
                toewijzing: [].into(),
                reden,
            })
        };
        let (verhaal, melding) = per_telefoon("zuid-holland-zuid");
        let verhaal = verhaal.rond_beoordeling_af().door_vt();
        let weigering = verhaal.probeer(&besluit(melding, false)).geweigerd(Code::MeldingNietAangevuld);
        assert!(weigering.mag_met_reden && weigering.reden.clausule.0 == "ZHZ-9.1.m");
        verhaal.probeer(&besluit(melding, true)).toegestaan();
        let aangevuld = verhaal.doe(&aanvulling(melding, &[], true, true));
        aangevuld.probeer(&besluit(melding, false)).toegestaan();
        let (elders, melding) = per_telefoon("ijmond");
        elders.rond_beoordeling_af().door_vt().probeer(&besluit(melding, true)).toegestaan();
    }

    #[test]
    fn een_antwoord_of_instrument_dat_de_afspraak_niet_kent_wordt_geweigerd() {
        let (verhaal, melding) = per_telefoon("zuid-holland-zuid");
        for (sleutel, code) in [("werken-mee", "soms"), ("verzonnen", "ja"), ("inschatting", "ja")] {
            verhaal.probeer(&aanvulling(melding, &[(sleutel, code)], false, false)).geweigerd(Code::Onbekend);
        }
        let instrument = |sleutel: &str| {
            let instrumenten = [(sleutel.to_owned(), Datum("2026-02-20".parse().unwrap()))].into();
            let gegevens = Meldgegevens { instrumenten, ..Meldgegevens::default() };
            Commando::VulMeldingAan(VulMeldingAan { melding, gegevens, compleet: false, reden: false })
        };
        verhaal.probeer(&instrument("horoscoop")).geweigerd(Code::Onbekend);
        verhaal.probeer(&instrument("lirik")).toegestaan();
        verhaal.probeer(&aanvulling(melding, &[], false, false)).geweigerd(Code::Onbekend);
    }

    #[test]
    fn een_intrekking_verandert_niets_tot_veilig_thuis_beslist_en_ook_dan_niet_wie_het_zicht_heeft() {
        let (verhaal, melding) = per_telefoon("ijmond");
        let beslis = |reden| Commando::BeslisOverIntrekking { melding, gevolgd: true, reden };
        verhaal.probeer(&beslis(true)).geweigerd(Code::GeenIntrekking);
        let houder = verhaal.houder_op("2026-03-03 09:00");
        let gevraagd = verhaal.doe(&Commando::TrekMeldingIn { melding });
        assert_eq!(gevraagd.houder_op("2026-03-03 09:00"), houder);
        gevraagd.probeer(&Commando::TrekMeldingIn { melding }).geweigerd(Code::AlGekozen);
        gevraagd.probeer(&beslis(false)).geweigerd(Code::RedenOntbreekt);
        let beslist = gevraagd.doe(&beslis(true));
        assert_eq!(beslist.houder_op("2026-03-03 09:00"), houder);
        assert!(beslist.staat().sluiting.is_none() && beslist.staat().meldingen[0].besluit.is_none());
        beslist.probeer(&beslis(true)).geweigerd(Code::GeenIntrekking);
    }

    #[test]
    fn een_gezinsvoogd_hoort_bij_een_lid_en_wordt_niet_twee_keer_vastgelegd() {
        let (verhaal, _) = per_telefoon("zuid-holland-zuid");
        let persoon = verhaal.staat().personen[0].id;
        let vast = |persoon, gi: Option<&str>| Commando::LegGiVast { persoon, organisatie: gi.map(Into::into) };
        verhaal.probeer(&vast(persoon, None)).geweigerd(Code::AlGekozen);
        verhaal.probeer(&vast(PersoonId(uuid::Uuid::nil()), Some("gi"))).geweigerd(Code::Onbekend);
        let met_gi = verhaal.doe(&vast(persoon, Some("gi")));
        met_gi.probeer(&vast(persoon, Some("gi"))).geweigerd(Code::AlGekozen);
        assert!(met_gi.doe(&vast(persoon, None)).staat().personen[0].gi.is_none());
    }
}
