//! Finds the agreement files: in a folder, else those that were built in.

use anyhow::{Context, Result};
use domain::afspraak::{AfspraakFout, Afspraken, Bron};
use rust_embed::RustEmbed;
use std::{fs, path::Path};

#[derive(RustEmbed)]
#[folder = "../../afspraken"]
struct Ingebouwd;

/// Loads the agreements of a folder, or the built-in ones when no folder is given.
///
/// # Errors
/// A folder that cannot be read. Mistakes in the files come back as the inner error, all of them.
pub fn laad(map: Option<&Path>) -> Result<Result<Afspraken, Vec<AfspraakFout>>> {
    let (kalenders, afspraken) = bronnen(map)?;
    Ok(Afspraken::laad(&kalenders, afspraken))
}

/// The texts: the calendars, and the agreements.
///
/// # Errors
/// A folder that cannot be read.
pub fn bronnen(map: Option<&Path>) -> Result<(Vec<Bron>, Vec<Bron>)> {
    let bronnen = match map {
        Some(map) => uit_map(map)?,
        None => ingebouwd(),
    };
    Ok(bronnen.into_iter().partition(|bron| bron.bestand.contains("kalender/")))
}

/// Loads, or tells every mistake as one error.
///
/// # Errors
/// Everything that is wrong with the files.
pub fn laad_of_meld(map: Option<&Path>) -> Result<Afspraken> {
    of_meld(laad(map)?)
}

/// What was loaded, or every mistake as one error.
///
/// # Errors
/// Everything that is wrong with the files.
pub fn of_meld(geladen: std::result::Result<Afspraken, Vec<AfspraakFout>>) -> Result<Afspraken> {
    geladen.map_err(|fouten| {
        let regels: Vec<_> = fouten.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("de werkafspraken kloppen niet:\n{}", regels.join("\n"))
    })
}

/// The built-in files by their path below the folder of agreements.
pub fn ingebouwde_bestanden() -> Vec<(String, String)> {
    let toml = Ingebouwd::iter().filter(|pad| pad.ends_with(".toml"));
    toml.filter_map(|pad| {
        let tekst = String::from_utf8(Ingebouwd::get(&pad)?.data.into_owned()).ok()?;
        Some((pad.into_owned(), tekst))
    })
    .collect()
}

fn ingebouwd() -> Vec<Bron> {
    let bestanden = ingebouwde_bestanden().into_iter();
    let mut bronnen: Vec<_> =
        bestanden.map(|(pad, tekst)| Bron { bestand: format!("afspraken/{pad}"), tekst }).collect();
    bronnen.sort_by(|a, b| a.bestand.cmp(&b.bestand));
    bronnen
}

pub(crate) fn uit_map(map: &Path) -> Result<Vec<Bron>> {
    let mut bronnen = Vec::new();
    let mut mappen = vec![map.to_owned()];
    while let Some(map) = mappen.pop() {
        let inhoud = fs::read_dir(&map).with_context(|| format!("de map {} kan niet worden gelezen", map.display()))?;
        for item in inhoud {
            let pad = item?.path();
            if pad.is_dir() {
                mappen.push(pad);
            } else if pad.extension().is_some_and(|einde| einde == "toml") {
                let tekst = fs::read_to_string(&pad).with_context(|| pad.display().to_string())?;
                bronnen.push(Bron { bestand: pad.display().to_string(), tekst });
            }
        }
    }
    bronnen.sort_by(|a, b| a.bestand.cmp(&b.bestand));
    Ok(bronnen)
}
