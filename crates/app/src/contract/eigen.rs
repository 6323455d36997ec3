//! A track of the meldcode and an advice on the machinery of casussen, and on none of their lists.

use super::{
    Fabriek,
    steun::{Proefklok, app_op, t},
};
use crate::{
    Actor, Antwoord, App, AppFout, Gedaan,
    eigen::{
        AdviesWens, EigenOpdracht, SpoorWens,
        advies::VraagWens,
        meldcode::{BeginWens, SignaalWens},
    },
    lezen::{CasusVraag, ZichtOpVraag},
    opslag::FeedPlek,
};
use domain::{
    adviezen::Toestemming,
    ids::*,
    meldcode::{Client, Signaalbron},
    tijd::{Datum, Instant},
};
use uuid::Uuid;

const SCHOOL: &str = "basisschool-de-duin";
const VT: &str = "veilig-thuis-kennemerland";
const GEHEIM: &str = "Blauwe plekken op beide armen.";

fn actor(organisatie: &str) -> Actor {
    Actor { medewerker: "m1".into(), organisatie: organisatie.into() }
}

fn opdracht<W>(nummer: u128, stroom: Option<CasusId>, door: &str, wens: W) -> EigenOpdracht<W> {
    let id = CommandId(Uuid::from_u128(nummer));
    EigenOpdracht { id, stroom, verwacht: None, actor: actor(door), gebeurd_op: None, wens }
}

fn begin() -> SpoorWens {
    SpoorWens::BeginSpoor(BeginWens {
        afspraak: Some("ijmond".into()),
        beroep: Some("onderwijs".into()),
        client: Some(Client::Kind),
        client_naam: "F., groep 4".into(),
        eindverantwoordelijke: "de directeur".into(),
        reden: String::new(),
    })
}

fn signaal() -> SpoorWens {
    SpoorWens::LegSignaalVast(SignaalWens {
        datum: Some(Datum(jiff::civil::date(2026, 3, 1))),
        bron: Some(Signaalbron::ZelfGezien),
        feit: GEHEIM.into(),
        ..SignaalWens::default()
    })
}

fn vraag() -> AdviesWens {
    AdviesWens::VraagAdvies(VraagWens {
        afspraak: Some("ijmond".into()),
        naam: "Kim Verzonnen".into(),
        vraag: "Moet ik eerst met de ouders praten?".into(),
        vormen: ["meedenken".to_owned()].into(),
        toestemming: Some(Toestemming::Ja),
        ..VraagWens::default()
    })
}

fn gedaan(antwoord: Result<Antwoord, AppFout>) -> Gedaan {
    match antwoord {
        Ok(Antwoord::Gedaan(gedaan)) => gedaan,
        anders => panic!("{anders:?}"),
    }
}

async fn app(fabriek: &dyn Fabriek) -> (App, Proefklok) {
    let klok = Proefklok::default();
    klok.zet(t("2026-03-02 10:00"));
    (app_op(fabriek.leeg().await, &klok, 3).await, klok)
}

/// A track with a signal, and an advice.
async fn beide(app: &App) -> (CasusId, CasusId) {
    let spoor = gedaan(app.voer_spoor_uit(&opdracht(1, None, SCHOOL, begin())).await).casus;
    gedaan(app.voer_spoor_uit(&opdracht(2, Some(spoor), SCHOOL, signaal())).await);
    let advies = gedaan(app.voer_advies_uit(&opdracht(3, None, SCHOOL, vraag())).await).casus;
    (spoor, advies)
}

pub async fn een_spoor_of_advies_is_nergens_een_casus(fabriek: &dyn Fabriek) {
    let (app, _) = app(fabriek).await;
    let (spoor, advies) = beide(&app).await;
    for (id, org) in [(spoor, SCHOOL), (spoor, VT), (advies, SCHOOL), (advies, VT)] {
        let gezien = app.casus(&actor(org), CasusVraag { casus: id, stand: None, bekend_op: None }).await;
        assert!(matches!(gezien, Err(AppFout::NietGevonden)), "{org} leest {id} als casus");
        let zicht =
            app.zicht_op(&"beheer".into(), ZichtOpVraag { casus: id, op: Instant(i64::MAX), bekend_op: None }).await;
        assert!(matches!(zicht, Err(AppFout::NietGevonden)), "{org} vraagt wie zicht heeft op {id}");
        let blad = app.werkblad(&actor(org), app.werkvraag(&actor(org))).await.unwrap();
        assert!(blad.rijen.is_empty() && app.overdrachten(&actor(org), 10).await.unwrap().is_empty());
        assert!(app.store().zoeksleutels(id, &org.into()).await.unwrap().is_empty(), "niets om op te herkennen");
        app.herbouw_herkenning(id).await.unwrap();
        assert!(app.store().zoeksleutels(id, &org.into()).await.unwrap().is_empty());
    }
    for nummer in ["S26", "A26", "Z26"] {
        let alle = [spoor, advies].map(|id| crate::views::nummer(id, app.klok().nu()).replace("Z26", nummer));
        for naam in alle {
            assert!(app.store().casussen_met_nummer(&naam).await.unwrap().is_empty());
        }
    }
    // A track is no advice either, and the other way round.
    assert!(matches!(app.advies(&actor(SCHOOL), AdviesId(spoor.0)).await, Err(AppFout::NietGevonden)));
    assert!(matches!(app.spoor(&actor(SCHOOL), SpoorId(advies.0)).await, Err(AppFout::NietGevonden)));
    let wens = opdracht(9, Some(advies), SCHOOL, signaal());
    assert!(matches!(app.voer_spoor_uit(&wens).await, Err(AppFout::NietGevonden)));
    // It is in the feed and in the log like everything that was recorded.
    assert_eq!(app.store().feed(FeedPlek::default(), 10).await.unwrap().len(), 3);
}

pub async fn een_spoor_leest_alleen_de_eigen_organisatie_en_een_advies_ook_veilig_thuis(fabriek: &dyn Fabriek) {
    let (app, _) = app(fabriek).await;
    let (spoor, advies) = beide(&app).await;
    let beeld = app.spoor(&actor(SCHOOL), SpoorId(spoor.0)).await.unwrap();
    assert_eq!(beeld.tekst("feit"), Some(GEHEIM), "wie het schreef, leest het: de afwezigheid hieronder zegt iets");
    assert_eq!(app.sporen(&actor(SCHOOL)).await.unwrap().len(), 1);
    assert!(!app.store().fragmenten(spoor, &SCHOOL.into()).await.unwrap().is_empty());
    for org in [VT, "cjg-kennemerland", "een-andere-school"] {
        let onbekend = SpoorId(Uuid::from_u128(404));
        let (gezien, niets) = (app.spoor(&actor(org), SpoorId(spoor.0)).await, app.spoor(&actor(org), onbekend).await);
        assert!(matches!(gezien, Err(AppFout::NietGevonden)), "{org} leest het spoor");
        assert!(matches!(niets, Err(AppFout::NietGevonden)));
        let doet = app.voer_spoor_uit(&opdracht(20, Some(spoor), org, signaal())).await;
        assert!(matches!(doet, Err(AppFout::NietGevonden)), "{org} schrijft in het spoor");
        assert!(app.sporen(&actor(org)).await.unwrap().is_empty());
        assert!(app.store().fragmenten(spoor, &org.into()).await.unwrap().is_empty());
        assert!(app.store().datasleutels(spoor, &org.into()).await.unwrap().is_empty());
        let mag = org == VT;
        assert_eq!(app.advies(&actor(org), AdviesId(advies.0)).await.is_ok(), mag, "{org} en het advies");
        assert_eq!(app.adviezen(&actor(org)).await.unwrap().len(), usize::from(mag));
    }
    let bij_vt = app.advies(&actor(VT), AdviesId(advies.0)).await.unwrap();
    assert_eq!((bij_vt.naam.as_str(), bij_vt.eigen), ("Kim Verzonnen", false));
    // What an event holds can be read by whoever has the database: no word of it.
    for id in [spoor, advies] {
        for rij in app.store().laad(id).await.unwrap() {
            let body = String::from_utf8(rij.body).unwrap();
            for woord in ["Blauwe", "Kim", "groep 4", "directeur", "ouders"] {
                assert!(!body.contains(woord), "{woord} staat in {body}");
            }
        }
    }
}

pub async fn een_herhaalde_opdracht_heeft_een_gevolg_en_herbouwen_geeft_dezelfde_rij(fabriek: &dyn Fabriek) {
    let (app, klok) = app(fabriek).await;
    let (spoor, advies) = beide(&app).await;
    klok.vooruit(1);
    let nog_eens = gedaan(app.voer_spoor_uit(&opdracht(2, Some(spoor), SCHOOL, signaal())).await);
    assert_eq!((nog_eens.eerste_versie, nog_eens.versie), (2, 2));
    let begin_nog_eens = gedaan(app.voer_spoor_uit(&opdracht(1, None, SCHOOL, begin())).await);
    assert_eq!(begin_nog_eens.casus, spoor, "hetzelfde begin opent geen tweede spoor");
    let anders = app.voer_spoor_uit(&opdracht(2, Some(spoor), SCHOOL, begin())).await;
    assert!(matches!(anders, Err(AppFout::OpdrachtHergebruikt)), "{anders:?}");
    let verouderd = EigenOpdracht { verwacht: Some(1), ..opdracht(5, Some(spoor), SCHOOL, signaal()) };
    assert!(matches!(app.voer_spoor_uit(&verouderd).await, Ok(Antwoord::Conflict(conflict)) if conflict.versie == 2));
    assert_eq!(app.spoor(&actor(SCHOOL), SpoorId(spoor.0)).await.unwrap().staat.signalen.len(), 1);
    for (id, soort) in [(spoor, "meldcode"), (advies, "advies")] {
        let voor = app.store().eigen(&SCHOOL.into(), soort, 10).await.unwrap();
        assert_eq!(voor.len(), 1);
        app.store().vervang_views(id, crate::opslag::Views::default()).await.unwrap();
        assert!(app.store().eigen(&SCHOOL.into(), soort, 10).await.unwrap().is_empty());
        app.herbouw_views(id).await.unwrap();
        assert_eq!(app.store().eigen(&SCHOOL.into(), soort, 10).await.unwrap(), voor);
    }
}
