//! Enrichment of a report: what Veilig Thuis asks of whom, on which legal ground, and what came back. A request without
//! an answer is unknown; it never counts as "nothing found".

mod vraag;

pub(crate) use vraag::verrijk;

use crate::{
    afspraak::Bundel,
    casus::{Casus, Feit},
    gebeurtenis::Gebeurtenis,
    ids::{ClausuleId, MeldingId, OrganisatieId, VerzoekId},
};
use serde::{Deserialize, Serialize};

/// One request; what was asked and answered is sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verzoek {
    pub id: VerzoekId,
    pub melding: MeldingId,
    pub feit: Feit,
    /// A key of `[bron]`.
    pub bron: String,
    /// Who was asked by name, where the source is a person or an organisation.
    pub aan: Option<OrganisatieId>,
    /// By which this may be asked without consent.
    pub grondslag: ClausuleId,
    /// Absent: unknown.
    pub antwoord: Option<(Feit, Bronuitkomst)>,
}

/// What a source answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Bronuitkomst {
    Gevonden,
    NietsGevonden,
}

crate::gebeurtenis::als_str!(Bronuitkomst);

impl Casus {
    /// A request by its id.
    pub fn verzoek(&self, id: VerzoekId) -> Option<&Verzoek> {
        self.verzoeken.iter().find(|verzoek| verzoek.id == id)
    }

    /// The requests of a report as they stand: of each source the newest that was answered, else the newest; of a source
    /// that is asked by name every one.
    pub fn verzoeken_bij(&self, melding: MeldingId, bundel: &Bundel) -> Vec<&Verzoek> {
        let bij_naam = |bron: &str| bundel.inhoud.bron.get(bron).is_some_and(|bron| bron.bij_naam);
        let mut stand: Vec<&Verzoek> = Vec::new();
        for verzoek in self.verzoeken.iter().filter(|verzoek| verzoek.melding == melding) {
            match stand.iter_mut().find(|eerder| eerder.bron == verzoek.bron && !bij_naam(&verzoek.bron)) {
                Some(eerder) if verzoek.antwoord.is_some() || eerder.antwoord.is_none() => *eerder = verzoek,
                Some(_) => {}
                None => stand.push(verzoek),
            }
        }
        stand
    }
}

pub(crate) fn evolve(verzoeken: &mut Vec<Verzoek>, feit: Feit, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::InformatieGevraagd { melding, verzoek, bron, aan, grondslag } => verzoeken.push(Verzoek {
            id: *verzoek,
            melding: *melding,
            feit,
            bron: bron.clone(),
            aan: aan.clone(),
            grondslag: grondslag.clone(),
            antwoord: None,
        }),
        Gebeurtenis::InformatieOntvangen { verzoek, uitkomst } => {
            if let Some(gevraagd) = verzoeken.iter_mut().find(|gevraagd| gevraagd.id == *verzoek) {
                gevraagd.antwoord.get_or_insert((feit, *uitkomst));
            }
        }
        _ => {}
    }
}
