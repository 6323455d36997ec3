//! `zicht bench --kort` measures everything that is promised, and says how much it did. How fast this machine is, is
//! not tested: a busy machine is no fault.

use super::proces::{draai_alles, tekst};
use serde_json::Value;
use std::path::Path;

const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");

/// Every measure, and below how much work it would say nothing.
const MATEN: &[(&str, u64)] = &[
    ("fdatasync", 50),
    ("tijdlijn en alle termijnen", 500),
    ("vouwen uit bewaarde bytes", 5_000),
    ("duurzame opdracht / kale schrijver, 1 klant", 80),
    ("duurzame opdracht / kale schrijver, 16 klanten", 80),
    ("casussen opstapelen", 2_000),
    ("werkvoorraad, p99", 40),
    ("pagina van een casus, p99", 40),
    ("start tot eerste antwoord", 3),
    ("geheugen in rust", 3),
    ("enkele scenario's", 10),
];

fn meet(map: &Path, meer: &[&str]) -> Value {
    let mut argumenten = vec!["bench", "--kort", "--json", "--scenarios", SCENARIOS, "--map", tekst(map)];
    argumenten.extend(meer);
    let (gelukt, uit, fout) = draai_alles(&argumenten);
    assert!(gelukt, "{uit}\n{fout}");
    serde_json::from_str(&uit).unwrap()
}

fn controleer(uit: &Value, opslag: &str) {
    let metingen = uit["metingen"].as_array().unwrap();
    for (maat, minimum) in MATEN {
        let meting = metingen
            .iter()
            .find(|meting| meting["maat"] == *maat && ["", opslag].contains(&meting["opslag"].as_str().unwrap()))
            .unwrap_or_else(|| panic!("{maat} ontbreekt op {opslag}"));
        let werk = meting["werk"].as_u64().unwrap();
        assert!(werk >= *minimum, "{maat}: maar {werk} gedaan");
        assert!(meting["cijfer"].as_f64().is_some_and(|cijfer| cijfer > 0.0), "{meting}");
        println!("{opslag} {maat}: {} {} ({werk} gedaan)", meting["cijfer"], meting["eenheid"]);
    }
}

#[test]
fn de_korte_vorm_meet_alles_op_een_bestand() {
    let map = tempfile::tempdir().unwrap();
    let uit = meet(map.path(), &[]);
    controleer(&uit, "SQLite");
    assert!(uit["machine"]["kernen"].as_u64().unwrap() > 0);
    assert_eq!(std::fs::read_dir(map.path()).unwrap().count(), 0, "er blijft niets achter");
}

#[test]
fn de_korte_vorm_meet_alles_op_een_server() {
    let server = proefpostgres::Server::gedeeld();
    let database = format!("bench_{}", std::process::id());
    server.maak_database(&database, None);
    let map = tempfile::tempdir().unwrap();
    let uit = meet(map.path(), &["--opslag", &server.url(&database)]);
    controleer(&uit, "PostgreSQL");
    let over = server.sql(&database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'zicht_bench%'");
    assert_eq!(over, "0", "het schema is opgeruimd");
}
