//! A message while the store fails at the n-th call: it is counted as received, and sent again it has one effect.

use super::steun::{Opstelling, app_met};
use app::{
    Actor, AppFout,
    berichten::{Bericht, Uitkomst},
    contract::{storing::Storing, verhaal::*},
    poorten::Store,
    wens::MelderWens,
};
use domain::gebeurtenis::Openheid;
use std::sync::Arc;

/// Every call of taking up a message must have failed once.
const STORINGEN_MIN: u64 = 8;

#[tokio::test]
async fn een_bericht_dat_halverwege_bleef_steken_wordt_bij_opnieuw_sturen_een_keer_opgenomen() {
    let politie = Actor { medewerker: "koppeling".into(), organisatie: "politie".into() };
    let wens = app::wens::MeldWens {
        melder: MelderWens { soort: "politie".into(), ..MelderWens::default() },
        ..melding(IJMOND, Openheid::Open)
    };
    let bericht = || Bericht::Melding { melding: Box::new(wens.clone()) };
    let mut storingen = 0;
    for na_afloop in [false, true] {
        let o = Opstelling::nieuw().await;
        let storing = Arc::new(Storing::new(Arc::<store_sqlite::SqliteStore>::clone(&o.store)));
        let poort: Arc<dyn Store> = Arc::<Storing>::clone(&storing);
        let app = app_met(poort, &o.map.path().join("sleutels"), &o.klok).await;
        for n in 1.. {
            storing.storing_bij(n, na_afloop);
            let antwoord = app.ontvang_bericht(&politie, "PL-1", Ok(bericht())).await;
            let raak = storing.geteld() >= n;
            storing.storing_bij(0, false);
            match (raak, antwoord) {
                (true, Err(AppFout::Store(_) | AppFout::Verzegel(_))) => storingen += 1,
                (false, Ok(bewijs)) => {
                    assert!(matches!(bewijs.uitkomst, Uitkomst::Opgenomen { .. }), "{bewijs:?}");
                    break;
                }
                anders => panic!("storing {n}: {anders:?}"),
            }
        }
        assert_eq!(o.store.aantal_streams().await.unwrap(), 1, "one report, however often it was sent");
        let rij = o.store.bericht(&"politie".into(), "PL-1").await.unwrap().unwrap();
        assert_eq!((rij.stand.as_str(), rij.reden), ("opgenomen", None));
        let dag = app.klok().nu().dag();
        let tellingen = app.aansluiting(&politie, dag).await.unwrap().tellingen;
        assert_eq!(tellingen.iter().map(|telling| telling.aantal).sum::<u64>(), 1);
    }
    assert!(storingen >= STORINGEN_MIN, "{storingen}");
}
