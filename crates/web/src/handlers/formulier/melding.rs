//! The forms of what comes after a report: completing it with the reporter, a withdrawal, a guardian, and talks with who
//! is involved.

use super::Formulierdeel;
use crate::{
    Toestand,
    handlers::{tekst::moment, vragen},
    pages::{
        onderdelen::Feit,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, wens::*};
use domain::{
    afspraak::{Bundel, PartijSoort},
    ids::{MeldingId, OrganisatieId, PersoonId},
    meldingen::{Intrekking, Melding, aan_te_vullen},
    plichten::contactvolgorde,
};
use std::{collections::BTreeSet, sync::Arc};

pub(super) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    match handeling {
        "vul-melding-aan" => aanvullen(toestand, beeld, bundel),
        "beslis-over-intrekking" => intrekking(beeld),
        "corrigeer-melding" => {
            let gevolg =
                "Veilig Thuis leest uw verbetering naast wat u eerder meldde. Wie het zicht heeft, verandert niet.";
            let velden = vec![Veld::tekstvak("toelichting", "Wat klopte niet, en wat is het wel?", 5)];
            Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
        }
        "trek-melding-in" => {
            let gevolg = "Een melding verdwijnt niet: Veilig Thuis beslist of het in uw vraag meegaat. Tot dan verandert er niets.";
            let velden = vec![Veld::tekstvak("reden", "Waarom wilt u de melding intrekken?", 4)];
            Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
        }
        "leg-gi-vast" => Some(gezinsvoogd(toestand, beeld)),
        "leg-contact-beroepskracht-vast" => Some(contact(toestand, beeld, bundel)),
        _ => None,
    }
}

/// The first report that is not complete, with the agreement by which it was received.
pub(crate) fn aan_te_vullen_melding<'a>(
    toestand: &Toestand,
    beeld: &'a CasusBeeld,
    bundel: &Bundel,
) -> Option<(&'a Melding, Arc<Bundel>)> {
    let van = |melding: &Melding| {
        crate::handlers::tekst::bundel(toestand, &melding.feit.bundel).unwrap_or_else(|| Arc::new(bundel.clone()))
    };
    let mut alle = beeld.staat.eigen_meldingen().map(|melding| (melding, van(melding)));
    alle.find(|(melding, van)| aan_te_vullen(&beeld.staat, melding, van).is_some())
}

fn aanvullen(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Option<Formulierdeel> {
    let (melding, van) = aan_te_vullen_melding(toestand, beeld, bundel)?;
    let rest = aan_te_vullen(&beeld.staat, melding, &van)?;
    let mut velden: Vec<_> =
        rest.vragen.iter().map(|(sleutel, vraag)| vragen::veld(sleutel, vraag).optioneel()).collect();
    velden.extend(vragen::instrumentvelden(&van));
    velden.push(
        Veld::vinkje("compleet", "De melding is nu compleet")
            .hint("Ook als de melder niet te bereiken is. Blijft er dan iets open? Schrijf hieronder waarom."),
    );
    velden.push(Veld::tekstvak("reden", "Waarom blijft er iets open?", 3).optioneel());
    let mut feiten = vec![Feit::new("Ontvangen", moment(melding.ontvangen_op, beeld.op))];
    let gemeld = beeld.tekst_bij(melding.feit.versie, "melding-inhoud");
    feiten.extend(gemeld.map(|tekst| Feit::new("Melding", tekst)));
    let gevolg = if rest.na_telefoon {
        "Deze melding kwam per telefoon. U vult haar aan met de melder. U kunt dat in stappen doen."
    } else {
        "U vraagt de melder wat nog niet is beantwoord. U kunt dat in stappen doen."
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten })
}

fn in_te_trekken(beeld: &CasusBeeld) -> Option<&Melding> {
    beeld.staat.eigen_meldingen().find(|melding| melding.intrekking.as_ref().is_some_and(Intrekking::wacht))
}

fn intrekking(beeld: &CasusBeeld) -> Option<Formulierdeel> {
    let melding = in_te_trekken(beeld)?;
    let gevraagd = &melding.intrekking.as_ref()?.gevraagd;
    let mut feiten = vec![
        Feit::new("Melding ontvangen", moment(melding.ontvangen_op, beeld.op)),
        Feit::new("Gevraagd", moment(gevraagd.gebeurd_op, beeld.op)),
    ];
    feiten.extend(beeld.tekst_bij(gevraagd.versie, "reden").map(|tekst| Feit::new("Waarom, volgens de melder", tekst)));
    let velden = vec![
        Veld::ja_nee("gevolgd", "Gaat Veilig Thuis hierin mee?"),
        Veld::tekstvak("reden", "Waarom?", 4).hint("Dit blijft bij Veilig Thuis."),
    ];
    let gevolg =
        "De melding blijft staan, en wie het zicht heeft verandert niet. Wat er volgt, besluit u bij de beoordeling.";
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten })
}

/// Certified institutions of every agreement, for a list to choose from.
pub(crate) fn instellingen(toestand: &Toestand) -> Vec<Optie> {
    let alle = toestand.app.afspraken().alle().iter().flat_map(|geldig| &geldig.bundel.inhoud.partij);
    let gi = alle.filter(|(_, partij)| partij.soort == PartijSoort::GecertificeerdeInstelling);
    let namen: BTreeSet<_> = gi.map(|(id, partij)| (partij.naam.clone(), id.0.clone())).collect();
    let bekend = namen.into_iter().map(|(naam, id)| Optie::new(id, naam));
    bekend.chain([Optie::new("andere-gecertificeerde-instelling", "Een andere instelling")]).collect()
}

fn gezinsvoogd(toestand: &Toestand, beeld: &CasusBeeld) -> Formulierdeel {
    let leden = beeld.personen.iter().map(|lid| {
        let naam = lid.naam.clone().unwrap_or_else(|| "Naam niet bekend".to_owned());
        Optie::new(lid.id.to_string(), naam)
    });
    let velden = vec![
        Veld::rondjes("persoon", "Voor wie?", leden.collect()),
        Veld::keuzelijst("organisatie", "Welke instelling?", "Geen instelling meer", instellingen(toestand))
            .optioneel(),
        Veld::tekstvak("toelichting", "Toelichting", 3).optioneel(),
    ];
    let gevolg = "Een gezinsvoogd of casemanager geldt voor deze ene persoon, en niet voor anderen in het gezin.";
    Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() }
}

fn contact(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Formulierdeel {
    let volgorde = contactvolgorde(&beeld.staat, bundel);
    let gi = volgorde.iter().flat_map(|volgorde| &volgorde.instellingen).map(|(gi, _)| gi.clone());
    let gi: Vec<_> = gi.map(|gi| Optie::new(gi.als_str(), toestand.app.naam_van(&gi))).collect();
    let rest = super::vervolg::partijen(toestand, beeld, bundel);
    let bekend: BTreeSet<_> = gi.iter().map(|optie| optie.waarde.clone()).collect();
    let opties = gi.into_iter().chain(rest.into_iter().filter(|optie| !bekend.contains(&optie.waarde)));
    let velden = vec![
        Veld::keuzelijst("organisatie", "Met wie sprak u?", "Maak een keuze", opties.collect()),
        super::wanneer(),
        Veld::tekstvak("toelichting", "Wat is er besproken?", 4).optioneel(),
    ];
    let gevolg = "U legt vast dat Veilig Thuis sprak met wie bij dit gezin betrokken is.";
    Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() }
}

/// The last report that this reader made: its own words are here.
fn eigen_melding(beeld: &CasusBeeld) -> Option<MeldingId> {
    let eigen = |melding: &&Melding| beeld.tekst_bij(melding.feit.versie, "melding-inhoud").is_some();
    beeld.staat.meldingen.iter().rfind(eigen).map(|melding| melding.id)
}

fn verplicht(waarden: &Waarden, veld: &str, melding: &str) -> Result<String, Vec<VeldFout>> {
    waarden.gevuld(veld).ok_or_else(|| vec![VeldFout::new(veld, melding)])
}

pub(super) fn wens(
    toestand: &Toestand,
    naam: &str,
    waarden: &Waarden,
    beeld: &CasusBeeld,
    bundel: &Bundel,
) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let kies = |veld: &str| vec![VeldFout::new(veld, "Maak een keuze.")];
    Ok(Some(match naam {
        "vul-melding-aan" => {
            let Some((melding, van)) = aan_te_vullen_melding(toestand, beeld, bundel) else { return Ok(None) };
            let aanvulling = MeldAanvulWens {
                melding: Some(melding.id),
                antwoorden: vragen::antwoorden(waarden, &van),
                instrumenten: vragen::instrumenten(waarden, &van),
                compleet: waarden.bevat("compleet", "ja"),
                reden: tekst("reden"),
                toelichting: None,
            };
            if !aanvulling.compleet && aanvulling.antwoorden.is_empty() && aanvulling.instrumenten.is_empty() {
                return Err(vec![VeldFout::new("compleet", "Vul iets in, of leg vast dat de melding compleet is.")]);
            }
            Wens::VulMeldingAan(aanvulling)
        }
        "corrigeer-melding" => Wens::CorrigeerMelding(CorrectieWens {
            melding: eigen_melding(beeld),
            toelichting: Some(verplicht(waarden, "toelichting", "Schrijf op wat er anders is.")?),
        }),
        "trek-melding-in" => Wens::TrekMeldingIn(MeldingVerwijzing {
            melding: eigen_melding(beeld),
            reden: Some(verplicht(waarden, "reden", "Schrijf op waarom.")?),
        }),
        "beslis-over-intrekking" => Wens::BeslisOverIntrekking(IntrekkingWens {
            melding: in_te_trekken(beeld).map(|melding| melding.id),
            gevolgd: tekst("gevolgd").ok_or_else(|| kies("gevolgd"))? == "ja",
            reden: Some(tekst("reden").ok_or_else(|| vec![VeldFout::new("reden", "Schrijf op waarom.")])?),
        }),
        "leg-gi-vast" => {
            let persoon = tekst("persoon").and_then(|id| id.parse::<PersoonId>().ok());
            Wens::LegGiVast(GiWens {
                persoon: Some(persoon.ok_or_else(|| kies("persoon"))?),
                organisatie: tekst("organisatie").map(OrganisatieId),
                toelichting: tekst("toelichting"),
            })
        }
        "leg-contact-beroepskracht-vast" => Wens::LegContactBeroepskrachtVast(BeroepskrachtWens {
            organisatie: Some(OrganisatieId(tekst("organisatie").ok_or_else(|| kies("organisatie"))?)),
            reden: tekst("reden"),
            toelichting: tekst("toelichting"),
        }),
        _ => return Ok(None),
    }))
}
