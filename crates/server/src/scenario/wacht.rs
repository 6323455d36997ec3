//! Steps and controls about who is on call: the roster, its gaps, and how an alarm goes.

use super::{
    dekking::moet,
    speler::Speler,
    vorm::{Controle, Stap, VerwachtAlarm, VerwachteWacht},
};
use anyhow::{Result, anyhow};
use app::eigen::wacht::AlarmBeeld;
use domain::{
    Casus,
    ids::{CommandId, WachtdienstId},
    tijd::Instant,
};
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The shift that a step puts on the roster, as later steps name it.
pub(super) fn dienst_van(id: CommandId) -> WachtdienstId {
    WachtdienstId(id.afgeleid("wachtdienst-0"))
}

impl Speler<'_> {
    /// What a step on a roster means: the newest report of a casus, or a shift by the name of its step.
    pub(super) async fn vul_wacht(&self, stap: &Stap, met: &mut Map<String, Value>) -> Result<()> {
        if stap.doe == "bevestig-alarm" {
            let naam = stap.casus.clone().unwrap_or_default();
            let melding = self.staat(&naam).await?.meldingen.last().map(|melding| melding.id);
            met.insert("casus".to_owned(), json!(self.casus(&naam)?));
            met.insert("alarm".to_owned(), json!(melding));
        }
        for sleutel in ["dienst", "vervangt"] {
            if let Some(Value::String(naam)) = met.get(sleutel).cloned() {
                let dienst = self.namen.ids.get(&naam).ok_or_else(|| anyhow!("er is nog geen dienst '{naam}'"))?;
                met.insert(sleutel.to_owned(), json!(dienst));
            }
        }
        Ok(())
    }

    pub(super) async fn wacht_controle(&mut self, controle: &Controle, verwacht: &VerwachteWacht) -> Result<()> {
        let geldig = self.geldig(controle.op.0, &Casus::default())?;
        let beeld = self.samen.app.wacht(&self.actor(&verwacht.door, None, &geldig)?).await?;
        let beeld = beeld.ok_or_else(|| anyhow!("{} heeft geen afspraak", verwacht.door))?;
        let clausules: BTreeSet<_> = [&beeld.regel.clausule, &beeld.regel.hiaat].map(|id| id.0.clone()).into();
        moet!(Controle, clausules == verwacht.clausules, "de wacht staat onder {clausules:?}");
        clausules.iter().for_each(|id| self.dekking.toets(id));
        if let Some(gevraagd) = &verwacht.gaten {
            let is: Vec<_> = beeld.gaten.iter().map(|gat| (gat.rang, lokaal(gat.van), lokaal(gat.tot))).collect();
            let gevraagd: Vec<_> =
                gevraagd.iter().map(|gat| (gat.rang, lokaal(gat.van.0), lokaal(gat.tot.0))).collect();
            moet!(Controle, is == gevraagd, "de gaten zijn {is:?}, verwacht {gevraagd:?}");
        }
        if let Some(gevraagd) = &verwacht.nu {
            let rangen = domain::wacht::Rang::ALLE.into_iter();
            let is: Vec<_> = rangen.filter_map(|rang| Some(beeld.nu_in_dienst(rang)?.naam.clone())).collect();
            moet!(Controle, is == *gevraagd, "nu heeft dienst {is:?}, verwacht {gevraagd:?}");
        }
        if let Some(gevraagd) = &verwacht.alarmen {
            let is: Vec<_> = beeld.alarmen.iter().map(|een| in_woorden(een, beeld.op)).collect();
            let gevraagd: Vec<_> = gevraagd.iter().map(gevraagd_in_woorden).collect();
            moet!(Controle, is == gevraagd, "de alarmen zijn {is:?}, verwacht {gevraagd:?}");
        }
        Ok(())
    }
}

fn lokaal(op: Instant) -> String {
    op.lokaal().to_string()
}

/// When it goes, how it stands, and who is called when. What was sent is left out: that depends on who rang.
type InWoorden = (String, String, Vec<(String, String, String)>);

fn in_woorden(een: &AlarmBeeld, nu: Instant) -> InWoorden {
    let naam = |dienst| een.namen.iter().find(|(id, _)| *id == dienst).map(|(_, naam)| naam.clone());
    let beurten = een.verloop.beurten.iter();
    let beurten =
        beurten.map(|beurt| (beurt.rang.als_str(), lokaal(beurt.op), naam(beurt.dienst).unwrap_or_default())).collect();
    (lokaal(een.verloop.op), een.verloop.stand(nu).als_str(), beurten)
}

fn gevraagd_in_woorden(gevraagd: &VerwachtAlarm) -> InWoorden {
    let beurten = gevraagd.beurten.iter();
    let beurten = beurten.map(|beurt| (beurt.rang.als_str(), lokaal(beurt.op.0), beurt.wie.clone())).collect();
    (lokaal(gevraagd.op.0), gevraagd.stand.clone(), beurten)
}
