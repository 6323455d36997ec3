//! Who made an agreement, and where it holds.

use crate::{ids::ClausuleId, tijd::Datum};
use serde::{Deserialize, Serialize};

/// The kind of an organisation; also decides its colour.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PartijSoort {
    VeiligThuis,
    LokaalTeam,
    Jeugdgezondheidszorg,
    GecertificeerdeInstelling,
    Crisisdienst,
    Politie,
    RaadVoorDeKinderbescherming,
    Gemeente,
    /// A professional or organisation that is no party of the agreement by name.
    Beroepskracht,
    Anders,
}

impl PartijSoort {
    pub const ALLE: [PartijSoort; 9] = [
        PartijSoort::VeiligThuis,
        PartijSoort::LokaalTeam,
        PartijSoort::Jeugdgezondheidszorg,
        PartijSoort::GecertificeerdeInstelling,
        PartijSoort::Crisisdienst,
        PartijSoort::Politie,
        PartijSoort::RaadVoorDeKinderbescherming,
        PartijSoort::Gemeente,
        PartijSoort::Beroepskracht,
    ];

    /// As in agreements.
    pub fn als_str(self) -> &'static str {
        match self {
            PartijSoort::VeiligThuis => "veilig-thuis",
            PartijSoort::LokaalTeam => "lokaal-team",
            PartijSoort::Jeugdgezondheidszorg => "jeugdgezondheidszorg",
            PartijSoort::GecertificeerdeInstelling => "gecertificeerde-instelling",
            PartijSoort::Crisisdienst => "crisisdienst",
            PartijSoort::Politie => "politie",
            PartijSoort::RaadVoorDeKinderbescherming => "raad-voor-de-kinderbescherming",
            PartijSoort::Gemeente => "gemeente",
            PartijSoort::Beroepskracht => "beroepskracht",
            PartijSoort::Anders => "anders",
        }
    }
}

/// What must be true before a party of some kind keeps the other life domains together.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Regievoorwaarde {
    pub tekst: String,
    /// For which kinds of parties.
    pub partijen: Vec<PartijSoort>,
    pub clausule: ClausuleId,
}

/// For whom a party works.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Doelgroep {
    /// Parents and children: a household of which no child is known goes there for a reason only.
    Jeugd,
    Volwassenen,
    #[default]
    Alle,
}

impl Doelgroep {
    /// As it reads after "voor"; nothing for who works for everybody.
    pub const fn voor(self) -> Option<&'static str> {
        match self {
            Self::Jeugd => Some("jeugd"),
            Self::Volwassenen => Some("volwassenen"),
            Self::Alle => None,
        }
    }
}

/// A party of the agreement.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partij {
    pub naam: String,
    pub soort: PartijSoort,
    /// The legal body that it is part of, when several parties are one: each still keeps its own files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rechtspersoon: Option<String>,
    /// Municipalities that it works for; empty means all of the agreement.
    #[serde(default)]
    pub gemeenten: Vec<String>,
    /// For whom it works; without it for everybody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doelgroep: Option<Doelgroep>,
    /// Tasks laid down by agreement with the municipality, for instance `directe-overdracht`.
    #[serde(default)]
    pub taken: Vec<String>,
    pub clausules: Vec<ClausuleId>,
}

impl Partij {
    /// Whether this party may receive in this municipality by agreement.
    pub fn ontvangt_in(&self, gemeente: &str, taak: &str) -> bool {
        self.taken.iter().any(|eigen| eigen == taak)
            && (self.gemeenten.is_empty() || self.gemeenten.iter().any(|eigen| eigen == gemeente))
    }
}

/// A municipality, with the period in which it existed under this name.
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Gemeente {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub van: Option<Datum>,
    /// Excluded end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tot: Option<Datum>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opgegaan_in: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deelregio: Option<String>,
    /// Where we have it from when no clause names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bron: Option<String>,
    #[serde(default)]
    pub clausules: Vec<ClausuleId>,
    /// The clause or gap by which nobody receives here, in a region where others do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub geen_ontvanger: Option<ClausuleId>,
}
