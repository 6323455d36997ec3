//! `zicht demo`: made-up casussen, most of the last seven months, recorded through the application itself, and then
//! served on this computer only.

mod accounts;
mod casussen;
mod klok;
mod meldcode;
mod menigte;
mod naspelen;
mod regio;
mod stapelen;
mod teksten;
mod toeval;
mod verhaal;
mod verloop;
mod voorbeelden;
mod vullen;
mod wacht;

pub use accounts::accounts;
pub use casussen::{gewone_casussen, lange_casus, vul_open};

use crate::{
    afspraken, kaders,
    start::{Gegevens, Samenstel, bedien, stel_samen_met},
    voortgang::stopwatch,
};
use anyhow::{Context, Result, bail, ensure};
use app::{
    bronnen::{Gedrag, Nagebootst},
    poorten::Klok,
};
use clap::Args;
use domain::tijd::Instant;
use klok::Demoklok;
use menigte::Menigte;
use sleutels::Sleutelbestand;
use std::{
    fs,
    net::{IpAddr, Ipv4Addr},
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::net::TcpListener;
use vullen::Telling;

/// Up to so many casussen are recorded day by day, with the alarms of each day; more than that go in piles.
const DAG_VOOR_DAG_MAX: usize = 1_000;
/// Says that a folder was filled to the end.
const GEVULD: &str = "demo-gevuld";

/// Options of `zicht demo`.
#[derive(Args)]
pub struct DemoOpties {
    /// Poort waarop de oefenomgeving luistert; 0 kiest een vrije poort.
    #[arg(long, default_value_t = 8080)]
    poort: u16,
    /// Adres waarop de oefenomgeving luistert; alleen een adres van deze computer zelf.
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST), hide = true)]
    adres: IpAddr,
    /// Map voor de database en de sleutels, om later mee verder te gaan; anders een tijdelijke map.
    #[arg(long)]
    map: Option<PathBuf>,
    /// Hoeveel verzonnen casussen er komen; de vaste voorbeelden komen er altijd.
    #[arg(long, default_value_t = 300)]
    casussen: usize,
    /// Hetzelfde zaad geeft dezelfde verhalen.
    #[arg(long, default_value_t = 2_026)]
    zaad: u64,
    /// Vertel stap voor stap het verhaal van één gezin in plaats van veel casussen klaar te zetten.
    #[arg(long, value_name = "REGIO", value_parser = naspelen::REGIOS)]
    verhaal: Option<String>,
    /// Doe alsof het nu dit moment is (2026-04-07T10:00); de klok loopt vandaar verder.
    #[arg(long, hide = true)]
    nu: Option<jiff::civil::DateTime>,
}

/// Fills the demo and serves it until it is told to stop.
///
/// # Errors
/// An address of another computer, a port in use, a folder that was not filled to the end, or a fault of the store.
pub async fn demo(opties: DemoOpties) -> Result<bool> {
    // Anybody may sign in as anybody: that must never be reachable from elsewhere.
    ensure!(
        opties.adres.is_loopback(),
        "de oefenomgeving luistert alleen op deze computer zelf, niet op {}",
        opties.adres
    );
    let luister = TcpListener::bind((opties.adres, opties.poort))
        .await
        .with_context(|| format!("poort {} is niet vrij; kies een andere met --poort", opties.poort))?;
    let tijdelijk = match opties.map {
        Some(_) => None,
        None => Some(tempfile::Builder::new().prefix("zicht-demo-").tempdir()?),
    };
    let map = match (&opties.map, &tijdelijk) {
        (Some(map), _) => map.clone(),
        (None, Some(tijdelijk)) => tijdelijk.path().to_owned(),
        (None, None) => bail!("er is geen map"),
    };
    if let Some(regio) = &opties.verhaal {
        return naspelen::vertel(regio, &map, luister).await;
    }
    let samen = bereid_voor(&opties, &map).await?;
    let adres = luister.local_addr()?;
    zeg!("Zicht staat klaar op http://{adres} — kies een account om te beginnen.");
    bedien(samen, luister, web::Instellingen { demo: Some(accounts()), verhaal: None }).await?;
    Ok(true)
}

/// The application over a filled database, with a running clock.
async fn bereid_voor(opties: &DemoOpties, map: &Path) -> Result<Samenstel> {
    fs::create_dir_all(map).with_context(|| map.display().to_string())?;
    let (db, gevuld, sleutels) = (map.join("zicht.db"), map.join(GEVULD), map.join("zicht.sleutels"));
    let is_gevuld = gevuld.exists();
    ensure!(
        is_gevuld || !db.exists(),
        "in {} staat een database die geen (hele) oefenomgeving is; kies een lege map",
        map.display()
    );
    let klok = Arc::new(Demoklok::new());
    let vanaf = opties.nu.map(Instant::uit_lokaal);
    klok.loop_verder(vanaf);
    let afspraken = afspraken::laad_of_meld(None)?;
    let poort: Arc<dyn Klok> = Arc::<Demoklok>::clone(&klok);
    // One source is silent and one slow: what does not answer is shown as unknown.
    let gedrag = [
        ("raad-voor-de-kinderbescherming", Gedrag::Gevonden),
        ("gezagsregister", Gedrag::Gevonden),
        ("politie", Gedrag::Stil),
        ("andere-veilig-thuis", Gedrag::Traag(24)),
    ];
    let gedrag = gedrag.map(|(bron, gedrag)| (bron.to_owned(), gedrag));
    let gegevens = Gegevens {
        protocollen: meldcode::protocollen()?,
        instrumenten: kaders::verzonnen_instrument()?,
        bronnen: Arc::new(Nagebootst::new(gedrag.into())),
        ..Gegevens::ingebouwd()?
    };
    let samen = stel_samen_met(&db, &sleutels, poort, afspraken, gegevens).await?;
    if !is_gevuld {
        // Whole seconds: nobody tells a story in microseconds.
        let nu = Instant(klok.nu().0 / 1_000_000 * 1_000_000);
        let dag_voor_dag = if opties.casussen > DAG_VOOR_DAG_MAX { 0 } else { opties.casussen };
        let stappen = vullen::plan(samen.app.afspraken(), dag_voor_dag, opties.zaad, nu)?;
        let mut telling = vullen::vul(&samen.app, &klok, stappen, |gedaan, totaal| {
            zeg!("Verzonnen casussen klaarzetten: {gedaan} van {totaal} handelingen");
        })
        .await?;
        if opties.casussen > telling.casussen {
            let menigte =
                Menigte { afspraken: samen.app.afspraken().clone(), zaad: opties.zaad, nu, alleen_open: false };
            telling = opgestapeld(&samen, &sleutels, menigte, opties.casussen, telling).await?;
        }
        let sporen = meldcode::vul(&samen.app, &klok, opties.zaad, nu).await?;
        let rooster = wacht::vul(&samen.app, opties.zaad, nu).await?;
        klok.loop_verder(vanaf);
        zeg!("Rooster van een Veilig Thuis klaargezet: {rooster} handelingen.");
        zeg!("Sporen van de meldcode en adviezen klaargezet: {sporen} handelingen.");
        zeg!(
            "Klaargezet: {} casussen met {} handelingen, waarvan {} geweigerd.",
            telling.casussen,
            telling.opdrachten,
            telling.weigeringen
        );
        fs::write(&gevuld, format!("zaad {}, {} casussen\n", opties.zaad, telling.casussen))?;
    }
    Ok(samen)
}

/// The rest of a great number, on top of what is there.
async fn opgestapeld(
    samen: &Samenstel,
    sleutels: &Path,
    menigte: Menigte,
    aantal: usize,
    eerst: Telling,
) -> Result<Telling> {
    let beheer = Arc::new(Sleutelbestand::open_of_maak(sleutels)?);
    let begin = stopwatch();
    let stapel = stapelen::stapel(samen.store.poort(), beheer, menigte, aantal - eerst.casussen).await?;
    let seconden = begin.elapsed().as_secs_f64().max(0.001);
    let events = u32::try_from(stapel.events).unwrap_or(u32::MAX);
    zeg!("{events} vastleggingen opgestapeld in {seconden:.1} s: {:.0} per seconde.", f64::from(events) / seconden);
    Ok(Telling {
        casussen: eerst.casussen + stapel.casussen,
        opdrachten: eerst.opdrachten + stapel.opdrachten,
        weigeringen: eerst.weigeringen + stapel.weigeringen,
        events: eerst.events + stapel.events,
    })
}
