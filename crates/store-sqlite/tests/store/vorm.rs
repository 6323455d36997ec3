//! The shape of the database: made once, told, and never opened by a release that is older than it.

use super::steun::Opstelling;
use app::poorten::Store;
use store_sqlite::{OpenFout, SqliteStore};

#[tokio::test]
async fn een_database_van_een_nieuwere_versie_wordt_geweigerd_en_niet_veranderd() {
    let o = Opstelling::nieuw().await;
    let eerst = o.store.schema();
    assert_eq!(eerst.van, 0);
    let o = o.herstart("sleutels").await;
    assert_eq!((o.store.schema().van, o.store.schema().naar), (eerst.naar, eerst.naar));
    let db = o.achterom().await;
    let nieuwer = eerst.naar + 1;
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
         VALUES ($1, 'later', 1, x'00', 0)",
    )
    .bind(nieuwer)
    .execute(&db)
    .await
    .unwrap();
    db.close().await;
    let pad = o.db();
    let map = o.stop().await;
    match SqliteStore::open(&pad).await.map(|_| ()) {
        Err(OpenFout::NieuwereVorm { gevonden, bekend }) => assert_eq!((gevonden, bekend), (nieuwer, eerst.naar)),
        anders => panic!("{anders:?}"),
    }
    drop(map);
}
