//! What is known of a household to recognise it by: taken from a report, or from what was sealed of it.

use super::normaal;
use crate::{
    verzegel::{Onderwerp, Tekst},
    wens::{MeldWens, VeldFout},
};
use domain::ids::PersoonId;
use serde::{Deserialize, Serialize};

/// Kinds of sealed content that recognition reads.
pub const SOORTEN: &[&str] = &["persoon-naam", "persoon-geboren", "persoon-bsn", "adres-delen"];

/// The address of a household in its parts; what is not known is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct AdresWens {
    pub straat: Option<String>,
    pub huisnummer: Option<String>,
    pub toevoeging: Option<String>,
    pub postcode: Option<String>,
    pub plaats: Option<String>,
}

impl AdresWens {
    /// On one line, as people write it; empty when no part is filled.
    pub fn regel(&self) -> String {
        let samen = |delen: &[&Option<String>]| {
            let gevuld = delen.iter().filter_map(|deel| deel.as_deref()).map(str::trim).filter(|deel| !deel.is_empty());
            gevuld.collect::<Vec<_>>().join(" ")
        };
        let delen =
            [samen(&[&self.straat, &self.huisnummer, &self.toevoeging]), samen(&[&self.postcode, &self.plaats])];
        delen.into_iter().filter(|deel| !deel.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// Postcode, house number and addition in one way of writing, when there are both.
    pub fn plek(&self) -> Option<(String, u32, String)> {
        let code = normaal::postcode(self.postcode.as_deref()?)?;
        let toevoeging = self.toevoeging.as_deref().unwrap_or_default();
        let (nummer, toevoeging) = normaal::huisnummer(self.huisnummer.as_deref()?, toevoeging)?;
        Some((code, nummer, toevoeging))
    }
}

/// A household as recognition sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Huishouden {
    pub personen: Vec<Persoonsgegevens>,
    pub adressen: Vec<AdresWens>,
}

/// One member. Of everything the newest comes first: somebody can have been reported under two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Persoonsgegevens {
    pub persoon: PersoonId,
    pub namen: Vec<String>,
    pub geboren: Vec<String>,
    pub bsn: Vec<String>,
}

/// A piece of content: about whom, of which kind, from which version, and what it says.
pub(crate) struct Stuk<'a> {
    pub onderwerp: String,
    pub soort: &'a str,
    pub versie: u64,
    pub inhoud: &'a str,
}

impl<'a> Stuk<'a> {
    pub fn nieuw(tekst: &'a Tekst, versie: u64) -> Self {
        Self { onderwerp: tekst.onderwerp.als_tekst(), soort: &tekst.soort, versie, inhoud: &tekst.inhoud }
    }

    pub fn open(stuk: &'a crate::verzegel::Geopend) -> Self {
        Self { onderwerp: stuk.onderwerp.clone(), soort: &stuk.soort, versie: stuk.versie, inhoud: &stuk.inhoud }
    }
}

/// The members with these ids and their addresses, from pieces of content.
pub(crate) fn huishouden_uit(personen: &[PersoonId], mut stukken: Vec<Stuk<'_>>) -> Huishouden {
    stukken.sort_by_key(|stuk| std::cmp::Reverse(stuk.versie));
    let van = |onderwerp: &str, soort: &str| {
        let mut teksten: Vec<String> = Vec::new();
        for stuk in stukken.iter().filter(|stuk| stuk.onderwerp == onderwerp && stuk.soort == soort) {
            if !teksten.iter().any(|tekst| tekst == stuk.inhoud) {
                teksten.push(stuk.inhoud.to_owned());
            }
        }
        teksten
    };
    let persoon = |id: &PersoonId| {
        let onderwerp = Onderwerp::Persoon(*id).als_tekst();
        Persoonsgegevens {
            persoon: *id,
            namen: van(&onderwerp, "persoon-naam"),
            geboren: van(&onderwerp, "persoon-geboren"),
            bsn: van(&onderwerp, "persoon-bsn"),
        }
    };
    let adressen = van(&Onderwerp::Huishouden.als_tekst(), "adres-delen");
    Huishouden {
        personen: personen.iter().map(persoon).collect(),
        // What an older release sealed in another shape is not an address to search by.
        adressen: adressen.iter().filter_map(|tekst| serde_json::from_str(tekst).ok()).collect(),
    }
}

/// What was filled in but cannot be right, beside its field.
pub(crate) fn controleer(wens: &MeldWens) -> Vec<VeldFout> {
    let gevuld = |tekst: &Option<String>| tekst.clone().filter(|tekst| !tekst.trim().is_empty());
    let fout = |veld: String, melding: &str| VeldFout { veld, melding: melding.to_owned() };
    let mut fouten = Vec::new();
    for (index, persoon) in wens.huishouden.iter().enumerate() {
        if gevuld(&persoon.bsn).is_some_and(|tekst| normaal::bsn(&tekst).is_none()) {
            let uitleg = "Dit burgerservicenummer klopt niet. Kijk het na, of laat het leeg.";
            fouten.push(fout(format!("huishouden.{index}.bsn"), uitleg));
        }
    }
    let Some(adres) = &wens.woonadres else { return fouten };
    if gevuld(&adres.postcode).is_some_and(|tekst| normaal::postcode(&tekst).is_none()) {
        let uitleg = "Vul een postcode in zoals 1970 AA, of laat leeg.";
        fouten.push(fout("woonadres.postcode".into(), uitleg));
    }
    if gevuld(&adres.huisnummer).is_some_and(|tekst| normaal::huisnummer(&tekst, "").is_none()) {
        let uitleg = "Vul een huisnummer in dat met een cijfer begint, of laat leeg.";
        fouten.push(fout("woonadres.huisnummer".into(), uitleg));
    }
    fouten
}
