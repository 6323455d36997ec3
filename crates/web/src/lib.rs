//! The web side of Zicht: pages and wire formats, drawn from what the application answers.
//!
//! It does not know SQL, and it holds no rule of the domain.
//! Start at [`pages`] for what people see.

pub mod opmaak;
pub mod pages;

/// tijdelijk
pub struct Instellingen {
    pub demo: Option<()>,
}
/// tijdelijk
pub fn router(_a: std::sync::Arc<app::App>, _i: Instellingen) -> axum::Router {
    axum::Router::new()
}
