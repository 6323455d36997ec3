//! The services of Veilig Thuis: Voorwaarden en Vervolg, and Onderzoek. While one runs, Veilig Thuis holds.

mod rond_af;
mod start;

pub(crate) use rond_af::rond_dienst_af;
pub(crate) use start::start_dienst;

use crate::{
    casus::Feit,
    gebeurtenis::{Afwijking, Conclusie, DienstSoort, Gebeurtenis},
    ids::DienstId,
};
use std::collections::BTreeSet;

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dienst {
    pub id: DienstId,
    pub soort: DienstSoort,
    pub gestart: Feit,
    pub keuzecriteria: BTreeSet<String>,
    pub afwijkingen: Vec<Afwijking>,
    pub afgerond: Option<Afronding>,
}

/// How a service ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Afronding {
    pub feit: Feit,
    pub conclusie: Conclusie,
    pub voorwaarden_gesteld: bool,
    /// Ended before it was done.
    pub voortijdig: bool,
}

impl Dienst {
    /// An investigation that found no violence or abuse.
    pub fn vond_geen_hg_km(&self) -> bool {
        self.soort == DienstSoort::Onderzoek
            && self.afgerond.as_ref().is_some_and(|afronding| afronding.conclusie == Conclusie::Weerlegd)
    }

    pub(crate) fn feiten(&self) -> impl Iterator<Item = &Feit> {
        std::iter::once(&self.gestart).chain(self.afgerond.as_ref().map(|afronding| &afronding.feit))
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        std::iter::once(&mut self.gestart).chain(self.afgerond.as_mut().map(|afronding| &mut afronding.feit))
    }
}

pub(crate) fn evolve(diensten: &mut Vec<Dienst>, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::DienstGestart { dienst, dienst_soort, keuzecriteria, afwijkingen } => diensten.push(Dienst {
            id: *dienst,
            soort: *dienst_soort,
            gestart: feit,
            keuzecriteria: keuzecriteria.clone(),
            afwijkingen: afwijkingen.clone(),
            afgerond: None,
        }),
        Gebeurtenis::DienstAfgerond { dienst, conclusie, voorwaarden_gesteld, voortijdig } => {
            if let Some(gevonden) = diensten.iter_mut().find(|eerder| eerder.id == *dienst) {
                let (conclusie, voortijdig) = (*conclusie, *voortijdig);
                let afronding = Afronding { feit, conclusie, voorwaarden_gesteld: *voorwaarden_gesteld, voortijdig };
                gevonden.afgerond = Some(afronding);
            }
        }
        _ => {}
    }
}
