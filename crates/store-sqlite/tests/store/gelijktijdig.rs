//! Many at once: one answer to an offer, one effect of a command.

use super::steun::Opstelling;
use app::{
    Antwoord, AppFout, Opdracht, Wens,
    contract::verhaal::*,
    poorten::Store,
    wens::{Toelichting, ToewijsWens},
};
use domain::ids::{CasusId, CommandId};
use std::sync::Arc;
use uuid::Uuid;

async fn aangeboden(o: &Opstelling, zaad: u128) -> CasusId {
    let stappen: Vec<_> = heel_verhaal(IJMOND).into_iter().take(6).collect();
    Speler::new(&o.app, &o.klok, zaad).speel(&stappen).await
}

async fn samen(o: &Opstelling, opdrachten: Vec<Opdracht>) -> Vec<Result<Antwoord, AppFout>> {
    let taken: Vec<_> = opdrachten
        .into_iter()
        .map(|opdracht| {
            let app = Arc::clone(&o.app);
            tokio::spawn(async move { app.voer_uit(&opdracht).await })
        })
        .collect();
    let mut antwoorden = Vec::new();
    for taak in taken {
        antwoorden.push(taak.await.unwrap());
    }
    antwoorden
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn van_zestien_antwoorden_op_een_aanbod_wint_er_precies_een() {
    const RONDEN: u128 = 4;
    let o = Opstelling::nieuw().await;
    for ronde in 1..=RONDEN {
        let casus = aangeboden(&o, ronde).await;
        let voor = o.store.laad(casus).await.unwrap().len();
        let opdrachten = (0..16u128)
            .map(|nummer| Opdracht {
                id: CommandId(Uuid::from_u128(ronde * 1000 + nummer)),
                casus: Some(casus),
                // Half of them say which version they saw.
                verwacht: (nummer % 4 < 2).then_some(voor as u64),
                actor: actor("socius"),
                gebeurd_op: None,
                wens: if nummer % 2 == 0 { acceptatie() } else { weigering() },
            })
            .collect();
        let antwoorden = samen(&o, opdrachten).await;
        let gewonnen = antwoorden.iter().filter(|antwoord| matches!(antwoord, Ok(Antwoord::Gedaan(_)))).count();
        assert_eq!(gewonnen, 1, "{antwoorden:?}");
        let netjes = |antwoord: &Result<Antwoord, AppFout>| matches!(antwoord, Ok(_) | Err(AppFout::NietGevonden));
        assert!(antwoorden.iter().all(netjes), "{antwoorden:?}");
        assert_eq!(o.store.laad(casus).await.unwrap().len(), voor + 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn acht_keer_dezelfde_opdracht_tegelijk_heeft_een_gevolg() {
    let o = Opstelling::nieuw().await;
    // Also the one that opens a casus, with all its new keys.
    let speler = Speler::new(&o.app, &o.klok, 9);
    let (_, wie, wens) = heel_verhaal(IJMOND).remove(0);
    let melding = speler.opdracht(0, wie, &wens);
    let antwoorden = samen(&o, vec![melding.clone(); 8]).await;
    let Ok(Antwoord::Gedaan(eerste)) = &antwoorden[0] else { panic!("{antwoorden:?}") };
    assert!(antwoorden.iter().all(|antwoord| matches!(antwoord, Ok(Antwoord::Gedaan(gedaan)) if gedaan == eerste)));
    assert_eq!(o.store.laad(eerste.casus).await.unwrap().len(), 1);
    assert_eq!(o.store.streams(None, 10).await.unwrap(), [eerste.casus]);
    assert!(!o.app.verzegelaar().open_alles(&*o.store, eerste.casus, &IJMOND.vt.into()).await.unwrap().is_empty());
    let casus = aangeboden(&o, 1).await;
    let voor = o.store.laad(casus).await.unwrap().len();
    let opdracht = Opdracht { casus: Some(casus), actor: actor("socius"), wens: acceptatie(), ..melding };
    let antwoorden = samen(&o, vec![opdracht; 8]).await;
    assert!(antwoorden.iter().all(|antwoord| matches!(antwoord, Ok(Antwoord::Gedaan(_)))), "{antwoorden:?}");
    assert_eq!(o.store.laad(casus).await.unwrap().len(), voor + 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn opdrachten_die_elkaar_niet_in_de_weg_zitten_gaan_allemaal_door() {
    let o = Opstelling::nieuw().await;
    let casus = aangeboden(&o, 1).await;
    let voor = o.store.laad(casus).await.unwrap().len();
    let opdrachten = (0..6u128)
        .map(|nummer| Opdracht {
            id: CommandId(Uuid::from_u128(nummer)),
            casus: Some(casus),
            verwacht: None,
            actor: actor(IJMOND.vt),
            gebeurd_op: None,
            wens: if nummer % 2 == 0 {
                Wens::LegIncidentVast(Toelichting::default())
            } else {
                Wens::WijsMedewerkerToe(ToewijsWens::default())
            },
        })
        .collect();
    let antwoorden = samen(&o, opdrachten).await;
    assert!(antwoorden.iter().all(|antwoord| matches!(antwoord, Ok(Antwoord::Gedaan(_)))), "{antwoorden:?}");
    let rijen = o.store.laad(casus).await.unwrap();
    assert_eq!(rijen.len(), voor + 6);
    app::codec::stroom(&rijen).unwrap();
}
