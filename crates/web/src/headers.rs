//! Headers on every answer: nothing inline, nothing framed, nothing kept.

use axum::{
    extract::Request,
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};

const VAST: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; \
         form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Adds them; what a handler set itself stays.
pub async fn voeg_toe(request: Request, next: Next) -> Response {
    let mut antwoord = next.run(request).await;
    let headers = antwoord.headers_mut();
    for (naam, waarde) in VAST {
        headers.entry(*naam).or_insert(HeaderValue::from_static(waarde));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    antwoord
}
