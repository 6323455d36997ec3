//! Messages of the police and of partners: taken up once, acknowledged each, corrected, taken back, and counted.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::{Value, json};

fn melding(nummer: &str, inhoud: &str) -> Value {
    json!({
        "bericht": nummer, "soort": "melding",
        "melding": {
            "gemeente": "Beverwijk", "openheid": "open", "inhoud": inhoud,
            "melder": { "soort": "politie", "naam": "Agent Verzonnen" },
            "huishoudnaam": "Bedacht",
            "huishouden": [{ "rol": "kind", "naam": "Fien Bedacht", "geboren": "2017-05-11" }],
        },
    })
}

fn later(soort: &str, nummer: &str, over: &str, veld: &str, tekst: &str) -> Value {
    json!({ "bericht": nummer, "soort": soort, "over": over, veld: tekst })
}

async fn casus_van(app: &mut TestApp) -> String {
    let html = app.lees(VT, "/werkvoorraad").await.html;
    html.split_once("/casussen/").expect("a casus in the worklist").1[..36].to_owned()
}

async fn aansluiting(app: &TestApp, account: &str, dag: &str) -> (StatusCode, Value) {
    let token = app.token(account).await;
    app.json("GET", &format!("/api/v1/berichten/aansluiting?dag={dag}"), Some(&token), &Value::Null).await
}

#[tokio::test]
async fn een_bericht_wordt_een_keer_opgenomen_en_elke_keer_bevestigd() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let (status, eerste) = app.bericht(POLITIE, &melding("PL-1", "Ruzie op straat.")).await;
    assert_eq!((status, &eerste["stand"]), (StatusCode::OK, &json!("opgenomen")), "{eerste}");
    let (_, tweede) = app.bericht(POLITIE, &melding("PL-1", "Ruzie op straat.")).await;
    assert_eq!(eerste, tweede);
    let (status, anders) = app.bericht(POLITIE, &melding("PL-1", "Iets heel anders.")).await;
    assert_eq!(status, StatusCode::CONFLICT, "{anders}");
    let casus = casus_van(&mut app).await;
    let gezien = app.casus(VT, &casus).await;
    assert!(gezien.contains("de politie; open; met een bericht tussen systemen"), "{gezien}");
    assert!(
        gezien.contains("Ruzie op straat.") && !gezien.contains("Iets heel anders.") && !gezien.contains("Melding 2")
    );
    assert!(gezien.contains(eerste["nummer"].as_str().unwrap()));
    let token = app.token(POLITIE).await;
    let (status, _) = app.json("GET", &format!("/api/v1/casussen/{casus}"), Some(&token), &Value::Null).await;
    assert_eq!(status, StatusCode::NOT_FOUND, "who sends a message has no way into the casus");
}

#[tokio::test]
async fn een_verbetering_komt_erbij_en_een_intrekking_verandert_niets_tot_veilig_thuis_beslist() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    app.bericht(POLITIE, &melding("PL-1", "Ruzie op straat.")).await;
    let casus = casus_van(&mut app).await;
    let token = app.token(VT).await;
    let pad = format!("/api/v1/casussen/{casus}");
    let voor = app.json("GET", &pad, Some(&token), &Value::Null).await.1;
    let beter = later("correctie", "PL-2", "PL-1", "toelichting", "Het was binnen, niet op straat.");
    let (_, bewijs) = app.bericht(POLITIE, &beter).await;
    assert_eq!(bewijs["stand"], "opgenomen", "{bewijs}");
    let weg = later("intrekking", "PL-3", "PL-1", "reden", "Verkeerd adres.");
    for _ in 0..2 {
        let (_, bewijs) = app.bericht(POLITIE, &weg).await;
        assert_eq!((&bewijs["stand"], &bewijs["nummer"]), (&json!("opgenomen"), &voor["nummer"]));
    }
    let gezien = app.casus(VT, &casus).await;
    for deel in ["Ruzie op straat.", "Het was binnen, niet op straat.", "De melder wil melding 1 intrekken"] {
        assert!(gezien.contains(deel), "{deel}: {gezien}");
    }
    let na = app.json("GET", &pad, Some(&token), &Value::Null).await.1;
    assert_eq!((&na["zicht"], &na["gesloten"]), (&voor["zicht"], &json!(false)), "the line does not move");
    let besluit = [("gevolgd", "ja"), ("reden", "Het adres klopt echt niet.")];
    let na = app.doe(VT, &casus, "beslis-over-intrekking", &besluit).await;
    assert!(na.contains("Veilig Thuis gaat hierin mee"), "{na}");
    // A second withdrawal is refused by the rule, and acknowledged as such.
    let nog_een = later("intrekking", "PL-4", "PL-1", "reden", "Toch.");
    let (_, bewijs) = app.bericht(POLITIE, &nog_een).await;
    assert!(bewijs["reden"]["uitleg"].is_string(), "{bewijs}");
    assert_eq!(app.bericht(POLITIE, &nog_een).await.1, bewijs, "the same acknowledgement");
    assert_eq!((&bewijs["stand"], &bewijs["reden"]["code"]), (&json!("geweigerd"), &json!("al-gekozen")));
    assert_eq!(bewijs["reden"]["clausule"], "HIAAT-19");
}

#[tokio::test]
async fn een_verbetering_volgt_een_melding_die_is_verplaatst() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let andere = app.meld("Beverwijk", "Van een school.").await;
    let (_, bewijs) = app.bericht(POLITIE, &melding("PL-1", "Ruzie op straat.")).await;
    let html = app.lees(VT, "/werkvoorraad").await.html;
    let casussen = html.split("/casussen/").skip(1).map(|stuk| stuk[..36].to_owned());
    let eigen = casussen.into_iter().find(|casus| *casus != andere).unwrap();
    let naar = json!({ "naar": andere, "reden": "Hetzelfde gezin." });
    assert_eq!(app.wens(VT, &eigen, "verplaats-melding", naar).await.0, StatusCode::OK, "{bewijs}");
    let beter = later("correctie", "PL-2", "PL-1", "toelichting", "Het was binnen.");
    assert_eq!(app.bericht(POLITIE, &beter).await.1["stand"], "opgenomen");
    assert!(app.casus(VT, &andere).await.contains("Het was binnen."));
}

#[tokio::test]
async fn wat_niet_klopt_wordt_geweigerd_met_waarom() {
    let app = TestApp::op("2026-03-02 10:00").await;
    let (_, bewijs) = app.bericht(POLITIE, &melding("PL-1", "  ")).await;
    assert_eq!(bewijs["stand"], "geweigerd");
    assert_eq!(bewijs["reden"]["velden"]["inhoud"], "Schrijf op wat u zag of hoorde.", "{bewijs}");
    let mut elders = melding("PL-2", "Ruzie.");
    elders["melding"]["gemeente"] = "Nergensveen".into();
    assert!(app.bericht(POLITIE, &elders).await.1["reden"]["velden"]["gemeente"].is_string());
    let (status, bewijs) = app.bericht(POLITIE, &json!({ "bericht": "PL-3", "soort": "roddel" })).await;
    assert_eq!((status, &bewijs["reden"]["code"]), (StatusCode::OK, &json!("ongeldig")), "{bewijs}");
    // Whoever did not hear it, hears the same again: what to mend too.
    for nog_eens in [melding("PL-1", "  "), elders, json!({ "bericht": "PL-3", "soort": "roddel" })] {
        let een = app.bericht(POLITIE, &nog_eens).await.1;
        assert_eq!(een["reden"]["velden"].as_object().map(serde_json::Map::len), Some(1), "{een}");
        assert_eq!(app.bericht(POLITIE, &nog_eens).await.1, een);
    }
    assert_eq!(
        app.bericht(POLITIE, &melding("PL-1", "  ")).await.1["reden"]["velden"]["inhoud"],
        "Schrijf op wat u zag of hoorde."
    );
    // About nothing, about what was refused, and about what another sent.
    app.bericht(POLITIE, &melding("PL-4", "Ruzie.")).await;
    for (wie, over) in [(POLITIE, "PL-99"), (POLITIE, "PL-1"), (SCHOOL, "PL-4")] {
        let beter = later("correctie", &format!("over-{over}"), over, "toelichting", "Anders.");
        let (_, bewijs) = app.bericht(wie, &beter).await;
        assert_eq!(bewijs["reden"]["code"], "onbekend-bericht", "{wie} {over}: {bewijs}");
    }
    for zonder in [json!({ "soort": "melding" }), json!([1]), json!({ "bericht": "met spatie", "soort": "roddel" })] {
        assert_eq!(app.bericht(POLITIE, &zonder).await.0, StatusCode::BAD_REQUEST, "{zonder}");
    }
    let zonder_token = app.json("POST", "/api/v1/berichten", None, &melding("PL-5", "Ruzie.")).await;
    assert_eq!(zonder_token.0, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn de_tellingen_van_een_dag_sluiten_aan_bij_afzender_en_veilig_thuis() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    app.bericht(POLITIE, &melding("PL-1", "Ruzie.")).await;
    app.bericht(POLITIE, &melding("PL-1", "Ruzie.")).await;
    app.bericht(POLITIE, &melding("PL-2", "")).await;
    app.bericht(POLITIE, &json!({ "bericht": "PL-3" })).await;
    app.bericht(POLITIE, &later("intrekking", "PL-4", "PL-1", "reden", "Vergissing.")).await;
    app.later("2026-03-03 00:00");
    app.bericht(POLITIE, &melding("PL-5", "Weer ruzie.")).await;
    let rij = |soort: &str, ontvangen: u64, opgenomen: u64, geweigerd: u64| {
        json!({ "afzender": "politie", "soort": soort, "ontvangen": ontvangen, "opgenomen": opgenomen,
                "geweigerd": geweigerd, "niet_afgerond": 0 })
    };
    let (status, eigen) = aansluiting(&app, POLITIE, "2026-03-02").await;
    assert_eq!(status, StatusCode::OK);
    let alle = json!([rij("intrekking", 1, 1, 0), rij("melding", 2, 1, 1), rij("onleesbaar", 1, 0, 1)]);
    assert_eq!(eigen["afzenders"], alle);
    // What could not be read is for nobody to count but the sender.
    let bij_vt = json!([rij("intrekking", 1, 1, 0), rij("melding", 2, 1, 1)]);
    assert_eq!(aansluiting(&app, VT, "2026-03-02").await.1["afzenders"], bij_vt);
    assert_eq!(aansluiting(&app, VT, "2026-03-03").await.1["afzenders"], json!([rij("melding", 1, 1, 0)]));
    for ander in [VT_NOG, SCHOOL] {
        assert_eq!(aansluiting(&app, ander, "2026-03-02").await.1["afzenders"], json!([]), "{ander}");
    }
    assert_eq!(aansluiting(&app, POLITIE, "gisteren").await.0, StatusCode::BAD_REQUEST);
}
