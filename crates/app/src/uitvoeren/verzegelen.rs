//! From what was decided and said to rows: sealed, and chained to what stands there.

use super::{App, AppFout, naamgever};
use crate::{
    codec,
    opslag::{DatasleutelRij, EventRij, FragmentRij},
    verzegel::{Bestand, Stuk, Tekst, sha256},
};
use domain::{Vastlegging, ids::*};

/// What a change writes, before its views.
pub(crate) struct Verzegeld {
    pub events: Vec<EventRij>,
    pub fragmenten: Vec<FragmentRij>,
    pub bijlagen: Vec<FragmentRij>,
    pub datasleutels: Vec<DatasleutelRij>,
}

impl App {
    /// Seals what was said and chains the events to what stands there, of whatever kind the stream is.
    pub(crate) async fn verzegel_en_keten<G: codec::Gebeurd>(
        &self,
        id: CasusId,
        command_id: CommandId,
        vastleggingen: &[Vastlegging<G>],
        (laatste, sleutels): (Option<&EventRij>, &[DatasleutelRij]),
        (teksten, bestanden): (Vec<Tekst>, Vec<Bestand>),
    ) -> Result<Verzegeld, AppFout> {
        let eerste_versie = vastleggingen.first().map_or(0, |vastlegging| vastlegging.versie);
        let naamgever = naamgever(command_id, id);
        let nummer = |soort: &str, index: usize| FragmentId(naamgever.afgeleid(&format!("{soort}-{index}")));
        let gezegd = teksten.iter().enumerate().map(|(index, tekst)| (nummer("fragment", index), Stuk::from(tekst)));
        let erbij =
            bestanden.iter().enumerate().map(|(index, bestand)| (nummer("bestand", index), Stuk::from(bestand)));
        let stukken: Vec<_> = gezegd.chain(erbij).collect();
        let (mut fragmenten, datasleutels) =
            self.verzegelaar.verzegel(self.store(), id, eerste_versie, sleutels, &stukken).await?;
        let mut verwijzingen: Vec<_> = fragmenten
            .iter()
            .map(|fragment| codec::FragmentVerwijzing { id: fragment.id, sha256: sha256(&fragment.verzegeld) })
            .collect();
        let mut prev = laatste.map(|rij| rij.hash.clone()).unwrap_or_default();
        let mut events = Vec::with_capacity(vastleggingen.len());
        for vastlegging in vastleggingen {
            // The first event of a command carries what was said with it.
            let eigen = std::mem::take(&mut verwijzingen);
            let rij = codec::naar_rij(id, vastlegging, command_id, eigen, &prev);
            prev.clone_from(&rij.hash);
            events.push(rij);
        }
        let bijlagen = fragmenten.split_off(teksten.len());
        Ok(Verzegeld { events, fragmenten, bijlagen, datasleutels })
    }
}
