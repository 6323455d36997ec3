//! The server falls over while commands run, and requests are dropped halfway: nothing that was acknowledged is lost,
//! nothing is half there, and the same command once more has one effect.

use super::steun::Opstelling;
use app::{
    Antwoord, App, AppFout,
    contract::{
        rijen::toestand,
        steun::{Dobbelsteen, Proefklok, app_op},
        storing::Storing,
        verhaal::{IJMOND, NOG, Speler, heel_verhaal},
    },
    poorten::Store,
    verzegel::VerzegelFout,
};
use domain::ids::{CasusId, CommandId};
use proefpostgres::{Schijf, Server};
use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use store_postgres::PostgresStore;
use uuid::Uuid;

const STORTINGEN: u32 = 4;
const WERKERS: u128 = 3;
/// Below this nothing is proved.
const BEVESTIGD_MIN: usize = 60;
const DATABASE: &str = "zicht";

/// What was acknowledged so far, and how often a worker met a fault.
#[derive(Default)]
struct Verloop {
    bevestigd: Mutex<Vec<(CasusId, CommandId)>>,
    fouten: AtomicU32,
    genoeg: AtomicU32,
}

impl Verloop {
    fn bevestigd(&self) -> Vec<(CasusId, CommandId)> {
        self.bevestigd.lock().unwrap().clone()
    }

    async fn wacht_op(&self, aantal: usize) {
        let mut kijk = tokio::time::interval(Duration::from_millis(2));
        while self.bevestigd.lock().unwrap().len() < aantal {
            kijk.tick().await;
        }
    }
}

fn oorzaak(fout: &AppFout) -> Option<String> {
    match fout {
        AppFout::Store(fout) | AppFout::Verzegel(VerzegelFout::Store(fout)) => Some(fout.to_string()),
        _ => None,
    }
}

/// Stories until it is enough; a command that failed is sent again until it is answered.
async fn werk(app: Arc<App>, werker: u128, verloop: Arc<Verloop>, alleen_meldingen: bool) {
    let mut opnieuw = tokio::time::interval(Duration::from_millis(20));
    opnieuw.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    for nummer in 1.. {
        let klok = Proefklok::default();
        let mut speler = Speler::new(&app, &klok, (werker << 32) + nummer);
        let stappen = heel_verhaal(if nummer % 2 == 0 { IJMOND } else { NOG });
        let aantal = if alleen_meldingen { 1 } else { stappen.len() };
        for (index, (_, wie, wens)) in stappen.iter().take(aantal).enumerate() {
            let id = speler.opdracht(index, wie, wens).id;
            loop {
                match speler.stap(index, wie, wens).await {
                    Ok(Antwoord::Gedaan(gedaan)) => {
                        verloop.bevestigd.lock().unwrap().push((gedaan.casus, id));
                        break;
                    }
                    Err(fout) => {
                        let oorzaak = oorzaak(&fout).unwrap_or_else(|| panic!("{}: {fout:?}", wens.naam()));
                        assert!(oorzaak.contains("PostgreSQL"), "de fout zegt niet wat er is: {oorzaak}");
                        verloop.fouten.fetch_add(1, Ordering::SeqCst);
                        opnieuw.tick().await;
                    }
                    anders => panic!("{}: {anders:?}", wens.naam()),
                }
            }
        }
        if verloop.genoeg.load(Ordering::SeqCst) > 0 {
            return;
        }
    }
}

async fn begin() -> (Arc<Server>, Arc<PostgresStore>) {
    let server = tokio::task::spawn_blocking(|| {
        let server = Server::eigen(Schijf::Echt);
        server.maak_database(DATABASE, None);
        server
    });
    let server = Arc::new(server.await.unwrap());
    let store = Arc::new(PostgresStore::open(&server.url(DATABASE)).await.unwrap());
    (server, store)
}

async fn stort_in_en_sta_op(server: &Arc<Server>) {
    let server = Arc::clone(server);
    let op_en_neer = tokio::task::spawn_blocking(move || {
        server.stort_in();
        server.sta_op();
    });
    op_en_neer.await.unwrap();
}

/// Acknowledged commands that are not there; one that is there is there whole.
async fn ontbreekt(store: &dyn Store, bevestigd: &[(CasusId, CommandId)]) -> Vec<CommandId> {
    let mut weg = Vec::new();
    for (casus, id) in bevestigd {
        let rijen = store.laad(*casus).await.unwrap();
        match store.opdracht(*casus, *id).await.unwrap() {
            Some(rij) => {
                let versies: Vec<_> = rijen.iter().filter(|r| r.command_id == *id).map(|r| r.versie).collect();
                assert_eq!(versies, (rij.eerste_versie..=rij.laatste_versie).collect::<Vec<_>>());
            }
            None => weg.push(*id),
        }
    }
    weg
}

async fn is_heel(app: &App, casus: CasusId) -> BTreeMap<CommandId, usize> {
    let rijen = app.store().laad(casus).await.unwrap();
    app::codec::stroom(&rijen).unwrap();
    let mut per_opdracht = BTreeMap::new();
    for rij in &rijen {
        assert!(app.store().opdracht(casus, rij.command_id).await.unwrap().is_some(), "gebeurtenis zonder opdracht");
        *per_opdracht.entry(rij.command_id).or_default() += 1;
    }
    let niemand = CommandId(Uuid::nil());
    let voor = toestand(app.store(), casus, IJMOND.vt, niemand).await;
    app.herbouw_views(casus).await.unwrap();
    assert!(toestand(app.store(), casus, IJMOND.vt, niemand).await == voor, "de views horen bij de gebeurtenissen");
    per_opdracht
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn na_een_instorting_van_de_server_is_alles_wat_is_bevestigd_er_precies_een_keer() {
    let (server, store) = begin().await;
    let app = Arc::new(app_op(Arc::<PostgresStore>::clone(&store), &Proefklok::default(), 1).await);
    let (verloop, d) = (Arc::new(Verloop::default()), Dobbelsteen::new(7));
    let werkers: Vec<_> =
        (1..=WERKERS).map(|werker| tokio::spawn(werk(Arc::clone(&app), werker, Arc::clone(&verloop), false))).collect();
    for storting in 1..=STORTINGEN {
        let tot = verloop.bevestigd().len() + 10 + d.onder(15);
        verloop.wacht_op(tot).await;
        stort_in_en_sta_op(&server).await;
        let bevestigd = verloop.bevestigd();
        // By a store that has nothing in memory of before.
        let vers = PostgresStore::open(&server.url(DATABASE)).await.unwrap();
        let weg = ontbreekt(&vers, &bevestigd).await;
        vers.sluit().await;
        assert!(weg.is_empty(), "instorting {storting}: bevestigd en weg: {weg:?}");
    }
    verloop.genoeg.store(1, Ordering::SeqCst);
    for werker in werkers {
        werker.await.unwrap();
    }
    // The same stories on a quiet store make the same events, command by command: nothing twice, nothing half.
    let rustig = Opstelling::nieuw().await;
    let mut gevolgen = Vec::new();
    for regio in [IJMOND, NOG] {
        let stil: Vec<_> = heel_verhaal(regio).into_iter().map(|(_, wie, wens)| (0, wie, wens)).collect();
        let casus = Speler::new(&rustig.app, &rustig.klok, gevolgen.len() as u128 + 1).speel(&stil).await;
        let mut aantallen: Vec<_> = is_heel(&rustig.app, casus).await.into_values().collect();
        aantallen.sort_unstable();
        gevolgen.push(aantallen);
    }
    let casussen = store.streams(None, 10_000).await.unwrap();
    for casus in &casussen {
        let mut aantallen: Vec<_> = is_heel(&app, *casus).await.into_values().collect();
        aantallen.sort_unstable();
        assert!(gevolgen.contains(&aantallen), "{aantallen:?} past niet bij {gevolgen:?}");
    }
    let (bevestigd, fouten) = (verloop.bevestigd(), verloop.fouten.load(Ordering::SeqCst));
    println!(
        "{} bevestigde opdrachten in {} casussen over {STORTINGEN} instortingen, {fouten} fouten gemeld, 0 weg",
        bevestigd.len(),
        casussen.len()
    );
    assert!(bevestigd.len() > BEVESTIGD_MIN && fouten > 0, "te weinig: {} bevestigd, {fouten} fouten", bevestigd.len());
    store.sluit().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wie_bevestigt_voor_de_server_het_heeft_wordt_betrapt() {
    let (server, store) = begin().await;
    for ronde in 1..=10u128 {
        let storing = Storing::new(Arc::<PostgresStore>::clone(&store) as Arc<dyn Store>);
        storing.bevestig_te_vroeg();
        let app = Arc::new(app_op(Arc::new(storing), &Proefklok::default(), 1).await);
        let verloop = Arc::new(Verloop::default());
        let werkers: Vec<_> = (1..=WERKERS)
            .map(|werker| tokio::spawn(werk(Arc::clone(&app), ronde * 100 + werker, Arc::clone(&verloop), true)))
            .collect();
        verloop.wacht_op(20).await;
        stort_in_en_sta_op(&server).await;
        werkers.iter().for_each(tokio::task::JoinHandle::abort);
        let bevestigd = verloop.bevestigd();
        let vers = PostgresStore::open(&server.url(DATABASE)).await.unwrap();
        let weg = ontbreekt(&vers, &bevestigd).await;
        vers.sluit().await;
        if !weg.is_empty() {
            println!("{} van {} bevestigde opdrachten weg in ronde {ronde}: betrapt", weg.len(), bevestigd.len());
            return;
        }
    }
    panic!("tien keer te vroeg bevestigd en niets gemerkt");
}

#[tokio::test]
async fn een_verzoek_dat_halverwege_wordt_losgelaten_houdt_niets_vast() {
    let o = Opstelling::nieuw().await;
    let (mut losgelaten, mut gedaan) = (0, 0);
    for zaad in 1..=6u64 {
        let mut speler = Speler::new(&o.app, &o.klok, u128::from(zaad));
        for (index, (uren, wie, wens)) in heel_verhaal(IJMOND).iter().enumerate() {
            o.klok.vooruit(*uren);
            // Later each time: before, during and after each of its statements.
            for poging in 0..4 {
                let geduld = Duration::from_micros(300 + 700 * (poging * 6 + zaad));
                let antwoord = tokio::time::timeout(geduld, speler.stap(index, wie, wens)).await;
                losgelaten += u32::from(antwoord.is_err());
            }
            let antwoord = speler.stap(index, wie, wens).await;
            assert!(matches!(antwoord, Ok(Antwoord::Gedaan(_))), "{}: {antwoord:?}", wens.naam());
            gedaan += 1;
        }
        let per_opdracht = is_heel(&o.app, speler.casus.unwrap()).await;
        assert_eq!(per_opdracht.len(), heel_verhaal(IJMOND).len(), "elke opdracht een keer");
    }
    println!("{losgelaten} verzoeken losgelaten, {gedaan} opdrachten gedaan");
    assert!(losgelaten > 40, "te weinig losgelaten: {losgelaten}");
    let vast = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = \
                (SELECT oid FROM pg_database WHERE datname = current_database())";
    assert_eq!(Server::gedeeld().sql(&o.database, vast), "0", "er bleef een slot over");
}
