//! What an agreement says about itself: its parts, its own terms, what to do when it is not kept, whom to call, what
//! things are called here. No rule of a casus rests on it; pages show it, and where an act is named, with that act.

use crate::{
    ids::{ClausuleId, OrganisatieId},
    tijd::{Datum, Eenheid, Instant, Kalender},
};
use serde::{Deserialize, Serialize};

/// A term for the agreement itself, not for a casus: an evaluation, an answer of a municipality.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Afspraaktermijn {
    pub naam: String,
    pub clausule: ClausuleId,
    /// The gap that says how the clause is read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hiaat: Option<ClausuleId>,
    pub anker: AfspraakAnker,
    pub lengte: i64,
    pub eenheid: Eenheid,
    /// Who must act, in words.
    pub wie: String,
    /// Again after every time, not once.
    #[serde(default)]
    pub herhaalt: bool,
}

/// From when a term for the agreement itself runs.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AfspraakAnker {
    /// The day on which the edition came into force.
    Editie,
    /// The last time it was confirmed.
    LaatsteBevestiging,
    /// The day on which somebody was told.
    Kennisgeving,
}

impl Afspraaktermijn {
    /// The excluded bound before which it must be done, counted from an anchor.
    pub fn uiterlijk(&self, kalender: &Kalender, anker: Instant) -> Instant {
        kalender.uiterlijk(anker, self.lengte, self.eenheid)
    }
}

/// A step when workers do not agree, or when an agreement is not kept.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Escalatie {
    /// What happens in this step.
    pub stap: String,
    /// Who does it, in words.
    pub wie: String,
    pub volgorde: u32,
    pub clausule: ClausuleId,
    /// Who is asked in this step decides.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub beslist: bool,
    /// In this step the municipality is told.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub naar_gemeente: bool,
}

/// A number or address as printed in the document.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    pub naam: String,
    /// As printed.
    pub bereikbaar: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partij: Option<OrganisatieId>,
    pub clausule: ClausuleId,
}

/// What must come before what, between parties; shown with the acts that it is about.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Volgorde {
    pub eerst: String,
    pub dan: String,
    /// When it is the other way round, or does not hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub behalve: Option<String>,
    /// Names of acts, as in `[bevoegd.*]`.
    #[serde(default)]
    pub bij: Vec<String>,
    pub clausule: ClausuleId,
}

/// A part of the package that an agreement is, with its own authority, edition and start.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pakketdeel {
    pub naam: String,
    pub vastgesteld_door: String,
    pub editie: String,
    pub geldig_van: Datum,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geldig_tot: Option<Datum>,
    pub clausule: ClausuleId,
}

/// A way that reports of some kind of reporter go before they reach Veilig Thuis, with the period in which they do.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meldroute {
    pub melder: MelderSoort,
    /// What happens to such a report here.
    pub weg: String,
    /// The party that sees it first, when that is not Veilig Thuis.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<OrganisatieId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub van: Option<Datum>,
    /// Excluded end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tot: Option<Datum>,
    pub clausule: ClausuleId,
}

impl Meldroute {
    /// Whether reports go this way on a day.
    pub fn geldt_op(&self, dag: jiff::civil::Date) -> bool {
        self.van.is_none_or(|van| van.0 <= dag) && self.tot.is_none_or(|tot| dag < tot.0)
    }
}

/// A kind of reporter.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MelderSoort {
    Burger,
    Beroepskracht,
    Politie,
}

/// What this agreement calls something that Zicht has its own word for.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Woord {
    pub hier: String,
    pub clausule: ClausuleId,
}
