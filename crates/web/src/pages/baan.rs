//! The swimlane "Wie was wanneer verantwoordelijk": spans in time become coordinates and texts that do not cross.
//!
//! Pure geometry: it knows no casus and no clock.
//! Start at [`teken`]; the upright version for a phone is in [`super::baan_staand`], the axis in [`super::baan_as`].
//! A label that finds no free place is left out of the drawing: the table below it always has every fact.

use super::baan_as::{self, Streep};
use super::baan_staand::{self, Staand};
use super::baan_tekst::{Plaatser, Tekst, Vak, tekst_px};
use super::onderdelen::{HouderSoort, Icoon};

/// Width of the drawing in its own units; the page scales it to the panel.
pub const BREEDTE: i64 = 1320;
/// Where time begins, right of the names of the lanes.
pub const TIJD_LINKS: i64 = 176;
/// Where time ends.
pub const TIJD_RECHTS: i64 = BREEDTE - 6;
/// The narrowest span that can still be seen.
pub const SPAN_PX_MIN: i64 = 6;
/// At most this many events get a mark; the table has all.
pub const GEBEURTENISSEN_MAX: usize = 200;

const PIL_HOOGTE: i64 = 24;
const RIJ_HOOGTE: i64 = 38;
const RIJEN_MAX: i64 = 3;
const MERK_PX: i64 = 18;

/// What happened at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MerkSoort {
    Melding,
    Incident,
    Overdracht,
    Beoordeling,
    Gedaan,
    Gepland,
}

impl MerkSoort {
    pub const fn icoon(self) -> Icoon {
        match self {
            Self::Melding => Icoon::Vlag,
            Self::Incident => Icoon::Driehoek,
            Self::Overdracht => Icoon::AanZet,
            Self::Beoordeling => Icoon::Document,
            Self::Gedaan => Icoon::CirkelVink,
            Self::Gepland => Icoon::CirkelLeeg,
        }
    }

    pub const fn klasse(self) -> &'static str {
        match self {
            Self::Melding => "report",
            Self::Incident => "incident",
            Self::Overdracht => "handover",
            Self::Beoordeling => "assessment",
            Self::Gedaan => "done",
            Self::Gepland => "planned",
        }
    }

    /// The word for the legend and the table.
    pub const fn woord(self) -> &'static str {
        match self {
            Self::Melding => "melding",
            Self::Incident => "incident",
            Self::Overdracht => "overdracht",
            Self::Beoordeling => "beoordeling",
            Self::Gedaan => "gedaan",
            Self::Gepland => "gepland",
        }
    }
}

/// The four lines of responsibility, in their fixed order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BaanSoort {
    Zicht,
    Regie,
    Monitoring,
    Crisis,
}

impl BaanSoort {
    pub const fn titel(self) -> &'static str {
        match self {
            Self::Zicht => "Zicht op veiligheid",
            Self::Regie => "Regie overige",
            Self::Monitoring => "Monitoring",
            Self::Crisis => "Crisis",
        }
    }

    pub const fn ondertitel(self) -> &'static str {
        match self {
            Self::Zicht => "altijd precies één",
            Self::Regie => "leefgebieden",
            Self::Monitoring | Self::Crisis => "",
        }
    }

    const fn hoogte(self) -> i64 {
        match self {
            Self::Zicht => 38,
            Self::Regie | Self::Monitoring | Self::Crisis => 26,
        }
    }
}

/// One holder during one span; instants in epoch microseconds, `[van, tot)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanGegevens {
    pub van: i64,
    /// Absent while nobody knows an end.
    pub tot: Option<i64>,
    pub houder: HouderSoort,
    pub naam: String,
    /// The line under the span: "vanaf 19 sep · IJmond § 3.1".
    pub onder: String,
    /// What the ledger says about the future: drawn dashed, tinted.
    pub verwacht: bool,
    /// The span started by an accepted handover: the mark sits on the boundary.
    pub door_overdracht: bool,
    /// For the table, with date and time.
    pub van_tekst: String,
    /// For the table: "nu", "uiterlijk do 9 april, 00.00 uur", or a date.
    pub tot_tekst: String,
    pub grond: String,
}

/// A moment inside a lane or in the lane of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MerkGegevens {
    pub op: i64,
    pub soort: MerkSoort,
    /// "15 sep · melding 1".
    pub titel: String,
    /// "school"; may be empty.
    pub detail: String,
    /// For the table, with date and time.
    pub op_tekst: String,
}

/// One lane.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaanGegevens {
    pub soort: BaanSoort,
    pub spans: Vec<SpanGegevens>,
    pub merken: Vec<MerkGegevens>,
    /// Said where the lane is empty: "niemand (mag leeg zijn)".
    pub leeg: String,
}

/// Everything that the drawing and the table are made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BanenGegevens {
    /// The axis in epoch microseconds; `tot` lies after `van`.
    pub van: i64,
    pub tot: i64,
    pub nu: i64,
    /// "vandaag, 7 april"; when looking at the past "stand op 3 maart".
    pub nu_tekst: String,
    /// The facts in one or two sentences, for those who do not see the drawing.
    pub beschrijving: String,
    pub gebeurtenissen: Vec<MerkGegevens>,
    pub banen: Vec<BaanGegevens>,
}

/// A drawn span.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanTekening {
    pub x: i64,
    pub y: i64,
    pub breedte: i64,
    pub hoogte: i64,
    pub houder: HouderSoort,
    pub verwacht: bool,
    /// Solid fill for the zicht line, tint for the others.
    pub vol: bool,
    pub door_overdracht: bool,
    /// The tooltip: holder and ground.
    pub titel: String,
}

/// A drawn mark; `stok` is the y to which a thin line runs down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MerkTekening {
    pub x: i64,
    pub y: i64,
    pub soort: MerkSoort,
    pub stok_x: i64,
    pub stok: Option<(i64, i64)>,
    pub titel: String,
}

/// A lane's name and its base line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaanKop {
    pub titel: &'static str,
    pub ondertitel: &'static str,
    pub y: i64,
    /// The line under the lane.
    pub onder: i64,
}

/// The line of the present.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NuLijn {
    pub x: i64,
    pub pil_x: i64,
    pub pil_breedte: i64,
    pub tekst_x: i64,
    pub tekst: String,
}

/// A row of the table that says the same as the drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TabelRij {
    pub baan: &'static str,
    pub wie: String,
    pub van: String,
    pub tot: String,
    pub grond: String,
    pub verwacht: bool,
}

/// The finished drawing, lying and upright, with its table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Banen {
    pub hoogte: i64,
    pub as_y: i64,
    pub beschrijving: String,
    pub strepen: Vec<Streep>,
    pub nu: Option<NuLijn>,
    pub koppen: Vec<BaanKop>,
    pub spans: Vec<SpanTekening>,
    pub merken: Vec<MerkTekening>,
    pub teksten: Vec<Tekst>,
    pub rijen: Vec<TabelRij>,
    pub gebeurtenissen: Vec<MerkGegevens>,
    pub staand: Staand,
}

/// The place of an instant on an axis of `lengte` units that starts at `begin`.
pub fn plaats(gegevens: &BanenGegevens, op: i64, begin: i64, lengte: i64) -> i64 {
    let duur = i128::from(gegevens.tot.saturating_sub(gegevens.van).max(1));
    let sinds = i128::from(op.min(gegevens.tot).max(gegevens.van).saturating_sub(gegevens.van));
    begin + i64::try_from(sinds * i128::from(lengte) / duur).unwrap_or(0)
}

/// Start and end of every span of a lane along one axis: in order, not overlapping, each at least [`SPAN_PX_MIN`].
pub fn leg_spans(
    gegevens: &BanenGegevens,
    baan: &BaanGegevens,
    begin: i64,
    lengte: i64,
) -> Vec<(i64, i64, SpanGegevens)> {
    let mut gesorteerd: Vec<&SpanGegevens> = baan
        .spans
        .iter()
        .filter(|span| span.van < gegevens.tot && span.tot.is_none_or(|tot| tot > gegevens.van))
        .collect();
    gesorteerd.sort_by_key(|span| span.van);
    let mut gelegd: Vec<(i64, i64, SpanGegevens)> = Vec::with_capacity(gesorteerd.len());
    let mut vorige = begin;
    for span in gesorteerd {
        let van = plaats(gegevens, span.van, begin, lengte).max(vorige);
        let tot = plaats(gegevens, span.tot.unwrap_or(gegevens.tot), begin, lengte).max(van + SPAN_PX_MIN);
        vorige = tot;
        gelegd.push((van, tot, span.clone()));
    }
    // Short spans at the end may have pushed past the edge: push back from there.
    let mut grens = begin + lengte;
    for (van, tot, _) in gelegd.iter_mut().rev() {
        *tot = (*tot).min(grens);
        *van = (*van).min(*tot - SPAN_PX_MIN);
        grens = *van;
    }
    gelegd
}

/// Turns spans, marks and the present into a drawing with its table.
pub fn teken(gegevens: &BanenGegevens) -> Banen {
    let lengte = TIJD_RECHTS - TIJD_LINKS;
    let mut plaatser = Plaatser { bezet: Vec::new(), teksten: Vec::new() };
    let nu = nu_lijn(gegevens, lengte);
    if let Some(lijn) = &nu {
        plaatser.bezet.push(Vak { x0: lijn.x - 3, x1: lijn.x + 3, y0: 0, y1: i64::MAX });
    }
    let (rijen, mut merken) = teken_gebeurtenissen(gegevens, &mut plaatser);
    let mut y = eerste_baan_y(rijen);
    let mut koppen = vec![BaanKop { titel: "Gebeurtenissen", ondertitel: "", y: merk_y(rijen) + 14, onder: y - 4 }];
    let mut spans = Vec::new();
    for baan in &gegevens.banen {
        let hoogte = baan.soort.hoogte();
        let onder = if baan.soort == BaanSoort::Zicht { 48 } else { 14 };
        y += 8;
        teken_baan(gegevens, baan, y, &mut plaatser, &mut spans, &mut merken);
        koppen.push(BaanKop {
            titel: baan.soort.titel(),
            ondertitel: baan.soort.ondertitel(),
            y: y + if baan.soort.ondertitel().is_empty() { hoogte / 2 + 5 } else { hoogte / 2 - 3 },
            onder: y + hoogte + onder,
        });
        y += hoogte + onder + 4;
    }
    Banen {
        hoogte: y + 30,
        as_y: y,
        beschrijving: gegevens.beschrijving.clone(),
        strepen: baan_as::strepen(gegevens, TIJD_LINKS, lengte),
        nu,
        koppen,
        spans,
        merken,
        teksten: plaatser.teksten,
        rijen: tabel(gegevens),
        gebeurtenissen: gegevens.gebeurtenissen.clone(),
        staand: baan_staand::teken(gegevens),
    }
}

fn nu_lijn(gegevens: &BanenGegevens, lengte: i64) -> Option<NuLijn> {
    if gegevens.nu < gegevens.van || gegevens.nu > gegevens.tot {
        return None;
    }
    let x = plaats(gegevens, gegevens.nu, TIJD_LINKS, lengte);
    let pil_breedte = tekst_px(&gegevens.nu_tekst, true) + 20;
    let pil_x = (x - pil_breedte / 2).min(BREEDTE - pil_breedte).max(TIJD_LINKS);
    Some(NuLijn { x, pil_x, pil_breedte, tekst_x: pil_x + pil_breedte / 2, tekst: gegevens.nu_tekst.clone() })
}

/// Where the marks stand when the lane of events has this many rows.
const fn merk_y(rijen: i64) -> i64 {
    PIL_HOOGTE + 8 + (rijen - 1) * RIJ_HOOGTE
}

const fn eerste_baan_y(rijen: i64) -> i64 {
    merk_y(rijen) + RIJ_HOOGTE + 6
}

/// Uses as few rows as give each event its label, and at most [`RIJEN_MAX`].
fn teken_gebeurtenissen(gegevens: &BanenGegevens, plaatser: &mut Plaatser) -> (i64, Vec<MerkTekening>) {
    for rijen in 1..RIJEN_MAX {
        let mut proef = plaatser.clone();
        let (compleet, merken) = teken_gebeurtenissen_in(gegevens, &mut proef, rijen);
        if compleet {
            *plaatser = proef;
            return (rijen, merken);
        }
    }
    let (_, merken) = teken_gebeurtenissen_in(gegevens, plaatser, RIJEN_MAX);
    (RIJEN_MAX, merken)
}

fn teken_gebeurtenissen_in(gegevens: &BanenGegevens, plaatser: &mut Plaatser, rijen: i64) -> (bool, Vec<MerkTekening>) {
    let (y, tot_y) = (merk_y(rijen), eerste_baan_y(rijen) + 8);
    let lengte = TIJD_RECHTS - TIJD_LINKS;
    let mut zichtbaar: Vec<&MerkGegevens> =
        gegevens.gebeurtenissen.iter().filter(|merk| (gegevens.van..=gegevens.tot).contains(&merk.op)).collect();
    zichtbaar.sort_by_key(|merk| merk.op);
    zichtbaar.truncate(GEBEURTENISSEN_MAX);
    let mut merken = Vec::with_capacity(zichtbaar.len());
    let mut vorige = TIJD_LINKS - MERK_PX;
    for merk in &zichtbaar {
        let echt = plaats(gegevens, merk.op, TIJD_LINKS, lengte);
        let x = echt.max(vorige + MERK_PX - 2).min(TIJD_RECHTS - MERK_PX / 2);
        vorige = x;
        plaatser.bezet.push(Vak { x0: x - MERK_PX / 2, x1: x + MERK_PX / 2, y0: y, y1: tot_y });
        let titel = format!("{} {}", merk.titel, merk.detail);
        merken.push(MerkTekening { x, y, soort: merk.soort, stok_x: echt, stok: Some((y + MERK_PX, tot_y)), titel });
    }
    let mut compleet = true;
    for (merk, tekening) in zichtbaar.iter().zip(&mut merken) {
        match label_bij_merk(plaatser, merk, tekening.x, y) {
            Label::Ernaast => {}
            Label::Erboven(boven) => tekening.stok = Some((boven, tot_y)),
            Label::GeenPlaats => compleet = false,
        }
    }
    (compleet, merken)
}

/// Where the label of an event went.
enum Label {
    Ernaast,
    /// A thin line runs down from here.
    Erboven(i64),
    GeenPlaats,
}

/// Tries beside the mark, then in the rows above it with a thin line down.
fn label_bij_merk(plaatser: &mut Plaatser, merk: &MerkGegevens, x: i64, y: i64) -> Label {
    let mut regels: Vec<(&'static str, &str)> = vec![("label-bold label-halo", merk.titel.as_str())];
    if !merk.detail.is_empty() {
        regels.push(("label-soft label-halo", merk.detail.as_str()));
    }
    if plaatser.zet(x + 14, y + 8, "start", &regels) || plaatser.zet(x - 14, y + 8, "end", &regels) {
        return Label::Ernaast;
    }
    for rij in 1..RIJEN_MAX {
        let rij_y = y - rij * RIJ_HOOGTE;
        let stok = Vak { x0: x - 1, x1: x + 1, y0: rij_y, y1: y };
        let boven_pil = rij_y >= PIL_HOOGTE;
        if boven_pil && plaatser.vrij(stok) {
            let gelukt =
                plaatser.zet(x + 6, rij_y + 10, "start", &regels) || plaatser.zet(x - 6, rij_y + 10, "end", &regels);
            if gelukt {
                plaatser.bezet.push(stok);
                return Label::Erboven(rij_y);
            }
        }
    }
    Label::GeenPlaats
}

fn teken_baan(
    gegevens: &BanenGegevens,
    baan: &BaanGegevens,
    y: i64,
    plaatser: &mut Plaatser,
    spans: &mut Vec<SpanTekening>,
    merken: &mut Vec<MerkTekening>,
) {
    let lengte = TIJD_RECHTS - TIJD_LINKS;
    let hoogte = baan.soort.hoogte();
    let gelegd = leg_spans(gegevens, baan, TIJD_LINKS, lengte);
    for merk in baan.merken.iter().filter(|merk| (gegevens.van..=gegevens.tot).contains(&merk.op)) {
        let x = plaats(gegevens, merk.op, TIJD_LINKS, lengte).clamp(TIJD_LINKS + 10, TIJD_RECHTS - 10);
        let boven = y + hoogte / 2 - MERK_PX / 2;
        plaatser.bezet.push(Vak { x0: x - 11, x1: x + 11, y0: boven, y1: boven + MERK_PX });
        let titel = format!("{} {}", merk.titel, merk.detail);
        merken.push(MerkTekening { x, y: boven, soort: merk.soort, stok_x: x, stok: None, titel });
    }
    if gelegd.is_empty() && !baan.leeg.is_empty() {
        plaatser.zet(TIJD_LINKS + 4, y + hoogte / 2 + 5, "start", &[("label-soft", baan.leeg.as_str())]);
    }
    for (van, tot, span) in &gelegd {
        let titel = format!("{}: {} tot {} ({})", span.naam, span.van_tekst, span.tot_tekst, span.grond);
        spans.push(SpanTekening {
            x: *van,
            y,
            breedte: tot - van,
            hoogte,
            houder: span.houder,
            verwacht: span.verwacht,
            vol: baan.soort == BaanSoort::Zicht && !span.verwacht,
            door_overdracht: span.door_overdracht,
            titel,
        });
    }
    label_spans(baan, y, &gelegd, plaatser);
    for merk in &baan.merken {
        if (gegevens.van..=gegevens.tot).contains(&merk.op) {
            let x = plaats(gegevens, merk.op, TIJD_LINKS, lengte);
            let regel = [("label-soft", merk.titel.as_str())];
            let _niet_altijd_plaats = plaatser.zet(x + 15, y + hoogte / 2 + 5, "start", &regel)
                || plaatser.zet(x - 15, y + hoogte / 2 + 5, "end", &regel);
        }
    }
}

/// The name in the span when it fits, else beside it; below it since when and by which clause.
fn label_spans(baan: &BaanGegevens, y: i64, gelegd: &[(i64, i64, SpanGegevens)], plaatser: &mut Plaatser) {
    let hoogte = baan.soort.hoogte();
    let midden = y + hoogte / 2 + 5;
    let is_zicht = baan.soort == BaanSoort::Zicht;
    for (index, (van, tot, span)) in gelegd.iter().enumerate() {
        let klasse = match (is_zicht, span.verwacht) {
            (true, false) => "label-bold label-on-fill",
            (true, true) | (false, _) => "label-bold label-on-tint",
        };
        let naam = if is_zicht { span.naam.clone() } else { format!("{}, {}", span.naam, span.onder) };
        let links = van + if span.door_overdracht { 20 } else { 10 };
        let past_in = |tekst: &str| tekst_px(tekst, true) + (links - van) + 8 <= tot - van;
        let binnen = (past_in(&naam) && plaatser.zet(links, midden, "start", &[(klasse, naam.as_str())]))
            || (past_in(&span.naam) && plaatser.zet(links, midden, "start", &[(klasse, span.naam.as_str())]));
        let vorige_eind =
            index.checked_sub(1).and_then(|vorige| gelegd.get(vorige)).map_or(TIJD_LINKS, |vorige| vorige.1);
        let volgende_begin = gelegd.get(index + 1).map_or(TIJD_RECHTS, |volgende| volgende.0);
        let buiten = [("label-soft label-halo", naam.as_str())];
        let breedte = tekst_px(&naam, false) + 10;
        let ernaast = !binnen
            && ((van - vorige_eind >= breedte && plaatser.zet(van - 7, midden, "end", &buiten))
                || (volgende_begin - tot >= breedte && plaatser.zet(tot + 7, midden, "start", &buiten)));
        if is_zicht {
            let onder = if binnen || ernaast { span.onder.clone() } else { format!("{}: {}", span.naam, span.onder) };
            let gelukt = label_onder(plaatser, *van, y + hoogte + 17, &onder);
            if !gelukt && !binnen && !ernaast {
                label_onder(plaatser, *van, y + hoogte + 17, &span.naam);
            }
        }
    }
}

fn label_onder(plaatser: &mut Plaatser, van: i64, y: i64, tekst: &str) -> bool {
    let regel = [("label-soft label-halo", tekst)];
    [y, y + 18].into_iter().any(|rij_y| {
        plaatser.zet(van + 3, rij_y, "start", &regel)
            || plaatser.zet(TIJD_RECHTS.min(van + tekst_px(tekst, false)), rij_y, "end", &regel)
    })
}

fn tabel(gegevens: &BanenGegevens) -> Vec<TabelRij> {
    gegevens
        .banen
        .iter()
        .flat_map(|baan| {
            baan.spans.iter().map(|span| TabelRij {
                baan: baan.soort.titel(),
                wie: span.naam.clone(),
                van: span.van_tekst.clone(),
                tot: span.tot_tekst.clone(),
                grond: span.grond.clone(),
                verwacht: span.verwacht,
            })
        })
        .collect()
}

#[cfg(test)]
#[path = "baan_tests.rs"]
pub(crate) mod tests;
