//! `zicht demo` starts with one command, says where it is, keeps to this computer and fills a folder once.

use super::proces::{Zicht, draai, meld_aan, tekst, vraag};

const NU: &str = "2026-04-07T10:00";

#[test]
fn de_demo_vult_zich_een_keer_en_is_dan_te_bekijken() {
    let map = tempfile::tempdir().unwrap();
    let argumenten = ["demo", "--poort", "0", "--casussen", "40", "--nu", NU, "--map", tekst(map.path())];
    let mut zicht = Zicht::start(&argumenten);
    let (regels, adres) = zicht.wacht_op_adres();
    assert!(regels.last().unwrap().starts_with("Klaargezet: "), "{regels:?}");
    assert!(adres.starts_with("127.0.0.1:"), "{adres}");
    assert_eq!(vraag(&adres, "GET", "/", "", "").status, 303);
    let aanmelden = vraag(&adres, "GET", "/aanmelden", "", "");
    assert_eq!(aanmelden.status, 200);
    for naam in ["Nadia Oefenaar", "Wouter Wensdroom", "Alma Alfabet"] {
        assert!(aanmelden.inhoud.contains(naam), "{naam} ontbreekt");
    }
    for account in ["nadia-oefenaar", "sofie-verhaal", "jet-potlood", "wouter-wensdroom", "vera-voorbeeld"] {
        let koekje = meld_aan(&adres, account);
        let werk = vraag(&adres, "GET", "/werkvoorraad", &koekje, "");
        assert_eq!(werk.status, 200, "{account}");
        assert!(werk.inhoud.contains("/casussen/"), "{account} heeft niets te doen");
    }
    drop(zicht);

    let mut opnieuw = Zicht::start(&argumenten);
    let (regels, adres) = opnieuw.wacht_op_adres();
    assert_eq!(regels, Vec::<String>::new(), "een gevulde map wordt niet nog eens gevuld");
    let koekje = meld_aan(&adres, "carla-denkbeeld");
    assert!(vraag(&adres, "GET", "/werkvoorraad", &koekje, "").inhoud.contains("/casussen/"));
}

#[test]
fn de_demo_luistert_alleen_op_deze_computer() {
    for adres in ["0.0.0.0", "192.0.2.7", "::"] {
        let (gelukt, fout) = draai(&["demo", "--poort", "0", "--adres", adres]);
        assert!(!gelukt);
        assert!(fout.contains("alleen op deze computer zelf"), "{fout}");
    }
}

#[test]
fn een_half_gevulde_map_wordt_niet_voor_een_demo_aangezien() {
    let map = tempfile::tempdir().unwrap();
    std::fs::write(map.path().join("zicht.db"), "").unwrap();
    let (gelukt, fout) = draai(&["demo", "--poort", "0", "--map", tekst(map.path())]);
    assert!(!gelukt);
    assert!(fout.contains("kies een lege map"), "{fout}");
}
