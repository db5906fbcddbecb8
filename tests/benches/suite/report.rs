//! What a benchmark found, as a table and as JSON.
//!
//! Figures carry their targets; whether one is met is decided here and nowhere else. Nothing in a
//! report names a host or a path.

use std::fmt::Write as _;
use std::time::Duration;

use serde::Serialize;

use crate::machine::Machine;
use crate::measure::{Pair, Sizes, Times};

/// What a figure has to be.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// Not above this.
    AtMost(f64),
    /// Not below this.
    AtLeast(f64),
}

impl Bound {
    fn holds(self, value: f64) -> bool {
        match self {
            Self::AtMost(most) => value <= most,
            Self::AtLeast(least) => value >= least,
        }
    }

    fn text(self, unit: Unit) -> String {
        match self {
            Self::AtMost(most) => format!("≤ {}", unit.text(most)),
            Self::AtLeast(least) => format!("≥ {}", unit.text(least)),
        }
    }
}

/// What a figure counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// How many times the peer.
    Ratio,
    /// Milliseconds.
    Milliseconds,
    /// Events a second.
    EventsPerSecond,
    /// A number of things.
    Count,
}

impl Unit {
    fn text(self, value: f64) -> String {
        match self {
            Self::Ratio => short(value),
            Self::Milliseconds => format!("{} ms", short(value)),
            Self::EventsPerSecond => format!("{value:.0}/s"),
            Self::Count => format!("{value:.0}"),
        }
    }
}

/// What one call took, in time or in memory.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Spread {
    /// Times.
    Times {
        #[serde(rename = "min_ms")]
        min: f64,
        #[serde(rename = "median_ms")]
        median: f64,
        #[serde(rename = "p99_ms")]
        p99: f64,
        #[serde(rename = "max_ms")]
        max: f64,
    },
    /// Sizes.
    Sizes {
        #[serde(rename = "min_bytes")]
        min: f64,
        #[serde(rename = "median_bytes")]
        median: f64,
        #[serde(rename = "max_bytes")]
        max: f64,
    },
}

impl From<&Times> for Spread {
    fn from(times: &Times) -> Self {
        Self::Times {
            min: milliseconds(times.min()),
            median: milliseconds(times.median()),
            p99: milliseconds(times.quantile(0.99)),
            max: milliseconds(times.max()),
        }
    }
}

impl From<&Sizes> for Spread {
    fn from(sizes: &Sizes) -> Self {
        Self::Sizes {
            min: sizes.min(),
            median: sizes.median(),
            max: sizes.max(),
        }
    }
}

/// One thing that was measured.
#[derive(Debug, Serialize)]
pub struct Figure {
    /// What was done.
    pub what: String,
    /// What Dayline took; `None` of what is only counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ours: Option<Spread>,
    /// What the peer took.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peer: Option<Spread>,
    /// What is judged.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// What it has to be; `None`: it is only told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Bound>,
    /// What it should be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stretch: Option<Bound>,
    /// Whether it is what it has to be.
    pub met: bool,
    /// Whether it is what it should be.
    pub stretch_met: bool,
}

impl Figure {
    /// Ours through a peer's time.
    pub fn ratio(what: impl Into<String>, pair: &Pair, target: f64, stretch: f64) -> Self {
        Self::new(what, &pair.ours, Unit::Ratio, pair.ratio)
            .against(&pair.peer)
            .bound(Bound::AtMost(target), Some(Bound::AtMost(stretch)))
    }

    /// A time on its own: the median, or what `at` of 100 calls do not exceed.
    pub fn time(what: impl Into<String>, times: &Times, at: f64) -> Self {
        let value = milliseconds(times.quantile(at));
        Self::new(what, times, Unit::Milliseconds, value)
    }

    /// A number of things.
    pub fn count(what: impl Into<String>, value: f64) -> Self {
        Self::alone(what, None, Unit::Count, value)
    }

    /// Any value that follows from times or sizes.
    pub fn new(what: impl Into<String>, ours: impl Into<Spread>, unit: Unit, value: f64) -> Self {
        Self::alone(what, Some(ours.into()), unit, value)
    }

    fn alone(what: impl Into<String>, ours: Option<Spread>, unit: Unit, value: f64) -> Self {
        Self {
            what: what.into(),
            ours,
            peer: None,
            value,
            unit,
            target: None,
            stretch: None,
            met: true,
            stretch_met: true,
        }
    }

    /// With what the peer took beside ours.
    pub fn against(mut self, peer: impl Into<Spread>) -> Self {
        self.peer = Some(peer.into());
        self
    }

    /// With what it has to be.
    pub fn bound(mut self, target: Bound, stretch: Option<Bound>) -> Self {
        self.target = Some(target);
        self.met = target.holds(self.value);
        self.wished(stretch)
    }

    /// With what it should be.
    pub fn wished(mut self, stretch: Option<Bound>) -> Self {
        self.stretch = stretch;
        self.stretch_met = stretch.is_none_or(|bound| bound.holds(self.value));
        self
    }

    fn verdict(&self) -> &'static str {
        match (self.target.is_some(), self.met, self.stretch.is_some()) {
            (true, false, _) => "MISSED",
            (_, _, true) if self.stretch_met => "stretch",
            (true, true, _) => "met",
            (false, _, _) => "",
        }
    }
}

/// One benchmark's outcome.
#[derive(Debug, Serialize)]
pub struct Outcome {
    /// Its name.
    pub id: &'static str,
    /// What is done.
    pub what: &'static str,
    /// What it is held against.
    pub against: &'static str,
    /// What was measured; empty if it failed.
    pub figures: Vec<Figure>,
    /// Why it could not be measured: a wrong answer, or a peer that is missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failed: Option<String>,
    /// How long it took with its preparation.
    pub seconds: f64,
}

impl Outcome {
    /// Whether everything is what it has to be.
    pub fn is_met(&self) -> bool {
        self.failed.is_none() && !self.figures.is_empty() && self.figures.iter().all(|f| f.met)
    }
}

/// An outcome with the machine that it was measured on, on a line of its own.
#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    outcome: &'a Outcome,
    met: bool,
    machine: &'a Machine,
}

/// One JSON object.
pub fn json(outcome: &Outcome, machine: &Machine) -> serde_json::Result<String> {
    serde_json::to_string(&Line {
        outcome,
        met: outcome.is_met(),
        machine,
    })
}

/// Everything as a table in Markdown.
pub fn table(outcomes: &[Outcome]) -> String {
    let mut text = String::from(
        "| id | what | ours (min / median / max) | peer (min / median / max) | figure | target | \
         stretch | |\n|---|---|---|---|---|---|---|---|\n",
    );
    for outcome in outcomes {
        for figure in &outcome.figures {
            let bound =
                |bound: Option<Bound>| bound.map_or_else(String::new, |b| b.text(figure.unit));
            let _ = writeln!(
                text,
                "| {} | {} | {} | {} | {} | {} | {} | {} |",
                outcome.id,
                figure.what,
                figure.ours.as_ref().map(spread).unwrap_or_default(),
                figure.peer.as_ref().map(spread).unwrap_or_default(),
                figure.unit.text(figure.value),
                bound(figure.target),
                bound(figure.stretch),
                figure.verdict(),
            );
        }
        if let Some(reason) = &outcome.failed {
            let _ = writeln!(
                text,
                "| {} | {} | | | | | | FAILED: {reason} |",
                outcome.id, outcome.what
            );
        }
    }
    text
}

fn spread(spread: &Spread) -> String {
    let (min, median, max, divisor, unit) = match *spread {
        Spread::Times {
            min, median, max, ..
        } => {
            let (divisor, unit) = match median {
                ms if ms >= 1_000.0 => (1_000.0, "s"),
                ms if ms >= 1.0 => (1.0, "ms"),
                _ => (0.001, "µs"),
            };
            (min, median, max, divisor, unit)
        }
        Spread::Sizes { min, median, max } => (min, median, max, 1024.0, "KiB"),
    };
    let text = |value: f64| short(value / divisor);
    format!("{} / {} / {} {unit}", text(min), text(median), text(max))
}

/// Three digits that count.
fn short(value: f64) -> String {
    match value.abs() {
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        size if size >= 1.0 => format!("{value:.2}"),
        size if size >= 0.1 => format!("{value:.3}"),
        0.0 => "0".to_owned(),
        _ => format!("{value:.4}"),
    }
}

/// A time as a number of milliseconds.
fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}
