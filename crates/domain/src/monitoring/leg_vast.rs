//! A moment of monitoring took place: what was found, and what comes of it.

use super::plan::{eigen_schema, open_momenten, van_schema};
use crate::{
    afspraak::Gevolg,
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    commando::LegMonitormomentVast,
    gebeurtenis::{Antwoord, Gebeurtenis},
    termijnen::{Bij, Termijn},
    weigering::{Code, Reden},
};

pub(crate) fn leg_monitormoment_vast(casus: &Casus, vast: &LegMonitormomentVast, context: &Context<'_>) -> Uitslag {
    let bundel = context.bundel;
    let schema = eigen_schema(casus, context)?;
    let uitkomst = bundel.inhoud.monitoruitkomst.get(&vast.uitkomst).ok_or_else(|| context.weiger(Code::Onbekend))?;
    let bekend = vast.antwoorden.keys().all(|sleutel| bundel.inhoud.monitorvraag.contains_key(sleutel));
    context.eis(bekend, Code::Onbekend)?;
    let moment = moment(casus, vast, context);
    context.eis(moment.is_some(), Code::MonitormomentTeVroeg)?;
    let mut redenen = Vec::new();
    for (sleutel, vraag) in
        bundel.monitorvragen().into_iter().filter(|(sleutel, _)| !vast.antwoorden.contains_key(*sleutel))
    {
        let reden = Reden::volgens(bundel, Code::MonitorvraagNietBeantwoord).met_clausule(&vraag.clausule);
        redenen.push(reden.met_ontbreekt(vec![sleutel.to_owned()]));
    }
    // Going on as if nothing were wrong asks for a reason when an answer is no.
    let onveilig = vast.antwoorden.values().any(|antwoord| *antwoord == Antwoord::Nee);
    if onveilig && uitkomst.gevolg == Gevolg::Afronden {
        redenen.push(Reden::volgens(bundel, Code::NogNietStabielVeilig).met_clausule(&schema.clausule));
    }
    let neemt_over = uitkomst.gevolg == Gevolg::Terugname;
    if neemt_over && casus.veilig_thuis.as_ref() != Some(context.organisatie) {
        redenen.push(van_schema(Code::NietBevoegd, &schema, context).met_clausule(&uitkomst.clausule));
    }
    let mut gebeurtenissen = vec![Gebeurtenis::MonitormomentVastgelegd {
        moment: moment.unwrap_or_default(),
        antwoorden: vast.antwoorden.clone(),
        uitkomst: vast.uitkomst.clone(),
        afwijkingen: toets(bundel, redenen, vast.reden)?,
    }];
    let heeft_het_al = context.houder_nu(casus) == casus.veilig_thuis;
    if neemt_over && !heeft_het_al {
        gebeurtenissen.push(Gebeurtenis::ZichtOvergenomen { na_monitoring: true });
    }
    if uitkomst.gevolg == Gevolg::Afronden {
        gebeurtenissen.push(Gebeurtenis::MonitoringAfgerond);
    }
    Ok(gebeurtenissen)
}

/// The moment that is meant, if its time has come: the named one, else the first that is open.
fn moment(casus: &Casus, vast: &LegMonitormomentVast, context: &Context<'_>) -> Option<String> {
    let is_er = |termijn: &Termijn| termijn.vanaf.is_some_and(|vanaf| context.gebeurd_op >= vanaf);
    let sleutel = |termijn: Termijn| match termijn.bij {
        // A planned day is known by its date.
        Bij::Casus => termijn.anker.dag().to_string(),
        Bij::Melding(_) | Bij::Overdracht(_) | Bij::Plan(_) => termijn.soort,
    };
    let mut open = open_momenten(casus, context.bundels).into_iter().filter(is_er).map(sleutel);
    match &vast.moment {
        Some(gevraagd) => open.find(|sleutel| sleutel == gevraagd),
        None => open.next(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{commando::Commando, proef::*, termijnen::Status};

    fn moment(verhaal: &Verhaal, uitkomst: &str) -> LegMonitormomentVast {
        let alle = verhaal.bundel().inhoud.monitorvraag.keys().map(|sleutel| (sleutel.clone(), Antwoord::Ja));
        LegMonitormomentVast { moment: None, antwoorden: alle.collect(), uitkomst: uitkomst.into(), reden: false }
    }

    #[test]
    fn veilig_thuis_monitort_na_een_dienst_na_drie_maanden_en_niet_eerder() {
        // Zicht passed on Wednesday 8 April; three months later is 8 July, late after ten working days.
        let verhaal = overgedragen_na_dienst("ijmond", "cjg-kennemerland").door_vt();
        let vast = Commando::LegMonitormomentVast(moment(&verhaal, "voortzetten"));
        verhaal.op("2026-07-07 23:59").probeer(&vast).geweigerd(Code::MonitormomentTeVroeg);
        assert_eq!(verhaal.status("monitoring-3-maanden", "2026-07-22 23:59"), Status::Open);
        assert_eq!(verhaal.status("monitoring-3-maanden", "2026-07-23 00:00"), Status::TeLaat);
        let gedaan = verhaal.op("2026-07-08 09:00").doe(&vast);
        assert_eq!(gedaan.status("monitoring-3-maanden", "2027-01-01 00:00"), Status::Gehaald);
        assert_eq!(gedaan.status("monitoring-12-maanden", "2027-04-08 12:00"), Status::Open);
        gedaan.op("2026-07-09 09:00").probeer(&vast).geweigerd(Code::MonitormomentTeVroeg);
        let lijn = gedaan.tijdlijn();
        assert_eq!(lijn.monitoring[0].houder, Some("veilig-thuis-kennemerland".into()));
        assert_eq!(lijn.monitoring[0].grond.als_str(), "IJM-3.4.5.a");
        gedaan.door("cjg-kennemerland").op("2027-04-08 09:00").probeer(&vast).geweigerd(Code::NietBevoegd);
    }

    #[test]
    fn in_nog_telt_de_dag_van_het_gesprek_en_mag_het_laatste_moment_tien_werkdagen_eerder() {
        let verhaal = overgedragen_na_dienst("noord-oost-gelderland", "lokaal-team-winterswijk").door_vt();
        let mut laatste = moment(&verhaal, "voortzetten");
        laatste.moment = Some("monitoring-12-maanden".into());
        let laatste = Commando::LegMonitormomentVast(laatste);
        // 8 April 2027 less ten working days; Good Friday and Easter Monday lie between.
        verhaal.op("2027-03-22 23:59").probeer(&laatste).geweigerd(Code::MonitormomentTeVroeg);
        verhaal.op("2027-03-23 09:00").probeer(&laatste).toegestaan();
    }

    #[test]
    fn veilig_thuis_neemt_het_zicht_terug_bij_een_monitormoment_en_de_monitoring_houdt_op() {
        let verhaal = overgedragen_na_dienst("noord-oost-gelderland", "lokaal-team-winterswijk").door_vt();
        let verhaal = verhaal.op("2026-07-10 09:00");
        let mut terug = moment(&verhaal, "terugname");
        terug.antwoorden.insert("stabiel-veilig".into(), Antwoord::Nee);
        let verhaal = verhaal.doe(&Commando::LegMonitormomentVast(terug));
        let vt = "veilig-thuis-noord-oost-gelderland";
        assert_eq!(verhaal.houder_op("2026-07-10 09:00"), (vt.into(), "NOG-4.c".into()));
        assert_eq!(verhaal.status("monitoring-12-maanden", "2027-09-01 00:00"), Status::Vervallen);
        assert_eq!(verhaal.tijdlijn().monitoring[0].tot, Some(t("2026-07-10 09:00")));
    }

    #[test]
    fn elke_vraag_wordt_beantwoord_of_er_staat_waarom_niet() {
        let verhaal = overgedragen_na_dienst("ijmond", "cjg-kennemerland").door_vt().op("2026-07-10 09:00");
        let mut half = moment(&verhaal, "voortzetten");
        half.antwoorden.remove("herstel");
        let weigering =
            verhaal.probeer(&Commando::LegMonitormomentVast(half)).geweigerd(Code::MonitorvraagNietBeantwoord);
        assert_eq!(weigering.reden.clausule.als_str(), "IJM-3.4.5.a");
        assert!(weigering.mag_met_reden);
    }
}
