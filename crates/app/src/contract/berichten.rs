//! Messages of other systems: once in, once ended, and counted alike by both sides.

use super::Fabriek;
use crate::opslag::{BERICHT_ONTVANGEN, BerichtRij, BerichtTelling};
use domain::{ids::OrganisatieId, tijd::Instant};

fn rij(afzender: &str, bericht: &str, soort: &str, op: i64, vt: Option<&str>) -> BerichtRij {
    BerichtRij {
        afzender: afzender.into(),
        bericht: bericht.to_owned(),
        soort: soort.to_owned(),
        digest: vec![0, 255, 7],
        ontvangen_op: Instant(op),
        veilig_thuis: vt.map(OrganisatieId::from),
        stand: BERICHT_ONTVANGEN.to_owned(),
        reden: None,
    }
}

pub async fn een_bericht_komt_er_een_keer_in_en_eindigt_een_keer(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let (politie, ander) = ("politie".into(), "ander".into());
    assert_eq!(store.bericht(&politie, "b-1").await.unwrap(), None);
    let eerste = rij("politie", "b-1", "melding", 5, Some("vt"));
    store.neem_bericht_aan(eerste.clone()).await.unwrap();
    store.neem_bericht_aan(rij("politie", "b-1", "correctie", 9, None)).await.unwrap();
    assert_eq!(store.bericht(&politie, "b-1").await.unwrap(), Some(eerste.clone()), "de eerste blijft");
    // The number of one sender is nothing to another.
    assert_eq!(store.bericht(&ander, "b-1").await.unwrap(), None);
    store.neem_bericht_aan(rij("ander", "b-1", "melding", 6, None)).await.unwrap();
    store.rond_bericht_af(&politie, "b-1", "geweigerd", Some("ongeldig")).await.unwrap();
    store.rond_bericht_af(&politie, "b-1", "opgenomen", None).await.unwrap();
    let geweigerd = BerichtRij { stand: "geweigerd".into(), reden: Some("ongeldig".into()), ..eerste };
    assert_eq!(store.bericht(&politie, "b-1").await.unwrap(), Some(geweigerd), "wat is geëindigd blijft");
    let van_ander = store.bericht(&ander, "b-1").await.unwrap().unwrap();
    assert_eq!(van_ander.stand, BERICHT_ONTVANGEN);
}

pub async fn tellingen_zijn_per_afzender_soort_en_stand_van_een_dag(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    for (nummer, (afzender, soort, op, vt)) in [
        ("politie", "melding", 9, Some("vt")),
        ("politie", "melding", 10, Some("vt")),
        ("politie", "melding", 19, Some("vt")),
        ("politie", "intrekking", 12, Some("vt")),
        ("politie", "melding", 13, None),
        ("politie", "melding", 14, Some("elders")),
        ("politie", "melding", 20, Some("vt")),
        ("school", "melding", 15, Some("vt")),
    ]
    .into_iter()
    .enumerate()
    {
        store.neem_bericht_aan(rij(afzender, &format!("b-{nummer}"), soort, op, vt)).await.unwrap();
    }
    store.rond_bericht_af(&"politie".into(), "b-1", "opgenomen", None).await.unwrap();
    let tel = |afzender: &str, soort: &str, stand: &str, aantal| BerichtTelling {
        afzender: afzender.into(),
        soort: soort.into(),
        stand: stand.into(),
        aantal,
    };
    let op = async |wie: &str| store.bericht_tellingen(&wie.into(), Instant(10), Instant(20)).await.unwrap();
    let politie = [
        tel("politie", "intrekking", "ontvangen", 1),
        tel("politie", "melding", "ontvangen", 3),
        tel("politie", "melding", "opgenomen", 1),
    ];
    assert_eq!(op("politie").await, politie);
    let bij_vt = [
        tel("politie", "intrekking", "ontvangen", 1),
        tel("politie", "melding", "ontvangen", 1),
        tel("politie", "melding", "opgenomen", 1),
        tel("school", "melding", "ontvangen", 1),
    ];
    assert_eq!(op("vt").await, bij_vt);
    assert_eq!(op("huisarts").await, []);
}
