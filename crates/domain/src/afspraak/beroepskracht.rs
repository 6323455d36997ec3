//! What an agreement says to a professional before there is a casus: the steps of the meldcode, and advice.

use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};

/// A step of the meldcode.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meldcodestap {
    pub naam: String,
    /// What the step asks, in one or two sentences.
    pub uitleg: String,
    /// 1 to 5.
    pub volgorde: u32,
    pub clausule: ClausuleId,
    /// Other clauses that say something of this step.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ook: Vec<ClausuleId>,
}

/// The steps that every agreement must have; a track tells by these whether a step is done.
pub(super) const MELDCODESTAPPEN: [&str; 5] = ["signalen", "overleg", "gesprek", "wegen", "beslissen"];

/// A form in which Veilig Thuis supports who asks for advice.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adviesvorm {
    pub naam: String,
    pub volgorde: u32,
    pub clausule: ClausuleId,
}

/// A moment in an advice about which an agreement says something.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Adviesmoment {
    /// Who may ask, and when.
    Vragen,
    /// Whether the family knows.
    Toestemming,
    /// On whom it is registered.
    Registratie,
    /// What who asked records in the own organisation.
    EigenDossier,
    /// It becomes a report.
    WerdMelding,
}

impl Adviesmoment {
    /// As in agreements.
    pub fn als_str(self) -> &'static str {
        match self {
            Adviesmoment::Vragen => "vragen",
            Adviesmoment::Toestemming => "toestemming",
            Adviesmoment::Registratie => "registratie",
            Adviesmoment::EigenDossier => "eigen-dossier",
            Adviesmoment::WerdMelding => "werd-melding",
        }
    }
}

/// By which clause an advice goes the way it does.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Adviesregel {
    pub clausule: ClausuleId,
}
