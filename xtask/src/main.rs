//! The tasks around the product: fetch the styling, run the demo, check everything.
//!
//! What it does not know: any rule of the product; it only starts, checks and measures.
//! Start reading in [`gate`], which is what CI runs, or in [`tidy`] for the house rules.
#![expect(clippy::print_stdout, reason = "a command line tool answers on standard output")]

mod assets;
mod coverage;
mod demo;
mod gate;
mod machine;
mod mutants;
mod tidy;
mod workspace;

use anyhow::{Result, bail};
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask assets                       fetch the pinned CSS and JavaScript, checked against the lock
cargo xtask demo [--release] [-- args]   run the demo in a browser; the arguments go to `zicht demo`
cargo xtask test                         everything that must pass, as CI runs it; installs what it needs
cargo xtask snel                         the quick check for each commit
cargo xtask dekking [--schrijf]          which clauses the scenarios prove; none may be lost
cargo xtask afspraak-mutanten [--alle]   change values in agreements; a scenario must notice
cargo xtask tidy                         the house rules: layers, sizes, names, words
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("error: {fault:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["assets"] => assets::run(&workspace::root()),
        ["demo", rest @ ..] => demo::run(&workspace::root(), rest),
        ["test"] => gate::test(&workspace::root()),
        ["snel"] => gate::snel(&workspace::root()),
        ["dekking"] => coverage::run(&workspace::root(), false),
        ["dekking", "--schrijf"] => coverage::run(&workspace::root(), true),
        ["afspraak-mutanten"] => mutants::short(&workspace::root()),
        ["afspraak-mutanten", "--alle"] => mutants::long(&workspace::root()),
        ["tidy"] => tidy::run(&workspace::root()),
        [] | ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        _ => bail!("unknown task `{}`; these exist:\n{USAGE}", words.join(" ")),
    }
}
