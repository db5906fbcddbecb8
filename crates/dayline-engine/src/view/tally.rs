//! Rounds while they are counted.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use dayline_store::RunRow;

use super::SyncFigures;
use crate::engine::rfc3339;

/// Rounds while they are counted.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    ok: u32,
    failed: BTreeMap<String, u32>,
    durations: Vec<i64>,
    calls: u64,
    changes: u64,
    last_success: Option<DateTime<Utc>>,
}

impl Tally {
    /// Counts a round. One that stopped because another process took over is none.
    pub(super) fn add(&mut self, run: &RunRow) {
        match run.outcome.as_str() {
            "lease_lost" => return,
            "ok" => {
                self.ok += 1;
                self.last_success = self.last_success.max(Some(run.started_at + run.duration));
            }
            failure => *self.failed.entry(failure.to_owned()).or_default() += 1,
        }
        self.durations.push(run.duration.num_milliseconds());
        self.calls += u64::from(run.calls);
        self.changes += u64::from(run.changes);
    }

    /// Counts what another one has counted.
    pub(super) fn join(&mut self, other: &Self) {
        self.ok += other.ok;
        for (failure, count) in &other.failed {
            *self.failed.entry(failure.clone()).or_default() += count;
        }
        self.durations.extend(&other.durations);
        self.calls += other.calls;
        self.changes += other.changes;
        self.last_success = self.last_success.max(other.last_success);
    }

    /// Rows that rounds added, changed and removed.
    pub(super) fn changes(&self) -> u64 {
        self.changes
    }

    /// What it comes to.
    pub(super) fn figures(mut self) -> SyncFigures {
        self.durations.sort_unstable();
        let rounds = u32::try_from(self.durations.len()).unwrap_or(u32::MAX);
        SyncFigures {
            rounds,
            ok: self.ok,
            success_rate: share(self.ok, rounds),
            median_ms: quantile(&self.durations, 50),
            p95_ms: quantile(&self.durations, 95),
            failed: self.failed,
            calls: self.calls,
            last_success: self.last_success.map(rfc3339),
        }
    }
}

/// The smallest of sorted values that this many of a hundred do not exceed.
fn quantile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

/// A part of something, 0 to 1; `None` of nothing.
pub(super) fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let hundred: Vec<i64> = (1..=100).collect();
        for (sorted, percent, expected) in [
            (&[][..], 50, None),
            (&[7], 50, Some(7)),
            (&[7], 95, Some(7)),
            (&[1, 2], 50, Some(1)),
            (&[1, 2, 3], 50, Some(2)),
            (&hundred, 50, Some(50)),
            (&hundred, 95, Some(95)),
        ] {
            assert_eq!(
                quantile(sorted, percent),
                expected,
                "{percent} of {sorted:?}"
            );
        }
    }
}
