//! The two gates: `test` is everything, `snel` is what fits between two commits.
//!
//! Every step is timed, a failed step does not hide the next one, and the closing summary is the verdict.

use crate::{assets, coverage, machine, mutants, tidy, workspace};
use anyhow::{Result, bail};
use std::path::Path;
use std::time::Duration;

/// The scenarios as CI runs them: every scenario, in every mode of the runner.
const SCENARIOS_ALL_MODES: &[&str] = &["scenario", "run", "scenarios", "--alle-modi"];
/// The scenarios as they run between two commits: once each.
const SCENARIOS_PLAIN: &[&str] = &["scenario", "run", "scenarios"];
/// The package with the browser tests, which `snel` leaves out.
const BROWSER_PACKAGE: &str = "e2e";

type Action<'a> = Box<dyn Fn() -> Result<()> + 'a>;

struct Step<'a> {
    name: &'static str,
    /// The steps after this one can say nothing useful when it failed.
    prerequisite: bool,
    action: Action<'a>,
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Passed(Duration),
    Failed(Duration, String),
    NotRun,
}

pub fn test(root: &Path) -> Result<()> {
    conclude(&[
        prerequisite("machine", || machine::prepare(root)),
        prerequisite("assets", || assets::run(root)),
        step("format", || format(root)),
        step("clippy", || clippy(root)),
        step("tidy", || tidy::run(root)),
        step("tests", || tests(root, &[])),
        step("examples", || examples(root)),
        step("scenarios", || played(root)),
        step("coverage", || coverage::check(root, &coverage::played(root)?, false)),
        step("mutants", || mutants::short(root)),
    ])
}

pub fn snel(root: &Path) -> Result<()> {
    conclude(&[
        prerequisite("assets", || assets::run(root)),
        step("format", || format(root)),
        step("clippy", || clippy(root)),
        step("tidy", || tidy::run(root)),
        step("tests", || tests(root, &["--exclude", BROWSER_PACKAGE])),
        step("scenarios", || scenarios(root, SCENARIOS_PLAIN)),
    ])
}

fn step<'a>(name: &'static str, action: impl Fn() -> Result<()> + 'a) -> Step<'a> {
    Step { name, prerequisite: false, action: Box::new(action) }
}

fn prerequisite<'a>(name: &'static str, action: impl Fn() -> Result<()> + 'a) -> Step<'a> {
    Step { prerequisite: true, ..step(name, action) }
}

fn format(root: &Path) -> Result<()> {
    workspace::succeed(&mut workspace::cargo(root, &["fmt", "--all", "--check"]))
}

fn clippy(root: &Path) -> Result<()> {
    let arguments = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
    workspace::succeed(&mut workspace::cargo(root, &arguments))
}

/// Browser tests start the real binary, so it is built before any test runs.
fn tests(root: &Path, choice: &[&str]) -> Result<()> {
    workspace::product(root)?;
    let nextest = workspace::works(&mut workspace::cargo(root, &["nextest", "--version"]));
    let mut arguments = if nextest { vec!["nextest", "run"] } else { vec!["test"] };
    arguments.push("--workspace");
    arguments.extend(choice);
    workspace::succeed(&mut workspace::cargo(root, &arguments))
}

/// The examples in our documentation, which nextest does not run.
fn examples(root: &Path) -> Result<()> {
    workspace::succeed(&mut workspace::cargo(root, &["test", "--workspace", "--doc", "--quiet"]))
}

fn scenarios(root: &Path, arguments: &[&str]) -> Result<()> {
    let binary = workspace::product(root)?;
    workspace::succeed(&mut workspace::command(root, &binary.to_string_lossy(), arguments))
}

/// Every scenario in every mode, and what they prove written down for the step after this one.
fn played(root: &Path) -> Result<()> {
    let file = coverage::played(root)?;
    let mut arguments = SCENARIOS_ALL_MODES.to_vec();
    let file = file.to_string_lossy();
    arguments.extend(["--dekking", &file]);
    scenarios(root, &arguments)
}

fn conclude(steps: &[Step<'_>]) -> Result<()> {
    let verdicts = run(steps);
    println!("\n{}", summary(steps, &verdicts));
    let failed = verdicts.iter().filter(|verdict| !matches!(verdict, Verdict::Passed(_))).count();
    if failed > 0 {
        bail!("{failed} of {} steps did not pass", steps.len());
    }
    Ok(())
}

fn run(steps: &[Step<'_>]) -> Vec<Verdict> {
    let mut verdicts = Vec::new();
    let mut blocked = false;
    for step in steps {
        let verdict = if blocked { Verdict::NotRun } else { run_one(step) };
        blocked |= step.prerequisite && !matches!(verdict, Verdict::Passed(_));
        verdicts.push(verdict);
    }
    verdicts
}

fn run_one(step: &Step<'_>) -> Verdict {
    println!("\n== {}", step.name);
    let (result, duration) = timed(&step.action);
    println!("== {}: {:.1} s", step.name, duration.as_secs_f64());
    match result {
        Ok(()) => Verdict::Passed(duration),
        Err(fault) => {
            eprintln!("error: {fault:#}");
            Verdict::Failed(duration, format!("{fault:#}"))
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a stopwatch on our own steps; no rule of the product reads it")]
fn timed(action: &Action<'_>) -> (Result<()>, Duration) {
    let start = std::time::Instant::now();
    let result = action();
    (result, start.elapsed())
}

fn summary(steps: &[Step<'_>], verdicts: &[Verdict]) -> String {
    let mut lines = Vec::new();
    let mut total = Duration::ZERO;
    for (step, verdict) in steps.iter().zip(verdicts) {
        let name = step.name;
        lines.push(match verdict {
            Verdict::Passed(duration) => format!("  passed   {name:<10} {:>7.1} s", duration.as_secs_f64()),
            Verdict::Failed(duration, why) => {
                format!("  FAILED   {name:<10} {:>7.1} s  {}", duration.as_secs_f64(), first_line(why))
            }
            Verdict::NotRun => format!("  not run  {name:<10}"),
        });
        if let Verdict::Passed(duration) | Verdict::Failed(duration, _) = verdict {
            total += *duration;
        }
    }
    lines.push(format!("  together {:>18.1} s", total.as_secs_f64()));
    lines.join("\n")
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::anyhow;
    use std::cell::Cell;

    #[test]
    fn a_failed_step_fails_the_gate_and_hides_no_other() {
        let ran = Cell::new(false);
        let steps = [
            step("first", || Err(anyhow!("broken\nin detail"))),
            step("second", || {
                ran.set(true);
                Ok(())
            }),
        ];
        let fault = conclude(&steps).unwrap_err();
        assert!(ran.get());
        assert_eq!(fault.to_string(), "1 of 2 steps did not pass");
    }

    #[test]
    fn after_a_failed_prerequisite_the_rest_counts_as_not_passed() {
        let steps = [prerequisite("first", || Err(anyhow!("broken"))), step("second", || Ok(()))];
        let verdicts = run(&steps);
        assert_eq!(verdicts.last(), Some(&Verdict::NotRun));
        assert_eq!(conclude(&steps).unwrap_err().to_string(), "2 of 2 steps did not pass");
    }

    #[test]
    fn the_summary_names_each_step_once() {
        let steps = [step("format", || Ok(())), step("clippy", || Ok(()))];
        let verdicts =
            [Verdict::Passed(Duration::from_secs(2)), Verdict::Failed(Duration::from_secs(3), "one\ntwo".to_owned())];
        let text = summary(&steps, &verdicts);
        assert!(text.contains("passed   format") && text.contains("FAILED   clippy"), "{text}");
        assert!(text.contains("5.0 s") && !text.contains("two"), "{text}");
    }
}
