//! `zicht views rebuild`: lists and lines anew from the events.

use super::beheer::Opslagkeuze;
use crate::voortgang::Voortgang;
use anyhow::{Result, ensure};
use app::App;
use clap::{Args, Subcommand};
use domain::ids::CasusId;

/// Ids that are read at a time.
const STREAMS_PER_KEER: u32 = 1_000;

/// What can be done with views.
#[derive(Subcommand)]
pub enum ViewsOpdracht {
    /// Maak lijsten, lijnen en termijnen opnieuw uit wat is vastgelegd.
    Rebuild(RebuildOpties),
}

/// Options of `zicht views rebuild`.
#[derive(Args)]
pub struct RebuildOpties {
    /// Alleen deze casus.
    #[arg(long, value_name = "ID")]
    casus: Option<CasusId>,
    #[command(flatten)]
    opslag: Opslagkeuze,
}

/// Rebuilds; `false` when a casus could not be read. That one keeps the rows it had, the others go on.
///
/// # Errors
/// A store that cannot be used, or fails for all.
pub async fn views(opdracht: &ViewsOpdracht) -> Result<bool> {
    let ViewsOpdracht::Rebuild(opties) = opdracht;
    let samen = opties.opslag.stel_samen().await?;
    let uitkomst = herbouw(&samen.app, opties.casus).await;
    samen.store.sluit().await;
    let (gelukt, mislukt) = uitkomst?;
    zeg!("{gelukt} casussen opnieuw opgebouwd, {mislukt} niet te lezen.");
    Ok(mislukt == 0)
}

/// How many were rebuilt, and how many could not be read.
async fn herbouw(app: &App, alleen: Option<CasusId>) -> Result<(u64, u64)> {
    if let Some(casus) = alleen {
        let bestaat = !app.store().laad(casus).await?.is_empty();
        ensure!(bestaat, "er is geen casus met id {casus}");
        let gelukt = een(app, casus).await?;
        return Ok((u64::from(gelukt), u64::from(!gelukt)));
    }
    let totaal = app.store().aantal_streams().await?;
    let mut voortgang = Voortgang::begin("casussen", totaal);
    let (mut gelukt, mut mislukt, mut na) = (0, 0, None);
    loop {
        let bladzij = app.store().streams(na, STREAMS_PER_KEER).await?;
        let Some(laatste) = bladzij.last() else { break };
        na = Some(*laatste);
        for casus in bladzij {
            let goed = een(app, casus).await?;
            gelukt += u64::from(goed);
            mislukt += u64::from(!goed);
            voortgang.zet(gelukt + mislukt);
        }
    }
    voortgang.klaar();
    Ok((gelukt, mislukt))
}

/// `false` when the casus cannot be read. A fault of the store ends the work: the next one would fail as well.
async fn een(app: &App, casus: CasusId) -> Result<bool> {
    match app.herbouw_views(casus).await {
        Ok(()) => Ok(true),
        Err(app::AppFout::Store(fout)) => Err(fout.into()),
        Err(fout) => {
            super::zeg_fout(&format!("casus {casus}: {fout}"));
            Ok(false)
        }
    }
}
