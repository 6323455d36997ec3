//! What several processes on one store agree on: who does a job, what was written, in which shape the views are.

use super::{Fabriek, rijen::*, steun::Dobbelsteen};
use crate::{opslag::*, poorten::Store};
use domain::{ids::CasusId, tijd::Instant};
use std::{collections::BTreeMap, sync::Arc};

const INHALEN_MAX: std::time::Duration = std::time::Duration::from_secs(30);

fn job(houder: &str, tot: i64) -> JobRij {
    JobRij { naam: "wekkers".into(), houder: houder.into(), tot: Instant(tot) }
}

pub async fn een_job_is_van_een_proces_tot_de_tijd_om_is(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let neem = async |houder: &str, nu: i64, tot: i64| store.neem_job(job(houder, tot), Instant(nu)).await.unwrap();
    assert!(neem("een", 0, 100).await);
    assert!(!neem("ander", 0, 200).await && !neem("ander", 99, 200).await, "de beurt is nog niet om");
    assert!(neem("een", 50, 150).await, "wie hem heeft houdt hem langer");
    assert!(!neem("ander", 100, 200).await, "de verlenging telt");
    assert!(neem("ander", 150, 250).await, "na de tijd neemt een ander het over");
    assert!(!neem("een", 151, 300).await, "en dan is de eerste hem kwijt");
    store.laat_job_los("wekkers", "een").await.unwrap();
    assert!(!neem("een", 151, 300).await, "wie hem niet heeft geeft hem ook niet terug");
    store.laat_job_los("wekkers", "ander").await.unwrap();
    assert!(neem("een", 151, 300).await);
    let eigen = JobRij { naam: "iets anders".into(), ..job("ander", 300) };
    assert!(store.neem_job(eigen, Instant(151)).await.unwrap(), "elke job heeft haar eigen beurt");
    for ronde in 0..20 {
        let nu = 300 + ronde * 100;
        let taken: Vec<_> = (0..8)
            .map(|nummer| {
                let store = Arc::clone(&store);
                tokio::spawn(
                    async move { store.neem_job(job(&format!("p{nummer}"), nu + 100), Instant(nu)).await.unwrap() },
                )
            })
            .collect();
        let mut genomen = 0;
        for taak in taken {
            genomen += u32::from(taak.await.unwrap());
        }
        assert_eq!(genomen, 1, "ronde {ronde}");
    }
}

/// Reads on from a place to where the feed ends now.
async fn lees_verder(store: &dyn Store, na: &mut FeedPlek, bladzij: u32, gelezen: &mut Vec<EventRij>) {
    loop {
        let deel = store.feed(*na, bladzij).await.unwrap();
        assert!(deel.len() <= bladzij as usize);
        let Some(laatste) = deel.last() else { break };
        assert!(deel[0].plek > *na && deel.is_sorted_by_key(|rij| rij.plek), "de feed loopt vooruit");
        *na = laatste.plek;
        gelezen.extend(deel.into_iter().map(|rij| rij.event));
    }
}

pub async fn de_feed_geeft_elk_event_een_keer_en_elke_stroom_op_volgorde(fabriek: &dyn Fabriek) {
    const SCHRIJVERS: u128 = 6;
    const COMMITS: usize = 15;
    let store = fabriek.leeg().await;
    assert!(store.feed(FeedPlek::default(), 10).await.unwrap().is_empty());
    store.bewaar_bundel(bundel()).await.unwrap();
    let taken: Vec<_> = (1..=SCHRIJVERS)
        .map(|nummer| {
            let (store, d) = (Arc::clone(&store), Dobbelsteen::new(nummer as u64));
            tokio::spawn(async move {
                let mut bouw = Bouw::van(nummer);
                let mut geschreven = 0;
                for _ in 0..COMMITS {
                    let batch = bouw.batch(1 + d.onder(4));
                    geschreven += batch.events.len();
                    store.commit(batch).await.unwrap();
                }
                geschreven
            })
        })
        .collect();
    // One reads while they write, one afterwards: both must get the same in the same order.
    let (mut na, mut gelezen) = (FeedPlek::default(), Vec::new());
    while taken.iter().any(|taak| !taak.is_finished()) {
        lees_verder(&*store, &mut na, 3, &mut gelezen).await;
        tokio::task::yield_now().await;
    }
    let mut geschreven = 0;
    for taak in taken {
        geschreven += taak.await.unwrap();
    }
    // The feed may wait for somebody else who is writing on the same server, but not for ever.
    let inhalen = async {
        while gelezen.len() < geschreven {
            lees_verder(&*store, &mut na, 3, &mut gelezen).await;
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(INHALEN_MAX, inhalen).await.is_ok(), "de feed komt niet bij");
    let (mut achteraf, mut begin) = (Vec::new(), FeedPlek::default());
    lees_verder(&*store, &mut begin, 1_000, &mut achteraf).await;
    assert_eq!(gelezen.len(), achteraf.len(), "wie meelas miste iets of las iets dubbel");
    assert!(gelezen == achteraf, "de volgorde veranderde achter de lezer");
    let mut stromen: BTreeMap<CasusId, Vec<EventRij>> = BTreeMap::new();
    for event in gelezen {
        stromen.entry(event.casus).or_default().push(event);
    }
    assert_eq!(stromen.len() as u128, SCHRIJVERS);
    for (casus, events) in stromen {
        assert!(store.laad(casus).await.unwrap() == events, "casus {casus} kwam anders uit de feed");
    }
}

pub async fn de_vorm_van_de_lijsten_gaat_nooit_terug(fabriek: &dyn Fabriek) {
    let store = fabriek.leeg().await;
    let eigen = crate::views::VORM;
    assert_eq!(store.views_vorm().await.unwrap(), eigen);
    for (gezet, verwacht) in [(eigen, eigen), (eigen + 2, eigen + 2), (eigen + 1, eigen + 2)] {
        store.zet_views_vorm(gezet).await.unwrap();
        assert_eq!(store.views_vorm().await.unwrap(), verwacht);
    }
}
