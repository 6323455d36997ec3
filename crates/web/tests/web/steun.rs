//! An application with the router in front of it, and workers who sign in, read pages and send forms.

use app::{
    App,
    bronnen::Nagebootst,
    contract::steun::{Proefklok, app_op, t},
};
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode},
};
use serde_json::{Value, json};
use std::{collections::HashMap, sync::Arc};
use store_sqlite::SqliteStore;
use tempfile::TempDir;
use tower::ServiceExt;
use web::{DemoAccount, Instellingen};

pub const VT: &str = "veilig-thuis-kennemerland";
pub const VT_NOG: &str = "veilig-thuis-noord-oost-gelderland";
pub const CJG: &str = "cjg-kennemerland";
pub const SCHOOL: &str = "basisschool-de-duin";
pub const POLITIE: &str = "politie";
pub const TEAM_NOG: &str = "lokaal-team-winterswijk";
pub const CRISISDIENST: &str = "crisisdienst-kennemerland";
pub const VT_ZHZ: &str = "veilig-thuis-zuid-holland-zuid";
pub const JGZ: &str = "rivas-jeugdgezondheidszorg";

const ORGANISATIES: &[&str] = &[VT, VT_NOG, CJG, "socius", SCHOOL, TEAM_NOG, CRISISDIENST, POLITIE, VT_ZHZ, JGZ];
const BODY_BYTES_MAX: usize = 4 * 1024 * 1024;

/// A page as it came back.
pub struct Blad {
    pub status: StatusCode,
    pub html: String,
    pub naar: Option<String>,
    /// Whether the browser is told to keep something.
    pub koekje: bool,
    pub bewaren: Option<String>,
}

pub struct TestApp {
    app: Arc<App>,
    router: Router,
    klok: Proefklok,
    koekjes: HashMap<String, String>,
    map: TempDir,
}

impl TestApp {
    pub async fn op(lokaal: &str) -> Self {
        Self::met_bronnen(lokaal, &[]).await
    }

    /// The same, with stand-ins in the place of sources of information that behave like this; the others find nothing.
    pub async fn met_bronnen(lokaal: &str, gedrag: &[(&str, &str)]) -> Self {
        let gedrag = gedrag.iter().map(|(bron, wat)| ((*bron).to_owned(), serde_json::from_value(json!(wat)).unwrap()));
        let (map, klok) = (tempfile::tempdir().unwrap(), Proefklok::default());
        klok.zet(t(lokaal));
        let store = Arc::new(SqliteStore::open(&map.path().join("zicht.db")).await.unwrap());
        let app = app_op(store, &klok, 7).await.met_bronnen(Arc::new(Nagebootst::new(gedrag.collect())));
        let app = Arc::new(app);
        let account = |id: &str, org: &str| DemoAccount {
            id: id.to_owned(),
            naam: format!("Iemand van {org}"),
            functie: "Medewerker".to_owned(),
            organisatie: org.into(),
            regio: "Proef".to_owned(),
        };
        let mut accounts: Vec<_> = ORGANISATIES.iter().map(|org| account(org, org)).collect();
        accounts.push(account("tweede-bij-vt", VT));
        let router = web::router(Arc::clone(&app), Instellingen { demo: Some(accounts), verhaal: None });
        Self { app, router, klok, koekjes: HashMap::new(), map }
    }

    /// Goes on at a later moment; whoever was signed in is not any more.
    pub fn later(&mut self, lokaal: &str) {
        self.klok.zet(t(lokaal));
        self.koekjes.clear();
    }

    /// What the clock triggers, by now.
    pub async fn wek(&self) {
        app::jobs::wek(&self.app).await.unwrap();
    }

    async fn stuur(&self, verzoek: Request<Body>) -> Blad {
        let antwoord = self.router.clone().oneshot(verzoek).await.unwrap();
        let status = antwoord.status();
        let header = |naam: &str| antwoord.headers().get(naam).map(|waarde| waarde.to_str().unwrap().to_owned());
        let (naar, bewaren) = (header("location"), header("cache-control"));
        let koekje = antwoord.headers().contains_key("set-cookie");
        let bytes = to_bytes(antwoord.into_body(), BODY_BYTES_MAX).await.unwrap();
        Blad { status, html: String::from_utf8(bytes.to_vec()).unwrap(), naar, koekje, bewaren }
    }

    async fn koekje(&mut self, account: &str) -> String {
        if !self.koekjes.contains_key(account) {
            let verzoek = Request::post("/aanmelden").header("content-type", "application/x-www-form-urlencoded");
            let verzoek = verzoek.body(Body::from(format!("account={account}"))).unwrap();
            let antwoord = self.router.clone().oneshot(verzoek).await.unwrap();
            assert_eq!(antwoord.status(), StatusCode::SEE_OTHER, "{account}");
            let gezet = antwoord.headers().get("set-cookie").unwrap().to_str().unwrap();
            self.koekjes.insert(account.to_owned(), gezet.split(';').next().unwrap().to_owned());
        }
        self.koekjes[account].clone()
    }

    /// A page as this account sees it.
    pub async fn lees(&mut self, account: &str, pad: &str) -> Blad {
        let koekje = self.koekje(account).await;
        self.stuur(Request::get(pad).header("cookie", koekje).body(Body::empty()).unwrap()).await
    }

    /// A page as somebody without an account sees it.
    pub async fn lees_zonder_account(&self, pad: &str) -> Blad {
        self.stuur(Request::get(pad).body(Body::empty()).unwrap()).await
    }

    /// A form of somebody without an account.
    pub async fn post_zonder_account(&self, pad: &str, paren: &[(&str, &str)]) -> Blad {
        let body = paren.iter().map(|(naam, waarde)| format!("{naam}={}", codeer(waarde))).collect::<Vec<_>>();
        let verzoek = Request::post(pad).header("content-type", "application/x-www-form-urlencoded");
        self.stuur(verzoek.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// Fills the form of an act as it stands on its page, and sends it.
    pub async fn stuur_formulier(&mut self, account: &str, pad: &str, ingevuld: &[(&str, &str)]) -> Blad {
        let blad = self.lees(account, pad).await;
        assert_eq!(blad.status, StatusCode::OK, "{account} {pad}: {}", tekst(&blad.html));
        let verborgen = ["csrf", "opdracht", "versie"].map(|naam| (naam, invoer(&blad.html, naam)));
        for (naam, _) in ingevuld {
            assert!(blad.html.contains(&format!(r#"name="{naam}""#)), "{pad} vraagt niet naar {naam}");
        }
        let paren = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).chain(ingevuld.iter().copied());
        self.post(account, pad, &paren.collect::<Vec<_>>()).await
    }

    /// Fills a form with files as it stands on its page, and sends it as a browser does.
    pub async fn stuur_bestanden(
        &mut self,
        account: &str,
        pad: &str,
        ingevuld: &[(&str, &str)],
        bestanden: &[(&str, &[u8])],
    ) -> Blad {
        let blad = self.lees(account, pad).await;
        assert_eq!(blad.status, StatusCode::OK, "{account} {pad}: {}", tekst(&blad.html));
        let verborgen = ["csrf", "opdracht", "versie"].map(|naam| (naam, invoer(&blad.html, naam)));
        let paren: Vec<_> = verborgen.iter().map(|(naam, waarde)| (*naam, waarde.as_str())).collect();
        self.post_bestanden(account, pad, &[&paren, ingevuld].concat(), bestanden).await
    }

    /// Sends these pairs and then these files, as a browser does.
    pub async fn post_bestanden(
        &mut self,
        account: &str,
        pad: &str,
        paren: &[(&str, &str)],
        bestanden: &[(&str, &[u8])],
    ) -> Blad {
        const GRENS: &str = "----grens-tussen-de-delen";
        let mut body = Vec::new();
        for (naam, waarde) in paren {
            let kop = format!("--{GRENS}\r\nContent-Disposition: form-data; name=\"{naam}\"\r\n\r\n{waarde}\r\n");
            body.extend(kop.into_bytes());
        }
        for (naam, bytes) in bestanden {
            let kop = format!(
                "--{GRENS}\r\nContent-Disposition: form-data; name=\"bestanden\"; filename=\"{naam}\"\r\n\
                 Content-Type: text/html\r\n\r\n"
            );
            body.extend([kop.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend(format!("--{GRENS}--\r\n").into_bytes());
        let koekje = self.koekje(account).await;
        let verzoek = Request::post(pad).header("cookie", koekje).header("sec-fetch-site", "same-origin");
        let verzoek = verzoek.header("content-type", format!("multipart/form-data; boundary={GRENS}"));
        self.stuur(verzoek.body(Body::from(body)).unwrap()).await
    }

    /// What comes back as it is: status, headers, bytes.
    pub async fn haal(&mut self, account: &str, pad: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
        let koekje = self.koekje(account).await;
        let verzoek = Request::get(pad).header("cookie", koekje).body(Body::empty()).unwrap();
        let antwoord = self.router.clone().oneshot(verzoek).await.unwrap();
        let (status, headers) = (antwoord.status(), antwoord.headers().clone());
        (status, headers, to_bytes(antwoord.into_body(), usize::MAX).await.unwrap().to_vec())
    }

    /// The access log of an organisation on a casus, newest first: act and outcome.
    pub async fn toegang_van(&self, casus: &str, organisatie: &str) -> Vec<String> {
        let rijen = self.app.store().toegang_van(casus.parse().unwrap(), &organisatie.into()).await.unwrap();
        rijen.into_iter().map(|rij| format!("{} {}", rij.regel.handeling, rij.regel.uitkomst)).collect()
    }

    /// The bytes of every file in which the database lies.
    pub fn op_schijf(&self) -> Vec<u8> {
        let bestanden = std::fs::read_dir(self.map.path()).unwrap();
        bestanden.flat_map(|bestand| std::fs::read(bestand.unwrap().path()).unwrap()).collect()
    }

    /// Sends these pairs.
    pub async fn post(&mut self, account: &str, pad: &str, paren: &[(&str, &str)]) -> Blad {
        let body = paren.iter().map(|(naam, waarde)| format!("{naam}={}", codeer(waarde))).collect::<Vec<_>>();
        let koekje = self.koekje(account).await;
        let verzoek = Request::post(pad).header("cookie", koekje).header("sec-fetch-site", "same-origin");
        let verzoek = verzoek.header("content-type", "application/x-www-form-urlencoded");
        self.stuur(verzoek.body(Body::from(body.join("&"))).unwrap()).await
    }

    /// The page of the only offer of a casus, in plain words, as the receiver finds it in its list.
    pub async fn overdracht(&mut self, account: &str, casus: &str) -> String {
        let html = self.lees(account, "/overdrachten").await.html;
        let begin = format!("/casussen/{casus}/overdrachten/");
        let id = html.split_once(&begin).unwrap_or_else(|| panic!("{account} heeft geen aanbod")).1;
        let blad = self.lees(account, &format!("{begin}{}", id.split_once('"').unwrap().0)).await;
        assert_eq!(blad.status, StatusCode::OK);
        tekst(&blad.html)
    }

    /// Does an act by its form; gives the page of the casus that follows, in plain words.
    pub async fn doe(&mut self, account: &str, casus: &str, handeling: &str, ingevuld: &[(&str, &str)]) -> String {
        let pad = format!("/casussen/{casus}/doe/{handeling}");
        let blad = self.stuur_formulier(account, &pad, ingevuld).await;
        assert_eq!(blad.status, StatusCode::SEE_OTHER, "{account} {handeling}: {}", tekst(&blad.html));
        let vervolg = self.lees(account, &blad.naar.unwrap()).await;
        assert_eq!(vervolg.status, StatusCode::OK);
        assert!(vervolg.html.contains("alert--ok"), "{handeling} zegt niet dat het is vastgelegd");
        tekst(&vervolg.html)
    }

    /// The page of a casus in plain words.
    pub async fn casus(&mut self, account: &str, casus: &str) -> String {
        let blad = self.lees(account, &format!("/casussen/{casus}")).await;
        assert_eq!(blad.status, StatusCode::OK, "{account}");
        tekst(&blad.html)
    }

    pub async fn token(&self, account: &str) -> String {
        let sessie = self.json("POST", "/api/v1/sessies", None, &json!({ "account": account })).await;
        sessie.1["token"].as_str().unwrap().to_owned()
    }

    /// A request of a system; each has a number of its own, taken from what is asked.
    pub async fn json(&self, methode: &str, pad: &str, token: Option<&str>, body: &Value) -> (StatusCode, Value) {
        let sleutel = uuid::Uuid::from_u128(
            body.to_string()
                .bytes()
                .fold(7, |som: u128, byte| som.wrapping_mul(1_000_003).wrapping_add(u128::from(byte))),
        );
        let mut verzoek = Request::builder().method(methode).uri(pad).header("content-type", "application/json");
        verzoek = verzoek.header("idempotency-key", sleutel.to_string());
        if let Some(token) = token {
            verzoek = verzoek.header("authorization", format!("Bearer {token}"));
        }
        let antwoord = self.stuur(verzoek.body(Body::from(body.to_string())).unwrap()).await;
        (antwoord.status, serde_json::from_str(&antwoord.html).unwrap())
    }

    /// A message of another system.
    pub async fn bericht(&self, account: &str, bericht: &Value) -> (StatusCode, Value) {
        let token = self.token(account).await;
        self.json("POST", "/api/v1/berichten", Some(&token), bericht).await
    }

    /// An act over the JSON interface.
    pub async fn wens(&self, account: &str, casus: &str, doe: &str, met: Value) -> (StatusCode, Value) {
        let token = self.token(account).await;
        let body = json!({ "wens": { "doe": doe, "met": met } });
        self.json("POST", &format!("/api/v1/casussen/{casus}/handelingen"), Some(&token), &body).await
    }

    /// An open report of a school, of which only Veilig Thuis and the school have the words.
    pub async fn meld(&self, gemeente: &str, inhoud: &str) -> String {
        self.meld_of_spoed(gemeente, inhoud, false).await
    }

    /// The same, which the school calls urgent.
    pub async fn meld_met_spoed(&self, gemeente: &str, inhoud: &str) -> String {
        self.meld_of_spoed(gemeente, inhoud, true).await
    }

    async fn meld_of_spoed(&self, gemeente: &str, inhoud: &str, spoed: bool) -> String {
        let wens = json!({
            "spoed": spoed, "gemeente": gemeente, "openheid": "open", "contact": "doorlopend", "inhoud": inhoud,
            "melder": { "soort": "beroepskracht", "beroepsgroep": "onderwijs", "naam": "Kim Verzonnen" },
            "huishoudnaam": "Bedacht", "adres": "Dromerslaan 3",
            "huishouden": [{ "rol": "kind", "naam": "Fien Bedacht", "geboren": "2017-05-11" }],
        });
        let token = self.token(SCHOOL).await;
        let (status, json) = self.json("POST", "/api/v1/meldingen", Some(&token), &wens).await;
        assert_eq!(status, StatusCode::CREATED, "{json}");
        json["casus"].as_str().unwrap().to_owned()
    }

    /// Reported, assessed and kept: Veilig Thuis goes on itself.
    pub async fn bij_veilig_thuis(&mut self, vt: &str, gemeente: &str, inhoud: &str) -> String {
        let casus = self.meld(gemeente, inhoud).await;
        self.doe(vt, &casus, "rond-beoordeling-af", &[("taxatie", "structurele-onveiligheid")]).await;
        self.doe(
            vt,
            &casus,
            "leg-contact-gezin-vast",
            &[("wijze", "telefoon"), ("gelukt", "ja"), ("geinformeerd", "ja")],
        )
        .await;
        self.besluit_vervolg(vt, &casus).await;
        casus
    }

    /// Veilig Thuis goes on itself, talked over by two disciplines; who does what where the agreement asks for it.
    pub async fn besluit_vervolg(&mut self, vt: &str, casus: &str) {
        const BESLUIT: &str = "besluit-vervolg:vervolg-bij-veilig-thuis";
        let blad = self.lees(vt, &format!("/casussen/{casus}/doe/{BESLUIT}")).await.html;
        let mut ingevuld = vec![("overleg", "medewerker"), ("overleg", "vertrouwensarts")];
        if blad.contains(r#"name="toewijzing""#) {
            ingevuld.push(("toewijzing", "veilig-thuis"));
        }
        self.doe(vt, casus, BESLUIT, &ingevuld).await;
    }

    /// The same, with a service done.
    pub async fn na_dienst(&mut self, vt: &str, gemeente: &str, inhoud: &str) -> String {
        let casus = self.bij_veilig_thuis(vt, gemeente, inhoud).await;
        let pad = format!("/casussen/{casus}/doe/start-dienst:voorwaarden-en-vervolg");
        let blad = self.lees(vt, &pad).await.html;
        let criteria: Vec<_> = waarden(&blad, "keuzecriteria");
        let criteria: Vec<_> = criteria.iter().map(|sleutel| ("keuzecriteria", sleutel.as_str())).collect();
        self.doe(vt, &casus, "start-dienst:voorwaarden-en-vervolg", &criteria).await;
        let conclusie = [("conclusie", "bevestigd"), ("voorwaarden", "Oma haalt Fien op bij ruzie.")];
        self.doe(vt, &casus, "rond-dienst-af", &conclusie).await;
        casus
    }
}

/// The value of a hidden or typed input.
pub fn invoer(html: &str, naam: &str) -> String {
    let stuk = html.split_once(&format!(r#"name="{naam}" value=""#)).unwrap_or_else(|| panic!("geen {naam}")).1;
    stuk.split_once('"').unwrap().0.to_owned()
}

/// Every value that can be chosen under a name.
pub fn waarden(html: &str, naam: &str) -> Vec<String> {
    let begin = format!(r#"name="{naam}" value=""#);
    let stukken = html.split(&begin).skip(1);
    stukken.map(|stuk| stuk.split_once('"').unwrap().0.to_owned()).collect()
}

/// The names of the fields that begin like this.
pub fn velden(html: &str, begin: &str) -> Vec<String> {
    let zoek = format!(r#"name="{begin}"#);
    let stukken = html.split(&zoek).skip(1);
    let mut namen: Vec<_> = stukken.map(|stuk| format!("{begin}{}", stuk.split_once('"').unwrap().0)).collect();
    namen.dedup();
    namen
}

/// What there is to read, with single spaces.
pub fn tekst(html: &str) -> String {
    let mut uit = String::new();
    let mut in_tag = false;
    for teken in html.chars() {
        match teken {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                uit.push(' ');
            }
            _ if !in_tag => uit.push(teken),
            _ => {}
        }
    }
    uit.split_whitespace().collect::<Vec<_>>().join(" ").replace('\u{a0}', " ")
}

fn codeer(waarde: &str) -> String {
    waarde.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
