//! Reporting without an account, from the page to what Veilig Thuis reads (NHN-5.a).

use super::steun::*;
use axum::http::StatusCode;

const NAAM: &str = "Buurvrouw Verzonnen";

fn ingevuld<'a>(opdracht: &'a str, openheid: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("opdracht", opdracht),
        ("spoed", "nee"),
        ("zelf_tekst", "Ik hoor elke avond geschreeuw."),
        ("zelf_datum", "gisteravond"),
        ("anderen_bron", "de buurman"),
        ("anderen_tekst", "Hij zag een kind op straat."),
        ("gemeente", "Beverwijk"),
        ("adres_straat", "Dromerslaan"),
        ("adres_huisnummer", "3"),
        ("openheid", openheid),
        ("melder_naam", NAAM),
        ("persoon1_rol", "kind"),
    ]
}

/// The casus on top of the worklist of Veilig Thuis.
async fn eerste_casus(app: &mut TestApp) -> String {
    let html = app.lees(VT, "/werkvoorraad").await.html;
    let rest = html.split_once("/casussen/").expect("a casus in the worklist").1;
    rest[..36].to_owned()
}

#[tokio::test]
async fn een_burger_meldt_zonder_account_en_veilig_thuis_heeft_het_zicht() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let leeg = app.lees_zonder_account("/formulier").await;
    assert_eq!(leeg.status, StatusCode::OK);
    assert!(leeg.html.contains("tel:112") && leeg.html.contains("0800-2000") && leeg.html.contains(r#"href="/weg""#));
    assert!(leeg.html.contains("<title>Formulier</title>") && !leeg.html.contains("<script"));
    let opdracht = invoer(&leeg.html, "opdracht");
    let paren = ingevuld(&opdracht, "afgeschermd");
    let verstuurd = app.post_zonder_account("/formulier", &paren).await;
    assert_eq!(verstuurd.status, StatusCode::SEE_OTHER, "{}", tekst(&verstuurd.html));
    assert_eq!(verstuurd.naar.as_deref(), Some("/formulier/verstuurd/bekend"));
    // Sent twice by an impatient finger, it is one report.
    assert_eq!(app.post_zonder_account("/formulier", &paren).await.status, StatusCode::SEE_OTHER);
    let bedankt = app.lees_zonder_account("/formulier/verstuurd/bekend").await;
    let gelezen = tekst(&bedankt.html);
    assert!(gelezen.contains("binnen 5 werkdagen") && gelezen.contains("U hoort van Veilig Thuis"), "{gelezen}");
    // Nothing is kept in the browser.
    for blad in [&leeg, &verstuurd, &bedankt] {
        assert!(!blad.koekje && blad.bewaren.as_deref() == Some("no-store"));
    }
    let casus = eerste_casus(&mut app).await;
    let gezien = app.casus(VT, &casus).await;
    for deel in [
        "een burger; gesloten: het gezin mag niet weten wie meldt",
        "Wanneer: gisteravond. Ik hoor elke avond geschreeuw.",
        "Van anderen, volgens de buurman Hij zag een kind op straat.",
        "Dromerslaan 3",
        "Zicht op veiligheid: Veilig Thuis Kennemerland",
    ] {
        assert!(gezien.contains(deel), "{deel}: {gezien}");
    }
    assert_eq!(gezien.matches("Melding 1,").count(), 1, "{gezien}");
    assert!(!gezien.contains("Melding 2,"));
    assert_eq!(app.lees(SCHOOL, &format!("/casussen/{casus}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wie_niemand_mag_kennen_is_nergens_opgeschreven_en_hoort_dat_er_niets_volgt() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let opdracht = invoer(&app.lees_zonder_account("/formulier").await.html, "opdracht");
    let verstuurd = app.post_zonder_account("/formulier", &ingevuld(&opdracht, "onbekend")).await;
    assert_eq!(verstuurd.naar.as_deref(), Some("/formulier/verstuurd/onbekend"));
    let gelezen = tekst(&app.lees_zonder_account("/formulier/verstuurd/onbekend").await.html);
    assert!(gelezen.contains("Veilig Thuis weet niet wie u bent"), "{gelezen}");
    let casus = eerste_casus(&mut app).await;
    let gezien = app.lees(VT, &format!("/casussen/{casus}")).await.html;
    assert!(gezien.contains("Veilig Thuis weet niet wie meldt") && !gezien.contains(NAAM));
    assert!(!gezien.contains("Nog te vragen"), "nobody can be asked");
    assert_eq!(app.lees_zonder_account("/formulier/verstuurd/anders").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wat_ontbreekt_staat_bij_het_veld_en_wat_getypt_was_blijft() {
    let app = TestApp::op("2026-03-02 10:00").await;
    let opdracht = invoer(&app.lees_zonder_account("/formulier").await.html, "opdracht");
    let weg = ["gemeente", "spoed", "anderen_bron", "persoon1_rol", "melder_naam"];
    let mut paren = ingevuld(&opdracht, "open");
    paren.retain(|(naam, _)| !weg.contains(naam));
    let blad = app.post_zonder_account("/formulier", &paren).await;
    assert_eq!(blad.status, StatusCode::BAD_REQUEST);
    for naam in weg {
        assert!(blad.html.contains(&format!(r##"href="#veld-{naam}""##)), "{naam}: {}", tekst(&blad.html));
    }
    assert!(blad.html.contains("Ik hoor elke avond geschreeuw.") && blad.html.contains("Hij zag een kind op straat."));
    assert_eq!(invoer(&blad.html, "opdracht"), opdracht);
}

#[tokio::test]
async fn te_veel_in_een_keer_komt_niet_binnen() {
    let app = TestApp::op("2026-03-02 10:00").await;
    let opdracht = invoer(&app.lees_zonder_account("/formulier").await.html, "opdracht");
    let lang = "a".repeat(10_001);
    let mut paren = ingevuld(&opdracht, "onbekend");
    paren.retain(|(naam, _)| *naam != "zelf_tekst");
    paren.push(("zelf_tekst", &lang));
    let blad = app.post_zonder_account("/formulier", &paren).await;
    assert_eq!(blad.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&blad.html).contains("Deze tekst is te lang."));
    let enorm = "a".repeat(100 * 1024);
    let blad = app.post_zonder_account("/formulier", &[("zelf_tekst", &enorm)]).await;
    assert_eq!(blad.status, StatusCode::PAYLOAD_TOO_LARGE);
    let andermans = ingevuld("geen-nummer", "onbekend");
    assert_eq!(app.post_zonder_account("/formulier", &andermans).await.status, StatusCode::BAD_REQUEST);
}
