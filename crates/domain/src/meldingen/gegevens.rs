//! What a reporter told beside the report itself, and what Veilig Thuis still has to ask.

use super::Melding;
use crate::{
    afspraak::{Bundel, Fase, MeldBij, Meldvraag},
    casus::Casus,
    gebeurtenis::{Contactduur, Melder, Openheid, Persoon},
    ids::ClausuleId,
    overdrachten::Overdracht,
    tijd::Datum,
    weigering::{Code, Reden},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Answers and assessments as codes and days; what was said in words is sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meldgegevens {
    #[serde(default, skip_serializing_if = "Meldwijze::is_formulier")]
    pub wijze: Meldwijze,
    /// By key of `[meldvraag]`: `ja`, `nee`, a choice, `woorden`, or `onbekend`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub antwoorden: BTreeMap<String, String>,
    /// By key of `[meldinstrument]`: the day on which it was filled in.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub instrumenten: BTreeMap<String, Datum>,
}

/// How a report came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Meldwijze {
    #[default]
    Formulier,
    /// Taken up at once with the least; completed afterwards with the reporter.
    Telefoon,
    Brief,
    /// From system to system.
    Bericht,
}

impl Meldwijze {
    fn is_formulier(&self) -> bool {
        *self == Self::Formulier
    }
}

impl Meldgegevens {
    pub fn is_leeg(&self) -> bool {
        *self == Self::default()
    }

    /// What was told later comes on top; how the report came in stays.
    pub(crate) fn vul_aan(&mut self, later: &Self) {
        self.antwoorden.extend(later.antwoorden.clone());
        self.instrumenten.extend(later.instrumenten.clone());
    }
}

/// A report of which the questions are asked; one that is not recorded yet has no version.
#[derive(Clone, Copy, Debug)]
pub struct OverMelding<'a> {
    pub melder: &'a Melder,
    pub openheid: Openheid,
    pub contact: Contactduur,
    /// The members whom it names.
    pub personen: &'a [Persoon],
    pub versie: Option<u64>,
}

impl<'a> From<&'a Melding> for OverMelding<'a> {
    fn from(melding: &'a Melding) -> Self {
        Self {
            melder: &melding.melder,
            openheid: melding.openheid,
            contact: melding.contact,
            personen: &[],
            versie: Some(melding.feit.versie),
        }
    }
}

/// Everything that held when this report came in.
pub fn situatie(casus: &Casus, over: &OverMelding<'_>) -> BTreeSet<MeldBij> {
    let mut alle = BTreeSet::from([
        match over.melder {
            Melder::Burger => MeldBij::Burger,
            Melder::Beroepskracht { .. } => MeldBij::Beroepskracht,
            Melder::Politie => MeldBij::Politie,
        },
        match over.contact {
            Contactduur::Eenmalig => MeldBij::Eenmalig,
            Contactduur::Doorlopend => MeldBij::Doorlopend,
        },
        if over.openheid == Openheid::Open { MeldBij::Open } else { MeldBij::Gesloten },
    ]);
    if let Some(overdracht) = overgegaan_voor(casus, over.versie) {
        alle.extend(match overdracht.fase {
            Fase::Direct => Some(MeldBij::NaDirecteOverdracht),
            Fase::NaDienst => Some(MeldBij::NaDienst),
            Fase::Onderling | Fase::AnderVeiligThuis => None,
        });
        if over.melder.organisatie() == Some(&overdracht.naar) {
            alle.insert(MeldBij::DoorOntvanger);
        }
    }
    if casus.personen.iter().chain(over.personen).any(|persoon| persoon.gi.is_some()) {
        alle.insert(MeldBij::GiBetrokken);
    }
    alle
}

/// The last handover by which zicht passed before a report.
fn overgegaan_voor(casus: &Casus, versie: Option<u64>) -> Option<&Overdracht> {
    let eerder = |feit: u64| versie.is_none_or(|versie| feit < versie);
    let overgegaan = casus.overdrachten.iter().filter_map(|o| o.overgegaan().map(|feit| (o, feit.versie)));
    overgegaan.filter(|(_, feit)| eerder(*feit)).max_by_key(|(_, feit)| *feit).map(|(overdracht, _)| overdracht)
}

/// What a reporter is asked in this situation, in the order of the agreement.
pub fn meldvragen<'a>(bundel: &'a Bundel, situatie: &BTreeSet<MeldBij>) -> Vec<(&'a str, &'a Meldvraag)> {
    let mut alle: Vec<_> = bundel.inhoud.meldvraag.iter().filter(|(_, vraag)| vraag.geldt_bij(situatie)).collect();
    alle.sort_by_key(|(_, vraag)| vraag.volgorde);
    alle.into_iter().map(|(sleutel, vraag)| (sleutel.as_str(), vraag)).collect()
}

/// What Veilig Thuis has to do with the reporter before this report is complete.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AanTeVullen<'a> {
    /// Questions without an answer, in order.
    pub vragen: Vec<(&'a str, &'a Meldvraag)>,
    /// It came by phone: what was noted at once is completed afterwards.
    pub na_telefoon: bool,
    pub clausule: &'a ClausuleId,
}

/// Nothing when the report is complete, when nobody can be asked, or when it was decided on.
pub fn aan_te_vullen<'a>(casus: &Casus, melding: &Melding, bundel: &'a Bundel) -> Option<AanTeVullen<'a>> {
    if melding.compleet.is_some() || melding.openheid == Openheid::Onbekend || melding.is_weg() {
        return None;
    }
    let na_telefoon = melding.gegevens.wijze == Meldwijze::Telefoon;
    if melding.besluit.is_some() && !na_telefoon {
        return None;
    }
    let mut vragen = meldvragen(bundel, &situatie(casus, &melding.into()));
    vragen.retain(|(sleutel, _)| !melding.gegevens.antwoorden.contains_key(*sleutel));
    let van_vraag = vragen.first().map(|(_, vraag)| &vraag.clausule);
    let van_regel = bundel.inhoud.regel.get(&Code::MeldingNietAangevuld).map(|regel| &regel.clausule);
    let clausule = if na_telefoon { van_regel } else { van_vraag }?;
    Some(AanTeVullen { vragen, na_telefoon, clausule })
}

/// What speaks against a report as it is made: an answer that does not go with it, or one that had to be there.
pub(super) fn redenen(
    casus: &Casus,
    over: &OverMelding<'_>,
    antwoorden: &BTreeMap<String, String>,
    bundel: &Bundel,
) -> Vec<Reden> {
    let mut redenen = Vec::new();
    for (sleutel, vraag) in meldvragen(bundel, &situatie(casus, over)) {
        let ontbreekt = vec![sleutel.to_owned()];
        let gegeven = antwoorden.get(sleutel);
        if let Some(tegen) = vraag.tegen.as_ref().filter(|tegen| gegeven.is_some_and(|g| tegen.antwoorden.contains(g)))
        {
            redenen.push(Reden {
                code: Code::AntwoordPastNiet,
                clausule: tegen.clausule.clone(),
                soort: tegen.soort,
                ontbreekt,
            });
        } else if vraag.vooraf && gegeven.is_none() {
            let reden = Reden::volgens(bundel, Code::MeldvraagNietBeantwoord);
            redenen.push(reden.met_clausule(&vraag.clausule).met_ontbreekt(ontbreekt));
        }
    }
    redenen
}

/// Whether every answer and every assessment is one that the agreement knows.
pub(super) fn kent(bundel: &Bundel, gegevens: &Meldgegevens) -> bool {
    let vraag = |sleutel: &String| bundel.inhoud.meldvraag.get(sleutel);
    gegevens.antwoorden.iter().all(|(sleutel, code)| vraag(sleutel).is_some_and(|vraag| vraag.kent(code)))
        && gegevens.instrumenten.keys().all(|sleutel| bundel.inhoud.meldinstrument.contains_key(sleutel))
}
