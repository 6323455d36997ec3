//! The form of a duty: somebody was told, or why not.

use super::Formulierdeel;
use crate::{
    Toestand,
    pages::veld::{Optie, Veld, VeldFout, Waarden},
};
use app::{Wens, lezen::CasusBeeld, wens::PlichtWens};
use domain::{
    ids::MeldingId,
    plichten::{Stand, plichten},
};

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, handeling: &str) -> Option<Formulierdeel> {
    if handeling != "leg-plicht-vast" {
        return None;
    }
    let bundels = toestand.app.bundels();
    let open = plichten(&beeld.staat, &bundels).into_iter().filter(|plicht| !matches!(plicht.stand, Stand::Gedaan(_)));
    let opties = open.map(|stand| {
        let waarde = format!("{}:{}", stand.melding, stand.sleutel);
        Optie::new(waarde, &stand.plicht.naam).hint(format!("{}. {}.", stand.plicht.aan, stand.plicht.wanneer))
    });
    Some(Formulierdeel {
        gevolg: "Het blijft te zien: gedaan, of waarom niet.".to_owned(),
        velden: vec![
            Veld::rondjes("plicht", "Wie moest wat horen?", opties.collect()),
            Veld::ja_nee("gedaan", "Is het gedaan?"),
            Veld::tekstvak("reden", "Waarom niet?", 4).hint("Nodig als het niet is gedaan.").optioneel(),
            super::wanneer(),
            Veld::tekstvak("toelichting", "Toelichting", 4).optioneel(),
        ],
        feiten: Vec::new(),
    })
}

pub(super) fn wens(naam: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    if naam != "leg-plicht-vast" {
        return Ok(None);
    }
    let fout = |veld: &str, tekst: &str| vec![VeldFout::new(veld, tekst)];
    let gekozen = waarden.gevuld("plicht").unwrap_or_default();
    let (melding, plicht) = gekozen.split_once(':').ok_or_else(|| fout("plicht", "Maak een keuze."))?;
    let melding: MeldingId = melding.parse().map_err(|_| fout("plicht", "Maak een keuze."))?;
    let gedaan = waarden.gevuld("gedaan").ok_or_else(|| fout("gedaan", "Kies ja of nee."))? == "ja";
    let reden = waarden.gevuld("reden");
    if !gedaan && reden.is_none() {
        return Err(fout("reden", "Schrijf op waarom het niet is gedaan."));
    }
    Ok(Some(Wens::LegPlichtVast(PlichtWens {
        melding: Some(melding),
        plicht: plicht.to_owned(),
        gedaan,
        reden,
        toelichting: waarden.gevuld("toelichting"),
    })))
}
