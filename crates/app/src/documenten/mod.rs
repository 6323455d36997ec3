//! A document as its reader gets it: for whom it is, and its parts with their words. Pages, JSON and, later, paper are
//! drawn from this one shape.

mod geheim;
mod verzwegen;

pub use geheim::GEHEIM;
pub(crate) use geheim::{ADRES, GeheimeAdressen};
pub use verzwegen::Verzwegen;

use crate::{App, AppFout, lezen::CasusBeeld, opslag::ToegangRegel, wens::DOCUMENTDEEL};
use domain::{
    afspraak::{Bundel, Documentlezer},
    documenten::{self, Document, Verzending},
    ids::{ClausuleId, DocumentId, MedewerkerId, OrganisatieId},
    tijd::Instant,
};

/// A document with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentBeeld {
    pub id: DocumentId,
    /// A key of `[document]`.
    pub soort: String,
    pub naam: String,
    pub clausule: ClausuleId,
    pub ontvanger: Geadresseerde,
    pub onderdelen: Vec<Documentonderdeel>,
    /// The receiver to whom it says that it also goes, and by which clause.
    pub ook_naar: Option<(String, ClausuleId)>,
    pub gemaakt_op: Instant,
    pub door: OrganisatieId,
    pub medewerker: MedewerkerId,
    pub verzonden: Vec<Verzending>,
}

/// Whom a document addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geadresseerde {
    pub lezer: Documentlezer,
    /// As it stands above the document.
    pub aanhef: String,
    /// For one person alone, and in no file.
    pub persoonlijk: bool,
}

/// A part with its words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Documentonderdeel {
    pub sleutel: String,
    pub naam: String,
    pub clausule: ClausuleId,
    pub tekst: String,
}

impl App {
    /// One document, as far as this organisation has it. A line in the access log tells which.
    ///
    /// # Errors
    /// [`AppFout::NietGevonden`] when it is not there or not for this organisation; faults of the store.
    pub async fn document(
        &self,
        actor: &crate::Actor,
        beeld: &CasusBeeld,
        id: DocumentId,
    ) -> Result<DocumentBeeld, AppFout> {
        let gevonden = self.documenten(beeld).into_iter().find(|document| document.id == id);
        let uitkomst = if gevonden.is_some() { "toegestaan" } else { "niet-gevonden" };
        let nu = self.klok().nu();
        self.store().schrijf_toegang(ToegangRegel::van(actor, Some(beeld.id), "bekijk-document", uitkomst, nu)).await?;
        gevonden.ok_or(AppFout::NietGevonden)
    }

    /// The documents of a casus that this organisation wrote or got, oldest first.
    pub fn documenten(&self, beeld: &CasusBeeld) -> Vec<DocumentBeeld> {
        let bundels = self.bundels();
        let met_woorden = |document: &Document| {
            // Its words belong to the writing with who wrote it, and to the sending with who got a copy.
            let versies = std::iter::once(document.feit.versie).chain(document.verzonden.iter().map(|v| v.feit.versie));
            let versie = versies.into_iter().find(|versie| heeft_woorden(beeld, *versie))?;
            let bundel = bundels.uit(&document.feit.bundel)?;
            self.met_woorden(beeld, bundel, document, versie)
        };
        beeld.staat.documenten.iter().filter_map(met_woorden).collect()
    }

    fn met_woorden(
        &self,
        beeld: &CasusBeeld,
        bundel: &Bundel,
        document: &Document,
        versie: u64,
    ) -> Option<DocumentBeeld> {
        let regel = bundel.inhoud.document.get(&document.soort)?;
        let delen = regel.delen(bundel, document.ontvanger.fase(&beeld.staat)).into_iter();
        let onderdelen = delen.filter_map(|deel| {
            let tekst = beeld.tekst_bij(versie, &format!("{DOCUMENTDEEL}:{}", deel.sleutel))?;
            let (sleutel, naam, clausule) = (deel.sleutel.to_owned(), deel.naam.to_owned(), deel.clausule.clone());
            Some(Documentonderdeel { sleutel, naam, clausule, tekst: tekst.to_owned() })
        });
        let overdracht = document.ontvanger.overdracht.and_then(|id| beeld.staat.overdracht(id));
        let ook_naar = overdracht.zip(regel.ook_naar_ontvanger.clone());
        Some(DocumentBeeld {
            id: document.id,
            soort: document.soort.clone(),
            naam: regel.naam.clone(),
            clausule: regel.clausule.clone(),
            ontvanger: Geadresseerde {
                lezer: document.ontvanger.lezer,
                aanhef: self.aanhef(beeld, &document.ontvanger),
                persoonlijk: document.ontvanger.is_persoonlijk(&beeld.staat),
            },
            onderdelen: onderdelen.collect(),
            ook_naar: ook_naar.map(|(overdracht, clausule)| (self.naam_van(&overdracht.naar), clausule)),
            gemaakt_op: document.feit.vastgelegd_op,
            door: document.feit.organisatie.clone(),
            medewerker: document.medewerker.clone(),
            verzonden: document.verzonden.clone(),
        })
    }

    /// Whom it addresses, in words; a reporter whom the family may not know is named in no document.
    fn aanhef(&self, beeld: &CasusBeeld, ontvanger: &documenten::Ontvanger) -> String {
        match (ontvanger.lezer, ontvanger.organisatie(&beeld.staat)) {
            (Documentlezer::Gezin, _) => match &beeld.huishoudnaam {
                Some(naam) => format!("Aan het gezin {naam}"),
                None => "Aan het gezin".to_owned(),
            },
            (Documentlezer::Ontvanger | Documentlezer::Melder, Some(organisatie)) => {
                format!("Aan {}", self.naam_van(organisatie))
            }
            (Documentlezer::Ontvanger, None) => "Aan de ontvanger".to_owned(),
            (Documentlezer::Melder, None) => "Aan de melder".to_owned(),
            (Documentlezer::Dossier, _) => "Voor het eigen dossier".to_owned(),
        }
    }
}

fn heeft_woorden(beeld: &CasusBeeld, versie: u64) -> bool {
    let is_deel = |soort: &str| soort.split_once(':').is_some_and(|(soort, _)| soort == DOCUMENTDEEL);
    beeld.stukken.iter().any(|stuk| stuk.versie == versie && is_deel(&stuk.soort))
}
