//! `cargo xtask`: the only task runner of Dayline.
//!
//! `run` starts the app on a machine that has Rust, Node and a C linker, `test` runs everything
//! there is to test, `bench` measures, `simulate` lives random histories, `crash` kills the program
//! everywhere, `fuzz` looks for inputs that break something, `headless` lends its session to one
//! command, `codegen` writes the files that are generated and checked in. It depends on no dayline
//! crate, so that it builds in seconds and works when they do not.
//!
//! Progress goes to standard error. Standard output carries results alone: the JSON line of a
//! headless run, the report of a test run, the figures of the benchmarks.
#![expect(clippy::print_stdout, reason = "results go to standard output")]

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod codegen;
mod crash;
mod directions;
mod fuzz;
mod headless;
mod packages;
mod process;
mod run;
mod simulate;
mod test;
mod tidy;
mod ui;
mod workspace;

/// Builds, runs and tests Dayline.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what is missing, builds the app and starts it.
    ///
    /// Without a display the sample data is synced and painted on a virtual one, the picture goes
    /// to a file and a one-line JSON summary to standard output.
    Run(run::Options),
    /// Installs what is missing and runs every check and test.
    Test(test::Options),
    /// Builds the benchmarks as released and holds them against their targets.
    Bench(bench::Options),
    /// Lives random histories of edits, faults and deaths, and tells whether an event was lost.
    Simulate(simulate::Options),
    /// Lets libFuzzer look for inputs that a fuzz target cannot take, from its corpus on.
    Fuzz(fuzz::Options),
    /// Kills the program at its writes and looks what the next run makes of it.
    Crash(crash::Options),
    /// Runs one command in a session of its own: virtual display, session bus, unlocked keyring.
    ///
    /// For a test that needs them: `cargo xtask headless cargo test -p dayline-host`.
    Headless {
        /// The program and its arguments.
        #[arg(required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
    /// Writes the generated files that are checked in: the UI's bindings and docs/schema.sql.
    Codegen,
}

fn main() -> ExitCode {
    let outcome = workspace::Workspace::find().and_then(|workspace| match Cli::parse().task {
        Task::Run(options) => run::run(&workspace, &options),
        Task::Test(options) => Ok(test::run(&workspace, &options)),
        Task::Bench(options) => bench::run(&workspace, &options),
        Task::Simulate(options) => simulate::run(&workspace, &options),
        Task::Fuzz(options) => fuzz::run(&workspace, &options),
        Task::Crash(options) => crash::run(&workspace, &options),
        Task::Headless { command } => headless::run(&workspace, &command),
        Task::Codegen => codegen::run(&workspace).map(|()| ExitCode::SUCCESS),
    });
    outcome.unwrap_or_else(|error| {
        eprintln!("error: {error:#}");
        ExitCode::FAILURE
    })
}

/// Finds `program` in the search path.
fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}
