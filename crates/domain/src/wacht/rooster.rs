//! The roster: when the organisation is open, who is on call, and when nobody is. Shifts are instants; what a clock on the
//! wall says was turned into them when they were recorded, so a shift through the night of summer time is an hour shorter
//! or longer and still meets the next.

use super::{Rang, Wacht};
use crate::{
    ids::WachtdienstId,
    tijd::{Instant, Kalender},
};
use jiff::{ToSpan, civil::Date};
use serde::{Deserialize, Serialize};

/// Minutes in a day on a clock that is not changed.
const DAG_MINUTEN: u16 = 24 * 60;

/// When an organisation is open on a working day: minutes after midnight on the clock, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub van: u16,
    pub tot: u16,
}

impl Opening {
    /// It has an hour in it, and ends on the day on which it begins.
    pub fn is_mogelijk(self) -> bool {
        self.van < self.tot && self.tot <= DAG_MINUTEN
    }

    fn op(self, dag: Date) -> (Instant, Instant) {
        let op = |minuten: u16| {
            let begin = dag.to_datetime(jiff::civil::Time::midnight());
            Instant::uit_lokaal(begin.saturating_add(i64::from(minuten).minutes()))
        };
        (op(self.van), op(self.tot))
    }
}

/// Somebody is on call, without name or number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wachtdienst {
    pub versie: u64,
    pub rang: Rang,
    pub van: Instant,
    /// Excluded end.
    pub tot: Instant,
    pub gezet_op: Instant,
    pub vervallen_op: Option<Instant>,
}

impl Wachtdienst {
    /// From when somebody was on call by it: never before it was recorded.
    pub fn begin(&self) -> Instant {
        self.van.max(self.gezet_op)
    }

    /// Until when; excluded, and before [`Self::begin`] when it was taken off before it began.
    pub fn einde(&self) -> Instant {
        self.vervallen_op.map_or(self.tot, |op| op.min(self.tot))
    }

    fn omvat(&self, op: Instant) -> bool {
        self.begin() <= op && op < self.einde()
    }
}

/// A time outside office hours in which nobody of a rank is on call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gat {
    pub rang: Rang,
    pub van: Instant,
    /// Excluded end.
    pub tot: Instant,
}

impl Wacht {
    /// The opening hours that held at an instant, by what was recorded then.
    pub fn opening_op(&self, op: Instant) -> Option<Opening> {
        self.openingen.iter().rfind(|(vanaf, _)| *vanaf <= op).map(|(_, opening)| *opening)
    }

    /// Outside office hours: no working day, not open, or opening hours that nobody gave.
    pub fn is_buiten(&self, kalender: &Kalender, op: Instant) -> bool {
        buiten(self.opening_op(op), kalender, op)
    }

    /// The first instant outside office hours from here on.
    pub fn sluit_na(&self, kalender: &Kalender, op: Instant) -> Instant {
        let wijzigingen = self.openingen.iter().map(|(vanaf, _)| *vanaf).filter(|vanaf| *vanaf > op);
        let mut loper = op;
        for volgende in wijzigingen.chain([Instant(i64::MAX)]) {
            let opening = self.opening_op(loper).filter(|_| !self.is_buiten(kalender, loper));
            let Some(opening) = opening else { return loper };
            let (_, sluit) = opening.op(loper.dag());
            if sluit < volgende {
                return sluit;
            }
            loper = volgende;
        }
        loper
    }

    /// Who of a rank is on call at an instant.
    pub fn in_dienst(&self, rang: Rang, op: Instant) -> Option<WachtdienstId> {
        self.diensten.iter().find(|(_, dienst)| dienst.rang == rang && dienst.omvat(op)).map(|(id, _)| *id)
    }

    /// Who of a rank is on call at an instant, or else the next who will be, with when that begins.
    pub fn eerst_in_dienst(&self, rang: Rang, vanaf: Instant) -> Option<(Instant, WachtdienstId)> {
        let straks = self.diensten.iter().filter(|(_, dienst)| dienst.rang == rang).filter_map(|(id, dienst)| {
            let begin = dienst.begin().max(vanaf);
            (begin < dienst.einde()).then_some((begin, *id))
        });
        straks.min()
    }

    /// Every time in [van, tot) outside office hours in which nobody of a rank is on call, in order of time.
    pub fn gaten(&self, kalender: &Kalender, van: Instant, tot: Instant) -> Vec<Gat> {
        let mut grenzen = vec![van, tot];
        let mut dag = van.dag();
        while Instant::begin_van(dag) < tot {
            grenzen.push(Instant::begin_van(dag));
            grenzen.extend(self.openingen.iter().flat_map(|(_, opening)| <[Instant; 2]>::from(opening.op(dag))));
            let Ok(morgen) = dag.tomorrow() else { break };
            dag = morgen;
        }
        grenzen.extend(self.openingen.iter().map(|(vanaf, _)| *vanaf));
        grenzen.extend(self.diensten.values().flat_map(|dienst| [dienst.begin(), dienst.einde()]));
        grenzen.retain(|grens| (van..=tot).contains(grens));
        grenzen.sort();
        grenzen.dedup();
        let mut gaten: Vec<Gat> = Vec::new();
        for rang in Rang::ALLE {
            for paar in grenzen.windows(2) {
                let &[begin, einde] = paar else { continue };
                if !self.is_buiten(kalender, begin) || self.in_dienst(rang, begin).is_some() {
                    continue;
                }
                match gaten.last_mut().filter(|gat| gat.rang == rang && gat.tot == begin) {
                    Some(gat) => gat.tot = einde,
                    None => gaten.push(Gat { rang, van: begin, tot: einde }),
                }
            }
        }
        gaten.sort_by_key(|gat| (gat.van, gat.rang));
        gaten
    }
}

fn buiten(opening: Option<Opening>, kalender: &Kalender, op: Instant) -> bool {
    let dag = op.dag();
    let Some(opening) = opening.filter(|_| kalender.is_werkdag(dag)) else { return true };
    let (open, dicht) = opening.op(dag);
    op < open || dicht <= op
}
