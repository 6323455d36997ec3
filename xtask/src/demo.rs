//! `cargo xtask demo`: build the binary and become it, so that Ctrl-C reaches it directly.

use crate::{assets, workspace};
use anyhow::{Result, bail};
use std::path::Path;
use std::process::Command;

#[derive(Debug, PartialEq)]
struct Wish<'a> {
    release: bool,
    arguments: Vec<&'a str>,
}

pub fn run(root: &Path, words: &[&str]) -> Result<()> {
    let wish = parse(words)?;
    assets::run(root)?;
    let mut build = vec!["build", "--package", "server"];
    if wish.release {
        build.push("--release");
    }
    workspace::succeed(&mut workspace::cargo(root, &build))?;
    let profile = if wish.release { "release" } else { "debug" };
    let binary = workspace::target_directory(root)?.join(profile).join("zicht");
    become_command(Command::new(binary).arg("demo").args(&wish.arguments).current_dir(root))
}

/// Our own options come first; everything after `--` belongs to the demo.
fn parse<'a>(words: &[&'a str]) -> Result<Wish<'a>> {
    let mut wish = Wish { release: false, arguments: Vec::new() };
    let mut rest = words.iter();
    while let Some(word) = rest.next() {
        match *word {
            "--release" => wish.release = true,
            "--" => wish.arguments.extend(rest.by_ref()),
            other => bail!("`{other}` is no option of `cargo xtask demo`; write `-- {other}` to pass it to the demo"),
        }
    }
    Ok(wish)
}

#[cfg(unix)]
fn become_command(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let fault = command.exec();
    bail!("{} could not be started: {fault}", command.get_program().to_string_lossy())
}

#[cfg(not(unix))]
fn become_command(command: &mut Command) -> Result<()> {
    workspace::succeed(command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_the_dashes_goes_to_the_demo() {
        let wish = parse(&["--release", "--", "--poort", "0", "--release"]).unwrap();
        assert_eq!(wish, Wish { release: true, arguments: vec!["--poort", "0", "--release"] });
    }

    #[test]
    fn an_unknown_option_says_how_to_pass_it_on() {
        let fault = parse(&["--poort"]).unwrap_err();
        assert!(fault.to_string().contains("-- --poort"), "{fault}");
    }
}
