//! The document is read, and it finds what does not belong.

use serde_json::json;

use super::*;

fn problems(schema: &str, value: &Value) -> Vec<(String, Problem)> {
    findings(schema, value)
        .into_iter()
        .map(|finding| (finding.at, finding.problem))
        .collect()
}

#[test]
fn a_wrong_member_a_wrong_type_and_a_wrong_value_are_found() {
    let good =
        json!({"id": "a", "status": "confirmed", "start": {"date": "2026-11-23"}, "sequence": 1});
    assert_eq!(problems("Event", &good), []);
    let bad = json!({
        "sumary": "x",
        "summary": 5,
        "status": "maybe",
        "start": {"date": "tomorrow"},
        "sequence": 3_000_000_000_u64,
        "attendees": [{"email": "a@b", "responseStatus": "perhaps"}],
        "extendedProperties": {"private": {"a": 1}},
    });
    let mut found = problems("Event", &bad);
    found.sort_by(|a, b| a.0.cmp(&b.0));
    let expected = [
        ("attendees/0/responseStatus", Problem::Value),
        ("extendedProperties/private/a", Problem::Type),
        ("sequence", Problem::Format),
        ("start/date", Problem::Format),
        ("status", Problem::Value),
        ("sumary", Problem::Unknown),
        ("summary", Problem::Type),
    ];
    let expected: Vec<(String, Problem)> = expected
        .into_iter()
        .map(|(at, problem)| (at.to_owned(), problem))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn literal_paths_win_over_parameters() {
    let id = |verb: &str, path: &str| {
        let parts: Vec<&str> = path.split('/').collect();
        method(verb, &parts).map(|method| text(method, "id").to_owned())
    };
    assert_eq!(
        id("POST", "calendars/a/events/import").as_deref(),
        Some("calendar.events.import")
    );
    assert_eq!(
        id("GET", "calendars/a/events/import").as_deref(),
        Some("calendar.events.get")
    );
    assert_eq!(id("GET", "colors").as_deref(), Some("calendar.colors.get"));
    assert_eq!(id("DELETE", "colors"), None);
}
