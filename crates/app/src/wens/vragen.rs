//! Answers to what a reporter is asked, and assessments that go with a report: codes for the log, words to seal.

use super::{Omgeving, VeldFout, fout, is_code};
use domain::{
    afspraak::{IN_WOORDEN, MeldAntwoord, Meldvraag, ONBEKEND},
    meldingen::{Meldgegevens, Meldwijze},
    tijd::Datum,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Most answers in one report.
pub const ANTWOORDEN_MAX: usize = 100;

/// An assessment that was filled in beforehand.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct InstrumentWens {
    /// `jjjj-mm-dd`, the day on which it was filled in.
    pub datum: String,
    /// Who filled it in.
    pub door: Option<String>,
    /// What came out of it.
    pub conclusie: String,
}

/// Words to seal, each with its kind.
pub(super) type Woorden = Vec<(String, String)>;
/// The codes for the log, and the words.
pub(super) type Gelezen = Result<(Meldgegevens, Woorden), Vec<VeldFout>>;

/// By key of `[meldvraag]` and `[meldinstrument]`, as somebody filled them in.
pub(super) struct Ingevuld<'a> {
    pub antwoorden: &'a BTreeMap<String, String>,
    pub instrumenten: &'a BTreeMap<String, InstrumentWens>,
}

impl Ingevuld<'_> {
    /// The codes, and the words each with the kind under which they are sealed.
    pub(super) fn lees(&self, wijze: Meldwijze, o: &Omgeving<'_>) -> Gelezen {
        let mut fouten = Vec::new();
        if self.antwoorden.len() > ANTWOORDEN_MAX || self.instrumenten.len() > ANTWOORDEN_MAX {
            return Err(fout("antwoorden", "Dit zijn te veel antwoorden voor één melding."));
        }
        let mut gegevens = Meldgegevens { wijze, ..Meldgegevens::default() };
        let mut woorden = Vec::new();
        for (sleutel, antwoord) in self.antwoorden.iter().filter(|(_, antwoord)| !antwoord.trim().is_empty()) {
            let veld = format!("antwoorden.{sleutel}");
            match o.bundel.inhoud.meldvraag.get(sleutel) {
                None => fouten.extend(fout(&veld, "Deze vraag hoort niet bij de afspraak die hier geldt.")),
                Some(vraag) => match code(vraag, antwoord.trim()) {
                    None => fouten.extend(fout(&veld, "Kies een van de antwoorden.")),
                    Some(code) => {
                        if code == IN_WOORDEN {
                            woorden.push((format!("meldvraag:{sleutel}"), antwoord.clone()));
                        }
                        gegevens.antwoorden.insert(sleutel.clone(), code.to_owned());
                    }
                },
            }
        }
        for (sleutel, instrument) in self.instrumenten {
            match self.instrument(sleutel, instrument, o) {
                Ok((datum, tekst)) => {
                    woorden.push((format!("meldinstrument:{sleutel}"), tekst));
                    gegevens.instrumenten.insert(sleutel.clone(), datum);
                }
                Err(mis) => fouten.extend(mis),
            }
        }
        if fouten.is_empty() { Ok((gegevens, woorden)) } else { Err(fouten) }
    }

    fn instrument(
        &self,
        sleutel: &str,
        instrument: &InstrumentWens,
        o: &Omgeving<'_>,
    ) -> Result<(Datum, String), Vec<VeldFout>> {
        let veld = |naam: &str| format!("instrumenten.{sleutel}.{naam}");
        if !is_code(sleutel) || !o.bundel.inhoud.meldinstrument.contains_key(sleutel) {
            return Err(fout(&veld("conclusie"), "Dit formulier hoort niet bij de afspraak die hier geldt."));
        }
        let dag = instrument.datum.trim().parse::<jiff::civil::Date>().ok().filter(|dag| *dag <= o.nu.dag());
        let dag = dag.ok_or_else(|| fout(&veld("datum"), "Vul de dag in waarop dit is ingevuld."))?;
        if instrument.conclusie.trim().is_empty() {
            return Err(fout(&veld("conclusie"), "Schrijf op wat eruit kwam."));
        }
        let door = instrument.door.as_deref().map(str::trim).filter(|door| !door.is_empty());
        let door = door.map(|door| format!("Ingevuld door {door}. ")).unwrap_or_default();
        Ok((Datum(dag), format!("{door}{}", instrument.conclusie.trim())))
    }
}

/// The code of an answer: words are a code too, and "not known" is an answer to everything.
fn code<'a>(vraag: &Meldvraag, antwoord: &'a str) -> Option<&'a str> {
    match vraag.antwoord {
        _ if antwoord == ONBEKEND => Some(ONBEKEND),
        MeldAntwoord::Woorden => Some(IN_WOORDEN),
        MeldAntwoord::JaNee | MeldAntwoord::Keuze => Some(antwoord).filter(|code| vraag.kent(code)),
    }
}
