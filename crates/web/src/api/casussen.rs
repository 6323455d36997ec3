//! A casus as JSON, as far as the organisation may know it.

use crate::{Toestand, extract::MetToken, problem::Problem};
use app::{
    lezen::{CasusBeeld, CasusVraag},
    toegang::Relatie,
};
use axum::{
    Json,
    extract::{Path, State},
};
use domain::{termijnen::Status, tijd::Instant, tijdlijn::Span, verrijking::Verzoek};
use serde::Serialize;

/// A casus.
#[derive(Serialize)]
pub struct CasusJson {
    casus: String,
    nummer: String,
    versie: u64,
    gemeente: String,
    /// The zicht line, what is expected included.
    zicht: Vec<SpanJson>,
    /// The lines beside it, which may be empty.
    regie: Vec<SpanJson>,
    monitoring: Vec<SpanJson>,
    crisis: Vec<SpanJson>,
    termijnen: Vec<TermijnJson>,
    /// What was asked of whom; for Veilig Thuis alone. The words of an answer are on the page.
    informatie: Vec<InformatieJson>,
    gesloten: bool,
}

/// A stretch of a line, [van, tot).
#[derive(Serialize)]
pub struct SpanJson {
    houder: String,
    naam: String,
    van: String,
    tot: Option<String>,
    grond: String,
}

/// A term with its status now.
#[derive(Serialize)]
pub struct TermijnJson {
    soort: String,
    clausule: String,
    wie: String,
    /// The last day that still counts.
    uiterlijk: String,
    status: Status,
}

/// A request for information about a report.
#[derive(Serialize)]
pub struct InformatieJson {
    melding: String,
    bron: String,
    aan: Option<String>,
    grondslag: String,
    /// `onbekend` without an answer, `gevonden`, `niets-gevonden`.
    stand: String,
}

/// `GET /api/v1/casussen/{casus}`.
///
/// # Errors
/// 401; 404 when it does not exist or not for this organisation.
pub async fn toon(
    State(toestand): State<Toestand>,
    MetToken(wie): MetToken,
    Path(casus): Path<String>,
) -> Result<Json<CasusJson>, Problem> {
    let casus = casus.parse().map_err(|_| Problem::from(app::AppFout::NietGevonden))?;
    let beeld = toestand.app.casus(&wie.actor, CasusVraag { casus, stand: None, bekend_op: None }).await?;
    Ok(Json(casus_json(&toestand, &beeld)))
}

/// The wire shape of what an organisation sees.
pub fn casus_json(toestand: &Toestand, beeld: &CasusBeeld) -> CasusJson {
    let span = |span: &Span| {
        let houder = span.houder.as_ref()?;
        Some(SpanJson {
            houder: houder.0.clone(),
            naam: toestand.app.naam_van(houder),
            van: tijdstip(span.van),
            tot: span.tot.map(tijdstip),
            grond: span.grond.0.clone(),
        })
    };
    CasusJson {
        casus: beeld.id.to_string(),
        nummer: beeld.nummer.clone(),
        versie: beeld.versie,
        gemeente: beeld.staat.gemeente.clone(),
        zicht: beeld.lijn.zicht.iter().filter_map(span).collect(),
        regie: beeld.lijn.regie.iter().filter_map(span).collect(),
        monitoring: beeld.lijn.monitoring.iter().filter_map(span).collect(),
        crisis: beeld.lijn.crisis.iter().filter_map(span).collect(),
        termijnen: beeld
            .termijnen
            .iter()
            .map(|(termijn, status)| TermijnJson {
                soort: termijn.soort.clone(),
                clausule: termijn.clausule.0.clone(),
                wie: termijn.wie.0.clone(),
                uiterlijk: termijn.uiterlijk.net_ervoor().dag().to_string(),
                status: *status,
            })
            .collect(),
        informatie: informatie(beeld),
        gesloten: beeld.staat.sluiting.is_some(),
    }
}

fn informatie(beeld: &CasusBeeld) -> Vec<InformatieJson> {
    let verzoeken = beeld.staat.verzoeken.iter().filter(|_| beeld.relatie == Relatie::VeiligThuis);
    let json = |verzoek: &Verzoek| InformatieJson {
        melding: verzoek.melding.to_string(),
        bron: verzoek.bron.clone(),
        aan: verzoek.aan.as_ref().map(|aan| aan.0.clone()),
        grondslag: verzoek.grondslag.0.clone(),
        stand: verzoek.antwoord.as_ref().map_or("onbekend".to_owned(), |(_, uitkomst)| uitkomst.als_str()),
    };
    verzoeken.map(json).collect()
}

/// RFC 3339 in UTC.
fn tijdstip(op: Instant) -> String {
    jiff::Timestamp::from_microsecond(op.0).map(|stempel| stempel.to_string()).unwrap_or_default()
}
