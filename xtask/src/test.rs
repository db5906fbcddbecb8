//! `cargo xtask test`: everything there is to test, in order, with one count at the end.
//!
//! A part that fails does not stop the others. What several parts need (packages, the built UI, the
//! built programs) is made once, by the first that asks.

use std::process::ExitCode;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::workspace::Workspace;

mod bench;
pub mod counts;
mod parts;
mod sdk;

use bench::Bench;
use counts::Counts;

/// What to test.
#[derive(Debug, Args)]
pub struct Options {
    /// Runs only this part (may be given several times).
    #[arg(long, value_enum, value_name = "PART")]
    only: Vec<Part>,
}

/// A part of the test run, in the order in which they run: what fails quickly comes first, and what
/// builds the UI comes before what embeds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// System packages, Node, rustfmt and clippy.
    Packages,
    /// rustfmt and prettier.
    Format,
    /// Who may know whom, and the order of the house.
    Directions,
    /// The UI's types, lint rules and unit tests.
    Ui,
    /// The built UI in Chromium.
    Chromium,
    /// Clippy, with warnings as errors.
    Lints,
    /// Every Rust test that needs no window, with a real keyring beside it.
    Rust,
    /// Random histories.
    Simulation,
    /// The vendors' own SDKs against the simulator.
    Sdk,
    /// End to end in the real window.
    Window,
    /// `cargo xtask run` without a display.
    Headless,
    /// What packages must not contain.
    Release,
}

impl Part {
    fn title(self) -> &'static str {
        match self {
            Self::Packages => "System packages",
            Self::Format => "Format",
            Self::Directions => "Dependency directions and tidiness",
            Self::Ui => "UI types, lints and tests",
            Self::Chromium => "UI in Chromium",
            Self::Lints => "Lints",
            Self::Rust => "Rust tests",
            Self::Simulation => "Random histories",
            Self::Sdk => "The vendors' SDKs",
            Self::Window => "End to end in the real window",
            Self::Headless => "Headless run",
            Self::Release => "Release gate",
        }
    }

    fn run(self, bench: &mut Bench<'_>) -> Result<Counts> {
        match self {
            Self::Packages => parts::packages(bench),
            Self::Format => parts::format(bench),
            Self::Directions => parts::directions(bench),
            Self::Ui => parts::ui(bench),
            Self::Chromium => parts::chromium(bench),
            Self::Lints => parts::lints(bench),
            Self::Rust => parts::rust(bench),
            Self::Simulation => parts::simulation(bench),
            Self::Sdk => sdk::run(bench),
            Self::Window => parts::window(bench),
            Self::Headless => parts::headless(bench),
            Self::Release => parts::release(bench),
        }
    }
}

/// Runs the parts and prints `N passed, N failed` as the last line.
pub fn run(workspace: &Workspace, options: &Options) -> ExitCode {
    let parts: Vec<Part> = Part::value_variants()
        .iter()
        .copied()
        .filter(|part| options.only.is_empty() || options.only.contains(part))
        .collect();
    let mut bench = Bench::new(workspace);
    let mut total = Counts::default();
    let mut report = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        println!("\n[{}/{}] {} …", index + 1, parts.len(), part.title());
        let started = Instant::now();
        let counts = part.run(&mut bench).unwrap_or_else(|error| {
            println!("failed: {error:#}");
            Counts::one_failed()
        });
        let line = format!(
            "{:<36} {counts} ({:.1} s)",
            part.title(),
            started.elapsed().as_secs_f64()
        );
        println!("{line}");
        report.push(line);
        total += counts;
    }
    println!("\n{}\n\n{total}", report.join("\n"));
    let success = total.failed == 0 && total.passed > 0;
    if success {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
