//! The report form and its receipt. One address for the whole form, and a neutral title.

use super::{handeling::nieuw_opdrachtnummer, tekst::uiterlijk};
use crate::{
    Toestand,
    extract::Formulier,
    frame::{gebruiker, soort_van},
    opmaak,
    pages::{
        melding::{MeldingPagina, PERSONEN_MAX},
        melding_ontvangen::{MeldingOntvangenPagina, Stap},
        onderdelen::HouderSoort,
        veld::{Optie, Veld, VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
    session::Ingelogd,
};
use app::{
    Antwoord, AppFout, Opdracht, Wens,
    lezen::CasusVraag,
    wens::{AdresWens, MeldWens, MelderWens, PersoonWens},
};
use axum::{
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    gebeurtenis::{Contactduur, Openheid, PersoonRol},
    ids::{CasusId, CommandId, OrganisatieId},
    termijnen::Status,
};
use serde::Deserialize;

/// At which casus a further report is recorded; chosen at intake by Veilig Thuis.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Vraag {
    casus: Option<CasusId>,
}

/// The empty form.
pub async fn toon(
    State(toestand): State<Toestand>,
    wie: Ingelogd,
    Query(vraag): Query<Vraag>,
) -> Result<Response, WebFout> {
    if let Some(casus) = vraag.casus {
        // A casus of others is as unknown here as everywhere.
        super::casus::laad(&toestand, &wie, &casus.to_string()).await?;
    }
    Ok(pagina(&blad(&toestand, &wie, &vraag, &Waarden::default(), Vec::new())))
}

/// Whether this worker writes down what somebody else reports.
fn neemt_op(toestand: &Toestand, wie: &Ingelogd) -> bool {
    soort_van(toestand, &wie.actor.organisatie) == HouderSoort::VeiligThuis
}

/// What Veilig Thuis asks when it writes a report down: who reports, and when it came in.
fn vragen_intake() -> Vec<Veld> {
    let soorten = [("beroepskracht", "Een beroepskracht"), ("burger", "Een burger"), ("politie", "De politie")];
    vec![
        Veld::rondjes("melder_soort", "Wie meldt er?", soorten.map(|(code, tekst)| Optie::new(code, tekst)).to_vec()),
        Veld::tekst("melder_organisatie", "Bij welke organisatie werkt de melder?")
            .hint("Alleen bij een beroepskracht. Meldt die open, dan heeft die organisatie het zicht tot Veilig Thuis het overneemt.")
            .optioneel(),
        Veld::datum_tijd("ontvangen_op", "Wanneer kwam de melding binnen?").hint("Leeg laten betekent: nu.").optioneel(),
    ]
}

fn blad(toestand: &Toestand, wie: &Ingelogd, vraag: &Vraag, waarden: &Waarden, fouten: Vec<VeldFout>) -> MeldingPagina {
    let vandaag = toestand.app.klok().nu().dag();
    let gemeenten: Vec<_> = toestand
        .app
        .afspraken()
        .gemeenten(vandaag)
        .into_iter()
        .map(|naam| (naam.to_owned(), naam.to_owned()))
        .collect();
    let intake = neemt_op(toestand, wie);
    let mut blad = MeldingPagina::new(wie.csrf.clone(), &gemeenten, waarden, fouten.clone());
    if let Some(over_u) = blad.delen.first_mut().filter(|_| intake) {
        let vragen = vragen_intake().into_iter().map(|veld| veld.vul(waarden, &fouten));
        over_u.titel = "Over de melder";
        over_u.velden.splice(0..0, vragen);
    }
    MeldingPagina {
        gebruiker: Some(gebruiker(toestand, wie)),
        demo: toestand.is_demo(),
        opdracht: waarden.een("opdracht").map_or_else(nieuw_opdrachtnummer, str::to_owned),
        actie: vraag.casus.map_or_else(|| "/melden".to_owned(), |casus| format!("/melden?casus={casus}")),
        terug_href: Some(vraag.casus.map_or_else(|| "/werkvoorraad".to_owned(), |casus| format!("/casussen/{casus}"))),
        ..blad
    }
}

/// Sends the report. A form that is not complete comes back with everything that was typed.
pub async fn verstuur(
    State(toestand): State<Toestand>,
    Query(vraag): Query<Vraag>,
    formulier: Formulier,
) -> Result<Response, WebFout> {
    let Formulier { ingelogd: wie, waarden } = formulier;
    let opnieuw = |fouten: Vec<VeldFout>| {
        pagina_met_status(StatusCode::BAD_REQUEST, &blad(&toestand, &wie, &vraag, &waarden, fouten))
    };
    let intake = neemt_op(&toestand, &wie);
    let fouten = controleer(&waarden, &vraag, intake);
    if !fouten.is_empty() {
        return Ok(opnieuw(fouten));
    }
    let wens = wens(&waarden, &wie, intake);
    let open = wens.openheid == Some(Openheid::Open);
    let nummer = waarden.een("opdracht").unwrap_or_default();
    let opdracht = Opdracht {
        id: CommandId(nummer.parse().map_err(|_| WebFout::Ongeldig)?),
        casus: vraag.casus,
        verwacht: None,
        actor: wie.actor.clone(),
        gebeurd_op: None,
        wens: Wens::Meld(Box::new(wens)),
    };
    match toestand.app.voer_uit(&opdracht).await {
        // Who is shielded has no way back to the casus, so the receipt carries the number only.
        Ok(Antwoord::Gedaan(gedaan)) => {
            if vraag.casus.is_some() {
                return Ok(Redirect::to(&format!("/casussen/{}?gedaan=meld", gedaan.casus)).into_response());
            }
            let plek = if open || intake { gedaan.casus.to_string() } else { gedaan.nummer };
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
        ["huishouden", index, veld] => {
            let nummer = index.parse::<usize>().map_or(1, |index| index + 1);
            let veld = if *veld == "geboren" { "geboortedatum" } else { veld };
            format!("persoon{nummer}_{veld}")
        }
        ["woonadres", veld] => format!("adres_{veld}"),
        ["woonadres"] => "adres_straat".to_owned(),
        ["huishouden"] => "persoon1_rol".to_owned(),
        ["inhoud"] => "zelf_tekst".to_owned(),
        _ => fout.veld.clone(),
    };
    VeldFout::new(naam, fout.melding.clone())
}

/// What must be filled before the report can be sent.
fn controleer(waarden: &Waarden, vraag: &Vraag, intake: bool) -> Vec<VeldFout> {
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
    // A further report is about people who are known already; a citizen has no profession.
    let hoeft_niet = |naam: &str| {
        (vraag.casus.is_some() && naam.starts_with("persoon1"))
            || (intake && !waarden.bevat("melder_soort", "beroepskracht") && naam.starts_with("melder_"))
    };
    let mut fouten: Vec<_> = verplicht
        .into_iter()
        .filter(|(naam, _)| leeg(naam) && !hoeft_niet(naam))
        .map(|(naam, tekst)| VeldFout::new(naam, tekst))
        .collect();
    if intake && leeg("melder_soort") {
        fouten.insert(0, VeldFout::new("melder_soort", "Kies wie er meldt."));
    }
    if intake && waarden.bevat("melder_soort", "beroepskracht") && leeg("melder_organisatie") {
        fouten.insert(0, VeldFout::new("melder_organisatie", "Vul de organisatie van de melder in."));
    }
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

fn wens(waarden: &Waarden, wie: &Ingelogd, intake: bool) -> MeldWens {
    let tekst = |naam: &str| waarden.gevuld(naam);
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
        ontvangen_op: tekst("ontvangen_op_datum")
            .map(|datum| format!("{datum}T{}", tekst("ontvangen_op_tijd").unwrap_or_else(|| "12:00".to_owned()))),
        melder: melder(waarden, wie, intake),
        huishoudnaam: achternaam.map(str::to_owned),
        adres: None,
        woonadres: woonadres(waarden),
        huishouden: personen,
    }
}

/// Who reports: the worker's own organisation, or the one that Veilig Thuis wrote down.
fn melder(waarden: &Waarden, wie: &Ingelogd, intake: bool) -> MelderWens {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let politie = waarden.bevat("melder_beroep", "politie");
    let soort = match tekst("melder_soort").filter(|_| intake) {
        Some(soort) => soort,
        None if politie => "politie".to_owned(),
        None => "beroepskracht".to_owned(),
    };
    let genoemd = tekst("melder_organisatie").map(|naam| als_id(&naam));
    MelderWens {
        organisatie: if intake { genoemd } else { Some(wie.actor.organisatie.clone()) },
        soort,
        beroepsgroep: tekst("melder_beroep"),
        naam: tekst("melder_naam"),
        functie: tekst("melder_functie"),
        telefoon: tekst("melder_telefoon"),
    }
}

/// `Basisschool De Duin` becomes `basisschool-de-duin`: the id under which that organisation is known.
fn als_id(naam: &str) -> OrganisatieId {
    let woorden = naam.to_lowercase();
    let woorden = woorden.split(|teken: char| !teken.is_alphanumeric()).filter(|woord| !woord.is_empty());
    OrganisatieId(woorden.collect::<Vec<_>>().join("-"))
}

/// The address in its parts; none when nothing was filled in.
fn woonadres(waarden: &Waarden) -> Option<AdresWens> {
    let deel = |veld: &str| waarden.gevuld(&format!("adres_{veld}"));
    let adres = AdresWens {
        straat: deel("straat"),
        huisnummer: deel("huisnummer"),
        toevoeging: deel("toevoeging"),
        postcode: deel("postcode"),
        plaats: deel("plaats"),
    };
    (!adres.regel().is_empty()).then_some(adres)
}

fn persoon(waarden: &Waarden, nummer: usize) -> Option<PersoonWens> {
    let tekst = |veld: &str| waarden.gevuld(&format!("persoon{nummer}_{veld}"));
    let rol = match tekst("rol")?.as_str() {
        "kind" | "ongeboren-kind" => PersoonRol::Kind,
        "ouder" => PersoonRol::Ouder,
        "partner" | "ex-partner" => PersoonRol::Partner,
        _ => PersoonRol::Anders,
    };
    let geboren = tekst("geboortedatum");
    Some(PersoonWens { rol, naam: tekst("naam"), geboren, bsn: tekst("bsn"), bekend_als: None })
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
