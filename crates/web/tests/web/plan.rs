//! The plan on its own page: every form filled, sent and read back, also by who received the casus.

use super::steun::*;
use axum::http::StatusCode;

/// The address of the first form of an act on a page of the plan.
fn adres(html: &str, handeling: &str) -> String {
    let begin = html.find(&format!("/doe/{handeling}")).unwrap_or_else(|| panic!("geen {handeling}: {html}"));
    html[begin + 5..].split('"').next().unwrap().to_owned()
}

async fn plan(p: &mut TestApp, wie: &str, casus: &str) -> Blad {
    p.lees(wie, &format!("/casussen/{casus}/plan")).await
}

#[tokio::test]
async fn voorwaarde_afspraak_en_plan_staan_op_de_pagina_en_gaan_mee_bij_de_overdracht() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let leeg = plan(&mut p, VT, &casus).await;
    assert!(leeg.html.contains("Er zijn geen veiligheidsvoorwaarden gesteld."), "{}", leeg.html);
    let voorwaarde = [("voorwaarde", "Er wordt niet geslagen."), ("uiterlijk", "2026-06-01"), ("met_gezin", "ja")];
    p.doe(VT, &casus, "stel-voorwaarde", &voorwaarde).await;
    let blad = plan(&mut p, VT, &casus).await.html;
    assert!(blad.contains("Er wordt niet geslagen.") && blad.contains("0 van 1 gehouden"), "{blad}");
    let maak = adres(&blad, "maak-veiligheidsafspraak:");
    // What misses comes back beside what was typed, with the clause.
    let pad = format!("/casussen/{casus}/doe/{maak}");
    let half = [("wat", "haalt de kinderen op"), ("wie", "oma"), ("met_gezin", "ja")];
    let half = p.stuur_formulier(VT, &pad, &half).await;
    assert_eq!(half.status, StatusCode::CONFLICT);
    assert!(half.html.contains("wie wat doet, waar en wanneer") && half.html.contains("haalt de kinderen op"));
    let afspraak = [
        ("wat", "haalt de kinderen op"),
        ("wie", "oma"),
        ("waar", "bij de deur"),
        ("wanneer", "na een telefoontje"),
        ("met_gezin", "ja"),
    ];
    assert_eq!(p.stuur_formulier(VT, &pad, &afspraak).await.status, StatusCode::SEE_OTHER);
    let blad = plan(&mut p, VT, &casus).await.html;
    assert!(blad.contains("haalt de kinderen op") && blad.contains("na een telefoontje"), "{blad}");
    let toets = adres(&blad, "toets-planregel:");
    let regel = toets.split_once(':').unwrap().1.to_owned();
    let deels = [("regel", regel.as_str()), ("naleving", "deels"), ("toelichting", "Een keer ging het mis.")];
    let deels = p.stuur_formulier(VT, &format!("/casussen/{casus}/doe/{toets}"), &deels).await;
    assert_eq!(deels.status, StatusCode::SEE_OTHER, "{}", deels.html);
    let blad = plan(&mut p, VT, &casus).await.html;
    assert!(blad.contains("Een keer ging het mis.") && blad.contains("Deels"), "{blad}");
    let schrijf = format!("/casussen/{casus}/doe/stel-plan-op:veiligheidsplan");
    let geschreven =
        [("tekst", "Bij ruzie gaan de kinderen naar oma."), ("evaluatie", "2026-06-15"), ("met_gezin", "ja")];
    let geschreven = p.stuur_formulier(VT, &schrijf, &geschreven).await;
    assert_eq!(geschreven.status, StatusCode::SEE_OTHER, "{}", geschreven.html);
    let opnieuw = p.lees(VT, &schrijf).await.html;
    assert!(opnieuw.contains("Bij ruzie gaan de kinderen naar oma."), "wat er stond, staat klaar: {opnieuw}");
    // The offer is filled from the plan, and the receiver reads all of it.
    let aanbod = p.lees(VT, &format!("/casussen/{casus}/doe/bied-overdracht-aan")).await.html;
    assert!(aanbod.contains("Voorwaarde: Er wordt niet geslagen."), "{aanbod}");
    let delen = velden(&aanbod, "onderdeel_");
    let mut ingevuld: Vec<_> = delen.iter().map(|naam| (naam.as_str(), "Besproken.")).collect();
    ingevuld.retain(|(naam, _)| !naam.contains("melder") && !naam.contains("stand-van-zaken"));
    ingevuld.extend([("naar", CJG), ("wijze", "gesprek"), ("gezin_geinformeerd", "ja"), ("verzonden", "ja")]);
    p.doe(VT, &casus, "bied-overdracht-aan", &ingevuld).await;
    let ontvanger = plan(&mut p, CJG, &casus).await.html;
    for tekst in ["Er wordt niet geslagen.", "bij de deur", "Bij ruzie gaan de kinderen naar oma."] {
        assert!(ontvanger.contains(tekst), "{tekst}: {ontvanger}");
    }
    assert_eq!(plan(&mut p, SCHOOL, &casus).await.status, StatusCode::NOT_FOUND);
}
