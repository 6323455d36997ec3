//! The services of Veilig Thuis: Voorwaarden en Vervolg, and Onderzoek. While one runs, Veilig Thuis holds.

mod huisbezoek;
mod rond_af;
mod start;

pub use huisbezoek::Huisbezoek;
pub(crate) use huisbezoek::houd_huisbezoek;
pub(crate) use rond_af::rond_dienst_af;
pub use start::dienst_te_starten;
pub(crate) use start::start_dienst;

use crate::{
    casus::Feit,
    gebeurtenis::{Afwijking, Conclusie, DienstSoort, Gebeurtenis, Geweldsaard},
    ids::DienstId,
};
use std::collections::{BTreeMap, BTreeSet};

/// One service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dienst {
    pub id: DienstId,
    pub soort: DienstSoort,
    pub gestart: Feit,
    pub keuzecriteria: BTreeSet<String>,
    pub afwijkingen: Vec<Afwijking>,
    pub huisbezoeken: Vec<Huisbezoek>,
    pub afgerond: Option<Afronding>,
}

/// How a service ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Afronding {
    pub feit: Feit,
    pub conclusie: Conclusie,
    /// The same per kind of violence that was looked into.
    pub per_aard: BTreeMap<Geweldsaard, Conclusie>,
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
        let bezoeken = self.huisbezoeken.iter().map(|bezoek| &bezoek.feit);
        std::iter::once(&self.gestart).chain(bezoeken).chain(self.afgerond.as_ref().map(|afronding| &afronding.feit))
    }

    pub(crate) fn feiten_mut(&mut self) -> impl Iterator<Item = &mut Feit> {
        let bezoeken = self.huisbezoeken.iter_mut().map(|bezoek| &mut bezoek.feit);
        let afgerond = self.afgerond.as_mut().map(|afronding| &mut afronding.feit);
        std::iter::once(&mut self.gestart).chain(bezoeken).chain(afgerond)
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
            huisbezoeken: Vec::new(),
            afgerond: None,
        }),
        Gebeurtenis::HuisbezoekGehouden { dienst, samen_met, kinderen_gesproken, punten, afwijkingen } => {
            if let Some(gevonden) = diensten.iter_mut().find(|eerder| eerder.id == *dienst) {
                gevonden.huisbezoeken.push(Huisbezoek {
                    feit,
                    samen_met: samen_met.clone(),
                    kinderen_gesproken: *kinderen_gesproken,
                    punten: punten.clone(),
                    afwijkingen: afwijkingen.clone(),
                });
            }
        }
        Gebeurtenis::DienstAfgerond { dienst, conclusie, per_aard, voorwaarden_gesteld, voortijdig } => {
            if let Some(gevonden) = diensten.iter_mut().find(|eerder| eerder.id == *dienst) {
                let (conclusie, voortijdig) = (*conclusie, *voortijdig);
                let (per_aard, voorwaarden_gesteld) = (per_aard.clone(), *voorwaarden_gesteld);
                let afronding = Afronding { feit, conclusie, per_aard, voorwaarden_gesteld, voortijdig };
                gevonden.afgerond = Some(afronding);
            }
        }
        _ => {}
    }
}
