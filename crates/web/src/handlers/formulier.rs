//! The fields of each act, and the wish that they make: here those of report, assessment and duties, in [`aanbod`]
//! those of a handover, in [`vervolg`] what follows on the assessment.

mod aanbod;
mod besluit;
mod contact;
mod document;
mod herstel;
mod informatie;
mod melding;
mod plan;
mod plicht;
mod samen;
mod tafel;
mod vervolg;

pub(super) use document::te_schrijven;
pub(super) use herstel::{HERSTEL, te_herstellen};
pub(super) use informatie::{antwoordvelden, antwoordwens, naam_van as informatie_van};
pub(super) use melding::{aan_te_vullen_melding, instellingen};
pub(super) use samen::in_woorden;
pub(super) use vervolg::nog_niet_gegeven;

use super::{afspraken::soorten, tekst::verwijzing};
use crate::{
    Toestand, opmaak,
    pages::{
        onderdelen::Feit,
        veld::{Criterium, Optie, Veld, VeldFout, Waarden},
    },
};
use app::{Wens, lezen::CasusBeeld, toegang::Relatie, wens::*};
use domain::{
    afspraak::{Bundel, Regievoorwaarde},
    gebeurtenis::{Antwoord, Openheid},
    ids::MeldingId,
    meldingen::Melding,
    tijd::Instant,
};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// The part of an act's page that differs from act to act.
pub(crate) struct Formulierdeel {
    pub gevolg: String,
    pub velden: Vec<Veld>,
    pub feiten: Vec<Feit>,
}

/// The form of an act, or nothing for an act that has another page.
pub(crate) fn van(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    let toelichting = vervolg::toelichting;
    let reden = || Veld::tekstvak("reden", "Waarom?", 4).hint("De andere partij ziet deze reden.");
    let (gevolg, velden): (&str, Vec<Veld>) = match handeling {
        "leg-contact-gezin-vast" => {
            let gevolg = "Een gesprek dat is gelukt, telt voor de termijnen. Elke poging staat in de lijst.".to_owned();
            return Some(Formulierdeel { gevolg, velden: contact(beeld), feiten: contact::waarschuwingen(beeld) });
        }
        "maak-afspraak-gezin" => ("Hiermee is de termijn voor de afspraak gehaald.", vec![wanneer(), toelichting()]),
        "informeer-gezin" => (
            "Hiermee is de termijn gehaald.",
            vec![
                wijze("Hoe?"),
                wanneer(),
                Veld::tekstvak("toelichting", "Wat vertelde of schreef u?", 4)
                    .hint("Dit leest of hoort het gezin. Noem niet wie meldde, als het gezin dat niet mag weten.")
                    .optioneel(),
            ],
        ),
        "koppel-terug-aan-melder" => ("De termijn die hierbij hoort, is daarmee gehaald.", terugkoppeling(beeld)),
        "wijs-medewerker-toe" => ("U staat daarna bij deze casus voor uw organisatie.", vec![]),
        "leg-incident-vast" => (
            "Een incident telt voor de 6 maanden zonder incident, en is een reden om het plan aan te scherpen.",
            vec![wanneer(), Veld::tekstvak("toelichting", "Wat gebeurde er?", 5)],
        ),
        "leg-regie-vast" => ("Dit gaat over de andere leefgebieden, niet over veiligheid.", regie(bundel)),
        "neem-zicht-over" => {
            ("Veilig Thuis heeft het zicht op veiligheid vanaf het moment dat u dit vastlegt.", vec![reden()])
        }
        "stem-in-met-sluiting" => {
            ("Daarna heeft niemand meer het zicht. De casus gaat niet meer open.", vec![toelichting()])
        }
        _ => return van_rest(toestand, beeld, bundel, handeling),
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

fn van_rest(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel, handeling: &str) -> Option<Formulierdeel> {
    if let Some(wijze) = handeling.strip_prefix("sluit-casus:") {
        return sluiting(bundel, wijze);
    }
    if let Some((gevolg, velden)) = van_beoordeling(toestand, beeld, bundel, handeling) {
        return Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: feiten(beeld, handeling) });
    }
    besluit::van(toestand, beeld, bundel, handeling)
        .or_else(|| plicht::van(toestand, beeld, handeling))
        .or_else(|| informatie::van(toestand, beeld, bundel, handeling))
        .or_else(|| aanbod::van(toestand, beeld, bundel, handeling))
        .or_else(|| tafel::van(toestand, beeld, bundel, handeling))
        .or_else(|| melding::van(toestand, beeld, bundel, handeling))
        .or_else(|| vervolg::van(toestand, beeld, bundel, handeling))
        .or_else(|| document::van(toestand, beeld, bundel, handeling))
        .or_else(|| contact::van(beeld, handeling))
        .or_else(|| plan::van(beeld, bundel, handeling))
        .or_else(|| samen::van(toestand, beeld, bundel, handeling))
        .or_else(|| herstel::van(beeld, handeling))
}

/// Consequence and fields of the acts around the assessment.
fn van_beoordeling(
    toestand: &Toestand,
    beeld: &CasusBeeld,
    bundel: &Bundel,
    handeling: &str,
) -> Option<(&'static str, Vec<Veld>)> {
    let toelichting = vervolg::toelichting;
    let reden = || Veld::tekstvak("reden", "Waarom?", 4).hint("De andere partij ziet deze reden.");
    Some(match handeling {
        "erken-spoed" => {
            ("Veilig Thuis heeft het zicht op veiligheid vanaf het moment dat u dit vastlegt.", vec![toelichting()])
        }
        "wijs-spoed-af" => ("Het alarm stopt. Wie nu het zicht heeft, houdt het.", vec![reden()]),
        "rond-beoordeling-af" => (
            "Vanaf dat moment heeft Veilig Thuis het zicht op veiligheid. De antwoorden bepalen of direct overdragen kan.",
            vec![taxatie(), criteria(toestand, beeld, bundel), wanneer(), toelichting()],
        ),
        "beantwoord-criteria" => (
            "Een ja die een nee wordt, vraagt een reden. De ontvanger ziet de wijziging.",
            vec![criteria(toestand, beeld, bundel), reden().optioneel()],
        ),
        _ => return None,
    })
}

fn feiten(beeld: &CasusBeeld, handeling: &str) -> Vec<Feit> {
    let melding = beeld.staat.bedoelde_melding();
    let Some(melding) =
        melding.filter(|_| matches!(handeling, "rond-beoordeling-af" | "erken-spoed" | "wijs-spoed-af"))
    else {
        return Vec::new();
    };
    let mut feiten = vec![Feit::new("Ontvangen", super::tekst::moment(melding.ontvangen_op, beeld.op))];
    feiten.extend(beeld.tekst_bij(melding.feit.versie, "melding-inhoud").map(|tekst| Feit::new("Melding", tekst)));
    feiten.extend(
        beeld.tekst_bij(melding.feit.versie, "melding-van-anderen").map(|tekst| Feit::new("Van anderen", tekst)),
    );
    feiten
}

/// Empty at first: the minute of now would lie before a report or an act of that same minute.
fn wanneer() -> Veld {
    Veld::datum_tijd("gebeurd_op", "Wanneer was dat?").hint("Leeg laten betekent: nu.").optioneel()
}

fn opties(paren: &[(&str, &str)]) -> Vec<Optie> {
    paren.iter().map(|(waarde, tekst)| Optie::new(*waarde, *tekst)).collect()
}

fn wijze(vraag: &str) -> Veld {
    let wijzen = [
        ("telefoon", "Telefoon"),
        ("huisbezoek", "Huisbezoek"),
        ("brief", "Brief"),
        ("beveiligde-mail", "Beveiligde mail"),
        ("op-kantoor", "Op kantoor"),
        ("voicemail", "Bericht op de voicemail"),
    ];
    Veld::rondjes("wijze", vraag, opties(&wijzen))
}

fn taxatie() -> Veld {
    let uitkomsten = [
        ("geen-onveiligheid", "Geen onveiligheid"),
        ("geen-acute-onveiligheid", "Geen acute onveiligheid"),
        ("structurele-onveiligheid", "Structurele onveiligheid"),
        ("acute-onveiligheid", "Acute onveiligheid"),
    ];
    Veld::rondjes("taxatie", "Wat is de uitkomst van de veiligheidstaxatie?", opties(&uitkomsten))
}

/// The criteria of the agreement, with what was answered before.
fn criteria(toestand: &Toestand, beeld: &CasusBeeld, bundel: &Bundel) -> Veld {
    let melding = beeld.staat.bedoelde_melding();
    let vragen = bundel.criteria().into_iter().map(|(sleutel, criterium)| Criterium {
        code: sleutel.to_owned(),
        vraag: criterium.vraag.clone(),
        plaats: verwijzing(&toestand.app.clausule(bundel, &criterium.clausule), bundel).plaats,
        antwoord: melding
            .and_then(|melding| melding.antwoorden.get(sleutel))
            .map(|antwoord| antwoord.als_str())
            .unwrap_or_default(),
        reden: String::new(),
        fout: None,
    });
    Veld::criteria("criterium", "Vragen over directe overdracht", vragen.collect())
        .hint("Een ja spreekt tegen direct overdragen. Niet beantwoord is iets anders dan nee.")
        .optioneel()
}

fn contact(beeld: &CasusBeeld) -> Vec<Veld> {
    let mut velden = vec![
        contact::persoon(beeld, "Met wie?"),
        wijze("Hoe was het contact?"),
        Veld::ja_nee("gelukt", "Is het gelukt om iemand te spreken?"),
        Veld::vinkje("geinformeerd", "Het gezin is in dit gesprek geïnformeerd over de melding en wat er volgt"),
    ];
    if beeld.relatie != Relatie::VeiligThuis {
        velden.push(Veld::vinkje("teruggekoppeld", "Dit is ook aan Veilig Thuis teruggekoppeld"));
    }
    velden.extend([wanneer(), Veld::tekstvak("toelichting", "Toelichting", 4).optioneel()]);
    velden
}

/// Whether its reporter is told what came of it.
pub(super) fn terug_te_koppelen(melding: &&Melding) -> bool {
    melding.openheid != Openheid::Onbekend && melding.beoordeling.is_some()
}

/// Which report and which moment; there is mostly one report, and then it is not asked.
fn terugkoppeling(beeld: &CasusBeeld) -> Vec<Veld> {
    let meldingen: Vec<_> = beeld.staat.eigen_meldingen().filter(terug_te_koppelen).collect();
    let mut velden = Vec::new();
    if meldingen.len() > 1 {
        let optie = |(nummer, melding): (usize, &&Melding)| {
            let dag = opmaak::datum_met_jaar(melding.ontvangen_op.dag());
            Optie::new(melding.id.to_string(), format!("Melding {} van {dag}", nummer + 1))
        };
        let opties = meldingen.iter().enumerate().map(optie).collect();
        velden.push(Veld::keuzelijst("melding", "Over welke melding?", "De melding die nu loopt", opties).optioneel());
    }
    let momenten = [
        ("eerste", "De eerste: wat de beoordeling opleverde"),
        ("tweede", "De tweede: tijdens of na de dienst van Veilig Thuis"),
        ("eind", "De laatste: Veilig Thuis is klaar"),
    ];
    velden.push(
        Veld::rondjes("moment", "Welke terugkoppeling is dit?", opties(&momenten))
            .hint("Kiest u niets, dan is het de terugkoppeling die nu aan de beurt is.")
            .optioneel(),
    );
    velden.push(wanneer());
    velden
}

fn regie(bundel: &Bundel) -> Vec<Veld> {
    let partijen = bundel.inhoud.partij.iter().map(|(id, partij)| Optie::new(id.als_str(), &partij.naam));
    let wie = "Wie houdt de regie op de andere leefgebieden?";
    let mut velden = vec![Veld::keuzelijst("organisatie", wie, "Niemand", partijen.collect()).optioneel()];
    let eisen: Vec<_> = bundel.inhoud.regievoorwaarde.iter().collect();
    if !eisen.is_empty() {
        let optie = |(sleutel, eis): &(&String, &Regievoorwaarde)| {
            Optie::new(*sleutel, &eis.tekst).hint(format!("Nodig bij: {}.", soorten(&eis.partijen)))
        };
        velden.push(Veld::vinkjes("bevestigd", "Wat is er waar?", eisen.iter().map(optie).collect()).optioneel());
    }
    velden.push(vervolg::toelichting());
    velden
}

/// Each way of closing with what must be true; a way that the agreement does not have, has no form.
fn sluiting(bundel: &Bundel, wijze: &str) -> Option<Formulierdeel> {
    let regel = bundel.inhoud.sluiting.get(wijze)?;
    let voorwaarden = regel.voorwaarden.iter();
    let opties: Vec<_> = voorwaarden.map(|(sleutel, eis)| Optie::new(sleutel, &eis.tekst)).collect();
    let mut velden = Vec::new();
    if !opties.is_empty() {
        velden.push(Veld::vinkjes("bevestigd", "Wat is er waar?", opties));
    }
    velden.push(Veld::tekstvak("toelichting", "Toelichting", 4).optioneel());
    let gevolg = if regel.twee_personen {
        "U stelt voor om te sluiten. De casus sluit pas als een tweede medewerker van uw organisatie instemt."
    } else {
        "Daarna heeft niemand meer het zicht. De casus gaat niet meer open."
    };
    Some(Formulierdeel { gevolg: gevolg.to_owned(), velden, feiten: Vec::new() })
}

/// A wish and when it happened.
pub(crate) type Gelezen = (Wens, Option<Instant>);

/// The wish of a form; `None` for an act that has no form here.
pub(crate) fn wens(
    toestand: &Toestand,
    handeling: &str,
    waarden: &Waarden,
    beeld: &CasusBeeld,
    bundel: &Bundel,
) -> Result<Option<Gelezen>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let aan = |naam: &str| waarden.bevat(naam, "ja");
    let (naam, soort) = handeling.split_once(':').unwrap_or((handeling, ""));
    let gebeurd_op = gebeurd_op(waarden)?;
    let vrij = || Toelichting { reden: tekst("reden"), toelichting: tekst("toelichting") };
    let wens = match naam {
        "leg-contact-gezin-vast" => Wens::LegContactGezinVast(ContactWens {
            wijze: code("wijze", waarden)?,
            gelukt: aan("gelukt"),
            geinformeerd: aan("geinformeerd"),
            teruggekoppeld: aan("teruggekoppeld"),
            persoon: tekst("persoon").and_then(|id| id.parse().ok()),
            reden: tekst("reden"),
            toelichting: tekst("toelichting"),
        }),
        "maak-afspraak-gezin" => Wens::MaakAfspraakGezin(vrij()),
        "informeer-gezin" => {
            Wens::InformeerGezin(InformeerWens { wijze: code("wijze", waarden)?, toelichting: tekst("toelichting") })
        }
        "koppel-terug-aan-melder" => Wens::KoppelTerugAanMelder(TerugkoppelWens {
            melding: tekst("melding").and_then(|id| id.parse::<MeldingId>().ok()),
            moment: tekst("moment").and_then(|moment| uit_tekst(&moment)),
            reden: tekst("reden"),
        }),
        "wijs-medewerker-toe" => Wens::WijsMedewerkerToe(ToewijsWens { medewerker: None }),
        "leg-incident-vast" => Wens::LegIncidentVast(vrij()),
        "leg-regie-vast" => Wens::LegRegieVast(RegieWens {
            organisatie: tekst("organisatie").map(|id| id.as_str().into()),
            bevestigd: aangekruist(waarden, "bevestigd", bundel.inhoud.regievoorwaarde.keys()),
            toelichting: tekst("toelichting"),
        }),
        "neem-zicht-over" => Wens::NeemZichtOver(vrij()),
        "sluit-casus" => Wens::SluitCasus(SluitWens {
            wijze: uit_tekst(soort),
            bevestigd: bevestigd(waarden, bundel, soort),
            reden: tekst("reden"),
            toelichting: tekst("toelichting"),
        }),
        "stem-in-met-sluiting" => Wens::StemInMetSluiting(vrij()),
        _ => {
            let wens = wens_elders(toestand, naam, soort, waarden, (beeld, bundel))?;
            return Ok(wens.map(|wens| (wens, gebeurd_op)));
        }
    };
    Ok(Some((wens, gebeurd_op)))
}

/// The wish of a form that has its place in a module of its own; each passes over what is not its own.
fn wens_elders(
    toestand: &Toestand,
    naam: &str,
    soort: &str,
    waarden: &Waarden,
    (beeld, bundel): (&CasusBeeld, &Bundel),
) -> Result<Option<Wens>, Vec<VeldFout>> {
    type Elders<'a> = &'a dyn Fn() -> Result<Option<Wens>, Vec<VeldFout>>;
    let elders: [Elders<'_>; 13] = [
        &|| wens_beoordeling(naam, waarden, bundel),
        &|| besluit::wens(naam, soort, waarden),
        &|| plicht::wens(naam, waarden),
        &|| informatie::wens(naam, waarden),
        &|| aanbod::wens(toestand, naam, waarden, beeld, bundel),
        &|| tafel::wens(naam, soort, waarden),
        &|| melding::wens(toestand, naam, waarden, beeld, bundel),
        &|| vervolg::wens(naam, soort, waarden, bundel),
        &|| document::wens(naam, soort, waarden, bundel),
        &|| contact::wens(naam, soort, waarden),
        &|| plan::wens(naam, soort, waarden, bundel),
        &|| samen::wens(naam, soort, waarden),
        &|| herstel::wens(naam, soort, waarden),
    ];
    for wens in elders {
        if let Some(wens) = wens()? {
            return Ok(Some(wens));
        }
    }
    Ok(None)
}

/// The wish of the acts around the assessment.
fn wens_beoordeling(naam: &str, waarden: &Waarden, bundel: &Bundel) -> Result<Option<Wens>, Vec<VeldFout>> {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let bij_melding = || MeldingVerwijzing { melding: None, reden: tekst("reden") };
    Ok(Some(match naam {
        "erken-spoed" => Wens::ErkenSpoed(MeldingVerwijzing { melding: None, reden: tekst("toelichting") }),
        "wijs-spoed-af" => Wens::WijsSpoedAf(bij_melding()),
        "rond-beoordeling-af" => Wens::RondBeoordelingAf(BeoordelingWens {
            taxatie: code("taxatie", waarden)?,
            contra_indicaties: antwoorden(waarden, bundel),
            toelichting: tekst("toelichting"),
            reden: redenen(waarden, bundel),
            melding: None,
        }),
        "beantwoord-criteria" => Wens::BeantwoordCriteria(CriteriaWens {
            melding: None,
            antwoorden: antwoorden(waarden, bundel),
            reden: tekst("reden").or_else(|| redenen(waarden, bundel)),
        }),
        _ => return Ok(None),
    }))
}

/// A code that stands in the data as the same word.
fn uit_tekst<T: DeserializeOwned>(tekst: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(tekst.to_owned())).ok()
}

fn code<T: DeserializeOwned>(naam: &str, waarden: &Waarden) -> Result<Option<T>, Vec<VeldFout>> {
    let keuze = waarden.een(naam).filter(|keuze| !keuze.is_empty()).and_then(uit_tekst);
    keuze.map(Some).ok_or_else(|| vec![VeldFout::new(naam, "Maak een keuze.")])
}

fn gebeurd_op(waarden: &Waarden) -> Result<Option<Instant>, Vec<VeldFout>> {
    let (datum, tijd) =
        (waarden.een("gebeurd_op_datum").unwrap_or_default(), waarden.een("gebeurd_op_tijd").unwrap_or_default());
    if datum.trim().is_empty() && tijd.trim().is_empty() {
        return Ok(None);
    }
    let fout = |_| vec![VeldFout::new("gebeurd_op", "Vul een datum en een tijd in, of laat beide leeg.")];
    lees_tijdstip("gebeurd_op", &format!("{}T{}", datum.trim(), tijd.trim())).map(Some).map_err(fout)
}

fn antwoorden(waarden: &Waarden, bundel: &Bundel) -> BTreeMap<String, Antwoord> {
    let sleutels = bundel.inhoud.criterium.keys();
    sleutels
        .filter_map(|sleutel| Some((sleutel.clone(), uit_tekst(waarden.een(&format!("criterium_{sleutel}"))?)?)))
        .collect()
}

/// Reasons given per criterion, as one text with the question before each.
fn redenen(waarden: &Waarden, bundel: &Bundel) -> Option<String> {
    let gegeven = bundel.criteria().into_iter().filter_map(|(sleutel, criterium)| {
        let reden = waarden.een(&format!("criterium_{sleutel}_reden"))?.trim();
        (!reden.is_empty()).then(|| format!("{} {reden}", criterium.vraag))
    });
    Some(gegeven.collect::<Vec<_>>().join("\n")).filter(|tekst| !tekst.is_empty())
}

fn bevestigd(waarden: &Waarden, bundel: &Bundel, wijze: &str) -> BTreeSet<String> {
    let voorwaarden = bundel.inhoud.sluiting.get(wijze).into_iter().flat_map(|regel| regel.voorwaarden.keys());
    aangekruist(waarden, "bevestigd", voorwaarden)
}

/// Which of the known keys were ticked.
fn aangekruist<'a>(waarden: &Waarden, naam: &str, sleutels: impl Iterator<Item = &'a String>) -> BTreeSet<String> {
    sleutels.filter(|sleutel| waarden.bevat(naam, sleutel)).cloned().collect()
}
