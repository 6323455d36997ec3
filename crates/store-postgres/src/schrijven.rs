//! Writes. A commit is one transaction: all rows of one change, or none.
//!
//! The rows of one kind go along as arrays, one array per column, so that a commit is a handful of round trips
//! however many rows it has.

use crate::{begin, fout, rijen::i64_uit, slot, was_eerst};
use app::{codec::toegang_hash, opslag::*, poorten::StoreFout};
use domain::{
    ids::{CasusId, OrganisatieId},
    tijd::Instant,
};
use sqlx::{Connection, PgConnection, PgPool, Postgres, pool::PoolConnection, query, query_as, query_scalar};
use std::collections::BTreeMap;
use uuid::Uuid;

type Gedaan = Result<(), StoreFout>;

/// One column of rows.
pub(super) fn kolom<'a, R, T>(rijen: &'a [R], waarde: impl Fn(&'a R) -> T) -> Vec<T> {
    rijen.iter().map(waarde).collect()
}

pub(crate) async fn commit(pool: &PgPool, batch: Batch) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = leg_vast(&mut verbinding, &batch).await;
    heel_of_weg(&mut verbinding, gedaan)
}

/// A connection on which a transaction failed is not trusted with the next one: it may still be in the first.
fn heel_of_weg(verbinding: &mut PoolConnection<Postgres>, gedaan: Gedaan) -> Gedaan {
    if matches!(gedaan, Err(StoreFout::Fout(_))) {
        verbinding.close_on_drop();
    }
    gedaan
}

async fn leg_vast(verbinding: &mut PgConnection, batch: &Batch) -> Gedaan {
    let mut tx = begin(verbinding, batch.casus).await?;
    voeg_toe(&mut tx, batch).await?;
    zet_views(&mut tx, &batch.views).await?;
    voeg_toegang_toe(&mut tx, &[&batch.toegang]).await?;
    tx.commit().await.map_err(fout)
}

/// All rows of one kind in one statement. Only the last views of a casus are written: what an earlier batch would have
/// put there is replaced anyway.
pub(crate) async fn commit_velen(pool: &PgPool, batches: &[Batch]) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = leg_velen_vast(&mut verbinding, batches).await;
    heel_of_weg(&mut verbinding, gedaan)
}

async fn leg_velen_vast(verbinding: &mut PgConnection, batches: &[Batch]) -> Gedaan {
    let laatste: BTreeMap<CasusId, &Views> = batches.iter().map(|batch| (batch.casus, &batch.views)).collect();
    let mut tx = verbinding.begin().await.map_err(fout)?;
    query("SELECT eis_views_vorm($1)").bind(i64::from(app::views::VORM)).execute(&mut *tx).await.map_err(fout)?;
    // In one order, so that two who write many do not wait for each other.
    let mut sloten = kolom(&laatste.keys().collect::<Vec<_>>(), |casus| slot(**casus));
    sloten.sort_unstable();
    query("SELECT pg_advisory_xact_lock(s) FROM unnest($1::bigint[]) s")
        .bind(sloten)
        .execute(&mut *tx)
        .await
        .map_err(fout)?;
    voeg_velen_toe(&mut tx, batches).await?;
    let casussen: Vec<_> = laatste.keys().map(|casus| casus.0).collect();
    wis_views(&mut tx, &casussen).await?;
    let mut samen = Views::default();
    for views in laatste.into_values().cloned() {
        samen.casus.extend(views.casus);
        samen.spans.extend(views.spans);
        samen.termijnen.extend(views.termijnen);
        samen.overdrachten.extend(views.overdrachten);
        samen.wekkers.extend(views.wekkers);
        samen.verbanden.extend(views.verbanden);
    }
    zet_views(&mut tx, &samen).await?;
    voeg_toegang_toe(&mut tx, &batches.iter().map(|batch| &batch.toegang).collect::<Vec<_>>()).await?;
    tx.commit().await.map_err(fout)
}

async fn voeg_velen_toe(tx: &mut PgConnection, batches: &[Batch]) -> Gedaan {
    let events: Vec<_> = batches.iter().flat_map(|batch| &batch.events).collect();
    query(
        "INSERT INTO event (casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, \
         command_id, bundel, prev_hash, hash, body) \
         SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], \
           $7::text[], $8::text[], $9::uuid[], $10::text[], $11::bytea[], $12::bytea[], $13::bytea[])",
    )
    .bind(kolom(&events, |e| e.casus.0))
    .bind(kolom(&events, |e| i64_uit(e.versie)))
    .bind(kolom(&events, |e| e.soort.as_str()))
    .bind(kolom(&events, |e| i64::from(e.schema)))
    .bind(kolom(&events, |e| e.gebeurd_op.0))
    .bind(kolom(&events, |e| e.vastgelegd_op.0))
    .bind(kolom(&events, |e| e.medewerker.als_str()))
    .bind(kolom(&events, |e| e.organisatie.als_str()))
    .bind(kolom(&events, |e| e.command_id.0))
    .bind(kolom(&events, |e| e.bundel.als_str()))
    .bind(kolom(&events, |e| e.prev_hash.as_slice()))
    .bind(kolom(&events, |e| e.hash.as_slice()))
    .bind(kolom(&events, |e| e.body.as_slice()))
    .execute(&mut *tx)
    .await
    .map_err(was_eerst)?;
    query(
        "INSERT INTO opdracht (casus, command_id, digest, eerste_versie, laatste_versie) \
         SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::bytea[], $4::bigint[], $5::bigint[])",
    )
    .bind(kolom(batches, |b| b.casus.0))
    .bind(kolom(batches, |b| b.opdracht.id.0))
    .bind(kolom(batches, |b| b.opdracht.digest.as_slice()))
    .bind(kolom(batches, |b| i64_uit(b.opdracht.eerste_versie)))
    .bind(kolom(batches, |b| i64_uit(b.opdracht.laatste_versie)))
    .execute(&mut *tx)
    .await
    .map_err(was_eerst)?;
    let sleutels: Vec<_> = batches.iter().flat_map(|batch| &batch.datasleutels).collect();
    let stukken: Vec<_> = batches.iter().flat_map(|batch| &batch.fragmenten).collect();
    query(
        "WITH sleutels AS ( \
           INSERT INTO datasleutel (casus, eigenaar, onderwerp, verpakt) \
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bytea[])) \
         INSERT INTO fragment (id, casus, eigenaar, onderwerp, soort, versie, verzegeld) \
         SELECT * FROM unnest($5::uuid[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::bigint[], $11::bytea[])",
    )
    .bind(kolom(&sleutels, |s| s.casus.0))
    .bind(kolom(&sleutels, |s| s.eigenaar.als_str()))
    .bind(kolom(&sleutels, |s| s.onderwerp.as_str()))
    .bind(kolom(&sleutels, |s| s.verpakt.as_slice()))
    .bind(kolom(&stukken, |f| f.id.0))
    .bind(kolom(&stukken, |f| f.casus.0))
    .bind(kolom(&stukken, |f| f.eigenaar.als_str()))
    .bind(kolom(&stukken, |f| f.onderwerp.as_str()))
    .bind(kolom(&stukken, |f| f.soort.as_str()))
    .bind(kolom(&stukken, |f| i64_uit(f.versie)))
    .bind(kolom(&stukken, |f| f.verzegeld.as_slice()))
    .execute(&mut *tx)
    .await
    .map_err(fout)?;
    voeg_zoeksleutels_toe(tx, &batches.iter().flat_map(|batch| &batch.zoeksleutels).collect::<Vec<_>>()).await
}

async fn voeg_zoeksleutels_toe(tx: &mut PgConnection, rijen: &[&ZoeksleutelRij]) -> Gedaan {
    if rijen.is_empty() {
        return Ok(());
    }
    query(
        "INSERT INTO zoeksleutel (eigenaar, soort, sleutel, casus, persoon) \
         SELECT * FROM unnest($1::text[], $2::text[], $3::bytea[], $4::uuid[], $5::uuid[]) ON CONFLICT DO NOTHING",
    )
    .bind(kolom(rijen, |z| z.eigenaar.als_str()))
    .bind(kolom(rijen, |z| z.soort.as_str()))
    .bind(kolom(rijen, |z| z.sleutel.as_slice()))
    .bind(kolom(rijen, |z| z.casus.0))
    .bind(kolom(rijen, |z| z.persoon.0))
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
}

async fn wis_views(tx: &mut PgConnection, casussen: &[Uuid]) -> Gedaan {
    query(
        "WITH v1 AS (DELETE FROM casus_rij WHERE casus = ANY($1)), v2 AS (DELETE FROM zicht_span WHERE casus = ANY($1)), \
         v3 AS (DELETE FROM termijn WHERE casus = ANY($1)), v4 AS (DELETE FROM overdracht_rij WHERE casus = ANY($1)), \
         v5 AS (DELETE FROM wekker WHERE casus = ANY($1)), \
         v6 AS (DELETE FROM verband WHERE casus = ANY($1)) SELECT 1",
    )
    .bind(casussen)
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
}

/// Events, the command, and what was sealed with them; and the views of before go away.
///
/// What must not be there yet is looked at first: the later parts wait for its rows, because who lost a race for a
/// version has to hear that, and not that somebody made the same data key.
async fn voeg_toe(tx: &mut PgConnection, batch: &Batch) -> Gedaan {
    let (events, sleutels, stukken) = (&batch.events, &batch.datasleutels, &batch.fragmenten);
    let zoek = &batch.zoeksleutels;
    query(
        "WITH events AS ( \
           INSERT INTO event (casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, \
             command_id, bundel, prev_hash, hash, body) \
           SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], \
             $8::text[], $9::uuid[], $10::text[], $11::bytea[], $12::bytea[], $13::bytea[]) RETURNING versie), \
         opdrachten AS ( \
           INSERT INTO opdracht (casus, command_id, digest, eerste_versie, laatste_versie) \
           SELECT $1, $14, $15, $16, $17 FROM (SELECT COUNT(*) FROM events) eerst RETURNING casus), \
         sleutels AS ( \
           INSERT INTO datasleutel (casus, eigenaar, onderwerp, verpakt) \
           SELECT o.casus, s.* FROM opdrachten o, unnest($18::text[], $19::text[], $20::bytea[]) s), \
         stukken AS ( \
           INSERT INTO fragment (casus, id, eigenaar, onderwerp, soort, versie, verzegeld) \
           SELECT o.casus, s.* FROM opdrachten o, \
             unnest($21::uuid[], $22::text[], $23::text[], $24::text[], $25::bigint[], $26::bytea[]) s), \
         zoek AS ( \
           INSERT INTO zoeksleutel (casus, eigenaar, soort, sleutel, persoon) \
           SELECT o.casus, z.* FROM opdrachten o, unnest($27::text[], $28::text[], $29::bytea[], $30::uuid[]) z \
           ON CONFLICT DO NOTHING), \
         v1 AS (DELETE FROM casus_rij WHERE casus IN (SELECT casus FROM opdrachten)), \
         v2 AS (DELETE FROM zicht_span WHERE casus IN (SELECT casus FROM opdrachten)), \
         v3 AS (DELETE FROM termijn WHERE casus IN (SELECT casus FROM opdrachten)), \
         v4 AS (DELETE FROM overdracht_rij WHERE casus IN (SELECT casus FROM opdrachten)), \
         v5 AS (DELETE FROM wekker WHERE casus IN (SELECT casus FROM opdrachten)), \
         v6 AS (DELETE FROM verband WHERE casus IN (SELECT casus FROM opdrachten)) \
         SELECT 1",
    )
    .bind(batch.casus.0)
    .bind(kolom(events, |e| i64_uit(e.versie)))
    .bind(kolom(events, |e| e.soort.as_str()))
    .bind(kolom(events, |e| i64::from(e.schema)))
    .bind(kolom(events, |e| e.gebeurd_op.0))
    .bind(kolom(events, |e| e.vastgelegd_op.0))
    .bind(kolom(events, |e| e.medewerker.als_str()))
    .bind(kolom(events, |e| e.organisatie.als_str()))
    .bind(kolom(events, |e| e.command_id.0))
    .bind(kolom(events, |e| e.bundel.als_str()))
    .bind(kolom(events, |e| e.prev_hash.as_slice()))
    .bind(kolom(events, |e| e.hash.as_slice()))
    .bind(kolom(events, |e| e.body.as_slice()))
    .bind(batch.opdracht.id.0)
    .bind(&batch.opdracht.digest)
    .bind(i64_uit(batch.opdracht.eerste_versie))
    .bind(i64_uit(batch.opdracht.laatste_versie))
    .bind(kolom(sleutels, |s| s.eigenaar.als_str()))
    .bind(kolom(sleutels, |s| s.onderwerp.as_str()))
    .bind(kolom(sleutels, |s| s.verpakt.as_slice()))
    .bind(kolom(stukken, |f| f.id.0))
    .bind(kolom(stukken, |f| f.eigenaar.als_str()))
    .bind(kolom(stukken, |f| f.onderwerp.as_str()))
    .bind(kolom(stukken, |f| f.soort.as_str()))
    .bind(kolom(stukken, |f| i64_uit(f.versie)))
    .bind(kolom(stukken, |f| f.verzegeld.as_slice()))
    .bind(kolom(zoek, |z| z.eigenaar.als_str()))
    .bind(kolom(zoek, |z| z.soort.as_str()))
    .bind(kolom(zoek, |z| z.sleutel.as_slice()))
    .bind(kolom(zoek, |z| z.persoon.0))
    .execute(tx)
    .await
    .map_err(was_eerst)?;
    Ok(())
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
    let mut tx = begin(verbinding, casus).await?;
    query("DELETE FROM zoeksleutel WHERE casus = $1 AND eigenaar = $2")
        .bind(casus.0)
        .bind(eigenaar.als_str())
        .execute(&mut *tx)
        .await
        .map_err(fout)?;
    voeg_zoeksleutels_toe(&mut tx, &rijen.iter().collect::<Vec<_>>()).await?;
    tx.commit().await.map_err(fout)
}

pub(crate) async fn vervang_views(pool: &PgPool, casus: CasusId, views: Views) -> Gedaan {
    let mut verbinding = pool.acquire().await.map_err(fout)?;
    let gedaan = ververs(&mut verbinding, casus, &views).await;
    heel_of_weg(&mut verbinding, gedaan)
}

async fn ververs(verbinding: &mut PgConnection, casus: CasusId, views: &Views) -> Gedaan {
    let mut tx = begin(verbinding, casus).await?;
    wis_views(&mut tx, &[casus.0]).await?;
    zet_views(&mut tx, views).await?;
    tx.commit().await.map_err(fout)
}

/// Two statements: the rows of the casus in the lists, and what follows from its lines and terms.
async fn zet_views(tx: &mut PgConnection, views: &Views) -> Gedaan {
    if !views.casus.is_empty() || !views.overdrachten.is_empty() {
        zet_lijsten(tx, &views.casus, &views.overdrachten).await?;
    }
    let (spans, termijnen, wekkers, verbanden) = (&views.spans, &views.termijnen, &views.wekkers, &views.verbanden);
    if spans.is_empty() && termijnen.is_empty() && wekkers.is_empty() && verbanden.is_empty() {
        return Ok(());
    }
    query(
        "WITH spans AS ( \
           INSERT INTO zicht_span (casus, volgnummer, van, tot, houder, grond) \
           SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[])), \
         termijnen AS ( \
           INSERT INTO termijn (casus, volgnummer, soort, clausule, wie, anker, uiterlijk, voldaan_op, vervallen_op) \
           SELECT * FROM unnest($7::uuid[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::bigint[], \
             $13::bigint[], $14::bigint[], $15::bigint[])), \
         verbanden AS ( \
           INSERT INTO verband (casus, organisatie, ander) SELECT * FROM unnest($21::uuid[], $22::text[], $23::uuid[])) \
         INSERT INTO wekker (casus, soort, sleutel, op, organisatie) \
         SELECT * FROM unnest($16::uuid[], $17::text[], $18::text[], $19::bigint[], $20::text[])",
    )
    .bind(kolom(spans, |s| s.casus.0))
    .bind(kolom(spans, |s| i64::from(s.volgnummer)))
    .bind(kolom(spans, |s| s.van.0))
    .bind(kolom(spans, |s| s.tot.map(|tot| tot.0)))
    .bind(kolom(spans, |s| s.houder.als_str()))
    .bind(kolom(spans, |s| s.grond.als_str()))
    .bind(kolom(termijnen, |t| t.casus.0))
    .bind(kolom(termijnen, |t| i64::from(t.volgnummer)))
    .bind(kolom(termijnen, |t| t.soort.as_str()))
    .bind(kolom(termijnen, |t| t.clausule.als_str()))
    .bind(kolom(termijnen, |t| t.wie.als_str()))
    .bind(kolom(termijnen, |t| t.anker.0))
    .bind(kolom(termijnen, |t| t.uiterlijk.0))
    .bind(kolom(termijnen, |t| t.voldaan_op.map(|op| op.0)))
    .bind(kolom(termijnen, |t| t.vervallen_op.map(|op| op.0)))
    .bind(kolom(wekkers, |w| w.casus.0))
    .bind(kolom(wekkers, |w| w.soort.as_str()))
    .bind(kolom(wekkers, |w| w.sleutel.as_str()))
    .bind(kolom(wekkers, |w| w.op.0))
    .bind(kolom(wekkers, |w| w.organisatie.als_str()))
    .bind(kolom(verbanden, |v| v.casus.0))
    .bind(kolom(verbanden, |v| v.organisatie.als_str()))
    .bind(kolom(verbanden, |v| v.ander.0))
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
}

async fn zet_lijsten(tx: &mut PgConnection, casus: &[CasusRij], overdrachten: &[OverdrachtRij]) -> Gedaan {
    query(
        "WITH casussen AS ( \
           INSERT INTO casus_rij (casus, organisatie, nummer, rol, gemeente, personen, kinderen, toegewezen_aan, spoed, \
             gesloten, termijn_soort, termijn_naam, termijn_uiterlijk, ontvangen_op, laatst_op, naam) \
           SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[], \
             $8::text[], $9::bool[], $10::bool[], $11::text[], $12::text[], $13::bigint[], $14::bigint[], \
             $15::bigint[], $16::uuid[])) \
         INSERT INTO overdracht_rij (casus, organisatie, overdracht, nummer, van, naar, gemeente, wijze, stand, \
           compleet, aangeboden_op, beslist_op, uiterlijk) \
         SELECT * FROM unnest($17::uuid[], $18::text[], $19::uuid[], $20::text[], $21::text[], $22::text[], \
           $23::text[], $24::text[], $25::text[], $26::bool[], $27::bigint[], $28::bigint[], $29::bigint[])",
    )
    .bind(kolom(casus, |r| r.casus.0))
    .bind(kolom(casus, |r| r.organisatie.als_str()))
    .bind(kolom(casus, |r| r.nummer.as_str()))
    .bind(kolom(casus, |r| r.rol.as_str()))
    .bind(kolom(casus, |r| r.gemeente.as_str()))
    .bind(kolom(casus, |r| i64::from(r.personen)))
    .bind(kolom(casus, |r| i64::from(r.kinderen)))
    .bind(kolom(casus, |r| r.toegewezen_aan.as_ref().map(|medewerker| medewerker.als_str())))
    .bind(kolom(casus, |r| r.spoed))
    .bind(kolom(casus, |r| r.gesloten))
    .bind(kolom(casus, |r| r.termijn_soort.as_deref()))
    .bind(kolom(casus, |r| r.termijn_naam.as_deref()))
    .bind(kolom(casus, |r| r.termijn_uiterlijk.map(|op| op.0)))
    .bind(kolom(casus, |r| r.ontvangen_op.0))
    .bind(kolom(casus, |r| r.laatst_op.0))
    .bind(kolom(casus, |r| r.naam.map(|naam| naam.0)))
    .bind(kolom(overdrachten, |o| o.casus.0))
    .bind(kolom(overdrachten, |o| o.organisatie.als_str()))
    .bind(kolom(overdrachten, |o| o.overdracht.0))
    .bind(kolom(overdrachten, |o| o.nummer.as_str()))
    .bind(kolom(overdrachten, |o| o.van.als_str()))
    .bind(kolom(overdrachten, |o| o.naar.als_str()))
    .bind(kolom(overdrachten, |o| o.gemeente.as_str()))
    .bind(kolom(overdrachten, |o| o.wijze.as_str()))
    .bind(kolom(overdrachten, |o| o.stand.as_str()))
    .bind(kolom(overdrachten, |o| o.compleet))
    .bind(kolom(overdrachten, |o| o.aangeboden_op.0))
    .bind(kolom(overdrachten, |o| o.beslist_op.map(|op| op.0)))
    .bind(kolom(overdrachten, |o| o.uiterlijk.map(|op| op.0)))
    .execute(tx)
    .await
    .map_err(fout)?;
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

pub(crate) async fn bewaar_bundel(pool: &PgPool, rij: BundelRij) -> Gedaan {
    query("INSERT INTO bundel (hash, naam, bytes) VALUES ($1, $2, $3) ON CONFLICT (hash) DO NOTHING")
        .bind(rij.hash.als_str())
        .bind(rij.naam)
        .bind(rij.bytes)
        .execute(pool)
        .await
        .map_err(fout)?;
    Ok(())
}

pub(crate) async fn schrijf_toegang(pool: &PgPool, regel: &ToegangRegel) -> Gedaan {
    let mut tx = pool.begin().await.map_err(fout)?;
    voeg_toegang_toe(&mut tx, &[regel]).await?;
    tx.commit().await.map_err(fout)
}

/// The chain of an organisation has one end, so who adds to it waits for who came before. It is the last thing that a
/// transaction does: the wait is for a commit, and nobody who waits here holds what the one before still needs.
///
/// Of several organisations always in the same order; within one, in the order in which they were given.
async fn voeg_toegang_toe(tx: &mut PgConnection, regels: &[&ToegangRegel]) -> Gedaan {
    let mut per_organisatie: BTreeMap<&OrganisatieId, Vec<&ToegangRegel>> = BTreeMap::new();
    for regel in regels {
        per_organisatie.entry(&regel.organisatie).or_default().push(regel);
    }
    for (organisatie, regels) in per_organisatie {
        query_scalar::<_, ()>("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))")
            .bind(organisatie.als_str())
            .fetch_one(&mut *tx)
            .await
            .map_err(fout)?;
        let laatste: Option<(i64, Vec<u8>)> =
            query_as("SELECT versie, hash FROM toegang WHERE organisatie = $1 ORDER BY versie DESC LIMIT 1")
                .bind(organisatie.als_str())
                .fetch_optional(&mut *tx)
                .await
                .map_err(fout)?;
        let (mut versie, mut kop) = laatste.unwrap_or_default();
        let mut rijen = Vec::with_capacity(regels.len());
        for regel in regels {
            versie += 1;
            let hash = toegang_hash(&kop, crate::rijen::u64_uit(versie), regel);
            rijen.push((versie, regel, std::mem::replace(&mut kop, hash.clone()), hash));
        }
        zet_toegang(tx, organisatie, &rijen).await?;
    }
    Ok(())
}

async fn zet_toegang(
    tx: &mut PgConnection,
    organisatie: &OrganisatieId,
    rijen: &[(i64, &ToegangRegel, Vec<u8>, Vec<u8>)],
) -> Gedaan {
    query(
        "INSERT INTO toegang (organisatie, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash) \
         SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::uuid[], $6::text[], $7::text[], \
           $8::bytea[], $9::bytea[])",
    )
    .bind(organisatie.als_str())
    .bind(kolom(rijen, |(versie, ..)| *versie))
    .bind(kolom(rijen, |(_, regel, ..)| regel.op.0))
    .bind(kolom(rijen, |(_, regel, ..)| regel.medewerker.als_str()))
    .bind(kolom(rijen, |(_, regel, ..)| regel.casus.map(|casus| casus.0)))
    .bind(kolom(rijen, |(_, regel, ..)| regel.handeling.as_str()))
    .bind(kolom(rijen, |(_, regel, ..)| regel.uitkomst.as_str()))
    .bind(kolom(rijen, |(_, _, prev_hash, _)| prev_hash.as_slice()))
    .bind(kolom(rijen, |(.., hash)| hash.as_slice()))
    .execute(tx)
    .await
    .map_err(fout)?;
    Ok(())
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
