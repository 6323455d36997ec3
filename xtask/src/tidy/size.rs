//! Rules `file-size` and `function-size`: what does not fit in the eye is split.

use super::source::{indentation, shipped_lines};
use super::{Finding, TextFile, Tree};

const FILE_LINES_MAX: usize = 600;
const FUNCTION_LINES_MAX: usize = 70;

pub fn files(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.files.iter().filter(|file| file.is_rust()) {
        let count = file.text.lines().count();
        if count > FILE_LINES_MAX {
            let advice = format!("{count} lines; split it by subject into files of at most {FILE_LINES_MAX}");
            found.push(Finding { file: file.path.clone(), line: 0, rule: "file-size", advice });
        }
    }
    found
}

pub fn functions(tree: &Tree) -> Vec<Finding> {
    tree.files.iter().filter(|file| file.is_rust()).flat_map(long_functions).collect()
}

fn long_functions(file: &TextFile) -> Vec<Finding> {
    let lines = shipped_lines(file);
    let mut found = Vec::new();
    for (position, (number, line)) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let count = length(indentation(line), lines.iter().skip(position).map(|(_, line)| *line));
        if count > FUNCTION_LINES_MAX {
            let advice = format!(
                "`{name}` has {count} lines; give its parts names, in functions of at most {FUNCTION_LINES_MAX}"
            );
            found.push(Finding { file: file.path.clone(), line: *number, rule: "function-size", advice });
        }
    }
    found
}

/// From the line with `fn` to the line that closes at the same indentation; rustfmt keeps that promise.
fn length<'a>(depth: usize, lines: impl Iterator<Item = &'a str>) -> usize {
    let mut count = 0;
    for line in lines {
        count += 1;
        let at_depth = indentation(line) == depth && !line.trim().is_empty();
        if at_depth && (line.ends_with('}') || line.ends_with(';')) {
            break;
        }
    }
    count
}

/// The name of the function that a line begins, if it begins one.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line.split_whitespace();
    while let Some(word) = words.next() {
        match word {
            "fn" => return words.next()?.split(['(', '<']).next(),
            "pub" | "const" | "async" | "unsafe" | "extern" | "default" => {}
            // `pub(crate)`, `pub(in path)` and the language of an `extern`.
            _ if word.starts_with("pub(") || word.ends_with(')') || word.starts_with('"') => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::tests::tree;
    use super::*;

    fn function(head: &str, statements: usize) -> String {
        format!("impl X {{\n    {head} {{\n{}    }}\n}}\n", "        work();\n".repeat(statements))
    }

    #[test]
    fn a_file_of_601_lines_is_found_and_one_of_600_is_not() {
        let tree = tree(&[("a.rs", &"\n".repeat(601)), ("b.rs", &"\n".repeat(600)), ("c.md", &"\n".repeat(900))]);
        let found = files(&tree);
        assert_eq!(found.len(), 1);
        assert_eq!(found.first().unwrap().file.to_str(), Some("a.rs"));
    }

    #[test]
    fn a_function_of_71_lines_is_found_and_one_of_70_is_not() {
        for head in ["fn long()", "pub async fn long<T>(a: T) -> u8", "pub(crate) const fn long()"] {
            let found = functions(&tree(&[("a.rs", &function(head, 69)), ("b.rs", &function(head, 68))]));
            assert_eq!(found.len(), 1, "{head}");
            let finding = found.first().unwrap();
            assert!(finding.line == 2 && finding.advice.starts_with("`long` has 71 lines"), "{finding}");
        }
    }

    #[test]
    fn a_signature_over_several_lines_counts_and_one_without_body_ends() {
        let long = format!("fn long(\n    a: u8,\n) -> u8 {{\n{}}}\n", "    work();\n".repeat(67));
        assert_eq!(functions(&tree(&[("a.rs", &long)])).len(), 1);
        let bare = format!("trait T {{\n    fn a();\n{}}}\n", "    // text\n".repeat(90));
        assert_eq!(functions(&tree(&[("a.rs", &bare)])).len(), 0);
    }

    #[test]
    fn tests_may_be_long() {
        let text = format!("#[cfg(test)]\nmod tests {{\n{}}}\n", function("fn long()", 99).replace("impl", "mod"));
        assert_eq!(functions(&tree(&[("a.rs", &text)])).len(), 0);
    }
}
