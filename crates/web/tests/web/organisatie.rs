//! What an organisation has to do besides its casussen, by the forms: the agreement that it is a party of, requests about
//! files, signals in the verwijsindex.

use super::steun::*;
use axum::http::StatusCode;

async fn stuur(p: &mut TestApp, wie: &str, pad: &str, ingevuld: &[(&str, &str)]) -> (String, String) {
    let blad = p.stuur_formulier(wie, pad, ingevuld).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{wie} {pad}: {}", tekst(&blad.html));
    let plek = blad.naar.unwrap();
    let vervolg = p.lees(wie, &plek).await;
    assert_eq!(vervolg.status, StatusCode::OK);
    (plek.split(['?', '&']).next().unwrap().to_owned(), tekst(&vervolg.html))
}

#[tokio::test]
async fn een_partij_bevestigt_haar_contactlijst_en_een_ander_ziet_wie_te_laat_is() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let blad = tekst(&p.lees(JGZ, "/organisatie").await.html);
    assert!(blad.contains("Te doen: Zuid-Holland Zuid") && blad.contains("Te laat"), "{blad}");
    assert!(blad.contains("078 - 633 49 80") && blad.contains("zoals in de afspraak gedrukt"), "ZHZ-7.2.c: {blad}");
    let pad = "/organisatie/zuid-holland-zuid/doe";
    let leeg = p.stuur_formulier(JGZ, &format!("{pad}/zet-contact"), &[("naam", "Rosa Rijmelarij")]).await;
    assert_eq!(leeg.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&leeg.html).contains("Vul een telefoonnummer of adres in"), "{}", tekst(&leeg.html));
    assert!(leeg.html.contains("Rosa Rijmelarij"), "wat is ingevuld blijft staan");
    let ingevuld = [("naam", "Rosa Rijmelarij"), ("waarvoor", "overdrachten"), ("bereikbaar", "078 000 11 22")];
    let (_, blad) = stuur(&mut p, JGZ, &format!("{pad}/zet-contact"), &ingevuld).await;
    assert!(blad.contains("De contactpersoon staat op de lijst") && blad.contains("078 000 11 22"), "{blad}");
    let (_, blad) = stuur(&mut p, JGZ, &format!("{pad}/bevestig-contactlijst"), &[]).await;
    assert!(blad.contains("Uw contactlijst is bevestigd") && blad.contains("bevestigd op"), "{blad}");
    let vt = p.lees(VT_ZHZ, "/organisatie").await;
    let woorden = tekst(&vt.html);
    assert!(woorden.contains("Rosa Rijmelarij") && woorden.contains("nog nooit bevestigd"), "ZHZ-9.2.j: {woorden}");
    assert!(vt.html.contains("zuid-holland-zuid/2017#c-zhz-9-2-j"), "met de clausule");
    // Somebody of the list is taken off by the own organisation only.
    let eigen = p.lees(JGZ, "/organisatie").await.html;
    let sleutel = eigen.split("laat-contact-vervallen?sleutel=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert!(!vt.html.contains("laat-contact-vervallen"), "een ander haalt niemand van de lijst");
    let poging = p.stuur_formulier(VT_ZHZ, &format!("{pad}/laat-contact-vervallen?sleutel={sleutel}"), &[]).await;
    assert_eq!(poging.status, StatusCode::CONFLICT);
    let (_, blad) = stuur(&mut p, JGZ, &format!("{pad}/laat-contact-vervallen?sleutel={sleutel}"), &[]).await;
    assert!(!blad.contains("Rosa Rijmelarij"), "{blad}");
}

#[tokio::test]
async fn de_kalender_van_de_afspraak_staat_er_en_wie_geen_partij_is_ziet_haar_niet() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let blad = tekst(&p.lees(VT_NOG, "/organisatie").await.html);
    assert!(blad.contains("Kalender van de afspraak: Noord Oost Gelderland") && blad.contains("Onze lezing"), "{blad}");
    let pad = "/organisatie/ijmond/doe/houd-evaluatie?sleutel=evaluatie-afspraak";
    let (_, blad) = stuur(&mut p, CJG, pad, &[("verslag", "Wij gaan zo door.")]).await;
    assert!(blad.contains("Gedaan") && blad.contains("uiterlijk do 2 maart 2028"), "IJM-2.2.a: {blad}");
    let school = tekst(&p.lees(SCHOOL, "/organisatie").await.html);
    assert!(!school.contains("Kalender van de afspraak"), "{school}");
    assert_eq!(p.lees(SCHOOL, pad).await.status, StatusCode::NOT_FOUND);
    let zhz = tekst(&p.lees(JGZ, "/organisatie").await.html);
    for stap in ["Factsheet maken", "Portefeuillehouders informeren", "De afspraken ondertekenen"] {
        assert!(zhz.contains(stap), "ZHZ-6.c: {stap}: {zhz}");
    }
    let (_, blad) = stuur(&mut p, JGZ, "/organisatie/zuid-holland-zuid/doe/teken-afspraak", &[]).await;
    assert!(blad.contains("De ondertekening is vastgelegd"), "{blad}");
}

#[tokio::test]
async fn een_verzoek_om_inzage_wordt_gewogen_en_blijft_bij_wie_het_dossier_heeft() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let ingevuld =
        [("afspraak", "zuid-holland-zuid"), ("verzoek", "inzage"), ("wie", "R. Verzinsel"), ("dossier", "Z26-0000001")];
    let (pad, blad) = stuur(&mut p, JGZ, "/verzoeken/nieuw", &ingevuld).await;
    assert!(blad.contains("R. Verzinsel") && blad.contains("Antwoord uiterlijk do 2 april"), "{blad}");
    assert_eq!(p.lees(VT_ZHZ, &pad).await.status, StatusCode::NOT_FOUND);
    assert!(!tekst(&p.lees(VT_ZHZ, "/verzoeken").await.html).contains("V26-"));
    let beslis = format!("{pad}/doe/beslis-verzoek");
    let blad = p.stuur_formulier(JGZ, &beslis, &[("uitkomst", "toegewezen")]).await;
    assert_eq!(blad.status, StatusCode::CONFLICT);
    assert!(tekst(&blad.html).contains("Weeg eerst van elk deel") && blad.html.contains("c-zhz-9-1-i"));
    let gewogen = [
        ("uitkomst", "deels"),
        ("reden", "De melder is afgeschermd."),
        ("gewogen-gegevens-melder", "ja"),
        ("gewogen-gesloten-melding", "nee"),
        ("gewogen-advies", "nee"),
        ("gewogen-informatie-derden", "nee"),
    ];
    let (_, blad) = stuur(&mut p, JGZ, &beslis, &gewogen).await;
    assert!(blad.contains("Voor een deel toegewezen") && blad.contains("ja, afgeschermd"), "{blad}");
    p.later("2026-05-01 10:00");
    let nog_een = [("afspraak", "ijmond"), ("verzoek", "vernietiging"), ("wie", "R."), ("dossier", "Z26-0000002")];
    let met_dag = [("ontvangen_op_datum", "2026-03-02"), ("ontvangen_op_tijd", "09:00")];
    stuur(&mut p, VT, "/verzoeken/nieuw", &[nog_een.as_slice(), met_dag.as_slice()].concat()).await;
    let lijst = tekst(&p.lees(VT, "/verzoeken").await.html);
    assert!(lijst.contains("Vernietiging van het dossier") && lijst.contains("Te laat"), "{lijst}");
    assert!(tekst(&p.lees(VT, "/organisatie").await.html).contains("1 verzoek wacht op een besluit"));
}

#[tokio::test]
async fn een_signaal_zegt_dat_het_antwoord_is_nagebootst_en_verloopt_vanzelf() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let oud = [("afspraak", "ijmond"), ("naam", "Noor Stil"), ("geboren", "1999-01-01")];
    let blad = p.stuur_formulier(SCHOOL, "/signalen/nieuw", &oud).await;
    assert_eq!(blad.status, StatusCode::CONFLICT);
    assert!(tekst(&blad.html).contains("Deze leeftijd past daar niet bij"), "LND-27.a: {}", tekst(&blad.html));
    let jong = [("afspraak", "ijmond"), ("naam", "Noor Stil"), ("geboren", "2017-05-11")];
    let (pad, blad) = stuur(&mut p, SCHOOL, "/signalen/nieuw", &jong).await;
    assert!(blad.contains("Het is niet bekend of het signaal er staat"), "geen antwoord is niet 'niets': {blad}");
    assert!(blad.contains("dit antwoord is nagebootst") && blad.contains("Noor Stil"), "{blad}");
    assert_eq!(p.lees(CJG, &pad).await.status, StatusCode::NOT_FOUND);
    stuur(&mut p, SCHOOL, &format!("{pad}/doe/verstuur-signaal"), &[]).await;
    p.later("2028-03-02 00:00");
    let lijst = tekst(&p.lees(SCHOOL, "/signalen").await.html);
    assert!(lijst.contains("Verlopen") && lijst.contains("Er loopt geen signaal"), "{lijst}");
    let (_, nieuw) = stuur(
        &mut p,
        SCHOOL,
        "/signalen/nieuw",
        &[("afspraak", "ijmond"), ("naam", "Bram Match"), ("geboren", "2017-05-11")],
    )
    .await;
    assert!(nieuw.contains("Er is een match"), "{nieuw}");
}

/// The list by which `cargo xtask dekking` counts a clause as met by being shown.
const OP_HET_SCHERM: &str = include_str!("../../../../docs/op-het-scherm.txt");

#[tokio::test]
async fn wat_als_getoond_telt_staat_echt_op_de_pagina() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let mut geteld = 0;
    for regel in OP_HET_SCHERM.lines().filter(|regel| !regel.starts_with('#')) {
        let mut delen = regel.splitn(3, ' ');
        let (id, pad, woorden) = (delen.next().unwrap(), delen.next().unwrap(), delen.next().unwrap());
        let blad = p.lees(VT, pad).await;
        assert_eq!(blad.status, StatusCode::OK, "{pad}");
        let anker = format!("c-{}", id.to_lowercase().replace('.', "-"));
        assert!(blad.html.contains(&format!("id=\"{anker}\"")), "{id} staat niet op {pad}");
        assert!(tekst(&blad.html).contains(woorden), "{id}: '{woorden}' staat niet op {pad}");
        assert!(!tekst(&blad.html).contains("Dit staat er niet"), "de proef kan misgaan");
        geteld += 1;
    }
    assert!((10..=30).contains(&geteld), "{geteld}");
}
