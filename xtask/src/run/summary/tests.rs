//! What the app may say.

use super::{Line, parse, tail};

const PAINTED: &str = r#"{"accounts":2,"calendars":5,"events_stored":60,"events_visible":20,
    "first_paint_ms":400,"synced_ms":900}"#;

#[test]
fn a_summary_is_read_and_gets_its_screenshot_later() {
    let Line::Painted(mut summary) = parse(PAINTED).unwrap() else {
        panic!("not a summary")
    };
    assert_eq!(
        (summary.accounts, summary.calendars, summary.synced_ms),
        (2, 5, 900)
    );
    summary.screenshot = "/tmp/week.png".into();
    let written = serde_json::to_value(&summary).unwrap();
    assert_eq!(written["screenshot"], "/tmp/week.png");
    assert_eq!(written["events_visible"], 20);
}

#[test]
fn an_error_ends_the_run_with_its_reason() {
    let line = parse(r#"{"error":"The keyring is locked."}"#).unwrap();
    assert_eq!(line, Line::Failed("The keyring is locked.".to_owned()));
}

#[test]
fn a_summary_without_its_numbers_is_refused() {
    assert!(parse(r#"{"accounts":2}"#).is_err());
}

#[test]
fn other_output_is_passed_over() {
    for line in ["", "Gtk-Message: hello", "17", "[]"] {
        assert_eq!(parse(line).unwrap(), Line::Other, "{line}");
    }
}

#[test]
fn only_the_last_lines_of_the_log_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let log = folder.path().join("app.log");
    assert!(tail(&log).contains("wrote nothing"));
    let lines: Vec<String> = (1..=50).map(|number| format!("line {number}.")).collect();
    std::fs::write(&log, lines.join("\n")).unwrap();
    let told = tail(&log);
    assert!(
        told.contains("line 31.\n") && told.contains("line 50."),
        "{told}"
    );
    assert!(!told.contains("line 30."), "{told}");
}
