//! The afwegingskader of a profession as data: questions of which each answer leads to the next one or to an outcome.
//!
//! An edition is a file. What was weighed by it keeps its name, its answers and its outcome, also when it is replaced.

use crate::afspraak::{AfspraakFout, Bron, ontleed};
use crate::tijd::Datum;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// By which a kader is named in a track.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kadernaam {
    pub beroep: String,
    pub editie: String,
}

/// One edition of one profession.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kader {
    pub beroep: String,
    pub editie: String,
    /// How people of this profession know it.
    pub naam: String,
    pub geldig_van: Datum,
    #[serde(default)]
    pub geldig_tot: Option<Datum>,
    /// Where the questions come from.
    pub bron: String,
    /// What goes by this profession's own words at acute and structural danger.
    #[serde(default)]
    pub voorbeelden: Vec<String>,
    pub vraag: Vec<Vraag>,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vraag {
    pub sleutel: String,
    pub tekst: String,
    #[serde(default)]
    pub uitleg: Option<String>,
    /// What this question settles, beside where it leads.
    #[serde(default)]
    pub stelt_vast: Option<Vaststelling>,
    pub ja: Vervolg,
    pub nee: Vervolg,
}

/// What "ja" to a question says about the family.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Vaststelling {
    Vermoeden,
    /// Acute or structural danger.
    Gevaar,
}

/// Where an answer leads.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub enum Vervolg {
    Vraag(String),
    Uitkomst(Uitkomst),
}

/// What weighing comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Uitkomst {
    /// No suspicion any more: close and record.
    Afsluiten,
    Melden,
    /// Help is given or organised, and looked at again.
    HulpEnVolgen,
}

/// An answer in step 4. Doubt is an answer: it asks for Veilig Thuis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Weegantwoord {
    Ja,
    Nee,
    Twijfel,
}

/// What the answers come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Weging {
    pub uitkomst: Uitkomst,
    pub vermoeden: bool,
    pub gevaar: bool,
    pub twijfel: bool,
}

impl Kader {
    pub fn kadernaam(&self) -> Kadernaam {
        Kadernaam { beroep: self.beroep.clone(), editie: self.editie.clone() }
    }

    /// Whether it holds on a day.
    pub fn geldt_op(&self, dag: jiff::civil::Date) -> bool {
        self.geldig_van.0 <= dag && self.geldig_tot.is_none_or(|tot| dag < tot.0)
    }

    /// A question by its key.
    pub fn vraag(&self, sleutel: &str) -> Option<&Vraag> {
        self.vraag.iter().find(|vraag| vraag.sleutel == sleutel)
    }

    /// Follows the answers from the first question. Doubt goes the way of most care: as "ja" where the question settles
    /// something, else as "nee". `Err` names the question that waits for an answer.
    pub fn weeg(&self, antwoorden: &BTreeMap<String, Weegantwoord>) -> Result<Weging, String> {
        let mut weging = Weging { uitkomst: Uitkomst::Melden, vermoeden: false, gevaar: false, twijfel: false };
        let mut nu = self.vraag.first().ok_or_else(String::new)?;
        // Every step takes another question: a checked kader has no circle.
        for _ in 0..=self.vraag.len() {
            let antwoord = antwoorden.get(&nu.sleutel).copied().ok_or_else(|| nu.sleutel.clone())?;
            let ja = match antwoord {
                Weegantwoord::Ja => true,
                Weegantwoord::Nee => false,
                Weegantwoord::Twijfel => nu.stelt_vast == Some(Vaststelling::Vermoeden),
            };
            weging.twijfel |= antwoord == Weegantwoord::Twijfel;
            match nu.stelt_vast {
                Some(Vaststelling::Vermoeden) => weging.vermoeden |= ja,
                Some(Vaststelling::Gevaar) => weging.gevaar |= ja,
                None => {}
            }
            match if ja { &nu.ja } else { &nu.nee } {
                Vervolg::Uitkomst(uitkomst) => {
                    weging.uitkomst = *uitkomst;
                    return Ok(weging);
                }
                Vervolg::Vraag(sleutel) => nu = self.vraag(sleutel).ok_or_else(|| sleutel.clone())?,
            }
        }
        Err(nu.sleutel.clone())
    }
}

/// Every edition that this installation knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Kaders(Vec<Kader>);

impl Kaders {
    /// Reads and checks the files.
    ///
    /// # Errors
    /// Every mistake, with file, line and what was expected.
    pub fn laad(bronnen: &[Bron]) -> Result<Self, Vec<AfspraakFout>> {
        let (mut kaders, mut fouten): (Vec<Kader>, Vec<AfspraakFout>) = (Vec::new(), Vec::new());
        for bron in bronnen {
            match ontleed::<Kader>(bron) {
                Ok(kader) => {
                    fouten.extend(bezwaren(&kader, bron));
                    let zelfde = |ander: &Kader| {
                        let overlapt = ander.geldig_tot.is_none_or(|tot| kader.geldig_van < tot)
                            && kader.geldig_tot.is_none_or(|tot| ander.geldig_van < tot);
                        ander.beroep == kader.beroep && (overlapt || ander.editie == kader.editie)
                    };
                    if kaders.iter().any(zelfde) {
                        let melding = "deze editie overlapt met een andere editie van hetzelfde beroep";
                        fouten.push(bron.fout("geldig_van", melding));
                    }
                    kaders.push(kader);
                }
                Err(fout) => fouten.push(fout),
            }
        }
        kaders.sort_by_key(Kader::kadernaam);
        if fouten.is_empty() { Ok(Self(kaders)) } else { Err(fouten) }
    }

    pub fn alle(&self) -> &[Kader] {
        &self.0
    }

    /// The edition with this name, however old.
    pub fn met_naam(&self, naam: &Kadernaam) -> Option<&Kader> {
        self.0.iter().find(|kader| kader.beroep == naam.beroep && kader.editie == naam.editie)
    }

    /// The edition of a profession that holds on a day.
    pub fn voor(&self, beroep: &str, dag: jiff::civil::Date) -> Option<&Kader> {
        self.0.iter().find(|kader| kader.beroep == beroep && kader.geldt_op(dag))
    }
}

/// What makes a kader that cannot be walked.
fn bezwaren(kader: &Kader, bron: &Bron) -> Vec<AfspraakFout> {
    let mut fouten = Vec::new();
    let mut sleutels = BTreeSet::new();
    for vraag in &kader.vraag {
        let plek = format!("sleutel = \"{}\"", vraag.sleutel);
        if !sleutels.insert(&vraag.sleutel) {
            fouten.push(bron.fout(&plek, format!("de vraag '{}' staat er twee keer", vraag.sleutel)));
        }
        for vervolg in [&vraag.ja, &vraag.nee] {
            // Questions lead on, never back, so that every walk ends.
            if let Vervolg::Vraag(sleutel) = vervolg
                && !kader
                    .vraag
                    .iter()
                    .skip_while(|ander| ander.sleutel != vraag.sleutel)
                    .skip(1)
                    .any(|v| v.sleutel == *sleutel)
            {
                let melding = format!("'{sleutel}' is geen vraag die hierna komt; verwacht werd een latere vraag");
                fouten.push(bron.fout(&plek, melding));
            }
        }
        if vraag.stelt_vast == Some(Vaststelling::Gevaar) && vraag.ja != Vervolg::Uitkomst(Uitkomst::Melden) {
            let melding = "'ja' op acute of structurele onveiligheid leidt altijd tot melden";
            fouten.push(bron.fout(&plek, melding));
        }
    }
    for (wat, naam) in [(Vaststelling::Vermoeden, "vermoeden"), (Vaststelling::Gevaar, "gevaar")] {
        if kader.vraag.iter().filter(|vraag| vraag.stelt_vast == Some(wat)).count() != 1 {
            let melding = format!("precies één vraag heeft stelt_vast = \"{naam}\"");
            fouten.push(bron.fout("beroep", melding));
        }
    }
    fouten
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const ALGEMEEN: &str = include_str!("../../../../kaders/algemeen/2019-01-01.toml");

    fn bron(tekst: &str) -> Bron {
        Bron { bestand: "kaders/algemeen/1.toml".into(), tekst: tekst.into() }
    }

    pub fn kaders() -> Kaders {
        let jgz = ALGEMEEN.replace("beroep = \"algemeen\"", "beroep = \"jgz\"");
        Kaders::laad(&[bron(ALGEMEEN), bron(&jgz)]).unwrap()
    }

    fn weeg(antwoorden: &[(&str, Weegantwoord)]) -> Result<Weging, String> {
        let kaders = kaders();
        kaders.alle()[0].weeg(&antwoorden.iter().map(|(vraag, antwoord)| ((*vraag).to_owned(), *antwoord)).collect())
    }

    use Weegantwoord::{Ja, Nee, Twijfel};

    #[test]
    fn elke_weg_door_de_vijf_vragen_komt_uit() {
        let uitkomst = |antwoorden: &[(&str, Weegantwoord)]| weeg(antwoorden).unwrap().uitkomst;
        let (v, g, h, a, r) = ("vermoeden", "gevaar", "hulp-mogelijk", "hulp-aanvaard", "hulp-werkt");
        assert_eq!(uitkomst(&[(v, Nee)]), Uitkomst::Afsluiten);
        assert_eq!(uitkomst(&[(v, Ja), (g, Ja)]), Uitkomst::Melden);
        assert_eq!(uitkomst(&[(v, Ja), (g, Nee), (h, Nee)]), Uitkomst::Melden);
        assert_eq!(uitkomst(&[(v, Ja), (g, Nee), (h, Ja), (a, Nee)]), Uitkomst::Melden);
        assert_eq!(uitkomst(&[(v, Ja), (g, Nee), (h, Ja), (a, Ja), (r, Nee)]), Uitkomst::Melden);
        assert_eq!(uitkomst(&[(v, Ja), (g, Nee), (h, Ja), (a, Ja), (r, Ja)]), Uitkomst::HulpEnVolgen);
        assert_eq!(weeg(&[(v, Ja), (g, Nee)]), Err(h.to_owned()), "de volgende vraag wacht");
    }

    #[test]
    fn twijfel_over_gevaar_is_geen_gevaar_maar_wel_twijfel_en_over_het_vermoeden_blijft_het_vermoeden() {
        let weging = weeg(&[("vermoeden", Twijfel), ("gevaar", Twijfel), ("hulp-mogelijk", Nee)]).unwrap();
        assert_eq!(weging, Weging { uitkomst: Uitkomst::Melden, vermoeden: true, gevaar: false, twijfel: true });
    }

    #[test]
    fn een_fout_in_een_kader_wordt_met_bestand_en_regel_genoemd() {
        let melding = |van: &str, naar: &str| {
            let tekst = ALGEMEEN.replace(van, naar);
            assert_ne!(tekst, ALGEMEEN, "{van}");
            Kaders::laad(&[bron(&tekst)]).unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        };
        let onbekend = melding("naam = ", "namm = ");
        assert!(
            onbekend.starts_with("kaders/algemeen/1.toml:") && onbekend.contains("onbekende sleutel"),
            "{onbekend}"
        );
        let weg = melding("nee = { vraag = \"hulp-mogelijk\" }", "nee = { vraag = \"hulp\" }");
        assert!(weg.contains("'hulp' is geen vraag die hierna komt"), "{weg}");
        let terug = melding("nee = { vraag = \"hulp-mogelijk\" }", "nee = { vraag = \"vermoeden\" }");
        assert!(terug.contains("een latere vraag"), "{terug}");
        let zacht = melding(
            "stelt_vast = \"gevaar\"\nja = { uitkomst = \"melden\" }",
            "stelt_vast = \"gevaar\"\nja = { uitkomst = \"afsluiten\" }",
        );
        assert!(zacht.contains("leidt altijd tot melden"), "{zacht}");
        let dubbel = Kaders::laad(&[bron(ALGEMEEN), bron(ALGEMEEN)]).unwrap_err();
        assert!(dubbel[0].to_string().contains("overlapt"), "{dubbel:?}");
    }
}
