//! Acts that move a line directly: take-over by Veilig Thuis, regie on the other domains of life, incidents,
//! assignment within an organisation, corrections.

mod leg_vast;

pub(crate) use leg_vast::{
    herstel_vastlegging, leg_incident_vast, leg_regie_vast, neem_zicht_over, wijs_medewerker_toe,
};

use crate::{casus::Feit, ids::OrganisatieId};

/// Who keeps the other domains of life from here on; may be nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Regie {
    pub feit: Feit,
    pub organisatie: Option<OrganisatieId>,
}
