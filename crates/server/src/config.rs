//! Settings of `zicht serve`: one TOML file, unknown keys refused.

use anyhow::{Context, Result, anyhow, bail};
use app::bronnen::Gedrag;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// The settings. Not to be printed: an address may hold a password.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// `sqlite:/pad/naar/zicht.db`, a path, or `postgres://gebruiker@server/database`.
    pub store: String,
    /// File with the key-encryption keys; made when it is not there.
    pub sleutelbestand: PathBuf,
    /// Address to listen on.
    pub luister: SocketAddr,
    /// Folder with agreements; the built-in ones when absent.
    #[serde(default)]
    pub afspraken: Option<PathBuf>,
    /// Folder with afwegingskaders of professions; the built-in ones when absent.
    #[serde(default)]
    pub kaders: Option<PathBuf>,
    /// Folder with triage instruments of organisations; none when absent.
    #[serde(default)]
    pub instrumenten: Option<PathBuf>,
    /// Folder with protocols of organisations for a family that does not appear; none when absent.
    #[serde(default)]
    pub protocollen: Option<PathBuf>,
    /// Stand-ins in the place of sources of information, each with how it behaves; no source is connected when absent.
    #[serde(default)]
    pub nagebootste_bronnen: Option<BTreeMap<String, Gedrag>>,
}

impl Config {
    /// Reads the settings.
    ///
    /// # Errors
    /// The file cannot be read, or a key is unknown or missing.
    pub fn lees(pad: &Path) -> Result<Self> {
        let waar = || format!("configuratie {}", pad.display());
        let tekst = fs::read_to_string(pad).with_context(waar)?;
        Self::uit(&tekst).with_context(waar)
    }

    /// The error names the line and not what stands there: that may be a password.
    fn uit(tekst: &str) -> Result<Self> {
        toml::from_str(tekst).map_err(|fout| {
            let tot = fout.span().and_then(|plek| tekst.get(..plek.start)).unwrap_or_default();
            anyhow!("regel {}: {}", tot.matches('\n').count() + 1, fout.message())
        })
    }
}

/// Where the data are. The only place that knows which stores there are.
#[derive(Clone)]
pub enum Opslagadres {
    Sqlite(PathBuf),
    /// The whole address, password included: not to be printed.
    Postgres(String),
}

impl Opslagadres {
    /// Reads `sqlite:PAD`, a path, or an address that begins with `postgres://`.
    ///
    /// # Errors
    /// Another scheme, or nothing. The address is not repeated.
    pub fn lees(adres: &str) -> Result<Self> {
        match adres.split_once(':') {
            Some(("sqlite", pad)) if !pad.is_empty() => Ok(Self::Sqlite(PathBuf::from(pad))),
            Some(("postgres" | "postgresql", rest)) if rest.starts_with("//") => Ok(Self::Postgres(adres.to_owned())),
            None if !adres.is_empty() => Ok(Self::Sqlite(PathBuf::from(adres))),
            _ => bail!("onbekende opslag; verwacht werd sqlite:PAD, een pad, of postgres://gebruiker@server/database"),
        }
    }
}

impl From<&PathBuf> for Opslagadres {
    fn from(pad: &PathBuf) -> Self {
        Self::Sqlite(pad.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn het_voorbeeld_wordt_gelezen_en_een_onbekende_sleutel_geweigerd() {
        let voorbeeld = include_str!("../../../docs/zicht.voorbeeld.toml");
        let config = Config::uit(voorbeeld).unwrap();
        assert!(matches!(Opslagadres::lees(&config.store), Ok(Opslagadres::Sqlite(_))));
        let fout = Config::uit(&format!("{voorbeeld}\nkleur = 1")).err().unwrap().to_string();
        assert!(fout.contains("kleur"), "{fout}");
    }

    #[test]
    fn de_opslag_wordt_aan_haar_adres_herkend() {
        for pad in ["sqlite:/a/b.db", "sqlite:b.db", "/a/b.db", "b.db"] {
            assert!(matches!(Opslagadres::lees(pad), Ok(Opslagadres::Sqlite(_))), "{pad}");
        }
        for adres in ["postgres://u@h/d", "postgresql:///d?host=/run/postgresql"] {
            assert!(matches!(Opslagadres::lees(adres), Ok(Opslagadres::Postgres(_))), "{adres}");
        }
    }

    #[test]
    fn geen_fout_zegt_een_wachtwoord() {
        for regel in ["store = \"postgres://u:geheim@h/d", "store = [\"postgres://u:geheim@h/d\"]", "geheim\nstore"] {
            let fout = format!("{:#}", Config::uit(&format!("\n{regel}")).err().unwrap());
            assert!(!fout.contains("geheim") && fout.starts_with("regel "), "{fout}");
        }
        for adres in ["", "sqlite:", "postgres:geheim", "mysql://u:geheim@h/d"] {
            let fout = Opslagadres::lees(adres).err().unwrap().to_string();
            assert!(!fout.contains("geheim"), "{fout}");
        }
    }
}
