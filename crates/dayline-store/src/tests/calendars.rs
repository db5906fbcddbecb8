//! Calendars as their provider lists them, beside what the user chose.

use std::collections::BTreeMap;

use dayline_model::{AccountId, Calendar, Category, ProviderKind};

use super::{Fixture, add_account, calendar, event, exception, now};
use crate::{CalendarRow, Derived, FollowUp, FollowUpKind, InstanceRow, Round};

fn rows(fixture: &Fixture) -> Vec<CalendarRow> {
    fixture
        .store
        .read(|read| read.calendars())
        .expect("calendars")
}

fn list(fixture: &Fixture, account: AccountId, listed: &[Calendar]) -> bool {
    fixture
        .write(|write| write.put_calendars(account, listed, |calendar| calendar.is_selected, now()))
}

#[test]
fn a_calendar_comes_back_as_it_was_listed() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let listed = Calendar {
        is_primary: true,
        can_edit: false,
        access_role: "freeBusyReader".to_owned(),
        owner: Some("Charles".to_owned()),
        zone: Some("Europe/Berlin".to_owned()),
        ..calendar("c")
    };
    assert!(list(&fixture, account, std::slice::from_ref(&listed)));
    let row = rows(&fixture).remove(0);
    assert_eq!(row.calendar, listed);
    assert!(row.is_connected && row.is_visible);
    assert_eq!(row.account, account);
    assert_eq!((row.last_synced_at, row.last_error), (None, None));
    let found = fixture
        .store
        .read(|read| Ok((read.find_calendar(row.id)?, read.find_account(account)?)))
        .expect("a read");
    assert_eq!(found.0.map(|row| row.calendar), Some(listed));
    let account = found.1.expect("the account");
    assert_eq!(account.calendars_listed_at, Some(now()));
}

#[test]
fn listing_again_keeps_what_the_user_chose() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let listed = [calendar("a"), calendar("b")];
    list(&fixture, account, &listed);
    let (a, b) = (rows(&fixture)[0].id, rows(&fixture)[1].id);
    fixture.write(|write| write.set_calendar_connected(a, false));
    fixture.write(|write| write.set_calendar_visible(b, false));

    assert!(!list(&fixture, account, &listed), "nothing is different");
    let renamed = Calendar {
        name: "Another name".to_owned(),
        color: "#000000".to_owned(),
        ..calendar("a")
    };
    assert!(list(&fixture, account, &[renamed, calendar("b")]));

    let after = rows(&fixture);
    assert_eq!((after[0].id, after[1].id), (a, b));
    assert_eq!(after[0].calendar.name, "Another name");
    assert!(!after[0].is_connected, "still disconnected");
    assert!(!after[1].is_visible, "still hidden");
}

#[test]
fn new_calendars_are_connected_where_it_was_said() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let unselected = Calendar {
        is_selected: false,
        ..calendar("b")
    };
    list(&fixture, account, &[calendar("a"), unselected]);
    let connected: Vec<bool> = rows(&fixture).iter().map(|row| row.is_connected).collect();
    assert_eq!(connected, [true, false]);
}

#[test]
fn a_calendar_that_is_gone_goes_with_its_events() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let other = fixture.write(|write| add_account(write, ProviderKind::Google, "c@example.com"));
    let ids = fixture.calendars(account, &["a", "b"]);
    let foreign = fixture.calendar(other);
    for (calendar, account) in [(ids[0], account), (ids[1], account), (foreign, other)] {
        fixture.put(calendar, account, &event("e"));
    }
    assert!(list(&fixture, account, &[calendar("b")]));
    let left: Vec<_> = rows(&fixture).iter().map(|row| row.id).collect();
    assert_eq!(left, [ids[1], foreign]);
    let events = fixture.store.read(|read| read.count_events());
    assert_eq!(events.expect("a read"), 2);
}

#[test]
fn the_primary_calendar_comes_first_then_the_providers_order() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let primary = Calendar {
        is_primary: true,
        ..calendar("p")
    };
    let order = || -> Vec<String> {
        let rows = rows(&fixture).into_iter();
        rows.map(|row| row.calendar.id.0).collect()
    };
    let listed = [calendar("z"), calendar("a"), primary.clone()];
    assert!(list(&fixture, account, &listed));
    assert_eq!(order(), ["p", "z", "a"]);
    assert!(!list(&fixture, account, &listed));
    let moved = [calendar("a"), calendar("z"), primary];
    assert!(list(&fixture, account, &moved), "a new order is a change");
    assert_eq!(order(), ["p", "a", "z"]);
}

#[test]
fn ids_that_differ_by_case_are_two_calendars_and_two_events() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let ids = fixture.calendars(account, &["AAMkA", "AAMka"]);
    assert_eq!(ids.len(), 2);
    let one = fixture.put(ids[0], account, &event("AQ=="));
    let two = fixture.put(ids[0], account, &event("aq=="));
    assert_ne!(one, two);
}

#[test]
fn disconnecting_takes_everything_of_a_calendar_off_this_computer() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let ids = fixture.calendars(account, &["a", "b"]);
    for id in &ids {
        fixture.put(*id, account, &event("single"));
        fixture.put(*id, account, &exception("exception", "master"));
        fixture.write(|write| {
            let span = (now(), now());
            write.begin_full_round(*id, Round::Full, span)?;
            write.finish_round(*id, "token")?;
            write.set_calendar_synced(*id, now())?;
            write.put_instance(
                *id,
                &InstanceRow {
                    id: "instance".into(),
                    series: "master".into(),
                    all_day: false,
                    start: now(),
                    end: now(),
                },
                1,
            )?;
            write.put_follow_up(
                *id,
                &FollowUp {
                    event: "master".into(),
                    kind: FollowUpKind::Event,
                },
            )?;
            write.quarantine(*id, "broken", "{", "not the schema", now())
        });
    }

    assert!(fixture.write(|write| write.set_calendar_connected(ids[0], false)));

    let raw = fixture.raw();
    for table in [
        "calendar_events",
        "series_instances",
        "follow_ups",
        "quarantined_items",
    ] {
        let left: BTreeMap<i64, i64> = raw
            .prepare(&format!(
                "SELECT calendar_connection_id, count(*) FROM {table} GROUP BY 1"
            ))
            .expect("a query")
            .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
            .expect("rows")
            .collect::<Result<_, _>>()
            .expect("a row");
        assert!(!left.contains_key(&ids[0].0), "{table}");
        assert!(left.contains_key(&ids[1].0), "{table} of the other one");
    }
    let (round, row) = fixture
        .store
        .read(|read| Ok((read.find_round(ids[0])?, read.find_calendar(ids[0])?)))
        .expect("a read");
    let round = round.expect("the calendar stays listed");
    assert_eq!((round.sync_token, round.window), (None, None));
    assert_eq!(row.expect("the calendar").last_synced_at, None);
    let missing = dayline_model::CalendarId(99);
    assert!(!fixture.write(|write| write.set_calendar_connected(missing, true)));
    assert!(!fixture.write(|write| write.set_calendar_visible(missing, true)));
}

#[test]
fn a_failed_round_is_told_until_one_works() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let id = fixture.calendar(account);
    let load = || {
        fixture
            .store
            .read(|read| read.find_calendar(id))
            .expect("a read")
            .expect("the calendar")
    };
    fixture.write(|write| write.set_calendar_error(id, Some("Google cannot be reached.")));
    assert_eq!(
        load().last_error.as_deref(),
        Some("Google cannot be reached.")
    );
    fixture.write(|write| write.set_calendar_synced(id, now()));
    assert_eq!(load().last_error, None);
    assert_eq!(load().last_synced_at, Some(now()));
}

#[test]
fn a_category_that_is_gone_from_the_list_stays_on_its_events_without_colour() {
    let fixture = Fixture::new();
    let account = fixture.account();
    let calendar = fixture.calendar(account);
    let category = |name: &str, color: &str| Category {
        name: name.to_owned(),
        color: color.to_owned(),
    };
    let carrying = dayline_model::Event {
        categories: vec!["mine".to_owned(), "listed".to_owned(), "gone".to_owned()],
        ..event("e")
    };
    let shown = |title: &str| {
        fixture.write(|write| {
            let id = write
                .find_event(calendar, &"e".into())?
                .expect("the event")
                .id;
            let occurrence = crate::NewOccurrence {
                event: id,
                instance_id: title.to_owned(),
                all_day: false,
                start: now(),
                end: now(),
            };
            write.put_occurrences(calendar, id, &[occurrence], "2026a")?;
            Ok(write
                .find_occurrence(calendar, title)?
                .expect("the occurrence")
                .categories)
        })
    };
    fixture.write(|write| {
        write.put_categories(
            account,
            &[category("listed", "#111111"), category("gone", "#222222")],
        )?;
        write.upsert_event(
            calendar,
            account,
            &carrying,
            &Derived::default(),
            1,
            1,
            now(),
        )
    });
    let colored = |color: Option<&str>, gone: Option<&str>| {
        vec![
            ("mine".to_owned(), None),
            ("listed".to_owned(), color.map(str::to_owned)),
            ("gone".to_owned(), gone.map(str::to_owned)),
        ]
    };
    assert_eq!(shown("before"), colored(Some("#111111"), Some("#222222")));
    fixture.write(|write| write.put_categories(account, &[category("listed", "#333333")]));
    assert_eq!(shown("after"), colored(Some("#333333"), None));
}
