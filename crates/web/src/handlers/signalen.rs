//! Signals in the verwijsindex: the list of what runs and what ended, the form, what the index answered.

use super::{
    eigen::{Gedaan, antwoord, leeg_blad, weiger},
    meldcode::{knop, opdracht, regios},
    tekst::{bundel_nu, bundel_of_eerste, clausule, moment, uiterlijk},
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::kader,
    opmaak,
    pages::{
        eigen::{EigenFormulierPagina, EigenGroep, EigenLijstPagina, EigenRegel},
        kader::Plek,
        onderdelen::{Feit, Flits, Pil, Status},
        stuk::StukPagina,
        veld::{Optie, Veld, Waarden},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::{
    eigen::{
        SignaalBeeld, SignaalWens,
        signalen::{Leeg, SignaalBeeindigen, SignaalGeven, loopt, tot},
    },
    opslag::EigenRij,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::Bundel,
    ids::{AfspraakNaam, CasusId},
    verwijsindex::{EindeReden, Ontvangst, Stand},
};

fn ontvangst(code: Option<Ontvangst>) -> Pil {
    match code {
        Some(Ontvangst::Geplaatst) => Pil::new(Status::Gehaald, "Staat in de index"),
        Some(Ontvangst::Match) => Pil::new(Status::Deels, "Er is een match"),
        // No answer is not the same as nothing found.
        Some(Ontvangst::Onbekend) | None => Pil::new(Status::Hiaat, "Niet bekend of het is aangekomen"),
    }
}

fn pil(beeld: &SignaalBeeld) -> Pil {
    match beeld.stand {
        Stand::Actief => ontvangst(beeld.staat.ontvangst.map(|(ontvangst, _)| ontvangst)),
        Stand::Verlopen => Pil::new(Status::Vervallen, "Verlopen"),
        Stand::Beeindigd => Pil::new(Status::Vervallen, "Teruggenomen"),
    }
}

/// The signals of the own organisation.
pub async fn lijst(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    let rijen = toestand.app.signalen_in_index(&wie.actor).await?;
    let nu = toestand.app.klok().nu();
    let regel = |rij: &EigenRij| EigenRegel {
        nummer: rij.nummer.clone(),
        href: format!("/signalen/{}", rij.stroom),
        omschrijving: format!("gegeven {}", opmaak::datum(rij.begonnen_op.dag(), nu.dag())),
        wanneer: tot(rij).map(|tot| format!("loopt tot {}", opmaak::datum_met_jaar(tot.dag()))).unwrap_or_default(),
        pil: match (loopt(rij, nu), rij.gesloten) {
            (true, _) => ontvangst(serde_json::from_value(rij.stand.clone().into()).ok()),
            (false, true) => Pil::new(Status::Vervallen, "Teruggenomen"),
            (false, false) => Pil::new(Status::Vervallen, "Verlopen"),
        },
    };
    let groep = |id, titel: &str, leeg: &str, actief: bool| {
        EigenGroep::new(id, titel, leeg, rijen.iter().filter(|rij| loopt(rij, nu) == actief).map(regel))
    };
    Ok(pagina(&EigenLijstPagina {
        kader: kader(&toestand, &wie, Some(Plek::Organisatie)).await?,
        titel: "Signalen in de verwijsindex".to_owned(),
        inleiding:
            "Een signaal zegt alleen dat u betrokken bent bij een kind of jongere. Zo vinden hulpverleners elkaar."
                .to_owned(),
        knop: Some("Signaal geven".to_owned()),
        knop_href: "/signalen/nieuw".to_owned(),
        groepen: vec![
            groep("loopt", "Loopt", "Er loopt geen signaal.", true),
            groep("voorbij", "Verlopen of teruggenomen", "Er is nog geen signaal voorbij.", false),
        ],
    }))
}

async fn laad(toestand: &Toestand, wie: &Ingelogd, id: &str) -> Result<SignaalBeeld, WebFout> {
    let id: CasusId = id.parse().map_err(|_| WebFout::NietGevonden)?;
    Ok(toestand.app.signaal(&wie.actor, id).await?)
}

fn bundel_van<'a>(toestand: &'a Toestand, beeld: &SignaalBeeld) -> Result<&'a Bundel, WebFout> {
    let gegeven = beeld.staat.gegeven.as_ref().ok_or(WebFout::NietGevonden)?;
    bundel_nu(toestand, &gegeven.afspraak).ok_or(WebFout::NietGevonden)
}

/// One signal.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(id): Path<String>,
    Query(gevraagd): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &id).await?;
    let bundel = bundel_van(&toestand, &beeld)?;
    let gegeven = beeld.staat.gegeven.as_ref().ok_or(WebFout::NietGevonden)?;
    let (antwoord, nagebootst) = beeld.staat.ontvangst.map_or((None, false), |(code, zelf)| (Some(code), zelf));
    let gezegd = match antwoord {
        Some(Ontvangst::Geplaatst) => "Het signaal staat er. Niemand anders gaf een signaal.",
        Some(Ontvangst::Match) => "Ook een ander gaf een signaal. Zoek contact met elkaar.",
        Some(Ontvangst::Onbekend) | None => "Er kwam geen antwoord. Het is niet bekend of het signaal er staat.",
    };
    let mut feiten = vec![
        Feit::new("Kind of jongere", beeld.naam.clone()),
        Feit::new("Geboren", beeld.geboren.parse().map_or_else(|_| beeld.geboren.clone(), opmaak::datum_met_jaar)),
        Feit::new("Gegeven", moment(gegeven.op, beeld.op)),
        Feit::new("Verloopt vanzelf na", uiterlijk(gegeven.tot, beeld.op)),
        Feit::new("De verwijsindex", gezegd),
    ];
    if nagebootst {
        feiten.push(Feit::new("Let op", "Er is geen verbinding met de verwijsindex: dit antwoord is nagebootst."));
    }
    let basis = format!("/signalen/{}/doe", beeld.id);
    let mut knoppen = Vec::new();
    if beeld.stand == Stand::Actief {
        if matches!(antwoord, None | Some(Ontvangst::Onbekend)) {
            knoppen.push(knop("Opnieuw versturen", format!("{basis}/verstuur-signaal"), true));
        }
        knoppen.push(knop("Signaal terugnemen", format!("{basis}/beeindig-signaal"), false));
    }
    let mut kader = kader(&toestand, &wie, Some(Plek::Organisatie)).await?;
    kader.flits = gevraagd.gedaan.map(|_| Flits::gelukt("Dit is vastgelegd."));
    let uitleg = ["Wie een signaal mag geven, en over wie.", "Hoe lang een signaal blijft staan."];
    let regels = uitleg.into_iter().zip(&beeld.clausules);
    Ok(pagina(&StukPagina {
        kader,
        terug: "Signalen in de verwijsindex".to_owned(),
        terug_href: "/signalen".to_owned(),
        titel: format!("Signaal {}", beeld.nummer),
        inleiding: "De naam en de reden leest alleen uw eigen organisatie.".to_owned(),
        pil: pil(&beeld),
        feiten,
        teksten: [("Waarom", &beeld.waarom)]
            .into_iter()
            .filter(|(_, tekst)| !tekst.is_empty())
            .map(|(kop, tekst)| (kop.to_owned(), tekst.clone()))
            .collect(),
        knoppen,
        regels: regels.map(|(tekst, id)| (tekst.to_owned(), clausule(&toestand, bundel, id))).collect(),
    }))
}

fn velden_nieuw(toestand: &Toestand) -> Vec<Veld> {
    vec![
        Veld::keuzelijst("afspraak", "In welke regio?", "Kies een regio", regios(toestand)),
        Veld::tekst("naam", "Naam van het kind of de jongere"),
        Veld::datum("geboren", "Geboortedatum"),
        Veld::tekstvak("waarom", "Waarom geeft u een signaal?", 4)
            .optioneel()
            .hint("Dit gaat niet naar de verwijsindex; alleen uw eigen organisatie leest het."),
    ]
}

fn vorm(toestand: &Toestand, handeling: &str) -> Option<(&'static str, &'static str, Vec<Veld>, &'static str)> {
    let redenen = [
        (EindeReden::NietMeerBetrokken, "Wij zijn niet meer betrokken"),
        (EindeReden::GeenRisicoMeer, "Er is geen risico meer"),
        (EindeReden::Vergissing, "Het was een vergissing"),
    ];
    Some(match handeling {
        "geef-signaal" => (
            "Signaal geven",
            "De verwijsindex hoort dat uw organisatie betrokken is bij dit kind of deze jongere, en niets meer.",
            velden_nieuw(toestand),
            "Signaal geven",
        ),
        "verstuur-signaal" => (
            "Signaal opnieuw versturen",
            "Zicht vraagt de verwijsindex nog eens om het signaal te plaatsen.",
            Vec::new(),
            "Opnieuw versturen",
        ),
        "beeindig-signaal" => (
            "Signaal terugnemen",
            "Het signaal loopt niet meer.",
            vec![Veld::rondjes(
                "reden",
                "Waarom?",
                redenen.map(|(code, tekst)| Optie::new(code.als_str(), tekst)).to_vec(),
            )],
            "Signaal terugnemen",
        ),
        _ => return None,
    })
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: Option<&SignaalBeeld>,
    handeling: &str,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let (titel, gevolg, velden, naam) = vorm(toestand, handeling).ok_or(WebFout::NietGevonden)?;
    let (terug, terug_href, actie) = match beeld {
        None => ("Signalen in de verwijsindex".to_owned(), "/signalen".to_owned(), "/signalen/nieuw".to_owned()),
        Some(beeld) => (
            format!("Signaal {}", beeld.nummer),
            format!("/signalen/{}", beeld.id),
            format!("/signalen/{}/doe/{handeling}", beeld.id),
        ),
    };
    let bundel = beeld.map(|beeld| bundel_van(toestand, beeld)).transpose()?;
    let clausules = beeld.into_iter().flat_map(|beeld| &beeld.clausules).zip(bundel);
    Ok(EigenFormulierPagina {
        terug,
        terug_href,
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: clausules.map(|(id, bundel)| clausule(toestand, bundel, id)).collect(),
        actie,
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &[])).collect(),
        knop: naam.to_owned(),
        ..leeg_blad(toestand, wie, Plek::Organisatie, waarden, beeld.map_or(0, |beeld| beeld.versie)).await?
    })
}

/// The form of a new signal.
pub async fn nieuw(State(toestand): State<Toestand>, wie: Ingelogd) -> Result<Response, WebFout> {
    Ok(pagina(&blad(&toestand, &wie, None, "geef-signaal", &Waarden::default()).await?))
}

/// Gives a signal.
pub async fn geef(State(toestand): State<Toestand>, formulier: Formulier) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let afspraak = waarden.gevuld("afspraak").map(AfspraakNaam);
    let wens = SignaalWens::GeefSignaal(SignaalGeven {
        afspraak: afspraak.clone(),
        naam: waarden.gevuld("naam").unwrap_or_default(),
        geboren: waarden.gevuld("geboren").and_then(|dag| serde_json::from_value(dag.into()).ok()),
        waarom: waarden.gevuld("waarom").unwrap_or_default(),
    });
    let uitkomst = toestand.app.voer_signaal_uit(&opdracht(&waarden, None, &wie, wens)?).await;
    let blad = blad(&toestand, &wie, None, "geef-signaal", &waarden);
    let weiger = weiger(&toestand, bundel_of_eerste(&toestand, afspraak.as_ref()), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |id| format!("/signalen/{id}?gedaan=geef-signaal")).await
}

/// The form of an act on a signal.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((id, handeling)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &id).await?;
    Ok(pagina(&blad(&toestand, &wie, Some(&beeld), &handeling, &Waarden::default()).await?))
}

/// An act on a signal.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path((id, handeling)): Path<(String, String)>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &id).await?;
    let wens = match handeling.as_str() {
        "verstuur-signaal" => SignaalWens::VerstuurSignaal(Leeg {}),
        "beeindig-signaal" => SignaalWens::BeeindigSignaal(SignaalBeeindigen {
            reden: waarden.gevuld("reden").and_then(|code| serde_json::from_value(code.into()).ok()),
        }),
        _ => return Err(WebFout::NietGevonden),
    };
    let uitkomst = toestand.app.voer_signaal_uit(&opdracht(&waarden, Some(beeld.id), &wie, wens)?).await;
    let blad = blad(&toestand, &wie, Some(&beeld), &handeling, &waarden);
    let weiger = weiger(&toestand, Some(bundel_van(&toestand, &beeld)?), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |id| format!("/signalen/{id}?gedaan={handeling}")).await
}
