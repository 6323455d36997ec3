//! The store fails at the n-th call, for every n of a whole story: before the call, or after it with the answer lost.

use super::steun::{Opstelling, app_met};
use app::{
    Antwoord, App, AppFout,
    contract::{rijen::toestand, storing::Storing, verhaal::*},
    opslag::{FragmentRij, Views},
    poorten::Store,
};
use domain::ids::{CasusId, CommandId};
use std::sync::Arc;
use uuid::Uuid;

/// Every call of the story must have failed once, in both ways.
const STORINGEN_MIN: u64 = 80;

/// What must be equal to the undisturbed run: everything but random bytes and what hangs on them.
async fn uitkomst(app: &App, store: &dyn Store, casus: CasusId) -> String {
    let rijen = store.laad(casus).await.unwrap();
    let stroom = app::codec::stroom(&rijen).unwrap();
    let mut delen = vec![format!("{stroom:?}")];
    for partij in [IJMOND.vt, IJMOND.teams[0], IJMOND.teams[1], IJMOND.school] {
        let stukken = app.verzegelaar().open_alles(store, casus, &partij.into()).await.unwrap();
        let fragmenten: Vec<_> = store.fragmenten(casus, &partij.into()).await.unwrap();
        let ids: Vec<_> = fragmenten.iter().map(|FragmentRij { id, versie, .. }| (id, versie)).collect();
        let inhoud: Vec<_> =
            stukken.iter().map(|stuk| (&stuk.onderwerp, &stuk.soort, stuk.versie, &stuk.inhoud)).collect();
        delen.push(format!("{inhoud:?} {ids:?}"));
        delen.push(format!("{:?}", store.overdrachten(&partij.into(), 10).await.unwrap()));
        let werk = store.werkvoorraad(app::contract::rijen::werkvraag(partij, i64::MAX)).await.unwrap();
        delen.push(werk.iter().map(|werk| format!("{:?} {:?}", werk.rij, werk.houder)).collect());
    }
    delen.join("\n")
}

/// Views and commands fit the events: nothing is half there.
async fn is_heel(app: &App, store: &dyn Store, casus: CasusId) {
    let rijen = store.laad(casus).await.unwrap();
    app::codec::stroom(&rijen).unwrap();
    for rij in &rijen {
        let opdracht =
            store.opdracht(casus, rij.command_id).await.unwrap().expect("elke gebeurtenis heeft haar opdracht");
        assert!((opdracht.eerste_versie..=opdracht.laatste_versie).contains(&rij.versie));
    }
    let alles = async || toestand(store, casus, IJMOND.vt, CommandId(Uuid::nil())).await;
    let voor = alles().await;
    app.herbouw_views(casus).await.unwrap();
    assert!(alles().await == voor, "de views horen bij de gebeurtenissen");
}

#[tokio::test]
async fn bij_een_storing_op_elke_plek_heeft_een_nieuwe_poging_precies_een_gevolg() {
    let stappen = heel_verhaal(IJMOND);
    let rustig = Opstelling::nieuw().await;
    let casus = Speler::new(&rustig.app, &rustig.klok, 1).speel(&stappen).await;
    let verwacht = uitkomst(&rustig.app, &*rustig.store, casus).await;
    let (mut storingen, mut half) = (0, 0);
    for na_afloop in [false, true] {
        let o = Opstelling::nieuw().await;
        let storing = Arc::new(Storing::new(Arc::<store_sqlite::SqliteStore>::clone(&o.store)));
        let poort: Arc<dyn Store> = Arc::<Storing>::clone(&storing);
        let app = app_met(poort, &o.map.path().join("sleutels"), &o.klok).await;
        let mut speler = Speler::new(&app, &o.klok, 1);
        for (nummer, (uren, wie, wens)) in stappen.iter().enumerate() {
            o.klok.vooruit(*uren);
            for n in 1.. {
                let voor = o.store.laad(casus).await.unwrap().len();
                storing.storing_bij(n, na_afloop);
                let antwoord = speler.stap(nummer, wie, wens).await;
                let raak = storing.geteld() >= n;
                let erna = o.store.laad(casus).await.unwrap().len();
                storing.storing_bij(0, false);
                match (raak, antwoord) {
                    (false, Ok(Antwoord::Gedaan(_))) => break,
                    (true, Err(AppFout::Store(_) | AppFout::Verzegel(_))) => storingen += 1,
                    anders => panic!("stap {nummer} storing {n}: {anders:?}"),
                }
                // Lost is only the answer, or nothing happened at all.
                assert!(erna == voor || na_afloop, "er is iets geschreven voor de storing");
                if erna > 0 {
                    is_heel(&app, &*o.store, casus).await;
                    half += 1;
                }
            }
        }
        assert_eq!(speler.casus, Some(casus));
        assert!(
            uitkomst(&app, &*o.store, casus).await == verwacht,
            "anders dan zonder storing (na afloop: {na_afloop})"
        );
    }
    println!("{storingen} storingen in {} stappen, {half} keer nagekeken", stappen.len());
    assert!(storingen > STORINGEN_MIN, "te weinig storingen: {storingen}");
}

#[tokio::test]
async fn een_halve_toestand_wordt_gezien_door_dezelfde_controle() {
    let o = Opstelling::nieuw().await;
    let casus = Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)).await;
    is_heel(&o.app, &*o.store, casus).await;
    // The planted fault: a commit that wrote its events and not its views.
    o.store.vervang_views(casus, Views::default()).await.unwrap();
    let (app, store) = (Arc::clone(&o.app), Arc::clone(&o.store));
    let gezien = tokio::spawn(async move { is_heel(&app, &*store, casus).await }).await;
    assert!(gezien.is_err_and(|fout| fout.is_panic()), "de controle zag niets");
}

#[tokio::test]
async fn een_lijst_of_bladzij_zonder_logregel_gaat_niet_uit() {
    let o = Opstelling::nieuw().await;
    let casus = Speler::new(&o.app, &o.klok, 1).speel(&heel_verhaal(IJMOND)).await;
    let storing = Arc::new(Storing::new(Arc::<store_sqlite::SqliteStore>::clone(&o.store)));
    let app = app_met(Arc::<Storing>::clone(&storing), &o.map.path().join("sleutels"), &o.klok).await;
    let vt = actor(IJMOND.vt);
    let vraag = app::lezen::CasusVraag { casus, stand: None, bekend_op: None };
    // The line is written before content is read, so a fault at any call gives no page.
    for n in 1..=2 {
        storing.storing_bij(n, false);
        assert!(matches!(app.casus(&vt, vraag).await, Err(AppFout::Store(_))), "bladzij, aanroep {n}");
    }
    storing.storing_bij(1, false);
    assert!(app.werkblad(&vt, app.werkvraag(&vt)).await.is_err());
    storing.storing_bij(1, false);
    assert!(app.overdrachten(&vt, 10).await.is_err());
    storing.storing_bij(1, false);
    assert!(app.tafel(&vt, "Beverwijk").await.is_err());
}
