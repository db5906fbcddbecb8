//! `cargo xtask bench`: builds the benchmarks of `tests/` as released, and runs them.
//!
//! What is measured and judged stands in that program; here it is only built, shown where its
//! databases may lie, and given as much time as a run may take. The linker that xtask needed for
//! itself is all that the build asks of the system.

use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;

use crate::process::{self, say};
use crate::workspace::Workspace;

/// The benchmarks' package and target.
const PACKAGE: &str = "dayline-e2e";
const TARGET: &str = "suite";
/// How long all of them may run, the first time included.
const LIMIT: Duration = Duration::from_mins(20);

/// What to measure.
#[derive(Debug, Args)]
pub struct Options {
    /// The benchmarks to run, such as view-week; all if none is named.
    names: Vec<String>,
    /// Prints one JSON object a benchmark instead of a table.
    #[arg(long)]
    json: bool,
}

/// Builds and runs the benchmarks. The exit code tells whether every target was met.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let mut program = Command::new(build(workspace)?);
    program
        .current_dir(&workspace.root)
        .env("DAYLINE_BENCH_CACHE", workspace.target.join("bench-cache"))
        .args(&options.names);
    if options.json {
        program.arg("--json");
    }
    say("measuring; other work on this machine shows in the figures");
    let status = process::watch("the benchmarks", &program, LIMIT, |line| println!("{line}"))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Builds the program and tells where cargo put it.
fn build(workspace: &Workspace) -> Result<String> {
    say("building the benchmarks (some minutes the first time)");
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--profile", "bench", "--package", PACKAGE]);
    cargo.args(["--bench", TARGET]);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    let mut executable = None;
    let status = process::watch("the build", &cargo, Duration::from_hours(1), |line| {
        executable = executable_of(line).or(executable.take());
    })?;
    anyhow::ensure!(status.success(), "the build failed ({status})");
    executable.context("cargo did not tell where the benchmarks are")
}

/// The part of a message of cargo that tells of a program.
#[derive(Deserialize)]
struct Artifact {
    target: Target,
    executable: Option<String>,
}

#[derive(Deserialize)]
struct Target {
    name: String,
    kind: Vec<String>,
}

/// Where the benchmarks' program is, if a line of cargo's output tells.
fn executable_of(line: &str) -> Option<String> {
    let artifact: Artifact = serde_json::from_str(line).ok()?;
    let is_ours =
        artifact.target.name == TARGET && artifact.target.kind.iter().any(|kind| kind == "bench");
    artifact.executable.filter(|_| is_ours)
}

#[cfg(test)]
mod tests;
