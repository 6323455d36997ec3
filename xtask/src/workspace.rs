//! Where the workspace is, and how commands are started in it.

use anyhow::{Context, Result, bail};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder that holds the root `Cargo.toml`.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// One variable of the environment; absent and empty are the same.
#[expect(clippy::disallowed_methods, reason = "a tool around the product, outside the reach of its configuration")]
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The whole environment, as far as it is text.
pub fn variables() -> BTreeMap<String, String> {
    let text = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    std::env::vars_os().filter_map(text).collect()
}

/// A command in the workspace root that can never wait for a keyboard.
pub fn command(root: &Path, program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(root).stdin(Stdio::null());
    command
}

/// Cargo, the one that runs us, without the variables that `cargo run` set for us.
///
/// Build scripts such as ring's watch those variables, so passing them on would rebuild ring on every change of caller.
pub fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let program = variable("CARGO").unwrap_or_else(|| "cargo".to_owned());
    let mut command = command(root, &program, arguments);
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command to its end; anything but success is an error that repeats the command.
pub fn succeed(command: &mut Command) -> Result<()> {
    let line = line_of(command);
    let status = command.status().with_context(|| format!("`{line}` could not be started"))?;
    if !status.success() {
        bail!("`{line}` ended with {status}");
    }
    Ok(())
}

/// Whether a command exists and ends well; its output is of no interest.
pub fn works(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// What `cargo metadata` says of the members, without their dependencies' own metadata.
pub fn metadata(root: &Path) -> Result<serde_json::Value> {
    let mut command = cargo(root, &["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let output = command.output().context("cargo metadata could not be started")?;
    if !output.status.success() {
        bail!("cargo metadata failed: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata did not answer with JSON")
}

/// The product as the tests use it, built together with them: chosen alone it would get other features of the libraries,
/// and two thirds of the workspace would be compiled twice.
pub fn product(root: &Path) -> Result<PathBuf> {
    succeed(&mut cargo(root, &["build", "--workspace", "--bins", "--tests"]))?;
    Ok(target_directory(root)?.join("debug").join("zicht"))
}

/// The product as it is released: it takes long to build, and plays three times as fast.
pub fn released(root: &Path) -> Result<PathBuf> {
    succeed(&mut cargo(root, &["build", "--release", "--bin", "zicht"]))?;
    Ok(target_directory(root)?.join("release").join("zicht"))
}

/// The folder in which cargo builds, which a developer may have moved.
pub fn target_directory(root: &Path) -> Result<PathBuf> {
    let metadata = metadata(root)?;
    let path = metadata.get("target_directory").and_then(serde_json::Value::as_str);
    path.map(PathBuf::from).context("cargo metadata names no target_directory")
}

fn line_of(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|argument| argument.to_string_lossy().into_owned()));
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_command_repeats_itself() {
        let fault = succeed(&mut command(&root(), "false", &["one", "two"])).unwrap_err();
        assert!(fault.to_string().contains("`false one two`"), "{fault}");
    }

    #[test]
    fn the_root_holds_the_workspace() {
        assert!(root().join("xtask/Cargo.toml").is_file());
    }
}
