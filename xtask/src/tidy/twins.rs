//! Rule `migration-twins`: both stores have the same migrations, by number and name, or they drift apart unseen.

use super::{Finding, Tree};
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

const SQLITE: &str = "crates/store-sqlite/migrations";
const POSTGRES: &str = "crates/store-postgres/migrations";

/// Says nothing until the second store exists.
pub fn check(tree: &Tree) -> Vec<Finding> {
    if !tree.files.iter().any(|file| file.path.starts_with("crates/store-postgres")) {
        return Vec::new();
    }
    let (sqlite, postgres) = (names(tree, SQLITE), names(tree, POSTGRES));
    let mut found = lonely(&sqlite, &postgres, SQLITE, POSTGRES);
    found.extend(lonely(&postgres, &sqlite, POSTGRES, SQLITE));
    found
}

fn names<'a>(tree: &'a Tree, folder: &str) -> BTreeSet<&'a OsStr> {
    let inside = tree.files.iter().filter(|file| file.path.parent() == Some(Path::new(folder)));
    inside.filter_map(|file| file.path.file_name()).collect()
}

fn lonely(own: &BTreeSet<&OsStr>, other: &BTreeSet<&OsStr>, folder: &str, twin: &str) -> Vec<Finding> {
    let finding = |name: &&OsStr| Finding {
        file: Path::new(folder).join(name),
        line: 0,
        rule: "migration-twins",
        advice: format!("add {twin}/{} with the same meaning", name.to_string_lossy()),
    };
    own.difference(other).map(finding).collect()
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
    fn with_one_store_there_is_nothing_to_compare() {
        assert_eq!(check(&tree(&[("crates/store-sqlite/migrations/0001_begin.sql", "")])), []);
    }
}
