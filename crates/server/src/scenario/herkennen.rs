//! The control of recognition: who is found for a report, and by what.

use super::{
    speler::Speler,
    vorm::{Herkenning, Kandidaat},
};
use anyhow::{Result, ensure};
use app::AppFout;
use domain::{afspraak::GeldigeBundel, ids::CasusId};

impl Speler<'_> {
    /// Casussen with their grounds must be the same, in the same order.
    pub(super) async fn herken(&mut self, verwacht: &Herkenning, casus: CasusId, geldig: &GeldigeBundel) -> Result<()> {
        let actor = self.actor(&verwacht.door, geldig)?;
        let herkend = match (self.samen.app.herken(&actor, casus, None).await, verwacht.fout.as_deref()) {
            (Err(AppFout::NietGevonden), Some("niet-gevonden")) => return Ok(()),
            (antwoord, _) => antwoord?,
        };
        ensure!(verwacht.fout.is_none(), "{} kan zoeken, maar dat mag niet", verwacht.door);
        let gezien: Vec<_> = herkend
            .kandidaten
            .iter()
            .map(|kandidaat| {
                let gronden = kandidaat.overeenkomsten.iter().flat_map(|o| o.gronden.iter().map(|g| g.als_str()));
                (kandidaat.casus, gronden.collect::<Vec<_>>(), kandidaat.gesloten)
            })
            .collect();
        let mut gevraagd = Vec::new();
        for Kandidaat { casus, gronden, gesloten } in &verwacht.kandidaten {
            gevraagd.push((self.casus(casus)?, gronden.iter().map(String::as_str).collect::<Vec<_>>(), *gesloten));
        }
        ensure!(gezien == gevraagd, "herkend zijn {gezien:?}, verwacht {gevraagd:?}");
        let gronden: Vec<_> = gezien.into_iter().map(|(_, gronden, gesloten)| (gronden, gesloten)).collect();
        self.regels.push(format!("herkend: {gronden:?}"));
        Ok(())
    }
}
