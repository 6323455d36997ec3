//! What the clock must trigger. Answers never depend on a job having run: a job only rings.

use crate::{App, AppFout};

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
    for _ in 0..RONDEN_MAX {
        let wekkers = app.store().wekkers(nu, WEKKERS_PER_RONDE).await?;
        if wekkers.is_empty() {
            break;
        }
        for wekker in &wekkers {
            app.store().laat_rinkelen(wekker, nu).await?;
            gerinkeld += 1;
        }
    }
    Ok(gerinkeld)
}
