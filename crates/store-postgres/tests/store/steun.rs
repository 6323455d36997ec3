//! Databases of a test's own, copied from one that is migrated once.

use app::{
    App,
    contract::{
        Fabriek,
        steun::{Proefklok, app_op},
    },
    poorten::Store,
};
use proefpostgres::Server;
use std::sync::Arc;
use store_postgres::PostgresStore;

/// A database with our tables and nothing in them.
pub async fn vers() -> String {
    let maak = || Server::gedeeld().verse_database("zicht_sjabloon", migreer);
    tokio::task::spawn_blocking(maak).await.unwrap()
}

fn migreer(url: &str) {
    let migreren = async {
        PostgresStore::open(url).await.unwrap().sluit().await;
    };
    tokio::runtime::Handle::current().block_on(migreren);
}

/// Makes empty stores, each in a database of its own.
pub struct PostgresFabriek;

#[async_trait::async_trait]
impl Fabriek for PostgresFabriek {
    async fn leeg(&self) -> Arc<dyn Store> {
        open(&vers().await).await
    }
}

/// A store on a database of the shared server, with a pool of its own, as a process has it.
pub async fn open(database: &str) -> Arc<PostgresStore> {
    Arc::new(PostgresStore::open(&Server::gedeeld().url(database)).await.unwrap())
}

/// An application on a database of its own.
pub struct Opstelling {
    pub database: String,
    pub klok: Proefklok,
    pub store: Arc<PostgresStore>,
    pub app: Arc<App>,
}

impl Opstelling {
    pub async fn nieuw() -> Self {
        let (database, klok) = (vers().await, Proefklok::default());
        let store = open(&database).await;
        let app = Arc::new(app_op(Arc::<PostgresStore>::clone(&store), &klok, 1).await);
        Self { database, klok, store, app }
    }

    /// Another application on the same database, as a second process has it.
    pub async fn tweede(&self, zaad: u64) -> Arc<App> {
        Arc::new(app_op(open(&self.database).await, &self.klok, zaad).await)
    }
}
