//! Schemas: a store of its own within a database, for trying things out beside each other.

use crate::{OpenFout, kort, verbind, waar};
use sqlx::{AssertSqlSafe, Connection, Executor};

/// Makes an empty schema; the address under which [`crate::PostgresStore::open`] opens it.
///
/// # Errors
/// The server is not usable, the name exists or is no name, or this user may make no schema.
pub async fn maak_schema(url: &str, naam: &str) -> Result<String, OpenFout> {
    voer_uit(url, naam, "CREATE SCHEMA").await?;
    let teken = if url.contains('?') { '&' } else { '?' };
    Ok(format!("{url}{teken}options[search_path]={naam}"))
}

/// Removes a schema with everything in it.
///
/// # Errors
/// The server is not usable, or the schema is not of this user.
pub async fn verwijder_schema(url: &str, naam: &str) -> Result<(), OpenFout> {
    voer_uit(url, naam, "DROP SCHEMA IF EXISTS").await
}

async fn voer_uit(url: &str, naam: &str, wat: &str) -> Result<(), OpenFout> {
    // A name goes into the text of a statement, so it is letters, digits and underscores only.
    if naam.is_empty()
        || !naam.chars().all(|teken| teken.is_ascii_lowercase() || teken.is_ascii_digit() || teken == '_')
    {
        return Err(OpenFout::Schemanaam);
    }
    let (mut verbinding, opties) = verbind(url).await?;
    let cascade = if wat.starts_with("DROP") { " CASCADE" } else { "" };
    let sql = format!("SET client_min_messages = warning; {wat} {naam}{cascade}");
    let gedaan = verbinding.execute(AssertSqlSafe(sql)).await;
    let _ = verbinding.close().await;
    gedaan.map(|_| ()).map_err(|fout| OpenFout::Schema { waar: waar(&opties), oorzaak: kort(&fout) })
}
