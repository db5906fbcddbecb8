//! The parts of a test run, one function each.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};

use super::bench::{Bench, counted, step};
use super::counts::Counts;
use crate::headless::Session;
use crate::process::{self, say};
use crate::run::Summary;
use crate::workspace::{ALL_FEATURES, DEV_FEATURES, Profile, Workspace};
use crate::{directions, packages, tidy};

/// The package with the tests of the whole system, and its feature for those in the window.
const WINDOW_PACKAGE: &str = "dayline-e2e";
const WINDOW_FEATURE: &str = "real-window";

/// The variables that name other providers. Only builds with `dev-endpoints` may know them.
const DEV_VARIABLES: &[&str] = &[
    "DAYLINE_MICROSOFT_AUTHORITY",
    "DAYLINE_GRAPH_URL",
    "DAYLINE_MICROSOFT_AUTHORITY_US_GOV_HIGH",
    "DAYLINE_GRAPH_URL_US_GOV_HIGH",
    "DAYLINE_MICROSOFT_AUTHORITY_US_GOV_DOD",
    "DAYLINE_GRAPH_URL_US_GOV_DOD",
    "DAYLINE_MICROSOFT_AUTHORITY_CHINA",
    "DAYLINE_GRAPH_URL_CHINA",
    "DAYLINE_GOOGLE_AUTH_URL",
    "DAYLINE_GOOGLE_TOKEN_URL",
    "DAYLINE_GOOGLE_API_URL",
];

/// Installs what is missing.
pub fn packages(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.packages()?;
    Ok(Counts::one_passed())
}

/// rustfmt and prettier change nothing.
pub fn format(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.ui_packages()?;
    let mut counts = step(
        "cargo fmt --check",
        bench.workspace.cargo().args(["fmt", "--all", "--check"]),
    );
    counts += step(
        "prettier",
        bench
            .workspace
            .npm()
            .args(["run", "--silent", "format:check"]),
    );
    Ok(counts)
}

/// Dependencies point the way they should, and files are where and what they should be.
pub fn directions(bench: &mut Bench<'_>) -> Result<Counts> {
    let mut counts = Counts::default();
    let graph = directions::Graph::of_workspace(bench.workspace)?;
    for broken in [
        directions::check(&graph),
        tidy::check(&bench.workspace.root)?,
    ] {
        for sentence in &broken {
            println!("failed: {sentence}");
        }
        counts += Counts {
            passed: usize::from(broken.is_empty()),
            failed: broken.len(),
        };
    }
    Ok(counts)
}

/// Clippy finds nothing.
pub fn lints(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.ui()?;
    let mut clippy = bench.workspace.cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--features",
        ALL_FEATURES,
    ]);
    clippy.args(["--", "-D", "warnings"]);
    Ok(step("cargo clippy", &mut clippy))
}

/// Every Rust test but those in the window. The real keyring answers on a bus of its own.
pub fn rust(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.programs()?;
    let session = Session::start()?;
    let mut cargo = bench.cargo_test(DEV_FEATURES);
    session.enter(&mut cargo);
    counted("cargo test", &cargo, Counts::of_cargo_line)
}

/// How many random histories are part of every test run.
const HISTORIES: u64 = 2_000;

/// Random histories of edits, faults and deaths.
pub fn simulation(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.programs()?;
    let program = bench.workspace.binary("dayline-simulation", Profile::Dev);
    crate::simulate::check(&program, HISTORIES)?;
    Ok(Counts::one_passed())
}

/// The UI's types, a canary that the type check can fail, lint rules and unit tests.
pub fn ui(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.ui_packages()?;
    let mut counts = Counts::default();
    for script in ["check", "check:canary", "lint"] {
        say(format!("npm run {script}"));
        counts += step(
            script,
            bench.workspace.npm().args(["run", "--silent", script]),
        );
    }
    counts += vitest(bench)?;
    Ok(counts)
}

fn vitest(bench: &Bench<'_>) -> Result<Counts> {
    say("npm test");
    let report = bench.artefacts()?.join("vitest.json");
    // A report of an earlier run must not stand for this one.
    let _ = fs::remove_file(&report);
    let mut npm = bench.workspace.npm();
    npm.args([
        "run",
        "--silent",
        "test",
        "--",
        "--reporter=default",
        "--reporter=json",
    ]);
    npm.arg(format!("--outputFile.json={}", report.display()));
    let status = process::watch("vitest", &npm, super::bench::LIMIT, |line| {
        println!("{line}");
    })?;
    let json = fs::read(&report).context("vitest wrote no report")?;
    let counts = Counts::of_vitest(&json).context("vitest's report is not understood")?;
    Ok(counts.confirmed_by(status))
}

/// The built UI in Chromium.
pub fn chromium(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.ui()?;
    let chromium = packages::chromium().context("there is no Chromium in the search path")?;
    let mut npm = bench.workspace.npm();
    npm.args(["run", "--silent", "test:chromium"])
        .env("CHROMIUM", chromium);
    counted("the tests in Chromium", &npm, Counts::of_own_line)
}

/// The whole system in the real window.
pub fn window(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.programs()?;
    let targets = Workspace::tests_behind(WINDOW_PACKAGE, WINDOW_FEATURE)?;
    ensure!(
        !targets.is_empty(),
        "no test of {WINDOW_PACKAGE} asks for {WINDOW_FEATURE}"
    );
    let session = Session::start()?;
    let mut counts = Counts::default();
    for target in &targets {
        say(format!("the tests of {target}"));
        let mut cargo = bench.cargo_test(ALL_FEATURES);
        cargo.args(["--test", target, "--", "--nocapture"]);
        session.enter(&mut cargo);
        counts += counted("tests of the whole system", &cargo, Counts::of_cargo_line)?;
    }
    Ok(counts)
}

/// `cargo xtask run` without a display paints both accounts into a picture, and says so in one line.
pub fn headless(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.programs()?;
    let picture = bench.artefacts()?.join("dayline.png");
    let _ = fs::remove_file(&picture);
    // Not this very program: the build may have put a new file in its place.
    let mut run = Command::new(bench.workspace.binary("xtask", Profile::Dev));
    run.args(["run", "--headless", "--app"])
        .arg(bench.workspace.binary("dayline-desktop", Profile::Dev))
        .arg("--screenshot")
        .arg(&picture);
    run.current_dir(&bench.workspace.root);
    let mut lines = Vec::new();
    let status = process::watch("the headless run", &run, super::bench::LIMIT, |line| {
        println!("{line}");
        lines.push(line.to_owned());
    })?;
    ensure!(status.success(), "the headless run failed ({status})");
    let [line] = lines.as_slice() else {
        bail!("standard output should be one line and has {}", lines.len())
    };
    check_summary(
        &serde_json::from_str(line).context("that line is not a summary")?,
        &picture,
    )?;
    Ok(Counts::one_passed())
}

/// The sample has two accounts and a full week, and the picture is a PNG.
fn check_summary(summary: &Summary, picture: &Path) -> Result<()> {
    ensure!(
        summary.accounts == 2,
        "the sample has two accounts, not {}",
        summary.accounts
    );
    ensure!(summary.calendars >= 2, "the accounts have calendars");
    ensure!(summary.events_visible > 0, "the painted week has events");
    ensure!(
        summary.events_stored >= summary.events_visible / 7,
        "{} stored events cannot fill a week with {}",
        summary.events_stored,
        summary.events_visible
    );
    ensure!(
        summary.screenshot == picture,
        "the picture is elsewhere than asked"
    );
    let bytes = fs::read(picture).context("the picture is missing")?;
    ensure!(
        bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "the picture is no PNG"
    );
    Ok(())
}

/// A build as for packages does not know how to be pointed at other providers.
pub fn release(bench: &mut Bench<'_>) -> Result<Counts> {
    bench.programs()?;
    let program = bench.workspace.binary("dayline", Profile::Dev);
    let with_feature = fs::read(&program)?;

    say("building dayline without dev-endpoints");
    let mut cargo = bench.workspace.cargo();
    cargo.args(["build", "--workspace", "--bin", "dayline"]);
    process::run("the build without dev-endpoints", &mut cargo)?;
    let without_feature = fs::read(&program)?;

    for variable in DEV_VARIABLES {
        ensure!(
            contains(&with_feature, variable),
            "{variable} is not even in the build with dev-endpoints: this check checks nothing"
        );
        ensure!(
            !contains(&without_feature, variable),
            "{variable} is read by a build without dev-endpoints"
        );
    }
    Ok(Counts::one_passed())
}

fn contains(binary: &[u8], text: &str) -> bool {
    binary
        .windows(text.len())
        .any(|window| window == text.as_bytes())
}

#[cfg(test)]
mod tests;
