//! Documents by their form: written, kept, read and sent; and what never stands in one for the family.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::{Value, json};

/// A report of somebody whom the family may not know.
async fn afgeschermd(p: &TestApp) -> String {
    let wens = json!({
        "gemeente": "Beverwijk", "openheid": "afgeschermd", "inhoud": "Zonder jas.",
        "melder": { "soort": "burger", "naam": "Sien Geheimhouder", "telefoon": "06-98765432" },
        "huishoudnaam": "Bedacht", "huishouden": [{ "rol": "kind", "naam": "Fien Bedacht" }],
    });
    let token = p.token(VT).await;
    let (status, json) = p.json("POST", "/api/v1/meldingen", Some(&token), &wens).await;
    assert_eq!(status, StatusCode::CREATED, "{json}");
    json["casus"].as_str().unwrap().to_owned()
}

const BRIEF: [(&str, &str); 4] = [
    ("onderdeel_ontvangst", "Er is een melding over Fien."),
    ("onderdeel_dossier", "Veilig Thuis houdt een dossier bij."),
    ("onderdeel_vervolg", "Wij bellen u."),
    ("onderdeel_verrijking", "Niets."),
];

#[tokio::test]
async fn een_brief_wordt_geschreven_gelezen_en_verstuurd() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let lijst = p.lees(VT, &format!("/casussen/{casus}/documenten")).await;
    assert!(tekst(&lijst.html).contains("Brief aan het gezin over de melding"), "{}", tekst(&lijst.html));
    p.doe(VT, &casus, "maak-document:brief-gezin", &BRIEF).await;
    let lijst = p.lees(VT, &format!("/casussen/{casus}/documenten")).await.html;
    let regel = "door Iemand van veilig-thuis-kennemerland, medewerker, Veilig Thuis Kennemerland Nog niet verstuurd";
    assert!(tekst(&lijst).contains(regel), "{}", tekst(&lijst));
    let begin = format!("/casussen/{casus}/documenten/");
    let id = lijst.split_once(&begin).unwrap().1.split_once('"').unwrap().0.to_owned();
    let blad = tekst(&p.lees(VT, &format!("{begin}{id}")).await.html);
    assert!(blad.contains("Aan het gezin Bedacht") && blad.contains("Veilig Thuis houdt een dossier bij."), "{blad}");
    assert!(blad.contains("IJmond, § 3.3.2"), "{blad}");
    p.doe(VT, &casus, &format!("verzend-document:{id}"), &[("wijze", "brief")]).await;
    let blad = tekst(&p.lees(VT, &format!("{begin}{id}")).await.html);
    assert!(blad.contains("Verstuurd ma 2 maart, 10.00 uur, per brief"), "{blad}");
    // Who reported has a part in the casus, and no part in this letter.
    for ander in [SCHOOL, CJG] {
        assert_eq!(p.lees(ander, &format!("{begin}{id}")).await.status, StatusCode::NOT_FOUND, "{ander}");
    }
    let token = p.token(VT).await;
    let (_, brief) = p.json("GET", &format!("/api/v1{begin}{id}"), Some(&token), &Value::Null).await;
    assert_eq!((&brief["ontvanger"]["lezer"], &brief["soort"]), (&json!("gezin"), &json!("brief-gezin")), "{brief}");
    assert_eq!(brief["onderdelen"][2]["tekst"], "Wij bellen u.");
    assert_eq!(brief["verzonden"][0]["wijze"], "brief");
}

#[tokio::test]
async fn een_brief_die_de_afgeschermde_melder_noemt_komt_terug_met_het_veld_en_wat_er_stond() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = afgeschermd(&p).await;
    let pad = format!("/casussen/{casus}/doe/maak-document:brief-gezin");
    for fout in ["Mevrouw Geheimhouder belde ons.", "Bel 06 98765432.", "Sien Geheimhóuder maakt zich zorgen."] {
        let mut brief = BRIEF;
        brief[2].1 = fout;
        let blad = p.stuur_formulier(VT, &pad, &brief).await;
        assert_eq!(blad.status, StatusCode::CONFLICT, "{fout}");
        assert!(blad.html.contains(r#"id="fout-onderdeel_vervolg""#), "{fout}: {}", tekst(&blad.html));
        assert!(!blad.html.contains(r#"id="fout-onderdeel_ontvangst""#), "{fout}");
        assert!(tekst(&blad.html).contains("Hier staat wie er meldde.") && blad.html.contains("houdt een dossier bij"));
    }
    let mut onvolledig = BRIEF.to_vec();
    onvolledig.remove(1);
    let blad = p.stuur_formulier(VT, &pad, &onvolledig).await;
    assert_eq!(blad.status, StatusCode::CONFLICT);
    assert!(blad.html.contains(r#"id="fout-onderdeel_dossier""#), "{}", tekst(&blad.html));
    p.doe(VT, &casus, "maak-document:brief-gezin", &BRIEF).await;
    // To the reporter itself the name may be used, and that letter is for that person alone.
    let pad = format!("/casussen/{casus}/doe/maak-document:terugkoppeling-melder");
    let delen = velden(&p.lees(VT, &pad).await.html, "onderdeel_");
    let delen: Vec<_> = delen.iter().map(|naam| (naam.as_str(), "Beste Sien Geheimhouder")).collect();
    p.doe(VT, &casus, "maak-document:terugkoppeling-melder", &delen).await;
    let lijst = p.lees(VT, &format!("/casussen/{casus}/documenten")).await.html;
    let begin = format!("/casussen/{casus}/documenten/");
    let id = lijst.split_once(&begin).unwrap().1.split_once('"').unwrap().0.to_owned();
    let blad = tekst(&p.lees(VT, &format!("{begin}{id}")).await.html);
    assert!(blad.contains("Alleen voor u. Bewaar dit niet in een dossier."), "{blad}");
}
