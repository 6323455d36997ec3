//! The port to the verwijsindex: an organisation says that it is involved with a young person, and hears whether others
//! did. An answer that does not come is no answer.

use async_trait::async_trait;
use domain::verwijsindex::Ontvangst;

/// What the index is told.
pub struct Signaalbericht<'a> {
    pub organisatie: &'a str,
    pub naam: &'a str,
    /// `2017-05-11`.
    pub geboren: &'a str,
}

/// The index, or what stands in for it.
#[async_trait]
pub trait Verwijsindex: Send + Sync {
    /// Puts a signal there; [`Ontvangst::Onbekend`] when no answer came.
    async fn plaats(&self, bericht: Signaalbericht<'_>) -> Ontvangst;

    /// Whether nothing left this installation.
    fn is_nagebootst(&self) -> bool;
}

/// Stands in for the index where there is no connection with one. It keeps nothing and tells nobody; a name with
/// "Match" or "Stil" in it gets that answer, so that both can be practised.
#[derive(Clone, Copy, Debug, Default)]
pub struct NagebootsteVerwijsindex;

#[async_trait]
impl Verwijsindex for NagebootsteVerwijsindex {
    async fn plaats(&self, bericht: Signaalbericht<'_>) -> Ontvangst {
        match bericht.naam {
            naam if naam.contains("Match") => Ontvangst::Match,
            naam if naam.contains("Stil") => Ontvangst::Onbekend,
            _ => Ontvangst::Geplaatst,
        }
    }

    fn is_nagebootst(&self) -> bool {
        true
    }
}
