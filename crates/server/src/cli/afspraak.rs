//! `zicht afspraak check|list|show`.

use crate::afspraken;
use anyhow::{Result, bail};
use clap::Subcommand;
use domain::{afspraak::Bundel, ids::ClausuleId};
use std::path::PathBuf;

/// What can be done with agreements.
#[derive(Subcommand)]
pub enum AfspraakOpdracht {
    /// Controleer alle bestanden; elke fout met bestand en regel.
    Check {
        /// Map met afspraken; zonder map de ingebouwde.
        map: Option<PathBuf>,
    },
    /// Toon welke edities er zijn en wanneer ze gelden.
    List { map: Option<PathBuf> },
    /// Toon een afspraak in gewone taal, met clausules.
    Show {
        /// Bijvoorbeeld ijmond.
        afspraak: String,
        /// Op welke dag (jjjj-mm-dd); zonder dag de nieuwste editie.
        #[arg(long)]
        op: Option<jiff::civil::Date>,
        #[arg(long)]
        map: Option<PathBuf>,
    },
}

/// Runs one of them; `false` when a check fails.
///
/// # Errors
/// A folder that cannot be read, or an agreement that does not exist.
pub fn afspraak(opdracht: &AfspraakOpdracht) -> Result<bool> {
    match opdracht {
        AfspraakOpdracht::Check { map } => check(map.as_ref()),
        AfspraakOpdracht::List { map } => list(map.as_ref()),
        AfspraakOpdracht::Show { afspraak, op, map } => show(afspraak, *op, map.as_ref()),
    }
}

fn check(map: Option<&PathBuf>) -> Result<bool> {
    match afspraken::laad(map.map(PathBuf::as_path))? {
        Ok(afspraken) => {
            println!("{} afspraken kloppen.", afspraken.alle().len());
            Ok(true)
        }
        Err(fouten) => {
            fouten.iter().for_each(|fout| println!("{fout}"));
            println!("{} fout(en).", fouten.len());
            Ok(false)
        }
    }
}

fn list(map: Option<&PathBuf>) -> Result<bool> {
    for geldig in afspraken::laad_of_meld(map.map(PathBuf::as_path))?.alle() {
        let tot = geldig.tot.map_or_else(|| "nu".to_owned(), |tot| tot.to_string());
        println!("{:<24} {} tot {:<12} {}", geldig.bundel.afspraak, geldig.van, tot, geldig.bundel.naam());
        println!("{:<24} sha256 {}", "", geldig.hash);
    }
    Ok(true)
}

fn show(naam: &str, op: Option<jiff::civil::Date>, map: Option<&PathBuf>) -> Result<bool> {
    let afspraken = afspraken::laad_of_meld(map.map(PathBuf::as_path))?;
    let eigen = || afspraken.alle().iter().filter(|geldig| geldig.bundel.afspraak.als_str() == naam);
    let geldig = match op {
        Some(dag) => eigen().find(|geldig| geldig.van <= dag && geldig.tot.is_none_or(|tot| dag < tot)),
        None => eigen().max_by_key(|geldig| geldig.van),
    };
    let Some(geldig) = geldig else {
        let namen: Vec<_> = afspraken.alle().iter().map(|geldig| geldig.bundel.afspraak.als_str()).collect();
        bail!("de afspraak '{naam}' is onbekend; er zijn: {}", namen.join(", "));
    };
    toon(&geldig.bundel);
    Ok(true)
}

fn toon(bundel: &Bundel) {
    for laag in &bundel.lagen {
        println!("{} — {} (geldig vanaf {})", laag.titel, laag.document, laag.geldig_van.0);
    }
    let i = &bundel.inhoud;
    kop("Partijen");
    for (id, partij) in &i.partij {
        println!("  {} ({id}), {:?}, gemeenten: {}", partij.naam, partij.soort, of_alle(&partij.gemeenten));
    }
    kop("Gemeenten");
    println!("  {}", i.gemeente.keys().cloned().collect::<Vec<_>>().join(", "));
    kop("Wie heeft het zicht op veiligheid");
    for (moment, regel) in &i.zicht {
        println!("  {moment:?}: {}", regel_met_tekst(bundel, &regel.grond));
    }
    for (fase, overgang) in &i.overgang {
        println!("  overgang {fase}: {} · {}", overgang.naam, regel_met_tekst(bundel, &overgang.grond));
    }
    kop("Directe overdracht: wanneer niet");
    for (sleutel, criterium) in bundel.criteria() {
        println!("  {sleutel} ({:?}, {}): {}", criterium.soort, criterium.clausule, criterium.vraag);
    }
    kop("Wat wordt overgedragen");
    for (sleutel, onderdeel) in bundel.onderdelen(domain::afspraak::Fase::Direct) {
        println!("  {sleutel} ({}): {}, ontvanger {:?}", onderdeel.clausule, onderdeel.naam, onderdeel.ontvanger);
    }
    kop("Termijnen");
    for (soort, termijn) in &i.termijn {
        match termijn.eenheid {
            Some(eenheid) if !termijn.geen => {
                println!("  {soort} ({}): {} {eenheid:?}", termijn.clausule, termijn.lengte);
            }
            _ => println!("  {soort} ({}): geen termijn", termijn.clausule),
        }
    }
    kop("Hiaten: wat de bronnen niet zeggen, en onze lezing");
    for (id, hiaat) in &i.hiaat {
        println!("  {id}: {} {}", hiaat.vraag, hiaat.lezing);
    }
}

fn kop(tekst: &str) {
    println!("\n{tekst}");
}

fn of_alle(gemeenten: &[String]) -> String {
    if gemeenten.is_empty() { "alle".to_owned() } else { gemeenten.join(", ") }
}

fn regel_met_tekst(bundel: &Bundel, id: &ClausuleId) -> String {
    let clausule = bundel.inhoud.clausule.get(id).map(|clausule| clausule.tekst.as_str());
    let hiaat = bundel.inhoud.hiaat.get(id).map(|hiaat| hiaat.lezing.as_str());
    format!("{id} · {}", clausule.or(hiaat).unwrap_or_default())
}
