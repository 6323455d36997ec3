//! The story of the demo. Anybody at this computer may take the next step: everything in it is made up.

use super::handeling::titel;
use crate::{
    Toestand,
    extract::OpenFormulier,
    opmaak,
    pages::{
        kader::Kader,
        onderdelen::{Pil, Status},
        verhaal::{StapRij, VerhaalPagina},
    },
    problem::{WebFout, pagina},
    verhaal::{Stap, Verhaal},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};

fn verhaal(toestand: &Toestand) -> Result<&dyn Verhaal, WebFout> {
    toestand.instellingen.verhaal.as_deref().ok_or(WebFout::NietGevonden)
}

/// Where the story is.
pub async fn toon(State(toestand): State<Toestand>) -> Result<Response, WebFout> {
    blad(&toestand, None).await
}

/// The next step.
pub async fn stap(State(toestand): State<Toestand>, OpenFormulier(_): OpenFormulier) -> Result<Response, WebFout> {
    match verhaal(&toestand)?.stap().await {
        Ok(()) => Ok(Redirect::to("/verhaal").into_response()),
        Err(fout) => blad(&toestand, Some(fout)).await,
    }
}

async fn blad(toestand: &Toestand, fout: Option<String>) -> Result<Response, WebFout> {
    let stand = verhaal(toestand)?.stand().await;
    let rij = |stap: &Stap, gedaan: bool| StapRij {
        wanneer: stap.wanneer.clone(),
        wie: stap.wie.clone(),
        wat: wat(&stap.doe),
        account: stap.account.clone(),
        pil: match (&stap.geweigerd, gedaan) {
            (Some(_), true) => Pil::new(Status::Geweigerd, "Tegengehouden"),
            (None, true) => Pil::new(Status::Gehaald, "Gedaan"),
            (_, false) => Pil::new(Status::AanZet, "Volgende"),
        },
        waarom: stap.geweigerd.clone(),
    };
    Ok(pagina(&VerhaalPagina {
        kader: Kader::anoniem(true),
        titel: stand.titel.clone(),
        voortgang: format!("stap {} van {}", stand.gedaan.len(), stand.totaal),
        volgende: stand.volgende.as_ref().map(|stap| rij(stap, false)),
        gedaan: stand.gedaan.iter().rev().map(|stap| rij(stap, true)).collect(),
        casus: stand.casus,
        fout,
    }))
}

/// An act in the words of its button; of an act that has none the name.
fn wat(doe: &str) -> String {
    if let Some(woorden) = naast_de_casus(doe) {
        return woorden.to_owned();
    }
    let woorden = titel(doe).map_or_else(|| doe.replace('-', " "), |(tekst, _)| tekst.to_owned());
    opmaak::hoofdletter(&woorden)
}

/// Acts that have no button on a casus.
fn naast_de_casus(doe: &str) -> Option<&'static str> {
    Some(match doe {
        "begin-spoor" => "Meldcode: een spoor beginnen",
        "leg-signaal-vast" => "Meldcode, stap 1: een signaal vastleggen",
        "leg-overleg-vast" => "Meldcode, stap 2: overleg vastleggen",
        "leg-gesprek-vast" => "Meldcode, stap 3: het gesprek vastleggen",
        "weeg" => "Meldcode, stap 4: wegen",
        "beslis-melden" => "Meldcode, stap 5: besluiten of een melding nodig is",
        "beslis-hulp" => "Meldcode, stap 5: besluiten of hulp mogelijk is",
        "vraag-advies" => "Advies vragen aan Veilig Thuis",
        "geef-advies" => "Advies geven",
        "geef-signaal" => "Een signaal voor de verwijsindex klaarzetten",
        "verstuur-signaal" => "Het signaal naar de verwijsindex sturen",
        "sluit-casus" => "Casus sluiten",
        "bespreek-aan-tafel" => "Bespreken aan de overdrachtstafel",
        _ => return None,
    })
}
