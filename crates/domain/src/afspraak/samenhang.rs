//! What must hold between files: whose clauses they cite, what they call them, and which municipality is whose.

use super::{AfspraakBestand, AfspraakFout, Bundel, GeldigeBundel, register::fout_in_kop};
use crate::ids::{AfspraakNaam, ClausuleId};
use std::collections::BTreeMap;

/// The prefix of a gap that we filled; such an id belongs to no document.
const HIAAT: &str = "HIAAT";

/// Every mistake between files that shows before they are laid over each other.
pub(super) fn controleer(bestanden: &[AfspraakBestand], fouten: &mut Vec<AfspraakFout>) {
    dubbele_edities(bestanden, fouten);
    let mut voorvoegsels: BTreeMap<&str, &AfspraakNaam> = BTreeMap::new();
    let mut hiaten: BTreeMap<&ClausuleId, (&AfspraakBestand, &super::Hiaat)> = BTreeMap::new();
    for bestand in bestanden {
        let laag = &bestand.laag;
        let eigenaar = voorvoegsels.entry(&laag.voorvoegsel).or_insert(&laag.afspraak);
        if **eigenaar != laag.afspraak {
            let melding = format!("het voorvoegsel '{}' is al van '{eigenaar}'", laag.voorvoegsel);
            fouten.push(fout_in_kop(bestand, "voorvoegsel", melding));
        }
        for id in bestand.inhoud.clausule.keys().filter(|id| voorvoegsel(id) != laag.voorvoegsel) {
            let melding =
                format!("[clausule.{id}]: verwacht werd een eigen clausule, die begint met {}-", laag.voorvoegsel);
            fouten.push(bij(bestand, "clausule", &id.0, melding));
        }
        for (id, hiaat) in &bestand.inhoud.hiaat {
            if voorvoegsel(id) != HIAAT {
                let melding = format!("[hiaat.{id}]: een hiaat begint met {HIAAT}-");
                fouten.push(bij(bestand, "hiaat", &id.0, melding));
            }
            let (eerste, bekend) = hiaten.entry(id).or_insert((bestand, hiaat));
            if *bekend != hiaat {
                let melding = format!(
                    "[hiaat.{id}]: in {} staat hier iets anders; neem het volgende nummer",
                    eerste.bron.bestand
                );
                fouten.push(bij(bestand, "hiaat", &id.0, melding));
            }
        }
    }
    overlays(bestanden, fouten);
}

/// What was decided is explained by the name of an edition: one name, one content.
fn dubbele_edities(bestanden: &[AfspraakBestand], fouten: &mut Vec<AfspraakFout>) {
    let mut eerste: BTreeMap<String, &AfspraakBestand> = BTreeMap::new();
    for bestand in bestanden {
        let ander = *eerste.entry(bestand.laag.naam()).or_insert(bestand);
        if !std::ptr::eq(ander, bestand) {
            let melding = format!(
                "de editie '{}' staat al in {}; geef deze een andere naam of een hogere herziening",
                bestand.laag.naam(),
                ander.bron.bestand
            );
            fouten.push(fout_in_kop(bestand, "naam", melding));
        }
    }
}

/// A local overlay is about municipalities of the region that it lies on.
fn overlays(bestanden: &[AfspraakBestand], fouten: &mut Vec<AfspraakFout>) {
    for bestand in bestanden.iter().filter(|bestand| !bestand.laag.alleen_gemeenten.is_empty()) {
        let onder = |naam: &String| {
            let mut lagen = bestanden.iter().filter(|ander| Some(&ander.laag.afspraak) == bestand.basis.as_ref());
            bestand.inhoud.gemeente.contains_key(naam) || lagen.any(|ander| ander.inhoud.gemeente.contains_key(naam))
        };
        for naam in bestand.laag.alleen_gemeenten.iter().filter(|naam| !onder(naam)) {
            let melding = format!("de gemeente '{naam}' hoort niet bij de afspraak waar deze laag op ligt");
            fouten.push(fout_in_kop(bestand, "alleen_gemeenten", melding));
        }
    }
}

/// Whether a clause may be cited in a bundle: a gap, or a clause of one of its own layers. A clause of one region is
/// never the ground in another.
pub(super) fn hoort_bij(bundel: &Bundel, clausule: &ClausuleId) -> bool {
    let prefix = voorvoegsel(clausule);
    prefix == HIAAT || bundel.lagen.iter().any(|laag| laag.voorvoegsel == prefix)
}

fn voorvoegsel(id: &ClausuleId) -> &str {
    id.0.split_once('-').map_or(id.als_str(), |(prefix, _)| prefix)
}

fn bij(bestand: &AfspraakBestand, sectie: &str, sleutel: &str, melding: String) -> AfspraakFout {
    AfspraakFout { bestand: bestand.bron.bestand.clone(), regel: bestand.bron.regel_van(sectie, sleutel), melding }
}

/// Whether one of two bundles is a local overlay on the other.
fn ligt_op(een: &Bundel, ander: &Bundel) -> bool {
    let op = |boven: &Bundel, onder: &Bundel| {
        boven.lagen.len() > onder.lagen.len() && boven.lagen.iter().any(|laag| laag.afspraak == onder.afspraak)
    };
    op(een, ander) || op(ander, een)
}

pub(super) fn dubbele_gemeenten(
    geldig: &[GeldigeBundel],
    bestanden: &[AfspraakBestand],
    fouten: &mut Vec<AfspraakFout>,
) {
    for (index, een) in geldig.iter().enumerate() {
        let vreemd = |ander: &&GeldigeBundel| {
            ander.bundel.afspraak != een.bundel.afspraak && !ligt_op(&ander.bundel, &een.bundel)
        };
        for ander in geldig.iter().skip(index + 1).filter(vreemd) {
            for naam in een.bundel.inhoud.gemeente.keys() {
                // Periods that overlap do so on the day on which the last of them begins.
                let begin = |geldig: &GeldigeBundel| {
                    let gemeente = geldig.bundel.inhoud.gemeente.get(naam);
                    gemeente.and_then(|gemeente| gemeente.van).map_or(geldig.van, |van| van.0.max(geldig.van))
                };
                let dag = begin(een).max(begin(ander));
                if een.omvat(dag)
                    && ander.omvat(dag)
                    && een.heeft_gemeente(naam, dag)
                    && ander.heeft_gemeente(naam, dag)
                {
                    let bestand = bestanden.iter().find(|bestand| bestand.laag.afspraak == ander.bundel.afspraak);
                    fouten.extend(bestand.map(|bestand| AfspraakFout {
                        bestand: bestand.bron.bestand.clone(),
                        regel: bestand.bron.regel_van("gemeente", naam),
                        melding: format!("de gemeente '{naam}' hoort ook bij '{}'", een.bundel.afspraak),
                    }));
                }
            }
        }
    }
}
