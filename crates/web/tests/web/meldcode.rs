//! Tracks of the meldcode and advice by their forms: filled, sent, read back, and unknown to who may not know.

use super::steun::*;
use axum::http::StatusCode;
use serde_json::json;

/// Sends a form and goes on where it leads; the page in plain words.
async fn stuur(p: &mut TestApp, wie: &str, pad: &str, ingevuld: &[(&str, &str)]) -> (String, String) {
    let blad = p.stuur_formulier(wie, pad, ingevuld).await;
    assert_eq!(blad.status, StatusCode::SEE_OTHER, "{wie} {pad}: {}", tekst(&blad.html));
    let plek = blad.naar.unwrap();
    let vervolg = p.lees(wie, &plek).await;
    assert_eq!(vervolg.status, StatusCode::OK);
    (plek.split(['?', '&']).next().unwrap().to_owned(), tekst(&vervolg.html))
}

async fn begin(p: &mut TestApp, wie: &str, regio: &str, beroep: &str, client: &str) -> String {
    let ingevuld = [
        ("afspraak", regio),
        ("beroep", beroep),
        ("client", client),
        ("client_naam", "F., groep 4"),
        ("eindverantwoordelijke", "de directeur"),
    ];
    let (spoor, blad) = stuur(p, wie, "/meldcode/nieuw", &ingevuld).await;
    assert!(blad.contains("Het spoor is begonnen.") && blad.contains("de directeur"), "{blad}");
    spoor
}

async fn doe(p: &mut TestApp, wie: &str, spoor: &str, handeling: &str, ingevuld: &[(&str, &str)]) -> String {
    stuur(p, wie, &format!("{spoor}/doe/{handeling}"), ingevuld).await.1
}

/// A track with a signal, a colleague and a talk.
async fn tot_wegen(p: &mut TestApp, wie: &str, regio: &str, beroep: &str) -> String {
    let spoor = begin(p, wie, regio, beroep, "kind").await;
    let signaal = [
        ("datum", "2026-02-27"),
        ("feit", "Kwam zonder jas en zonder eten."),
        ("uitleg", "Mogelijk is er weinig toezicht."),
        ("bron", "zelf-gezien"),
    ];
    doe(p, wie, &spoor, "leg-signaal-vast", &signaal).await;
    doe(p, wie, &spoor, "leg-overleg-vast", &[("met", "collega"), ("verslag", "Zij ziet het ook.")]).await;
    let gesprek = [("met", "ouders"), ("gehouden", "ja"), ("verslag", "Vader vertelt over het nieuwe huis.")];
    doe(p, wie, &spoor, "leg-gesprek-vast", &gesprek).await;
    spoor
}

#[tokio::test]
async fn een_school_loopt_de_vijf_stappen_en_meldt_zonder_iets_over_te_typen() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let spoor = tot_wegen(&mut p, SCHOOL, "ijmond", "onderwijs").await;
    let blad = tekst(&p.lees(SCHOOL, &spoor).await.html);
    for woord in ["Feit Kwam zonder jas", "Wat ik ervan denk Mogelijk", "Bron Zelf gezien", "Stap 4: Wegen Nog te doen"]
    {
        assert!(blad.contains(woord), "{woord}: {blad}");
    }
    let gehoord = [
        ("datum", "2026-03-01"),
        ("feit", "Er was ruzie, iemand huilde."),
        ("bron", "ander"),
        ("bron_tekst", "de juf van groep 4"),
    ];
    doe(&mut p, SCHOOL, &spoor, "leg-signaal-vast", &gehoord).await;
    let weging = [("antwoord_vermoeden", "ja"), ("antwoord_gevaar", "ja"), ("toelichting", "Het keert steeds terug.")];
    let blad = doe(&mut p, SCHOOL, &spoor, "weeg", &weging).await;
    assert!(blad.contains("Uitkomst Melden") && blad.contains("Is er acute of structurele onveiligheid? Ja"), "{blad}");
    // Acute or structural always leads to a report, and no reason passes it.
    let pad = format!("{spoor}/doe/beslis-melden");
    let geweigerd = p.stuur_formulier(SCHOOL, &pad, &[("melden", "nee"), ("toelichting", "Wij helpen zelf.")]).await;
    assert_eq!(geweigerd.status, StatusCode::CONFLICT);
    assert!(geweigerd.html.contains("LND-2.c") && geweigerd.html.contains("Wij helpen zelf."));
    assert!(!geweigerd.html.contains("Toch doen, met reden"));
    let blad = doe(&mut p, SCHOOL, &spoor, "beslis-melden", &[("melden", "ja"), ("besproken", "ja")]).await;
    assert!(blad.contains("Doe de melding"), "{blad}");
    doe(&mut p, SCHOOL, &spoor, "beslis-hulp", &[("hulp", "organiseren"), ("toelichting", "Elke dag een praatje.")])
        .await;
    let id = spoor.rsplit('/').next().unwrap();
    let melden = format!("/melden?spoor={id}");
    let formulier = p.lees(SCHOOL, &melden).await;
    let gelezen = tekst(&formulier.html);
    for woord in ["Kwam zonder jas en zonder eten.", "Er was ruzie, iemand huilde.", "Elke dag een praatje."] {
        assert!(gelezen.contains(woord), "{woord} staat niet in het formulier");
    }
    assert!(formulier.html.contains(r#"value="de juf van groep 4""#));
    let tekstvak = |naam: &str| {
        let stuk = formulier.html.split_once(&format!(r#"name="{naam}""#)).unwrap().1.split_once('>').unwrap().1;
        stuk.split_once("</textarea>").unwrap().0.to_owned()
    };
    let (zelf, inschatting) = (tekstvak("zelf_tekst"), tekstvak("vraag_inschatting"));
    let ingevuld = [
        ("melder_naam", "Kim Verzonnen"),
        ("melder_functie", "Intern begeleider"),
        ("melder_beroep", "onderwijs"),
        ("openheid", "open"),
        ("contact", "doorlopend"),
        ("spoed", "nee"),
        ("zelf_tekst", zelf.as_str()),
        ("vraag_inschatting", inschatting.as_str()),
        ("gemeente", "Beverwijk"),
        ("persoon1_rol", "kind"),
        ("persoon1_naam", "Fien Bedacht"),
        ("gecontroleerd", "ja"),
        ("vragen_van", "ijmond"),
    ];
    let verborgen = ["csrf", "opdracht"].map(|naam| (naam, invoer(&formulier.html, naam)));
    let paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).chain(ingevuld).collect();
    for _ in 0..2 {
        // Sent twice, it is one report and one line in the track.
        let verstuurd = p.post(SCHOOL, &melden, &paren).await;
        assert_eq!(verstuurd.status, StatusCode::SEE_OTHER, "{}", tekst(&verstuurd.html));
    }
    let blad = tekst(&p.lees(SCHOOL, &spoor).await.html);
    assert!(blad.contains("Melding bij Veilig Thuis Z26-"), "{blad}");
    assert_eq!(blad.matches("Gemeld bij Veilig Thuis").count(), 1, "{blad}");
    let blad = doe(&mut p, SCHOOL, &spoor, "sluit-spoor", &[("sluitreden", "gemeld")]).await;
    assert!(blad.contains("Het spoor is afgesloten.") && !blad.contains("Signaal vastleggen"), "{blad}");
    // Nobody else finds the track, Veilig Thuis included.
    for ander in [VT, CJG] {
        for pad in [spoor.clone(), format!("{spoor}/dossier"), format!("{spoor}/doe/weeg"), melden.clone()] {
            assert_eq!(p.lees(ander, &pad).await.status, StatusCode::NOT_FOUND, "{ander} {pad}");
        }
        assert!(!p.lees(ander, "/meldcode").await.html.contains("S26-"));
    }
}

#[tokio::test]
async fn een_formulier_komt_terug_met_wat_er_getypt_was_en_wat_er_mist() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let leeg = p.stuur_formulier(SCHOOL, "/meldcode/nieuw", &[("afspraak", "ijmond"), ("client_naam", "F.")]).await;
    assert_eq!(leeg.status, StatusCode::BAD_REQUEST);
    assert!(leeg.html.contains(r#"value="F.""#) && leeg.html.contains(r##"href="#veld-beroep""##));
    let spoor = begin(&mut p, SCHOOL, "ijmond", "onderwijs", "volwassene").await;
    let pad = format!("{spoor}/doe/leg-signaal-vast");
    let van_ander =
        p.stuur_formulier(SCHOOL, &pad, &[("datum", "2026-03-01"), ("feit", "Ruzie."), ("bron", "ouder")]).await;
    assert_eq!(van_ander.status, StatusCode::BAD_REQUEST);
    assert!(van_ander.html.contains("van wie u dit heeft gehoord"), "{}", tekst(&van_ander.html));
    let pad = format!("{spoor}/doe/doe-kindcheck");
    let mis = p.stuur_formulier(SCHOOL, &pad, &[("kinderen", "2"), ("leeftijden", "drie")]).await;
    assert_eq!(mis.status, StatusCode::BAD_REQUEST);
    assert!(mis.html.contains("alleen getallen") && mis.html.contains(r#"value="drie""#));
    let mis = p.stuur_formulier(SCHOOL, &pad, &[("kinderen", "2"), ("leeftijden", "3")]).await;
    assert_eq!(mis.status, StatusCode::BAD_REQUEST);
    let blad = doe(&mut p, SCHOOL, &spoor, "doe-kindcheck", &[("kinderen", "2"), ("leeftijden", "3, 7")]).await;
    assert!(blad.contains("Kinderen 2") && blad.contains("Leeftijden 3, 7"), "{blad}");
    let pad = format!("{spoor}/doe/weeg");
    doe(
        &mut p,
        SCHOOL,
        &spoor,
        "leg-signaal-vast",
        &[("datum", "2026-03-01"), ("feit", "Ruzie."), ("bron", "zelf-gezien")],
    )
    .await;
    let half = p.stuur_formulier(SCHOOL, &pad, &[("antwoord_vermoeden", "ja")]).await;
    assert_eq!(half.status, StatusCode::BAD_REQUEST);
    assert!(half.html.contains(r##"href="#veld-antwoord_gevaar""##), "{}", tekst(&half.html));
    let gesprek = format!("{spoor}/doe/leg-gesprek-vast");
    let zonder = p.stuur_formulier(SCHOOL, &gesprek, &[("met", "client"), ("gehouden", "nee")]).await;
    assert_eq!(zonder.status, StatusCode::CONFLICT, "zonder reden is er geen gesprek overgeslagen");
    let blad = doe(
        &mut p,
        SCHOOL,
        &spoor,
        "leg-gesprek-vast",
        &[("met", "client"), ("gehouden", "nee"), ("reden", "Te gevaarlijk.")],
    )
    .await;
    assert!(blad.contains("Waarom niet Te gevaarlijk."), "{blad}");
    let blad = doe(&mut p, SCHOOL, &spoor, "leg-contactpoging-vast", &[("wijze", "telefoon"), ("gelukt", "nee")]).await;
    assert!(blad.contains("Niet verschenen of bereikt 1 keer op rij"), "{blad}");
    assert!(blad.contains("Volgens uw eigen protocol Bel morgen nog eens."), "{blad}");
    assert_eq!(p.lees(SCHOOL, &format!("{spoor}/doe/bied-overdracht-aan")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn jgz_die_niet_meldt_krijgt_een_waarschuwing_en_schrijft_een_reden() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let spoor = tot_wegen(&mut p, JGZ, "zuid-holland-zuid", "jgz").await;
    let geen_gevaar = [
        ("antwoord_vermoeden", "ja"),
        ("antwoord_gevaar", "nee"),
        ("antwoord_hulp-mogelijk", "ja"),
        ("antwoord_hulp-aanvaard", "ja"),
        ("antwoord_hulp-werkt", "ja"),
    ];
    doe(&mut p, JGZ, &spoor, "weeg", &geen_gevaar).await;
    let pad = format!("{spoor}/doe/beslis-melden");
    let alleen = p.stuur_formulier(JGZ, &pad, &[("melden", "nee")]).await;
    assert_eq!(alleen.status, StatusCode::CONFLICT);
    assert!(alleen.html.contains("ZHZ-7.3.a"), "{}", tekst(&alleen.html));
    let samen = p.stuur_formulier(JGZ, &pad, &[("melden", "nee"), ("door_eindverantwoordelijke", "ja")]).await;
    assert_eq!(samen.status, StatusCode::CONFLICT);
    assert!(samen.html.contains("ZHZ-8.2.b") && samen.html.contains("Toch doen, met reden"));
    let ingevuld = [("melden", "nee"), ("door_eindverantwoordelijke", "ja"), ("reden", "De hulp werkt al.")];
    let blad = doe(&mut p, JGZ, &spoor, "beslis-melden", &ingevuld).await;
    assert!(blad.contains("Melden Nee") && blad.contains("De hulp werkt al."), "{blad}");
}

#[tokio::test]
async fn het_dossier_voor_ouders_noemt_geen_overleg_met_veilig_thuis_en_geen_weging() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let spoor = tot_wegen(&mut p, JGZ, "zuid-holland-zuid", "jgz").await;
    let overleg = [("met", "veilig-thuis"), ("verslag", "Bel morgen nog eens.")];
    doe(&mut p, JGZ, &spoor, "leg-overleg-vast", &overleg).await;
    let gehoord = [
        ("datum", "2026-03-01"),
        ("feit", "Oma zag het."),
        ("bron", "ander"),
        ("bron_tekst", "oma"),
        ("onthulling", "ja"),
    ];
    doe(&mut p, JGZ, &spoor, "leg-signaal-vast", &gehoord).await;
    let blad = tekst(&p.lees(JGZ, &spoor).await.html);
    let dossier = tekst(&p.lees(JGZ, &format!("{spoor}/dossier")).await.html);
    assert!(dossier.contains("Kwam zonder jas") && dossier.contains("Vader vertelt"), "{dossier}");
    for geheim in ["Bel morgen nog eens", "Oma zag het", "weinig toezicht", "Zij ziet het ook"] {
        assert!(blad.contains(geheim), "in het spoor zelf staat het wel: {geheim}");
        assert!(!dossier.contains(geheim), "{geheim} staat in wat ouders lezen");
    }
}

#[tokio::test]
async fn een_advies_waarschuwt_voor_namen_en_komt_beantwoord_terug() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let met_naam = [
        ("naam", "Rosa Rijmelarij"),
        ("vraag", "Het gaat om Fien Bedacht uit groep 4. Wat nu?"),
        ("vormen", "samen-eerste-gesprek"),
        ("toestemming", "nee"),
    ];
    let zonder_grond = p.stuur_formulier(JGZ, "/adviezen/nieuw", &met_naam).await;
    assert_eq!(zonder_grond.status, StatusCode::CONFLICT);
    assert!(zonder_grond.html.contains("ZHZ-9.1.b"), "{}", tekst(&zonder_grond.html));
    let met_grond =
        met_naam.map(|(naam, waarde)| (naam, if naam == "toestemming" { "gevaar-voor-kind" } else { waarde }));
    let gewaarschuwd = p.stuur_formulier(JGZ, "/adviezen/nieuw", &met_grond).await;
    assert_eq!(gewaarschuwd.status, StatusCode::CONFLICT);
    assert!(gewaarschuwd.html.contains("Dit lijkt op: naam") && gewaarschuwd.html.contains(r#"name="toch""#));
    assert!(gewaarschuwd.html.contains("Fien Bedacht uit groep 4"), "wat getypt was, staat er nog");
    assert!(!p.lees(VT_ZHZ, "/adviezen").await.html.contains("A26-"), "er is nog niets verstuurd");
    // The page that came back has the tick; with it the same question passes.
    let verborgen = ["csrf", "opdracht", "versie"].map(|naam| (naam, invoer(&gewaarschuwd.html, naam)));
    let paren: Vec<_> = verborgen
        .iter()
        .map(|(naam, waarde)| (*naam, waarde.as_str()))
        .chain(met_grond)
        .chain([("toch", "ja")])
        .collect();
    let verstuurd = p.post(JGZ, "/adviezen/nieuw", &paren).await;
    assert_eq!(verstuurd.status, StatusCode::SEE_OTHER, "{}", tekst(&verstuurd.html));
    let pad = verstuurd.naar.unwrap().split('?').next().unwrap().to_owned();
    assert!(tekst(&p.lees(VT_ZHZ, "/adviezen").await.html).contains("Wacht op uw advies"));
    let bij_vt = tekst(&p.lees(VT_ZHZ, &pad).await.html);
    assert!(bij_vt.contains("Rosa Rijmelarij") && bij_vt.contains("Samen een eerste gesprek"), "{bij_vt}");
    let (_, blad) = stuur(
        &mut p,
        VT_ZHZ,
        &format!("{pad}/doe/geef-advies"),
        &[("antwoord", "Nodig de ouders uit."), ("vormen", "samen-eerste-gesprek"), ("laatste", "ja")],
    )
    .await;
    assert!(blad.contains("Het advies is gegeven."), "{blad}");
    assert!(tekst(&p.lees(JGZ, &pad).await.html).contains("Nodig de ouders uit."));
    for ander in [SCHOOL, VT, CJG] {
        assert_eq!(p.lees(ander, &pad).await.status, StatusCode::NOT_FOUND, "{ander}");
    }
    // Who asked does not answer, and Veilig Thuis does not decide to report.
    assert_eq!(p.lees(JGZ, &format!("{pad}/doe/geef-advies")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(p.lees(VT_ZHZ, &format!("{pad}/doe/maak-melding-van-advies")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn een_advies_wordt_een_melding_die_alleen_het_nummer_noemt() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let vraag = [
        ("afspraak", "ijmond"),
        ("naam", "Kim Verzonnen"),
        ("vraag", "Een leerling van 7 is vaak moe. Wat kan ik doen?"),
        ("vormen", "meedenken"),
        ("toestemming", "ja"),
    ];
    let (advies, blad) = stuur(&mut p, SCHOOL, "/adviezen/nieuw", &vraag).await;
    let nummer = format!("A26-{}", &blad.split_once("A26-").unwrap().1[..7]);
    let omzetten = p.stuur_formulier(SCHOOL, &format!("{advies}/doe/maak-melding-van-advies"), &[]).await;
    let melden = omzetten.naar.unwrap();
    assert!(melden.starts_with("/melden?advies="), "{melden}");
    let formulier = p.lees(SCHOOL, &melden).await;
    assert!(!tekst(&formulier.html).contains("vaak moe"), "alleen het nummer gaat mee");
    let ingevuld = [
        ("melder_naam", "Kim Verzonnen"),
        ("melder_functie", "Intern begeleider"),
        ("melder_beroep", "onderwijs"),
        ("openheid", "open"),
        ("contact", "doorlopend"),
        ("spoed", "nee"),
        ("zelf_tekst", "Blauwe plek op de arm."),
        ("gemeente", "Beverwijk"),
        ("persoon1_rol", "kind"),
        ("persoon1_naam", "Fien Bedacht"),
        ("gecontroleerd", "ja"),
        ("vragen_van", "ijmond"),
    ];
    let verborgen = ["csrf", "opdracht"].map(|naam| (naam, invoer(&formulier.html, naam)));
    let paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).chain(ingevuld).collect();
    let verstuurd = p.post(SCHOOL, &melden, &paren).await;
    let casus = verstuurd.naar.unwrap().rsplit('/').next().unwrap().to_owned();
    assert!(p.casus(VT, &casus).await.contains(&nummer), "de melding noemt het advies");
    let advies_blad = tekst(&p.lees(VT, &advies).await.html);
    assert!(!advies_blad.contains("Z26-") && !advies_blad.contains("Fien"), "het advies noemt de melding niet");
    // Of an advice of somebody else nothing grows.
    assert_eq!(p.lees(CJG, &melden).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn vanuit_een_spoor_gaat_het_advies_het_eigen_spoor_in_en_veilig_thuis_hoort_niet_van_het_spoor() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let spoor = begin(&mut p, SCHOOL, "ijmond", "onderwijs", "kind").await;
    let id = spoor.rsplit('/').next().unwrap().to_owned();
    let vraag = [
        ("afspraak", "ijmond"),
        ("naam", "Kim Verzonnen"),
        ("vraag", "Met wie praat ik eerst?"),
        ("vormen", "meedenken"),
        ("toestemming", "ja"),
    ];
    let blad = p.stuur_formulier(SCHOOL, &format!("/adviezen/nieuw?spoor={id}"), &vraag).await;
    let gevraagd = p.lees(SCHOOL, &blad.naar.unwrap()).await.html;
    let pad = gevraagd.split_once(&format!(r#"href="{spoor}/doe/leg-overleg-vast?advies="#)).unwrap().1;
    let advies = pad.split_once('"').unwrap().0.to_owned();
    let formulier = format!("{spoor}/doe/leg-overleg-vast?advies={advies}");
    assert!(p.lees(SCHOOL, &formulier).await.html.contains(&format!(r#"value="{advies}""#)));
    let overleg = [("met", "veilig-thuis"), ("verslag", "Wachten op antwoord."), ("advies", advies.as_str())];
    doe(&mut p, SCHOOL, &spoor, "leg-overleg-vast", &overleg).await;
    assert!(!p.lees(VT, &format!("/adviezen/{advies}")).await.html.contains(&id), "het spoor staat bij Veilig Thuis");
}

#[tokio::test]
async fn veilig_thuis_neemt_een_vraag_per_telefoon_op_op_naam_van_wie_belt() {
    let mut p = TestApp::op("2026-03-02 10:00").await;
    let vraag = [
        ("vrager", "Basisschool De Duin"),
        ("naam", "Kim Verzonnen"),
        ("vraag", "Een leerling van 7 is vaak moe. Wat kan ik doen?"),
        ("vormen", "meedenken"),
        ("toestemming", "schaadt-vertrouwen"),
    ];
    let (advies, blad) = stuur(&mut p, VT, "/adviezen/nieuw", &vraag).await;
    assert!(blad.contains("per telefoon") && blad.contains("Kim Verzonnen"), "{blad}");
    assert!(tekst(&p.lees(SCHOOL, &advies).await.html).contains("vaak moe"), "wie belde, leest het in de eigen lijst");
    assert_eq!(p.lees(CJG, &advies).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn een_systeem_doet_hetzelfde_als_de_formulieren() {
    let p = TestApp::op("2026-03-02 10:00").await;
    let (school, vt, cjg) = (p.token(SCHOOL).await, p.token(VT).await, p.token(CJG).await);
    let begin = json!({
        "afspraak": "ijmond", "beroep": "onderwijs", "client": "kind", "client_naam": "F.",
        "eindverantwoordelijke": "de directeur",
    });
    let (status, spoor) = p.json("POST", "/api/v1/sporen", Some(&school), &begin).await;
    assert_eq!(status, StatusCode::CREATED, "{spoor}");
    let pad = format!("/api/v1/sporen/{}", spoor["spoor"].as_str().unwrap());
    let doe = async |doe: &str, met: serde_json::Value| {
        let body = json!({ "wens": { "doe": doe, "met": met } });
        p.json("POST", &format!("{pad}/handelingen"), Some(&school), &body).await
    };
    let signaal = json!({ "datum": "2026-03-01", "bron": "zelf-gezien", "feit": "Kwam zonder jas." });
    assert_eq!(doe("leg-signaal-vast", signaal.clone()).await.1["versie"], 2);
    assert_eq!(doe("leg-signaal-vast", signaal).await.1["versie"], 2, "opnieuw gestuurd telt het een keer");
    doe("weeg", json!({ "antwoorden": { "vermoeden": "ja", "gevaar": "ja" } })).await;
    let (status, geweigerd) = doe("beslis-melden", json!({ "melden": false })).await;
    assert_eq!((status, &geweigerd["weigering"]["clausule"]), (StatusCode::CONFLICT, &json!("LND-2.c")), "{geweigerd}");
    let (_, gelezen) = p.json("GET", &pad, Some(&school), &json!({})).await;
    assert_eq!((&gelezen["uitkomst"], &gelezen["stappen"][3]["klaar"]), (&json!("melden"), &json!(true)), "{gelezen}");
    for vreemd in [&vt, &cjg] {
        assert_eq!(p.json("GET", &pad, Some(vreemd), &json!({})).await.0, StatusCode::NOT_FOUND);
    }
    let vraag = json!({
        "afspraak": "ijmond", "naam": "Kim", "vraag": "Het gaat om Fien Bedacht.", "vormen": ["meedenken"],
        "toestemming": "ja",
    });
    let (status, gewaarschuwd) = p.json("POST", "/api/v1/adviezen", Some(&school), &vraag).await;
    assert_eq!(status, StatusCode::CONFLICT, "{gewaarschuwd}");
    let zonder = json!({
        "afspraak": "ijmond", "naam": "Kim", "vraag": "Met wie praat ik eerst?", "vormen": ["meedenken"],
        "toestemming": "ja",
    });
    let (status, advies) = p.json("POST", "/api/v1/adviezen", Some(&school), &zonder).await;
    assert_eq!(status, StatusCode::CREATED, "{advies}");
    let pad = format!("/api/v1/adviezen/{}", advies["advies"].as_str().unwrap());
    let geef = json!({ "wens": { "doe": "geef-advies", "met": { "antwoord": "Met de moeder.", "laatste": true } } });
    let (status, gegeven) = p.json("POST", &format!("{pad}/handelingen"), Some(&vt), &geef).await;
    assert_eq!((status, &gegeven["afgerond"]), (StatusCode::OK, &json!(true)), "{gegeven}");
    assert_eq!(p.json("GET", &pad, Some(&school), &json!({})).await.1["antwoorden"], json!(["Met de moeder."]));
    assert_eq!(p.json("GET", &pad, Some(&cjg), &json!({})).await.0, StatusCode::NOT_FOUND);
    let met_gezin = json!({ "vraag": "Wat nu?", "huishouden": [] });
    let (status, _) = p.json("POST", "/api/v1/adviezen", Some(&school), &met_gezin).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "er is geen veld voor een gezin");
}
