//! Where a round stands, what it left open, and what a full one did not list.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{AccountId, CalendarId, Event, ProviderEventId};

use super::{Fixture, event, exception, master, now, put, timed};
use crate::{
    FollowUp, FollowUpKind, InstanceRow, NewOccurrence, Round, RoundState, StoreError, SyncRun,
    Write,
};

fn window() -> (DateTime<Utc>, DateTime<Utc>) {
    (now() - TimeDelta::days(10), now() + TimeDelta::days(10))
}

fn state(fixture: &Fixture, calendar: CalendarId) -> RoundState {
    fixture
        .store
        .read(|read| read.find_round(calendar))
        .expect("a read")
        .expect("the calendar")
}

fn instance(id: &str, series: &str, day: i64) -> InstanceRow {
    let start = now() + TimeDelta::days(day);
    InstanceRow {
        id: id.into(),
        series: series.into(),
        all_day: false,
        start,
        end: start + TimeDelta::hours(1),
    }
}

#[test]
fn a_round_goes_from_its_first_page_to_the_token_of_the_next() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    assert_eq!(
        state(&fixture, calendar),
        RoundState {
            sync_token: None,
            round: None,
            page_cursor: None,
            generation: 0,
            window: None
        }
    );
    fixture.write(|write| write.begin_full_round(calendar, Round::Full, window()));
    let begun = RoundState {
        sync_token: None,
        round: Some(Round::Full),
        page_cursor: None,
        generation: 1,
        window: Some(window()),
    };
    assert_eq!(state(&fixture, calendar), begun);
    fixture.write(|write| write.put_page_cursor(calendar, Round::Full, "page 2"));
    let going = RoundState {
        page_cursor: Some("page 2".to_owned()),
        ..begun.clone()
    };
    assert_eq!(state(&fixture, calendar), going);
    fixture.write(|write| write.finish_round(calendar, "token"));
    let done = RoundState {
        sync_token: Some("token".to_owned()),
        round: None,
        ..begun
    };
    assert_eq!(state(&fixture, calendar), done);
    fixture.write(|write| write.put_page_cursor(calendar, Round::Delta, "delta page"));
    assert_eq!(state(&fixture, calendar).round, Some(Round::Delta));
    assert_eq!(
        state(&fixture, calendar).sync_token.as_deref(),
        Some("token"),
        "two different cursors"
    );
    fixture.write(|write| write.forget_round(calendar));
    let forgotten = RoundState {
        sync_token: None,
        ..done
    };
    assert_eq!(state(&fixture, calendar), forgotten);
    fixture.write(|write| write.begin_full_round(calendar, Round::Confirm, window()));
    assert_eq!(state(&fixture, calendar).generation, 2);
    assert_eq!(state(&fixture, calendar).round, Some(Round::Confirm));
    let missing = fixture.store.read(|read| read.find_round(CalendarId(99)));
    assert_eq!(missing.expect("a read"), None);
}

#[test]
fn a_page_and_its_cursor_land_together_or_not_at_all() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    fixture.write(|write| write.begin_full_round(calendar, Round::Full, window()));
    let cut_off = fixture.store.write(|write| {
        put(write, calendar, account, &event("e"), 1)?;
        write.put_page_cursor(calendar, Round::Full, "page 2")?;
        Err::<(), _>(StoreError::Disk)
    });
    assert!(cut_off.is_err());
    assert_eq!(state(&fixture, calendar).page_cursor, None);
    let events = fixture.store.read(|read| read.count_events());
    assert_eq!(events.expect("a read"), 0);
}

#[test]
fn a_question_is_asked_once_and_closed_once() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let ask = |id: &str, kind| FollowUp {
        event: id.into(),
        kind,
    };
    let open = || {
        fixture
            .store
            .read(|read| read.follow_ups(calendar))
            .expect("a read")
    };
    fixture.write(|write| {
        for _ in 0..2 {
            write.put_follow_up(calendar, &ask("b", FollowUpKind::Instances))?;
            write.put_follow_up(calendar, &ask("a", FollowUpKind::Instances))?;
            write.put_follow_up(calendar, &ask("b", FollowUpKind::Event))?;
        }
        Ok(())
    });
    assert_eq!(
        open(),
        [
            ask("b", FollowUpKind::Event),
            ask("a", FollowUpKind::Instances),
            ask("b", FollowUpKind::Instances)
        ]
    );
    fixture.write(|write| write.remove_follow_up(calendar, &ask("b", FollowUpKind::Instances)));
    assert_eq!(
        open(),
        [
            ask("b", FollowUpKind::Event),
            ask("a", FollowUpKind::Instances)
        ]
    );
}

#[test]
fn an_instance_that_comes_again_as_it_was_is_no_change() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let put = |instance: &InstanceRow, generation| {
        fixture.write(|write| write.put_instance(calendar, instance, generation))
    };
    let first = instance("i", "m", 0);
    assert!(put(&first, 1));
    assert!(!put(&first, 2));
    let mut moved = instance("i", "m", 1);
    assert!(put(&moved, 2));
    moved.all_day = true;
    assert!(!put(&moved, 2), "that it has from its master");
    moved.series = "n".into();
    assert!(put(&moved, 2));
    let found = fixture
        .store
        .read(|read| {
            Ok((
                read.find_instance(calendar, &"i".into())?,
                read.instances(calendar, &"m".into())?,
                read.instances(calendar, &"n".into())?,
            ))
        })
        .expect("a read");
    assert_eq!(found, (Some(moved.clone()), Vec::new(), vec![moved]));
    assert!(fixture.write(|write| write.remove_instance(calendar, &"i".into())));
    assert!(!fixture.write(|write| write.remove_instance(calendar, &"i".into())));
}

/// Puts an event of an hour on the day so far from now.
fn put_on(
    write: &Write<'_>,
    calendar: CalendarId,
    account: AccountId,
    event: Event,
    day: i64,
    generation: i64,
) -> Result<(), StoreError> {
    let start = now() + TimeDelta::days(day);
    let end = start + TimeDelta::hours(1);
    let event = Event {
        when: timed(&start.to_rfc3339(), &end.to_rfc3339()),
        ..event
    };
    put(write, calendar, account, &event, generation).map(drop)
}

#[test]
fn only_rows_inside_of_the_window_can_be_missed_by_a_full_round() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    fixture.write(|write| {
        write.begin_full_round(calendar, Round::Full, window())?;
        for (id, day) in [
            ("inside", 0),
            ("listed", 0),
            ("before", -11),
            ("after", 10),
            ("unreadable now", 1),
        ] {
            put_on(write, calendar, account, event(id), day, 1)?;
        }
        put_on(write, calendar, account, exception("moved out", "m"), 30, 1)?;
        let edge = window().0;
        for (id, start) in [
            ("ends at the edge", edge - TimeDelta::hours(1)),
            ("a moment at the edge", edge),
        ] {
            let when = timed(&start.to_rfc3339(), &edge.to_rfc3339());
            put(write, calendar, account, &Event { when, ..event(id) }, 1)?;
        }
        put_on(write, calendar, account, master("old master"), -100, 1)?;
        put_on(write, calendar, account, master("master inside"), -100, 1)?;
        put_on(write, calendar, account, master("master outside"), -100, 1)?;
        for (id, day) in [("master inside", 3), ("master outside", -50)] {
            let found = write.find_event(calendar, &id.into())?.expect("the master");
            let start = now() + TimeDelta::days(day);
            let occurrence = NewOccurrence {
                event: found.id,
                instance_id: format!("{id} 1"),
                all_day: false,
                start,
                end: start + TimeDelta::hours(1),
            };
            write.put_occurrences(calendar, found.id, &[occurrence], "2026a")?;
        }
        write.begin_full_round(calendar, Round::Full, window())?;
        put_on(write, calendar, account, event("listed"), 0, 2)?;
        put_on(write, calendar, account, event("new"), 0, 2)?;
        write.keep_event(calendar, &"unreadable now".into(), 2)
    });
    let (unlisted, before) = fixture
        .store
        .read(|read| {
            Ok((
                read.unlisted_events(calendar)?,
                read.count_before_round(calendar)?,
            ))
        })
        .expect("a read");
    let wanted: Vec<ProviderEventId> = [
        "inside",
        "a moment at the edge",
        "old master",
        "master inside",
    ]
    .map(ProviderEventId::from)
    .into();
    assert_eq!(unlisted, wanted);
    assert_eq!(before, 6, "those, the listed one and the unreadable one");
}

#[test]
fn instances_that_a_full_round_did_not_list_are_forgotten_inside_of_its_window() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let lost = fixture.write(|write| {
        write.begin_full_round(calendar, Round::Full, window())?;
        for (id, series, day) in [
            ("a1", "a", 0),
            ("a2", "a", 7),
            ("a3", "a", 30),
            ("b1", "b", 1),
            ("b2", "b", 2),
            ("c1", "c", -30),
            ("d1", "d", 3),
            ("e1", "e", 4),
        ] {
            write.put_instance(calendar, &instance(id, series, day), 1)?;
        }
        // What became of a series that is not listed is asked before anything of it goes.
        put_on(write, calendar, account, master("d"), 3, 1)?;
        put_on(write, calendar, account, master("e"), 4, 1)?;
        write.begin_full_round(calendar, Round::Full, window())?;
        write.put_instance(calendar, &instance("a1", "a", 0), 2)?;
        put_on(write, calendar, account, master("e"), 4, 2)?;
        write.remove_unlisted_instances(calendar)
    });
    let lost: Vec<String> = lost.into_iter().map(|instance| instance.id.0).collect();
    assert_eq!(lost, ["b1", "b2", "e1", "a2"], "by start");
    let left: Vec<String> = fixture
        .store
        .read(|read| {
            let mut all = Vec::new();
            for series in ["a", "b", "c", "d", "e"] {
                all.extend(read.instances(calendar, &series.into())?);
            }
            Ok(all)
        })
        .expect("a read")
        .into_iter()
        .map(|instance| instance.id.0)
        .collect();
    assert_eq!(left, ["a1", "a3", "c1", "d1"]);
}

#[test]
fn an_item_is_set_aside_once_and_released_once_it_can_be_read() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let count = || {
        fixture
            .store
            .read(|read| read.count_quarantined(calendar))
            .expect("a read")
    };
    for raw in ["{", "[["] {
        fixture.write(|write| write.quarantine(calendar, "x", raw, "not the schema", now()));
        assert_eq!(count(), 1);
    }
    let raw: String = fixture
        .raw()
        .query_row("SELECT raw FROM quarantined_items", [], |row| row.get(0))
        .expect("a row");
    assert_eq!(raw, "[[", "the last one counts");
    fixture.write(|write| write.release_quarantined(calendar, &"x".into()));
    assert_eq!(count(), 0);
}

#[test]
fn how_a_round_went_is_kept() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let run = SyncRun {
        full: true,
        started_at: now(),
        duration: TimeDelta::milliseconds(1234),
        pages: 3,
        calls: 5,
        bytes: u64::MAX,
        added: 7,
        updated: 8,
        removed: 9,
        outcome: "ok",
    };
    let delta = SyncRun {
        full: false,
        ..run.clone()
    };
    fixture.write(|write| {
        write.insert_sync_run(calendar, &run)?;
        write.insert_sync_run(calendar, &delta)
    });
    let kept: Vec<(String, i64, i64, i64)> = fixture
        .raw()
        .prepare("SELECT kind, duration_ms, bytes, removed FROM sync_runs ORDER BY id")
        .expect("a query")
        .query_map([], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .expect("rows")
        .collect::<Result<_, _>>()
        .expect("a row");
    let row = |kind: &str| (kind.to_owned(), 1234, i64::MAX, 9);
    assert_eq!(kept, [row("full"), row("delta")]);
}
