//! Who held what when: the ledger.
//!
//! The zicht line is total over [receipt of the first report, end of the casus), unbounded while the casus is open, and
//! a pure function of state and agreements; what the calendar will do is already in it. It runs on recorded times, with
//! two exceptions: a report counts from its arrival, and the calendar counts by itself.
//!
//! How it is computed: a *base holder* (the reporting organisation, Veilig Thuis, or the last receiver) and a set of
//! *claims* of Veilig Thuis, one per report that it has to weigh. Veilig Thuis holds while any claim stands.

use crate::{
    afspraak::{Bundel, Bundels, Fase, Grens, ZichtMoment, ZichtRegel},
    casus::{Casus, Feit},
    gebeurtenis::BesluitSoort,
    ids::{ClausuleId, MeldingId, OrganisatieId},
    meldingen::{Melding, Spoed, Verplaatsing},
    monitoring,
    overdrachten::Overdracht,
    tijd::{Eenheid, Instant},
};
use std::collections::BTreeSet;

/// A half-open stretch [van, tot) of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub van: Instant,
    /// Excluded end; `None` while nothing known ends it.
    pub tot: Option<Instant>,
    /// `None` only on lines that may be empty.
    pub houder: Option<OrganisatieId>,
    /// The clause (or gap) that started this span.
    pub grond: ClausuleId,
}

impl Span {
    /// Whether this span covers `t`.
    pub fn omvat(&self, t: Instant) -> bool {
        self.van <= t && self.tot.is_none_or(|tot| t < tot)
    }
}

/// The four lines of a casus.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tijdlijn {
    /// Exactly one holder at every instant.
    pub zicht: Vec<Span>,
    /// Regie on the other domains of life; may be empty.
    pub regie: Vec<Span>,
    pub monitoring: Vec<Span>,
    pub crisis: Vec<Span>,
}

impl Tijdlijn {
    /// The zicht span at `t`; `None` before the first report and after the end.
    pub fn zicht_op(&self, t: Instant) -> Option<&Span> {
        self.zicht.iter().find(|span| span.omvat(t))
    }

    /// The holder of zicht op veiligheid at `t`.
    pub fn houder_op(&self, t: Instant) -> Option<&OrganisatieId> {
        self.zicht_op(t).and_then(|span| span.houder.as_ref())
    }

    /// The first zicht span that begins after `t`: what is expected if nobody does anything.
    pub fn volgende_na(&self, t: Instant) -> Option<&Span> {
        self.zicht.iter().find(|span| span.van > t)
    }
}

/// The four lines of a casus under the bundles by which it was decided.
pub fn tijdlijn(casus: &Casus, bundels: &Bundels) -> Tijdlijn {
    Tijdlijn {
        zicht: zicht(casus, bundels),
        regie: regie(casus, bundels),
        monitoring: monitoring_lijn(casus, bundels),
        crisis: crisis(casus, bundels),
    }
}

/// The instant at which the calendar alone makes Veilig Thuis the holder for a report, with its ground.
pub fn kalendergrens<'a>(melding: &Melding, bundel: &'a Bundel) -> Option<(Instant, &'a ClausuleId)> {
    let regel = bundel.inhoud.zicht.get(&ZichtMoment::Kalender)?;
    let (werkdagen, grens) = (regel.werkdagen?, regel.grens?);
    let eind = match grens {
        // The begin of the n-th day is the end of term of the day before the n-th.
        Grens::Begin => Instant::begin_van(bundel.kalender.werkdag_na(melding.ontvangen_op.dag(), werkdagen)),
        Grens::Einde => bundel.kalender.uiterlijk(melding.ontvangen_op, werkdagen, Eenheid::Werkdag),
    };
    Some((eind, &regel.grond))
}

/// One thing that may change the zicht line. Variants in the order in which they count at the same instant.
#[derive(Debug)]
enum Wissel<'a> {
    Ontvangst(&'a Melding, &'a Bundel),
    /// A claim of Veilig Thuis because of this report.
    Aanspraak(&'a Melding, &'a ClausuleId),
    /// This report asks nothing more of Veilig Thuis.
    Los(&'a Melding, &'a ClausuleId),
    /// This report is on its way to or from another casus.
    Onderweg(&'a Melding, &'a ClausuleId),
    /// Both casussen know of the move; with whether the report left this one.
    Verplaatst(&'a Melding, &'a ClausuleId, bool),
    Overgang(&'a Feit, &'a Overdracht, &'a ClausuleId),
    Overname(&'a ClausuleId),
}

/// (instant, version of the event or 0 for what the calendar does): calendar before events at the same instant.
type Moment = (Instant, u64);

fn zicht(casus: &Casus, bundels: &Bundels) -> Vec<Span> {
    let Some(vt) = casus.veilig_thuis_bij(0) else {
        return Vec::new();
    };
    let mut wissels = Vec::new();
    for melding in &casus.meldingen {
        wissels_van_melding(casus, melding, bundels, &mut wissels);
    }
    for overdracht in &casus.overdrachten {
        if let (Some(feit), Some(bundel)) = (overdracht.overgegaan(), bundels.uit(&overdracht.feit.bundel))
            && let Some(overgang) = bundel.overgang(overdracht.fase, bundel.soort_van(&overdracht.naar))
        {
            wissels.push(((feit.vastgelegd_op, feit.versie), Wissel::Overgang(feit, overdracht, &overgang.grond)));
        }
    }
    for overname in &casus.overnames {
        let feit = &overname.feit;
        let moment = if overname.na_monitoring { ZichtMoment::OvernameNaMonitoring } else { ZichtMoment::Overname };
        if let Some(regel) = regel_van(bundels, feit, moment) {
            wissels.push(((feit.vastgelegd_op, feit.versie), Wissel::Overname(&regel.grond)));
        }
    }
    wissels.sort_by_key(|(moment, _)| *moment);
    let eind = casus.sluiting.as_ref().map(|sluiting| sluiting.feit.vastgelegd_op);
    Lijn::new(vt).loop_door(wissels, eind)
}

fn wissels_van_melding<'a>(
    casus: &'a Casus,
    melding: &'a Melding,
    bundels: &'a Bundels,
    wissels: &mut Vec<(Moment, Wissel<'a>)>,
) {
    let Some(bundel) = bundels.uit(&melding.feit.bundel) else {
        return;
    };
    let opnieuw = telt_opnieuw(casus, melding);
    let regels = &bundel.inhoud.zicht;
    // A report that was moved here counts for this casus from when it came, by its terms from when it arrived.
    let vanaf = match melding.aankomst {
        Some(_) => (melding.feit.vastgelegd_op, melding.feit.versie),
        None => (melding.ontvangen_op, 0),
    };
    wissels.push((vanaf, Wissel::Ontvangst(melding, bundel)));
    wissels.extend(opnieuw.map(|moment| (moment, Wissel::Ontvangst(melding, bundel))));
    wissels_van_verplaatsing(melding, bundels, wissels);
    let mut claim = |moment: Moment, grond: &'a ClausuleId| {
        wissels.push((moment.max(vanaf), Wissel::Aanspraak(melding, grond)));
        let nogmaals = opnieuw.filter(|opnieuw| moment < *opnieuw);
        wissels.extend(nogmaals.map(|opnieuw| (opnieuw, Wissel::Aanspraak(melding, grond))));
    };
    if let (Spoed::Erkend(feit), Some(regel)) = (&melding.spoed, regels.get(&ZichtMoment::Spoed)) {
        claim((feit.vastgelegd_op, feit.versie), &regel.grond);
    }
    let beoordeeld_op = melding.beoordeling.as_ref().map(|beoordeling| beoordeling.feit.vastgelegd_op);
    if let (Some(beoordeling), Some(regel)) = (&melding.beoordeling, regels.get(&ZichtMoment::Beoordeling)) {
        claim((beoordeling.feit.vastgelegd_op, beoordeling.feit.versie), &regel.grond);
    }
    if let Some((grens, grond)) = kalendergrens(melding, bundel)
        && beoordeeld_op.is_none_or(|op| op >= grens)
    {
        claim((grens, 0), grond);
    }
    if let Some(besluit) = &melding.besluit
        && besluit.soort == BesluitSoort::GeenVerdereStappen
        && let Some(regel) = regels.get(&ZichtMoment::TerugNaGeenStappen)
    {
        wissels.push(((besluit.feit.vastgelegd_op, besluit.feit.versie), Wissel::Los(melding, &regel.grond)));
    }
}

/// While a report is on its way Veilig Thuis holds in both casussen.
fn wissels_van_verplaatsing<'a>(melding: &'a Melding, bundels: &'a Bundels, wissels: &mut Vec<(Moment, Wissel<'a>)>) {
    let aankomst = melding.aankomst.as_ref().map(|aankomst| (&melding.feit, aankomst.voltooid.as_ref()));
    let vertrek = match &melding.verplaatsing {
        Verplaatsing::Geen => None,
        Verplaatsing::Onderweg { feit, .. } => Some((feit, None)),
        Verplaatsing::Weg { begonnen, feit, .. } => Some((begonnen, Some(feit))),
    };
    for (begin, eind) in aankomst.into_iter().chain(vertrek) {
        if let Some(regel) = regel_van(bundels, begin, ZichtMoment::Verplaatsing) {
            wissels.push(((begin.vastgelegd_op, begin.versie), Wissel::Onderweg(melding, &regel.grond)));
            let gedaan = eind.map(|feit| {
                let weg = vertrek.is_some_and(|(vertrek, _)| vertrek.versie < feit.versie);
                ((feit.vastgelegd_op, feit.versie), Wissel::Verplaatst(melding, &regel.grond, weg))
            });
            wissels.extend(gedaan);
        }
    }
}

/// A report counts from its arrival, also when it was recorded later. But a passing that was recorded in between is a
/// fact that stays, for the line never moves backwards: against it the report counts once more, from its recording.
fn telt_opnieuw(casus: &Casus, melding: &Melding) -> Option<Moment> {
    let tussendoor = |feit: &Feit| feit.vastgelegd_op >= melding.ontvangen_op && feit.versie < melding.feit.versie;
    let overgegaan = casus.overdrachten.iter().filter_map(Overdracht::overgegaan).any(tussendoor);
    overgegaan.then_some((melding.feit.vastgelegd_op, melding.feit.versie))
}

fn regel_van<'a>(bundels: &'a Bundels, feit: &Feit, moment: ZichtMoment) -> Option<&'a ZichtRegel> {
    bundels.uit(&feit.bundel).and_then(|bundel| bundel.inhoud.zicht.get(&moment))
}

/// The zicht line while it is drawn.
struct Lijn<'a> {
    vt: &'a OrganisatieId,
    basis: Option<&'a OrganisatieId>,
    /// Version of the report by which the reporter became the base holder.
    geopend_door: Option<u64>,
    /// Versions of the reports because of which Veilig Thuis holds.
    aanspraken: BTreeSet<u64>,
    /// Reports on their way to or from another casus.
    onderweg: BTreeSet<MeldingId>,
    /// Reports recorded up to this version were left behind by a passing.
    achtergelaten: u64,
    spans: Vec<Span>,
}

impl<'a> Lijn<'a> {
    fn new(vt: &'a OrganisatieId) -> Self {
        Self {
            vt,
            basis: None,
            geopend_door: None,
            aanspraken: BTreeSet::new(),
            onderweg: BTreeSet::new(),
            achtergelaten: 0,
            spans: Vec::new(),
        }
    }

    fn loop_door(mut self, wissels: Vec<(Moment, Wissel<'a>)>, eind: Option<Instant>) -> Vec<Span> {
        for ((op, _), wissel) in wissels {
            if eind.is_some_and(|eind| op >= eind) {
                break;
            }
            if let Some(grond) = self.verwerk(wissel) {
                let vrij = self.aanspraken.is_empty() && self.onderweg.is_empty();
                let houder = if vrij { self.basis.unwrap_or(self.vt) } else { self.vt };
                self.vervolg(op, houder, grond);
            }
        }
        if let Some(laatste) = self.spans.last_mut() {
            laatste.tot = eind;
        }
        self.spans
    }

    /// Applies one change and gives the clause that grounds a change of holder by it, if it can cause one.
    fn verwerk(&mut self, wissel: Wissel<'a>) -> Option<&'a ClausuleId> {
        match wissel {
            Wissel::Ontvangst(melding, bundel) => self.ontvang(melding, bundel),
            Wissel::Aanspraak(melding, grond) => {
                if melding.feit.versie <= self.achtergelaten {
                    return None;
                }
                self.aanspraken.insert(melding.feit.versie);
                if self.geopend_door == Some(melding.feit.versie) {
                    // The reporter held until Veilig Thuis took this very report: there is nobody to return to.
                    self.basis = Some(self.vt);
                }
                Some(grond)
            }
            Wissel::Los(melding, grond) => {
                self.aanspraken.remove(&melding.feit.versie);
                Some(grond)
            }
            Wissel::Onderweg(melding, grond) => {
                self.onderweg.insert(melding.id);
                Some(grond)
            }
            Wissel::Verplaatst(melding, grond, weg) => {
                self.onderweg.remove(&melding.id);
                if weg {
                    self.aanspraken.remove(&melding.feit.versie);
                    if self.geopend_door == Some(melding.feit.versie) {
                        // Who reported it has no part in this casus any more.
                        self.basis = Some(self.vt);
                    }
                }
                Some(grond)
            }
            Wissel::Overgang(feit, overdracht, grond) => {
                self.basis = Some(&overdracht.naar);
                if overdracht.fase == Fase::AnderVeiligThuis {
                    self.vt = &overdracht.naar;
                }
                self.geopend_door = None;
                self.achtergelaten = feit.versie;
                // Also of reports that arrived before and were recorded after it: those count again from their recording.
                self.aanspraken.clear();
                Some(grond)
            }
            Wissel::Overname(grond) => {
                self.basis = Some(self.vt);
                Some(grond)
            }
        }
    }

    fn ontvang(&mut self, melding: &'a Melding, bundel: &'a Bundel) -> Option<&'a ClausuleId> {
        let regels = &bundel.inhoud.zicht;
        if let Some(regel) = regels.get(&ZichtMoment::ElkeMelding) {
            self.aanspraken.insert(melding.feit.versie);
            return Some(&regel.grond);
        }
        if self.basis.is_some() || !self.aanspraken.is_empty() {
            return None; // Who holds already, keeps.
        }
        let (houder, moment) = match melding.melder.organisatie() {
            Some(organisatie) => (organisatie, ZichtMoment::BeroepskrachtOpen),
            None if melding.melder == crate::gebeurtenis::Melder::Politie => (self.vt, ZichtMoment::Politie),
            None => (self.vt, ZichtMoment::AndereMelder),
        };
        self.basis = Some(houder);
        self.geopend_door = Some(melding.feit.versie);
        regels.get(&moment).map(|regel| &regel.grond)
    }

    fn vervolg(&mut self, op: Instant, houder: &OrganisatieId, grond: &ClausuleId) {
        if self.spans.last().is_some_and(|laatste| laatste.houder.as_ref() == Some(houder)) {
            return;
        }
        if let Some(laatste) = self.spans.last_mut() {
            laatste.tot = Some(op);
            if laatste.van == op {
                self.spans.pop();
                // Back to who held just before: that span simply goes on.
                if let Some(vorige) = self.spans.last_mut().filter(|vorige| vorige.houder.as_ref() == Some(houder)) {
                    vorige.tot = None;
                    return;
                }
            }
        }
        self.spans.push(Span { van: op, tot: None, houder: Some(houder.clone()), grond: grond.clone() });
    }
}

fn regie(casus: &Casus, bundels: &Bundels) -> Vec<Span> {
    let eind = casus.sluiting.as_ref().map(|sluiting| sluiting.feit.vastgelegd_op);
    let mut spans: Vec<Span> = Vec::new();
    for regie in &casus.regie {
        let van = regie.feit.vastgelegd_op;
        if let Some(laatste) = spans.last_mut() {
            laatste.tot = Some(van);
        }
        if let Some(regel) = regel_van(bundels, &regie.feit, ZichtMoment::Regie) {
            spans.push(Span { van, tot: eind, houder: regie.organisatie.clone(), grond: regel.grond.clone() });
        }
    }
    spans.retain(|span| span.houder.is_some() && span.tot != Some(span.van));
    spans
}

fn monitoring_lijn(casus: &Casus, bundels: &Bundels) -> Vec<Span> {
    let spans = monitoring::schemas(casus, bundels).into_iter().map(|schema| Span {
        van: schema.van,
        tot: schema.tot,
        houder: Some(schema.wie),
        grond: schema.clausule,
    });
    spans.filter(|span| span.tot != Some(span.van)).collect()
}

/// The crisis service is responsible until it says that the crisis is stable; the clock ends nothing here.
fn crisis(casus: &Casus, bundels: &Bundels) -> Vec<Span> {
    let einde = casus.sluiting.as_ref().map(|sluiting| sluiting.feit.vastgelegd_op);
    let spans = casus.crises.iter().filter_map(|crisis| {
        let regel = regel_van(bundels, &crisis.feit, ZichtMoment::Crisis)?;
        Some(Span {
            van: crisis.feit.vastgelegd_op,
            tot: crisis.gestabiliseerd.as_ref().map(|feit| feit.vastgelegd_op).or(einde),
            houder: Some(crisis.organisatie.clone()),
            grond: regel.grond.clone(),
        })
    });
    spans.filter(|span| span.tot != Some(span.van)).collect()
}
