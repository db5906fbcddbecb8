//! `cargo xtask fuzz`: lets libFuzzer look for inputs that a target of `tests/fuzz` cannot take.
//!
//! It works with a stable toolchain: the compiler puts the counters in without a sanitizer, and
//! none is needed, since nothing of ours is `unsafe`. cargo-fuzz drives it; bolero would add a
//! layer that the replay, a plain test, does without.
//!
//! What libFuzzer finds to be new stays in the target folder; only inputs that failed are worth
//! keeping, as `tests/fuzz/corpus/TARGET/regression-…`.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use serde::{Deserialize, Serialize};

use crate::process::{self, Service, say};
use crate::which;
use crate::workspace::Workspace;

/// Seconds that one input may take in an optimised build.
const SLOWEST: u32 = 10;
/// The most bytes of one input; longer files of a corpus are cut.
const LONGEST: u32 = 32 * 1024;
/// How long a run may take beside what was asked for: reading the corpus, writing what it found.
const GRACE: Duration = Duration::from_mins(5);

/// What to fuzz.
#[derive(Debug, Args)]
pub struct Options {
    /// The target; `--list` has their names.
    #[arg(required_unless_present = "list")]
    target: Option<String>,
    /// How long to look.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1440))]
    minutes: u32,
    /// Lists the targets.
    #[arg(long)]
    list: bool,
}

/// A target, as the table of `tests/fuzz` has it.
#[derive(Deserialize)]
struct Target {
    name: String,
    about: String,
    /// Folders below `tests/fixtures` that belong to its corpus.
    fixtures: Vec<String>,
}

/// How a run went.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Outcome<'a> {
    target: &'a str,
    executions: u64,
    /// Inputs that each reach something new.
    corpus: u64,
    crashes: usize,
    seconds: u64,
}

/// Builds and runs a target. The exit code tells whether every input was taken.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let folder = workspace.root.join("tests/fuzz");
    let table = fs::read(folder.join("targets.json")).context("the table of targets")?;
    let targets: Vec<Target> = serde_json::from_slice(&table).context("the table of targets")?;
    if options.list {
        for target in &targets {
            println!("{:<12} {}", target.name, target.about);
        }
        return Ok(ExitCode::SUCCESS);
    }
    let wanted = options.target.as_deref().unwrap_or_default();
    let Some(target) = targets.iter().find(|target| target.name == wanted) else {
        bail!("there is no target {wanted}; cargo xtask fuzz --list has their names");
    };
    ensure_tools(workspace)?;
    let run = Run {
        workspace,
        folder,
        target,
    };
    run.build()?;
    run.fuzz(options.minutes * 60)
}

/// Installs cargo-fuzz, and says what else is missing.
fn ensure_tools(workspace: &Workspace) -> Result<()> {
    ensure!(
        which("c++").is_some(),
        "libFuzzer is C++, and there is no compiler for it; on Debian: apt-get install build-essential"
    );
    let there = workspace.cargo().args(["fuzz", "--version"]).output();
    if there.is_ok_and(|output| output.status.success()) {
        return Ok(());
    }
    say("installing cargo-fuzz (a minute)");
    let mut cargo = workspace.cargo();
    cargo.args(["install", "--locked", "cargo-fuzz"]);
    process::run("the installation of cargo-fuzz", &mut cargo)
}

struct Run<'a> {
    workspace: &'a Workspace,
    /// `tests/fuzz`.
    folder: PathBuf,
    target: &'a Target,
}

impl Run<'_> {
    fn cargo_fuzz(&self, command: &str) -> Command {
        let mut cargo = self.workspace.cargo();
        cargo.args(["fuzz", command, "--sanitizer", "none", "--fuzz-dir"]);
        cargo.arg(self.folder.join("libfuzzer"));
        cargo.arg("--target-dir").arg(self.made());
        cargo.arg("targets");
        cargo
    }

    /// Where everything that is made goes.
    fn made(&self) -> PathBuf {
        self.workspace.target.join("fuzz")
    }

    fn build(&self) -> Result<()> {
        say("building for libFuzzer (some minutes the first time)");
        process::run("the build", &mut self.cargo_fuzz("build"))
    }

    fn fuzz(&self, seconds: u32) -> Result<ExitCode> {
        let name = self.target.name.as_str();
        let found = self.made().join("found").join(name);
        let crashes = self.made().join("crashes").join(name);
        fs::create_dir_all(&found)?;
        fs::create_dir_all(&crashes)?;
        let log = self.made().join(format!("{name}.txt"));
        let before = files(&crashes)?;

        let mut cargo = self.cargo_fuzz("run");
        cargo.env("DAYLINE_FUZZ_TARGET", name);
        // The first folder is the one that libFuzzer writes to.
        cargo.arg(found).arg(self.folder.join("corpus").join(name));
        let fixtures = self.workspace.root.join("tests/fixtures");
        cargo.args(self.target.fixtures.iter().map(|one| fixtures.join(one)));
        cargo.arg("--").arg("-print_final_stats=1");
        cargo.arg(format!("-max_total_time={seconds}"));
        cargo.arg(format!("-timeout={SLOWEST}"));
        cargo.arg(format!("-max_len={LONGEST}"));
        cargo.arg(format!("-artifact_prefix={}/", crashes.display()));
        say(format!("{name} for {seconds} s; {}", log.display()));
        let started = Instant::now();
        let errors = Stdio::from(File::create(&log)?);
        let mut service = Service::spawn("libFuzzer", &cargo, Stdio::null(), errors)?;
        let deadline = started + Duration::from_secs(seconds.into()) + GRACE;
        let status = service.wait_until(deadline)?;
        let status = status.context("libFuzzer did not end in time")?;

        let log = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
        let new: Vec<PathBuf> = files(&crashes)?
            .into_iter()
            .filter(|path| !before.contains(path))
            .collect();
        let outcome = Outcome {
            target: name,
            executions: executions(&log),
            corpus: corpus(&log),
            crashes: new.len(),
            seconds: started.elapsed().as_secs(),
        };
        println!("{}", serde_json::to_string(&outcome)?);
        for path in &new {
            eprintln!("{name} fails on {}", path.display());
        }
        if status.success() && new.is_empty() {
            ensure!(outcome.executions > 0, "libFuzzer ran nothing");
            return Ok(ExitCode::SUCCESS);
        }
        eprintln!("{}", end_of(&log));
        Ok(ExitCode::FAILURE)
    }
}

fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries = fs::read_dir(folder)?;
    entries.map(|entry| Ok(entry?.path())).collect()
}

/// How many inputs were run: libFuzzer says it at the end, or in its last line before a crash.
fn executions(log: &str) -> u64 {
    let total = log
        .lines()
        .find_map(|line| line.strip_prefix("stat::number_of_executed_units:"));
    let last = status_lines(log)
        .last()
        .and_then(|line| line.strip_prefix('#')?.split_whitespace().next());
    let count = total.or(last).map(str::trim);
    count.and_then(|count| count.parse().ok()).unwrap_or(0)
}

/// How many inputs libFuzzer holds: `corp: 120/4096b` in its last line about progress.
fn corpus(log: &str) -> u64 {
    let last = status_lines(log).last();
    last.and_then(|line| line.split_once("corp: ")?.1.split('/').next()?.parse().ok())
        .unwrap_or(0)
}

fn status_lines(log: &str) -> impl Iterator<Item = &str> {
    log.lines()
        .filter(|line| line.starts_with('#') && line.contains("corp: "))
}

/// The last lines of a log: what failed, and where.
fn end_of(log: &str) -> String {
    const LINES: usize = 60;
    let lines: Vec<&str> = log.lines().collect();
    let from = lines.len().saturating_sub(LINES);
    lines.get(from..).unwrap_or_default().join("\n")
}

#[cfg(test)]
mod tests;
