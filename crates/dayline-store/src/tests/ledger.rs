//! What is written into the ledger is what is read, newest first.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{CalendarId, Event};

use super::{Fixture, event, exception, master, now};
use crate::ledger::of_event_query;
use crate::{ChangeRow, ChangedField, Derived, NewChange, NewOccurrence};

const FIELDS: [ChangedField; 10] = [
    ChangedField::Time,
    ChangedField::Recurrence,
    ChangedField::Status,
    ChangedField::Title,
    ChangedField::Location,
    ChangedField::Description,
    ChangedField::Importance,
    ChangedField::Response,
    ChangedField::Attendee,
    ChangedField::Link,
];

fn add(fixture: &Fixture, calendar: CalendarId, field: ChangedField, minute: i64) {
    add_about(fixture, calendar, "e", field, minute);
}

fn add_about(fixture: &Fixture, calendar: CalendarId, id: &str, field: ChangedField, minute: i64) {
    let change = NewChange {
        event: &id.into(),
        series: None,
        title: "Review",
        stood: "2026-11-20/2026-11-21",
        field,
        before: Some("old"),
        after: None,
    };
    fixture
        .write(|write| write.insert_change(calendar, &change, now() + TimeDelta::minutes(minute)));
}

fn changes(fixture: &Fixture, limit: u32) -> Vec<ChangeRow> {
    fixture
        .store
        .read(|read| read.changes(limit))
        .expect("a read")
}

fn unseen(fixture: &Fixture) -> i64 {
    fixture
        .store
        .read(|read| read.count_unseen_changes())
        .expect("a read")
}

#[test]
fn every_field_is_read_as_it_was_written_newest_first() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    for (field, minute) in FIELDS.into_iter().zip(0..) {
        add(&fixture, calendar, field, minute);
    }
    let read = changes(&fixture, 100);
    let fields: Vec<ChangedField> = read.iter().rev().map(|change| change.field).collect();
    assert_eq!(fields, FIELDS);
    let newest = &read[0];
    assert_eq!(newest.changed_at, now() + TimeDelta::minutes(9));
    assert_eq!(newest.calendar, calendar);
    assert_eq!(newest.event.as_str(), "e");
    assert_eq!(newest.calendar_name, "Calendar work");
    assert_eq!(newest.account_email, "ada@example.com");
    assert_eq!(
        (newest.title.as_str(), newest.stood.as_str()),
        ("Review", "2026-11-20/2026-11-21")
    );
    assert_eq!(
        (newest.before.as_deref(), newest.after.as_deref()),
        (Some("old"), None)
    );
    assert_eq!(newest.seen_at, None);
    assert_eq!(changes(&fixture, 3), read[..3]);
}

#[test]
fn what_came_after_the_last_line_shown_stays_unseen() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["a", "b"]);
    add(&fixture, calendars[0], ChangedField::Time, 0);
    add(&fixture, calendars[1], ChangedField::Title, 1);
    let through = changes(&fixture, 1)[0].id;
    add(&fixture, calendars[0], ChangedField::Status, 2);
    assert_eq!(unseen(&fixture), 3);
    let marked = fixture.write(|write| write.mark_changes_seen(through, now()));
    assert_eq!((marked, unseen(&fixture)), (2, 1));
    let marked = fixture.write(|write| write.mark_changes_seen(through, now()));
    assert_eq!(marked, 0, "nothing is seen twice");
    let seen: Vec<bool> = changes(&fixture, 9)
        .iter()
        .map(|change| change.seen_at.is_some())
        .collect();
    assert_eq!(seen, [false, true, true]);
}

#[test]
fn a_calendar_that_is_no_longer_synced_tells_nothing() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    add(&fixture, calendar, ChangedField::Time, 0);
    fixture
        .raw()
        .execute("UPDATE calendar_connections SET is_connected = 0", [])
        .expect("an update");
    assert!(changes(&fixture, 9).is_empty());
    assert_eq!(unseen(&fixture), 0);
}

#[test]
fn the_history_of_an_event_holds_no_other_events_lines() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["a", "b"]);
    for (calendar, id, minute) in [(0, "m", 0), (0, "m_1", 1), (0, "m_2", 2), (1, "m", 3)] {
        add_about(
            &fixture,
            calendars[calendar],
            id,
            ChangedField::Title,
            minute,
        );
    }
    let told = |ids, limit| -> Vec<String> {
        let rows = fixture
            .store
            .read(|read| read.changes_of(calendars[0], ids, limit))
            .expect("a read");
        rows.iter().map(|row| row.event.0.clone()).collect()
    };
    assert_eq!(told(["m_1", "m", "m"], 9), ["m_1", "m"]);
    assert_eq!(told(["m_1", "m", "m_2"], 2), ["m_2", "m_1"]);
    assert_eq!(told(["x", "x", "x"], 2), [""; 0]);
}

#[test]
fn the_history_of_an_event_is_found_by_its_index() {
    let fixture = Fixture::new();
    let raw = fixture.raw();
    let mut statement = raw
        .prepare(&format!("EXPLAIN QUERY PLAN {}", of_event_query()))
        .expect("a plan");
    let plan: Vec<String> = statement
        .query_map([1; 5], |row| row.get("detail"))
        .expect("a plan")
        .collect::<Result<_, _>>()
        .expect("a step");
    assert!(
        !plan.iter().any(|step| step.starts_with("SCAN")),
        "{plan:?}"
    );
}

/// An event that is shown at these hours from now, one occurrence each.
fn shown(fixture: &Fixture, calendar: CalendarId, event: &Event, hours: &[i64], one: &str) {
    let accounts = fixture.store.read(|read| read.accounts());
    let account = accounts.expect("accounts")[0].id;
    fixture.write(|write| {
        let derived = Derived::default();
        let id = write
            .upsert_event(calendar, account, event, &derived, 1, 1, now())?
            .id();
        let occurrences: Vec<NewOccurrence> = hours
            .iter()
            .map(|hours| {
                let start: DateTime<Utc> = now() + TimeDelta::hours(*hours);
                NewOccurrence {
                    event: id,
                    instance_id: one.replace('#', &hours.to_string()),
                    all_day: false,
                    start,
                    end: start + TimeDelta::hours(1),
                }
            })
            .collect();
        write
            .put_occurrences(calendar, id, &occurrences, "2026a")
            .map(drop)
    });
}

#[test]
fn a_line_leads_to_what_still_stands() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["a", "b"]);
    let here = calendars[0];
    shown(&fixture, here, &event("single"), &[-9], "single");
    shown(&fixture, here, &master("m"), &[-48, -24, 24, 48], "m_#");
    shown(&fixture, here, &master("over"), &[-48, -24], "over_#");
    shown(&fixture, here, &exception("x", "m"), &[72], "x");
    shown(&fixture, here, &event("nowhere"), &[], "");
    for (id, expected) in [
        ("single", Some("single")),
        ("m", Some("m_24")),
        ("m_-48", Some("m_-48")),
        ("over", Some("over_-24")),
        ("x", Some("x")),
        ("m_99", None),
        ("nowhere", None),
        ("gone", None),
    ] {
        let find = |calendar| {
            fixture
                .store
                .read(|read| read.find_shown(calendar, &id.into(), now(), now()))
                .expect("a read")
        };
        assert_eq!(find(here).as_deref(), expected, "{id}");
        assert_eq!(find(calendars[1]), None, "{id} stands in one calendar");
    }
}
