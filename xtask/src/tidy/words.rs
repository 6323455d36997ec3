//! Rules `unfinished`, `registry-host` and `clause-in-code`: words that have no business where they stand.

use super::source::{is_comment, shipped_lines};
use super::{Finding, TextFile, Tree};
use std::path::Path;

// The words are joined here so that this file does not contain what it looks for.
const UNFINISHED: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("unimplemented", "!"), concat!("to", "do!")];
const HOSTS: &[&str] = &[
    concat!("npm", "js.org"),
    concat!("npm", "js.com"),
    concat!("crates", ".io"),
    concat!("yarn", "pkg.com"),
    concat!("un", "pkg.com"),
    concat!("jsdelivr", ".net"),
    concat!("cdnjs", ".cloudflare"),
];
/// npm and cargo write these themselves, with the addresses that they used.
const LOCK_FILES: &[&str] = &["package-lock.json", "Cargo.lock"];
const AGREEMENTS: &[&str] = &["LND", "IJM", "NOG", "ZHZ", "NHN"];
/// On the line itself or the line above, followed by the reason.
const CLAUSE_EXEMPTION: &str = "// tidy: clause, because ";

pub fn unfinished(tree: &Tree) -> Vec<Finding> {
    let advice = |word: &str| format!("`{word}` stays unread here; finish it, or write an issue for it");
    look_for(tree, UNFINISHED, "unfinished", is_word_in, advice)
}

pub fn hosts(tree: &Tree) -> Vec<Finding> {
    let advice = |word: &str| format!("`{word}` is one registry among many; leave the address to the configuration");
    let mut found = look_for(tree, HOSTS, "registry-host", |word, line| line.contains(word), advice);
    found.retain(|finding| !LOCK_FILES.iter().any(|lock| finding.file == Path::new(lock)));
    found
}

/// Clauses come from the agreement files; a rule that names one works in one region only.
pub fn clauses(tree: &Tree) -> Vec<Finding> {
    let domain = tree.files.iter().filter(|file| file.is_rust() && file.path.starts_with("crates/domain/src"));
    domain.flat_map(clauses_in).collect()
}

fn clauses_in(file: &TextFile) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut above = "";
    for (number, line) in shipped_lines(file) {
        let exempt = is_exempt(line) || is_exempt(above);
        above = line;
        if is_comment(line) || exempt {
            continue;
        }
        let code = line.split(" // ").next().unwrap_or(line);
        if let Some(id) = clause_id(code) {
            let advice = format!(
                "`{id}` belongs in afspraken/; take the clause from the bundle, or exempt the line: `{CLAUSE_EXEMPTION}...`"
            );
            found.push(Finding { file: file.path.clone(), line: number, rule: "clause-in-code", advice });
        }
    }
    found
}

/// An exemption without a reason is none.
fn is_exempt(line: &str) -> bool {
    line.split_once(CLAUSE_EXEMPTION).is_some_and(|(_, reason)| !reason.trim().is_empty())
}

/// The first `LND-3` and the like, as far as its digits and dots go.
fn clause_id(line: &str) -> Option<String> {
    AGREEMENTS.iter().find_map(|agreement| {
        let start = line.match_indices(agreement).find_map(|(at, _)| {
            let rest = line.get(at + agreement.len()..)?.strip_prefix('-')?;
            rest.starts_with(|first: char| first.is_ascii_digit()).then_some(at)
        })?;
        let ends = |letter: char| !(letter.is_ascii_alphanumeric() || letter == '-' || letter == '.');
        line.get(start..)?.split(ends).next().map(str::to_owned)
    })
}

fn look_for(
    tree: &Tree,
    words: &[&str],
    rule: &'static str,
    is_in: impl Fn(&str, &str) -> bool,
    advice: impl Fn(&str) -> String,
) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in &tree.files {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| is_in(word, line)) {
                found.push(Finding { file: file.path.clone(), line: index + 1, rule, advice: advice(word) });
            }
        }
    }
    found
}

/// Whether the word stands alone, so that a longer name or the base64 of a lock file is no hit.
fn is_word_in(word: &str, line: &str) -> bool {
    let joins = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '+' | '/' | '=');
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|text| text.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|text| text.chars().next());
        let open_end = after.is_none_or(|letter| !joins(letter)) || word.ends_with('!');
        before.is_none_or(|letter| !joins(letter)) && open_end
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::tree;
    use super::*;

    fn lines(found: &[Finding]) -> Vec<usize> {
        found.iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn each_unfinished_word_is_found() {
        for word in UNFINISHED {
            let text = format!("fn a() {{}}\n// {word}: later\n");
            assert_eq!(lines(&unfinished(&tree(&[("a.rs", &text)]))), [2], "{word}");
        }
        let call = format!("    {}()\n", UNFINISHED.get(2).unwrap());
        assert_eq!(lines(&unfinished(&tree(&[("a.rs", &call)]))), [1]);
    }

    #[test]
    fn a_longer_word_is_not_unfinished() {
        let text = format!("let {0}S = 1;\nlet a_{0} = \"x{0}y\";\nsha512-a/{0}+b==\n", UNFINISHED.first().unwrap());
        assert_eq!(unfinished(&tree(&[("a.rs", &text)])), []);
    }

    #[test]
    fn each_host_is_found_in_any_text_and_allowed_in_the_lock_files() {
        for host in HOSTS {
            let text = format!("see https://registry.{host}/x\n");
            let tree = tree(&[("README.md", &text), ("package-lock.json", &text), ("Cargo.lock", &text)]);
            let found = hosts(&tree);
            assert_eq!(found.len(), 1, "{host}");
            assert_eq!(found.first().unwrap().file.to_str(), Some("README.md"));
        }
    }

    #[test]
    fn a_clause_in_a_rule_of_the_domain_is_found_and_named() {
        for id in ["LND-3.b", "IJM-3.2.a", "NOG-1.q", "ZHZ-1", "NHN-2"] {
            let text = format!("fn a() {{\n    weiger(\"{id}\");\n}}\n");
            let found = clauses(&tree(&[("crates/domain/src/a.rs", &text), ("crates/app/src/a.rs", &text)]));
            assert_eq!(lines(&found), [2], "{id}");
            assert!(found.first().unwrap().advice.starts_with(&format!("`{id}` belongs")), "{found:?}");
        }
    }

    #[test]
    fn comments_tests_and_other_codes_may_name_clauses() {
        let text = "/// See LND-3.b.\nfn a() { // as IJM-3.2.a says\n}\nlet x = \"LND-x\";\n\
                    #[cfg(test)]\nmod tests {\n    const A: &str = \"NOG-1.a\";\n}\n";
        assert_eq!(clauses(&tree(&[("crates/domain/src/a.rs", text)])), []);
    }

    #[test]
    fn an_exemption_needs_a_reason() {
        let with = format!("{CLAUSE_EXEMPTION}the base is the law\nconst A: &str = \"LND-3.b\";\n");
        let without = format!("{CLAUSE_EXEMPTION}\nconst A: &str = \"LND-3.b\";\n");
        assert_eq!(clauses(&tree(&[("crates/domain/src/a.rs", &with)])), []);
        assert_eq!(lines(&clauses(&tree(&[("crates/domain/src/a.rs", &without)]))), [2]);
    }
}
