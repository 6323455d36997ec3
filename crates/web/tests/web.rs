//! The real router over a real store: pages, forms and JSON as a browser or a system meets them.

#[path = "web/afscherming.rs"]
mod afscherming;
#[path = "web/formulieren.rs"]
mod formulieren;
#[path = "web/interface.rs"]
mod interface;
#[path = "web/steun.rs"]
mod steun;
