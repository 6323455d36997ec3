//! The upright swimlane for a phone: time runs down, lanes are columns; the list of events stands below it.

use super::baan::{BaanSoort, BanenGegevens, MerkSoort, leg_spans, plaats};
use super::baan_as::{self, Streep};
use super::baan_tekst::tekst_px;
use super::onderdelen::HouderSoort;

/// Width of the drawing in its own units, about one per pixel on a phone.
pub const BREEDTE: i64 = 350;
/// Where time begins, below the names of the lanes.
pub const BOVEN: i64 = 34;
const HOOGTE: i64 = 460;
const REGEL: i64 = 17;
const MICROS_PER_DAG: i64 = 86_400_000_000;

/// A drawn span with its name in it, when it fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaandeSpan {
    pub x: i64,
    pub y: i64,
    pub breedte: i64,
    pub hoogte: i64,
    pub houder: HouderSoort,
    pub verwacht: bool,
    pub vol: bool,
    /// The lines of the name; none when it does not fit.
    pub naam: Vec<StaandeNaam>,
}

/// One line of the name in a span; upright spans that are narrow carry it turned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaandeNaam {
    pub x: i64,
    pub y: i64,
    pub gedraaid: bool,
    pub tekst: String,
}

/// A mark on the left edge of the zicht column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaandMerk {
    pub x: i64,
    pub y: i64,
    pub soort: MerkSoort,
}

/// The name above a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kolom {
    pub x: i64,
    pub tekst: &'static str,
}

/// The finished upright drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Staand {
    pub hoogte: i64,
    pub kolommen: Vec<Kolom>,
    /// `x` counts down the drawing here.
    pub strepen: Vec<Streep>,
    pub spans: Vec<StaandeSpan>,
    pub merken: Vec<StaandMerk>,
    pub nu: Option<i64>,
}

/// Left edge and width of a lane's column.
const fn kolom(soort: BaanSoort) -> (i64, i64, &'static str) {
    match soort {
        BaanSoort::Zicht => (74, 122, "Zicht"),
        BaanSoort::Regie => (204, 42, "Regie"),
        BaanSoort::Monitoring => (256, 42, "Monitor"),
        BaanSoort::Crisis => (308, 36, "Crisis"),
    }
}

/// Turns the same facts as the lying drawing into columns.
pub fn teken(gegevens: &BanenGegevens) -> Staand {
    let dagen = gegevens.tot.saturating_sub(gegevens.van) / MICROS_PER_DAG;
    let lengte = HOOGTE.max(dagen.min(1100));
    let mut spans = Vec::new();
    let mut kolommen = Vec::new();
    for baan in &gegevens.banen {
        let (x, breedte, tekst) = kolom(baan.soort);
        kolommen.push(Kolom { x: x + breedte / 2, tekst });
        for (van, tot, span) in leg_spans(gegevens, baan, BOVEN, lengte) {
            spans.push(StaandeSpan {
                x,
                y: van,
                breedte,
                hoogte: tot - van,
                houder: span.houder,
                verwacht: span.verwacht,
                vol: baan.soort == BaanSoort::Zicht && !span.verwacht,
                naam: naam_in(&span.naam, baan.soort, (x, breedte), (van, tot)),
            });
        }
    }
    let merken = merken(gegevens, lengte);
    let nu = (gegevens.van..=gegevens.tot).contains(&gegevens.nu).then(|| plaats(gegevens, gegevens.nu, BOVEN, lengte));
    let strepen = baan_as::strepen(gegevens, BOVEN, lengte)
        .into_iter()
        .filter(|streep| nu.is_none_or(|nu| (streep.x - nu).abs() > 16))
        .collect();
    Staand { hoogte: BOVEN + lengte + 8, kolommen, strepen, spans, merken, nu }
}

fn naam_in(naam: &str, soort: BaanSoort, (x, breedte): (i64, i64), (van, tot): (i64, i64)) -> Vec<StaandeNaam> {
    if soort == BaanSoort::Zicht {
        let regels = breek_af(naam, breedte - 26);
        let nodig = i64::try_from(regels.len()).unwrap_or(i64::MAX / 100) * REGEL + 8;
        if tot - van < nodig {
            return Vec::new();
        }
        let namen = regels.into_iter().zip(0_i64..);
        return namen
            .map(|(tekst, index)| StaandeNaam { x: x + 20, y: van + 20 + index * REGEL, gedraaid: false, tekst })
            .collect();
    }
    let lang = tekst_px(naam, true);
    if tot - van < lang + 14 {
        return Vec::new();
    }
    vec![StaandeNaam { x: x + breedte / 2 + 5, y: van + lang + 8, gedraaid: true, tekst: naam.to_owned() }]
}

/// Lines of whole words, each as wide as fits; a word that is too long gets a line of its own.
fn breek_af(naam: &str, breedte: i64) -> Vec<String> {
    let mut regels: Vec<String> = Vec::new();
    for woord in naam.split_whitespace() {
        match regels.last_mut() {
            Some(regel) if tekst_px(regel, true) + tekst_px(woord, true) + 5 <= breedte => {
                regel.push(' ');
                regel.push_str(woord);
            }
            _ => regels.push(woord.to_owned()),
        }
    }
    regels
}

fn merken(gegevens: &BanenGegevens, lengte: i64) -> Vec<StaandMerk> {
    let (zicht_x, _, _) = kolom(BaanSoort::Zicht);
    let (monitor_x, monitor_breedte, _) = kolom(BaanSoort::Monitoring);
    let mut lijst: Vec<StaandMerk> = Vec::new();
    let mut bronnen: Vec<(i64, i64, MerkSoort)> =
        gegevens.gebeurtenissen.iter().map(|merk| (merk.op, zicht_x, merk.soort)).collect();
    for baan in gegevens.banen.iter().filter(|baan| baan.soort == BaanSoort::Monitoring) {
        bronnen.extend(baan.merken.iter().map(|merk| (merk.op, monitor_x + monitor_breedte / 2, merk.soort)));
    }
    bronnen.sort_by_key(|bron| (bron.1, bron.0));
    for (op, x, soort) in bronnen {
        if !(gegevens.van..=gegevens.tot).contains(&op) {
            continue;
        }
        let echt = plaats(gegevens, op, BOVEN, lengte);
        let y = lijst.last().filter(|vorig| vorig.x == x).map_or(echt, |vorig| echt.max(vorig.y + 22));
        lijst.push(StaandMerk { x, y, soort });
    }
    lijst
}
