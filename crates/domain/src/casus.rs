//! The state of a casus, folded from its events. `evolve` knows no rules: what was recorded has happened.

use crate::{
    beoordelingen::{Beoordeling, Besluit},
    gebeurtenis::*,
    ids::*,
    meldingen::{Melding, Spoed},
    overdrachten::{Overdracht, Stand},
    plichten::{Contact, Terugkoppeling},
    sluiting::Sluiting,
    tijd::Instant,
    zicht::Regie,
};

/// Who recorded something, when it happened and when it was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feit {
    pub versie: u64,
    pub gebeurd_op: Instant,
    pub vastgelegd_op: Instant,
    pub organisatie: OrganisatieId,
    pub bundel: BundelHash,
}

/// One household's story of (un)safety: a struct of processes, each evolved on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Casus {
    /// Number of events so far; 0 before the first report.
    pub versie: u64,
    pub laatst_vastgelegd: Option<Instant>,
    pub gemeente: String,
    /// The agreement of the region; absent before the first report.
    pub afspraak: Option<AfspraakNaam>,
    pub veilig_thuis: Option<OrganisatieId>,
    pub personen: Vec<Persoon>,
    pub meldingen: Vec<Melding>,
    pub overdrachten: Vec<Overdracht>,
    pub contacten: Vec<Contact>,
    pub geinformeerd: Vec<Feit>,
    pub afspraken_gezin: Vec<Feit>,
    pub terugkoppelingen: Vec<Terugkoppeling>,
    pub toewijzingen: Vec<(Feit, OrganisatieId, MedewerkerId)>,
    pub overnames: Vec<Feit>,
    pub regie: Vec<Regie>,
    pub incidenten: Vec<Feit>,
    pub sluiting: Option<Sluiting>,
}

impl Casus {
    /// Folds a whole stream.
    pub fn uit<'a>(stroom: impl IntoIterator<Item = &'a Vastlegging>) -> Self {
        stroom.into_iter().fold(Self::default(), evolve)
    }

    /// The casus as it was known at `k`: what was recorded later did not exist yet.
    pub fn als_bekend_op<'a>(stroom: impl IntoIterator<Item = &'a Vastlegging>, k: Instant) -> Self {
        Self::uit(stroom.into_iter().filter(|vastlegging| vastlegging.vastgelegd_op <= k))
    }

    pub fn melding(&self, id: MeldingId) -> Option<&Melding> {
        self.meldingen.iter().find(|melding| melding.id == id)
    }

    pub fn overdracht(&self, id: OverdrachtId) -> Option<&Overdracht> {
        self.overdrachten.iter().find(|overdracht| overdracht.id == id)
    }

    /// The offer that waits for an answer, suspended or not.
    pub fn open_aanbod(&self) -> Option<&Overdracht> {
        self.overdrachten.iter().find(|overdracht| overdracht.stand == Stand::Open)
    }

    /// The last handover that was accepted.
    pub fn laatste_overgang(&self) -> Option<(&Overdracht, &Feit)> {
        self.overdrachten.iter().rev().find_map(|overdracht| match &overdracht.stand {
            Stand::Geaccepteerd(feit) => Some((overdracht, feit)),
            Stand::Open | Stand::Geweigerd(..) | Stand::Ingetrokken(_) => None,
        })
    }

    /// Reports that a passing of zicht has not yet left behind, oldest first.
    pub fn lopende_meldingen(&self) -> impl Iterator<Item = &Melding> {
        let na = self.laatste_overgang().map(|(_, feit)| feit.versie);
        self.meldingen.iter().filter(move |melding| na.is_none_or(|na| melding.feit.versie > na))
    }

    /// The running reports on which Veilig Thuis has not decided, oldest first.
    pub fn onbesliste_meldingen(&self) -> impl Iterator<Item = &Melding> {
        self.lopende_meldingen().filter(|melding| melding.besluit.is_none())
    }

    /// The report that is meant when none is named: the oldest that waits for a decision, else the last one.
    pub fn bedoelde_melding(&self) -> Option<&Melding> {
        self.onbesliste_meldingen().next().or(self.meldingen.last())
    }

    /// A new report that Veilig Thuis has not weighed, or keeps, suspends an offer made before it.
    pub fn is_opgeschort(&self, overdracht: &Overdracht) -> bool {
        self.meldingen.iter().filter(|melding| melding.feit.versie > overdracht.feit.versie).any(|melding| {
            melding.besluit.as_ref().is_none_or(|besluit| besluit.soort == BesluitSoort::VervolgBijVeiligThuis)
        })
    }

    /// The recorded fact with this version, if it is of a kind whose claimed time can be corrected.
    pub fn feit(&self, versie: u64) -> Option<&Feit> {
        let meldingen = self.meldingen.iter().flat_map(Melding::feiten);
        let overdrachten = self.overdrachten.iter().flat_map(Overdracht::feiten);
        meldingen
            .chain(overdrachten)
            .chain(self.contacten.iter().map(|contact| &contact.feit))
            .chain(&self.geinformeerd)
            .chain(&self.afspraken_gezin)
            .chain(self.terugkoppelingen.iter().map(|terugkoppeling| &terugkoppeling.feit))
            .chain(&self.incidenten)
            .find(|feit| feit.versie == versie)
    }

    /// The worker to whom an organisation assigned this casus last.
    pub fn toegewezen_aan(&self, organisatie: &OrganisatieId) -> Option<&MedewerkerId> {
        self.toewijzingen.iter().rev().find(|(_, org, _)| org == organisatie).map(|(_, _, medewerker)| medewerker)
    }
}

/// Applies one recorded event. Total: an event that names something unknown changes nothing but the version.
pub fn evolve(mut casus: Casus, vastlegging: &Vastlegging) -> Casus {
    casus.versie = vastlegging.versie;
    casus.laatst_vastgelegd = Some(vastlegging.vastgelegd_op);
    let feit = Feit {
        versie: vastlegging.versie,
        gebeurd_op: vastlegging.gebeurd_op,
        vastgelegd_op: vastlegging.vastgelegd_op,
        organisatie: vastlegging.organisatie.clone(),
        bundel: vastlegging.bundel.clone(),
    };
    match &vastlegging.gebeurtenis {
        Gebeurtenis::MeldingOntvangen { .. } => open_of_vul_aan(&mut casus, feit, &vastlegging.gebeurtenis),
        Gebeurtenis::SpoedErkend { melding } => casus.bij_melding(*melding, |m| m.spoed = Spoed::Erkend(feit)),
        Gebeurtenis::SpoedAfgewezen { melding } => casus.bij_melding(*melding, |m| m.spoed = Spoed::Afgewezen(feit)),
        Gebeurtenis::CriteriaBeantwoord { melding, antwoorden } => {
            casus.bij_melding(*melding, |m| m.beantwoord(antwoorden));
        }
        Gebeurtenis::BeoordelingAfgerond { melding, taxatie } => {
            casus.bij_melding(*melding, |m| m.beoordeling = Some(Beoordeling { feit, taxatie: *taxatie }));
        }
        Gebeurtenis::VervolgBesloten { melding, besluit, voldoende_veilig, afwijkingen } => {
            let besluit = Besluit {
                feit,
                soort: *besluit,
                voldoende_veilig: *voldoende_veilig,
                afwijkingen: afwijkingen.clone(),
            };
            casus.bij_melding(*melding, |m| m.besluit = Some(besluit));
        }
        Gebeurtenis::ContactGezinVastgelegd { wijze, gelukt } => {
            casus.contacten.push(Contact { feit, wijze: *wijze, gelukt: *gelukt });
        }
        Gebeurtenis::GezinGeinformeerd { .. } => casus.geinformeerd.push(feit),
        Gebeurtenis::AfspraakGezinGemaakt => casus.afspraken_gezin.push(feit),
        Gebeurtenis::MelderTeruggekoppeld { melding } => {
            casus.terugkoppelingen.push(Terugkoppeling { feit, melding: *melding });
        }
        Gebeurtenis::MedewerkerToegewezen { organisatie, medewerker } => {
            casus.toewijzingen.push((feit, organisatie.clone(), medewerker.clone()));
        }
        Gebeurtenis::ZichtOvergenomen => casus.overnames.push(feit),
        Gebeurtenis::RegieVastgelegd { organisatie } => {
            casus.regie.push(Regie { feit, organisatie: organisatie.clone() });
        }
        Gebeurtenis::IncidentVastgelegd => casus.incidenten.push(feit),
        Gebeurtenis::VastleggingHersteld { versie, gebeurd_op } => casus.herstel(*versie, *gebeurd_op),
        Gebeurtenis::CasusGesloten { wijze } => casus.sluiting = Some(Sluiting { feit, wijze: *wijze }),
        Gebeurtenis::OverdrachtAangeboden { .. }
        | Gebeurtenis::GegevensVerzonden { .. }
        | Gebeurtenis::GegevensOntvangen { .. }
        | Gebeurtenis::MondelingeBevestigingGenoteerd { .. }
        | Gebeurtenis::OverdrachtGeaccepteerd { .. }
        | Gebeurtenis::OverdrachtGeweigerd { .. }
        | Gebeurtenis::OverdrachtIngetrokken { .. } => {
            crate::overdrachten::evolve(&mut casus.overdrachten, feit, &vastlegging.gebeurtenis);
        }
    }
    casus
}

fn open_of_vul_aan(casus: &mut Casus, feit: Feit, gebeurtenis: &Gebeurtenis) {
    let Gebeurtenis::MeldingOntvangen {
        melding,
        ontvangen_op,
        melder,
        openheid,
        contact,
        spoed_gevraagd,
        gemeente,
        afspraak,
        veilig_thuis,
        personen,
    } = gebeurtenis
    else {
        return;
    };
    if casus.meldingen.is_empty() {
        casus.gemeente = gemeente.clone();
        casus.afspraak = Some(afspraak.clone());
        casus.veilig_thuis = Some(veilig_thuis.clone());
    }
    for persoon in personen {
        if !casus.personen.iter().any(|bekend| bekend.id == persoon.id) {
            casus.personen.push(persoon.clone());
        }
    }
    casus.meldingen.push(Melding {
        id: *melding,
        feit,
        ontvangen_op: *ontvangen_op,
        melder: melder.clone(),
        openheid: *openheid,
        contact: *contact,
        spoed: if *spoed_gevraagd { Spoed::Gevraagd } else { Spoed::NietGevraagd },
        antwoorden: std::collections::BTreeMap::new(),
        beoordeling: None,
        besluit: None,
    });
}

impl Casus {
    fn bij_melding(&mut self, id: MeldingId, verander: impl FnOnce(&mut Melding)) {
        if let Some(melding) = self.meldingen.iter_mut().find(|melding| melding.id == id) {
            verander(melding);
        }
    }

    /// Sets the claimed time of an earlier recording. Recorded times, on which the line runs, never change.
    fn herstel(&mut self, versie: u64, gebeurd_op: Instant) {
        let feiten = self
            .meldingen
            .iter_mut()
            .flat_map(Melding::feiten_mut)
            .chain(self.overdrachten.iter_mut().flat_map(Overdracht::feiten_mut))
            .chain(self.contacten.iter_mut().map(|contact| &mut contact.feit))
            .chain(self.geinformeerd.iter_mut())
            .chain(self.afspraken_gezin.iter_mut())
            .chain(self.terugkoppelingen.iter_mut().map(|terugkoppeling| &mut terugkoppeling.feit))
            .chain(self.incidenten.iter_mut());
        for feit in feiten.filter(|feit| feit.versie == versie) {
            feit.gebeurd_op = gebeurd_op;
        }
    }
}
