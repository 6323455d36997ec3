//! Municipalities through time: which one a name stands for on a day, and who serves it then.
//!
//! Names end when municipalities merge. A casus keeps the name under which it came in; who looks an old name up is
//! led to the municipality of that day.

use super::{AfspraakBestand, AfspraakFout, Afspraken, Bundel, Fase, GeldigeBundel, Gemeente, Partij};
use crate::ids::OrganisatieId;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Merging more often than this within the years that agreements span is a mistake in the data.
const OPVOLGINGEN_MAX: usize = 8;

/// What a name of a municipality stands for on a day.
#[derive(Clone, Debug)]
pub struct GemeenteOp<'a> {
    /// The municipality of that day.
    pub naam: &'a str,
    /// The names that led to it, the one asked for first; empty when the name was right.
    pub via: Vec<&'a str>,
    /// The bundle by which a report from there is handled on that day; absent where no agreement is in force.
    pub bundel: Option<&'a GeldigeBundel>,
    /// Who receives there by the text of the agreement, also on days before its base was in force.
    pub partijen: Vec<(&'a OrganisatieId, &'a Partij)>,
}

impl Gemeente {
    /// Whether the municipality existed under this name on a day.
    pub fn bestaat_op(&self, dag: Date) -> bool {
        self.van.is_none_or(|van| van.0 <= dag) && self.tot.is_none_or(|tot| dag < tot.0)
    }
}

impl Afspraken {
    /// Which municipality a name stands for on a day, and which parties serve it then; `None` for a name that no
    /// agreement knows, and before the municipality existed.
    pub fn gemeente_op<'a>(&'a self, naam: &str, dag: Date) -> Option<GemeenteOp<'a>> {
        let mut via = Vec::new();
        let mut zoek = naam;
        let (naam, laatste) = loop {
            let (bekend, gemeente) = self.gemeente(zoek)?;
            let opvolger = gemeente.tot.filter(|tot| tot.0 <= dag).and(gemeente.opgegaan_in.as_deref());
            let Some(opvolger) = opvolger.filter(|_| via.len() < OPVOLGINGEN_MAX) else {
                break (bekend, gemeente);
            };
            via.push(bekend);
            if self.gemeente(opvolger).is_none() {
                // It went up in a municipality outside every agreement.
                return Some(GemeenteOp { naam: opvolger, via, bundel: None, partijen: Vec::new() });
            }
            zoek = opvolger;
        };
        let bundel = self.voor_gemeente(naam, dag);
        let tekst = bundel.or_else(|| self.alle().iter().find(|geldig| geldig.tekst_geldt(naam, dag)));
        let partijen = tekst.map(|geldig| geldig.bundel.ontvangers(naam, Fase::Direct)).unwrap_or_default();
        laatste.bestaat_op(dag).then_some(GemeenteOp { naam, via, bundel, partijen })
    }

    /// The municipalities that went up in this one.
    pub fn voorgangers(&self, naam: &str) -> BTreeSet<&str> {
        let alle = self.alle().iter().flat_map(|geldig| &geldig.bundel.inhoud.gemeente);
        alle.filter(|(_, gemeente)| gemeente.opgegaan_in.as_deref() == Some(naam))
            .map(|(oud, _)| oud.as_str())
            .collect()
    }

    fn gemeente(&self, naam: &str) -> Option<(&str, &Gemeente)> {
        let mut alle = self.alle().iter().filter_map(|geldig| geldig.bundel.inhoud.gemeente.get_key_value(naam));
        alle.next().map(|(naam, gemeente)| (naam.as_str(), gemeente))
    }
}

impl GeldigeBundel {
    /// Whether the text of the region's own layer holds, whatever its base does.
    fn tekst_geldt(&self, gemeente: &str, dag: Date) -> bool {
        let eigen = self.bundel.eigen_laag();
        eigen.is_some_and(|laag| laag.geldig_van.0 <= dag && laag.geldig_tot.is_none_or(|tot| dag < tot.0))
            && self.bundel.inhoud.gemeente.get(gemeente).is_some_and(|gemeente| gemeente.bestaat_op(dag))
    }
}

impl Bundel {
    /// Whether this bundle is about a municipality: named in it, and inside the scope of every layer.
    pub fn geldt_in(&self, gemeente: &str) -> bool {
        let binnen = |alleen: &Vec<String>| alleen.is_empty() || alleen.iter().any(|eigen| eigen == gemeente);
        self.inhoud.gemeente.contains_key(gemeente) && self.lagen.iter().all(|laag| binnen(&laag.alleen_gemeenten))
    }
}

/// Every mistake in how municipalities follow each other, per file.
pub(super) fn opvolging(bestanden: &[AfspraakBestand], fouten: &mut Vec<AfspraakFout>) {
    let mut alle: BTreeMap<&str, &Gemeente> = BTreeMap::new();
    for bestand in bestanden {
        alle.extend(bestand.inhoud.gemeente.iter().map(|(naam, gemeente)| (naam.as_str(), gemeente)));
    }
    for bestand in bestanden {
        for (naam, gemeente) in &bestand.inhoud.gemeente {
            if let Some(melding) = fout_in_opvolging(naam, gemeente, &alle) {
                let regel = bestand.bron.regel_van("gemeente", naam);
                let melding = format!("[gemeente.{naam}]: {melding}");
                fouten.push(AfspraakFout { bestand: bestand.bron.bestand.clone(), regel, melding });
            }
        }
    }
}

fn fout_in_opvolging(naam: &str, gemeente: &Gemeente, alle: &BTreeMap<&str, &Gemeente>) -> Option<String> {
    if gemeente.bron.is_none() && gemeente.clausules.is_empty() {
        return Some("geef clausules of bron: waar deze gemeente vandaan komt".into());
    }
    let Some(opvolger) = gemeente.opgegaan_in.as_deref() else {
        return gemeente.tot.map(|_| "geef opgegaan_in: in welke gemeente deze is opgegaan".into());
    };
    let Some(tot) = gemeente.tot else {
        return Some("geef tot: de dag waarop deze gemeente opging in een andere".into());
    };
    if let Some(nieuw) = alle.get(opvolger).filter(|nieuw| !nieuw.bestaat_op(tot.0)) {
        let sinds = nieuw.van.map_or_else(String::new, |van| format!(" (van {})", van.0));
        return Some(format!("op {} bestaat '{opvolger}' niet{sinds}", tot.0));
    }
    let mut volgende = Some(opvolger);
    for _ in 0..OPVOLGINGEN_MAX {
        let stap = volgende.and_then(|stap| alle.get(stap))?;
        volgende = stap.opgegaan_in.as_deref();
    }
    Some(format!("de opvolging van '{naam}' loopt in een kring"))
}
