//! How a casus ends, as an agreement has it.

use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A way in which a casus ends.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SluitingRegel {
    pub naam: String,
    pub clausule: ClausuleId,
    /// Months without an incident or a report.
    #[serde(default)]
    pub maanden_zonder_incident: i32,
    /// Statements that the closing organisation must confirm, each with its key.
    #[serde(default)]
    pub voorwaarden: BTreeMap<String, Voorwaarde>,
    /// Only after a direct handover.
    #[serde(default)]
    pub alleen_na_directe_overdracht: bool,
    /// Only by Veilig Thuis, after an investigation that found no violence or abuse.
    #[serde(default)]
    pub alleen_na_onderzoek_zonder_hg_km: bool,
    /// A second worker of the holder must agree.
    #[serde(default)]
    pub twee_personen: bool,
}

/// A statement that must be confirmed to close a casus.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Voorwaarde {
    pub tekst: String,
    pub clausule: ClausuleId,
}
