//! Not now, but from a day on; another team fits better: by their forms, and the holder stays.

use super::steun::*;
use axum::http::StatusCode;

pub(super) async fn aangeboden(p: &mut TestApp) -> String {
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/bied-overdracht-aan");
    let delen = velden(&p.lees(VT, &pad).await.html, "onderdeel_");
    let niet = ["onderdeel_stand-van-zaken", "onderdeel_melder-na-dienst"];
    let delen: Vec<_> = delen.iter().filter(|naam| !niet.contains(&naam.as_str())).collect();
    let mut aanbod: Vec<_> = delen.iter().map(|naam| (naam.as_str(), "Besproken.")).collect();
    aanbod.extend([("naar", CJG), ("wijze", "gesprek"), ("gezin_geinformeerd", "ja"), ("verzonden", "ja")]);
    p.doe(VT, &casus, "bied-overdracht-aan", &aanbod).await;
    casus
}

#[tokio::test]
async fn niet_nu_maar_vanaf_een_latere_dag() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p).await;
    let pad = format!("/casussen/{casus}/doe/doe-tegenvoorstel");
    let blad = p.stuur_formulier(CJG, &pad, &[("per", "2026-03-07"), ("reden", "Wij zijn vol.")]).await;
    assert_eq!(blad.status, StatusCode::CONFLICT);
    assert!(tekst(&blad.html).contains("Dat kan vanaf ma 9 maart 2026"), "{}", tekst(&blad.html));
    let blad = p.doe(CJG, &casus, "doe-tegenvoorstel", &[("per", "2026-03-10"), ("reden", "Wij zijn vol.")]).await;
    assert!(blad.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"), "{blad}");
    let blad = p.lees(VT, &format!("/casussen/{casus}/doe/aanvaard-tegenvoorstel")).await.html;
    assert!(tekst(&blad).contains("10 maart 2026") && tekst(&blad).contains("Wij zijn vol."), "{}", tekst(&blad));
    let blad = p.doe(VT, &casus, "aanvaard-tegenvoorstel", &[]).await;
    assert!(blad.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"), "{blad}");
}

#[tokio::test]
async fn een_ander_team_noemen_verplaatst_niets() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p).await;
    let pad = format!("/casussen/{casus}/doe/stuur-aanbod-door");
    let teams = waarden(&p.lees(CJG, &pad).await.html, "naar");
    assert!(!teams.is_empty() && !teams.contains(&CJG.to_owned()), "{teams:?}");
    let blad = p.stuur_formulier(CJG, &pad, &[("naar", teams[0].as_str()), ("reden", "Het zijn volwassenen.")]).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{}", tekst(&blad.html));
    let blad = p.casus(VT, &casus).await;
    assert!(blad.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"), "{blad}");
    assert!(blad.contains("Een ander team past beter, volgens de ontvanger"), "{blad}");
}
