//! Terms: due instants with the clause they come from. They are stored; their status never is, for only time changes it.

use crate::{
    afspraak::{Anker, Bundel, Bundels, Daad, TermijnRegel, Verval, Wie},
    casus::{Casus, Feit},
    gebeurtenis::Openheid,
    ids::{ClausuleId, MeldingId, OrganisatieId, OverdrachtId},
    meldingen::Melding,
    overdrachten::{Overdracht, Stand},
    tijd::Instant,
};
use serde::{Deserialize, Serialize};

/// To what a term belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bij {
    Melding(MeldingId),
    Overdracht(OverdrachtId),
}

/// One running, met or lapsed term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Termijn {
    /// Key in the agreement: `veiligheidsbeoordeling`.
    pub soort: String,
    pub naam: String,
    pub clausule: ClausuleId,
    pub hiaat: Option<ClausuleId>,
    pub bij: Bij,
    /// The bundle that was in force at the anchor.
    pub bundel: crate::ids::BundelHash,
    pub anker: Instant,
    /// Excluded bound: the act must have happened before it.
    pub uiterlijk: Instant,
    /// Who must act.
    pub wie: OrganisatieId,
    /// When the act that meets it happened.
    pub voldaan_op: Option<Instant>,
    pub vervallen_op: Option<Instant>,
}

/// How a term stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    Open,
    Gehaald,
    TeLaat,
    /// Late stays visible as late for ever.
    GehaaldTeLaat,
    Vervallen,
    /// The agreement has no such term.
    Geen,
}

/// The status of a term at `nu`.
pub fn status(termijn: &Termijn, nu: Instant) -> Status {
    match (termijn.voldaan_op, termijn.vervallen_op) {
        (Some(op), _) if op < termijn.uiterlijk => Status::Gehaald,
        (Some(_), _) => Status::GehaaldTeLaat,
        (None, Some(op)) if op < termijn.uiterlijk => Status::Vervallen,
        // It was late already when the ground for it fell away, and late stays late.
        (None, Some(_)) => Status::TeLaat,
        (None, None) if nu >= termijn.uiterlijk => Status::TeLaat,
        (None, None) => Status::Open,
    }
}

/// All terms of a casus, in the order of their anchors.
pub fn termijnen(casus: &Casus, bundels: &Bundels) -> Vec<Termijn> {
    let mut alle = Vec::new();
    for melding in &casus.meldingen {
        if let Some(bundel) = bundels.uit(&melding.feit.bundel) {
            let anker = (Anker::OntvangstMelding, melding.ontvangen_op);
            voeg_toe(casus, bundel, &melding.feit.bundel, anker, Bron::Melding(melding), &mut alle);
        }
        if let Some(feit) = melding.beoordeling.as_ref().map(|beoordeling| &beoordeling.feit) {
            voeg_toe_bij(casus, bundels, feit, Anker::BeoordelingPlaatsgevonden, Bron::Melding(melding), &mut alle);
        }
    }
    for overdracht in &casus.overdrachten {
        let bron = Bron::Overdracht(overdracht);
        if let Some(feit) = &overdracht.verzonden {
            voeg_toe_bij(casus, bundels, feit, Anker::DocumentVerzonden, bron, &mut alle);
        }
        if let Some(feit) = &overdracht.ontvangen {
            voeg_toe_bij(casus, bundels, feit, Anker::GegevensOntvangen, bron, &mut alle);
        }
    }
    alle.sort_by(|a, b| (a.anker, &a.soort, a.bij).cmp(&(b.anker, &b.soort, b.bij)));
    alle
}

/// The clause by which an agreement says that it has no such term, if it says so.
pub fn geen_termijn<'a>(bundel: &'a Bundel, soort: &str) -> Option<&'a ClausuleId> {
    bundel.inhoud.termijn.get(soort).filter(|regel| regel.geen).map(|regel| &regel.clausule)
}

#[derive(Clone, Copy)]
enum Bron<'a> {
    Melding(&'a Melding),
    Overdracht(&'a Overdracht),
}

fn voeg_toe_bij(casus: &Casus, bundels: &Bundels, feit: &Feit, anker: Anker, bron: Bron<'_>, alle: &mut Vec<Termijn>) {
    if let Some(bundel) = bundels.uit(&feit.bundel) {
        voeg_toe(casus, bundel, &feit.bundel, (anker, feit.gebeurd_op), bron, alle);
    }
}

fn voeg_toe(
    casus: &Casus,
    bundel: &Bundel,
    hash: &crate::ids::BundelHash,
    (anker, op): (Anker, Instant),
    bron: Bron<'_>,
    alle: &mut Vec<Termijn>,
) {
    let regels = bundel.inhoud.termijn.iter().filter(|(_, regel)| regel.anker == Some(anker) && !regel.geen);
    for (soort, regel) in regels.filter(|(_, regel)| geldt_voor(regel, bundel, bron)) {
        let (Some(telling), Some(wie)) = (regel.tel(&bundel.kalender, op), wie(casus, regel, bron)) else {
            continue;
        };
        let vervallen_op = vervallen_op(regel, bron);
        // What lapsed asks for nothing more: an act afterwards is an act for something else.
        let voldaan_op = voldaan_op(casus, regel, bron, op, &wie);
        let voldaan_op = voldaan_op.filter(|gedaan| vervallen_op.is_none_or(|vervallen| *gedaan <= vervallen));
        alle.push(Termijn {
            soort: soort.clone(),
            naam: regel.naam.clone(),
            clausule: regel.clausule.clone(),
            hiaat: regel.hiaat.clone(),
            bij: match bron {
                Bron::Melding(melding) => Bij::Melding(melding.id),
                Bron::Overdracht(overdracht) => Bij::Overdracht(overdracht.id),
            },
            bundel: hash.clone(),
            anker: op,
            uiterlijk: telling.uiterlijk,
            voldaan_op,
            vervallen_op,
            wie,
        });
    }
}

fn geldt_voor(regel: &TermijnRegel, bundel: &Bundel, bron: Bron<'_>) -> bool {
    match bron {
        Bron::Melding(melding) => !(regel.niet_bij_onbekende_melder && melding.openheid == Openheid::Onbekend),
        Bron::Overdracht(overdracht) => {
            regel.ontvangers.is_empty() || regel.ontvangers.contains(&bundel.soort_van(&overdracht.naar))
        }
    }
}

fn wie(casus: &Casus, regel: &TermijnRegel, bron: Bron<'_>) -> Option<OrganisatieId> {
    match (regel.wie?, bron) {
        (Wie::Ontvanger, Bron::Overdracht(overdracht)) => Some(overdracht.naar.clone()),
        (Wie::VeiligThuis, _) => casus.veilig_thuis.clone(),
        (Wie::Ontvanger, Bron::Melding(_)) | (Wie::Houder | Wie::Betrokken, _) => None,
    }
}

/// The first act of the right kind, by the right organisation, at or after the anchor.
fn voldaan_op(
    casus: &Casus,
    regel: &TermijnRegel,
    bron: Bron<'_>,
    anker: Instant,
    wie: &OrganisatieId,
) -> Option<Instant> {
    let eerste = |feiten: &mut dyn Iterator<Item = &Feit>| {
        feiten.filter(|feit| feit.organisatie == *wie && feit.gebeurd_op >= anker).map(|feit| feit.gebeurd_op).min()
    };
    match (regel.vervuld_door?, bron) {
        (Daad::BeoordelingAfgerond, Bron::Melding(melding)) => {
            melding.beoordeling.as_ref().map(|beoordeling| beoordeling.feit.gebeurd_op)
        }
        (Daad::MelderTeruggekoppeld, Bron::Melding(melding)) => {
            let van_deze = casus.terugkoppelingen.iter().filter(|gedaan| gedaan.melding == melding.id);
            eerste(&mut van_deze.map(|gedaan| &gedaan.feit))
        }
        (Daad::OverdrachtGeaccepteerd, Bron::Overdracht(overdracht)) => match &overdracht.stand {
            Stand::Geaccepteerd(feit) => Some(feit.gebeurd_op),
            Stand::Open | Stand::Geweigerd(..) | Stand::Ingetrokken(_) => None,
        },
        (Daad::GezinGeinformeerd, _) => eerste(&mut casus.geinformeerd.iter()),
        (Daad::AfspraakGezin, _) => eerste(&mut casus.afspraken_gezin.iter()),
        (Daad::ContactGezin, _) => {
            eerste(&mut casus.contacten.iter().filter(|contact| contact.gelukt).map(|contact| &contact.feit))
        }
        (Daad::BeoordelingAfgerond | Daad::MelderTeruggekoppeld, Bron::Overdracht(_))
        | (Daad::OverdrachtGeaccepteerd, Bron::Melding(_)) => None,
    }
}

fn vervallen_op(regel: &TermijnRegel, bron: Bron<'_>) -> Option<Instant> {
    let Bron::Overdracht(overdracht) = bron else {
        return None;
    };
    match &overdracht.stand {
        Stand::Geweigerd(feit, _) if regel.vervalt_bij.contains(&Verval::Weigering) => Some(feit.vastgelegd_op),
        Stand::Ingetrokken(feit) if regel.vervalt_bij.contains(&Verval::Intrekking) => Some(feit.vastgelegd_op),
        Stand::Open | Stand::Geaccepteerd(_) | Stand::Geweigerd(..) | Stand::Ingetrokken(_) => None,
    }
}
