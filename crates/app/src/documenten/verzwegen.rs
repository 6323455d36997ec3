//! By what a reporter would be known whom the family may not know, and whether a text says any of it.
//!
//! What it does not know: hints without a name. That remains with who writes, and who reads it through.

use super::GeheimeAdressen;
use crate::verzegel::Tekst;
use crate::wens::VeldFout;
use crate::{
    Actor, App, AppFout, Opdracht, Wens, herkenning::normaal, opslag::EventRij, uitvoeren::Geladen, verzegel::Geopend,
    wens::MelderWens,
};
use domain::{
    Casus,
    gebeurtenis::Openheid,
    ids::{CasusId, OrganisatieId},
};

/// Fewest digits by which a telephone number is known.
const CIJFERS_MIN: usize = 6;

/// What may not be said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verzwegen {
    /// Names of people and organisations, word by word in one way of writing.
    namen: Vec<Vec<String>>,
    /// A surname counts only when written as one: with a capital.
    achternamen: Vec<String>,
    telefoons: Vec<String>,
    pub(super) adressen: GeheimeAdressen,
}

impl Verzwegen {
    /// Whether a text says it.
    pub fn staat_in(&self, tekst: &str) -> bool {
        let gelezen = woorden(tekst);
        let plat: Vec<_> = gelezen.iter().map(|woord| woord.plat.clone()).collect();
        let noemt = |naam: &Vec<String>| plat.windows(naam.len()).any(|deel| deel == naam.as_slice());
        let cijfers = cijfers(tekst);
        self.namen.iter().any(noemt)
            || gelezen.iter().any(|woord| woord.hoofdletter && self.achternamen.contains(&woord.plat))
            || self.telefoons.iter().any(|telefoon| cijfers.contains(telefoon.as_str()))
    }

    /// The fields in which a secret address would reach another organisation, or a reader outside.
    pub(crate) fn fouten(&self, teksten: &[Tekst], actor: &Actor) -> Vec<VeldFout> {
        let naar_buiten =
            |tekst: &&Tekst| tekst.eigenaar != actor.organisatie || tekst.soort.starts_with(crate::wens::DOCUMENTDEEL);
        let mut mis: Vec<_> =
            teksten.iter().filter(naar_buiten).filter(|tekst| self.adressen.staat_in(&tekst.inhoud)).collect();
        mis.dedup_by_key(|tekst| &tekst.soort);
        let melding = "Hier staat een geheim adres. Haal het weg: wie dit leest, mag het niet weten.";
        mis.into_iter().map(|tekst| VeldFout { veld: veld_van(&tekst.soort), melding: melding.to_owned() }).collect()
    }

    fn voeg_toe(&mut self, melder: &MelderWens, organisatie: Option<String>, gezin: &[String]) {
        let naam = plat(melder.naam.as_deref().unwrap_or_default());
        if let Some(achter) = naam.last().filter(|achter| naam.len() > 1 && !gezin.contains(achter)) {
            self.achternamen.push(achter.clone());
        }
        // Without a name that people use for it, the organisation is known to nobody by its id.
        let id = organisatie.as_ref().and(melder.organisatie.as_ref()).map(|id| plat(id.als_str()));
        let getypt = organisatie.as_ref().and(melder.organisatie_naam.as_ref()).map(|naam| plat(naam));
        let organisatie = organisatie.map(|naam| plat(&naam));
        self.namen.extend([Some(naam), organisatie, getypt, id].into_iter().flatten().filter(|naam| !naam.is_empty()));
        let telefoon = melder.telefoon.as_deref().map(cijfers);
        self.telefoons.extend(telefoon.filter(|telefoon| telefoon.len() >= CIJFERS_MIN));
    }
}

/// A word in one way of writing, and whether it was written with a capital.
pub(super) struct Woord {
    pub plat: String,
    pub hoofdletter: bool,
    /// Where it stands in the text.
    pub plek: std::ops::Range<usize>,
}

pub(super) fn woorden(tekst: &str) -> Vec<Woord> {
    let mut woorden = Vec::new();
    let mut van = 0;
    for deel in tekst.split_inclusive(|teken: char| !teken.is_alphanumeric()) {
        let woord = deel.trim_end_matches(|teken: char| !teken.is_alphanumeric());
        if !woord.is_empty() {
            let (plat, hoofdletter) = (normaal::plat(woord), woord.starts_with(char::is_uppercase));
            woorden.push(Woord { plat, hoofdletter, plek: van..van + woord.len() });
        }
        van += deel.len();
    }
    woorden
}

pub(super) fn plat(tekst: &str) -> Vec<String> {
    woorden(tekst).into_iter().map(|woord| woord.plat).collect()
}

/// The field in which a text was typed, as forms name it.
fn veld_van(soort: &str) -> String {
    match soort.split_once(':') {
        Some(("onderdeel" | "documentdeel", deel)) => format!("onderdeel_{deel}"),
        Some(("gesprekspunt", punt)) => format!("punt_{punt}"),
        None if soort == "tafelafspraken" => "afspraken".to_owned(),
        _ => soort.to_owned(),
    }
}

/// The digits of a text, with the numbers of the country written as they are dialled here.
fn cijfers(tekst: &str) -> String {
    let binnenlands = tekst.replace("+31", "0");
    binnenlands.chars().filter(char::is_ascii_digit).collect()
}

impl App {
    /// What may not be said to the family, for an act that writes to it.
    pub(crate) async fn verzwegen_bij(
        &self,
        id: CasusId,
        opdracht: &Opdracht,
        geladen: &Geladen,
    ) -> Result<Verzwegen, AppFout> {
        match &opdracht.wens {
            Wens::MaakDocument(_) => {
                self.verzwegen(id, &geladen.casus, &geladen.rijen, &opdracht.actor.organisatie).await
            }
            _ if geladen.casus.bereikbaar.geheime_adressen().next().is_some() => {
                self.verzwegen(id, &geladen.casus, &geladen.rijen, &opdracht.actor.organisatie).await
            }
            _ => Ok(Verzwegen::default()),
        }
    }

    /// What this organisation knows and may not say to the family in this casus.
    pub(crate) async fn verzwegen(
        &self,
        id: CasusId,
        casus: &Casus,
        rijen: &[EventRij],
        organisatie: &OrganisatieId,
    ) -> Result<Verzwegen, AppFout> {
        let mut verzwegen =
            Verzwegen { adressen: self.geheime_adressen(id, casus, rijen).await?, ..Verzwegen::default() };
        if casus.eigen_meldingen().all(|melding| melding.openheid == Openheid::Open) {
            return Ok(verzwegen);
        }
        let open: Vec<_> = casus.eigen_meldingen().filter(|m| m.openheid == Openheid::Open).collect();
        let stukken = self.open_stukken(id, rijen, organisatie).await?;
        let van_gezin = |stuk: &&Geopend| matches!(stuk.soort.as_str(), "persoon-naam" | "huishoudnaam");
        let gezin: Vec<_> = stukken.iter().filter(van_gezin).flat_map(|stuk| plat(&stuk.inhoud)).collect();
        let melders = stukken.iter().filter(|stuk| stuk.soort == "melder");
        for stuk in melders.filter(|stuk| !open.iter().any(|melding| melding.feit.versie == stuk.versie)) {
            let Ok(melder) = serde_json::from_str::<MelderWens>(&stuk.inhoud) else { continue };
            // Whom the family knows by its part in the casus, gives nothing away.
            let bekend = |organisatie: &&OrganisatieId| {
                casus.veilig_thuis.as_ref() == Some(organisatie)
                    || casus.overdrachten.iter().any(|overdracht| overdracht.naar == **organisatie)
            };
            let onbekend = melder.organisatie.as_ref().filter(|organisatie| !bekend(organisatie));
            let organisatie = onbekend.map(|organisatie| self.naam_van(organisatie));
            verzwegen.voeg_toe(&melder, organisatie, &gezin);
        }
        Ok(verzwegen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verzwegen(gezin: &[&str]) -> Verzwegen {
        let melder = MelderWens {
            naam: Some("Renée van den Bos".into()),
            organisatie: Some("basisschool-de-regenboog".into()),
            telefoon: Some("06-1234 5678".into()),
            ..MelderWens::default()
        };
        let mut verzwegen = Verzwegen::default();
        let gezin: Vec<_> = gezin.iter().map(|naam| (*naam).to_owned()).collect();
        verzwegen.voeg_toe(&melder, Some("OBS De Regenboog".into()), &gezin);
        verzwegen
    }

    #[test]
    fn naam_organisatie_en_telefoon_vallen_op_hoe_ze_ook_zijn_geschreven() {
        let verzwegen = verzwegen(&[]);
        for tekst in [
            "Wij spraken RENEE VAN DEN BOS.",
            "mevrouw Bos zag dat",
            "De melding kwam van obs de regenboog",
            "Basisschool De Regenboog maakt zich zorgen",
            "bel +31 6 12345678",
        ] {
            assert!(verzwegen.staat_in(tekst), "{tekst}");
        }
        for tekst in ["Zij wandelden in het bos.", "Er was een regenboog.", "Op 12-3-2026 om 14.56 uur"] {
            assert!(!verzwegen.staat_in(tekst), "{tekst}");
        }
    }

    #[test]
    fn wie_heet_als_het_gezin_wordt_alleen_met_de_hele_naam_herkend() {
        let verzwegen = verzwegen(&["bos"]);
        assert!(!verzwegen.staat_in("Aan de familie Bos"));
        assert!(verzwegen.staat_in("Renée van den Bos"));
        assert!(!Verzwegen::default().staat_in("wat dan ook"));
    }
}
