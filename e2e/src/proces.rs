//! A process that we started and that ends with us, however the test ends.

use anyhow::{Context, Result, bail};
use std::{
    fs::File,
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
};

/// A process in a group of its own, so that what it starts ends with it.
pub struct Proces {
    kind: Child,
    /// Kept open: a program that writes to a closed pipe would end.
    uitvoer: BufReader<ChildStdout>,
    fouten: PathBuf,
}

impl Proces {
    /// Starts a command; its errors go to a file that is shown when it does not come up.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(opdracht: &mut Command, fouten: &Path) -> Result<Self> {
        let naam = opdracht.get_program().to_string_lossy().into_owned();
        opdracht.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(File::create(fouten)?).process_group(0);
        let mut kind = opdracht.spawn().with_context(|| format!("{naam} kan niet worden gestart"))?;
        let uitvoer = kind.stdout.take().context("geen uitvoer")?;
        Ok(Self { kind, uitvoer: BufReader::new(uitvoer), fouten: fouten.to_owned() })
    }

    /// Reads until a line gives what is looked for; the end of the output means that the process gave up.
    ///
    /// # Errors
    /// The process ended first; with what it said.
    pub fn tot<T>(&mut self, zoek: impl Fn(&str) -> Option<T>) -> Result<T> {
        let mut gezien = String::new();
        let mut regel = String::new();
        while self.uitvoer.read_line(&mut regel)? > 0 {
            if let Some(gevonden) = zoek(&regel) {
                return Ok(gevonden);
            }
            gezien.push_str(&regel);
            regel.clear();
        }
        let einde = self.kind.wait()?;
        bail!("het proces stopte ({einde}): {gezien}{}", std::fs::read_to_string(&self.fouten).unwrap_or_default())
    }
}

impl Drop for Proces {
    fn drop(&mut self) {
        // The group before the leader: once that is reaped, its number could belong to another.
        let groep = format!("-{}", self.kind.id());
        let _ = Command::new("kill").args(["-KILL", "--", &groep]).stderr(Stdio::null()).status();
        let _ = self.kind.kill();
        let _ = self.kind.wait();
    }
}
