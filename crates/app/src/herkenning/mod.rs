//! Recognition at intake: which persons of a report does this Veilig Thuis know from another casus? It answers with
//! candidates and why; a worker decides, and nothing is ever merged.
//!
//! What it does not know: what a worker decides, what other organisations know. Never indexed: the reporter.
//! Start at [`crate::poorten::Herkenning`]; [`ExacteSleutels`] is its first implementation.

pub(crate) mod gegevens;
pub mod normaal;
mod sleutels;

pub use gegevens::{AdresWens, Huishouden, Persoonsgegevens, SOORTEN};
pub(crate) use gegevens::{controleer, huishouden_uit};
pub use sleutels::{ExacteSleutels, SLEUTELS_PER_PERSOON_MAX, TREFFERS_PER_SLEUTEL_MAX};

use domain::ids::{CasusId, OrganisatieId, PersoonId};
use zeroize::Zeroizing;

/// Under this key an index of one organisation is made: without it neither found nor guessed.
#[derive(Clone)]
pub struct Zoekgeheim(pub(crate) Zeroizing<[u8; 32]>);

/// Why two persons or households may be the same. In order of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grond {
    /// The same citizen service number.
    Bsn,
    /// The same birth date and the same surname; never one of the two alone.
    AchternaamGeboren,
    /// The same postcode, house number and addition.
    Adres,
}

impl Grond {
    pub const ALLE: &'static [Grond] = &[Grond::Bsn, Grond::AchternaamGeboren, Grond::Adres];

    /// As stored and on the wire.
    pub fn als_str(self) -> &'static str {
        match self {
            Grond::Bsn => "bsn",
            Grond::AchternaamGeboren => "achternaam-geboren",
            Grond::Adres => "adres",
        }
    }
}

/// Who is looked for, and where.
pub struct Zoekvraag<'a> {
    /// Whose casussen are searched; of no other organisation.
    pub eigenaar: &'a OrganisatieId,
    pub geheim: &'a Zoekgeheim,
    /// In which casus they were just reported: that one is not an answer.
    pub casus: CasusId,
    pub huishouden: &'a Huishouden,
}

/// Somebody who may be the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Treffer {
    /// In which other casus.
    pub casus: CasusId,
    pub grond: Grond,
    /// In the report; absent for the household as a whole.
    pub hier: Option<PersoonId>,
    /// In the other casus.
    pub daar: Option<PersoonId>,
}

/// What a search gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gevonden {
    pub treffers: Vec<Treffer>,
    /// There are more hits than are given.
    pub meer: bool,
    /// Occurs in more casussen than is of use, an address of a shelter for instance; not in the hits.
    pub te_algemeen: Vec<Grond>,
    /// How many keys there were to search by; with none "nothing found" says nothing.
    pub gezocht: usize,
}
