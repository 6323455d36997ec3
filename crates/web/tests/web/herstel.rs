//! Mending the time of something that was recorded, from the history of a casus.

use super::steun::*;
use axum::http::StatusCode;

/// Where the history leads to mend an assessment.
fn herstel_pad(html: &str, casus: &str) -> Option<String> {
    let begin = format!("/casussen/{casus}/doe/herstel-vastlegging:");
    let rij = html.split("<li class=\"history__item\">").find(|rij| rij.contains("Veiligheidsbeoordeling afgerond"))?;
    let versie = rij.split_once(&begin)?.1.split_once('"')?.0;
    Some(format!("{begin}{versie}"))
}

#[tokio::test]
async fn wie_het_vastlegde_herstelt_het_tijdstip_in_de_geschiedenis_en_de_lijn_blijft() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Komt zonder jas.").await;
    p.later("2026-03-12 09:00");
    p.doe(VT, &casus, "rond-beoordeling-af", &[("taxatie", "structurele-onveiligheid")]).await;
    let bladzij = format!("/casussen/{casus}");
    let html = p.lees(VT, &bladzij).await.html;
    let voor = tekst(&html);
    let pad = herstel_pad(&html, &casus).expect("een weg om te herstellen");
    assert!(voor.contains("Gehaald, te laat") || voor.contains("te laat"), "{voor}");
    // Who did not record it has no such way, and no such form.
    assert_eq!(herstel_pad(&p.lees(SCHOOL, &bladzij).await.html, &casus), None);
    assert_eq!(p.lees(SCHOOL, &pad).await.status, StatusCode::NOT_FOUND);
    let blad = tekst(&p.lees(VT, &pad).await.html);
    assert!(blad.contains("Staat nu op") && blad.contains("Wie het zicht had, verandert niet"), "{blad}");
    let fout = [("nieuw_datum", "2026-03-06"), ("nieuw_tijd", ""), ("reden", "Vergeten.")];
    let fout = p.stuur_formulier(VT, &pad, &fout).await;
    assert_eq!(fout.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&fout.html).contains("Vul een datum en een tijd in") && fout.html.contains("Vergeten."));
    let zonder = [("nieuw_datum", "2026-03-06"), ("nieuw_tijd", "16:00"), ("reden", "")];
    assert_eq!(p.stuur_formulier(VT, &pad, &zonder).await.status, StatusCode::CONFLICT);
    let goed = [("nieuw_datum", "2026-03-06"), ("nieuw_tijd", "16:00"), ("reden", "Vergeten vast te leggen.")];
    let gedaan = p.stuur_formulier(VT, &pad, &goed).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let na = tekst(&p.lees(VT, &gedaan.naar.unwrap()).await.html);
    assert!(na.contains("Het tijdstip is hersteld"), "{na}");
    assert!(na.contains("Vergeten vast te leggen.") && na.contains("vr 6 maart 2026, 16.00 uur"), "{na}");
    // The history keeps what was recorded first.
    assert!(na.contains("do 12 maart, 09.00 uur"), "{na}");
}
