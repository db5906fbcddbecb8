//! Counts and lists about what is kept, and that none of them reads a table from end to end.

use chrono::TimeDelta;
use dayline_model::{
    Attendee, AttendeeRole, CalendarId, Event, ParticipationStatus, Person, Status,
};

use super::{Fixture, event, exception, master, now};
use crate::stats::{COMING, EVENTS_PER_CALENDAR, MEETINGS, RUNS, SERIES, TEAMS_OF_CALENDAR};
use crate::{Derived, NewOccurrence, SyncRun};

fn put(fixture: &Fixture, calendar: CalendarId, event: &Event, is_teams: bool, hours: i64) {
    let accounts = fixture.store.read(|read| read.accounts());
    let account = accounts.expect("accounts")[0].id;
    let derived = Derived {
        is_teams,
        ..Derived::default()
    };
    fixture.write(|write| {
        let id = write
            .upsert_event(calendar, account, event, &derived, 1, 1, now())?
            .id();
        let start = now() + TimeDelta::hours(hours);
        let shown = NewOccurrence {
            event: id,
            instance_id: event.id.as_str().to_owned(),
            all_day: false,
            start,
            end: start + TimeDelta::hours(1),
        };
        write
            .put_occurrences(calendar, id, &[shown], "2026a")
            .map(drop)
    });
}

fn with_guest(id: &str) -> Event {
    Event {
        attendees: vec![Attendee {
            person: Person {
                name: None,
                email: Some("bo@example.com".to_owned()),
            },
            role: AttendeeRole::Required,
            status: ParticipationStatus::None,
            comment: None,
            additional_guests: 0,
            answered_at: None,
        }],
        ..event(id)
    }
}

#[test]
fn each_calendar_is_counted_and_its_next_event_named() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["work", "home", "empty"]);
    put(&fixture, calendars[0], &event("over"), true, -5);
    let cancelled = Event {
        status: Status::Cancelled,
        ..event("cancelled")
    };
    put(&fixture, calendars[0], &cancelled, false, 1);
    put(&fixture, calendars[0], &event("next"), true, 2);
    put(&fixture, calendars[0], &event("later"), false, 3);
    put(&fixture, calendars[1], &event("home"), false, 9);
    let (counts, teams, coming) = fixture
        .store
        .read(|read| {
            Ok((
                read.events_per_calendar()?,
                read.count_teams(calendars[0])?,
                read.coming_events(now())?,
            ))
        })
        .expect("a read");
    assert_eq!(
        counts.into_iter().collect::<Vec<_>>(),
        [(calendars[0], 4), (calendars[1], 1)]
    );
    assert_eq!(teams, 2);
    let titles: Vec<(CalendarId, &str)> = coming
        .iter()
        .map(|(calendar, event)| (*calendar, event.title.as_str()))
        .collect();
    assert_eq!(titles, [(calendars[0], "next"), (calendars[1], "home")]);
}

#[test]
fn a_meeting_has_people_or_a_link_and_takes_place() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["work", "hidden"]);
    let declined = Event {
        response: ParticipationStatus::Declined,
        ..with_guest("declined")
    };
    put(&fixture, calendars[0], &event("alone"), false, 1);
    put(&fixture, calendars[0], &with_guest("guest"), false, 2);
    put(&fixture, calendars[0], &event("teams"), true, 3);
    put(&fixture, calendars[0], &declined, true, 4);
    put(&fixture, calendars[0], &event("after"), true, 30);
    put(&fixture, calendars[1], &event("hidden"), true, 3);
    fixture.write(|write| write.set_calendar_visible(calendars[1], false));
    let mut meetings = Vec::new();
    let until = now() + TimeDelta::days(1);
    fixture
        .store
        .read(|read| {
            read.visit_meetings(now(), until, |start, is_teams| {
                meetings.push(((start - now()).num_hours(), is_teams));
            })
        })
        .expect("a read");
    meetings.sort_unstable();
    assert_eq!(meetings, [(2, false), (3, true)]);
}

#[test]
fn a_series_is_its_master_and_its_exceptions_in_one_calendar() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendars = fixture.calendars(account, &["work", "home"]);
    put(&fixture, calendars[0], &master("m"), false, 1);
    put(&fixture, calendars[0], &exception("x", "m"), false, 2);
    put(&fixture, calendars[0], &event("other"), false, 3);
    put(&fixture, calendars[1], &master("m"), false, 4);
    let span = (now(), now() + TimeDelta::days(1));
    let titles = fixture
        .store
        .read(|read| {
            let mut titles = Vec::new();
            for id in read.series_events(calendars[0], &"m".into())? {
                let rows = read.occurrences_of(id, span, 10)?;
                titles.extend(rows.into_iter().map(|row| row.title));
            }
            Ok(titles)
        })
        .expect("a read");
    assert_eq!(titles, ["m", "x"]);
}

#[test]
fn rounds_since_a_moment_are_told() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    for (hours, outcome) in [(-50, "ok"), (-2, "ok"), (-1, "offline")] {
        let run = SyncRun {
            full: false,
            started_at: now() + TimeDelta::hours(hours),
            duration: TimeDelta::milliseconds(40),
            pages: 1,
            calls: 3,
            bytes: 10,
            added: 4,
            updated: 2,
            removed: 1,
            outcome,
        };
        fixture.write(|write| write.insert_sync_run(calendar, &run));
    }
    let mut outcomes = Vec::new();
    fixture
        .store
        .read(|read| {
            read.visit_sync_runs(now() - TimeDelta::days(1), |run| {
                outcomes.push((run.outcome, run.calls, run.changes));
            })
        })
        .expect("a read");
    assert_eq!(
        outcomes,
        [("ok".to_owned(), 3, 7), ("offline".to_owned(), 3, 7)]
    );
}

#[test]
fn no_statistic_reads_a_table_from_end_to_end() {
    let fixture = Fixture::new();
    let raw = fixture.raw();
    for (query, values) in [
        (TEAMS_OF_CALENDAR, 1),
        (COMING, 2),
        (MEETINGS, 2),
        (RUNS, 1),
        (SERIES, 2),
        (EVENTS_PER_CALENDAR, 0),
    ] {
        let mut statement = raw
            .prepare(&format!("EXPLAIN QUERY PLAN {query}"))
            .expect("a plan");
        let plan: Vec<String> = statement
            .query_map(
                rusqlite::params_from_iter(std::iter::repeat_n(1, values)),
                |row| row.get("detail"),
            )
            .expect("a plan")
            .collect::<Result<_, _>>()
            .expect("a step");
        // Counting reads the small index from end to end, and no row.
        let counted = "SCAN calendar_events USING COVERING INDEX calendar_events_calendar";
        let scanned = plan
            .iter()
            .find(|step| step.starts_with("SCAN") && step.as_str() != counted);
        assert_eq!(scanned, None, "{query}\n{plan:?}");
        assert!(
            !plan
                .iter()
                .any(|step| step.contains("TEMP B-TREE FOR ORDER")),
            "{query}\n{plan:?}"
        );
    }
}
