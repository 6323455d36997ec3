//! Terms: due instants with the clause they come from. They are stored; their status never is, for only time changes it.

mod ankers;
mod voldaan;

use crate::{
    afspraak::{Bundel, Bundels, Daad, TermijnRegel, Wie},
    casus::Casus,
    gebeurtenis::Openheid,
    ids::{ClausuleId, MeldingId, OrganisatieId, OverdrachtId},
    meldingen::Melding,
    monitoring::{self, Schema},
    overdrachten::Overdracht,
    plannen,
    tijd::{Datum, Eenheid, Instant},
};
use ankers::{Geankerd, ankers};
use serde::{Deserialize, Serialize};

/// To what a term belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bij {
    Melding(MeldingId),
    Overdracht(OverdrachtId),
    /// A part of the plan, or one condition.
    Plan(uuid::Uuid),
    /// The casus as a whole: a crisis, a planned day.
    Casus,
}

/// One running, met or lapsed term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Termijn {
    /// Key in the agreement: `veiligheidsbeoordeling`.
    pub soort: String,
    pub naam: String,
    pub clausule: ClausuleId,
    pub hiaat: Option<ClausuleId>,
    pub bij: Bij,
    /// The bundle that was in force at the anchor.
    pub bundel: crate::ids::BundelHash,
    pub anker: Instant,
    /// A moment is not met before this.
    pub vanaf: Option<Instant>,
    /// Excluded bound: the act must have happened before it.
    pub uiterlijk: Instant,
    /// Who must act.
    pub wie: OrganisatieId,
    /// When the act that meets it happened.
    pub voldaan_op: Option<Instant>,
    pub vervallen_op: Option<Instant>,
}

/// How a term stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Open,
    Gehaald,
    TeLaat,
    /// Late stays visible as late for ever.
    GehaaldTeLaat,
    Vervallen,
    /// The agreement has no such term.
    Geen,
}

/// The status of a term at `nu`.
pub fn status(termijn: &Termijn, nu: Instant) -> Status {
    match (termijn.voldaan_op, termijn.vervallen_op) {
        (Some(op), _) if op < termijn.uiterlijk => Status::Gehaald,
        (Some(_), _) => Status::GehaaldTeLaat,
        (None, Some(op)) if op < termijn.uiterlijk => Status::Vervallen,
        // It was late already when the ground for it fell away, and late stays late.
        (None, Some(_)) => Status::TeLaat,
        (None, None) if nu >= termijn.uiterlijk => Status::TeLaat,
        (None, None) => Status::Open,
    }
}

/// All terms of a casus, in the order of their anchors.
pub fn termijnen(casus: &Casus, bundels: &Bundels) -> Vec<Termijn> {
    let schemas = monitoring::schemas(casus, bundels);
    let houders = plannen::Houders::van(casus, bundels);
    let mut alle = Vec::new();
    for geankerd in ankers(casus, bundels, &schemas, houders.as_ref()) {
        if let Some(bundel) = bundels.uit(geankerd.bundel) {
            let regels = bundel.inhoud.termijn.iter().filter(|(_, regel)| regel.anker == Some(geankerd.anker));
            let geldig = regels.filter(|(_, regel)| !regel.geen && geldt_voor(casus, regel, bundel, &geankerd));
            alle.extend(geldig.filter_map(|(soort, regel)| termijn(casus, soort, regel, bundel, &geankerd)));
        }
    }
    alle.sort_by(|a, b| (a.anker, &a.soort, a.bij).cmp(&(b.anker, &b.soort, b.bij)));
    alle
}

/// The clause by which there is no such term in this casus, if the agreement says so: it has none at all, or nobody
/// monitors after this kind of handover.
pub fn geen_termijn<'a>(casus: &Casus, bundel: &'a Bundel, soort: &str) -> Option<&'a ClausuleId> {
    let regel = bundel.inhoud.termijn.get(soort)?;
    if regel.geen {
        return Some(&regel.clausule);
    }
    let (overdracht, _) = casus.laatste_overgang().filter(|_| regel.vervuld_door == Some(Daad::Monitormoment))?;
    monitoring::regel_na(casus, overdracht, bundel).map(|regel| &regel.clausule)
}

/// To what a term belongs, with the thing itself.
#[derive(Clone, Copy)]
enum Bron<'a> {
    Melding(&'a Melding),
    Overdracht(&'a Overdracht, Option<&'a Schema>),
    Crisis(&'a crate::zicht::Crisis),
    /// A day that was planned for monitoring.
    Gepland(Datum, &'a Schema),
    /// Something in the plan, and who held zicht meanwhile.
    Plan(Planpunt<'a>, &'a plannen::Houders),
    /// The municipality was told.
    Gemeente(&'a crate::afstemming::Kennisgeving),
}

/// What in the plan asks for something.
#[derive(Clone, Copy)]
enum Planpunt<'a> {
    Voorwaarde(&'a plannen::Planregel),
    /// This version of a part is looked at again; with the version of the event after which that counts.
    Herziening(&'a plannen::Plan, u64),
}

fn termijn(
    casus: &Casus,
    soort: &str,
    regel: &TermijnRegel,
    bundel: &Bundel,
    geankerd: &Geankerd<'_>,
) -> Option<Termijn> {
    let (vanaf, uiterlijk) = grenzen(regel, bundel, geankerd)?;
    let uiterlijk = uitgesteld(casus, regel, uiterlijk);
    let uiterlijk = samen_anders(casus, soort, geankerd.op, uiterlijk);
    let wie = wie(casus, regel, geankerd.bron)?;
    let vervallen_op = voldaan::vervallen_op(casus, regel, geankerd.bron);
    // What lapsed asks for nothing more: an act afterwards is an act for something else.
    let voldaan_op = voldaan::voldaan_op(casus, soort, regel, geankerd, vanaf, &wie)
        .filter(|gedaan| vervallen_op.is_none_or(|vervallen| *gedaan <= vervallen));
    // Zicht passed on since: what was done, or was late, is of who held then; only what is open goes along.
    let wie = match (geankerd.bron, voldaan_op.or(vervallen_op)) {
        (Bron::Plan(_, houders), Some(einde)) => houders.op(einde.min(uiterlijk)).cloned().unwrap_or(wie),
        _ => wie,
    };
    Some(Termijn {
        soort: soort.to_owned(),
        naam: regel.naam.clone(),
        clausule: regel.clausule.clone(),
        hiaat: regel.hiaat.clone(),
        bij: match geankerd.bron {
            Bron::Melding(melding) => Bij::Melding(melding.id),
            Bron::Overdracht(overdracht, _) => Bij::Overdracht(overdracht.id),
            Bron::Plan(Planpunt::Voorwaarde(regel), _) => Bij::Plan(regel.id.0),
            Bron::Plan(Planpunt::Herziening(plan, _), _) => Bij::Plan(plan.id.0),
            Bron::Crisis(_) | Bron::Gepland(..) | Bron::Gemeente(_) => Bij::Casus,
        },
        bundel: geankerd.bundel.clone(),
        anker: geankerd.op,
        vanaf,
        uiterlijk,
        voldaan_op,
        vervallen_op,
        wie,
    })
}

/// From when and until when: a bound has only an end; a moment has a day, with some room before and after it.
fn grenzen(regel: &TermijnRegel, bundel: &Bundel, geankerd: &Geankerd<'_>) -> Option<(Option<Instant>, Instant)> {
    let uiterlijk = regel.uiterlijk(&bundel.kalender, geankerd.op)?;
    if !regel.moment {
        return Some((None, uiterlijk));
    }
    let dag = uiterlijk.net_ervoor().dag();
    let begin = bundel.kalender.werkdag_voor(dag, regel.eerder_werkdagen);
    let eind = bundel.kalender.uiterlijk(Instant::begin_van(dag), regel.speling_werkdagen, Eenheid::Werkdag);
    Some((Some(Instant::begin_van(begin)), eind))
}

/// Another day on which both sides agreed; what was late when they did stays late.
fn samen_anders(casus: &Casus, soort: &str, anker: Instant, uiterlijk: Instant) -> Instant {
    let afgesproken = casus.afstemming.andere_termijn(soort);
    let afgesproken = afgesproken.filter(|(feit, _)| anker <= feit.vastgelegd_op && feit.vastgelegd_op < uiterlijk);
    afgesproken.map_or(uiterlijk, |(_, dag)| Instant::begin_van(dag.0.saturating_add(jiff::Span::new().days(1))))
}

/// Informing the family may wait for somebody's safety; what was late when that was decided stays late.
fn uitgesteld(casus: &Casus, regel: &TermijnRegel, uiterlijk: Instant) -> Instant {
    if regel.vervuld_door != Some(Daad::GezinGeinformeerd) {
        return uiterlijk;
    }
    casus.uitstel.iter().fold(uiterlijk, |uiterlijk, uitstel| {
        let eind = Instant::begin_van(uitstel.tot.0.saturating_add(jiff::Span::new().days(1)));
        if uitstel.feit.vastgelegd_op < uiterlijk { uiterlijk.max(eind) } else { uiterlijk }
    })
}

fn geldt_voor(casus: &Casus, regel: &TermijnRegel, bundel: &Bundel, geankerd: &Geankerd<'_>) -> bool {
    match geankerd.bron {
        Bron::Melding(melding) => {
            let tweede = regel.vervuld_door == Some(Daad::TweedeTerugkoppeling);
            !(regel.niet_bij_onbekende_melder && melding.openheid == Openheid::Onbekend)
                && (!tweede || casus.dienst_na(melding).is_some())
        }
        Bron::Overdracht(overdracht, schema) => {
            let soort = bundel.soort_van(&overdracht.naar);
            (regel.ontvangers.is_empty() || regel.ontvangers.contains(&soort))
                && (regel.fasen.is_empty() || regel.fasen.contains(&overdracht.fase))
                && (regel.wie != Some(Wie::Monitor) || schema.is_some())
        }
        Bron::Crisis(_) | Bron::Gepland(..) | Bron::Plan(..) | Bron::Gemeente(_) => true,
    }
}

fn wie(casus: &Casus, regel: &TermijnRegel, bron: Bron<'_>) -> Option<OrganisatieId> {
    match (regel.wie?, bron) {
        (Wie::Ontvanger, Bron::Overdracht(overdracht, _)) => Some(overdracht.naar.clone()),
        (Wie::Monitor, Bron::Overdracht(_, schema)) => schema.map(|schema| schema.wie.clone()),
        (Wie::Monitor, Bron::Gepland(_, schema)) => Some(schema.wie.clone()),
        (Wie::Houder, Bron::Plan(_, houders)) => houders.laatste().cloned(),
        (Wie::Gemeente, Bron::Gemeente(kennisgeving)) => Some(kennisgeving.gemeente.clone()),
        (Wie::Crisisdienst, Bron::Crisis(crisis)) => Some(crisis.organisatie.clone()),
        (Wie::VeiligThuis, Bron::Melding(melding)) => casus.veilig_thuis_bij(melding.feit.versie).cloned(),
        (Wie::VeiligThuis, _) => casus.veilig_thuis.clone(),
        (
            Wie::Ontvanger
            | Wie::Aanbieder
            | Wie::Monitor
            | Wie::Crisisdienst
            | Wie::Gemeente
            | Wie::Houder
            | Wie::HouderOfVeiligThuis
            | Wie::Betrokken,
            _,
        ) => None,
    }
}
