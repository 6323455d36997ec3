//! The veiligheidsbeoordeling: answers to the criteria, the assessment itself, and the decision on what follows.

mod besluit_vervolg;
mod criteria;
mod rond_af;

pub(crate) use besluit_vervolg::{besluit_vervolg, heeft_regel, redenen_uit_criteria, toets};
pub(crate) use criteria::beantwoord_criteria;
pub(crate) use rond_af::rond_beoordeling_af;

use crate::{
    casus::Feit,
    gebeurtenis::{Afwijking, BesluitSoort, Taxatie},
};

/// The assessment as recorded; `feit.gebeurd_op` is when it took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beoordeling {
    pub feit: Feit,
    pub taxatie: Taxatie,
}

/// The decision on what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Besluit {
    pub feit: Feit,
    pub soort: BesluitSoort,
    pub voldoende_veilig: Option<bool>,
    /// Guidelines that were passed with a reason.
    pub afwijkingen: Vec<Afwijking>,
}
