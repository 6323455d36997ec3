//! The answer of the stored spans and terms is the answer of the domain, at every instant.

use super::{
    Fabriek,
    steun::{Dobbelsteen, Proefklok, app_op},
    verhaal::{IJMOND, NOG, Regio, Speler, melding, willekeurige_stap},
};
use crate::{Antwoord, App, Wens, codec};
use domain::{
    Casus,
    gebeurtenis::Openheid,
    ids::{CasusId, OrganisatieId},
    termijnen::{Status, status, termijnen},
    tijd::Instant,
    tijdlijn::tijdlijn,
};

const VERHALEN: u64 = 24;
const STAPPEN: usize = 34;
const VERGELIJKINGEN_MIN: u32 = 20_000;

/// How much was done.
#[derive(Debug, Default)]
struct Gedaan {
    stappen: u32,
    geweigerd: u32,
    houders: u32,
    te_laat: u32,
    waarvan_te_laat: u32,
}

pub async fn de_opslag_antwoordt_wat_het_domein_antwoordt(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let klok = Proefklok::default();
    let app = app_op(store, &klok, 11).await;
    let mut gedaan = Gedaan::default();
    for zaad in 0..VERHALEN {
        let d = Dobbelsteen::new(zaad);
        let regio = if zaad % 2 == 0 { IJMOND } else { NOG };
        klok.zet(super::steun::t("2026-03-20 10:00"));
        let casus = speel(&app, &klok, regio, zaad, &d, &mut gedaan).await;
        vergelijk(&app, casus, regio, &d, &mut gedaan).await;
    }
    println!("{gedaan:?} in {VERHALEN} verhalen");
    assert!(gedaan.houders + gedaan.te_laat > VERGELIJKINGEN_MIN, "te weinig vergeleken: {gedaan:?}");
    assert!(gedaan.stappen > 100 && gedaan.geweigerd > 50, "de verhalen zeggen te weinig: {gedaan:?}");
    assert!(gedaan.waarvan_te_laat > 500, "bijna niets was te laat: {gedaan:?}");
}

async fn speel(app: &App, klok: &Proefklok, regio: Regio, zaad: u64, d: &Dobbelsteen, gedaan: &mut Gedaan) -> CasusId {
    let mut speler = Speler::new(app, klok, u128::from(zaad) + 1);
    let eerste = Wens::Meld(Box::new(melding(regio, *d.kies(&[Openheid::Open, Openheid::Afgeschermd]))));
    speler.stap(0, regio.school, &eerste).await.unwrap();
    for nummer in 1..STAPPEN {
        klok.vooruit(i64::try_from(d.onder(40)).unwrap());
        let (wie, wens) = willekeurige_stap(regio, klok, d);
        let mut opdracht = speler.opdracht(nummer, wie, &wens);
        if d.onder(3) == 0 {
            opdracht.gebeurd_op = Some(crate::poorten::Klok::nu(klok).plus_uren(-30));
        }
        match app.voer_uit(&opdracht).await {
            Ok(Antwoord::Gedaan(_)) => gedaan.stappen += 1,
            Ok(Antwoord::Geweigerd(_)) | Err(crate::AppFout::NietGevonden | crate::AppFout::Ongeldig(_)) => {
                gedaan.geweigerd += 1;
            }
            anders => panic!("verhaal {zaad} stap {nummer} {}: {anders:?}", wens.naam()),
        }
    }
    speler.casus.unwrap()
}

async fn vergelijk(app: &App, id: CasusId, regio: Regio, d: &Dobbelsteen, gedaan: &mut Gedaan) {
    let rijen = app.store().laad(id).await.unwrap();
    let casus = Casus::uit(&codec::stroom(&rijen).unwrap());
    let bundels = app.bundels();
    let (lijn, termijnen) = (tijdlijn(&casus, &bundels), termijnen(&casus, &bundels));
    let nu = casus.laatst_vastgelegd.unwrap();
    // Every bound with its neighbours, the extremes, and instants in between.
    let grenzen = lijn.zicht.iter().flat_map(|span| [Some(span.van), span.tot]).flatten();
    let mut momenten: Vec<_> = grenzen
        .chain(termijnen.iter().map(|termijn| termijn.uiterlijk))
        .flat_map(|op| [Instant(op.0 - 1), op, Instant(op.0 + 1)])
        .chain([Instant(i64::MIN), Instant(i64::MAX), nu])
        .collect();
    let begin = lijn.zicht.first().map_or(nu, |span| span.van);
    momenten.extend((0..300).map(|_| begin.plus_uren(i64::try_from(d.onder(4000)).unwrap() - 100)));
    for op in momenten {
        let houder = app.store().houder_op(id, op).await.unwrap();
        let span = lijn.zicht_op(op);
        let verwacht = span.and_then(|span| Some((span.houder.clone()?, span.grond.0.clone())));
        assert_eq!(houder, verwacht, "houder op {} {op:?}", op.lokaal());
        gedaan.houders += 1;
        // A status is asked of what is known by then: not of an instant before the newest recording.
        for org in [regio.vt, regio.teams[0], regio.teams[1], regio.school].iter().filter(|_| op >= nu) {
            let org = OrganisatieId::from(*org);
            let laat = |t: &&domain::termijnen::Termijn| t.wie == org && status(t, op) == Status::TeLaat;
            let mut verwacht: Vec<_> = termijnen.iter().filter(laat).map(|t| t.soort.clone()).collect();
            let mut gezien = app.store().te_laat(id, &org, op).await.unwrap();
            verwacht.sort();
            gezien.sort();
            assert_eq!(gezien, verwacht, "{org} op {}", op.lokaal());
            gedaan.te_laat += 1;
            gedaan.waarvan_te_laat += u32::from(!verwacht.is_empty());
        }
    }
}
