//! The forms about contact: how somebody can be reached, where somebody lives, and the warnings beside any contact.

use super::{Formulierdeel, code, uit_tekst};
use crate::{
    handlers::veilig_contact::{self, bron, stand, weg},
    pages::{
        onderdelen::Feit,
        veld::{Invoer, Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, wens::*};
use domain::{
    contact::{Adresbron, Contactweg, Wegstand},
    ids::PersoonId,
};

/// What who makes contact must know, beside the form.
pub(super) fn waarschuwingen(beeld: &CasusBeeld) -> Vec<Feit> {
    veilig_contact::waarschuwingen(beeld).into_iter().map(|regel| Feit::new("Let op", regel)).collect()
}

/// With whom; the household when nobody is chosen.
pub(super) fn persoon(beeld: &CasusBeeld, vraag: &str) -> Veld {
    let opties = beeld.personen.iter().map(|lid| {
        let naam = lid.naam.clone().unwrap_or_else(|| lid.rol.als_str());
        Optie::new(lid.id.to_string(), naam)
    });
    Veld::keuzelijst("persoon", vraag, "Het gezin", opties.collect()).optioneel()
}

pub(super) fn van(beeld: &CasusBeeld, handeling: &str) -> Option<Formulierdeel> {
    let (naam, persoon) = handeling.split_once(':')?;
    let persoon: PersoonId = persoon.parse().ok()?;
    let bereikbaar = beeld.bereikbaarheid().into_iter().find(|lid| lid.persoon.id == persoon)?;
    let wie = bereikbaar.persoon.naam.clone().unwrap_or_else(|| bereikbaar.persoon.rol.als_str());
    let (gevolg, velden) = match naam {
        "leg-contactveiligheid-vast" => {
            let mut velden: Vec<_> = Contactweg::ALLE
                .into_iter()
                .map(|weg| keuze(weg, bereikbaar.veiligheid.and_then(|bekend| bekend.wegen.get(&weg))))
                .collect();
            let woord = |naam: &str, vraag: &str, waarde: &Option<String>| {
                let mut veld = Veld::tekstvak(naam, vraag, 2).optioneel();
                if let Invoer::Tekstvak { waarde: invoer, .. } = &mut veld.invoer {
                    *invoer = waarde.clone().unwrap_or_default();
                }
                veld
            };
            velden.extend([
                woord("nummer", "Op welk nummer of adres van mail is contact veilig?", &bereikbaar.nummer),
                woord("wanneer", "Wanneer is contact veilig?", &bereikbaar.wanneer),
                woord("toelichting", "Waar moet iemand op letten?", &bereikbaar.toelichting),
                woord("huisbezoek", "Waarschuwing voor wie naar het huis gaat", &bereikbaar.waarschuwing),
            ]);
            (
                "Naar een weg die gedeeld of onveilig is, gaat niets meer uit: geen brief, geen mail, geen voicemail.",
                velden,
            )
        }
        "leg-adres-vast" => (
            "Het adres staat met bron en datum bij deze persoon. Een geheim adres is overal afgedekt; alleen uw organisatie kan het openen.",
            adres(),
        ),
        _ => return None,
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: vec![Feit::new("Over wie", wie)] })
}

fn keuze(van: Contactweg, nu: Option<&Wegstand>) -> Veld {
    let standen = [Wegstand::Veilig, Wegstand::Gedeeld, Wegstand::Onveilig];
    let opties = standen.into_iter().map(|van| {
        let mut optie = Optie::new(van.als_str(), stand(van));
        optie.gekozen = nu == Some(&van);
        optie
    });
    let naam = format!("weg_{}", van.als_str());
    Veld::keuzelijst(naam, format!("Hoe veilig is: {}?", weg(van)), "Niet bekend", opties.collect()).optioneel()
}

fn adres() -> Vec<Veld> {
    let bronnen = [
        Adresbron::Betrokkene,
        Adresbron::Melder,
        Adresbron::Basisregistratie,
        Adresbron::Politie,
        Adresbron::Hulpverlener,
        Adresbron::EigenWaarneming,
    ];
    let bronnen = bronnen.into_iter().map(|van| Optie::new(van.als_str(), bron(van))).collect();
    vec![
        Veld::tekst("straat", "Straat"),
        Veld::tekst_smal("huisnummer", "Huisnummer").optioneel(),
        Veld::tekst_smal("toevoeging", "Toevoeging").optioneel(),
        Veld::tekst_smal("postcode", "Postcode").optioneel(),
        Veld::tekst("plaats", "Plaats").optioneel(),
        Veld::keuzelijst("bron", "Van wie komt dit adres?", "Maak een keuze", bronnen),
        Veld::datum("datum", "Op welke dag klopte dit?"),
        Veld::vinkje("geheim", "Dit adres is geheim"),
    ]
}

pub(super) fn wens(naam: &str, soort: &str, waarden: &Waarden) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let persoon: Option<PersoonId> = soort.parse().ok();
    Ok(Some(match naam {
        "leg-contactveiligheid-vast" => {
            let gekozen = |weg: Contactweg| Some((weg, uit_tekst(&tekst(&format!("weg_{}", weg.als_str()))?)?));
            Wens::LegContactveiligheidVast(VeiligheidWens {
                persoon,
                wegen: Contactweg::ALLE.into_iter().filter_map(gekozen).collect(),
                nummer: tekst("nummer"),
                wanneer: tekst("wanneer"),
                toelichting: tekst("toelichting"),
                huisbezoek: tekst("huisbezoek"),
            })
        }
        "leg-adres-vast" => Wens::LegAdresVast(PersoonsadresWens {
            persoon,
            adres: AdresWens {
                straat: tekst("straat"),
                huisnummer: tekst("huisnummer"),
                toevoeging: tekst("toevoeging"),
                postcode: tekst("postcode"),
                plaats: tekst("plaats"),
            },
            bron: code("bron", waarden)?,
            datum: tekst("datum"),
            geheim: waarden.bevat("geheim", "ja"),
        }),
        _ => return Ok(None),
    }))
}
