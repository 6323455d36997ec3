//! The documents of a casus as JSON: data, from which each system draws its own letter.

use crate::{Toestand, extract::MetToken, problem::Problem};
use app::{
    documenten::DocumentBeeld,
    lezen::{CasusBeeld, CasusVraag},
};
use axum::{
    Json,
    extract::{Path, State},
};
use domain::{afspraak::Documentlezer, gebeurtenis::ContactWijze, tijd::Instant};
use serde::Serialize;

/// One document.
#[derive(Serialize)]
pub struct DocumentJson {
    document: String,
    soort: String,
    naam: String,
    clausule: String,
    ontvanger: OntvangerJson,
    onderdelen: Vec<OnderdeelJson>,
    /// Whom it says that it also goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    ook_naar: Option<String>,
    gemaakt_op: String,
    door: String,
    verzonden: Vec<VerzondenJson>,
}

#[derive(Serialize)]
struct OntvangerJson {
    lezer: Documentlezer,
    aanhef: String,
    persoonlijk: bool,
}

#[derive(Serialize)]
struct OnderdeelJson {
    onderdeel: String,
    naam: String,
    clausule: String,
    tekst: String,
}

#[derive(Serialize)]
struct VerzondenJson {
    op: String,
    wijze: ContactWijze,
}

/// `GET /api/v1/casussen/{casus}/documenten`.
///
/// # Errors
/// 401; 404 when the casus does not exist or not for this organisation.
pub async fn lijst(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Path(casus): Path<String>,
) -> Result<Json<Vec<DocumentJson>>, Problem> {
    let beeld = laad(&toestand, &wie.actor, &casus).await?;
    Ok(Json(toestand.app.documenten(&beeld).iter().map(json).collect()))
}

/// `GET /api/v1/casussen/{casus}/documenten/{document}`.
///
/// # Errors
/// 401; 404 when it does not exist or not for this organisation.
pub async fn toon(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Path((casus, document)): Path<(String, String)>,
) -> Result<Json<DocumentJson>, Problem> {
    let beeld = laad(&toestand, &wie.actor, &casus).await?;
    let id = document.parse().map_err(|_| Problem::from(app::AppFout::NietGevonden))?;
    Ok(Json(json(&toestand.app.document(&wie.actor, &beeld, id).await?)))
}

async fn laad(toestand: &Toestand, actor: &app::Actor, casus: &str) -> Result<CasusBeeld, Problem> {
    let casus = casus.parse().map_err(|_| Problem::from(app::AppFout::NietGevonden))?;
    Ok(toestand.app.casus(actor, CasusVraag { casus, stand: None, bekend_op: None }).await?)
}

fn json(document: &DocumentBeeld) -> DocumentJson {
    let deel = |deel: &app::documenten::Documentonderdeel| OnderdeelJson {
        onderdeel: deel.sleutel.clone(),
        naam: deel.naam.clone(),
        clausule: deel.clausule.0.clone(),
        tekst: deel.tekst.clone(),
    };
    DocumentJson {
        document: document.id.to_string(),
        soort: document.soort.clone(),
        naam: document.naam.clone(),
        clausule: document.clausule.0.clone(),
        ontvanger: OntvangerJson {
            lezer: document.ontvanger.lezer,
            aanhef: document.ontvanger.aanhef.clone(),
            persoonlijk: document.ontvanger.persoonlijk,
        },
        onderdelen: document.onderdelen.iter().map(deel).collect(),
        ook_naar: document.ook_naar.as_ref().map(|(naar, _)| naar.clone()),
        gemaakt_op: tijdstip(document.gemaakt_op),
        door: document.door.0.clone(),
        verzonden: document
            .verzonden
            .iter()
            .map(|keer| VerzondenJson { op: tijdstip(keer.feit.gebeurd_op), wijze: keer.wijze })
            .collect(),
    }
}

/// RFC 3339 in UTC.
fn tijdstip(op: Instant) -> String {
    jiff::Timestamp::from_microsecond(op.0).map(|stempel| stempel.to_string()).unwrap_or_default()
}
