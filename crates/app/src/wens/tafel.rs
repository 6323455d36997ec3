//! What the overdrachtstafel decided on an offer, as it comes over the wire.

use super::{Omgeving, VeldFout, eis_code, gevuld, nodig, vervolg};
use domain::{
    Commando,
    ids::*,
    overdrachten::{BespreekAanTafel, Tafelbesluit},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What was decided; which party and until when stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tafelkeuze {
    Oppakken,
    AnderTeam,
    Aanhouden,
    NietOverdragen,
}

wens! {
    /// `naar`: the other team; `tot`: the day on which it is talked about again; `afspraken`: what was agreed, in words.
    TafelWens {
        overdracht: Option<OverdrachtId>,
        bijeenkomst: Option<BijeenkomstId>,
        aanwezig: BTreeSet<OrganisatieId>,
        besluit: Option<Tafelkeuze>,
        naar: Option<OrganisatieId>,
        tot: Option<String>,
        afspraken: Option<String>,
        reden: Option<String>,
    }
}

pub(super) fn bespreking(wens: &TafelWens, o: &Omgeving<'_>) -> Result<Commando, Vec<VeldFout>> {
    wens.aanwezig.iter().try_for_each(|wie| eis_code("aanwezig", wie.als_str()))?;
    let besluit = match nodig("besluit", &wens.besluit)? {
        Tafelkeuze::Oppakken => Tafelbesluit::Oppakken,
        Tafelkeuze::AnderTeam => Tafelbesluit::AnderTeam { naar: vervolg::organisatie("naar", &wens.naar)? },
        Tafelkeuze::Aanhouden => Tafelbesluit::Aanhouden { tot: vervolg::dag("tot", &wens.tot)? },
        Tafelkeuze::NietOverdragen => Tafelbesluit::NietOverdragen,
    };
    Ok(Commando::BespreekAanTafel(BespreekAanTafel {
        overdracht: o.overdracht(wens.overdracht)?,
        bijeenkomst: wens.bijeenkomst,
        aanwezig: wens.aanwezig.clone(),
        besluit,
        reden: gevuld(&wens.reden),
    }))
}
