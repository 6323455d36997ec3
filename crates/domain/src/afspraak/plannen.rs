//! The plans of a household, as an agreement has them: who draws them up, in which phase, and what must be in them.

use super::Wie;
use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One kind of plan.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
    /// Who draws it up, by its part in the casus.
    pub opsteller: Wie,
    /// The phases through which it runs.
    pub fasen: Vec<Planfase>,
    /// A new incident asks to look at it again.
    #[serde(default)]
    pub bij_incident: bool,
    /// What must be in it, each with its key.
    #[serde(default)]
    pub onderdelen: BTreeMap<String, Planonderdeel>,
}

impl Plan {
    /// The parts in the order in which they are asked.
    pub fn delen(&self) -> Vec<(&str, &Planonderdeel)> {
        let mut alle: Vec<_> = self.onderdelen.iter().map(|(sleutel, deel)| (sleutel.as_str(), deel)).collect();
        alle.sort_by_key(|(_, deel)| deel.volgorde);
        alle
    }
}

/// Something that must be in a plan.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Planonderdeel {
    pub naam: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
    #[serde(default)]
    pub invulling: Invulling,
}

/// By what a part of a plan is there.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Invulling {
    #[default]
    Woorden,
    /// By safety agreements that stand; nothing is typed again.
    Afspraken,
    /// By the day on which its goals must be met.
    Termijn,
    /// By the day on which it is looked at again.
    Evaluatie,
}

/// The phases of working on safety, in their order.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Planfase {
    DirecteVeiligheid,
    StabieleVeiligheid,
    Herstel,
}

impl Planfase {
    pub const ALLE: [Planfase; 3] = [Planfase::DirecteVeiligheid, Planfase::StabieleVeiligheid, Planfase::Herstel];
}
