//! Reading the workspace's own text, and telling its tests from what ships.

use super::{TextFile, Tree};
use anyhow::{Context, Result};
use std::path::Path;

/// Folders that hold nothing of ours: builds, fetched packages, data.
const SKIPPED_FOLDERS: &[&str] = &["target", "node_modules", "extern", "gegevens", "beelden"];
/// Folders with a dot that are ours all the same.
const DOT_FOLDERS: &[&str] = &[".ci", ".config", ".cargo"];
/// The files that people write here; pictures, fonts and databases are not text.
const EXTENSIONS: &[&str] = &[
    "rs", "toml", "md", "html", "css", "js", "json", "sql", "sh", "txt", "cedar", "typ", "svg", "yml", "yaml", "xml",
    "snap", "csv",
];

pub fn read(root: &Path) -> Result<Tree> {
    let mut tree = Tree { files: Vec::new() };
    collect(root, Path::new(""), &mut tree)?;
    tree.files.sort_by(|one, other| one.path.cmp(&other.path));
    Ok(tree)
}

fn collect(root: &Path, folder: &Path, tree: &mut Tree) -> Result<()> {
    for entry in std::fs::read_dir(root.join(folder)).with_context(|| folder.display().to_string())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = folder.join(&name);
        let kind = entry.file_type()?;
        if kind.is_dir() && is_ours(&name) {
            collect(root, &path, tree)?;
        } else if kind.is_file() && is_text(&path) {
            // A file may vanish while others work beside us; what is not text is not for these rules.
            if let Ok(text) = std::fs::read_to_string(root.join(&path)) {
                tree.files.push(TextFile { path, text });
            }
        }
    }
    Ok(())
}

fn is_ours(name: &str) -> bool {
    DOT_FOLDERS.contains(&name) || !(name.starts_with('.') || SKIPPED_FOLDERS.contains(&name))
}

fn is_text(path: &Path) -> bool {
    match path.extension() {
        Some(extension) => EXTENSIONS.contains(&extension.to_string_lossy().as_ref()),
        // Scripts such as `.ci/run` have none, nor have npm's and git's settings.
        None => true,
    }
}

/// The lines of a Rust file with their number, without those of `#[cfg(test)]` items; a test file has none.
///
/// It trusts rustfmt's indentation: an item ends at the first line that closes at the indentation where it began.
pub fn shipped_lines(file: &TextFile) -> Vec<(usize, &str)> {
    if is_test_file(&file.path) {
        return Vec::new();
    }
    let mut kept = Vec::new();
    let mut lines = file.text.lines().enumerate().map(|(index, line)| (index + 1, line));
    while let Some((number, line)) = lines.next() {
        if line.trim() == "#[cfg(test)]" {
            skip_item(indentation(line), &mut lines);
        } else {
            kept.push((number, line));
        }
    }
    kept
}

/// Passes over the attributes and the item that follow.
fn skip_item<'a>(depth: usize, lines: &mut impl Iterator<Item = (usize, &'a str)>) {
    for (_, line) in lines {
        let ends = line.ends_with('}') || line.ends_with(';') || line.ends_with("})");
        if indentation(line) == depth && ends {
            return;
        }
    }
}

fn is_test_file(path: &Path) -> bool {
    let in_folder = path.parent().is_some_and(|folder| folder.iter().any(|part| part == "tests"));
    in_folder || path.file_stem().is_some_and(|stem| stem == "tests" || stem.to_string_lossy().ends_with("_tests"))
}

pub fn indentation(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether the line holds nothing but a comment.
pub fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::super::tests::tree;
    use super::*;

    #[test]
    fn test_modules_and_test_files_are_not_shipped() {
        let text =
            "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\nfn c() {}\n#[cfg(test)]\nmod x;\nfn d() {}\n";
        let tree = tree(&[("a.rs", text), ("tests/b.rs", "fn a() {}"), ("c/tests.rs", "fn a() {}")]);
        let lines: Vec<_> = tree.files.iter().flat_map(shipped_lines).collect();
        assert_eq!(lines, [(1, "fn a() {}"), (6, "fn c() {}"), (9, "fn d() {}")]);
    }

    #[test]
    fn builds_and_fetched_packages_are_not_read() {
        let root = tempfile::tempdir().unwrap();
        for path in ["target/a.rs", ".git/config", "crates/web/static/extern/x.js", "crates/b.rs", ".ci/run", "x.png"] {
            let path = root.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        }
        let tree = read(root.path()).unwrap();
        let paths: Vec<_> = tree.files.iter().map(|file| file.path.to_str().unwrap()).collect();
        assert_eq!(paths, [".ci/run", "crates/b.rs"]);
    }
}
