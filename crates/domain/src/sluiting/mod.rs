//! How a casus ends, each way with its own conditions.

mod sluit_casus;

pub(crate) use sluit_casus::sluit_casus;
pub use sluit_casus::stabiel_veilig_vanaf;

use crate::{casus::Feit, gebeurtenis::SluitingWijze};

/// The end of a casus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sluiting {
    pub feit: Feit,
    pub wijze: SluitingWijze,
}
