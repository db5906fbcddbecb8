//! `cargo xtask bench`: builds the benchmarks of `tests/` as released, and runs them.
//!
//! What is measured and judged stands in that program; here it is only built, with the programs
//! that its benchmarks start, shown where its databases may lie, and given as much time as a run
//! may take. The linker that xtask needed for itself is all that the build asks of the system; the
//! relay's peer is a package of Debian's.

use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Context, Result};
use clap::Args;
use serde::Deserialize;

use crate::headless::Session;
use crate::packages::{self, Need};
use crate::process::{self, say};
use crate::ui;
use crate::workspace::Workspace;

/// The benchmarks' package and target.
const PACKAGE: &str = "dayline-e2e";
const TARGET: &str = "suite";
/// How long all of them may run, the first time included.
const LIMIT: Duration = Duration::from_mins(40);

/// A program that benchmarks start, built as released.
#[derive(Debug, PartialEq, Eq)]
struct Program {
    package: &'static str,
    name: &'static str,
    features: Option<&'static str>,
    /// Where the benchmarks look for its path.
    variable: &'static str,
}

const RELAY: Program = Program {
    package: "dayline-relay",
    name: "dayline-relay",
    features: None,
    variable: "DAYLINE_RELAY_BIN",
};
const SIMULATOR: Program = Program {
    package: "dayline-simulator",
    name: "dayline-simulator",
    features: None,
    variable: "DAYLINE_SIMULATOR_BIN",
};
/// As released, but that it takes the simulator's addresses.
const DAYLINE: Program = Program {
    package: "dayline-cli",
    name: "dayline",
    features: Some("dev-endpoints"),
    variable: "DAYLINE_BIN",
};

const DESKTOP: Program = Program {
    package: "dayline",
    name: "dayline-desktop",
    features: Some("dev-endpoints"),
    variable: "DAYLINE_DESKTOP_BIN",
};
/// Beside Dayline, so that both stand on the same build of Tauri.
const HELLO: Program = Program {
    package: "dayline-hello",
    name: "dayline-hello",
    features: Some("dayline/dev-endpoints"),
    variable: "DAYLINE_HELLO_BIN",
};

/// What a benchmark needs beside the suite itself.
struct Needs {
    benchmark: &'static str,
    programs: &'static [Program],
    /// nginx with nchan to be held against.
    nchan: bool,
    /// A session with a keyring, where `dayline` keeps its key.
    session: bool,
    /// A window in that session, and who drives it.
    window: bool,
    /// The scenes of the window, and Chromium to show them.
    scenes: bool,
}

/// Those that need anything.
const NEEDS: &[Needs] = &[
    of_relay("relay-idle", true),
    of_relay("relay-hop", true),
    of_relay("relay-burst", false),
    of_relay("relay-storm", false),
    of_relay("relay-forgeries", false),
    Needs {
        benchmark: "e2e",
        programs: &[RELAY, SIMULATOR, DAYLINE],
        nchan: false,
        session: true,
        window: false,
        scenes: false,
    },
    of_window("start", &[DESKTOP, HELLO]),
    of_window("window", &[DESKTOP]),
    Needs {
        benchmark: "views",
        programs: &[],
        nchan: false,
        session: false,
        window: false,
        scenes: true,
    },
];

const fn of_window(benchmark: &'static str, programs: &'static [Program]) -> Needs {
    Needs {
        benchmark,
        programs,
        nchan: false,
        session: true,
        window: true,
        scenes: false,
    }
}

const fn of_relay(benchmark: &'static str, nchan: bool) -> Needs {
    Needs {
        benchmark,
        programs: &[RELAY],
        nchan,
        session: false,
        window: false,
        scenes: false,
    }
}

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
    let needs = needs_of(&options.names);
    let any = |has: fn(&Needs) -> bool| needs.iter().any(|needs| has(needs));
    if any(|needs| needs.nchan) {
        // The benchmarks that miss it fail and say so; the others go on.
        if let Err(error) = packages::ensure(Need::Peers) {
            say(format!(
                "there is no nginx with nchan to compare the relay with: {error:#}"
            ));
        }
    }
    let (window, scenes) = (any(|needs| needs.window), any(|needs| needs.scenes));
    if window || scenes {
        packages::ensure(Need::Tests)?;
        ui::install(workspace)?;
    }
    if window {
        ui::build(workspace)?;
    }
    if scenes {
        ui::build_scenes(workspace)?;
    }
    let session = if any(|needs| needs.session) {
        packages::ensure(Need::Keyring)?;
        Some(Session::start()?)
    } else {
        None
    };
    let mut program = Command::new(build_suite(workspace)?);
    for wanted in programs_of(&needs) {
        program.env(wanted.variable, build_program(workspace, wanted)?);
    }
    program
        .current_dir(&workspace.root)
        .env("DAYLINE_BENCH_CACHE", workspace.target.join("bench-cache"))
        .args(&options.names);
    if let Some(session) = &session {
        session.enter(&mut program);
    }
    if let Some(chromium) = packages::chromium() {
        program.env("CHROMIUM", chromium);
    }
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

/// What the named benchmarks need; all of them if none is named.
fn needs_of(names: &[String]) -> Vec<&'static Needs> {
    let is_named =
        |needs: &&Needs| names.is_empty() || names.iter().any(|name| name == needs.benchmark);
    NEEDS.iter().filter(is_named).collect()
}

/// The programs of several needs, each once.
fn programs_of(needs: &[&'static Needs]) -> Vec<&'static Program> {
    let mut all: Vec<&Program> = Vec::new();
    for program in needs.iter().flat_map(|needs| needs.programs) {
        if !all.contains(&program) {
            all.push(program);
        }
    }
    all
}

fn build_suite(workspace: &Workspace) -> Result<String> {
    say("building the benchmarks (some minutes the first time)");
    build(
        workspace,
        &["--package", PACKAGE, "--bench", TARGET],
        "bench",
        TARGET,
    )
}

/// Alone, so that it holds what it is released with and nothing that others ask of what it uses.
fn build_program(workspace: &Workspace, program: &Program) -> Result<String> {
    say(format!("building {} as released", program.name));
    let mut what = vec!["--package", program.package, "--bin", program.name];
    if *program == HELLO {
        what.extend(["--package", DESKTOP.package]);
    }
    if let Some(features) = program.features {
        what.extend(["--features", features]);
    }
    build(workspace, &what, "bin", program.name)
}

/// Builds something and tells where cargo put it.
fn build(workspace: &Workspace, what: &[&str], kind: &str, name: &str) -> Result<String> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--profile", "bench"]).args(what);
    cargo.args(["--message-format", "json-render-diagnostics"]);
    let mut executable = None;
    let status = process::watch("the build", &cargo, Duration::from_hours(1), |line| {
        executable = executable_of(line, kind, name).or(executable.take());
    })?;
    anyhow::ensure!(status.success(), "the build failed ({status})");
    executable.with_context(|| format!("cargo did not tell where {name} is"))
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

/// Where a program is, if a line of cargo's output tells.
fn executable_of(line: &str, kind: &str, name: &str) -> Option<String> {
    let artifact: Artifact = serde_json::from_str(line).ok()?;
    let is_ours =
        artifact.target.name == name && artifact.target.kind.iter().any(|found| found == kind);
    artifact.executable.filter(|_| is_ours)
}

#[cfg(test)]
mod tests;
