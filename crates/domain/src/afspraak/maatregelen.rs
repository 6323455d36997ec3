//! Support, coercion, and what may be deviated from, as an agreement has them.

use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A measure that somebody else decides on: the Raad, a judge, the police, the mayor.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Maatregel {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
    /// Who decides on it, in words.
    pub bij: String,
    /// Who takes the initiative while Veilig Thuis holds.
    pub voor_overdracht: BTreeSet<Initiatief>,
    /// Who takes it when zicht has passed.
    pub na_overdracht: BTreeSet<Initiatief>,
    /// Veilig Thuis' support is tried first, and then coercion is talked over.
    #[serde(default)]
    pub eerst_steun: bool,
    /// With whom the risk is assessed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub taxatie_met: BTreeSet<Taxatiepartner>,
    /// Who coordinates it once it is imposed, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinatie: Option<String>,
}

/// Who can take the initiative for a measure.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Initiatief {
    VeiligThuis,
    /// Who holds zicht, with enough from its own contacts.
    Houder,
    /// Both together.
    Samen,
}

/// With whom the risk of a restraining order is assessed.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Taxatiepartner {
    Slachtoffer,
    Pleger,
}

/// A way in which Veilig Thuis supports who helps.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steunvorm {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
}
