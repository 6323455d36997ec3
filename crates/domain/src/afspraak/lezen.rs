//! Reads one file. A mistake is told with file, line and what was expected.

use super::{Inhoud, Laag};
use crate::{
    ids::{AfspraakNaam, ClausuleId},
    tijd::{Datum, Kalender},
};
use serde::Deserialize;
use std::fmt;

/// A text with the name under which people know it.
#[derive(Clone, Debug)]
pub struct Bron {
    pub bestand: String,
    pub tekst: String,
}

/// One agreement file as read, before it is laid over its base.
#[derive(Clone, Debug)]
pub struct AfspraakBestand {
    pub bron: Bron,
    pub laag: Laag,
    /// The agreement that this one lays itself over; absent for the national base.
    pub basis: Option<AfspraakNaam>,
    /// The calendar; inherited from the base when absent.
    pub kalender: Option<String>,
    pub inhoud: Inhoud,
}

/// A mistake in an agreement file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct AfspraakFout {
    pub bestand: String,
    /// 1 for the first line.
    pub regel: usize,
    /// What is wrong and what was expected, in plain Dutch.
    pub melding: String,
}

impl fmt::Display for AfspraakFout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.bestand, self.regel, self.melding)
    }
}

#[derive(Deserialize)]
struct MetKop {
    editie: Kop,
}

#[cfg_attr(test, derive(schemars::JsonSchema))]
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Kop {
    afspraak: AfspraakNaam,
    naam: String,
    #[serde(default = "super::eerste")]
    herziening: u32,
    titel: String,
    voorvoegsel: String,
    document: String,
    geldig_van: Datum,
    geldig_tot: Option<Datum>,
    clausules: Vec<ClausuleId>,
    basis: Option<AfspraakNaam>,
    /// Only for a local overlay.
    #[serde(default)]
    alleen_gemeenten: Vec<String>,
    kalender: Option<String>,
}

/// Reads an agreement file.
///
/// # Errors
/// The first mistake against the shape, with its line.
pub fn lees_afspraak(bron: Bron) -> Result<AfspraakBestand, AfspraakFout> {
    let MetKop { editie: kop } = ontleed(&bron)?;
    let inhoud: Inhoud = ontleed(&bron)?;
    Ok(AfspraakBestand {
        laag: Laag {
            afspraak: kop.afspraak,
            editie: kop.naam,
            herziening: kop.herziening,
            titel: kop.titel,
            voorvoegsel: kop.voorvoegsel,
            document: kop.document,
            geldig_van: kop.geldig_van,
            geldig_tot: kop.geldig_tot,
            clausules: kop.clausules,
            alleen_gemeenten: kop.alleen_gemeenten,
        },
        basis: kop.basis,
        kalender: kop.kalender,
        inhoud,
        bron,
    })
}

/// Reads a calendar file.
///
/// # Errors
/// The first mistake, with its line.
pub fn lees_kalender(bron: &Bron) -> Result<Kalender, AfspraakFout> {
    let kalender: Kalender = ontleed(bron)?;
    match kalender.feestdag.iter().find(|dag| !dag.is_eenduidig()) {
        None => Ok(kalender),
        Some(dag) => Err(AfspraakFout {
            bestand: bron.bestand.clone(),
            regel: bron.regel_met(&format!("naam = \"{}\"", dag.naam)),
            melding: format!(
                "de feestdag '{}' heeft precies één van deze drie nodig: maand en dag, pasen, of datum",
                dag.naam
            ),
        }),
    }
}

pub(crate) fn ontleed<T: for<'de> Deserialize<'de>>(bron: &Bron) -> Result<T, AfspraakFout> {
    toml::from_str(&bron.tekst).map_err(|fout| AfspraakFout {
        bestand: bron.bestand.clone(),
        regel: fout.span().map_or(1, |plek| bron.regel_van_byte(plek.start)),
        melding: in_gewone_taal(fout.message()),
    })
}

/// The parser speaks English; people who write agreements read Dutch.
fn in_gewone_taal(melding: &str) -> String {
    melding
        .replace("unknown field", "onbekende sleutel")
        .replace("unknown variant", "onbekende waarde")
        .replace("missing field", "ontbrekende sleutel")
        .replace("duplicate key", "dubbele sleutel")
        .replace("invalid type", "verkeerde soort waarde")
        .replace("expected one of", "verwacht werd een van")
        .replace("expected", "verwacht werd")
        .lines()
        .collect::<Vec<_>>()
        .join(" ")
}

impl Bron {
    fn regel_van_byte(&self, byte: usize) -> usize {
        let voor = self.tekst.as_bytes().iter().take(byte);
        voor.filter(|teken| **teken == b'\n').count() + 1
    }

    /// A mistake in this file, at the first line with these words.
    pub fn fout(&self, zoek: &str, melding: impl Into<String>) -> AfspraakFout {
        AfspraakFout { bestand: self.bestand.clone(), regel: self.regel_met(zoek), melding: melding.into() }
    }

    /// The line on which a text first stands; line 1 when it does not.
    pub(crate) fn regel_met(&self, zoek: &str) -> usize {
        self.tekst.lines().position(|regel| regel.trim_start().starts_with(zoek)).map_or(1, |index| index + 1)
    }

    /// The line of the table `[sectie.sleutel]`; line 1 when it is not here.
    pub(super) fn regel_van(&self, sectie: &str, sleutel: &str) -> usize {
        self.plek_van(sectie, sleutel).unwrap_or(1)
    }

    /// The line of the table `[sectie.sleutel]`, when this file has it.
    pub fn plek_van(&self, sectie: &str, sleutel: &str) -> Option<usize> {
        let koppen = [format!("[{sectie}.{sleutel}]"), format!("[{sectie}.\"{sleutel}\"]")];
        let is_kop = |regel: &str| koppen.iter().any(|kop| regel.trim_start().starts_with(kop));
        self.tekst.lines().position(is_kop).map(|index| index + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bron(tekst: &str) -> Bron {
        Bron { bestand: "proef.toml".into(), tekst: tekst.into() }
    }

    #[test]
    fn een_onbekende_sleutel_wordt_met_regel_en_verwachting_genoemd() {
        let tekst = "[termijn.bel]\nnaam = \"Bel\"\nclausule = \"X-1\"\nlengt = 5\n";
        let fout = ontleed::<Inhoud>(&bron(tekst)).unwrap_err();
        assert_eq!(fout.regel, 4);
        assert!(fout.to_string().starts_with("proef.toml:4: onbekende sleutel `lengt`"), "{fout}");
    }

    #[test]
    fn een_feestdag_zonder_datum_wordt_geweigerd() {
        let tekst = "kalender = \"k\"\neditie = \"1\"\n[[feestdag]]\nnaam = \"Niets\"\n";
        let fout = lees_kalender(&bron(tekst)).unwrap_err();
        assert_eq!(fout.regel, 4);
    }
}
