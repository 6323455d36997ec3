//! stub
use crate::{Toestand, extract::Formulier, session::Ingelogd};
use axum::{extract::State, response::Response};
pub async fn toon(State(_t): State<Toestand>, _w: Ingelogd) -> Response {
    Response::default()
}
