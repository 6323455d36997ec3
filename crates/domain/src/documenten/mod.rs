//! Documents: what somebody writes for the family, the receiver of a handover, a reporter or the own dossier. Here are
//! for whom each is and which parts it has; the words are sealed elsewhere. A document that was made stays as it is.

mod maak;

pub(crate) use maak::{maak_document, verzend_document};

use crate::{
    afspraak::{Bundel, Deel, DeelHoort, Documentlezer, Documentregel, Fase, Ontvangt},
    casus::{Casus, Feit},
    gebeurtenis::{Afwijking, ContactWijze, Contactduur, Gebeurtenis, Openheid},
    ids::{DocumentId, MedewerkerId, MeldingId, OrganisatieId, OverdrachtId},
    overdrachten::fase_nu,
};
use std::collections::BTreeSet;

/// One document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub id: DocumentId,
    /// Who wrote it when, and by which agreement.
    pub feit: Feit,
    pub medewerker: MedewerkerId,
    /// A key of `[document]`.
    pub soort: String,
    pub ontvanger: Ontvanger,
    pub onderdelen: BTreeSet<String>,
    pub afwijkingen: Vec<Afwijking>,
    pub verzonden: Vec<Verzending>,
}

/// For whom a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ontvanger {
    pub lezer: Documentlezer,
    pub overdracht: Option<OverdrachtId>,
    pub melding: Option<MeldingId>,
}

/// A document left for its reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verzending {
    pub feit: Feit,
    pub wijze: ContactWijze,
    /// The organisation that keeps a copy.
    pub naar: Option<OrganisatieId>,
}

impl Ontvanger {
    /// The situation of the handover that it is about; of a document that is about none, the situation now.
    pub fn fase(&self, casus: &Casus) -> Fase {
        let overdracht = self.overdracht.and_then(|id| casus.overdracht(id));
        overdracht.map_or_else(|| fase_nu(casus), |overdracht| overdracht.fase)
    }

    /// The organisation that reads it, when one does that is named in the casus.
    pub fn organisatie<'a>(&self, casus: &'a Casus) -> Option<&'a OrganisatieId> {
        match self.lezer {
            Documentlezer::Ontvanger => self.overdracht.and_then(|id| casus.overdracht(id)).map(|o| &o.naar),
            Documentlezer::Melder => self.melding.and_then(|id| casus.melding(id)).and_then(|m| m.melder.organisatie()),
            Documentlezer::Gezin | Documentlezer::Dossier => None,
        }
    }

    /// It is for a reporter whom the family may not know: to that person alone, and in no file.
    pub fn is_persoonlijk(&self, casus: &Casus) -> bool {
        let melding = self.melding.and_then(|id| casus.melding(id));
        self.lezer == Documentlezer::Melder && melding.is_some_and(|melding| melding.openheid != Openheid::Open)
    }
}

/// What a document of this kind holds for this reader, in order: what must be there, what may, and what never goes.
pub struct Inhoud<'a> {
    pub hoort: Vec<Deel<'a>>,
    pub mag: Vec<Deel<'a>>,
    pub nooit: Vec<Deel<'a>>,
}

/// The parts of a document, by what the casus holds now.
pub fn inhoud<'a>(casus: &Casus, bundel: &'a Bundel, regel: &'a Documentregel, ontvanger: &Ontvanger) -> Inhoud<'a> {
    let open = is_open(casus);
    let melding = ontvanger.melding.and_then(|id| casus.melding(id)).or(casus.bedoelde_melding());
    let doorlopend = melding.is_some_and(|melding| melding.contact == Contactduur::Doorlopend);
    let mut inhoud = Inhoud { hoort: Vec::new(), mag: Vec::new(), nooit: Vec::new() };
    for deel in regel.delen(bundel, ontvanger.fase(casus)) {
        let mag = match deel.mag {
            Ontvangt::Ja => true,
            Ontvangt::Nee => false,
            Ontvangt::AlleenBijOpenMelding | Ontvangt::BijOpenMeldingIndienNodig => open,
        };
        let hoort = match deel.hoort {
            DeelHoort::Altijd => true,
            DeelHoort::BijDoorlopendContact => doorlopend,
            DeelHoort::MagErbij => false,
        };
        match (mag, hoort) {
            (false, _) => inhoud.nooit.push(deel),
            (true, true) => inhoud.hoort.push(deel),
            (true, false) => inhoud.mag.push(deel),
        }
    }
    inhoud
}

/// Whether the family may know of every reporter.
fn is_open(casus: &Casus) -> bool {
    casus.eigen_meldingen().all(|melding| melding.openheid == Openheid::Open)
}

pub(crate) fn evolve(documenten: &mut Vec<Document>, feit: Feit, medewerker: &MedewerkerId, gebeurtenis: &Gebeurtenis) {
    match gebeurtenis {
        Gebeurtenis::DocumentGemaakt {
            document,
            document_soort,
            lezer,
            overdracht,
            melding,
            onderdelen,
            afwijkingen,
        } => documenten.push(Document {
            id: *document,
            feit,
            medewerker: medewerker.clone(),
            soort: document_soort.clone(),
            ontvanger: Ontvanger { lezer: *lezer, overdracht: *overdracht, melding: *melding },
            onderdelen: onderdelen.clone(),
            afwijkingen: afwijkingen.clone(),
            verzonden: Vec::new(),
        }),
        Gebeurtenis::DocumentVerzonden { document, wijze, naar } => {
            if let Some(gevonden) = documenten.iter_mut().find(|eerder| eerder.id == *document) {
                gevonden.verzonden.push(Verzending { feit, wijze: *wijze, naar: naar.clone() });
            }
        }
        _ => {}
    }
}
