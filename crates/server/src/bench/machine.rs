//! On what was measured: without it a figure says nothing.

use crate::klok::Systeemklok;
use app::poorten::Klok;
use serde_json::{Value, json};
use std::{fs, path::Path};

/// This machine, as far as it tells.
pub struct Machine {
    datum: String,
    processor: String,
    kernen: usize,
    kernel: String,
    schijf: String,
    bouw: &'static str,
}

impl Machine {
    /// The machine, with the disk under this folder.
    pub fn deze(map: &Path) -> Self {
        let cpu = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        let model = cpu.lines().find_map(|regel| regel.strip_prefix("model name")?.split_once(": "));
        Self {
            datum: Systeemklok.nu().dag().to_string(),
            processor: model.map_or_else(|| "onbekende processor".to_owned(), |(_, naam)| naam.trim().to_owned()),
            kernen: std::thread::available_parallelism().map_or(1, usize::from),
            kernel: gelezen("/proc/sys/kernel/osrelease"),
            schijf: schijf(map),
            bouw: if cfg!(debug_assertions) { "ontwikkelbouw" } else { "release" },
        }
    }

    pub fn in_woorden(&self) -> String {
        let Self { datum, processor, kernen, kernel, schijf, bouw } = self;
        format!("{datum}, {bouw}; {processor}, {kernen} kernen, Linux {kernel}, {schijf}")
    }

    pub fn als_json(&self) -> Value {
        json!({
            "datum": self.datum,
            "processor": self.processor,
            "kernen": self.kernen,
            "kernel": self.kernel,
            "schijf": self.schijf,
            "bouw": self.bouw,
        })
    }
}

fn gelezen(pad: &str) -> String {
    fs::read_to_string(pad).map_or_else(|_| "onbekend".to_owned(), |tekst| tekst.trim().to_owned())
}

/// File system and device under a folder.
fn schijf(map: &Path) -> String {
    let map = fs::canonicalize(map).unwrap_or_else(|_| map.to_owned());
    let mounts = fs::read_to_string("/proc/mounts").unwrap_or_default();
    let mut beste: Option<(usize, String, String)> = None;
    for regel in mounts.lines() {
        let mut delen = regel.split_whitespace();
        let (Some(apparaat), Some(plek), Some(soort)) = (delen.next(), delen.next(), delen.next()) else { continue };
        if map.starts_with(plek) && beste.as_ref().is_none_or(|(lengte, ..)| plek.len() >= *lengte) {
            beste = Some((plek.len(), apparaat.to_owned(), soort.to_owned()));
        }
    }
    let Some((_, apparaat, soort)) = beste else { return "onbekende schijf".to_owned() };
    let naam = apparaat.rsplit('/').next().unwrap_or_default();
    let draait = match gelezen(&format!("/sys/block/{naam}/queue/rotational")).as_str() {
        "0" => ", niet draaiend",
        "1" => ", draaiend",
        _ => "",
    };
    format!("{soort} op {apparaat}{draait}")
}
