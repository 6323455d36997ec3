//! Fills the view models of [`crate::pages`] from what the application answers, and turns forms into wishes.

pub mod aanmelden;
pub mod adviezen;
pub mod afspraken;
pub mod beoordeling;
pub mod burger;
pub mod casus;
pub mod documenten;
mod eigen;
pub(crate) mod formulier;
pub mod handeling;
pub mod herkenning;
pub mod informatieverzoeken;
pub mod meldcode;
pub mod melding;
pub mod organisatie;
pub mod overdracht;
pub mod overdrachten;
pub mod overdrachtstafel;
pub mod signalen;
pub mod statisch;
pub(crate) mod swimlane;
pub(crate) mod tekst;
pub mod verhaal;
pub mod verzoeken;
mod vragen;
pub mod waarom;
pub mod werkvoorraad;
