//! Which clauses of the documents an entry cites, and which of those that should be cited are not.

use super::{Bundel, controle::geciteerd};
use crate::{ids::ClausuleId, proef::afspraken};
use std::collections::{BTreeMap, BTreeSet};

/// Every clause of the documents with what it is about.
const CLAUSULES: &str = include_str!("../../tests/domein/clausules.txt");
/// Clauses that no entry needs to cite, each with the reason.
const ZONDER_REGEL: &str = include_str!("../../tests/domein/clausules_zonder_regel.txt");
/// What a clause is about when an entry of its agreement must cite it.
const MET_REGEL: [&str; 10] = [
    "routing",
    "term",
    "criterion",
    "content",
    "responsibility",
    "monitor",
    "escalation",
    "agreement",
    "directory",
    "handover",
];

/// `ZHZ-1.a agreement` per line; what follows the first space is the value.
fn regels(tekst: &str) -> BTreeMap<&str, &str> {
    let regels = tekst.lines().filter(|regel| !regel.is_empty() && !regel.starts_with('#'));
    regels.map(|regel| regel.split_once(' ').unwrap_or((regel, ""))).collect()
}

fn gebruikt(bundel: &Bundel) -> BTreeSet<&str> {
    let kop = bundel.lagen.iter().flat_map(|laag| &laag.clausules);
    geciteerd(bundel).into_iter().map(|(_, _, id)| id).chain(kop).map(ClausuleId::als_str).collect()
}

/// Clauses of the bundle's own document that should be cited and are not.
fn niet_geciteerd<'a>(bundel: &Bundel, clausules: &BTreeMap<&'a str, &str>) -> Vec<&'a str> {
    let gebruikt = gebruikt(bundel);
    let zonder = regels(ZONDER_REGEL);
    let eigen = clausules.iter().filter(|(id, over)| bundel.is_eigen(&(**id).into()) && MET_REGEL.contains(over));
    eigen.map(|(id, _)| *id).filter(|id| !gebruikt.contains(id) && !zonder.contains_key(id)).collect()
}

/// A clause that no entry cites would be a text that does nothing. Of the base a region may replace every citation.
#[test]
fn elke_eigen_clausule_van_een_regio_doet_iets() {
    for geldig in afspraken().alle() {
        let bundel = &geldig.bundel;
        let gebruikt = gebruikt(bundel);
        let eigen = bundel.inhoud.clausule.keys().filter(|id| bundel.is_eigen(id)).map(ClausuleId::als_str);
        let dood: Vec<_> = eigen.filter(|id| !gebruikt.contains(id)).collect();
        assert!(dood.is_empty(), "{}: {dood:?}", bundel.afspraak);
    }
}

#[test]
fn elke_clausule_die_iets_vastlegt_is_een_ingang_of_staat_op_de_lijst() {
    let clausules = regels(CLAUSULES);
    let mut geteld = 0;
    for geldig in afspraken().alle() {
        let vergeten = niet_geciteerd(&geldig.bundel, &clausules);
        assert!(vergeten.is_empty(), "{}: {vergeten:?}", geldig.bundel.afspraak);
        let eigen =
            clausules.iter().filter(|(id, over)| geldig.bundel.is_eigen(&(**id).into()) && MET_REGEL.contains(over));
        geteld += eigen.count();
    }
    assert!(clausules.len() >= 250 && geteld >= 120, "{} clausules, {geteld} nagekeken", clausules.len());
}

/// Leaving out an entry that alone cites a clause must be seen, and nothing else with it.
#[test]
fn een_vergeten_clausule_wordt_gezien() {
    let clausules = regels(CLAUSULES);
    let mut gezien = 0;
    for geldig in afspraken().alle() {
        for (sleutel, punt) in &geldig.bundel.inhoud.aandachtspunt {
            let mut bundel = (*geldig.bundel).clone();
            bundel.inhoud.aandachtspunt.remove(sleutel);
            let vergeten = niet_geciteerd(&bundel, &clausules);
            assert!(vergeten.is_empty() || vergeten == [punt.clausule.als_str()], "{sleutel}: {vergeten:?}");
            gezien += vergeten.len();
        }
    }
    assert!(gezien >= 1, "{gezien}");
}

#[test]
fn de_lijst_van_clausules_zonder_regel_noemt_alleen_wat_zo_is() {
    let (clausules, zonder) = (regels(CLAUSULES), regels(ZONDER_REGEL));
    for (id, reden) in &zonder {
        assert!(clausules.contains_key(id), "{id} staat niet in de lijst van clausules");
        assert!(reden.len() > 20, "{id}: geef een reden");
        let alle = afspraken().alle().iter();
        let ergens = alle.map(|geldig| &geldig.bundel).find(|bundel| gebruikt(bundel).contains(id));
        assert!(ergens.is_none(), "{id} is wel een ingang, in {}", ergens.unwrap().afspraak);
    }
    // And a file cites no clause that the documents do not have.
    for geldig in afspraken().alle() {
        let verzonnen: Vec<_> =
            geldig.bundel.inhoud.clausule.keys().filter(|id| !clausules.contains_key(id.als_str())).collect();
        assert!(verzonnen.is_empty(), "{}: {verzonnen:?}", geldig.bundel.afspraak);
    }
}
