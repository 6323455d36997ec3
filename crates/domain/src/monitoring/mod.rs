//! Monitoring: who follows safety after a handover, at which moments, and what came of it.
//!
//! A [`Schema`] is a stretch of the monitoring line. It follows from a passing of zicht and the agreement of that
//! offer; nobody has to start it.

mod leg_vast;
mod plan;

pub(crate) use leg_vast::leg_monitormoment_vast;
pub(crate) use plan::{plan_monitormoment, raadpleeg_veilig_thuis, rond_monitoring_af};

use crate::{
    afspraak::{AcceptatieNa, Bundel, Bundels, Fase, Monitor, Monitoring},
    casus::{Casus, Feit},
    gebeurtenis::{Afwijking, Antwoord, Gebeurtenis},
    ids::{ClausuleId, OrganisatieId, OverdrachtId},
    overdrachten::Overdracht,
    tijd::{Datum, Instant},
};
use std::collections::BTreeMap;

/// What was planned and done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verloop {
    pub gepland: Vec<Gepland>,
    pub momenten: Vec<Moment>,
    pub afgerond: Vec<Feit>,
}

/// A day on which somebody will look, beside the moments of the agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gepland {
    pub feit: Feit,
    pub datum: Datum,
}

/// A moment that took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub feit: Feit,
    /// The key of the term, or the planned day.
    pub moment: String,
    pub antwoorden: BTreeMap<String, Antwoord>,
    pub uitkomst: String,
    pub afwijkingen: Vec<Afwijking>,
}

impl Verloop {
    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        self.momenten.iter().map(|moment| &moment.feit)
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        self.momenten.iter_mut().map(|moment| &mut moment.feit)
    }
}

pub(crate) fn evolve(verloop: &mut Verloop, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::MonitormomentGepland { datum } => verloop.gepland.push(Gepland { feit, datum: *datum }),
        Gebeurtenis::MonitormomentVastgelegd { moment, antwoorden, uitkomst, afwijkingen } => {
            verloop.momenten.push(Moment {
                feit,
                moment: moment.clone(),
                antwoorden: antwoorden.clone(),
                uitkomst: uitkomst.clone(),
                afwijkingen: afwijkingen.clone(),
            });
        }
        Gebeurtenis::MonitoringAfgerond => verloop.afgerond.push(feit),
        _ => {}
    }
}

/// A stretch in which one organisation monitors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Schema {
    pub overdracht: OverdrachtId,
    pub wie: OrganisatieId,
    pub clausule: ClausuleId,
    pub van: Instant,
    /// Version of the event that began it.
    pub vanaf_versie: u64,
    /// Excluded end; `None` while it runs.
    pub tot: Option<Instant>,
    /// Monitoring lasts no longer than this.
    pub uiterlijk: Option<Instant>,
}

/// The rule of the agreement about monitoring after this handover.
pub fn regel_na<'a>(casus: &Casus, overdracht: &Overdracht, bundel: &'a Bundel) -> Option<&'a Monitoring> {
    let sleutel = match overdracht.fase {
        Fase::Direct => "direct".to_owned(),
        Fase::NaDienst => {
            let dienst = casus.afgeronde_dienst(overdracht.feit.versie)?;
            // After an investigation that found nothing, and set no conditions, there is nothing to follow.
            let niets = dienst.vond_geen_hg_km() && !dienst.afgerond.as_ref().is_some_and(|a| a.voorwaarden_gesteld);
            if niets {
                return None;
            }
            format!("na-{}", dienst.soort.als_str())
        }
        Fase::Onderling | Fase::AnderVeiligThuis => return None,
    };
    let soort = bundel.soort_van(&overdracht.naar).als_str();
    let per_soort = bundel.inhoud.monitoring.get(&format!("{sleutel}-{soort}"));
    per_soort.or_else(|| bundel.inhoud.monitoring.get(&sleutel))
}

/// Every stretch of monitoring of a casus, oldest first.
pub fn schemas(casus: &Casus, bundels: &Bundels) -> Vec<Schema> {
    casus.overdrachten.iter().filter_map(|overdracht| schema(casus, overdracht, bundels)).collect()
}

/// The stretch that runs at the last recorded event.
pub fn lopend_schema(casus: &Casus, bundels: &Bundels) -> Option<Schema> {
    schemas(casus, bundels).into_iter().rfind(|schema| schema.tot.is_none())
}

fn schema(casus: &Casus, overdracht: &Overdracht, bundels: &Bundels) -> Option<Schema> {
    let overgang = overdracht.overgegaan()?;
    let regel = regel_na(casus, overdracht, bundels.uit(&overdracht.feit.bundel)?)?;
    let eind = eind_na(casus, overgang.versie);
    let (wie, begin) = match regel.wie {
        Monitor::Geen => return None,
        Monitor::VeiligThuis => (&overdracht.feit.organisatie, overgang),
        Monitor::Ontvanger => (&overdracht.naar, overgang),
        Monitor::OntvangerIndienNodig => {
            let mut eigen = casus.monitoring.gepland.iter().map(|gepland| &gepland.feit);
            let tot = eind.map_or(u64::MAX, |feit| feit.versie);
            let eerste = eigen
                .find(|feit| feit.organisatie == overdracht.naar && (overgang.versie..tot).contains(&feit.versie))?;
            (&overdracht.naar, eerste)
        }
    };
    // Where the receiver confirms in the talk, the date of that talk counts, also when it was recorded later.
    let bundel = bundels.uit(&overdracht.feit.bundel)?;
    let in_gesprek = bundel
        .overgang(overdracht.fase, bundel.soort_van(&overdracht.naar))
        .is_some_and(|regel| regel.wacht_op() == AcceptatieNa::WarmeOverdracht);
    let gesprek = overdracht.warm.as_ref().filter(|_| in_gesprek).map(|gesprek| gesprek.feit.gebeurd_op);
    let dag = gesprek.unwrap_or(overgang.vastgelegd_op).dag();
    let maanden = |maanden: i32| dag.saturating_add(jiff::Span::new().months(maanden));
    Some(Schema {
        overdracht: overdracht.id,
        wie: wie.clone(),
        clausule: regel.clausule.clone(),
        van: begin.vastgelegd_op,
        vanaf_versie: begin.versie,
        tot: eind.map(|feit| feit.vastgelegd_op),
        uiterlijk: regel
            .uiterlijk_maanden
            .map(|n| Instant::begin_van(maanden(n).saturating_add(jiff::Span::new().days(1)))),
    })
}

/// What ends monitoring: its own end, zicht back with Veilig Thuis, a new handover by Veilig Thuis, the end of the casus.
fn eind_na(casus: &Casus, versie: u64) -> Option<&Feit> {
    let overgangen = casus.overdrachten.iter().filter(|o| o.fase != Fase::Onderling).filter_map(|o| o.overgegaan());
    casus
        .monitoring
        .afgerond
        .iter()
        .chain(casus.overnames.iter().map(|overname| &overname.feit))
        .chain(overgangen)
        .chain(casus.sluiting.as_ref().map(|sluiting| &sluiting.feit))
        .filter(|feit| feit.versie > versie)
        .min_by_key(|feit| feit.versie)
}

#[cfg(test)]
mod tests {
    use crate::{commando::Commando, gebeurtenis::DienstSoort, proef::*, tijd::Datum, weigering::Code};

    /// The talk on 8 April; the receiver recorded its confirmation a week later.
    #[test]
    fn het_jaar_telt_vanaf_het_gesprek_en_niet_vanaf_de_vastlegging() {
        let verhaal = na_dienst("noord-oost-gelderland", DienstSoort::Onderzoek).op("2026-04-08 10:00").door_vt();
        let verhaal = verhaal.doe(&verhaal.aanbod("lokaal-team-winterswijk"));
        let overdracht = verhaal.staat().overdrachten[0].id;
        let verhaal = verhaal.doe(&warm(&verhaal, overdracht)).op("2026-04-15 10:00").door("lokaal-team-winterswijk");
        let vt = verhaal.doe(&Commando::AccepteerOverdracht { overdracht }).door_vt();
        let plan = |dag: &str| Commando::PlanMonitormoment { datum: Datum(dag.parse().unwrap()), reden: false };
        vt.probeer(&plan("2027-04-08")).toegestaan();
        vt.probeer(&plan("2027-04-09")).geweigerd(Code::MonitoringTeLang);
    }
}
