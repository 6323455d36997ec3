//! Plays scenarios against the real application: store, sealing and views included, with a clock that stands still.

mod afspraak;
mod controle;
mod dekking;
mod documenten;
mod eigen;
mod herkennen;
mod informatie;
mod invullen;
mod melden;
mod mutanten;
mod plan;
mod plek;
mod rondom;
mod speler;
mod verteller;
mod vorm;
mod vorm_rondom;
mod wacht;

pub use dekking::{Dekking, Verschil};
pub use mutanten::{Mutant, mutanten};
pub use plek::Plekken;
pub use speler::{Verslag, speel, speel_in};
pub use verteller::Verteller;

use anyhow::{Context, Result};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// In which way a scenario is played. All ways must answer alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modus {
    Gewoon,
    /// No job ever runs.
    ZonderJobs,
    /// The application and its store are opened anew before each step.
    Herstart,
    /// The views are rebuilt before each control.
    ViewsHerbouwd,
    /// Every command is sent twice.
    Dubbel,
}

impl Modus {
    /// Every way, the plain one first.
    pub const ALLE: &'static [Modus] =
        &[Modus::Gewoon, Modus::ZonderJobs, Modus::Herstart, Modus::ViewsHerbouwd, Modus::Dubbel];
}

/// The scenario files at a path, in order.
///
/// # Errors
/// The path cannot be read.
pub fn bestanden(pad: &Path) -> Result<Vec<PathBuf>> {
    if pad.is_file() {
        return Ok(vec![pad.to_owned()]);
    }
    let mut gevonden = Vec::new();
    for item in fs::read_dir(pad).with_context(|| pad.display().to_string())? {
        let pad = item?.path();
        if pad.is_dir() {
            gevonden.extend(bestanden(&pad)?);
        } else if pad.extension().is_some_and(|einde| einde == "toml") {
            gevonden.push(pad);
        }
    }
    gevonden.sort();
    Ok(gevonden)
}
