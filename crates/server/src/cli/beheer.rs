//! The store for whoever runs the installation: `zicht zicht-op`, `zicht views`, `zicht migrate`.
//!
//! These commands need no content, so they get no keys: what is sealed stays sealed for who has the file.

use crate::{
    config::{Config, Opslagadres},
    klok::Systeemklok,
    start::{Opslag, Samenstel},
};
use anyhow::{Context, Result, ensure};
use app::{
    App, Poorten,
    herkenning::ExacteSleutels,
    poorten::{SleutelFout, Sleutelbeheer},
    toegang::Tabel,
};
use clap::Args;
use domain::{afspraak::Afspraken, ids::MedewerkerId};
use sleutels::Systeemtoeval;
use std::{path::PathBuf, sync::Arc};

/// Which store, and who asks.
#[derive(Args)]
pub struct Opslagkeuze {
    /// De opslag: sqlite:PAD of postgres://gebruiker@server/database. Zonder deze optie die uit de configuratie.
    #[arg(long, value_name = "ADRES", env = "ZICHT_OPSLAG", hide_env_values = true)]
    opslag: Option<String>,
    /// Pad van het configuratiebestand (TOML).
    #[arg(long, env = "ZICHT_CONFIG", default_value = "zicht.toml")]
    config: PathBuf,
}

/// Who asks, as it stands in the access log.
#[derive(Args)]
pub struct Vrager {
    /// Wie dit vraagt; deze naam komt in het toegangslogboek.
    #[arg(long, env = "USER", default_value = "onbekend")]
    door: String,
}

impl Vrager {
    /// The name under which an operator stands in the access log.
    pub fn medewerker(&self) -> MedewerkerId {
        MedewerkerId(format!("beheer:{}", self.door))
    }
}

impl Opslagkeuze {
    fn adres(&self) -> Result<Opslagadres> {
        match &self.opslag {
            Some(adres) => Opslagadres::lees(adres),
            None => Opslagadres::lees(&Config::lees(&self.config).context("geef --opslag of --config")?.store),
        }
    }

    /// The store as it is: a path with a mistake in it makes no new database.
    ///
    /// # Errors
    /// There is no such store, another process uses it, or a newer release wrote it.
    pub async fn open(&self) -> Result<Opslag> {
        let adres = self.adres()?;
        if let Opslagadres::Sqlite(pad) = &adres {
            ensure!(pad.exists(), "er is geen database {}", pad.display());
        }
        Opslag::open(&adres).await
    }

    /// An application on the store, without keys. It reads the agreements that the store holds and adds none.
    ///
    /// # Errors
    /// There is no such store, another process uses it, or a newer release wrote it.
    pub async fn stel_samen(&self) -> Result<Samenstel> {
        let store = self.open().await?;
        let poorten = Poorten {
            store: store.poort(),
            klok: Arc::new(Systeemklok),
            toegang: Arc::new(Tabel),
            herkenning: Arc::new(ExacteSleutels),
            sleutels: Arc::new(GeenSleutels),
            toeval: Arc::new(Systeemtoeval),
        };
        let app = Arc::new(App::start(poorten, Afspraken::default()).await?);
        Ok(Samenstel { app, store })
    }
}

/// Opens nothing and wraps nothing.
struct GeenSleutels;

impl Sleutelbeheer for GeenSleutels {
    fn epoch(&self) -> u32 {
        0
    }

    fn verpak(&self, _sleutel: &[u8; 32], _context: &[u8]) -> Result<Vec<u8>, SleutelFout> {
        Err(SleutelFout("deze opdracht werkt zonder sleutels".into()))
    }

    fn pak_uit(&self, _epoch: u32, _verpakt: &[u8], _context: &[u8]) -> Result<[u8; 32], SleutelFout> {
        Err(SleutelFout("deze opdracht werkt zonder sleutels".into()))
    }
}

/// `zicht migrate`: brings the store to the shape of this release.
///
/// # Errors
/// There is no such store, another process uses it, or a newer release wrote it.
pub async fn migrate(keuze: &Opslagkeuze) -> Result<bool> {
    let store = keuze.open().await?;
    let schema = store.poort().schema();
    if schema.van == schema.naar {
        zeg!("De opslag heeft al de vorm van deze versie ({}); er is niets veranderd.", schema.naar);
    } else {
        zeg!("De opslag is bijgewerkt van vorm {} naar vorm {}.", schema.van, schema.naar);
    }
    store.sluit().await;
    Ok(true)
}
