use chrono_tz::Tz;
use serde_json::Map;

use super::*;
use crate::time::parse_local;

fn series(start: &str, minutes: i64, tz: Tz, rule: &[&str]) -> Event {
    let start = parse_local(start).unwrap();
    Event {
        id: "m".into(),
        created: Utc::now(),
        updated: Utc::now(),
        version: 1,
        created_version: 1,
        expansion_version: 1,
        removed: false,
        start: Moment::local_in(start, tz),
        end: Moment::local_in(start + Duration::minutes(minutes), tz),
        rule: rule.iter().map(|line| (*line).to_owned()).collect(),
        series: None,
        properties: Map::new(),
    }
}

fn check(event: &Event, from: &str, until: &str, expected: &[&str]) {
    let found: Vec<String> = starts(
        event,
        parse_local(from).unwrap(),
        parse_local(until).unwrap(),
    )
    .into_iter()
    .map(|at| at.format("%Y-%m-%dT%H:%M").to_string())
    .collect();
    assert_eq!(found, expected);
}

#[test]
fn wall_time_stays_through_a_daylight_change() {
    let event = series(
        "2026-03-23T09:00:00",
        30,
        Tz::Europe__Berlin,
        &["RRULE:FREQ=WEEKLY"],
    );
    let instant = |local: &str| event.start.at(parse_local(local).unwrap()).instant(Tz::UTC);
    check(
        &event,
        "2026-03-23",
        "2026-03-31",
        &["2026-03-23T09:00", "2026-03-30T09:00"],
    );
    assert_eq!(
        instant("2026-03-23T09:00:00").to_rfc3339(),
        "2026-03-23T08:00:00+00:00"
    );
    assert_eq!(
        instant("2026-03-30T09:00:00").to_rfc3339(),
        "2026-03-30T07:00:00+00:00"
    );
}

#[test]
fn until_in_utc_is_compared_in_the_events_zone() {
    let rule = ["RRULE:FREQ=DAILY;UNTIL=20260103T170000Z"];
    let event = series("2026-01-01T09:00:00", 30, Tz::America__Los_Angeles, &rule);
    check(
        &event,
        "2026-01-01",
        "2026-02-01",
        &["2026-01-01T09:00", "2026-01-02T09:00", "2026-01-03T09:00"],
    );
}

#[test]
fn exdate_and_rdate_are_honoured() {
    let rule = [
        "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20260102T090000",
        "RDATE:20260110T080000Z",
    ];
    let event = series("2026-01-01T09:00:00", 30, Tz::Europe__Berlin, &rule);
    check(
        &event,
        "2026-01-01",
        "2026-02-01",
        &["2026-01-01T09:00", "2026-01-03T09:00", "2026-01-10T09:00"],
    );
}

#[test]
fn an_old_endless_series_still_reaches_the_window() {
    let event = series("1999-01-01T09:00:00", 30, Tz::UTC, &["RRULE:FREQ=DAILY"]);
    check(&event, "2026-11-20", "2026-11-21", &["2026-11-20T09:00"]);
}

#[test]
fn a_broken_rule_is_not_valid() {
    assert!(is_valid("RRULE:FREQ=WEEKLY;BYDAY=MO"));
    assert!(is_valid("RRULE:FREQ=WEEKLY;UNTIL=20300101"));
    assert!(!is_valid("RRULE:FREQ=SOMETIMES"));
    assert!(!is_valid("nonsense"));
}

#[test]
fn dates_of_another_zone_and_whole_days_are_taken_out() {
    let rule = [
        "RRULE:FREQ=DAILY;COUNT=5",
        "EXDATE;TZID=America/New_York:20260102T030000",
        "EXDATE;VALUE=DATE:20260104",
        "EXRULE:FREQ=WEEKLY;BYDAY=MO",
    ];
    let event = series("2026-01-01T09:00:00", 30, Tz::Europe__Berlin, &rule);
    check(
        &event,
        "2026-01-01",
        "2026-02-01",
        &["2026-01-01T09:00", "2026-01-03T09:00"],
    );
}

#[test]
fn a_google_series_begins_with_its_start_though_the_rule_has_it_not() {
    let rule = ["RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2"];
    let mut event = series("2026-01-05T09:00:00", 30, Tz::UTC, &rule);
    let tuesdays = ["2026-01-06T09:00", "2026-01-13T09:00"];
    check(&event, "2026-01-01", "2026-02-01", &tuesdays);
    event
        .properties
        .insert("iCalUID".into(), "m@google.com".into());
    let mut all = vec!["2026-01-05T09:00"];
    all.extend(tuesdays);
    check(&event, "2026-01-01", "2026-02-01", &all);
}

#[test]
fn lines_that_cannot_be_read_are_not_valid() {
    for line in [
        "EXDATE;TZID=Europe/Berlin:20260102T090000,20260103T090000",
        "RDATE;VALUE=PERIOD:20260102T090000Z/PT1H",
        "rdate;value=date:20260102",
        "EXRULE:FREQ=DAILY;COUNT=2",
    ] {
        assert!(is_valid(line), "{line}");
    }
    for line in [
        "EXDATE:tomorrow",
        "EXDATE:",
        "EXDATE;TZID=Mars/Base:20260102T090000",
        "DTSTART:20260102T090000Z",
        "RRULE",
        "RRULE:",
    ] {
        assert!(!is_valid(line), "{line}");
    }
}

#[test]
fn until_is_a_date_a_wall_time_or_an_instant() {
    for (until, last) in [
        ("20260103", "2026-01-03T09:00"),
        ("20260103T090000", "2026-01-03T09:00"),
        ("20260103T085959", "2026-01-02T09:00"),
        ("20260103T080000Z", "2026-01-03T09:00"),
        ("20260103T075959Z", "2026-01-02T09:00"),
    ] {
        let rule = format!("RRULE:FREQ=DAILY;UNTIL={until}");
        let event = series("2026-01-02T09:00:00", 30, Tz::Europe__Berlin, &[&rule]);
        let low = parse_local("2026-01-01").unwrap();
        let found = starts(&event, low, low + Duration::days(60));
        let found = found
            .last()
            .map(|at| at.format("%Y-%m-%dT%H:%M").to_string());
        assert_eq!(found.as_deref(), Some(last), "{until}");
    }
}
