//! The report form and its receipt. One address for the whole form, and a neutral title.

use super::{handeling::nieuw_opdrachtnummer, tekst::uiterlijk};
use crate::{
    Toestand,
    extract::Formulier,
    frame::gebruiker,
    opmaak,
    pages::{
        melding::{MeldingPagina, PERSONEN_MAX},
        melding_ontvangen::{MeldingOntvangenPagina, Stap},
        veld::{VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{
    Antwoord, AppFout, Opdracht, Wens,
    lezen::CasusVraag,
    wens::{MeldWens, MelderWens, PersoonWens},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    gebeurtenis::{Contactduur, Openheid, PersoonRol},
    ids::{CasusId, CommandId},
    termijnen::Status,
};

/// The empty form.
pub async fn toon(State(toestand): State<Toestand>, wie: Ingelogd) -> Response {
    let mut blad = blad(&toestand, &wie, &Waarden::default(), Vec::new());
    blad.opdracht = nieuw_opdrachtnummer();
    pagina(&blad)
}

fn blad(toestand: &Toestand, wie: &Ingelogd, waarden: &Waarden, fouten: Vec<VeldFout>) -> MeldingPagina {
    let vandaag = toestand.app.klok().nu().dag();
    let gemeenten: Vec<_> = toestand
        .app
        .afspraken()
        .gemeenten(vandaag)
        .into_iter()
        .map(|naam| (naam.to_owned(), naam.to_owned()))
        .collect();
    MeldingPagina {
        gebruiker: Some(gebruiker(toestand, wie)),
        demo: toestand.is_demo(),
        opdracht: waarden.een("opdracht").map_or_else(nieuw_opdrachtnummer, str::to_owned),
        terug_href: Some("/werkvoorraad".to_owned()),
        ..MeldingPagina::new(wie.csrf.clone(), &gemeenten, waarden, fouten)
    }
}

/// Sends the report. A form that is not complete comes back with everything that was typed.
pub async fn verstuur(State(toestand): State<Toestand>, formulier: Formulier) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let opnieuw =
        |fouten: Vec<VeldFout>| pagina_met_status(StatusCode::BAD_REQUEST, &blad(&toestand, &wie, &waarden, fouten));
    let fouten = controleer(&waarden);
    if !fouten.is_empty() {
        return Ok(opnieuw(fouten));
    }
    let wens = wens(&waarden, &wie);
    let open = wens.openheid == Some(Openheid::Open);
    let nummer = waarden.een("opdracht").unwrap_or_default();
    let opdracht = Opdracht {
        id: CommandId(nummer.parse().map_err(|_| WebFout::Ongeldig)?),
        casus: None,
        verwacht: None,
        actor: wie.actor.clone(),
        gebeurd_op: None,
        wens: Wens::Meld(Box::new(wens)),
    };
    match toestand.app.voer_uit(&opdracht).await {
        // Who is shielded has no way back to the casus, so the receipt carries the number only.
        Ok(Antwoord::Gedaan(gedaan)) => {
            let plek = if open { gedaan.casus.to_string() } else { gedaan.nummer };
            Ok(Redirect::to(&format!("/melden/ontvangen/{plek}")).into_response())
        }
        Ok(Antwoord::Geweigerd(weigering)) => {
            Ok(opnieuw(vec![VeldFout::new("gemeente", weigering.reden.code.uitleg())]))
        }
        Ok(Antwoord::Conflict(_)) => Err(WebFout::Ongeldig),
        Err(AppFout::Ongeldig(fouten)) => Ok(opnieuw(fouten.into_iter().map(|fout| veldfout(&fout)).collect())),
        Err(fout) => Err(fout.into()),
    }
}

/// The names of fields in the form differ from those of the wish.
fn veldfout(fout: &app::wens::VeldFout) -> VeldFout {
    let delen: Vec<_> = fout.veld.split('.').collect();
    let naam = match delen.as_slice() {
        ["huishouden", index, "geboren"] => {
            let nummer = index.parse::<usize>().map_or(1, |index| index + 1);
            format!("persoon{nummer}_geboortedatum")
        }
        ["huishouden"] => "persoon1_rol".to_owned(),
        ["inhoud"] => "zelf_tekst".to_owned(),
        _ => fout.veld.clone(),
    };
    VeldFout::new(naam, fout.melding.clone())
}

/// What must be filled before the report can be sent.
fn controleer(waarden: &Waarden) -> Vec<VeldFout> {
    let leeg = |naam: &str| waarden.een(naam).is_none_or(|waarde| waarde.trim().is_empty());
    let verplicht = [
        ("melder_naam", "Vul uw naam in."),
        ("melder_functie", "Vul uw functie en organisatie in."),
        ("melder_beroep", "Kies uw beroep."),
        ("openheid", "Kies of het gezin mag weten dat u meldt."),
        ("contact", "Kies welk contact u met het gezin heeft."),
        ("spoed", "Kies of iemand nu in gevaar is."),
        ("zelf_tekst", "Schrijf op wat u zag of hoorde."),
        ("gemeente", "Kies de gemeente."),
        ("persoon1_rol", "Kies wie dit is."),
        ("persoon1_naam", "Vul de naam in, of 'niet bekend'."),
    ];
    let mut fouten: Vec<_> =
        verplicht.into_iter().filter(|(naam, _)| leeg(naam)).map(|(naam, tekst)| VeldFout::new(naam, tekst)).collect();
    if waarden.bevat("openheid", "afgeschermd") && leeg("afgeschermd_grond") {
        fouten.push(VeldFout::new("afgeschermd_grond", "Kies waarom het gezin dit niet mag weten."));
    }
    if !leeg("anderen_tekst") && leeg("anderen_bron") {
        fouten.push(VeldFout::new("anderen_bron", "Schrijf op van wie u dit heeft gehoord."));
    }
    for nummer in 2..=PERSONEN_MAX {
        if !leeg(&format!("persoon{nummer}_naam")) && leeg(&format!("persoon{nummer}_rol")) {
            fouten.push(VeldFout::new(format!("persoon{nummer}_rol"), "Kies wie dit is."));
        }
    }
    if !waarden.bevat("gecontroleerd", "ja") {
        fouten.push(VeldFout::new("gecontroleerd", "Kijk na wat u invulde en zet hier een vinkje."));
    }
    fouten
}

fn wens(waarden: &Waarden, wie: &Ingelogd) -> MeldWens {
    let tekst = |naam: &str| waarden.een(naam).map(str::trim).filter(|tekst| !tekst.is_empty()).map(str::to_owned);
    let vast = |naam: &str| tekst(naam).unwrap_or_default();
    let gezien = tekst("zelf_datum").map(|datum| format!("Gezien of gehoord op {datum}. ")).unwrap_or_default();
    let anderen = tekst("anderen_tekst").map(|verteld| format!("{}: {verteld}", vast("anderen_bron")));
    let inschatting =
        [tekst("inschatting"), tekst("verwachting").map(|tekst| format!("Verwacht van de melding: {tekst}"))];
    let hulp = [
        tekst("kan_helpen").map(|antwoord| format!("Kan zelf hulp geven of regelen: {antwoord}.")),
        tekst("hulp"),
        tekst("besproken").map(|antwoord| format!("Melding besproken met het gezin: {antwoord}.")),
        tekst("afgeschermd_grond").map(|grond| format!("Grond voor afscherming: {grond}.")),
    ];
    let samen = |delen: &[Option<String>]| {
        let delen: Vec<_> = delen.iter().flatten().cloned().collect();
        (!delen.is_empty()).then(|| delen.join(" "))
    };
    let personen: Vec<_> = (1..=PERSONEN_MAX).filter_map(|nummer| persoon(waarden, nummer)).collect();
    let eerste_kind = personen.iter().find(|persoon| persoon.rol == PersoonRol::Kind).or(personen.first());
    let achternaam =
        eerste_kind.and_then(|persoon| persoon.naam.as_deref()).and_then(|naam| naam.split_whitespace().last());
    let politie = vast("melder_beroep") == "politie";
    MeldWens {
        gemeente: vast("gemeente"),
        openheid: if waarden.bevat("openheid", "afgeschermd") {
            Some(Openheid::Afgeschermd)
        } else {
            Some(Openheid::Open)
        },
        spoed: waarden.bevat("spoed", "ja"),
        contact: Some(if vast("contact") == "doorlopend" { Contactduur::Doorlopend } else { Contactduur::Eenmalig }),
        inhoud: format!("{gezien}{}", vast("zelf_tekst")),
        van_anderen: anderen,
        inschatting: samen(&inschatting),
        eigen_hulp: samen(&hulp),
        ontvangen_op: None,
        melder: MelderWens {
            soort: if politie { "politie" } else { "beroepskracht" }.to_owned(),
            beroepsgroep: tekst("melder_beroep"),
            organisatie: Some(wie.actor.organisatie.clone()),
            naam: tekst("melder_naam"),
            functie: tekst("melder_functie"),
            telefoon: tekst("melder_telefoon"),
        },
        huishoudnaam: achternaam.map(str::to_owned),
        adres: tekst("adres"),
        huishouden: personen,
    }
}

fn persoon(waarden: &Waarden, nummer: usize) -> Option<PersoonWens> {
    let tekst = |veld: &str| {
        waarden
            .een(&format!("persoon{nummer}_{veld}"))
            .map(str::trim)
            .filter(|tekst| !tekst.is_empty())
            .map(str::to_owned)
    };
    let rol = match tekst("rol")?.as_str() {
        "kind" | "ongeboren-kind" => PersoonRol::Kind,
        "ouder" => PersoonRol::Ouder,
        "partner" | "ex-partner" => PersoonRol::Partner,
        _ => PersoonRol::Anders,
    };
    Some(PersoonWens { rol, naam: tekst("naam"), geboren: tekst("geboortedatum"), bekend_als: None })
}

/// The receipt: with terms and holder for who may see the casus, with the number only for who is shielded.
pub async fn ontvangen(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Path(casus): Path<String>,
) -> Result<Response, WebFout> {
    let leeg = |nummer: String| MeldingOntvangenPagina {
        gebruiker: Some(gebruiker(&toestand, &wie)),
        demo: toestand.is_demo(),
        snel_weg_href: "/weg".to_owned(),
        nummer,
        ontvangen_op: opmaak::datum_lang(toestand.app.klok().nu().dag()),
        wie_houdt_zicht: "Veilig Thuis heeft vanaf nu het zicht op veiligheid.".to_owned(),
        wat_dat_vraagt: None,
        grond: "Onze lezing: bij een melder die het gezin niet mag kennen, begint Veilig Thuis direct.".to_owned(),
        stappen: vec![Stap {
            wanneer: "binnen 5 werkdagen".to_owned(),
            wat: "Veilig Thuis beoordeelt de melding en belt u daarna.".to_owned(),
        }],
        verder_href: Some("/werkvoorraad".to_owned()),
    };
    let Ok(id) = casus.parse::<CasusId>() else {
        let echt = casus.len() == 11 && casus.chars().all(|teken| teken.is_ascii_alphanumeric() || teken == '-');
        return if echt { Ok(pagina(&leeg(casus))) } else { Err(WebFout::NietGevonden) };
    };
    let beeld = toestand.app.casus(&wie.actor, CasusVraag { casus: id, stand: None, bekend_op: None }).await?;
    let nu = beeld.op;
    let span = beeld.lijn.zicht_op(nu);
    let houder = span.and_then(|span| span.houder.as_ref());
    let naam = houder.map(|org| toestand.app.naam_van(org)).unwrap_or_default();
    let tot =
        span.and_then(|span| span.tot).map(|tot| format!(" tot uiterlijk {}", uiterlijk(tot, nu))).unwrap_or_default();
    let eigen = houder == Some(&wie.actor.organisatie);
    let open = beeld.termijnen.iter().filter(|(_, status)| *status == Status::Open);
    Ok(pagina(&MeldingOntvangenPagina {
        nummer: beeld.nummer.clone(),
        wie_houdt_zicht: format!("{naam} heeft het zicht op veiligheid{tot}."),
        wat_dat_vraagt: eigen.then(|| {
            "Tot dan blijft u zelf kijken hoe het met het gezin gaat. Wordt het gevaarlijk? Bel 112 of Veilig Thuis.".to_owned()
        }),
        grond: span.map(|span| super::casus::plaats(&toestand, &beeld, span)).unwrap_or_default(),
        stappen: open
            .map(|(termijn, _)| Stap {
                wanneer: format!("uiterlijk {}", opmaak::datum(termijn.uiterlijk.net_ervoor().dag(), nu.dag())),
                wat: termijn.naam.clone(),
            })
            .collect(),
        verder_href: Some(format!("/casussen/{id}")),
        ..leeg(String::new())
    }))
}
