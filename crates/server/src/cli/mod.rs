//! The subcommands that print.

mod afspraak;
mod beheer;
mod doorrekenen;
mod mutanten;
mod views;
mod zicht_op;

pub use afspraak::{AfspraakOpdracht, afspraak};
pub use beheer::{Opslagkeuze, migrate};
pub use views::{ViewsOpdracht, views};
pub use zicht_op::{ZichtOpOpties, zicht_op};

use crate::{config::Opslagadres, scenario};
use anyhow::{Context, Result};
use clap::Subcommand;
use domain::afspraak::Afspraken;
use scenario::Dekking;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};
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
        /// De opslag: sqlite:PAD voor alle scenario's samen, of postgres://… waar elk scenario in een leeg schema speelt
        /// dat na afloop verdwijnt. Zonder deze optie krijgt elk scenario een eigen tijdelijk bestand.
        #[arg(long, value_name = "ADRES", alias = "store")]
        opslag: Option<String>,
        /// Schrijf naar dit bestand welke clausules zijn gegeven en welke zijn getoetst.
        #[arg(long, value_name = "BESTAND")]
        dekking: Option<PathBuf>,
        /// Toon wat de speler zelf invulde en elk antwoord.
        #[arg(long)]
        uitgebreid: bool,
        /// Map met afspraken; zonder deze optie de ingebouwde.
        #[arg(long)]
        afspraken: Option<PathBuf>,
    },
    /// Verander telkens een waarde in een afspraak en kijk of een scenario dat opmerkt.
    Mutanten(mutanten::MutantenOpties),
}

/// Whether it went well.
type Uitslag = Result<bool>;

/// Runs scenarios; `false` when one fails.
///
/// # Errors
/// A folder or agreement that cannot be read.
pub async fn scenario(opdracht: &ScenarioOpdracht) -> Uitslag {
    let (pad, alle_modi, opslag, dekking, uitgebreid, afspraken) = match opdracht {
        ScenarioOpdracht::Run { pad, alle_modi, opslag, dekking, uitgebreid, afspraken } => {
            (pad, alle_modi, opslag, dekking, uitgebreid, afspraken)
        }
        ScenarioOpdracht::Mutanten(opties) => return mutanten::mutanten(opties).await,
    };
    let opslag = opslag.as_deref().map(Opslagadres::lees).transpose()?;
    let afspraken = crate::afspraken::laad_of_meld(afspraken.as_deref())?;
    let modi: &'static [scenario::Modus] = if *alle_modi { scenario::Modus::ALLE } else { &[scenario::Modus::Gewoon] };
    let (mut geslaagd, mut mislukt, mut gedekt, mut door) = (0, 0, Dekking::default(), PerClausule::new());
    for (bestand, uitslag) in speel_alle(scenario::bestanden(pad)?, modi, &afspraken, opslag.as_ref()).await? {
        match uitslag {
            Ok(verslag) => {
                geslaagd += 1;
                gedekt.voeg_toe(&verslag.dekking);
                for id in &verslag.dekking.getoetst {
                    door.entry(id.clone()).or_default().insert(bestand.display().to_string());
                }
                let omvang = format!("{} stappen, {} controles", verslag.stappen, verslag.controles);
                zeg!("ok    {}: {} ({omvang})", bestand.display(), verslag.titel);
                if *uitgebreid {
                    verslag.regels.iter().for_each(|regel| zeg!("      {regel}"));
                }
            }
            Err(fout) => {
                mislukt += 1;
                zeg!("FOUT  {}\n      {fout:#}", bestand.display());
            }
        }
    }
    if let Some(bestand) = dekking {
        schrijf_dekking(bestand, &gedekt, &door)?;
    }
    zeg!("{geslaagd} passed, {mislukt} failed");
    Ok(mislukt == 0 && geslaagd > 0)
}

/// Which files asked for a clause.
type PerClausule = BTreeMap<String, BTreeSet<String>>;

fn schrijf_dekking(bestand: &Path, gedekt: &Dekking, door: &PerClausule) -> Result<()> {
    let json = serde_json::json!({ "gegeven": gedekt.gegeven, "getoetst": gedekt.getoetst, "door": door });
    fs::write(bestand, serde_json::to_vec_pretty(&json)?).with_context(|| bestand.display().to_string())
}

type Uitslagen = Vec<(PathBuf, Result<scenario::Verslag>)>;

/// Plays files side by side, each in a store of its own; in one given file they go one after the other.
async fn speel_alle(
    bestanden: Vec<PathBuf>,
    modi: &'static [scenario::Modus],
    afspraken: &Afspraken,
    opslag: Option<&Opslagadres>,
) -> Result<Uitslagen> {
    let plekken = Arc::new(scenario::Plekken::new(opslag.cloned()));
    let plaatsen = Arc::new(Semaphore::new(if plekken.is_gedeeld() { 1 } else { NAAST_ELKAAR }));
    let mut spelen = Vec::new();
    for bestand in bestanden {
        let (plaatsen, plekken, afspraken) = (Arc::clone(&plaatsen), Arc::clone(&plekken), afspraken.clone());
        spelen.push(tokio::spawn(async move {
            let _plaats = plaatsen.acquire_owned().await;
            let uitslag = scenario::speel(&bestand, modi, &afspraken, &plekken).await;
            (bestand, uitslag)
        }));
    }
    let mut uitslagen = Vec::with_capacity(spelen.len());
    for spel in spelen {
        uitslagen.push(spel.await?);
    }
    plekken.ruim_op().await?;
    Ok(uitslagen)
}

/// Plays the scenarios of a folder once, no more than `hoogstens` of them, spread over all; how many that were.
///
/// # Errors
/// The first scenario that does not go as written.
pub async fn speel_map(map: &Path, server: Option<&Opslagadres>, hoogstens: usize) -> Result<u64> {
    let afspraken = crate::afspraken::laad_of_meld(None)?;
    let alle = scenario::bestanden(map)?;
    let stap = alle.len().div_ceil(hoogstens.max(1)).max(1);
    let bestanden = alle.into_iter().step_by(stap).collect();
    let mut gespeeld = 0;
    for (bestand, uitslag) in speel_alle(bestanden, &[scenario::Modus::Gewoon], &afspraken, server).await? {
        uitslag.with_context(|| bestand.display().to_string())?;
        gespeeld += 1;
    }
    Ok(gespeeld)
}

/// Says what went wrong, on standard error.
#[expect(clippy::print_stderr, reason = "the last word of a failed command")]
pub fn zeg_fout(fout: &str) {
    eprintln!("zicht: {fout}");
}
