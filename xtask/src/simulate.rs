//! `cargo xtask simulate`: random histories, and whether they would notice a mistake.
//!
//! What a history is and what has to hold in it stands in `tests/simulation`; here the program is
//! only built and run. With `--sensitivity` each bug of `tests/simulation/sensitivity` is planted in
//! a copy of the checkout, one at a time, and the histories have to find it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::process::{self, say};
use crate::workspace::Workspace;

/// The program's package, and its name.
const PACKAGE: &str = "dayline-simulation";
/// Where the planted bugs are.
const BUGS: &str = "tests/simulation/sensitivity";
/// How long all histories may take.
const LIMIT: Duration = Duration::from_hours(6);
/// In how many histories a bug has to be caught.
const SCHEDULES: u64 = 2_000;
/// A bug that was caught so often is caught.
const ENOUGH: u64 = 5;
/// What a copy of the checkout does without.
const LEFT_OUT: [&str; 4] = ["target", "node_modules", ".git", "dist"];

/// What to simulate.
#[derive(Debug, Args)]
pub struct Options {
    /// How many histories.
    #[arg(long, default_value_t = SCHEDULES)]
    seeds: u64,
    /// The first seed.
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// Prints one JSON object.
    #[arg(long)]
    json: bool,
    /// Plants each known bug in a copy and tells in how many histories it is caught.
    #[arg(long)]
    sensitivity: bool,
    /// With --sensitivity: only the bugs whose names contain this.
    #[arg(long, value_name = "TEXT", requires = "sensitivity")]
    bug: Option<String>,
}

/// What the program prints, as far as it is read here.
#[derive(Debug, Deserialize)]
struct Report {
    #[serde(default)]
    schedules: u64,
    #[serde(default)]
    steps: u64,
    #[serde(default)]
    seconds: u64,
    #[serde(default)]
    faults: BTreeMap<String, u64>,
    failures: u64,
    first_failure: Option<Failure>,
    #[serde(default)]
    trace_hash: String,
}

#[derive(Debug, Deserialize)]
struct Failure {
    seed: u64,
    what: String,
    story: String,
}

/// How a planted bug fared.
#[derive(Debug, Serialize)]
struct Bug {
    name: String,
    /// In how many histories it was caught, of how many.
    caught_in: u64,
    schedules: u64,
    /// How it showed first.
    what: String,
}

/// Builds and runs the histories. The exit code tells whether nothing went wrong.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let success = if options.sensitivity {
        sensitivity(workspace, options)?
    } else {
        let program = build(workspace, &workspace.root, Some("simulation"))?;
        let (line, report) = live(&program, options.seeds, options.from, None)?;
        if options.json {
            println!("{line}");
        } else {
            tell(&report);
        }
        report.failures == 0
    };
    Ok(if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Runs the histories of a test run with a program that is built already.
///
/// # Errors
/// The story of the first one that failed.
pub fn check(program: &Path, seeds: u64) -> Result<()> {
    let (_, report) = live(program, seeds, 1, None)?;
    tell(&report);
    ensure!(report.failures == 0, "{} histories failed", report.failures);
    let again = live(program, 20, 1, None)?.1.trace_hash;
    let first = live(program, 20, 1, None)?.1.trace_hash;
    ensure!(
        again == first,
        "the same seeds gave two traces: {first} and {again}"
    );
    Ok(())
}

/// Builds the program from the checkout at `root`: to be quick itself, or to be built quickly.
fn build(workspace: &Workspace, root: &Path, profile: Option<&str>) -> Result<PathBuf> {
    say("building the simulation (some minutes the first time)");
    let mut cargo = workspace.cargo();
    cargo
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &workspace.target)
        .args(["build", "--package", PACKAGE]);
    cargo.args(["--profile", profile.unwrap_or("dev")]);
    process::run("the build", &mut cargo)?;
    let file = format!("{PACKAGE}{}", std::env::consts::EXE_SUFFIX);
    let folder = profile.unwrap_or("debug");
    Ok(workspace.target.join(folder).join(file))
}

fn live(program: &Path, seeds: u64, from: u64, failures: Option<u64>) -> Result<(String, Report)> {
    let mut command = Command::new(program);
    command.args(["--seeds", &seeds.to_string(), "--from", &from.to_string()]);
    match failures {
        Some(failures) => command.args(["--failures", &failures.to_string()]),
        None => command.arg("--progress"),
    };
    let mut last = String::new();
    process::watch("the simulation", &command, LIMIT, |line| {
        line.clone_into(&mut last);
    })?;
    let report = serde_json::from_str(&last).context("the simulation printed no report")?;
    Ok((last, report))
}

/// The report for people.
fn tell(report: &Report) {
    println!(
        "{} histories of {} steps in {} s, {} failed, trace {}",
        report.schedules, report.steps, report.seconds, report.failures, report.trace_hash
    );
    let faults = report.faults.iter();
    let faults: Vec<String> = faults
        .map(|(name, times)| format!("{name} {times}"))
        .collect();
    println!("{}", faults.join(", "));
    if let Some(failure) = &report.first_failure {
        println!(
            "\nseed {}, shortened:\n{}\n\n{}",
            failure.seed, failure.story, failure.what
        );
    }
}

/// Plants every bug in turn.
fn sensitivity(workspace: &Workspace, options: &Options) -> Result<bool> {
    let copy = workspace.target.join("sensitivity");
    let mut patches: Vec<PathBuf> = fs::read_dir(workspace.root.join(BUGS))
        .context(BUGS)?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    patches.retain(|path| {
        let name = path.to_string_lossy();
        name.ends_with(".patch") && options.bug.as_ref().is_none_or(|bug| name.contains(bug))
    });
    patches.sort();
    ensure!(!patches.is_empty(), "there is no such bug in {BUGS}");
    let _ = fs::remove_dir_all(&copy);
    copy_folder(&workspace.root, &copy)?;
    // What is found with a bug has to be its doing.
    let (_, clean) = live(&build(workspace, &copy, None)?, ENOUGH, options.from, None)?;
    ensure!(clean.failures == 0, "histories fail without any bug");
    let mut bugs = Vec::new();
    for patch in patches {
        let name = patch.file_stem().unwrap_or_default();
        let name = name.to_string_lossy().into_owned();
        say(format!("planting {name}"));
        apply(&copy, &patch, false)?;
        let program = build(workspace, &copy, None);
        let lived =
            program.and_then(|program| live(&program, options.seeds, options.from, Some(ENOUGH)));
        apply(&copy, &patch, true)?;
        let (_, report) = lived.with_context(|| name.clone())?;
        let what = report.first_failure.map(|first| first.what);
        let what = what
            .unwrap_or_default()
            .lines()
            .take(2)
            .collect::<Vec<_>>()
            .join(" ");
        say(format!(
            "{name}: {} of {}",
            report.failures, report.schedules
        ));
        bugs.push(Bug {
            name,
            caught_in: report.failures,
            schedules: report.schedules,
            what: what.chars().take(200).collect(),
        });
    }
    let caught = bugs.iter().filter(|bug| bug.caught_in > 0).count();
    let all = bugs.len();
    println!(
        "{}",
        serde_json::json!({"caught": caught, "bugs": all, "each": bugs})
    );
    Ok(caught == all)
}

fn apply(copy: &Path, patch: &Path, back: bool) -> Result<()> {
    let mut git = Command::new("git");
    // The copy lies in a checkout, and is none.
    git.current_dir(copy)
        .env("GIT_CEILING_DIRECTORIES", copy.parent().unwrap_or(copy))
        .args(["apply", "--whitespace=nowarn"]);
    if back {
        git.arg("--reverse");
    }
    git.arg(patch);
    process::run("git apply", &mut git)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let name = entry.file_name();
        if LEFT_OUT.iter().any(|left_out| name == *left_out) {
            continue;
        }
        let (source, target) = (entry.path(), to.join(&name));
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_folder(&source, &target)?;
        } else if kind.is_file() {
            fs::copy(&source, &target).with_context(|| source.display().to_string())?;
        } else {
            bail!("{} is neither file nor folder", source.display());
        }
    }
    Ok(())
}
