//! A bearer token for a demo account. Other ways to sign in come with the sign-in of organisations.

use crate::{Toestand, problem::Problem, session};
use axum::{
    Json,
    extract::{State, rejection::JsonRejection},
    http::StatusCode,
};
use serde::{Deserialize, Serialize};

/// As whom.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vraag {
    account: String,
}

/// The token, for `Authorization: Bearer`.
#[derive(Serialize)]
pub struct Sessie {
    token: String,
}

/// `POST /api/v1/sessies`.
///
/// # Errors
/// 400 for a body that is not understood, 401 for an unknown account, and always outside the demo.
pub async fn begin(
    State(toestand): State<Toestand>,
    body: Result<Json<Vraag>, JsonRejection>,
) -> Result<(StatusCode, Json<Sessie>), Problem> {
    let Json(vraag) = body.map_err(|fout| Problem::ongeldig(fout.body_text()))?;
    let account = toestand.account(&vraag.account).ok_or_else(Problem::niet_aangemeld)?;
    let token = session::begin(&toestand, account).await?;
    Ok((StatusCode::CREATED, Json(Sessie { token })))
}
