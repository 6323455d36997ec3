//! Who reported: Veilig Thuis of the casus can call back, nobody else reads it, and what the family may not know is
//! opened by itself.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::json;

const NAAM: &str = "KANARIE Zegsman";
const TELEFOON: &str = "06-44556677";
const ALLEEN_VT: &str = "Alleen voor Veilig Thuis — het gezin mag dit niet weten";
const BEKEKEN: &str = "bekijk-melder toegestaan";

/// A casus at a team, on which the school reported openly, and a neighbour by telephone who may not be known.
async fn met_twee_melders(p: &mut TestApp) -> String {
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let aanbod = [
        ("naar", CJG),
        ("wijze", "gesprek"),
        ("onderdeel_melding-na-dienst", "Zonder jas."),
        ("onderdeel_veiligheidsvoorwaarden", "Oma haalt Fien op."),
        ("gezin_geinformeerd", "ja"),
        ("gegevens_ontvangen", "ja"),
        ("verzonden", "ja"),
    ];
    p.doe(VT, &casus, "bied-overdracht-aan", &aanbod).await;
    let (status, antwoord) = p.wens(CJG, &casus, "accepteer-overdracht", json!({})).await;
    assert_eq!(status, StatusCode::OK, "{antwoord}");
    meld_gesloten(p, &casus).await;
    casus
}

async fn meld_gesloten(p: &mut TestApp, casus: &str) {
    let melder = [("openheid", "afgeschermd"), ("melder_naam", NAAM), ("melder_functie", "buurvrouw")];
    meld(p, casus, &[melder.as_slice(), &[("melder_telefoon", TELEFOON)]].concat()).await;
}

/// A citizen calls Veilig Thuis about a casus that is there already.
async fn meld(p: &mut TestApp, casus: &str, erbij: &[(&str, &str)]) {
    let pad = format!("/melden?casus={casus}");
    let html = p.lees(VT, &pad).await.html;
    let verborgen = ["csrf", "opdracht", "vragen_van"].map(|naam| (naam, invoer(&html, naam)));
    let mut paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).collect();
    paren.extend([("melder_soort", "burger"), ("wijze", "telefoon"), ("spoed", "nee"), ("contact", "eenmalig")]);
    paren.extend([("zelf_tekst", "Geschreeuw."), ("gemeente", "Beverwijk")]);
    paren.extend(erbij);
    let blad = p.post(VT, &pad, &paren).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{}", tekst(&blad.html));
}

/// Where the reporter of a closed report is opened, as the page of Veilig Thuis links to it.
async fn plek(p: &mut TestApp, casus: &str) -> String {
    let html = p.lees(VT, &format!("/casussen/{casus}")).await.html;
    let (voor, _) = html.split_once(">Bekijk wie meldde").expect("een knop");
    voor.rsplit_once(r#"href=""#).unwrap().1.trim_end_matches('"').to_owned()
}

fn noemt(html: &str) -> bool {
    html.contains("KANARIE") || html.contains(TELEFOON)
}

#[tokio::test]
async fn veilig_thuis_opent_wie_meldde_en_dat_staat_in_het_logboek() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = met_twee_melders(&mut p).await;
    let blad = p.casus(VT, &casus).await;
    assert!(blad.contains("Naam Kim Verzonnen"), "wie open meldde, staat er: {blad}");
    assert!(blad.contains(ALLEEN_VT) && blad.contains("Wie dit bekijkt, wordt genoteerd."), "{blad}");
    assert!(!noemt(&blad), "{blad}");
    let pad = plek(&mut p, &casus).await;
    assert!(!p.toegang_van(&casus, VT).await.contains(&BEKEKEN.to_owned()), "nog niet bekeken");
    let blad = p.lees(VT, &pad).await;
    let woorden = tekst(&blad.html);
    for woord in [NAAM, "buurvrouw", TELEFOON, ALLEEN_VT, "Dat u dit opent, is genoteerd."] {
        assert!(woorden.contains(woord), "{woord}: {woorden}");
    }
    assert_eq!(blad.bewaren.as_deref(), Some("no-store"));
    assert_eq!(p.toegang_van(&casus, VT).await[0], BEKEKEN);
}

#[tokio::test]
async fn geen_andere_organisatie_ziet_wie_meldde() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = met_twee_melders(&mut p).await;
    let pad = plek(&mut p, &casus).await;
    // The search finds what is there.
    assert!(noemt(&p.lees(VT, &pad).await.html));
    for account in [CJG, SCHOOL, "socius", VT_NOG] {
        let blad = p.lees(account, &pad).await;
        assert_eq!(blad.status, StatusCode::NOT_FOUND, "{account}");
        assert!(!noemt(&blad.html), "{account}");
    }
    for account in [CJG, SCHOOL] {
        let mut blad = p.casus(account, &casus).await;
        let token = p.token(account).await;
        blad.push_str(
            &p.json("GET", &format!("/api/v1/casussen/{casus}"), Some(&token), &json!(null)).await.1.to_string(),
        );
        assert!(!noemt(&blad) && !blad.contains("Kim Verzonnen"), "{account}: {blad}");
        assert!(!blad.contains("Bekijk wie meldde") && !blad.contains("De melder"), "{account}: {blad}");
        assert!(!p.toegang_van(&casus, account).await.contains(&BEKEKEN.to_owned()), "{account}");
    }
}

#[tokio::test]
async fn bij_aanvullen_en_terugkoppelen_staat_wie_veilig_thuis_belt() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    meld_gesloten(&mut p, &casus).await;
    let bekeken = async |p: &TestApp| p.toegang_van(&casus, VT).await.iter().filter(|regel| *regel == BEKEKEN).count();
    let aanvullen = format!("/casussen/{casus}/doe/vul-melding-aan");
    let blad = tekst(&p.lees(VT, &aanvullen).await.html);
    // The report of the school asks for more first, and its reporter is open.
    assert!(blad.contains("Kim Verzonnen") && !noemt(&blad), "{blad}");
    assert_eq!(bekeken(&p).await, 0);
    p.doe(VT, &casus, "vul-melding-aan", &[("compleet", "ja"), ("reden", "Niet te bereiken.")]).await;
    let blad = tekst(&p.lees(VT, &aanvullen).await.html);
    assert!(blad.contains(NAAM) && blad.contains(TELEFOON) && blad.contains(ALLEEN_VT), "{blad}");
    assert_eq!(bekeken(&p).await, 1);
    p.doe(VT, &casus, "rond-beoordeling-af", &[("taxatie", "structurele-onveiligheid")]).await;
    let gesloten = plek(&mut p, &casus).await.split('/').rev().nth(1).unwrap().to_owned();
    let beoordeling = json!({ "melding": gesloten, "taxatie": "structurele-onveiligheid" });
    let (status, antwoord) = p.wens(VT, &casus, "rond-beoordeling-af", beoordeling).await;
    assert_eq!(status, StatusCode::OK, "{antwoord}");
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}/doe/koppel-terug-aan-melder")).await.html);
    for woord in ["De melder van", "Kim Verzonnen", NAAM, TELEFOON, ALLEEN_VT] {
        assert!(blad.contains(woord), "{woord}: {blad}");
    }
    assert_eq!(bekeken(&p).await, 2);
}

#[tokio::test]
async fn wie_onbekend_blijft_heeft_niets_achtergelaten() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    meld(&mut p, &casus, &[("openheid", "onbekend")]).await;
    let blad = p.casus(VT, &casus).await;
    assert!(blad.contains("De melder heeft geen gegevens achtergelaten."), "{blad}");
    assert!(!blad.contains("Bekijk wie meldde"), "{blad}");
}
