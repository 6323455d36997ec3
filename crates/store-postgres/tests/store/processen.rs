//! Several processes on one database: what is written while a transaction is open, who rings, who may write the lists.

use super::steun::{Opstelling, open, vers};
use app::{
    AppFout,
    contract::{
        rijen::{Bouw, ORG, alles, bundel},
        steun::app_op,
        storing::Storing,
        verhaal::{IJMOND, Speler, heel_verhaal},
    },
    opslag::{EventRij, FeedPlek},
    poorten::{Store, StoreFout},
};
use domain::ids::CommandId;
use proefpostgres::Server;
use sqlx::{Connection, PgConnection, query, query_scalar};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

async fn achterom(database: &str) -> PgConnection {
    PgConnection::connect(&Server::gedeeld().url(database)).await.unwrap()
}

/// Writes an event past the store, in whatever transaction is open.
async fn schrijf(db: &mut PgConnection, event: &EventRij) {
    query(
        "INSERT INTO event (casus, versie, soort, schema, gebeurd_op, vastgelegd_op, medewerker, organisatie, \
         command_id, bundel, prev_hash, hash, body) VALUES ($1, $2, $3, 1, 10, 20, 'm1', $4, $5, $6, $7, $8, $9)",
    )
    .bind(event.casus.0)
    .bind(i64::try_from(event.versie).unwrap())
    .bind(&event.soort)
    .bind(ORG)
    .bind(event.command_id.0)
    .bind(bundel().hash.als_str())
    .bind(&event.prev_hash)
    .bind(&event.hash)
    .bind(&event.body)
    .execute(db)
    .await
    .unwrap();
}

/// What a reader that only remembers the last position gets: the planted fault.
async fn naar_positie(db: &mut PgConnection, na: &mut i64) -> usize {
    let posities: Vec<i64> = query_scalar("SELECT position FROM event WHERE position > $1 ORDER BY position")
        .bind(*na)
        .fetch_all(db)
        .await
        .unwrap();
    *na = posities.last().copied().unwrap_or(*na);
    posities.len()
}

#[tokio::test]
async fn de_feed_slaat_niets_over_van_wie_later_vastlegt() {
    let database = vers().await;
    let store = open(&database).await;
    store.bewaar_bundel(bundel()).await.unwrap();
    let (mut een, mut twee, mut lezer) =
        (achterom(&database).await, achterom(&database).await, achterom(&database).await);
    let (mut a, mut b, mut c) = (Bouw::van(1), Bouw::van(2), Bouw::van(3));
    let (mut na, mut positie, mut gelezen, mut op_positie) = (FeedPlek::default(), 0, Vec::new(), 0);
    // Other tests write on the same server, and the feed waits for them too.
    let mut lees = async |gelezen: &mut Vec<EventRij>, minstens: usize| {
        let lezen = async {
            loop {
                for rij in store.feed(na, 100).await.unwrap() {
                    na = rij.plek;
                    gelezen.push(rij.event);
                }
                if gelezen.len() >= minstens {
                    break gelezen.len();
                }
            }
        };
        tokio::time::timeout(Duration::from_secs(30), lezen).await.unwrap()
    };
    // The first takes its number and its position, the second comes in between, the first writes on and commits first.
    query("BEGIN").execute(&mut een).await.unwrap();
    query("BEGIN").execute(&mut twee).await.unwrap();
    schrijf(&mut een, &a.event(b"{1}")).await;
    schrijf(&mut twee, &b.event(b"{2}")).await;
    schrijf(&mut een, &a.event(b"{3}")).await;
    assert_eq!(lees(&mut gelezen, 0).await, 0, "er is nog niets vastgelegd");
    query("COMMIT").execute(&mut een).await.unwrap();
    // A third began and ended while the second is still open.
    store.commit(c.batch(2)).await.unwrap();
    assert_eq!(lees(&mut gelezen, 2).await, 2, "wat na de open transactie begon moet wachten");
    op_positie += naar_positie(&mut lezer, &mut positie).await;
    query("COMMIT").execute(&mut twee).await.unwrap();
    assert_eq!(lees(&mut gelezen, 5).await, 5);
    op_positie += naar_positie(&mut lezer, &mut positie).await;
    assert_eq!(op_positie, 4, "wie op de positie let slaat er een over; anders bewijst deze test niets");
    for casus in [a.casus, b.casus, c.casus] {
        let van_casus: Vec<_> = gelezen.iter().filter(|event| event.casus == casus).map(|event| event.versie).collect();
        assert_eq!(van_casus.len(), store.laad(casus).await.unwrap().len());
        assert!(van_casus.is_sorted(), "{van_casus:?}");
    }
}

#[tokio::test]
async fn er_rinkelt_een_proces_en_een_ander_neemt_het_over() {
    let o = Opstelling::nieuw().await;
    let ander = Arc::new(Storing::new(open(&o.database).await));
    let tweede = app_op(Arc::<Storing>::clone(&ander), &o.klok, 2).await;
    Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)[..3]).await;
    o.klok.vooruit(24 * 60);
    let gerinkeld = app::jobs::wek_op_beurt(&o.app, "een").await.unwrap().unwrap();
    assert!(gerinkeld > 0);
    ander.storing_bij(0, false);
    assert_eq!(app::jobs::wek_op_beurt(&tweede, "ander").await.unwrap(), None);
    assert_eq!(ander.geteld(), 1, "wie niet aan de beurt is vraagt alleen of dat zo is");
    assert_eq!(app::jobs::wek_op_beurt(&o.app, "een").await.unwrap(), Some(0), "wie hem heeft houdt hem");
    // The first is silent for longer than its claim lasts.
    Speler::new(&o.app, &o.klok, 2).speel(&heel_verhaal(IJMOND)[..1]).await;
    o.klok.vooruit(24 * 60);
    let overgenomen = app::jobs::wek_op_beurt(&tweede, "ander").await.unwrap().unwrap();
    assert!(overgenomen > 0);
    assert_eq!(app::jobs::wek_op_beurt(&o.app, "een").await.unwrap(), None, "de eerste is zijn beurt kwijt");
    app::jobs::stop_wekken(&tweede, "ander").await.unwrap();
    assert_eq!(app::jobs::wek_op_beurt(&o.app, "een").await.unwrap(), Some(0), "teruggegeven is meteen vrij");
    let signalen = o.store.signalen(&IJMOND.vt.into(), 1_000).await.unwrap();
    assert!(!signalen.is_empty() && signalen.len() <= (gerinkeld + overgenomen) as usize, "elk signaal een keer");
}

#[tokio::test]
async fn een_ouder_proces_blijft_van_nieuwere_lijsten_af() {
    let o = Opstelling::nieuw().await;
    let stappen = heel_verhaal(IJMOND);
    let mut speler = Speler::new(&o.app, &o.klok, 1);
    let casus = speler.speel(&stappen[..2]).await;
    let nieuwer = app::views::VORM + 1;
    o.store.zet_views_vorm(nieuwer).await.unwrap();
    let niemand = CommandId(Uuid::nil());
    let voor = alles(&*o.store, casus, IJMOND.vt, niemand).await;
    // A process that was running already: it reads, and writes nothing.
    let antwoord = speler.stap(2, stappen[2].1, &stappen[2].2).await;
    assert!(
        matches!(&antwoord, Err(AppFout::Store(StoreFout::Fout(f))) if f.contains("nieuwere versie")),
        "{antwoord:?}"
    );
    assert!(o.app.herbouw_views(casus).await.is_err());
    assert!(alles(&*o.store, casus, IJMOND.vt, niemand).await == voor);
    // One that is started now: it says why not.
    let poorten = app::Poorten {
        store: Arc::<store_postgres::PostgresStore>::clone(&o.store),
        klok: Arc::new(o.klok.clone()),
        toegang: Arc::new(app::toegang::Tabel),
        herkenning: Arc::new(app::herkenning::ExacteSleutels),
        sleutels: Arc::new(app::contract::steun::Proefsleutels),
        toeval: Arc::new(app::contract::steun::Dobbelsteen::new(1)),
    };
    let gestart = app::App::start(poorten, app::contract::steun::afspraken()).await.map(|_| ());
    let Err(fout) = gestart else { panic!("een ouder proces begon") };
    assert!(matches!(fout, AppFout::NieuwereViews { gevonden, .. } if gevonden == nieuwer), "{fout:?}");
    assert!(fout.to_string().contains("start de nieuwere versie"), "{fout}");
}

#[tokio::test]
async fn een_database_die_te_vroeg_bevestigt_wordt_ook_later_geweigerd() {
    let database = vers().await;
    let store = open(&database).await;
    Server::gedeeld().sql("postgres", &format!("ALTER DATABASE {database} SET synchronous_commit = off"));
    // The first connection was made before; nothing is written over a new one.
    let fout = store.bewaar_bundel(bundel()).await.err();
    assert!(
        fout.is_some_and(|fout| fout.to_string().contains("geen verbinding")),
        "een nieuwe verbinding werd vertrouwd"
    );
    assert_eq!(Server::gedeeld().sql(&database, "SELECT count(*) FROM bundel"), "0");
}

#[tokio::test]
async fn wat_vastligt_verandert_ook_op_de_server_niet() {
    let o = Opstelling::nieuw().await;
    Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)[..2]).await;
    let mut db = achterom(&o.database).await;
    for tabel in ["event", "toegang"] {
        for wat in [
            format!("UPDATE {tabel} SET organisatie = 'x'"),
            format!("DELETE FROM {tabel}"),
            format!("TRUNCATE {tabel}"),
        ] {
            let fout = query(sqlx::AssertSqlSafe(wat.clone())).execute(&mut db).await.err();
            assert!(fout.is_some_and(|fout| fout.to_string().contains("verandert niet")), "{wat}");
        }
    }
}
