//! Who has a part beside zicht sees the line, its own task and its own content, and nothing else of the dossier.

use super::steun::*;
use axum::http::StatusCode;

/// Words that stand only in the dossier of Veilig Thuis.
const KANARIES: &[&str] = &["KANARIE-MELDING", "KANARIE-BEOORDELING", "KANARIE-GESPREK", "KANARIE-DEEL"];

/// The words of the dossier that are on a page.
fn gevonden(blad: &str) -> Vec<&'static str> {
    KANARIES.iter().copied().filter(|kanarie| blad.contains(kanarie)).collect()
}

async fn dossier(p: &mut TestApp) -> String {
    let casus = p.meld("Beverwijk", "KANARIE-MELDING").await;
    let beoordeling = [("taxatie", "structurele-onveiligheid"), ("toelichting", "KANARIE-BEOORDELING")];
    p.doe(VT, &casus, "rond-beoordeling-af", &beoordeling).await;
    let gesprek = [("wijze", "telefoon"), ("gelukt", "ja"), ("geinformeerd", "ja"), ("toelichting", "KANARIE-GESPREK")];
    p.doe(VT, &casus, "leg-contact-gezin-vast", &gesprek).await;
    p.besluit_vervolg(VT, &casus).await;
    casus
}

/// Everything that this account can open of a casus from its own pages.
async fn alles(p: &mut TestApp, account: &str, casus: &str) -> String {
    let blad = p.lees(account, &format!("/casussen/{casus}")).await;
    assert_eq!(blad.status, StatusCode::OK, "{account}");
    let mut html = blad.html.clone();
    let begin = format!("/casussen/{casus}/");
    for stuk in blad.html.split(&format!(r#"href="{begin}"#)).skip(1) {
        let pad = format!("{begin}{}", stuk.split_once('"').unwrap().0);
        html.push_str(&p.lees(account, &pad).await.html);
    }
    for pad in ["/werkvoorraad", "/overdrachten"] {
        html.push_str(&p.lees(account, pad).await.html);
    }
    let token = p.token(account).await;
    let (_, json) = p.json("GET", &format!("/api/v1/casussen/{casus}"), Some(&token), &serde_json::Value::Null).await;
    html.push_str(&json.to_string());
    tekst(&html)
}

#[tokio::test]
async fn een_deeltaak_en_een_crisisdienst_zien_niets_van_het_dossier() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = dossier(&mut p).await;
    // The search finds what is there: Veilig Thuis reads its own dossier.
    let van_vt = alles(&mut p, VT, &casus).await;
    assert_eq!(gevonden(&van_vt), ["KANARIE-MELDING", "KANARIE-BEOORDELING", "KANARIE-GESPREK"]);
    assert_eq!(p.lees("socius", &format!("/casussen/{casus}")).await.status, StatusCode::NOT_FOUND);
    p.doe(VT, &casus, "spreek-deeltaak-af", &[("organisatie", "socius"), ("wat", "Bel moeder elke maandag.")]).await;
    p.doe(VT, &casus, "schakel-crisisdienst-in", &[("organisatie", CRISISDIENST)]).await;
    p.doe(VT, &casus, "spreek-deeltaak-af", &[("organisatie", CJG), ("wat", "KANARIE-DEEL")]).await;
    for account in ["socius", CRISISDIENST] {
        let blad = alles(&mut p, account, &casus).await;
        assert_eq!(gevonden(&blad), Vec::<&str>::new(), "{account}");
        assert!(blad.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"), "de lijn is van allen: {blad}");
        assert!(!blad.contains("Structurele onveiligheid") && !blad.contains("structurele onveiligheid"), "{account}");
        assert!(blad.contains("Huishouden Bedacht"), "wie een taak heeft, weet over wie: {blad}");
    }
    let socius = p.casus("socius", &casus).await;
    assert!(socius.contains("Bel moeder elke maandag.") && socius.contains("Deeltaak afronden"), "{socius}");
    assert!(!socius.contains("CJG Kennemerland"), "een ander met een taak is niet van de een: {socius}");
    assert!(!socius.contains("Dienst starten"), "{socius}");
}

#[tokio::test]
async fn een_mede_ontvanger_ziet_het_eigen_deel_en_niets_anders() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT, "Beverwijk", "KANARIE-MELDING").await;
    let aanbod = [
        ("naar", CJG),
        ("wijze", "gesprek"),
        ("onderdeel_melding-na-dienst", "KANARIE-DEEL"),
        ("onderdeel_veiligheidsvoorwaarden", "Oma haalt Fien op."),
        ("mede1", "socius"),
        ("mede1_delen", "veiligheidsvoorwaarden"),
        ("gezin_geinformeerd", "ja"),
        ("verzonden", "ja"),
    ];
    let blad = p.doe(VT, &casus, "bied-overdracht-aan", &aanbod).await;
    assert!(blad.contains("kreeg een deel van de inhoud"), "{blad}");
    let team = alles(&mut p, CJG, &casus).await;
    assert_eq!(gevonden(&team), ["KANARIE-DEEL"], "de ontvanger leest alles wat is aangeboden");
    let mede = alles(&mut p, "socius", &casus).await;
    assert_eq!(gevonden(&mede), Vec::<&str>::new());
    assert!(mede.contains("Wat uw organisatie kreeg") && mede.contains("Oma haalt Fien op."), "{mede}");
    assert!(mede.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"), "{mede}");
    assert!(!mede.contains("bevestigd"), "de conclusie van de dienst is niet voor een mede-ontvanger: {mede}");
}

#[tokio::test]
async fn wie_eerder_veilig_thuis_was_ziet_de_lijn_en_doet_niets_meer() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = dossier(&mut p).await;
    p.doe(VT, &casus, "start-dienst:onderzoek", &[]).await;
    p.doe(VT, &casus, "rond-dienst-af", &[("conclusie", "bevestigd")]).await;
    let pad = format!("/casussen/{casus}/doe/bied-overdracht-aan");
    let html = p.lees(VT, &pad).await.html;
    let delen = velden(&html, "onderdeel_");
    let mut aanbod: Vec<_> = delen.iter().map(|naam| (naam.as_str(), "Zie het verslag.")).collect();
    aanbod.extend([
        ("naar", VT_NOG),
        ("wijze", "digitaal"),
        ("gezin_geinformeerd", "ja"),
        ("gegevens_ontvangen", "ja"),
    ]);
    p.doe(VT, &casus, "bied-overdracht-aan", &aanbod).await;
    let blad = p.overdracht(VT_NOG, &casus).await;
    assert!(blad.contains("Overdracht aan een ander Veilig Thuis"), "{blad}");
    let (status, json) = p.wens(VT_NOG, &casus, "accepteer-overdracht", serde_json::json!({})).await;
    assert_eq!(status, StatusCode::OK, "{json}");
    p.doe(VT_NOG, &casus, "leg-incident-vast", &[("toelichting", "KANARIE-DEEL")]).await;
    let eerder = alles(&mut p, VT, &casus).await;
    assert!(eerder.contains("Zicht op veiligheid: Veilig Thuis Noord Oost Gelderland"), "{eerder}");
    assert!(!eerder.contains("KANARIE-DEEL"), "wat daarna kwam, is van het andere Veilig Thuis");
    assert!(eerder.contains("Uw organisatie kan nu niets vastleggen."), "{eerder}");
}
