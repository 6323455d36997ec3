//! stub
use crate::{Toestand, session::Ingelogd, extract::Formulier};
use axum::{extract::State, response::Response};
pub async fn toon(State(_t): State<Toestand>, _w: Ingelogd) -> Response { Response::default() }
