//! Writes. A commit is one transaction: all rows of one change, or none.
//!
//! It is four round trips, however many rows there are: the beginning with its locks, the ends of the access log, one
//! statement with all rows, and the commit.

use crate::{
    fout, slot,
    tabel::{self, Bezoek, Rijen, Tabel, ViewRijen},
    was_eerst,
};
use app::{
    codec::{Koppen, rijg_toegang, toegang_keten},
    opslag::*,
    poorten::StoreFout,
};
use domain::{
    ids::{CasusId, OrganisatieId},
    tijd::Instant,
};
use sqlx::{
    AssertSqlSafe, Connection, PgConnection, PgPool, Postgres, Transaction, pool::PoolConnection, query, query_as,
    query_scalar,
};
use std::{collections::BTreeSet, sync::LazyLock};
use store_rijen::u64_uit;

type Gedaan = Result<(), StoreFout>;

pub(crate) async fn commit(pool: &PgPool, batch: Batch) -> Gedaan {
    commit_velen(pool, std::slice::from_ref(&batch)).await
}

pub(crate) async fn commit_velen(pool: &PgPool, batches: &[Batch]) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = leg_vast(&mut verbinding, batches).await;
    heel_of_weg(&mut verbinding, gedaan)
}

/// A connection on which a transaction failed is not trusted with the next one: it may still be in the first.
fn heel_of_weg(verbinding: &mut PoolConnection<Postgres>, gedaan: Gedaan) -> Gedaan {
    if matches!(gedaan, Err(StoreFout::Fout(_))) {
        verbinding.close_on_drop();
    }
    gedaan
}

/// The statement for all rows is long, and a plan for any number of rows is as good as one for these.
const BEGIN: &str = "BEGIN; SET LOCAL plan_cache_mode = force_generic_plan";

/// A transaction in which nobody else writes these casussen, no newer release writes the views, and nobody else adds to
/// the chains of these lines; and where those chains end. Without casussen nothing is asked about views.
async fn begin<'a>(
    verbinding: &'a mut PgConnection,
    casussen: Option<Vec<CasusId>>,
    regels: &[&ToegangRegel],
) -> Result<(Transaction<'a, Postgres>, Koppen), StoreFout> {
    let mut tx = verbinding.begin_with(BEGIN).await.map_err(fout)?;
    let vorm = casussen.as_ref().map(|_| i64::from(app::views::VORM));
    let sloten: BTreeSet<i64> = casussen.into_iter().flatten().map(slot).collect();
    let plekken: BTreeSet<_> = regels.iter().map(|regel| (&regel.organisatie, toegang_keten(regel))).collect();
    let einden: Vec<(String, i64, i64, Vec<u8>)> =
        query_as("SELECT organisatie, keten, versie, hash FROM begin_schrijven($1, $2, $3, $4)")
            .bind(sloten.into_iter().collect::<Vec<_>>())
            .bind(vorm)
            .bind(plekken.iter().map(|(organisatie, _)| organisatie.als_str()).collect::<Vec<_>>())
            .bind(plekken.iter().map(|(_, keten)| i64::from(*keten)).collect::<Vec<_>>())
            .fetch_all(&mut *tx)
            .await
            .map_err(was_eerst)?;
    let koppen = einden.into_iter().map(|(organisatie, keten, versie, hash)| {
        ((OrganisatieId(organisatie), u8::try_from(keten).unwrap_or(u8::MAX)), (u64_uit(versie), hash))
    });
    Ok((tx, koppen.collect()))
}

/// The server learns how large the tables have become, and plans by it.
pub(crate) async fn na_velen(pool: &PgPool) -> Gedaan {
    query("ANALYZE").execute(pool).await.map_err(fout)?;
    Ok(())
}

/// In every transaction the locks on chains of the access log come after those on casussen, and all that is left then is
/// one statement and the commit: nobody who waits for a chain holds what the one before still needs.
async fn leg_vast(verbinding: &mut PgConnection, batches: &[Batch]) -> Gedaan {
    static TEKST: LazyLock<String> = LazyLock::new(|| Rijen::default().elk(Zin::nieuw()).tekst());
    let regels: Vec<_> = batches.iter().map(|batch| &batch.toegang).collect();
    let casussen = Some(batches.iter().map(|batch| batch.casus).collect());
    let (mut tx, koppen) = begin(verbinding, casussen, &regels).await?;
    let toegang = rijg_toegang(regels, koppen);
    let rijen = Rijen::van(batches, &toegang);
    let vraag = rijen.elk(query(TEKST.as_str()).bind(rijen.casussen()));
    vraag.execute(&mut *tx).await.map_err(was_eerst)?;
    tx.commit().await.map_err(fout)
}

/// The text of a statement that writes rows of several tables. The views of the casussen in its first parameter are
/// replaced as a whole.
///
/// What must not be there yet is looked at first: the other parts wait for its rows, because who lost a race for a version
/// has to hear that, and not that somebody made the same data key. The rows of a view wait for those that they replace.
struct Zin {
    delen: Vec<String>,
    parameters: usize,
    /// The part for which the next ones wait.
    eerst: Option<String>,
}

impl Zin {
    fn nieuw() -> Self {
        Self { delen: Vec::new(), parameters: 1, eerst: None }
    }

    fn tekst(&self) -> String {
        format!("WITH {} SELECT 1", self.delen.join(", "))
    }
}

impl<'q> Bezoek<'q> for Zin {
    fn tabel<T>(mut self, tabel: &Tabel<T>, _: &[&'q T]) -> Self {
        let naam = tabel.naam;
        let mut na: Vec<_> = self.eerst.clone().into_iter().collect();
        if tabel.sleutel.is_some() {
            self.delen.push(format!("weg_{naam} AS (DELETE FROM {naam} WHERE casus = ANY($1) RETURNING 1)"));
            na.push(format!("weg_{naam}"));
        }
        let invoer = tabel.invoer(self.parameters + 1, &na, tabel.dubbel);
        self.delen.push(format!("erbij_{naam} AS ({invoer} RETURNING 1)"));
        self.parameters += tabel.kolommen.len();
        if [tabel::EVENT.naam, tabel::OPDRACHT.naam].contains(&naam) {
            self.eerst = Some(format!("erbij_{naam}"));
        }
        self
    }
}

pub(crate) async fn vervang_zoeksleutels(
    pool: &PgPool,
    casus: CasusId,
    eigenaar: &OrganisatieId,
    rijen: Vec<ZoeksleutelRij>,
) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = zet_zoeksleutels(&mut verbinding, casus, eigenaar, &rijen).await;
    heel_of_weg(&mut verbinding, gedaan)
}

async fn zet_zoeksleutels(
    verbinding: &mut PgConnection,
    casus: CasusId,
    eigenaar: &OrganisatieId,
    rijen: &[ZoeksleutelRij],
) -> Gedaan {
    let (mut tx, _) = begin(verbinding, Some(vec![casus]), &[]).await?;
    query("DELETE FROM zoeksleutel WHERE casus = $1 AND eigenaar = $2")
        .bind(casus.0)
        .bind(eigenaar.als_str())
        .execute(&mut *tx)
        .await
        .map_err(fout)?;
    voeg_toe(&mut tx, &tabel::ZOEKSLEUTEL, &rijen.iter().collect::<Vec<_>>()).await?;
    tx.commit().await.map_err(fout)
}

pub(crate) async fn vervang_views(pool: &PgPool, casus: CasusId, views: Views) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = ververs(&mut verbinding, casus, &views).await;
    heel_of_weg(&mut verbinding, gedaan)
}

async fn ververs(verbinding: &mut PgConnection, casus: CasusId, views: &Views) -> Gedaan {
    static TEKST: LazyLock<String> = LazyLock::new(|| ViewRijen::default().elk(Zin::nieuw()).tekst());
    let (mut tx, _) = begin(verbinding, Some(vec![casus]), &[]).await?;
    let vraag = ViewRijen::van([views]).elk(query(TEKST.as_str()).bind([casus.0]));
    vraag.execute(&mut *tx).await.map_err(fout)?;
    tx.commit().await.map_err(fout)
}

async fn voeg_toe<T>(tx: &mut PgConnection, tabel: &Tabel<T>, rijen: &[&T]) -> Gedaan {
    let tekst = tabel.invoer(1, &[], tabel.dubbel);
    (tabel.bind)(query(AssertSqlSafe(tekst)), rijen).execute(tx).await.map_err(fout)?;
    Ok(())
}

pub(crate) async fn bewaar_organisatiesleutel(pool: &PgPool, rij: OrganisatiesleutelRij) -> Gedaan {
    query("INSERT INTO organisatiesleutel (organisatie, epoch, verpakt) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(rij.organisatie.als_str())
        .bind(i64::from(rij.epoch))
        .bind(rij.verpakt)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

/// Two processes that start together both write it: whichever of the two unique columns the other one meets first is no
/// fault. Another content under this name is.
pub(crate) async fn bewaar_bundel(pool: &PgPool, rij: BundelRij) -> Gedaan {
    query("INSERT INTO bundel (hash, naam, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(rij.hash.als_str())
        .bind(&rij.naam)
        .bind(rij.bytes)
        .execute(pool)
        .await
        .map_err(fout)?;
    let bewaard: bool = query_scalar("SELECT EXISTS (SELECT 1 FROM bundel WHERE hash = $1)")
        .bind(rij.hash.als_str())
        .fetch_one(pool)
        .await
        .map_err(fout)?;
    if bewaard { Ok(()) } else { Err(StoreFout::Fout(format!("{} heeft hier al een andere inhoud", rij.naam))) }
}

pub(crate) async fn schrijf_toegang(pool: &PgPool, regels: &[ToegangRegel]) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = leg_toegang_vast(&mut verbinding, &regels.iter().collect::<Vec<_>>()).await;
    heel_of_weg(&mut verbinding, gedaan)
}

async fn leg_toegang_vast(verbinding: &mut PgConnection, regels: &[&ToegangRegel]) -> Gedaan {
    let (mut tx, koppen) = begin(verbinding, None, regels).await?;
    let rijen = rijg_toegang(regels.iter().copied(), koppen);
    voeg_toe(&mut tx, &tabel::TOEGANG, &rijen.iter().collect::<Vec<_>>()).await?;
    tx.commit().await.map_err(fout)
}

pub(crate) async fn laat_rinkelen(pool: &PgPool, wekker: &WekkerRij, nu: Instant) -> Gedaan {
    query(
        "INSERT INTO signaal (casus, soort, sleutel, op, organisatie, gerinkeld_op) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT DO NOTHING",
    )
    .bind(wekker.casus.0)
    .bind(&wekker.soort)
    .bind(&wekker.sleutel)
    .bind(wekker.op.0)
    .bind(wekker.organisatie.als_str())
    .bind(nu.0)
    .execute(pool)
    .await
    .map_err(fout)?;
    Ok(())
}

pub(crate) async fn neem_job(pool: &PgPool, job: JobRij, nu: Instant) -> Result<bool, StoreFout> {
    let genomen = query(
        "INSERT INTO job (naam, houder, tot) VALUES ($1, $2, $3) ON CONFLICT (naam) DO UPDATE \
         SET houder = excluded.houder, tot = excluded.tot WHERE job.houder = excluded.houder OR job.tot <= $4",
    )
    .bind(job.naam)
    .bind(job.houder)
    .bind(job.tot.0)
    .bind(nu.0)
    .execute(pool)
    .await
    .map_err(fout)?;
    Ok(genomen.rows_affected() == 1)
}

pub(crate) async fn laat_job_los(pool: &PgPool, naam: &str, houder: &str) -> Gedaan {
    query("DELETE FROM job WHERE naam = $1 AND houder = $2")
        .bind(naam)
        .bind(houder)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn zet_views_vorm(pool: &PgPool, vorm: u32) -> Gedaan {
    query("UPDATE views_vorm SET vorm = $1 WHERE vorm < $1").bind(i64::from(vorm)).execute(pool).await.map_err(fout)?;
    Ok(())
}

pub(crate) async fn bewaar_sessie(pool: &PgPool, sessie: SessieRij) -> Gedaan {
    query(
        "INSERT INTO sessie (token_hash, medewerker, organisatie, naam, begonnen_op, laatst_op) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(sessie.token_hash)
    .bind(sessie.medewerker.als_str())
    .bind(sessie.organisatie.als_str())
    .bind(sessie.naam)
    .bind(sessie.begonnen_op.0)
    .bind(sessie.laatst_op.0)
    .execute(pool)
    .await
    .map_err(fout)?;
    Ok(())
}

pub(crate) async fn raak_sessie_aan(pool: &PgPool, token_hash: &[u8], laatst: Instant) -> Gedaan {
    query("UPDATE sessie SET laatst_op = $2 WHERE token_hash = $1")
        .bind(token_hash)
        .bind(laatst.0)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn verwijder_sessie(pool: &PgPool, token_hash: &[u8]) -> Gedaan {
    query("DELETE FROM sessie WHERE token_hash = $1").bind(token_hash).execute(pool).await.map_err(fout)?;
    Ok(())
}

pub(crate) async fn neem_bericht_aan(pool: &PgPool, rij: BerichtRij) -> Gedaan {
    query(
        "INSERT INTO bericht (afzender, bericht, soort, digest, ontvangen_op, veilig_thuis, stand, reden) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (afzender, bericht) DO NOTHING",
    )
    .bind(rij.afzender.als_str())
    .bind(rij.bericht)
    .bind(rij.soort)
    .bind(rij.digest)
    .bind(rij.ontvangen_op.0)
    .bind(rij.veilig_thuis.as_ref().map(OrganisatieId::als_str))
    .bind(rij.stand)
    .bind(rij.reden)
    .execute(pool)
    .await
    .map_err(fout)?;
    Ok(())
}

pub(crate) async fn rond_bericht_af(
    pool: &PgPool,
    afzender: &OrganisatieId,
    bericht: &str,
    stand: &str,
    reden: Option<&str>,
) -> Gedaan {
    query("UPDATE bericht SET stand = $3, reden = $4 WHERE afzender = $1 AND bericht = $2 AND stand = $5")
        .bind(afzender.als_str())
        .bind(bericht)
        .bind(stand)
        .bind(reden)
        .bind(BERICHT_ONTVANGEN)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}
