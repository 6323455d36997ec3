//! Files by their form: added, kept, saved again; what is wrong with one is told at the field; and who may not know of a
//! file finds nothing, in no list and at no address.

use super::steun::*;
use app::bijlagen::{BIJLAGE_BYTES_MAX, BIJLAGEN_MAX};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// Occurs nowhere else.
const KANARIE: &str = "Kanarie-in-bijlage-Qzx";
const LIRIK: &str = "LIRIK Fien Bedacht.pdf";

/// Every byte there is, behind the beginning of a pdf.
fn pdf(aantal: usize) -> Vec<u8> {
    let begin = format!("%PDF-1.7 {KANARIE}\n").into_bytes();
    begin.into_iter().chain((0..=u8::MAX).cycle()).take(aantal).collect()
}

/// Where the first file of a page is saved from.
fn adres(html: &str, casus: &str) -> String {
    let begin = format!(r#"href="/casussen/{casus}/bijlagen/"#);
    let rest = html.split_once(&begin).unwrap_or_else(|| panic!("geen bestand: {}", tekst(html))).1;
    format!("/casussen/{casus}/bijlagen/{}", rest.split_once('"').unwrap().0)
}

#[tokio::test]
async fn een_bestand_wordt_toegevoegd_staat_in_de_lijst_en_komt_er_byte_voor_byte_uit() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Dordrecht", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/bijlagen");
    let leeg = tekst(&p.lees(VT_ZHZ, &pad).await.html);
    assert!(
        leeg.contains("Er zijn nog geen bestanden.") && leeg.contains("LIRIK") && leeg.contains("CARE-NL"),
        "{leeg}"
    );
    let bestanden: [(&str, &[u8]); 2] = [("C:\\map\\notitie.txt", b"Wat opviel."), (LIRIK, &pdf(60_000))];
    let ingevuld = [("soort", "lirik"), ("toelichting", "Ingevuld door de jeugdarts.")];
    let blad = p.stuur_bestanden(VT_ZHZ, &pad, &ingevuld, &bestanden).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{}", tekst(&blad.html));
    let lijst = p.lees(VT_ZHZ, &blad.naar.unwrap()).await.html;
    let woorden = tekst(&lijst);
    for woord in [
        "De bestanden zijn toegevoegd.",
        "LIRIK Fien Bedacht.pdf LIRIK, pdf, 59 kB toegevoegd ma 2 maart, 10.00 uur, door Iemand van veilig-thuis-zuid-holland-zuid, medewerker, Veilig Thuis Zuid-Holland Zuid",
        "notitie.txt LIRIK, txt, 1 kB",
        "§ 9.1",
    ] {
        assert!(woorden.contains(woord), "{woord}: {woorden}");
    }
    let (status, headers, bytes) = p.haal(VT_ZHZ, &adres(&lijst, &casus)).await;
    assert_eq!(status, StatusCode::OK);
    assert!(bytes == pdf(60_000), "{} bytes", bytes.len());
    let header = |naam: &str| headers.get(naam).unwrap().to_str().unwrap();
    assert_eq!(header("content-type"), "application/pdf", "wat de browser erover zei, telt niet");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
    assert!(header("content-security-policy").ends_with("; sandbox"));
    // The name of a child stands in no header.
    let naam = header("content-disposition").strip_prefix("attachment; filename=\"lirik-").unwrap();
    assert!(naam.ends_with(".pdf\"") && naam.len() == 8 + 5, "{naam}");
    let geschiedenis = p.casus(VT_ZHZ, &casus).await;
    assert!(geschiedenis.contains("Bestanden toegevoegd: LIRIK, 2 bestanden"), "{geschiedenis}");
    assert!(geschiedenis.contains("Ingevuld door de jeugdarts."), "{geschiedenis}");
    let token = p.token(VT_ZHZ).await;
    let (_, json) = p.json("GET", &format!("/api/v1{pad}"), Some(&token), &Value::Null).await;
    assert_eq!(
        (&json[1]["soort"], &json[1]["vorm"], &json[1]["bytes"]),
        (&json!("lirik"), &json!("pdf"), &json!(60_000))
    );
    // On disk stands nothing of it; the planted fault: the same look finds what is not sealed.
    let schijf = p.op_schijf();
    let staat_er = |tekst: &str| schijf.windows(tekst.len()).any(|deel| deel == tekst.as_bytes());
    for geheim in [KANARIE, LIRIK, "notitie.txt", "%PDF", "Wat opviel.", "jeugdarts"] {
        assert!(!staat_er(geheim), "{geheim}");
    }
    assert!(staat_er("bijlagen-toegevoegd"));
}

#[tokio::test]
async fn wat_een_melder_toevoegt_leest_veilig_thuis_en_een_ander_vindt_niets() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/bijlagen");
    let blad = p.stuur_bestanden(SCHOOL, &pad, &[("soort", "verslag")], &[("Verslag.pdf", &pdf(900))]).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{}", tekst(&blad.html));
    let van_school = p.lees(SCHOOL, &pad).await.html;
    assert!(tekst(&van_school).contains("Uw organisatie en Veilig Thuis lezen het."), "{}", tekst(&van_school));
    let adres = adres(&van_school, &casus);
    for wie in [SCHOOL, VT] {
        let (status, _, bytes) = p.haal(wie, &adres).await;
        assert!(status == StatusCode::OK && bytes == pdf(900), "{wie}: {status}");
    }
    // What Veilig Thuis keeps for itself does not exist for the school, and a stranger gets what nobody gets.
    p.stuur_bestanden(VT, &pad, &[("soort", "brief")], &[("Brief.pdf", &pdf(300))]).await;
    let van_vt = p.lees(VT, &pad).await.html;
    assert!(!tekst(&p.lees(SCHOOL, &pad).await.html).contains("Brief.pdf"));
    let brief = self::adres(&van_vt, &casus);
    assert_ne!(brief, adres);
    let bestaat_niet = format!("{pad}/00000000-0000-0000-0000-000000000000");
    let (niets, _, leeg) = p.haal(VT, &bestaat_niet).await;
    assert_eq!(niets, StatusCode::NOT_FOUND);
    for (wie, wat) in [(SCHOOL, &brief), (CJG, &brief), (CJG, &adres), (CJG, &pad), (VT_NOG, &adres)] {
        let (status, _, bytes) = p.haal(wie, wat).await;
        assert!(status == niets && bytes == leeg, "{wie} {wat}: {status}");
        let token = p.token(wie).await;
        let (status, _) = p.json("GET", &format!("/api/v1{wat}"), Some(&token), &Value::Null).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{wie} {wat}");
    }
    // Neither is what a stranger sends looked at.
    let blad = p.post_bestanden(CJG, &pad, &[("soort", "brief")], &[("Brief.pdf", &pdf(300))]).await;
    assert_eq!(blad.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn wat_er_mis_is_staat_bij_het_veld_en_wat_getypt_is_blijft() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/bijlagen");
    let (te_groot, veel) = (pdf(BIJLAGE_BYTES_MAX + 1), vec![("een.pdf", b"%PDF-".as_slice()); BIJLAGEN_MAX + 1]);
    let ingevuld = [("soort", "foto"), ("toelichting", "Gemaakt in de klas.")];
    for (bestanden, woorden) in [
        (vec![("virus.pdf", b"MZ\x90\0".as_slice())], "‘virus.pdf’ kan niet mee: het moet een pdf zijn"),
        (vec![("groot.pdf", &te_groot)], "‘groot.pdf’ is te groot: een bestand is niet groter dan 10 MB."),
        (vec![("leeg.pdf", b"".as_slice())], "‘leeg.pdf’ is leeg."),
        (veel, "Kies per keer niet meer dan 10 bestanden."),
        (vec![("", b"".as_slice())], "Kies een of meer bestanden."),
    ] {
        let blad = p.stuur_bestanden(VT, &pad, &ingevuld, &bestanden).await;
        assert_eq!(blad.status, StatusCode::BAD_REQUEST, "{woorden}");
        let gelezen = tekst(&blad.html);
        assert!(gelezen.contains(woorden), "{woorden}: {gelezen}");
        assert!(blad.html.contains(r#"id="fout-bestanden""#) && gelezen.contains("Gemaakt in de klas."), "{gelezen}");
        let opnieuw = !woorden.ends_with("meer bestanden.");
        assert_eq!(gelezen.contains("Kies het bestand opnieuw."), opnieuw, "{gelezen}");
        assert!(blad.html.contains(r#"value="foto" checked"#), "{}", blad.html);
    }
    // Without a kind the files must be chosen anew as well, for a browser does not keep them.
    let blad = p.stuur_bestanden(VT, &pad, &[("toelichting", "Zonder soort.")], &[("een.pdf", &pdf(99))]).await;
    assert!(blad.html.contains(r#"id="fout-soort""#) && blad.html.contains(r#"id="fout-bestanden""#));
    assert!(tekst(&blad.html).contains("Zonder soort."));
    assert!(
        tekst(&p.lees(VT, &pad).await.html).contains("Er zijn nog geen bestanden."),
        "van wat niet kan, blijft niets"
    );
}

#[tokio::test]
async fn een_formulier_met_bestanden_moet_van_ons_zijn_en_heeft_een_grens() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/bijlagen");
    let blad = p.lees(VT, &pad).await.html;
    let (csrf, opdracht) = (invoer(&blad, "csrf"), invoer(&blad, "opdracht"));
    for csrf in ["", "verzonnen"] {
        let paren = [("csrf", csrf), ("opdracht", &opdracht), ("soort", "foto")];
        let blad = p.post_bestanden(VT, &pad, &paren, &[("een.pdf", &pdf(99))]).await;
        assert_eq!(blad.status, StatusCode::FORBIDDEN, "{csrf}");
    }
    // More than all files together may be.
    let paren = [("csrf", csrf.as_str()), ("opdracht", &opdracht), ("soort", "foto")];
    let vol = pdf(BIJLAGE_BYTES_MAX);
    let blad = p.post_bestanden(VT, &pad, &paren, &[("vol.pdf", vol.as_slice()); BIJLAGEN_MAX + 1]).await;
    assert_eq!(blad.status, StatusCode::PAYLOAD_TOO_LARGE);
    // Elsewhere a form may not be as large.
    let veel = "x".repeat(600 * 1024);
    let elders = p.post(VT, &format!("/casussen/{casus}/doe/leg-incident-vast"), &[("toelichting", &veel)]).await;
    assert_eq!(elders.status, StatusCode::PAYLOAD_TOO_LARGE);
    let ontbreekt = p.wens(VT, &casus, "voeg-bijlagen-toe", json!({ "soort": "foto", "bestanden": [] })).await;
    assert_eq!(ontbreekt.0, StatusCode::BAD_REQUEST);
    let bestand = json!({ "naam": "notitie.txt", "inhoud": "V2F0IG9wdmllbC4=" });
    let gedaan = p.wens(VT, &casus, "voeg-bijlagen-toe", json!({ "soort": "verslag", "bestanden": [bestand] })).await;
    assert_eq!(gedaan.0, StatusCode::OK, "{}", gedaan.1);
    let lijst = p.lees(VT, &pad).await.html;
    assert_eq!(p.haal(VT, &adres(&lijst, &casus)).await.2, b"Wat opviel.");
}
