//! The holder ends the casus, in one of the ways that the agreement knows.

use crate::{
    afspraak::{Bundel, SluitingRegel},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::SluitCasus,
    gebeurtenis::Gebeurtenis,
    tijd::Instant,
    weigering::{Code, Reden, Weigering},
};
use jiff::ToSpan;

pub(crate) fn sluit_casus(casus: &Casus, commando: &SluitCasus, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let Some(regel) = bundel.inhoud.sluiting.get(&commando.wijze.als_str()) else {
        return Err(context.weiger(Code::Onbekend));
    };
    let redenen = redenen_tegen(casus, commando, regel, bundel, context);
    match Weigering::uit(bundel, redenen) {
        Some(weigering) => Err(weigering),
        None => Ok(vec![Gebeurtenis::CasusGesloten { wijze: commando.wijze }]),
    }
}

fn redenen_tegen(
    casus: &Casus,
    commando: &SluitCasus,
    regel: &SluitingRegel,
    bundel: &Bundel,
    context: &Context<'_>,
) -> Vec<Reden> {
    let mut redenen = Vec::new();
    if casus.onbesliste_meldingen().next().is_some() {
        redenen.push(Reden::volgens(bundel, Code::MeldingNietBeoordeeld));
    }
    if casus.open_aanbod().is_some() {
        redenen.push(Reden::volgens(bundel, Code::AanbodAlOpen));
    }
    // It is the receiver's way to end: not Veilig Thuis' after taking over, and not anybody's after a new report.
    let eigen_overdracht =
        casus.laatste_overgang().is_some_and(|(overdracht, _)| overdracht.naar == *context.organisatie);
    let nieuw_na_overgang = casus.lopende_meldingen().next().is_some();
    if regel.alleen_na_directe_overdracht && (!eigen_overdracht || nieuw_na_overgang) {
        redenen.push(Reden::volgens(bundel, Code::NietNaDirecteOverdracht).met_clausule(&regel.clausule));
    }
    if let Some(vanaf) = stabiel_veilig_vanaf(casus, regel).filter(|vanaf| context.nu < *vanaf) {
        let reden = Reden::volgens(bundel, Code::NogNietStabielVeilig).met_clausule(&regel.clausule);
        redenen.push(reden.met_ontbreekt(vec![vanaf.dag().to_string()]));
    }
    for (sleutel, voorwaarde) in &regel.voorwaarden {
        if !commando.bevestigd.contains(sleutel) {
            let reden = Reden::volgens(bundel, Code::VoorwaardeNietVoldaan).met_clausule(&voorwaarde.clausule);
            redenen.push(reden.met_ontbreekt(vec![sleutel.clone()]));
        }
    }
    redenen
}

/// The instant from which nothing happened for long enough, counted from the last incident or report; `None` where
/// the way of closing asks for no such period.
pub fn stabiel_veilig_vanaf(casus: &Casus, regel: &SluitingRegel) -> Option<Instant> {
    if regel.maanden_zonder_incident == 0 {
        return None;
    }
    let incidenten = casus.incidenten.iter().map(|feit| feit.gebeurd_op);
    let laatste = casus.meldingen.iter().map(|melding| melding.ontvangen_op).chain(incidenten).max()?;
    Some(Instant::begin_van(laatste.dag().saturating_add(regel.maanden_zonder_incident.months())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, gebeurtenis::SluitingWijze, proef::*};

    fn sluit(wijze: SluitingWijze, bevestigd: &[&str]) -> Commando {
        Commando::SluitCasus(SluitCasus {
            wijze,
            bevestigd: bevestigd.iter().map(|sleutel| (*sleutel).into()).collect(),
        })
    }

    #[test]
    fn stabiel_veilig_kan_pas_na_zes_maanden_en_met_alle_voorwaarden() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-08-01 09:00").door("cjg-kennemerland");
        let alle = ["risicofactoren-hanteerbaar", "herstel-begonnen", "hulp-gerealiseerd", "doelen-behaald"];
        let weigering = team.probeer(&sluit(SluitingWijze::StabielVeilig, &alle)).geweigerd(Code::NogNietStabielVeilig);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-4.1.b");
        assert_eq!(weigering.reden.ontbreekt, ["2026-09-02"]);
        let team = team.op("2026-09-02 09:00");
        team.probeer(&sluit(SluitingWijze::StabielVeilig, &alle[..3])).geweigerd(Code::VoorwaardeNietVoldaan);
        let team = team.doe(&sluit(SluitingWijze::StabielVeilig, &alle));
        assert_eq!(team.tijdlijn().zicht.last().unwrap().tot, Some(t("2026-09-02 09:00")));
    }

    #[test]
    fn gestopt_kan_alleen_na_een_directe_overdracht_zonder_nieuwe_melding() {
        let voorwaarden = ["geen-hulp-of-contact", "geen-nieuwe-zorgen"];
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        team.probeer(&sluit(SluitingWijze::Gestopt, &voorwaarden)).toegestaan();
        let bij_vt = klaar_voor_overdracht("ijmond").door_vt();
        bij_vt.probeer(&sluit(SluitingWijze::Gestopt, &voorwaarden)).geweigerd(Code::NietNaDirecteOverdracht);
    }

    #[test]
    fn na_overname_kan_veilig_thuis_niet_stoppen_op_de_manier_van_het_team() {
        let overgenomen = overgedragen("ijmond", "cjg-kennemerland")
            .op("2026-04-01 09:00")
            .door_vt()
            .doe(&Commando::NeemZichtOver { reden: true });
        overgenomen
            .probeer(&sluit(SluitingWijze::Gestopt, &["geen-hulp-of-contact", "geen-nieuwe-zorgen"]))
            .geweigerd(Code::NietNaDirecteOverdracht);
    }
}
