//! What the test programs say, and what it counts for.

use std::process::{Command, ExitStatus};

use super::Counts;

fn counts(passed: usize, failed: usize) -> Counts {
    Counts { passed, failed }
}

fn status(success: bool) -> ExitStatus {
    let mut command = Command::new("cargo");
    command.arg(if success {
        "--version"
    } else {
        "--no-such-flag"
    });
    command.output().unwrap().status
}

#[test]
fn the_result_lines_of_cargo_test_are_read() {
    for (line, expected) in [
        (
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 3 filtered out; finished in 0.1s",
            Some(counts(12, 0)),
        ),
        (
            "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured",
            Some(counts(3, 2)),
        ),
        ("test store::tests::it_says_test_result ... ok", None),
        ("running 12 tests", None),
        ("test result: ok.", None),
    ] {
        assert_eq!(Counts::of_cargo_line(line), expected, "{line}");
    }
}

#[test]
fn our_own_last_line_is_read_as_it_is_written() {
    let written = counts(7, 1).to_string();
    assert_eq!(written, "7 passed, 1 failed");
    assert_eq!(Counts::of_own_line(&written), Some(counts(7, 1)));
    assert_eq!(Counts::of_own_line("7 passed"), None);
    assert_eq!(Counts::of_own_line("seven passed, 1 failed"), None);
}

#[test]
fn the_report_of_vitest_is_read() {
    let report = br#"{"numTotalTests":9,"numPassedTests":8,"numFailedTests":1,"success":false}"#;
    assert_eq!(Counts::of_vitest(report).unwrap(), counts(8, 1));
    assert!(Counts::of_vitest(b"{}").is_err());
}

#[test]
fn a_failure_without_a_failed_test_counts_and_so_does_an_empty_run() {
    assert_eq!(counts(5, 0).confirmed_by(status(true)), counts(5, 0));
    assert_eq!(counts(5, 0).confirmed_by(status(false)), counts(5, 1));
    assert_eq!(counts(5, 2).confirmed_by(status(false)), counts(5, 2));
    assert_eq!(counts(0, 0).confirmed_by(status(true)), counts(0, 1));
}
