//! The one function that runs every change: load, check access, decide, seal, project, commit; retry on conflict.

mod antwoord;
mod bijlagen;
mod editie;
mod herbouw;
mod inrichting;
mod kopie;
mod melder;
mod namen;
mod stukken;
pub(crate) mod verplaatsen;
mod verzegelen;

use crate::{
    Actor,
    alarm::{Alarm, NagebootstAlarm},
    bronnen::{GeenAansluiting, Informatiebronnen},
    codec,
    opslag::{Batch, BundelRij, DatasleutelRij, EventRij, OpdrachtRij, ToegangRegel, Views},
    poorten::{Herkenning, Klok, Sleutelbeheer, Store, StoreFout, Toegang, Toeval},
    toegang::{Relatie, Vraag, relatie},
    verwijsindex::{NagebootsteVerwijsindex, Verwijsindex},
    verzegel::{Tekst, Verzegelaar},
    views,
    wens::{Omgeving, VeldFout, Wens, lees_tijdstip},
};
use domain::{
    Casus, Context, Vastlegging,
    afspraak::{Afspraken, Bundel, Bundels, GeldigeBundel},
    beoordelingen::instrument::Instrumenten,
    decide, evolve,
    gebeurtenis::Openheid,
    ids::*,
    meldcode::{kader::Kaders, protocol::Protocollen},
    publiek,
    tijd::Instant,
};
use serde::Serialize;
use std::{
    collections::HashMap,
    sync::{Arc, RwLock},
};

use namen::naamgever;

pub(crate) use verzegelen::Verzegeld;

pub use antwoord::{Antwoord, AppFout, Conflict, Gedaan, Opdracht, Verandering};
pub use editie::EditieVeranderd;
pub use namen::{casus_van, melding_van};

/// Attempts on a conflict before giving up.
pub(crate) const POGINGEN_MAX: u32 = 8;
/// The kind of the fragment with the name of the household.
const NAAM: &str = "huishoudnaam";

/// The application: the ports, the agreements, and nothing that changes while it runs but the known bundles.
pub struct App {
    store: Arc<dyn Store>,
    klok: Arc<dyn Klok>,
    toegang: Arc<dyn Toegang>,
    herkenning: Arc<dyn Herkenning>,
    verzegelaar: Verzegelaar,
    afspraken: Afspraken,
    kaders: Kaders,
    instrumenten: Instrumenten,
    protocollen: Protocollen,
    bronnen: Arc<dyn Informatiebronnen>,
    bundels: RwLock<Arc<Bundels>>,
    verwijsindex: Arc<dyn Verwijsindex>,
    alarm: Arc<dyn Alarm>,
}

/// A loaded stream.
#[derive(Default)]
pub(crate) struct Geladen {
    pub rijen: Vec<EventRij>,
    pub stroom: Vec<Vastlegging>,
    pub casus: Casus,
}

/// The ports with which an application is made.
pub struct Poorten {
    pub store: Arc<dyn Store>,
    pub klok: Arc<dyn Klok>,
    pub toegang: Arc<dyn Toegang>,
    pub herkenning: Arc<dyn Herkenning>,
    pub sleutels: Arc<dyn Sleutelbeheer>,
    pub toeval: Arc<dyn Toeval>,
}

impl App {
    /// Starts the application: stores new bundles and refuses an edition that changed under its name.
    ///
    /// # Errors
    /// [`AppFout::EditieVeranderd`], [`AppFout::NieuwereViews`], or the store failed.
    pub async fn start(poorten: Poorten, afspraken: Afspraken) -> Result<Self, AppFout> {
        match poorten.store.views_vorm().await? {
            gevonden if gevonden > views::VORM => {
                return Err(AppFout::NieuwereViews { gevonden, eigen: views::VORM });
            }
            gevonden if gevonden < views::VORM => {
                tracing::warn!(gevonden, eigen = views::VORM, "de lijsten hebben een oudere vorm; bouw ze opnieuw op");
                poorten.store.zet_views_vorm(views::VORM).await?;
            }
            _ => {}
        }
        let mut bundels = afspraken.bundels();
        let bekend = poorten.store.bundels().await?;
        for geldig in afspraken.alle() {
            if let Some(veranderd) = EditieVeranderd::van(geldig, &bekend)? {
                return Err(veranderd.into());
            }
            let naam = geldig.bundel.naam();
            if bekend.iter().all(|rij| rij.naam != naam) {
                let rij = BundelRij { hash: geldig.hash.clone(), naam, bytes: geldig.bundel.bytes() };
                poorten.store.bewaar_bundel(rij).await?;
            }
        }
        voeg_bundels_toe(&mut bundels, bekend)?;
        Ok(Self {
            verzegelaar: Verzegelaar::new(poorten.sleutels, poorten.toeval),
            store: poorten.store,
            klok: poorten.klok,
            toegang: poorten.toegang,
            herkenning: poorten.herkenning,
            afspraken,
            kaders: Kaders::default(),
            instrumenten: Instrumenten::default(),
            protocollen: Protocollen::default(),
            verwijsindex: Arc::new(NagebootsteVerwijsindex),
            alarm: Arc::new(NagebootstAlarm::default()),
            bronnen: Arc::new(GeenAansluiting),
            bundels: RwLock::new(Arc::new(bundels)),
        })
    }

    pub fn verzegelaar(&self) -> &Verzegelaar {
        &self.verzegelaar
    }

    pub(crate) fn herkenning(&self) -> &dyn Herkenning {
        self.herkenning.as_ref()
    }

    pub(crate) fn toegang(&self) -> &dyn Toegang {
        self.toegang.as_ref()
    }

    /// Every bundle by which something was decided.
    pub fn bundels(&self) -> Arc<Bundels> {
        Arc::clone(&self.bundels.read().unwrap_or_else(std::sync::PoisonError::into_inner))
    }

    fn kent_bundels(&self, stroom: &[Vastlegging]) -> bool {
        let bundels = self.bundels();
        stroom.iter().all(|vastlegging| bundels.uit(&vastlegging.bundel).is_some())
    }

    async fn ververs_bundels(&self) -> Result<(), AppFout> {
        let mut bundels = Bundels::clone(&self.bundels());
        voeg_bundels_toe(&mut bundels, self.store.bundels().await?)?;
        *self.bundels.write().unwrap_or_else(std::sync::PoisonError::into_inner) = Arc::new(bundels);
        Ok(())
    }

    pub(crate) async fn laad(&self, id: CasusId) -> Result<Geladen, AppFout> {
        self.vouw(self.store.laad(id).await?).await
    }

    /// One casus of several, where one that cannot be read may not close the others: it is logged and left out.
    pub(crate) async fn laad_leesbaar(&self, id: CasusId) -> Result<Option<Geladen>, AppFout> {
        match self.laad(id).await {
            Err(AppFout::Store(fout)) => Err(fout.into()),
            Err(fout) => {
                tracing::error!(%fout, "een casus kan niet worden gelezen; de andere gaan door");
                Ok(None)
            }
            Ok(geladen) => Ok(Some(geladen)),
        }
    }

    async fn vouw(&self, rijen: Vec<EventRij>) -> Result<Geladen, AppFout> {
        // What is no casus does not exist where a casus is asked for.
        if !codec::stroomsoort(&rijen).is_empty() {
            return Ok(Geladen::default());
        }
        let stroom = codec::stroom(&rijen)?;
        // What was decided under a bundle that is not here cannot be explained: this casus fails, the others go on.
        if !self.kent_bundels(&stroom) {
            // Another process decided by an edition that came after this one was started.
            self.ververs_bundels().await?;
            if !self.kent_bundels(&stroom) {
                return Err(AppFout::BundelOntbreekt);
            }
        }
        let casus = Casus::uit(&stroom);
        Ok(Geladen { rijen, stroom, casus })
    }

    /// The agreement in force for a casus at an instant; for a new one by the municipality of the report.
    pub(crate) fn geldig(&self, casus: &Casus, gemeente: &str, op: Instant) -> Result<&GeldigeBundel, AppFout> {
        let dag = op.dag();
        let geldig = match &casus.afspraak {
            Some(afspraak) => self.afspraken.voor_casus(afspraak, &casus.gemeente, dag),
            None => self.afspraken.voor_gemeente(gemeente, dag),
        };
        geldig.ok_or_else(|| geen_afspraak(gemeente, op))
    }

    /// When something is recorded on this casus: now, and never before what stands there.
    pub(crate) fn nu_voor(&self, casus: &Casus) -> Instant {
        self.nu_na(casus.laatst_vastgelegd)
    }

    /// Now, and never before what was recorded last in a stream.
    pub(crate) fn nu_na(&self, laatst_vastgelegd: Option<Instant>) -> Instant {
        self.klok.nu().max(laatst_vastgelegd.unwrap_or(Instant(i64::MIN)))
    }

    /// Runs one request.
    ///
    /// # Errors
    /// [`AppFout`]: a mistake in the request or a fault; nothing was written then. A refusal and a conflict are
    /// answers, not errors.
    pub async fn voer_uit(&self, opdracht: &Opdracht) -> Result<Antwoord, AppFout> {
        let id = opdracht.casus.unwrap_or_else(|| casus_van(opdracht.id));
        for _ in 0..POGINGEN_MAX {
            match self.probeer(id, opdracht).await {
                Err(AppFout::Store(StoreFout::Conflict)) => {}
                Ok(Antwoord::Gedaan(gedaan)) if matches!(opdracht.wens, Wens::VerplaatsMelding(_)) => {
                    // What is half done now is shown as half done, and taken up again by the clock.
                    verplaatsen::maak_af(self, id).await?;
                    return Ok(Antwoord::Gedaan(gedaan));
                }
                Ok(Antwoord::Gedaan(gedaan)) if matches!(opdracht.wens, Wens::VraagInformatie(_)) => {
                    self.haal_informatie_op(id).await?;
                    return Ok(Antwoord::Gedaan(gedaan));
                }
                anders => return anders,
            }
        }
        Err(AppFout::TeDruk)
    }

    async fn probeer(&self, id: CasusId, opdracht: &Opdracht) -> Result<Antwoord, AppFout> {
        let (rijen, eerder) = self.store.laad_bij_opdracht(id, opdracht.id).await?;
        let geladen = self.vouw(rijen).await?;
        Ok(self.verwerk(id, opdracht, geladen, eerder).await?.0)
    }

    /// Runs a request on a casus that was loaded with what this request did on it before, and gives the casus as it is then.
    pub(crate) async fn verwerk(
        &self,
        id: CasusId,
        opdracht: &Opdracht,
        geladen: Geladen,
        eerder: Option<OpdrachtRij>,
    ) -> Result<(Antwoord, Geladen), AppFout> {
        let nu = self.nu_voor(&geladen.casus);
        let log =
            async |uitkomst: &str| self.store.schrijf_toegang(regel(opdracht, Some(id), uitkomst.to_owned(), nu)).await;
        if opdracht.casus.is_some() && geladen.casus.versie == 0 {
            log("niet-gevonden").await?;
            return Err(AppFout::NietGevonden);
        }
        if let Some(rij) = &eerder
            && rij.digest == self.digest_van(&opdracht.wens, &opdracht.actor.organisatie, opdracht.gebeurd_op).await?
        {
            log("herhaald").await?;
            let antwoord = gedaan(id, &geladen.casus, rij.eerste_versie, rij.laatste_versie);
            return Ok((Antwoord::Gedaan(antwoord), geladen));
        }
        let (gemeente, anker) = bundel_vraag(&opdracht.wens, nu)?;
        let geldig = self.geldig(&geladen.casus, &gemeente, anker)?;
        // Who may not know of the casus does not learn either that a command was carried out on it.
        self.mag(opdracht, &geladen.casus, &geldig.bundel, id, nu).await?;
        if eerder.is_some() {
            log("geweigerd opdracht-hergebruikt").await?;
            return Err(AppFout::OpdrachtHergebruikt);
        }
        if let Some(verwacht) = opdracht.verwacht.filter(|verwacht| *verwacht != geladen.casus.versie) {
            log("conflict").await?;
            let antwoord = conflict(&geladen, verwacht, &opdracht.actor.organisatie);
            return Ok((Antwoord::Conflict(antwoord), geladen));
        }
        self.eis_gemeente(&opdracht.wens, anker)?;
        verplaatsen::eis_andere_casus(self, id, opdracht).await?;
        let verzwegen = self.verzwegen_bij(id, opdracht, &geladen).await?;
        let omgeving = Omgeving {
            casus: &geladen.casus,
            bundel: &geldig.bundel,
            afspraken: &self.afspraken,
            actor: &opdracht.actor,
            command_id: naamgever(opdracht.id, id),
            nu,
            instrumenten: &self.instrumenten,
            verzwegen: &verzwegen,
        };
        let (commando, teksten) = opdracht.wens.ontleed(&omgeving).map_err(AppFout::Ongeldig)?;
        let bundels = self.bundels();
        let gebeurd_op = opdracht.gebeurd_op.unwrap_or(nu);
        let noemt_melder = self.noemt_melder(id, &geladen, opdracht, &geldig.bundel).await?;
        let context = Context { gebeurd_op, noemt_melder, ..context(nu, &opdracht.actor, geldig, &bundels) };
        let gebeurtenissen = match decide(&geladen.casus, &commando, &context) {
            Ok(gebeurtenissen) => gebeurtenissen,
            Err(weigering) => {
                let uitkomst = format!("geweigerd {}", weigering.reden.code.als_str());
                self.store.schrijf_toegang(regel(opdracht, Some(id), uitkomst, nu)).await?;
                return Ok((Antwoord::Geweigerd(weigering), geladen));
            }
        };
        self.leg_besluit_vast(id, opdracht, geladen, &context, (gebeurtenissen, teksten)).await
    }

    /// Records what was decided, in the name of whom the log may know.
    pub(crate) async fn leg_besluit_vast(
        &self,
        id: CasusId,
        opdracht: &Opdracht,
        geladen: Geladen,
        context: &Context<'_>,
        (gebeurtenissen, teksten): (Vec<domain::Gebeurtenis>, Vec<Tekst>),
    ) -> Result<(Antwoord, Geladen), AppFout> {
        let vastlegger = vastlegger(opdracht, context.bundel);
        let vastleggingen = vastleggingen(geladen.casus.versie + 1, gebeurtenissen, &vastlegger, context);
        self.leg_vast(id, opdracht, geladen, vastleggingen, teksten, context.nu).await
    }

    /// A further report is about a municipality that is known, too: it stands in the log, where no free text may be.
    fn eis_gemeente(&self, wens: &Wens, anker: Instant) -> Result<(), AppFout> {
        match wens {
            Wens::Meld(meld) if self.afspraken.voor_gemeente(&meld.gemeente, anker.dag()).is_none() => {
                Err(geen_afspraak(&meld.gemeente, anker))
            }
            _ => Ok(()),
        }
    }

    pub(crate) async fn digest_van<W: Serialize>(
        &self,
        wens: &W,
        organisatie: &OrganisatieId,
        gebeurd_op: Option<Instant>,
    ) -> Result<Vec<u8>, AppFout> {
        let bytes = serde_json::to_vec(&(wens, organisatie, gebeurd_op)).unwrap_or_default();
        Ok(self.verzegelaar.digest(self.store(), organisatie, &bytes).await?)
    }

    async fn mag(
        &self,
        opdracht: &Opdracht,
        casus: &Casus,
        bundel: &Bundel,
        id: CasusId,
        nu: Instant,
    ) -> Result<(), AppFout> {
        let naam = opdracht.wens.naam();
        let relatie = match (&opdracht.wens, relatie(casus, &opdracht.actor.organisatie, bundel)) {
            // A report on a known casus is chosen at intake by Veilig Thuis; another reporter only names its own.
            (Wens::Meld(_), Relatie::Geen) => Relatie::Geen,
            (_, relatie) => relatie,
        };
        if self.toegang.mag(&Vraag { actor: &opdracht.actor, handeling: &naam, relatie }) {
            return Ok(());
        }
        self.store.schrijf_toegang(regel(opdracht, Some(id), "niet-gevonden".into(), nu)).await?;
        Err(AppFout::NietGevonden)
    }

    async fn leg_vast(
        &self,
        id: CasusId,
        opdracht: &Opdracht,
        geladen: Geladen,
        vastleggingen: Vec<Vastlegging>,
        teksten: Vec<Tekst>,
        nu: Instant,
    ) -> Result<(Antwoord, Geladen), AppFout> {
        let eerste_versie = geladen.casus.versie + 1;
        let vt_was = geladen.casus.veilig_thuis.clone();
        let Geladen { mut rijen, mut stroom, casus } = geladen;
        let casus = vastleggingen.iter().fold(casus, evolve);
        let mut teksten = teksten;
        teksten.extend(kopie::voor_ontvangers(self, id, &casus, &vastleggingen, &rijen).await?);
        let (over_bestanden, bestanden) = bijlagen::erbij(&opdracht.wens, &casus, &vastleggingen);
        teksten.extend(over_bestanden);
        let zoeksleutels = self.zoeksleutels_bij(id, &casus, vt_was.as_ref(), eerste_versie, &teksten).await?;
        let (sleutels, mut namen) = self.sleutels_en_namen(id).await?;
        let gezegd = (teksten, bestanden);
        let Verzegeld { events, fragmenten, bijlagen, datasleutels } =
            self.verzegel_en_keten(id, opdracht.id, &vastleggingen, (rijen.last(), &sleutels), gezegd).await?;
        let erbij = fragmenten.iter().filter(|fragment| fragment.soort == NAAM);
        namen.extend(erbij.map(|fragment| (fragment.eigenaar.clone(), fragment.id)));
        rijen.extend(events.iter().cloned());
        stroom.extend(vastleggingen);
        let uitkomst = gedaan(id, &casus, eerste_versie, casus.versie);
        let lijsten = || views::projecteer(id, &casus, &self.bundels(), &|org| namen.get(org).copied());
        let batch = Batch {
            casus: id,
            events,
            opdracht: OpdrachtRij {
                id: opdracht.id,
                digest: self.digest_van(&opdracht.wens, &opdracht.actor.organisatie, opdracht.gebeurd_op).await?,
                eerste_versie,
                laatste_versie: casus.versie,
            },
            views: if self.store.wil_lijsten() { lijsten() } else { Views::default() },
            fragmenten,
            bijlagen,
            datasleutels,
            zoeksleutels,
            toegang: regel(opdracht, Some(id), "toegestaan".into(), nu),
        };
        self.store.commit(batch).await?;
        Ok((Antwoord::Gedaan(uitkomst), Geladen { rijen, stroom, casus }))
    }

    /// The data keys of a casus, and which fragment holds the name of the household, per owner: the newest.
    pub(crate) async fn sleutels_en_namen(
        &self,
        id: CasusId,
    ) -> Result<(Vec<DatasleutelRij>, HashMap<OrganisatieId, FragmentId>), AppFout> {
        let (sleutels, namen) = self.store.sleutels_en_nieuwste(id, NAAM).await?;
        Ok((sleutels, namen.into_iter().collect()))
    }
}

/// The events of a command as they are recorded, from this version on.
pub(crate) fn vastleggingen<G>(
    eerste_versie: u64,
    gebeurtenissen: Vec<G>,
    door: &Actor,
    context: &Context<'_>,
) -> Vec<Vastlegging<G>> {
    let genummerd = (eerste_versie..).zip(gebeurtenissen);
    let leg_vast = |(versie, gebeurtenis)| Vastlegging {
        versie,
        gebeurd_op: context.gebeurd_op,
        vastgelegd_op: context.nu,
        medewerker: door.medewerker.clone(),
        organisatie: door.organisatie.clone(),
        bundel: context.bundel_hash.clone(),
        gebeurtenis,
    };
    genummerd.map(leg_vast).collect()
}

/// What a decision needs to know when it happens now.
pub(crate) fn context<'a>(
    nu: Instant,
    actor: &'a Actor,
    geldig: &'a GeldigeBundel,
    bundels: &'a Bundels,
) -> Context<'a> {
    Context {
        nu,
        gebeurd_op: nu,
        organisatie: &actor.organisatie,
        medewerker: &actor.medewerker,
        bundel: &geldig.bundel,
        bundel_hash: &geldig.hash,
        bundels,
        noemt_melder: false,
    }
}

fn voeg_bundels_toe(bundels: &mut Bundels, rijen: Vec<BundelRij>) -> Result<(), AppFout> {
    for rij in rijen {
        if bundels.uit(&rij.hash).is_none() {
            let bundel: Bundel = serde_json::from_slice(&rij.bytes).map_err(|_| AppFout::BundelOntbreekt)?;
            bundels.voeg_toe(rij.hash, Arc::new(bundel));
        }
    }
    Ok(())
}

fn geen_afspraak(gemeente: &str, op: Instant) -> AppFout {
    let melding = format!("Voor de gemeente '{gemeente}' geldt op {} geen afspraak.", op.dag());
    AppFout::Ongeldig(vec![VeldFout { veld: "gemeente".into(), melding }])
}

/// For which municipality and day the bundle is asked.
fn bundel_vraag(wens: &Wens, nu: Instant) -> Result<(String, Instant), AppFout> {
    let Wens::Meld(meld) = wens else { return Ok((String::new(), nu)) };
    let anker = match meld.ontvangen_op.as_deref() {
        Some(tekst) => lees_tijdstip("ontvangen_op", tekst).map_err(AppFout::Ongeldig)?,
        None => nu,
    };
    Ok((meld.gemeente.clone(), anker))
}

/// Who stands in the log. A reporter whom the family may not know is not named there, and neither is the own
/// organisation: the report stands as received by Veilig Thuis.
fn vastlegger(opdracht: &Opdracht, bundel: &Bundel) -> Actor {
    match (&opdracht.wens, bundel.veilig_thuis()) {
        (Wens::Meld(meld), Some(vt)) if meld.openheid != Some(Openheid::Open) && opdracht.actor.organisatie != *vt => {
            Actor { medewerker: "meldformulier".into(), organisatie: vt.clone() }
        }
        _ => opdracht.actor.clone(),
    }
}

fn regel(opdracht: &Opdracht, casus: Option<CasusId>, uitkomst: String, op: Instant) -> ToegangRegel {
    // The access log of a shielded reporter's organisation says that somebody reported, not on which casus.
    let afgeschermd = matches!(&opdracht.wens, Wens::Meld(meld) if meld.openheid != Some(Openheid::Open));
    ToegangRegel::van(&opdracht.actor, casus.filter(|_| !afgeschermd), opdracht.wens.naam(), uitkomst, op)
}

fn gedaan(id: CasusId, casus: &Casus, eerste_versie: u64, versie: u64) -> Gedaan {
    Gedaan { casus: id, eerste_versie, versie, nummer: views::nummer_van(id, casus) }
}

fn conflict(geladen: &Geladen, verwacht: u64, organisatie: &OrganisatieId) -> Conflict {
    let gezien = publiek::voor(&geladen.casus, organisatie, &geladen.stroom);
    let veranderd = gezien
        .filter(|vastlegging| vastlegging.versie > verwacht)
        .filter_map(|vastlegging| {
            let rij = geladen.rijen.iter().find(|rij| rij.versie == vastlegging.versie)?;
            Some(Verandering {
                op: vastlegging.vastgelegd_op,
                soort: rij.soort.clone(),
                organisatie: vastlegging.organisatie.clone(),
            })
        })
        .collect();
    Conflict { versie: geladen.casus.versie, veranderd }
}
