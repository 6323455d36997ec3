//! Wiring: store, keys, clock and agreements into an application, and the application behind a listener.

use crate::{
    afspraken,
    config::{Config, Opslagadres},
    kaders,
    klok::Systeemklok,
};
use anyhow::{Context, Result, anyhow};
use app::{
    App, AppFout, Poorten,
    bronnen::{GeenAansluiting, Informatiebronnen, Nagebootst},
    herkenning::ExacteSleutels,
    poorten::{Klok, Store, Toeval},
    toegang::Tabel,
};
use domain::{
    afspraak::{Afspraken, Bron},
    beoordelingen::instrument::Instrumenten,
    meldcode::{kader::Kaders, protocol::Protocollen},
};
use sleutels::{Sleutelbestand, Systeemtoeval};
use std::{path::Path, sync::Arc, time::Duration};
use store_postgres::PostgresStore;
use store_sqlite::SqliteStore;
use tokio::net::TcpListener;

/// How often the alarms are looked at; answers do not depend on it.
const WEKKER_SECONDEN: u64 = 20;

/// Starts the log: to standard error, one line per event, never content.
pub fn log() {
    let filter = tracing_subscriber::EnvFilter::try_from_env("ZICHT_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

/// The store behind the port, to close when the application ends.
#[derive(Clone)]
pub enum Opslag {
    Sqlite(Arc<SqliteStore>),
    Postgres(Arc<PostgresStore>),
}

impl Opslag {
    /// Opens what an address names.
    ///
    /// # Errors
    /// The file or the server is not usable; no password is ever in the message.
    pub async fn open(adres: &Opslagadres) -> Result<Self> {
        match adres {
            Opslagadres::Sqlite(pad) => {
                let store = SqliteStore::open(pad).await.with_context(|| format!("opslag {}", pad.display()))?;
                Ok(Self::Sqlite(Arc::new(store)))
            }
            Opslagadres::Postgres(url) => Ok(Self::Postgres(Arc::new(PostgresStore::open(url).await?))),
        }
    }

    /// The store as the application knows it.
    pub fn poort(&self) -> Arc<dyn Store> {
        match self {
            Self::Sqlite(store) => Arc::<SqliteStore>::clone(store),
            Self::Postgres(store) => Arc::<PostgresStore>::clone(store),
        }
    }

    /// Closes all connections; what was acknowledged is on disk already.
    pub async fn sluit(&self) {
        match self {
            Self::Sqlite(store) => store.sluit().await,
            Self::Postgres(store) => store.sluit().await,
        }
    }
}

/// An application on a store.
#[derive(Clone)]
pub struct Samenstel {
    pub app: Arc<App>,
    pub store: Opslag,
}

/// Puts an application together with what is built in.
///
/// # Errors
/// The store, the key file or an edition is not as it should be.
#[cfg(test)]
pub async fn stel_samen(
    adres: impl Into<Opslagadres>,
    sleutels: &Path,
    klok: Arc<dyn Klok>,
    afspraken: Afspraken,
) -> Result<Samenstel> {
    stel_samen_met(adres, sleutels, klok, afspraken, Gegevens::ingebouwd()?).await
}

/// What an installation brings along besides its agreements.
#[derive(Clone)]
pub struct Gegevens {
    pub kaders: Kaders,
    pub protocollen: Protocollen,
    pub instrumenten: Instrumenten,
    pub bronnen: Arc<dyn Informatiebronnen>,
}

impl Gegevens {
    /// The built-in kaders, no protocols, no triage instrument, no source connected.
    ///
    /// # Errors
    /// A built-in file is not as it should be.
    pub fn ingebouwd() -> Result<Self> {
        let bronnen = Arc::new(GeenAansluiting);
        let (protocollen, instrumenten) = (Protocollen::default(), Instrumenten::default());
        Ok(Self { kaders: kaders::laad(None)?, protocollen, instrumenten, bronnen })
    }
}

/// Puts an application together.
///
/// # Errors
/// The store, the key file or an edition is not as it should be.
pub async fn stel_samen_met(
    adres: impl Into<Opslagadres>,
    sleutels: &Path,
    klok: Arc<dyn Klok>,
    afspraken: Afspraken,
    gegevens: Gegevens,
) -> Result<Samenstel> {
    let store = Opslag::open(&adres.into()).await?;
    let poorten = Poorten {
        store: store.poort(),
        klok,
        toegang: Arc::new(Tabel),
        herkenning: Arc::new(ExacteSleutels),
        sleutels: Arc::new(Sleutelbestand::open_of_maak(sleutels)?),
        toeval: Arc::new(Systeemtoeval),
    };
    let Gegevens { kaders, protocollen, instrumenten, bronnen } = gegevens;
    let app = App::start(poorten, afspraken).await?.met_kaders(kaders).met_protocollen(protocollen);
    let app = Arc::new(app.met_instrumenten(instrumenten).met_bronnen(bronnen));
    Ok(Samenstel { app, store })
}

/// Runs `zicht serve` until it is told to stop; a store that is given goes before the one of the settings.
///
/// # Errors
/// Settings, store or address are not usable.
pub async fn serve(pad: &Path, opslag: Option<&str>) -> Result<bool> {
    let config = Config::lees(pad)?;
    let (kalenders, bestanden) = afspraken::bronnen(config.afspraken.as_deref())?;
    let afspraken = afspraken::of_meld(Afspraken::laad(&kalenders, bestanden.clone()))?;
    let adres = Opslagadres::lees(opslag.unwrap_or(&config.store))?;
    let bronnen: Arc<dyn Informatiebronnen> = match config.nagebootste_bronnen {
        Some(gedrag) => Arc::new(Nagebootst::new(gedrag)),
        None => Arc::new(GeenAansluiting),
    };
    let gegevens = Gegevens {
        kaders: kaders::laad(config.kaders.as_deref())?,
        protocollen: kaders::protocollen(config.protocollen.as_deref())?,
        instrumenten: kaders::instrumenten(config.instrumenten.as_deref())?,
        bronnen,
    };
    let samen = stel_samen_met(adres, &config.sleutelbestand, Arc::new(Systeemklok), afspraken, gegevens).await;
    let samen = samen.map_err(|fout| met_plekken(fout, &bestanden))?;
    let luister = TcpListener::bind(config.luister).await.with_context(|| config.luister.to_string())?;
    zeg!("Zicht luistert op http://{}", luister.local_addr()?);
    bedien(samen, luister, web::Instellingen::default()).await?;
    Ok(true)
}

/// An edition that changed under its name, with file and line.
fn met_plekken(fout: anyhow::Error, bestanden: &[Bron]) -> anyhow::Error {
    let Some(AppFout::EditieVeranderd(veranderd)) = fout.downcast_ref() else { return fout };
    let plekken: Vec<_> = afspraken::plekken(veranderd, bestanden).iter().map(ToString::to_string).collect();
    anyhow!("{veranderd}\n{}", plekken.join("\n"))
}

/// Serves until a signal comes, with the alarms looked at in between.
///
/// # Errors
/// The listener failed.
pub async fn bedien(samen: Samenstel, luister: TcpListener, instellingen: web::Instellingen) -> Result<()> {
    let mut proces = [0; 16];
    Systeemtoeval.vul(&mut proces)?;
    let proces = uuid::Uuid::from_bytes(proces).to_string();
    let (app, naam) = (Arc::clone(&samen.app), proces.clone());
    let wekker = tokio::spawn(async move {
        let mut ronde = tokio::time::interval(Duration::from_secs(WEKKER_SECONDEN));
        loop {
            ronde.tick().await;
            if let Err(fout) = app::jobs::wek_op_beurt(&app, &naam).await {
                tracing::error!(%fout, "wekkers");
            }
        }
    });
    let router = web::router(Arc::clone(&samen.app), instellingen);
    let uitkomst = axum::serve(luister, router).with_graceful_shutdown(stopsignaal()).await;
    wekker.abort();
    if let Err(fout) = app::jobs::stop_wekken(&samen.app, &proces).await {
        tracing::warn!(%fout, "een ander proces neemt de wekkers pas over als de beurt van dit proces om is");
    }
    samen.store.sluit().await;
    Ok(uitkomst?)
}

/// Ctrl-C, or the signal with which a service manager stops a process.
async fn stopsignaal() {
    let onderbreking = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut einde) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = onderbreking => {},
            _ = einde.recv() => {},
        }
    } else {
        std::future::pending::<()>().await;
    }
    #[cfg(not(unix))]
    let _ = onderbreking.await;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// The built-in agreements in a folder, one file altered.
    fn map_met(bestand: &str, oud: &str, nieuw: &str) -> tempfile::TempDir {
        let map = tempfile::tempdir().unwrap();
        for (naam, tekst) in afspraken::ingebouwde_bestanden() {
            let tekst = if naam.ends_with(bestand) {
                assert!(tekst.contains(oud), "{bestand} no longer holds {oud:?}");
                tekst.replacen(oud, nieuw, 1)
            } else {
                tekst
            };
            let pad = map.path().join(naam);
            fs::create_dir_all(pad.parent().unwrap()).unwrap();
            fs::write(pad, tekst).unwrap();
        }
        map
    }

    async fn start(data: &Path, map: &Path) -> Result<()> {
        let afspraken = afspraken::laad_of_meld(Some(map))?;
        let (db, sleutels) = (data.join("zicht.db"), data.join("sleutels"));
        let samen = stel_samen(&db, &sleutels, Arc::new(Systeemklok), afspraken).await?;
        samen.store.sluit().await;
        Ok(())
    }

    #[tokio::test]
    async fn een_editie_met_een_bekende_naam_en_een_andere_inhoud_start_niet_en_een_herziening_wel() {
        const IJMOND: &str = "ijmond/2024-07-04.toml";
        let data = tempfile::tempdir().unwrap();
        let echt = map_met(IJMOND, "werkdagen = 6", "werkdagen = 6");
        start(data.path(), echt.path()).await.unwrap();
        start(data.path(), echt.path()).await.unwrap();
        let anders = map_met(IJMOND, "werkdagen = 6", "werkdagen = 7");
        let fout = start(data.path(), anders.path()).await.unwrap_err().to_string();
        assert!(fout.contains("ijmond@2024-07-04") && fout.contains("andere inhoud"), "{fout}");
        // With the line of what differs, for who must mend it.
        let (_, bronnen) = afspraken::bronnen(Some(anders.path())).unwrap();
        let veranderd = start(data.path(), anders.path()).await.unwrap_err();
        let met = met_plekken(veranderd, &bronnen).to_string();
        let bron = bronnen.iter().find(|bron| bron.bestand.ends_with(IJMOND)).unwrap();
        let regel = bron.tekst.lines().position(|regel| regel.contains("werkdagen = 7")).unwrap();
        let kop =
            bron.tekst.lines().take(regel).enumerate().filter(|(_, tekst)| tekst.starts_with('[')).last().unwrap();
        assert!(met.contains(&format!("{}:{}: {}", bron.bestand, kop.0 + 1, kop.1)), "{met}");
        // The same change as a later transcription is another bundle; the old one stays for what it decided.
        let bestanden = afspraken::ingebouwde_bestanden();
        let (_, tekst) = bestanden.iter().find(|(naam, _)| naam.ends_with(IJMOND)).unwrap();
        let herziening = tekst.lines().find(|regel| regel.starts_with("herziening")).unwrap();
        let herzien = map_met(IJMOND, herziening, "herziening = 99");
        start(data.path(), herzien.path()).await.unwrap();
        start(data.path(), echt.path()).await.unwrap();
    }
}
