//! The store port on PostgreSQL: many processes on one database, every commit on disk before it is acknowledged.
//!
//! What it does not know: any rule of the domain, keys, HTTP, who started the server. Start reading at
//! [`PostgresStore::open`]; the statements are in `lezen` and `schrijven`, under the names that the SQLite store uses.

mod lezen;
mod meting;
mod schema;
mod schrijven;
mod tabel;

pub use schema::{in_schema, leeg_schema, maak_schema, verwijder_schema};

use app::{
    opslag::*,
    poorten::{Store, StoreFout},
};
use async_trait::async_trait;
use domain::{ids::*, tijd::Instant};
use sqlx::{
    Connection, Executor, PgConnection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
    query_scalar,
};
use std::{str::FromStr, time::Duration};

/// Connections of one process. A connection that is given back is asked first whether it is well, and is not there for
/// others until it has said so: there are more of them than requests that a process has time for at once.
const VERBINDINGEN_MAX: u32 = 24;
/// How long a request waits for a connection before the store reports a fault.
const VERBINDING_SECONDEN: u64 = 5;
/// How long a call may take in all: a server that is silent must not keep a worker waiting.
const ANTWOORD_SECONDEN: u64 = 20;
/// A connection that was unused for this long is tried before it is trusted.
const ONGEBRUIKT_MILLISECONDEN: u64 = 500;

/// Every statement finds its rows by an index. The server thinks otherwise of a table that was small when it was last
/// looked at, keeps that plan while the table grows, and would compile what it thinks is dear.
const PER_SLEUTEL: &str = "SET enable_seqscan = off; SET jit = off";

/// The store on a PostgreSQL database, or on the schema of it that the address names.
pub struct PostgresStore {
    pool: PgPool,
    schema: Schema,
}

/// The store could not be opened. No address, name or password is ever in the message but that of server and database.
#[derive(Debug, thiserror::Error)]
pub enum OpenFout {
    #[error("het adres van de database is niet te lezen; schrijf postgres://gebruiker@server/database")]
    Adres,
    #[error(
        "PostgreSQL op {waar} is niet bereikbaar ({oorzaak}); kijk of de server draait, of het adres klopt en of deze \
         gebruiker erbij mag"
    )]
    Onbereikbaar { waar: String, oorzaak: String },
    #[error(
        "PostgreSQL op {0} bevestigt voordat het op schijf staat; zet synchronous_commit op 'on' voor deze gebruiker \
         en database"
    )]
    NietDuurzaam(String),
    #[error(
        "de database op {waar} heeft vorm {gevonden}, van een nieuwere versie van Zicht; deze versie kent tot en met \
         vorm {bekend}. Gebruik de nieuwere versie"
    )]
    NieuwereVorm { waar: String, gevonden: i64, bekend: i64 },
    #[error("een schema heeft een naam van kleine letters, cijfers en liggende streepjes")]
    Schemanaam,
    #[error("het schema in PostgreSQL op {waar} kan niet worden gemaakt of verwijderd: {oorzaak}")]
    Schema { waar: String, oorzaak: String },
    #[error("de database op {waar} kan niet worden bijgewerkt: {oorzaak}")]
    Migratie { waar: String, oorzaak: sqlx::migrate::MigrateError },
}

impl PostgresStore {
    /// Connects to `postgres://user@server/database`, or `postgres:///database?host=/socket/folder`, and brings the
    /// database to the shape of this release.
    ///
    /// # Errors
    /// The address, the server, or what the server promises about a commit is not usable.
    pub async fn open(url: &str) -> Result<Self, OpenFout> {
        let opties = PgConnectOptions::from_str(url).map_err(|_| OpenFout::Adres)?.application_name("zicht");
        let waar = waar(&opties);
        // One connection without the pool first: the pool would go on trying, and its last word is only "too late".
        let onbereikbaar =
            |oorzaak: sqlx::Error| OpenFout::Onbereikbaar { waar: waar.clone(), oorzaak: kort(&oorzaak) };
        let eerste =
            tokio::time::timeout(Duration::from_secs(VERBINDING_SECONDEN), PgConnection::connect_with(&opties));
        let mut eerste = eerste.await.unwrap_or(Err(sqlx::Error::PoolTimedOut)).map_err(onbereikbaar)?;
        if !is_duurzaam(&mut eerste).await.map_err(onbereikbaar)? {
            return Err(OpenFout::NietDuurzaam(waar));
        }
        eerste.close().await.map_err(onbereikbaar)?;
        // The shape is brought about over connections that are closed afterwards: the pool trusts only what it made.
        let tijdelijk = PgPoolOptions::new().max_connections(1).connect_lazy_with(opties.clone());
        let schema = migreer(&tijdelijk, &waar).await;
        tijdelijk.close().await;
        Ok(Self { pool: pool(opties), schema: schema? })
    }

    /// Closes all connections; what was acknowledged is on disk already.
    pub async fn sluit(&self) {
        self.pool.close().await;
    }
}

/// Brings the database to the shape of this release, but never back from a newer one.
async fn migreer(pool: &PgPool, waar: &str) -> Result<Schema, OpenFout> {
    let mislukt = |oorzaak| OpenFout::Migratie { waar: waar.to_owned(), oorzaak };
    let sql_fout = |oorzaak: sqlx::Error| mislukt(oorzaak.into());
    let migraties = sqlx::migrate!("./migrations");
    let bekend = migraties.iter().map(|migratie| migratie.version).max().unwrap_or_default();
    let heeft_tabel: bool =
        query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(pool).await.map_err(sql_fout)?;
    let van = if heeft_tabel {
        let hoogste = query_scalar("SELECT COALESCE(MAX(version), 0) FROM _sqlx_migrations").fetch_one(pool);
        hoogste.await.map_err(sql_fout)?
    } else {
        0
    };
    if van > bekend {
        return Err(OpenFout::NieuwereVorm { waar: waar.to_owned(), gevonden: van, bekend });
    }
    migraties.run(pool).await.map_err(mislukt)?;
    Ok(Schema { van, naar: bekend })
}

async fn verbind(url: &str) -> Result<(PgConnection, PgConnectOptions), OpenFout> {
    let opties = PgConnectOptions::from_str(url).map_err(|_| OpenFout::Adres)?.application_name("zicht");
    let verbinding =
        tokio::time::timeout(Duration::from_secs(VERBINDING_SECONDEN), PgConnection::connect_with(&opties));
    match verbinding.await.unwrap_or(Err(sqlx::Error::PoolTimedOut)) {
        Ok(verbinding) => Ok((verbinding, opties)),
        Err(fout) => Err(OpenFout::Onbereikbaar { waar: waar(&opties), oorzaak: kort(&fout) }),
    }
}

fn pool(opties: PgConnectOptions) -> PgPool {
    PgPoolOptions::new()
        .max_connections(VERBINDINGEN_MAX)
        .acquire_timeout(Duration::from_secs(VERBINDING_SECONDEN))
        .test_before_acquire(false)
        .before_acquire(|verbinding, gebruik| {
            Box::pin(async move {
                if gebruik.idle_for < Duration::from_millis(ONGEBRUIKT_MILLISECONDEN) {
                    return Ok(true);
                }
                Ok(verbinding.ping().await.is_ok())
            })
        })
        .after_connect(|verbinding, _| {
            Box::pin(async move {
                verbinding.execute(PER_SLEUTEL).await?;
                // The setting may differ by the time that a later connection is made.
                match is_duurzaam(verbinding).await? {
                    true => Ok(()),
                    false => Err(sqlx::Error::Protocol("synchronous_commit staat uit".into())),
                }
            })
        })
        .connect_lazy_with(opties)
}

/// Whether the server acknowledges a commit only when it is on disk.
async fn is_duurzaam(verbinding: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let stand: String = query_scalar("SELECT current_setting('synchronous_commit')").fetch_one(verbinding).await?;
    Ok(["on", "remote_apply"].contains(&stand.as_str()))
}

/// Server and database, for a message; never the user or the password.
fn waar(opties: &PgConnectOptions) -> String {
    let server = match opties.get_socket() {
        Some(socket) => socket.display().to_string(),
        None => format!("{}:{}", opties.get_host(), opties.get_port()),
    };
    format!("{server}, database {}", opties.get_database().unwrap_or("zonder naam"))
}

/// The lock of a casus.
fn slot(casus: CasusId) -> i64 {
    let (hoog, laag) = casus.0.as_u64_pair();
    (hoog ^ laag).cast_signed()
}

/// The answer of a call, or a fault when it does not come. What was asked may have been done all the same.
async fn op_tijd<T>(werk: impl Future<Output = Result<T, StoreFout>>) -> Result<T, StoreFout> {
    let grens = tokio::time::timeout(Duration::from_secs(ANTWOORD_SECONDEN), werk);
    grens.await.unwrap_or_else(|_| Err(StoreFout::Fout("PostgreSQL antwoordt niet".into())))
}

/// The same for what changes something in a transaction. It is carried out to its end also when nobody waits for it any
/// more: half of it, on a connection that others get next, would keep its locks.
async fn tot_het_einde<W>(werk: W) -> Result<(), StoreFout>
where
    W: Future<Output = Result<(), StoreFout>> + Send + 'static,
{
    let taak = tokio::spawn(werk);
    op_tijd(async { taak.await.unwrap_or_else(|oorzaak| Err(StoreFout::Fout(oorzaak.to_string()))) }).await
}

/// A fault for the log; the text names tables and columns, never values.
fn fout(fout: sqlx::Error) -> StoreFout {
    StoreFout::Fout(kort(&fout))
}

fn kort(fout: &sqlx::Error) -> String {
    match fout {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::WorkerCrashed => {
            format!("geen verbinding met PostgreSQL: {fout}")
        }
        sqlx::Error::PoolTimedOut => "geen verbinding met PostgreSQL binnen de tijd".into(),
        // Class 57: the server is starting, stopping, or was stopped under us.
        sqlx::Error::Database(db) if db.code().is_some_and(|code| code.starts_with("57")) => {
            format!("PostgreSQL is gestopt of begint net: {db}")
        }
        anders => anders.to_string(),
    }
}

/// The same for the keys of a stream, version and command: there a row that exists means that somebody was first.
/// So do two transactions of which the server let only one go on. On any other key it is a fault, for trying again
/// would meet the same row.
fn was_eerst(oorzaak: sqlx::Error) -> StoreFout {
    let sqlx::Error::Database(db) = &oorzaak else { return fout(oorzaak) };
    let eerste = matches!(db.constraint(), Some("event_sleutel" | "opdracht_sleutel")) && db.is_unique_violation();
    // Serialization failure and deadlock.
    if eerste || matches!(db.code().as_deref(), Some("40001" | "40P01")) { StoreFout::Conflict } else { fout(oorzaak) }
}

#[async_trait]
impl Store for PostgresStore {
    fn schema(&self) -> Schema {
        self.schema
    }

    async fn laad(&self, casus: CasusId) -> Result<Vec<EventRij>, StoreFout> {
        op_tijd(lezen::laad(&self.pool, casus)).await
    }

    async fn laad_bij_opdracht(
        &self,
        casus: CasusId,
        id: CommandId,
    ) -> Result<(Vec<EventRij>, Option<OpdrachtRij>), StoreFout> {
        op_tijd(lezen::laad_bij_opdracht(&self.pool, casus, id)).await
    }

    async fn opdracht(&self, casus: CasusId, id: CommandId) -> Result<Option<OpdrachtRij>, StoreFout> {
        op_tijd(lezen::opdracht(&self.pool, casus, id)).await
    }

    async fn commit(&self, batch: Batch) -> Result<(), StoreFout> {
        let pool = self.pool.clone();
        tot_het_einde(async move { schrijven::commit(&pool, batch).await }).await
    }

    async fn commit_velen(&self, batches: Vec<Batch>) -> Result<(), StoreFout> {
        let pool = self.pool.clone();
        tot_het_einde(async move { schrijven::commit_velen(&pool, &batches).await }).await
    }

    async fn na_velen(&self) -> Result<(), StoreFout> {
        // Longer than a worker waits for an answer; nobody waits for this one.
        schrijven::na_velen(&self.pool).await
    }

    async fn fragmenten(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<FragmentRij>, StoreFout> {
        op_tijd(lezen::fragmenten(&self.pool, casus, eigenaar)).await
    }

    async fn bijlage(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        onderwerp: &str,
    ) -> Result<Option<FragmentRij>, StoreFout> {
        op_tijd(lezen::bijlage(&self.pool, casus, eigenaar, onderwerp)).await
    }

    async fn sleutels_en_nieuwste(
        &self,
        casus: CasusId,
        soort: &str,
    ) -> Result<(Vec<DatasleutelRij>, Vec<(OrganisatieId, FragmentId)>), StoreFout> {
        op_tijd(lezen::sleutels_en_nieuwste(&self.pool, casus, soort)).await
    }

    async fn datasleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<DatasleutelRij>, StoreFout> {
        op_tijd(lezen::datasleutels(&self.pool, casus, eigenaar)).await
    }

    async fn organisatiesleutel(
        &self,
        organisatie: &OrganisatieId,
    ) -> Result<Option<OrganisatiesleutelRij>, StoreFout> {
        op_tijd(lezen::organisatiesleutel(&self.pool, organisatie)).await
    }

    async fn bewaar_organisatiesleutel(&self, rij: OrganisatiesleutelRij) -> Result<(), StoreFout> {
        op_tijd(schrijven::bewaar_organisatiesleutel(&self.pool, rij)).await
    }

    async fn zoek_sleutels(
        &self,
        eigenaar: &OrganisatieId,
        sleutels: &[(&'static str, Vec<u8>)],
        niet: CasusId,
        maximum_per_sleutel: u32,
    ) -> Result<Vec<ZoeksleutelRij>, StoreFout> {
        op_tijd(lezen::zoek_sleutels(&self.pool, eigenaar, sleutels, niet, maximum_per_sleutel)).await
    }

    async fn zoeksleutels(&self, casus: CasusId, eigenaar: &OrganisatieId) -> Result<Vec<ZoeksleutelRij>, StoreFout> {
        op_tijd(lezen::zoeksleutels(&self.pool, casus, eigenaar)).await
    }

    async fn vervang_zoeksleutels(
        &self,
        casus: CasusId,
        eigenaar: &OrganisatieId,
        rijen: Vec<ZoeksleutelRij>,
    ) -> Result<(), StoreFout> {
        let (pool, eigenaar) = (self.pool.clone(), eigenaar.clone());
        tot_het_einde(async move { schrijven::vervang_zoeksleutels(&pool, casus, &eigenaar, rijen).await }).await
    }

    async fn bundels(&self) -> Result<Vec<BundelRij>, StoreFout> {
        op_tijd(lezen::bundels(&self.pool)).await
    }

    async fn bewaar_bundel(&self, rij: BundelRij) -> Result<(), StoreFout> {
        op_tijd(schrijven::bewaar_bundel(&self.pool, rij)).await
    }

    async fn schrijf_toegang_velen(&self, regels: Vec<ToegangRegel>) -> Result<(), StoreFout> {
        let pool = self.pool.clone();
        tot_het_einde(async move { schrijven::schrijf_toegang(&pool, &regels).await }).await
    }

    async fn toegang_van(&self, casus: CasusId, organisatie: &OrganisatieId) -> Result<Vec<ToegangRij>, StoreFout> {
        op_tijd(lezen::toegang_van(&self.pool, casus, organisatie)).await
    }

    async fn werkvoorraad(&self, vraag: WerkVraag) -> Result<Vec<WerkRij>, StoreFout> {
        op_tijd(lezen::werkvoorraad(&self.pool, vraag)).await
    }

    async fn werk_tellingen(&self, vraag: WerkVraag) -> Result<WerkTellingen, StoreFout> {
        op_tijd(lezen::werk_tellingen(&self.pool, vraag)).await
    }

    async fn dubbel_open(
        &self,
        organisatie: &OrganisatieId,
        casussen: &[CasusId],
    ) -> Result<Vec<VerbandRij>, StoreFout> {
        op_tijd(lezen::dubbel_open(&self.pool, organisatie, casussen)).await
    }

    async fn verbanden(&self, casus: CasusId, organisatie: &OrganisatieId) -> Result<Vec<CasusId>, StoreFout> {
        op_tijd(lezen::verbanden(&self.pool, casus, organisatie)).await
    }

    async fn overdrachten(&self, organisatie: &OrganisatieId, maximum: u32) -> Result<Vec<OverdrachtRij>, StoreFout> {
        op_tijd(lezen::overdrachten(&self.pool, organisatie, maximum)).await
    }

    async fn wachtende_overdrachten(&self, organisatie: &OrganisatieId) -> Result<u32, StoreFout> {
        op_tijd(lezen::wachtende_overdrachten(&self.pool, organisatie)).await
    }

    async fn tafel(&self, gemeente: &str, organisatie: &OrganisatieId) -> Result<Vec<OverdrachtRij>, StoreFout> {
        op_tijd(lezen::tafel(&self.pool, gemeente, organisatie)).await
    }

    async fn eigen(&self, organisatie: &OrganisatieId, soort: &str, maximum: u32) -> Result<Vec<EigenRij>, StoreFout> {
        op_tijd(lezen::eigen(&self.pool, organisatie, soort, maximum)).await
    }

    async fn organisaties_met(&self, soort: &str) -> Result<Vec<OrganisatieId>, StoreFout> {
        op_tijd(lezen::organisaties_met(&self.pool, soort)).await
    }

    async fn houder_op(&self, casus: CasusId, op: Instant) -> Result<Option<(OrganisatieId, String)>, StoreFout> {
        op_tijd(lezen::houder_op(&self.pool, casus, op)).await
    }

    async fn te_laat(
        &self,
        casus: CasusId,
        organisatie: &OrganisatieId,
        nu: Instant,
    ) -> Result<Vec<String>, StoreFout> {
        op_tijd(lezen::te_laat(&self.pool, casus, organisatie, nu)).await
    }

    async fn casussen_met_nummer(&self, nummer: &str) -> Result<Vec<CasusId>, StoreFout> {
        op_tijd(lezen::casussen_met_nummer(&self.pool, nummer)).await
    }

    async fn aantal_streams(&self) -> Result<u64, StoreFout> {
        op_tijd(lezen::aantal_streams(&self.pool)).await
    }

    async fn streams(&self, na: Option<CasusId>, maximum: u32) -> Result<Vec<CasusId>, StoreFout> {
        op_tijd(lezen::streams(&self.pool, na, maximum)).await
    }

    async fn vervang_views(&self, casus: CasusId, views: Views) -> Result<(), StoreFout> {
        let pool = self.pool.clone();
        tot_het_einde(async move { schrijven::vervang_views(&pool, casus, views).await }).await
    }

    async fn wekkers(&self, nu: Instant, maximum: u32) -> Result<Vec<WekkerRij>, StoreFout> {
        op_tijd(lezen::wekkers(&self.pool, nu, maximum)).await
    }

    async fn laat_rinkelen(&self, wekker: &WekkerRij, nu: Instant) -> Result<(), StoreFout> {
        op_tijd(schrijven::laat_rinkelen(&self.pool, wekker, nu)).await
    }

    async fn signalen(&self, organisatie: &OrganisatieId, maximum: u32) -> Result<Vec<WekkerRij>, StoreFout> {
        op_tijd(lezen::signalen(&self.pool, organisatie, maximum)).await
    }

    async fn neem_job(&self, job: JobRij, nu: Instant) -> Result<bool, StoreFout> {
        op_tijd(schrijven::neem_job(&self.pool, job, nu)).await
    }

    async fn laat_job_los(&self, naam: &str, houder: &str) -> Result<(), StoreFout> {
        op_tijd(schrijven::laat_job_los(&self.pool, naam, houder)).await
    }

    async fn feed(&self, na: FeedPlek, maximum: u32) -> Result<Vec<FeedRij>, StoreFout> {
        op_tijd(lezen::feed(&self.pool, na, maximum)).await
    }

    async fn views_vorm(&self) -> Result<u32, StoreFout> {
        op_tijd(lezen::views_vorm(&self.pool)).await
    }

    async fn zet_views_vorm(&self, vorm: u32) -> Result<(), StoreFout> {
        op_tijd(schrijven::zet_views_vorm(&self.pool, vorm)).await
    }

    async fn neem_bericht_aan(&self, rij: BerichtRij) -> Result<(), StoreFout> {
        op_tijd(schrijven::neem_bericht_aan(&self.pool, rij)).await
    }

    async fn bericht(&self, afzender: &OrganisatieId, bericht: &str) -> Result<Option<BerichtRij>, StoreFout> {
        op_tijd(lezen::bericht(&self.pool, afzender, bericht)).await
    }

    async fn rond_bericht_af(
        &self,
        afzender: &OrganisatieId,
        bericht: &str,
        stand: &str,
        reden: Option<&str>,
    ) -> Result<(), StoreFout> {
        op_tijd(schrijven::rond_bericht_af(&self.pool, afzender, bericht, stand, reden)).await
    }

    async fn bericht_tellingen(
        &self,
        organisatie: &OrganisatieId,
        van: Instant,
        tot: Instant,
    ) -> Result<Vec<BerichtTelling>, StoreFout> {
        op_tijd(lezen::bericht_tellingen(&self.pool, organisatie, van, tot)).await
    }

    async fn bewaar_sessie(&self, sessie: SessieRij) -> Result<(), StoreFout> {
        op_tijd(schrijven::bewaar_sessie(&self.pool, sessie)).await
    }

    async fn sessie(&self, token_hash: &[u8]) -> Result<Option<SessieRij>, StoreFout> {
        op_tijd(lezen::sessie(&self.pool, token_hash)).await
    }

    async fn raak_sessie_aan(&self, token_hash: &[u8], laatst: Instant) -> Result<(), StoreFout> {
        op_tijd(schrijven::raak_sessie_aan(&self.pool, token_hash, laatst)).await
    }

    async fn verwijder_sessie(&self, token_hash: &[u8]) -> Result<(), StoreFout> {
        op_tijd(schrijven::verwijder_sessie(&self.pool, token_hash)).await
    }
}
