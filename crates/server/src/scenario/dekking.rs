//! What a play shows of the clauses: which ones the engine answered with, and which of those a control held it to.

use std::collections::BTreeSet;

/// An answer that is not what the scenario says. Everything else that can go wrong is a fault, and proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Verschil {
    /// A control found another answer.
    #[error("{0}")]
    Controle(String),
    /// A refusal was another one, or did not come.
    #[error("{0}")]
    Weigering(String),
    /// A step that should go through was refused.
    #[error("{0}")]
    TochGeweigerd(String),
}

/// Clause ids of one play.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dekking {
    /// The engine answered with it.
    pub gegeven: BTreeSet<String>,
    /// And a control or a refusal asked for exactly that.
    pub getoetst: BTreeSet<String>,
}

impl Dekking {
    pub fn geef<'a>(&mut self, ids: impl IntoIterator<Item = &'a str>) {
        self.gegeven.extend(ids.into_iter().map(str::to_owned));
    }

    /// An answer that was compared and found the same.
    pub fn toets(&mut self, id: &str) {
        self.gegeven.insert(id.to_owned());
        self.getoetst.insert(id.to_owned());
    }

    pub fn voeg_toe(&mut self, ander: &Self) {
        self.gegeven.extend(ander.gegeven.iter().cloned());
        self.getoetst.extend(ander.getoetst.iter().cloned());
    }
}

/// Returns a [`Verschil`] of the given kind unless the condition holds.
macro_rules! moet {
    ($soort:ident, $voorwaarde:expr, $($tekst:tt)+) => {
        if !$voorwaarde {
            return Err($crate::scenario::dekking::Verschil::$soort(format!($($tekst)+)).into());
        }
    };
}
pub(super) use moet;
