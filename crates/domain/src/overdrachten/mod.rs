//! Handovers: offer, content, acceptance, refusal, withdrawal.

mod accepteer;
mod bied_aan;
mod gegevens;
mod weiger;

pub(crate) use accepteer::accepteer_overdracht;
pub(crate) use bied_aan::bied_overdracht_aan;
pub(crate) use gegevens::{bevestig_ontvangst_gegevens, noteer_mondelinge_bevestiging, verzend_gegevens};
pub(crate) use weiger::{trek_overdracht_in, weiger_overdracht};

use crate::{
    casus::Feit,
    gebeurtenis::{Afwijking, Gebeurtenis, OverdrachtWijze, WeigerReden},
    ids::{OrganisatieId, OverdrachtId},
};
use std::collections::BTreeSet;

/// The phase right after the assessment, as in `[overgang.direct]`.
pub const FASE_DIRECT: &str = "direct";

/// One offer to one accountable receiver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overdracht {
    pub id: OverdrachtId,
    /// The offer; its bundle decides when zicht passes.
    pub feit: Feit,
    pub naar: OrganisatieId,
    pub wijze: OverdrachtWijze,
    pub onderdelen: BTreeSet<String>,
    pub gezin_geinformeerd: bool,
    pub afwijkingen: Vec<Afwijking>,
    /// The first time; sending or receiving again moves no term.
    pub verzonden: Option<Feit>,
    pub ontvangen: Option<Feit>,
    /// Spoken confirmations that Veilig Thuis noted; they move nothing.
    pub mondeling: Vec<Feit>,
    pub stand: Stand,
}

/// How an offer stands. It never ends by time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stand {
    Open,
    Geaccepteerd(Feit),
    Geweigerd(Feit, WeigerReden),
    Ingetrokken(Feit),
}

impl Overdracht {
    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        let stand = match &self.stand {
            Stand::Open => None,
            Stand::Geaccepteerd(feit) | Stand::Geweigerd(feit, _) | Stand::Ingetrokken(feit) => Some(feit),
        };
        [Some(&self.feit), self.verzonden.as_ref(), self.ontvangen.as_ref(), stand].into_iter().flatten()
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        let stand = match &mut self.stand {
            Stand::Open => None,
            Stand::Geaccepteerd(feit) | Stand::Geweigerd(feit, _) | Stand::Ingetrokken(feit) => Some(feit),
        };
        [Some(&mut self.feit), self.verzonden.as_mut(), self.ontvangen.as_mut(), stand].into_iter().flatten()
    }
}

pub(crate) fn evolve(overdrachten: &mut Vec<Overdracht>, feit: Feit, gebeurtenis: &Gebeurtenis) {
    let mut bij = |id: &OverdrachtId, verander: &dyn Fn(&mut Overdracht, Feit)| {
        if let Some(overdracht) = overdrachten.iter_mut().find(|overdracht| overdracht.id == *id) {
            verander(overdracht, feit.clone());
        }
    };
    match gebeurtenis {
        Gebeurtenis::GegevensVerzonden { overdracht } => bij(overdracht, &|o, feit| {
            o.verzonden.get_or_insert(feit);
        }),
        Gebeurtenis::GegevensOntvangen { overdracht } => bij(overdracht, &|o, feit| {
            o.ontvangen.get_or_insert(feit);
        }),
        Gebeurtenis::MondelingeBevestigingGenoteerd { overdracht } => {
            bij(overdracht, &|o, feit| o.mondeling.push(feit))
        }
        Gebeurtenis::OverdrachtGeaccepteerd { overdracht } => {
            bij(overdracht, &|o, feit| o.stand = Stand::Geaccepteerd(feit));
        }
        Gebeurtenis::OverdrachtGeweigerd { overdracht, reden } => {
            bij(overdracht, &|o, feit| o.stand = Stand::Geweigerd(feit, *reden));
        }
        Gebeurtenis::OverdrachtIngetrokken { overdracht } => {
            bij(overdracht, &|o, feit| o.stand = Stand::Ingetrokken(feit));
        }
        Gebeurtenis::OverdrachtAangeboden { overdracht, naar, wijze, onderdelen, gezin_geinformeerd, afwijkingen } => {
            overdrachten.push(Overdracht {
                id: *overdracht,
                feit,
                naar: naar.clone(),
                wijze: *wijze,
                onderdelen: onderdelen.clone(),
                gezin_geinformeerd: *gezin_geinformeerd,
                afwijkingen: afwijkingen.clone(),
                verzonden: None,
                ontvangen: None,
                mondeling: Vec::new(),
                stand: Stand::Open,
            });
        }
        _ => {}
    }
}
