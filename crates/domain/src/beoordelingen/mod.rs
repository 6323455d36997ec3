//! The veiligheidsbeoordeling: answers to the criteria, the assessment itself, and the decision on what follows.

mod besluit_vervolg;
mod criteria;
pub mod instrument;
mod rond_af;
mod samen;

pub(crate) use besluit_vervolg::{heeft_regel, redenen_uit_criteria, toets};
pub use samen::{Functie, Overleg, Overleguitkomst};

use crate::{
    besluit::{Context, Uitslag},
    casus::{Casus, Feit},
    commando::Commando,
    gebeurtenis::{Afwijking, BesluitSoort, Taxatie},
    ids::MedewerkerId,
    verrijking,
    weigering::Code,
};
use std::collections::BTreeSet;

/// The assessment as recorded; `feit.gebeurd_op` is when it took place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beoordeling {
    pub feit: Feit,
    /// Who assessed: another decides, or they talk it over.
    pub medewerker: MedewerkerId,
    pub taxatie: Taxatie,
    /// Guidelines that were passed with a reason.
    pub afwijkingen: Vec<Afwijking>,
}

/// The decision on what follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Besluit {
    pub feit: Feit,
    pub soort: BesluitSoort,
    pub voldoende_veilig: Option<bool>,
    /// To whom the follow-up was assigned, by key of `[vervolgpartij]`.
    pub toewijzing: BTreeSet<String>,
    /// Guidelines that were passed with a reason.
    pub afwijkingen: Vec<Afwijking>,
}

/// Everything of which an assessment is made, in the order in which it is done.
pub(crate) fn beoordeel(casus: &Casus, commando: &Commando, context: &Context<'_>) -> Uitslag {
    match commando {
        Commando::VraagInformatie(_) | Commando::LegInformatieVast { .. } => {
            verrijking::verrijk(casus, commando, context)
        }
        Commando::BeantwoordCriteria(antwoorden) => criteria::beantwoord_criteria(casus, antwoorden, context),
        Commando::RondBeoordelingAf { melding, taxatie, antwoorden } => {
            rond_af::rond_beoordeling_af(casus, *melding, *taxatie, antwoorden, context)
        }
        Commando::VulInstrumentIn { melding, triage } => instrument::vul_in(casus, *melding, triage, context),
        Commando::HoudOverleg(overleg) => samen::houd_overleg(casus, overleg, context),
        Commando::BesluitVervolg(besluit) => besluit_vervolg::besluit_vervolg(casus, besluit, context),
        _ => Err(context.weiger(Code::Onbekend)),
    }
}
