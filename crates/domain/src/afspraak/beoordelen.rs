//! What an agreement says of the veiligheidsbeoordeling: the questions before a direct handover, and of whom Veilig Thuis
//! asks information on which legal ground.

use super::Soort;
use crate::{gebeurtenis::BesluitSoort, ids::ClausuleId};
use serde::{Deserialize, Serialize};

/// A contra-indication to direct handover.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterium {
    /// As asked: a "ja" speaks against direct handover.
    pub vraag: String,
    pub clausule: ClausuleId,
    /// Other clauses that say the same.
    #[serde(default)]
    pub ook: Vec<ClausuleId>,
    /// Absent: it must be answered and the receiver sees the answer, but a "ja" refuses nothing by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub soort: Option<Soort>,
    pub volgorde: u32,
    /// An open list: "ja" asks for a text.
    #[serde(default)]
    pub open_lijst: bool,
    /// A fact that the system knows answers this with "ja" by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub volgt_uit: Option<VolgtUit>,
}

/// A fact that answers a criterion by itself.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VolgtUit {
    /// A reporter on the table was promised that the family will not hear the name.
    MelderAfgeschermd,
    /// A report on the table is not open towards the family: shielded, or unknown to Veilig Thuis as well.
    MelderNietOpen,
}

/// In what form a judgement is reached.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Oordeelvorm {
    /// Another worker decides than who assessed, or they talked it over.
    Intercollegiaal,
    /// People of more than one discipline talked it over.
    Multidisciplinair,
}

/// How a judgement is reached, by key: `vervolg`.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oordeel {
    pub vorm: Oordeelvorm,
    pub clausule: ClausuleId,
}

/// Who may be assigned the follow-up on an assessment.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vervolgpartij {
    pub naam: String,
    pub volgorde: u32,
    /// With which decisions it goes.
    pub bij: Vec<BesluitSoort>,
    pub clausule: ClausuleId,
}

/// On what a kind of processing without consent rests.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Grondslag {
    /// In plain words, with the law: shown with each request.
    pub tekst: String,
    pub clausule: ClausuleId,
}

/// Of whom Veilig Thuis asks information.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Informatiebron {
    pub naam: String,
    /// What is asked of it.
    pub wat: String,
    pub volgorde: u32,
    /// A key of `[grondslag]`.
    pub grondslag: String,
    pub clausule: ClausuleId,
    /// Other clauses that say the same.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ook: Vec<ClausuleId>,
    /// A person or an organisation that is asked by name, and answers itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub bij_naam: bool,
    /// The own register of Veilig Thuis.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub eigen_register: bool,
}
