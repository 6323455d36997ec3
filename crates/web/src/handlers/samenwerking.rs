//! The page of how the parties work together on a casus: support and coercion, the ladder, and deviations on which both
//! agreed. It is filled from what this organisation may know.

use super::{
    casus::{Deel, ziet},
    casus_deel::{self, Blik},
    eigen::Gedaan,
    formulier::in_woorden,
    tekst::{clausule, moment},
};
use crate::{
    Toestand,
    frame::houder,
    opmaak,
    pages::{
        casus_deel::{Sectie, Stuk},
        onderdelen::{Feit, Pil, Status},
    },
    problem::WebFout,
    session::Ingelogd,
};
use axum::{
    extract::{Path, Query, State},
    response::Response,
};
use domain::{
    afspraak::Initiatief,
    afstemming::Voorstel,
    casus::Feit as Gebeurd,
    maatregelen::{Dwangpartner, Maatregel, Maatregelantwoord, Taxatiepartner},
};

/// The page.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
    Query(gedaan): Query<Gedaan>,
) -> Result<Response, WebFout> {
    let inleiding = "Steun en dwang, wat u doet als partijen het niet eens zijn, en waarvan u samen afwijkt.";
    let secties = |blik: &Blik<'_>| vec![steun(blik), maatregelen(blik), ladder(blik), afwijkingen(blik)];
    casus_deel::toon(&toestand, &wie, &casus, Deel::Samenwerking, inleiding, &gedaan, secties).await
}

/// Who recorded it, when, and what was said with it.
fn gebeurd(blik: &Blik<'_>, naam: String, feit: &Gebeurd) -> Stuk {
    let wanneer = moment(feit.gebeurd_op, blik.beeld.op);
    let bij = blik.beeld.tekst_bij(feit.versie, "toelichting").map(str::to_owned);
    Stuk {
        naam,
        houder: Some(houder(blik.toestand, &feit.organisatie)),
        regels: std::iter::once(wanneer).chain(bij).collect(),
        ..Stuk::default()
    }
}

fn steun(blik: &Blik<'_>) -> Sectie {
    let (inhoud, maatregelen) = (&blik.bundel.inhoud, &blik.beeld.staat.maatregelen);
    let gegeven = maatregelen.steun.iter().filter(|(feit, _)| ziet(blik.beeld, feit.versie));
    let mut stukken: Vec<_> = gegeven
        .map(|(feit, vorm)| {
            let naam = inhoud.steunvorm.get(vorm).map_or(vorm, |regel| &regel.naam);
            gebeurd(blik, naam.clone(), feit)
        })
        .collect();
    let besproken = maatregelen.besproken.iter().filter(|(feit, _)| ziet(blik.beeld, feit.versie));
    stukken.extend(besproken.map(|(feit, met)| {
        let wie: Vec<_> = met.iter().map(|wie| partner(*wie)).collect();
        gebeurd(blik, format!("Overleg over dwang, met {}", wie.join(", ")), feit)
    }));
    let regel = inhoud.steunvorm.values().min_by_key(|vorm| vorm.volgorde);
    Sectie {
        id: "steun".to_owned(),
        titel: "Steun, en overleg over dwang".to_owned(),
        clausule: regel.map(|vorm| clausule(blik.toestand, blik.bundel, &vorm.clausule)),
        leeg: "Er is nog geen steun vastgelegd.".to_owned(),
        stukken,
        knoppen: blik.knoppen(&[
            ("bied-steun", "Steun van Veilig Thuis vastleggen"),
            ("bespreek-dwang", "Overleg over dwang vastleggen"),
        ]),
        ..Sectie::default()
    }
}

fn partner(wie: Dwangpartner) -> &'static str {
    match wie {
        Dwangpartner::VeiligThuis => "Veilig Thuis",
        Dwangpartner::LokaalTeam => "het lokale team",
        Dwangpartner::Justitie => "justitie",
        Dwangpartner::Gemeente => "de gemeente",
    }
}

/// What was asked, and for each measure of the agreement who takes the initiative now.
fn maatregelen(blik: &Blik<'_>) -> Sectie {
    let gevraagd = blik.beeld.staat.maatregelen.ingezet.iter().rev();
    let stukken: Vec<_> =
        gevraagd.filter(|een| ziet(blik.beeld, een.feit.versie)).map(|een| maatregel(blik, een)).collect();
    let mut soorten: Vec<_> = blik.bundel.inhoud.maatregel.iter().collect();
    soorten.sort_by_key(|(_, regel)| regel.volgorde);
    let kan = blik.kan("neem-initiatief");
    let knop = |sleutel: &str, naam: &str| blik.knop("neem-initiatief", &format!(":{sleutel}"), naam);
    let over = blik.beeld.lijn.houder_op(blik.beeld.op) != blik.beeld.staat.veilig_thuis.as_ref();
    let eerste = soorten.first().map(|(_, regel)| if over { &regel.na_overdracht } else { &regel.voor_overdracht });
    let wie: Vec<_> = eerste.into_iter().flatten().map(|wie| initiatief(*wie)).collect();
    Sectie {
        id: "maatregelen".to_owned(),
        titel: "Maatregelen".to_owned(),
        bij: if wie.is_empty() { String::new() } else { format!("initiatief nu: {}", wie.join(", of ")) },
        clausule: soorten.first().map(|(_, regel)| clausule(blik.toestand, blik.bundel, &regel.clausule)),
        leeg: "Er is geen maatregel gevraagd.".to_owned(),
        stukken,
        knoppen: soorten.into_iter().filter(|_| kan).map(|(sleutel, regel)| knop(sleutel, &regel.naam)).collect(),
        ..Sectie::default()
    }
}

fn initiatief(wie: Initiatief) -> &'static str {
    match wie {
        Initiatief::VeiligThuis => "Veilig Thuis",
        Initiatief::Houder => "wie het zicht heeft",
        Initiatief::Samen => "samen",
    }
}

fn maatregel(blik: &Blik<'_>, een: &Maatregel) -> Stuk {
    let regel = blik.bundel.inhoud.maatregel.get(&een.soort);
    let mut stuk = gebeurd(blik, regel.map_or_else(|| een.soort.clone(), |regel| regel.naam.clone()), &een.feit);
    if een.samen {
        stuk.regels.push("samen met de andere partij".to_owned());
    }
    if !een.taxatie_met.is_empty() {
        let wie = een.taxatie_met.iter().map(|wie| match wie {
            Taxatiepartner::Slachtoffer => "slachtoffer",
            Taxatiepartner::Pleger => "pleger",
        });
        stuk.feiten.push(Feit::new("Risicotaxatie met", wie.collect::<Vec<_>>().join(" en ")));
    }
    stuk.feiten.extend(regel.map(|regel| Feit::new("Beslist", regel.bij.clone())));
    stuk.feiten.extend(regel.and_then(|regel| regel.coordinatie.clone()).map(|wie| Feit::new("Coördinatie", wie)));
    for antwoord in een.antwoorden.iter().filter(|antwoord| ziet(blik.beeld, antwoord.feit.versie)) {
        let tot = antwoord.tot.map(|dag| format!(" tot en met {}", opmaak::datum_met_jaar(dag.0))).unwrap_or_default();
        let bij = blik.beeld.tekst_bij(antwoord.feit.versie, "toelichting").map(|tekst| format!(": {tekst}"));
        let wanneer = moment(antwoord.feit.gebeurd_op, blik.beeld.op);
        stuk.regels.push(format!("{wanneer}: {}{tot}{}", uitkomst(antwoord.antwoord).1, bij.unwrap_or_default()));
    }
    let laatste = een.antwoorden.last().map(|antwoord| uitkomst(antwoord.antwoord));
    let (status, woord) = laatste.unwrap_or((Status::Volgt, "Wacht op antwoord"));
    stuk.pil = Some(Pil::new(status, woord));
    if blik.kan("leg-antwoord-maatregel-vast") {
        stuk.knoppen.push(blik.knop("leg-antwoord-maatregel-vast", &format!(":{}", een.id), "Antwoord vastleggen"));
    }
    stuk
}

pub(super) fn uitkomst(antwoord: Maatregelantwoord) -> (Status, &'static str) {
    match antwoord {
        Maatregelantwoord::InBehandeling => (Status::DezeWeek, "In behandeling"),
        Maatregelantwoord::Toegewezen => (Status::Gehaald, "Toegewezen"),
        Maatregelantwoord::Afgewezen => (Status::Geweigerd, "Afgewezen"),
    }
}

/// The steps of the agreement in their order, each with when it was taken.
fn ladder(blik: &Blik<'_>) -> Sectie {
    let afstemming = &blik.beeld.staat.afstemming;
    let mut stappen: Vec<_> = blik.bundel.inhoud.escalatie.iter().collect();
    stappen.sort_by_key(|(_, stap)| stap.volgorde);
    let stukken: Vec<_> = stappen
        .iter()
        .map(|(sleutel, stap)| {
            let gezet =
                afstemming.lopende_stappen().find(|(feit, eerder)| eerder == *sleutel && ziet(blik.beeld, feit.versie));
            let mut stuk = match gezet {
                Some((feit, _)) => {
                    Stuk { pil: Some(Pil::new(Status::Gehaald, "Gedaan")), ..gebeurd(blik, stap.stap.clone(), feit) }
                }
                None => Stuk { naam: stap.stap.clone(), ..Stuk::default() },
            };
            stuk.regels.push(format!("door {}", stap.wie));
            stuk.clausule = Some(clausule(blik.toestand, blik.bundel, &stap.clausule));
            if gezet.is_none() && blik.kan("schaal-op") {
                stuk.knoppen.push(blik.knop("schaal-op", &format!(":{sleutel}"), "Deze stap zetten"));
            }
            stuk
        })
        .collect();
    let mut eerder: Vec<_> =
        afstemming.besluiten.iter().map(|feit| gebeurd(blik, "Beslist".to_owned(), feit)).collect();
    let geantwoord = afstemming.kennisgevingen.iter().filter_map(|een| een.geantwoord.as_ref());
    eerder.extend(geantwoord.map(|feit| gebeurd(blik, "Antwoord van de gemeente".to_owned(), feit)));
    Sectie {
        id: "opschalen".to_owned(),
        titel: "Als u het niet eens wordt".to_owned(),
        leeg: "De afspraak noemt hier geen stappen.".to_owned(),
        stukken,
        eerder,
        knoppen: blik.knoppen(&[
            ("leg-escalatiebesluit-vast", "Besluit vastleggen"),
            ("leg-antwoord-gemeente-vast", "Antwoord van de gemeente vastleggen"),
        ]),
        ..Sectie::default()
    }
}

fn afwijkingen(blik: &Blik<'_>) -> Sectie {
    let alle = blik.beeld.staat.afstemming.afwijkingen.iter().rev();
    let zichtbaar = alle.filter(|voorstel| ziet(blik.beeld, voorstel.feit.versie));
    let mag = blik.bundel.inhoud.bevoegd.get("stel-afwijking-voor");
    Sectie {
        id: "afwijkingen".to_owned(),
        titel: "Samen afwijken".to_owned(),
        clausule: mag.map(|regel| clausule(blik.toestand, blik.bundel, &regel.clausule)),
        leeg: "In deze casus geldt de afspraak zoals zij is.".to_owned(),
        stukken: zichtbaar.map(|voorstel| afwijking(blik, voorstel)).collect(),
        knoppen: blik.knoppen(&[
            ("beantwoord-afwijking", "Voorstel beantwoorden"),
            ("stel-afwijking-voor", "Afwijking voorstellen"),
        ]),
        ..Sectie::default()
    }
}

fn afwijking(blik: &Blik<'_>, voorstel: &Voorstel) -> Stuk {
    let reden = |feit: &Gebeurd| blik.beeld.tekst_bij(feit.versie, "reden").map(str::to_owned);
    let mut stuk = gebeurd(blik, in_woorden(blik.bundel, &voorstel.ingang), &voorstel.feit);
    stuk.regels.extend(reden(&voorstel.feit));
    stuk.regels.extend(voorstel.uiterlijk.map(|dag| format!("andere dag: {}", opmaak::datum_met_jaar(dag.0))));
    let (status, woord) = match &voorstel.antwoord {
        None => (Status::Volgt, format!("Wacht op {}", blik.toestand.app.naam_van(&voorstel.aan))),
        Some((_, true)) => (Status::Gehaald, "Afgesproken".to_owned()),
        Some((_, false)) => (Status::Geweigerd, "Niet afgesproken".to_owned()),
    };
    if let Some((feit, _)) = &voorstel.antwoord {
        let waarom = reden(feit).map(|tekst| format!(": {tekst}")).unwrap_or_default();
        stuk.regels.push(format!("beantwoord {}{waarom}", moment(feit.gebeurd_op, blik.beeld.op)));
    }
    stuk.pil = Some(Pil::new(status, woord));
    stuk
}
