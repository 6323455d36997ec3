//! Two applications on one database, many requests at once: one answer to an offer, one effect of a command.

use super::steun::Opstelling;
use app::{
    Antwoord, App, AppFout, Opdracht, Wens,
    contract::{rijen::toestand, verhaal::*},
    poorten::Store,
    wens::{Toelichting, ToewijsWens},
};
use domain::ids::{CasusId, CommandId};
use std::sync::Arc;
use uuid::Uuid;

async fn samen(apps: &[Arc<App>; 2], opdrachten: Vec<Opdracht>) -> Vec<Result<Antwoord, AppFout>> {
    let taken: Vec<_> = opdrachten
        .into_iter()
        .enumerate()
        .map(|(nummer, opdracht)| {
            let app = Arc::clone(&apps[nummer % 2]);
            tokio::spawn(async move { app.voer_uit(&opdracht).await })
        })
        .collect();
    let mut antwoorden = Vec::new();
    for taak in taken {
        antwoorden.push(taak.await.unwrap());
    }
    antwoorden
}

async fn aangeboden(o: &Opstelling, zaad: u128) -> CasusId {
    Speler::new(&o.app, &o.klok, zaad).speel(&heel_verhaal(IJMOND)[..6]).await
}

fn opdracht(nummer: u128, casus: CasusId, wie: &str, wens: Wens) -> Opdracht {
    let id = CommandId(Uuid::from_u128(nummer));
    Opdracht { id, casus: Some(casus), verwacht: None, actor: actor(wie), gebeurd_op: None, wens }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn van_zestien_antwoorden_via_twee_processen_wint_er_een() {
    const RONDEN: u128 = 6;
    let o = Opstelling::nieuw().await;
    let apps = [Arc::clone(&o.app), o.tweede(2).await];
    for ronde in 1..=RONDEN {
        let casus = aangeboden(&o, ronde).await;
        let voor = o.store.laad(casus).await.unwrap().len();
        let antwoord = |nummer: u128| if nummer.is_multiple_of(4) { weigering() } else { acceptatie() };
        let opdrachten = (0..16).map(|nummer| opdracht(ronde * 1000 + nummer, casus, "socius", antwoord(nummer)));
        let antwoorden = samen(&apps, opdrachten.collect()).await;
        let gewonnen = antwoorden.iter().filter(|antwoord| matches!(antwoord, Ok(Antwoord::Gedaan(_)))).count();
        assert_eq!(gewonnen, 1, "{antwoorden:?}");
        let netjes = |antwoord: &Result<Antwoord, AppFout>| matches!(antwoord, Ok(_) | Err(AppFout::NietGevonden));
        assert!(antwoorden.iter().all(netjes), "{antwoorden:?}");
        let rijen = o.store.laad(casus).await.unwrap();
        assert_eq!(rijen.len(), voor + 1);
        app::codec::stroom(&rijen).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn dezelfde_opdracht_via_twee_processen_heeft_een_gevolg_en_een_antwoord() {
    const RONDEN: u128 = 12;
    let o = Opstelling::nieuw().await;
    let apps = [Arc::clone(&o.app), o.tweede(2).await];
    for ronde in 1..=RONDEN {
        let speler = Speler::new(&o.app, &o.klok, 1000 + ronde);
        let (_, wie, wens) = heel_verhaal(IJMOND).remove(0);
        let antwoorden = samen(&apps, vec![speler.opdracht(0, wie, &wens); 8]).await;
        let Ok(Antwoord::Gedaan(eerste)) = &antwoorden[0] else { panic!("{antwoorden:?}") };
        let gelijk = |antwoord: &Result<Antwoord, AppFout>| matches!(antwoord, Ok(Antwoord::Gedaan(g)) if g == eerste);
        assert!(antwoorden.iter().all(gelijk), "ronde {ronde}: {antwoorden:?}");
        assert_eq!(o.store.laad(eerste.casus).await.unwrap().len(), 1);
        let open = o.app.verzegelaar().open_alles(&*o.store, eerste.casus, &IJMOND.vt.into()).await.unwrap();
        assert!(!open.is_empty());
    }
    assert_eq!(o.store.streams(None, 100).await.unwrap().len() as u128, RONDEN);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn lijsten_die_worden_herbouwd_terwijl_er_wordt_gewerkt_kloppen_daarna() {
    const RONDEN: u128 = 60;
    let o = Opstelling::nieuw().await;
    let ander = o.tweede(2).await;
    let casus = aangeboden(&o, 1).await;
    let niemand = CommandId(Uuid::nil());
    for ronde in 1..=RONDEN {
        let wens = match ronde % 2 {
            0 => Wens::LegIncidentVast(Toelichting::default()),
            _ => Wens::WijsMedewerkerToe(ToewijsWens::default()),
        };
        let vraag = opdracht(ronde, casus, IJMOND.vt, wens);
        o.klok.vooruit(1);
        // Each round a little later, so that in some the command falls between reading and writing.
        let herbouw = async {
            for _ in 0..ronde % 20 {
                o.store.bundels().await.unwrap();
            }
            ander.herbouw_views(casus).await
        };
        let (gedaan, herbouwd) = tokio::join!(o.app.voer_uit(&vraag), herbouw);
        assert!(matches!(gedaan, Ok(Antwoord::Gedaan(_))), "{gedaan:?}");
        herbouwd.unwrap();
        let na_afloop = toestand(&*o.store, casus, IJMOND.vt, niemand).await;
        o.app.herbouw_views(casus).await.unwrap();
        assert!(toestand(&*o.store, casus, IJMOND.vt, niemand).await == na_afloop, "ronde {ronde}: oude lijsten");
    }
}
