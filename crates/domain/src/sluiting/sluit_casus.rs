//! The holder ends the casus, in one of the ways that the agreement knows.

use crate::{
    afspraak::{Bundel, Fase, SluitingRegel},
    beoordelingen::{heeft_regel, toets},
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::SluitCasus,
    diensten::Dienst,
    gebeurtenis::Gebeurtenis,
    monitoring::lopend_schema,
    tijd::Instant,
    weigering::{Code, Reden, Weigering},
};
use jiff::ToSpan;

pub(crate) fn sluit_casus(casus: &Casus, commando: &SluitCasus, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let Some(regel) = bundel.inhoud.sluiting.get(&commando.wijze.als_str()) else {
        return Err(context.weiger(Code::Onbekend));
    };
    toets(bundel, redenen_tegen(casus, commando, regel, bundel, context), commando.reden)?;
    Ok(vec![if regel.twee_personen {
        Gebeurtenis::SluitingVoorgesteld { wijze: commando.wijze }
    } else {
        Gebeurtenis::CasusGesloten { wijze: commando.wijze }
    }])
}

/// A second worker agrees with what a first one proposed; nothing may have happened in between that forbids it.
pub(crate) fn stem_in_met_sluiting(casus: &Casus, context: &Context<'_>) -> Uitslag {
    let voorstel = casus.sluiting_voorgesteld.as_ref().ok_or_else(|| context.weiger(Code::Onbekend))?;
    let regel = context.bundel.inhoud.sluiting.get(&voorstel.wijze.als_str());
    let reden = Reden::volgens(context.bundel, Code::TweedePersoonNodig);
    let reden = regel.map_or(reden.clone(), |regel| reden.met_clausule(&regel.clausule));
    if voorstel.medewerker == *context.medewerker || voorstel.feit.organisatie != *context.organisatie {
        return Err(Weigering::om(reden));
    }
    context.eis(casus.onbesliste_meldingen().next().is_none(), Code::MeldingNietBeoordeeld)?;
    context.eis(casus.lopend_aanbod().is_none(), Code::AanbodAlOpen)?;
    Ok(vec![Gebeurtenis::CasusGesloten { wijze: voorstel.wijze }])
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
    if casus.wordt_verplaatst() {
        redenen.push(Reden::volgens(bundel, Code::MeldingWordtVerplaatst));
    }
    if casus.lopend_aanbod().is_some() {
        redenen.push(Reden::volgens(bundel, Code::AanbodAlOpen));
    }
    if casus.lopende_dienst().is_some() {
        redenen.push(Reden::volgens(bundel, Code::DienstLoopt));
    }
    redenen.extend(niet_geraadpleegd(casus, bundel, context));
    if regel.alleen_na_onderzoek_zonder_hg_km && !casus.afgeronde_dienst(u64::MAX).is_some_and(Dienst::vond_geen_hg_km)
    {
        redenen.push(Reden::volgens(bundel, Code::GeenOnderzoekZonderHgKm).met_clausule(&regel.clausule));
    }
    // It is the receiver's way to end: not Veilig Thuis' after taking over, and not anybody's after a new report.
    let eigen_overdracht = casus
        .laatste_overgang()
        .is_some_and(|(overdracht, _)| overdracht.naar == *context.organisatie && overdracht.fase == Fase::Direct);
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

/// While Veilig Thuis monitors, whoever ends its support speaks with Veilig Thuis first. What happened after that talk
/// asks for another one.
fn niet_geraadpleegd(casus: &Casus, bundel: &Bundel, context: &Context<'_>) -> Option<Reden> {
    let schema = lopend_schema(casus, context.bundels)?;
    let door_vt = casus.veilig_thuis.as_ref() == Some(&schema.wie) && schema.wie != *context.organisatie;
    let incident = casus.incidenten.last().map_or(0, |feit| feit.versie);
    let sinds = schema.vanaf_versie.max(incident);
    let geraadpleegd = casus.raadplegingen.iter().any(|feit| feit.versie > sinds);
    let nodig = door_vt && !geraadpleegd && heeft_regel(bundel, Code::VtNietGeraadpleegd);
    nodig.then(|| Reden::volgens(bundel, Code::VtNietGeraadpleegd))
}

/// The instant from which nothing happened for long enough, counted from the last incident or report; `None` where
/// the way of closing asks for no such period.
pub fn stabiel_veilig_vanaf(casus: &Casus, regel: &SluitingRegel) -> Option<Instant> {
    if regel.maanden_zonder_incident == 0 {
        return None;
    }
    let incidenten = casus.incidenten.iter().map(|feit| feit.gebeurd_op);
    let laatste = casus.eigen_meldingen().map(|melding| melding.ontvangen_op).chain(incidenten).max()?;
    Some(Instant::begin_van(laatste.dag().saturating_add(regel.maanden_zonder_incident.months())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::Commando,
        gebeurtenis::{Conclusie, DienstSoort, SluitingWijze},
        proef::*,
    };

    fn sluit(wijze: SluitingWijze, bevestigd: &[&str]) -> Commando {
        Commando::SluitCasus(SluitCasus {
            wijze,
            bevestigd: bevestigd.iter().map(|sleutel| (*sleutel).into()).collect(),
            reden: false,
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
    fn geen_hg_km_sluit_veilig_thuis_na_een_onderzoek_dat_niets_vond() {
        let wijze = sluit(SluitingWijze::GeenHgKm, &["gewezen-op-vernietiging"]);
        let verhaal = na_dienst("ijmond", DienstSoort::Onderzoek);
        let lopend = verhaal.tot_en_met(verhaal.stroom().len() - 1).door_vt();
        lopend.doe(&rond_af(Some(Conclusie::Bevestigd))).probeer(&wijze).geweigerd(Code::GeenOnderzoekZonderHgKm);
        let weerlegd = lopend.doe(&rond_af(Some(Conclusie::Weerlegd)));
        let weigering = weerlegd.probeer(&sluit(SluitingWijze::GeenHgKm, &[])).geweigerd(Code::VoorwaardeNietVoldaan);
        assert_eq!(weigering.reden.clausule.als_str(), "LND-28.a");
        weerlegd.probeer(&wijze).toegestaan();
    }

    #[test]
    fn dat_er_geen_gezin_meer_is_stellen_twee_medewerkers_vast() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        team.probeer(&Commando::StemInMetSluiting).geweigerd(Code::Onbekend);
        let voorstel = team.doe(&sluit(SluitingWijze::GeenGezin, &["nagegaan"]));
        assert!(voorstel.staat().sluiting.is_none());
        let weigering = voorstel.probeer(&Commando::StemInMetSluiting).geweigerd(Code::TweedePersoonNodig);
        assert_eq!(weigering.reden.clausule.als_str(), "HIAAT-4");
        let gesloten = voorstel.medewerker("m2").doe(&Commando::StemInMetSluiting);
        assert!(gesloten.staat().sluiting.is_some());
    }

    #[test]
    fn na_een_dienst_stopt_een_team_niet_zoals_na_een_directe_overdracht() {
        let team = overgedragen_na_dienst("ijmond", "cjg-kennemerland").op("2026-06-01 09:00");
        let team = team.door("cjg-kennemerland").doe(&Commando::RaadpleegVeiligThuis);
        team.probeer(&sluit(SluitingWijze::Gestopt, &["geen-hulp-of-contact", "geen-nieuwe-zorgen"]))
            .geweigerd(Code::NietNaDirecteOverdracht);
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
