//! Writes. A commit is one transaction: all rows of one change, or none.

use crate::{
    fout,
    tabel::{self, Tabel},
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
use sqlx::{SqliteConnection, SqlitePool, query, query_as};
use std::collections::BTreeMap;
use store_rijen::u64_uit;

type Gedaan = Result<(), StoreFout>;

pub(crate) async fn commit(pool: &SqlitePool, batch: Batch) -> Gedaan {
    leg_vast(pool, &[batch]).await
}

/// Pages in the log before the writer itself brings them to the file. Of single commits that is only when what shortens
/// the log beside them cannot keep up; of many it is late, for the same pages are written again and again.
pub(crate) const LOG_PAGINAS: u32 = 16_000;
const LOG_PAGINAS_VELEN: u32 = 128_000;
/// What the writer keeps of the file while many are written all over it.
const VELEN_KIBIBYTES: u32 = 512 * 1024;

pub(crate) async fn commit_velen(pool: &SqlitePool, batches: &[Batch]) -> Gedaan {
    stel_in(pool, LOG_PAGINAS_VELEN, VELEN_KIBIBYTES).await?;
    let gedaan = leg_vast(pool, batches).await;
    stel_in(pool, LOG_PAGINAS, VELEN_KIBIBYTES).await?;
    gedaan
}

/// A long log slows down who reads, and every commit tries to shorten it: it is brought to the file as a whole.
pub(crate) async fn na_velen(pool: &SqlitePool) -> Gedaan {
    query("PRAGMA wal_checkpoint(TRUNCATE)").execute(pool).await.map_err(fout)?;
    query("PRAGMA optimize").execute(pool).await.map_err(fout)?;
    stel_in(pool, LOG_PAGINAS, crate::SCHRIJVER_KIBIBYTES).await
}

async fn stel_in(pool: &SqlitePool, log_paginas: u32, kibibytes: u32) -> Gedaan {
    let zet = format!("PRAGMA wal_autocheckpoint = {log_paginas}; PRAGMA cache_size = -{kibibytes}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(zet)).execute(pool).await.map_err(fout)?;
    Ok(())
}

/// All rows of one kind after each other, in few statements. Only the last views of a casus are written: what an earlier
/// batch would have put there is replaced anyway.
async fn leg_vast(pool: &SqlitePool, batches: &[Batch]) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    let events: Vec<_> = batches.iter().flat_map(|batch| &batch.events).collect();
    voeg_toe(&mut tx, &tabel::EVENT, &events, was_eerst).await?;
    voeg_toe(&mut tx, &tabel::OPDRACHT, &batches.iter().collect::<Vec<_>>(), was_eerst).await?;
    let sleutels: Vec<_> = batches.iter().flat_map(|batch| &batch.datasleutels).collect();
    voeg_toe(&mut tx, &tabel::DATASLEUTEL, &sleutels, fout).await?;
    let fragmenten: Vec<_> = batches.iter().flat_map(|batch| &batch.fragmenten).collect();
    voeg_toe(&mut tx, &tabel::FRAGMENT, &fragmenten, fout).await?;
    let bijlagen: Vec<_> = batches.iter().flat_map(|batch| &batch.bijlagen).collect();
    voeg_toe(&mut tx, &tabel::BIJLAGE, &bijlagen, fout).await?;
    let zoek: Vec<_> = batches.iter().flat_map(|batch| &batch.zoeksleutels).collect();
    voeg_toe(&mut tx, &tabel::ZOEKSLEUTEL, &zoek, fout).await?;
    let laatste: BTreeMap<CasusId, &Views> = batches.iter().map(|batch| (batch.casus, &batch.views)).collect();
    zet_views(&mut tx, &laatste).await?;
    let regels: Vec<_> = batches.iter().map(|batch| &batch.toegang).collect();
    voeg_toegang_toe(&mut tx, &regels).await?;
    tx.commit().await.map_err(fout)
}

pub(crate) async fn vervang_zoeksleutels(
    pool: &SqlitePool,
    casus: CasusId,
    eigenaar: &OrganisatieId,
    rijen: Vec<ZoeksleutelRij>,
) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    query("DELETE FROM zoeksleutel WHERE casus = $1 AND eigenaar = $2")
        .bind(casus.0)
        .bind(eigenaar.als_str())
        .execute(&mut *tx)
        .await
        .map_err(fout)?;
    voeg_toe(&mut tx, &tabel::ZOEKSLEUTEL, &rijen.iter().collect::<Vec<_>>(), fout).await?;
    tx.commit().await.map_err(fout)
}

pub(crate) async fn vervang_views(pool: &SqlitePool, casus: CasusId, views: Views) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    zet_views(&mut tx, &BTreeMap::from([(casus, &views)])).await?;
    tx.commit().await.map_err(fout)
}

/// In the order of the casussen, which is that of the tables.
async fn zet_views(tx: &mut SqliteConnection, views: &BTreeMap<CasusId, &Views>) -> Gedaan {
    let casussen: Vec<_> = views.keys().collect();
    for naam in [
        tabel::CASUS_RIJ.naam,
        tabel::SPAN.naam,
        tabel::TERMIJN.naam,
        tabel::OVERDRACHT.naam,
        tabel::WEKKER.naam,
        tabel::VERBAND.naam,
        tabel::EIGEN.naam,
    ] {
        for deel in happen(&casussen) {
            let wis = format!("DELETE FROM {naam} WHERE casus IN ({})", vec!["?"; deel.len()].join(", "));
            let vraag = query(sqlx::AssertSqlSafe(wis));
            let vraag = deel.iter().fold(vraag, |vraag, casus| vraag.bind(casus.0));
            vraag.execute(&mut *tx).await.map_err(fout)?;
        }
    }
    let alle = || views.values();
    voeg_toe(tx, &tabel::CASUS_RIJ, &alle().flat_map(|views| &views.casus).collect::<Vec<_>>(), fout).await?;
    voeg_toe(tx, &tabel::SPAN, &alle().flat_map(|views| &views.spans).collect::<Vec<_>>(), fout).await?;
    voeg_toe(tx, &tabel::TERMIJN, &alle().flat_map(|views| &views.termijnen).collect::<Vec<_>>(), fout).await?;
    voeg_toe(tx, &tabel::OVERDRACHT, &alle().flat_map(|views| &views.overdrachten).collect::<Vec<_>>(), fout).await?;
    voeg_toe(tx, &tabel::VERBAND, &alle().flat_map(|views| &views.verbanden).collect::<Vec<_>>(), fout).await?;
    voeg_toe(tx, &tabel::EIGEN, &alle().flat_map(|views| &views.eigen).collect::<Vec<_>>(), fout).await?;
    voeg_toe(tx, &tabel::WEKKER, &alle().flat_map(|views| &views.wekkers).collect::<Vec<_>>(), fout).await
}

/// Rows in one statement; of each number there is one text, so that it is prepared once.
const HAPPEN: [usize; 4] = [256, 32, 4, 1];

fn happen<T>(rijen: &[T]) -> impl Iterator<Item = &[T]> {
    let mut rest = rijen;
    std::iter::from_fn(move || {
        let (nu, straks) = HAPPEN.iter().find_map(|hap| rest.split_at_checked(*hap))?;
        rest = straks;
        Some(nu)
    })
}

/// The statement for so many rows.
fn tekst<T>(woord: &str, tabel: &Tabel<T>, rijen: usize) -> String {
    let rij = format!("({})", vec!["?"; tabel.kolommen.split(',').count()].join(", "));
    let waarden = vec![rij; rijen].join(", ");
    format!("{woord} INTO {} ({}) VALUES {waarden} {}", tabel.naam, tabel.kolommen, tabel.dubbel)
}

async fn voeg_toe<T>(
    tx: &mut SqliteConnection,
    tabel: &Tabel<T>,
    rijen: &[&T],
    als: fn(sqlx::Error) -> StoreFout,
) -> Gedaan {
    in_happen(tx, "INSERT", tabel, rijen).await.map_err(als)
}

/// Rows without more, for a measurement.
pub(super) async fn voeg_rijen_toe<T>(
    tx: &mut SqliteConnection,
    woord: &str,
    tabel: &Tabel<T>,
    rijen: &[&T],
) -> Gedaan {
    in_happen(tx, woord, tabel, rijen).await.map_err(fout)
}

async fn in_happen<T>(
    tx: &mut SqliteConnection,
    woord: &str,
    tabel: &Tabel<T>,
    rijen: &[&T],
) -> Result<(), sqlx::Error> {
    for deel in happen(rijen) {
        let vraag = query(sqlx::AssertSqlSafe(tekst(woord, tabel, deel.len())));
        let vraag = deel.iter().fold(vraag, |vraag, rij| (tabel.bind)(vraag, rij));
        vraag.execute(&mut *tx).await?;
    }
    Ok(())
}

pub(crate) async fn bewaar_organisatiesleutel(pool: &SqlitePool, rij: OrganisatiesleutelRij) -> Gedaan {
    query("INSERT INTO organisatiesleutel (organisatie, epoch, verpakt) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING")
        .bind(rij.organisatie.als_str())
        .bind(i64::from(rij.epoch))
        .bind(rij.verpakt)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn bewaar_bundel(pool: &SqlitePool, rij: BundelRij) -> Gedaan {
    query("INSERT INTO bundel (hash, naam, bytes) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING")
        .bind(rij.hash.als_str())
        .bind(rij.naam)
        .bind(rij.bytes)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn schrijf_toegang(pool: &SqlitePool, regels: &[ToegangRegel]) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    voeg_toegang_toe(&mut tx, &regels.iter().collect::<Vec<_>>()).await?;
    tx.commit().await.map_err(fout)
}

/// Links each line to the one before it in its chain, those of this transaction included.
async fn voeg_toegang_toe(tx: &mut SqliteConnection, regels: &[&ToegangRegel]) -> Gedaan {
    let mut koppen = Koppen::new();
    for regel in regels {
        let plek = (regel.organisatie.clone(), toegang_keten(regel));
        if koppen.contains_key(&plek) {
            continue;
        }
        let laatste: Option<(i64, Vec<u8>)> = query_as(
            "SELECT versie, hash FROM toegang WHERE organisatie = $1 AND keten = $2 ORDER BY versie DESC LIMIT 1",
        )
        .bind(plek.0.als_str())
        .bind(i64::from(plek.1))
        .fetch_optional(&mut *tx)
        .await
        .map_err(fout)?;
        koppen.insert(plek, laatste.map(|(versie, hash)| (u64_uit(versie), hash)).unwrap_or_default());
    }
    let rijen = rijg_toegang(regels.iter().copied(), koppen);
    voeg_toe(tx, &tabel::TOEGANG, &rijen.iter().collect::<Vec<_>>(), fout).await
}

pub(crate) async fn laat_rinkelen(pool: &SqlitePool, wekker: &WekkerRij, nu: Instant) -> Gedaan {
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

pub(crate) async fn neem_job(pool: &SqlitePool, job: JobRij, nu: Instant) -> Result<bool, StoreFout> {
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

pub(crate) async fn laat_job_los(pool: &SqlitePool, naam: &str, houder: &str) -> Gedaan {
    query("DELETE FROM job WHERE naam = $1 AND houder = $2")
        .bind(naam)
        .bind(houder)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn zet_views_vorm(pool: &SqlitePool, vorm: u32) -> Gedaan {
    query("UPDATE views_vorm SET vorm = $1 WHERE vorm < $1").bind(i64::from(vorm)).execute(pool).await.map_err(fout)?;
    Ok(())
}

pub(crate) async fn bewaar_sessie(pool: &SqlitePool, sessie: SessieRij) -> Gedaan {
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

pub(crate) async fn raak_sessie_aan(pool: &SqlitePool, token_hash: &[u8], laatst: Instant) -> Gedaan {
    query("UPDATE sessie SET laatst_op = $2 WHERE token_hash = $1")
        .bind(token_hash)
        .bind(laatst.0)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn verwijder_sessie(pool: &SqlitePool, token_hash: &[u8]) -> Gedaan {
    query("DELETE FROM sessie WHERE token_hash = $1").bind(token_hash).execute(pool).await.map_err(fout)?;
    Ok(())
}

pub(crate) async fn neem_bericht_aan(pool: &SqlitePool, rij: BerichtRij) -> Gedaan {
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
    pool: &SqlitePool,
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
