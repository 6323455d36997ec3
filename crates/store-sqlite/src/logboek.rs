//! The write-ahead log is brought to the file beside the work, so that no commit, and nobody whose page waits for its
//! line in the access log, waits for it.

use sqlx::{Connection, SqliteConnection, query, sqlite::SqliteConnectOptions};
use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};
use tokio::{
    sync::{Mutex, MutexGuard},
    task::JoinHandle,
    time::MissedTickBehavior,
};

/// Between two looks at what was written.
const PAUZE: Duration = Duration::from_millis(250);

/// The turn of a writer: they queue here in order of arrival, not on the file's lock.
pub(crate) struct Beurt {
    slot: Mutex<()>,
    geschreven: Arc<AtomicBool>,
    inkorten: JoinHandle<()>,
}

impl Beurt {
    pub(crate) fn nieuw(opties: SqliteConnectOptions) -> Self {
        let geschreven = Arc::new(AtomicBool::new(false));
        let inkorten = tokio::spawn(kort_in(opties, Arc::clone(&geschreven)));
        Self { slot: Mutex::default(), geschreven, inkorten }
    }

    /// For what is short; the log is shortened after it.
    pub(crate) async fn lock(&self) -> MutexGuard<'_, ()> {
        self.geschreven.store(true, Ordering::Relaxed);
        self.slot.lock().await
    }

    /// For a pile, which shortens the log itself when it is done.
    pub(crate) async fn lock_voor_velen(&self) -> MutexGuard<'_, ()> {
        self.slot.lock().await
    }

    /// The file is no longer written by this.
    pub(crate) fn stop(&self) {
        self.inkorten.abort();
    }
}

impl Drop for Beurt {
    fn drop(&mut self) {
        self.stop();
    }
}

/// Until it is stopped. A connection that fails is made anew; meanwhile the log only grows, and the writer shortens it
/// at [`crate::schrijven::LOG_PAGINAS`].
async fn kort_in(opties: SqliteConnectOptions, geschreven: Arc<AtomicBool>) {
    let mut verbinding = None;
    let mut beurten = tokio::time::interval(PAUZE);
    beurten.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        beurten.tick().await;
        if !geschreven.swap(false, Ordering::Relaxed) {
            continue;
        }
        let gedaan = match verbinding.take() {
            Some(verbinding) => een_keer(verbinding).await,
            None => match SqliteConnection::connect_with(&opties).await {
                Ok(nieuw) => een_keer(nieuw).await,
                Err(fout) => Err(fout),
            },
        };
        match gedaan {
            Ok(bruikbaar) => verbinding = Some(bruikbaar),
            Err(fout) => tracing::warn!(%fout, "het logboek van de database is niet ingekort"),
        }
    }
}

/// As far as no reader still needs the log; nobody waits for it.
async fn een_keer(mut verbinding: SqliteConnection) -> Result<SqliteConnection, sqlx::Error> {
    query("PRAGMA wal_checkpoint(PASSIVE)").execute(&mut verbinding).await?;
    Ok(verbinding)
}
