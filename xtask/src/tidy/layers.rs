//! Rule `layer`: a crate exists because it forbids something, and cargo's own metadata shows whether it still does.
//!
//! Development dependencies are free: a test may see more than the product does.

use super::Finding;
use serde_json::Value;
use std::path::PathBuf;

const RULE: &str = "layer";

/// What a member may use of our own; `*` stands for everything.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("radar", &[]),
    ("app", &["domain", "radar"]),
    ("store-rijen", ADAPTER),
    ("store-sqlite", STORE),
    ("store-postgres", STORE),
    ("toegang", ADAPTER),
    ("aanmelding", ADAPTER),
    ("sleutels", ADAPTER),
    ("documenten", ADAPTER),
    ("post", ADAPTER),
    ("radar-net", ADAPTER),
    ("web", &["app", "domain"]),
    ("server", &["*"]),
    ("xtask", &[]),
    ("e2e", &[]),
    ("proefpostgres", &[]),
];
/// What tests stand on; nothing that ships may use it.
const FOR_TESTS: &[&str] = &["proefpostgres"];
const ADAPTER: &[&str] = &["app", "domain"];
const STORE: &[&str] = &["app", "domain", "store-rijen"];

/// Libraries that only some members may know; a name stands for its family too (`sqlx` for `sqlx-core`).
const HOMES: &[(&str, &[&str])] = &[
    ("sqlx", &["store-rijen", "store-sqlite", "store-postgres"]),
    ("axum", &["web", "server"]),
    ("cedar-policy", &["toegang"]),
    ("openidconnect", &["aanmelding"]),
    ("webauthn-rs", &["aanmelding"]),
    ("typst", &["documenten"]),
    ("lettre", &["post"]),
];

/// The pure members know no runtime: they are called, they never wait.
const PURE: &[&str] = &["domain", "radar"];
const NOT_PURE: &[&str] = &["tokio", "async-trait", "futures", "getrandom", "reqwest", "hyper"];

pub fn check(metadata: &Value) -> Vec<Finding> {
    let packages = array(metadata, "packages");
    let members: Vec<&str> = packages.iter().map(|package| text(package, "name")).collect();
    let root = PathBuf::from(text(metadata, "workspace_root"));
    let mut found = Vec::new();
    for package in packages {
        let manifest = PathBuf::from(text(package, "manifest_path"));
        let file = manifest.strip_prefix(&root).map_or_else(|_| manifest.clone(), PathBuf::from);
        for advice in faults(package, &members) {
            found.push(Finding { file: file.clone(), line: 0, rule: RULE, advice });
        }
    }
    found
}

fn faults(package: &Value, members: &[&str]) -> Vec<String> {
    let name = text(package, "name");
    let Some((_, allowed)) = ARROWS.iter().find(|(member, _)| *member == name) else {
        return vec![format!("`{name}` has no place in the layers; give it one in xtask/src/tidy/layers.rs")];
    };
    let dependencies = array(package, "dependencies").iter().filter(|dependency| text(dependency, "kind") != "dev");
    let used: Vec<&str> = dependencies.map(|dependency| text(dependency, "name")).collect();
    let mut faults = Vec::new();
    for used in used {
        if members.contains(&used) && !allowed.contains(&"*") && !allowed.contains(&used) {
            faults.push(format!("`{name}` may not use `{used}`, only {}; let `server` join them", list(allowed)));
        }
        if FOR_TESTS.contains(&used) {
            faults.push(format!("`{used}` is for tests; make it a development dependency of `{name}`"));
        }
        if let Some((library, homes)) = HOMES.iter().find(|(library, _)| is_family(library, used))
            && !homes.contains(&name)
        {
            faults.push(format!("`{name}` may not know {library}, only {}; go through a port of `app`", list(homes)));
        }
        if PURE.contains(&name) && NOT_PURE.iter().any(|library| is_family(library, used)) {
            faults.push(format!("`{name}` is pure and may not use `{used}`; take the fact as an argument"));
        }
    }
    faults
}

fn is_family(library: &str, used: &str) -> bool {
    used.strip_prefix(library).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "nothing of ours".to_owned() } else { format!("`{}`", names.join("`, `")) }
}

fn array<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// Members with their dependencies, in the shape of cargo's metadata.
    fn workspace(members: &[(&str, &[&str], Option<&str>)]) -> Value {
        let packages: Vec<Value> = members
            .iter()
            .map(|(name, used, kind)| {
                let dependencies: Vec<Value> = used.iter().map(|used| json!({ "name": used, "kind": kind })).collect();
                json!({ "name": name, "manifest_path": format!("/w/crates/{name}/Cargo.toml"),
                        "dependencies": dependencies })
            })
            .collect();
        json!({ "workspace_root": "/w", "packages": packages })
    }

    fn advice(members: &[(&str, &[&str], Option<&str>)]) -> Vec<String> {
        check(&workspace(members)).into_iter().map(|finding| finding.advice).collect()
    }

    #[test]
    fn the_allowed_arrows_pass() {
        let members: &[(&str, &[&str], Option<&str>)] = &[
            ("domain", &["serde"], None),
            ("radar", &[], None),
            ("app", &["domain", "radar", "tokio"], None),
            ("store-rijen", &["app", "domain", "sqlx"], None),
            ("store-sqlite", &["app", "domain", "store-rijen", "sqlx"], None),
            ("web", &["app", "domain", "axum"], None),
            ("server", &["app", "domain", "store-sqlite", "web", "axum"], None),
        ];
        assert_eq!(advice(members), Vec::<String>::new());
    }

    #[test]
    fn each_forbidden_arrow_is_found() {
        let faults: &[(&str, &str)] = &[
            ("domain", "app"),
            ("app", "web"),
            ("web", "store-sqlite"),
            ("web", "store-rijen"),
            ("store-rijen", "store-sqlite"),
            ("sleutels", "radar"),
            ("e2e", "server"),
        ];
        for (from, to) in faults {
            let found = advice(&[(from, &[to], None), (to, &[], None)]);
            assert_eq!(found.len(), 1, "{from} -> {to}: {found:?}");
            assert!(found.concat().contains(&format!("`{from}` may not use `{to}`")), "{found:?}");
        }
    }

    #[test]
    fn each_library_stays_in_its_home() {
        for (from, library) in [("web", "sqlx"), ("app", "sqlx-core"), ("app", "axum"), ("server", "cedar-policy")] {
            let found = advice(&[(from, &[library], None)]);
            assert_eq!(found.len(), 1, "{from} -> {library}: {found:?}");
        }
    }

    #[test]
    fn the_pure_members_know_no_runtime() {
        assert_eq!(advice(&[("domain", &["tokio"], None), ("radar", &["async-trait"], None)]).len(), 2);
    }

    #[test]
    fn tests_may_see_more_and_a_build_script_may_not() {
        assert_eq!(advice(&[("web", &["store-sqlite"], Some("dev")), ("store-sqlite", &[], None)]).len(), 0);
        assert_eq!(advice(&[("web", &["store-sqlite"], Some("build")), ("store-sqlite", &[], None)]).len(), 1);
    }

    #[test]
    fn what_is_for_tests_does_not_ship() {
        assert_eq!(advice(&[("server", &["proefpostgres"], None)]).len(), 1);
        assert_eq!(advice(&[("server", &["proefpostgres"], Some("dev"))]).len(), 0);
    }

    #[test]
    fn a_new_member_needs_a_place() {
        let found = check(&workspace(&[("nieuw", &[], None)]));
        let finding = found.first().unwrap();
        assert!(finding.advice.contains("`nieuw` has no place"), "{finding}");
        assert_eq!(finding.file, PathBuf::from("crates/nieuw/Cargo.toml"));
    }
}
