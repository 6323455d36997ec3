//! The files of a casus as JSON, and one of them as it came. They are added by an act like any other.

use crate::{Toestand, extract::MetToken, handlers::bijlagen::om_op_te_slaan, problem::Problem};
use app::{
    AppFout,
    bijlagen::{BijlageBeeld, Vorm},
    lezen::{CasusBeeld, CasusVraag},
};
use axum::{
    Json,
    extract::{Path, State},
    response::Response,
};
use serde::Serialize;

/// One file.
#[derive(Serialize)]
pub struct BijlageJson {
    bijlage: String,
    soort: String,
    naam: String,
    vorm: Vorm,
    bytes: usize,
    toegevoegd_op: String,
    door: String,
}

/// `GET /api/v1/casussen/{casus}/bijlagen`.
///
/// # Errors
/// 401; 404 when the casus does not exist or not for this organisation.
pub async fn lijst(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Path(casus): Path<String>,
) -> Result<Json<Vec<BijlageJson>>, Problem> {
    let beeld = laad(&toestand, &wie.actor, &casus).await?;
    Ok(Json(toestand.app.bijlagen(&beeld).into_iter().map(json).collect()))
}

/// `GET /api/v1/casussen/{casus}/bijlagen/{bijlage}`: the bytes.
///
/// # Errors
/// 401; 404 when it does not exist or not for this organisation.
pub async fn bestand(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Path((casus, bijlage)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let beeld = laad(&toestand, &wie.actor, &casus).await?;
    let id = bijlage.parse().map_err(|_| Problem::from(AppFout::NietGevonden))?;
    let (bijlage, bytes) = toestand.app.bijlage(&wie.actor, &beeld, id).await?;
    Ok(om_op_te_slaan(&bijlage, bytes))
}

async fn laad(toestand: &Toestand, actor: &app::Actor, casus: &str) -> Result<CasusBeeld, Problem> {
    let casus = casus.parse().map_err(|_| Problem::from(AppFout::NietGevonden))?;
    Ok(toestand.app.casus(actor, CasusVraag { casus, stand: None, bekend_op: None }).await?)
}

fn json(bijlage: BijlageBeeld) -> BijlageJson {
    BijlageJson {
        bijlage: bijlage.id.to_string(),
        soort: bijlage.soort,
        naam: bijlage.gegevens.naam,
        vorm: bijlage.gegevens.vorm,
        bytes: bijlage.gegevens.bytes,
        toegevoegd_op: jiff::Timestamp::from_microsecond(bijlage.toegevoegd_op.0)
            .map(|stempel| stempel.to_string())
            .unwrap_or_default(),
        door: bijlage.door.0,
    }
}
