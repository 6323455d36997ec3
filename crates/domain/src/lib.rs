//! The pure core of Zicht: what happened in a casus, who held zicht op veiligheid when, which terms run, and which
//! act is refused by which clause.
//!
//! What it does not know: a clock, a database, the network, names or texts of people. Everything it needs comes in as
//! an argument; the same input gives the same answer for ever. Clause ids are not written in this code: they come
//! from the agreement (`afspraak`).
//!
//! Start reading at [`besluit::decide`], then [`casus::evolve`], [`tijdlijn::tijdlijn`] and [`termijnen::termijnen`].

pub mod adviezen;
pub mod afspraak;
pub mod afstemming;
pub mod beoordelingen;
pub mod besluit;
pub mod bijeenkomsten;
pub mod bijlagen;
pub mod casus;
pub mod commando;
pub mod contact;
pub mod deeltaken;
pub mod diensten;
pub mod documenten;
pub mod doorrekenen;
pub mod gebeurtenis;
pub mod ids;
pub mod maatregelen;
pub mod meldcode;
pub mod meldingen;
pub mod monitoring;
pub mod overdrachten;
pub mod plannen;
pub mod plichten;
pub mod publiek;
pub mod samenwerking;
pub mod sluiting;
pub mod termijnen;
pub mod tijd;
pub mod tijdlijn;
pub mod verrijking;
pub mod verwijsindex;
pub mod verzoeken;
pub mod wacht;
pub mod weigering;
pub mod zicht;

#[cfg(test)]
pub(crate) mod proef;

pub use besluit::{Context, decide};
pub use casus::{Casus, evolve};
pub use commando::Commando;
pub use gebeurtenis::{Gebeurtenis, Vastlegging};
pub use weigering::Weigering;
