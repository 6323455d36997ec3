//! Schemas: a store of its own within a database, for trying things out beside each other.

use crate::{OpenFout, kort, verbind, waar};
use sqlx::{AssertSqlSafe, Connection, Executor};

/// Makes an empty schema; the address under which [`crate::PostgresStore::open`] opens it.
///
/// # Errors
/// The server is not usable, the name exists or is no name, or this user may make no schema.
pub async fn maak_schema(url: &str, naam: &str) -> Result<String, OpenFout> {
    voer_uit(url, naam, "CREATE SCHEMA").await?;
    Ok(in_schema(url, naam))
}

/// The address of a schema that was made before.
pub fn in_schema(url: &str, naam: &str) -> String {
    let teken = if url.contains('?') { '&' } else { '?' };
    format!("{url}{teken}options[search_path]={naam}")
}

/// Takes everything out of a schema that was made for trying things out; its tables stay, with what they hold from the
/// start. What keeps the rows of a real store from going is set aside for it, in the same transaction.
///
/// # Errors
/// The server is not usable, or the schema is not of this user.
pub async fn leeg_schema(url: &str, naam: &str) -> Result<(), OpenFout> {
    eis_naam(naam)?;
    op_server(url, LEEG.replace("SCHEMANAAM", naam)).await
}

/// The first rows of two tables come with the tables; events refer to bundles, which go last. Rows are deleted one by
/// one: there are few, and truncating makes a new file of every table and index.
const LEEG: &str = "
DO $$
DECLARE
    tabel TEXT;
    bewaakt BOOLEAN;
    teller TEXT;
BEGIN
    FOR tabel IN SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname = 'SCHEMANAAM' AND tablename NOT IN ('_sqlx_migrations', 'views_vorm')
        ORDER BY tablename = 'bundel'
    LOOP
        bewaakt := EXISTS (SELECT 1 FROM pg_trigger WHERE tgrelid = tabel::regclass AND NOT tgisinternal);
        IF bewaakt THEN EXECUTE 'ALTER TABLE ' || tabel || ' DISABLE TRIGGER USER'; END IF;
        EXECUTE 'DELETE FROM ' || tabel;
        IF bewaakt THEN EXECUTE 'ALTER TABLE ' || tabel || ' ENABLE TRIGGER USER'; END IF;
    END LOOP;
    FOR teller IN SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences WHERE schemaname = 'SCHEMANAAM'
    LOOP
        PERFORM setval(teller, 1, false);
    END LOOP;
END $$";

/// Removes a schema with everything in it.
///
/// # Errors
/// The server is not usable, or the schema is not of this user.
pub async fn verwijder_schema(url: &str, naam: &str) -> Result<(), OpenFout> {
    voer_uit(url, naam, "DROP SCHEMA IF EXISTS").await
}

async fn voer_uit(url: &str, naam: &str, wat: &str) -> Result<(), OpenFout> {
    eis_naam(naam)?;
    let cascade = if wat.starts_with("DROP") { " CASCADE" } else { "" };
    op_server(url, format!("SET client_min_messages = warning; {wat} {naam}{cascade}")).await
}

/// A name goes into the text of a statement, so it is letters, digits and underscores only.
fn eis_naam(naam: &str) -> Result<(), OpenFout> {
    let mag = |teken: char| teken.is_ascii_lowercase() || teken.is_ascii_digit() || teken == '_';
    if naam.is_empty() || !naam.chars().all(mag) { Err(OpenFout::Schemanaam) } else { Ok(()) }
}

async fn op_server(url: &str, sql: String) -> Result<(), OpenFout> {
    let (mut verbinding, opties) = verbind(url).await?;
    let gedaan = verbinding.execute(AssertSqlSafe(sql)).await;
    let _ = verbinding.close().await;
    gedaan.map(|_| ()).map_err(|fout| OpenFout::Schema { waar: waar(&opties), oorzaak: kort(&fout) })
}
