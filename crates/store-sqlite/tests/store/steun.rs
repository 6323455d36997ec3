//! A store in a folder of its own, and an application on it with the real key file.

use app::{
    App, Poorten,
    contract::{
        Fabriek,
        steun::{Proefklok, afspraken},
    },
    herkenning::ExacteSleutels,
    poorten::{Herkenning, Klok, Store},
    toegang::Tabel,
};
use sleutels::{Sleutelbestand, Systeemtoeval};
use sqlx::{SqlitePool, sqlite::SqliteConnectOptions};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};
use store_sqlite::SqliteStore;
use tempfile::TempDir;

/// Makes empty stores, each in a file of its own.
pub struct SqliteFabriek {
    map: TempDir,
    gemaakt: AtomicU32,
}

impl SqliteFabriek {
    pub fn new() -> Self {
        Self { map: tempfile::tempdir().unwrap(), gemaakt: AtomicU32::new(0) }
    }
}

#[async_trait::async_trait]
impl Fabriek for SqliteFabriek {
    async fn leeg(&self) -> Arc<dyn Store> {
        let nummer = self.gemaakt.fetch_add(1, Ordering::SeqCst);
        Arc::new(SqliteStore::open(&self.map.path().join(format!("{nummer}.db"))).await.unwrap())
    }
}

/// An application on a file, that can be stopped and started again.
pub struct Opstelling {
    pub map: TempDir,
    pub klok: Proefklok,
    pub app: Arc<App>,
    pub store: Arc<SqliteStore>,
}

impl Opstelling {
    pub async fn nieuw() -> Self {
        let (map, klok) = (tempfile::tempdir().unwrap(), Proefklok::default());
        let (app, store) = start(map.path(), "sleutels", &klok).await;
        Self { map, klok, app, store }
    }

    /// Stops, and leaves the folder.
    pub async fn stop(self) -> TempDir {
        self.store.sluit().await;
        self.map
    }

    /// Starts on a copy of a folder.
    pub async fn kopie(voorbeeld: &TempDir) -> Self {
        let map = tempfile::tempdir().unwrap();
        for bestand in std::fs::read_dir(voorbeeld.path()).unwrap() {
            let bestand = bestand.unwrap();
            std::fs::copy(bestand.path(), map.path().join(bestand.file_name())).unwrap();
        }
        let klok = Proefklok::default();
        klok.vooruit(24 * 30);
        let (app, store) = start(map.path(), "sleutels", &klok).await;
        Self { map, klok, app, store }
    }

    pub fn klok_nu(&self) -> domain::tijd::Instant {
        self.klok.nu()
    }

    pub fn db(&self) -> PathBuf {
        self.map.path().join("zicht.db")
    }

    /// Stops and starts again, with another key file when asked.
    pub async fn herstart(self, sleutels: &str) -> Self {
        let Self { map, klok, app, store } = self;
        store.sluit().await;
        drop((app, store));
        let (app, store) = start(map.path(), sleutels, &klok).await;
        Self { map, klok, app, store }
    }

    /// A connection past the application, as somebody with the file has it.
    pub async fn achterom(&self) -> SqlitePool {
        SqlitePool::connect_with(SqliteConnectOptions::new().filename(self.db())).await.unwrap()
    }

    /// The same without the triggers that guard events and access log.
    pub async fn achterom_zonder_wacht(&self) -> SqlitePool {
        let db = self.achterom().await;
        for wacht in
            ["event_verandert_niet", "event_verdwijnt_niet", "toegang_verandert_niet", "toegang_verdwijnt_niet"]
        {
            sqlx::query(sqlx::AssertSqlSafe(format!("DROP TRIGGER IF EXISTS {wacht}"))).execute(&db).await.unwrap();
        }
        db
    }
}

async fn start(map: &Path, sleutels: &str, klok: &Proefklok) -> (Arc<App>, Arc<SqliteStore>) {
    let store = Arc::new(SqliteStore::open(&map.join("zicht.db")).await.unwrap());
    let poort: Arc<dyn Store> = Arc::<SqliteStore>::clone(&store);
    (Arc::new(app_met(poort, &map.join(sleutels), klok).await), store)
}

pub async fn app_met(store: Arc<dyn Store>, sleutels: &Path, klok: &Proefklok) -> App {
    app_met_herkenning(store, sleutels, klok, Arc::new(ExacteSleutels)).await
}

pub async fn app_met_herkenning(
    store: Arc<dyn Store>,
    sleutels: &Path,
    klok: &Proefklok,
    herkenning: Arc<dyn Herkenning>,
) -> App {
    let poorten = Poorten {
        store,
        klok: Arc::new(klok.clone()),
        toegang: Arc::new(Tabel),
        herkenning,
        sleutels: Arc::new(Sleutelbestand::open_of_maak(sleutels).unwrap()),
        toeval: Arc::new(Systeemtoeval),
    };
    App::start(poorten, afspraken()).await.unwrap()
}
