//! Errors on their way out: a page for people, `application/problem+json` for machines. Public words only; the cause
//! goes to the log, once, here.

use crate::pages::{
    fout::{FoutPagina, FoutSoort},
    kader::Kader,
};
use app::{AppFout, codec::CodecFout, wens::VeldFout};
use askama::Template;
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Serialize;

/// What can go wrong with a page.
#[derive(Debug)]
pub enum WebFout {
    /// Leads to the sign-in page.
    NietAangemeld,
    NietGevonden,
    Verlopen,
    TeGroot,
    Ongeldig,
    App(AppFout),
}

impl From<AppFout> for WebFout {
    fn from(fout: AppFout) -> Self {
        match fout {
            AppFout::NietGevonden => Self::NietGevonden,
            AppFout::Ongeldig(_) => Self::Ongeldig,
            anders => Self::App(anders),
        }
    }
}

impl IntoResponse for WebFout {
    fn into_response(self) -> Response {
        let soort = match &self {
            Self::NietAangemeld => return Redirect::to("/aanmelden").into_response(),
            Self::NietGevonden => FoutSoort::NietGevonden,
            Self::Verlopen => FoutSoort::Verlopen,
            Self::TeGroot => FoutSoort::TeGroot,
            Self::Ongeldig => FoutSoort::OngeldigeInvoer,
            Self::App(fout) => {
                log(fout);
                match fout {
                    AppFout::OpdrachtHergebruikt | AppFout::TeDruk => FoutSoort::Veranderd,
                    AppFout::Codec(CodecFout::NieuwereVorm { .. } | CodecFout::Onleesbaar { .. }) => {
                        FoutSoort::OnleesbareCasus
                    }
                    _ => FoutSoort::Storing,
                }
            }
        };
        let pagina = FoutPagina { kader: Kader::anoniem(false), soort, kenmerk: None };
        pagina_met_status(StatusCode::from_u16(soort.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR), &pagina)
    }
}

fn log(fout: &AppFout) {
    // The texts of these errors hold no content: ids, versions and causes only.
    tracing::error!(%fout, "verzoek mislukt");
}

/// A page with status 200.
pub fn pagina(template: &impl Template) -> Response {
    pagina_met_status(StatusCode::OK, template)
}

/// A page with a status. A template that cannot be drawn is a fault of ours.
pub fn pagina_met_status(status: StatusCode, template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response(),
        Err(fout) => {
            tracing::error!(%fout, "pagina niet te tekenen");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// An error of the JSON interface (RFC 9457).
#[derive(Debug, Serialize)]
pub struct Problem {
    #[serde(rename = "type")]
    pub soort: &'static str,
    pub title: String,
    pub status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Per field what is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub velden: Vec<VeldProblem>,
    /// A refusal by a rule: code, clause and whether a reason passes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weigering: Option<Box<WeigeringProblem>>,
}

/// What is wrong with one field.
#[derive(Debug, Serialize)]
pub struct VeldProblem {
    pub veld: String,
    pub melding: String,
}

/// A refusal on the wire.
#[derive(Debug, Serialize)]
pub struct WeigeringProblem {
    pub code: &'static str,
    pub clausule: String,
    pub mag_met_reden: bool,
}

impl Problem {
    fn new(soort: &'static str, status: StatusCode, title: &str) -> Self {
        Self {
            soort,
            title: title.to_owned(),
            status: status.as_u16(),
            detail: None,
            velden: Vec::new(),
            weigering: None,
        }
    }

    /// 401.
    pub fn niet_aangemeld() -> Self {
        Self::new("niet-aangemeld", StatusCode::UNAUTHORIZED, "U bent niet aangemeld.")
    }

    /// 400 with an explanation.
    pub fn ongeldig(detail: impl Into<String>) -> Self {
        let problem = Self::new("ongeldige-invoer", StatusCode::BAD_REQUEST, "De invoer klopt niet.");
        Self { detail: Some(detail.into()), ..problem }
    }

    /// 409: a rule refuses.
    pub fn geweigerd(weigering: &domain::Weigering) -> Self {
        let mut problem = Self::new("geweigerd", StatusCode::CONFLICT, weigering.reden.code.uitleg());
        problem.weigering = Some(Box::new(WeigeringProblem {
            code: weigering.reden.code.als_str(),
            clausule: weigering.reden.clausule.0.clone(),
            mag_met_reden: weigering.mag_met_reden,
        }));
        problem
    }

    /// 409: somebody was first.
    pub fn conflict() -> Self {
        Self::new("conflict", StatusCode::CONFLICT, "De casus is intussen veranderd.")
    }
}

impl From<AppFout> for Problem {
    fn from(fout: AppFout) -> Self {
        let velden = |velden: Vec<VeldFout>| {
            velden.into_iter().map(|fout| VeldProblem { veld: fout.veld, melding: fout.melding }).collect()
        };
        match fout {
            AppFout::Ongeldig(fouten) => {
                let problem = Self::new("ongeldige-invoer", StatusCode::BAD_REQUEST, "De invoer klopt niet.");
                Self { velden: velden(fouten), ..problem }
            }
            AppFout::NietGevonden => Self::new("niet-gevonden", StatusCode::NOT_FOUND, "Niet gevonden."),
            AppFout::OpdrachtHergebruikt => {
                let titel = "Dit opdrachtnummer is al gebruikt voor iets anders.";
                Self::new("opdracht-hergebruikt", StatusCode::CONFLICT, titel)
            }
            AppFout::TeDruk => {
                Self::new("te-druk", StatusCode::SERVICE_UNAVAILABLE, "Te druk; stuur hetzelfde verzoek opnieuw.")
            }
            AppFout::Verplaatsing(_) => {
                let titel = "De melding is nog onderweg naar de andere casus. Zicht probeert het opnieuw.";
                Self { detail: Some(fout.to_string()), ..Self::new("onderweg", StatusCode::CONFLICT, titel) }
            }
            AppFout::Codec(CodecFout::NieuwereVorm { .. } | CodecFout::Onleesbaar { .. }) => {
                log(&fout);
                let titel = "Deze versie van Zicht kan niet lezen wat in deze casus is vastgelegd.";
                Self::new("onleesbare-casus", StatusCode::SERVICE_UNAVAILABLE, titel)
            }
            AppFout::Store(_)
            | AppFout::Verzegel(_)
            | AppFout::Codec(_)
            | AppFout::BundelOntbreekt
            | AppFout::EditieVeranderd(_)
            | AppFout::NieuwereViews { .. } => {
                log(&fout);
                let titel = "Er ging bij ons iets mis; stuur hetzelfde verzoek opnieuw.";
                Self::new("storing", StatusCode::INTERNAL_SERVER_ERROR, titel)
            }
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut antwoord = (status, Json(self)).into_response();
        let soort = HeaderValue::from_static("application/problem+json");
        antwoord.headers_mut().insert(header::CONTENT_TYPE, soort);
        antwoord
    }
}
