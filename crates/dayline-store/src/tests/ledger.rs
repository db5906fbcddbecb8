//! What is written into the ledger is what is read, newest first.

use chrono::TimeDelta;
use dayline_model::ProviderEventId;

use super::{Fixture, now};
use crate::{ChangeRow, ChangedField, NewChange};

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

fn add(fixture: &Fixture, calendar: dayline_model::CalendarId, field: ChangedField, minute: i64) {
    let id = ProviderEventId("e".to_owned());
    let change = NewChange {
        event: &id,
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
