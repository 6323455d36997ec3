//! Tracks of the meldcode and advices by a system: the same wishes as the forms make, with the same answers.

use crate::{Toestand, api::handelingen::opdrachtnummer, extract::MetToken, problem::Problem};
use app::{
    Antwoord, AppFout, Gedaan,
    eigen::{AdviesBeeld, AdviesWens, EigenOpdracht, SpoorBeeld, SpoorWens, advies::VraagWens, meldcode::BeginWens},
    wens::{VeldFout, lees_tijdstip},
};
use axum::{
    Json,
    extract::{Path, State, rejection::JsonRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::ids::{AdviesId, CasusId, SpoorId};
use serde::{Deserialize, Serialize};

/// What is asked of a track or an advice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Verzoek<W> {
    /// `{ "doe": "leg-signaal-vast", "met": { .. } }`.
    wens: W,
    /// When it happened, local time; now when absent.
    #[serde(default)]
    gebeurd_op: Option<String>,
    /// The version on which was decided; any when absent.
    #[serde(default)]
    verwacht: Option<u64>,
}

/// A track as its own organisation sees it.
#[derive(Serialize)]
pub struct SpoorJson {
    spoor: String,
    nummer: String,
    versie: u64,
    stappen: Vec<StapJson>,
    openstaand: Vec<PuntJson>,
    /// `melden`, `hulp-en-volgen`, `afsluiten`.
    uitkomst: Option<String>,
    melden: Option<bool>,
    melding_nummer: Option<String>,
    gesloten: bool,
}

/// One of the five steps.
#[derive(Serialize)]
struct StapJson {
    stap: String,
    klaar: bool,
    clausules: Vec<String>,
}

/// Something that is still to do.
#[derive(Serialize)]
struct PuntJson {
    code: String,
    clausule: String,
    dwingend: bool,
}

/// An advice as one side sees it.
#[derive(Serialize)]
pub struct AdviesJson {
    advies: String,
    nummer: String,
    versie: u64,
    vraag: String,
    vormen: Vec<String>,
    antwoorden: Vec<String>,
    afgerond: bool,
}

fn spoor_json(beeld: &SpoorBeeld) -> SpoorJson {
    let stap = |stap: &app::eigen::meldcode::StapBeeld| StapJson {
        stap: stap.sleutel.clone(),
        klaar: stap.klaar,
        clausules: stap.clausules.iter().map(|id| id.0.clone()).collect(),
    };
    let openstaand = beeld.openstaand.iter().map(|(code, clausule, dwingend)| PuntJson {
        code: code.als_str().to_owned(),
        clausule: clausule.0.clone(),
        dwingend: *dwingend,
    });
    SpoorJson {
        spoor: beeld.id.to_string(),
        nummer: beeld.nummer.clone(),
        versie: beeld.versie,
        stappen: beeld.stappen.iter().map(stap).collect(),
        openstaand: openstaand.collect(),
        uitkomst: beeld.uitkomst().map(|uitkomst| uitkomst.als_str()),
        melden: beeld.staat.melden.as_ref().map(|besluit| besluit.melden),
        melding_nummer: beeld.melding_nummer().map(str::to_owned),
        gesloten: beeld.staat.gesloten.is_some(),
    }
}

fn advies_json(beeld: &AdviesBeeld) -> AdviesJson {
    let vormen = beeld.staat.vraag.iter().flat_map(|vraag| vraag.vormen.iter().cloned());
    AdviesJson {
        advies: beeld.id.to_string(),
        nummer: beeld.nummer.clone(),
        versie: beeld.versie,
        vraag: beeld.vraag.clone(),
        vormen: vormen.collect(),
        antwoorden: beeld.antwoorden.iter().map(|antwoord| antwoord.tekst.clone()).collect(),
        afgerond: beeld.staat.afgerond,
    }
}

fn gedaan(antwoord: Antwoord) -> Result<Gedaan, Problem> {
    match antwoord {
        Antwoord::Gedaan(gedaan) => Ok(gedaan),
        Antwoord::Geweigerd(weigering) => Err(Problem::geweigerd(&weigering)),
        Antwoord::Conflict(_) => Err(Problem::conflict()),
    }
}

fn niet_gevonden<T>(gelezen: Result<T, uuid::Error>) -> Result<T, Problem> {
    gelezen.map_err(|_| Problem::from(AppFout::NietGevonden))
}

fn opdracht<W>(
    wie: &MetToken,
    headers: &HeaderMap,
    stroom: Option<CasusId>,
    verzoek: Verzoek<W>,
) -> Result<EigenOpdracht<W>, Problem> {
    let gebeurd_op = verzoek.gebeurd_op.as_deref().map(|tekst| lees_tijdstip("gebeurd_op", tekst)).transpose();
    let gebeurd_op = gebeurd_op.map_err(|fouten: Vec<VeldFout>| Problem::from(AppFout::Ongeldig(fouten)))?;
    let id = opdrachtnummer(headers)?;
    let actor = wie.0.actor.clone();
    Ok(EigenOpdracht { id, stroom, verwacht: verzoek.verwacht, actor, gebeurd_op, wens: verzoek.wens })
}

fn body<T>(body: Result<Json<T>, JsonRejection>) -> Result<T, Problem> {
    body.map(|Json(gelezen)| gelezen).map_err(|fout| Problem::ongeldig(fout.body_text()))
}

fn gemaakt(plek: String, json: impl Serialize) -> Response {
    (StatusCode::CREATED, [(header::LOCATION, plek)], Json(json)).into_response()
}

/// `POST /api/v1/sporen` with a `BeginWens` and an `Idempotency-Key` (UUID).
///
/// # Errors
/// 400 with the fields that are wrong, 401, 409 when a rule refuses.
pub async fn begin_spoor(
    State(toestand): State<Toestand>,
    wie: MetToken,
    headers: HeaderMap,
    begin: Result<Json<BeginWens>, JsonRejection>,
) -> Result<Response, Problem> {
    let wens = SpoorWens::BeginSpoor(body(begin)?);
    let opdracht = opdracht(&wie, &headers, None, Verzoek { wens, gebeurd_op: None, verwacht: None })?;
    let id = SpoorId(gedaan(toestand.app.voer_spoor_uit(&opdracht).await?)?.casus.0);
    let beeld = toestand.app.spoor(&wie.0.actor, id).await?;
    Ok(gemaakt(format!("/api/v1/sporen/{id}"), spoor_json(&beeld)))
}

/// `GET /api/v1/sporen/{spoor}`.
///
/// # Errors
/// 401; 404 when it does not exist or belongs to another organisation.
pub async fn spoor(
    State(toestand): State<Toestand>,
    wie: MetToken,
    Path(spoor): Path<String>,
) -> Result<Json<SpoorJson>, Problem> {
    let beeld = toestand.app.spoor(&wie.0.actor, niet_gevonden(spoor.parse())?).await?;
    Ok(Json(spoor_json(&beeld)))
}

/// `POST /api/v1/sporen/{spoor}/handelingen` with an `Idempotency-Key` (UUID).
///
/// # Errors
/// 400 with the fields that are wrong, 401, 404, 409 when a rule refuses or the track has changed.
pub async fn doe_spoor(
    State(toestand): State<Toestand>,
    wie: MetToken,
    Path(spoor): Path<String>,
    headers: HeaderMap,
    verzoek: Result<Json<Verzoek<SpoorWens>>, JsonRejection>,
) -> Result<Json<SpoorJson>, Problem> {
    let id: SpoorId = niet_gevonden(spoor.parse())?;
    let opdracht = opdracht(&wie, &headers, Some(CasusId(id.0)), body(verzoek)?)?;
    gedaan(toestand.app.voer_spoor_uit(&opdracht).await?)?;
    Ok(Json(spoor_json(&toestand.app.spoor(&wie.0.actor, id).await?)))
}

/// `POST /api/v1/adviezen` with a `VraagWens` and an `Idempotency-Key` (UUID).
///
/// # Errors
/// 400 with the fields that are wrong, 401, 409 when a rule refuses or the text looks as if it names somebody.
pub async fn vraag_advies(
    State(toestand): State<Toestand>,
    wie: MetToken,
    headers: HeaderMap,
    vraag: Result<Json<VraagWens>, JsonRejection>,
) -> Result<Response, Problem> {
    let wens = AdviesWens::VraagAdvies(body(vraag)?);
    let opdracht = opdracht(&wie, &headers, None, Verzoek { wens, gebeurd_op: None, verwacht: None })?;
    let id = AdviesId(gedaan(toestand.app.voer_advies_uit(&opdracht).await?)?.casus.0);
    let beeld = toestand.app.advies(&wie.0.actor, id).await?;
    Ok(gemaakt(format!("/api/v1/adviezen/{id}"), advies_json(&beeld)))
}

/// `GET /api/v1/adviezen/{advies}`.
///
/// # Errors
/// 401; 404 when it does not exist or is between others.
pub async fn advies(
    State(toestand): State<Toestand>,
    wie: MetToken,
    Path(advies): Path<String>,
) -> Result<Json<AdviesJson>, Problem> {
    let beeld = toestand.app.advies(&wie.0.actor, niet_gevonden(advies.parse())?).await?;
    Ok(Json(advies_json(&beeld)))
}

/// `POST /api/v1/adviezen/{advies}/handelingen` with an `Idempotency-Key` (UUID).
///
/// # Errors
/// 400 with the fields that are wrong, 401, 404, 409 when a rule refuses or the advice has changed.
pub async fn doe_advies(
    State(toestand): State<Toestand>,
    wie: MetToken,
    Path(advies): Path<String>,
    headers: HeaderMap,
    verzoek: Result<Json<Verzoek<AdviesWens>>, JsonRejection>,
) -> Result<Json<AdviesJson>, Problem> {
    let id: AdviesId = niet_gevonden(advies.parse())?;
    let opdracht = opdracht(&wie, &headers, Some(CasusId(id.0)), body(verzoek)?)?;
    gedaan(toestand.app.voer_advies_uit(&opdracht).await?)?;
    Ok(Json(advies_json(&toestand.app.advies(&wie.0.actor, id).await?)))
}
