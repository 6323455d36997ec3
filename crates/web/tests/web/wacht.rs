//! Who is on call at night, by the forms: a roster, a gap that is filled, an alarm that somebody answers.

use super::steun::*;
use axum::http::StatusCode;

async fn stuur(p: &mut TestApp, pad: &str, ingevuld: &[(&str, &str)]) -> String {
    stuur_als(p, VT, pad, ingevuld).await
}

async fn stuur_als(p: &mut TestApp, account: &str, pad: &str, ingevuld: &[(&str, &str)]) -> String {
    let blad = p.stuur_formulier(account, pad, ingevuld).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{pad}: {}", tekst(&blad.html));
    let vervolg = p.lees(account, &blad.naar.unwrap()).await;
    assert!(vervolg.html.contains("alert--ok"), "{pad} zegt niet dat het is vastgelegd");
    tekst(&vervolg.html)
}

const NACHT: [(&str, &str); 4] =
    [("van_datum", "2026-03-02"), ("van_tijd", "17:00"), ("tot_datum", "2026-03-03"), ("tot_tijd", "09:00")];

fn dienst<'a>(rang: &'a str, naam: &'a str, telefoon: &'a str) -> Vec<(&'a str, &'a str)> {
    [NACHT.as_slice(), &[("rang", rang), ("naam", naam), ("telefoon", telefoon)]].concat()
}

#[tokio::test]
async fn het_rooster_komt_op_het_scherm_met_wat_er_ontbreekt() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let leeg = p.lees(VT, "/wacht").await;
    assert!(leeg.html.contains(r#"href="/wacht" aria-current="page""#), "in het menu van Veilig Thuis");
    let woorden = tekst(&leeg.html);
    for zin in ["Er gaat geen alarm uit", "Er is geen alarm", "Er staat niemand op het rooster", "nagebootst"] {
        assert!(woorden.contains(zin), "{zin}: {woorden}");
    }
    assert!(leeg.html.contains("c-hiaat-43") && leeg.html.contains("c-hiaat-44"), "met onze lezing");
    let fout = p.stuur_formulier(VT, "/wacht/doe/zet-opening", &[("van", "9 uur"), ("tot", "17:00")]).await;
    assert_eq!(fout.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&fout.html).contains("Vul een tijd in") && fout.html.contains("9 uur"), "wat is getypt blijft staan");
    let blad = stuur(&mut p, "/wacht/doe/zet-opening", &[("van", "9.00"), ("tot", "17:00")]).await;
    assert!(blad.contains("op werkdagen van 09.00 tot 17.00 uur"), "{blad}");
    let fout = p.stuur_formulier(VT, "/wacht/doe/zet-wachtdienst", &dienst("eerste", "", "")).await;
    assert_eq!(fout.status, StatusCode::BAD_REQUEST);
    let woorden = tekst(&fout.html);
    assert!(woorden.contains("Vul in wie dienst heeft") && woorden.contains("Vul het nummer in"), "{woorden}");
    assert!(fout.html.contains(r#"value="2026-03-03""#), "wat is getypt blijft staan");
    let blad = stuur(&mut p, "/wacht/doe/zet-wachtdienst", &dienst("eerste", "Noor Nacht", "06 00 00 00 01")).await;
    assert!(blad.contains("Noor Nacht") && blad.contains("Niemand heeft als tweede dienst"), "{blad}");
    // A gap brings its own times along.
    let html = p.lees(VT, "/wacht").await.html;
    let pad = html.split("href=\"/wacht/doe/zet-wachtdienst?rang=tweede").nth(1).unwrap().split('"').next().unwrap();
    let pad = format!("/wacht/doe/zet-wachtdienst?rang=tweede{}", pad.replace("&#38;", "&").replace("&amp;", "&"));
    let gat = p.lees(VT, &pad).await.html;
    assert!(gat.contains(r#"value="2026-03-02""#) && gat.contains(r#"value="17:00""#), "{gat}");
    let dubbel = p.stuur_formulier(VT, "/wacht/doe/zet-wachtdienst", &dienst("eerste", "Ander", "06")).await;
    assert_eq!(dubbel.status, StatusCode::CONFLICT);
    let woorden = tekst(&dubbel.html);
    assert!(woorden.contains("Al bezet vanaf ma 2 maart 2026, 17.00 uur"), "{woorden}");
    let sleutel = html.split("laat-wachtdienst-vervallen?sleutel=").nth(1).unwrap().split('"').next().unwrap();
    let blad = stuur(&mut p, &format!("/wacht/doe/laat-wachtdienst-vervallen?sleutel={sleutel}"), &[]).await;
    assert!(blad.contains("Er staat niemand op het rooster"), "{blad}");
    assert!(tekst(&p.lees(VT, "/organisatie").await.html).contains("Er is nog geen rooster"));
}

#[tokio::test]
async fn een_alarm_in_de_nacht_wordt_bevestigd_en_het_zicht_verandert_pas_in_de_casus() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    stuur(&mut p, "/wacht/doe/zet-opening", &[("van", "09:00"), ("tot", "17:00")]).await;
    stuur(&mut p, "/wacht/doe/zet-wachtdienst", &dienst("eerste", "Noor Nacht", "06 00 00 00 01")).await;
    stuur(&mut p, "/wacht/doe/zet-wachtdienst", &dienst("tweede", "Theo Tweede", "06 00 00 00 99")).await;
    let blad = tekst(&p.lees(VT, "/organisatie").await.html);
    assert!(blad.contains("Wacht buiten kantoortijd") && blad.contains("gaten in het rooster"), "{blad}");
    p.later("2026-03-02 22:00");
    let casus = p.meld_met_spoed("Beverwijk", "Het kind belt zelf.").await;
    let voor = tekst(&p.lees(VT, "/wacht").await.html);
    assert!(voor.contains("Niet bevestigd") && voor.contains("Nog niet verstuurd"), "{voor}");
    p.wek().await;
    p.later("2026-03-02 22:16");
    p.wek().await;
    let html = p.lees(VT, "/wacht").await.html;
    let blad = tekst(&html);
    assert!(blad.contains("Nagebootst, niet echt verstuurd") && blad.contains("Eerste: Noor Nacht"), "{blad}");
    assert!(blad.contains("Tweede: Theo Tweede. Niet bekend of het aankwam"), "{blad}");
    assert!(tekst(&p.lees(VT, "/organisatie").await.html).contains("1 alarm is niet bevestigd"));
    // Somebody else finds neither alarm nor page of it.
    assert!(!tekst(&p.lees(CJG, "/wacht").await.html).contains("Noor Nacht"));
    assert_eq!(p.lees(SCHOOL, "/wacht").await.status, StatusCode::NOT_FOUND);
    let actie = html.split("action=\"/wacht/doe/bevestig-alarm").nth(1).unwrap().split('"').next().unwrap();
    let actie = format!("/wacht/doe/bevestig-alarm{}", actie.replace("&#38;", "&").replace("&amp;", "&"));
    let vreemd = p.stuur_formulier(CJG, &actie, &[]).await;
    assert_eq!(vreemd.status, StatusCode::NOT_FOUND);
    // The button on the page itself: one tap.
    let verborgen = ["csrf", "opdracht", "versie"].map(|naam| (naam, invoer(&html, naam)));
    let paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).collect();
    let gedaan = p.post(VT, &actie, &paren).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let blad = tekst(&p.lees(VT, &gedaan.naar.unwrap()).await.html);
    assert!(blad.contains("Bevestigd door Iemand van") && !blad.contains("Ik kijk ernaar"), "{blad}");
    let zicht = p.casus(VT, &casus).await;
    assert!(zicht.contains("Zicht op veiligheid: Basisschool De Duin"), "{zicht}");
    p.doe(VT, &casus, "erken-spoed", &[]).await;
    assert!(p.casus(VT, &casus).await.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"));
    let nog_eens = p.stuur_formulier(VT, &actie, &[]).await;
    assert_eq!(nog_eens.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn wie_als_crisisdienst_is_ingeschakeld_wordt_gewekt_al_is_het_een_lokaal_team() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    stuur_als(&mut p, CJG, "/wacht/doe/zet-opening", &[("van", "09:00"), ("tot", "17:00")]).await;
    let noor = dienst("eerste", "Noor Nacht", "06 00 00 00 01");
    stuur_als(&mut p, CJG, "/wacht/doe/zet-wachtdienst", &noor).await;
    let casus = p.meld_met_spoed("Beverwijk", "Het kind belt zelf.").await;
    p.doe(VT, &casus, "erken-spoed", &[]).await;
    p.later("2026-03-02 22:00");
    p.doe(VT, &casus, "schakel-crisisdienst-in", &[("organisatie", CJG)]).await;
    p.wek().await;
    let blad = tekst(&p.lees(CJG, "/wacht").await.html);
    assert!(blad.contains("Eerste: Noor Nacht") && blad.contains("Nagebootst, niet echt verstuurd"), "{blad}");
    assert!(!tekst(&p.lees(VT, "/wacht").await.html).contains("Noor Nacht"));
}
