//! Take-over, regie, incident, assignment and correction.

use crate::{
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    ids::{MedewerkerId, OrganisatieId},
    tijd::Instant,
    weigering::{Code, Reden},
};
use std::collections::BTreeSet;

/// Veilig Thuis takes zicht back, at once, with a reason.
pub(crate) fn neem_zicht_over(casus: &Casus, reden: bool, context: &Context<'_>) -> Uitslag {
    let heeft_het_al = context.houder_nu(casus) == casus.veilig_thuis;
    context.eis(!heeft_het_al, Code::AlHouder)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::ZichtOvergenomen { na_monitoring: false }])
}

/// Who keeps the other life domains together, or that nobody does. Some parties may only under conditions.
pub(crate) fn leg_regie_vast(
    organisatie: Option<&OrganisatieId>,
    bevestigd: &BTreeSet<String>,
    context: &Context<'_>,
) -> Uitslag {
    let bundel = context.bundel;
    let eisen = organisatie.into_iter().flat_map(|partij| bundel.regievoorwaarden(partij));
    // What was ticked for another kind of party is no part of this record.
    let (waar, open): (Vec<_>, Vec<_>) = eisen.partition(|(sleutel, _)| bevestigd.contains(*sleutel));
    let redenen = open.into_iter().map(|(sleutel, eis)| {
        let reden = Reden::volgens(bundel, Code::RegievoorwaardeNietBevestigd).met_clausule(&eis.clausule);
        reden.met_ontbreekt(vec![sleutel.clone()])
    });
    toets(bundel, redenen.collect(), false)?;
    let bevestigd = waar.into_iter().map(|(sleutel, _)| sleutel.clone()).collect();
    Ok(vec![Gebeurtenis::RegieVastgelegd { organisatie: organisatie.cloned(), bevestigd }])
}

pub(crate) fn leg_incident_vast() -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::IncidentVastgelegd]
}

/// Assignment is within the own organisation; the organisation holds, not the worker.
pub(crate) fn wijs_medewerker_toe(medewerker: &MedewerkerId, context: &Context<'_>) -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::MedewerkerToegewezen { organisatie: context.organisatie.clone(), medewerker: medewerker.clone() }]
}

/// The claimed time of an earlier recording was wrong. Only who recorded it corrects it, and never to after it was
/// recorded.
pub(crate) fn herstel_vastlegging(
    casus: &Casus,
    versie: u64,
    gebeurd_op: Instant,
    reden: bool,
    context: &Context<'_>,
) -> Uitslag {
    let feit = casus.feit(versie).ok_or_else(|| context.weiger(Code::Onbekend))?;
    context.eis_bevoegd(feit.organisatie == *context.organisatie, "herstel-vastlegging")?;
    context.eis(gebeurd_op <= feit.vastgelegd_op, Code::TijdstipInDeToekomst)?;
    // What belongs to one report did not happen before that one; all else not before the first.
    let eigen = casus.meldingen.iter().find(|melding| melding.feiten().any(|feit| feit.versie == versie));
    let eerste = casus.meldingen.iter().map(|melding| melding.ontvangen_op).min();
    let ontvangen_op = eigen.map(|melding| melding.ontvangen_op).or(eerste);
    context.eis(ontvangen_op.is_none_or(|ontvangen_op| gebeurd_op >= ontvangen_op), Code::TijdstipVoorOntvangst)?;
    context.eis(reden, Code::RedenOntbreekt)?;
    Ok(vec![Gebeurtenis::VastleggingHersteld { versie, gebeurd_op }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, gebeurtenis::Openheid, proef::*, termijnen::Status};

    #[test]
    fn een_herstel_verandert_de_termijn_en_niet_de_lijn() {
        let verhaal = Verhaal::in_regio("ijmond")
            .meld_als("basisschool", Openheid::Open, "2026-03-02 10:00")
            .op("2026-03-12 09:00")
            .rond_beoordeling_af();
        let voor = verhaal.tijdlijn();
        let versie = verhaal.staat().meldingen[0].beoordeling.as_ref().unwrap().feit.versie;
        let herstel = Commando::HerstelVastlegging { versie, gebeurd_op: t("2026-03-09 16:00"), reden: true };
        let verhaal = verhaal.op("2026-03-13 09:00").door_vt().doe(&herstel);
        assert_eq!(verhaal.status("veiligheidsbeoordeling", "2026-04-01 00:00"), Status::Gehaald);
        assert_eq!(verhaal.tijdlijn(), voor);
    }

    #[test]
    fn een_beoordeling_wordt_niet_hersteld_naar_voor_haar_eigen_melding() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland")
            .meld_als("huisarts", Openheid::Open, "2026-04-15 09:00")
            .op("2026-04-17 09:00")
            .rond_laatste_beoordeling_af_en_besluit_direct();
        let versie = verhaal.staat().meldingen[1].beoordeling.as_ref().unwrap().feit.versie;
        let herstel = |op| Commando::HerstelVastlegging { versie, gebeurd_op: t(op), reden: true };
        let vt = verhaal.op("2026-04-18 09:00").door_vt();
        vt.probeer(&herstel("2026-04-15 08:59")).geweigerd(Code::TijdstipVoorOntvangst);
        vt.probeer(&herstel("2026-04-15 09:00")).toegestaan();
    }

    #[test]
    fn de_jeugdgezondheidszorg_heeft_de_regie_alleen_als_beide_voorwaarden_kloppen() {
        let verhaal = klaar_voor_overdracht("zuid-holland-zuid").op("2026-03-10 10:00").door_vt();
        let regie = |partij: &str, bevestigd: &[&str]| Commando::LegRegieVast {
            organisatie: Some(partij.into()),
            bevestigd: bevestigd.iter().map(|sleutel| (*sleutel).to_owned()).collect(),
        };
        let (jgz, beide) = ("rivas-jeugdgezondheidszorg", ["partners-spraken-het-af", "ouders-willen-het"]);
        for een in beide {
            let weigering = verhaal.probeer(&regie(jgz, &[een])).geweigerd(Code::RegievoorwaardeNietBevestigd);
            assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("ZHZ-8.2.e", false));
            assert_ne!(weigering.reden.ontbreekt, [een]);
        }
        verhaal.probeer(&regie(jgz, &beide)).toegestaan();
        // A team needs neither, and what was ticked all the same is no part of the record.
        let gebeurtenis = verhaal.probeer(&regie("jeugdteam-dordrecht", &beide)).toegestaan().remove(0);
        let organisatie = Some("jeugdteam-dordrecht".into());
        assert_eq!(gebeurtenis, Gebeurtenis::RegieVastgelegd { organisatie, bevestigd: BTreeSet::new() });
    }

    #[test]
    fn overnemen_kan_alleen_van_een_ander_en_met_reden() {
        let verhaal = overgedragen("ijmond", "cjg-kennemerland");
        verhaal.door_vt().probeer(&Commando::NeemZichtOver { reden: false }).geweigerd(Code::RedenOntbreekt);
        let verhaal = verhaal.op("2026-05-06 08:00").door_vt().doe(&Commando::NeemZichtOver { reden: true });
        assert_eq!(verhaal.houder_op("2026-05-06 08:00"), ("veilig-thuis-kennemerland".into(), "LND-19.a".into()));
        verhaal.door_vt().probeer(&Commando::NeemZichtOver { reden: true }).geweigerd(Code::AlHouder);
    }
}
