//! Safety in contact by its forms: what is not safe is refused with what is, and a secret address is nowhere to be read
//! but on its own page.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeSet;

/// The address that was planted, in every way in which it was written below.
const ADRES: &[&str] = &["dromerslaan", "1944 xb", "1944xb"];
/// Pages that one crawl opens at most.
const PAGINAS_MAX: usize = 300;

/// Everything that an account can open of a casus: each page behind a link, each list, each JSON answer, each document.
async fn alles(p: &mut TestApp, account: &str, casus: &str) -> Vec<(String, String)> {
    let begin = format!("/casussen/{casus}");
    let mut te_doen = vec![begin.clone(), "/werkvoorraad".into(), "/overdrachten".into(), "/overdrachtstafel".into()];
    te_doen.push(format!("/melden?casus={casus}"));
    let (mut gezien, mut gelezen) = (BTreeSet::new(), Vec::new());
    while let Some(pad) = te_doen.pop() {
        if !gezien.insert(pad.clone()) || gezien.len() > PAGINAS_MAX {
            continue;
        }
        let html = p.lees(account, &pad).await.html;
        for stuk in html.split("href=\"").skip(1) {
            let href = stuk.split_once('"').unwrap().0.split('#').next().unwrap().to_owned();
            if href.starts_with(&begin) {
                te_doen.push(href);
            }
        }
        gelezen.push((pad, tekst(&html) + &html));
    }
    let token = p.token(account).await;
    for pad in ["", "/documenten"] {
        let pad = format!("/api/v1{begin}{pad}");
        let (_, json) = p.json("GET", &pad, Some(&token), &Value::Null).await;
        if let Some(documenten) = json.as_array() {
            for document in documenten {
                let eigen = format!("{pad}/{}", document["document"].as_str().unwrap());
                let (_, los) = p.json("GET", &eigen, Some(&token), &Value::Null).await;
                gelezen.push((eigen, los.to_string()));
            }
        }
        gelezen.push((pad, json.to_string()));
    }
    gelezen
}

/// Where the address can be read.
fn verraden(gelezen: &[(String, String)]) -> Vec<&str> {
    let noemt = |html: &str| ADRES.iter().any(|adres| html.to_lowercase().contains(adres));
    let eigen = |pad: &str| pad.ends_with("/adres") && pad.contains("/veilig-contact/");
    gelezen.iter().filter(|(pad, html)| !eigen(pad) && noemt(html)).map(|(pad, _)| pad.as_str()).collect()
}

async fn persoon(p: &mut TestApp, casus: &str) -> String {
    let blad = p.lees(VT, &format!("/casussen/{casus}/veilig-contact")).await.html;
    let begin = format!("/casussen/{casus}/doe/leg-adres-vast:");
    blad.split_once(&begin).unwrap_or_else(|| panic!("{}", tekst(&blad))).1.split_once('"').unwrap().0.to_owned()
}

async fn leg_adres_vast(p: &mut TestApp, casus: &str, persoon: &str, geheim: bool) {
    let mut adres = vec![
        ("straat", "Dromerslaan"),
        ("huisnummer", "3"),
        ("postcode", "1944 XB"),
        ("plaats", "Beverwijk"),
        ("bron", "politie"),
        ("datum", "2026-03-01"),
    ];
    if geheim {
        adres.push(("geheim", "ja"));
    }
    p.doe(VT, casus, &format!("leg-adres-vast:{persoon}"), &adres).await;
}

#[tokio::test]
async fn een_geheim_adres_staat_op_geen_pagina_in_geen_json_en_in_geen_document() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    // The report has the address of the household; the worker writes it down again wherever one would.
    let casus = p.na_dienst(VT, "Beverwijk", "Zij verblijft op Dromerslaan 3, 1944XB.").await;
    p.doe(VT, &casus, "leg-incident-vast", &[("toelichting", "Ruzie bij de DROMERSLAAN 3.")]).await;
    let brief = [
        ("onderdeel_ontvangst", "Wij schrijven u op dromerslaan 3."),
        ("onderdeel_dossier", "Ja."),
        ("onderdeel_vervolg", "Wij komen langs."),
        ("onderdeel_verrijking", "Niets."),
    ];
    p.doe(VT, &casus, "maak-document:brief-gezin", &brief).await;
    let kind = persoon(&mut p, &casus).await;
    // The fault planted: an address that is not secret is read in many places, and the crawl finds them.
    leg_adres_vast(&mut p, &casus, &kind, false).await;
    let open = alles(&mut p, VT, &casus).await;
    assert!(open.len() > 20, "{} bladen gelezen", open.len());
    let gevonden = verraden(&open);
    for plek in ["", "/veilig-contact", "/documenten/"] {
        let zoek = format!("/casussen/{casus}{plek}");
        assert!(gevonden.iter().any(|pad| pad.starts_with(&zoek)), "niet gevonden op {plek}: {gevonden:?}");
    }
    assert!(gevonden.len() >= 5, "{gevonden:?}");
    leg_adres_vast(&mut p, &casus, &kind, true).await;
    let aanbod = [
        ("naar", CJG),
        ("wijze", "gesprek"),
        ("onderdeel_melding-na-dienst", "Er is ruzie."),
        ("onderdeel_veiligheidsvoorwaarden", "Oma haalt Fien op."),
        ("gezin_geinformeerd", "ja"),
        ("verzonden", "ja"),
    ];
    p.doe(VT, &casus, "bied-overdracht-aan", &aanbod).await;
    p.doe(VT, &casus, "schakel-crisisdienst-in", &[("organisatie", CRISISDIENST)]).await;
    for account in [VT, CJG, CRISISDIENST, SCHOOL] {
        let gelezen = alles(&mut p, account, &casus).await;
        assert_eq!(verraden(&gelezen), Vec::<&str>::new(), "{account}");
    }
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}")).await.html);
    assert!(blad.contains("[geheim adres]") && blad.contains("heeft een geheim adres"), "{blad}");
    // Who recorded it opens it, on a page of its own; nobody else.
    let pad = format!("/casussen/{casus}/veilig-contact/{kind}/adres");
    assert!(tekst(&p.lees(VT, &pad).await.html).contains("Dromerslaan 3, 1944 XB Beverwijk"));
    for ander in [CJG, CRISISDIENST, SCHOOL] {
        assert_eq!(p.lees(ander, &pad).await.status, StatusCode::NOT_FOUND, "{ander}");
    }
}

#[tokio::test]
async fn een_geheim_adres_gaat_niet_naar_een_ander_en_het_veld_staat_erbij() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let kind = persoon(&mut p, &casus).await;
    leg_adres_vast(&mut p, &casus, &kind, true).await;
    let pad = format!("/casussen/{casus}/doe/bied-overdracht-aan");
    let aanbod = [
        ("naar", CJG),
        ("wijze", "gesprek"),
        ("onderdeel_melding-na-dienst", "Zij is op de Dromerslaan 3."),
        ("onderdeel_veiligheidsvoorwaarden", "Oma haalt Fien op."),
        ("gezin_geinformeerd", "ja"),
    ];
    let blad = p.stuur_formulier(VT, &pad, &aanbod).await;
    assert_eq!(blad.status, StatusCode::BAD_REQUEST, "{}", tekst(&blad.html));
    assert!(blad.html.contains(r#"id="fout-onderdeel_melding-na-dienst""#), "{}", tekst(&blad.html));
    assert!(tekst(&blad.html).contains("Hier staat een geheim adres.") && blad.html.contains("Oma haalt Fien op."));
}

#[tokio::test]
async fn een_onveilige_weg_wordt_geweigerd_met_wat_wel_kan_en_een_poging_staat_in_de_lijst() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let kind = persoon(&mut p, &casus).await;
    let veiligheid = [
        ("weg_voicemail", "gedeeld"),
        ("weg_brief", "onveilig"),
        ("weg_bellen", "veilig"),
        ("nummer", "06-11112222"),
        ("wanneer", "Op werkdagen voor 12 uur"),
        ("huisbezoek", "Er is een agressieve hond."),
    ];
    let blad = p.doe(VT, &casus, &format!("leg-contactveiligheid-vast:{kind}"), &veiligheid).await;
    assert!(blad.contains("Let op bij contact") && blad.contains("Er is een agressieve hond."), "{blad}");
    let pad = format!("/casussen/{casus}/doe/leg-contact-gezin-vast");
    let blad = p.lees(VT, &pad).await.html;
    assert!(tekst(&blad).contains("Er is een agressieve hond."), "{}", tekst(&blad));
    for wijze in ["voicemail", "brief"] {
        let poging = [("wijze", wijze), ("gelukt", "nee"), ("toelichting", "Even geprobeerd.")];
        let blad = p.stuur_formulier(VT, &pad, &poging).await;
        assert_eq!(blad.status, StatusCode::CONFLICT, "{wijze}");
        let woorden = tekst(&blad.html);
        assert!(
            woorden.contains("geen veilige manier van contact") && woorden.contains("Wel veilig: bellen"),
            "{woorden}"
        );
        assert!(blad.html.contains("Even geprobeerd."), "wat getypt is blijft staan");
    }
    p.doe(VT, &casus, "leg-contact-gezin-vast", &[("wijze", "telefoon"), ("gelukt", "nee")]).await;
    let blad = tekst(&p.lees(VT, &format!("/casussen/{casus}/veilig-contact")).await.html);
    for woord in ["06-11112222", "Op werkdagen voor 12 uur", "per telefoon: niet gelukt", "gedeeld met een ander"] {
        assert!(blad.contains(woord), "{woord}: {blad}");
    }
}
