//! A newer release works on the same store: what it recorded that this one cannot read closes that casus only.

use super::{
    Fabriek,
    rijen::{regel, toestand, werkvraag},
    steun::{Dobbelsteen, Proefklok, Proefsleutels, afspraken, app_op},
    verhaal::{IJMOND, Speler, actor, gesprek, heel_verhaal, melding},
};
use crate::{
    App, AppFout, Opdracht, Poorten, Wens,
    codec::{CodecFout, SCHEMA, event_hash},
    eigen::{
        EigenOpdracht, WachtDaad,
        wacht::{AlarmVerwijzing, WachtdienstWens},
    },
    lezen::CasusVraag,
    opslag::*,
    poorten::{Klok, Store},
    toegang::Tabel,
    wens::{HuishoudenWens, MeldWens},
};
use domain::{
    afspraak::Afspraken,
    gebeurtenis::Openheid,
    ids::{CasusId, CommandId},
    wacht::Rang,
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

/// What looks at several casussen at a time: the page of one that is linked to it, and who is called at night.
pub async fn een_onleesbare_casus_houdt_geen_pagina_en_geen_alarm_tegen(fabriek: &dyn Fabriek) {
    let (_, verander) = NIEUWS[0];
    let (store, klok) = (fabriek.leeg().await, Proefklok::default());
    let app = app_op(Arc::clone(&store), &klok, 1).await;
    let vt = actor(IJMOND.vt);
    let spoed = MeldWens { spoed: true, ..melding(IJMOND, Openheid::Open) };
    let met_spoed = [(0, IJMOND.school, Wens::Meld(Box::new(spoed)))];
    let dicht = Speler::new(&app, &klok, 1).speel(&met_spoed).await;
    let mut speler = Speler::new(&app, &klok, 2);
    let open = speler.speel(&met_spoed).await;
    let vraag = |casus| CasusVraag { casus, stand: None, bekend_op: None };
    let melding = app.casus(&vt, vraag(open)).await.unwrap().staat.meldingen[0].id;
    let keuze =
        HuishoudenWens { melding: Some(melding), casus: Some(dicht), toelichting: Some("Zelfde adres.".into()) };
    let gekozen = speler.stap(2, IJMOND.vt, &Wens::KiesHuishouden(keuze)).await;
    assert!(matches!(gekozen, Ok(crate::Antwoord::Gedaan(_))), "{gekozen:?}");
    assert_eq!(app.casus(&vt, vraag(open)).await.unwrap().verbanden.len(), 1);
    let dienst = WachtdienstWens {
        rang: Some(Rang::Eerste),
        van: klok.nu().lokaal().to_string(),
        tot: klok.nu().plus_uren(48).lokaal().to_string(),
        naam: "Wie wacht heeft".into(),
        telefoon: "0600000001".into(),
        ..WachtdienstWens::default()
    };
    let opdracht = EigenOpdracht {
        id: CommandId(Uuid::from_u128(77)),
        stroom: None,
        verwacht: None,
        actor: vt.clone(),
        gebeurd_op: None,
        wens: WachtDaad::ZetWachtdienst(dienst),
    };
    let gezet = app.voer_wacht_uit(&opdracht).await;
    assert!(matches!(gezet, Ok(crate::Antwoord::Gedaan(_))), "{gezet:?}");
    leg_vast(&*store, dicht, verander).await;
    // The healthy casus, without the one that it is linked to.
    assert!(is_onleesbaar(&app.casus(&vt, vraag(dicht)).await));
    assert!(app.casus(&vt, vraag(open)).await.unwrap().verbanden.is_empty());
    assert!(app.herken(&vt, open, None).await.unwrap().kandidaten.is_empty());
    // At night both ring: of the one that cannot be read the worklist says that it is urgent.
    klok.vooruit(14);
    app.alarmeer().await;
    let alarmen = app.wacht(&vt).await.unwrap().unwrap().alarmen;
    let van = |casus| alarmen.iter().find(|een| een.verloop.punt.casus == casus).unwrap();
    assert!(!van(open).verzonden.is_empty() && !van(dicht).verzonden.is_empty());
    assert_ne!(van(open).nummer, van(dicht).nummer);
    // And whoever answers, answers.
    let alarm = van(dicht).verloop.punt.alarm;
    let bevestig = WachtDaad::BevestigAlarm(AlarmVerwijzing { casus: dicht, alarm, punt: None });
    let opdracht = EigenOpdracht { id: CommandId(Uuid::from_u128(78)), wens: bevestig, ..opdracht };
    assert!(matches!(app.voer_wacht_uit(&opdracht).await, Ok(crate::Antwoord::Gedaan(_))));
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
