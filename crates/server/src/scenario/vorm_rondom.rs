//! What controls say of an agreement as its parties keep it, of requests about files, and of signals.

use super::vorm::Tijdstip;
use domain::{samenwerking::PuntSoort, wacht::Rang};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// The calendar of an agreement.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteKalender {
    pub door: String,
    /// The clauses and gaps that fix edition, parties and begin.
    #[serde(default)]
    pub editie: Option<BTreeSet<String>>,
    /// Per party every clause and gap that it stands under; only the parties that are named.
    #[serde(default)]
    pub partijen: BTreeMap<String, BTreeSet<String>>,
    /// Per municipality the same.
    #[serde(default)]
    pub gemeenten: BTreeMap<String, BTreeSet<String>>,
    /// Per task of Veilig Thuis its clause; these and no others.
    #[serde(default)]
    pub taken: Option<BTreeMap<String, String>>,
    /// The tasks that Veilig Thuis has by law.
    #[serde(default)]
    pub wettelijk: Option<BTreeSet<String>>,
    /// Per act the clause of the task that it carries out.
    #[serde(default)]
    pub taak_bij: BTreeMap<String, String>,
    #[serde(default)]
    pub punten: Vec<VerwachtPunt>,
    /// How many names are on the list of contact persons.
    #[serde(default)]
    pub contacten: Option<usize>,
}

/// Something that the agreement asks of its parties.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtPunt {
    pub soort: PuntSoort,
    #[serde(default)]
    pub sleutel: Option<String>,
    /// Which party; the parties together when absent.
    #[serde(default)]
    pub wie: Option<String>,
    /// The last day.
    pub uiterlijk: toml::value::Datetime,
    #[serde(default)]
    pub gedaan: bool,
    pub te_laat: bool,
    pub clausules: BTreeSet<String>,
}

/// A request about a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtVerzoek {
    #[serde(default)]
    pub naam: String,
    pub door: String,
    /// The last day for an answer.
    pub uiterlijk: toml::value::Datetime,
    pub clausules: BTreeSet<String>,
    /// What is weighed, each with its clause; these and no others.
    #[serde(default)]
    pub afschermingen: Option<BTreeMap<String, String>>,
    #[serde(default)]
    pub uitkomst: Option<String>,
    #[serde(default)]
    pub onbekend_voor: Vec<String>,
}

/// A signal in the verwijsindex.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtSignaal {
    #[serde(default)]
    pub naam: String,
    pub door: String,
    /// `actief`, `verlopen`, `beeindigd`.
    pub stand: String,
    /// Excluded end.
    pub tot: Tijdstip,
    pub clausules: BTreeSet<String>,
    #[serde(default)]
    pub ontvangst: Option<String>,
    #[serde(default)]
    pub onbekend_voor: Vec<String>,
}

/// The roster of an organisation, and its alarms.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteWacht {
    pub door: String,
    pub clausules: BTreeSet<String>,
    /// When nobody is on call in the days that are looked ahead; these and no others.
    #[serde(default)]
    pub gaten: Option<Vec<VerwachtGat>>,
    /// Who is on call at this instant, the first before the second.
    #[serde(default)]
    pub nu: Option<Vec<String>>,
    /// Newest first; these and no others.
    #[serde(default)]
    pub alarmen: Option<Vec<VerwachtAlarm>>,
}

/// A time in which nobody of a rank is on call.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtGat {
    pub rang: Rang,
    pub van: Tijdstip,
    pub tot: Tijdstip,
}

/// How an alarm goes.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachtAlarm {
    pub op: Tijdstip,
    /// `wacht`, `niemand`, `niet-bevestigd`, `bevestigd`, `gezien`.
    pub stand: String,
    #[serde(default)]
    pub beurten: Vec<VerwachteBeurt>,
}

/// Who is called when.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VerwachteBeurt {
    pub rang: Rang,
    pub op: Tijdstip,
    pub wie: String,
}
