//! The state of a casus, folded from its events. `evolve` knows no rules: what was recorded has happened.

use crate::{
    afstemming::Afstemming,
    beoordelingen::{Beoordeling, Besluit, Overleg, instrument::IngevuldeTriage},
    bijlagen::Bijlage,
    contact::Bereikbaar,
    deeltaken::Deeltaak,
    diensten::Dienst,
    documenten::Document,
    gebeurtenis::*,
    ids::*,
    maatregelen::Maatregelen,
    meldingen::{Aankomst, Intrekking, Melding, Spoed, Verplaatsing},
    monitoring::Verloop,
    overdrachten::{Overdracht, Stand},
    plannen::Plannen,
    plichten::{Contact, Informatie, Terugkoppeling, Uitstel, Vervulling},
    sluiting::{Sluiting, Voorstel},
    tijd::Instant,
    verrijking::Verzoek,
    zicht::{Crisis, Overname, Regie},
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

impl Feit {
    fn van(vastlegging: &Vastlegging) -> Self {
        Self {
            versie: vastlegging.versie,
            gebeurd_op: vastlegging.gebeurd_op,
            vastgelegd_op: vastlegging.vastgelegd_op,
            organisatie: vastlegging.organisatie.clone(),
            bundel: vastlegging.bundel.clone(),
        }
    }
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
    /// Duties of which was said that they were done, or not.
    pub vervullingen: Vec<Vervulling>,
    /// Talks about a report.
    pub overleggen: Vec<Overleg>,
    /// What was asked of whom about a report.
    pub verzoeken: Vec<Verzoek>,
    pub overdrachten: Vec<Overdracht>,
    pub contacten: Vec<Contact>,
    pub bereikbaar: Bereikbaar,
    /// Veilig Thuis spoke with a professional or an institution that is involved.
    pub contacten_beroepskracht: Vec<(Feit, OrganisatieId)>,
    pub geinformeerd: Vec<Informatie>,
    /// Informing the family was put off.
    pub uitstel: Vec<Uitstel>,
    pub afspraken_gezin: Vec<Feit>,
    pub terugkoppelingen: Vec<Terugkoppeling>,
    pub toewijzingen: Vec<(Feit, OrganisatieId, MedewerkerId)>,
    pub overnames: Vec<Overname>,
    pub regie: Vec<Regie>,
    pub crises: Vec<Crisis>,
    pub incidenten: Vec<Feit>,
    pub diensten: Vec<Dienst>,
    pub documenten: Vec<Document>,
    /// Files that were added.
    pub bijlagen: Vec<Bijlage>,
    pub deeltaken: Vec<Deeltaak>,
    pub monitoring: Verloop,
    pub plannen: Plannen,
    pub maatregelen: Maatregelen,
    pub afstemming: Afstemming,
    /// Talks between receiver and Veilig Thuis before support ends.
    pub raadplegingen: Vec<Feit>,
    /// What was decided about the household of each report.
    pub huishoudens: Vec<(Feit, MeldingId, HuishoudenKeuze)>,
    pub sluiting_voorgesteld: Option<Voorstel>,
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

    /// The offer that has not ended: it waits for an answer, or was accepted and waits for its content.
    pub fn lopend_aanbod(&self) -> Option<&Overdracht> {
        self.overdrachten.iter().find(|overdracht| overdracht.loopt())
    }

    /// The last handover by which zicht passed, with what completed it.
    pub fn laatste_overgang(&self) -> Option<(&Overdracht, &Feit)> {
        let overgegaan = self.overdrachten.iter().filter_map(|o| o.overgegaan().map(|feit| (o, feit)));
        overgegaan.max_by_key(|(_, feit)| feit.versie)
    }

    /// Veilig Thuis holds by its own decision to take over, or because another Veilig Thuis handed over to it: what it does
    /// then needs no new report to be decided on.
    pub fn op_zich_genomen(&self) -> bool {
        let overgang = self.laatste_overgang();
        let overgenomen = self.overnames.last().map(|overname| overname.feit.versie);
        overgenomen > overgang.map(|(_, feit)| feit.versie)
            || overgang.is_some_and(|(overdracht, _)| overdracht.naar_afspraak.is_some())
    }

    /// Reports of this casus; one that was moved away is none.
    pub fn eigen_meldingen(&self) -> impl Iterator<Item = &Melding> {
        self.meldingen.iter().filter(|melding| !matches!(melding.verplaatsing, Verplaatsing::Weg { .. }))
    }

    /// Reports that a passing of zicht has not yet left behind, oldest first.
    pub fn lopende_meldingen(&self) -> impl Iterator<Item = &Melding> {
        let na = self.laatste_overgang().map(|(_, feit)| feit.versie);
        self.eigen_meldingen().filter(move |melding| na.is_none_or(|na| melding.feit.versie > na))
    }

    /// The service that runs now.
    pub fn lopende_dienst(&self) -> Option<&Dienst> {
        self.diensten.iter().find(|dienst| dienst.afgerond.is_none())
    }

    /// The last service that ended after zicht last passed, before version `tot`.
    pub fn afgeronde_dienst(&self, tot: u64) -> Option<&Dienst> {
        let overgangen = self.overdrachten.iter().filter_map(|o| o.overgegaan()).map(|feit| feit.versie);
        let na = overgangen.filter(|versie| *versie < tot).max().unwrap_or(0);
        let klaar =
            |dienst: &&Dienst| dienst.afgerond.as_ref().is_some_and(|a| a.feit.versie > na && a.feit.versie < tot);
        self.diensten.iter().rev().find(klaar)
    }

    /// The service in which this report was taken along: the first that had not ended when the report came, unless zicht
    /// passed in between. It never goes away again, whatever is decided later.
    pub fn dienst_na(&self, melding: &Melding) -> Option<&Dienst> {
        let kwam = melding.feit.versie;
        let mee = |dienst: &Dienst| {
            let tussen = |feit: &Feit| kwam < feit.versie && feit.versie < dienst.gestart.versie;
            dienst.afgerond.as_ref().is_none_or(|afronding| afronding.feit.versie > kwam)
                && !self.overdrachten.iter().filter_map(Overdracht::overgegaan).any(tussen)
        };
        self.diensten.iter().find(|dienst| mee(dienst))
    }

    /// The Veilig Thuis of this casus when version `versie` was recorded.
    pub fn veilig_thuis_bij(&self, versie: u64) -> Option<&OrganisatieId> {
        let naar_ander = self.overdrachten.iter().filter(|o| o.naar_afspraak.is_some());
        let later = naar_ander.filter(|o| o.overgegaan().is_some_and(|feit| feit.versie >= versie));
        later
            .min_by_key(|o| o.overgegaan().map(|feit| feit.versie))
            .map(|o| &o.feit.organisatie)
            .or(self.veilig_thuis.as_ref())
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
        self.wordt_verplaatst()
            || self.eigen_meldingen().filter(|melding| melding.feit.versie > overdracht.feit.versie).any(|melding| {
                melding.besluit.as_ref().is_none_or(|besluit| besluit.soort == BesluitSoort::VervolgBijVeiligThuis)
            })
    }

    /// Whether a report is on its way to or from another casus.
    pub fn wordt_verplaatst(&self) -> bool {
        self.meldingen.iter().any(Melding::is_onderweg)
    }

    /// The recorded fact with this version, if it is of a kind whose claimed time can be corrected.
    pub fn feit(&self, versie: u64) -> Option<&Feit> {
        let meldingen = self.meldingen.iter().flat_map(Melding::feiten);
        let overdrachten = self.overdrachten.iter().flat_map(Overdracht::feiten);
        meldingen
            .chain(overdrachten)
            .chain(self.contacten.iter().map(|contact| &contact.feit))
            .chain(self.geinformeerd.iter().map(|informatie| &informatie.feit))
            .chain(&self.afspraken_gezin)
            .chain(self.terugkoppelingen.iter().map(|terugkoppeling| &terugkoppeling.feit))
            .chain(&self.incidenten)
            .chain(self.diensten.iter().flat_map(Dienst::feiten))
            .chain(self.monitoring.feiten())
            .chain(self.plannen.feiten())
            .chain(self.crises.iter().flat_map(Crisis::feiten))
            .find(|feit| feit.versie == versie)
    }

    /// Whether Veilig Thuis spoke with the family at `vanaf` or later.
    pub fn sprak_gezin_sinds(&self, vanaf: Instant) -> bool {
        let gelukt = self.contacten.iter().filter(|contact| contact.gelukt).map(|contact| &contact.feit);
        let mut eigen = gelukt.filter(|feit| Some(&feit.organisatie) == self.veilig_thuis.as_ref());
        eigen.any(|feit| feit.gebeurd_op >= vanaf)
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
    per_proces(&mut casus, Feit::van(vastlegging), vastlegging);
    casus
}

/// Every kind of event has its process.
fn per_proces(casus: &mut Casus, feit: Feit, vastlegging: &Vastlegging) {
    match &vastlegging.gebeurtenis {
        Gebeurtenis::MeldingOntvangen { .. } => open_of_vul_aan(casus, feit, &vastlegging.gebeurtenis),
        Gebeurtenis::SpoedErkend { .. }
        | Gebeurtenis::SpoedAfgewezen { .. }
        | Gebeurtenis::CriteriaBeantwoord { .. }
        | Gebeurtenis::BeoordelingAfgerond { .. }
        | Gebeurtenis::InstrumentIngevuld { .. }
        | Gebeurtenis::OverlegGehouden { .. }
        | Gebeurtenis::VervolgBesloten { .. } => evolve_beoordeling(casus, feit, vastlegging),
        Gebeurtenis::MeldingAangevuld { .. }
        | Gebeurtenis::MeldingGecorrigeerd { .. }
        | Gebeurtenis::IntrekkingGevraagd { .. }
        | Gebeurtenis::OverIntrekkingBeslist { .. }
        | Gebeurtenis::GiVastgelegd { .. } => evolve_melding(casus, feit, &vastlegging.gebeurtenis),
        Gebeurtenis::ContactGezinVastgelegd { .. }
        | Gebeurtenis::ContactBeroepskrachtVastgelegd { .. }
        | Gebeurtenis::GezinGeinformeerd { .. }
        | Gebeurtenis::InformerenUitgesteld { .. }
        | Gebeurtenis::PlichtVastgelegd { .. }
        | Gebeurtenis::AfspraakGezinGemaakt
        | Gebeurtenis::MelderTeruggekoppeld { .. }
        | Gebeurtenis::MedewerkerToegewezen { .. } => evolve_plichten(casus, feit, &vastlegging.gebeurtenis),
        Gebeurtenis::DienstGestart { .. }
        | Gebeurtenis::HuisbezoekGehouden { .. }
        | Gebeurtenis::DienstAfgerond { .. }
        | Gebeurtenis::ContactveiligheidVastgelegd { .. }
        | Gebeurtenis::AdresVastgelegd { .. }
        | Gebeurtenis::DocumentGemaakt { .. }
        | Gebeurtenis::DocumentVerzonden { .. }
        | Gebeurtenis::BijlagenToegevoegd { .. }
        | Gebeurtenis::InformatieGevraagd { .. }
        | Gebeurtenis::InformatieOntvangen { .. }
        | Gebeurtenis::DeeltaakAfgesproken { .. }
        | Gebeurtenis::DeeltaakAfgerond { .. }
        | Gebeurtenis::MonitormomentGepland { .. }
        | Gebeurtenis::MonitormomentVastgelegd { .. }
        | Gebeurtenis::MonitoringAfgerond => evolve_werk(casus, feit, vastlegging),
        Gebeurtenis::Plan(_) | Gebeurtenis::Maatregel(_) | Gebeurtenis::Afstemming(_) => casus.samen(feit, vastlegging),
        Gebeurtenis::OverdrachtAangeboden { .. }
        | Gebeurtenis::InhoudAangevuld { .. }
        | Gebeurtenis::InhoudCompleet { .. }
        | Gebeurtenis::WarmeOverdrachtGehouden { .. }
        | Gebeurtenis::GegevensVerzonden { .. }
        | Gebeurtenis::GegevensOntvangen { .. }
        | Gebeurtenis::MondelingeBevestigingGenoteerd { .. }
        | Gebeurtenis::OverdrachtGeaccepteerd { .. }
        | Gebeurtenis::OverdrachtGeweigerd { .. }
        | Gebeurtenis::OverdrachtIngetrokken { .. }
        | Gebeurtenis::TegenvoorstelGedaan { .. }
        | Gebeurtenis::TegenvoorstelAanvaard { .. }
        | Gebeurtenis::AanTafelBesproken { .. }
        | Gebeurtenis::AanbodDoorgestuurd { .. } => casus.evolve_overdracht(feit, vastlegging),
        Gebeurtenis::ZichtOvergenomen { .. }
        | Gebeurtenis::RegieVastgelegd { .. }
        | Gebeurtenis::IncidentVastgelegd
        | Gebeurtenis::VastleggingHersteld { .. }
        | Gebeurtenis::CasusGesloten { .. }
        | Gebeurtenis::SluitingVoorgesteld { .. }
        | Gebeurtenis::GezinVerhuisd { .. }
        | Gebeurtenis::HuishoudenGekozen { .. }
        | Gebeurtenis::VerplaatsingBegonnen { .. }
        | Gebeurtenis::MeldingVerplaatst { .. }
        | Gebeurtenis::VerplaatsingVoltooid { .. }
        | Gebeurtenis::VeiligThuisGeraadpleegd
        | Gebeurtenis::CrisisdienstIngeschakeld { .. }
        | Gebeurtenis::CrisisGestabiliseerd => evolve_vervolg(casus, feit, vastlegging),
    }
}

/// What is done for the household beside the line: services, tasks, requests, monitoring, papers and files, each of which
/// passes over the rest.
fn evolve_werk(casus: &mut Casus, feit: Feit, vastlegging: &Vastlegging) {
    let gebeurtenis = &vastlegging.gebeurtenis;
    crate::diensten::evolve(&mut casus.diensten, feit.clone(), gebeurtenis);
    crate::deeltaken::evolve(&mut casus.deeltaken, feit.clone(), gebeurtenis);
    crate::contact::evolve(&mut casus.bereikbaar, feit.clone(), gebeurtenis);
    crate::documenten::evolve(&mut casus.documenten, feit.clone(), &vastlegging.medewerker, gebeurtenis);
    crate::verrijking::evolve(&mut casus.verzoeken, feit.clone(), gebeurtenis);
    crate::bijlagen::evolve(&mut casus.bijlagen, &feit, &vastlegging.medewerker, gebeurtenis);
    crate::monitoring::evolve(&mut casus.monitoring, feit, gebeurtenis);
}

/// How a report was weighed.
fn evolve_beoordeling(casus: &mut Casus, feit: Feit, vastlegging: &Vastlegging) {
    let Vastlegging { medewerker, gebeurtenis, .. } = vastlegging;
    match gebeurtenis {
        Gebeurtenis::SpoedErkend { melding } => casus.bij_melding(*melding, |m| m.spoed = Spoed::Erkend(feit)),
        Gebeurtenis::SpoedAfgewezen { melding } => casus.bij_melding(*melding, |m| m.spoed = Spoed::Afgewezen(feit)),
        Gebeurtenis::CriteriaBeantwoord { melding, antwoorden } => {
            casus.bij_melding(*melding, |m| m.beantwoord(antwoorden));
        }
        Gebeurtenis::InstrumentIngevuld { melding, triage } => {
            casus.bij_melding(*melding, |m| m.triage = Some(IngevuldeTriage { feit, triage: triage.clone() }));
        }
        Gebeurtenis::BeoordelingAfgerond { melding, taxatie, afwijkingen } => {
            let (medewerker, afwijkingen) = (medewerker.clone(), afwijkingen.clone());
            let beoordeling = Beoordeling { feit, medewerker, taxatie: *taxatie, afwijkingen };
            casus.bij_melding(*melding, |m| m.beoordeling = Some(beoordeling));
        }
        Gebeurtenis::OverlegGehouden { melding, functies, organisaties, uitkomst } => casus.overleggen.push(Overleg {
            feit,
            melding: *melding,
            functies: functies.clone(),
            organisaties: organisaties.clone(),
            uitkomst: *uitkomst,
        }),
        Gebeurtenis::VervolgBesloten { melding, besluit, voldoende_veilig, afwijkingen, toewijzing, .. } => {
            let besluit = Besluit {
                toewijzing: toewijzing.clone(),
                feit,
                soort: *besluit,
                voldoende_veilig: *voldoende_veilig,
                afwijkingen: afwijkingen.clone(),
            };
            casus.bij_melding(*melding, |m| m.besluit = Some(besluit));
        }
        _ => {}
    }
}

/// What was told and asked after a report was received.
fn evolve_melding(casus: &mut Casus, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::MeldingAangevuld { melding, gegevens, compleet } => casus.bij_melding(*melding, |m| {
            m.gegevens.vul_aan(gegevens);
            if *compleet {
                m.compleet.get_or_insert(feit.clone());
            }
            m.aanvullingen.push(feit);
        }),
        Gebeurtenis::MeldingGecorrigeerd { melding } => casus.bij_melding(*melding, |m| m.correcties.push(feit)),
        Gebeurtenis::IntrekkingGevraagd { melding } => casus.bij_melding(*melding, |m| {
            m.intrekking.get_or_insert(Intrekking { gevraagd: feit, beslist: None });
        }),
        Gebeurtenis::OverIntrekkingBeslist { melding, gevolgd } => casus.bij_melding(*melding, |m| {
            if let Some(intrekking) = m.intrekking.as_mut() {
                intrekking.beslist.get_or_insert((feit, *gevolgd));
            }
        }),
        Gebeurtenis::GiVastgelegd { persoon, organisatie } => {
            for lid in casus.personen.iter_mut().filter(|lid| lid.id == *persoon) {
                lid.gi.clone_from(organisatie);
            }
        }
        _ => {}
    }
}

/// What is owed to people, and who does it.
fn evolve_plichten(casus: &mut Casus, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::ContactGezinVastgelegd { wijze, gelukt, teruggekoppeld, persoon, .. } => {
            let (wijze, gelukt, teruggekoppeld, persoon) = (*wijze, *gelukt, *teruggekoppeld, *persoon);
            casus.contacten.push(Contact { feit, wijze, gelukt, teruggekoppeld, persoon });
        }
        Gebeurtenis::ContactBeroepskrachtVastgelegd { organisatie, .. } => {
            casus.contacten_beroepskracht.push((feit, organisatie.clone()));
        }
        Gebeurtenis::GezinGeinformeerd { wijze } => casus.geinformeerd.push(Informatie { feit, wijze: *wijze }),
        Gebeurtenis::InformerenUitgesteld { tot } => casus.uitstel.push(Uitstel { feit, tot: *tot }),
        Gebeurtenis::PlichtVastgelegd { melding, plicht, gedaan } => {
            let (melding, plicht) = (*melding, plicht.clone());
            casus.vervullingen.push(Vervulling { feit, melding, plicht, gedaan: *gedaan });
        }
        Gebeurtenis::AfspraakGezinGemaakt => casus.afspraken_gezin.push(feit),
        Gebeurtenis::MelderTeruggekoppeld { melding, moment } => {
            casus.terugkoppelingen.push(Terugkoppeling { feit, melding: *melding, moment: *moment });
        }
        Gebeurtenis::MedewerkerToegewezen { organisatie, medewerker } => {
            casus.toewijzingen.push((feit, organisatie.clone(), medewerker.clone()));
        }
        _ => {}
    }
}

/// The end of a casus, and what moves it or a report in it.
fn evolve_vervolg(casus: &mut Casus, feit: Feit, vastlegging: &Vastlegging) {
    match &vastlegging.gebeurtenis {
        Gebeurtenis::ZichtOvergenomen { na_monitoring } => {
            casus.overnames.push(Overname { feit, na_monitoring: *na_monitoring });
        }
        Gebeurtenis::RegieVastgelegd { organisatie, .. } => {
            casus.regie.push(Regie { feit, organisatie: organisatie.clone() });
        }
        Gebeurtenis::IncidentVastgelegd => casus.incidenten.push(feit),
        Gebeurtenis::VastleggingHersteld { versie, gebeurd_op } => casus.herstel(*versie, *gebeurd_op),
        Gebeurtenis::CasusGesloten { wijze } => casus.sluiting = Some(Sluiting { feit, wijze: *wijze }),
        Gebeurtenis::SluitingVoorgesteld { wijze } => {
            let medewerker = vastlegging.medewerker.clone();
            casus.sluiting_voorgesteld = Some(Voorstel { feit, medewerker, wijze: *wijze });
        }
        Gebeurtenis::GezinVerhuisd { gemeente, afspraak } => {
            casus.gemeente = gemeente.clone();
            casus.afspraak = Some(afspraak.clone());
        }
        Gebeurtenis::HuishoudenGekozen { melding, keuze } => casus.huishoudens.push((feit, *melding, *keuze)),
        Gebeurtenis::VerplaatsingBegonnen { melding, naar } => {
            casus.bij_melding(*melding, |m| m.verplaatsing = Verplaatsing::Onderweg { feit, naar: *naar });
        }
        Gebeurtenis::MeldingVerplaatst { melding, naar } => {
            casus.bij_melding(*melding, |m| m.verplaatsing.is_weg(feit, *naar));
        }
        Gebeurtenis::VerplaatsingVoltooid { melding } => {
            casus.bij_melding(*melding, |m| {
                if let Some(aankomst) = m.aankomst.as_mut() {
                    aankomst.voltooid.get_or_insert(feit);
                }
            });
        }
        Gebeurtenis::VeiligThuisGeraadpleegd => casus.raadplegingen.push(feit),
        Gebeurtenis::CrisisdienstIngeschakeld { organisatie } => {
            casus.crises.push(Crisis { feit, organisatie: organisatie.clone(), gestabiliseerd: None });
        }
        Gebeurtenis::CrisisGestabiliseerd => {
            if let Some(crisis) = casus.crises.last_mut() {
                crisis.gestabiliseerd.get_or_insert(feit);
            }
        }
        _ => {}
    }
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
        verplaatst_uit,
        gegevens,
        afwijkingen,
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
        match casus.personen.iter_mut().find(|bekend| bekend.id == persoon.id) {
            // Who reports later may know of a guardian; who does not, says nothing about one.
            Some(bekend) => bekend.gi = persoon.gi.clone().or(bekend.gi.take()),
            None => casus.personen.push(persoon.clone()),
        }
    }
    casus.meldingen.push(Melding {
        id: *melding,
        feit,
        ontvangen_op: *ontvangen_op,
        melder: melder.clone(),
        openheid: *openheid,
        contact: *contact,
        gegevens: gegevens.clone(),
        afwijkingen: afwijkingen.clone(),
        aanvullingen: Vec::new(),
        compleet: None,
        correcties: Vec::new(),
        intrekking: None,
        spoed: if *spoed_gevraagd { Spoed::Gevraagd } else { Spoed::NietGevraagd },
        antwoorden: std::collections::BTreeMap::new(),
        triage: None,
        beoordeling: None,
        besluit: None,
        aankomst: verplaatst_uit.map(|uit| Aankomst { uit, voltooid: None }),
        verplaatsing: Verplaatsing::Geen,
    });
}

impl Casus {
    fn evolve_overdracht(&mut self, feit: Feit, vastlegging: &Vastlegging) {
        crate::overdrachten::evolve(&mut self.overdrachten, feit, &vastlegging.gebeurtenis);
        self.naar_ander_veilig_thuis(vastlegging.versie);
    }

    /// What the parties do together: the plan, coercion, and what they agree between them.
    fn samen(&mut self, feit: Feit, vastlegging: &Vastlegging) {
        match &vastlegging.gebeurtenis {
            Gebeurtenis::Plan(gebeurtenis) => crate::plannen::evolve(&mut self.plannen, feit, gebeurtenis),
            Gebeurtenis::Maatregel(gebeurtenis) => crate::maatregelen::evolve(&mut self.maatregelen, feit, gebeurtenis),
            Gebeurtenis::Afstemming(gebeurtenis) => crate::afstemming::evolve(&mut self.afstemming, feit, gebeurtenis),
            _ => {}
        }
    }

    fn bij_melding(&mut self, id: MeldingId, verander: impl FnOnce(&mut Melding)) {
        if let Some(melding) = self.meldingen.iter_mut().find(|melding| melding.id == id) {
            verander(melding);
        }
    }

    /// When zicht passes to another Veilig Thuis, that one is the Veilig Thuis of this casus, by its own agreement.
    fn naar_ander_veilig_thuis(&mut self, versie: u64) {
        let overgegaan = self.overdrachten.iter().find(|o| o.overgegaan().is_some_and(|feit| feit.versie == versie));
        if let Some(overdracht) = overgegaan
            && let Some(afspraak) = overdracht.naar_afspraak.clone()
        {
            self.veilig_thuis = Some(overdracht.naar.clone());
            self.afspraak = Some(afspraak);
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
            .chain(self.geinformeerd.iter_mut().map(|informatie| &mut informatie.feit))
            .chain(self.afspraken_gezin.iter_mut())
            .chain(self.terugkoppelingen.iter_mut().map(|terugkoppeling| &mut terugkoppeling.feit))
            .chain(self.incidenten.iter_mut())
            .chain(self.diensten.iter_mut().flat_map(Dienst::feiten_mut))
            .chain(self.monitoring.feiten_mut())
            .chain(self.plannen.feiten_mut())
            .chain(self.crises.iter_mut().flat_map(Crisis::feiten_mut));
        for feit in feiten.filter(|feit| feit.versie == versie) {
            feit.gebeurd_op = gebeurd_op;
        }
    }
}
