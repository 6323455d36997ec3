//! Support, coercion, the ladder and deviations on their own page: filled, sent and read back by both sides.

use super::steun::*;
use axum::http::StatusCode;

async fn blad(p: &mut TestApp, wie: &str, casus: &str) -> String {
    let blad = p.lees(wie, &format!("/casussen/{casus}/samenwerking")).await;
    assert_eq!(blad.status, StatusCode::OK);
    tekst(&blad.html)
}

/// Offered by Veilig Thuis after a service.
async fn aangeboden(p: &mut TestApp) -> String {
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let aanbod = p.lees(VT, &format!("/casussen/{casus}/doe/bied-overdracht-aan")).await.html;
    let delen = velden(&aanbod, "onderdeel_");
    let mut ingevuld: Vec<_> = delen.iter().map(|naam| (naam.as_str(), "Besproken.")).collect();
    ingevuld.retain(|(naam, _)| !naam.contains("melder") && !naam.contains("stand-van-zaken"));
    ingevuld.extend([("naar", CJG), ("wijze", "gesprek"), ("gezin_geinformeerd", "ja"), ("verzonden", "ja")]);
    p.doe(VT, &casus, "bied-overdracht-aan", &ingevuld).await;
    casus
}

#[tokio::test]
async fn steun_overleg_en_een_maatregel_staan_op_de_pagina() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let leeg = blad(&mut p, VT, &casus).await;
    assert!(leeg.contains("initiatief nu: Veilig Thuis"), "{leeg}");
    let steun = [("vorm", "netwerkgesprek"), ("toelichting", "Met oma.")];
    p.doe(VT, &casus, "bied-steun", &steun).await;
    p.doe(VT, &casus, "bespreek-dwang", &[("met", "veilig-thuis"), ("met", "justitie")]).await;
    let een = p.stuur_formulier(VT, &format!("/casussen/{casus}/doe/bespreek-dwang"), &[("met", "gemeente")]).await;
    assert_eq!(een.status, StatusCode::BAD_REQUEST);
    assert!(een.html.contains("ten minste twee partijen"), "{}", een.html);
    let na = p.doe(VT, &casus, "neem-initiatief:vtb", &[("toelichting", "Te weinig instemming.")]).await;
    assert!(na.contains("Er is niets verstuurd.") && na.contains("Wacht op antwoord"), "{na}");
    let maatregel = p.lees(VT, &format!("/casussen/{casus}/doe/leg-antwoord-maatregel-vast")).await.html;
    let maatregel = waarden(&maatregel, "maatregel").remove(0);
    let antwoord = [("maatregel", maatregel.as_str()), ("antwoord", "toegewezen"), ("tot", "2026-04-01")];
    let na = p.doe(VT, &casus, "leg-antwoord-maatregel-vast", &antwoord).await;
    assert!(na.contains("Toegewezen tot en met"), "{na}");
}

#[tokio::test]
async fn een_partij_stelt_voor_om_af_te_wijken_en_de_ander_antwoordt() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p).await;
    let voorstel = [("ingang", "termijn.contact-gezin-na-dienst"), ("uiterlijk", "2026-04-30"), ("reden", "Op reis.")];
    let zonder = p.stuur_formulier(CJG, &format!("/casussen/{casus}/doe/stel-afwijking-voor"), &voorstel[..1]).await;
    assert_eq!(zonder.status, StatusCode::BAD_REQUEST);
    let na = p.doe(CJG, &casus, "stel-afwijking-voor", &voorstel).await;
    assert!(na.contains("Wacht op Veilig Thuis Kennemerland") && na.contains("Op reis."), "{na}");
    let overzicht = p.casus(VT, &casus).await;
    assert!(overzicht.contains("Voorstel om af te wijken beantwoorden"), "{overzicht}");
    let na = p.doe(VT, &casus, "beantwoord-afwijking", &[("akkoord", "ja")]).await;
    assert!(na.contains("Afgesproken"), "{na}");
    assert_eq!(p.lees(SCHOOL, &format!("/casussen/{casus}/samenwerking")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn de_ladder_begint_onderaan() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p).await;
    let hoog = [("stap", "leidinggevenden"), ("toelichting", "Wie belt er?")];
    let hoog = p.stuur_formulier(CJG, &format!("/casussen/{casus}/doe/schaal-op"), &hoog).await;
    assert_eq!(hoog.status, StatusCode::CONFLICT);
    assert!(hoog.html.contains("Leg het voor aan gedragsdeskundigen"), "{}", hoog.html);
    let laag = [("stap", "gedragsdeskundigen"), ("toelichting", "Wie belt er?")];
    p.doe(CJG, &casus, "schaal-op", &laag).await;
    let bij_vt = blad(&mut p, VT, &casus).await;
    assert!(bij_vt.contains("Gedaan") && bij_vt.contains("Wie belt er?"), "{bij_vt}");
}
