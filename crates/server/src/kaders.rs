//! Finds what organisations weigh by: afwegingskaders in a folder, else those that were built in; protocols and triage
//! instruments only in a folder.

use crate::afspraken::uit_map;
use anyhow::Result;
use domain::{
    afspraak::{AfspraakFout, Bron},
    beoordelingen::instrument::Instrumenten,
    meldcode::{kader::Kaders, protocol::Protocollen},
};
use rust_embed::RustEmbed;
use std::path::Path;

#[derive(RustEmbed)]
#[folder = "../../kaders"]
struct Ingebouwd;

/// Loads the kaders of a folder, or the built-in ones when no folder is given.
///
/// # Errors
/// A folder that cannot be read, or everything that is wrong with the files.
pub fn laad(map: Option<&Path>) -> Result<Kaders> {
    let bronnen = match map {
        Some(map) => uit_map(map)?,
        None => ingebouwd(),
    };
    Kaders::laad(&bronnen).map_err(|fouten| samen("de afwegingskaders", &fouten))
}

/// Loads the protocols of organisations for a family that does not appear; there are none without a folder.
///
/// # Errors
/// A folder that cannot be read, or everything that is wrong with the files.
pub fn protocollen(map: Option<&Path>) -> Result<Protocollen> {
    let bronnen = map.map_or_else(|| Ok(Vec::new()), uit_map)?;
    Protocollen::laad(&bronnen).map_err(|fouten| samen("de protocollen", &fouten))
}

/// Loads the triage instruments of organisations; there are none without a folder.
///
/// # Errors
/// A folder that cannot be read, or everything that is wrong with the files.
pub fn instrumenten(map: Option<&Path>) -> Result<Instrumenten> {
    let bronnen = map.map_or_else(|| Ok(Vec::new()), uit_map)?;
    instrumenten_uit(&bronnen)
}

/// A made-up instrument, for the scenarios and the demo.
///
/// # Errors
/// Never; what is made up here is read by a test.
pub fn verzonnen_instrument() -> Result<Instrumenten> {
    let bestand = "verzonnen-instrument.toml".to_owned();
    instrumenten_uit(&[Bron { bestand, tekst: include_str!("verzonnen-instrument.toml").to_owned() }])
}

fn instrumenten_uit(bronnen: &[Bron]) -> Result<Instrumenten> {
    Instrumenten::laad(bronnen).map_err(|fouten| samen("de triage-instrumenten", &fouten))
}

fn samen(wat: &str, fouten: &[AfspraakFout]) -> anyhow::Error {
    let regels: Vec<_> = fouten.iter().map(ToString::to_string).collect();
    anyhow::anyhow!("{wat} kloppen niet:\n{}", regels.join("\n"))
}

fn ingebouwd() -> Vec<Bron> {
    let toml = Ingebouwd::iter().filter(|pad| pad.ends_with(".toml"));
    let mut bronnen: Vec<_> = toml
        .filter_map(|pad| {
            let tekst = String::from_utf8(Ingebouwd::get(&pad)?.data.into_owned()).ok()?;
            Some(Bron { bestand: format!("kaders/{pad}"), tekst })
        })
        .collect();
    bronnen.sort_by(|a, b| a.bestand.cmp(&b.bestand));
    bronnen
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::beoordelingen::instrument::Triagedeel;
    use jiff::civil::date;

    #[test]
    fn elk_beroep_heeft_vanaf_2019_een_kader() {
        let kaders = laad(None).unwrap();
        for beroep in ["algemeen", "onderwijs", "gezondheidszorg", "jgz", "jeugdhulp", "kinderopvang", "politie"] {
            assert!(kaders.voor(beroep, date(2019, 1, 1)).is_some(), "{beroep}");
            assert!(kaders.voor(beroep, date(2018, 12, 31)).is_none(), "{beroep} bestond nog niet");
        }
    }

    #[test]
    fn het_verzonnen_instrument_zegt_dat_het_verzonnen_is_en_heeft_alle_delen() {
        let instrumenten = verzonnen_instrument().unwrap();
        let instrument = instrumenten.voor(&"veilig-thuis-noord-holland-noord".into(), date(2026, 3, 2)).unwrap();
        assert!(instrument.naam.contains("verzonnen"), "{}", instrument.naam);
        assert!(Triagedeel::ALLE.into_iter().all(|deel| instrument.vragen(deel).count() > 0));
        assert_eq!(instrumenten_uit(&[]).unwrap(), Instrumenten::default(), "er is er geen ingebouwd");
    }

    #[test]
    fn een_map_met_een_fout_wordt_met_bestand_en_regel_geweigerd() {
        let map = tempfile::tempdir().unwrap();
        std::fs::write(map.path().join("eigen.toml"), "beroep = \"onderwijs\"\nnamm = \"Onderwijs\"\n").unwrap();
        let fout = laad(Some(map.path())).unwrap_err().to_string();
        assert!(fout.contains("eigen.toml:") && fout.contains("onbekende sleutel"), "{fout}");
    }
}
