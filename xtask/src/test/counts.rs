//! How many passed and failed, read from what the test programs say.

use std::fmt;
use std::ops::AddAssign;
use std::process::ExitStatus;

use serde::Deserialize;

/// Passed and failed tests.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tests that passed.
    pub passed: usize,
    /// Tests that failed.
    pub failed: usize,
}

impl Counts {
    /// A step that counts as one passed test.
    pub const fn one_passed() -> Self {
        Self {
            passed: 1,
            failed: 0,
        }
    }

    /// A step that counts as one failed test.
    pub const fn one_failed() -> Self {
        Self {
            passed: 0,
            failed: 1,
        }
    }

    /// One line of `cargo test`: `test result: ok. 5 passed; 0 failed; …`.
    pub fn of_cargo_line(line: &str) -> Option<Self> {
        let (_, numbers) = line
            .trim()
            .strip_prefix("test result: ")?
            .split_once(". ")?;
        let mut numbers = numbers.split("; ");
        let passed = numbers.next()?.strip_suffix(" passed")?.parse().ok()?;
        let failed = numbers.next()?.strip_suffix(" failed")?.parse().ok()?;
        Some(Self { passed, failed })
    }

    /// A line of our own: `5 passed, 0 failed`.
    pub fn of_own_line(line: &str) -> Option<Self> {
        let (passed, failed) = line.trim().split_once(", ")?;
        let passed = passed.strip_suffix(" passed")?.parse().ok()?;
        let failed = failed.strip_suffix(" failed")?.parse().ok()?;
        Some(Self { passed, failed })
    }

    /// The report that vitest writes with `--reporter=json`.
    pub fn of_vitest(json: &[u8]) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Report {
            num_passed_tests: usize,
            num_failed_tests: usize,
        }
        let report: Report = serde_json::from_slice(json)?;
        Ok(Self {
            passed: report.num_passed_tests,
            failed: report.num_failed_tests,
        })
    }

    /// The counts of a program that ended with `status`: a failure that no test stands for, such as
    /// one to compile, counts as one, and so does a run without a single test.
    pub fn confirmed_by(mut self, status: ExitStatus) -> Self {
        let unexplained = !status.success() && self.failed == 0;
        if unexplained || (self.passed == 0 && self.failed == 0) {
            self.failed += 1;
        }
        self
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} passed, {} failed", self.passed, self.failed)
    }
}

#[cfg(test)]
mod tests;
