//! The store port on SQLite: WAL, one writer, every commit on disk before it is acknowledged.
//!
//! What it does not know: any rule of the domain, keys, HTTP. A second process on the same file is refused.

mod lezen;
mod logboek;
mod meting;
mod schrijven;
mod tabel;

use app::{
    opslag::*,
    poorten::{Store, StoreFout},
};
use async_trait::async_trait;
use domain::{ids::*, tijd::Instant};
use logboek::Beurt;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{fs::File, path::Path, time::Duration};

/// How long a reader waits for a lock before the store reports a fault.
const BUSY_SECONDEN: u64 = 10;
/// Connections for reading; writing goes through one.
const LEZERS_MAX: u32 = 8;
/// Pages that the writer keeps, so that it need not write them out before their transaction is done.
pub(crate) const SCHRIJVER_KIBIBYTES: u32 = 64 * 1024;
/// Pages that a reader keeps: the branches of the indexes of a large database.
const LEZER_KIBIBYTES: u32 = 16 * 1024;

/// The store on one SQLite file.
pub struct SqliteStore {
    lezers: SqlitePool,
    schrijver: SqlitePool,
    beurt: Beurt,
    schema: Schema,
    /// Held for as long as the store lives.
    _slot: File,
}

/// The store could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenFout {
    #[error("een ander proces gebruikt deze database al ({0}); stop dat eerst")]
    InGebruik(String),
    #[error(
        "de database heeft vorm {gevonden}, van een nieuwere versie van Zicht; deze versie kent tot en met vorm {bekend}. \
         Gebruik de nieuwere versie"
    )]
    NieuwereVorm { gevonden: i64, bekend: i64 },
    #[error("de database kan niet worden geopend: {0}")]
    Sql(#[from] sqlx::Error),
    #[error("de database kan niet worden bijgewerkt: {0}")]
    Migratie(#[from] sqlx::migrate::MigrateError),
    #[error("bestand: {0}")]
    Bestand(#[from] std::io::Error),
}

impl SqliteStore {
    /// Opens a file, makes it when it is not there, and brings it to the shape of this release.
    ///
    /// # Errors
    /// [`OpenFout::InGebruik`] when another process holds it; [`OpenFout::NieuwereVorm`] when a newer release wrote it;
    /// faults of file and database.
    pub async fn open(pad: &Path) -> Result<Self, OpenFout> {
        let slot_pad = pad.with_extension("slot");
        let slot = File::options().create(true).truncate(false).write(true).open(&slot_pad)?;
        slot.try_lock().map_err(|_| OpenFout::InGebruik(slot_pad.display().to_string()))?;
        let opties = SqliteConnectOptions::new()
            .filename(pad)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(BUSY_SECONDEN));
        // What a statement must be able to undo is kept in memory; it would else be a file, written page by page.
        let schrijft = opties.clone().pragma("temp_store", "MEMORY");
        let schrijft = schrijft.pragma("cache_size", format!("-{SCHRIJVER_KIBIBYTES}"));
        let schrijft = schrijft.pragma("wal_autocheckpoint", schrijven::LOG_PAGINAS.to_string());
        let schrijver = SqlitePoolOptions::new().max_connections(1).connect_with(schrijft).await?;
        let schema = migreer(&schrijver).await?;
        let leest = opties.clone().read_only(true).pragma("cache_size", format!("-{LEZER_KIBIBYTES}"));
        let lezers = SqlitePoolOptions::new().max_connections(LEZERS_MAX).connect_with(leest).await?;
        Ok(Self { lezers, schrijver, beurt: Beurt::nieuw(opties), schema, _slot: slot })
    }

    /// Closes all connections; what was acknowledged is on disk already.
    pub async fn sluit(&self) {
        self.beurt.stop();
        self.lezers.close().await;
        self.schrijver.close().await;
    }
}

/// Brings the database to the shape of this release, but never back from a newer one.
async fn migreer(schrijver: &SqlitePool) -> Result<Schema, OpenFout> {
    let migraties = sqlx::migrate!("./migrations");
    let bekend = migraties.iter().map(|migratie| migratie.version).max().unwrap_or_default();
    let heeft_tabel: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_master WHERE name = '_sqlx_migrations'")
        .fetch_one(schrijver)
        .await?;
    let van = if heeft_tabel == 0 {
        0
    } else {
        sqlx::query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").fetch_one(schrijver).await?
    };
    if van > bekend {
        return Err(OpenFout::NieuwereVorm { gevonden: van, bekend });
    }
    migraties.run(schrijver).await?;
    Ok(Schema { van, naar: bekend })
}

/// A fault for the log; the text names tables and columns, never values.
fn fout(fout: sqlx::Error) -> StoreFout {
    StoreFout::Fout(fout.to_string())
}

/// The same for the keys of a stream, version and command: there a row that exists means that somebody was first.
/// On any other key it is a fault, for trying again would meet the same row.
fn was_eerst(oorzaak: sqlx::Error) -> StoreFout {
    match &oorzaak {
        sqlx::Error::Database(db) if db.is_unique_violation() => StoreFout::Conflict,
        _ => fout(oorzaak),
    }
}

#[async_trait]
impl Store for SqliteStore {
    fn schema(&self) -> Schema {
        self.schema
    }

    async fn laad(&self, casus: CasusId) -> Result<Vec<EventRij>, StoreFout> {
        lezen::laad(&self.lezers, casus).await
    }

    async fn laad_bij_opdracht(
        &self,
        casus: CasusId,
        id: CommandId,
    ) -> Result<(Vec<EventRij>, Option<OpdrachtRij>), StoreFout> {
        lezen::laad_bij_opdracht(&self.lezers, casus, id).await
    }

    async fn opdracht(&self, casus: CasusId, id: CommandId) -> Result<Option<OpdrachtRij>, StoreFout> {
        lezen::opdracht(&self.lezers, casus, id).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::commit(&self.schrijver, batch).await
    }

    async fn commit_velen(&self, batches: Vec<Batch>) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock_voor_velen().await;
        schrijven::commit_velen(&self.schrijver, &batches).await
    }

    async fn na_velen(&self) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock_voor_velen().await;
        schrijven::na_velen(&self.schrijver).await
    }

    async fn fragmenten(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<FragmentRij>, StoreFout> {
        lezen::fragmenten(&self.lezers, casus, eigenaar).await
    }

    async fn bijlage(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        onderwerp: &str,
    ) -> Result<Option<FragmentRij>, StoreFout> {
        lezen::bijlage(&self.lezers, casus, eigenaar, onderwerp).await
    }

    async fn sleutels_en_nieuwste(
        &self,
        casus: CasusId,
        soort: &str,
    ) -> Result<(Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>), StoreFout> {
        lezen::sleutels_en_nieuwste(&self.lezers, casus, soort).await
    }

    async fn datasleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<DatasleutelRij>, StoreFout> {
        lezen::datasleutels(&self.lezers, casus, eigenaar).await
    }

    async fn organisatiesleutel(
        &self,
        organisatie: &OrganisatieId,
    ) -> Result<Option<OrganisatiesleutelRij>, StoreFout> {
        lezen::organisatiesleutel(&self.lezers, organisatie).await
    }

    async fn bewaar_organisatiesleutel(&self, rij: OrganisatiesleutelRij) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::bewaar_organisatiesleutel(&self.schrijver, rij).await
    }

    async fn zoek_sleutels(
        &self,
        eigenaar: &OrganisatieId,
        sleutels: &[(&'static str, Vec<u8>)],
        niet: CasusId,
        maximum_per_sleutel: u32,
    ) -> Result<Vec<ZoeksleutelRij>, StoreFout> {
        lezen::zoek_sleutels(&self.lezers, eigenaar, sleutels, niet, maximum_per_sleutel).await
    }

    async fn zoeksleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<ZoeksleutelRij>, StoreFout> {
        lezen::zoeksleutels(&self.lezers, casus, eigenaar).await
    }

    async fn vervang_zoeksleutels(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        rijen: Vec<ZoeksleutelRij>,
    ) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::vervang_zoeksleutels(&self.schrijver, casus, eigenaar, rijen).await
    }

    async fn bundels(&self) -> Result<Vec<BundelRij>, StoreFout> {
        lezen::bundels(&self.lezers).await
    }

    async fn bewaar_bundel(&self, rij: BundelRij) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::bewaar_bundel(&self.schrijver, rij).await
    }

    async fn schrijf_toegang_velen(&self, regels: Vec<ToegangRegel>) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::schrijf_toegang(&self.schrijver, &regels).await
    }

    async fn toegang_van(&self, casus: CasusId, organisatie: &OrganisatieId) -> Result<Vec<ToegangRij>, StoreFout> {
        lezen::toegang_van(&self.lezers, casus, organisatie).await
    }

    async fn werkvoorraad(&self, vraag: WerkVraag) -> Result<Vec<WerkRij>, StoreFout> {
        lezen::werkvoorraad(&self.lezers, vraag).await
    }

    async fn werk_tellingen(&self, vraag: WerkVraag) -> Result<WerkTellingen, StoreFout> {
        lezen::werk_tellingen(&self.lezers, vraag).await
    }

    async fn dubbel_open(
        &self,
        organisatie: &OrganisatieId,
        casussen: &[CasusId],
    ) -> Result<Vec<VerbandRij>, StoreFout> {
        lezen::dubbel_open(&self.lezers, organisatie, casussen).await
    }

    async fn verbanden(&self, casus: CasusId, organisatie: &OrganisatieId) -> Result<Vec<CasusId>, StoreFout> {
        lezen::verbanden(&self.lezers, casus, organisatie).await
    }

    async fn overdrachten(&self, organisatie: &OrganisatieId, maximum: u32) -> Result<Vec<OverdrachtRij>, StoreFout> {
        lezen::overdrachten(&self.lezers, organisatie, maximum).await
    }

    async fn wachtende_overdrachten(&self, organisatie: &OrganisatieId) -> Result<u32, StoreFout> {
        lezen::wachtende_overdrachten(&self.lezers, organisatie).await
    }

    async fn tafel(&self, gemeente: &str, organisatie: &OrganisatieId) -> Result<Vec<OverdrachtRij>, StoreFout> {
        lezen::tafel(&self.lezers, gemeente, organisatie).await
    }

    async fn eigen(&self, organisatie: &OrganisatieId, soort: &str, maximum: u32) -> Result<Vec<EigenRij>, StoreFout> {
        lezen::eigen(&self.lezers, organisatie, soort, maximum).await
    }

    async fn organisaties_met(&self, soort: &str) -> Result<Vec<OrganisatieId>, StoreFout> {
        lezen::organisaties_met(&self.lezers, soort).await
    }

    async fn houder_op(&self, casus: CasusId, op: Instant) -> Result<Option<(OrganisatieId, String)>, StoreFout> {
        lezen::houder_op(&self.lezers, casus, op).await
    }

    async fn te_laat(
        &self,
        casus: CasusId,
        organisatie: &OrganisatieId,
        nu: Instant,
    ) -> Result<Vec<String>, StoreFout> {
        lezen::te_laat(&self.lezers, casus, organisatie, nu).await
    }

    async fn casussen_met_nummer(&self, nummer: &str) -> Result<Vec<CasusId>, StoreFout> {
        lezen::casussen_met_nummer(&self.lezers, nummer).await
    }

    async fn streams(&self, na: Option<CasusId>, maximum: u32) -> Result<Vec<CasusId>, StoreFout> {
        lezen::streams(&self.lezers, na, maximum).await
    }

    async fn aantal_streams(&self) -> Result<u64, StoreFout> {
        lezen::aantal_streams(&self.lezers).await
    }

    async fn vervang_views(&self, casus: CasusId, views: Views) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::vervang_views(&self.schrijver, casus, views).await
    }

    async fn wekkers(&self, nu: Instant, maximum: u32) -> Result<Vec<WekkerRij>, StoreFout> {
        lezen::wekkers(&self.lezers, nu, maximum).await
    }

    async fn laat_rinkelen(&self, wekker: &WekkerRij, nu: Instant) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::laat_rinkelen(&self.schrijver, wekker, nu).await
    }

    async fn signalen(&self, organisatie: &OrganisatieId, maximum: u32) -> Result<Vec<WekkerRij>, StoreFout> {
        lezen::signalen(&self.lezers, organisatie, maximum).await
    }

    async fn neem_job(&self, job: JobRij, nu: Instant) -> Result<bool, StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::neem_job(&self.schrijver, job, nu).await
    }

    async fn laat_job_los(&self, naam: &str, houder: &str) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::laat_job_los(&self.schrijver, naam, houder).await
    }

    async fn feed(&self, na: FeedPlek, maximum: u32) -> Result<Vec<FeedRij>, StoreFout> {
        lezen::feed(&self.lezers, na, maximum).await
    }

    async fn views_vorm(&self) -> Result<u32, StoreFout> {
        lezen::views_vorm(&self.lezers).await
    }

    async fn zet_views_vorm(&self, vorm: u32) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::zet_views_vorm(&self.schrijver, vorm).await
    }

    async fn neem_bericht_aan(&self, rij: BerichtRij) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::neem_bericht_aan(&self.schrijver, rij).await
    }

    async fn bericht(&self, afzender: &OrganisatieId, bericht: &str) -> Result<Option<BerichtRij>, StoreFout> {
        lezen::bericht(&self.lezers, afzender, bericht).await
    }

    async fn rond_bericht_af(
        &self,
        afzender: &OrganisatieId,
        bericht: &str,
        stand: &str,
        reden: Option<&str>,
    ) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::rond_bericht_af(&self.schrijver, afzender, bericht, stand, reden).await
    }

    async fn bericht_tellingen(
        &self,
        organisatie: &OrganisatieId,
        van: Instant,
        tot: Instant,
    ) -> Result<Vec<BerichtTelling>, StoreFout> {
        lezen::bericht_tellingen(&self.lezers, organisatie, van, tot).await
    }

    async fn bewaar_sessie(&self, sessie: SessieRij) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::bewaar_sessie(&self.schrijver, sessie).await
    }

    async fn sessie(&self, token_hash: &[u8]) -> Result<Option<SessieRij>, StoreFout> {
        lezen::sessie(&self.lezers, token_hash).await
    }

    async fn raak_sessie_aan(&self, token_hash: &[u8], laatst: Instant) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::raak_sessie_aan(&self.schrijver, token_hash, laatst).await
    }

    async fn verwijder_sessie(&self, token_hash: &[u8]) -> Result<(), StoreFout> {
        let _beurt = self.beurt.lock().await;
        schrijven::verwijder_sessie(&self.schrijver, token_hash).await
    }
}
