//! What the end-to-end tests stand on: the real binary in demo mode, a real browser, and plain HTTP beside it.
//!
//! It knows no rule of the product and no crate of it: everything goes through the addresses that a user has.
//! Start at [`demo`] for the server, at [`browser`] for Chromium, at [`axe`] and [`aria`] for what is checked of a page.

pub mod aria;
pub mod axe;
pub mod browser;
pub mod demo;
pub mod http;
mod proces;

use std::path::PathBuf;

/// The folder of this package: snapshots, pictures and axe-core live here.
#[must_use]
pub fn map() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}
