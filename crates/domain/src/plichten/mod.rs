//! Duties towards people: contact with the family, informing it, feedback to the reporter.

mod leg_vast;

pub(crate) use leg_vast::{informeer_gezin, koppel_terug_aan_melder, leg_contact_gezin_vast, maak_afspraak_gezin};

use crate::{casus::Feit, gebeurtenis::ContactWijze, ids::MeldingId};

/// An attempt to reach the family, by whoever recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub feit: Feit,
    pub wijze: ContactWijze,
    pub gelukt: bool,
}

/// Feedback to the reporter of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terugkoppeling {
    pub feit: Feit,
    pub melding: MeldingId,
}
