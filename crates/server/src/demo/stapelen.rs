//! Recording very many casussen: workers decide and seal side by side, one writer commits many casussen at a time.
//!
//! Every command goes through the application as any other; only the writing waits until a pile is high enough.

use super::{
    menigte::Menigte,
    verhaal::Stap,
    vullen::{self, Telling},
};
use crate::{klok::VasteKlok, voortgang::Voortgang};
use anyhow::{Context, Result, anyhow};
use app::{
    App, Poorten,
    herkenning::ExacteSleutels,
    kladblok::{Klad, Kladblok, Reeks},
    opslag::Batch,
    poorten::{Sleutelbeheer, Store},
    toegang::Tabel,
};
use domain::ids::CommandId;
use sleutels::Systeemtoeval;
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{runtime::Handle, sync::mpsc};

/// Threads that decide and seal; the writer waits on the disk in between.
const WERKERS: usize = 2;
/// Households that a worker takes at a time.
const HUISHOUDENS_PER_KEER: usize = 24;
/// A transaction is closed when it holds so many events.
const EVENTS_PER_TRANSACTIE: usize = 12_000;
/// Piles that wait for the writer: what is told while it writes, so that neither waits for the other.
const WACHTEND_MAX: usize = 64;

/// Which households are still to be told, so that there are exactly as many casussen as were asked.
struct Rooster {
    huishouden: u64,
    casussen_over: usize,
}

impl Rooster {
    /// The next households, each with how many of its casussen are told.
    fn neem(&mut self, menigte: &Menigte) -> Vec<(u64, usize)> {
        let mut genomen = Vec::new();
        while genomen.len() < HUISHOUDENS_PER_KEER && self.casussen_over > 0 {
            let aantal = menigte.casussen(self.huishouden).min(self.casussen_over);
            genomen.push((self.huishouden, aantal));
            self.huishouden += 1;
            self.casussen_over -= aantal;
        }
        genomen
    }
}

/// What a worker hands to the writer.
struct Stapel {
    klad: Klad,
    telling: Telling,
}

/// What all workers share.
#[derive(Clone)]
struct Werk {
    store: Arc<dyn Store>,
    sleutels: Arc<dyn Sleutelbeheer>,
    menigte: Menigte,
    rooster: Arc<Mutex<Rooster>>,
}

/// Records so many casussen of the crowd; how many casussen, commands and events that were.
///
/// # Errors
/// A step that was refused, a fault of the store or of the keys. What was committed stays.
pub async fn stapel(
    store: Arc<dyn Store>,
    sleutels: Arc<dyn Sleutelbeheer>,
    menigte: Menigte,
    aantal: usize,
) -> Result<Telling> {
    let (zend, ontvang) = mpsc::channel(WACHTEND_MAX);
    let rooster = Arc::new(Mutex::new(Rooster { huishouden: 0, casussen_over: aantal }));
    let werk = Werk { store: Arc::clone(&store), sleutels, menigte, rooster };
    let mut werkers = Vec::new();
    for _ in 0..WERKERS {
        let (werk, zend, draad) = (werk.clone(), zend.clone(), Handle::current());
        werkers.push(tokio::task::spawn_blocking(move || werk.doe(&draad, &zend)));
    }
    drop(zend);
    let geschreven = schrijf(&*store, ontvang, aantal).await;
    for werker in werkers {
        // A writer that failed is why a worker could hand nothing over.
        let klaar = werker.await.context("een werker is gestopt")?;
        if geschreven.is_ok() {
            klaar?;
        }
    }
    geschreven
}

async fn schrijf(store: &dyn Store, mut ontvang: mpsc::Receiver<Stapel>, aantal: usize) -> Result<Telling> {
    let mut voortgang = Voortgang::begin("casussen", u64::try_from(aantal)?);
    let mut totaal = Telling::default();
    let mut wacht: Vec<Batch> = Vec::new();
    let mut events = 0;
    while let Some(Stapel { klad, telling }) = ontvang.recv().await {
        events += klad.batches.iter().map(|batch| batch.events.len()).sum::<usize>();
        wacht.extend(klad.batches);
        if events >= EVENTS_PER_TRANSACTIE {
            store.commit_velen(in_volgorde(&mut wacht)).await?;
            totaal.events += std::mem::take(&mut events);
        }
        if !klad.toegang.is_empty() {
            store.schrijf_toegang_velen(klad.toegang).await?;
        }
        totaal.casussen += telling.casussen;
        totaal.opdrachten += telling.opdrachten;
        totaal.weigeringen += telling.weigeringen;
        voortgang.zet(u64::try_from(totaal.casussen)?);
    }
    store.commit_velen(in_volgorde(&mut wacht)).await?;
    store.na_velen().await?;
    totaal.events += events;
    voortgang.klaar();
    Ok(totaal)
}

/// In the order of the tables, so that each of their pages is written once. Of a casus the first stays first.
fn in_volgorde(wacht: &mut Vec<Batch>) -> Vec<Batch> {
    let mut batches = std::mem::take(wacht);
    batches.sort_by_key(|batch| batch.casus);
    batches
}

impl Werk {
    /// Until the roster is empty.
    fn doe(&self, draad: &Handle, uit: &mpsc::Sender<Stapel>) -> Result<()> {
        let kladblok = Arc::new(Kladblok::zonder_lijsten(Arc::clone(&self.store)));
        let klok = VasteKlok::default();
        let poorten = Poorten {
            store: Arc::<Kladblok>::clone(&kladblok),
            klok: Arc::new(klok.clone()),
            toegang: Arc::new(Tabel),
            herkenning: Arc::new(ExacteSleutels),
            sleutels: Arc::clone(&self.sleutels),
            toeval: Arc::new(Systeemtoeval),
        };
        let app = draad.block_on(App::start(poorten, self.menigte.afspraken.clone()))?;
        loop {
            let genomen = self.rooster.lock().unwrap_or_else(PoisonError::into_inner).neem(&self.menigte);
            if genomen.is_empty() {
                return Ok(());
            }
            let mut stapel = Stapel { klad: Klad::default(), telling: Telling::default() };
            for (huishouden, aantal) in genomen {
                for stappen in self.menigte.vertel(huishouden)?.into_iter().take(aantal) {
                    let reeks = draad.block_on(een_casus(&app, &klok, stappen, &mut stapel.telling))?;
                    let klad = draad.block_on(afgesloten(&app, &kladblok, reeks))?;
                    stapel.klad.batches.extend(klad.batches);
                    stapel.klad.toegang.extend(klad.toegang);
                }
            }
            uit.blocking_send(stapel).map_err(|_| anyhow!("de schrijver is gestopt"))?;
        }
    }
}

/// What a series would write, with the lists as they are after its last step.
async fn afgesloten(app: &App, kladblok: &Kladblok, reeks: Reeks) -> Result<Klad> {
    let lijsten = app.lijsten_na(&reeks).await?;
    let mut klad = kladblok.neem();
    if let Some(laatste) = klad.batches.last_mut() {
        laatste.views = lijsten;
    }
    Ok(klad)
}

/// Carries out the steps of one casus in a series.
///
/// # Errors
/// A step that was refused, or a fault of the keys.
pub async fn een_casus(app: &App, klok: &VasteKlok, stappen: Vec<Stap>, telling: &mut Telling) -> Result<Reeks> {
    let mut versies: HashMap<CommandId, u64> = HashMap::new();
    let mut reeks = Reeks::default();
    for stap in stappen {
        klok.zet(stap.op);
        let waar = format!("'{}' door {} op {}", stap.wens.naam(), stap.actor.organisatie, stap.op.lokaal());
        vullen::voer_uit(app, Some(&mut reeks), stap, &mut versies, telling).await.context(waar)?;
    }
    Ok(reeks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{afspraken::laad_of_meld, start::stel_samen};
    use domain::tijd::Instant;
    use sleutels::Sleutelbestand;

    /// Below this nothing is proved.
    const EVENTS_MIN: usize = 1_500;

    #[tokio::test]
    async fn wat_is_opgestapeld_is_wat_losse_opdrachten_hadden_geschreven() {
        let afspraken = laad_of_meld(None).unwrap();
        let nu = Instant::uit_lokaal("2026-04-07T10:00:00".parse().unwrap());
        let menigte = Menigte { afspraken: afspraken.clone(), zaad: 3, nu, alleen_open: false };
        let map = tempfile::tempdir().unwrap();
        let klok = VasteKlok::default();
        let sleutels = map.path().join("sleutels");
        let (a, b) = (map.path().join("a.db"), map.path().join("b.db"));
        let samen = stel_samen(&a, &sleutels, Arc::new(klok.clone()), afspraken.clone()).await.unwrap();
        let beheer = Arc::new(Sleutelbestand::open_of_maak(&sleutels).unwrap());
        let telling = stapel(samen.store.poort(), beheer, menigte.clone(), 150).await.unwrap();
        assert_eq!(telling.casussen, 150);
        assert!(telling.events >= EVENTS_MIN, "{telling:?}");
        println!("{telling:?}");

        let los = stel_samen(&b, &sleutels, Arc::new(klok.clone()), afspraken).await.unwrap();
        let (mut over, mut vergeleken) = (150, 0);
        for huishouden in 0.. {
            for stappen in menigte.vertel(huishouden).unwrap().into_iter().take(over) {
                over -= 1;
                // Every one would take long; every seventh tells enough.
                if over % 7 != 0 {
                    continue;
                }
                let (mut versies, mut telling) = (HashMap::new(), Telling::default());
                let casus = app::casus_van(stappen[0].id);
                for stap in stappen {
                    klok.zet(stap.op);
                    vullen::voer_uit(&los.app, None, stap, &mut versies, &mut telling).await.unwrap();
                }
                let (een, ander) = (samen.app.store().laad(casus).await, los.app.store().laad(casus).await);
                // Sealing draws fresh nonces, so the hashes of the sealed pieces differ, and with them the chain.
                let zonder = |rijen: Vec<app::opslag::EventRij>| app::codec::stroom(&rijen).unwrap();
                assert_eq!(zonder(een.unwrap()), zonder(ander.unwrap()));
                klok.zet(nu);
                let vt = los.app.store().houder_op(casus, nu).await.unwrap();
                assert_eq!(samen.app.store().houder_op(casus, nu).await.unwrap(), vt);
                samen.app.herbouw_views(casus).await.unwrap();
                vergeleken += 1;
            }
            if over == 0 {
                break;
            }
        }
        assert!(vergeleken >= 20, "{vergeleken} vergeleken");
        samen.store.sluit().await;
        los.store.sluit().await;
    }
}
