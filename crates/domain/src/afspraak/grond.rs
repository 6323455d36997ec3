//! How hard a rule is, and what is only to be kept in mind.

use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};

/// How hard a rule is, the hardest first.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Soort {
    /// Defines the line; nothing passes it.
    Constitutief,
    /// Refused; no reason passes it.
    Dwingend,
    /// Passes only when both sides agreed to deviate from it on this casus; a reason of one side does not.
    RichtlijnSamen,
    /// Refused once; the same act with a reason passes and is shown.
    Richtlijn,
}

impl Soort {
    /// Whether it can be deviated from, alone or together.
    pub const fn is_richtlijn(self) -> bool {
        matches!(self, Soort::Richtlijn | Soort::RichtlijnSamen)
    }
}

/// What somebody must keep in mind at an act: shown with it, not enforced.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Aandachtspunt {
    /// Names of acts, as in `[bevoegd.*]`.
    pub bij: Vec<String>,
    /// The clause whose text is shown.
    pub clausule: ClausuleId,
}
