//! The binary under test, in demo mode on a free port, with a folder of its own.

use crate::{http::Verzoek, proces::Proces};
use anyhow::{Context, Result, bail};
use std::{path::PathBuf, process::Command};
use tempfile::TempDir;

/// A running demo. It can be stopped as by a power cut and started again later, on the same folder.
pub struct Demo {
    proces: Option<Proces>,
    map: TempDir,
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    pub basis: String,
}

impl Demo {
    /// Starts an empty demo whose clock says `nu`, a local date and time.
    ///
    /// # Errors
    /// The binary is missing or does not come up.
    pub fn start(nu: &str) -> Result<Self> {
        Self::met_casussen(nu, 0)
    }

    /// The same with made-up casussen in it.
    ///
    /// # Errors
    /// As [`Demo::start`].
    pub fn met_casussen(nu: &str, casussen: u32) -> Result<Self> {
        let mut demo = Self { proces: None, map: TempDir::new()?, basis: String::new() };
        demo.begin(nu, casussen)?;
        Ok(demo)
    }

    /// Ends the process without warning, and starts it again at another time: what was acknowledged must be there.
    ///
    /// # Errors
    /// As [`Demo::start`].
    pub fn herstart(&mut self, nu: &str) -> Result<()> {
        self.proces = None;
        self.begin(nu, 0)
    }

    fn begin(&mut self, nu: &str, casussen: u32) -> Result<()> {
        let mut opdracht = Command::new(binary()?);
        opdracht.args(["demo", "--poort", "0", "--casussen", &casussen.to_string(), "--nu", nu, "--map"]);
        opdracht.arg(self.map.path().join("gegevens"));
        let mut proces = Proces::start(&mut opdracht, &self.map.path().join("fouten.txt"))?;
        self.basis = proces.tot(adres).context("zicht demo")?;
        self.proces = Some(proces);
        Ok(())
    }

    /// The full address of a path.
    #[must_use]
    pub fn url(&self, pad: &str) -> String {
        format!("{}{pad}", self.basis)
    }

    /// A request to a path.
    #[must_use]
    pub fn verzoek(&self, methode: &str, pad: &str) -> Verzoek {
        Verzoek::new(methode, &self.url(pad))
    }
}

/// The address in a line of output.
fn adres(regel: &str) -> Option<String> {
    let (_, na) = regel.split_once("http://127.0.0.1:")?;
    let poort: String = na.chars().take_while(char::is_ascii_digit).collect();
    (!poort.is_empty()).then(|| format!("http://127.0.0.1:{poort}"))
}

/// The binary beside the folder of this test program.
fn binary() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    let map = test.parent().and_then(|deps| deps.parent()).context("geen doelmap")?;
    let binary = map.join("zicht");
    if !binary.is_file() {
        bail!("{} ontbreekt; bouw het eerst met: cargo build --package server", binary.display());
    }
    Ok(binary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn het_adres_wordt_uit_de_regel_gelezen() {
        let regel = "Zicht staat klaar op http://127.0.0.1:40123/ (Ctrl-C stopt)\n";
        assert_eq!(adres(regel).as_deref(), Some("http://127.0.0.1:40123"));
        assert_eq!(adres("http://127.0.0.1:\n"), None);
    }
}
