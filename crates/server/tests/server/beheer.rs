//! The commands for whoever runs the installation, on a store that holds the real application's casussen.

use super::proces::{draai_alles, tekst};
use app::{
    contract::{
        rijen::{Bouw, ORG, toestand},
        steun::{Proefklok, app_op, t},
        verhaal::{IJMOND, Speler, heel_verhaal},
    },
    opslag::Views,
    poorten::Store,
};
use domain::{
    ids::{CasusId, CommandId},
    tijd::Instant,
};
use std::{path::Path, sync::Arc};
use store_sqlite::SqliteStore;

const NIEMAND: CommandId = CommandId(uuid::Uuid::from_u128(0xdead));
const VT: &str = "veilig-thuis-kennemerland";

/// A casus that was told to its end, and when it was recorded first and last.
pub(super) async fn vul(db: &Path) -> (CasusId, Instant, Instant) {
    let store = Arc::new(SqliteStore::open(db).await.unwrap());
    let klok = Proefklok::default();
    let poort: Arc<dyn Store> = Arc::<SqliteStore>::clone(&store);
    let app = app_op(poort, &klok, 1).await;
    let casus = Speler::new(&app, &klok, 1).speel(&heel_verhaal(IJMOND)).await;
    let rijen = store.laad(casus).await.unwrap();
    store.sluit().await;
    (casus, rijen.first().unwrap().vastgelegd_op, rijen.last().unwrap().vastgelegd_op)
}

async fn toegang(db: &Path, casus: CasusId, organisatie: &str) -> Vec<(String, String, String)> {
    let store = SqliteStore::open(db).await.unwrap();
    let regels = store.toegang_van(casus, &organisatie.into()).await.unwrap();
    store.sluit().await;
    let van_beheer = regels.into_iter().map(|rij| rij.regel).filter(|regel| regel.medewerker.0.starts_with("beheer:"));
    van_beheer.map(|regel| (regel.medewerker.0, regel.handeling, regel.uitkomst)).collect()
}

/// A casus with an event that this release cannot read, in a chain that is whole.
async fn voeg_onleesbare_toe(store: &SqliteStore) -> CasusId {
    let mut bouw = Bouw::van(1);
    let mut batch = bouw.batch(1);
    batch.events[0].bundel = store.bundels().await.unwrap()[0].hash.clone();
    bouw.sluit(&mut batch.events[0]);
    store.commit(batch).await.unwrap();
    bouw.casus
}

#[tokio::test]
async fn views_worden_herbouwd_en_een_onleesbare_casus_houdt_de_andere_niet_tegen() {
    let map = tempfile::tempdir().unwrap();
    let db = map.path().join("zicht.db");
    let (casus, ..) = vul(&db).await;
    let opslag = format!("sqlite:{}", tekst(&db));
    let store = SqliteStore::open(&db).await.unwrap();
    let voor = toestand(&store, casus, VT, NIEMAND).await;
    store.vervang_views(casus, Views::default()).await.unwrap();
    assert_ne!(toestand(&store, casus, VT, NIEMAND).await, voor);
    store.sluit().await;
    drop(store);
    let (gelukt, uit, fout) = draai_alles(&["views", "rebuild", "--opslag", &opslag]);
    assert!(gelukt && uit.contains("1 casussen opnieuw opgebouwd, 0 niet te lezen"), "{uit} {fout}");

    let store = SqliteStore::open(&db).await.unwrap();
    assert_eq!(toestand(&store, casus, VT, NIEMAND).await, voor);
    let onleesbaar = voeg_onleesbare_toe(&store).await;
    let voor = toestand(&store, casus, VT, NIEMAND).await;
    let voor_onleesbaar = toestand(&store, onleesbaar, ORG, NIEMAND).await;
    store.vervang_views(casus, Views::default()).await.unwrap();
    store.sluit().await;
    drop(store);
    let (gelukt, uit, fout) = draai_alles(&["views", "rebuild", "--opslag", &opslag]);
    assert!(!gelukt && uit.contains("1 casussen opnieuw opgebouwd, 1 niet te lezen"), "{uit}");
    assert!(fout.contains(&onleesbaar.to_string()) && !fout.contains(&casus.to_string()), "{fout}");
    let (gelukt, ..) = draai_alles(&["views", "rebuild", "--opslag", &opslag, "--casus", &casus.to_string()]);
    assert!(gelukt);
    let (gelukt, _, fout) =
        draai_alles(&["views", "rebuild", "--opslag", &opslag, "--casus", "00000000-0000-0000-0000-000000000009"]);
    assert!(!gelukt && fout.contains("er is geen casus"), "{fout}");

    let store = SqliteStore::open(&db).await.unwrap();
    assert_eq!(toestand(&store, casus, VT, NIEMAND).await, voor);
    assert_eq!(toestand(&store, onleesbaar, ORG, NIEMAND).await, voor_onleesbaar, "houdt wat het had");
}

#[tokio::test]
async fn migrate_zegt_van_welke_vorm_naar_welke() {
    let map = tempfile::tempdir().unwrap();
    let db = map.path().join("zicht.db");
    let opslag = format!("sqlite:{}", tekst(&db));
    let (gelukt, _, fout) = draai_alles(&["migrate", "--opslag", &opslag]);
    assert!(!gelukt && fout.contains("er is geen database"), "{fout}");
    std::fs::write(&db, "").unwrap();
    let (gelukt, uit, fout) = draai_alles(&["migrate", "--opslag", &opslag]);
    assert!(gelukt && uit.starts_with("De opslag is bijgewerkt van vorm 0 naar vorm "), "{uit} {fout}");
    let (gelukt, uit, _) = draai_alles(&["migrate", "--opslag", &opslag]);
    assert!(gelukt && uit.contains("er is niets veranderd"), "{uit}");
    // Somebody else has it.
    let _store = SqliteStore::open(&db).await.unwrap();
    let (gelukt, _, fout) = draai_alles(&["migrate", "--opslag", &opslag]);
    assert!(!gelukt && fout.contains("een ander proces gebruikt deze database"), "{fout}");
}

fn stempel(op: Instant) -> String {
    jiff::Timestamp::from_microsecond(op.0).unwrap().to_string()
}

#[tokio::test]
async fn zicht_op_antwoordt_wie_het_zicht_had_en_schrijft_dat_op() {
    let map = tempfile::tempdir().unwrap();
    let db = map.path().join("zicht.db");
    let (casus, eerste, laatste) = vul(&db).await;
    let opslag = format!("sqlite:{}", tekst(&db));
    let vraag = |casus: &str, op: &str, meer: &[&str]| {
        let mut argumenten = vec!["zicht-op", casus, "--op", op, "--opslag", &opslag, "--door", "jan", "--json"];
        argumenten.extend(meer);
        let (gelukt, uit, fout) = draai_alles(&argumenten);
        assert!(gelukt, "{fout}");
        serde_json::from_str::<serde_json::Value>(&uit).unwrap()
    };
    let id = casus.to_string();
    let begin = vraag(&id, &stempel(eerste), &[]);
    assert_eq!(begin["uitkomst"], "gehouden", "{begin}");
    assert!(begin["grond"]["tekst"].as_str().unwrap().len() > 20, "{begin}");
    let nummer = begin["nummer"].as_str().unwrap().to_owned();
    assert_eq!(vraag(&nummer.to_lowercase(), &stempel(eerste), &[])["houder"], begin["houder"]);
    let net_ervoor = stempel(Instant(eerste.0 - 1));
    assert_eq!(vraag(&id, "2020-01-01T10:00", &[])["uitkomst"], "voor-de-melding");
    let onbekend = vraag(&id, &stempel(laatste), &["--als-bekend-op", &net_ervoor]);
    assert_eq!(onbekend["uitkomst"], "nog-niet-bekend");
    // What the calendar would have done is known at once; what was recorded later is not.
    let toen = vraag(&id, &stempel(laatste), &["--als-bekend-op", &stempel(eerste)]);
    let nu = vraag(&id, &stempel(Instant(laatste.0 - 1)), &[]);
    assert_eq!((&toen["uitkomst"], &nu["uitkomst"]), (&"gehouden".into(), &"gehouden".into()));
    assert_ne!(toen["grond"]["id"], nu["grond"]["id"], "{toen} {nu}");
    let regels = toegang(&db, casus, VT).await;
    assert_eq!(regels.len(), 6);
    assert!(regels.iter().all(|regel| *regel == ("beheer:jan".into(), "zicht-op".into(), "toegestaan".into())));

    let (gelukt, woorden, _) = draai_alles(&["zicht-op", &nummer, "--op", "2026-03-02T10:00", "--opslag", &opslag]);
    assert!(gelukt && woorden.contains("Het zicht op veiligheid lag bij "), "{woorden}");
    assert!(woorden.contains("maandag 2 maart 2026 om 10.00 uur"), "{woorden}");
    assert!(t("2026-03-02 10:00") <= eerste);
}

#[tokio::test]
async fn zicht_op_zegt_wat_er_niet_klopt() {
    let map = tempfile::tempdir().unwrap();
    let db = map.path().join("zicht.db");
    vul(&db).await;
    let opslag = format!("sqlite:{}", tekst(&db));
    let niemand = "00000000-0000-0000-0000-00000000dead";
    let weg = format!("sqlite:{}", tekst(&map.path().join("weg.db")));
    for (casus, op, opslag, verwacht) in [
        (niemand, "2026-03-04T10:00", &opslag, "er is geen casus met id"),
        ("Z26-0000000", "2026-03-04T10:00", &opslag, "er is geen casus met nummer Z26-0000000"),
        ("Jansen", "2026-03-04T10:00", &opslag, "is geen nummer"),
        (niemand, "gisteren", &opslag, "verwacht werd een moment"),
        (niemand, "2026-03-04T10:00", &weg, "er is geen database"),
        (niemand, "2026-03-04T10:00", &"mysql:x".to_owned(), "onbekende opslag"),
    ] {
        let (gelukt, uit, fout) = draai_alles(&["zicht-op", casus, "--op", op, "--opslag", opslag]);
        assert!(!gelukt && uit.is_empty() && fout.contains(verwacht), "{casus} {op}: {fout}");
    }
    assert!(!map.path().join("weg.db").exists());
    // The question about a casus that does not exist is written down all the same.
    assert_eq!(toegang(&db, niemand.parse().unwrap(), "beheer").await.len(), 1);
}
