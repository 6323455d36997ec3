//! The decision on what follows. Direct handover is where the agreements differ most: criteria, order and hardness
//! all come from the bundle of the report.

use super::samen;
use crate::{
    afspraak::{Bundel, Criterium, VolgtUit},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::BesluitVervolg,
    gebeurtenis::{Afwijking, Antwoord, BesluitSoort, Gebeurtenis, Openheid, SluitingWijze, Taxatie},
    meldingen::{Melding, Meldwijze, Verplaatsing},
    weigering::{Code, Reden, Weigering},
};

pub(crate) fn besluit_vervolg(casus: &Casus, commando: &BesluitVervolg, context: &Context<'_>) -> Uitslag {
    let melding = casus.melding(commando.melding).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let onderweg = matches!(melding.verplaatsing, Verplaatsing::Onderweg { .. });
    context.eis(!onderweg, Code::MeldingWordtVerplaatst)?;
    let loopt = casus.lopende_meldingen().any(|lopend| lopend.id == melding.id);
    let zelfde = melding
        .besluit
        .as_ref()
        .is_some_and(|besluit| besluit.soort == commando.besluit || besluit.soort == BesluitSoort::GeenVerdereStappen);
    context.eis(loopt && !zelfde, Code::BesluitAlGenomen)?;
    context.eis(melding.besluit.is_none() || casus.lopend_aanbod().is_none(), Code::AanbodAlOpen)?;
    let bundel = context.bundel_bij(&melding.feit);
    let redenen = match commando.besluit {
        BesluitSoort::DirecteOverdracht => redenen_tegen_direct(casus, melding, commando, bundel),
        BesluitSoort::VervolgBijVeiligThuis | BesluitSoort::GeenVerdereStappen => niet_beoordeeld(melding, bundel),
    };
    let redenen = redenen
        .into_iter()
        .chain(spreekt_tegen(melding, commando.besluit, bundel))
        .chain(samen::tegen_alleen(casus, melding, &commando.overleg, context, bundel))
        .chain(niet_toegewezen(commando, context, bundel)?)
        .chain(niet_aangevuld(melding, bundel))
        .collect();
    let afwijkingen = toets(bundel, redenen, commando.reden)?;
    let mut gebeurtenissen = vec![Gebeurtenis::VervolgBesloten {
        melding: melding.id,
        besluit: commando.besluit,
        voldoende_veilig: commando.voldoende_veilig,
        afwijkingen,
        overleg: commando.overleg.clone(),
        toewijzing: commando.toewijzing.clone(),
    }];
    if commando.besluit == BesluitSoort::GeenVerdereStappen && sluit_casus_mee(casus, melding) {
        gebeurtenissen.push(Gebeurtenis::CasusGesloten { wijze: SluitingWijze::GeenVerdereStappen });
    }
    Ok(gebeurtenissen)
}

/// Refuses when a rule stands that no reason passes, or when none was given; else the deviations to record.
pub(crate) fn toets(bundel: &Bundel, redenen: Vec<Reden>, reden_gegeven: bool) -> Result<Vec<Afwijking>, Weigering> {
    let afwijkingen =
        redenen.iter().map(|reden| Afwijking { code: reden.code, clausule: reden.clausule.clone() }).collect();
    match Weigering::uit(bundel, redenen) {
        Some(weigering) if !(weigering.mag_met_reden && reden_gegeven) => Err(weigering),
        Some(_) | None => Ok(afwijkingen),
    }
}

fn redenen_tegen_direct(casus: &Casus, melding: &Melding, commando: &BesluitVervolg, bundel: &Bundel) -> Vec<Reden> {
    let mut redenen = redenen_uit_criteria(casus, melding, bundel);
    redenen.extend(niet_beoordeeld(melding, bundel));
    if heeft_regel(bundel, Code::NietVeiligGenoeg) && commando.voldoende_veilig != Some(true) {
        redenen.push(Reden::volgens(bundel, Code::NietVeiligGenoeg));
    }
    if heeft_regel(bundel, Code::GeenGesprekMetGezin) && !casus.sprak_gezin_sinds(melding.ontvangen_op) {
        redenen.push(Reden::volgens(bundel, Code::GeenGesprekMetGezin));
    }
    redenen
}

/// Every answer that speaks against direct handover, and those that were not given.
pub(crate) fn redenen_uit_criteria(casus: &Casus, melding: &Melding, bundel: &Bundel) -> Vec<Reden> {
    let mut onbeantwoord = Vec::new();
    let mut redenen = Vec::new();
    for (sleutel, criterium) in bundel.criteria() {
        match antwoord(casus, melding, sleutel, criterium) {
            None => onbeantwoord.push(sleutel.to_owned()),
            Some(Antwoord::Nee) => {}
            Some(Antwoord::Ja) => redenen.extend(criterium.soort.map(|soort| Reden {
                code: Code::ContraIndicatie,
                clausule: criterium.clausule.clone(),
                soort,
                ontbreekt: vec![sleutel.to_owned()],
            })),
        }
    }
    if !onbeantwoord.is_empty() {
        redenen.push(Reden::volgens(bundel, Code::CriteriaNietBeantwoord).met_ontbreekt(onbeantwoord));
    }
    redenen
}

/// The recorded answer, or "ja" where a fact answers by itself.
fn antwoord(casus: &Casus, melding: &Melding, sleutel: &str, criterium: &Criterium) -> Option<Antwoord> {
    let uit_feit = match criterium.volgt_uit {
        Some(VolgtUit::MelderAfgeschermd) => {
            casus.lopende_meldingen().any(|lopend| lopend.openheid == Openheid::Afgeschermd)
        }
        Some(VolgtUit::MelderNietOpen) => casus.lopende_meldingen().any(|lopend| lopend.openheid != Openheid::Open),
        None => false,
    };
    if uit_feit { Some(Antwoord::Ja) } else { melding.antwoorden.get(sleutel).copied() }
}

fn niet_beoordeeld(melding: &Melding, bundel: &Bundel) -> Vec<Reden> {
    let klaar = melding.beoordeling.is_some();
    if klaar { Vec::new() } else { vec![Reden::volgens(bundel, Code::BeoordelingNietAfgerond)] }
}

/// What was found acute or structural stays with Veilig Thuis: it is not handed over at once, and not let go.
fn spreekt_tegen(melding: &Melding, besluit: BesluitSoort, bundel: &Bundel) -> Option<Reden> {
    let taxatie = melding.beoordeling.as_ref()?.taxatie;
    let onveilig = matches!(taxatie, Taxatie::AcuteOnveiligheid | Taxatie::StructureleOnveiligheid);
    (onveilig && besluit != BesluitSoort::VervolgBijVeiligThuis)
        .then(|| Reden::volgens(bundel, Code::TaxatieSpreektTegen).met_ontbreekt(vec![taxatie.als_str()]))
}

/// Where the agreement lists who may be assigned the follow-up, at least one is, and none that does not go with the decision.
fn niet_toegewezen(
    commando: &BesluitVervolg,
    context: &Context<'_>,
    bundel: &Bundel,
) -> Result<Option<Reden>, Weigering> {
    let past = |sleutel: &String| {
        bundel.inhoud.vervolgpartij.get(sleutel).is_some_and(|partij| partij.bij.contains(&commando.besluit))
    };
    context.eis(commando.toewijzing.iter().all(past), Code::Onbekend)?;
    let te_kiezen = bundel.inhoud.vervolgpartij.values().any(|partij| partij.bij.contains(&commando.besluit));
    let ontbreekt = te_kiezen && commando.toewijzing.is_empty() && heeft_regel(bundel, Code::VervolgNietToegewezen);
    Ok(ontbreekt.then(|| Reden::volgens(bundel, Code::VervolgNietToegewezen)))
}

/// What came by phone was taken up at once, and is completed with the reporter before something follows on it.
fn niet_aangevuld(melding: &Melding, bundel: &Bundel) -> Option<Reden> {
    let wacht = melding.gegevens.wijze == Meldwijze::Telefoon
        && melding.compleet.is_none()
        && melding.openheid != Openheid::Onbekend;
    (wacht && heeft_regel(bundel, Code::MeldingNietAangevuld))
        .then(|| Reden::volgens(bundel, Code::MeldingNietAangevuld))
}

/// Whether the region has this rule at all.
pub(crate) fn heeft_regel(bundel: &Bundel, code: Code) -> bool {
    bundel.inhoud.regel.get(&code).is_some_and(|regel| regel.soort.is_some())
}

/// "No further steps" ends the casus only when nobody else held before and no other report is still open; otherwise
/// only the report closes and the line returns.
fn sluit_casus_mee(casus: &Casus, melding: &Melding) -> bool {
    let ander_had_het = casus.laatste_overgang().is_some();
    let rest_klaar = casus
        .lopende_meldingen()
        .filter(|lopend| lopend.id != melding.id)
        .all(|lopend| lopend.besluit.as_ref().is_some_and(|besluit| besluit.soort == BesluitSoort::GeenVerdereStappen));
    !ander_had_het && rest_klaar && casus.overnames.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{BeantwoordCriteria, Commando},
        proef::*,
    };

    fn beoordeeld(regio: &str) -> Verhaal {
        Verhaal::in_regio(regio)
            .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-04 10:00")
            .rond_beoordeling_af()
    }

    #[test]
    fn ijmond_zonder_antwoorden_is_dwingend_met_eigen_clausule_eerst() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let weigering =
            verhaal.door_vt().probeer(&verhaal.besluit_direct(None)).geweigerd(Code::CriteriaNietBeantwoord);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.3.a");
        assert!(!weigering.mag_met_reden);
        let ook: Vec<_> = weigering.ook.iter().map(|reden| reden.code).collect();
        assert_eq!(ook, [Code::NietVeiligGenoeg, Code::BeoordelingNietAfgerond]);
    }

    #[test]
    fn een_antwoord_met_ja_houdt_de_casus_in_ijmond_bij_veilig_thuis_ook_met_reden() {
        let verhaal = beoordeeld("ijmond").antwoord("letsel", Antwoord::Ja);
        let weigering = verhaal.door_vt().probeer(&verhaal.besluit_direct(Some("x"))).geweigerd(Code::ContraIndicatie);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.2.e");
    }

    #[test]
    fn in_nog_passeert_een_reden_de_richtlijn_maar_niet_de_landelijke_grond() {
        let verhaal = beoordeeld("noord-oost-gelderland").antwoord("letsel", Antwoord::Ja).spreek_gezin();
        verhaal.door_vt().probeer(&verhaal.besluit_direct(None)).geweigerd(Code::ContraIndicatie);
        let met_reden = verhaal.clone().door_vt().doe(&verhaal.besluit_direct(Some("x")));
        let staat = met_reden.staat();
        let afwijkingen = &staat.meldingen[0].besluit.as_ref().unwrap().afwijkingen;
        assert_eq!(afwijkingen[0].clausule.als_str(), "NOG-1.m");
        let verhaal = verhaal.antwoord("structurele-onveiligheid", Antwoord::Ja);
        let weigering = verhaal.door_vt().probeer(&verhaal.besluit_direct(Some("x"))).geweigerd(Code::ContraIndicatie);
        assert_eq!(weigering.reden.clausule.als_str(), "LND-25.b");
    }

    #[test]
    fn een_afgeschermde_melder_is_een_ja_ook_als_nee_is_ingevuld() {
        let verhaal = Verhaal::in_regio("ijmond")
            .meld_als("basisschool", Openheid::Afgeschermd, "2026-03-02 10:00")
            .op("2026-03-04 10:00")
            .rond_beoordeling_af();
        let weigering = verhaal.door_vt().probeer(&verhaal.besluit_direct(None)).geweigerd(Code::ContraIndicatie);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.2.a");
    }

    #[test]
    fn geen_verdere_stappen_sluit_de_casus_als_niemand_anders_het_zicht_had() {
        let verhaal = beoordeeld("ijmond");
        let besluit = Commando::BesluitVervolg(BesluitVervolg {
            melding: verhaal.staat().meldingen[0].id,
            besluit: BesluitSoort::GeenVerdereStappen,
            voldoende_veilig: None,
            overleg: samen(),
            toewijzing: ["eigen-netwerk".to_owned()].into(),
            reden: false,
        });
        let verhaal = verhaal.door_vt().doe(&besluit);
        assert!(verhaal.staat().sluiting.is_some());
    }

    #[test]
    fn geen_verdere_stappen_op_de_eerste_melding_geeft_het_zicht_niet_terug_aan_de_melder() {
        let verhaal = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = verhaal.staat().meldingen[0].id;
        let beoordeeld = verhaal.op("2026-03-03 10:00").rond_beoordeling_af();
        let verhaal = beoordeeld.meld_als("huisarts", Openheid::Open, "2026-03-03 11:00");
        let besluit = Commando::BesluitVervolg(BesluitVervolg {
            melding,
            besluit: BesluitSoort::GeenVerdereStappen,
            voldoende_veilig: None,
            overleg: samen(),
            toewijzing: ["eigen-netwerk".to_owned()].into(),
            reden: false,
        });
        let verhaal = verhaal.op("2026-03-03 12:00").door_vt().doe(&besluit);
        assert!(verhaal.staat().sluiting.is_none());
        assert_eq!(verhaal.houder_op("2026-03-03 12:00").0, "veilig-thuis-kennemerland");
    }

    #[test]
    fn zuid_holland_zuid_vraagt_een_antwoord_en_weigert_om_een_ja_alleen_bij_een_landelijke_grond() {
        let gemeld = Verhaal::in_regio("zuid-holland-zuid").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
        let melding = gemeld.staat().meldingen[0].id;
        let antwoorden = BeantwoordCriteria { melding, antwoorden: [].into(), reden: false };
        let zonder = Commando::RondBeoordelingAf { melding, taxatie: Taxatie::GeenAcuteOnveiligheid, antwoorden };
        let zonder = gemeld.op("2026-03-04 10:00").door_vt().doe(&zonder);
        let weigering = zonder.probeer(&zonder.besluit_direct(None)).geweigerd(Code::CriteriaNietBeantwoord);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("ZHZ-9.1.p", true));
        zonder.probeer(&zonder.besluit_direct(Some("x"))).toegestaan();
        let met_ja = |sleutel: &str| {
            let verhaal = beoordeeld("zuid-holland-zuid").op("2026-03-04 11:00").antwoord(sleutel, Antwoord::Ja);
            verhaal.probeer(&verhaal.besluit_direct(None))
        };
        met_ja("kwetsbaar-systeem").toegestaan();
        met_ja("multiproblematiek").toegestaan();
        let weigering = met_ja("structurele-onveiligheid").geweigerd(Code::ContraIndicatie);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("LND-25.b", false));
    }

    #[test]
    fn een_acute_of_structurele_taxatie_spreekt_een_directe_overdracht_en_niets_doen_tegen() {
        for taxatie in [Taxatie::AcuteOnveiligheid, Taxatie::StructureleOnveiligheid] {
            let gemeld = Verhaal::in_regio("ijmond").meld_als("basisschool", Openheid::Open, "2026-03-02 10:00");
            let melding = gemeld.staat().meldingen[0].id;
            let antwoorden = BeantwoordCriteria { melding, antwoorden: [].into(), reden: false };
            let af = Commando::RondBeoordelingAf { melding, taxatie, antwoorden };
            let verhaal = gemeld.op("2026-03-04 10:00").door_vt().doe(&af);
            for besluit in [BesluitSoort::GeenVerdereStappen, BesluitSoort::DirecteOverdracht] {
                let commando = Commando::BesluitVervolg(BesluitVervolg {
                    melding,
                    besluit,
                    voldoende_veilig: Some(true),
                    overleg: samen(),
                    toewijzing: [].into(),
                    reden: true,
                });
                let codes = |w: &Weigering| w.ook.iter().chain([&w.reden]).map(|r| r.code).collect::<Vec<_>>();
                let weigering = verhaal.probeer(&commando).fout();
                assert!(codes(&weigering).contains(&Code::TaxatieSpreektTegen), "{weigering:?}");
                assert!(!weigering.mag_met_reden);
            }
        }
    }

    #[test]
    fn de_ijmond_wijst_het_vervolg_toe_aan_wie_bij_het_besluit_past() {
        let verhaal = beoordeeld("ijmond");
        let melding = verhaal.staat().meldingen[0].id;
        let besluit = |toewijzing: &[&str], reden| {
            Commando::BesluitVervolg(BesluitVervolg {
                melding,
                besluit: BesluitSoort::VervolgBijVeiligThuis,
                voldoende_veilig: None,
                overleg: samen(),
                toewijzing: toewijzing.iter().map(|sleutel| (*sleutel).to_owned()).collect(),
                reden,
            })
        };
        let weigering = verhaal.probeer(&besluit(&[], false)).geweigerd(Code::VervolgNietToegewezen);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-3.1.a", true));
        verhaal.probeer(&besluit(&[], true)).toegestaan();
        verhaal.probeer(&besluit(&["veilig-thuis", "eigen-netwerk"], false)).toegestaan();
        verhaal.probeer(&besluit(&["lokaal-team"], true)).geweigerd(Code::Onbekend);
    }
}
