//! The agreement itself, as its parties keep it: who confirmed the list of contact persons, what was done to bring it in,
//! who signed, when it was evaluated. One stream per edition, shared by all its parties; no casus is in it.

use crate::{
    Context, Vastlegging, Weigering,
    afspraak::{AfspraakAnker, Bundel},
    ids::*,
    tijd::Instant,
    weigering::Code,
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everything that is recorded about an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "soort", rename_all = "kebab-case")]
pub enum Gebeurtenis {
    /// The first act of any party opens it.
    SamenwerkingBegonnen {
        afspraak: AfspraakNaam,
        editie: String,
    },
    ContactGezet {
        contact: ContactId,
        organisatie: OrganisatieId,
    },
    ContactVervallen {
        contact: ContactId,
    },
    /// This organisation says that its part of the list is right.
    ContactlijstBevestigd {
        organisatie: OrganisatieId,
    },
    AfspraakGetekend {
        organisatie: OrganisatieId,
    },
    MijlpaalGehaald {
        mijlpaal: String,
    },
    EvaluatieGehouden {
        termijn: String,
    },
}

/// Every act on an agreement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Commando {
    /// Puts somebody on the list, or in the place of somebody.
    ZetContact {
        contact: ContactId,
        vervangt: Option<ContactId>,
    },
    LaatContactVervallen {
        contact: ContactId,
    },
    BevestigContactlijst,
    TekenAfspraak,
    RondMijlpaalAf {
        mijlpaal: String,
    },
    HoudEvaluatie {
        termijn: String,
    },
}

impl Commando {
    /// Every name, as in the interface and the scenarios.
    pub const NAMEN: &'static [&'static str] = &[
        "zet-contact",
        "laat-contact-vervallen",
        "bevestig-contactlijst",
        "teken-afspraak",
        "rond-mijlpaal-af",
        "houd-evaluatie",
    ];
}

/// How an agreement stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Samenwerking {
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub begonnen_op: Option<Instant>,
    pub afspraak: Option<AfspraakNaam>,
    pub contacten: BTreeMap<ContactId, Contactpersoon>,
    /// The last time, per organisation.
    pub bevestigd: BTreeMap<OrganisatieId, Instant>,
    pub getekend: BTreeMap<OrganisatieId, Instant>,
    pub mijlpalen: BTreeMap<String, Instant>,
    /// Every time, oldest first.
    pub evaluaties: BTreeMap<String, Vec<Instant>>,
}

/// Somebody on the list, without name or number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contactpersoon {
    pub versie: u64,
    pub organisatie: OrganisatieId,
    pub op: Instant,
    pub vervallen_op: Option<Instant>,
}

/// Applies one event. It holds no rule.
#[must_use]
pub fn evolve(mut staat: Samenwerking, vastlegging: &Vastlegging<Gebeurtenis>) -> Samenwerking {
    let (versie, op) = (vastlegging.versie, vastlegging.gebeurd_op);
    staat.versie = versie;
    staat.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    match vastlegging.gebeurtenis.clone() {
        Gebeurtenis::SamenwerkingBegonnen { afspraak, .. } => {
            (staat.afspraak, staat.begonnen_op) = (Some(afspraak), Some(op));
        }
        Gebeurtenis::ContactGezet { contact, organisatie } => {
            staat.contacten.insert(contact, Contactpersoon { versie, organisatie, op, vervallen_op: None });
        }
        Gebeurtenis::ContactVervallen { contact } => {
            if let Some(persoon) = staat.contacten.get_mut(&contact) {
                persoon.vervallen_op.get_or_insert(op);
            }
        }
        Gebeurtenis::ContactlijstBevestigd { organisatie } => {
            staat.bevestigd.insert(organisatie, op);
        }
        Gebeurtenis::AfspraakGetekend { organisatie } => {
            staat.getekend.entry(organisatie).or_insert(op);
        }
        Gebeurtenis::MijlpaalGehaald { mijlpaal } => {
            staat.mijlpalen.entry(mijlpaal).or_insert(op);
        }
        Gebeurtenis::EvaluatieGehouden { termijn } => staat.evaluaties.entry(termijn).or_default().push(op),
    }
    staat
}

/// Decides a command on an agreement.
///
/// # Errors
/// Who is no party of it, or something that the agreement does not have or that was done.
pub fn decide(staat: &Samenwerking, commando: &Commando, context: &Context<'_>) -> Result<Vec<Gebeurtenis>, Weigering> {
    context.eis(context.gebeurd_op <= context.nu, Code::TijdstipInDeToekomst)?;
    let eigen = context.organisatie;
    context.eis(context.bundel.inhoud.partij.contains_key(eigen), Code::NietBevoegd)?;
    let mut alle = Vec::new();
    if staat.versie == 0 {
        let editie = context.bundel.eigen_laag().map(|laag| laag.editie.clone()).unwrap_or_default();
        alle.push(Gebeurtenis::SamenwerkingBegonnen { afspraak: context.bundel.afspraak.clone(), editie });
    }
    let eigen_contact = |contact: &ContactId| {
        let persoon = staat.contacten.get(contact).filter(|persoon| persoon.vervallen_op.is_none());
        let persoon = persoon.ok_or_else(|| context.weiger(Code::Onbekend))?;
        context.eis(persoon.organisatie == *eigen, Code::NietBevoegd)
    };
    match commando {
        Commando::ZetContact { contact, vervangt } => {
            if let Some(oud) = vervangt {
                eigen_contact(oud)?;
                alle.push(Gebeurtenis::ContactVervallen { contact: *oud });
            }
            alle.push(Gebeurtenis::ContactGezet { contact: *contact, organisatie: eigen.clone() });
        }
        Commando::LaatContactVervallen { contact } => {
            eigen_contact(contact)?;
            alle.push(Gebeurtenis::ContactVervallen { contact: *contact });
        }
        Commando::BevestigContactlijst => {
            alle.push(Gebeurtenis::ContactlijstBevestigd { organisatie: eigen.clone() });
        }
        Commando::TekenAfspraak => {
            context.eis(!staat.getekend.contains_key(eigen), Code::AlGekozen)?;
            alle.push(Gebeurtenis::AfspraakGetekend { organisatie: eigen.clone() });
        }
        Commando::RondMijlpaalAf { mijlpaal } => {
            let gezamenlijk = context.bundel.inhoud.mijlpaal.get(mijlpaal).is_some_and(|regel| !regel.elke_partij);
            context.eis(gezamenlijk, Code::Onbekend)?;
            context.eis(!staat.mijlpalen.contains_key(mijlpaal), Code::AlGekozen)?;
            alle.push(Gebeurtenis::MijlpaalGehaald { mijlpaal: mijlpaal.clone() });
        }
        Commando::HoudEvaluatie { termijn } => {
            let regel = context.bundel.inhoud.afspraaktermijn.get(termijn);
            let regel = regel.filter(|regel| regel.anker == AfspraakAnker::Editie);
            let regel = regel.ok_or_else(|| context.weiger(Code::Onbekend))?;
            context.eis(regel.herhaalt || !staat.evaluaties.contains_key(termijn), Code::AlGekozen)?;
            alle.push(Gebeurtenis::EvaluatieGehouden { termijn: termijn.clone() });
        }
    }
    Ok(alle)
}

/// What is to be done for the agreement, or was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Punt {
    pub soort: PuntSoort,
    /// The key in the agreement.
    pub sleutel: String,
    pub naam: String,
    /// Who does it; the parties together when absent.
    pub organisatie: Option<OrganisatieId>,
    /// Excluded bound.
    pub uiterlijk: Instant,
    pub gedaan_op: Option<Instant>,
    pub clausules: Vec<ClausuleId>,
}

/// What kind of thing is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PuntSoort {
    Contactlijst,
    Evaluatie,
    Mijlpaal,
    Tekenen,
}

impl Punt {
    /// Not done before its bound.
    pub fn is_te_laat(&self, nu: Instant) -> bool {
        self.gedaan_op.unwrap_or(nu) >= self.uiterlijk
    }

    /// Whether this organisation must do something: itself, or with the others.
    pub fn is_voor(&self, organisatie: &OrganisatieId) -> bool {
        self.gedaan_op.is_none() && self.organisatie.as_ref().is_none_or(|wie| wie == organisatie)
    }
}

/// The calendar of an agreement: everything that it asks of its parties for itself, first what is due first.
pub fn kalender(bundel: &Bundel, staat: &Samenwerking) -> Vec<Punt> {
    let Some(begin) = bundel.eigen_laag().map(|laag| Instant::begin_van(laag.geldig_van.0)) else {
        return Vec::new();
    };
    let mut punten = Vec::new();
    for (sleutel, regel) in &bundel.inhoud.afspraaktermijn {
        let punt = |soort, organisatie, vanaf: Instant, gedaan_op| Punt {
            soort,
            sleutel: sleutel.clone(),
            naam: regel.naam.clone(),
            organisatie,
            uiterlijk: regel.uiterlijk(&bundel.kalender, vanaf),
            gedaan_op,
            clausules: [Some(regel.clausule.clone()), regel.hiaat.clone()].into_iter().flatten().collect(),
        };
        match regel.anker {
            AfspraakAnker::LaatsteBevestiging => punten.extend(deelnemers(bundel).into_iter().map(|id| {
                let laatst = staat.bevestigd.get(&id).copied().unwrap_or(begin);
                punt(PuntSoort::Contactlijst, Some(id), laatst, None)
            })),
            AfspraakAnker::Editie => {
                let gehouden = staat.evaluaties.get(sleutel).map(Vec::as_slice).unwrap_or_default();
                let mut vanaf = begin;
                for op in gehouden {
                    punten.push(punt(PuntSoort::Evaluatie, None, vanaf, Some(*op)));
                    vanaf = *op;
                }
                if regel.herhaalt || gehouden.is_empty() {
                    punten.push(punt(PuntSoort::Evaluatie, None, vanaf, None));
                }
            }
            // It runs from something in a casus, or between parties about one.
            AfspraakAnker::Kennisgeving => {}
        }
    }
    for (sleutel, regel) in &bundel.inhoud.mijlpaal {
        let eind = Instant::begin_van(regel.uiterlijk.0.saturating_add(jiff::Span::new().days(1)));
        let punt = |soort, organisatie, gedaan_op| Punt {
            soort,
            sleutel: sleutel.clone(),
            naam: regel.naam.clone(),
            organisatie,
            uiterlijk: eind,
            gedaan_op,
            clausules: vec![regel.clausule.clone()],
        };
        if regel.elke_partij {
            punten.extend(deelnemers(bundel).into_iter().map(|id| {
                let getekend = staat.getekend.get(&id).copied();
                punt(PuntSoort::Tekenen, Some(id), getekend)
            }));
        } else {
            punten.push(punt(PuntSoort::Mijlpaal, None, staat.mijlpalen.get(sleutel).copied()));
        }
    }
    punten.sort_by(|a, b| {
        (a.uiterlijk, a.soort, &a.sleutel, &a.organisatie).cmp(&(b.uiterlijk, b.soort, &b.sleutel, &b.organisatie))
    });
    punten
}

/// The organisations that made the agreement: of teams that are one legal body that works in several municipalities,
/// each for itself; an institution that is only named is no party to it.
pub fn deelnemers(bundel: &Bundel) -> BTreeSet<OrganisatieId> {
    use crate::afspraak::PartijSoort::{GecertificeerdeInstelling, Politie, RaadVoorDeKinderbescherming};
    let genoemd = [GecertificeerdeInstelling, Politie, RaadVoorDeKinderbescherming];
    let alle = bundel.inhoud.partij.iter().filter(|(_, partij)| !genoemd.contains(&partij.soort));
    alle.map(|(id, _)| id.clone()).collect()
}

#[cfg(test)]
mod tests;
