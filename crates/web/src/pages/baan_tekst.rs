//! Texts in the swimlane: how wide they are at most, and a free place for each.

use super::baan::{BREEDTE, TIJD_LINKS};

const LETTER_PX_TIENDEN: i64 = 64;
const LETTER_VET_PX_TIENDEN: i64 = 71;

/// A line of text at a place; `klasse` gives weight and colour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tekst {
    pub x: i64,
    pub y: i64,
    /// `start` or `end`.
    pub anker: &'static str,
    pub klasse: &'static str,
    pub tekst: String,
}

/// A rectangle that is taken; texts look for a free one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Vak {
    pub x0: i64,
    pub x1: i64,
    pub y0: i64,
    pub y1: i64,
}

impl Vak {
    pub const fn raakt(self, ander: Self) -> bool {
        self.x0 < ander.x1 && ander.x0 < self.x1 && self.y0 < ander.y1 && ander.y0 < self.y1
    }
}

/// Places texts so that none crosses another.
#[derive(Clone)]
pub(super) struct Plaatser {
    pub bezet: Vec<Vak>,
    pub teksten: Vec<Tekst>,
}

impl Plaatser {
    pub fn vrij(&self, vak: Vak) -> bool {
        vak.x0 >= TIJD_LINKS && vak.x1 <= BREEDTE && !self.bezet.iter().any(|bezet| bezet.raakt(vak))
    }

    /// Puts lines of text (class, text) below each other from `y`, starting or ending at `x`; false when it does not fit.
    pub fn zet(&mut self, x: i64, y: i64, anker: &'static str, regels: &[(&'static str, &str)]) -> bool {
        let breedte = regels.iter().map(|(klasse, tekst)| tekst_px(tekst, klasse.contains("bold"))).max().unwrap_or(0);
        let hoogte = i64::try_from(regels.len()).unwrap_or(1) * 17;
        let (x0, x1) = if anker == "end" { (x - breedte, x) } else { (x, x + breedte) };
        let vak = Vak { x0: x0 - 3, x1: x1 + 3, y0: y - 13, y1: y - 13 + hoogte };
        if !self.vrij(vak) {
            return false;
        }
        self.bezet.push(vak);
        let mut regel_y = y;
        for (klasse, tekst) in regels {
            self.teksten.push(Tekst { x, y: regel_y, anker, klasse, tekst: (*tekst).to_owned() });
            regel_y += 17;
        }
        true
    }
}

/// Width of a text of 13 px in the widest system font that we expect, so that it never is wider than reserved.
pub fn tekst_px(tekst: &str, vet: bool) -> i64 {
    let letters = i64::try_from(tekst.chars().count()).unwrap_or(i64::MAX / 100);
    letters.saturating_mul(if vet { LETTER_VET_PX_TIENDEN } else { LETTER_PX_TIENDEN }) / 10
}
