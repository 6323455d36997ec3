//! Which clauses the scenarios prove, as a table per document, and whether nothing was lost since last time.
//!
//! A clause is covered when the engine answered with it *and* a control or a refusal of a scenario asked for exactly that.
//! The list of covered clauses is checked in; it is generated, and what once stood in it may not silently go.

use crate::workspace;
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// Every clause of the documents, `ZHZ-1.a agreement` per line.
const CLAUSES: &str = "crates/domain/tests/domein/clausules.txt";
/// Clauses that no entry of an agreement can carry, each with the reason.
const WITHOUT_RULE: &str = "crates/domain/tests/domein/clausules_zonder_regel.txt";
const AGREEMENTS: &str = "afspraken";
/// The generated list.
const COVERED: &str = "docs/dekking.txt";
/// What a clause is about that says what a word means, and asks nothing.
const DEFINITION: &str = "definition";
/// Our own readings, counted beside the documents.
const READINGS: &str = "HIAAT";

/// What the player wrote down.
#[derive(Debug, Default, Deserialize)]
struct Played {
    #[serde(rename = "gegeven")]
    given: BTreeSet<String>,
    #[serde(rename = "getoetst")]
    asserted: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Covered,
    /// An agreement cites it, no scenario asked for it.
    NotAsserted,
    /// No agreement cites it.
    Gap,
    NoRule,
}

/// Where the player writes down what it proved.
pub fn played(root: &Path) -> Result<PathBuf> {
    Ok(workspace::target_directory(root)?.join("dekking.json"))
}

/// Plays every scenario once and compares; `write` makes the list anew.
pub fn run(root: &Path, write: bool) -> Result<()> {
    let played = played(root)?;
    workspace::succeed(&mut workspace::cargo(root, &["build", "--package", "server"]))?;
    let binary = workspace::target_directory(root)?.join("debug").join("zicht");
    let arguments = ["scenario", "run", "scenarios", "--dekking", &played.to_string_lossy()];
    let mut command = workspace::command(root, &binary.to_string_lossy(), &arguments);
    workspace::succeed(command.stdout(std::process::Stdio::null()))?;
    check(root, &played, write)
}

/// Compares what a run of the player wrote with the list.
pub fn check(root: &Path, played: &Path, write: bool) -> Result<()> {
    let played: Played = serde_json::from_str(&read(played)?)?;
    let states = states(root, &played)?;
    print!("{}", table(&states));
    let covered: BTreeSet<&str> =
        states.iter().filter(|(_, state)| **state == State::Covered).map(|(id, _)| id.as_str()).collect();
    let path = root.join(COVERED);
    if write {
        return fs::write(&path, list(&covered)).with_context(|| path.display().to_string());
    }
    let before = entries(&read(&path)?);
    let lost: Vec<&str> = before.keys().map(String::as_str).filter(|id| !covered.contains(id)).collect();
    let fresh = covered.iter().filter(|id| !before.contains_key(**id)).count();
    if fresh > 0 {
        println!("{fresh} clauses are covered that {COVERED} does not have yet: cargo xtask dekking --schrijf");
    }
    if !lost.is_empty() {
        bail!("{} clauses are no longer covered: {}", lost.len(), lost.join(", "));
    }
    Ok(())
}

fn states(root: &Path, played: &Played) -> Result<BTreeMap<String, State>> {
    let without = entries(&read(&root.join(WITHOUT_RULE))?);
    let (cited, readings) = cited(root)?;
    let mut all = entries(&read(&root.join(CLAUSES))?);
    all.extend(readings.into_iter().map(|id| (id, String::new())));
    let state = |(id, tag): (String, String)| {
        let state = if played.given.contains(&id) && played.asserted.contains(&id) {
            State::Covered
        } else if without.contains_key(&id) || tag == DEFINITION {
            State::NoRule
        } else if cited.contains(&id) {
            State::NotAsserted
        } else {
            State::Gap
        };
        (id, state)
    };
    Ok(all.into_iter().map(state).collect())
}

/// What the entries of all agreements cite, and the readings that they declare.
fn cited(root: &Path) -> Result<(BTreeSet<String>, BTreeSet<String>)> {
    let (mut cited, mut readings) = (BTreeSet::new(), BTreeSet::new());
    for folder in fs::read_dir(root.join(AGREEMENTS))? {
        for file in fs::read_dir(folder?.path())? {
            let text = read(&file?.path())?;
            for line in text.lines() {
                if let Some(id) = line.strip_prefix("[hiaat.\"").and_then(|rest| rest.strip_suffix("\"]")) {
                    readings.insert(id.to_owned());
                } else if ["clausule", "grond", "hiaat", "clausules", "ook"].contains(&key(line)) {
                    cited.extend(line.split('"').skip(1).step_by(2).map(str::to_owned));
                }
            }
        }
    }
    Ok((cited, readings))
}

fn key(line: &str) -> &str {
    line.split_once('=').map_or("", |(key, _)| key.trim())
}

/// `id what follows` per line; a line with `#` is a remark.
fn entries(text: &str) -> BTreeMap<String, String> {
    let lines = text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|line| line.split_once(' ').unwrap_or((line, "")))
        .map(|(id, rest)| (id.to_owned(), rest.to_owned()))
        .collect()
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| path.display().to_string())
}

fn document(id: &str) -> &str {
    id.split_once('-').map_or(id, |(document, _)| document)
}

fn table(states: &BTreeMap<String, State>) -> String {
    let mut counts: BTreeMap<&str, BTreeMap<State, Vec<&str>>> = BTreeMap::new();
    for (id, state) in states {
        counts.entry(document(id)).or_default().entry(*state).or_default().push(id);
    }
    let mut lines = vec![format!(
        "{:<8} {:>8} {:>13} {:>5} {:>8} {:>7}",
        "", "covered", "not asserted", "gap", "no rule", "clauses"
    )];
    let size = |of: &BTreeMap<State, Vec<&str>>, state| of.get(&state).map_or(0, Vec::len);
    let row = |name: &str, of: [usize; 4]| {
        let [covered, not_asserted, gap, no_rule] = of;
        let sum: usize = of.iter().sum();
        format!("{name:<8} {covered:>8} {not_asserted:>13} {gap:>5} {no_rule:>8} {sum:>7}")
    };
    let columns = [State::Covered, State::NotAsserted, State::Gap, State::NoRule];
    let mut total = [0; 4];
    for (name, of) in counts.iter().filter(|(name, _)| **name != READINGS).chain(counts.get_key_value(READINGS)) {
        let sizes = columns.map(|state| size(of, state));
        total = std::array::from_fn(|at| total.get(at).unwrap_or(&0) + sizes.get(at).unwrap_or(&0));
        lines.push(row(name, sizes));
    }
    lines.push(row("together", total));
    for (state, name) in [(State::NotAsserted, "not asserted"), (State::Gap, "gap")] {
        let ids: Vec<&str> = states.iter().filter(|(_, of)| **of == state).map(|(id, _)| id.as_str()).collect();
        lines.push(format!("{name}: {}", ids.join(" ")));
    }
    lines.join("\n") + "\n"
}

fn list(covered: &BTreeSet<&str>) -> String {
    let head =
        "# Clauses that a scenario proves. Generated by `cargo xtask dekking --schrijf`; none of these may go.\n";
    covered.iter().fold(head.to_owned(), |list, id| list + id + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workspace_with(played: &str, list: &str) -> (tempfile::TempDir, std::path::PathBuf) {
        let root = tempfile::tempdir().unwrap();
        let put = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        };
        put(CLAUSES, "# all\nIJM-1.a routing\nIJM-1.b term\nIJM-1.c plan\nIJM-B.a definition\n");
        put(WITHOUT_RULE, "# none\n");
        put("afspraken/ijmond/1.toml", "[a]\nclausule = \"IJM-1.a\"\nook = [\"IJM-1.b\"]\n[hiaat.\"HIAAT-1\"]\n");
        put(COVERED, list);
        put("played.json", played);
        let played = root.path().join("played.json");
        (root, played)
    }

    #[test]
    fn a_clause_counts_only_when_it_was_given_and_asserted() {
        let played = r#"{"gegeven": ["IJM-1.a", "IJM-1.b"], "getoetst": ["IJM-1.a", "IJM-1.c"]}"#;
        let (root, file) = workspace_with(played, "");
        let played: Played = serde_json::from_str(&read(&file).unwrap()).unwrap();
        let states: Vec<_> = states(root.path(), &played).unwrap().into_values().collect();
        // The reading first, then the clauses in order.
        assert_eq!(states, [State::Gap, State::Covered, State::NotAsserted, State::Gap, State::NoRule]);
    }

    #[test]
    fn a_clause_that_was_covered_and_is_not_fails() {
        let played = r#"{"gegeven": ["IJM-1.a"], "getoetst": ["IJM-1.a"]}"#;
        let (root, file) = workspace_with(played, "# head\nIJM-1.a\n");
        check(root.path(), &file, false).unwrap();
        let (root, file) = workspace_with(played, "# head\nIJM-1.a\nIJM-1.b\n");
        let fault = check(root.path(), &file, false).unwrap_err().to_string();
        assert_eq!(fault, "1 clauses are no longer covered: IJM-1.b");
        check(root.path(), &file, true).unwrap();
        check(root.path(), &file, false).unwrap();
    }
}
