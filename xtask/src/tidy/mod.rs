//! `cargo xtask tidy`: the house rules that no compiler checks, each told with file, line and what to write instead.
//!
//! To add a rule: a function from the [`Tree`] to findings, a line in [`findings`], and a test that plants the fault.

mod layers;
mod names;
mod size;
mod source;
mod twins;
mod words;

use crate::workspace;
use anyhow::{Result, bail};
use std::fmt;
use std::path::{Path, PathBuf};

/// One fault, where it is, and what to write instead.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    pub file: PathBuf,
    /// Counted from one; zero for the file as a whole.
    pub line: usize,
    pub rule: &'static str,
    pub advice: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.file.display())?;
        if self.line > 0 {
            write!(out, ":{}", self.line)?;
        }
        write!(out, ": {}: {}", self.rule, self.advice)
    }
}

/// The text files of the workspace, read once for all rules.
pub struct Tree {
    pub files: Vec<TextFile>,
}

pub struct TextFile {
    /// Below the workspace root.
    pub path: PathBuf,
    pub text: String,
}

impl TextFile {
    pub fn is_rust(&self) -> bool {
        self.path.extension().is_some_and(|extension| extension == "rs")
    }
}

pub fn run(root: &Path) -> Result<()> {
    let findings = findings(root)?;
    for finding in &findings {
        println!("{finding}");
    }
    match findings.len() {
        0 => println!("tidy: nothing found"),
        count => bail!("tidy: {count} found"),
    }
    Ok(())
}

/// Everything that is wrong in the workspace, ordered by file and line.
pub fn findings(root: &Path) -> Result<Vec<Finding>> {
    let tree = source::read(root)?;
    let mut all = layers::check(&workspace::metadata(root)?);
    all.extend(size::files(&tree));
    all.extend(size::functions(&tree));
    all.extend(twins::check(&tree));
    all.extend(words::unfinished(&tree));
    all.extend(words::hosts(&tree));
    all.extend(words::clauses(&tree));
    all.extend(names::check(&tree));
    all.sort();
    Ok(all)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A workspace of these files only, for planting faults in.
    pub fn tree(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| TextFile { path: PathBuf::from(path), text: (*text).to_owned() };
        Tree { files: files.iter().map(file).collect() }
    }

    #[test]
    fn the_workspace_is_tidy() {
        let found = findings(&workspace::root()).unwrap();
        let lines: Vec<String> = found.iter().map(Finding::to_string).collect();
        assert!(lines.is_empty(), "\n{}", lines.join("\n"));
    }

    #[test]
    fn a_finding_says_where_and_what_instead() {
        let finding = Finding { file: "a.rs".into(), line: 3, rule: "size", advice: "split it".to_owned() };
        assert_eq!(finding.to_string(), "a.rs:3: size: split it");
    }
}
