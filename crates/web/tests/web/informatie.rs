//! Enrichment by its pages: asking registers and people, answers that come, and answers that do not.

use super::steun::*;
use axum::http::StatusCode;

/// Presses the button of a source on the page of the assessment.
async fn vraag(p: &mut TestApp, casus: &str, bron: &str) -> String {
    let pad = format!("/casussen/{casus}/beoordeling");
    let blad = p.lees(VT, &pad).await;
    assert_eq!(blad.status, StatusCode::OK);
    let formulier = blad.html.split("<form").find(|stuk| stuk.contains(&format!(r#"name="bron" value="{bron}""#)));
    let formulier = formulier.unwrap_or_else(|| panic!("geen knop bij {bron}"));
    let verborgen = ["csrf", "opdracht", "versie", "melding", "bron"].map(|naam| (naam, invoer(formulier, naam)));
    let paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).collect();
    let gedaan = p.post(VT, &format!("/casussen/{casus}/doe/vraag-informatie"), &paren).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let vervolg = p.lees(VT, &gedaan.naar.unwrap()).await;
    assert!(tekst(&vervolg.html).contains("Het verzoek is vastgelegd."));
    bij(&vervolg.html, bron)
}

/// What stands on the page of the assessment about one source.
fn bij(html: &str, bron: &str) -> String {
    let regels = html.split(r#"<li class="item"#).find(|stuk| stuk.contains(&format!(r#"value="{bron}""#)));
    tekst(regels.unwrap_or_else(|| panic!("{bron} staat niet op de pagina")))
}

#[tokio::test]
async fn een_bron_die_zwijgt_of_stuk_is_is_onbekend_en_een_bron_die_antwoordt_staat_er_met_grondslag() {
    let bronnen = [("politie", "stil"), ("gezagsregister", "storing"), ("raad-voor-de-kinderbescherming", "gevonden")];
    let mut p = TestApp::met_bronnen("2026-03-02 10:00", &bronnen).await;
    let casus = p.meld("Beverwijk", "Kwam zonder jas.").await;
    for stil in ["politie", "gezagsregister"] {
        let regel = vraag(&mut p, &casus, stil).await;
        assert!(regel.contains("Onbekend: nog geen antwoord") && regel.contains("Opnieuw vragen"), "{regel}");
        assert!(!regel.contains("niets bekend"), "{regel}");
    }
    let raad = vraag(&mut p, &casus, "raad-voor-de-kinderbescherming").await;
    assert!(raad.contains("Er is iets bekend") && raad.contains("Nagebootste bron"), "{raad}");
    assert!(raad.contains("Grondslag: ") && raad.contains("5.1.6"), "{raad}");
    let register = vraag(&mut p, &casus, "basisregistratie-personen").await;
    assert!(register.contains("Gekeken: niets bekend") && !register.contains("Onbekend"), "{register}");
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}/beoordeling")).await.html);
    assert!(blad.contains("2 nog onbekend") && blad.contains("Stap 3: besluiten"), "{blad}");
    assert!(blad.contains("zijn nagebootst"), "{blad}");
    // What came back stands in no place where others read.
    for ander in [SCHOOL, CJG] {
        let blad = p.lees(ander, &format!("/casussen/{casus}/beoordeling")).await;
        assert_eq!(blad.status, StatusCode::NOT_FOUND, "{ander}");
    }
    let school = p.lees(SCHOOL, &format!("/casussen/{casus}")).await.html;
    assert!(!school.contains("Nagebootste bron") && !school.contains("Informatie gevraagd"));
}

#[tokio::test]
async fn wie_gevraagd_is_antwoordt_zelf_en_ziet_niets_van_de_casus() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Kwam zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/vraag-informatie?bron=beroepskracht");
    let zonder = p.stuur_formulier(VT, &pad, &[("bron", "beroepskracht"), ("vraag", "Hoe gaat het met Fien?")]).await;
    assert_eq!(zonder.status, StatusCode::BAD_REQUEST);
    assert!(
        zonder.html.contains("Kies een organisatie, of schrijf op") && zonder.html.contains("Hoe gaat het met Fien?")
    );
    let ingevuld = [("bron", "beroepskracht"), ("aan", CJG), ("vraag", "Hoe gaat het met Fien?")];
    let gevraagd = p.stuur_formulier(VT, &pad, &ingevuld).await;
    assert_eq!(gevraagd.status, StatusCode::SEE_OTHER, "{}", tekst(&gevraagd.html));
    assert_eq!(p.lees(CJG, &format!("/casussen/{casus}")).await.status, StatusCode::NOT_FOUND);
    let lijst = p.lees(CJG, "/informatieverzoeken").await;
    assert!(tekst(&lijst.html).contains("Wacht op uw antwoord") && !lijst.html.contains("Bedacht"));
    let verzoek = format!("/informatieverzoeken/{casus}");
    assert!(lijst.html.contains(&verzoek));
    let blad = p.lees(CJG, &verzoek).await;
    let gelezen = tekst(&blad.html);
    assert!(gelezen.contains("Hoe gaat het met Fien?") && gelezen.contains("5.1.6"), "{gelezen}");
    assert!(!gelezen.contains("Kwam zonder jas") && !gelezen.contains("Kim Verzonnen"), "{gelezen}");
    // Nobody else finds the request.
    for ander in [SCHOOL, VT_NOG] {
        assert_eq!(p.lees(ander, &verzoek).await.status, StatusCode::NOT_FOUND, "{ander}");
    }
    let id = invoer(&blad.html, "verzoek");
    let leeg = p.stuur_formulier(CJG, &verzoek, &[("verzoek", id.as_str()), ("uitkomst", "gevonden")]).await;
    assert_eq!(leeg.status, StatusCode::BAD_REQUEST);
    assert!(leeg.html.contains("Schrijf op wat u weet"));
    let antwoord = [("verzoek", id.as_str()), ("uitkomst", "gevonden"), ("toelichting", "Wij zagen haar vorige week.")];
    let gedaan = p.stuur_formulier(CJG, &verzoek, &antwoord).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    assert!(tekst(&p.lees(CJG, &gedaan.naar.unwrap()).await.html).contains("Uw antwoord is verstuurd."));
    let vt = tekst(&p.lees(VT, &format!("/casussen/{casus}/beoordeling")).await.html);
    assert!(vt.contains("Wij zagen haar vorige week.") && vt.contains("Er is iets bekend"), "{vt}");
}

#[tokio::test]
async fn wat_iemand_aan_de_telefoon_zei_legt_veilig_thuis_vast() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Kwam zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/vraag-informatie");
    let huisarts = [("bron", "beroepskracht"), ("wie", "Huisarts De Vries, 06-00000000")];
    p.stuur_formulier(VT, &pad, &huisarts).await;
    let blad = p.lees(VT, &format!("/casussen/{casus}/doe/leg-informatie-vast")).await.html;
    assert!(blad.contains("Huisarts De Vries"));
    let verzoek = waarden(&blad, "verzoek").remove(0);
    let antwoord = [("verzoek", verzoek.as_str()), ("uitkomst", "niets-gevonden")];
    let gedaan = p.stuur_formulier(VT, &format!("/casussen/{casus}/doe/leg-informatie-vast"), &antwoord).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}/beoordeling")).await.html);
    assert!(blad.contains("Gekeken: niets bekend") && blad.contains("Huisarts De Vries"), "{blad}");
}
