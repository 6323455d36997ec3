//! A store that fails when it is told to: before the call does anything, after it did, by saying so too early, or by
//! writing something else than it was given.

use crate::{
    opslag::*,
    poorten::{Store, StoreFout},
};
use async_trait::async_trait;
use domain::{ids::*, tijd::Instant};
use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// Passes every call on, counts it, and fails one of them.
pub struct Storing {
    binnen: Arc<dyn Store>,
    geteld: AtomicU64,
    /// The call that fails; 0 fails none.
    fout_bij: AtomicU64,
    /// Fails after the call was carried out: the acknowledgement is lost.
    na_afloop: AtomicBool,
    /// The planted fault: a commit is acknowledged before it is done.
    te_vroeg: AtomicBool,
    /// The planted fault: what is written is not what was given.
    bederf: Option<fn(&mut Batch)>,
}

impl Storing {
    pub fn new(binnen: Arc<dyn Store>) -> Self {
        Self {
            binnen,
            geteld: AtomicU64::new(0),
            fout_bij: AtomicU64::new(0),
            na_afloop: AtomicBool::new(false),
            te_vroeg: AtomicBool::new(false),
            bederf: None,
        }
    }

    /// From here on commits are acknowledged before they are done.
    pub fn bevestig_te_vroeg(&self) {
        self.te_vroeg.store(true, Ordering::SeqCst);
    }

    /// Spoils every commit.
    pub fn met_bederf(mut self, bederf: fn(&mut Batch)) -> Self {
        self.bederf = Some(bederf);
        self
    }

    async fn leg_vast(&self, mut batch: Batch) -> Result<(), StoreFout> {
        if let Some(bederf) = self.bederf {
            bederf(&mut batch);
        }
        if !self.te_vroeg.load(Ordering::SeqCst) {
            return self.binnen.commit(batch).await;
        }
        let binnen = Arc::clone(&self.binnen);
        tokio::spawn(async move { binnen.commit(batch).await });
        Ok(())
    }

    /// Counts from one again, and fails the n-th call from here.
    pub fn storing_bij(&self, n: u64, na_afloop: bool) {
        self.geteld.store(0, Ordering::SeqCst);
        self.na_afloop.store(na_afloop, Ordering::SeqCst);
        self.fout_bij.store(n, Ordering::SeqCst);
    }

    /// Calls since the last [`Self::storing_bij`].
    pub fn geteld(&self) -> u64 {
        self.geteld.load(Ordering::SeqCst)
    }

    fn voor(&self) -> Result<bool, StoreFout> {
        let nummer = self.geteld.fetch_add(1, Ordering::SeqCst) + 1;
        let raak = nummer == self.fout_bij.load(Ordering::SeqCst);
        let erna = self.na_afloop.load(Ordering::SeqCst);
        if raak && !erna { Err(StoreFout::Fout("storing".into())) } else { Ok(raak) }
    }
}

macro_rules! doorgeven {
    ($(fn $naam:ident(&self $(, $arg:ident: $type:ty)*) -> $uit:ty;)+) => {
        #[async_trait]
        impl Store for Storing {
            fn schema(&self) -> Schema {
                self.binnen.schema()
            }

            async fn commit(&self, batch: Batch) -> Result<(), StoreFout> {
                let raak = self.voor()?;
                let antwoord = self.leg_vast(batch).await;
                if raak { Err(StoreFout::Fout("antwoord kwijt".into())) } else { antwoord }
            }

            $(
            async fn $naam(&self $(, $arg: $type)*) -> Result<$uit, StoreFout> {
                let raak = self.voor()?;
                let antwoord = self.binnen.$naam($($arg),*).await;
                if raak { Err(StoreFout::Fout("antwoord kwijt".into())) } else { antwoord }
            }
        )+}
    };
}

doorgeven! {
    fn laad(&self, casus: CasusId) -> Vec<EventRij>;
    fn laad_bij_opdracht(&self, casus: CasusId, id: CommandId) -> (Vec<EventRij>, Option<OpdrachtRij>);
    fn opdracht(&self, casus: CasusId, id: CommandId) -> Option<OpdrachtRij>;
    fn commit_velen(&self, batches: Vec<Batch>) -> ();
    fn na_velen(&self) -> ();
    fn fragmenten(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Vec<FragmentRij>;
    fn bijlage(&self, casus: CasusId, eigenaar: &OrganisatieId, onderwerp: &str) -> Option<FragmentRij>;
    fn sleutels_en_nieuwste(
        &self,
        casus: CasusId,
        soort: &str
    ) -> (Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>);
    fn datasleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Vec<DatasleutelRij>;
    fn organisatiesleutel(&self, organisatie: &OrganisatieId) -> Option<OrganisatiesleutelRij>;
    fn bewaar_organisatiesleutel(&self, rij: OrganisatiesleutelRij) -> ();
    fn zoek_sleutels(
        &self,
        eigenaar: &OrganisatieId,
        sleutels: &[(&'static str, Vec<u8>)],
        niet: CasusId,
        maximum_per_sleutel: u32
    ) -> Vec<ZoeksleutelRij>;
    fn zoeksleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Vec<ZoeksleutelRij>;
    fn vervang_zoeksleutels(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        rijen: Vec<ZoeksleutelRij>
    ) -> ();
    fn bundels(&self) -> Vec<BundelRij>;
    fn bewaar_bundel(&self, rij: BundelRij) -> ();
    fn schrijf_toegang_velen(&self, regels: Vec<ToegangRegel>) -> ();
    fn toegang_van(&self, casus: CasusId, organisatie: &OrganisatieId) -> Vec<ToegangRij>;
    fn werkvoorraad(&self, vraag: WerkVraag) -> Vec<WerkRij>;
    fn werk_tellingen(&self, vraag: WerkVraag) -> WerkTellingen;
    fn dubbel_open(&self, organisatie: &OrganisatieId, casussen: &[CasusId]) -> Vec<VerbandRij>;
    fn verbanden(&self, casus: CasusId, organisatie: &OrganisatieId) -> Vec<CasusId>;
    fn overdrachten(&self, organisatie: &OrganisatieId, maximum: u32) -> Vec<OverdrachtRij>;
    fn wachtende_overdrachten(&self, organisatie: &OrganisatieId) -> u32;
    fn tafel(&self, gemeente: &str, organisatie: &OrganisatieId) -> Vec<OverdrachtRij>;
    fn eigen(&self, organisatie: &OrganisatieId, soort: &str, maximum: u32) -> Vec<EigenRij>;
    fn organisaties_met(&self, soort: &str) -> Vec<OrganisatieId>;
    fn houder_op(&self, casus: CasusId, op: Instant) -> Option<(OrganisatieId, String)>;
    fn te_laat(&self, casus: CasusId, organisatie: &OrganisatieId, nu: Instant) -> Vec<String>;
    fn casussen_met_nummer(&self, nummer: &str) -> Vec<CasusId>;
    fn streams(&self, na: Option<CasusId>, maximum: u32) -> Vec<CasusId>;
    fn aantal_streams(&self) -> u64;
    fn vervang_views(&self, casus: CasusId, views: Views) -> ();
    fn wekkers(&self, nu: Instant, maximum: u32) -> Vec<WekkerRij>;
    fn laat_rinkelen(&self, wekker: &WekkerRij, nu: Instant) -> ();
    fn signalen(&self, organisatie: &OrganisatieId, maximum: u32) -> Vec<WekkerRij>;
    fn neem_job(&self, job: JobRij, nu: Instant) -> bool;
    fn laat_job_los(&self, naam: &str, houder: &str) -> ();
    fn feed(&self, na: FeedPlek, maximum: u32) -> Vec<FeedRij>;
    fn views_vorm(&self) -> u32;
    fn zet_views_vorm(&self, vorm: u32) -> ();
    fn neem_bericht_aan(&self, rij: BerichtRij) -> ();
    fn bericht(&self, afzender: &OrganisatieId, bericht: &str) -> Option<BerichtRij>;
    fn rond_bericht_af(&self, afzender: &OrganisatieId, bericht: &str, stand: &str, reden: Option<&str>) -> ();
    fn bericht_tellingen(&self, organisatie: &OrganisatieId, van: Instant, tot: Instant) -> Vec<BerichtTelling>;
    fn bewaar_sessie(&self, sessie: SessieRij) -> ();
    fn sessie(&self, token_hash: &[u8]) -> Option<SessieRij>;
    fn raak_sessie_aan(&self, token_hash: &[u8], laatst: Instant) -> ();
    fn verwijder_sessie(&self, token_hash: &[u8]) -> ();
}
