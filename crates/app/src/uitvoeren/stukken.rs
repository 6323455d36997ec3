//! Reading what is sealed beside the events that commit to it.

use crate::{App, AppFout, codec, opslag::EventRij, verzegel::Geopend};
use domain::ids::{CasusId, OrganisatieId};

impl App {
    /// What an organisation keeps sealed in a casus, opened and held against the events that were read. What came in
    /// between by another commit is held against the events of now, and is no part of this reading.
    pub(crate) async fn open_stukken(
        &self,
        id: CasusId,
        rijen: &[EventRij],
        eigenaar: &OrganisatieId,
    ) -> Result<Vec<Geopend>, AppFout> {
        let gelezen = rijen.last().map_or(0, |rij| rij.versie);
        let mut stukken = self.verzegelaar.open_alles(self.store(), id, eigenaar).await?;
        if stukken.iter().any(|stuk| stuk.versie > gelezen) {
            codec::past_bij_events(&self.store.laad(id).await?, &stukken)?;
            stukken.retain(|stuk| stuk.versie <= gelezen);
        } else {
            codec::past_bij_events(rijen, &stukken)?;
        }
        Ok(stukken)
    }
}
