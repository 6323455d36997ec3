//! The time axis of the swimlane: months, or weeks when the axis is short, in Dutch local time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::baan::{BanenGegevens, plaats};
use crate::opmaak;

/// A line on the axis with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streep {
    pub x: i64,
    pub tekst: String,
    /// The first line and each January also say the year.
    pub jaar: bool,
}

/// Below this length the axis counts weeks.
const WEKEN_TOT_DAGEN: i64 = 75;
const MICROS_PER_DAG: i64 = 86_400_000_000;
const STREPEN_MAX: usize = 60;
const LABEL_PX_MIN: i64 = 58;

/// The lines between `van` and `tot`, as many as have room for their label.
pub fn strepen(gegevens: &BanenGegevens, begin: i64, lengte: i64) -> Vec<Streep> {
    let zone = TimeZone::get("Europe/Amsterdam").unwrap_or(TimeZone::UTC);
    let Ok(eerste) = Timestamp::from_microsecond(gegevens.van) else {
        return Vec::new();
    };
    let van = eerste.to_zoned(zone.clone()).date();
    let dagen = gegevens.tot.saturating_sub(gegevens.van) / MICROS_PER_DAG;
    let weken = dagen <= WEKEN_TOT_DAGEN;
    let eenheden = (if weken { dagen / 7 } else { dagen / 30 }).max(1);
    let stap = passende_stap(eenheden, lengte, weken);
    let Ok(start) = begin_van(van, weken) else {
        return Vec::new();
    };
    let mut lijst: Vec<Streep> = Vec::new();
    let mut dag = start;
    while lijst.len() < STREPEN_MAX {
        let Some(op) = middernacht(dag, &zone) else { break };
        if op >= gegevens.tot {
            break;
        }
        if op >= gegevens.van {
            let jaar = lijst.is_empty() || (!weken && dag.month() == 1);
            lijst.push(Streep { x: plaats(gegevens, op, begin, lengte), tekst: label(dag, weken, jaar), jaar });
        }
        let Ok(volgende) = dag.checked_add(stap) else { break };
        dag = volgende;
    }
    lijst
}

fn passende_stap(eenheden: i64, lengte: i64, weken: bool) -> Span {
    let px = lengte / eenheden;
    let keuzes: &[i64] = if weken { &[1, 2] } else { &[1, 2, 3, 6, 12] };
    let stap = keuzes.iter().copied().find(|stap| px * stap >= LABEL_PX_MIN).unwrap_or(12);
    if weken { stap.weeks() } else { stap.months() }
}

/// The Monday or the first of the month at or before `dag`; months start in January so that steps meet it.
fn begin_van(dag: Date, weken: bool) -> Result<Date, jiff::Error> {
    if weken {
        dag.checked_sub(i64::from(dag.weekday().to_monday_zero_offset()).days())
    } else {
        Date::new(dag.year(), 1, 1)
    }
}

fn middernacht(dag: Date, zone: &TimeZone) -> Option<i64> {
    dag.to_zoned(zone.clone()).ok().map(|moment| moment.timestamp().as_microsecond())
}

fn label(dag: Date, weken: bool, jaar: bool) -> String {
    let naam = if weken { opmaak::dag_maand_kort(dag) } else { opmaak::maand_kort(dag).to_owned() };
    if jaar && !weken { format!("{naam} {}", dag.year()) } else { naam }
}
