//! The one write, and what goes around it.

use super::{Fabriek, rijen::*};
use crate::{
    codec::event_hash,
    opslag::*,
    poorten::{Store, StoreFout},
};
use domain::{ids::*, tijd::Instant};
use std::sync::Arc;
use uuid::Uuid;

const NIEMAND: CommandId = CommandId(Uuid::from_u128(0xdead));

pub async fn wat_is_geschreven_komt_er_in_volgorde_en_ongewijzigd_uit(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    assert!(store.laad(bouw.casus).await.unwrap().is_empty());
    let mut geschreven = Vec::new();
    for aantal in [1, 3, 12] {
        let batch = bouw.batch(aantal);
        geschreven.extend(batch.events.clone());
        store.commit(batch.clone()).await.unwrap();
        let opdracht = store.opdracht(bouw.casus, batch.opdracht.id).await.unwrap();
        assert_eq!(opdracht, Some(batch.opdracht.clone()));
        let samen = store.laad_bij_opdracht(bouw.casus, batch.opdracht.id).await.unwrap();
        assert_eq!(samen, (geschreven.clone(), Some(batch.opdracht)));
        assert_eq!(store.laad_bij_opdracht(bouw.casus, NIEMAND).await.unwrap(), (geschreven.clone(), None));
        let eigen = store.fragmenten(bouw.casus, &ORG.into()).await.unwrap();
        assert_eq!(eigen.last(), batch.fragmenten.last());
        let bijlage = &batch.bijlagen[0];
        for (casus, eigenaar, onderwerp, van_ons) in [
            (bouw.casus, ORG, &*bijlage.onderwerp, true),
            (bouw.casus, "ander", &bijlage.onderwerp, false),
            (bouw.casus, ORG, "onderwerp", false),
            (CasusId(Uuid::from_u128(77)), ORG, &bijlage.onderwerp, false),
        ] {
            let gelezen = store.bijlage(casus, &eigenaar.into(), onderwerp).await.unwrap();
            assert_eq!(gelezen.as_ref(), van_ons.then_some(bijlage), "{eigenaar} {onderwerp}");
        }
        let (soort, van_ons) = (&batch.fragmenten[0].soort, (OrganisatieId::from(ORG), batch.fragmenten[0].id));
        let sleutels = store.datasleutels(bouw.casus, &ORG.into()).await.unwrap();
        assert!(sleutels.contains(&batch.datasleutels[0]));
        let samen = store.sleutels_en_nieuwste(bouw.casus, soort).await.unwrap();
        assert_eq!(samen, (sleutels.clone(), vec![van_ons]));
        assert_eq!(store.sleutels_en_nieuwste(bouw.casus, "van niets").await.unwrap(), (sleutels, Vec::new()));
    }
    assert_eq!(store.laad(bouw.casus).await.unwrap(), geschreven);
    let elders = Bouw::nieuw(&*store, 2).await.casus;
    assert_eq!(store.laad_bij_opdracht(elders, NIEMAND).await.unwrap(), (Vec::new(), None));
    assert!(store.fragmenten(bouw.casus, &"ander".into()).await.unwrap().is_empty());
    assert!(store.datasleutels(bouw.casus, &"ander".into()).await.unwrap().is_empty());
    assert_eq!(store.sleutels_en_nieuwste(elders, "reden").await.unwrap(), (Vec::new(), Vec::new()));
}

pub async fn een_versie_die_al_bestaat_is_een_conflict_en_niets_ervan_is_zichtbaar(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    store.commit(bouw.batch(2)).await.unwrap();
    let mut traag = bouw.clone();
    store.commit(bouw.batch(1)).await.unwrap();
    // The same version from who loaded before; its second event would be a new version.
    traag.id();
    let laat = traag.batch(2);
    let voor = alles(&*store, bouw.casus, ORG, laat.opdracht.id).await;
    assert!(matches!(store.commit(laat.clone()).await, Err(StoreFout::Conflict)));
    assert_eq!(alles(&*store, bouw.casus, ORG, laat.opdracht.id).await, voor);
}

pub async fn een_opdracht_wordt_bewaard_en_komt_er_geen_tweede_keer_in(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let eerste = bouw.batch(1);
    store.commit(eerste.clone()).await.unwrap();
    let mut tweede = bouw.batch(1);
    tweede.opdracht.id = eerste.opdracht.id;
    tweede.opdracht.digest = vec![4];
    let voor = alles(&*store, bouw.casus, ORG, eerste.opdracht.id).await;
    assert!(matches!(store.commit(tweede).await, Err(StoreFout::Conflict)));
    assert_eq!(alles(&*store, bouw.casus, ORG, eerste.opdracht.id).await, voor);
    assert_eq!(store.opdracht(bouw.casus, NIEMAND).await.unwrap(), None);
    let ander = CasusId(Uuid::from_u128(99));
    assert_eq!(store.opdracht(ander, eerste.opdracht.id).await.unwrap(), None, "een opdracht hoort bij een casus");
}

type Fout = (&'static str, fn(&mut Batch));

/// Each spoils one kind of row of a batch that is good otherwise. The first two mean that somebody was first.
const FOUTEN: &[Fout] = &[
    ("event", |b| b.events[1].versie = 1),
    ("opdracht", |b| b.opdracht.id = CommandId(Uuid::from_u128((1 << 32) + 1))),
    ("onbekende bundel", |b| b.events[1].bundel = "onbekend".into()),
    ("fragment in de batch", |b| b.fragmenten.push(b.fragmenten[0].clone())),
    ("fragment dat er al is", |b| b.fragmenten[0].id = FragmentId(Uuid::from_u128((1 << 32) + 2))),
    ("bijlage in de batch", |b| b.bijlagen.push(b.bijlagen[0].clone())),
    ("bijlage die er al is", |b| b.bijlagen[0].id = FragmentId(Uuid::from_u128((1 << 32) + 3))),
    ("datasleutel in de batch", |b| b.datasleutels.push(b.datasleutels[0].clone())),
    ("datasleutel die er al is", |b| b.datasleutels[0].onderwerp = "onderwerp-1".into()),
    ("casusrij", |b| b.views.casus.push(b.views.casus[0].clone())),
    ("span", |b| b.views.spans.push(b.views.spans[0].clone())),
    ("termijn", |b| b.views.termijnen.push(b.views.termijnen[0].clone())),
    ("overdracht", |b| b.views.overdrachten.push(b.views.overdrachten[0].clone())),
    ("verband", |b| b.views.verbanden.push(b.views.verbanden[0].clone())),
    ("eigen stroom", |b| b.views.eigen.push(b.views.eigen[0].clone())),
    ("wekker", |b| b.views.wekkers.push(b.views.wekkers[0].clone())),
];

pub async fn een_late_rij_die_niet_kan_laat_niets_achter_van_welke_soort_ook(fabriek: &dyn Fabriek) {
    for (index, (soort, bederf)) in FOUTEN.iter().enumerate() {
        let store = fabriek.leeg().await;
        let mut bouw = Bouw::nieuw(&*store, 1).await;
        store.commit(bouw.batch(1)).await.unwrap();
        let goed = bouw.batch(2);
        let mut fout = goed.clone();
        bederf(&mut fout);
        let voor = alles(&*store, bouw.casus, ORG, goed.opdracht.id).await;
        let antwoord = store.commit(fout).await;
        let iemand_was_eerst = matches!(antwoord, Err(StoreFout::Conflict));
        assert!(antwoord.is_err(), "{soort}: had moeten mislukken");
        // A conflict is tried again; a row that can never be written must not be.
        assert_eq!(iemand_was_eerst, index < 2, "{soort}: {antwoord:?}");
        assert_eq!(alles(&*store, bouw.casus, ORG, goed.opdracht.id).await, voor, "{soort} liet iets achter");
        store.commit(goed).await.unwrap();
        assert_eq!(store.laad(bouw.casus).await.unwrap().len(), 3, "{soort}: daarna gaat het goede gewoon");
    }
    println!("{} soorten late rijen die niet kunnen, niets achtergelaten", FOUTEN.len());
}

const VREEMD: &[&str] = &[
    "",
    " ",
    "É́ ñ ß Ł 김 \u{202e}omgekeerd\u{202c}",
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "'; DROP TABLE event; --",
    "%_\\\"\u{7f}\u{1}",
    "\u{10ffff}\u{feff}",
    "regel\r\nregel\ttab",
];

pub async fn vreemde_tekens_en_uiterste_waarden_blijven_wat_ze_zijn(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    for (index, tekst) in VREEMD.iter().enumerate() {
        let mut bouw = Bouw::nieuw(&*store, index as u128 + 1).await;
        let mut batch = bouw.batch(1);
        let org = OrganisatieId(format!("o{index}{tekst}"));
        let event = &mut batch.events[0];
        (event.gebeurd_op, event.vastgelegd_op) = (Instant(i64::MIN), Instant(i64::MAX));
        event.schema = u32::MAX;
        (event.medewerker, event.organisatie, event.soort) = ((*tekst).into(), org.clone(), (*tekst).to_owned());
        event.hash = event_hash(event);
        (batch.fragmenten[0].eigenaar, batch.fragmenten[0].soort) = (org.clone(), (*tekst).to_owned());
        batch.datasleutels[0].eigenaar = org.clone();
        let rij = &mut batch.views.casus[0];
        (rij.organisatie, rij.gemeente, rij.nummer) = (org.clone(), (*tekst).to_owned(), (*tekst).to_owned());
        (rij.personen, rij.kinderen) = (u32::MAX, 0);
        (rij.termijn_uiterlijk, rij.ontvangen_op) = (Some(Instant(i64::MAX)), Instant(i64::MIN));
        (batch.views.spans[0].van, batch.views.spans[0].tot) = (Instant(i64::MIN), Some(Instant(i64::MAX)));
        batch.views.spans[0].houder = org.clone();
        batch.views.spans.truncate(1);
        let aanbod = &mut batch.views.overdrachten[0];
        (aanbod.organisatie, aanbod.naar) = (org.clone(), org.clone());
        batch.views.wekkers[0].sleutel = (*tekst).to_owned();
        batch.toegang.handeling = (*tekst).to_owned();
        batch.toegang.organisatie = org.clone();
        store.commit(batch.clone()).await.unwrap();
        assert_eq!(store.laad(bouw.casus).await.unwrap(), batch.events);
        assert_eq!(store.fragmenten(bouw.casus, &org).await.unwrap(), batch.fragmenten);
        assert_eq!(store.datasleutels(bouw.casus, &org).await.unwrap(), batch.datasleutels);
        assert_eq!(store.overdrachten(&org, 10).await.unwrap(), batch.views.overdrachten);
        let werk = store.werkvoorraad(werkvraag(&org.0, 0)).await.unwrap();
        assert_eq!(werk.iter().map(|werk| &werk.rij).collect::<Vec<_>>(), [&batch.views.casus[0]]);
        assert_eq!(store.toegang_van(bouw.casus, &org).await.unwrap()[0].regel, batch.toegang);
        for (op, houdt) in [(i64::MIN, true), (-1, true), (i64::MAX - 1, true), (i64::MAX, false)] {
            let houder = store.houder_op(bouw.casus, Instant(op)).await.unwrap();
            assert_eq!(houder.is_some_and(|(houder, _)| houder == org), houdt, "op {op}");
        }
    }
    assert_eq!(store.wekkers(Instant(i64::MAX), 100).await.unwrap().len(), VREEMD.len());
}

pub async fn een_lege_en_een_grote_inhoud_blijven_heel(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let alle_bytes: Vec<u8> = (0..=255).collect();
    for body in [Vec::new(), alle_bytes.clone(), alle_bytes.repeat(8192)] {
        let mut batch = bouw.batch(1);
        batch.events[0].body.clone_from(&body);
        bouw.sluit(&mut batch.events[0]);
        batch.fragmenten[0].verzegeld.clone_from(&body);
        batch.bijlagen[0].verzegeld.clone_from(&body);
        batch.datasleutels[0].verpakt.clone_from(&body);
        batch.opdracht.digest.clone_from(&body);
        store.commit(batch.clone()).await.unwrap();
        assert!(store.laad(bouw.casus).await.unwrap().contains(&batch.events[0]));
        assert!(store.fragmenten(bouw.casus, &ORG.into()).await.unwrap().contains(&batch.fragmenten[0]));
        let bijlage = store.bijlage(bouw.casus, &ORG.into(), &batch.bijlagen[0].onderwerp).await.unwrap();
        assert_eq!(bijlage.as_ref(), batch.bijlagen.first());
        assert_eq!(store.opdracht(bouw.casus, batch.opdracht.id).await.unwrap(), Some(batch.opdracht));
    }
    let mut kaal = bouw.batch(1);
    (kaal.fragmenten, kaal.bijlagen) = (Vec::new(), Vec::new());
    (kaal.datasleutels, kaal.views) = (Vec::new(), Views::default());
    store.commit(kaal).await.unwrap();
    assert!(store.werkvoorraad(werkvraag(ORG, 0)).await.unwrap().is_empty());
}

pub async fn van_gelijktijdige_schrijvers_wint_er_per_versie_precies_een(fabriek: &dyn Fabriek) {
    const SCHRIJVERS: u128 = 16;
    let store = fabriek.leeg().await;
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    store.commit(bouw.batch(1)).await.unwrap();
    let taken: Vec<_> = (0..SCHRIJVERS)
        .map(|nummer| {
            let (store, mut eigen) = (Arc::clone(&store), bouw.clone());
            for _ in 0..nummer * 3 {
                eigen.id();
            }
            let batch = eigen.batch(2);
            tokio::spawn(async move { store.commit(batch).await })
        })
        .collect();
    let mut gewonnen = 0;
    for taak in taken {
        match taak.await.unwrap() {
            Ok(()) => gewonnen += 1,
            Err(StoreFout::Conflict) => {}
            Err(fout) => panic!("geen conflict maar {fout}"),
        }
    }
    assert_eq!(gewonnen, 1);
    assert_eq!(store.laad(bouw.casus).await.unwrap().len(), 3);
    assert_eq!(store.toegang_van(bouw.casus, &ORG.into()).await.unwrap().len(), 2);
}

/// Several changes of several casussen, mixed, with an access log that they share.
async fn velen(store: &dyn Store, casussen: u128, rondes: usize) -> Vec<Batch> {
    let mut bouwers = Vec::new();
    for nummer in 1..=casussen {
        bouwers.push(Bouw::nieuw(store, nummer).await);
    }
    let mut batches = Vec::new();
    for ronde in 0..rondes {
        for bouw in &mut bouwers {
            batches.push(bouw.batch(1 + ronde % 3));
        }
    }
    batches
}

pub async fn velen_tegelijk_is_hetzelfde_als_een_voor_een(fabriek: &dyn Fabriek) {
    const CASUSSEN: u128 = 70;
    let (samen, los) = (fabriek.leeg().await, fabriek.leeg().await);
    let batches = velen(&*samen, CASUSSEN, 4).await;
    los.bewaar_bundel(bundel()).await.unwrap();
    let (eerst, rest) = batches.split_at(100);
    samen.commit_velen(Vec::new()).await.unwrap();
    samen.commit_velen(eerst.to_vec()).await.unwrap();
    samen.commit_velen(rest.to_vec()).await.unwrap();
    samen.na_velen().await.unwrap();
    for batch in batches.clone() {
        los.commit(batch).await.unwrap();
    }
    for batch in &batches {
        let (casus, opdracht) = (batch.casus, batch.opdracht.id);
        assert_eq!(alles(&*samen, casus, ORG, opdracht).await, alles(&*los, casus, ORG, opdracht).await);
    }
    assert_eq!(samen.aantal_streams().await.unwrap(), u64::try_from(CASUSSEN).unwrap());
    println!("{} wijzigingen van {CASUSSEN} casussen, samen en los hetzelfde", batches.len());
}

pub async fn van_velen_met_een_fout_erin_blijft_niets_achter(fabriek: &dyn Fabriek) {
    for (index, (soort, bederf)) in FOUTEN.iter().enumerate() {
        let store = fabriek.leeg().await;
        let mut eerder = Bouw::nieuw(&*store, 1).await;
        store.commit(eerder.batch(1)).await.unwrap();
        let goed: Vec<_> = velen(&*store, 40, 1).await.into_iter().skip(1).chain([eerder.batch(2)]).collect();
        let mut fout = goed.clone();
        bederf(fout.last_mut().unwrap());
        let niemand = goed[0].casus;
        let voor = alles(&*store, eerder.casus, ORG, NIEMAND).await;
        let antwoord = store.commit_velen(fout).await;
        assert!(antwoord.is_err(), "{soort}: had moeten mislukken");
        assert_eq!(matches!(antwoord, Err(StoreFout::Conflict)), index < 2, "{soort}: {antwoord:?}");
        assert!(store.laad(niemand).await.unwrap().is_empty(), "{soort}");
        assert_eq!(alles(&*store, eerder.casus, ORG, NIEMAND).await, voor, "{soort} liet iets achter");
        store.commit_velen(goed).await.unwrap();
        assert_eq!(store.laad(niemand).await.unwrap().len(), 1, "{soort}: daarna gaat het goede gewoon");
    }
}

pub async fn nieuwe_views_vervangen_alle_oude_van_die_casus_en_van_geen_andere(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let mut ander = Bouw::nieuw(&*store, 2).await;
    store.commit(ander.batch(1)).await.unwrap();
    let mut bouw = Bouw::nieuw(&*store, 1).await;
    let batch = bouw.batch(1);
    store.commit(batch.clone()).await.unwrap();
    let ander_voor = store.werkvoorraad(werkvraag(ORG, 250)).await.unwrap().pop().unwrap();
    let mut nieuw = bouw.views();
    nieuw.casus = vec![bouw.casus_rij("school")];
    nieuw.spans = vec![bouw.span(0, 120, Some(130), "school")];
    nieuw.termijnen = vec![bouw.termijn(4, 160)];
    nieuw.wekkers.clear();
    store.vervang_views(bouw.casus, nieuw.clone()).await.unwrap();
    let van_vt = store.werkvoorraad(werkvraag(ORG, 250)).await.unwrap();
    assert_eq!(van_vt, [ander_voor], "de rij van Veilig Thuis is weg, die van de andere casus staat er nog");
    assert_eq!(store.werkvoorraad(werkvraag("school", 125)).await.unwrap()[0].rij, nieuw.casus[0]);
    for (op, houder) in [(119, None), (120, Some("school")), (129, Some("school")), (130, None), (250, None)] {
        let gezien = store.houder_op(bouw.casus, Instant(op)).await.unwrap().map(|(houder, _)| houder);
        assert_eq!(gezien, houder.map(OrganisatieId::from), "op {op}");
    }
    assert_eq!(store.te_laat(bouw.casus, &ORG.into(), Instant(160)).await.unwrap(), ["termijn-4"]);
    assert_eq!(store.overdrachten(&"team".into(), 10).await.unwrap().len(), 2);
    assert!(!store.overdrachten(&"team".into(), 10).await.unwrap().contains(&batch.views.overdrachten[0]));
    assert!(store.wekkers(Instant(999), 10).await.unwrap().iter().all(|wekker| wekker.casus == ander.casus));
    assert_eq!(store.laad(bouw.casus).await.unwrap(), batch.events, "views zijn afgeleid; de events blijven");
    // Replaced by nothing, and once more.
    store.vervang_views(bouw.casus, Views::default()).await.unwrap();
    store.vervang_views(bouw.casus, Views::default()).await.unwrap();
    assert!(store.werkvoorraad(werkvraag("school", 125)).await.unwrap().is_empty());
    // A replacement that cannot be written leaves the old rows.
    store.vervang_views(bouw.casus, nieuw.clone()).await.unwrap();
    let mut dubbel = bouw.views();
    dubbel.wekkers.push(dubbel.wekkers[0].clone());
    let voor = alles(&*store, bouw.casus, "school", NIEMAND).await;
    assert!(store.vervang_views(bouw.casus, dubbel).await.is_err());
    assert_eq!(alles(&*store, bouw.casus, "school", NIEMAND).await, voor);
}

pub async fn een_bundel_blijft_zoals_hij_eerst_was(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    store.bewaar_bundel(bundel()).await.unwrap();
    store.bewaar_bundel(bundel()).await.unwrap();
    store.bewaar_bundel(BundelRij { bytes: b"anders".to_vec(), ..bundel() }).await.unwrap();
    assert_eq!(store.bundels().await.unwrap(), [bundel()]);
    let zelfde_naam = BundelRij { hash: "b2".into(), ..bundel() };
    assert!(store.bewaar_bundel(zelfde_naam).await.is_err(), "een naam heeft een inhoud");
    let tweede = BundelRij { hash: "b2".into(), naam: "proef 2".into(), bytes: Vec::new() };
    store.bewaar_bundel(tweede.clone()).await.unwrap();
    assert_eq!(store.bundels().await.unwrap(), [bundel(), tweede]);
}

/// Processes that start at the same moment store the same editions.
pub async fn wie_tegelijk_starten_bewaren_hetzelfde(fabriek: &dyn Fabriek) {
    const PROCESSEN: usize = 8;
    const EDITIES: usize = 300;
    let store = fabriek.leeg().await;
    let edities: Vec<_> = (100..100 + EDITIES)
        .map(|nummer| BundelRij {
            hash: BundelHash(format!("b{nummer}")),
            naam: format!("proef {nummer}"),
            bytes: Vec::new(),
        })
        .collect();
    let processen: Vec<_> = (0..PROCESSEN)
        .map(|_| {
            let (store, edities) = (Arc::clone(&store), edities.clone());
            tokio::spawn(async move {
                for editie in edities {
                    store.bewaar_bundel(editie).await?;
                }
                Ok::<_, StoreFout>(())
            })
        })
        .collect();
    for proces in processen {
        proces.await.unwrap().unwrap();
    }
    assert!(store.bundels().await.unwrap() == edities, "niet elke editie staat er een keer");
}

pub async fn de_eerste_organisatiesleutel_blijft(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let org = OrganisatieId::from(ORG);
    assert_eq!(store.organisatiesleutel(&org).await.unwrap(), None);
    let taken: Vec<_> = (0..8u8)
        .map(|nummer| {
            let store = Arc::clone(&store);
            let rij = OrganisatiesleutelRij { organisatie: ORG.into(), epoch: 1, verpakt: vec![nummer; 60] };
            tokio::spawn(async move {
                store.bewaar_organisatiesleutel(rij).await.unwrap();
                store.organisatiesleutel(&ORG.into()).await.unwrap().unwrap()
            })
        })
        .collect();
    let mut gezien = Vec::new();
    for taak in taken {
        gezien.push(taak.await.unwrap());
    }
    gezien.dedup();
    assert_eq!(gezien.len(), 1, "allen zien dezelfde sleutel");
    let later = OrganisatiesleutelRij { organisatie: ORG.into(), epoch: 2, verpakt: vec![99] };
    store.bewaar_organisatiesleutel(later).await.unwrap();
    assert_eq!(store.organisatiesleutel(&org).await.unwrap().as_ref(), gezien.first());
}
