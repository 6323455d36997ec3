//! A report as it comes over the wire, parted into what may stand in the log and what is sealed.

use super::{
    AdresWens, Omgeving, Ontleed, PERSONEN_MAX, TEKST_TEKENS_MAX, VeldFout, fout, gevuld, is_code, lees_tijdstip,
    te_lang,
    vragen::{Gelezen, Ingevuld, InstrumentWens},
};
use crate::verzegel::{Onderwerp, Tekst};
use domain::{Commando, commando::*, gebeurtenis::*, ids::*, meldingen::Meldwijze};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MeldWens {
    pub gemeente: String,
    pub openheid: Option<Openheid>,
    pub spoed: bool,
    pub contact: Option<Contactduur>,
    /// What the reporter saw or heard.
    pub inhoud: String,
    /// What others said.
    pub van_anderen: Option<String>,
    /// Who those others are.
    pub bron_van_anderen: Option<String>,
    /// The reporter's own estimate of safety.
    pub inschatting: Option<String>,
    /// Whether the reporter can offer or organise help.
    pub eigen_hulp: Option<String>,
    /// Why the family may not know who reports.
    pub grond_afscherming: Option<String>,
    /// How it came in; only Veilig Thuis writes down what came by phone or letter.
    pub wijze: Meldwijze,
    /// By key of `[meldvraag]`: `ja`, `nee`, a choice, `onbekend`, or the words themselves.
    pub antwoorden: BTreeMap<String, String>,
    /// By key of `[meldinstrument]`.
    pub instrumenten: BTreeMap<String, InstrumentWens>,
    /// Why it is made although a guideline says otherwise.
    pub reden: Option<String>,
    /// Arrival, local time; now when absent.
    pub ontvangen_op: Option<String>,
    pub melder: MelderWens,
    pub huishoudnaam: Option<String>,
    pub adres: Option<String>,
    /// The same in its parts, by which the household is recognised.
    pub woonadres: Option<AdresWens>,
    pub huishouden: Vec<PersoonWens>,
    /// The number of the advice that this report grew out of; nothing else of it.
    pub advies_nummer: Option<String>,
    /// The number of the reporter's own track of the meldcode.
    pub spoor_nummer: Option<String>,
}

/// Who reports.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MelderWens {
    /// `beroepskracht`, `burger` or `politie`.
    pub soort: String,
    pub beroepsgroep: Option<String>,
    pub organisatie: Option<OrganisatieId>,
    /// As it was typed, for an organisation that no agreement names.
    pub organisatie_naam: Option<String>,
    pub naam: Option<String>,
    pub functie: Option<String>,
    pub telefoon: Option<String>,
}

/// A member of the household.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PersoonWens {
    pub rol: PersoonRol,
    #[serde(default)]
    pub naam: Option<String>,
    /// `jjjj-mm-dd`, if known.
    #[serde(default)]
    pub geboren: Option<String>,
    /// Citizen service number, if known.
    #[serde(default)]
    pub bsn: Option<String>,
    /// The certified institution that is this person's guardian or case manager.
    #[serde(default)]
    pub gezinsvoogd: Option<OrganisatieId>,
    /// A member who is known in this casus already.
    #[serde(default)]
    pub bekend_als: Option<PersoonId>,
}

/// The field of a report in which a kind of content was typed.
fn veld_van(soort: &str) -> &str {
    match soort {
        "melding-van-anderen" => "van_anderen",
        "melding-inschatting" => "inschatting",
        "melding-eigen-hulp" => "eigen_hulp",
        "melding-afscherming" => "grond_afscherming",
        "melding-advies" => "advies_nummer",
        "melding-spoor" => "spoor_nummer",
        "persoon-naam" | "persoon-geboren" | "persoon-bsn" => "huishouden",
        "adres-delen" => "woonadres",
        "melding-bron" => "bron_van_anderen",
        anders if anders.starts_with("meldvraag:") => "antwoorden",
        anders if anders.starts_with("meldinstrument:") => "instrumenten",
        anders => anders,
    }
}

/// A number stands in the report as it is, so it is one.
fn nummers(wens: &MeldWens) -> Vec<VeldFout> {
    let alle = [("advies_nummer", &wens.advies_nummer), ("spoor_nummer", &wens.spoor_nummer)];
    let mis = alle.into_iter().filter(|(_, nummer)| !nummer.as_deref().is_none_or(is_code));
    mis.flat_map(|(veld, _)| fout(veld, "Dit is geen nummer van een advies of spoor.")).collect()
}

pub(super) fn meld(wens: &MeldWens, o: &Omgeving<'_>) -> Ontleed {
    let mut fouten = [crate::herkenning::controleer(wens), nummers(wens)].concat();
    fouten.extend(leden(wens, o));
    let mut eis = |voldaan: bool, veld: &str, melding: &str| {
        if !voldaan {
            fouten.extend(fout(veld, melding));
        }
    };
    eis(wens.openheid.is_some(), "openheid", "Kies of het gezin mag weten dat u meldt.");
    eis(!wens.inhoud.trim().is_empty(), "inhoud", "Schrijf op wat u zag of hoorde.");
    eis(wens.inhoud.chars().count() <= TEKST_TEKENS_MAX, "inhoud", "De tekst is te lang.");
    eis(!wens.huishouden.is_empty() || o.casus.versie > 0, "huishouden", "Vul ten minste één persoon in.");
    let namens = wens.melder.organisatie.as_ref();
    let intake = o.veilig_thuis() == Some(&o.actor.organisatie);
    let eigen = namens.is_none_or(|organisatie| *organisatie == o.actor.organisatie);
    eis(intake || eigen, "melder", "U kunt alleen namens uw eigen organisatie melden.");
    let codes = namens.map(OrganisatieId::als_str).into_iter().chain(wens.melder.beroepsgroep.as_deref());
    eis(codes.into_iter().all(is_code), "melder", "Kies het beroep en de organisatie van de melder uit de lijst.");
    eis(wens.huishouden.len() <= PERSONEN_MAX, "huishouden", "Dit zijn te veel personen voor één melding.");
    // Who is not Veilig Thuis reports for the own organisation, and now: otherwise one could make another the holder.
    let eerder = wens.ontvangen_op.is_some();
    eis(intake || !eerder, "ontvangen_op", "Alleen Veilig Thuis legt vast dat een melding eerder binnenkwam.");
    let eigen_wijze = matches!(wens.wijze, Meldwijze::Formulier | Meldwijze::Bericht);
    eis(intake || eigen_wijze, "wijze", "Alleen Veilig Thuis schrijft op wat per telefoon of brief kwam.");
    let ontvangen_op = match wens.ontvangen_op.as_deref().map(|tekst| lees_tijdstip("ontvangen_op", tekst)) {
        None => o.nu,
        Some(Ok(op)) => op,
        Some(Err(mis)) => {
            fouten.extend(mis);
            o.nu
        }
    };
    let melder = match melder(wens) {
        Ok(melder) => Some(melder),
        Err(mis) => {
            fouten.extend(mis);
            None
        }
    };
    let (gegevens, woorden) = match gegevens(wens, o) {
        Ok(gelezen) => gelezen,
        Err(mis) => {
            fouten.extend(mis);
            Default::default()
        }
    };
    let (Some(openheid), Some(melder), true) = (wens.openheid, melder, fouten.is_empty()) else { return Err(fouten) };
    let personen: Vec<_> = (0..).zip(&wens.huishouden).map(|(index, p)| (persoon_id(o, index, p), p)).collect();
    let commando = Commando::Meld(Meld {
        melding: MeldingId(o.command_id.afgeleid("melding")),
        ontvangen_op,
        melder,
        openheid,
        contact: wens.contact.unwrap_or(Contactduur::Eenmalig),
        spoed_gevraagd: wens.spoed,
        gemeente: wens.gemeente.clone(),
        personen: personen
            .iter()
            .map(|(id, persoon)| Persoon { id: *id, rol: persoon.rol, gi: persoon.gezinsvoogd.clone() })
            .collect(),
        gegevens,
        zonder_bron: gevuld(&wens.van_anderen) && !gevuld(&wens.bron_van_anderen),
        reden: gevuld(&wens.reden),
    });
    let teksten = teksten_van_melding(wens, openheid, &personen, &woorden, o);
    match teksten.iter().find(|tekst| tekst.inhoud.chars().count() > TEKST_TEKENS_MAX) {
        Some(tekst) => Err(te_lang(veld_van(&tekst.soort))),
        None => Ok((commando, teksten)),
    }
}

/// What is wrong with the members whom it names.
fn leden(wens: &MeldWens, o: &Omgeving<'_>) -> Vec<VeldFout> {
    let mut fouten = Vec::new();
    for (index, persoon) in wens.huishouden.iter().enumerate() {
        let veld = |naam: &str| format!("huishouden.{index}.{naam}");
        let datum = persoon.geboren.as_deref().filter(|tekst| !tekst.trim().is_empty());
        if !datum.is_none_or(|tekst| tekst.parse::<jiff::civil::Date>().is_ok_and(|dag| dag <= o.nu.dag())) {
            fouten.extend(fout(&veld("geboren"), "Vul een geboortedatum in die bestaat, of laat leeg."));
        }
        if !persoon.gezinsvoogd.as_ref().is_none_or(|gi| is_code(gi.als_str())) {
            fouten.extend(fout(&veld("gezinsvoogd"), "Kies de instelling uit de lijst."));
        }
    }
    fouten
}

/// What was asked besides. An estimate that was written where there was one place for it, answers that question.
fn gegevens(wens: &MeldWens, o: &Omgeving<'_>) -> Gelezen {
    let ingevuld = Ingevuld { antwoorden: &wens.antwoorden, instrumenten: &wens.instrumenten };
    let (mut gegevens, woorden) = ingevuld.lees(wens.wijze, o)?;
    if gevuld(&wens.inschatting) && o.bundel.inhoud.meldvraag.contains_key("inschatting") {
        let antwoorden = &mut gegevens.antwoorden;
        antwoorden.entry("inschatting".to_owned()).or_insert_with(|| domain::afspraak::IN_WOORDEN.to_owned());
    }
    Ok((gegevens, woorden))
}

fn persoon_id(o: &Omgeving<'_>, index: u32, persoon: &PersoonWens) -> PersoonId {
    persoon.bekend_als.unwrap_or_else(|| PersoonId(o.command_id.afgeleid(&format!("persoon-{index}"))))
}

fn melder(wens: &MeldWens) -> Result<Melder, Vec<VeldFout>> {
    match wens.melder.soort.as_str() {
        "burger" => Ok(Melder::Burger),
        "politie" => Ok(Melder::Politie),
        "beroepskracht" => Ok(Melder::Beroepskracht {
            organisatie: wens.melder.organisatie.clone(),
            beroepsgroep: wens.melder.beroepsgroep.clone().unwrap_or_else(|| "anders".to_owned()),
        }),
        _ => Err(fout("melder", "Kies wie er meldt: beroepskracht, burger of politie.")),
    }
}

/// Veilig Thuis keeps everything; an openly reporting organisation keeps a copy of what it reported, not of what
/// Veilig Thuis knows besides. The reporter's identity has a subject, and so a key, of its own.
fn teksten_van_melding(
    wens: &MeldWens,
    openheid: Openheid,
    personen: &[(PersoonId, &PersoonWens)],
    woorden: &[(String, String)],
    o: &Omgeving<'_>,
) -> Vec<Tekst> {
    let vt = o.veilig_thuis().cloned();
    // Veilig Thuis that reports itself keeps one copy.
    let eigen = wens.melder.organisatie.clone().filter(|org| openheid == Openheid::Open && Some(org) != vt.as_ref());
    let mut teksten = Vec::new();
    for eigenaar in vt.iter().chain(eigen.iter()) {
        let mut voeg_toe = |onderwerp: Onderwerp, soort: &str, inhoud: &Option<String>| {
            if let Some(inhoud) = inhoud.as_ref().filter(|inhoud| !inhoud.trim().is_empty()) {
                teksten.push(Tekst {
                    eigenaar: eigenaar.clone(),
                    onderwerp,
                    soort: soort.to_owned(),
                    inhoud: inhoud.clone(),
                });
            }
        };
        voeg_toe(Onderwerp::Huishouden, "melding-inhoud", &Some(wens.inhoud.clone()));
        voeg_toe(Onderwerp::Huishouden, "melding-van-anderen", &wens.van_anderen);
        voeg_toe(Onderwerp::Huishouden, "melding-bron", &wens.bron_van_anderen);
        for (soort, tekst) in woorden {
            voeg_toe(Onderwerp::Huishouden, soort, &Some(tekst.clone()));
        }
        voeg_toe(Onderwerp::Huishouden, "reden", &wens.reden);
        voeg_toe(Onderwerp::Huishouden, "melding-inschatting", &wens.inschatting);
        voeg_toe(Onderwerp::Huishouden, "melding-eigen-hulp", &wens.eigen_hulp);
        voeg_toe(Onderwerp::Melder, "melding-afscherming", &wens.grond_afscherming);
        voeg_toe(Onderwerp::Melder, "melding-advies", &wens.advies_nummer);
        voeg_toe(Onderwerp::Melder, "melding-spoor", &wens.spoor_nummer);
        voeg_toe(Onderwerp::Huishouden, "huishoudnaam", &wens.huishoudnaam);
        let woonadres = wens.woonadres.as_ref().filter(|adres| !adres.regel().is_empty());
        voeg_toe(Onderwerp::Huishouden, "adres", &wens.adres.clone().or_else(|| woonadres.map(AdresWens::regel)));
        voeg_toe(Onderwerp::Huishouden, "adres-delen", &woonadres.and_then(|adres| serde_json::to_string(adres).ok()));
        for (id, persoon) in personen {
            voeg_toe(Onderwerp::Persoon(*id), "persoon-naam", &persoon.naam);
            voeg_toe(Onderwerp::Persoon(*id), "persoon-geboren", &persoon.geboren);
            voeg_toe(Onderwerp::Persoon(*id), "persoon-bsn", &persoon.bsn);
        }
        let melder = serde_json::to_string(&wens.melder).ok();
        voeg_toe(Onderwerp::Melder, "melder", &melder);
    }
    teksten
}
