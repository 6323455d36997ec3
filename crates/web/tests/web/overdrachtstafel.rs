//! An overdrachtstafel as a meeting, by its forms: planned, with an agenda, held, decisions per casus, and the letters.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::json;

const SOCIUS: &str = "socius";
const TAFEL: &str = "/overdrachtstafel?gemeente=Beverwijk";

/// Assessed, safe enough, and offered for the table.
async fn aangeboden(p: &mut TestApp, naar: &str, inhoud: &str) -> String {
    let casus = p.meld("Beverwijk", inhoud).await;
    let delen = ["inhoud-melding", "contactgegevens-melder", "uitkomst-beoordeling", "informatie-beoordeling"];
    let delen: serde_json::Map<_, _> = delen.iter().map(|deel| ((*deel).to_owned(), json!(inhoud))).collect();
    let stappen = [
        (
            "rond-beoordeling-af",
            json!({ "taxatie": "geen-acute-onveiligheid", "contra_indicaties": { "overige": "nee" } }),
        ),
        ("leg-contact-gezin-vast", json!({ "wijze": "telefoon", "gelukt": true, "geinformeerd": true })),
        (
            "besluit-vervolg",
            json!({ "besluit": "directe-overdracht", "voldoende_veilig": true,
                    "overleg": ["medewerker", "vertrouwensarts"], "toewijzing": ["lokaal-team"] }),
        ),
        (
            "bied-overdracht-aan",
            json!({ "naar": naar, "wijze": "overdrachtstafel", "inhoud": delen, "gezin_geinformeerd": true,
                    "verzonden": true, "gegevens_ontvangen": true }),
        ),
    ];
    for (doe, met) in stappen {
        let (status, antwoord) = p.wens(VT, &casus, doe, met).await;
        assert!(status.is_success(), "{doe}: {antwoord}");
    }
    casus
}

async fn stuur(p: &mut TestApp, pad: &str, ingevuld: &[(&str, &str)]) -> (String, String) {
    let blad = p.stuur_formulier(VT, pad, ingevuld).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{pad}: {}", tekst(&blad.html));
    let plek = blad.naar.unwrap();
    let vervolg = p.lees(VT, &plek).await;
    assert_eq!(vervolg.status, StatusCode::OK, "{plek}");
    assert!(vervolg.html.contains("alert--ok"), "{pad} zegt niet dat het is vastgelegd");
    (plek.split('?').next().unwrap().to_owned(), vervolg.html)
}

async fn gepland(p: &mut TestApp) -> String {
    let pad = "/overdrachtstafel/bijeenkomsten/nieuw?gemeente=Beverwijk";
    let leeg = p.stuur_formulier(VT, pad, &[("begin_datum", "2026-03-03")]).await;
    assert_eq!(leeg.status, StatusCode::BAD_REQUEST);
    assert!(leeg.html.contains("2026-03-03"), "wat is ingevuld blijft staan");
    let (bijeenkomst, html) = stuur(p, pad, &[("begin_datum", "2026-03-03"), ("begin_tijd", "13:30")]).await;
    let blad = tekst(&html);
    assert!(blad.contains("Genodigd CJG Kennemerland, Socius, Veilig Thuis Kennemerland"), "{blad}");
    assert!(blad.contains("Onze lezing"), "HIAAT-46: wie de tafel belegt is onze lezing: {blad}");
    bijeenkomst
}

/// The number of a casus as the table shows it.
fn nummer(html: &str, casus: &str) -> String {
    let stuk = html.split_once(&format!("casus={casus}\"")).unwrap_or_else(|| panic!("{casus} ligt niet op tafel")).1;
    stuk.split_once('>').unwrap().1.split_once('<').unwrap().0.to_owned()
}

#[tokio::test]
async fn van_agenda_via_besluit_naar_brieven() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let cjg = aangeboden(&mut p, CJG, "Zonder jas naar school.").await;
    let socius = aangeboden(&mut p, SOCIUS, "Ruzie op de trap.").await;
    let tafel = p.lees(VT, TAFEL).await.html;
    let (nummer_cjg, nummer_socius) = (nummer(&tafel, &cjg), nummer(&tafel, &socius));
    let bijeenkomst = gepland(&mut p).await;

    let agenda = format!("{bijeenkomst}/doe/zet-agenda");
    let html = p.lees(VT, &agenda).await.html;
    let plaatsen = velden(&html, "plaats_");
    assert_eq!(plaatsen.len(), 2);
    let dubbel = p.stuur_formulier(VT, &agenda, &[(&plaatsen[0], "1"), (&plaatsen[1], "1")]).await;
    assert_eq!(dubbel.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&dubbel.html).contains("Plaats 1 is al voor een andere casus"), "{}", tekst(&dubbel.html));
    for volgorde in [["1", "2"], ["2", "1"]] {
        let paren = [(plaatsen[0].as_str(), volgorde[0]), (plaatsen[1].as_str(), volgorde[1])];
        let (_, html) = stuur(&mut p, &agenda, &paren).await;
        let eerst = html.find(&nummer_cjg).unwrap() < html.find(&nummer_socius).unwrap();
        let op_tafel = p.lees(VT, TAFEL).await.html;
        let ook_daar = op_tafel.find(&nummer_cjg).unwrap() < op_tafel.find(&nummer_socius).unwrap();
        assert_eq!(eerst, ook_daar, "de tafel heeft de volgorde van de bijeenkomst");
    }

    p.later("2026-03-03 14:30");
    let houd = format!("{bijeenkomst}/doe/houd-bijeenkomst");
    let alleen = p.stuur_formulier(VT, &houd, &[("aanwezig", VT), ("voorzitter", VT)]).await;
    assert_eq!(alleen.status, StatusCode::CONFLICT);
    assert!(tekst(&alleen.html).contains("beslissen Veilig Thuis en lokale partijen samen"), "IJM-3.3.1.g");
    let wie =
        [("aanwezig", VT), ("aanwezig", SOCIUS), ("voorzitter", VT), ("functies", "teamleider"), ("wie", "Nadia")];
    let (_, html) = stuur(&mut p, &houd, &wie).await;
    let blad = tekst(&html);
    assert!(blad.contains("Aan tafel Socius, Veilig Thuis Kennemerland"), "{blad}");
    assert!(blad.contains("Niet aanwezig CJG Kennemerland") && blad.contains("Nadia"), "{blad}");
    assert_eq!(p.lees(VT, &agenda).await.status, StatusCode::OK);
    assert_eq!(p.stuur_formulier(VT, &agenda, &[]).await.status, StatusCode::CONFLICT, "daarna staat de agenda vast");

    let (id, besluit) = (bijeenkomst.rsplit('/').next().unwrap(), format!("/casussen/{socius}/doe/bespreek-aan-tafel"));
    assert!(html.contains(&format!("{besluit}:{id}?aanwezig={SOCIUS},{VT}")), "wie er zaten gaat mee naar het besluit");
    let besluit = format!("{besluit}:{id}?aanwezig={SOCIUS},{VT}");
    let form = p.lees(VT, &besluit).await.html;
    assert_eq!(form.matches(" checked").count(), 2, "wie er zaten is aangekruist");
    let half = [("aanwezig", VT), ("besluit", "aanhouden"), ("afspraken", "Wij bellen moeder.")];
    let blad = p.stuur_formulier(VT, &besluit, &half).await;
    assert_eq!(blad.status, StatusCode::BAD_REQUEST);
    for wat in ["Vul in wanneer de casus terugkomt", "Schrijf op waarom", "Wij bellen moeder."] {
        assert!(tekst(&blad.html).contains(wat), "{wat}: {}", tekst(&blad.html));
    }
    let oppakken =
        [("aanwezig", VT), ("aanwezig", SOCIUS), ("besluit", "oppakken"), ("afspraken", "Wij bellen moeder.")];
    let (plek, html) = stuur(&mut p, &besluit, &oppakken).await;
    assert_eq!(plek, bijeenkomst);
    let blad = tekst(&html);
    assert!(blad.contains("1 van 2 besproken") && blad.contains("Socius pakt de casus op"), "{blad}");
    assert!(blad.contains("Wacht tot Socius zelf accepteert"), "{blad}");
    assert!(
        blad.contains("Brief aan het gezin met de afspraken") && blad.contains("Nog te sturen"),
        "IJM-3.3.1.a: {blad}"
    );
    assert!(p.casus(VT, &socius).await.contains("Zicht op veiligheid: Veilig Thuis"), "het besluit verplaatst niets");
    brieven(&mut p, &socius, &bijeenkomst).await;
}

/// The receiver accepts; the letters are written and leave.
async fn brieven(p: &mut TestApp, casus: &str, bijeenkomst: &str) {
    let blad = tekst(&p.lees(SOCIUS, &format!("{TAFEL}&casus={casus}")).await.html);
    assert!(blad.contains("Afgesproken: Wij bellen moeder."), "beide kanten bewaren het: {blad}");
    assert!(!blad.contains("Klaar na het besluit"), "brieven zijn voor wie ze schrijft: {blad}");
    let (status, antwoord) = p.wens(SOCIUS, casus, "accepteer-overdracht", json!({})).await;
    assert!(status.is_success(), "{antwoord}");
    let html = p.lees(VT, bijeenkomst).await.html;
    assert!(tekst(&html).contains("Socius accepteerde"), "{}", tekst(&html));
    for soort in ["brief-na-tafel", "terugkoppeling-na-tafel"] {
        assert!(html.contains(&format!("/casussen/{casus}/doe/maak-document:{soort}")), "{soort}");
        let pad = format!("/casussen/{casus}/doe/maak-document:{soort}");
        let delen = velden(&p.lees(VT, &pad).await.html, "onderdeel_");
        let delen: Vec<_> = delen.iter().map(|deel| (deel.as_str(), "Socius belt u deze week.")).collect();
        p.doe(VT, casus, &format!("maak-document:{soort}"), &delen).await;
        let op_casus = p.lees(VT, &format!("/casussen/{casus}")).await.html;
        let verzend = op_casus.split_once("/doe/verzend-document:").unwrap().1.split_once('"').unwrap().0.to_owned();
        p.doe(VT, casus, &format!("verzend-document:{verzend}"), &[("wijze", "brief")]).await;
    }
    let blad = tekst(&p.lees(VT, bijeenkomst).await.html);
    assert!(blad.contains("Verstuurd") && !blad.contains("Nog te sturen"), "{blad}");
}

#[tokio::test]
async fn wie_er_niet_over_gaat_ziet_geen_besluit_en_wie_er_niet_zit_geen_bijeenkomst() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = aangeboden(&mut p, SOCIUS, "Ruzie op de trap.").await;
    let bijeenkomst = gepland(&mut p).await;
    let agenda = format!("{bijeenkomst}/doe/zet-agenda");
    let plaats = velden(&p.lees(VT, &agenda).await.html, "plaats_").remove(0);
    stuur(&mut p, &agenda, &[(&plaats, "1")]).await;
    p.later("2026-03-03 14:30");
    let besluit = format!("/casussen/{casus}/doe/bespreek-aan-tafel:{}", bijeenkomst.rsplit('/').next().unwrap());
    let ingevuld =
        [("aanwezig", VT), ("aanwezig", SOCIUS), ("besluit", "oppakken"), ("afspraken", "Wij bellen moeder.")];
    stuur(&mut p, &besluit, &ingevuld).await;

    let eigen = tekst(&p.lees(SOCIUS, &bijeenkomst).await.html);
    assert!(eigen.contains("Socius pakt de casus op"), "de proef kan misgaan: {eigen}");
    let ander = p.lees(CJG, &bijeenkomst).await.html;
    let woorden = tekst(&ander);
    assert!(woorden.contains("Niet voor uw team") && !woorden.contains("pakt de casus op"), "{woorden}");
    assert!(!ander.contains(&casus) && !woorden.contains("Brieven na het besluit"), "{woorden}");
    assert!(!woorden.contains("Agenda zetten"), "{woorden}");
    let (status, _) = p.wens(SOCIUS, &casus, "accepteer-overdracht", json!({})).await;
    assert!(status.is_success());
    assert!(tekst(&p.lees(CJG, &bijeenkomst).await.html).contains("Casus voor een ander team"), "ook geen nummer meer");

    for wie in [SCHOOL, TEAM_NOG, VT_NOG] {
        assert_eq!(p.lees(wie, &bijeenkomst).await.status, StatusCode::NOT_FOUND, "{wie}");
    }
    for pad in [agenda.as_str(), "/overdrachtstafel/bijeenkomsten/nieuw?gemeente=Beverwijk"] {
        assert_eq!(p.lees(SOCIUS, pad).await.status, StatusCode::NOT_FOUND, "{pad}");
    }
    assert!(tekst(&p.lees(SOCIUS, TAFEL).await.html).contains("Bijeenkomsten"));
    let afgezegd =
        stuur(&mut p, &format!("{bijeenkomst}/doe/zeg-bijeenkomst-af"), &[("reden", "Te weinig mensen.")]).await.1;
    assert!(tekst(&afgezegd).contains("Te weinig mensen.") && tekst(&afgezegd).contains("Afgezegd"));
}
