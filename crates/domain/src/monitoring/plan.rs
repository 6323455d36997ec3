//! Planning a day to look again, ending monitoring, and the talk with Veilig Thuis before support ends.

use super::{Schema, lopend_schema, regel_na, schemas};
use crate::{
    afspraak::{Bundels, Monitor},
    beoordelingen::toets,
    besluit::{Context, Uitslag},
    casus::Casus,
    gebeurtenis::Gebeurtenis,
    termijnen::{Termijn, termijnen},
    tijd::{Datum, Instant},
    weigering::{Code, Reden, Weigering},
};

pub(crate) fn plan_monitormoment(casus: &Casus, datum: Datum, reden: bool, context: &Context<'_>) -> Uitslag {
    let schema = lopend_schema(casus, context.bundels);
    let mag =
        schema.as_ref().map_or_else(|| mag_zelf_beginnen(casus, context), |schema| schema.wie == *context.organisatie);
    context.eis(mag, Code::GeenMonitoring)?;
    context.eis(datum.0 >= context.nu.dag(), Code::TijdstipVoorOntvangst)?;
    let te_lang =
        schema.filter(|schema| schema.uiterlijk.is_some_and(|uiterlijk| Instant::begin_van(datum.0) >= uiterlijk));
    let redenen = te_lang.into_iter().map(|schema| van_schema(Code::MonitoringTeLang, &schema, context)).collect();
    toets(context.bundel, redenen, reden)?;
    Ok(vec![Gebeurtenis::MonitormomentGepland { datum }])
}

/// A receiver that monitors "if needed" begins by planning.
fn mag_zelf_beginnen(casus: &Casus, context: &Context<'_>) -> bool {
    casus.laatste_overgang().is_some_and(|(overdracht, _)| {
        let bundel = context.bundel_bij(&overdracht.feit);
        overdracht.naar == *context.organisatie
            && regel_na(casus, overdracht, bundel).is_some_and(|regel| regel.wie == Monitor::OntvangerIndienNodig)
    })
}

pub(crate) fn rond_monitoring_af(casus: &Casus, reden: bool, context: &Context<'_>) -> Uitslag {
    let schema = eigen_schema(casus, context)?;
    let open: Vec<_> = open_momenten(casus, context.bundels).into_iter().map(|termijn| termijn.soort).collect();
    let redenen = if open.is_empty() {
        Vec::new()
    } else {
        vec![van_schema(Code::MonitormomentOpen, &schema, context).met_ontbreekt(open)]
    };
    toets(context.bundel, redenen, reden)?;
    Ok(vec![Gebeurtenis::MonitoringAfgerond])
}

pub(crate) fn raadpleeg_veilig_thuis() -> Vec<Gebeurtenis> {
    vec![Gebeurtenis::VeiligThuisGeraadpleegd]
}

/// The running stretch of monitoring, if it is this organisation that monitors.
pub(super) fn eigen_schema(casus: &Casus, context: &Context<'_>) -> Result<Schema, Weigering> {
    let schema = lopend_schema(casus, context.bundels).ok_or_else(|| {
        let laatste = schemas(casus, context.bundels).into_iter().next_back();
        let reden = Reden::volgens(context.bundel, Code::GeenMonitoring);
        Weigering::om(laatste.map_or(reden.clone(), |schema| reden.met_clausule(&schema.clausule)))
    })?;
    if schema.wie == *context.organisatie {
        Ok(schema)
    } else {
        Err(Weigering::om(van_schema(Code::NietBevoegd, &schema, context)))
    }
}

pub(super) fn van_schema(code: Code, schema: &Schema, context: &Context<'_>) -> Reden {
    Reden::volgens(context.bundel, code).met_clausule(&schema.clausule)
}

/// Moments that were not held yet, in the order in which they are due.
pub(super) fn open_momenten(casus: &Casus, bundels: &Bundels) -> Vec<Termijn> {
    let alle = termijnen(casus, bundels).into_iter().filter(|termijn| termijn.vanaf.is_some());
    let mut open: Vec<_> = alle.filter(|t| t.voldaan_op.is_none() && t.vervallen_op.is_none()).collect();
    open.sort_by_key(|termijn| termijn.uiterlijk);
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        commando::{Commando, SluitCasus},
        gebeurtenis::SluitingWijze,
        proef::*,
        termijnen::Status,
    };

    fn dag(tekst: &str) -> Datum {
        Datum(tekst.parse().unwrap())
    }

    #[test]
    fn na_een_directe_overdracht_monitort_de_ontvanger_alleen_als_hij_dat_plant() {
        let team = overgedragen("ijmond", "cjg-kennemerland").op("2026-04-01 09:00").door("cjg-kennemerland");
        assert!(team.tijdlijn().monitoring.is_empty());
        assert!(team.termijn("monitoring-3-maanden").is_none());
        team.door_vt()
            .probeer(&Commando::PlanMonitormoment { datum: dag("2026-06-01"), reden: false })
            .geweigerd(Code::GeenMonitoring);
        let team = team.doe(&Commando::PlanMonitormoment { datum: dag("2026-06-01"), reden: false });
        assert_eq!(team.tijdlijn().monitoring[0].houder, Some("cjg-kennemerland".into()));
        assert_eq!(team.status("monitormoment", "2026-06-15 23:59"), Status::Open);
        assert_eq!(team.status("monitormoment", "2026-06-16 00:00"), Status::TeLaat);
    }

    #[test]
    fn nog_monitort_ten_hoogste_een_jaar_tenzij_met_een_reden() {
        let vt = overgedragen_na_dienst("noord-oost-gelderland", "lokaal-team-winterswijk").door_vt();
        let plan = |datum: &str, reden| Commando::PlanMonitormoment { datum: dag(datum), reden };
        vt.probeer(&plan("2027-04-08", false)).toegestaan();
        let weigering = vt.probeer(&plan("2027-04-09", false)).geweigerd(Code::MonitoringTeLang);
        assert_eq!(weigering.reden.clausule.als_str(), "NOG-4.a");
        vt.probeer(&plan("2027-04-09", true)).toegestaan();
    }

    #[test]
    fn een_team_overlegt_met_veilig_thuis_voor_het_de_hulp_beeindigt_terwijl_de_monitoring_loopt() {
        let sluit = |verhaal: &Verhaal, reden| {
            let regel = &verhaal.bundel().inhoud.sluiting["stabiel-veilig"];
            let bevestigd = regel.voorwaarden.keys().cloned().collect();
            Commando::SluitCasus(SluitCasus { wijze: SluitingWijze::StabielVeilig, bevestigd, reden })
        };
        let regio = |regio: &str, team: &str| overgedragen_na_dienst(regio, team).op("2026-11-10 09:00").door(team);
        let ijmond = regio("ijmond", "cjg-kennemerland");
        let weigering = ijmond.probeer(&sluit(&ijmond, true)).geweigerd(Code::VtNietGeraadpleegd);
        assert_eq!((weigering.reden.clausule.als_str(), weigering.mag_met_reden), ("IJM-4.3.b", false));
        ijmond.doe(&Commando::RaadpleegVeiligThuis).probeer(&sluit(&ijmond, false)).toegestaan();
        let nog = regio("noord-oost-gelderland", "lokaal-team-winterswijk");
        nog.probeer(&sluit(&nog, false)).geweigerd(Code::VtNietGeraadpleegd);
        nog.probeer(&sluit(&nog, true)).toegestaan();
    }

    #[test]
    fn monitoring_eindigt_niet_met_een_open_moment_tenzij_met_een_reden() {
        let vt = overgedragen_na_dienst("ijmond", "cjg-kennemerland").op("2026-07-10 09:00").door_vt();
        let weigering = vt.probeer(&Commando::RondMonitoringAf { reden: false }).geweigerd(Code::MonitormomentOpen);
        assert_eq!(weigering.reden.ontbreekt, ["monitoring-3-maanden", "monitoring-12-maanden"]);
        let klaar = vt.doe(&Commando::RondMonitoringAf { reden: true });
        assert_eq!(klaar.status("monitoring-3-maanden", "2027-01-01 00:00"), Status::Vervallen);
    }
}
