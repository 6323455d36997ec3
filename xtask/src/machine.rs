//! What the whole gate needs on the machine besides Rust, and how it is installed where it is missing.

use crate::workspace;
use anyhow::{Result, bail};
use std::path::Path;

/// A program, and the Debian package that brings it.
struct Need {
    program: &'static str,
    package: &'static str,
}

/// The compiler is for SQLite and ring; the browser and its driver for the end-to-end tests; the server for the tests of
/// the second store, which fail without it.
const NEEDS: &[Need] = &[
    Need { program: "cc", package: "gcc libc6-dev" },
    Need { program: "chromium", package: "chromium" },
    Need { program: "chromedriver", package: "chromium-driver" },
    Need { program: "initdb", package: "postgresql" },
];
/// Debian keeps the programs of a PostgreSQL server in a folder per version below this, out of the path.
const POSTGRESQL: &str = "/usr/lib/postgresql";

/// Installs only what is missing, so a machine that has everything needs neither root nor network.
pub fn prepare(root: &Path) -> Result<()> {
    let path = search_path(&workspace::variable("PATH").unwrap_or_default(), Path::new(POSTGRESQL));
    let packages = missing(NEEDS, &path);
    if packages.is_empty() {
        println!("nothing to install");
        return Ok(());
    }
    if !on_path("apt-get", &path) {
        bail!("missing: {}; there is no apt-get here, so install these yourself", packages.join(" "));
    }
    println!("installing {}", packages.join(" "));
    apt_get(root, &["update"])?;
    let mut install = vec!["install", "--yes", "--no-install-recommends"];
    install.extend(packages);
    apt_get(root, &install)
}

/// The path, with the folders of every version of PostgreSQL behind it.
fn search_path(path: &str, postgresql: &Path) -> String {
    let versions = std::fs::read_dir(postgresql).into_iter().flatten().flatten();
    let folders = versions.map(|version| version.path().join("bin"));
    let all = std::env::join_paths(std::env::split_paths(path).chain(folders));
    all.map_or_else(|_| path.to_owned(), |all| all.to_string_lossy().into_owned())
}

fn missing(needs: &[Need], path: &str) -> Vec<&'static str> {
    let absent = needs.iter().filter(|need| !on_path(need.program, path));
    absent.flat_map(|need| need.package.split(' ')).collect()
}

fn on_path(program: &str, path: &str) -> bool {
    std::env::split_paths(path).any(|folder| folder.join(program).is_file())
}

/// `env` carries the setting through sudo, which drops the environment; `-n` makes sudo fail instead of asking.
fn apt_get(root: &Path, arguments: &[&str]) -> Result<()> {
    let mut words = vec!["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"];
    words.extend(arguments);
    if !is_root() {
        words.insert(0, "-n");
        words.insert(0, "sudo");
    }
    let [program, rest @ ..] = words.as_slice() else { bail!("no command to run") };
    workspace::succeed(&mut workspace::command(root, program, rest))
}

#[cfg(unix)]
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

#[cfg(not(unix))]
fn is_root() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_missing_is_installed() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("cc"), "").unwrap();
        let path = folder.path().to_string_lossy();
        assert_eq!(missing(NEEDS, &path), ["chromium", "chromium-driver", "postgresql"]);
        assert_eq!(missing(NEEDS, ""), ["gcc", "libc6-dev", "chromium", "chromium-driver", "postgresql"]);
    }

    #[test]
    fn a_server_is_found_below_its_version() {
        let folder = tempfile::tempdir().unwrap();
        let bin = folder.path().join("15/bin");
        std::fs::create_dir_all(&bin).unwrap();
        std::fs::write(bin.join("initdb"), "").unwrap();
        let path = search_path("/nowhere", folder.path());
        assert!(on_path("initdb", &path) && !on_path("initdb", "/nowhere"), "{path}");
        assert_eq!(search_path("/nowhere", &folder.path().join("none")), "/nowhere");
    }
}
