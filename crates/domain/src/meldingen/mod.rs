//! Reports: receipt and urgency.

mod erken_spoed;
mod meld;

pub(crate) use erken_spoed::{erken_spoed, wijs_spoed_af};
pub(crate) use meld::meld;

use crate::{
    beoordelingen::{Beoordeling, Besluit},
    casus::Feit,
    gebeurtenis::{Antwoord, Contactduur, Melder, Openheid},
    ids::MeldingId,
    tijd::Instant,
};
use std::collections::BTreeMap;

/// One report on the household.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Melding {
    pub id: MeldingId,
    pub feit: Feit,
    /// Arrival at Veilig Thuis; anchors the report's terms, also when it was recorded later.
    pub ontvangen_op: Instant,
    pub melder: Melder,
    pub openheid: Openheid,
    pub contact: Contactduur,
    pub spoed: Spoed,
    pub antwoorden: BTreeMap<String, Antwoord>,
    pub beoordeling: Option<Beoordeling>,
    pub besluit: Option<Besluit>,
}

/// How urgent, and who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spoed {
    NietGevraagd,
    /// The reporter ticked it: it rings until Veilig Thuis takes note.
    Gevraagd,
    Erkend(Feit),
    Afgewezen(Feit),
}

impl Melding {
    pub(crate) fn beantwoord(&mut self, antwoorden: &BTreeMap<String, Antwoord>) {
        self.antwoorden.extend(antwoorden.iter().map(|(sleutel, antwoord)| (sleutel.clone(), *antwoord)));
    }

    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        let besluit = self.besluit.as_ref().map(|besluit| &besluit.feit);
        self.beoordeling.as_ref().map(|beoordeling| &beoordeling.feit).into_iter().chain(besluit)
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        let besluit = self.besluit.as_mut().map(|besluit| &mut besluit.feit);
        self.beoordeling.as_mut().map(|beoordeling| &mut beoordeling.feit).into_iter().chain(besluit)
    }
}
