//! A report by a system of a professional's organisation: the same as the form makes.

use crate::{
    Toestand,
    api::{
        casussen::{CasusJson, casus_json},
        handelingen::opdrachtnummer,
    },
    extract::MetToken,
    problem::Problem,
};
use app::{Antwoord, Opdracht, Wens, lezen::CasusVraag, wens::MeldWens};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// The receipt for a reporter who has no way back to the casus.
#[derive(Serialize)]
struct Ontvangst {
    nummer: String,
}

/// `POST /api/v1/meldingen` with a `MeldWens` as body and an `Idempotency-Key` (UUID): sending it again has one effect.
///
/// # Errors
/// 400 with the fields that are wrong, 401, 409 when a rule refuses.
pub async fn meld(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    headers: HeaderMap,
    body: Result<Json<MeldWens>, JsonRejection>,
) -> Result<Response, Problem> {
    let Json(mut wens) = body.map_err(|fout| Problem::ongeldig(fout.body_text()))?;
    let id = opdrachtnummer(&headers)?;
    // Whose report it is follows from the token, not from what the body claims.
    wens.melder.organisatie = Some(wie.actor.organisatie.clone());
    let opdracht = Opdracht {
        id,
        casus: None,
        verwacht: None,
        actor: wie.actor.clone(),
        gebeurd_op: None,
        wens: Wens::Meld(Box::new(wens)),
    };
    match toestand.app.voer_uit(&opdracht).await? {
        Antwoord::Gedaan(gedaan) => {
            let vraag = CasusVraag { casus: gedaan.casus, stand: None, bekend_op: None };
            match toestand.app.casus(&wie.actor, vraag).await {
                Ok(beeld) => {
                    let plek = [(header::LOCATION, format!("/api/v1/casussen/{}", gedaan.casus))];
                    let json: CasusJson = casus_json(&toestand, &beeld);
                    Ok((StatusCode::CREATED, plek, Json(json)).into_response())
                }
                Err(app::AppFout::NietGevonden) => {
                    Ok((StatusCode::CREATED, Json(Ontvangst { nummer: gedaan.nummer })).into_response())
                }
                Err(fout) => Err(fout.into()),
            }
        }
        Antwoord::Geweigerd(weigering) => Err(Problem::geweigerd(&weigering)),
        Antwoord::Conflict(_) => Err(Problem::conflict()),
    }
}
