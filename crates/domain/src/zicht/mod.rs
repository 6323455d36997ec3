//! Acts that move a line directly: take-over by Veilig Thuis, regie on the other domains of life, incidents,
//! the crisis service, assignment within an organisation, moving house, corrections.

mod crisis;
mod leg_vast;
mod verhuis;

pub(crate) use leg_vast::{
    herstel_vastlegging, leg_incident_vast, leg_regie_vast, neem_zicht_over, wijs_medewerker_toe,
};

pub(crate) use crisis::{meld_crisis_stabiel, schakel_crisisdienst_in};
pub(crate) use verhuis::verhuis_gezin;

use crate::{casus::Feit, ids::OrganisatieId};

/// Who keeps the other domains of life from here on; may be nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regie {
    pub feit: Feit,
    pub organisatie: Option<OrganisatieId>,
}

/// Veilig Thuis took zicht back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overname {
    pub feit: Feit,
    /// Decided at a moment of monitoring.
    pub na_monitoring: bool,
}

/// The crisis service was called in; its line runs beside zicht until it says that the crisis is stable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crisis {
    pub feit: Feit,
    pub organisatie: OrganisatieId,
    pub gestabiliseerd: Option<Feit>,
}

impl Crisis {
    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        std::iter::once(&self.feit).chain(&self.gestabiliseerd)
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        std::iter::once(&mut self.feit).chain(&mut self.gestabiliseerd)
    }
}
