//! Who reported openly puts it right or takes it back with the own account; and the counts of messages as a page.

use super::steun::*;
use axum::http::StatusCode;

#[tokio::test]
async fn een_melder_verbetert_en_vraagt_om_intrekken_en_veilig_thuis_leest_het() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let blad = p.casus(SCHOOL, &casus).await;
    assert!(blad.contains("Uw melding verbeteren"), "{blad}");
    assert!(!p.casus(VT, &casus).await.contains("Uw melding verbeteren"));
    let pad = format!("/casussen/{casus}/doe/corrigeer-melding");
    let blad = p.stuur_formulier(SCHOOL, &pad, &[("toelichting", " ")]).await;
    assert_eq!(blad.status, StatusCode::BAD_REQUEST);
    assert!(blad.html.contains(r#"id="fout-toelichting""#), "{}", tekst(&blad.html));
    let houder = "Zicht op veiligheid: Basisschool De Duin";
    let blad = p.doe(SCHOOL, &casus, "corrigeer-melding", &[("toelichting", "Het was zonder trui.")]).await;
    assert!(blad.contains(houder), "{blad}");
    let blad = p.doe(SCHOOL, &casus, "trek-melding-in", &[("reden", "Het was een misverstand.")]).await;
    assert!(blad.contains(houder) && !blad.contains("Vragen uw melding in te trekken"), "{blad}");
    let blad = p.casus(VT, &casus).await;
    assert!(blad.contains("Verbeterd: Het was zonder trui.") && blad.contains("Het was een misverstand."), "{blad}");
    assert!(blad.contains("Beslissen over het intrekken van een melding"), "{blad}");
    // Another does nothing about this report.
    let (status, _) = p.wens(CJG, &casus, "corrigeer-melding", serde_json::json!({ "toelichting": "x" })).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn de_aansluiting_van_een_dag_is_een_pagina() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let melding = serde_json::json!({ "bericht": "PL-1", "soort": "roddel" });
    p.bericht(POLITIE, &melding).await;
    let blad = p.lees(POLITIE, "/berichten/aansluiting").await;
    assert_eq!(blad.status, StatusCode::OK);
    let woorden = tekst(&blad.html);
    assert!(woorden.contains("2 maart 2026") && woorden.contains("Niet te lezen 1 0 1 0"), "{woorden}");
    let leeg = tekst(&p.lees(VT, "/berichten/aansluiting?dag=2026-03-01").await.html);
    assert!(leeg.contains("Op deze dag kwam er geen bericht."), "{leeg}");
    let fout = p.lees(VT, "/berichten/aansluiting?dag=gisteren").await.html;
    assert!(fout.contains(r#"id="fout-dag""#) && fout.contains(r#"value="gisteren""#), "{fout}");
}
