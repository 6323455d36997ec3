//! `zicht afspraak doorrekenen` on recorded casussen: against an edition that is known, and against a proposal in a file.

use super::{
    beheer::vul,
    proces::{draai_alles, tekst},
};
use serde_json::Value;
use std::path::Path;

const IJMOND: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../afspraken/ijmond/2024-07-04.toml");

/// A proposal: the agreement of IJmond with other words in it.
fn voorstel(map: &Path, veranderingen: &[(&str, &str)]) -> String {
    let mut inhoud = std::fs::read_to_string(IJMOND).unwrap();
    for (oud, nieuw) in veranderingen {
        assert!(inhoud.contains(oud), "{oud}");
        inhoud = inhoud.replacen(oud, nieuw, 1);
    }
    let pad = map.join("voorstel.toml");
    std::fs::write(&pad, inhoud).unwrap();
    tekst(&pad).to_owned()
}

#[tokio::test]
async fn wat_anders_was_geweest_staat_er_per_onderwerp_met_clausule() {
    let map = tempfile::tempdir().unwrap();
    let db = map.path().join("zicht.db");
    vul(&db).await;
    let opslag = format!("sqlite:{}", tekst(&db));
    let op = ["--op", "2027-01-01T00:00", "--opslag", &opslag];
    let reken = |editie: &str, meer: &[&str]| {
        let mut argumenten = vec!["afspraak", "doorrekenen", editie];
        argumenten.extend(op);
        argumenten.extend(meer);
        draai_alles(&argumenten)
    };
    let (gelukt, uit, fout) = reken("ijmond", &[]);
    assert!(gelukt && uit.contains("In 0 van 1 casussen is iets anders: 0 termijnen, 0 plichten"), "{uit} {fout}");

    let bestand = voorstel(map.path(), &[("taken = [\"directe-overdracht\", ", "taken = [")]);
    let (gelukt, uit, fout) = reken(&bestand, &["--per-casus"]);
    assert!(gelukt && uit.contains("In 1 van 1 casussen is iets anders"), "{uit} {fout}");
    assert!(uit.contains("Een overdracht aanbieden: dan mag niet: ") && uit.contains("(IJM-1.1.a)"), "{uit}");
    assert!(uit.contains("Casus Z26-") && !uit.contains("Jansen"), "{uit}");
    let (gelukt, uit, _) = reken(&bestand, &["--json"]);
    let json: Value = serde_json::from_str(&uit).unwrap();
    assert!(gelukt && json["samen"]["besluiten"].as_u64().unwrap() > 0, "{uit}");
    assert_eq!(json["casussen"][0]["besluiten"][0]["dan"]["uitkomst"], "mag-niet");

    // Another region's agreement on casussen of this one; and what there is not.
    let (gelukt, uit, fout) = reken("noord-oost-gelderland", &["--van", "ijmond"]);
    assert!(gelukt && uit.contains("Het zicht op veiligheid") && uit.contains("NOG-"), "{uit} {fout}");
    let (gelukt, _, fout) = reken("ergens", &[]);
    assert!(!gelukt && fout.contains("de afspraak 'ergens' is onbekend"), "{fout}");
    let kapot = voorstel(map.path(), &[("[editie]", "[editie]\nonzin = 1")]);
    let (gelukt, _, fout) = reken(&kapot, &[]);
    assert!(!gelukt && fout.contains("onbekende sleutel `onzin`"), "{fout}");
}
