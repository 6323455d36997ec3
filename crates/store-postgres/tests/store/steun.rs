//! Databases of a test's own, copied from one that is migrated once.

use app::{contract::Fabriek, poorten::Store};
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
        Arc::new(PostgresStore::open(&Server::gedeeld().url(&vers().await)).await.unwrap())
    }
}
