//! The report form of a citizen. Who fills it in has no account; Veilig Thuis of the municipality receives it. Nothing is
//! set in the browser, and the answer says nothing of what was sent.

use crate::{
    Toestand,
    extract::BurgerFormulier,
    pages::{
        burger::{BurgerPagina, BurgerVerstuurdPagina, PERSONEN_MAX},
        veld::{Optie, VeldFout, Waarden},
    },
    problem::{WebFout, pagina, pagina_met_status},
};
use app::{
    Actor, Antwoord, AppFout, Opdracht, Wens,
    wens::{MeldWens, MelderWens, PersoonWens},
};
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    gebeurtenis::{Contactduur, Openheid, PersoonRol},
    ids::CommandId,
};

/// Longest answer of a citizen to one question, in characters.
const ANTWOORD_TEKENS_MAX: usize = 10_000;
/// As whom a report without an account is received.
const FORMULIER: &str = "meldformulier";

/// The empty form.
pub async fn toon(State(toestand): State<Toestand>) -> Response {
    pagina(&blad(&toestand, &Waarden::default(), Vec::new()))
}

fn blad(toestand: &Toestand, waarden: &Waarden, fouten: Vec<VeldFout>) -> BurgerPagina {
    let vandaag = toestand.app.klok().nu().dag();
    let gemeenten = toestand.app.afspraken().gemeenten(vandaag);
    let gemeenten = gemeenten.into_iter().map(|naam| Optie::new(naam, naam)).collect();
    BurgerPagina {
        demo: toestand.is_demo(),
        opdracht: waarden.een("opdracht").map_or_else(|| toestand.nieuw_opdrachtnummer(), str::to_owned),
        ..BurgerPagina::new(gemeenten, waarden, fouten)
    }
}

/// Sends the report. A form that is not complete comes back with everything that was typed.
pub async fn verstuur(State(toestand): State<Toestand>, formulier: BurgerFormulier) -> Result<Response, WebFout> {
    let BurgerFormulier(waarden) = formulier;
    let opnieuw = |fouten| Ok(pagina_met_status(StatusCode::BAD_REQUEST, &blad(&toestand, &waarden, fouten)));
    let fouten = controleer(&waarden);
    if !fouten.is_empty() {
        return opnieuw(fouten);
    }
    let vandaag = toestand.app.klok().nu().dag();
    let gemeente = waarden.gevuld("gemeente").unwrap_or_default();
    let geldig = toestand.app.afspraken().voor_gemeente(&gemeente, vandaag);
    let Some(veilig_thuis) = geldig.and_then(|geldig| geldig.bundel.veilig_thuis()).cloned() else {
        return opnieuw(vec![VeldFout::new("gemeente", "Kies een gemeente uit de lijst.")]);
    };
    let wens = wens(&waarden, gemeente);
    let bekend = wens.openheid != Some(Openheid::Onbekend);
    let opdracht = Opdracht {
        id: CommandId(waarden.een("opdracht").unwrap_or_default().parse().map_err(|_| WebFout::Ongeldig)?),
        casus: None,
        verwacht: None,
        actor: Actor { medewerker: FORMULIER.into(), organisatie: veilig_thuis },
        gebeurd_op: None,
        wens: Wens::Meld(Box::new(wens)),
    };
    match toestand.app.voer_uit(&opdracht).await {
        Ok(Antwoord::Gedaan(_)) => {
            let wie = if bekend { "bekend" } else { "onbekend" };
            Ok(Redirect::to(&format!("/formulier/verstuurd/{wie}")).into_response())
        }
        Ok(Antwoord::Geweigerd(weigering)) => opnieuw(vec![VeldFout::new("zelf_tekst", weigering.reden.code.uitleg())]),
        Ok(Antwoord::Conflict(_)) => Err(WebFout::Ongeldig),
        Err(AppFout::Ongeldig(fouten)) => {
            opnieuw(fouten.iter().map(|fout| VeldFout::new(veldnaam(&fout.veld), fout.melding.clone())).collect())
        }
        Err(fout) => Err(fout.into()),
    }
}

/// What happens next; the address tells only whether Veilig Thuis can call back.
pub async fn verstuurd(State(toestand): State<Toestand>, Path(wie): Path<String>) -> Result<Response, WebFout> {
    if !matches!(wie.as_str(), "bekend" | "onbekend") {
        return Err(WebFout::NietGevonden);
    }
    Ok(pagina(&BurgerVerstuurdPagina {
        gebruiker: None,
        demo: toestand.is_demo(),
        snel_weg_href: "/weg".to_owned(),
        bekend: wie == "bekend",
    }))
}

/// What must be there: what was seen, where, who may know, and about whom.
fn controleer(waarden: &Waarden) -> Vec<VeldFout> {
    let leeg = |naam: &str| waarden.gevuld(naam).is_none();
    let verplicht = [
        ("spoed", "Kies of iemand nu in gevaar is."),
        ("zelf_tekst", "Schrijf op wat u zag of hoorde."),
        ("gemeente", "Kies een gemeente."),
        ("openheid", "Kies wie mag weten dat u meldt."),
    ];
    let leeg_gelaten = verplicht.into_iter().filter(|(naam, _)| leeg(naam));
    let mut fouten: Vec<_> = leeg_gelaten.map(|(naam, tekst)| VeldFout::new(naam, tekst)).collect();
    let noemt_zich = waarden.bevat("openheid", "open") || waarden.bevat("openheid", "afgeschermd");
    if noemt_zich && leeg("melder_naam") {
        fouten.push(VeldFout::new("melder_naam", "Vul uw naam in, of kies dat niemand mag weten dat u meldt."));
    }
    if !leeg("anderen_tekst") && leeg("anderen_bron") {
        fouten.push(VeldFout::new("anderen_bron", "Schrijf op van wie u dit hoorde. Bijvoorbeeld: een buurman."));
    }
    if !(1..=PERSONEN_MAX).any(|nummer| !leeg(&format!("persoon{nummer}_rol"))) {
        fouten.push(VeldFout::new("persoon1_rol", "Kies wie dit is. Een naam hoeft niet."));
    }
    for nummer in 2..=PERSONEN_MAX {
        if !leeg(&format!("persoon{nummer}_naam")) && leeg(&format!("persoon{nummer}_rol")) {
            fouten.push(VeldFout::new(format!("persoon{nummer}_rol"), "Kies wie dit is."));
        }
    }
    let lang = waarden
        .namen()
        .filter(|naam| waarden.een(naam).is_some_and(|tekst| tekst.chars().count() > ANTWOORD_TEKENS_MAX));
    fouten.extend(lang.map(|naam| VeldFout::new(naam, "Deze tekst is te lang. Maak hem korter, of bel 0800-2000.")));
    fouten
}

fn wens(waarden: &Waarden, gemeente: String) -> MeldWens {
    let tekst = |naam: &str| waarden.gevuld(naam);
    let wanneer = tekst("zelf_datum").map(|wanneer| format!("Wanneer: {wanneer}. ")).unwrap_or_default();
    let openheid = match waarden.een("openheid") {
        Some("open") => Openheid::Open,
        Some("afgeschermd") => Openheid::Afgeschermd,
        _ => Openheid::Onbekend,
    };
    // Who wants nobody to know is not written down, whatever was typed.
    let melder = tekst("melder_naam").filter(|_| openheid != Openheid::Onbekend);
    let telefoon = tekst("melder_telefoon").filter(|_| openheid != Openheid::Onbekend);
    MeldWens {
        gemeente,
        openheid: Some(openheid),
        spoed: waarden.bevat("spoed", "ja"),
        contact: Some(if waarden.bevat("contact", "doorlopend") {
            Contactduur::Doorlopend
        } else {
            Contactduur::Eenmalig
        }),
        inhoud: format!("{wanneer}{}", tekst("zelf_tekst").unwrap_or_default()),
        van_anderen: tekst("anderen_tekst"),
        bron_van_anderen: tekst("anderen_bron"),
        melder: MelderWens { soort: "burger".to_owned(), naam: melder, telefoon, ..MelderWens::default() },
        woonadres: super::melding::woonadres(waarden),
        huishouden: (1..=PERSONEN_MAX).filter_map(|nummer| lid(waarden, nummer)).collect(),
        ..MeldWens::default()
    }
}

fn lid(waarden: &Waarden, nummer: usize) -> Option<PersoonWens> {
    let tekst = |veld: &str| waarden.gevuld(&format!("persoon{nummer}_{veld}"));
    let rol: PersoonRol = super::melding::rol(&tekst("rol")?);
    let (naam, geboren) = (tekst("naam"), tekst("geboortedatum"));
    Some(PersoonWens { rol, naam, geboren, bsn: None, gezinsvoogd: None, bekend_als: None })
}

/// The field of the form for a field of the wish.
fn veldnaam(veld: &str) -> String {
    let delen: Vec<_> = veld.split('.').collect();
    match delen.as_slice() {
        ["huishouden", index, veld] => {
            let nummer = index.parse::<usize>().map_or(1, |index| index + 1);
            let veld = if *veld == "geboren" { "geboortedatum" } else { veld };
            format!("persoon{nummer}_{veld}")
        }
        ["woonadres", deel] => format!("adres_{deel}"),
        ["woonadres"] => "adres_straat".to_owned(),
        ["van_anderen"] => "anderen_tekst".to_owned(),
        ["gemeente"] => "gemeente".to_owned(),
        _ => "zelf_tekst".to_owned(),
    }
}
