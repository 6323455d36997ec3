//! Made-up casussen for who measures: many that are open, some ordinary ones, one that is long.

use super::{
    menigte::Menigte,
    regio::{IJMOND, Melder},
    stapelen,
    verhaal::{Omgeving, Verhaal},
    vullen::{Telling, geldig},
};
use crate::klok::VasteKlok;
use anyhow::{Result, ensure};
use app::{App, kladblok::Kladblok, opslag::EventRij, poorten::Store};
use domain::{
    afspraak::Afspraken,
    gebeurtenis::{BesluitSoort, Taxatie},
    tijd::Instant,
};
use sleutels::Sleutelbestand;
use std::{path::Path, sync::Arc};

const ZAAD: u64 = 2_026;

/// Puts so many open casussen into a store.
///
/// # Errors
/// The store or the keys failed.
pub async fn vul_open(
    store: Arc<dyn Store>,
    sleutels: &Path,
    afspraken: Afspraken,
    nu: Instant,
    aantal: usize,
) -> Result<Telling> {
    let beheer = Arc::new(Sleutelbestand::open_of_maak(sleutels)?);
    stapelen::stapel(store, beheer, Menigte { afspraken, zaad: ZAAD, nu, alleen_open: true }, aantal).await
}

/// The rows of the casussen of so many households, in the order of their events.
///
/// # Errors
/// A step was refused.
pub async fn gewone_casussen(
    app: &App,
    klok: &VasteKlok,
    kladblok: &Kladblok,
    afspraken: &Afspraken,
    nu: Instant,
    huishoudens: u64,
) -> Result<Vec<EventRij>> {
    let menigte = Menigte { afspraken: afspraken.clone(), zaad: ZAAD, nu, alleen_open: false };
    let mut rijen = Vec::new();
    for huishouden in 0..huishoudens {
        for stappen in menigte.vertel(huishouden)? {
            stapelen::een_casus(app, klok, stappen, &mut Telling::default()).await?;
            rijen.extend(kladblok.neem().batches.into_iter().flat_map(|batch| batch.events));
        }
    }
    Ok(rijen)
}

/// The rows of one casus with so many events: report after report, each assessed and decided, with talks in between.
///
/// # Errors
/// A step was refused.
pub async fn lange_casus(
    app: &App,
    klok: &VasteKlok,
    kladblok: &Kladblok,
    afspraken: &Afspraken,
    nu: Instant,
    events: usize,
) -> Result<Vec<EventRij>> {
    let bundel = &geldig(afspraken, &IJMOND, nu)?.bundel;
    let begin = nu.plus_uren(-24 * 360);
    let o = Omgeving { bundel, regio: &IJMOND, nu, zaad: ZAAD, vervolg: 0 };
    let mut verhaal = Verhaal::new(o, 0, begin);
    while verhaal.stappen.len() < events {
        let melding = verhaal.meld(Melder::POLITIE, false, 0);
        verhaal.werkdag(2);
        verhaal.beoordeel(melding, Taxatie::StructureleOnveiligheid, &["structurele-onveiligheid"]);
        verhaal.vt_spreekt_gezin();
        verhaal.koppel_terug(melding);
        verhaal.besluit(melding, BesluitSoort::VervolgBijVeiligThuis, None);
        for _ in 0..3 {
            verhaal.dagen(2, 5);
            verhaal.vt_spreekt_gezin();
        }
        verhaal.incident(false);
    }
    stapelen::een_casus(app, klok, verhaal.stappen, &mut Telling::default()).await?;
    let mut rijen: Vec<_> = kladblok.neem().batches.into_iter().flat_map(|batch| batch.events).collect();
    ensure!(rijen.len() >= events, "maar {} events", rijen.len());
    rijen.truncate(events);
    Ok(rijen)
}
