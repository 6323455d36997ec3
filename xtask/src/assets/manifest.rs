//! What is wanted (the table in package.json) joined with what is pinned (package-lock.json).

use super::npmrc::Npmrc;
use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Component, Path};

/// The only lock format that is understood; npm has written it since version 7.
const LOCK_VERSION: u64 = 3;

/// The names of the two tables under `zicht` in package.json, and the folder that each fills.
const DESTINATIONS: &[(&str, &str)] = &[("assets", super::PRODUCT_FOLDER), ("e2e", super::BROWSER_TEST_FOLDER)];

/// One package as it will be fetched.
#[derive(Debug, PartialEq)]
pub struct Wanted {
    pub package: String,
    pub version: String,
    pub address: String,
    pub integrity: String,
    /// The folder under the root below which `<package>/<file>` is put.
    pub folder: &'static str,
    pub files: Vec<String>,
}

#[derive(Deserialize)]
struct PackageJson {
    zicht: BTreeMap<String, BTreeMap<String, Vec<String>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PackageLock {
    lockfile_version: u64,
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    version: Option<String>,
    resolved: Option<String>,
    integrity: Option<String>,
}

/// Every package of the table, with the address that npm's configuration gives for it.
pub fn wanted(package_json: &str, package_lock: &str, npmrc: &Npmrc) -> Result<Vec<Wanted>> {
    let manifest: PackageJson = serde_json::from_str(package_json).context("package.json")?;
    let lock: PackageLock = serde_json::from_str(package_lock).context("package-lock.json")?;
    ensure!(
        lock.lockfile_version == LOCK_VERSION,
        "package-lock.json has lockfileVersion {}, expected {LOCK_VERSION}",
        lock.lockfile_version
    );
    let mut all = Vec::new();
    for (table, packages) in &manifest.zicht {
        let folder = DESTINATIONS.iter().find(|(name, _)| name == table).map(|(_, folder)| *folder);
        let folder = folder.with_context(|| format!("package.json: zicht has an unknown table `{table}`"))?;
        for (package, files) in packages {
            all.push(one(package, files, folder, &lock, npmrc)?);
        }
    }
    Ok(all)
}

fn one(package: &str, files: &[String], folder: &'static str, lock: &PackageLock, npmrc: &Npmrc) -> Result<Wanted> {
    for path in files.iter().map(String::as_str).chain([package]) {
        ensure!(is_plain(path), "package.json: `{path}` of {package} is not a plain relative path");
    }
    let advice = "run `npm install --package-lock-only`";
    let locked = lock.packages.get(&format!("node_modules/{package}"));
    let locked = locked.with_context(|| format!("package-lock.json does not have {package}; {advice}"))?;
    let version = locked.version.clone().with_context(|| format!("package-lock.json has no version for {package}"))?;
    let integrity = locked.integrity.clone();
    let integrity = integrity.with_context(|| format!("package-lock.json has no integrity for {package}; {advice}"))?;
    let address = address(package, &version, locked.resolved.as_deref(), npmrc.registry(package))?;
    Ok(Wanted { package: package.to_owned(), version, address, integrity, folder, files: files.to_vec() })
}

/// The lock's own address, moved to the configured registry if there is one.
///
/// Registries agree on `<base>/<package>/-/<tarball>`; an address of another shape (a plain file server) is left alone.
fn address(package: &str, version: &str, resolved: Option<&str>, registry: Option<&str>) -> Result<String> {
    let marker = format!("/{package}/-/");
    match (resolved, registry) {
        (Some(resolved), Some(base)) => Ok(match resolved.split_once(&marker) {
            Some((_, tarball)) => format!("{base}{marker}{tarball}"),
            None => resolved.to_owned(),
        }),
        (Some(resolved), None) => Ok(resolved.to_owned()),
        (None, Some(base)) => {
            let short = package.rsplit('/').next().unwrap_or(package);
            Ok(format!("{base}{marker}{short}-{version}.tgz"))
        }
        (None, None) => bail!(
            "package-lock.json has no address for {package} and npm has no registry configured; \
             run `npm install --package-lock-only --omit-lockfile-registry-resolved=false`"
        ),
    }
}

/// A path that stays where it is put: no root, no `..`, no empty name.
fn is_plain(path: &str) -> bool {
    !path.is_empty() && Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = r#"{ "zicht": {
        "assets": { "@design/tokens": ["dist/index.css"] }, "e2e": { "axe-core": ["axe.min.js"] } } }"#;

    fn lock(resolved: bool) -> String {
        let line = if resolved { r#""resolved": "https://one.example/axe-core/-/axe-core-4.1.0.tgz","# } else { "" };
        format!(
            r#"{{ "lockfileVersion": 3, "packages": {{ "": {{}},
                "node_modules/@design/tokens": {{ "version": "1.2.3", "integrity": "sha512-AA==",
                    "resolved": "https://one.example/@design/tokens/-/tokens-1.2.3.tgz" }},
                "node_modules/axe-core": {{ "version": "4.1.0", {line} "integrity": "sha512-BB==" }} }} }}"#
        )
    }

    fn configured(pairs: &[(&str, &str)]) -> Npmrc {
        let environment = pairs.iter().map(|(key, value)| (format!("npm_config_{key}"), (*value).to_owned()));
        Npmrc::read(Path::new("/nonexistent"), &environment.collect())
    }

    #[test]
    fn each_table_fills_its_own_folder() {
        let all = wanted(MANIFEST, &lock(true), &configured(&[])).unwrap();
        let folders: Vec<_> = all.iter().map(|wanted| (wanted.package.as_str(), wanted.folder)).collect();
        assert_eq!(folders, [("@design/tokens", "crates/web/static/extern"), ("axe-core", "e2e/extern")]);
    }

    #[test]
    fn the_configured_registry_replaces_the_host_and_keeps_the_rest() {
        let npmrc =
            configured(&[("registry", "https://two.example/npm/"), ("@design:registry", "https://three.example")]);
        let all = wanted(MANIFEST, &lock(true), &npmrc).unwrap();
        let addresses: Vec<_> = all.iter().map(|wanted| wanted.address.as_str()).collect();
        assert_eq!(
            addresses,
            [
                "https://three.example/@design/tokens/-/tokens-1.2.3.tgz",
                "https://two.example/npm/axe-core/-/axe-core-4.1.0.tgz"
            ]
        );
    }

    #[test]
    fn without_configuration_the_lock_decides_and_without_both_it_is_an_error() {
        let all = wanted(MANIFEST, &lock(true), &configured(&[])).unwrap();
        assert!(all.iter().all(|wanted| wanted.address.starts_with("https://one.example/")), "{all:?}");
        let fault = wanted(MANIFEST, &lock(false), &configured(&[])).unwrap_err();
        assert!(fault.to_string().contains("no address for axe-core"), "{fault}");
        let npmrc = configured(&[("registry", "https://two.example")]);
        let all = wanted(MANIFEST, &lock(false), &npmrc).unwrap();
        assert_eq!(all.last().unwrap().address, "https://two.example/axe-core/-/axe-core-4.1.0.tgz");
    }

    #[test]
    fn an_address_of_another_shape_is_left_alone() {
        let found = address("axe-core", "1", Some("https://files.example/a.tgz"), Some("https://two.example")).unwrap();
        assert_eq!(found, "https://files.example/a.tgz");
    }

    #[test]
    fn faults_name_the_package() {
        let missing = r#"{ "zicht": { "assets": { "nowhere": [] } } }"#;
        let fault = wanted(missing, &lock(true), &configured(&[])).unwrap_err();
        assert!(fault.to_string().contains("does not have nowhere"), "{fault}");
        let escape = r#"{ "zicht": { "e2e": { "axe-core": ["../../x"] } } }"#;
        let fault = wanted(escape, &lock(true), &configured(&[])).unwrap_err();
        assert!(fault.to_string().contains("`../../x` of axe-core"), "{fault}");
        let table = r#"{ "zicht": { "other": {} } }"#;
        assert!(wanted(table, &lock(true), &configured(&[])).is_err());
        let old = lock(true).replace(r#""lockfileVersion": 3"#, r#""lockfileVersion": 1"#);
        assert!(wanted(MANIFEST, &old, &configured(&[])).is_err());
    }
}
