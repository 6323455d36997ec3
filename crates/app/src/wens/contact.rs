//! How a member of the household can be reached, and where.

use super::{Omgeving, VeldFout, Wens, fout, nodig, vervolg::dag};
use crate::{documenten::ADRES, herkenning::AdresWens};
use domain::{
    commando::*,
    contact::{Adresbron, Contactweg, Wegstand},
    ids::PersoonId,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

wens! {
    /// Per way how safe it is; the number, the hours, why, and a warning for who goes to the home.
    VeiligheidWens {
        persoon: Option<PersoonId>,
        wegen: BTreeMap<Contactweg, Wegstand>,
        nummer: Option<String>,
        wanneer: Option<String>,
        toelichting: Option<String>,
        huisbezoek: Option<String>,
    }
    /// `datum`: as of when it is known.
    PersoonsadresWens {
        persoon: Option<PersoonId>,
        adres: AdresWens,
        bron: Option<Adresbron>,
        datum: Option<String>,
        geheim: bool,
    }
}

impl Wens {
    pub(super) fn contact(&self, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
        Ok(match self {
            Wens::LegContactveiligheidVast(wens) => Commando::LegContactveiligheidVast(LegContactveiligheidVast {
                persoon: o.lid(wens.persoon)?,
                wegen: wens.wegen.clone(),
                huisbezoek_waarschuwing: super::gevuld(&wens.huisbezoek),
            }),
            Wens::LegAdresVast(wens) => {
                if wens.adres.regel().is_empty() {
                    return Err(fout("straat", "Vul het adres in."));
                }
                Commando::LegAdresVast(LegAdresVast {
                    persoon: o.lid(wens.persoon)?,
                    bron: nodig("bron", &wens.bron)?,
                    datum: dag("datum", &wens.datum)?,
                    geheim: wens.geheim,
                })
            }
            _ => return Err(fout("doe", "Deze handeling gaat niet over contact.")),
        })
    }

    /// Words that are about one person, each with its kind.
    pub(super) fn van_personen(&self) -> Vec<(PersoonId, &'static str, String)> {
        match self {
            Wens::LegContactveiligheidVast(wens) => {
                let Some(persoon) = wens.persoon else { return Vec::new() };
                // What is left out is no longer so: an empty word takes the place of an older one.
                let woorden = [
                    ("contact-nummer", &wens.nummer),
                    ("contact-wanneer", &wens.wanneer),
                    ("contact-toelichting", &wens.toelichting),
                    ("contact-huisbezoek", &wens.huisbezoek),
                ];
                woorden.map(|(soort, tekst)| (persoon, soort, tekst.clone().unwrap_or_default())).into()
            }
            Wens::LegAdresVast(wens) => {
                let adres = serde_json::to_string(&wens.adres).unwrap_or_default();
                wens.persoon.map(|persoon| (persoon, ADRES, adres)).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }
}

impl Omgeving<'_> {
    fn lid(&self, genoemd: Option<PersoonId>) -> Result<PersoonId, Vec<VeldFout>> {
        let bekend = genoemd.filter(|id| self.casus.personen.iter().any(|lid| lid.id == *id));
        bekend.ok_or_else(|| fout("persoon", "Kies over wie dit gaat."))
    }
}
