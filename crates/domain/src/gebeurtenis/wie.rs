//! Who reported, and whom a report is about, as far as an event may say it.

use crate::ids::{OrganisatieId, PersoonId};
use serde::{Deserialize, Serialize};

/// Who reported. A shielded or unknown reporter is never named in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Melder {
    Burger,
    Beroepskracht {
        /// Absent unless the report is open.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        organisatie: Option<OrganisatieId>,
        beroepsgroep: String,
    },
    Politie,
}

/// What the family may know of the reporter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Openheid {
    Open,
    /// Veilig Thuis knows, the family may not.
    Afgeschermd,
    /// Veilig Thuis does not know either.
    Onbekend,
}

/// On what the report rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Contactduur {
    Eenmalig,
    Doorlopend,
}

/// A member of the household.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Persoon {
    pub id: PersoonId,
    pub rol: PersoonRol,
    /// The certified institution that is guardian or case manager of this person, and of nobody else by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gi: Option<OrganisatieId>,
}

/// The part of a person in the household.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PersoonRol {
    Kind,
    Ouder,
    Partner,
    Grootouder,
    Anders,
}

impl Melder {
    /// The organisation of an openly reporting professional.
    pub fn organisatie(&self) -> Option<&OrganisatieId> {
        match self {
            Melder::Beroepskracht { organisatie, .. } => organisatie.as_ref(),
            Melder::Burger | Melder::Politie => None,
        }
    }
}
