//! The JSON interface: the same questions and acts as the pages, over the same application calls.

pub mod berichten;
pub mod bijlagen;
pub mod casussen;
pub mod documenten;
pub mod eigen;
pub mod handelingen;
pub mod meldingen;
pub mod sessies;
