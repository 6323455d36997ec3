//! `zicht afspraak check|list|show|diff|gemeente|doorrekenen|schema`.

use super::doorrekenen::{Doorrekenopties, doorrekenen};
use crate::{afspraken, config::Opslagadres, start::Opslag};
use anyhow::{Result, bail};
use app::EditieVeranderd;
use clap::Subcommand;
use domain::{
    afspraak::{
        AfspraakFout, Afspraken, Bron, Bundel, GeldigeBundel, Verschil, VerschilSoort, sectienaam, veldnaam, vergelijk,
    },
    ids::ClausuleId,
};
use std::path::{Path, PathBuf};

/// What can be done with agreements.
#[derive(Subcommand)]
pub enum AfspraakOpdracht {
    /// Controleer alle bestanden; elke fout met bestand en regel.
    Check {
        /// Map met afspraken; zonder map de ingebouwde.
        map: Option<PathBuf>,
        /// Vergelijk ook met de edities die in deze opslag al in gebruik zijn: sqlite:PAD of
        /// postgres://gebruiker@server/database. De opslag krijgt daarbij de vorm van deze versie, als bij migrate.
        #[arg(long, value_name = "ADRES", env = "ZICHT_OPSLAG", hide_env_values = true)]
        opslag: Option<String>,
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
    /// Toon wat er verschilt tussen twee edities of twee regio's, met clausules.
    Diff {
        /// Bijvoorbeeld ijmond, of een editie: ijmond@2024-07-04.
        oud: String,
        /// De tweede, bijvoorbeeld noord-oost-gelderland.
        nieuw: String,
        /// Als JSON, voor een ander programma.
        #[arg(long)]
        json: bool,
        #[arg(long)]
        map: Option<PathBuf>,
        /// Haal de tweede uit een andere map, bijvoorbeeld met een voorstel.
        #[arg(long)]
        map_nieuw: Option<PathBuf>,
    },
    /// Toon welke gemeente een naam op een dag is, en wie daar dan ontvangt.
    Gemeente {
        naam: String,
        /// Op welke dag (jjjj-mm-dd).
        #[arg(long)]
        op: jiff::civil::Date,
        #[arg(long)]
        map: Option<PathBuf>,
    },
    /// Reken na wat er in vastgelegde casussen anders was geweest met een andere editie. Er verandert niets.
    Doorrekenen(Doorrekenopties),
    /// Toon het JSON Schema van een bestand met een afspraak, voor een editor die meekijkt.
    Schema,
}

/// The schema as made from the types; a test in the domain keeps it current.
const SCHEMA: &str = include_str!("../../../../docs/afspraak.schema.json");

/// Runs one of them; `false` when a check fails.
///
/// # Errors
/// A folder that cannot be read, or an agreement that does not exist.
pub async fn afspraak(opdracht: &AfspraakOpdracht) -> Result<bool> {
    match opdracht {
        AfspraakOpdracht::Check { map, opslag } => check(map.as_deref(), opslag.as_deref()).await,
        AfspraakOpdracht::List { map } => list(map.as_ref()),
        AfspraakOpdracht::Show { afspraak, op, map } => show(afspraak, *op, map.as_ref()),
        AfspraakOpdracht::Diff { oud, nieuw, json, map, map_nieuw } => {
            let links = afspraken::laad_of_meld(map.as_deref())?;
            let rechts = afspraken::laad_of_meld(map_nieuw.as_deref().or(map.as_deref()))?;
            let verschillen = vergelijk(&zoek(&links, oud)?.bundel, &zoek(&rechts, nieuw)?.bundel);
            if *json {
                zeg!("{}", serde_json::to_string_pretty(&verschillen)?);
            } else {
                verschillen_regels(&verschillen).iter().for_each(|regel| zeg!("{regel}"));
            }
            Ok(true)
        }
        AfspraakOpdracht::Doorrekenen(opties) => doorrekenen(opties).await,
        AfspraakOpdracht::Schema => {
            zeg!("{}", SCHEMA.trim_end());
            Ok(true)
        }
        AfspraakOpdracht::Gemeente { naam, op, map } => gemeente(&afspraken::laad_of_meld(map.as_deref())?, naam, *op),
    }
}

/// The newest bundle of an agreement, or the one whose own layer has this edition.
pub(super) fn zoek<'a>(afspraken: &'a Afspraken, gevraagd: &str) -> Result<&'a GeldigeBundel> {
    let (naam, editie) = gevraagd.split_once('@').map_or((gevraagd, None), |(naam, editie)| (naam, Some(editie)));
    let past = |geldig: &&GeldigeBundel| {
        let laag = geldig.bundel.eigen_laag();
        let heet_zo = laag.is_some_and(|laag| laag.naam() == gevraagd || Some(laag.editie.as_str()) == editie);
        geldig.bundel.afspraak.als_str() == naam && (editie.is_none() || heet_zo)
    };
    let Some(geldig) = afspraken.alle().iter().filter(past).max_by_key(|geldig| geldig.van) else {
        let lagen = afspraken.alle().iter().filter_map(|geldig| geldig.bundel.eigen_laag());
        let namen: Vec<_> = lagen.map(domain::afspraak::Laag::naam).collect();
        bail!("de afspraak '{gevraagd}' is onbekend; er zijn: {}", namen.join(", "));
    };
    Ok(geldig)
}

/// The differences as lines: the entry with its clauses, then each field, old and new.
fn verschillen_regels(verschillen: &[Verschil]) -> Vec<String> {
    let mut regels = Vec::new();
    for verschil in verschillen {
        let wat = match verschil.soort {
            VerschilSoort::Nieuw => "nieuw",
            VerschilSoort::Vervallen => "vervallen",
            VerschilSoort::Anders => "anders",
        };
        regels.push(format!("{}: {} ({wat})", sectienaam(&verschil.sectie), verschil.naam));
        let clausules = |ids: &std::collections::BTreeSet<String>| match ids.is_empty() {
            true => "geen clausule".to_owned(),
            false => ids.iter().cloned().collect::<Vec<_>>().join(", "),
        };
        regels.push(match verschil.soort {
            VerschilSoort::Nieuw => format!("  volgens {}", clausules(&verschil.clausules_nieuw)),
            VerschilSoort::Vervallen => format!("  stond in {}", clausules(&verschil.clausules_oud)),
            VerschilSoort::Anders => {
                format!("  {} -> {}", clausules(&verschil.clausules_oud), clausules(&verschil.clausules_nieuw))
            }
        });
        let waarde = |tekst: &Option<String>| tekst.clone().unwrap_or_else(|| "(niets)".to_owned());
        let velden = verschil.velden.iter();
        regels.extend(
            velden.map(|veld| format!("  {}: {} -> {}", veldnaam(&veld.veld), waarde(&veld.oud), waarde(&veld.nieuw))),
        );
    }
    regels.push(format!("{} verschil(len).", verschillen.len()));
    regels
}

fn gemeente(afspraken: &Afspraken, naam: &str, op: jiff::civil::Date) -> Result<bool> {
    let Some(gevonden) = afspraken.gemeente_op(naam, op) else {
        let was: Vec<_> = afspraken.voorgangers(naam).into_iter().collect();
        let rest = if was.is_empty() { String::new() } else { format!("; toen waren er: {}", was.join(", ")) };
        bail!("op {op} is er geen gemeente '{naam}'{rest}");
    };
    match gevonden.via.as_slice() {
        [] => zeg!("{} bestaat op {op}.", gevonden.naam),
        via => zeg!("{} is op {op} de gemeente {}.", via.join(", daarna "), gevonden.naam),
    }
    match gevonden.bundel {
        Some(geldig) => zeg!("Afspraak: {}", geldig.bundel.naam()),
        None => zeg!("Er is op {op} geen afspraak van kracht."),
    }
    for (id, partij) in &gevonden.partijen {
        zeg!("  {} ({id})", partij.naam);
    }
    if gevonden.partijen.is_empty() {
        zeg!("  geen team met de taak om direct te ontvangen");
    }
    Ok(true)
}

async fn check(map: Option<&Path>, opslag: Option<&str>) -> Result<bool> {
    let (kalenders, bronnen) = afspraken::bronnen(map)?;
    let fouten = match Afspraken::laad(&kalenders, bronnen.clone()) {
        Err(fouten) => fouten,
        Ok(afspraken) => {
            let veranderd = match opslag {
                Some(adres) => tegen_opslag(&Opslagadres::lees(adres)?, &afspraken, &bronnen).await?,
                None => Vec::new(),
            };
            if veranderd.is_empty() {
                zeg!("{} afspraken kloppen.", afspraken.alle().len());
            }
            veranderd
        }
    };
    fouten.iter().for_each(|fout| zeg!("{fout}"));
    if !fouten.is_empty() {
        zeg!("{} fout(en).", fouten.len());
    }
    Ok(fouten.is_empty())
}

/// What an application on this store would refuse to start with.
async fn tegen_opslag(adres: &Opslagadres, afspraken: &Afspraken, bronnen: &[Bron]) -> Result<Vec<AfspraakFout>> {
    let opslag = Opslag::open(adres).await?;
    let bekend = opslag.poort().bundels().await;
    opslag.sluit().await;
    let bekend = bekend?;
    let mut fouten = Vec::new();
    for geldig in afspraken.alle() {
        if let Some(veranderd) = EditieVeranderd::van(geldig, &bekend)? {
            // A base lies under several editions.
            let nieuw = afspraken::plekken(&veranderd, bronnen).into_iter().filter(|fout| !fouten.contains(fout));
            fouten.extend(nieuw.collect::<Vec<_>>());
        }
    }
    Ok(fouten)
}

fn list(map: Option<&PathBuf>) -> Result<bool> {
    for geldig in afspraken::laad_of_meld(map.map(PathBuf::as_path))?.alle() {
        let tot = geldig.tot.map_or_else(|| "nu".to_owned(), |tot| tot.to_string());
        zeg!("{:<24} {} tot {:<12} {}", geldig.bundel.afspraak, geldig.van, tot, geldig.bundel.naam());
        zeg!("{:<24} sha256 {}", "", geldig.hash);
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
        zeg!("{} — {} (geldig vanaf {})", laag.titel, laag.document, laag.geldig_van.0);
    }
    let i = &bundel.inhoud;
    kop("Partijen");
    for (id, partij) in &i.partij {
        zeg!("  {} ({id}), {:?}, gemeenten: {}", partij.naam, partij.soort, of_alle(&partij.gemeenten));
    }
    kop("Gemeenten");
    zeg!("  {}", i.gemeente.keys().cloned().collect::<Vec<_>>().join(", "));
    kop("Wie heeft het zicht op veiligheid");
    for (moment, regel) in &i.zicht {
        zeg!("  {moment:?}: {}", regel_met_tekst(bundel, &regel.grond));
    }
    for (fase, overgang) in &i.overgang {
        zeg!("  overgang {fase}: {} · {}", overgang.naam, regel_met_tekst(bundel, &overgang.grond));
    }
    kop("Directe overdracht: wanneer niet");
    for (sleutel, criterium) in bundel.criteria() {
        let soort = criterium.soort.map_or_else(|| "alleen beantwoorden".to_owned(), |soort| format!("{soort:?}"));
        zeg!("  {sleutel} ({soort}, {}): {}", criterium.clausule, criterium.vraag);
    }
    kop("Wat wordt overgedragen");
    for (sleutel, onderdeel) in bundel.onderdelen(domain::afspraak::Fase::Direct) {
        zeg!("  {sleutel} ({}): {}, ontvanger {:?}", onderdeel.clausule, onderdeel.naam, onderdeel.ontvanger);
    }
    kop("Termijnen");
    for (soort, termijn) in &i.termijn {
        match termijn.eenheid {
            Some(eenheid) if !termijn.geen => {
                zeg!("  {soort} ({}): {} {eenheid:?}", termijn.clausule, termijn.lengte);
            }
            _ => zeg!("  {soort} ({}): geen termijn", termijn.clausule),
        }
    }
    kop("Hiaten: wat de bronnen niet zeggen, en onze lezing");
    for (id, hiaat) in &i.hiaat {
        zeg!("  {id}: {} {}", hiaat.vraag, hiaat.lezing);
    }
}

fn kop(tekst: &str) {
    zeg!("\n{tekst}");
}

fn of_alle(gemeenten: &[String]) -> String {
    if gemeenten.is_empty() { "alle".to_owned() } else { gemeenten.join(", ") }
}

fn regel_met_tekst(bundel: &Bundel, id: &ClausuleId) -> String {
    let clausule = bundel.inhoud.clausule.get(id).map(|clausule| clausule.tekst.as_str());
    let hiaat = bundel.inhoud.hiaat.get(id).map(|hiaat| hiaat.lezing.as_str());
    format!("{id} · {}", clausule.or(hiaat).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn een_verschil_staat_er_met_oud_nieuw_en_clausules() {
        let afspraken = afspraken::laad_of_meld(None).unwrap();
        let oud = zoek(&afspraken, "ijmond@2024-07-04").unwrap();
        let mut nieuw = (*oud.bundel).clone();
        nieuw.inhoud.termijn.get_mut("veiligheidsbeoordeling").unwrap().lengte = 8;
        nieuw.inhoud.criterium.remove("letsel");
        let regels = verschillen_regels(&vergelijk(&oud.bundel, &nieuw));
        assert_eq!(
            regels,
            [
                "Criterium voor directe overdracht: Is er zichtbaar letsel? (vervallen)",
                "  stond in IJM-3.2.e",
                "  clausule: IJM-3.2.e -> (niets)",
                "  open lijst: nee -> (niets)",
                "  hoe hard: dwingend -> (niets)",
                "  volgorde: 5 -> (niets)",
                "  vraag: Is er zichtbaar letsel? -> (niets)",
                "Termijn: Veiligheidsbeoordeling (anders)",
                "  IJM-3.3.1.e -> IJM-3.3.1.e",
                "  lengte: 5 -> 8",
                "2 verschil(len).",
            ]
        );
    }

    #[test]
    fn twee_regios_zijn_te_vergelijken_en_een_onbekende_naam_noemt_wat_er_is() {
        let afspraken = afspraken::laad_of_meld(None).unwrap();
        let een = zoek(&afspraken, "ijmond").unwrap();
        let ander = zoek(&afspraken, "noord-oost-gelderland").unwrap();
        let regels = verschillen_regels(&vergelijk(&een.bundel, &ander.bundel)).join("\n");
        assert!(regels.contains("IJM-3.3.1.b -> NOG-1.g"), "{regels}");
        let fout = zoek(&afspraken, "ijmond@1999").unwrap_err().to_string();
        assert!(fout.contains("onbekend") && fout.contains("ijmond@2024-07-04"), "{fout}");
    }
}
