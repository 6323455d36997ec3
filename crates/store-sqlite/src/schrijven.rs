//! Writes. A commit is one transaction: all rows of one change, or none.

use crate::{fout, rijen::i64_uit, was_eerst};
use app::{codec::toegang_hash, opslag::*, poorten::StoreFout};
use domain::{
    ids::{CasusId, OrganisatieId},
    tijd::Instant,
};
use sqlx::{SqliteConnection, SqlitePool, query, query_as};

type Gedaan = Result<(), StoreFout>;

pub(crate) async fn commit(pool: &SqlitePool, batch: Batch) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    for event in &batch.events {
        voeg_event_toe(&mut tx, event).await?;
    }
    let opdracht = &batch.opdracht;
    query(
        "INSERT INTO opdracht (casus, command_id, digest, eerste_versie, laatste_versie) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(batch.casus.0)
    .bind(opdracht.id.0)
    .bind(&opdracht.digest)
    .bind(i64_uit(opdracht.eerste_versie))
    .bind(i64_uit(opdracht.laatste_versie))
    .execute(&mut *tx)
    .await
    .map_err(was_eerst)?;
    for sleutel in &batch.datasleutels {
        query("INSERT INTO datasleutel (casus, eigenaar, onderwerp, verpakt) VALUES ($1, $2, $3, $4)")
            .bind(sleutel.casus.0)
            .bind(sleutel.eigenaar.als_str())
            .bind(&sleutel.onderwerp)
            .bind(&sleutel.verpakt)
            .execute(&mut *tx)
            .await
            .map_err(fout)?;
    }
    for fragment in &batch.fragmenten {
        voeg_fragment_toe(&mut tx, fragment).await?;
    }
    for rij in &batch.zoeksleutels {
        voeg_zoeksleutel_toe(&mut tx, rij).await?;
    }
    zet_views(&mut tx, batch.casus, &batch.views).await?;
    voeg_toegang_toe(&mut tx, &batch.toegang).await?;
    tx.commit().await.map_err(fout)
}

async fn voeg_event_toe(tx: &mut SqliteConnection, event: &EventRij) -> Gedaan {
    query(
        "INSERT INTO event (casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, \
         command_id, bundel, prev_hash, hash, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(event.casus.0)
    .bind(i64_uit(event.versie))
    .bind(&event.soort)
    .bind(i64::from(event.schema))
    .bind(event.gebeurd_op.0)
    .bind(event.vastgelegd_op.0)
    .bind(event.medewerker.als_str())
    .bind(event.organisatie.als_str())
    .bind(event.command_id.0)
    .bind(event.bundel.als_str())
    .bind(&event.prev_hash)
    .bind(&event.hash)
    .bind(&event.body)
    .execute(tx)
    .await
    .map_err(was_eerst)?;
    Ok(())
}

async fn voeg_fragment_toe(tx: &mut SqliteConnection, fragment: &FragmentRij) -> Gedaan {
    query(
        "INSERT INTO fragment (id, casus, eigenaar, onderwerp, soort, versie, verzegeld) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(fragment.id.0)
    .bind(fragment.casus.0)
    .bind(fragment.eigenaar.als_str())
    .bind(&fragment.onderwerp)
    .bind(&fragment.soort)
    .bind(i64_uit(fragment.versie))
    .bind(&fragment.verzegeld)
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
}

async fn voeg_zoeksleutel_toe(tx: &mut SqliteConnection, rij: &ZoeksleutelRij) -> Gedaan {
    query(
        "INSERT INTO zoeksleutel (eigenaar, soort, sleutel, casus, persoon) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(rij.eigenaar.als_str())
    .bind(&rij.soort)
    .bind(&rij.sleutel)
    .bind(rij.casus.0)
    .bind(rij.persoon.0)
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
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
    for rij in &rijen {
        voeg_zoeksleutel_toe(&mut tx, rij).await?;
    }
    tx.commit().await.map_err(fout)
}

pub(crate) async fn vervang_views(pool: &SqlitePool, casus: CasusId, views: Views) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    zet_views(&mut tx, casus, &views).await?;
    tx.commit().await.map_err(fout)
}

async fn zet_views(tx: &mut SqliteConnection, casus: CasusId, views: &Views) -> Gedaan {
    for wis in [
        "DELETE FROM casus_rij WHERE casus = $1",
        "DELETE FROM zicht_span WHERE casus = $1",
        "DELETE FROM termijn WHERE casus = $1",
        "DELETE FROM overdracht_rij WHERE casus = $1",
        "DELETE FROM wekker WHERE casus = $1",
        "DELETE FROM verband WHERE casus = $1",
    ] {
        query(wis).bind(casus.0).execute(&mut *tx).await.map_err(fout)?;
    }
    for rij in &views.casus {
        zet_casus(tx, rij).await?;
    }
    for span in &views.spans {
        query("INSERT INTO zicht_span (casus, volgnummer, van, tot, houder, grond) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(span.casus.0)
            .bind(i64::from(span.volgnummer))
            .bind(span.van.0)
            .bind(span.tot.map(|tot| tot.0))
            .bind(span.houder.als_str())
            .bind(span.grond.als_str())
            .execute(&mut *tx)
            .await
            .map_err(fout)?;
    }
    for termijn in &views.termijnen {
        zet_termijn(tx, termijn).await?;
    }
    for overdracht in &views.overdrachten {
        zet_overdracht(tx, overdracht).await?;
    }
    for verband in &views.verbanden {
        query("INSERT INTO verband (casus, organisatie, ander) VALUES ($1, $2, $3)")
            .bind(verband.casus.0)
            .bind(verband.organisatie.als_str())
            .bind(verband.ander.0)
            .execute(&mut *tx)
            .await
            .map_err(fout)?;
    }
    for wekker in &views.wekkers {
        query("INSERT INTO wekker (casus, soort, sleutel, op, organisatie) VALUES ($1, $2, $3, $4, $5)")
            .bind(wekker.casus.0)
            .bind(&wekker.soort)
            .bind(&wekker.sleutel)
            .bind(wekker.op.0)
            .bind(wekker.organisatie.als_str())
            .execute(&mut *tx)
            .await
            .map_err(fout)?;
    }
    Ok(())
}

async fn zet_casus(tx: &mut SqliteConnection, rij: &CasusRij) -> Gedaan {
    query(
        "INSERT INTO casus_rij (casus, organisatie, nummer, rol, gemeente, personen, kinderen, toegewezen_aan, spoed, \
         gesloten, termijn_soort, termijn_naam, termijn_uiterlijk, ontvangen_op, laatst_op, naam) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    )
    .bind(rij.casus.0)
    .bind(rij.organisatie.als_str())
    .bind(&rij.nummer)
    .bind(&rij.rol)
    .bind(&rij.gemeente)
    .bind(i64::from(rij.personen))
    .bind(i64::from(rij.kinderen))
    .bind(rij.toegewezen_aan.as_ref().map(|medewerker| medewerker.als_str()))
    .bind(rij.spoed)
    .bind(rij.gesloten)
    .bind(&rij.termijn_soort)
    .bind(&rij.termijn_naam)
    .bind(rij.termijn_uiterlijk.map(|op| op.0))
    .bind(rij.ontvangen_op.0)
    .bind(rij.laatst_op.0)
    .bind(rij.naam.map(|naam| naam.0))
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
}

async fn zet_termijn(tx: &mut SqliteConnection, termijn: &TermijnRij) -> Gedaan {
    query(
        "INSERT INTO termijn (casus, volgnummer, soort, clausule, wie, anker, uiterlijk, voldaan_op, vervallen_op) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(termijn.casus.0)
    .bind(i64::from(termijn.volgnummer))
    .bind(&termijn.soort)
    .bind(termijn.clausule.als_str())
    .bind(termijn.wie.als_str())
    .bind(termijn.anker.0)
    .bind(termijn.uiterlijk.0)
    .bind(termijn.voldaan_op.map(|op| op.0))
    .bind(termijn.vervallen_op.map(|op| op.0))
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
}

async fn zet_overdracht(tx: &mut SqliteConnection, rij: &OverdrachtRij) -> Gedaan {
    query(
        "INSERT INTO overdracht_rij (casus, organisatie, overdracht, nummer, van, naar, gemeente, wijze, stand, \
         compleet, aangeboden_op, beslist_op, uiterlijk) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
    )
    .bind(rij.casus.0)
    .bind(rij.organisatie.als_str())
    .bind(rij.overdracht.0)
    .bind(&rij.nummer)
    .bind(rij.van.als_str())
    .bind(rij.naar.als_str())
    .bind(&rij.gemeente)
    .bind(&rij.wijze)
    .bind(&rij.stand)
    .bind(rij.compleet)
    .bind(rij.aangeboden_op.0)
    .bind(rij.beslist_op.map(|op| op.0))
    .bind(rij.uiterlijk.map(|op| op.0))
    .execute(tx)
    .await
    .map_err(fout)?;
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

pub(crate) async fn schrijf_toegang(pool: &SqlitePool, regel: &ToegangRegel) -> Gedaan {
    let mut tx = pool.begin_with("BEGIN IMMEDIATE").await.map_err(fout)?;
    voeg_toegang_toe(&mut tx, regel).await?;
    tx.commit().await.map_err(fout)
}

async fn voeg_toegang_toe(tx: &mut SqliteConnection, regel: &ToegangRegel) -> Gedaan {
    let laatste: Option<(i64, Vec<u8>)> =
        query_as("SELECT versie, hash FROM toegang WHERE organisatie = $1 ORDER BY versie DESC LIMIT 1")
            .bind(regel.organisatie.als_str())
            .fetch_optional(&mut *tx)
            .await
            .map_err(fout)?;
    let (versie, prev_hash) = laatste.map_or((1, Vec::new()), |(versie, hash)| (versie + 1, hash));
    let hash = toegang_hash(&prev_hash, crate::rijen::u64_uit(versie), regel);
    query(
        "INSERT INTO toegang (organisatie, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(regel.organisatie.als_str())
    .bind(versie)
    .bind(regel.op.0)
    .bind(regel.medewerker.als_str())
    .bind(regel.casus.map(|casus| casus.0))
    .bind(&regel.handeling)
    .bind(&regel.uitkomst)
    .bind(prev_hash)
    .bind(hash)
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
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
