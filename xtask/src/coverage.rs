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
/// Clauses that are met by being shown, each with its page; a test of the pages reads the same list.
const SHOWN: &str = "docs/op-het-scherm.txt";
const SHOWN_MAX: usize = 30;
const GLOSSARY: &str = "docs/GLOSSARY.md";
/// Scenarios that are named beside a clause.
const NAMED_MAX: usize = 3;
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
    /// Which scenarios asked for a clause.
    #[serde(default, rename = "door")]
    by: BTreeMap<String, BTreeSet<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Covered,
    /// Covered too, but nothing is decided by it: a page shows it, or the glossary gives its meaning.
    Shown,
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
    let binary = workspace::product(root)?;
    let arguments = ["scenario", "run", "scenarios", "--dekking", &played.to_string_lossy()];
    let mut command = workspace::command(root, &binary.to_string_lossy(), &arguments);
    workspace::succeed(command.stdout(std::process::Stdio::null()))?;
    let proof: Played = serde_json::from_str(&read(&played)?)?;
    print!("{}", per_clause(&states(root, &proof)?, &places(root)?, &proof));
    check(root, &played, write)
}

/// Compares what a run of the player wrote with the list.
pub fn check(root: &Path, played: &Path, write: bool) -> Result<()> {
    let played: Played = serde_json::from_str(&read(played)?)?;
    let states = states(root, &played)?;
    print!("{}", table(&states));
    let covered: BTreeSet<&str> =
        states.iter().filter(|(_, state)| is_covered(**state)).map(|(id, _)| id.as_str()).collect();
    let shown = states.values().filter(|state| **state == State::Shown).count();
    if shown > SHOWN_MAX {
        bail!("{shown} clauses are met only by being shown; at most {SHOWN_MAX} may be");
    }
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
    let shown = entries(&read(&root.join(SHOWN))?);
    let glossary = sources(&read(&root.join(GLOSSARY))?);
    let (cited, readings) = cited(root)?;
    let mut all = entries(&read(&root.join(CLAUSES))?);
    all.extend(readings.into_iter().map(|id| (id, String::new())));
    let state = |(id, tag): (String, String)| {
        let asserted = played.given.contains(&id) && played.asserted.contains(&id);
        let state = if asserted && shown.contains_key(&id) || tag == DEFINITION && glossary.contains(&id) {
            State::Shown
        } else if asserted {
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

fn is_covered(state: State) -> bool {
    matches!(state, State::Covered | State::Shown)
}

/// The clauses that the glossary names as the source of a word.
fn sources(glossary: &str) -> BTreeSet<String> {
    let rows = glossary.lines().filter_map(|line| line.trim_end_matches([' ', '|']).rsplit_once('|'));
    rows.flat_map(|(_, source)| source.split(", ")).map(|id| id.trim().to_owned()).collect()
}

/// In which entries of which agreements a clause stands: `ijmond termijn.contact-gezin`.
fn places(root: &Path) -> Result<BTreeMap<String, BTreeSet<String>>> {
    let mut places: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for folder in fs::read_dir(root.join(AGREEMENTS))? {
        let folder = folder?.path();
        let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for file in fs::read_dir(&folder)? {
            let mut entry = String::new();
            for line in read(&file?.path())?.lines() {
                if let Some(head) = line.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
                    entry = format!("{name} {}", head.replace('"', ""));
                } else if ["clausule", "grond", "hiaat", "clausules", "ook"].contains(&key(line)) {
                    for id in line.split('"').skip(1).step_by(2) {
                        places.entry(id.to_owned()).or_default().insert(entry.clone());
                    }
                }
            }
        }
    }
    Ok(places)
}

/// Per clause how it is met, where it lives, and which scenarios ask for it.
fn per_clause(
    states: &BTreeMap<String, State>,
    places: &BTreeMap<String, BTreeSet<String>>,
    played: &Played,
) -> String {
    let some = |of: Option<&BTreeSet<String>>| {
        let all: Vec<&str> = of.into_iter().flatten().map(String::as_str).collect();
        let more = all.len().saturating_sub(NAMED_MAX);
        let named = all.iter().take(NAMED_MAX).copied().collect::<Vec<_>>().join(", ");
        match (named.is_empty(), more) {
            (true, _) => "-".to_owned(),
            (false, 0) => named,
            (false, more) => format!("{named} and {more} more"),
        }
    };
    let mut lines = String::new();
    for (id, state) in states {
        let how = match state {
            State::Covered => "proved",
            State::Shown => "shown",
            State::NotAsserted => "not asserted",
            State::Gap => "gap",
            State::NoRule => "no rule",
        };
        lines += &format!(
            "{id:<12} {how:<12} lives in {}; asked for by {}\n",
            some(places.get(id)),
            some(played.by.get(id))
        );
    }
    lines
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
        "{:<8} {:>8} {:>6} {:>13} {:>5} {:>8} {:>7}",
        "", "proved", "shown", "not asserted", "gap", "no rule", "clauses"
    )];
    let size = |of: &BTreeMap<State, Vec<&str>>, state| of.get(&state).map_or(0, Vec::len);
    let row = |name: &str, of: [usize; 5]| {
        let [covered, shown, not_asserted, gap, no_rule] = of;
        let sum: usize = of.iter().sum();
        format!("{name:<8} {covered:>8} {shown:>6} {not_asserted:>13} {gap:>5} {no_rule:>8} {sum:>7}")
    };
    let columns = [State::Covered, State::Shown, State::NotAsserted, State::Gap, State::NoRule];
    let mut total = [0; 5];
    for (name, of) in counts.iter().filter(|(name, _)| **name != READINGS).chain(counts.get_key_value(READINGS)) {
        let sizes = columns.map(|state| size(of, state));
        total = std::array::from_fn(|at| total.get(at).unwrap_or(&0) + sizes.get(at).unwrap_or(&0));
        lines.push(row(name, sizes));
    }
    lines.push(row("together", total));
    for (state, name) in [(State::Shown, "shown"), (State::NotAsserted, "not asserted"), (State::Gap, "gap")] {
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
        put(SHOWN, "# none\n");
        put(GLOSSARY, "| veiligheid | being safe | IJM-B.z |\n");
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
    fn a_definition_counts_by_the_glossary_and_what_is_only_shown_is_told_apart() {
        let played = r#"{"gegeven": ["IJM-1.a"], "getoetst": ["IJM-1.a"], "door": {"IJM-1.a": ["x.toml"]}}"#;
        let (root, file) = workspace_with(played, "");
        fs::write(root.path().join(SHOWN), "IJM-1.a /afspraken/ijmond/1 Words\nIJM-1.c /afspraken/ijmond/1 Words\n")
            .unwrap();
        fs::write(root.path().join(GLOSSARY), "| stabiel | safe | IJM-B.a, ours |\n").unwrap();
        let played: Played = serde_json::from_str(&read(&file).unwrap()).unwrap();
        let states = states(root.path(), &played).unwrap();
        // What nobody asserted is not met by a line in the list.
        assert_eq!((states["IJM-1.a"], states["IJM-1.c"], states["IJM-B.a"]), (State::Shown, State::Gap, State::Shown));
        let lines = per_clause(&states, &places(root.path()).unwrap(), &played);
        assert!(lines.contains("IJM-1.a      shown        lives in ijmond a; asked for by x.toml"), "{lines}");
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
