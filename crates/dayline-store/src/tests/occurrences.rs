//! The range query against a filter that nobody has to trust.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{CalendarId, EventId, Importance};
use proptest::prelude::*;

use super::{Fixture, at, event, master, now};
use crate::{Derived, LinkRow, NewOccurrence, StoreError, Write};

/// What a test knows about an occurrence: calendar, number, start, end.
type Placed = (CalendarId, String, DateTime<Utc>, DateTime<Utc>);

fn add(
    write: &Write<'_>,
    calendar: CalendarId,
    event: EventId,
    spans: &[(DateTime<Utc>, DateTime<Utc>)],
    all_day: bool,
) -> Result<(), StoreError> {
    let occurrences: Vec<NewOccurrence> = (0..)
        .zip(spans)
        .map(|(number, (start, end))| NewOccurrence {
            event,
            instance_id: format!("{}-{number}", event.0),
            all_day,
            start: *start,
            end: *end,
        })
        .collect();
    write
        .put_occurrences(calendar, event, &occurrences, "2026a")
        .map(drop)
}

fn found(fixture: &Fixture, from: DateTime<Utc>, until: DateTime<Utc>) -> Vec<Placed> {
    fixture
        .store
        .read(|read| read.occurrences(from, until))
        .expect("a read")
        .into_iter()
        .map(|row| (row.calendar, row.instance_id, row.start, row.end))
        .collect()
}

#[test]
fn an_occurrence_carries_what_lists_show_of_it() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let wanted = dayline_model::Event {
        location: Some("Raum 1".to_owned()),
        importance: Importance::High,
        organizer: Some(dayline_model::Person {
            name: None,
            email: Some("charles@example.com".to_owned()),
        }),
        ..master("m")
    };
    let link = |rank: &str| LinkRow {
        url: format!("https://teams.microsoft.com/{rank}"),
        service: "teams".to_owned(),
        source: "body".to_owned(),
        label: None,
    };
    let derived = Derived {
        links: vec![link("best"), link("second")],
        is_teams: true,
        conference_id: Some("123".to_owned()),
        ..Derived::default()
    };
    fixture.write(|write| {
        let id = write
            .upsert_event(calendar, account, &wanted, &derived, 1, 1, now())?
            .id();
        add(
            write,
            calendar,
            id,
            &[(now(), now() + TimeDelta::hours(1))],
            false,
        )
    });
    let rows = fixture
        .store
        .read(|read| read.occurrences(now(), now() + TimeDelta::hours(1)))
        .expect("a read");
    assert_eq!(rows.len(), 1);
    let row = &rows[0];
    assert_eq!(row.account, account);
    assert_eq!(row.account_email, "ada@example.com");
    assert_eq!(row.calendar_name, "Calendar work");
    assert_eq!(row.title, "m");
    assert_eq!(row.location.as_deref(), Some("Raum 1"));
    assert_eq!(row.importance, Importance::High);
    assert_eq!(row.series_id.as_deref(), Some("m"));
    assert!(row.is_teams);
    assert_eq!(
        row.join_url.as_deref(),
        Some("https://teams.microsoft.com/best")
    );
    assert_eq!(row.conference_id.as_deref(), Some("123"));
    assert_eq!(row.organizer.as_deref(), Some("charles@example.com"));
    let same = fixture
        .store
        .read(|read| read.find_occurrence(calendar, &row.instance_id));
    assert_eq!(same.expect("a read").as_ref(), Some(row));
}

#[test]
fn categories_come_in_the_events_order_with_their_colours() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    // More than ten, the last ones first in the alphabet.
    let names: Vec<String> = (0..12)
        .rev()
        .map(|number| format!("c{number:02}"))
        .collect();
    let wanted = dayline_model::Event {
        categories: names.clone(),
        ..event("e")
    };
    let colored = dayline_model::Category {
        name: "c00".to_owned(),
        color: "#0078d7".to_owned(),
    };
    fixture.write(|write| write.put_categories(account, &[colored]));
    let id = fixture.put(calendar, account, &wanted);
    fixture.write(|write| {
        let span = (now(), now() + TimeDelta::hours(1));
        add(write, calendar, id, &[span], false)
    });
    let rows = fixture
        .store
        .read(|read| read.occurrences(now(), now() + TimeDelta::hours(1)))
        .expect("a read");
    let (found, colors): (Vec<_>, Vec<_>) = rows[0].categories.iter().cloned().unzip();
    assert_eq!(found, names);
    assert_eq!(colors.last(), Some(&Some("#0078d7".to_owned())));
    assert_eq!(colors.iter().flatten().count(), 1);
}

#[test]
fn ranges_are_half_open_and_a_moment_counts_where_it_stands() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let id = fixture.put(calendar, account, &event("e"));
    let (from, until) = (at("2026-11-20T00:00:00Z"), at("2026-11-21T00:00:00Z"));
    let day = TimeDelta::days(1);
    let ms = TimeDelta::milliseconds(1);
    for (what, start, end, inside) in [
        ("ends where the range starts", from - day, from, false),
        ("ends a moment later", from - day, from + ms, true),
        ("starts where the range ends", until, until + day, false),
        ("starts a moment before", until - ms, until + day, true),
        ("a moment at the start", from, from, true),
        ("a moment at the end", until, until, false),
        ("a moment before the start", from - ms, from - ms, false),
        (
            "around everything",
            from - day * 400,
            until + day * 400,
            true,
        ),
        (
            "31 days that end in the range",
            from - day * 31 + ms,
            from + ms,
            true,
        ),
        ("31 days that end before it", from - day * 31, from, false),
        ("31 days and a moment", from - day * 31, from + ms, true),
        ("long and over", from - day * 90, from, false),
        ("long and to come", until, until + day * 90, false),
    ] {
        fixture.write(|write| add(write, calendar, id, &[(start, end)], false));
        assert_eq!(
            found(&fixture, from, until).len(),
            usize::from(inside),
            "{what}"
        );
    }
}

#[test]
fn hidden_and_disconnected_calendars_are_left_out_but_can_be_looked_up() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["shown", "hidden", "disconnected"]);
    for calendar in &calendars {
        let id = fixture.put(*calendar, account, &event("e"));
        fixture.write(|write| add(write, *calendar, id, &[(now(), now())], false));
    }
    fixture.write(|write| write.set_calendar_visible(calendars[1], false));
    // Disconnecting removes the rows as well; here only the mark counts.
    fixture
        .raw()
        .execute(
            "UPDATE calendar_connections SET is_connected = 0 WHERE id = ?1",
            [calendars[2].0],
        )
        .expect("an update");
    let shown = found(&fixture, now(), now() + TimeDelta::hours(1));
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].0, calendars[0]);
    for calendar in calendars {
        let id = fixture
            .store
            .read(|read| read.find_event(calendar, &"e".into()))
            .expect("a read")
            .expect("the event")
            .id;
        let found = fixture
            .store
            .read(|read| read.find_occurrence(calendar, &format!("{}-0", id.0)));
        assert_eq!(found.expect("a read").map(|row| row.event), Some(id));
    }
}

#[test]
fn laying_out_anew_replaces_what_was_there() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let one = fixture.put(calendar, account, &event("one"));
    let two = fixture.put(calendar, account, &event("two"));
    let hour = TimeDelta::hours(1);
    let spans = [(now(), now() + hour), (now() + hour, now() + hour * 2)];
    fixture.write(|write| {
        add(write, calendar, one, &spans, false)?;
        add(write, calendar, two, &spans[..1], false)
    });
    let span = |event| {
        fixture
            .store
            .read(|read| read.occurrence_span(event))
            .expect("a read")
    };
    assert_eq!(span(one), Some((now(), now() + hour * 2)));
    fixture.write(|write| add(write, calendar, one, &[], false));
    assert_eq!(span(one), None);
    assert_eq!(span(two), Some((now(), now() + hour)));
    fixture.write(|write| write.remove_event(calendar, &"two".into()));
    assert_eq!(span(two), None);
}

#[test]
fn occurrences_of_another_zone_database_are_noticed() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let stale = |tzdb: &str| {
        fixture
            .store
            .read(|read| read.has_stale_occurrences(tzdb))
            .expect("a read")
    };
    assert!(!stale("2026a"), "nothing is laid out");
    let id = fixture.put(calendar, account, &event("e"));
    fixture.write(|write| add(write, calendar, id, &[(now(), now())], false));
    assert!(!stale("2026a"));
    assert!(stale("2026b"));
}

#[test]
fn the_range_query_uses_both_indexes_and_reads_no_table_from_end_to_end() {
    let fixture = Fixture::new();
    let raw = fixture.raw();
    let mut statement = raw
        .prepare(&format!(
            "EXPLAIN QUERY PLAN {}",
            crate::occurrences::range_query()
        ))
        .expect("a plan");
    let plan: Vec<String> = statement
        .query_map([1, 2, 0], |row| row.get("detail"))
        .expect("a plan")
        .collect::<Result<_, _>>()
        .expect("a step");
    let text = plan.join("\n");
    for index in ["event_occurrences_short", "event_occurrences_long"] {
        let wanted = format!("SEARCH event_occurrences USING INDEX {index} (start_ms");
        assert!(
            plan.iter().any(|step| step.starts_with(&wanted)),
            "{index}:\n{text}"
        );
    }
    let scanned: Vec<&String> = plan
        .iter()
        .filter(|step| step.starts_with("SCAN") && !step.starts_with("SCAN o"))
        .collect();
    assert!(scanned.is_empty(), "{text}");
}

/// Starts, lengths and where they belong: minutes around 20 November 2026.
fn spans() -> impl Strategy<Value = Vec<(i64, i64, bool, usize)>> {
    let day = 24 * 60;
    let length = prop_oneof![
        Just(0),
        1..180_i64,
        (1..40_i64).prop_map(move |days| days * day),
        Just(31 * day),
        Just(31 * day + 1),
        (40..500_i64).prop_map(move |days| days * day),
    ];
    let start = prop_oneof![
        (-80..80_i64).prop_map(move |days| days * day),
        -5000..5000_i64
    ];
    proptest::collection::vec((start, length, any::<bool>(), 0..4_usize), 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn the_range_query_finds_what_a_naive_filter_finds(
        spans in spans(),
        from in -4000..4000_i64,
        length in 1..60_000_i64,
    ) {
        let fixture = Fixture::new();
        let account = fixture.account();
        let calendars = fixture.calendars(account, &["a", "b", "hidden", "off"]);
        let minute = |count: i64| now() + TimeDelta::minutes(count);
        let mut all: Vec<Placed> = Vec::new();
        fixture.write(|write| {
            for (number, (start, length, all_day, calendar)) in spans.iter().enumerate() {
                let calendar = calendars[*calendar];
                let id = super::put(write, calendar, account, &event(&format!("e{number}")), 1)?;
                let span = (minute(*start), minute(start + length));
                add(write, calendar, id, &[span], *all_day)?;
                all.push((calendar, format!("{}-0", id.0), span.0, span.1));
            }
            write.set_calendar_visible(calendars[2], false)
        });
        fixture
            .raw()
            .execute(
                "UPDATE calendar_connections SET is_connected = 0 WHERE id = ?1",
                [calendars[3].0],
            )
            .expect("an update");
        let (from, until) = (minute(from), minute(from + length));
        all.retain(|(calendar, _, start, end)| {
            calendars[..2].contains(calendar)
                && *start < until
                && (*end > from || *start >= from)
        });
        all.sort_by(|one, two| {
            (one.2, std::cmp::Reverse(one.3), one.0, &one.1)
                .cmp(&(two.2, std::cmp::Reverse(two.3), two.0, &two.1))
        });
        prop_assert_eq!(found(&fixture, from, until), all);
    }
}

#[test]
fn what_is_shown_already_is_not_written_again() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let id = fixture.put(calendar, account, &event("e"));
    let shown = |start| NewOccurrence {
        event: id,
        instance_id: "e".to_owned(),
        all_day: false,
        start: now() + TimeDelta::hours(start),
        end: now() + TimeDelta::hours(start + 1),
    };
    let put = |occurrences: &[NewOccurrence], tzdb: &str| {
        fixture.write(|write| write.put_occurrences(calendar, id, occurrences, tzdb))
    };
    assert!(put(&[shown(1)], "2026a"));
    assert!(!put(&[shown(1)], "2026a"));
    assert!(put(&[shown(2)], "2026a"), "another time");
    assert!(put(&[shown(2)], "2026b"), "another zone database");
    assert!(put(&[], "2026b"), "none any more");
    assert!(!put(&[], "2026b"));
}
