//! How a casus ends, each way with its own conditions.

mod sluit_casus;

pub use sluit_casus::stabiel_veilig_vanaf;
pub(crate) use sluit_casus::{sluit_casus, stem_in_met_sluiting};

use crate::{casus::Feit, gebeurtenis::SluitingWijze, ids::MedewerkerId};

/// The end of a casus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sluiting {
    pub feit: Feit,
    pub wijze: SluitingWijze,
}

/// One worker proposed to close in a way that asks for two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voorstel {
    pub feit: Feit,
    pub medewerker: MedewerkerId,
    pub wijze: SluitingWijze,
}
