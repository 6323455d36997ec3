//! Agreement mutants: one value of an agreement is changed, in memory, and a scenario must notice.

use crate::workspace;
use anyhow::Result;
use std::path::Path;

/// The short form, for the gate.
const SECONDS: &str = "60";
/// Scenarios that one mutant is shown to, in the short form.
const DEPTH: &str = "8";
/// What a slow machine plays in that time as well.
const PLAYED_AT_LEAST: &str = "60";
/// What no scenario can notice, each with the reason.
const EXPLAINED: &str = "docs/afspraak-mutanten.txt";
/// Of all mutants this share is noticed, in percent.
const NOTICED_OF_ALL: &str = "95";
/// Of what is played this share is noticed, in percent. It may only go up.
const NOTICED_AT_LEAST: &str = "85";

pub fn short(root: &Path) -> Result<()> {
    play(
        root,
        &workspace::product(root)?,
        &["--seconden", SECONDS, "--diepte", DEPTH, "--minimum", PLAYED_AT_LEAST, "--vangst", NOTICED_AT_LEAST],
    )
}

/// Every mutant, by the product as it is released, and those that nobody noticed by name.
pub fn long(root: &Path) -> Result<()> {
    play(root, &workspace::released(root)?, &["--bekend", EXPLAINED, "--vangst", NOTICED_OF_ALL])
}

fn play(root: &Path, binary: &Path, choice: &[&str]) -> Result<()> {
    let arguments: Vec<&str> =
        ["scenario", "mutanten", "scenarios"].into_iter().chain(choice.iter().copied()).collect();
    workspace::succeed(&mut workspace::command(root, &binary.to_string_lossy(), &arguments))
}
