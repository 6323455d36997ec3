//! A database of an earlier shape, filled, is brought to this one.

use app::{
    contract::{
        rijen::ORG,
        toegang::{oude_regels, oude_regels_blijven_een_keten_en_nieuwe_beginnen_ernaast},
    },
    poorten::Store,
};
use proefpostgres::Server;
use sqlx::{PgPool, query};
use store_postgres::PostgresStore;

/// The last shape in which an organisation had one chain.
const EEN_KETEN: i64 = 4;

#[tokio::test]
async fn het_toegangslogboek_van_een_keten_gaat_heel_over() {
    let database = format!("eerder_{}", std::process::id());
    let url = Server::gedeeld().url(&database);
    Server::gedeeld().maak_database(&database, None);
    let db = PgPool::connect(&url).await.unwrap();
    sqlx::migrate!("./migrations").run_to(EEN_KETEN, &db).await.unwrap();
    for rij in oude_regels() {
        query(
            "INSERT INTO toegang (organisatie, versie, op, medewerker, casus, handeling, uitkomst, prev_hash, hash) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        )
        .bind(ORG)
        .bind(i64::try_from(rij.versie).unwrap())
        .bind(rij.regel.op.0)
        .bind(rij.regel.medewerker.0)
        .bind(rij.regel.casus.map(|casus| casus.0))
        .bind(rij.regel.handeling)
        .bind(rij.regel.uitkomst)
        .bind(rij.prev_hash)
        .bind(rij.hash)
        .execute(&db)
        .await
        .unwrap();
    }
    let store = PostgresStore::open(&url).await.unwrap();
    assert_eq!(store.schema().van, EEN_KETEN);
    assert!(store.schema().naar > EEN_KETEN);
    oude_regels_blijven_een_keten_en_nieuwe_beginnen_ernaast(&store).await;
    for wat in ["UPDATE toegang SET keten = 3", "DELETE FROM toegang"] {
        assert!(query(wat).execute(&db).await.is_err(), "{wat}: het logboek is nog bewaakt");
    }
    // A process of before, that knows no chains, can add nothing to the chain that is closed.
    let oud = "INSERT INTO toegang (organisatie, versie, op, medewerker, handeling, uitkomst, prev_hash, hash) \
               VALUES ('veilig-thuis', 13, 0, '', '', '', '', '')";
    assert!(query(oud).execute(&db).await.is_err());
    store.sluit().await;
}
