//! The control of recognition: who is found for a report, and by what.

use super::{
    dekking::moet,
    speler::Speler,
    vorm::{Herkenning, Kandidaat},
};
use anyhow::Result;
use app::{Actor, AppFout, lezen::CasusBeeld};
use domain::{afspraak::GeldigeBundel, ids::CasusId};
use std::collections::BTreeSet;

impl Speler<'_> {
    /// The page names the other open casussen, and the worklist says that there are.
    pub(super) async fn ook_open(&mut self, verwacht: &[String], beeld: &CasusBeeld, vt: &Actor) -> Result<()> {
        let open = beeld.staat.sluiting.is_none();
        let anderen = beeld.verbanden.iter().filter(|ander| open && !ander.gesloten).map(|ander| ander.casus);
        let gezien: BTreeSet<_> = anderen.collect();
        let gevraagd = verwacht.iter().map(|naam| self.casus(naam)).collect::<Result<BTreeSet<_>>>()?;
        moet!(Controle, gezien == gevraagd, "ook open zijn {gezien:?}, verwacht {gevraagd:?}");
        let app = &self.samen.app;
        let werkblad = app.werkblad(vt, app.werkvraag(vt)).await?;
        let rij = werkblad.rijen.iter().find(|werk| werk.rij.rij.casus == beeld.id);
        let dubbel = rij.is_some_and(|werk| werk.dubbel);
        moet!(Controle, dubbel != gezien.is_empty(), "in de werkvoorraad is dubbel {dubbel}");
        self.regels.push(format!("ook open: {}", gezien.len()));
        Ok(())
    }

    /// Casussen with their grounds must be the same, in the same order.
    pub(super) async fn herken(&mut self, verwacht: &Herkenning, casus: CasusId, geldig: &GeldigeBundel) -> Result<()> {
        let actor = self.actor(&verwacht.door, None, geldig)?;
        let herkend = match (self.samen.app.herken(&actor, casus, None).await, verwacht.fout.as_deref()) {
            (Err(AppFout::NietGevonden), Some("niet-gevonden")) => return Ok(()),
            (antwoord, _) => antwoord?,
        };
        moet!(Controle, verwacht.fout.is_none(), "{} kan zoeken, maar dat mag niet", verwacht.door);
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
        moet!(Controle, gezien == gevraagd, "herkend zijn {gezien:?}, verwacht {gevraagd:?}");
        let gronden: Vec<_> = gezien.into_iter().map(|(_, gronden, gesloten)| (gronden, gesloten)).collect();
        self.regels.push(format!("herkend: {gronden:?}"));
        Ok(())
    }
}
