//! Messages of other systems: each with a number of its sender, each acknowledged, and counted per day so that both sides
//! can hold their counts beside each other.

use crate::{Toestand, extract::MetToken, problem::Problem};
use app::{
    AppFout,
    berichten::{Afwijzing, Bericht, Uitkomst},
    wens::VeldFout,
};
use axum::{
    Json,
    body::Bytes,
    extract::{Query, State},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The acknowledgement of one message.
#[derive(Serialize)]
pub struct BewijsJson {
    bericht: String,
    /// `opgenomen` or `geweigerd`.
    stand: &'static str,
    /// The number of the casus, for who calls about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    nummer: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reden: Option<RedenJson>,
}

/// Why a message was refused.
#[derive(Serialize)]
struct RedenJson {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uitleg: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    clausule: Option<String>,
    /// The same message under another number, with a reason, passes.
    mag_met_reden: bool,
    /// What is wrong per field.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    velden: BTreeMap<String, String>,
}

/// `POST /api/v1/berichten`: `{ "bericht": "<number>", "soort": "melding", "melding": { .. } }`, a `correctie` or an
/// `intrekking` with `over`. Sending it again gives the same acknowledgement.
///
/// # Errors
/// 400 without a number that can be read, 401, 409 when the number was used for another message.
pub async fn ontvang(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    body: Bytes,
) -> Result<Json<BewijsJson>, Problem> {
    let (nummer, bericht) = lees(&body)?;
    let bewijs = toestand.app.ontvang_bericht(&wie.actor, &nummer, bericht).await?;
    let (stand, nummer, reden) = match bewijs.uitkomst {
        Uitkomst::Opgenomen { nummer } => ("opgenomen", Some(nummer), None),
        Uitkomst::Geweigerd(Afwijzing { code, uitleg, clausule, mag_met_reden, velden }) => {
            let clausule = clausule.map(|clausule| clausule.0);
            ("geweigerd", None, Some(RedenJson { code, uitleg, clausule, mag_met_reden, velden }))
        }
    };
    Ok(Json(BewijsJson { bericht: bewijs.bericht, stand, nummer, reden }))
}

/// The number first: a message that has one is acknowledged, also when the rest cannot be read.
fn lees(body: &[u8]) -> Result<(String, Result<Bericht, VeldFout>), Problem> {
    let geen_nummer = || Problem::ongeldig("Stuur JSON met een eigen nummer per bericht in het veld 'bericht'.");
    let waarde: serde_json::Value = serde_json::from_slice(body).map_err(|_| geen_nummer())?;
    let serde_json::Value::Object(mut velden) = waarde else { return Err(geen_nummer()) };
    let nummer = velden.remove("bericht").and_then(|nummer| nummer.as_str().map(str::to_owned));
    let nummer = nummer.ok_or_else(geen_nummer)?;
    let bericht = serde_json::from_value(serde_json::Value::Object(velden));
    // What serde says can hold what was sent, and goes back to the sender only.
    Ok((nummer, bericht.map_err(|fout| VeldFout { veld: "bericht".into(), melding: fout.to_string() })))
}

/// Which day.
#[derive(Deserialize)]
pub struct Vraag {
    dag: String,
}

/// How many messages of a sender there were on a day.
#[derive(Serialize)]
pub struct AansluitingJson {
    dag: String,
    afzenders: Vec<AfzenderJson>,
}

/// The messages of one sender and one kind.
#[derive(Serialize)]
struct AfzenderJson {
    afzender: String,
    soort: String,
    ontvangen: u64,
    opgenomen: u64,
    geweigerd: u64,
    /// Received and not dealt with after a fault: to be sent again.
    niet_afgerond: u64,
}

/// `GET /api/v1/berichten/aansluiting?dag=2026-03-02`: what the own organisation sent, and for Veilig Thuis what it received.
///
/// # Errors
/// 400 for a day that is none, 401.
pub async fn aansluiting(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Query(vraag): Query<Vraag>,
) -> Result<Json<AansluitingJson>, Problem> {
    let dag = vraag.dag.trim().parse().map_err(|_| {
        let melding = "Vul een datum in, bijvoorbeeld 2026-06-01.".to_owned();
        Problem::from(AppFout::Ongeldig(vec![VeldFout { veld: "dag".into(), melding }]))
    })?;
    let aansluiting = toestand.app.aansluiting(&wie.actor, dag).await?;
    let afzenders = aansluiting.per_afzender().into_iter().map(|telling| AfzenderJson {
        afzender: telling.afzender.0,
        soort: telling.soort,
        ontvangen: telling.ontvangen,
        opgenomen: telling.opgenomen,
        geweigerd: telling.geweigerd,
        niet_afgerond: telling.niet_afgerond,
    });
    Ok(Json(AansluitingJson { dag: aansluiting.dag.to_string(), afzenders: afzenders.collect() }))
}
