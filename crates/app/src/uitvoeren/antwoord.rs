//! What is asked of the application, and how it answers.

use super::editie::EditieVeranderd;
use crate::{
    Actor, codec,
    poorten::StoreFout,
    verzegel::VerzegelFout,
    wens::{VeldFout, Wens},
};
use domain::{
    Weigering,
    ids::{CasusId, CommandId, OrganisatieId},
    tijd::Instant,
};

/// A request to change something.
#[derive(Clone, Debug)]
pub struct Opdracht {
    /// Made by the client, so that a retry has one effect.
    pub id: CommandId,
    /// Absent for a report that opens a casus.
    pub casus: Option<CasusId>,
    /// The version that the worker saw; absent when it does not matter.
    pub verwacht: Option<u64>,
    pub actor: Actor,
    /// When it happened; now when absent.
    pub gebeurd_op: Option<Instant>,
    pub wens: Wens,
}

/// The answer to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Antwoord {
    Gedaan(Gedaan),
    Geweigerd(Weigering),
    Conflict(Conflict),
}

/// It was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gedaan {
    pub casus: CasusId,
    pub eerste_versie: u64,
    pub versie: u64,
    pub nummer: String,
}

/// The casus changed since the worker looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub versie: u64,
    /// What changed meanwhile, as far as this organisation may know.
    pub veranderd: Vec<Verandering>,
}

/// One change since the worker looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verandering {
    pub op: Instant,
    pub soort: String,
    pub organisatie: OrganisatieId,
}

/// It could not be answered: a mistake in the request, or a fault of ours.
#[derive(Debug, thiserror::Error)]
pub enum AppFout {
    /// Fields that are missing or cannot be read.
    #[error("de invoer klopt niet")]
    Ongeldig(Vec<VeldFout>),
    /// It does not exist, or not for this worker: the two look alike.
    #[error("niet gevonden")]
    NietGevonden,
    /// The same command id was used for something else.
    #[error("dit opdrachtnummer is al gebruikt voor iets anders")]
    OpdrachtHergebruikt,
    /// Too many others were at it; nothing was written.
    #[error("te druk op deze casus; probeer het opnieuw")]
    TeDruk,
    #[error(transparent)]
    Store(#[from] StoreFout),
    #[error(transparent)]
    Verzegel(#[from] VerzegelFout),
    #[error(transparent)]
    Codec(#[from] codec::CodecFout),
    #[error("de bundel waaronder dit is vastgelegd ontbreekt")]
    BundelOntbreekt,
    /// The other casus cannot take the report; it stays on its way until that is solved.
    #[error("de melding is nog onderweg naar de andere casus: {0}")]
    Verplaatsing(&'static str),
    #[error(transparent)]
    EditieVeranderd(#[from] EditieVeranderd),
    /// A newer release writes the views.
    #[error(
        "een nieuwere versie van Zicht schrijft de lijsten in deze database (vorm {gevonden}; deze versie kent vorm \
         {eigen}); start de nieuwere versie"
    )]
    NieuwereViews { gevonden: u32, eigen: u32 },
}
