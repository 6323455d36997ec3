//! Instants, and the only place where an instant becomes a day by law (Europe/Amsterdam).
//!
//! A term is about civil days, an event about an instant; the mapping between the two depends on the time zone and on
//! nothing else. Neither UTC nor the server's zone answers "which day is it": 23.30 UTC is tomorrow in Alkmaar.

mod kalender;

pub use kalender::{Eenheid, Feestdag, Kalender, TelDag, TelSoort, Telling};

use jiff::{
    Timestamp,
    civil::{Date, DateTime},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

#[expect(clippy::expect_used, reason = "the time zone database is compiled in; a test reads it")]
static AMSTERDAM: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Amsterdam").expect("Europe/Amsterdam is compiled in"));

/// Microseconds since 1970-01-01T00:00:00Z. Every time in Zicht has this shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// The first instant of a day in the Netherlands.
    pub fn begin_van(dag: Date) -> Self {
        Self::uit_lokaal(dag.to_datetime(jiff::civil::Time::midnight()))
    }

    /// Local wall-clock time in the Netherlands; in the hour that is skipped in spring the later reading, in the hour
    /// that is lived twice in autumn the first one. A time outside what can be represented is clamped.
    pub fn uit_lokaal(lokaal: DateTime) -> Self {
        let stempel = AMSTERDAM.to_ambiguous_timestamp(lokaal).compatible();
        Self(stempel.map_or(i64::MAX, Timestamp::as_microsecond))
    }

    /// Wall-clock time in the Netherlands.
    pub fn lokaal(self) -> DateTime {
        let stempel =
            Timestamp::from_microsecond(self.0).unwrap_or(if self.0 < 0 { Timestamp::MIN } else { Timestamp::MAX });
        AMSTERDAM.to_datetime(stempel)
    }

    /// The civil day in the Netherlands on which this instant falls.
    pub fn dag(self) -> Date {
        self.lokaal().date()
    }

    /// The last microsecond before this instant: turns an excluded bound into the last day that still counts.
    pub fn net_ervoor(self) -> Self {
        Self(self.0.saturating_sub(1))
    }

    /// This instant moved by whole hours, counted on the clock of physics, so across summer time.
    pub fn plus_uren(self, uren: i64) -> Self {
        Self(self.0.saturating_add(uren.saturating_mul(3_600_000_000)))
    }

    /// The same by whole minutes.
    pub fn plus_minuten(self, minuten: i64) -> Self {
        Self(self.0.saturating_add(minuten.saturating_mul(60_000_000)))
    }
}

/// A civil day in data: read from a TOML date or from text `2026-04-09`, written as text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Datum(pub Date);

#[cfg(test)]
impl schemars::JsonSchema for Datum {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Datum".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$" })
    }
}

impl Serialize for Datum {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Datum {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Vorm {
            Toml(toml::value::Datetime),
            Tekst(String),
        }
        let tekst = match Vorm::deserialize(deserializer)? {
            Vorm::Toml(datum) => datum.to_string(),
            Vorm::Tekst(tekst) => tekst,
        };
        tekst.parse().map(Self).map_err(|_| serde::de::Error::custom(format!("'{tekst}' is geen datum (jjjj-mm-dd)")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn een_dag_begint_in_nederland_niet_in_utc() {
        assert_eq!(Instant::begin_van(date(2026, 4, 9)).lokaal().to_string(), "2026-04-09T00:00:00");
        assert_eq!(Instant::begin_van(date(2026, 1, 1)).0, 1_767_222_000_000_000); // 2025-12-31T23:00Z
    }

    #[test]
    fn de_dag_van_de_zomertijd_heeft_23_uur() {
        let begin = Instant::begin_van(date(2026, 3, 29));
        let eind = Instant::begin_van(date(2026, 3, 30));
        assert_eq!(eind.0 - begin.0, 23 * 3_600_000_000);
        assert_eq!(begin.plus_uren(72).lokaal().to_string(), "2026-04-01T01:00:00");
    }

    #[test]
    fn uitersten_breken_niet() {
        assert_eq!(Instant(i64::MIN).net_ervoor(), Instant(i64::MIN));
        let _ = Instant(i64::MAX).dag();
        let _ = Instant(i64::MIN).dag();
    }
}
