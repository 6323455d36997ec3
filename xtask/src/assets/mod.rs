//! `cargo xtask assets`: the CSS and JavaScript that the product embeds and the browser tests inject.
//!
//! They are npm packages, pinned in package-lock.json and never pasted into the repository; no Node is needed to fetch
//! them.
//!
//! To add a package: `npm install --package-lock-only --save-exact --omit-lockfile-registry-resolved=false NAME`, then
//! list the files that are wanted of it under `zicht.assets` in package.json (or under `zicht.e2e`, for what only the
//! browser tests may have).
//! They arrive as `crates/web/static/extern/NAME/FILE` (or `e2e/extern/NAME/FILE`).
//! List the package's licence file too where its licence asks that it travels along.
//!
//! htmx stays on 2.x: both majors can build functions from text, which a strict content security policy forbids, and
//! 2.x has a setting that leaves it out (`allowEval`), which 4.0 lacks.

mod download;
mod manifest;
mod npmrc;
mod stamp;
mod tarball;

use crate::workspace;
use anyhow::{Context, Result};
use download::Downloader;
use manifest::Wanted;
use npmrc::Npmrc;
use stamp::Stamp;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Embedded by the web crate at build time; ignored by git.
pub const PRODUCT_FOLDER: &str = "crates/web/static/extern";
/// Read by the browser tests only, so that a test tool never ships; ignored by git.
pub const BROWSER_TEST_FOLDER: &str = "e2e/extern";

/// Paths below the workspace root, with what belongs there.
type Files = BTreeMap<PathBuf, Vec<u8>>;

pub fn run(root: &Path) -> Result<()> {
    let npmrc = Npmrc::read(root, &workspace::variables());
    bring(root, &npmrc)
}

fn bring(root: &Path, npmrc: &Npmrc) -> Result<()> {
    let package_json = read(root, "package.json")?;
    let package_lock = read(root, "package-lock.json")?;
    let pins = stamp::pins(&package_json, &package_lock);
    if Stamp::load(root).is_some_and(|stamp| stamp.holds(root, &pins)) {
        println!("assets: everything is there");
        return Ok(());
    }
    let wanted = manifest::wanted(&package_json, &package_lock, npmrc)?;
    let files = fetch(&wanted, &Downloader::new(npmrc)?)?;
    place(root, &files)?;
    Stamp::of(&pins, &files).save(root)
}

fn read(root: &Path, name: &str) -> Result<String> {
    std::fs::read_to_string(root.join(name)).with_context(|| name.to_owned())
}

/// Everything is fetched and checked before anything is written, so that a fault leaves the old files whole.
fn fetch(wanted: &[Wanted], downloader: &Downloader) -> Result<Files> {
    let mut files = Files::new();
    for one in wanted {
        let name = format!("{}@{}", one.package, one.version);
        let bytes = downloader.get(&one.address).with_context(|| name.clone())?;
        tarball::check(&name, &bytes, &one.integrity)?;
        let contents = tarball::unpack(&name, &bytes, &one.files)?;
        println!("assets: {name}, {} of its files", contents.len());
        let base = Path::new(one.folder).join(&one.package);
        files.extend(contents.into_iter().map(|(path, content)| (base.join(path), content)));
    }
    Ok(files)
}

/// Writes what differs and removes what no table lists any more, since all that lies there is embedded.
fn place(root: &Path, files: &Files) -> Result<()> {
    for folder in [PRODUCT_FOLDER, BROWSER_TEST_FOLDER] {
        std::fs::create_dir_all(root.join(folder)).with_context(|| folder.to_owned())?;
        for old in stamp::files_below(root, Path::new(folder))? {
            if !files.contains_key(&old) {
                std::fs::remove_file(root.join(&old)).with_context(|| old.display().to_string())?;
            }
        }
    }
    for (path, content) in files {
        write(&root.join(path), content).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

/// A file with the same content keeps its time, so that nothing is rebuilt for it.
fn write(path: &Path, content: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|old| old == content) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    // A second run at the same moment must never see half a file.
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    std::fs::write(&draft, content)?;
    std::fs::rename(&draft, path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Write};
    use std::net::TcpListener;

    /// A workspace with one package, and a registry that hands out its tarball as often as said.
    fn workspace(served: usize, integrity: Option<&str>) -> (tempfile::TempDir, Npmrc) {
        let tarball = tarball::tests::pack(&[("package/dist/a.css", "a {}"), ("package/README.md", "no")]);
        let pinned = integrity.map_or_else(|| tarball::tests::integrity(&tarball), str::to_owned);
        let root = tempfile::tempdir().unwrap();
        let lock = format!(
            r#"{{ "lockfileVersion": 3, "packages": {{ "node_modules/a":
                {{ "version": "1.0.0", "integrity": "{pinned}", "resolved": "https://one.example/a/-/a-1.0.0.tgz" }} }} }}"#
        );
        let manifest = r#"{ "zicht": { "assets": { "a": ["dist/a.css"] } } }"#;
        std::fs::write(root.path().join("package-lock.json"), lock).unwrap();
        std::fs::write(root.path().join("package.json"), manifest).unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let registry = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for _ in 0..served {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 4096]).unwrap();
                let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", tarball.len());
                stream.write_all(head.as_bytes()).unwrap();
                stream.write_all(&tarball).unwrap();
            }
        });
        let environment = [("npm_config_registry".to_owned(), registry)];
        (root, Npmrc::read(Path::new("/nonexistent"), &environment.into_iter().collect()))
    }

    #[test]
    fn the_second_run_needs_no_network() {
        let (root, npmrc) = workspace(1, None);
        bring(root.path(), &npmrc).unwrap();
        let file = root.path().join(PRODUCT_FOLDER).join("a/dist/a.css");
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "a {}");
        assert!(!root.path().join(PRODUCT_FOLDER).join("a/README.md").exists());
        bring(root.path(), &npmrc).unwrap();
    }

    #[test]
    fn a_changed_or_superfluous_file_is_put_right() {
        let (root, npmrc) = workspace(3, None);
        bring(root.path(), &npmrc).unwrap();
        let folder = root.path().join(PRODUCT_FOLDER);
        std::fs::write(folder.join("a/dist/a.css"), "b {}").unwrap();
        bring(root.path(), &npmrc).unwrap();
        assert_eq!(std::fs::read_to_string(folder.join("a/dist/a.css")).unwrap(), "a {}");
        std::fs::write(folder.join("left-over.js"), "").unwrap();
        bring(root.path(), &npmrc).unwrap();
        assert!(!folder.join("left-over.js").exists());
    }

    #[test]
    fn a_wrong_integrity_writes_nothing() {
        let (root, npmrc) = workspace(1, Some("sha512-AAAA"));
        let fault = bring(root.path(), &npmrc).unwrap_err().to_string();
        assert!(
            fault.contains("a@1.0.0") && fault.contains("sha512-AAAA") && fault.contains("found sha512-"),
            "{fault}"
        );
        assert!(!root.path().join(PRODUCT_FOLDER).join("a").exists());
    }
}
