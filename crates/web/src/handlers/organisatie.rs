//! What an organisation has to do besides its casussen: its agreements, and the way to requests and signals.

use super::{
    eigen::{antwoord, leeg_blad, weiger},
    meldcode::{knop, opdracht},
    tekst::{clausule, pil_op},
    wacht::samenvatting,
};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{kader, soort_van},
    opmaak,
    pages::{
        eigen::EigenFormulierPagina,
        kader::Plek,
        onderdelen::{Feit, Flits, HouderSoort, Pil, Status},
        organisatie::{AfspraakDeel, ContactRij, OrganisatiePagina, PuntRij},
        spoor::Knop,
        veld::{Veld, Waarden},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::eigen::{
    SamenwerkingBeeld, SamenwerkingWens,
    samenwerking::{ContactBeeld, ContactVerwijzing, ContactWens, Leeg, SamenwerkingDaad, SleutelWens},
    signalen::loopt,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::Bundel,
    ids::OrganisatieId,
    samenwerking::{Punt, PuntSoort},
    tijd::Instant,
};
use serde::Deserialize;

/// What the address of a page may say.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Vraag {
    gedaan: Option<String>,
    /// The milestone, evaluation or contact that a form is about.
    sleutel: Option<String>,
}

/// Everything, what is due first first.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let nu = toestand.app.klok().nu();
    let open = toestand.app.verzoeken(&wie.actor).await?.iter().filter(|regel| regel.rij.aan_zet).count();
    let signalen = toestand.app.signalen_in_index(&wie.actor).await?.iter().filter(|rij| loopt(rij, nu)).count();
    let tel = |aantal: usize| u64::try_from(aantal).unwrap_or(u64::MAX);
    let afspraken = toestand.app.samenwerkingen(&wie.actor).await?;
    let mut kader = kader(&toestand, &wie, Some(Plek::Organisatie)).await?;
    kader.flits = vraag.gedaan.as_deref().and_then(vastgelegd);
    let wacht = toestand.app.wacht(&wie.actor).await?;
    let wacht = wacht.map(|beeld| (knop("Wacht buiten kantoortijd", "/wacht".into(), false), samenvatting(&beeld)));
    // Who sends messages, and who gets them.
    let soort = soort_van(&toestand, &wie.actor.organisatie);
    let berichten = matches!(soort, HouderSoort::VeiligThuis | HouderSoort::Overig).then(|| {
        let weg = knop("Aansluiting van berichten", "/berichten/aansluiting".into(), false);
        (weg, "Tellingen per dag, om naast die van de afzender te leggen".to_owned())
    });
    Ok(pagina(&OrganisatiePagina {
        organisatie: toestand.app.naam_van(&wie.actor.organisatie),
        wegen: [
            (
                knop("Verzoeken om inzage of vernietiging", "/verzoeken".into(), false),
                format!("{} op een besluit", opmaak::aantal(tel(open), "verzoek wacht", "verzoeken wachten")),
            ),
            (
                knop("Signalen in de verwijsindex", "/signalen".into(), false),
                format!("{} nu", opmaak::aantal(tel(signalen), "signaal loopt", "signalen lopen")),
            ),
        ]
        .into_iter()
        .chain(wacht)
        .chain(berichten)
        .collect(),
        afspraken: afspraken.iter().filter_map(|beeld| deel(&toestand, &wie, beeld)).collect(),
        kader,
    }))
}

fn vastgelegd(naam: &str) -> Option<Flits> {
    let titel = match naam {
        "zet-contact" => "De contactpersoon staat op de lijst. De andere partijen zien het meteen.",
        "laat-contact-vervallen" => "De contactpersoon is van de lijst.",
        "bevestig-contactlijst" => "Uw contactlijst is bevestigd.",
        "teken-afspraak" => "De ondertekening is vastgelegd.",
        "rond-mijlpaal-af" => "Deze stap is klaar.",
        "houd-evaluatie" => "De evaluatie is vastgelegd.",
        _ => return None,
    };
    Some(Flits::gelukt(titel))
}

fn bundel_van<'a>(toestand: &'a Toestand, wie: &Ingelogd, afspraak: &str) -> Option<&'a Bundel> {
    let alle = toestand.app.afspraken_van(&wie.actor.organisatie).into_iter();
    alle.map(|geldig| geldig.bundel.as_ref()).find(|bundel| bundel.afspraak.als_str() == afspraak)
}

fn deel(toestand: &Toestand, wie: &Ingelogd, beeld: &SamenwerkingBeeld) -> Option<AfspraakDeel> {
    let bundel = bundel_van(toestand, wie, beeld.afspraak.als_str())?;
    let eigen = &wie.actor.organisatie;
    let basis = format!("/organisatie/{}/doe", beeld.afspraak);
    let rij = |punt: &Punt, met_knop: bool| PuntRij {
        naam: punt.naam.clone(),
        wie: punt.organisatie.as_ref().map_or("de partijen samen".to_owned(), |id| toestand.app.naam_van(id)),
        wanneer: wanneer(punt, beeld.op),
        pil: pil(punt, beeld.op),
        clausules: punt.clausules.iter().map(|id| clausule(toestand, bundel, id)).collect(),
        knop: (met_knop && punt.is_voor(eigen)).then(|| knop_bij(punt, &basis)),
    };
    let contact = |c: &ContactBeeld| ContactRij {
        organisatie: toestand.app.naam_van(&c.organisatie),
        naam: c.naam.clone(),
        waarvoor: c.waarvoor.clone(),
        bereikbaar: c.bereikbaar.clone(),
        sinds: format!("sinds {}", opmaak::datum(c.sinds.dag(), beeld.op.dag())),
        clausule: None,
        knoppen: if c.organisatie == *eigen { contactknoppen(c, &basis) } else { Vec::new() },
    };
    let gedrukt = beeld.gedrukt.iter().map(|(naam, bereikbaar, id)| ContactRij {
        organisatie: "zoals in de afspraak gedrukt".to_owned(),
        naam: naam.clone(),
        waarvoor: "voor iedereen".to_owned(),
        bereikbaar: bereikbaar.clone(),
        sinds: format!("afspraak van {}", opmaak::datum_met_jaar(beeld.geldig_van)),
        clausule: Some(clausule(toestand, bundel, id)),
        knoppen: Vec::new(),
    });
    let lijst = beeld.punten.iter().filter(|punt| punt.soort == PuntSoort::Contactlijst);
    Some(AfspraakDeel {
        id: beeld.afspraak.0.clone(),
        titel: beeld.titel.clone(),
        feiten: vec![
            Feit::new("Document", beeld.document.clone()),
            Feit::new("Editie", beeld.editie.clone()),
            Feit::new("Geldt vanaf", opmaak::datum_met_jaar(beeld.geldig_van)),
        ],
        clausules: beeld.clausules.iter().map(|id| clausule(toestand, bundel, id)).collect(),
        te_doen: beeld.te_doen(eigen).map(|punt| rij(punt, true)).collect(),
        contacten: gedrukt.chain(beeld.contacten.iter().map(contact)).collect(),
        contact_knop: knop("Contactpersoon toevoegen", format!("{basis}/zet-contact"), false),
        bevestigd: lijst.map(|punt| bevestigd(toestand, beeld, punt)).collect(),
        kalender: beeld
            .punten
            .iter()
            .filter(|punt| punt.soort != PuntSoort::Contactlijst)
            .map(|punt| rij(punt, false))
            .collect(),
    })
}

fn wanneer(punt: &Punt, nu: Instant) -> String {
    match punt.gedaan_op {
        Some(op) => format!("gedaan {}", opmaak::datum(op.dag(), nu.dag())),
        None => format!("uiterlijk {}", opmaak::datum(punt.uiterlijk.net_ervoor().dag(), nu.dag())),
    }
}

fn pil(punt: &Punt, nu: Instant) -> Pil {
    match punt.gedaan_op {
        Some(_) if punt.is_te_laat(nu) => Pil::new(Status::GehaaldTeLaat, "Gedaan, te laat"),
        Some(_) => Pil::new(Status::Gehaald, "Gedaan"),
        None => pil_op(punt.uiterlijk, nu),
    }
}

fn bevestigd(toestand: &Toestand, beeld: &SamenwerkingBeeld, punt: &Punt) -> (String, String, Pil) {
    let wie = punt.organisatie.clone().unwrap_or_else(|| OrganisatieId(String::new()));
    let laatst = beeld.bevestigd.iter().find(|(id, _)| *id == wie).and_then(|(_, op)| *op);
    let wanneer = laatst.map_or_else(
        || "nog nooit bevestigd".to_owned(),
        |op| format!("bevestigd op {}", opmaak::datum(op.dag(), beeld.op.dag())),
    );
    (toestand.app.naam_van(&wie), wanneer, pil(punt, beeld.op))
}

fn knop_bij(punt: &Punt, basis: &str) -> Knop {
    match punt.soort {
        PuntSoort::Contactlijst => knop("Lijst bevestigen", format!("{basis}/bevestig-contactlijst"), true),
        PuntSoort::Tekenen => knop("Ondertekening vastleggen", format!("{basis}/teken-afspraak"), true),
        PuntSoort::Mijlpaal => knop("Klaar melden", format!("{basis}/rond-mijlpaal-af?sleutel={}", punt.sleutel), true),
        PuntSoort::Evaluatie => {
            knop("Evaluatie vastleggen", format!("{basis}/houd-evaluatie?sleutel={}", punt.sleutel), true)
        }
    }
}

fn contactknoppen(contact: &ContactBeeld, basis: &str) -> Vec<Knop> {
    vec![
        knop("Vervangen", format!("{basis}/zet-contact?sleutel={}", contact.contact), false),
        knop("Van de lijst halen", format!("{basis}/laat-contact-vervallen?sleutel={}", contact.contact), false),
    ]
}

/// Title, consequence, fields and button of a form.
fn vorm(handeling: &str) -> Option<(&'static str, &'static str, Vec<Veld>, &'static str)> {
    Some(match handeling {
        "zet-contact" => (
            "Contactpersoon op de lijst zetten",
            "Alle partijen van de afspraak zien de naam en het nummer.",
            vec![
                Veld::tekst("naam", "Naam"),
                Veld::tekst("waarvoor", "Waarvoor belt men deze persoon?"),
                Veld::tekst("bereikbaar", "Telefoonnummer of adres"),
            ],
            "Op de lijst zetten",
        ),
        "laat-contact-vervallen" => (
            "Contactpersoon van de lijst halen",
            "De andere partijen zien deze persoon niet meer op de lijst.",
            Vec::new(),
            "Van de lijst halen",
        ),
        "bevestig-contactlijst" => (
            "Contactlijst bevestigen",
            "U zegt dat uw deel van de lijst klopt. Over een maand vraagt Zicht het opnieuw.",
            Vec::new(),
            "De lijst klopt",
        ),
        "teken-afspraak" => (
            "Ondertekening vastleggen",
            "U legt vast dat uw organisatie de afspraak heeft ondertekend.",
            Vec::new(),
            "Ondertekening vastleggen",
        ),
        "rond-mijlpaal-af" => (
            "Stap klaar melden",
            "Deze stap van het invoeren is voor alle partijen klaar.",
            vec![Veld::tekstvak("verslag", "Wat is er gedaan?", 4).optioneel()],
            "Klaar melden",
        ),
        "houd-evaluatie" => (
            "Evaluatie vastleggen",
            "De partijen hebben de afspraak samen geëvalueerd.",
            vec![Veld::tekstvak("verslag", "Wat spraken de partijen af?", 6)],
            "Evaluatie vastleggen",
        ),
        _ => return None,
    })
}

async fn blad(
    toestand: &Toestand,
    wie: &Ingelogd,
    beeld: &SamenwerkingBeeld,
    handeling: &str,
    sleutel: &str,
    waarden: &Waarden,
) -> Result<EigenFormulierPagina, WebFout> {
    let (titel, gevolg, velden, naam) = vorm(handeling).ok_or(WebFout::NietGevonden)?;
    let bundel = bundel_van(toestand, wie, beeld.afspraak.als_str()).ok_or(WebFout::NietGevonden)?;
    let soort = match handeling {
        "teken-afspraak" => PuntSoort::Tekenen,
        "rond-mijlpaal-af" => PuntSoort::Mijlpaal,
        "houd-evaluatie" => PuntSoort::Evaluatie,
        _ => PuntSoort::Contactlijst,
    };
    let punt = beeld.punten.iter().find(|punt| {
        punt.soort == soort && punt.is_voor(&wie.actor.organisatie) && (sleutel.is_empty() || punt.sleutel == sleutel)
            || punt.soort == soort && soort == PuntSoort::Contactlijst
    });
    let contact = beeld.contacten.iter().find(|contact| contact.contact.to_string() == sleutel);
    let over = punt.map(|punt| Feit::new("Gaat over", punt.naam.clone()));
    let wie_nu =
        contact.map(|contact| Feit::new("Nu op de lijst", format!("{} ({})", contact.naam, contact.bereikbaar)));
    Ok(EigenFormulierPagina {
        terug: "Onze organisatie".to_owned(),
        terug_href: "/organisatie".to_owned(),
        titel: titel.to_owned(),
        gevolg: gevolg.to_owned(),
        clausules: punt.iter().flat_map(|punt| &punt.clausules).map(|id| clausule(toestand, bundel, id)).collect(),
        feiten: over.into_iter().chain(wie_nu).collect(),
        actie: format!("/organisatie/{}/doe/{handeling}?sleutel={sleutel}", beeld.afspraak),
        velden: velden.into_iter().map(|veld| veld.vul(waarden, &[])).collect(),
        knop: naam.to_owned(),
        ..leeg_blad(toestand, wie, Plek::Organisatie, waarden, beeld.versie).await?
    })
}

async fn laad(toestand: &Toestand, wie: &Ingelogd, afspraak: &str) -> Result<SamenwerkingBeeld, WebFout> {
    let alle = toestand.app.samenwerkingen(&wie.actor).await?;
    alle.into_iter().find(|beeld| beeld.afspraak.als_str() == afspraak).ok_or(WebFout::NietGevonden)
}

/// The form of an act.
pub async fn formulier(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((afspraak, handeling)): Path<(String, String)>,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &afspraak).await?;
    let sleutel = vraag.sleutel.unwrap_or_default();
    Ok(pagina(&blad(&toestand, &wie, &beeld, &handeling, &sleutel, &Waarden::default()).await?))
}

/// An act.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Path((afspraak, handeling)): Path<(String, String)>,
    Query(vraag): Query<Vraag>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let beeld = laad(&toestand, &wie, &afspraak).await?;
    let sleutel = vraag.sleutel.unwrap_or_default();
    let veld = |naam: &str| waarden.gevuld(naam).unwrap_or_default();
    let contact = sleutel.parse().ok();
    let bij_sleutel = || SleutelWens { sleutel: sleutel.clone(), verslag: veld("verslag") };
    let doe = match (handeling.as_str(), contact) {
        ("zet-contact", vervangt) => SamenwerkingDaad::ZetContact(ContactWens {
            naam: veld("naam"),
            waarvoor: veld("waarvoor"),
            bereikbaar: veld("bereikbaar"),
            vervangt,
        }),
        ("laat-contact-vervallen", Some(contact)) => {
            SamenwerkingDaad::LaatContactVervallen(ContactVerwijzing { contact })
        }
        ("bevestig-contactlijst", _) => SamenwerkingDaad::BevestigContactlijst(Leeg {}),
        ("teken-afspraak", _) => SamenwerkingDaad::TekenAfspraak(Leeg {}),
        ("rond-mijlpaal-af", _) => SamenwerkingDaad::RondMijlpaalAf(bij_sleutel()),
        ("houd-evaluatie", _) => SamenwerkingDaad::HoudEvaluatie(bij_sleutel()),
        _ => return Err(WebFout::NietGevonden),
    };
    let wens = SamenwerkingWens { afspraak: beeld.afspraak.clone(), editie: beeld.editie.clone(), doe };
    let uitkomst = toestand.app.voer_samenwerking_uit(&opdracht(&waarden, None, &wie, wens)?).await;
    let blad = blad(&toestand, &wie, &beeld, &handeling, &sleutel, &waarden);
    let weiger = weiger(&toestand, bundel_van(&toestand, &wie, &afspraak), &waarden);
    antwoord(&toestand, uitkomst, &waarden, blad, weiger, |_| format!("/organisatie?gedaan={handeling}")).await
}
