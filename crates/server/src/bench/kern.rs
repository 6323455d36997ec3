//! What needs no disk: folding stored bytes, and the lines and terms of a long casus.

use super::{
    Omvang,
    opslag::{Proefopslag, Soort},
    tafel::{Grens, Meting},
};
use crate::{afspraken::laad_of_meld, demo, klok::VasteKlok, voortgang::stopwatch};
use anyhow::{Result, ensure};
use app::{codec, kladblok::Kladblok, opslag::EventRij};
use domain::{Casus, evolve, termijnen::termijnen, tijd::Instant, tijdlijn::tijdlijn};
use std::{collections::BTreeMap, hint::black_box, path::Path, sync::Arc, time::Duration};

/// Events of the casus whose lines and terms are computed.
const LANGE_CASUS: usize = 100;
/// Casussen whose bytes are folded.
const CASUSSEN: u64 = 60;

/// # Errors
/// The casussen cannot be made.
pub async fn meet(map: &Path, omvang: Omvang) -> Result<Vec<Meting>> {
    let proef = Proefopslag::nieuw(&Soort::Sqlite, map).await?;
    let uitkomst = reken(&proef, omvang).await;
    proef.ruim_op().await?;
    uitkomst
}

async fn reken(proef: &Proefopslag, omvang: Omvang) -> Result<Vec<Meting>> {
    let klok = VasteKlok::default();
    let afspraken = laad_of_meld(None)?;
    let kladblok = Arc::new(Kladblok::new(proef.poort()));
    let klad: Arc<dyn app::poorten::Store> = Arc::<Kladblok>::clone(&kladblok);
    let app = proef.app(klad, Arc::new(klok.clone()), &afspraken).await?;
    let nu = Instant::uit_lokaal(jiff::civil::date(2026, 4, 7).at(10, 0, 0, 0));
    let lang = demo::lange_casus(&app, &klok, &kladblok, &afspraken, nu, LANGE_CASUS).await?;
    ensure!(lang.len() == LANGE_CASUS, "de lange casus heeft {} events", lang.len());
    let gewoon = demo::gewone_casussen(&app, &klok, &kladblok, &afspraken, nu, CASUSSEN).await?;
    let duur = Duration::from_secs_f64(omvang.rekenen_seconden);
    Ok(vec![lijnen_en_termijnen(&app, &lang, duur)?, vouwen(&gewoon, duur)?])
}

fn lijnen_en_termijnen(app: &app::App, rijen: &[EventRij], duur: Duration) -> Result<Meting> {
    const MICROSECONDEN: f64 = 20.0;
    const KEREN_MIN: usize = 500;
    let casus = Casus::uit(&codec::stroom(rijen)?);
    let bundels = app.bundels();
    let mut metingen = Vec::new();
    let begin = stopwatch();
    // On a busy machine it takes longer, and means no less.
    while begin.elapsed() < duur || metingen.len() < KEREN_MIN {
        let een = stopwatch();
        black_box((tijdlijn(black_box(&casus), &bundels), termijnen(black_box(&casus), &bundels)));
        metingen.push(een.elapsed().as_secs_f64() * 1e6);
    }
    let (lijn, lijst) = (tijdlijn(&casus, &bundels), termijnen(&casus, &bundels));
    metingen.sort_by(f64::total_cmp);
    Ok(Meting {
        opslag: "",
        maat: "tijdlijn en alle termijnen".into(),
        voorwaarden: format!(
            "casus van {LANGE_CASUS} events, {} meldingen, {} stukken lijn, {} termijnen; mediaan van {}",
            casus.meldingen.len(),
            lijn.zicht.len(),
            lijst.len(),
            metingen.len()
        ),
        grens: Some(Grens::Hoogstens(MICROSECONDEN)),
        cijfer: metingen.get(metingen.len() / 2).copied().unwrap_or(f64::NAN),
        eenheid: "µs",
        werk: u64::try_from(metingen.len())?,
        werk_min: u64::try_from(KEREN_MIN)?,
    })
}

fn vouwen(rijen: &[EventRij], duur: Duration) -> Result<Meting> {
    const PER_SECONDE: f64 = 300_000.0;
    const GEVOUWEN_MIN: u32 = 5_000;
    let mut stromen: BTreeMap<_, Vec<&EventRij>> = BTreeMap::new();
    for rij in rijen {
        stromen.entry(rij.casus).or_default().push(rij);
    }
    let bytes: usize = rijen.iter().map(|rij| rij.body.len()).sum();
    let mut gevouwen = 0u32;
    let begin = stopwatch();
    while begin.elapsed() < duur || gevouwen < GEVOUWEN_MIN {
        for stroom in stromen.values() {
            let mut casus = Casus::default();
            for rij in stroom {
                casus = evolve(casus, &codec::uit_rij(rij)?);
                gevouwen += 1;
            }
            black_box(casus);
        }
    }
    Ok(Meting {
        opslag: "",
        maat: "vouwen uit bewaarde bytes".into(),
        voorwaarden: format!(
            "lezen en evolve, een kern; {} stromen van gemiddeld {} events, {} bytes per event; {gevouwen} gevouwen",
            stromen.len(),
            rijen.len() / stromen.len().max(1),
            bytes / rijen.len().max(1)
        ),
        grens: Some(Grens::Minstens(PER_SECONDE)),
        cijfer: f64::from(gevouwen) / begin.elapsed().as_secs_f64(),
        eenheid: "per s",
        werk: u64::from(gevouwen),
        werk_min: u64::from(GEVOUWEN_MIN),
    })
}
