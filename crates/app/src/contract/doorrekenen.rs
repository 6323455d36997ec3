//! Recorded casussen against another edition: the same answer on every store, and nothing written by it.

use super::{
    Fabriek,
    steun::{Proefklok, afspraken, app_op, t},
    verhaal::{IJMOND, NOG, Speler, heel_verhaal},
};
use crate::doorrekenen::{Bekeken, Doorrekenvraag, reken_door};
use domain::afspraak::Bundel;
use std::sync::Arc;

pub async fn doorrekenen_telt_wat_anders_zou_zijn_en_schrijft_niets(fabriek: &dyn Fabriek) {
    let (store, klok) = (fabriek.leeg().await, Proefklok::default());
    let app = app_op(Arc::clone(&store), &klok, 1).await;
    let mut casussen = Vec::new();
    for (zaad, regio) in [(1, IJMOND), (2, IJMOND), (3, NOG)] {
        klok.zet(t("2026-03-02 10:00"));
        casussen.push(Speler::new(&app, &klok, zaad).speel(&heel_verhaal(regio)).await);
    }
    // By stream: what other work on the same server has not finished yet may hold the feed back.
    let rijen = async || {
        let mut alle = Vec::new();
        for casus in &casussen {
            alle.extend(store.laad(*casus).await.unwrap());
        }
        alle
    };
    let voor = rijen().await;
    let alle = afspraken();
    let ijmond = alle.alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == "ijmond").unwrap();
    let mut korter = Bundel::clone(&ijmond.bundel);
    korter.inhoud.termijn.get_mut("veiligheidsbeoordeling").unwrap().lengte -= 4;
    for (bundel, anders) in [(Arc::clone(&ijmond.bundel), 0), (Arc::new(korter), 2)] {
        let mut gezien = Vec::new();
        let plaats = [("ijmond".into(), bundel)];
        let vraag = Doorrekenvraag { plaats: &plaats, nu: t("2026-12-01 00:00") };
        let bekeken = reken_door(store.as_ref(), vraag, |casus| gezien.push(casus), |_| {}).await.unwrap();
        assert_eq!(bekeken, Bekeken { streams: 3, casussen: 2, anders, onleesbaar: 0 });
        let termijnen = gezien.iter().flat_map(|casus| &casus.gevolgen.termijnen);
        let soorten: Vec<_> = termijnen.filter_map(|anders| Some(anders.nieuw.as_ref()?.0.soort.as_str())).collect();
        assert!(soorten.iter().all(|soort| *soort == "veiligheidsbeoordeling") && soorten.len() as u64 >= anders);
        assert!(gezien.iter().all(|casus| casus.gevolgen.lijnen.is_empty() && casus.nummer.starts_with("Z26-")));
    }
    assert!(rijen().await == voor, "doorrekenen schreef iets");
    // Another region's agreement on these casussen, when that is asked for.
    let nog = alle.alle().iter().find(|geldig| geldig.bundel.afspraak.als_str() == "noord-oost-gelderland").unwrap();
    let plaats = [("ijmond".into(), Arc::clone(&nog.bundel))];
    let vraag = Doorrekenvraag { plaats: &plaats, nu: t("2026-12-01 00:00") };
    let bekeken = reken_door(store.as_ref(), vraag, |_| {}, |_| {}).await.unwrap();
    assert_eq!((bekeken.casussen, bekeken.anders), (2, 2));
}
