//! Tasks beside zicht: who watches what, until when. They never replace the holder.

mod spreek_af;

pub(crate) use spreek_af::{rond_deeltaak_af, spreek_deeltaak_af};

use crate::{
    casus::Feit,
    gebeurtenis::Gebeurtenis,
    ids::{DeeltaakId, OrganisatieId},
    tijd::Datum,
};

/// One task of one organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deeltaak {
    pub id: DeeltaakId,
    pub feit: Feit,
    pub organisatie: OrganisatieId,
    /// Excluded end, where one was agreed.
    pub tot: Option<Datum>,
    pub afgerond: Option<Feit>,
}

pub(crate) fn evolve(deeltaken: &mut Vec<Deeltaak>, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::DeeltaakAfgesproken { deeltaak, organisatie, tot } => deeltaken.push(Deeltaak {
            id: *deeltaak,
            feit,
            organisatie: organisatie.clone(),
            tot: *tot,
            afgerond: None,
        }),
        Gebeurtenis::DeeltaakAfgerond { deeltaak } => {
            if let Some(gevonden) = deeltaken.iter_mut().find(|eerder| eerder.id == *deeltaak) {
                gevonden.afgerond.get_or_insert(feit);
            }
        }
        _ => {}
    }
}
