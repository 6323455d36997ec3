//! Whom Veilig Thuis must tell what after a report, as an agreement has it.

use crate::ids::ClausuleId;
use serde::{Deserialize, Serialize};

/// A duty to tell somebody something.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plicht {
    pub naam: String,
    /// Whom it is told.
    pub aan: String,
    /// By which channel.
    pub hoe: String,
    /// By when, in words; the day itself follows from `termijn` where there is one.
    pub wanneer: String,
    pub volgorde: u32,
    pub bij: Plichtgrond,
    /// What it must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moet: Vec<String>,
    /// What it must not hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub niet: Vec<String>,
    /// A key of `[termijn]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub termijn: Option<String>,
    /// The act that does it; else it is recorded as done by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vervuld_door: Option<Plichtdaad>,
    /// The kind of document that does it when it is sent: a key of `[document]`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    pub clausule: ClausuleId,
    /// Other clauses that say what it holds.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ook: Vec<ClausuleId>,
}

/// What makes that somebody must be told.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plichtgrond {
    ElkeMelding,
    /// A report on a household that was known already.
    BekendHuishouden,
    /// Acute danger, and a child in the household.
    AcuutGevaarVoorKind,
    /// Veilig Thuis decided to ask the Raad for an investigation.
    RaadVerzocht,
    /// Assessed, and Veilig Thuis knows who reported.
    BeoordeeldBekendeMelder,
    /// Assessed, and a professional who sees the family longer reported.
    BeoordeeldLangerContact,
    /// It was decided what follows.
    Besloten,
    DirecteOverdracht,
    /// Handed over directly, while who reported openly goes on seeing the family.
    DirecteOverdrachtMelderBlijft,
    /// The overdrachtstafel chose which party takes the casus.
    AanTafelGekozen,
    /// The same, and Veilig Thuis knows who reported.
    AanTafelGekozenBekendeMelder,
    /// A service runs or ran, and Veilig Thuis knows who reported.
    Dienst,
    /// Veilig Thuis has nothing more to do for this report, and knows who reported.
    EindeBetrokkenheid,
}

/// An act that does a duty.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Plichtdaad {
    GezinGeinformeerd,
    EersteTerugkoppeling,
    TweedeTerugkoppeling,
    EindTerugkoppeling,
}
