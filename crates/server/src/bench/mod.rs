//! `zicht bench`: every measure that is promised, by one command. Ratios are taken within one run, with sealing, access
//! log and access check on; nothing here is faster than what a worker gets.

mod duurzaam;
mod kern;
mod machine;
mod opslag;
mod paginas;
mod proces;
mod tafel;

use crate::{cli, voortgang::stopwatch};
use anyhow::Result;
use clap::{Args, ValueEnum};
use opslag::{Proefopslag, Soort};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};
use tafel::{Grens, Meting};

/// Options of `zicht bench`.
#[derive(Args)]
pub struct BenchOpties {
    /// Enkele seconden: kleine hoeveelheden, zonder oordeel over snelheid.
    #[arg(long)]
    kort: bool,
    /// Waarop wordt gemeten: sqlite, of postgres://gebruiker@server/database. Mag vaker; zonder deze optie sqlite.
    #[arg(long, value_name = "ADRES")]
    opslag: Vec<String>,
    /// Map voor tijdelijke bestanden: op de schijf die gemeten wordt.
    #[arg(long)]
    map: Option<PathBuf>,
    /// Map met scenario's.
    #[arg(long, default_value = "scenarios")]
    scenarios: PathBuf,
    /// Alleen dit deel; mag vaker. Zonder deze optie alles.
    #[arg(long, value_enum)]
    alleen: Vec<Deel>,
    /// Antwoord in JSON.
    #[arg(long)]
    json: bool,
}

/// What belongs together in one part of the measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Deel {
    /// Lijnen, termijnen en vouwen.
    Rekenen,
    /// Duurzame opdrachten tegen een kale schrijver.
    Opdrachten,
    /// Opstapelen en de pagina's daarna.
    Paginas,
    /// Starten en geheugen.
    Proces,
    Scenarios,
}

impl BenchOpties {
    fn wil(&self, deel: Deel) -> bool {
        self.alleen.is_empty() || self.alleen.contains(&deel)
    }
}

/// How much is done.
#[derive(Clone, Copy, Debug)]
pub struct Omvang {
    pub kort: bool,
    /// Commands per round, for each number of clients, and as many bare writes.
    pub opdrachten: usize,
    pub rondes: usize,
    pub open_casussen: usize,
    pub paginas: usize,
    /// Seconds of folding and of computing lines, each.
    pub rekenen_seconden: f64,
    pub starts: usize,
    pub syncs: usize,
    pub scenarios: usize,
}

const LANG: Omvang = Omvang {
    kort: false,
    opdrachten: 400,
    rondes: 5,
    open_casussen: 100_000,
    paginas: 1_000,
    rekenen_seconden: 3.0,
    starts: 9,
    syncs: 2_000,
    scenarios: usize::MAX,
};
const KORT: Omvang = Omvang {
    kort: true,
    opdrachten: 40,
    rondes: 2,
    open_casussen: 200,
    paginas: 40,
    rekenen_seconden: 0.4,
    starts: 3,
    syncs: 100,
    scenarios: 12,
};

/// Measures and prints. `false` when a bound is not met, or in the short form when too little was done to measure.
///
/// # Errors
/// A store that cannot be used, or a step that fails.
pub async fn bench(opties: &BenchOpties) -> Result<bool> {
    let omvang = if opties.kort { KORT } else { LANG };
    let begin = stopwatch();
    let mut soorten: Vec<Soort> = Vec::new();
    for adres in &opties.opslag {
        soorten.push(Soort::lees(adres)?);
    }
    if soorten.is_empty() {
        soorten.push(Soort::Sqlite);
    }
    let map = opties.map.clone().unwrap_or_else(std::env::temp_dir);
    let mut metingen = Vec::new();
    let uitkomst = meet_alles(&mut metingen, (&soorten, &map), omvang, opties).await;
    let machine = machine::Machine::deze(&map);
    let seconden = begin.elapsed().as_secs_f64();
    if opties.json {
        zeg!("{:#}", tafel::als_json(&metingen, &machine, omvang, seconden));
    } else {
        zeg!("{}", tafel::als_tekst(&metingen, &machine, omvang, seconden));
    }
    // What was measured before a step failed has been said.
    uitkomst?;
    let genoeg = metingen.iter().all(Meting::genoeg_gedaan);
    Ok(genoeg && (opties.kort || metingen.iter().all(Meting::gehaald)))
}

async fn meet_alles(
    metingen: &mut Vec<Meting>,
    (soorten, map): (&[Soort], &Path),
    omvang: Omvang,
    opties: &BenchOpties,
) -> Result<()> {
    metingen.push(duurzaam::fdatasync(map, omvang)?);
    if opties.wil(Deel::Rekenen) {
        metingen.extend(kern::meet(map, omvang).await?);
    }
    for soort in soorten {
        let proef = Arc::new(Proefopslag::nieuw(soort, map).await?);
        let uitkomst = op_een_opslag(metingen, &proef, omvang, opties).await;
        proef.ruim_op().await?;
        uitkomst?;
    }
    Ok(())
}

async fn op_een_opslag(
    metingen: &mut Vec<Meting>,
    proef: &Arc<Proefopslag>,
    omvang: Omvang,
    opties: &BenchOpties,
) -> Result<()> {
    if opties.wil(Deel::Opdrachten) {
        metingen.extend(duurzaam::meet(proef, omvang).await?);
    }
    if opties.wil(Deel::Paginas) {
        metingen.extend(paginas::meet(proef, omvang).await?);
    }
    if opties.wil(Deel::Proces) {
        metingen.extend(proces::meet(proef, omvang).await?);
    }
    if opties.wil(Deel::Scenarios) {
        metingen.push(scenarios(proef, omvang, opties).await?);
    }
    Ok(())
}

/// Every scenario once, each in a store of its own; in the short form some of them.
async fn scenarios(proef: &Proefopslag, omvang: Omvang, opties: &BenchOpties) -> Result<Meting> {
    const SECONDEN_SQLITE: f64 = 15.0;
    const SECONDEN_POSTGRES: f64 = 30.0;
    const SCENARIOS_MIN: u64 = 10;
    let begin = stopwatch();
    let gespeeld = cli::speel_map(&opties.scenarios, proef.server(), omvang.scenarios).await?;
    let seconden = begin.elapsed().as_secs_f64();
    let grens = if proef.server().is_some() { SECONDEN_POSTGRES } else { SECONDEN_SQLITE };
    Ok(Meting {
        opslag: proef.naam(),
        maat: if omvang.kort { "enkele scenario's" } else { "alle scenario's" }.into(),
        voorwaarden: format!("{gespeeld} scenario's, elk een keer, elk in een lege opslag"),
        grens: Some(Grens::Hoogstens(grens)),
        cijfer: seconden,
        eenheid: "s",
        werk: gespeeld,
        werk_min: SCENARIOS_MIN,
    })
}
