//! Every further act by its form: filled, sent, recorded, and then to be seen by who may.

use super::steun::*;
use axum::http::StatusCode;

/// Sends an offer after a service with everything but the named parts.
pub(super) async fn bied_aan(
    p: &mut TestApp,
    vt: &str,
    casus: &str,
    naar: &str,
    zonder: &[&str],
    extra: &[(&str, &str)],
) -> String {
    let pad = format!("/casussen/{casus}/doe/bied-overdracht-aan");
    let blad = p.lees(vt, &pad).await.html;
    let delen = velden(&blad, "onderdeel_");
    assert!(delen.len() > 3, "{delen:?}");
    // In IJmond the reporter goes along only when needed.
    let niet =
        |naam: &String| naam != "onderdeel_stand-van-zaken" && !(vt == VT && naam == "onderdeel_melder-na-dienst");
    let weg = |naam: &String| !zonder.iter().any(|weg| naam == &format!("onderdeel_{weg}"));
    let delen: Vec<_> = delen.into_iter().filter(niet).filter(weg).collect();
    let mut ingevuld: Vec<_> = delen.iter().map(|naam| (naam.as_str(), "Besproken en vastgelegd.")).collect();
    ingevuld.extend([("naar", naar), ("wijze", "gesprek"), ("gezin_geinformeerd", "ja"), ("verzonden", "ja")]);
    ingevuld.extend(extra);
    p.doe(vt, casus, "bied-overdracht-aan", &ingevuld).await
}

pub(super) async fn spreek_warm(p: &mut TestApp, vt: &str, casus: &str) -> String {
    let blad = p.lees(vt, &format!("/casussen/{casus}/doe/houd-warme-overdracht")).await.html;
    let punten = velden(&blad, "punt_");
    let mut ingevuld: Vec<_> = punten.iter().map(|naam| (naam.as_str(), "Elke week bellen we even.")).collect();
    ingevuld.extend([("aanwezig", "gezin"), ("aanwezig", "veilig-thuis"), ("aanwezig", "ontvanger")]);
    p.doe(vt, casus, "houd-warme-overdracht", &ingevuld).await
}

async fn accepteer(p: &mut TestApp, team: &str, casus: &str) -> Blad {
    let blad = p.lees(team, &format!("/casussen/{casus}")).await.html;
    let href = blad.split_once(&format!("/casussen/{casus}/overdrachten/")).unwrap().1;
    let pad = format!("/casussen/{casus}/overdrachten/{}", href.split_once('"').unwrap().0);
    let blad = p.lees(team, &pad).await;
    let verborgen = ["csrf", "opdracht", "versie"].map(|naam| (naam, invoer(&blad.html, naam)));
    let paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).collect();
    p.post(team, &format!("{pad}/accepteer"), &paren).await
}

#[tokio::test]
async fn in_ijmond_gaat_zicht_na_een_dienst_over_als_de_inhoud_er_is_en_is_geaccepteerd() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let blad = bied_aan(&mut p, VT, &casus, CJG, &["consequenties"], &[]).await;
    assert!(blad.contains("als de inhoud compleet is én CJG Kennemerland accepteert"), "{blad}");
    let blad = spreek_warm(&mut p, VT, &casus).await;
    assert!(
        blad.contains("Warme overdracht gehouden: met gezin, veilig thuis, ontvanger; 4 punten besproken"),
        "{blad}"
    );
    p.doe(CJG, &casus, "bevestig-ontvangst-gegevens", &[]).await;
    assert_eq!(accepteer(&mut p, CJG, &casus).await.status, StatusCode::SEE_OTHER);
    let blad = p.casus(CJG, &casus).await;
    assert!(
        blad.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"),
        "accepteren alleen is niet genoeg: {blad}"
    );
    let blad =
        p.doe(VT, &casus, "vul-inhoud-aan", &[("onderdeel_consequenties", "Dan belt het team Veilig Thuis.")]).await;
    assert!(blad.contains("Zicht op veiligheid: CJG Kennemerland"), "{blad}");
    let blad = p.casus(CJG, &casus).await;
    assert!(
        blad.contains("Zicht op veiligheid: CJG Kennemerland") && blad.contains("Monitoring na 3 maanden"),
        "{blad}"
    );
}

#[tokio::test]
async fn in_nog_kan_accepteren_pas_na_het_gesprek() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT_NOG, "Winterswijk", "Zonder jas.").await;
    bied_aan(&mut p, VT_NOG, &casus, TEAM_NOG, &[], &[]).await;
    let blad = p.overdracht(TEAM_NOG, &casus).await;
    assert!(blad.contains("Eerst is er een gesprek van het gezin, Veilig Thuis en uw team samen."), "{blad}");
    assert!(blad.contains("Warme overdracht Nog niet gehouden"), "{blad}");
    let te_vroeg = accepteer(&mut p, TEAM_NOG, &casus).await;
    assert_eq!(te_vroeg.status, StatusCode::CONFLICT);
    spreek_warm(&mut p, VT_NOG, &casus).await;
    let blad = p.overdracht(TEAM_NOG, &casus).await;
    assert!(blad.contains("Elke week bellen we even."), "wat is afgesproken staat bij de overdracht: {blad}");
    assert_eq!(accepteer(&mut p, TEAM_NOG, &casus).await.status, StatusCode::SEE_OTHER);
    let blad = p.casus(TEAM_NOG, &casus).await;
    assert!(blad.contains("Zicht op veiligheid: Lokaal team Winterswijk"), "{blad}");
}

/// Offered, talked over, accepted and complete, on 2 March 2026.
async fn overgedragen(p: &mut TestApp) -> String {
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    bied_aan(p, VT, &casus, CJG, &[], &[("gegevens_ontvangen", "ja")]).await;
    spreek_warm(p, VT, &casus).await;
    assert_eq!(accepteer(p, CJG, &casus).await.status, StatusCode::SEE_OTHER);
    casus
}

#[tokio::test]
async fn monitoring_van_het_eerste_moment_tot_het_sluiten() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = overgedragen(&mut p).await;
    let blad = p.doe(VT, &casus, "plan-monitormoment", &[("datum", "2026-05-01")]).await;
    assert!(blad.contains("Extra monitormoment gepland: vr 1 mei 2026"), "{blad}");
    p.later("2026-05-04 10:00");
    let moment = [
        ("vraag_voorwaarden-gehaald", "ja"),
        ("vraag_stabiel-veilig", "nee"),
        ("vraag_stabiel-veilig_reden", "Nog een ruzie."),
        ("vraag_herstel", "ja"),
    ];
    let zonder_uitkomst =
        p.stuur_formulier(VT, &format!("/casussen/{casus}/doe/leg-monitormoment-vast"), &moment).await;
    assert_eq!(zonder_uitkomst.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&zonder_uitkomst.html).contains("Maak een keuze."));
    let mut met = moment.to_vec();
    met.push(("uitkomst", "voortzetten"));
    let blad = p.doe(VT, &casus, "leg-monitormoment-vast", &met).await;
    assert!(blad.contains("Nog een ruzie."), "{blad}");
    assert!(blad.contains("Monitormoment gedaan: 2026-05-01") || blad.contains("gedaan ma 4 mei"), "{blad}");
    p.later("2026-12-01 10:00");
    let sluit = format!("/casussen/{casus}/doe/sluit-casus:stabiel-veilig");
    let eisen = waarden(&p.lees(CJG, &sluit).await.html, "bevestigd");
    let eisen: Vec<_> = eisen.iter().map(|eis| ("bevestigd", eis.as_str())).collect();
    let geweigerd = p.stuur_formulier(CJG, &sluit, &eisen).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    assert!(tekst(&geweigerd.html).contains("Overleg eerst met Veilig Thuis"), "IJmond eist overleg");
    let blad = p.doe(CJG, &casus, "raadpleeg-veilig-thuis", &[("toelichting", "Beiden zien dat het goed gaat.")]).await;
    assert!(blad.contains("Overleg met Veilig Thuis") && blad.contains("Beiden zien dat het goed gaat."), "{blad}");
    let blad = p.doe(CJG, &casus, "sluit-casus:stabiel-veilig", &eisen).await;
    assert!(blad.contains("Casus gesloten: stabiel veilig"), "{blad}");
}

#[tokio::test]
async fn monitoring_met_terugname_en_afronden() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = overgedragen(&mut p).await;
    p.later("2026-06-03 10:00");
    let alle = [
        ("vraag_voorwaarden-gehaald", "nee"),
        ("vraag_stabiel-veilig", "nee"),
        ("vraag_herstel", "ja"),
        ("uitkomst", "terugname"),
    ];
    let blad = p.doe(VT, &casus, "leg-monitormoment-vast", &alle).await;
    assert!(blad.contains("Zicht op veiligheid: Veilig Thuis Kennemerland"), "{blad}");
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = overgedragen(&mut p).await;
    p.later("2026-06-03 10:00");
    let pad = format!("/casussen/{casus}/doe/rond-monitoring-af");
    let geweigerd = p.stuur_formulier(VT, &pad, &[]).await;
    assert!(tekst(&geweigerd.html).contains("Er staat nog een monitormoment open."), "{}", tekst(&geweigerd.html));
    let blad =
        p.doe(VT, &casus, "rond-monitoring-af", &[("reden", "Het gezin is verhuisd naar het buitenland.")]).await;
    assert!(blad.contains("Monitoring afgerond"), "{blad}");
}

#[tokio::test]
async fn deeltaak_crisis_uitstel_en_verhuizing() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT, "Beverwijk", "Zonder jas.").await;
    let leeg =
        p.stuur_formulier(VT, &format!("/casussen/{casus}/doe/spreek-deeltaak-af"), &[("organisatie", SCHOOL)]).await;
    assert_eq!(leeg.status, StatusCode::BAD_REQUEST);
    let taak = [("organisatie", SCHOOL), ("wat", "Let op hoe Fien binnenkomt."), ("tot", "2026-06-30")];
    let blad = p.doe(VT, &casus, "spreek-deeltaak-af", &taak).await;
    assert!(blad.contains("Let op hoe Fien binnenkomt.") && blad.contains("tot di 30 juni 2026"), "{blad}");
    let blad = p.casus(SCHOOL, &casus).await;
    assert!(blad.contains("Let op hoe Fien binnenkomt."), "de school leest haar taak: {blad}");
    let id = waarden(&p.lees(SCHOOL, &format!("/casussen/{casus}/doe/rond-deeltaak-af")).await.html, "deeltaak");
    let blad = p.doe(SCHOOL, &casus, "rond-deeltaak-af", &[("deeltaak", id[0].as_str())]).await;
    assert!(blad.contains("Deeltaak afgerond"), "{blad}");
    p.doe(VT, &casus, "schakel-crisisdienst-in", &[("organisatie", CRISISDIENST)]).await;
    let blad = p.casus(CRISISDIENST, &casus).await;
    assert!(blad.contains("Vastleggen dat de crisis stabiel is"), "{blad}");
    let blad = p.doe(CRISISDIENST, &casus, "meld-crisis-stabiel", &[("toelichting", "Ouders zijn uit elkaar.")]).await;
    assert!(blad.contains("Crisis gestabiliseerd"), "{blad}");
    let blad = p.doe(VT, &casus, "verhuis-gezin", &[("gemeente", "Zutphen"), ("adres", "Fabelpad 1")]).await;
    assert!(blad.contains("Gezin verhuisd: naar Zutphen") && blad.contains("Fabelpad 1"), "{blad}");
}

#[tokio::test]
async fn informeren_uitstellen_vraagt_een_reden_en_schuift_de_termijn() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/stel-informeren-uit");
    let geweigerd = p.stuur_formulier(VT, &pad, &[("tot", "2026-03-20")]).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    let ingevuld = [("tot", "2026-03-20"), ("reden", "Vader heeft gedreigd.")];
    let blad = p.doe(VT, &casus, "stel-informeren-uit", &ingevuld).await;
    assert!(blad.contains("Informeren van het gezin uitgesteld: tot vr 20 maart 2026"), "{blad}");
    assert!(blad.contains("uiterlijk vr 20 maart, 23.59 uur"), "{blad}");
}

#[tokio::test]
async fn een_dienst_die_niet_past_gaat_alleen_met_een_reden() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT, "Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/start-dienst:voorwaarden-en-vervolg");
    let geweigerd = p.stuur_formulier(VT, &pad, &[("keuzecriteria", "kan-en-wil-meewerken")]).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    let woorden = tekst(&geweigerd.html);
    assert!(
        woorden.contains("Niet alle voorwaarden voor deze dienst zijn bevestigd.") && woorden.contains("§"),
        "{woorden}"
    );
    assert_eq!(geweigerd.html.matches(r#"id="veld-reden""#).count(), 1, "één plek voor de reden");
    let blad = p.doe(VT, &casus, "start-dienst:onderzoek", &[]).await;
    assert!(blad.contains("Dienst van Veilig Thuis gestart: Onderzoek"), "{blad}");
    let pad = format!("/casussen/{casus}/doe/rond-dienst-af");
    let blad = tekst(&p.lees(VT, &pad).await.html);
    assert!(blad.contains("Is er ouderenmishandeling?") && blad.contains("Nee, dat is weerlegd"), "{blad}");
    let zonder = p.stuur_formulier(VT, &pad, &[("conclusie", "niet-onderzocht")]).await;
    assert_eq!(zonder.status, StatusCode::CONFLICT, "een onderzoek eindigt met een conclusie");
    let blad = p.doe(VT, &casus, "rond-dienst-af", &[("conclusie", "weerlegd")]).await;
    assert!(blad.contains("Conclusie weerlegd"), "{blad}");
    let sluit = format!("/casussen/{casus}/doe/sluit-casus:geen-hg-km");
    let eisen = waarden(&p.lees(VT, &sluit).await.html, "bevestigd");
    let eisen: Vec<_> = eisen.iter().map(|eis| ("bevestigd", eis.as_str())).collect();
    let blad = p.doe(VT, &casus, "sluit-casus:geen-hg-km", &eisen).await;
    assert!(blad.contains("Casus gesloten: geen huiselijk geweld of kindermishandeling"), "{blad}");
    assert!(!blad.to_lowercase().contains("blijf"), "een gesloten casus vraagt niemand om te blijven kijken: {blad}");
}

#[tokio::test]
async fn een_gezin_dat_niet_te_vinden_is_sluit_met_twee() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT, "Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/sluit-casus:geen-gezin");
    let eisen = waarden(&p.lees(VT, &pad).await.html, "bevestigd");
    let eisen: Vec<_> = eisen.iter().map(|eis| ("bevestigd", eis.as_str())).collect();
    let blad = p.doe(VT, &casus, "sluit-casus:geen-gezin", &eisen).await;
    assert!(blad.contains("Een tweede medewerker moet nog instemmen."), "{blad}");
    let zelf = p.stuur_formulier(VT, &format!("/casussen/{casus}/doe/stem-in-met-sluiting"), &[]).await;
    assert_eq!(zelf.status, StatusCode::CONFLICT);
    let blad = p.doe("tweede-bij-vt", &casus, "stem-in-met-sluiting", &[]).await;
    assert!(blad.contains("Casus gesloten: gezin niet meer in leven of niet te vinden"), "{blad}");
}

#[tokio::test]
async fn een_beroepskracht_die_meldde_ontvangt_met_beide_oordelen() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.na_dienst(VT, "Beverwijk", "Zonder jas.").await;
    let pad = format!("/casussen/{casus}/doe/bied-overdracht-aan");
    let half = p.stuur_formulier(VT, &pad, &[("naar", SCHOOL), ("wijze", "telefoon"), ("oordeel_kan", "ja")]).await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST, "drie van de vier vragen zijn leeg");
    let nee = [("advies", "voortzetten"), ("oordeel_kan", "ja"), ("oordeel_wil", "nee"), ("oordeel_in_staat", "ja")];
    let mut ingevuld = vec![("naar", SCHOOL), ("wijze", "telefoon")];
    ingevuld.extend(nee);
    let geweigerd = p.stuur_formulier(VT, &pad, &ingevuld).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    assert!(tekst(&geweigerd.html).contains("De beroepskracht kan of wil dit niet"), "{}", tekst(&geweigerd.html));
    let ja = [("advies", "voortzetten"), ("oordeel_kan", "ja"), ("oordeel_wil", "ja"), ("oordeel_in_staat", "ja")];
    let mut alles = ja.to_vec();
    alles.push(("gegevens_ontvangen", "ja"));
    bied_aan(&mut p, VT, &casus, SCHOOL, &[], &alles).await;
    let blad = p.overdracht(SCHOOL, &casus).await;
    assert!(blad.contains("Kan het zelf: ja. Wil het zelf: ja. In staat, volgens Veilig Thuis: ja."), "{blad}");
    assert_eq!(accepteer(&mut p, SCHOOL, &casus).await.status, StatusCode::SEE_OTHER);
    assert!(p.casus(VT, &casus).await.contains("Zicht op veiligheid: Basisschool De Duin"));
}

#[tokio::test]
async fn een_team_draagt_onderling_over_en_veilig_thuis_ziet_het() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = overgedragen(&mut p).await;
    p.later("2026-04-01 10:00");
    let aanbod = [
        ("naar", "socius"),
        ("wijze", "gesprek"),
        ("onderdeel_stand-van-zaken", "Het gaat beter; de volwassenen vragen nu hulp."),
        ("gezin_geinformeerd", "ja"),
        ("verzonden", "ja"),
        ("gegevens_ontvangen", "ja"),
    ];
    p.doe(CJG, &casus, "bied-overdracht-aan", &aanbod).await;
    let blad = p.overdracht("socius", &casus).await;
    assert!(blad.contains("Overdracht tussen partijen") && blad.contains("Het gaat beter"), "{blad}");
    assert_eq!(accepteer(&mut p, "socius", &casus).await.status, StatusCode::SEE_OTHER);
    assert!(p.casus(VT, &casus).await.contains("Zicht op veiligheid: Socius"));
}

#[tokio::test]
async fn terugkoppelen_met_het_moment_dat_is_gekozen_en_contact_met_terugkoppeling() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = overgedragen(&mut p).await;
    let blad = p.doe(VT, &casus, "koppel-terug-aan-melder", &[("moment", "eind")]).await;
    assert!(blad.contains("Terugkoppeling aan de melder: de laatste"), "{blad}");
    let contact = [("wijze", "huisbezoek"), ("gelukt", "ja"), ("teruggekoppeld", "ja")];
    let blad = p.doe(CJG, &casus, "leg-contact-gezin-vast", &contact).await;
    assert!(blad.contains("Contact met het gezin: gelukt, teruggekoppeld aan Veilig Thuis"), "{blad}");
}

/// An act without a form would be a dead link; each that the page offers leads somewhere.
#[tokio::test]
async fn elke_handeling_op_de_casus_heeft_een_formulier() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let mut gezien = std::collections::BTreeSet::new();
    let vers = p.meld("Beverwijk", "Vers.").await;
    let bij_vt = p.bij_veilig_thuis(VT, "Velsen", "Bij Veilig Thuis.").await;
    let na_dienst = p.na_dienst(VT, "Heemskerk", "Na een dienst.").await;
    let over = overgedragen(&mut p).await;
    p.later("2026-06-03 10:00");
    for (account, casus) in [(VT, &vers), (VT, &bij_vt), (VT, &na_dienst), (VT, &over), (CJG, &over)] {
        let html = p.lees(account, &format!("/casussen/{casus}")).await.html;
        let begin = format!("/casussen/{casus}/doe/");
        for stuk in html.split(&format!(r#"href="{begin}"#)).skip(1) {
            let naam = stuk.split_once('"').unwrap().0;
            let blad = p.lees(account, &format!("{begin}{naam}")).await;
            assert_eq!(blad.status, StatusCode::OK, "{account}: {naam} leidt nergens heen");
            gezien.insert(naam.to_owned());
        }
    }
    assert!(gezien.len() >= 24, "te weinig handelingen gezien: {gezien:?}");
}

#[tokio::test]
async fn van_een_huisbezoek_staat_per_punt_wat_is_besproken_en_een_leeg_punt_vraagt_een_reden() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.bij_veilig_thuis(VT_NOG, "Winterswijk", "Kwam zonder jas.").await;
    p.doe(VT_NOG, &casus, "start-dienst:onderzoek", &[]).await;
    let pad = format!("/casussen/{casus}/doe/houd-huisbezoek");
    let punten = velden(&p.lees(VT_NOG, &pad).await.html, "punt_");
    assert!(punten.len() > 10, "{punten:?}");
    let [weg, gezegd @ ..] = punten.as_slice() else { unreachable!() };
    let mut ingevuld: Vec<_> = gezegd.iter().map(|punt| (punt.as_str(), "Moeder vertelde het zelf.")).collect();
    ingevuld.push(("kinderen_gesproken", "ja"));
    let geweigerd = p.stuur_formulier(VT_NOG, &pad, &ingevuld).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT, "{weg}");
    assert!(geweigerd.html.contains("Moeder vertelde het zelf."), "wat getypt is, blijft staan");
    let verborgen = ["csrf", "opdracht", "versie"].map(|naam| (naam, invoer(&geweigerd.html, naam)));
    ingevuld.extend(verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())));
    ingevuld.push(("reden", "Dat doen we volgende week."));
    let gedaan = p.post(VT_NOG, &pad, &ingevuld).await;
    assert_eq!(gedaan.status, StatusCode::SEE_OTHER, "{}", tekst(&gedaan.html));
    let blad = p.casus(VT_NOG, &casus).await;
    assert!(blad.contains("Moeder vertelde het zelf.") && blad.contains("met de kinderen gesproken"), "{blad}");
    assert!(!p.casus(SCHOOL, &casus).await.contains("Moeder vertelde"));
}

#[tokio::test]
async fn wie_een_casus_doet_ziet_alleen_de_eigen_organisatie_en_een_collega_neemt_over() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let casus = p.meld("Beverwijk", "Zonder jas.").await;
    let blad = p.casus(VT, &casus).await;
    assert!(blad.contains("Nog aan niemand toegewezen. Mij toewijzen"), "{blad}");
    let blad = p.doe(VT, &casus, "wijs-medewerker-toe", &[]).await;
    assert!(blad.contains("Toegewezen aan u.") && !blad.contains("Overnemen"), "{blad}");
    const WIE: &str = "Iemand van veilig-thuis-kennemerland";
    assert!(blad.contains(&format!("Medewerker toegewezen: {WIE}")), "{blad}");
    let blad = p.casus("tweede-bij-vt", &casus).await;
    assert!(blad.contains(&format!("Toegewezen aan {WIE}. Overnemen")), "{blad}");
    let blad = p.casus(SCHOOL, &casus).await;
    assert!(!blad.contains(WIE) && !blad.contains("Medewerker toegewezen"), "{blad}");
    let blad = p.doe("tweede-bij-vt", &casus, "wijs-medewerker-toe", &[]).await;
    assert!(blad.contains("Toegewezen aan u."), "{blad}");
    assert!(p.casus(VT, &casus).await.contains(&format!("Toegewezen aan {WIE}. Overnemen")));
}
