//! What the database alone can do: the baseline of `zicht bench`, beside which the speed of a command stands.

use crate::{PostgresStore, fout, lezen, rijen::i64_uit, schrijven::kolom};
use app::{opslag::Batch, poorten::StoreFout};
use sqlx::{Postgres, query};

/// In whose access log the lines of a measurement stand.
const ORGANISATIE: &str = "meting";

type Vraag<'q> = sqlx::query::Query<'q, Postgres, sqlx::postgres::PgArguments>;

/// Everything that a change writes, in one statement.
const RIJEN: &str = "WITH events AS ( \
       INSERT INTO event (casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, command_id, \
         bundel, prev_hash, hash, body) \
       SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], \
         $8::text[], $9::uuid[], $10::text[], $11::bytea[], $12::bytea[], $13::bytea[])), \
     opdrachten AS ( \
       INSERT INTO opdracht (casus, command_id, digest, eerste_versie, laatste_versie) VALUES ($1, $14, $15, $16, $17)), \
     sleutels AS ( \
       INSERT INTO datasleutel (casus, eigenaar, onderwerp, verpakt) \
       SELECT $1, * FROM unnest($18::text[], $19::text[], $20::bytea[])), \
     stukken AS ( \
       INSERT INTO fragment (casus, id, eigenaar, onderwerp, soort, versie, verzegeld) \
       SELECT $1, * FROM unnest($21::uuid[], $22::text[], $23::text[], $24::text[], $25::bigint[], $26::bytea[])), \
     toegang AS ( \
       INSERT INTO toegang (organisatie, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash) \
       VALUES ($27, $28, $29, $30, $1, $31, $32, $33, $33)), \
     spans AS ( \
       INSERT INTO zicht_span (casus, volgnummer, van, tot, houder, grond) \
       SELECT $1, * FROM unnest($34::bigint[], $35::bigint[], $36::bigint[], $37::text[], $38::text[]) \
       ON CONFLICT (casus, volgnummer) DO UPDATE SET van = EXCLUDED.van, tot = EXCLUDED.tot, \
         houder = EXCLUDED.houder, grond = EXCLUDED.grond), \
     termijnen AS ( \
       INSERT INTO termijn (casus, volgnummer, soort, clausule, wie, anker, uiterlijk, voldaan_op, vervallen_op) \
       SELECT $1, * FROM unnest($39::bigint[], $40::text[], $41::text[], $42::text[], $43::bigint[], $44::bigint[], \
         $45::bigint[], $46::bigint[]) \
       ON CONFLICT (casus, volgnummer) DO UPDATE SET soort = EXCLUDED.soort, clausule = EXCLUDED.clausule, \
         wie = EXCLUDED.wie, anker = EXCLUDED.anker, uiterlijk = EXCLUDED.uiterlijk, \
         voldaan_op = EXCLUDED.voldaan_op, vervallen_op = EXCLUDED.vervallen_op), \
     wekkers AS ( \
       INSERT INTO wekker (casus, soort, sleutel, op, organisatie) \
       SELECT $1, * FROM unnest($47::text[], $48::text[], $49::bigint[], $50::text[]) \
       ON CONFLICT (casus, soort, sleutel) DO UPDATE SET op = EXCLUDED.op, organisatie = EXCLUDED.organisatie), \
     zoek AS ( \
       INSERT INTO zoeksleutel (casus, eigenaar, soort, sleutel, persoon) \
       SELECT $1, * FROM unnest($66::text[], $67::text[], $68::bytea[], $69::uuid[]) ON CONFLICT DO NOTHING), \
     verbanden AS ( \
       INSERT INTO verband (casus, organisatie, ander) SELECT $1, * FROM unnest($70::text[], $71::uuid[]) \
       ON CONFLICT DO NOTHING) \
     INSERT INTO casus_rij (casus, organisatie, nummer, rol, gemeente, personen, kinderen, toegewezen_aan, spoed, \
       gesloten, termijn_soort, termijn_naam, termijn_uiterlijk, ontvangen_op, laatst_op, naam) \
     SELECT $1, * FROM unnest($51::text[], $52::text[], $53::text[], $54::text[], $55::bigint[], $56::bigint[], \
       $57::text[], $58::bool[], $59::bool[], $60::text[], $61::text[], $62::bigint[], $63::bigint[], $64::bigint[], \
       $65::uuid[]) \
     ON CONFLICT (casus, organisatie) DO UPDATE SET nummer = EXCLUDED.nummer, rol = EXCLUDED.rol, \
       gemeente = EXCLUDED.gemeente, personen = EXCLUDED.personen, kinderen = EXCLUDED.kinderen, \
       toegewezen_aan = EXCLUDED.toegewezen_aan, spoed = EXCLUDED.spoed, gesloten = EXCLUDED.gesloten, \
       termijn_soort = EXCLUDED.termijn_soort, termijn_naam = EXCLUDED.termijn_naam, \
       termijn_uiterlijk = EXCLUDED.termijn_uiterlijk, ontvangen_op = EXCLUDED.ontvangen_op, \
       laatst_op = EXCLUDED.laatst_op, naam = EXCLUDED.naam";

impl PostgresStore {
    /// Reads the events of the stream and writes the rows of a change by one prepared statement: no checks, no keys, no
    /// decision. `volgnummer` is its place in an access log that nobody else writes. A casus without offers is meant.
    /// Returns how many events were read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lees_en_schrijf(&self, batch: &Batch, volgnummer: u64) -> Result<usize, StoreFout> {
        let gelezen = lezen::laad(&self.pool, batch.casus).await?.len();
        let vraag = vastlegging(query(RIJEN), batch);
        let regel = &batch.toegang;
        let vraag = vraag
            .bind(ORGANISATIE)
            .bind(i64_uit(volgnummer))
            .bind(regel.op.0)
            .bind(regel.medewerker.als_str())
            .bind(&regel.handeling)
            .bind(&regel.uitkomst)
            .bind([0u8; 32].as_slice().to_vec());
        lijsten(vraag, batch).execute(&self.pool).await.map_err(fout)?;
        Ok(gelezen)
    }
}

fn vastlegging<'q>(vraag: Vraag<'q>, batch: &'q Batch) -> Vraag<'q> {
    let (events, sleutels, stukken) = (&batch.events, &batch.datasleutels, &batch.fragmenten);
    vraag
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
}

fn lijsten<'q>(vraag: Vraag<'q>, batch: &'q Batch) -> Vraag<'q> {
    let views = &batch.views;
    let (spans, termijnen, wekkers, casus) = (&views.spans, &views.termijnen, &views.wekkers, &views.casus);
    let (zoek, verbanden) = (&batch.zoeksleutels, &views.verbanden);
    vraag
        .bind(kolom(spans, |s| i64::from(s.volgnummer)))
        .bind(kolom(spans, |s| s.van.0))
        .bind(kolom(spans, |s| s.tot.map(|tot| tot.0)))
        .bind(kolom(spans, |s| s.houder.als_str()))
        .bind(kolom(spans, |s| s.grond.als_str()))
        .bind(kolom(termijnen, |t| i64::from(t.volgnummer)))
        .bind(kolom(termijnen, |t| t.soort.as_str()))
        .bind(kolom(termijnen, |t| t.clausule.als_str()))
        .bind(kolom(termijnen, |t| t.wie.als_str()))
        .bind(kolom(termijnen, |t| t.anker.0))
        .bind(kolom(termijnen, |t| t.uiterlijk.0))
        .bind(kolom(termijnen, |t| t.voldaan_op.map(|op| op.0)))
        .bind(kolom(termijnen, |t| t.vervallen_op.map(|op| op.0)))
        .bind(kolom(wekkers, |w| w.soort.as_str()))
        .bind(kolom(wekkers, |w| w.sleutel.as_str()))
        .bind(kolom(wekkers, |w| w.op.0))
        .bind(kolom(wekkers, |w| w.organisatie.als_str()))
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
        .bind(kolom(zoek, |z| z.eigenaar.als_str()))
        .bind(kolom(zoek, |z| z.soort.as_str()))
        .bind(kolom(zoek, |z| z.sleutel.as_slice()))
        .bind(kolom(zoek, |z| z.persoon.0))
        .bind(kolom(verbanden, |v| v.organisatie.als_str()))
        .bind(kolom(verbanden, |v| v.ander.0))
}
