//! The index by which a casus is found again.

use super::{Fabriek, rijen::*};
use crate::{opslag::*, poorten::Store};
use domain::ids::*;
use uuid::Uuid;

const NERGENS: CasusId = CasusId(Uuid::from_u128(0xdead));
const A: &[u8] = &[1; 16];
const B: &[u8] = &[2; 16];

async fn zoek(
    store: &dyn Store,
    soort: &'static str,
    sleutel: &[u8],
    niet: CasusId,
    maximum: u32,
) -> Vec<ZoeksleutelRij> {
    store.zoek_sleutels(&ORG.into(), &[(soort, sleutel.to_vec())], niet, maximum).await.unwrap()
}

async fn casussen(
    store: &dyn Store,
    eigenaar: &str,
    soort: &'static str,
    sleutel: &[u8],
    niet: CasusId,
) -> Vec<CasusId> {
    let rijen = store.zoek_sleutels(&eigenaar.into(), &[(soort, sleutel.to_vec())], niet, 100).await.unwrap();
    rijen.into_iter().map(|rij| rij.casus).collect()
}

pub async fn een_casus_wordt_alleen_op_de_eigen_sleutel_en_door_de_eigen_organisatie_gevonden(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let (mut een, mut ander) = (Bouw::nieuw(&*store, 1).await, Bouw::nieuw(&*store, 2).await);
    for (bouw, sleutels) in [(&mut een, vec![A, B]), (&mut ander, vec![A])] {
        let mut batch = bouw.batch(1);
        batch.zoeksleutels = sleutels.into_iter().map(|sleutel| bouw.zoeksleutel("bsn", sleutel)).collect();
        store.commit(batch).await.unwrap();
    }
    let store = &*store;
    assert_eq!(casussen(store, ORG, "bsn", A, NERGENS).await, [een.casus, ander.casus]);
    assert_eq!(casussen(store, ORG, "bsn", A, een.casus).await, [ander.casus], "niet de casus zelf");
    assert_eq!(casussen(store, ORG, "bsn", B, NERGENS).await, [een.casus]);
    for (eigenaar, soort, sleutel) in
        [("ander", "bsn", A), (ORG, "adres", A), (ORG, "bsn", &[1; 15]), (ORG, "bsn", &[])]
    {
        assert!(casussen(store, eigenaar, soort, sleutel, NERGENS).await.is_empty(), "{eigenaar} {soort}");
    }
}

pub async fn wie_twee_keer_wordt_gemeld_staat_er_een_keer_in(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let persoon = PersoonId(bouw.id());
    let rij = ZoeksleutelRij { persoon, ..bouw.zoeksleutel("bsn", A) };
    for nieuw in [vec![rij.clone()], vec![rij.clone(), bouw.zoeksleutel("adres", B)], vec![rij.clone(), rij.clone()]] {
        let mut batch = bouw.batch(1);
        batch.zoeksleutels = nieuw;
        store.commit(batch).await.unwrap();
    }
    let verwacht = [bouw.zoeksleutel("adres", B), rij.clone()];
    assert_eq!(store.zoeksleutels(bouw.casus, &ORG.into()).await.unwrap(), verwacht);
    assert_eq!(zoek(&*store, "bsn", A, NERGENS, 100).await, [rij]);
}

pub async fn wat_is_vervangen_of_gewist_wordt_niet_meer_gevonden_en_een_ander_nog_wel(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let (mut een, mut ander) = (Bouw::nieuw(&*store, 1).await, Bouw::nieuw(&*store, 2).await);
    for bouw in [&mut een, &mut ander] {
        let mut batch = bouw.batch(1);
        let van_school = ZoeksleutelRij { eigenaar: "school".into(), ..bouw.zoeksleutel("bsn", A) };
        batch.zoeksleutels = vec![bouw.zoeksleutel("bsn", A), van_school];
        store.commit(batch).await.unwrap();
    }
    store.vervang_zoeksleutels(een.casus, &ORG.into(), vec![een.zoeksleutel("bsn", B)]).await.unwrap();
    assert_eq!(casussen(&*store, ORG, "bsn", A, NERGENS).await, [ander.casus]);
    assert_eq!(casussen(&*store, ORG, "bsn", B, NERGENS).await, [een.casus]);
    for _ in 0..2 {
        store.vervang_zoeksleutels(een.casus, &ORG.into(), Vec::new()).await.unwrap();
        assert!(store.zoeksleutels(een.casus, &ORG.into()).await.unwrap().is_empty());
    }
    assert!(casussen(&*store, ORG, "bsn", B, NERGENS).await.is_empty());
    assert_eq!(casussen(&*store, ORG, "bsn", A, NERGENS).await, [ander.casus], "een andere casus blijft");
    assert_eq!(
        casussen(&*store, "school", "bsn", A, NERGENS).await,
        [een.casus, ander.casus],
        "een andere eigenaar ook"
    );
}

pub async fn een_zoekvraag_stopt_bij_haar_grens_en_geeft_altijd_dezelfde_rijen(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    store.bewaar_bundel(bundel()).await.unwrap();
    for nummer in [5, 3, 9, 1, 7] {
        let bouw = Bouw::van(nummer);
        let personen = [2u128, 1].map(Uuid::from_u128).map(PersoonId);
        let rijen = personen.map(|persoon| ZoeksleutelRij { persoon, ..bouw.zoeksleutel("adres", A) }).to_vec();
        store.vervang_zoeksleutels(bouw.casus, &ORG.into(), rijen).await.unwrap();
    }
    let nummers = |rijen: Vec<ZoeksleutelRij>| {
        rijen.iter().map(|rij| (rij.casus.0.as_u128(), rij.persoon.0.as_u128())).collect::<Vec<_>>()
    };
    for (maximum, verwacht) in
        [(0, &[][..]), (3, &[(1, 1), (1, 2), (3, 1)]), (5, &[(1, 1), (1, 2), (3, 1), (3, 2), (5, 1)])]
    {
        let rijen = zoek(&*store, "adres", A, NERGENS, maximum).await;
        assert_eq!(nummers(rijen), verwacht);
    }
    let alle = zoek(&*store, "adres", A, Bouw::van(3).casus, 100).await;
    assert_eq!(alle.len(), 8);
    // Many codes at once: each has its own limit, none takes the place of another.
    let mut batch = Bouw::van(11).batch(1);
    let vele: Vec<_> = (0..150u8).map(|nummer| vec![nummer; 16]).collect();
    batch.zoeksleutels = vele.iter().map(|sleutel| Bouw::van(11).zoeksleutel("bsn", sleutel)).collect();
    store.commit(batch).await.unwrap();
    let codes: Vec<_> = vele.into_iter().map(|sleutel| ("bsn", sleutel)).chain([("adres", A.to_vec())]).collect();
    let rijen = store.zoek_sleutels(&ORG.into(), &codes, NERGENS, 3).await.unwrap();
    assert_eq!((rijen.len(), rijen.iter().filter(|rij| rij.soort == "adres").count()), (153, 3));
    assert!(rijen.is_sorted_by_key(|rij| (rij.casus, rij.persoon)));
    assert!(store.zoek_sleutels(&ORG.into(), &[], NERGENS, 3).await.unwrap().is_empty());
}

pub async fn een_commit_die_mislukt_laat_geen_zoeksleutel_achter(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    store.commit(bouw.batch(1)).await.unwrap();
    let mut fout = bouw.batch(1);
    fout.zoeksleutels = vec![bouw.zoeksleutel("adres", B)];
    fout.views.wekkers.push(fout.views.wekkers[0].clone());
    assert!(store.commit(fout).await.is_err());
    assert!(casussen(&*store, ORG, "adres", B, NERGENS).await.is_empty());
    assert_eq!(store.zoeksleutels(bouw.casus, &ORG.into()).await.unwrap().len(), 1);
}

pub async fn twee_open_casussen_over_een_gezin_vallen_op_aan_beide_kanten_en_een_gesloten_niet(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    store.bewaar_bundel(bundel()).await.unwrap();
    let org = OrganisatieId::from(ORG);
    let casus = |nummer: u128| Bouw::van(nummer).casus;
    let zet = async |nummer: u128, gesloten: bool, anderen: &[u128], organisatie: &str| {
        let bouw = Bouw::van(nummer);
        let verbanden =
            anderen.iter().map(|ander| VerbandRij { organisatie: organisatie.into(), ..bouw.verband(casus(*ander)) });
        let views = Views {
            casus: vec![CasusRij { gesloten, ..bouw.casus_rij(organisatie) }],
            verbanden: verbanden.collect(),
            ..Views::default()
        };
        store.vervang_views(bouw.casus, views).await.unwrap();
    };
    zet(1, false, &[2], ORG).await;
    zet(2, false, &[], ORG).await;
    zet(3, false, &[4, 2], ORG).await;
    zet(4, true, &[], ORG).await;
    zet(5, true, &[2], ORG).await;
    zet(6, false, &[2], "ander").await;
    let paren = async |casussen: &[u128]| {
        let casussen: Vec<_> = casussen.iter().map(|nummer| casus(*nummer)).collect();
        let rijen = store.dubbel_open(&org, &casussen).await.unwrap();
        rijen.iter().map(|rij| (rij.casus.0.as_u128(), rij.ander.0.as_u128())).collect::<Vec<_>>()
    };
    assert_eq!(paren(&[1]).await, [(1, 2)]);
    assert_eq!(paren(&[2]).await, [(1, 2), (3, 2)], "ook wie genoemd is, hoort het");
    assert_eq!(paren(&[3]).await, [(3, 2)], "een gesloten casus telt niet");
    assert_eq!(paren(&[4, 5, 6]).await, []);
    assert_eq!(paren(&(1..=200).collect::<Vec<_>>()).await, [(1, 2), (3, 2)]);
    assert_eq!(paren(&[]).await, []);
    let verbanden = async |nummer: u128| {
        let anderen = store.verbanden(casus(nummer), &org).await.unwrap();
        anderen.iter().map(|ander| ander.0.as_u128()).collect::<Vec<_>>()
    };
    assert_eq!((verbanden(2).await, verbanden(3).await), (vec![1, 3, 5], vec![2, 4]));
    assert_eq!(verbanden(6).await, [] as [u128; 0], "wat een ander vond, ziet dit Veilig Thuis niet");
    // One of the two closes, or the decision is taken back.
    zet(2, true, &[], ORG).await;
    assert_eq!(paren(&[1, 2, 3]).await, []);
    zet(1, false, &[], ORG).await;
    assert_eq!(verbanden(2).await, [3, 5]);
}
