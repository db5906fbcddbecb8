//! `views`: what the views cost in Chromium, on the scenes that the tests look at.
//!
//! The page is driven and timed by `ui/tests/chromium/budgets-run.mjs`, which knows the budgets as
//! well; here they are judged.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;

use crate::measure::{Sizes, Times};
use crate::report::{Bound, Figure};

/// From the root, in which benchmarks run.
const SCRIPT: &str = "ui/tests/chromium/budgets-run.mjs";

/// What the script tells of one act, once a round.
#[derive(Deserialize)]
struct Measured {
    what: String,
    unit: Unit,
    most: f64,
    values: Vec<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Unit {
    #[serde(rename = "ms")]
    Milliseconds,
    Count,
}

/// Measures the views.
pub fn run() -> Result<Vec<Figure>> {
    let output = Command::new("node")
        .arg(SCRIPT)
        .stderr(Stdio::inherit())
        .output()
        .context("node did not start; run `cargo xtask bench views`")?;
    ensure!(
        output.status.success(),
        "{SCRIPT} failed; its reason is above"
    );
    let measured: Vec<Measured> =
        serde_json::from_slice(&output.stdout).context("the script's answer is not understood")?;
    Ok(measured.into_iter().map(figure_of).collect())
}

fn figure_of(measured: Measured) -> Figure {
    let Measured {
        what,
        unit,
        most,
        values,
    } = measured;
    let figure = match unit {
        Unit::Milliseconds => {
            let times = values
                .iter()
                .map(|ms| Duration::from_secs_f64(ms.max(0.0) / 1_000.0));
            Figure::time(what, &Times::of(times.collect()), 0.5)
        }
        Unit::Count => Figure::count(what, Sizes::of(values).median()),
    };
    figure.bound(Bound::AtMost(most), None)
}
