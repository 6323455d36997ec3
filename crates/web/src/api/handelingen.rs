//! An act on a casus by a system: the same wish as a form makes, with the same answer.

use crate::{
    Toestand,
    api::casussen::{CasusJson, casus_json},
    extract::MetToken,
    problem::Problem,
};
use app::{
    Antwoord, Opdracht, Wens,
    lezen::CasusVraag,
    wens::{VeldFout, lees_tijdstip},
};
use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::HeaderMap,
};
use domain::ids::{CasusId, CommandId};
use serde::Deserialize;

/// What is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verzoek {
    /// `{ "doe": "start-dienst", "met": { .. } }`.
    wens: Wens,
    /// When it happened, local time; now when absent.
    #[serde(default)]
    gebeurd_op: Option<String>,
    /// The version of the casus on which was decided; any when absent.
    #[serde(default)]
    verwacht: Option<u64>,
}

/// `POST /api/v1/casussen/{casus}/handelingen` with an `Idempotency-Key` (UUID): sending it again has one effect.
///
/// # Errors
/// 400 with the fields that are wrong, 401, 404 when the casus does not exist or not for this organisation, 409 when a
/// rule refuses or the casus has changed.
pub async fn doe(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Path(casus): Path<String>,
    headers: HeaderMap,
    body: Result<Json<Verzoek>, JsonRejection>,
) -> Result<Json<CasusJson>, Problem> {
    let Json(verzoek) = body.map_err(|fout| Problem::ongeldig(fout.body_text()))?;
    let casus: CasusId = casus.parse().map_err(|_| Problem::from(app::AppFout::NietGevonden))?;
    let id = opdrachtnummer(&headers)?;
    if matches!(verzoek.wens, Wens::Meld(_)) {
        return Err(Problem::ongeldig("Een melding gaat naar /api/v1/meldingen."));
    }
    let gebeurd_op = verzoek.gebeurd_op.as_deref().map(|tekst| lees_tijdstip("gebeurd_op", tekst)).transpose();
    let gebeurd_op = gebeurd_op.map_err(|fouten: Vec<VeldFout>| Problem::from(app::AppFout::Ongeldig(fouten)))?;
    let opdracht = Opdracht {
        id,
        casus: Some(casus),
        verwacht: verzoek.verwacht,
        actor: wie.actor.clone(),
        gebeurd_op,
        wens: verzoek.wens,
    };
    match toestand.app.voer_uit(&opdracht).await? {
        Antwoord::Gedaan(_) => {
            let vraag = CasusVraag { casus, stand: None, bekend_op: None };
            let beeld = toestand.app.casus(&wie.actor, vraag).await?;
            Ok(Json(casus_json(&toestand, &beeld)))
        }
        Antwoord::Geweigerd(weigering) => Err(Problem::geweigerd(&weigering)),
        Antwoord::Conflict(_) => Err(Problem::conflict()),
    }
}

/// The number of a request, with which sending it again is recognised.
///
/// # Errors
/// 400 without one.
pub(super) fn opdrachtnummer(headers: &HeaderMap) -> Result<CommandId, Problem> {
    let sleutel = headers.get("idempotency-key").and_then(|waarde| waarde.to_str().ok());
    sleutel.and_then(|tekst| tekst.trim().parse().ok()).map(CommandId).ok_or_else(|| {
        Problem::ongeldig("Stuur een header Idempotency-Key met een UUID, zodat opnieuw sturen één keer telt.")
    })
}
