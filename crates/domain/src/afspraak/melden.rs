//! What a reporter is asked, and which assessments may go with a report, as an agreement has them.

use super::Soort;
use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The answer of a reporter who was asked and does not know.
pub const ONBEKEND: &str = "onbekend";
/// The answer to a question that is answered in words; the words themselves are sealed.
pub const IN_WOORDEN: &str = "woorden";

/// A question to who reports. It never keeps a report out: what was not answered, Veilig Thuis still asks.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meldvraag {
    pub vraag: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
    pub antwoord: MeldAntwoord,
    /// What can be chosen, for an answer by choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keuzes: Vec<Meldkeuze>,
    /// All of these must hold for the question to be asked; none: always.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bij: Vec<MeldBij>,
    /// Must be answered before the report is made, and not afterwards.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub vooraf: bool,
    /// Answers that do not go together with such a report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tegen: Option<Tegenantwoord>,
}

/// How a question is answered.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeldAntwoord {
    JaNee,
    Keuze,
    Woorden,
}

/// One of several answers.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meldkeuze {
    pub code: String,
    pub tekst: String,
}

/// Answers by which a report of this kind is not as agreed.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tegenantwoord {
    pub antwoorden: Vec<String>,
    pub clausule: ClausuleId,
    pub soort: Soort,
}

/// What holds for a report when it comes in.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeldBij {
    Beroepskracht,
    Burger,
    Politie,
    /// It rests on a short contact.
    Eenmalig,
    /// It rests on a long or continuing contact.
    Doorlopend,
    Open,
    /// The family may not know who reports.
    Gesloten,
    /// Zicht passed last in a direct handover.
    NaDirecteOverdracht,
    /// Zicht passed last after a service.
    NaDienst,
    /// Who reports is the one to whom zicht passed.
    DoorOntvanger,
    /// A certified institution is involved with a member of the household.
    GiBetrokken,
}

impl Meldvraag {
    /// Whether it is asked of a report of which all this holds.
    pub fn geldt_bij(&self, situatie: &BTreeSet<MeldBij>) -> bool {
        self.bij.iter().all(|eis| situatie.contains(eis))
    }

    /// Whether this code is an answer to it.
    pub fn kent(&self, code: &str) -> bool {
        code == ONBEKEND
            || match self.antwoord {
                MeldAntwoord::JaNee => matches!(code, "ja" | "nee"),
                MeldAntwoord::Keuze => self.keuzes.iter().any(|keuze| keuze.code == code),
                MeldAntwoord::Woorden => code == IN_WOORDEN,
            }
    }

    /// An answer as people read it.
    pub fn tekst_van<'a>(&'a self, code: &'a str) -> &'a str {
        match code {
            ONBEKEND => "niet bekend",
            _ => self.keuzes.iter().find(|keuze| keuze.code == code).map_or(code, |keuze| &keuze.tekst),
        }
    }
}

/// An assessment that a reporter filled in beforehand.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Meldinstrument {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
}
