//! The binary as a process: how soon it answers, and how much memory it takes when nobody asks anything.

use super::{
    Omvang,
    opslag::Proefopslag,
    tafel::{Grens, Meting},
};
use crate::voortgang::stopwatch;
use anyhow::{Context, Result, bail, ensure};
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// So long nobody asks anything before the memory is read.
const STIL: Duration = Duration::from_millis(1_200);
/// A start that takes longer than this failed.
const START_MAX: Duration = Duration::from_secs(20);
const EVEN: Duration = Duration::from_millis(1);

/// # Errors
/// The process does not start, or says nothing about its memory.
pub async fn meet(proef: &Proefopslag, omvang: Omvang) -> Result<Vec<Meting>> {
    // A file has one process at a time, so the process gets an empty one of its own, and shape on the first start.
    let opslag = match proef.server() {
        Some(_) => proef.adres(),
        None => format!("sqlite:{}", proef.map().join("proces.db").display()),
    };
    let mut tijden = Vec::new();
    let mut geheugen = f64::NAN;
    for nummer in 0..=omvang.starts {
        let mut proces = Proces::start(proef.map(), &opslag)?;
        let tijd = proces.eerste_antwoord().await?;
        if nummer > 0 {
            tijden.push(tijd);
        }
        if nummer == omvang.starts {
            wacht(STIL).await;
            geheugen = proces.geheugen_mb()?;
        }
    }
    tijden.sort_by(f64::total_cmp);
    let starts = u64::try_from(tijden.len())?;
    let meting = |maat: &str, voorwaarden: String, grens, cijfer, eenheid| Meting {
        opslag: proef.naam(),
        maat: maat.to_owned(),
        voorwaarden,
        grens: Some(Grens::Hoogstens(grens)),
        cijfer,
        eenheid,
        werk: starts,
        werk_min: 3,
    };
    let mediaan = tijden.get(tijden.len() / 2).copied().unwrap_or(f64::NAN);
    Ok(vec![
        meting("start tot eerste antwoord", format!("mediaan van {starts} starts, lege opslag"), 100.0, mediaan, "ms"),
        meting("geheugen in rust", "RSS, lege opslag, na het eerste antwoord".to_owned(), 40.0, geheugen, "MB"),
    ])
}

async fn wacht(duur: Duration) {
    let mut tik = tokio::time::interval(duur);
    tik.tick().await;
    tik.tick().await;
}

/// A running `zicht serve`; it ends with this value.
struct Proces {
    kind: Child,
    adres: SocketAddr,
    begin: std::time::Instant,
}

impl Proces {
    fn start(map: &Path, opslag: &str) -> Result<Self> {
        // A free port: taken, and given back before the process asks for it.
        let adres = std::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?;
        let config: PathBuf = map.join("proces.toml");
        let sleutels = map.join("proces.sleutels");
        let tekst = format!("store = {opslag:?}\nsleutelbestand = {sleutels:?}\nluister = \"{adres}\"\n");
        fs::write(&config, tekst)?;
        let eigen = std::env::current_exe().context("het eigen programma is niet te vinden")?;
        let begin = stopwatch();
        let kind = Command::new(eigen)
            .arg("serve")
            .arg("--config")
            .arg(&config)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()?;
        Ok(Self { kind, adres, begin })
    }

    /// Milliseconds from the start to the first page.
    async fn eerste_antwoord(&mut self) -> Result<f64> {
        while self.begin.elapsed() < START_MAX {
            if let Some(status) = self.kind.try_wait()? {
                bail!("zicht serve stopte meteen: {status}");
            }
            if let Ok(mut lijn) = TcpStream::connect(self.adres).await {
                lijn.write_all(b"GET /aanmelden HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n").await?;
                let mut begin = [0u8; 12];
                lijn.read_exact(&mut begin).await?;
                ensure!(&begin == b"HTTP/1.1 200", "{}", String::from_utf8_lossy(&begin));
                return Ok(self.begin.elapsed().as_secs_f64() * 1e3);
            }
            wacht(EVEN).await;
        }
        bail!("zicht serve antwoordt niet binnen {} s", START_MAX.as_secs())
    }

    fn geheugen_mb(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.kind.id()))?;
        let regel = status.lines().find_map(|regel| regel.strip_prefix("VmRSS:")).context("geen VmRSS")?;
        let kibibytes: f64 = regel.trim().trim_end_matches("kB").trim().parse()?;
        Ok(kibibytes * 1_024.0 / 1e6)
    }
}

impl Drop for Proces {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.kind.kill();
        let _ = self.kind.wait();
    }
}
