//! One name, one content: an edition by which something was decided does not change.

use super::antwoord::AppFout;
use crate::opslag::BundelRij;
use domain::afspraak::{Bundel, GeldigeBundel, vergelijk};

/// An edition with a known name and other content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "de editie '{naam}' is al in gebruik met een andere inhoud; geef een nieuwe editie een nieuwe naam, of een vollediger \
     overschrijving een hogere herziening"
)]
pub struct EditieVeranderd {
    /// The name under which the content was fixed, with all its layers.
    pub naam: String,
    /// Section and key of what differs.
    pub ingangen: Vec<(String, String)>,
}

impl EditieVeranderd {
    /// What differs between an edition and what was stored under its name, if anything does.
    ///
    /// # Errors
    /// What was stored cannot be read.
    pub fn van(geldig: &GeldigeBundel, bekend: &[BundelRij]) -> Result<Option<Self>, AppFout> {
        let naam = geldig.bundel.naam();
        let Some(rij) = bekend.iter().find(|rij| rij.naam == naam && rij.hash != geldig.hash) else { return Ok(None) };
        let oud: Bundel = serde_json::from_slice(&rij.bytes).map_err(|_| AppFout::BundelOntbreekt)?;
        let verschillen = vergelijk(&oud, &geldig.bundel);
        let ingangen = verschillen.into_iter().map(|verschil| (verschil.sectie, verschil.sleutel)).collect();
        Ok(Some(Self { naam, ingangen }))
    }
}
