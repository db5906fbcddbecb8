//! What several parts of a test run need, made once.

use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow};

use crate::packages::{self, Need};
use crate::process::{self, say};
use crate::ui;
use crate::workspace::{ALL_FEATURES, Workspace};

use super::counts::Counts;

/// How long one part may go on, with what it builds for itself: longer than on any machine that
/// ends in time, so that what hangs is told by its name.
pub const LIMIT: Duration = Duration::from_mins(30);

/// The outcome of something that is done once; a later asker gets the same answer.
type Once = Option<Result<(), String>>;

/// The state of a test run.
#[derive(Debug)]
pub struct Bench<'a> {
    /// The checkout under test.
    pub workspace: &'a Workspace,
    packages: Once,
    ui_packages: Once,
    ui: Once,
    programs: Once,
    simulator: Once,
}

impl<'a> Bench<'a> {
    /// Nothing is made yet.
    pub fn new(workspace: &'a Workspace) -> Self {
        Self {
            workspace,
            packages: None,
            ui_packages: None,
            ui: None,
            programs: None,
            simulator: None,
        }
    }

    /// Installs system packages, and checks Node, rustfmt and clippy.
    pub fn packages(&mut self) -> Result<()> {
        let workspace = self.workspace;
        once(&mut self.packages, || {
            packages::ensure(Need::Tests)?;
            packages::ensure_rust_components(|| workspace.cargo())
        })
    }

    /// Installs the UI's packages.
    pub fn ui_packages(&mut self) -> Result<()> {
        self.packages()?;
        let workspace = self.workspace;
        once(&mut self.ui_packages, || ui::install(workspace))
    }

    /// Builds the UI, which the shell embeds: nothing that holds the shell compiles without it.
    pub fn ui(&mut self) -> Result<()> {
        self.ui_packages()?;
        let workspace = self.workspace;
        once(&mut self.ui, || ui::build(workspace))
    }

    /// Builds every program and every test of the workspace.
    pub fn programs(&mut self) -> Result<()> {
        self.ui()?;
        let workspace = self.workspace;
        once(&mut self.programs, || {
            say("building programs and tests (about ten minutes the first time)");
            let mut cargo = workspace.cargo();
            cargo.args([
                "build",
                "--workspace",
                "--all-targets",
                "--features",
                ALL_FEATURES,
            ]);
            process::run("the build", &mut cargo)
        })
    }

    /// Builds the simulator alone, with what [`Self::programs`] would build it with.
    pub fn simulator(&mut self) -> Result<()> {
        let workspace = self.workspace;
        once(&mut self.simulator, || {
            let mut cargo = workspace.cargo();
            cargo.args(["build", "--workspace", "--bin", "dayline-simulator"]);
            cargo.args(["--features", ALL_FEATURES]);
            process::run("the simulator's build", &mut cargo)
        })
    }

    /// `cargo test` on the whole workspace, so that nothing is built a second time.
    pub fn cargo_test(&self, features: &str) -> Command {
        let mut cargo = self.workspace.cargo();
        cargo.args(["test", "--workspace", "--no-fail-fast"]);
        cargo.args(["--features", features]);
        self.workspace.point_to_programs(&mut cargo);
        cargo
    }

    /// A folder for what the run leaves to look at.
    pub fn artefacts(&self) -> Result<PathBuf> {
        let folder = self.workspace.target.join("test");
        fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok(folder)
    }
}

fn once(slot: &mut Once, make: impl FnOnce() -> Result<()>) -> Result<()> {
    slot.get_or_insert_with(|| make().map_err(|error| format!("{error:#}")))
        .clone()
        .map_err(|reason| anyhow!(reason))
}

/// Runs a step that counts as one test.
pub fn step(what: &str, command: &mut Command) -> Counts {
    match process::run(what, command) {
        Ok(()) => Counts::one_passed(),
        Err(error) => {
            println!("failed: {error:#}");
            Counts::one_failed()
        }
    }
}

/// Runs a test program with its output shown, and adds up what `read` finds in its lines.
pub fn counted(
    what: &'static str,
    command: &Command,
    read: impl Fn(&str) -> Option<Counts>,
) -> Result<Counts> {
    let mut counts = Counts::default();
    let status = process::watch(what, command, LIMIT, |line| {
        println!("{line}");
        if let Some(more) = read(line) {
            counts += more;
        }
    })?;
    Ok(counts.confirmed_by(status))
}

#[cfg(test)]
mod tests;
