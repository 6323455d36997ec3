//! Services of Veilig Thuis and monitoring, as an agreement has them.

use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::Voorwaarde;

/// A service of Veilig Thuis.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dienst {
    pub naam: String,
    pub clausule: ClausuleId,
    /// Veilig Thuis spoke with the family before it chose this service.
    #[serde(default)]
    pub na_gesprek: bool,
    /// It must end with a conclusion on whether there is violence or abuse; "niet onderzocht" is none.
    #[serde(default)]
    pub conclusie_verplicht: bool,
    /// Statements that must hold to choose this service, each with its key.
    #[serde(default)]
    pub keuzecriteria: BTreeMap<String, Voorwaarde>,
}

/// Who monitors after a phase.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitoring {
    pub wie: Monitor,
    pub clausule: ClausuleId,
    /// Monitoring ends at most so many months after it began.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uiterlijk_maanden: Option<i32>,
}

/// Who monitors.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Monitor {
    VeiligThuis,
    /// Who received zicht.
    Ontvanger,
    /// Who received zicht, if it plans moments itself.
    OntvangerIndienNodig,
    /// Nobody, by agreement.
    Geen,
}

/// What is asked at a moment of monitoring.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitorvraag {
    pub vraag: String,
    pub clausule: ClausuleId,
    pub volgorde: u32,
}

/// What a moment of monitoring may lead to.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Monitoruitkomst {
    pub naam: String,
    pub clausule: ClausuleId,
    pub gevolg: Gevolg,
}

/// What an outcome does.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gevolg {
    Voortzetten,
    /// Veilig Thuis supports the receiver.
    Ondersteuning,
    /// The receiver brings the casus to the beschermtafel.
    Beschermtafel,
    /// Veilig Thuis takes zicht back, at once.
    Terugname,
    /// Monitoring ends.
    Afronden,
}
