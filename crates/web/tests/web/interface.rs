//! The JSON interface takes the same wishes as the forms, and answers with the casus.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn een_dienst_tot_en_met_monitoring_over_json() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT, "Beverwijk", "Zonder jas.").await;
    let start = json!({ "dienst": "onderzoek" });
    let gedaan = |(status, json): (StatusCode, serde_json::Value)| {
        assert_eq!(status, StatusCode::OK, "{json}");
        json
    };
    gedaan(p.wens(VT, &casus, "start-dienst", start).await);
    gedaan(
        p.wens(
            VT,
            &casus,
            "spreek-deeltaak-af",
            json!({ "organisatie": SCHOOL, "wat": "Let op.", "tot": "2026-06-30" }),
        )
        .await,
    );
    gedaan(p.wens(SCHOOL, &casus, "rond-deeltaak-af", json!({})).await);
    let crisis = gedaan(p.wens(VT, &casus, "schakel-crisisdienst-in", json!({ "organisatie": CRISISDIENST })).await);
    assert_eq!(crisis["crisis"][0]["houder"], CRISISDIENST);
    gedaan(p.wens(CRISISDIENST, &casus, "meld-crisis-stabiel", json!({})).await);
    gedaan(
        p.wens(VT, &casus, "rond-dienst-af", json!({ "conclusie": "bevestigd", "voorwaarden_gesteld": true })).await,
    );
    let delen = [
        "melding-na-dienst",
        "conclusie",
        "veiligheidsvoorwaarden",
        "consequenties",
        "afspraken-plannen",
        "afspraken-monitoring",
    ];
    let inhoud: serde_json::Map<_, _> =
        delen.iter().map(|deel| ((*deel).to_owned(), json!("Zie het verslag."))).collect();
    let aanbod = json!({
        "naar": CJG, "wijze": "gesprek", "inhoud": inhoud, "gezin_geinformeerd": true, "gegevens_ontvangen": true,
        "mede_ontvangers": { "socius": ["conclusie"] },
    });
    gedaan(p.wens(VT, &casus, "bied-overdracht-aan", aanbod).await);
    let punten = json!({ "agenda-en-rollen": "ja", "plan": "ja", "consequenties": "ja", "monitoring": "ja" });
    let warm = json!({ "aanwezig": ["gezin", "veilig-thuis", "ontvanger"], "punten": punten });
    gedaan(p.wens(VT, &casus, "houd-warme-overdracht", warm).await);
    let over = gedaan(p.wens(CJG, &casus, "accepteer-overdracht", json!({})).await);
    assert_eq!(over["zicht"].as_array().unwrap().last().unwrap()["houder"], CJG);
    assert_eq!(over["monitoring"][0]["houder"], VT);
    p.later("2026-06-03 10:00");
    let antwoorden = json!({ "voorwaarden-gehaald": "ja", "stabiel-veilig": "ja", "herstel": "ja" });
    let moment = json!({ "antwoorden": antwoorden, "uitkomst": "voortzetten" });
    let na = gedaan(p.wens(VT, &casus, "leg-monitormoment-vast", moment).await);
    let drie = na["termijnen"].as_array().unwrap().iter().find(|termijn| termijn["soort"] == "monitoring-3-maanden");
    assert_eq!(drie.unwrap()["status"], "gehaald");
    gedaan(p.wens(VT, &casus, "plan-monitormoment", json!({ "datum": "2026-09-01" })).await);
    gedaan(p.wens(CJG, &casus, "raadpleeg-veilig-thuis", json!({})).await);
    gedaan(p.wens(VT, &casus, "rond-monitoring-af", json!({ "reden": "Het gaat goed." })).await);
    gedaan(p.wens(VT, &casus, "verhuis-gezin", json!({ "gemeente": "Velsen" })).await);
}

#[tokio::test]
async fn weigering_fout_en_wat_niet_bestaat_klinken_als_bij_de_meldingen() {
    let p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let (status, json) = p.wens(VT, &casus, "start-dienst", json!({ "dienst": "onderzoek" })).await;
    assert_eq!((status, json["weigering"]["code"].as_str()), (StatusCode::CONFLICT, Some("geen-besluit-tot-dienst")));
    let (status, json) = p.wens(VT, &casus, "start-dienst", json!({ "kleur": "blauw" })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(json["detail"].as_str().unwrap().contains("kleur"), "{json}");
    let (status, json) = p.wens(VT, &casus, "stel-informeren-uit", json!({ "tot": "morgen" })).await;
    assert_eq!((status, json["velden"][0]["veld"].as_str()), (StatusCode::BAD_REQUEST, Some("tot")));
    let (status, _) = p.wens("socius", &casus, "leg-incident-vast", json!({})).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    let (status, json) = p.wens(VT, &casus, "meld", json!({ "gemeente": "Beverwijk" })).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    assert!(json["detail"].as_str().unwrap().contains("/api/v1/meldingen"), "{json}");
}
