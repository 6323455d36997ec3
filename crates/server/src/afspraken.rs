//! Finds the agreement files: in a folder, else those that were built in.

use anyhow::{Context, Result, anyhow, bail};
use app::EditieVeranderd;
use domain::afspraak::{AfspraakFout, Afspraken, Bron, lees_afspraak};
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
                let bytes = fs::read(&pad).with_context(|| pad.display().to_string())?;
                bronnen.push(Bron { bestand: pad.display().to_string(), tekst: als_tekst(bytes, &pad)? });
            }
        }
    }
    if bronnen.is_empty() {
        bail!("in de map {} staat geen bestand dat eindigt op .toml", map.display());
    }
    bronnen.sort_by(|a, b| a.bestand.cmp(&b.bestand));
    Ok(bronnen)
}

fn als_tekst(bytes: Vec<u8>, pad: &Path) -> Result<String> {
    String::from_utf8(bytes).map_err(|fout| {
        let goed = fout.as_bytes().iter().take(fout.utf8_error().valid_up_to());
        let regel = goed.filter(|teken| **teken == b'\n').count() + 1;
        anyhow!("{}:{regel}: hier staat een teken dat geen UTF-8 is; bewaar het bestand als UTF-8", pad.display())
    })
}

/// Where the files differ from what the store holds under the same name: at the entries, else at the name of the edition.
pub fn plekken(veranderd: &EditieVeranderd, bronnen: &[Bron]) -> Vec<AfspraakFout> {
    // In the order in which they lie on each other: what a region says goes before its base.
    let van_laag = |laag: &str| {
        bronnen.iter().find(|bron| {
            let bestand = lees_afspraak((*bron).clone());
            bestand.is_ok_and(|bestand| bestand.laag.naam() == laag)
        })
    };
    let lagen: Vec<&Bron> = veranderd.naam.split(" + ").filter_map(van_laag).collect();
    let melding =
        |wat: &str| format!("{wat} is anders dan in de opslag onder dezelfde naam; geef een hogere herziening");
    let per_ingang = veranderd.ingangen.iter().filter_map(|(sectie, sleutel)| {
        let plek = lagen.iter().rev().find_map(|bron| Some((bron, bron.plek_van(sectie, sleutel)?)));
        plek.map(|(bron, regel)| AfspraakFout {
            bestand: bron.bestand.clone(),
            regel,
            melding: melding(&format!("[{sectie}.{sleutel}]")),
        })
    });
    let gevonden: Vec<_> = per_ingang.collect();
    if gevonden.is_empty() {
        return lagen.iter().map(|bron| bron.fout("naam", melding("een van de lagen"))).collect();
    }
    gevonden
}
