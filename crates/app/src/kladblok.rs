//! Carrying out many commands on one casus before anything is written.
//!
//! The application runs on a [`Kladblok`] instead of the store: the same checks, decisions, sealing and projections, and
//! what would have been committed comes out as batches for [`Store::commit_velen`]. Keys and bundles are those of the
//! real store. It holds one casus at a time and answers no lists.

use crate::{
    Antwoord, App, AppFout, Opdracht, casus_van,
    opslag::*,
    poorten::{Store, StoreFout},
    uitvoeren::Geladen,
};
use async_trait::async_trait;
use domain::{ids::*, tijd::Instant};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// What one casus would write.
#[derive(Debug, Default)]
pub struct Klad {
    pub batches: Vec<Batch>,
    /// Lines of the access log without a change: refusals.
    pub toegang: Vec<ToegangRegel>,
}

#[derive(Default)]
struct Blad {
    klad: Klad,
    /// Of the batches so many were given away; they stay on the page.
    genomen: usize,
}

impl Blad {
    fn fragmenten(&self) -> impl Iterator<Item = &FragmentRij> {
        self.klad.batches.iter().flat_map(|batch| &batch.fragmenten)
    }

    fn datasleutels(&self) -> impl Iterator<Item = &DatasleutelRij> {
        self.klad.batches.iter().flat_map(|batch| &batch.datasleutels)
    }
}

/// A store that remembers one casus and writes nothing.
pub struct Kladblok {
    echt: Arc<dyn Store>,
    blad: Mutex<Blad>,
    /// Whether each batch has its rows of lists, or they are left to [`App::lijsten_na`].
    elk_zijn_lijsten: bool,
}

/// A casus between two commands, so that it is not read anew for each.
#[derive(Default)]
pub struct Reeks(Option<Geladen>);

impl App {
    /// [`App::voer_uit`] for the next command of a series on one casus. Nobody else may write in between.
    ///
    /// # Errors
    /// As [`App::voer_uit`]; the series cannot go on then.
    pub async fn voer_uit_in(&self, reeks: &mut Reeks, opdracht: &Opdracht) -> Result<Antwoord, AppFout> {
        let id = opdracht.casus.unwrap_or_else(|| casus_van(opdracht.id));
        let geladen = match reeks.0.take() {
            Some(geladen) => geladen,
            None => self.laad(id).await?,
        };
        let eerder = self.store().opdracht(id, opdracht.id).await?;
        let (antwoord, geladen) = self.verwerk(id, opdracht, geladen, eerder).await?;
        reeks.0 = Some(geladen);
        Ok(antwoord)
    }

    /// The rows of the lists as they are after a series, where its batches left them out. Asked before they are taken.
    ///
    /// # Errors
    /// The store failed.
    pub async fn lijsten_na(&self, reeks: &Reeks) -> Result<Views, AppFout> {
        match &reeks.0 {
            Some(geladen) => self.views_van_geladen(geladen).await,
            None => Ok(Views::default()),
        }
    }
}

impl Kladblok {
    pub fn new(echt: Arc<dyn Store>) -> Self {
        Self { echt, blad: Mutex::default(), elk_zijn_lijsten: true }
    }

    /// One whose batches leave the rows of the lists to the end of a series.
    pub fn zonder_lijsten(echt: Arc<dyn Store>) -> Self {
        Self { elk_zijn_lijsten: false, ..Self::new(echt) }
    }

    fn blad(&self) -> MutexGuard<'_, Blad> {
        self.blad.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was written since the last time; the next casus begins on an empty page.
    pub fn neem(&self) -> Klad {
        let mut blad = std::mem::take(&mut *self.blad());
        blad.klad.batches.drain(..blad.genomen);
        blad.klad
    }

    /// What was written since the last time; the casus stays on the page, for more.
    pub fn neem_batches(&self) -> Vec<Batch> {
        let mut blad = self.blad();
        let alle = blad.klad.batches.len();
        let genomen = std::mem::replace(&mut blad.genomen, alle);
        blad.klad.batches.iter().skip(genomen).cloned().collect()
    }
}

/// Lists are made of what was written.
fn geen_lijst<T>() -> Result<T, StoreFout> {
    Err(StoreFout::Fout("een kladblok heeft geen lijsten".into()))
}

#[async_trait]
impl Store for Kladblok {
    fn schema(&self) -> Schema {
        self.echt.schema()
    }

    fn wil_lijsten(&self) -> bool {
        self.elk_zijn_lijsten
    }

    async fn laad(&self, casus: CasusId) -> Result<Vec<EventRij>, StoreFout> {
        let blad = self.blad();
        let events = blad.klad.batches.iter().flat_map(|batch| &batch.events);
        Ok(events.filter(|rij| rij.casus == casus).cloned().collect())
    }

    async fn laad_bij_opdracht(
        &self,
        casus: CasusId,
        id: CommandId,
    ) -> Result<(Vec<EventRij>, Option<OpdrachtRij>), StoreFout> {
        Ok((self.laad(casus).await?, self.opdracht(casus, id).await?))
    }

    async fn opdracht(&self, _casus: CasusId, id: CommandId) -> Result<Option<OpdrachtRij>, StoreFout> {
        Ok(self.blad().klad.batches.iter().map(|batch| &batch.opdracht).find(|rij| rij.id == id).cloned())
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreFout> {
        let mut blad = self.blad();
        if blad.klad.batches.iter().any(|eerder| eerder.opdracht.id == batch.opdracht.id) {
            return Err(StoreFout::Conflict);
        }
        blad.klad.batches.push(batch);
        Ok(())
    }

    async fn commit_velen(&self, batches: Vec<Batch>) -> Result<(), StoreFout> {
        for batch in batches {
            self.commit(batch).await?;
        }
        Ok(())
    }

    async fn na_velen(&self) -> Result<(), StoreFout> {
        self.echt.na_velen().await
    }

    async fn fragmenten(&self, _casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<FragmentRij>, StoreFout> {
        Ok(self.blad().fragmenten().filter(|rij| rij.eigenaar == *eigenaar).cloned().collect())
    }

    async fn bijlage(
        &self,
        _casus: CasusId,
        eigenaar: &OrganisatieId,
        onderwerp: &str,
    ) -> Result<Option<FragmentRij>, StoreFout> {
        let blad = self.blad();
        let gevraagd = |rij: &&FragmentRij| rij.eigenaar == *eigenaar && rij.onderwerp == onderwerp;
        Ok(blad.klad.batches.iter().flat_map(|batch| &batch.bijlagen).find(gevraagd).cloned())
    }

    async fn sleutels_en_nieuwste(
        &self,
        _casus: CasusId,
        soort: &str,
    ) -> Result<(Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>), StoreFout> {
        let blad = self.blad();
        let mut van_soort: Vec<_> = blad.fragmenten().filter(|rij| rij.soort == soort).collect();
        van_soort.sort_by_key(|rij| (rij.versie, rij.id));
        let nieuwste: BTreeMap<_, _> = van_soort.into_iter().map(|rij| (rij.eigenaar.clone(), rij.id)).collect();
        Ok((blad.datasleutels().cloned().collect(), nieuwste.into_iter().collect()))
    }

    async fn datasleutels(&self, _casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<DatasleutelRij>, StoreFout> {
        Ok(self.blad().datasleutels().filter(|rij| rij.eigenaar == *eigenaar).cloned().collect())
    }

    async fn organisatiesleutel(
        &self,
        organisatie: &OrganisatieId,
    ) -> Result<Option<OrganisatiesleutelRij>, StoreFout> {
        self.echt.organisatiesleutel(organisatie).await
    }

    async fn bewaar_organisatiesleutel(&self, rij: OrganisatiesleutelRij) -> Result<(), StoreFout> {
        self.echt.bewaar_organisatiesleutel(rij).await
    }

    async fn bundels(&self) -> Result<Vec<BundelRij>, StoreFout> {
        self.echt.bundels().await
    }

    async fn bewaar_bundel(&self, rij: BundelRij) -> Result<(), StoreFout> {
        self.echt.bewaar_bundel(rij).await
    }

    async fn schrijf_toegang_velen(&self, regels: Vec<ToegangRegel>) -> Result<(), StoreFout> {
        self.blad().klad.toegang.extend(regels);
        Ok(())
    }

    async fn toegang_van(&self, _casus: CasusId, _org: &OrganisatieId) -> Result<Vec<ToegangRij>, StoreFout> {
        geen_lijst()
    }

    async fn werkvoorraad(&self, _vraag: WerkVraag) -> Result<Vec<WerkRij>, StoreFout> {
        geen_lijst()
    }

    async fn werk_tellingen(&self, _vraag: WerkVraag) -> Result<WerkTellingen, StoreFout> {
        geen_lijst()
    }

    async fn zoek_sleutels(
        &self,
        _eigenaar: &OrganisatieId,
        _sleutels: &[(&'static str, Vec<u8>)],
        _niet: CasusId,
        _maximum_per_sleutel: u32,
    ) -> Result<Vec<ZoeksleutelRij>, StoreFout> {
        geen_lijst()
    }

    async fn zoeksleutels(&self, _casus: CasusId, _eigenaar: &OrganisatieId) -> Result<Vec<ZoeksleutelRij>, StoreFout> {
        geen_lijst()
    }

    async fn vervang_zoeksleutels(
        &self,
        _casus: CasusId,
        _eigenaar: &OrganisatieId,
        _rijen: Vec<ZoeksleutelRij>,
    ) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn dubbel_open(&self, _org: &OrganisatieId, _casussen: &[CasusId]) -> Result<Vec<VerbandRij>, StoreFout> {
        geen_lijst()
    }

    async fn verbanden(&self, _casus: CasusId, _org: &OrganisatieId) -> Result<Vec<CasusId>, StoreFout> {
        geen_lijst()
    }

    async fn overdrachten(&self, _org: &OrganisatieId, _maximum: u32) -> Result<Vec<OverdrachtRij>, StoreFout> {
        geen_lijst()
    }

    async fn wachtende_overdrachten(&self, _org: &OrganisatieId) -> Result<u32, StoreFout> {
        geen_lijst()
    }

    async fn tafel(&self, _gemeente: &str, _org: &OrganisatieId) -> Result<Vec<OverdrachtRij>, StoreFout> {
        geen_lijst()
    }

    async fn eigen(&self, _org: &OrganisatieId, _soort: &str, _maximum: u32) -> Result<Vec<EigenRij>, StoreFout> {
        geen_lijst()
    }

    async fn organisaties_met(&self, _soort: &str) -> Result<Vec<OrganisatieId>, StoreFout> {
        geen_lijst()
    }

    async fn houder_op(&self, _casus: CasusId, _op: Instant) -> Result<Option<(OrganisatieId, String)>, StoreFout> {
        geen_lijst()
    }

    async fn te_laat(&self, _casus: CasusId, _org: &OrganisatieId, _nu: Instant) -> Result<Vec<String>, StoreFout> {
        geen_lijst()
    }

    async fn casussen_met_nummer(&self, _nummer: &str) -> Result<Vec<CasusId>, StoreFout> {
        geen_lijst()
    }

    async fn streams(&self, _na: Option<CasusId>, _maximum: u32) -> Result<Vec<CasusId>, StoreFout> {
        geen_lijst()
    }

    async fn aantal_streams(&self) -> Result<u64, StoreFout> {
        geen_lijst()
    }

    async fn vervang_views(&self, _casus: CasusId, _views: Views) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn wekkers(&self, _nu: Instant, _maximum: u32) -> Result<Vec<WekkerRij>, StoreFout> {
        geen_lijst()
    }

    async fn laat_rinkelen(&self, _wekker: &WekkerRij, _nu: Instant) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn signalen(&self, _org: &OrganisatieId, _maximum: u32) -> Result<Vec<WekkerRij>, StoreFout> {
        geen_lijst()
    }

    async fn neem_job(&self, _job: JobRij, _nu: Instant) -> Result<bool, StoreFout> {
        geen_lijst()
    }

    async fn laat_job_los(&self, _naam: &str, _houder: &str) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn feed(&self, _na: FeedPlek, _maximum: u32) -> Result<Vec<FeedRij>, StoreFout> {
        geen_lijst()
    }

    async fn views_vorm(&self) -> Result<u32, StoreFout> {
        self.echt.views_vorm().await
    }

    async fn zet_views_vorm(&self, vorm: u32) -> Result<(), StoreFout> {
        self.echt.zet_views_vorm(vorm).await
    }

    async fn neem_bericht_aan(&self, _rij: BerichtRij) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn bericht(&self, _afzender: &OrganisatieId, _bericht: &str) -> Result<Option<BerichtRij>, StoreFout> {
        geen_lijst()
    }

    async fn rond_bericht_af(
        &self,
        _afzender: &OrganisatieId,
        _bericht: &str,
        _stand: &str,
        _reden: Option<&str>,
    ) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn bericht_tellingen(
        &self,
        _organisatie: &OrganisatieId,
        _van: Instant,
        _tot: Instant,
    ) -> Result<Vec<BerichtTelling>, StoreFout> {
        geen_lijst()
    }

    async fn bewaar_sessie(&self, _sessie: SessieRij) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn sessie(&self, _token_hash: &[u8]) -> Result<Option<SessieRij>, StoreFout> {
        geen_lijst()
    }

    async fn raak_sessie_aan(&self, _token_hash: &[u8], _laatst: Instant) -> Result<(), StoreFout> {
        geen_lijst()
    }

    async fn verwijder_sessie(&self, _token_hash: &[u8]) -> Result<(), StoreFout> {
        geen_lijst()
    }
}
