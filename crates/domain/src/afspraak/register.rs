//! All editions that are known, resolved; and the bundles by which recorded events were decided.

use super::{
    AfspraakBestand, AfspraakFout, Bron, Bundel, controle, gemeenten, lagen, lees_afspraak, lees_kalender, samenhang,
};
use crate::{
    ids::{AfspraakNaam, BundelHash},
    tijd::Kalender,
};
use jiff::civil::Date;
use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry},
    sync::Arc,
};

/// Layers deeper than this are a mistake: base, region, local overlay.
const LAGEN_MAX: usize = 4;

/// A resolved bundle with the days on which it is in force, [van, tot).
#[derive(Clone, Debug)]
pub struct GeldigeBundel {
    pub hash: BundelHash,
    pub bundel: Arc<Bundel>,
    pub van: Date,
    pub tot: Option<Date>,
}

/// Every agreement that this installation knows.
#[derive(Clone, Debug, Default)]
pub struct Afspraken {
    geldig: Vec<GeldigeBundel>,
}

/// Bundles by hash, so that an old casus replays by what it was decided under.
#[derive(Clone, Debug, Default)]
pub struct Bundels(HashMap<BundelHash, Arc<Bundel>>);

impl Bundels {
    /// The bundle with this hash.
    pub fn uit(&self, hash: &BundelHash) -> Option<&Bundel> {
        self.0.get(hash).map(Arc::as_ref)
    }

    /// The same bundle to keep; one is large, and shared.
    pub fn gedeeld(&self, hash: &BundelHash) -> Option<Arc<Bundel>> {
        self.0.get(hash).cloned()
    }

    /// The same hashes, with one bundle in the place of every edition of an agreement.
    #[must_use]
    pub fn met(&self, afspraak: &AfspraakNaam, bundel: &Arc<Bundel>) -> Self {
        let ander = |oud: &Arc<Bundel>| Arc::clone(if oud.afspraak == *afspraak { bundel } else { oud });
        Self(self.0.iter().map(|(hash, oud)| (hash.clone(), ander(oud))).collect())
    }

    /// Adds a bundle under its hash.
    pub fn voeg_toe(&mut self, hash: BundelHash, bundel: Arc<Bundel>) {
        self.0.insert(hash, bundel);
    }
}

impl Afspraken {
    /// Reads, resolves and checks all files. `kalenders` and `afspraken` are the texts of the files.
    ///
    /// # Errors
    /// Every mistake found, each with file, line and what was expected.
    pub fn laad(kalenders: &[Bron], afspraken: Vec<Bron>) -> Result<Self, Vec<AfspraakFout>> {
        let mut fouten = Vec::new();
        let kalender_op_naam = lees_kalenders(kalenders, &mut fouten);
        let mut bestanden = Vec::new();
        for bron in afspraken {
            match lees_afspraak(bron) {
                Ok(bestand) => bestanden.push(bestand),
                Err(fout) => fouten.push(fout),
            }
        }
        if !fouten.is_empty() {
            return Err(fouten);
        }
        gemeenten::opvolging(&bestanden, &mut fouten);
        samenhang::controleer(&bestanden, &mut fouten);
        let geldig = los_op(&bestanden, &kalender_op_naam, &mut fouten);
        samenhang::dubbele_gemeenten(&geldig, &bestanden, &mut fouten);
        if fouten.is_empty() { Ok(Self { geldig }) } else { Err(fouten) }
    }

    /// Every resolved bundle.
    pub fn alle(&self) -> &[GeldigeBundel] {
        &self.geldig
    }

    /// The bundle of an agreement in force on a day.
    pub fn geldig(&self, afspraak: &AfspraakNaam, dag: Date) -> Option<&GeldigeBundel> {
        self.geldig.iter().find(|geldig| geldig.bundel.afspraak == *afspraak && geldig.omvat(dag))
    }

    /// The bundle in force for a municipality on a day: the local overlay when there is one, else the region's.
    pub fn voor_gemeente(&self, gemeente: &str, dag: Date) -> Option<&GeldigeBundel> {
        let alle = self.geldig.iter().filter(|geldig| geldig.omvat(dag) && geldig.heeft_gemeente(gemeente, dag));
        alle.max_by_key(|geldig| geldig.bundel.lagen.len())
    }

    /// The bundle by which a casus of a municipality is handled on a day, when it came in under this agreement: a
    /// local overlay of the same region that holds there on that day, else the region itself.
    pub fn voor_casus(&self, afspraak: &AfspraakNaam, gemeente: &str, dag: Date) -> Option<&GeldigeBundel> {
        let familie = self.geldig.iter().find(|geldig| geldig.bundel.afspraak == *afspraak)?.bundel.regio();
        let alle = self.geldig.iter().filter(|geldig| geldig.omvat(dag) && geldig.bundel.regio() == familie);
        // A municipality that merged away keeps the agreement of its region.
        let passend = alle.filter(|geldig| geldig.bundel.is_regio() || geldig.bundel.geldt_in(gemeente));
        passend.max_by_key(|geldig| geldig.bundel.lagen.len())
    }

    /// All municipalities that can be chosen on a day, in order.
    pub fn gemeenten(&self, dag: Date) -> Vec<&str> {
        let alle = self.geldig.iter().filter(|geldig| geldig.omvat(dag)).flat_map(|geldig| {
            geldig.bundel.inhoud.gemeente.keys().filter(move |naam| geldig.heeft_gemeente(naam, dag))
        });
        let mut namen: Vec<_> = alle.map(String::as_str).collect();
        namen.sort_unstable();
        namen.dedup();
        namen
    }

    /// These bundles by hash.
    pub fn bundels(&self) -> Bundels {
        Bundels(self.geldig.iter().map(|geldig| (geldig.hash.clone(), Arc::clone(&geldig.bundel))).collect())
    }
}

impl GeldigeBundel {
    pub(super) fn omvat(&self, dag: Date) -> bool {
        self.van <= dag && self.tot.is_none_or(|tot| dag < tot)
    }

    pub(super) fn heeft_gemeente(&self, gemeente: &str, dag: Date) -> bool {
        let bestaat = self.bundel.inhoud.gemeente.get(gemeente).is_some_and(|gemeente| gemeente.bestaat_op(dag));
        bestaat && self.bundel.geldt_in(gemeente)
    }
}

/// By name; a second one under a name would quietly move every term.
fn lees_kalenders(bronnen: &[Bron], fouten: &mut Vec<AfspraakFout>) -> BTreeMap<String, Kalender> {
    let mut eerste: BTreeMap<String, (&Bron, Kalender)> = BTreeMap::new();
    for bron in bronnen {
        match lees_kalender(bron) {
            Err(fout) => fouten.push(fout),
            Ok(kalender) => match eerste.entry(kalender.kalender.clone()) {
                Entry::Vacant(vrij) => {
                    vrij.insert((bron, kalender));
                }
                Entry::Occupied(al) => {
                    let melding = format!("de kalender '{}' staat al in {}", al.key(), al.get().0.bestand);
                    fouten.push(bron.fout("kalender", melding));
                }
            },
        }
    }
    eerste.into_iter().map(|(naam, (_, kalender))| (naam, kalender)).collect()
}

type Periode = (Date, Option<Date>);

fn los_op(
    bestanden: &[AfspraakBestand],
    kalenders: &BTreeMap<String, Kalender>,
    fouten: &mut Vec<AfspraakFout>,
) -> Vec<GeldigeBundel> {
    let mut geldig: Vec<GeldigeBundel> = Vec::new();
    for bestand in bestanden {
        let stapels = stapels(bestand, bestanden, Vec::new(), fouten);
        if !stapels.is_empty() && stapels.iter().all(|stapel| doorsnede(stapel).is_none()) {
            let melding =
                "deze editie geldt op geen dag: verwacht werd geldig_van voor geldig_tot, en een basis die dan geldt";
            fouten.push(fout_in_kop(bestand, "geldig_van", melding.into()));
        }
        for stapel in stapels {
            let Some((van, tot)) = doorsnede(&stapel) else { continue };
            let naam = stapel.iter().rev().find_map(|laag| laag.kalender.as_deref()).unwrap_or_default();
            let Some(kalender) = kalenders.get(naam) else {
                fouten.push(fout_in_kop(bestand, "kalender", format!("de kalender '{naam}' is onbekend")));
                continue;
            };
            let Some(bundel) = lagen::leg_op_elkaar(&stapel, kalender.clone()) else {
                continue;
            };
            fouten.extend(controle::controleer(&bundel, &stapel));
            let overlapt = geldig.iter().find(|ander| {
                ander.bundel.afspraak == bundel.afspraak
                    && ander.tot.is_none_or(|eind| van < eind)
                    && tot.is_none_or(|eind| ander.van < eind)
            });
            if let Some(laag) = overlapt.and_then(|ander| ander.bundel.eigen_laag()) {
                let ander = bestanden.iter().find(|bestand| bestand.laag == *laag).map(|bestand| &bestand.bron.bestand);
                let waar = ander.map_or_else(|| laag.naam(), Clone::clone);
                let melding = format!("deze editie overlapt met een andere editie van dezelfde afspraak, in {waar}");
                fouten.push(fout_in_kop(bestand, "geldig_van", melding));
            }
            let nieuw = GeldigeBundel { hash: bundel.hash(), bundel: Arc::new(bundel), van, tot };
            fouten.extend(controle::routes(&nieuw, &stapel));
            geldig.push(nieuw);
        }
    }
    geldig
}

/// All ways to lay this file over editions of its base, base first. The base itself is one layer.
fn stapels<'a>(
    bestand: &'a AfspraakBestand,
    bestanden: &'a [AfspraakBestand],
    boven: Vec<&'a AfspraakBestand>,
    fouten: &mut Vec<AfspraakFout>,
) -> Vec<Vec<&'a AfspraakBestand>> {
    let kring = boven.iter().any(|laag| laag.laag.afspraak == bestand.laag.afspraak);
    let mut stapel = vec![bestand];
    stapel.extend(boven);
    let Some(basis) = &bestand.basis else {
        return vec![stapel];
    };
    if kring || stapel.len() >= LAGEN_MAX {
        let namen = stapel.iter().rev().map(|laag| laag.laag.afspraak.als_str()).chain([basis.als_str()]);
        let keten = namen.collect::<Vec<_>>().join(" op ");
        let melding = match kring {
            true => format!("de basis '{basis}' loopt in een kring: {keten}"),
            false => format!("de basis '{basis}' ligt te diep, hooguit {LAGEN_MAX} lagen: {keten}"),
        };
        fouten.push(fout_in_kop(bestand, "basis", melding));
        return Vec::new();
    }
    let mut onder = bestanden.iter().filter(|ander| ander.laag.afspraak == *basis).peekable();
    if onder.peek().is_none() {
        fouten.push(fout_in_kop(bestand, "basis", format!("de afspraak '{basis}' is onbekend")));
    }
    onder.flat_map(|ander| stapels(ander, bestanden, stapel.clone(), fouten)).collect()
}

fn doorsnede(stapel: &[&AfspraakBestand]) -> Option<Periode> {
    let van = stapel.iter().map(|laag| laag.laag.geldig_van.0).max()?;
    let tot = stapel.iter().filter_map(|laag| laag.laag.geldig_tot).map(|tot| tot.0).min();
    tot.is_none_or(|tot| van < tot).then_some((van, tot))
}

pub(super) fn fout_in_kop(bestand: &AfspraakBestand, sleutel: &str, melding: String) -> AfspraakFout {
    AfspraakFout { bestand: bestand.bron.bestand.clone(), regel: bestand.bron.regel_met(sleutel), melding }
}
