//! What an agreement says around the casus: the plan to bring it in, the tasks of Veilig Thuis by law, signals in the
//! verwijsindex, alarms outside office hours, and what is weighed when somebody asks to read a file.

use crate::{ids::ClausuleId, tijd::Datum};
use serde::{Deserialize, Serialize};

/// A step by which an agreement is brought in.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mijlpaal {
    pub naam: String,
    pub volgorde: u32,
    /// The last day of the month in which it is planned.
    pub uiterlijk: Datum,
    /// Every party does it for itself, as signing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub elke_partij: bool,
    pub clausule: ClausuleId,
}

/// A task of Veilig Thuis, and the acts by which it is carried out here.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Taak {
    pub naam: String,
    pub volgorde: u32,
    /// By law; a further task is given by the municipal executive.
    pub wettelijk: bool,
    /// Names of acts, as in `[bevoegd.*]`.
    #[serde(default)]
    pub bij: Vec<String>,
    pub clausule: ClausuleId,
}

/// Who may put a signal on a young person in the verwijsindex, and how long it stays.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verwijsindex {
    /// Ages in whole years, both included.
    pub leeftijd_van: i64,
    pub leeftijd_tot: i64,
    /// How long a signal stays.
    pub maanden: i64,
    /// Whether Veilig Thuis may too, by the agreement of the region.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub veilig_thuis: bool,
    pub clausule: ClausuleId,
    /// The gap that says how long a signal stays.
    pub hiaat: ClausuleId,
}

/// How an alarm goes round outside office hours, for what cannot wait.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wachtregel {
    /// How long the first has to answer before the second is called.
    pub minuten: i64,
    /// How many days ahead a roster without anybody is something to do.
    pub dagen_vooruit: i64,
    pub clausule: ClausuleId,
    /// The gap that says how long and how far.
    pub hiaat: ClausuleId,
}

/// What is weighed when somebody asks to read a file: whether this must be shielded.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Afscherming {
    pub naam: String,
    pub volgorde: u32,
    pub clausule: ClausuleId,
}
