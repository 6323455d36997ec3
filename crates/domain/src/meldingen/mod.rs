//! Reports: receipt, what is asked besides, urgency, to which household they belong, and moving them to another casus.

mod erken_spoed;
mod gegevens;
mod kies_huishouden;
mod meld;
mod verplaats;
mod vul_aan;

use erken_spoed::{erken_spoed, wijs_spoed_af};
pub use gegevens::{AanTeVullen, Meldgegevens, Meldwijze, OverMelding, aan_te_vullen, meldvragen, situatie};
use kies_huishouden::kies_huishouden;
pub(crate) use meld::meld;
use verplaats::{neem_melding_op, rond_verplaatsing_af, verplaats_melding};
pub(crate) use vul_aan::bij_melding;

use crate::{
    beoordelingen::{Beoordeling, Besluit, instrument::IngevuldeTriage},
    casus::Feit,
    gebeurtenis::{Afwijking, Antwoord, Contactduur, Melder, Openheid},
    ids::{CasusId, MeldingId},
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
    /// What was told besides, at once and afterwards.
    pub gegevens: Meldgegevens,
    /// Rules that were passed with a reason when it was made.
    pub afwijkingen: Vec<Afwijking>,
    /// What was asked afterwards, each time.
    pub aanvullingen: Vec<Feit>,
    /// Nothing is left to ask.
    pub compleet: Option<Feit>,
    pub correcties: Vec<Feit>,
    pub intrekking: Option<Intrekking>,
    pub spoed: Spoed,
    pub antwoorden: BTreeMap<String, Antwoord>,
    pub triage: Option<IngevuldeTriage>,
    pub beoordeling: Option<Beoordeling>,
    pub besluit: Option<Besluit>,
    /// Present when it came from another casus.
    pub aankomst: Option<Aankomst>,
    pub verplaatsing: Verplaatsing,
}

/// The reporter wants to take the report back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intrekking {
    pub gevraagd: Feit,
    /// What Veilig Thuis decided, and whether it went along.
    pub beslist: Option<(Feit, bool)>,
}

impl Intrekking {
    /// Veilig Thuis has not decided.
    pub fn wacht(&self) -> bool {
        self.beslist.is_none()
    }
}

/// A report that came from another casus; done once that one knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aankomst {
    pub uit: CasusId,
    pub voltooid: Option<Feit>,
}

/// Whether a report was moved to another casus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verplaatsing {
    Geen,
    /// On its way: half done is shown as half done, and Veilig Thuis holds in both.
    Onderweg {
        feit: Feit,
        naar: CasusId,
    },
    /// It stands in the other casus now.
    Weg {
        begonnen: Feit,
        feit: Feit,
        naar: CasusId,
    },
}

impl Verplaatsing {
    pub(crate) fn is_weg(&mut self, feit: Feit, naar: CasusId) {
        let begonnen = match self {
            Verplaatsing::Onderweg { feit, .. } => feit.clone(),
            Verplaatsing::Geen | Verplaatsing::Weg { .. } => feit.clone(),
        };
        *self = Verplaatsing::Weg { begonnen, feit, naar };
    }
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
    /// It stands in another casus now.
    pub fn is_weg(&self) -> bool {
        matches!(self.verplaatsing, Verplaatsing::Weg { .. })
    }

    /// On its way to or from another casus.
    pub fn is_onderweg(&self) -> bool {
        let komt_aan = self.aankomst.as_ref().is_some_and(|aankomst| aankomst.voltooid.is_none());
        komt_aan || matches!(self.verplaatsing, Verplaatsing::Onderweg { .. })
    }

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
