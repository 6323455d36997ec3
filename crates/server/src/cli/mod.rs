//! The subcommands that print.
#![expect(clippy::print_stdout, reason = "a command line tool answers on standard output")]

mod afspraak;

pub use afspraak::{AfspraakOpdracht, afspraak};

use crate::scenario;
use anyhow::Result;
use clap::Subcommand;
use domain::afspraak::Afspraken;
use std::{path::PathBuf, sync::Arc};
use tokio::sync::Semaphore;

/// Scenarios that are played at the same time: mostly waiting for the disk.
const NAAST_ELKAAR: usize = 6;

/// What can be done with scenarios.
#[derive(Subcommand)]
pub enum ScenarioOpdracht {
    /// Speel één bestand of een hele map af.
    Run {
        /// Een .toml-bestand, of een map die helemaal wordt doorzocht.
        pad: PathBuf,
        /// Speel elk scenario in alle standen: met en zonder jobs, met herstart, met herbouwde views, dubbel verstuurd.
        #[arg(long)]
        alle_modi: bool,
        /// Een opslag om te gebruiken, sqlite:PAD; zonder deze optie krijgt elk scenario een eigen tijdelijke opslag.
        #[arg(long)]
        store: Option<String>,
        /// Toon wat de speler zelf invulde en elk antwoord.
        #[arg(long)]
        uitgebreid: bool,
        /// Map met afspraken; zonder deze optie de ingebouwde.
        #[arg(long)]
        afspraken: Option<PathBuf>,
    },
}

/// Runs scenarios; `false` when one fails.
///
/// # Errors
/// A folder or agreement that cannot be read.
pub async fn scenario(opdracht: &ScenarioOpdracht) -> Result<bool> {
    let ScenarioOpdracht::Run { pad, alle_modi, store, uitgebreid, afspraken } = opdracht;
    let afspraken = crate::afspraken::laad_of_meld(afspraken.as_deref())?;
    let modi: &'static [scenario::Modus] = if *alle_modi { scenario::Modus::ALLE } else { &[scenario::Modus::Gewoon] };
    let (mut geslaagd, mut mislukt) = (0, 0);
    for (bestand, uitslag) in speel_alle(scenario::bestanden(pad)?, modi, &afspraken, store.as_deref()).await? {
        match uitslag {
            Ok(verslag) => {
                geslaagd += 1;
                let omvang = format!("{} stappen, {} controles", verslag.stappen, verslag.controles);
                println!("ok    {}: {} ({omvang})", bestand.display(), verslag.titel);
                if *uitgebreid {
                    verslag.regels.iter().for_each(|regel| println!("      {regel}"));
                }
            }
            Err(fout) => {
                mislukt += 1;
                println!("FOUT  {}\n      {fout:#}", bestand.display());
            }
        }
    }
    println!("{geslaagd} passed, {mislukt} failed");
    Ok(mislukt == 0 && geslaagd > 0)
}

type Uitslagen = Vec<(PathBuf, Result<scenario::Verslag>)>;

/// Plays files side by side, each in a store of its own; in one given store they go one after the other.
async fn speel_alle(
    bestanden: Vec<PathBuf>,
    modi: &'static [scenario::Modus],
    afspraken: &Afspraken,
    store: Option<&str>,
) -> Result<Uitslagen> {
    let plaatsen = Arc::new(Semaphore::new(if store.is_some() { 1 } else { NAAST_ELKAAR }));
    let mut spelen = Vec::new();
    for bestand in bestanden {
        let (plaatsen, afspraken, store) = (Arc::clone(&plaatsen), afspraken.clone(), store.map(str::to_owned));
        spelen.push(tokio::spawn(async move {
            let _plaats = plaatsen.acquire_owned().await;
            let uitslag = scenario::speel(&bestand, modi, &afspraken, store.as_deref()).await;
            (bestand, uitslag)
        }));
    }
    let mut uitslagen = Vec::with_capacity(spelen.len());
    for spel in spelen {
        uitslagen.push(spel.await?);
    }
    Ok(uitslagen)
}

/// Says what went wrong, on standard error.
#[expect(clippy::print_stderr, reason = "the last word of a failed command")]
pub fn zeg_fout(fout: &str) {
    eprintln!("zicht: {fout}");
}
