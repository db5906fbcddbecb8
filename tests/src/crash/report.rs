//! How many points were met, and what was different afterwards.

use serde_json::{Value, json};

use super::stage::Outcome;

/// The sum of many points.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Points that were tried.
    pub points: usize,
    /// Programs that were killed.
    pub killed: usize,
    /// Programs that told the failure in words, or did their work in spite of it.
    pub survived: usize,
    /// Points after which something was lost, wrong or shut.
    pub differences: Vec<String>,
}

impl Report {
    /// Adds one point.
    pub fn add(&mut self, point: &str, outcome: &Outcome) {
        self.points += 1;
        if outcome.killed {
            self.killed += 1;
        } else {
            self.survived += 1;
        }
        if let Some(difference) = &outcome.difference {
            self.differences.push(format!("{point}: {difference}"));
        }
    }

    /// Adds the points of another report.
    pub fn join(&mut self, other: Self) {
        self.points += other.points;
        self.killed += other.killed;
        self.survived += other.survived;
        self.differences.extend(other.differences);
    }

    /// The report as one JSON object.
    pub fn json(&self, seconds: u64) -> Value {
        json!({
            "points": self.points,
            "killed": self.killed,
            "survived": self.survived,
            "differences": self.differences.len(),
            "first_difference": self.differences.first(),
            "seconds": seconds,
        })
    }
}
