//! Files that are built in, and the empty page behind "Snel weg".

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::RustEmbed;

#[derive(RustEmbed)]
#[folder = "static"]
struct Bestanden;

/// A built-in file; the browser asks each time whether it changed.
pub async fn bestand(Path(pad): Path<String>, headers: HeaderMap) -> Response {
    let Some(bestand) = Bestanden::get(&pad) else { return StatusCode::NOT_FOUND.into_response() };
    let etag = format!("\"{}\"", app::codec::hex(&bestand.metadata.sha256_hash()));
    let soort = bestand.metadata.mimetype().to_owned();
    let bekend = headers.get(header::IF_NONE_MATCH).and_then(|waarde| waarde.to_str().ok());
    let vast = [(header::ETAG, etag.clone()), (header::CACHE_CONTROL, "no-cache".to_owned())];
    if bekend == Some(etag.as_str()) {
        return (StatusCode::NOT_MODIFIED, vast).into_response();
    }
    (vast, [(header::CONTENT_TYPE, soort)], bestand.data).into_response()
}

/// An empty page with a neutral title: what somebody at home sees who had to be quick.
pub async fn weg() -> Response {
    const LEEG: &str = "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\"><title>Nieuw tabblad</title></head>\
         <body></body></html>";
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], LEEG).into_response()
}
