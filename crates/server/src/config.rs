//! Settings of `zicht serve`: one TOML file, unknown keys refused.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// The settings.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `sqlite:/pad/naar/zicht.db`.
    pub store: String,
    /// File with the key-encryption keys; made when it is not there.
    pub sleutelbestand: PathBuf,
    /// Address to listen on.
    pub luister: SocketAddr,
    /// Folder with agreements; the built-in ones when absent.
    #[serde(default)]
    pub afspraken: Option<PathBuf>,
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// The file cannot be read, or a key is unknown or missing.
    pub fn lees(pad: &Path) -> Result<Self> {
        let tekst = fs::read_to_string(pad).with_context(|| format!("configuratie {}", pad.display()))?;
        toml::from_str(&tekst).with_context(|| format!("configuratie {}", pad.display()))
    }
}

/// The file behind a store URL.
///
/// # Errors
/// A scheme that this release does not know.
pub fn sqlite_pad(url: &str) -> Result<PathBuf> {
    match url.split_once(':') {
        Some(("sqlite", pad)) if !pad.is_empty() => Ok(PathBuf::from(pad)),
        _ => bail!("onbekende opslag '{url}'; verwacht werd sqlite:PAD"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn het_voorbeeld_wordt_gelezen_en_een_onbekende_sleutel_geweigerd() {
        let voorbeeld = include_str!("../../../docs/zicht.voorbeeld.toml");
        let config: Config = toml::from_str(voorbeeld).unwrap();
        assert!(sqlite_pad(&config.store).is_ok());
        assert!(toml::from_str::<Config>(&format!("{voorbeeld}\nkleur = 1")).is_err());
        assert!(sqlite_pad("mysql:x").is_err());
    }
}
