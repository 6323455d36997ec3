//! A PostgreSQL server for tests, that nobody has to install a service for: made in a temporary folder, reached over a
//! socket in it, gone with the process that asked for it. Only for development: no product crate may use it.
//!
//! What it does not know: our tables. Without PostgreSQL on the machine it panics, for a suite that skips proves nothing.

#![allow(clippy::expect_used, clippy::panic, reason = "this is part of tests; what is missing ends them")]

use std::{
    ffi::OsStr,
    fs,
    os::unix::{
        fs::{DirBuilderExt, MetadataExt, chown},
        process::parent_id,
    },
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicU32, Ordering},
    },
};

/// Names the folder with `initdb`, `pg_ctl` and `psql`, where they are not in a usual place.
const BIN: &str = "ZICHT_PG_BIN";
/// Set by a test runner that starts a process for each test: one server then serves the whole run.
const LOOP: &str = "NEXTEST_RUN_ID";
const GEBRUIKER: &str = "zicht";

/// Stops the server and removes its folder when the process is gone, however it went.
const WACHT: &str = r#"
pid=$1 map=$2 pg_ctl=$3; shift 3
while [ -d "/proc/$pid" ]; do sleep 0.2; done
"$@" "$pg_ctl" stop -s -m immediate -D "$map/data"
rm -rf "$map" "$map".*
"#;

/// Whether a commit waits for the disk: needed where the server itself is made to fail, slow elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schijf {
    Echt,
    Overgeslagen,
}

/// A running server.
#[derive(Debug)]
pub struct Server {
    map: PathBuf,
    bin: PathBuf,
    schijf: Schijf,
}

static GETELD: AtomicU32 = AtomicU32::new(0);

impl Server {
    /// The server that all tests of this run share; it skips the disk.
    pub fn gedeeld() -> &'static Self {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(|| match std::env::var_os(LOOP) {
            Some(run) => Self::van_de_loop(&run),
            None => Self::eigen(Schijf::Overgeslagen),
        })
    }

    /// A server of its own, for as long as this process lives.
    pub fn eigen(schijf: Schijf) -> Self {
        let nummer = GETELD.fetch_add(1, Ordering::SeqCst);
        let map = std::env::temp_dir().join(format!("zicht-pg-{}-{nummer}", std::process::id()));
        let server = Self { map, bin: bin(), schijf };
        server.maak(std::process::id());
        server
    }

    fn van_de_loop(run: &OsStr) -> Self {
        let map = std::env::temp_dir().join(format!("zicht-pg-{}", run.to_string_lossy()));
        let server = Self { map, bin: bin(), schijf: Schijf::Overgeslagen };
        let slot = fs::File::create(server.map.with_extension("slot")).expect("slot");
        slot.lock().expect("slot");
        if !server.map.join("data/postmaster.pid").exists() {
            server.maak(parent_id());
        }
        server
    }

    fn maak(&self, zolang: u32) {
        let _ = fs::remove_dir_all(&self.map);
        fs::DirBuilder::new().mode(0o711).create(&self.map).expect("map voor PostgreSQL");
        if let Some((uid, gid)) = ander() {
            chown(&self.map, Some(uid), Some(gid)).expect("eigenaar van de map");
        }
        let wacht = ["--fork", "sh", "-c", WACHT, "wacht", &zolang.to_string()];
        let pg_ctl = self.bin.join("pg_ctl");
        let mut apart = Command::new("setsid");
        let stand = stil(apart.args(wacht).arg(&self.map).arg(pg_ctl).args(zonder_root())).status().expect("setsid");
        assert!(stand.success(), "de wacht begint niet: {stand}");
        let data = self.map.join("data");
        let soort = ["-U", GEBRUIKER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N", "-D"];
        self.moet("initdb", self.als_eigenaar("initdb").args(soort).arg(data));
        self.sta_op();
    }

    /// Starts again after [`Self::stort_in`].
    pub fn sta_op(&self) {
        let schijf = if self.schijf == Schijf::Echt { "on" } else { "off" };
        let opties = format!(
            "-c listen_addresses= -c unix_socket_directories={} -c max_connections=200 -c fsync={schijf} \
             -c full_page_writes={schijf} -c max_wal_size=256MB -c shared_buffers=64MB",
            self.map.display()
        );
        let mut start = self.als_eigenaar("pg_ctl");
        start.args(["start", "-w", "-s", "-o", &opties, "-l"]).arg(self.map.join("log")).arg("-D");
        self.moet("pg_ctl start", start.arg(self.map.join("data")));
    }

    /// The server is gone at once, as by a power cut: nothing is finished, nothing is written down.
    pub fn stort_in(&self) {
        let mut stop = self.als_eigenaar("pg_ctl");
        stop.args(["stop", "-w", "-s", "-m", "immediate", "-D"]);
        self.moet("pg_ctl stop", stop.arg(self.map.join("data")));
    }

    /// The address of a database on this server.
    pub fn url(&self, database: &str) -> String {
        format!("postgres:///{database}?host={}&user={GEBRUIKER}", self.map.display())
    }

    /// Makes a database, empty or as a copy; a name that exists is refused.
    pub fn maak_database(&self, naam: &str, sjabloon: Option<&str>) {
        self.sql("postgres", &format!("CREATE DATABASE {naam} TEMPLATE {}", sjabloon.unwrap_or("template0")));
    }

    /// The name of a copy of a template that no other test of this run has. The template is made once, by `vul`.
    pub fn verse_database(&self, sjabloon: &str, vul: impl FnOnce(&str)) -> String {
        let slot = fs::File::create(self.map.with_extension(format!("{sjabloon}-slot"))).expect("slot");
        slot.lock().expect("slot");
        if self.sql("postgres", &format!("SELECT 1 FROM pg_database WHERE datname = '{sjabloon}'")).is_empty() {
            self.maak_database(sjabloon, None);
            vul(&self.url(sjabloon));
        }
        drop(slot);
        let naam = format!("proef_{}_{}", std::process::id(), GETELD.fetch_add(1, Ordering::SeqCst));
        self.maak_database(&naam, Some(sjabloon));
        naam
    }

    /// What a statement answers, unaligned, without heading.
    pub fn sql(&self, database: &str, tekst: &str) -> String {
        let mut psql = Command::new(self.bin.join("psql"));
        psql.args(["-XqAt", "-v", "ON_ERROR_STOP=1", "-U", GEBRUIKER, "-d", database, "-c", tekst, "-h"]);
        let uit = psql.arg(&self.map).output().expect("psql");
        assert!(uit.status.success(), "psql: {}", String::from_utf8_lossy(&uit.stderr));
        String::from_utf8_lossy(&uit.stdout).trim_end().to_owned()
    }

    /// PostgreSQL refuses to run as root.
    fn als_eigenaar(&self, programma: &str) -> Command {
        let programma = self.bin.join(programma);
        let mut opdracht = match zonder_root().split_first() {
            Some((eerste, rest)) => {
                let mut opdracht = Command::new(eerste);
                opdracht.args(rest).arg(programma);
                opdracht
            }
            None => Command::new(programma),
        };
        opdracht.current_dir(&self.map);
        opdracht
    }

    fn moet(&self, wat: &str, opdracht: &mut Command) {
        let uitvoer = self.map.join("uitvoer");
        let bestand = || fs::File::create(&uitvoer).expect("uitvoer");
        let stand = stil(opdracht).stdout(bestand()).stderr(bestand()).status().expect(wat);
        let lees = |naam: &str| fs::read_to_string(self.map.join(naam)).unwrap_or_default();
        assert!(stand.success(), "{wat}: {}{}", lees("uitvoer"), lees("log"));
    }
}

fn stil(opdracht: &mut Command) -> &mut Command {
    opdracht.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null())
}

fn bin() -> PathBuf {
    let gevraagd = std::env::var_os(BIN).map(PathBuf::from);
    let mut versies: Vec<_> = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().collect();
    versies.sort_by_key(|versie| versie.file_name().to_string_lossy().parse::<u32>().unwrap_or(0));
    let debian = versies.into_iter().rev().map(|versie| versie.path().join("bin"));
    let pad = std::env::var_os("PATH").unwrap_or_default();
    let compleet = |map: &PathBuf| ["initdb", "pg_ctl", "postgres", "psql"].iter().all(|naam| map.join(naam).is_file());
    let gevonden = gevraagd.into_iter().chain(debian).chain(std::env::split_paths(&pad)).find(compleet);
    gevonden.unwrap_or_else(|| {
        panic!("PostgreSQL ontbreekt; installeer het (Debian: apt-get install postgresql) of wijs het aan met {BIN}")
    })
}

/// Who runs the server when we are root: user and group of `postgres`, else of `nobody`.
fn ander() -> Option<(u32, u32)> {
    let root = fs::metadata("/proc/self").is_ok_and(|eigen| eigen.uid() == 0);
    let gebruikers = fs::read_to_string(Path::new("/etc/passwd")).unwrap_or_default();
    let nummers = |naam: &str| {
        let regel = gebruikers.lines().find(|regel| regel.split(':').next() == Some(naam))?;
        let mut velden = regel.split(':').skip(2).map(str::parse);
        Some((velden.next()?.ok()?, velden.next()?.ok()?))
    };
    if root { nummers("postgres").or_else(|| nummers("nobody")) } else { None }
}

fn zonder_root() -> Vec<String> {
    ander().map_or_else(Vec::new, |(uid, gid)| {
        vec!["setpriv".into(), format!("--reuid={uid}"), format!("--regid={gid}"), "--clear-groups".into()]
    })
}
