//! Which store: chosen by its address, the same answers, and a clear last word when it cannot be used.

use super::proces::{Zicht, draai, tekst, vraag};
use proefpostgres::Server;
use std::{path::Path, process::Command};

const SCENARIOS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../scenarios");
/// Every scenario of one region, and of the other regions the story from the first signal to stable safety.
const OP_BEIDE: [&str; 4] = [
    "noord-oost-gelderland",
    "ijmond/lang-van-signaal-tot-stabiel-veilig.toml",
    "noord-holland-noord/lang-van-signaal-tot-stabiel-veilig.toml",
    "zuid-holland-zuid/lang-van-signaal-tot-stabiel-veilig.toml",
];
const SCENARIOS_MIN: usize = 20;

fn instellingen(map: &Path, adres: &str) -> String {
    let pad = map.join("zicht.toml");
    let regels = [
        format!("store = {adres:?}"),
        format!("sleutelbestand = {:?}", map.join("sleutels")),
        "luister = \"127.0.0.1:0\"".into(),
    ];
    std::fs::write(&pad, regels.join("\n")).unwrap();
    tekst(&pad).to_owned()
}

#[test]
fn zonder_postgresql_stopt_het_met_een_regel_die_zegt_wat_te_doen_en_geen_wachtwoord() {
    let map = tempfile::tempdir().unwrap();
    let server = Server::gedeeld();
    let adressen = [
        ("postgres://zicht:geheim@127.0.0.1:1/zicht", "127.0.0.1:1"),
        ("postgres:///zicht?host=/nergens/hier&password=geheim", "/nergens/hier"),
        (&format!("{}&password=geheim", server.url("bestaat_niet")), "bestaat_niet"),
    ];
    for (adres, waar) in adressen {
        let config = instellingen(map.path(), adres);
        let (gelukt, fout) = draai(&["serve", "--config", &config]);
        assert!(!gelukt, "{adres}");
        assert_eq!(fout.lines().count(), 1, "{fout}");
        assert!(fout.contains(waar) && fout.contains("kijk of de server draait"), "{fout}");
        assert!(!fout.contains("geheim") && !fout.contains("postgres://"), "{fout}");
        // The option goes before the settings.
        let (gelukt, fout) = draai(&["serve", "--config", &config, "--opslag", "mysql://u:geheim@h/d"]);
        assert!(!gelukt && fout.contains("onbekende opslag") && !fout.contains("geheim"), "{fout}");
    }
}

#[test]
fn een_server_die_te_vroeg_bevestigt_wordt_geweigerd() {
    let (map, server) = (tempfile::tempdir().unwrap(), Server::gedeeld());
    let database = format!("te_vroeg_{}", std::process::id());
    server.maak_database(&database, None);
    server.sql("postgres", &format!("ALTER DATABASE {database} SET synchronous_commit = off"));
    let (gelukt, fout) = draai(&["serve", "--config", &instellingen(map.path(), &server.url(&database))]);
    assert!(!gelukt && fout.contains("synchronous_commit"), "{fout}");
}

#[test]
fn twee_servers_naast_elkaar_leggen_een_formulier_dat_bij_allebei_komt_een_keer_vast() {
    let (map, server) = (tempfile::tempdir().unwrap(), Server::gedeeld());
    let database = format!("twee_servers_{}", std::process::id());
    server.maak_database(&database, None);
    let config = instellingen(map.path(), &server.url(&database));
    let mut servers = [(); 2].map(|()| Zicht::start(&["serve", "--config", &config]));
    let adressen = servers.each_mut().map(|zicht| zicht.wacht_op_adres().1);
    let formulier = vraag(&adressen[0], "GET", "/formulier", "", "").inhoud;
    let (_, nummer) = formulier.split_once("name=\"opdracht\" value=\"").unwrap();
    let ingevuld = format!(
        "opdracht={}&spoed=nee&zelf_tekst=Elke+avond+geschreeuw.&gemeente=Beverwijk&openheid=onbekend&persoon1_rol=kind",
        nummer.split('"').next().unwrap()
    );
    // The answer of the first is lost; who sends it again meets the other.
    std::thread::scope(|samen| {
        for adres in &adressen {
            samen.spawn(|| {
                let antwoord = vraag(adres, "POST", "/formulier", "", &ingevuld);
                assert_eq!(antwoord.status, 303, "{}", antwoord.inhoud);
            });
        }
    });
    let tel = |wat: &str| server.sql(&database, &format!("SELECT count(*) FROM {wat}"));
    assert_eq!((tel("opdracht").as_str(), tel("event WHERE versie = 1").as_str()), ("1", "1"));
}

#[test]
fn elk_scenario_antwoordt_op_postgresql_woord_voor_woord_hetzelfde() {
    let (server, database) = (Server::gedeeld(), format!("scenarios_{}", std::process::id()));
    server.maak_database(&database, None);
    let speel = |pad: &str, meer: &[&str]| {
        let mut zicht = Command::new(env!("CARGO_BIN_EXE_zicht"));
        let pad = format!("{SCENARIOS}/{pad}");
        let uit = zicht.args(["scenario", "run", &pad, "--uitgebreid"]).args(meer).output().unwrap();
        assert!(
            uit.status.success(),
            "{}{}",
            String::from_utf8_lossy(&uit.stdout),
            String::from_utf8_lossy(&uit.stderr)
        );
        String::from_utf8(uit.stdout).unwrap()
    };
    let mut aantal = 0;
    for pad in OP_BEIDE {
        let op_bestand = speel(pad, &[]);
        let op_server = speel(pad, &["--opslag", &server.url(&database)]);
        assert_eq!(op_server, op_bestand);
        let gespeeld = op_server.lines().filter(|regel| regel.starts_with("ok ")).count();
        println!("{pad}: {gespeeld} scenario's gaven op beide dezelfde {} regels", op_server.lines().count());
        assert!(gespeeld > 0, "{pad}");
        aantal += gespeeld;
    }
    assert!(aantal >= SCENARIOS_MIN, "te weinig scenario's: {aantal}");
    let over = server.sql(&database, "SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'scenario%'");
    assert_eq!(over, "0", "elk schema is opgeruimd");
}
