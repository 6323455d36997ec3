//! The subcommands that print.
#![expect(clippy::print_stdout, reason = "a command line tool answers on standard output")]

mod afspraak;

pub use afspraak::{AfspraakOpdracht, afspraak};

use crate::scenario;
use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;

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
    let modi = if *alle_modi { scenario::Modus::ALLE } else { &[scenario::Modus::Gewoon] };
    let mut geslaagd = 0;
    let mut mislukt = 0;
    for bestand in scenario::bestanden(pad)? {
        match scenario::speel(&bestand, modi, &afspraken, store.as_deref()).await {
            Ok(verslag) => {
                geslaagd += 1;
                println!(
                    "ok    {}: {} ({} stappen, {} controles)",
                    bestand.display(),
                    verslag.titel,
                    verslag.stappen,
                    verslag.controles
                );
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

/// Says what went wrong, on standard error.
#[expect(clippy::print_stderr, reason = "the last word of a failed command")]
pub fn zeg_fout(fout: &str) {
    eprintln!("zicht: {fout}");
}
