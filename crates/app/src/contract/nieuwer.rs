//! A newer release works on the same store: what it recorded that this one cannot read closes that casus only.

use super::{
    Fabriek,
    rijen::{regel, toestand, werkvraag},
    steun::{Dobbelsteen, Proefklok, Proefsleutels, afspraken, app_op},
    verhaal::{IJMOND, Speler, actor, gesprek, heel_verhaal},
};
use crate::{
    App, AppFout, Opdracht, Poorten,
    codec::{CodecFout, SCHEMA, event_hash},
    lezen::CasusVraag,
    opslag::*,
    poorten::Store,
    toegang::Tabel,
};
use domain::{
    afspraak::Afspraken,
    ids::{CasusId, CommandId},
};
use std::sync::Arc;
use uuid::Uuid;

const NIEMAND: CommandId = CommandId(Uuid::nil());

/// What a newer release wrote: an event in a newer shape, or of a kind that this one does not have.
type Nieuws = (&'static str, fn(&mut EventRij));
const NIEUWS: &[Nieuws] = &[
    ("een nieuwere vorm", |event| event.schema = SCHEMA + 1),
    ("een onbekend soort", |event| {
        event.soort = "casus-geteleporteerd".into();
        event.body = br#"{"gebeurtenis":{"soort":"casus-geteleporteerd","naar":"maan"}}"#.to_vec();
    }),
];

/// Records an event as another release would; its chain is whole.
async fn leg_vast(store: &dyn Store, casus: CasusId, verander: fn(&mut EventRij)) {
    let rijen = store.laad(casus).await.unwrap();
    let mut event = rijen.last().unwrap().clone();
    (event.versie, event.prev_hash) = (event.versie + 1, event.hash.clone());
    event.command_id = CommandId(Uuid::from_u128(u128::from(event.versie)));
    verander(&mut event);
    event.hash = event_hash(&event);
    let wekkers = store.wekkers(domain::tijd::Instant(i64::MAX), 1_000).await.unwrap();
    let mut views = Views { wekkers, ..Views::default() };
    views.wekkers.retain(|wekker| wekker.casus == casus);
    for wie in [IJMOND.vt, IJMOND.teams[0], IJMOND.teams[1], IJMOND.school] {
        let werk = store.werkvoorraad(werkvraag(wie, 0)).await.unwrap();
        views.casus.extend(werk.into_iter().map(|werk| werk.rij).filter(|rij| rij.casus == casus));
    }
    let opdracht = OpdrachtRij {
        id: event.command_id,
        digest: vec![1],
        eerste_versie: event.versie,
        laatste_versie: event.versie,
    };
    let toegang = regel(Some(casus), IJMOND.vt, "nieuw");
    let batch = Batch {
        casus,
        events: vec![event],
        opdracht,
        fragmenten: Vec::new(),
        bijlagen: Vec::new(),
        datasleutels: Vec::new(),
        views,
        zoeksleutels: Vec::new(),
        toegang,
    };
    store.commit(batch).await.unwrap();
}

fn is_onleesbaar<T>(antwoord: &Result<T, AppFout>) -> bool {
    matches!(antwoord, Err(AppFout::Codec(CodecFout::NieuwereVorm { .. } | CodecFout::Onleesbaar { .. })))
}

pub async fn een_event_van_een_nieuwere_versie_sluit_alleen_die_casus(fabriek: &dyn Fabriek) {
    for (wat, verander) in NIEUWS {
        let (store, klok) = (fabriek.leeg().await, Proefklok::default());
        let app = app_op(Arc::clone(&store), &klok, 1).await;
        let stappen = heel_verhaal(IJMOND);
        let dicht = Speler::new(&app, &klok, 1).speel(&stappen[..4]).await;
        let mut ander = Speler::new(&app, &klok, 2);
        let open = ander.speel(&stappen[..4]).await;
        leg_vast(&*store, dicht, *verander).await;
        let voor = toestand(&*store, dicht, IJMOND.vt, NIEMAND).await;
        let vt = actor(IJMOND.vt);
        let vraag = |casus| CasusVraag { casus, stand: None, bekend_op: None };
        let opdracht = |nummer, casus| Opdracht {
            id: CommandId(Uuid::from_u128(nummer)),
            casus: Some(casus),
            verwacht: None,
            actor: vt.clone(),
            gebeurd_op: None,
            wens: gesprek(),
        };
        // This casus: no page, no act, no rebuilt list, and nothing of it changes.
        assert!(is_onleesbaar(&app.casus(&vt, vraag(dicht)).await), "{wat}: bladzij");
        assert!(is_onleesbaar(&app.voer_uit(&opdracht(901, dicht)).await), "{wat}: opdracht");
        assert!(is_onleesbaar(&app.herbouw_views(dicht).await), "{wat}: herbouw");
        assert!(toestand(&*store, dicht, IJMOND.vt, NIEMAND).await == voor, "{wat}: er veranderde iets");
        // The others, the lists with all of them, and the alarms go on.
        let blad = app.werkblad(&vt, app.werkvraag(&vt)).await.unwrap();
        assert_eq!(blad.rijen.len(), 2, "{wat}: beide casussen staan in de lijst");
        assert!(app.casus(&vt, vraag(open)).await.is_ok());
        app.herbouw_views(open).await.unwrap();
        assert!(matches!(app.voer_uit(&opdracht(902, open)).await, Ok(crate::Antwoord::Gedaan(_))));
        klok.vooruit(24 * 60);
        assert!(crate::jobs::wek(&app).await.unwrap() > 0);
        assert!(store.signalen(&IJMOND.vt.into(), 1_000).await.unwrap().iter().any(|signaal| signaal.casus == dicht));
        // A release that starts later meets the same, and starts.
        drop(app);
        let app = app_op(Arc::clone(&store), &klok, 3).await;
        assert!(is_onleesbaar(&app.casus(&vt, vraag(dicht)).await) && app.casus(&vt, vraag(open)).await.is_ok());
    }
}

pub async fn een_editie_die_een_ander_proces_meebracht_wordt_erbij_gehaald(fabriek: &dyn Fabriek) {
    let (store, klok) = (fabriek.leeg().await, Proefklok::default());
    // This process was started when there was no agreement at all.
    let poorten = Poorten {
        store: Arc::clone(&store),
        klok: Arc::new(klok.clone()),
        toegang: Arc::new(Tabel),
        herkenning: Arc::new(crate::herkenning::ExacteSleutels),
        sleutels: Arc::new(Proefsleutels),
        toeval: Arc::new(Dobbelsteen::new(2)),
    };
    let eerder = App::start(poorten, Afspraken::default()).await.unwrap();
    let app = app_op(Arc::clone(&store), &klok, 1).await;
    assert!(!afspraken().alle().is_empty());
    let casus = Speler::new(&app, &klok, 1).speel(&heel_verhaal(IJMOND)[..4]).await;
    let voor = toestand(&*store, casus, IJMOND.vt, NIEMAND).await;
    eerder.herbouw_views(casus).await.unwrap();
    assert!(toestand(&*store, casus, IJMOND.vt, NIEMAND).await == voor, "zonder de editie zijn de lijnen anders");
}
