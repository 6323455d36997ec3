//! What the clock must trigger. Answers never depend on a job having run: a job only rings.

use crate::{App, AppFout, opslag::JobRij, uitvoeren::verplaatsen};
use domain::{ids::CasusId, tijd::Instant};
use std::collections::BTreeSet;

/// The alarm of a report that is on its way to another casus.
pub(crate) const VERPLAATSING: &str = "melding-onderweg";

/// Alarms taken from the store at a time.
const WEKKERS_PER_RONDE: u32 = 200;
/// Rounds in one call, so that a flood ends in this call or the next.
const RONDEN_MAX: u32 = 1_000;
/// How long a process may be silent before another takes its job.
const JOB_SECONDEN: i64 = 60;
const WEKKEN: &str = "wekkers";

/// Rings every alarm that is due, each once, and wakes who is on call; returns how many rang.
///
/// # Errors
/// When the store fails; what rang, rang.
pub async fn wek(app: &App) -> Result<u32, AppFout> {
    let nu = app.klok().nu();
    let (mut gerinkeld, mut onaf) = (0, BTreeSet::new());
    for _ in 0..RONDEN_MAX {
        match ronde(app, nu, &mut onaf).await? {
            Some(aantal) => gerinkeld += aantal,
            None => break,
        }
    }
    app.alarmeer().await;
    Ok(gerinkeld)
}

/// How many rang; `None` when nothing is left but what could not be finished.
async fn ronde(app: &App, nu: Instant, onaf: &mut BTreeSet<CasusId>) -> Result<Option<u32>, AppFout> {
    let wekkers = app.store().wekkers(nu, WEKKERS_PER_RONDE).await?;
    if wekkers.iter().all(|wekker| onaf.contains(&wekker.casus)) {
        return Ok(None);
    }
    let mut gerinkeld = 0;
    for wekker in &wekkers {
        // A move that was left half done is finished first; when that fails its alarm stays and is tried again.
        if wekker.soort == VERPLAATSING
            && let Err(fout) = verplaatsen::maak_af(app, wekker.casus).await
        {
            tracing::warn!(casus = %wekker.casus, %fout, "een verplaatste melding is nog onderweg; later opnieuw");
            onaf.insert(wekker.casus);
            continue;
        }
        app.store().laat_rinkelen(wekker, nu).await?;
        gerinkeld += 1;
    }
    Ok(Some(gerinkeld))
}

/// The same where several processes share a store: one of them rings, and when it is silent another takes over.
/// `None` when another has the job. A claim that two hold for a moment does no harm: an alarm rings once all the same.
///
/// # Errors
/// When the store fails; what rang, rang.
pub async fn wek_op_beurt(app: &App, proces: &str) -> Result<Option<u32>, AppFout> {
    let (mut gerinkeld, mut onaf) = (None, BTreeSet::new());
    for _ in 0..RONDEN_MAX {
        let nu = app.klok().nu();
        let tot = Instant(nu.0.saturating_add(JOB_SECONDEN * 1_000_000));
        let job = JobRij { naam: WEKKEN.to_owned(), houder: proces.to_owned(), tot };
        // Asked anew for each round: a flood may take longer than a claim lasts.
        if !app.store().neem_job(job, nu).await? {
            break;
        }
        let aantal = ronde(app, nu, &mut onaf).await?;
        gerinkeld = Some(gerinkeld.unwrap_or(0) + aantal.unwrap_or(0));
        if aantal.is_none() {
            break;
        }
    }
    if gerinkeld.is_some() {
        app.alarmeer().await;
    }
    Ok(gerinkeld)
}

/// Gives the job back when a process stops, so that another rings at its next look.
///
/// # Errors
/// When the store fails; then the claim ends by itself.
pub async fn stop_wekken(app: &App, proces: &str) -> Result<(), AppFout> {
    Ok(app.store().laat_job_los(WEKKEN, proces).await?)
}
