//! How the members of a household can be reached, filled: ways, addresses, warnings, and every attempt so far with the
//! terms that wait for one.

use super::{
    casus::{kop, laad},
    tekst::{self, moment, pil, uiterlijk},
};
use crate::{
    Toestand,
    frame::kader,
    opmaak,
    pages::{
        kader::Plek,
        onderdelen::{Feit, Link},
        veilig_contact::{AdresPagina, Lid, Poging, Termijn, VeiligContactPagina},
    },
    problem::{WebFout, pagina},
    session::Ingelogd,
};
use app::lezen::{Bereikbaarheid, CasusBeeld};
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::{
    afspraak::Daad,
    contact::{Adresbron, Contactweg, Wegstand},
};

/// A way, as people say it.
pub(crate) fn weg(weg: Contactweg) -> &'static str {
    match weg {
        Contactweg::Bellen => "bellen",
        Contactweg::Voicemail => "voicemail inspreken",
        Contactweg::Bericht => "een bericht op de telefoon",
        Contactweg::Mail => "mail",
        Contactweg::Brief => "een brief naar het adres",
        Contactweg::Huisbezoek => "langsgaan",
    }
}

pub(crate) fn stand(stand: Wegstand) -> &'static str {
    match stand {
        Wegstand::Veilig => "veilig",
        Wegstand::Gedeeld => "gedeeld met een ander",
        Wegstand::Onveilig => "onveilig",
    }
}

pub(crate) fn bron(bron: Adresbron) -> &'static str {
    match bron {
        Adresbron::Betrokkene => "de persoon zelf",
        Adresbron::Melder => "de melder",
        Adresbron::Basisregistratie => "de basisregistratie personen",
        Adresbron::Politie => "de politie",
        Adresbron::Hulpverlener => "een hulpverlener",
        Adresbron::EigenWaarneming => "zelf gezien",
    }
}

/// What who makes contact must know first, in a line per warning.
pub(crate) fn waarschuwingen(beeld: &CasusBeeld) -> Vec<String> {
    let over = |lid: Bereikbaarheid<'_>| {
        let naam = naam(&lid);
        let niet: Vec<_> = lid
            .veiligheid
            .iter()
            .flat_map(|bekend| &bekend.wegen)
            .filter(|(_, stand)| **stand != Wegstand::Veilig)
            .map(|(van, _)| weg(*van))
            .collect();
        let wegen = (!niet.is_empty()).then(|| format!("{naam}: niet via {}.", niet.join(", ")));
        let huis = lid.waarschuwing.map(|tekst| format!("Naar het huis van {naam}: {tekst}"));
        let geheim = lid.adres.filter(|adres| adres.adres.geheim).map(|_| format!("{naam} heeft een geheim adres."));
        wegen.into_iter().chain(huis).chain(geheim).collect::<Vec<_>>()
    };
    beeld.bereikbaarheid().into_iter().flat_map(over).collect()
}

fn naam(lid: &Bereikbaarheid<'_>) -> String {
    lid.persoon.naam.clone().unwrap_or_else(|| lid.persoon.rol.als_str())
}

/// The page.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let mag =
        beeld.handelingen.iter().any(|handeling| handeling.naam == "leg-contactveiligheid-vast" && handeling.kan());
    Ok(pagina(&VeiligContactPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        kop: kop(&toestand, &beeld),
        leden: beeld.bereikbaarheid().iter().map(|lid| lid_beeld(&beeld, lid, mag)).collect(),
        pogingen: pogingen(&toestand, &beeld),
        termijnen: termijnen(&toestand, &beeld),
        vastleggen_href: beeld
            .handelingen
            .iter()
            .any(|handeling| handeling.naam == "leg-contact-gezin-vast" && handeling.kan())
            .then(|| format!("/casussen/{}/doe/leg-contact-gezin-vast", beeld.id)),
    }))
}

fn lid_beeld(beeld: &CasusBeeld, lid: &Bereikbaarheid<'_>, mag: bool) -> Lid {
    let mut feiten = Vec::new();
    for (van, hoe) in lid.veiligheid.iter().flat_map(|bekend| &bekend.wegen) {
        feiten.push(Feit::new(opmaak::hoofdletter(weg(*van)), stand(*hoe)));
    }
    let woorden = [
        ("Nummer of mail", &lid.nummer),
        ("Wanneer", &lid.wanneer),
        ("Waar op te letten", &lid.toelichting),
        ("Naar het huis", &lid.waarschuwing),
    ];
    feiten.extend(woorden.into_iter().filter_map(|(wat, tekst)| Some(Feit::new(wat, tekst.clone()?))));
    if let Some(adres) = &lid.adres {
        let dag = opmaak::datum_met_jaar(adres.adres.datum.0);
        feiten.push(Feit::new("Adres", adres.regel.clone()));
        feiten.push(Feit::new("Adres komt van", format!("{}, {dag}", bron(adres.adres.bron))));
    }
    let persoon = lid.persoon.id;
    let openen = lid.adres.as_ref().filter(|adres| adres.adres.geheim && adres.eigen);
    let doe = |naam: &str| format!("/casussen/{}/doe/{naam}:{persoon}", beeld.id);
    let mut links = Vec::new();
    if mag {
        links.push(Link::new("Vastleggen hoe contact veilig is", doe("leg-contactveiligheid-vast")));
        links.push(Link::new("Adres vastleggen", doe("leg-adres-vast")));
    }
    if openen.is_some() {
        let href = format!("/casussen/{}/veilig-contact/{persoon}/adres", beeld.id);
        links.push(Link::new("Geheim adres openen (wordt genoteerd)", href));
    }
    Lid { anker: persoon.to_string(), naam: naam(lid), bekend: lid.veiligheid.is_some(), feiten, links }
}

/// Every attempt that this organisation may know, newest first.
fn pogingen(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Poging> {
    let ziet = |versie: u64| beeld.geschiedenis.iter().any(|regel| regel.vastlegging.versie == versie);
    let gezien = beeld.staat.contacten.iter().rev().filter(|contact| ziet(contact.feit.versie));
    gezien
        .map(|contact| {
            let lid = contact.persoon.and_then(|id| beeld.personen.iter().find(|lid| lid.id == id));
            let met = lid.and_then(|lid| lid.naam.clone()).unwrap_or_else(|| "het gezin".to_owned());
            Poging {
                wanneer: moment(contact.feit.gebeurd_op, beeld.op),
                wat: format!("{met}, {}", tekst::contactwijze(contact.wijze)),
                gelukt: contact.gelukt,
                door: toestand.app.naam_van(&contact.feit.organisatie),
                toelichting: beeld.tekst_bij(contact.feit.versie, "toelichting").map(str::to_owned),
            }
        })
        .collect()
}

/// Terms that a contact with the family meets.
fn termijnen(toestand: &Toestand, beeld: &CasusBeeld) -> Vec<Termijn> {
    let mut alle = Vec::new();
    for (nummer, (termijn, status)) in beeld.termijnen.iter().enumerate() {
        let van = tekst::bundel(toestand, &termijn.bundel);
        let daad = van.as_ref().and_then(|van| van.inhoud.termijn.get(&termijn.soort)?.vervuld_door);
        if matches!(daad, Some(Daad::ContactGezin | Daad::ContactGezinTeruggekoppeld)) {
            alle.push(Termijn {
                naam: termijn.naam.clone(),
                pil: pil(termijn, *status, beeld.op),
                wanneer: format!(
                    "{}, uiterlijk {}",
                    toestand.app.naam_van(&termijn.wie),
                    uiterlijk(termijn.uiterlijk, beeld.op)
                ),
                waarom_href: format!("/casussen/{}/termijnen/{nummer}", beeld.id),
            });
        }
    }
    alle
}

/// A secret address, for who has it; that it was opened is written down.
pub async fn adres(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path((casus, persoon)): Path<(String, String)>,
) -> Result<Response, WebFout> {
    let beeld = laad(&toestand, &wie, &casus).await?;
    let persoon = persoon.parse().map_err(|_| WebFout::NietGevonden)?;
    let regel = toestand.app.open_adres(&wie.actor, &beeld, persoon).await?;
    let lid = beeld.bereikbaarheid().into_iter().find(|lid| lid.persoon.id == persoon).ok_or(WebFout::NietGevonden)?;
    Ok(pagina(&AdresPagina {
        kader: kader(&toestand, &wie, Some(Plek::Werkvoorraad)).await?,
        terug_href: format!("/casussen/{}/veilig-contact", beeld.id),
        nummer: beeld.nummer.clone(),
        wie: naam(&lid),
        adres: regel,
        waarschuwing: lid.waarschuwing.clone(),
    }))
}
