//! Reporting and completing a report, by the forms: what is asked, what comes back, and what Veilig Thuis reads.

use super::steun::*;
use axum::http::StatusCode;

/// A whole form of a school, but for its answers.
fn formulier<'a>(csrf: &'a str, gemeente: &'a str, opdracht: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("csrf", csrf),
        ("opdracht", opdracht),
        ("melder_naam", "Jet Potlood"),
        ("melder_functie", "intern begeleider"),
        ("melder_beroep", "onderwijs"),
        ("openheid", "open"),
        ("contact", "doorlopend"),
        ("spoed", "nee"),
        ("zelf_tekst", "Fien kwam zonder jas."),
        ("gemeente", gemeente),
        ("persoon1_rol", "kind"),
        ("persoon1_naam", "Fien Bedacht"),
        ("gecontroleerd", "ja"),
    ]
}

async fn meld(app: &mut TestApp, wie: &str, gemeente: &str, erbij: &[(&str, &str)]) -> Blad {
    let blad = app.lees(wie, "/melden").await;
    let (csrf, opdracht) = (invoer(&blad.html, "csrf"), invoer(&blad.html, "opdracht"));
    let van = invoer(&blad.html, "vragen_van");
    let mut paren = formulier(&csrf, gemeente, &opdracht);
    paren.push(("vragen_van", &van));
    paren.retain(|(naam, _)| !erbij.iter().any(|(eigen, _)| eigen == naam));
    paren.extend(erbij);
    app.post(wie, "/melden", &paren).await
}

fn casus_van(blad: &Blad) -> String {
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{}", tekst(&blad.html));
    blad.naar.as_deref().unwrap().rsplit_once('/').unwrap().1.to_owned()
}

#[tokio::test]
async fn veilig_thuis_leest_eigen_en_van_anderen_apart_en_vraagt_wat_open_is() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let blad = meld(
        &mut app,
        SCHOOL,
        "Beverwijk",
        &[
            ("anderen_tekst", "Er was geschreeuw."),
            ("anderen_bron", "de buurvrouw"),
            ("vraag_werken-mee", "nee"),
            ("vraag_bevindingen", "Besproken met de directeur."),
        ],
    )
    .await;
    let casus = casus_van(&blad);
    let gezien = app.casus(VT, &casus).await;
    for deel in [
        "Zelf gezien of gehoord Fien kwam zonder jas.",
        "Van anderen, volgens de buurvrouw Er was geschreeuw.",
        "Werken de betrokkenen mee? nee Landelijk, vraag 6",
        "Besproken met de directeur.",
        "Nog te vragen over melding 1",
        "Hoe veilig is het nu, volgens u?",
    ] {
        assert!(gezien.contains(deel), "{deel}: {gezien}");
    }
    let eigen = app.casus(SCHOOL, &casus).await;
    assert!(eigen.contains("Van anderen, volgens de buurvrouw") && !eigen.contains("Nog te vragen"), "{eigen}");
    assert_eq!(app.lees(CJG, &format!("/casussen/{casus}")).await.status, StatusCode::NOT_FOUND);
    let deels = [("vraag_inschatting", "Het is niet veilig."), ("vraag_kan-helpen", "onbekend")];
    let na = app.doe(VT, &casus, "vul-melding-aan", &deels).await;
    assert!(na.contains("volgens u? Het is niet veilig.") && na.contains("niet bekend"), "{na}");
    let blad = app.lees(VT, &format!("/casussen/{casus}/doe/vul-melding-aan")).await;
    let open = velden(&blad.html, "vraag_");
    assert!(!open.contains(&"vraag_inschatting".to_owned()) && open.contains(&"vraag_veiligheidsplan".to_owned()));
    let mut alles: Vec<_> = open.iter().map(|naam| (naam.as_str(), "onbekend")).collect();
    alles.push(("compleet", "ja"));
    let na = app.doe(VT, &casus, "vul-melding-aan", &alles).await;
    assert!(!na.contains("Nog te vragen"), "{na}");
    assert_eq!(app.lees(VT, &format!("/casussen/{casus}/doe/vul-melding-aan")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn per_telefoon_is_weinig_genoeg_en_daarna_staat_het_open_tot_het_is_aangevuld() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let leeg = ["melder_naam", "melder_functie", "melder_beroep", "contact", "persoon1_naam", "gecontroleerd"];
    let mut erbij: Vec<_> = leeg.iter().map(|naam| (*naam, "")).collect();
    erbij.extend([("melder_soort", "beroepskracht"), ("melder_organisatie", "Huisarts De Brink")]);
    let te_weinig = meld(&mut app, VT, "Beverwijk", &erbij).await;
    assert_eq!(te_weinig.status, StatusCode::BAD_REQUEST);
    assert!(te_weinig.html.contains("veld-persoon1_naam"));
    erbij.push(("wijze", "telefoon"));
    let casus = casus_van(&meld(&mut app, VT, "Beverwijk", &erbij).await);
    let gezien = app.casus(VT, &casus).await;
    assert!(gezien.contains("Melding 1 aanvullen met de melder") && gezien.contains("per telefoon"), "{gezien}");
    let pad = format!("/casussen/{casus}/doe/vul-melding-aan");
    let blad = app.stuur_formulier(VT, &pad, &[("compleet", "ja"), ("vraag_kan-helpen", "ja")]).await;
    assert_eq!(blad.status, StatusCode::CONFLICT);
    assert!(blad.html.contains("checked") && tekst(&blad.html).contains("Schrijf op waarom"), "{}", tekst(&blad.html));
    let leeg = app.stuur_formulier(VT, &pad, &[("reden", "")]).await;
    assert_eq!(leeg.status, StatusCode::BAD_REQUEST);
    let klaar = [("compleet", "ja"), ("vraag_kan-helpen", "ja"), ("reden", "De huisarts belt niet terug.")];
    let na = app.doe(VT, &casus, "vul-melding-aan", &klaar).await;
    assert!(!na.contains("aanvullen met de melder") && na.contains("De huisarts belt niet terug."), "{na}");
}

#[tokio::test]
async fn wat_de_gekozen_gemeente_meer_vraagt_komt_er_een_keer_bij_en_een_tegenantwoord_vraagt_een_reden() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let eerst = meld(&mut app, SCHOOL, "Dordrecht", &[("vraag_gezin-verteld", "")]).await;
    assert_eq!(eerst.status, StatusCode::OK, "{}", tekst(&eerst.html));
    assert!(tekst(&eerst.html).contains("Er is nog niets verstuurd. Voor Dordrecht"));
    assert!(eerst.html.contains("Fien kwam zonder jas.") && eerst.html.contains("instrument_lirik_conclusie"));
    assert!(eerst.html.contains(r#"name="vraag_gezin-hoe""#));
    let erbij = [
        ("vragen_van", "zuid-holland-zuid"),
        ("vraag_gezin-verteld", "niet-verteld"),
        ("instrument_lirik_datum", "2026-02-20"),
        ("instrument_lirik_conclusie", "Risico matig."),
    ];
    let geweigerd = meld(&mut app, SCHOOL, "Dordrecht", &erbij).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    let gelezen = tekst(&geweigerd.html);
    assert!(gelezen.contains("Weten de ouders dat u meldt?") && gelezen.contains("§ 9.1"), "{gelezen}");
    assert!(geweigerd.html.contains("Risico matig.") && geweigerd.html.contains(r#"name="reden""#));
    let mut met_reden = erbij.to_vec();
    met_reden.push(("reden", "De ouders zijn niet te bereiken."));
    let casus = casus_van(&meld(&mut app, SCHOOL, "Dordrecht", &met_reden).await);
    let eigen = app.casus(SCHOOL, &casus).await;
    assert!(eigen.contains("LIRIK, vr 20 februari 2026 Risico matig."), "{eigen}");
    assert!(eigen.contains("Afgeweken van Zuid-Holland Zuid, § 9.1"), "{eigen}");
    let verkeerd = [("vragen_van", "zuid-holland-zuid"), ("instrument_lirik_conclusie", "Zonder dag.")];
    let fout = meld(&mut app, SCHOOL, "Dordrecht", &verkeerd).await;
    assert_eq!(fout.status, StatusCode::BAD_REQUEST);
    assert!(fout.html.contains("veld-instrument_lirik_datum"), "{}", tekst(&fout.html));
}

#[tokio::test]
async fn een_gezinsvoogd_wordt_per_lid_vastgelegd_en_als_eerste_gesproken() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let casus = casus_van(&meld(&mut app, SCHOOL, "Beverwijk", &[]).await);
    let pad = format!("/casussen/{casus}/doe/leg-gi-vast");
    let blad = app.lees(VT, &pad).await;
    let persoon = waarden(&blad.html, "persoon").remove(0);
    let gi = [("persoon", persoon.as_str()), ("organisatie", "william-schrikker-groep")];
    let na = app.doe(VT, &casus, "leg-gi-vast", &gi).await;
    assert!(na.contains("Wie spreekt Veilig Thuis eerst? William Schrikker Groep Nog niet Het gezin"), "{na}");
    let contact = [("wijze", "telefoon"), ("gelukt", "ja")];
    let pad = format!("/casussen/{casus}/doe/leg-contact-gezin-vast");
    let blad = app.stuur_formulier(VT, &pad, &contact).await;
    assert_eq!(blad.status, StatusCode::CONFLICT);
    let gelezen = tekst(&blad.html);
    assert!(gelezen.contains("William Schrikker Groep") && gelezen.contains("IJmond, § 3.7"), "{gelezen}");
    let met = [("organisatie", "william-schrikker-groep"), ("toelichting", "Eerst zelf bellen.")];
    let na = app.doe(VT, &casus, "leg-contact-beroepskracht-vast", &met).await;
    assert!(na.contains("William Schrikker Groep Gesproken Het gezin"), "{na}");
    let na = app.doe(VT, &casus, "leg-contact-gezin-vast", &contact).await;
    assert!(na.contains("afgesproken Gesproken"), "{na}");
}

#[tokio::test]
async fn veilig_thuis_beslist_over_een_intrekking_en_niets_verandert_vanzelf() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let casus = casus_van(&meld(&mut app, SCHOOL, "Beverwijk", &[]).await);
    let (status, _) = app.wens(VT, &casus, "trek-melding-in", serde_json::json!({ "reden": "Vergissing." })).await;
    assert_eq!(status, StatusCode::OK);
    let gezien = app.casus(VT, &casus).await;
    assert!(gezien.contains("De melder wil melding 1 intrekken"), "{gezien}");
    let pad = format!("/casussen/{casus}/doe/beslis-over-intrekking");
    let blad = app.stuur_formulier(VT, &pad, &[("gevolgd", "nee"), ("reden", "")]).await;
    assert_eq!(blad.status, StatusCode::BAD_REQUEST);
    assert!(tekst(&blad.html).contains("Vergissing."));
    let na =
        app.doe(VT, &casus, "beslis-over-intrekking", &[("gevolgd", "nee"), ("reden", "De zorgen blijven.")]).await;
    assert!(na.contains("gaat hierin niet mee. De zorgen blijven.") && !na.contains("wil melding 1 intrekken"), "{na}");
    assert!(!app.casus(SCHOOL, &casus).await.contains("De zorgen blijven."));
}

#[tokio::test]
async fn wat_veilig_thuis_leest_staat_er_in_woorden_en_niet_in_codes() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let erbij = [
        ("melder_soort", "beroepskracht"),
        ("melder_organisatie", "Kinderopvang De kleine IJsbeer"),
        ("melder_telefoon", "023-1234567"),
        ("openheid", "afgeschermd"),
        ("afgeschermd_grond", "veiligheid-melder"),
        ("zelf_datum", "2026-02-27"),
    ];
    let casus = casus_van(&meld(&mut app, VT, "Beverwijk", &erbij).await);
    let html = app.lees(VT, &format!("/casussen/{casus}")).await.html;
    let gezien = tekst(&html);
    for deel in [
        "Gezien of gehoord op vrijdag 27 februari 2026. Fien kwam zonder jas.",
        "Waarom het gezin niet mag weten wie meldde De melder of collega",
    ] {
        assert!(gezien.contains(deel), "{deel}: {gezien}");
    }
    for code in ["veiligheid-melder", "2026-02-27", "Grond voor afscherming", "Over eigen hulp"] {
        assert!(!gezien.contains(code), "{code}: {gezien}");
    }
    // The organisation as it was typed, not as its id says.
    let begin = format!("/casussen/{casus}/meldingen/");
    let melding = html.split_once(&begin).unwrap().1.split_once('"').unwrap().0;
    let melder = tekst(&app.lees(VT, &format!("{begin}{melding}")).await.html);
    assert!(melder.contains("Organisatie Kinderopvang De kleine IJsbeer"), "{melder}");
}

#[tokio::test]
async fn wie_een_melding_opneemt_wordt_niet_zelf_als_melder_aangesproken() {
    let mut app = TestApp::op("2026-03-02 10:00").await;
    let (eigen, opname) = (app.lees(SCHOOL, "/melden").await.html, app.lees(VT, "/melden").await.html);
    let van_melder = ["Uw naam", "Mag het gezin weten dat u meldt?", "Ziet u het gezin vaker?", "Wat denkt u zelf?"];
    for woorden in van_melder {
        assert!(eigen.contains(woorden) && !opname.contains(woorden), "{woorden}");
    }
    for woorden in ["Naam van de melder", "Mag het gezin weten wie er meldt?", "Stel deze vragen aan de melder."] {
        assert!(opname.contains(woorden) && !eigen.contains(woorden), "{woorden}");
    }
    let leeg = [("melder_soort", "beroepskracht"), ("melder_naam", ""), ("zelf_tekst", "")];
    let fout = meld(&mut app, VT, "Beverwijk", &leeg).await;
    assert_eq!(fout.status, StatusCode::BAD_REQUEST);
    assert!(fout.html.contains("Vul de naam van de melder in."), "{}", tekst(&fout.html));
    assert!(fout.html.contains("Schrijf op wat de melder zag of hoorde."), "{}", tekst(&fout.html));
}
