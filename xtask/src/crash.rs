//! `cargo xtask crash`: kills `dayline` in the middle of its work and looks what the next run makes
//! of it.
//!
//! What is killed where and what has to hold stands in `tests/src/crash`; here the programs are
//! built and run in a session of their own. The test run meets chosen points; this meets all of
//! them, with programs built as released.

use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::Result;
use clap::Args;

use crate::headless::Session;
use crate::packages::{self, Need};
use crate::process::{self, say};
use crate::workspace::{ALL_FEATURES, Profile, Workspace};

/// The program that kills.
const PROGRAM: &str = "dayline-crash";
/// How long all points may take.
const LIMIT: Duration = Duration::from_hours(2);

/// Where to kill.
#[derive(Debug, Args)]
pub struct Options {
    /// Every call of every kind until the program gets through, with programs built as released
    #[arg(long)]
    all: bool,
    /// Only situations whose name contains this, such as 'full sync'
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
}

/// Builds the programs and runs them. One JSON object goes to standard output; the exit code tells
/// whether nothing was different afterwards.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    packages::ensure(Need::Tests)?;
    let profile = if options.all {
        Profile::Release
    } else {
        Profile::Dev
    };
    say("building the programs (some minutes the first time)");
    build(workspace, &["dayline", "dayline-simulator"], profile)?;
    build(workspace, &[PROGRAM], Profile::Dev)?;

    let session = Session::start()?;
    let mut program = Command::new(workspace.binary(PROGRAM, Profile::Dev));
    session.enter(&mut program);
    for (variable, binary) in [
        ("DAYLINE_BIN", "dayline"),
        ("DAYLINE_SIMULATOR_BIN", "dayline-simulator"),
    ] {
        program.env(variable, workspace.binary(binary, profile));
    }
    if options.all {
        program.arg("--all");
    }
    if let Some(only) = &options.only {
        program.args(["--only", only]);
    }
    let status = process::watch("the crashes", &program, LIMIT, |line| println!("{line}"))?;
    Ok(if status.success() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Builds with what a test run would build with.
fn build(workspace: &Workspace, binaries: &[&str], profile: Profile) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo.args(["build", "--workspace", "--features", ALL_FEATURES]);
    for binary in binaries {
        cargo.args(["--bin", binary]);
    }
    if profile == Profile::Release {
        cargo.arg("--release");
    }
    process::run("the build", &mut cargo)
}
