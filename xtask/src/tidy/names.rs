//! Rule `empty-name`: a name that fits everything says nothing about what belongs in it.

use super::{Finding, TextFile, Tree};
use std::path::Path;

const EMPTY_WORDS: &[&str] = &["manager", "managers", "helper", "helpers", "util", "utils", "common", "misc"];
/// The words before a name that make it a type or a module.
const KEYWORDS: &[&str] = &["struct", "enum", "trait", "type", "mod", "union"];

pub fn check(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().filter(|file| file.is_rust()).flat_map(in_file).collect()
}

fn in_file(file: &TextFile) -> Vec<Finding> {
    let mut found = Vec::new();
    if let Some(name) = empty_part(&file.path) {
        found.push(finding(file, 0, &name));
    }
    for (index, line) in file.text.lines().enumerate() {
        if let Some(name) = declared(line).filter(|name| is_empty_name(name)) {
            found.push(finding(file, index + 1, name));
        }
    }
    found
}

fn finding(file: &TextFile, line: usize, name: &str) -> Finding {
    let advice = format!("`{name}` says nothing; name it after what it does or holds");
    Finding { file: file.path.clone(), line, rule: "empty-name", advice }
}

/// A folder or file of the path that is named so, since a file is a module.
fn empty_part(path: &Path) -> Option<String> {
    let stem = path.with_extension("");
    stem.iter().map(|part| part.to_string_lossy().into_owned()).find(|part| is_empty_name(part))
}

/// The name of the type or module that a line declares.
fn declared(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    loop {
        let word = words.next()?;
        if KEYWORDS.contains(&word) {
            let ends = |letter: char| !(letter.is_alphanumeric() || letter == '_');
            return words.next()?.split(ends).next();
        }
        if !(word == "unsafe" || word.starts_with("pub")) {
            return None;
        }
    }
}

fn is_empty_name(name: &str) -> bool {
    words_of(name).iter().any(|word| EMPTY_WORDS.contains(&word.as_str()))
}

/// `CaseManager` and `case_manager` both are `case` and `manager`.
fn words_of(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    for letter in name.chars() {
        if !letter.is_alphanumeric() || letter.is_uppercase() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| letter.is_alphanumeric()) {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::super::tests::tree;
    use super::*;

    #[test]
    fn each_empty_name_is_found() {
        let faults = [
            "pub struct CasusManager {",
            "pub(crate) enum HelperSoort {",
            "trait FormHelper<T> {",
            "pub mod utils;",
            "mod common {",
            "    type Misc = u8;",
        ];
        for line in faults {
            let found = check(&tree(&[("a.rs", line)]));
            assert_eq!(found.len(), 1, "{line}");
        }
        for path in ["crates/web/src/util.rs", "e2e/tests/common/mod.rs", "crates/app/src/test_helpers.rs"] {
            assert_eq!(check(&tree(&[(path, "")])).len(), 1, "{path}");
        }
    }

    #[test]
    fn prose_and_longer_words_are_no_names() {
        let text = "// a helper, common to all\nlet manager = 1;\nstruct Commons;\nstruct Utility;\nmod management;\n";
        assert_eq!(check(&tree(&[("a.rs", text)])), []);
    }
}
