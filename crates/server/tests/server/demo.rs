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

#[test]
fn het_verhaal_van_elke_regio_wordt_stap_voor_stap_verteld() {
    for regio in ["ijmond", "noord-oost-gelderland", "noord-holland-noord", "zuid-holland-zuid"] {
        let mut zicht = Zicht::start(&["demo", "--poort", "0", "--verhaal", regio]);
        let (_, adres) = zicht.wacht_op_adres();
        let adres = adres.split('/').next().unwrap().to_owned();
        let begin = vraag(&adres, "GET", "/verhaal", "", "").inhoud;
        assert!(begin.contains("Er is nog niets gebeurd") && begin.contains("Volgende stap"), "{begin}");
        let totaal: usize = begin.split("stap 0 van ").nth(1).unwrap().split('.').next().unwrap().parse().unwrap();
        assert!(totaal >= 25, "{regio}: {totaal}");
        for nummer in 1..=totaal {
            let stap = vraag(&adres, "POST", "/verhaal", "", "csrf=");
            assert_eq!(stap.status, 303, "{regio} stap {nummer}: {}", stap.inhoud);
        }
        let eind = vraag(&adres, "GET", "/verhaal", "", "").inhoud;
        assert!(eind.contains("Het verhaal is uit") && eind.contains("Tegengehouden"), "{eind}");
        // Whoever did a step can be looked along with, at the casus itself.
        let casus = eind.split("name=\"casus\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let account = eind.split("name=\"account\" value=\"").nth(1).unwrap().split('"').next().unwrap();
        let mee = vraag(&adres, "POST", "/aanmelden", "", &format!("account={account}&casus={casus}"));
        assert!(mee.kop.contains(&format!("location: /casussen/{casus}")), "{}", mee.kop);
        let koekje = mee.kop.split("set-cookie: ").nth(1).unwrap().split(';').next().unwrap().to_owned();
        let blad = vraag(&adres, "GET", &format!("/casussen/{casus}"), &koekje, "");
        assert!(blad.status == 200 && blad.inhoud.contains("Naar het verhaal"), "{regio}: {}", blad.status);
    }
}
