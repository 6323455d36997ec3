//! A story that is told step by step in the demo: who does what, what came of it, and as whom to look at it.

use std::{future::Future, pin::Pin};

/// Tells a story. Only the demo has one.
pub trait Verhaal: Send + Sync {
    /// Where the story is.
    fn stand(&self) -> Pin<Box<dyn Future<Output = Stand> + Send + '_>>;

    /// Does the next step; `Err` says why it did not go as written.
    fn stap(&self) -> Pin<Box<dyn Future<Output = Result<(), String>> + Send + '_>>;
}

/// Where a story is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stand {
    pub titel: String,
    pub totaal: usize,
    /// What was done, oldest first.
    pub gedaan: Vec<Stap>,
    pub volgende: Option<Stap>,
    /// The casus that the story is about, once it is there.
    pub casus: Option<String>,
}

/// One step of a story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stap {
    /// `ma 2 maart 2026, 10.15 uur`.
    pub wanneer: String,
    pub wie: String,
    /// The account through which to look, when that organisation has one.
    pub account: Option<String>,
    pub doe: String,
    /// The clause and why, of a step that the agreement refuses; that is part of the story.
    pub geweigerd: Option<String>,
}
