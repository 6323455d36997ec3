//! What the clock must trigger. Answers never depend on a job having run: a job only rings.

use crate::{App, AppFout, uitvoeren::verplaatsen};
use std::collections::BTreeSet;

/// The alarm of a report that is on its way to another casus.
pub(crate) const VERPLAATSING: &str = "melding-onderweg";

/// Alarms taken from the store at a time.
const WEKKERS_PER_RONDE: u32 = 200;
/// Rounds in one call, so that a flood ends in this call or the next.
const RONDEN_MAX: u32 = 1_000;

/// Rings every alarm that is due, each once; returns how many rang.
///
/// # Errors
/// When the store fails; what rang, rang.
pub async fn wek(app: &App) -> Result<u32, AppFout> {
    let nu = app.klok().nu();
    let mut gerinkeld = 0;
    let mut onaf = BTreeSet::new();
    for _ in 0..RONDEN_MAX {
        let wekkers = app.store().wekkers(nu, WEKKERS_PER_RONDE).await?;
        if wekkers.iter().all(|wekker| onaf.contains(&wekker.casus)) {
            break;
        }
        for wekker in &wekkers {
            // A move that was left half done is finished first; when that fails its alarm stays and is tried again.
            if wekker.soort == VERPLAATSING && verplaatsen::maak_af(app, wekker.casus).await.is_err() {
                onaf.insert(wekker.casus);
                continue;
            }
            app.store().laat_rinkelen(wekker, nu).await?;
            gerinkeld += 1;
        }
    }
    Ok(gerinkeld)
}
