//! Duties towards people: contact with the family and with who helps, in order; informing; feedback to the reporter.

mod leg_vast;
mod plicht;
mod volgorde;

pub(crate) use leg_vast::vervul;
pub use plicht::{Plichtstand, Stand, Vervulling, plichten};
pub use volgorde::{Contactvolgorde, contactvolgorde};

use crate::{
    casus::Feit,
    gebeurtenis::{ContactWijze, TerugkoppelingMoment},
    ids::{MeldingId, PersoonId},
    tijd::Datum,
};

/// An attempt to reach the family, by whoever recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub feit: Feit,
    pub wijze: ContactWijze,
    pub gelukt: bool,
    /// Fed back to Veilig Thuis as well.
    pub teruggekoppeld: bool,
    /// Whom it was about to reach; the household when absent.
    pub persoon: Option<PersoonId>,
}

/// The family was told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Informatie {
    pub feit: Feit,
    pub wijze: ContactWijze,
}

/// Informing the family waits until a day, for somebody's safety.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uitstel {
    pub feit: Feit,
    pub tot: Datum,
}

/// Feedback to the reporter of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terugkoppeling {
    pub feit: Feit,
    pub melding: MeldingId,
    pub moment: TerugkoppelingMoment,
}
