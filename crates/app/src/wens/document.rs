//! Writing a document and sending it.

use super::{Omgeving, VeldFout, Wens, eis_code, fout, gevuld, nodig, vervolg::gevulde};
use domain::{commando::*, gebeurtenis::ContactWijze, ids::*};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wens! {
    /// `soort`: a key of `[document]`. The parts by key with their text.
    DocumentWens {
        soort: String,
        overdracht: Option<OverdrachtId>,
        melding: Option<MeldingId>,
        onderdelen: BTreeMap<String, String>,
        reden: Option<String>,
    }
    /// The last document of this organisation when none is named.
    DocumentVerzendWens { document: Option<DocumentId>, wijze: Option<ContactWijze>, aan: Option<PersoonId>, toelichting: Option<String> }
}

impl Wens {
    pub(super) fn document(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::MaakDocument(wens) => {
                eis_code("soort", &wens.soort)?;
                let noemt = wens.onderdelen.iter().filter(|(_, tekst)| o.verzwegen.staat_in(tekst));
                Commando::MaakDocument(MaakDocument {
                    document: DocumentId(o.command_id.afgeleid("document")),
                    soort: wens.soort.clone(),
                    overdracht: wens.overdracht.or_else(|| o.overdracht(None).ok()),
                    melding: wens.melding.or_else(|| o.melding(None).ok()),
                    onderdelen: gevulde(&wens.onderdelen),
                    noemt_melder: noemt.map(|(sleutel, _)| sleutel.clone()).collect(),
                    reden: gevuld(&wens.reden),
                })
            }
            Wens::VerzendDocument(wens) => {
                let eigen = |document: &&domain::documenten::Document| document.feit.organisatie == o.actor.organisatie;
                let laatste = || o.casus.documenten.iter().rfind(eigen).map(|document| document.id);
                let document = wens.document.or_else(laatste);
                Commando::VerzendDocument {
                    document: document.ok_or_else(|| fout("document", "Er is geen document om te versturen."))?,
                    wijze: nodig("wijze", &wens.wijze)?,
                    aan: wens.aan,
                }
            }
            _ => return Err(fout("doe", "Deze handeling hoort niet bij een document.")),
        })
    }
}
