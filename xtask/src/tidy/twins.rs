//! Rule `store-twins`: both stores have the same migrations, by number and name, and the same functions, or they drift
//! apart unseen.

use super::{Finding, Tree, source};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

const RULE: &str = "store-twins";

const SQLITE: &str = "crates/store-sqlite";
const POSTGRES: &str = "crates/store-postgres";
/// What only one store can have: a server has schemas, a file has not.
const ALONE: &[&str] = &["maak_schema", "in_schema", "leeg_schema", "verwijder_schema"];
/// Modules that only one store can have: a file has a log that somebody must shorten, a server does that itself.
const ALONE_MODULES: &[&str] = &["src/logboek.rs"];

/// Says nothing until the second store exists.
pub fn check(tree: &Tree) -> Vec<Finding> {
    if !tree.files.iter().any(|file| file.path.starts_with(POSTGRES)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    for (own, other) in [(SQLITE, POSTGRES), (POSTGRES, SQLITE)] {
        found.extend(lonely_migrations(tree, own, other));
        found.extend(lonely_functions(tree, own, other));
    }
    found
}

fn lonely_migrations(tree: &Tree, own: &str, other: &str) -> Vec<Finding> {
    let finding = |name: &OsStr| Finding {
        file: Path::new(own).join("migrations").join(name),
        line: 0,
        rule: RULE,
        advice: format!("add {other}/migrations/{} with the same meaning", name.to_string_lossy()),
    };
    migrations(tree, own).difference(&migrations(tree, other)).map(|name| finding(name)).collect()
}

fn migrations<'a>(tree: &'a Tree, store: &str) -> BTreeSet<&'a OsStr> {
    let folder = Path::new(store).join("migrations");
    let inside = tree.files.iter().filter(|file| file.path.parent() == Some(folder.as_path()));
    inside.filter_map(|file| file.path.file_name()).collect()
}

fn lonely_functions(tree: &Tree, own: &str, other: &str) -> Vec<Finding> {
    let theirs: BTreeSet<_> = functions(tree, other).into_iter().map(|(name, _, file)| (file, name)).collect();
    let lonely = functions(tree, own)
        .into_iter()
        .filter(|(_, _, file)| !ALONE_MODULES.iter().any(|alone| file == Path::new(alone)))
        .filter(|(name, _, file)| !theirs.contains(&(file.to_owned(), name)) && !ALONE.contains(name));
    let finding = |(name, line, file): (&str, usize, PathBuf)| Finding {
        advice: format!("{other}/{} has no `{name}`; the two stores use one name for one thing", file.display()),
        file: Path::new(own).join(file),
        line,
        rule: RULE,
    };
    lonely.map(finding).collect()
}

/// What a module of a store offers to the rest of it or to others: name, line, and file within the store.
fn functions<'a>(tree: &'a Tree, store: &str) -> Vec<(&'a str, usize, PathBuf)> {
    let source = Path::new(store).join("src");
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| file.is_rust() && file.path.starts_with(&source)) {
        let within = file.path.strip_prefix(store).unwrap_or(&file.path);
        for (line, text) in source::shipped_lines(file) {
            found.extend(public_name(text).map(|name| (name, line, within.to_owned())));
        }
    }
    found
}

fn public_name(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let rest = line.strip_prefix("pub(crate) ").or_else(|| line.strip_prefix("pub "))?;
    let rest = rest.strip_prefix("async ").unwrap_or(rest).strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

#[cfg(test)]
mod tests {
    use super::super::tests::tree;
    use super::*;

    #[test]
    fn a_migration_without_its_twin_is_found_on_both_sides() {
        let tree = tree(&[
            ("crates/store-sqlite/migrations/0001_begin.sql", ""),
            ("crates/store-sqlite/migrations/0002_wekker.sql", ""),
            ("crates/store-postgres/migrations/0001_begin.sql", ""),
            ("crates/store-postgres/migrations/0002_alarm.sql", ""),
        ]);
        let advice: Vec<String> = check(&tree).into_iter().map(|finding| finding.advice).collect();
        assert_eq!(
            advice,
            [
                "add crates/store-postgres/migrations/0002_wekker.sql with the same meaning",
                "add crates/store-sqlite/migrations/0002_alarm.sql with the same meaning"
            ]
        );
    }

    #[test]
    fn a_function_under_another_name_is_found_on_both_sides() {
        let tree = tree(&[
            ("crates/store-sqlite/src/lezen.rs", "pub(crate) async fn laad(a: A) {}\nfn eigen() {}\n"),
            ("crates/store-sqlite/src/lib.rs", "impl S {\n    pub async fn open(a: &Path) {}\n}\n"),
            ("crates/store-postgres/src/lezen.rs", "pub(crate) async fn lees<A>(a: A) {}\n"),
            ("crates/store-postgres/src/lib.rs", "impl S {\n    pub async fn open(a: &str) {}\n}\n"),
        ]);
        let found: Vec<String> = check(&tree).iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert!(found.concat().contains("crates/store-postgres/src/lezen.rs has no `laad`"), "{found:?}");
        assert!(found.concat().contains("crates/store-sqlite/src/lezen.rs has no `lees`"), "{found:?}");
    }

    #[test]
    fn with_one_store_there_is_nothing_to_compare() {
        assert_eq!(check(&tree(&[("crates/store-sqlite/migrations/0001_begin.sql", "")])), []);
    }
}
