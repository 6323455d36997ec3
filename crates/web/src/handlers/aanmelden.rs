//! Signing in with a demo account. Other ways come with the sign-in of organisations.

use crate::{
    Toestand,
    extract::{COOKIE, Formulier, OpenFormulier},
    frame::soort_van,
    opmaak,
    pages::{
        aanmelden::{AanmeldenPagina, DemoAccount, DemoOrganisatie, DemoRegio},
        kader::Kader,
    },
    problem::{WebFout, pagina},
    session::{self, Ingelogd},
};
use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

/// Where somebody begins.
pub async fn begin(wie: Ingelogd) -> Redirect {
    drop(wie);
    Redirect::to("/werkvoorraad")
}

/// What the address of the sign-in page may say.
#[derive(Deserialize)]
pub struct Vraag {
    af: Option<String>,
}

/// The accounts to choose from.
pub async fn toon(State(toestand): State<Toestand>, Query(vraag): Query<Vraag>) -> Response {
    let mut regios: Vec<DemoRegio> = Vec::new();
    for account in toestand.instellingen.demo.iter().flatten() {
        let organisatie = toestand.app.naam_van(&account.organisatie);
        let getoond = DemoAccount {
            id: account.id.clone(),
            naam: account.naam.clone(),
            initialen: opmaak::initialen(&account.naam),
            rol: account.functie.clone(),
        };
        if !regios.iter().any(|regio| regio.naam == account.regio) {
            let id = format!("regio-{}", regios.len() + 1);
            regios.push(DemoRegio { id, naam: account.regio.clone(), organisaties: Vec::new() });
        }
        let Some(regio) = regios.iter_mut().find(|regio| regio.naam == account.regio) else { continue };
        match regio.organisaties.iter_mut().find(|bekend| bekend.naam == organisatie) {
            Some(bekend) => bekend.accounts.push(getoond),
            None => regio.organisaties.push(DemoOrganisatie {
                naam: organisatie,
                soort: soort_van(&toestand, &account.organisatie),
                accounts: vec![getoond],
            }),
        }
    }
    let bericht = if toestand.is_demo() {
        vraag.af.map(|_| "U bent afgemeld.".to_owned())
    } else {
        Some("Aanmelden kan in deze versie alleen in de oefenomgeving: start die met 'zicht demo'.".to_owned())
    };
    pagina(&AanmeldenPagina { kader: Kader::anoniem(toestand.is_demo()), regios, bericht })
}

/// Signs in and leads to the worklist.
pub async fn meld_aan(
    State(toestand): State<Toestand>,
    OpenFormulier(waarden): OpenFormulier,
) -> Result<Response, WebFout> {
    let account = waarden.een("account").and_then(|id| toestand.account(id)).ok_or(WebFout::NietGevonden)?;
    let token = session::begin(&toestand, account).await?;
    // The demo listens on this computer itself, without TLS; everywhere else the cookie is bound to TLS.
    let veilig = if toestand.is_demo() { "" } else { "; Secure" };
    let koekje = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict{veilig}");
    // From the story one goes to the casus that it is about.
    let casus = waarden.een("casus").and_then(|id| id.parse::<domain::ids::CasusId>().ok());
    let plek = casus.map_or_else(|| "/werkvoorraad".to_owned(), |id| format!("/casussen/{id}"));
    Ok(([(header::SET_COOKIE, koekje)], Redirect::to(&plek)).into_response())
}

/// Signs out.
pub async fn meld_af(State(toestand): State<Toestand>, formulier: Formulier) -> Result<Response, WebFout> {
    session::eindig(&toestand, &formulier.ingelogd.token).await?;
    let koekje = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    Ok(([(header::SET_COOKIE, koekje)], Redirect::to("/aanmelden?af=ja")).into_response())
}
