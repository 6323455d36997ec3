//! Working days and due instants.
//!
//! Which days are no working day is dated data (`afspraken/kalender/`), not code: a rule may name a fixed day, a day
//! counted from Easter, or one single date that was equated with a holiday.

use super::{Datum, Instant};
use jiff::{
    ToSpan,
    civil::{Date, Weekday, date},
};
use serde::{Deserialize, Serialize};

/// The calendar of an agreement. One calendar serves all terms between parties.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kalender {
    /// For instance `nederland`.
    pub kalender: String,
    /// For instance `2026-01-01`.
    pub editie: String,
    /// Days that do not count as a working day, besides Saturday and Sunday.
    pub feestdag: Vec<Feestdag>,
}

/// One rule for one holiday, with the years in which it holds: a fixed day (`maand` and `dag`, on a Sunday moved by
/// `op_zondag` days when given), so many days after Easter Sunday (`pasen`), or one single date (`datum`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Feestdag {
    /// As shown to people: `Goede Vrijdag`.
    pub naam: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub van_jaar: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tot_en_met_jaar: Option<i16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maand: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dag: Option<i8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub op_zondag: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pasen: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub datum: Option<Datum>,
}

/// The unit of the length of a term.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Eenheid {
    Werkdag,
    Dag,
    Week,
    Maand,
    Uur,
}

/// How one day was counted; this is what "Waarom?" shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TelDag {
    pub datum: Date,
    pub soort: TelSoort,
}

/// What a day meant for the count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TelSoort {
    /// Day 0: the day of the anchor.
    Anker,
    /// The n-th day that counts.
    Telt(i64),
    /// Saturday or Sunday in a count of working days.
    Weekend,
    /// A holiday in a count of working days.
    Feestdag(String),
}

/// A due instant with the count that led to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// Excluded bound: the act must have happened before this instant.
    pub uiterlijk: Instant,
    /// Day 0 up to and including the last day; empty for units other than (working) days.
    pub dagen: Vec<TelDag>,
}

impl Kalender {
    /// The name of the holiday on this day, if it is one.
    pub fn feestdag(&self, dag: Date) -> Option<&str> {
        let (jaar, pasen) = (dag.year(), paaszondag(dag.year()).day_of_year());
        let valt_op = |regel: &&Feestdag| regel.dag_van_het_jaar(jaar, pasen) == Some(dag.day_of_year().into());
        self.feestdag.iter().find(valt_op).map(|regel| regel.naam.as_str())
    }

    /// Monday to Friday, and no holiday.
    pub fn is_werkdag(&self, dag: Date) -> bool {
        !is_weekend(dag) && self.feestdag(dag).is_none()
    }

    /// The n-th working day after `dag`; `dag` itself is day 0.
    pub fn werkdag_na(&self, dag: Date, n: i64) -> Date {
        self.tel_werkdagen(dag, n, |dag| dag.tomorrow().ok())
    }

    /// The n-th working day before `dag`; `dag` itself for 0.
    pub fn werkdag_voor(&self, dag: Date, n: i64) -> Date {
        self.tel_werkdagen(dag, n, |dag| dag.yesterday().ok())
    }

    fn tel_werkdagen(&self, dag: Date, n: i64, stap: impl Fn(Date) -> Option<Date>) -> Date {
        let mut loper = dag;
        let mut geteld = 0;
        // The holidays of a year are looked up once for all the days that are counted in it.
        let (mut jaar, mut feestdagen) = (None, Vec::new());
        while geteld < n {
            let Some(volgende) = stap(loper) else { return loper };
            loper = volgende;
            if jaar.replace(loper.year()) != Some(loper.year()) {
                feestdagen = self.feestdagen(loper.year());
            }
            if !is_weekend(loper) && !feestdagen.contains(&loper.day_of_year().into()) {
                geteld += 1;
            }
        }
        loper
    }

    /// The holidays of a year as days of the year, 1 for 1 January; a number that no day has is no day.
    fn feestdagen(&self, jaar: i16) -> Vec<i32> {
        let pasen = paaszondag(jaar).day_of_year();
        let mut dagen = Vec::with_capacity(self.feestdag.len());
        dagen.extend(self.feestdag.iter().filter_map(|regel| regel.dag_van_het_jaar(jaar, pasen)));
        dagen
    }

    /// When something "within n" of `anker` is due, as an excluded bound.
    ///
    /// Days, weeks and months are calendar periods and months clamp; the end does not move off a holiday. Hours run
    /// on instants.
    pub fn uiterlijk(&self, anker: Instant, lengte: i64, eenheid: Eenheid) -> Instant {
        let dag0 = anker.dag();
        let laatste = match eenheid {
            Eenheid::Uur => return anker.plus_uren(lengte),
            Eenheid::Werkdag => self.werkdag_na(dag0, lengte),
            Eenheid::Dag => dag0.saturating_add(lengte.days()),
            Eenheid::Week => dag0.saturating_add(lengte.weeks()),
            Eenheid::Maand => dag0.saturating_add(lengte.months()),
        };
        Instant::begin_van(laatste.saturating_add(1.day()))
    }

    /// The same as [`Self::uiterlijk`], with every day that was looked at.
    pub fn tel(&self, anker: Instant, lengte: i64, eenheid: Eenheid) -> Telling {
        let uiterlijk = self.uiterlijk(anker, lengte, eenheid);
        let dagen = match eenheid {
            Eenheid::Werkdag | Eenheid::Dag => self.dagen(anker.dag(), uiterlijk.net_ervoor().dag(), eenheid),
            Eenheid::Week | Eenheid::Maand | Eenheid::Uur => Vec::new(),
        };
        Telling { uiterlijk, dagen }
    }

    fn dagen(&self, dag0: Date, laatste: Date, eenheid: Eenheid) -> Vec<TelDag> {
        let mut dagen = vec![TelDag { datum: dag0, soort: TelSoort::Anker }];
        let mut n = 0;
        let mut loper = dag0;
        while loper < laatste {
            let Ok(morgen) = loper.tomorrow() else { break };
            loper = morgen;
            let soort = if eenheid == Eenheid::Werkdag && is_weekend(loper) {
                TelSoort::Weekend
            } else if let Some(naam) = self.feestdag(loper).filter(|_| eenheid == Eenheid::Werkdag) {
                TelSoort::Feestdag(naam.to_owned())
            } else {
                n += 1;
                TelSoort::Telt(n)
            };
            dagen.push(TelDag { datum: loper, soort });
        }
        dagen
    }
}

impl Feestdag {
    /// Whether the rule names its day in exactly one of the three ways.
    pub fn is_eenduidig(&self) -> bool {
        let vast = self.maand.is_some() && self.dag.is_some();
        [vast, self.pasen.is_some(), self.datum.is_some()].iter().filter(|gegeven| **gegeven).count() == 1
    }

    /// On which day of a year it falls, 1 for 1 January, where Easter Sunday is the day with the number `pasen`.
    fn dag_van_het_jaar(&self, jaar: i16, pasen: i16) -> Option<i32> {
        if self.van_jaar.is_some_and(|van| jaar < van) || self.tot_en_met_jaar.is_some_and(|tot| jaar > tot) {
            return None;
        }
        if let Some(na_pasen) = self.pasen {
            return Some(i32::from(pasen).saturating_add(na_pasen));
        }
        if let Some(datum) = self.datum {
            return (datum.0.year() == jaar).then(|| datum.0.day_of_year().into());
        }
        let datum = Date::new(jaar, self.maand?, self.dag?).ok()?;
        let verschoven = self.op_zondag.filter(|_| datum.weekday() == Weekday::Sunday).unwrap_or(0);
        Some(i32::from(datum.day_of_year()).saturating_add(verschoven))
    }
}

fn is_weekend(dag: Date) -> bool {
    matches!(dag.weekday(), Weekday::Saturday | Weekday::Sunday)
}

/// Easter Sunday in the Gregorian calendar (the computus of Meeus, Jones and Butcher).
fn paaszondag(jaar: i16) -> Date {
    let j = i32::from(jaar);
    let a = j % 19;
    let (b, c) = (j / 100, j % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let maand = (h + l - 7 * m + 114) / 31;
    let dag = (h + l - 7 * m + 114) % 31 + 1;
    let naar_i8 = |getal: i32| i8::try_from(getal).unwrap_or(1);
    Date::new(jaar, naar_i8(maand), naar_i8(dag)).unwrap_or(date(jaar, 4, 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proef::kalender;

    #[test]
    fn paaszondag_volgens_bekende_data() {
        let bekend =
            [(2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (2285, 3, 22)];
        for (jaar, maand, dag) in bekend {
            assert_eq!(paaszondag(jaar), date(jaar, maand, dag));
        }
    }

    #[test]
    fn de_feestdagen_van_2026() {
        let kalender = kalender();
        let gevonden: Vec<_> = date(2026, 1, 1)
            .series(1.day())
            .take_while(|dag| dag.year() == 2026)
            .filter_map(|dag| kalender.feestdag(dag).map(|naam| format!("{dag} {naam}")))
            .collect();
        assert_eq!(
            gevonden,
            [
                "2026-01-01 Nieuwjaarsdag",
                "2026-04-03 Goede Vrijdag",
                "2026-04-05 Eerste Paasdag",
                "2026-04-06 Tweede Paasdag",
                "2026-04-27 Koningsdag",
                "2026-05-05 Bevrijdingsdag",
                "2026-05-14 Hemelvaartsdag",
                "2026-05-24 Eerste Pinksterdag",
                "2026-05-25 Tweede Pinksterdag",
                "2026-12-25 Eerste Kerstdag",
                "2026-12-26 Tweede Kerstdag",
            ]
        );
    }

    #[test]
    fn koningsdag_schuift_naar_zaterdag_als_de_27e_een_zondag_is() {
        assert_eq!(kalender().feestdag(date(2025, 4, 26)), Some("Koningsdag"));
        assert_eq!(kalender().feestdag(date(2025, 4, 27)), None);
    }

    #[test]
    fn rond_pasen_is_de_vijfde_werkdag_woensdag_8_april() {
        let anker = Instant::uit_lokaal(date(2026, 3, 30).at(10, 0, 0, 0));
        let telling = kalender().tel(anker, 5, Eenheid::Werkdag);
        assert_eq!(telling.uiterlijk, Instant::begin_van(date(2026, 4, 9)));
        let telt: Vec<_> = telling.dagen.iter().filter(|dag| matches!(dag.soort, TelSoort::Telt(_))).collect();
        assert_eq!(telt.len(), 5);
        assert!(telling.dagen.iter().any(|dag| dag.soort == TelSoort::Feestdag("Goede Vrijdag".into())));
    }

    #[test]
    fn maanden_klemmen_en_weken_schuiven_niet_van_een_feestdag() {
        let anker = Instant::uit_lokaal(date(2026, 11, 30).at(9, 0, 0, 0));
        assert_eq!(kalender().uiterlijk(anker, 3, Eenheid::Maand), Instant::begin_van(date(2027, 3, 1)));
        let anker = Instant::uit_lokaal(date(2026, 12, 11).at(9, 0, 0, 0));
        assert_eq!(kalender().uiterlijk(anker, 2, Eenheid::Week), Instant::begin_van(date(2026, 12, 26)));
    }
}
