//! Weighing a report by its pages: the triage instrument, a talk, and who had to hear it.

use super::steun::*;
use axum::http::StatusCode;

#[tokio::test]
async fn het_instrument_vraagt_elk_antwoord_en_een_lichtere_taxatie_een_reden() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Kwam zonder jas.").await;
    let blad = format!("/casussen/{casus}/beoordeling");
    let eerst = tekst(&p.lees(VT, &blad).await.html);
    assert!(eerst.contains("Proefinstrument") && eerst.contains("nog niet ingevuld"), "{eerst}");
    let pad = format!("/casussen/{casus}/doe/vul-instrument-in");
    let half = p.stuur_formulier(VT, &pad, &[("antwoorden.a1", "ja"), ("toelichting", "Zij belde zelf.")]).await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST);
    assert!(half.html.contains("Weet u het niet?") && half.html.contains("Zij belde zelf."), "{}", tekst(&half.html));
    assert!(half.html.contains("A: acute onveiligheid") && half.html.contains("B: structurele onveiligheid"));
    let ingevuld = [("antwoorden.a1", "ja"), ("antwoorden.b1", "onbekend"), ("toelichting", "Zij belde zelf.")];
    let gedaan = p.stuur_formulier(VT, &pad, &ingevuld).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let daarna = tekst(&p.lees(VT, &gedaan.naar.unwrap()).await.html);
    assert!(daarna.contains("A: acute onveiligheid; 1 onbekend") && daarna.contains("Zij belde zelf."), "{daarna}");
    let af = format!("/casussen/{casus}/doe/rond-beoordeling-af");
    let lichter = p.stuur_formulier(VT, &af, &[("taxatie", "geen-acute-onveiligheid")]).await;
    assert_eq!(lichter.status, StatusCode::CONFLICT);
    let zegt = tekst(&lichter.html);
    assert!(
        zegt.contains("lichter dan wat u met het instrument vond") && zegt.contains("A: acute onveiligheid"),
        "{zegt}"
    );
    assert_eq!(p.stuur_formulier(VT, &af, &[("taxatie", "acute-onveiligheid")]).await.status, StatusCode::SEE_OTHER);
    // Nobody else reads the answers, and who has no instrument cannot fill one in.
    for ander in [SCHOOL, CJG] {
        let casusblad = p.lees(ander, &format!("/casussen/{casus}")).await.html;
        assert!(!casusblad.contains("Zij belde zelf.") && !casusblad.contains("Triage-instrument"), "{ander}");
    }
    let elders = p.meld("Winterswijk", "Kwam zonder jas.").await;
    let zonder = p.lees(VT_NOG, &format!("/casussen/{elders}/beoordeling")).await;
    assert!(zonder.status == StatusCode::OK && !zonder.html.contains("instrument invullen"));
    let met = serde_json::json!({ "antwoorden": { "a1": "ja" } });
    let (status, json) = p.wens(VT_NOG, &elders, "vul-instrument-in", met).await;
    assert!(status == StatusCode::BAD_REQUEST && json.to_string().contains("geen triage-instrument"), "{json}");
}

#[tokio::test]
async fn een_overleg_staat_bij_de_beoordeling_met_wie_en_wat() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Kwam zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/houd-overleg");
    let alleen = [("functies", "medewerker"), ("gewogen", "De jas."), ("uitkomst", "eens")];
    let geweigerd = p.stuur_formulier(VT, &pad, &alleen).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    assert!(geweigerd.html.contains("Overleggen doet u met een ander") && geweigerd.html.contains("De jas."));
    let samen = [alleen.as_slice(), &[("functies", "vertrouwensarts")]].concat();
    let gedaan = p.stuur_formulier(VT, &pad, &samen).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}/beoordeling")).await.html);
    assert!(blad.contains("vertrouwensarts") && blad.contains("eens. De jas."), "{blad}");
}

#[tokio::test]
async fn wie_het_moest_horen_hoorde_het_of_er_staat_waarom_niet() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT, "Beverwijk", "Kwam zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/leg-plicht-vast");
    let plichten = waarden(&p.lees(VT, &pad).await.html, "plicht");
    let plicht = plichten.first().expect("er is iemand die het moet horen").as_str();
    let zonder = p.stuur_formulier(VT, &pad, &[("plicht", plicht), ("gedaan", "nee")]).await;
    assert_eq!(zonder.status, StatusCode::BAD_REQUEST);
    assert!(zonder.html.contains("Schrijf op waarom het niet is gedaan."));
    let niet = [("plicht", plicht), ("gedaan", "nee"), ("reden", "Zij was niet te vinden.")];
    let gedaan = p.stuur_formulier(VT, &pad, &niet).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}")).await.html);
    assert!(blad.contains("Zij was niet te vinden."), "{blad}");
}
