//! Where scenarios are played: each begins in an empty store.

use crate::config::Opslagadres;
use anyhow::Result;
use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};
use store_sqlite::SqliteStore;
use tokio::sync::OnceCell;

/// A file of its own per scenario, a schema of its own on a server, or the one file that was given.
pub struct Plekken {
    opslag: Option<Opslagadres>,
    /// Schemas that were emptied after a scenario: emptying takes a tenth of the time of making all tables anew.
    vrij: Mutex<Vec<String>>,
    /// A file with all tables and nothing in them: copying it takes a tenth of the time of making them anew.
    leeg: OnceCell<Vec<u8>>,
}

/// The place of one scenario.
pub(super) struct Plek {
    pub(super) adres: Opslagadres,
    pub(super) sleutels: PathBuf,
    /// Its schema, on a server.
    schema: Option<String>,
}

impl Plekken {
    /// On a server or in one file; without either, in a temporary file per scenario.
    pub const fn new(opslag: Option<Opslagadres>) -> Self {
        Self { opslag, vrij: Mutex::new(Vec::new()), leeg: OnceCell::const_new() }
    }

    /// Whether scenarios share one store, so that they go one after the other.
    pub const fn is_gedeeld(&self) -> bool {
        matches!(self.opslag, Some(Opslagadres::Sqlite(_)))
    }

    /// A place to play in, with what else it writes in `map`.
    pub(super) async fn neem(&self, map: &Path) -> Result<Plek> {
        let eigen = map.join("zicht.sleutels");
        Ok(match &self.opslag {
            None => {
                let pad = map.join("zicht.db");
                fs::write(&pad, self.leeg.get_or_try_init(|| leeg_bestand(map)).await?)?;
                Plek { adres: (&pad).into(), sleutels: eigen, schema: None }
            }
            Some(Opslagadres::Sqlite(pad)) => {
                Plek { adres: pad.into(), sleutels: pad.with_extension("sleutels"), schema: None }
            }
            Some(Opslagadres::Postgres(url)) => {
                let gevonden = self.vrij().pop();
                let naam = match gevonden {
                    Some(naam) => naam,
                    None => {
                        let naam = schemanaam(map);
                        store_postgres::maak_schema(url, &naam).await?;
                        naam
                    }
                };
                let adres = Opslagadres::Postgres(store_postgres::in_schema(url, &naam));
                Plek { adres, sleutels: eigen, schema: Some(naam) }
            }
        })
    }

    /// Empties a schema for the next scenario. What failed does not come back: it is removed.
    pub(super) async fn geef_terug(&self, plek: Plek, geslaagd: bool) -> Result<()> {
        let (Some(Opslagadres::Postgres(url)), Some(naam)) = (&self.opslag, plek.schema) else { return Ok(()) };
        if !geslaagd {
            return Ok(store_postgres::verwijder_schema(url, &naam).await?);
        }
        store_postgres::leeg_schema(url, &naam).await?;
        self.vrij().push(naam);
        Ok(())
    }

    /// Removes every schema; nobody may play any more.
    ///
    /// # Errors
    /// The server is not usable.
    pub async fn ruim_op(&self) -> Result<()> {
        let vrij = std::mem::take(&mut *self.vrij());
        if let Some(Opslagadres::Postgres(url)) = &self.opslag {
            for naam in vrij {
                store_postgres::verwijder_schema(url, &naam).await?;
            }
        }
        Ok(())
    }

    fn vrij(&self) -> MutexGuard<'_, Vec<String>> {
        self.vrij.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn leeg_bestand(map: &Path) -> Result<Vec<u8>> {
    let pad = map.join("leeg.db");
    SqliteStore::open(&pad).await?.sluit().await;
    Ok(fs::read(&pad)?)
}

fn schemanaam(map: &Path) -> String {
    let naam = format!("scenario_{}", map.file_name().unwrap_or_default().to_string_lossy());
    naam.to_lowercase().replace(|teken: char| !teken.is_ascii_alphanumeric(), "_")
}
