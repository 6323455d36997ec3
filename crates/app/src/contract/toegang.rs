//! The access log: several chains per organisation, each whole, and nothing in one can go into another.

use super::{Fabriek, rijen::*};
use crate::{
    codec::{toegang_hash, toegang_keten},
    opslag::*,
    poorten::Store,
};
use domain::{ids::*, tijd::Instant};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};
use uuid::Uuid;

/// A casus for each chain, so that a chain holds the lines of one casus only and can be read as a whole.
fn casus_per_keten() -> Vec<CasusId> {
    let keten = |casus: &CasusId| toegang_keten(&regel(Some(*casus), ORG, "x"));
    let per_keten: BTreeMap<u8, CasusId> =
        (1..1_000).map(|nummer| CasusId(Uuid::from_u128(nummer))).map(|casus| (keten(&casus), casus)).collect();
    assert!(per_keten.keys().copied().eq(0..TOEGANG_KETENS), "elke keten komt voor: {per_keten:?}");
    per_keten.into_values().collect()
}

pub async fn het_toegangslogboek_is_per_organisatie_een_stel_hele_ketens(fabriek: &dyn Fabriek) {
    const REGELS: u64 = 3;
    let store = fabriek.leeg().await;
    store.bewaar_bundel(bundel()).await.unwrap();
    let casussen = casus_per_keten();
    let mut bouw = Bouw::van(casussen[5].0.as_u128());
    store.commit(bouw.batch(1)).await.unwrap();
    let taken: Vec<_> = [ORG, "team", ORG]
        .into_iter()
        .map(|org| {
            let (store, casussen) = (Arc::clone(&store), casussen.clone());
            tokio::spawn(async move {
                for nummer in 0..REGELS {
                    for casus in &casussen {
                        let regel = regel(Some(*casus), org, &format!("bekijk-{nummer}"));
                        store.schrijf_toegang(ToegangRegel { op: Instant(30), ..regel }).await.unwrap();
                    }
                }
            })
        })
        .collect();
    for taak in taken {
        taak.await.unwrap();
    }
    let mut ketens = BTreeSet::new();
    for (org, rondes) in [(ORG, 2), ("team", 1), ("school", 0)] {
        for casus in &casussen {
            let regels = store.toegang_van(*casus, &org.into()).await.unwrap();
            let erbij = u64::from(org == ORG && *casus == bouw.casus);
            assert_eq!(keten_van(&regels), Ok(rondes * REGELS + erbij), "{org}");
            assert!(regels.is_sorted_by(|een, ander| een.versie > ander.versie), "de nieuwste eerst");
            ketens.extend(regels.iter().map(|rij| rij.keten));
            for index in 0..regels.len() {
                let mut vervalst = regels.clone();
                vervalst[index].regel.uitkomst = "anders".into();
                assert!(keten_van(&vervalst).is_err(), "een veranderde regel valt op");
            }
        }
    }
    assert_eq!(ketens.len(), usize::from(TOEGANG_KETENS), "{ketens:?}");
    // Of who wrote first nothing is lost: the first line is the commit's.
    let eerste = store.toegang_van(bouw.casus, &ORG.into()).await.unwrap().pop().unwrap();
    assert_eq!((eerste.versie, eerste.regel), (1, regel(Some(bouw.casus), ORG, "proef")));
}

pub async fn een_regel_zonder_casus_staat_ook_in_een_keten(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let zonder = regel(None, ORG, "bekijk-werkvoorraad");
    let keten = toegang_keten(&zonder);
    let casussen = casus_per_keten();
    let (zelfde, ander) = (casussen[usize::from(keten)], casussen[usize::from(keten + 1) % casussen.len()]);
    for _ in 0..4 {
        store.schrijf_toegang(zonder.clone()).await.unwrap();
    }
    for (casus, verwacht) in [(zelfde, 5), (ander, 1)] {
        store.schrijf_toegang(regel(Some(casus), ORG, "kijk")).await.unwrap();
        let regels = store.toegang_van(casus, &ORG.into()).await.unwrap();
        assert_eq!((regels.len(), regels[0].versie), (1, verwacht));
    }
}

pub async fn velen_tegelijk_zijn_geketend_als_een_voor_een(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let casussen = casus_per_keten();
    let ander = casussen[1];
    store.schrijf_toegang(regel(Some(casussen[0]), ORG, "kijk")).await.unwrap();
    // Two in one chain, one in another, and one of another organisation.
    let velen = [(casussen[0], ORG), (ander, ORG), (casussen[0], ORG), (ander, "school")];
    let velen = velen.map(|(casus, organisatie)| regel(Some(casus), organisatie, "getoond"));
    store.schrijf_toegang_velen(velen.to_vec()).await.unwrap();
    let mut regels = store.toegang_van(casussen[0], &ORG.into()).await.unwrap();
    regels.extend(store.toegang_van(ander, &ORG.into()).await.unwrap());
    assert_eq!(keten_van(&regels), Ok(4));
    assert_eq!(store.toegang_van(ander, &"school".into()).await.unwrap().len(), 1);
    store.schrijf_toegang_velen(Vec::new()).await.unwrap();
}

pub async fn een_regel_past_niet_in_een_andere_keten(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let casussen = casus_per_keten();
    let mut regels = Vec::new();
    for casus in &casussen {
        for handeling in ["kijk", "doe"] {
            store.schrijf_toegang(regel(Some(*casus), ORG, handeling)).await.unwrap();
        }
        regels.extend(store.toegang_van(*casus, &ORG.into()).await.unwrap());
    }
    let alle = u64::from(TOEGANG_KETENS) * 2;
    assert_eq!(keten_van(&regels), Ok(alle), "de ketens van een organisatie samen");
    let verhuis = |van: u8, naar: u8| {
        let mut verhuisd = regels.clone();
        for rij in verhuisd.iter_mut().filter(|rij| rij.keten == van || rij.keten == naar) {
            rij.keten = if rij.keten == van { naar } else { van };
        }
        keten_van(&verhuisd)
    };
    for van in 0..TOEGANG_KETENS {
        for naar in (0..=TOEGANG_KETEN_OUD).filter(|naar| *naar != van) {
            assert!(verhuis(van, naar).is_err(), "{van} als {naar}");
        }
        assert_eq!(verhuis(van, van), Ok(alle));
    }
}

/// Lines as a release wrote them that had one chain per organisation, over two casussen and none.
pub fn oude_regels() -> Vec<ToegangRij> {
    let (mut kop, mut rijen) = (Vec::new(), Vec::new());
    for (versie, nummer) in (1..=12u64).zip([1u128, 2].into_iter().cycle()) {
        let regel = ToegangRegel { op: Instant(10), ..regel(Some(CasusId(Uuid::from_u128(nummer))), ORG, "vroeger") };
        let hash = toegang_hash(TOEGANG_KETEN_OUD, &kop, versie, &regel);
        let prev_hash = std::mem::replace(&mut kop, hash.clone());
        rijen.push(ToegangRij { regel, keten: TOEGANG_KETEN_OUD, versie, prev_hash, hash });
    }
    rijen
}

/// A store on a database in which [`oude_regels`] stood before it was brought to this shape.
pub async fn oude_regels_blijven_een_keten_en_nieuwe_beginnen_ernaast(store: &dyn Store) {
    let casussen = [1, 2].map(|nummer| CasusId(Uuid::from_u128(nummer)));
    let lees = async || {
        let mut regels = Vec::new();
        for casus in casussen {
            regels.extend(store.toegang_van(casus, &ORG.into()).await.unwrap());
        }
        regels
    };
    let mut verwacht = oude_regels();
    verwacht.sort_by_key(|rij| (rij.regel.casus, std::cmp::Reverse(rij.versie)));
    assert_eq!(lees().await, verwacht, "geen regel is veranderd");
    assert_eq!(keten_van(&verwacht), Ok(12));
    for casus in casussen {
        store.schrijf_toegang(regel(Some(casus), ORG, "nu")).await.unwrap();
        store.schrijf_toegang(regel(Some(casus), ORG, "nu weer")).await.unwrap();
        let regels = store.toegang_van(casus, &ORG.into()).await.unwrap();
        let handelingen: Vec<_> = regels.iter().take(3).map(|rij| (rij.regel.handeling.as_str(), rij.versie)).collect();
        assert_eq!(handelingen[..2], [("nu weer", 2), ("nu", 1)], "de nieuwste eerst");
        assert_eq!(handelingen[2].0, "vroeger");
    }
    let regels = lees().await;
    assert_eq!(keten_van(&regels), Ok(16));
    for (index, rij) in regels.iter().enumerate() {
        let mut vervalst = regels.clone();
        vervalst[index].regel.handeling = "anders".into();
        assert_eq!(keten_van(&vervalst), Err((rij.keten, rij.versie)), "oud of nieuw, een veranderde regel valt op");
    }
}

/// Recomputes each chain of the lines of one organisation, in whatever order they come; the number of lines, or the
/// chain and the place where it breaks.
pub fn keten_van(regels: &[ToegangRij]) -> Result<u64, (u8, u64)> {
    let op_plek: BTreeMap<(u8, u64), &ToegangRij> = regels.iter().map(|rij| ((rij.keten, rij.versie), rij)).collect();
    let mut koppen: BTreeMap<u8, (u64, &[u8])> = BTreeMap::new();
    for ((keten, versie), rij) in op_plek {
        let (hoogste, vorige) = koppen.entry(keten).or_default();
        let hash = toegang_hash(keten, &rij.prev_hash, versie, &rij.regel);
        if keten > TOEGANG_KETEN_OUD || versie != *hoogste + 1 || rij.prev_hash != *vorige || hash != rij.hash {
            return Err((keten, versie));
        }
        (*hoogste, *vorige) = (versie, &rij.hash);
    }
    Ok(regels.len() as u64)
}
