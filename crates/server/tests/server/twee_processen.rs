//! Two processes on one database, carrying out commands on the same casussen at the same time: one holder, one effect
//! per command, one that rings. The children are this same test binary, with the real store and key file.

use app::{
    Antwoord, App, Opdracht, Poorten, Wens,
    contract::{
        steun::{Proefklok, afspraken},
        verhaal::{IJMOND, Speler, acceptatie, actor, gesprek, heel_verhaal, weigering},
    },
    poorten::{Klok, Store},
    toegang::Tabel,
    wens::Toelichting,
};
use domain::{
    Casus,
    ids::{CasusId, CommandId, OrganisatieId},
    tijd::Instant,
    tijdlijn::tijdlijn,
};
use proefpostgres::Server;
use sleutels::{Sleutelbestand, Systeemtoeval};
use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, Command, Stdio},
    sync::Arc,
};
use store_postgres::PostgresStore;

const CASUSSEN: u128 = 10;
const URL: &str = "ZICHT_TEST_TWEE_URL";
const SLEUTELS: &str = "ZICHT_TEST_TWEE_SLEUTELS";
const NUMMER: &str = "ZICHT_TEST_TWEE_NUMMER";
const NU: &str = "ZICHT_TEST_TWEE_NU";
const KIND: &str = "server::twee_processen::een_van_de_twee";

/// A setting of a test, not of the product.
fn gegeven(naam: &str) -> Option<String> {
    std::env::var_os(naam).and_then(|waarde| waarde.into_string().ok())
}

async fn open(url: &str, sleutels: &Path, klok: &Proefklok) -> (App, Arc<PostgresStore>) {
    let store = Arc::new(PostgresStore::open(url).await.unwrap());
    let poorten = Poorten {
        store: Arc::<PostgresStore>::clone(&store),
        klok: Arc::new(klok.clone()),
        toegang: Arc::new(Tabel),
        herkenning: Arc::new(app::herkenning::ExacteSleutels),
        sleutels: Arc::new(Sleutelbestand::open_of_maak(sleutels).unwrap()),
        toeval: Arc::new(Systeemtoeval),
    };
    (App::start(poorten, afspraken()).await.unwrap(), store)
}

fn opdracht(naam: &str, casus: CasusId, wie: &str, wens: Wens) -> Opdracht {
    let id = CommandId(CommandId(casus.0).afgeleid(naam));
    Opdracht { id, casus: Some(casus), verwacht: None, actor: actor(wie), gebeurd_op: None, wens }
}

/// What a process does on each casus: the first is the very same command in both, the second contradicts the other's.
fn opdrachten(nummer: u32, casus: CasusId) -> [(&'static str, Opdracht); 3] {
    let antwoord = if nummer == 1 { acceptatie() } else { weigering() };
    let incident = Wens::LegIncidentVast(Toelichting::default());
    [
        ("gedeeld", opdracht("gedeeld", casus, IJMOND.vt, gesprek())),
        ("antwoord", opdracht(&format!("antwoord-{nummer}"), casus, IJMOND.teams[1], antwoord)),
        ("incident", opdracht(&format!("incident-{nummer}"), casus, IJMOND.vt, incident)),
    ]
}

#[tokio::test]
#[ignore = "wordt tweemaal gestart door de andere test in dit bestand"]
async fn een_van_de_twee() {
    let (Some(url), Some(sleutels)) = (gegeven(URL), gegeven(SLEUTELS)) else { return };
    let nummer: u32 = gegeven(NUMMER).and_then(|tekst| tekst.parse().ok()).unwrap();
    let klok = Proefklok::default();
    klok.zet(Instant(gegeven(NU).and_then(|tekst| tekst.parse().ok()).unwrap()));
    let (app, store) = open(&url, Path::new(&sleutels), &klok).await;
    let zeg = |regel: String| {
        let mut uit = std::io::stdout().lock();
        uit.write_all(format!("\nKIND {regel}\n").as_bytes()).and_then(|()| uit.flush()).unwrap();
    };
    let casussen = store.streams(None, 1_000).await.unwrap();
    zeg("klaar".into());
    std::io::stdin().lock().read_line(&mut String::new()).unwrap();
    for casus in casussen {
        for (soort, opdracht) in opdrachten(nummer, casus) {
            let uitslag = match app.voer_uit(&opdracht).await.unwrap() {
                Antwoord::Gedaan(gedaan) => {
                    format!("gedaan {}-{}-{}", gedaan.eerste_versie, gedaan.versie, gedaan.nummer)
                }
                Antwoord::Geweigerd(weigering) => format!("geweigerd {}", weigering.reden.code.als_str()),
                Antwoord::Conflict(_) => "conflict".into(),
            };
            zeg(format!("{casus} {soort} {uitslag}"));
        }
    }
    klok.vooruit(24 * 90);
    let gerinkeld = app::jobs::wek_op_beurt(&app, &format!("proces-{nummer}")).await.unwrap();
    zeg(format!("wekkers {}", gerinkeld.map_or_else(|| "ander".into(), |aantal| aantal.to_string())));
    store.sluit().await;
}

/// A child that is ready to begin; it ends with this value.
struct Kind {
    kind: Child,
    regels: BufReader<std::process::ChildStdout>,
}

impl Kind {
    fn start(nummer: u32, url: &str, sleutels: &Path, nu: Instant) -> Self {
        let mut kind = Command::new(std::env::current_exe().unwrap())
            .args([KIND, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .envs([(URL, url), (NUMMER, &nummer.to_string()), (NU, &nu.0.to_string())])
            .env(SLEUTELS, sleutels)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let regels = BufReader::new(kind.stdout.take().unwrap());
        let mut zelf = Self { kind, regels };
        assert_eq!(zelf.regel().as_deref(), Some("klaar"));
        zelf
    }

    fn regel(&mut self) -> Option<String> {
        let mut regel = String::new();
        while self.regels.read_line(&mut regel).unwrap() > 0 {
            if let Some(inhoud) = regel.strip_prefix("KIND ") {
                return Some(inhoud.trim_end().to_owned());
            }
            regel.clear();
        }
        None
    }

    fn begin(&mut self) {
        self.kind.stdin.as_mut().unwrap().write_all(b"begin\n").unwrap();
    }

    /// Everything that it answered, by casus and kind.
    fn uitslagen(&mut self) -> BTreeMap<String, String> {
        let mut uitslagen = BTreeMap::new();
        while let Some(regel) = self.regel() {
            let (wat, uitslag) = match regel.strip_prefix("wekkers ") {
                Some(uitslag) => ("wekkers".to_owned(), uitslag.to_owned()),
                None => {
                    let mut delen = regel.splitn(3, ' ');
                    let wat = format!("{} {}", delen.next().unwrap(), delen.next().unwrap());
                    (wat, delen.next().unwrap().to_owned())
                }
            };
            assert_eq!(uitslagen.insert(wat, uitslag), None);
        }
        assert!(self.kind.wait().unwrap().success(), "een van de twee liep vast");
        uitslagen
    }
}

impl Drop for Kind {
    fn drop(&mut self) {
        let _ = self.kind.kill();
        let _ = self.kind.wait();
    }
}

/// Who holds at an instant: the stored span, which must be the one of the domain.
async fn houder(app: &App, casus: CasusId, op: Instant) -> OrganisatieId {
    let rijen = app.store().laad(casus).await.unwrap();
    let stroom = app::codec::stroom(&rijen).unwrap();
    let lijn = tijdlijn(&Casus::uit(&stroom), &app.bundels());
    let (opgeslagen, _) = app.store().houder_op(casus, op).await.unwrap().expect("er is altijd een houder");
    assert_eq!(lijn.zicht_op(op).and_then(|span| span.houder.clone()).as_ref(), Some(&opgeslagen));
    opgeslagen
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twee_processen_op_een_database_zijn_het_eens() {
    let (map, server) = (tempfile::tempdir().unwrap(), Server::gedeeld());
    let database = format!("twee_{}", std::process::id());
    server.maak_database(&database, None);
    let (url, sleutels, klok) = (server.url(&database), map.path().join("sleutels"), Proefklok::default());
    let (app, store) = open(&url, &sleutels, &klok).await;
    let mut casussen = Vec::new();
    for zaad in 1..=CASUSSEN {
        casussen.push(Speler::new(&app, &klok, zaad).speel(&heel_verhaal(IJMOND)[..6]).await);
    }
    let mut kinderen = [1, 2].map(|nummer| Kind::start(nummer, &url, &sleutels, klok.nu()));
    kinderen.iter_mut().for_each(Kind::begin);
    let uitslagen = kinderen.each_mut().map(Kind::uitslagen);
    let [een, twee] = &uitslagen;
    let (mut gewonnen, mut later) = ([0, 0], klok.nu());
    later.0 += 1;
    for casus in casussen {
        let van = |soort: &str| [een, twee].map(|uitslagen| uitslagen[&format!("{casus} {soort}")].as_str());
        let [links, rechts] = van("gedeeld");
        assert!(links == rechts && links.starts_with("gedaan"), "dezelfde opdracht: {links} en {rechts}");
        let antwoorden = van("antwoord").map(|uitslag| uitslag.starts_with("gedaan"));
        assert!(antwoorden[0] != antwoorden[1], "precies een antwoord op het aanbod: {:?}", van("antwoord"));
        gewonnen[usize::from(antwoorden[1])] += 1;
        assert!(van("incident").iter().all(|uitslag| uitslag.starts_with("gedaan")), "{:?}", van("incident"));
        let verwacht = if antwoorden[0] { IJMOND.teams[1] } else { IJMOND.vt };
        assert_eq!(houder(&app, casus, later).await, verwacht.into());
        // Each command that was done has its events, once.
        let rijen = store.laad(casus).await.unwrap();
        for (nummer, uitslagen) in [(1, een), (2, twee)] {
            for (soort, opdracht) in opdrachten(nummer, casus) {
                let versies = rijen.iter().filter(|rij| rij.command_id == opdracht.id).map(|rij| rij.versie);
                let gezien = uitslagen[&format!("{casus} {soort}")].starts_with("gedaan");
                assert_eq!(versies.count() > 0, gezien, "{soort} van proces {nummer}");
            }
        }
        assert!(!app.verzegelaar().open_alles(&*store, casus, &IJMOND.vt.into()).await.unwrap().is_empty());
    }
    let wekkers = [een, twee].map(|uitslagen| uitslagen["wekkers"].as_str());
    let gerinkeld: Vec<u32> = wekkers.iter().filter_map(|aantal| aantal.parse().ok()).collect();
    assert!(
        wekkers.contains(&"ander") && gerinkeld.len() == 1 && gerinkeld[0] > 0,
        "een van de twee rinkelt: {wekkers:?}"
    );
    println!("{CASUSSEN} casussen door twee processen; het antwoord was {gewonnen:?} keer van de een en de ander");
    store.sluit().await;
}
