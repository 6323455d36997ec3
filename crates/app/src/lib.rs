//! Use cases: one function that runs every change ([`App::voer_uit`]), the questions that pages and the JSON interface
//! ask ([`lezen`]), projections, sealing and jobs; and the ports to the outside.
//!
//! What it does not know: SQL, HTTP, files, which store or key device is behind the ports, what a page looks like.

pub mod alarm;
pub mod berichten;
pub mod bijlagen;
pub mod bronnen;
pub mod codec;
#[cfg(feature = "contract")]
pub mod contract;
pub mod documenten;
pub mod doorrekenen;
pub mod eigen;
pub mod herkenning;
pub mod jobs;
pub mod kladblok;
pub mod lezen;
pub mod namen;
pub mod opslag;
pub mod poorten;
pub mod stap;
pub mod toegang;
mod uitvoeren;
pub mod verwijsindex;
pub mod verzegel;
pub mod views;
pub mod wens;

pub use uitvoeren::{
    Antwoord, App, AppFout, Conflict, EditieVeranderd, Gedaan, Opdracht, Poorten, Verandering, casus_van, melding_van,
};
pub use wens::Wens;

/// A worker acting for an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    pub medewerker: domain::ids::MedewerkerId,
    pub organisatie: domain::ids::OrganisatieId,
}
