//! Whether what goes to the family names a reporter whom it may not know.

use super::{App, Geladen, Opdracht};
use crate::{AppFout, Wens};
use domain::{
    afspraak::{Bundel, Ontvangt},
    ids::CasusId,
};

impl App {
    /// Only Veilig Thuis knows the reporter; to others the answer would tell who it is.
    pub(super) async fn noemt_melder(
        &self,
        id: CasusId,
        geladen: &Geladen,
        opdracht: &Opdracht,
        bundel: &Bundel,
    ) -> Result<bool, AppFout> {
        let teksten = naar_gezin(&opdracht.wens, bundel);
        let organisatie = &opdracht.actor.organisatie;
        if teksten.is_empty() || geladen.casus.veilig_thuis.as_ref() != Some(organisatie) {
            return Ok(false);
        }
        let verzwegen = self.verzwegen(id, &geladen.casus, &geladen.rijen, organisatie).await?;
        Ok(teksten.iter().any(|tekst| verzwegen.staat_in(tekst)))
    }
}

/// The texts of an act that the family gets to read or hear.
fn naar_gezin<'a>(wens: &'a Wens, bundel: &Bundel) -> Vec<&'a str> {
    let onderdelen = match wens {
        Wens::InformeerGezin(wens) => return wens.toelichting.iter().map(String::as_str).collect(),
        Wens::BiedOverdrachtAan(wens) => &wens.inhoud,
        Wens::VulInhoudAan(wens) => &wens.inhoud,
        _ => return Vec::new(),
    };
    let leest = |sleutel: &String| bundel.inhoud.onderdeel.get(sleutel).is_some_and(|deel| deel.gezin == Ontvangt::Ja);
    onderdelen.iter().filter(|(sleutel, _)| leest(sleutel)).map(|(_, tekst)| tekst.as_str()).collect()
}
