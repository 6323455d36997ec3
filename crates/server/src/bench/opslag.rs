//! A store to measure on: a file of its own, or a schema of its own on a server; gone afterwards.

use crate::{config::Opslagadres, start::Opslag};
use anyhow::{Result, bail};
use app::{
    App, Poorten,
    herkenning::ExacteSleutels,
    opslag::Batch,
    poorten::{Klok, Store},
    toegang::Tabel,
};
use domain::afspraak::Afspraken;
use sleutels::{Sleutelbestand, Systeemtoeval};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tempfile::TempDir;

/// Which kind of store.
#[derive(Clone)]
pub enum Soort {
    Sqlite,
    /// On the server with this address.
    Postgres(String),
}

impl Soort {
    /// # Errors
    /// Neither the word nor an address of a server.
    pub fn lees(tekst: &str) -> Result<Self> {
        match tekst {
            "sqlite" => Ok(Self::Sqlite),
            _ => match Opslagadres::lees(tekst) {
                Ok(Opslagadres::Postgres(url)) => Ok(Self::Postgres(url)),
                _ => bail!("bench maakt zelf een bestand: geef sqlite, of postgres://gebruiker@server/database"),
            },
        }
    }
}

/// A store that is there for one run.
pub struct Proefopslag {
    opslag: Opslag,
    adres: Opslagadres,
    map: TempDir,
    /// Address of the server and schema on it.
    schema: Option<(Opslagadres, String, String)>,
}

impl Proefopslag {
    /// An empty store.
    ///
    /// # Errors
    /// The folder or the server cannot be used.
    pub async fn nieuw(soort: &Soort, waar: &Path) -> Result<Self> {
        let map = tempfile::Builder::new().prefix("zicht-bench-").tempdir_in(waar)?;
        let (adres, schema) = match soort {
            Soort::Sqlite => (Opslagadres::Sqlite(map.path().join("zicht.db")), None),
            Soort::Postgres(url) => {
                let naam = map.path().file_name().unwrap_or_default().to_string_lossy().to_lowercase();
                let naam = naam.replace(|teken: char| !teken.is_ascii_alphanumeric(), "_");
                let eigen = store_postgres::maak_schema(url, &naam).await?;
                let server = Opslagadres::Postgres(url.clone());
                (Opslagadres::Postgres(eigen), Some((server, url.clone(), naam)))
            }
        };
        Ok(Self { opslag: Opslag::open(&adres).await?, adres, map, schema })
    }

    pub fn naam(&self) -> &'static str {
        if self.schema.is_some() { "PostgreSQL" } else { "SQLite" }
    }

    /// The server on which others can make a schema; absent for a file.
    pub fn server(&self) -> Option<&Opslagadres> {
        self.schema.as_ref().map(|(server, ..)| server)
    }

    pub fn map(&self) -> &Path {
        self.map.path()
    }

    pub fn poort(&self) -> Arc<dyn Store> {
        self.opslag.poort()
    }

    pub fn sleutelbestand(&self) -> PathBuf {
        self.map.path().join("zicht.sleutels")
    }

    /// How the store is called on a command line.
    pub fn adres(&self) -> String {
        match &self.adres {
            Opslagadres::Sqlite(pad) => format!("sqlite:{}", pad.display()),
            Opslagadres::Postgres(url) => url.clone(),
        }
    }

    /// The application on this store, or on something before it.
    ///
    /// # Errors
    /// The store or the keys failed.
    pub async fn app(&self, store: Arc<dyn Store>, klok: Arc<dyn Klok>, afspraken: &Afspraken) -> Result<App> {
        let poorten = Poorten {
            store,
            klok,
            toegang: Arc::new(Tabel),
            herkenning: Arc::new(ExacteSleutels),
            sleutels: Arc::new(Sleutelbestand::open_of_maak(&self.sleutelbestand())?),
            toeval: Arc::new(Systeemtoeval),
        };
        Ok(App::start(poorten, afspraken.clone()).await?)
    }

    /// The bare database: read the stream, write the rows. Returns how many events were read.
    ///
    /// # Errors
    /// The database failed.
    pub async fn kaal(&self, batch: &Batch, volgnummer: u64) -> Result<usize> {
        Ok(match &self.opslag {
            Opslag::Sqlite(store) => store.lees_en_schrijf(batch, volgnummer).await?,
            Opslag::Postgres(store) => store.lees_en_schrijf(batch, volgnummer).await?,
        })
    }

    /// Closes the connections and removes what was made on a server; the folder goes with this value.
    ///
    /// # Errors
    /// The schema cannot be removed.
    pub async fn ruim_op(&self) -> Result<()> {
        self.opslag.sluit().await;
        if let Some((_, url, naam)) = &self.schema {
            store_postgres::verwijder_schema(url, naam).await?;
        }
        Ok(())
    }
}
