//! What is put is what is loaded.

use chrono::{NaiveDate, TimeDelta};
use dayline_model::{
    Attachment, Attendee, AttendeeRole, Body, Event, EventKind, EventType, Importance,
    OriginalStart, ParticipationStatus, Person, Place, ProviderEventId, Reminder, ReminderMethod,
    Reminders, Sensitivity, ShowAs, Status, When, Zone, ZonedTime,
};
use proptest::prelude::*;

use super::{Fixture, at, event, exception, master, now, put, timed};
use crate::{Derived, EventRow, InstanceRow, LinkRow, Round, UpsertOutcome};

/// An event with something in every field.
fn rich() -> (Event, Derived) {
    let time = |local: &str| ZonedTime {
        local: local.parse().expect("a wall time"),
        zone: Zone::parse("W. Europe Standard Time"),
    };
    let event = Event {
        ical_uid: Some("040000008200E00074C5B7101A82E008".to_owned()),
        kind: EventKind::SeriesMaster {
            recurrence: vec![
                "RRULE:FREQ=WEEKLY;BYDAY=MO".to_owned(),
                "EXDATE;TZID=Europe/Berlin:20261123T090000".to_owned(),
            ],
        },
        title: "Größe & <b>Maß</b> 😀".to_owned(),
        body: Some(Body::Html("<p>Hallo</p>".to_owned())),
        location: Some("Raum 1".to_owned()),
        when: When::Timed {
            start: time("2026-11-16T09:00:00"),
            end: time("2026-11-16T09:30:00"),
        },
        status: Status::Tentative,
        show_as: ShowAs::OutOfOffice,
        sensitivity: Sensitivity::Private,
        response: ParticipationStatus::Accepted,
        importance: Importance::High,
        categories: vec!["Kunde A".to_owned(), "wichtig".to_owned()],
        organizer: Some(Person {
            name: Some("Charles".to_owned()),
            email: None,
        }),
        attendees: vec![
            Attendee {
                person: Person {
                    name: Some("Ada".to_owned()),
                    email: Some("ada@example.com".to_owned()),
                },
                role: AttendeeRole::Required,
                status: ParticipationStatus::Organizer,
                comment: Some("Looking forward".to_owned()),
                additional_guests: 2,
                answered_at: Some(at("2026-11-01T10:00:00Z")),
            },
            Attendee {
                person: Person {
                    name: None,
                    email: Some("room@example.com".to_owned()),
                },
                role: AttendeeRole::Resource,
                status: ParticipationStatus::NeedsAction,
                ..Attendee::default()
            },
        ],
        event_type: EventType::FocusTime,
        places: vec![
            Place {
                name: Some("Room 1".to_owned()),
                email: Some("room@example.com".to_owned()),
                ..Place::default()
            },
            Place {
                address: Some("Main Street 1".to_owned()),
                uri: Some("https://example.com/map".to_owned()),
                ..Place::default()
            },
        ],
        reminders: Reminders {
            use_default: true,
            own: vec![
                Reminder {
                    method: ReminderMethod::Email,
                    minutes: 5,
                },
                Reminder {
                    method: ReminderMethod::Popup,
                    minutes: 60,
                },
                Reminder {
                    method: ReminderMethod::Popup,
                    minutes: 15,
                },
            ],
        },
        color: Some("#123456".to_owned()),
        has_attachments: true,
        attachments: Some(vec![Attachment {
            name: "agenda.pdf".to_owned(),
            url: Some("https://example.com/agenda.pdf".to_owned()),
            media_type: Some("application/pdf".to_owned()),
            size: Some(1024),
        }]),
        html_link: Some("https://outlook.example.com/1".to_owned()),
        etag: Some("W/\"1\"".into()),
        raw: Some(r#"{"x":1}"#.to_owned()),
        ..event("rich")
    };
    let link = |url: &str, service: &str| LinkRow {
        url: url.to_owned(),
        service: service.to_owned(),
        source: "body".to_owned(),
        label: None,
    };
    let derived = Derived {
        links: vec![
            link("https://teams.microsoft.com/l/meetup-join/1", "teams"),
            link("https://zoom.us/j/1", "zoom"),
        ],
        is_teams: true,
        meeting_id: Some("987".to_owned()),
        passcode: Some("secret".to_owned()),
        dial_in: Some("+49 30 1".to_owned()),
        dial_in_url: Some("https://dialin.example.com".to_owned()),
        conference_id: Some("123 456".to_owned()),
    };
    (event, derived)
}

/// A [`Fixture`] with one connected calendar.
struct Case {
    fixture: Fixture,
    account: dayline_model::AccountId,
    calendar: dayline_model::CalendarId,
}

impl Case {
    fn new() -> Self {
        let fixture = Fixture::new();
        let account = fixture.account();
        let calendar = fixture.calendar(account);
        Self {
            fixture,
            account,
            calendar,
        }
    }

    fn upsert(
        &self,
        event: &Event,
        derived: &Derived,
        mark: i64,
        generation: i64,
    ) -> UpsertOutcome {
        self.fixture.write(|write| {
            write.upsert_event(
                self.calendar,
                self.account,
                event,
                derived,
                mark,
                generation,
                now(),
            )
        })
    }

    fn load(&self, outcome: UpsertOutcome) -> EventRow {
        self.fixture
            .store
            .read(|read| read.load_event(outcome.id()))
            .expect("a read")
            .expect("the event")
    }

    fn unlisted(&self) -> Vec<ProviderEventId> {
        self.fixture
            .store
            .read(|read| read.unlisted_events(self.calendar))
            .expect("a read")
    }
}

/// Says that `row` is `event` with `derived`.
fn same(row: &EventRow, event: &Event, derived: &Derived) {
    assert_eq!(row.core.provider_id, event.id);
    assert_eq!(row.core.kind, event.kind);
    assert_eq!(row.core.when, event.when);
    assert_eq!(row.core.status, event.status);
    assert_eq!(row.title, event.title);
    assert_eq!(row.body, event.body);
    assert_eq!(row.location, event.location);
    assert_eq!(row.show_as, event.show_as);
    assert_eq!(row.sensitivity, event.sensitivity);
    assert_eq!(row.response, event.response);
    assert_eq!(row.importance, event.importance);
    assert_eq!(row.organizer, event.organizer);
    assert_eq!(row.attendees, event.attendees);
    assert_eq!(&row.derived, derived);
    assert_eq!(row.html_link, event.html_link);
    assert_eq!(row.event_type, event.event_type);
    assert_eq!(row.places, event.places);
    assert_eq!(row.reminders, event.reminders);
    assert_eq!(row.color, event.color);
    assert_eq!(row.has_attachments, event.has_attachments);
    assert_eq!(
        row.attachments,
        event.attachments.clone().unwrap_or_default()
    );
}

#[test]
fn a_full_event_comes_back_as_it_was_put() {
    let case = Case::new();
    let (event, derived) = rich();
    let outcome = case.upsert(&event, &derived, 1, 1);
    assert!(matches!(outcome, UpsertOutcome::Added(_)));
    same(&case.load(outcome), &event, &derived);

    // What no view shows is kept too.
    let kept: (String, Option<i32>, String, String, String, i64, i64) = case
        .fixture
        .raw()
        .query_row(
            "SELECT ical_uid, reminder_minutes, etag, raw, teams_meeting_url, start_ms, end_ms
             FROM calendar_events",
            [],
            |row| {
                Ok((
                    row.get(0)?,
                    row.get(1)?,
                    row.get(2)?,
                    row.get(3)?,
                    row.get(4)?,
                    row.get(5)?,
                    row.get(6)?,
                ))
            },
        )
        .expect("a row");
    let (uid, reminder, etag, raw, teams, start, end) = kept;
    assert_eq!(Some(uid), event.ical_uid);
    assert_eq!(reminder, Some(15), "the nearest pop-up");
    assert_eq!(etag, "W/\"1\"");
    assert_eq!(Some(raw), event.raw);
    assert_eq!(teams, "https://teams.microsoft.com/l/meetup-join/1");
    assert_eq!(start, at("2026-11-16T08:00:00Z").timestamp_millis());
    assert_eq!(end, at("2026-11-16T08:30:00Z").timestamp_millis());
}

#[test]
fn nothing_of_an_event_is_left_once_it_has_become_another() {
    let case = Case::new();
    let (full, derived) = rich();
    let plain = event("rich");
    let added = case.upsert(&full, &derived, 1, 1);
    let updated = case.upsert(&plain, &Derived::default(), 2, 1);
    assert_eq!(updated, UpsertOutcome::Updated(added.id()));
    same(&case.load(updated), &plain, &Derived::default());
    let left: i64 = case
        .fixture
        .raw()
        .query_row(
            "SELECT (SELECT count(*) FROM event_links) + (SELECT count(*) FROM event_attendees)
                 + (SELECT count(*) FROM event_categories)
                 + (SELECT count(*) FROM calendar_events WHERE ical_uid IS NOT NULL
                     OR reminder_minutes IS NOT NULL OR etag IS NOT NULL OR raw IS NOT NULL
                     OR teams_meeting_url IS NOT NULL OR recurrence_rule IS NOT NULL)",
            [],
            |row| row.get(0),
        )
        .expect("a count");
    assert_eq!(left, 0);
    let again = case.upsert(&full, &derived, 3, 1);
    same(&case.load(again), &full, &derived);
}

#[test]
fn the_same_fingerprint_changes_nothing_but_counts_as_listed() {
    let case = Case::new();
    let (event, derived) = rich();
    let added = case.upsert(&event, &derived, 5, 1);
    case.fixture.write(|write| {
        let window = (now() - TimeDelta::days(30), now() + TimeDelta::days(30));
        write.begin_full_round(case.calendar, Round::Full, window)
    });
    let before = case.load(added);
    assert_eq!(case.unlisted().len(), 0, "generation 1 is this round");
    case.fixture.write(|write| {
        let window = (now() - TimeDelta::days(30), now() + TimeDelta::days(30));
        write.begin_full_round(case.calendar, Round::Full, window)
    });
    assert_eq!(case.unlisted(), [ProviderEventId::from("rich")]);
    let other_title = Event {
        title: "not looked at".to_owned(),
        ..event
    };
    let outcome = case.upsert(&other_title, &derived, 5, 2);
    assert_eq!(outcome, UpsertOutcome::Unchanged(added.id()));
    assert!(!outcome.changed());
    assert_eq!(case.load(outcome), before);
    assert_eq!(case.unlisted().len(), 0);
}

#[test]
fn each_part_in_a_series_comes_back() {
    let case = Case::new();
    let original = |start| EventKind::Exception {
        series: "master".into(),
        original_start: start,
    };
    let date = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a date");
    for kind in [
        EventKind::Single,
        EventKind::SeriesMaster {
            recurrence: vec!["RRULE:FREQ=DAILY;COUNT=3".to_owned()],
        },
        EventKind::SeriesMaster {
            recurrence: Vec::new(),
        },
        original(None),
        original(Some(OriginalStart::Instant(at("2026-11-23T08:00:00Z")))),
        original(Some(OriginalStart::Instant(at("2026-11-23T08:00:00.25Z")))),
        original(Some(OriginalStart::Date(date))),
    ] {
        let wanted = Event {
            kind: kind.clone(),
            ..event("e")
        };
        let outcome = case.upsert(&wanted, &Derived::default(), 0, 1);
        assert_eq!(case.load(outcome).core.kind, kind);
        case.fixture
            .write(|write| write.remove_event(case.calendar, &"e".into()));
    }
}

#[test]
fn every_word_of_every_enum_comes_back() {
    let case = Case::new();
    let states = [Status::Tentative, Status::Confirmed, Status::Cancelled];
    let shown = [
        ShowAs::Free,
        ShowAs::Tentative,
        ShowAs::Busy,
        ShowAs::OutOfOffice,
        ShowAs::WorkingElsewhere,
    ];
    let secrecy = [
        Sensitivity::Normal,
        Sensitivity::Personal,
        Sensitivity::Private,
        Sensitivity::Confidential,
    ];
    let answers = [
        ParticipationStatus::None,
        ParticipationStatus::Organizer,
        ParticipationStatus::Accepted,
        ParticipationStatus::Tentative,
        ParticipationStatus::Declined,
        ParticipationStatus::NeedsAction,
    ];
    let weights = [Importance::Low, Importance::Normal, Importance::High];
    let roles = [
        AttendeeRole::Required,
        AttendeeRole::Optional,
        AttendeeRole::Resource,
    ];
    for turn in 0..6 {
        let wanted = Event {
            status: states[turn % states.len()],
            show_as: shown[turn % shown.len()],
            sensitivity: secrecy[turn % secrecy.len()],
            response: answers[turn],
            importance: weights[turn % weights.len()],
            attendees: vec![Attendee {
                person: Person::default(),
                role: roles[turn % roles.len()],
                status: answers[turn],
                ..Attendee::default()
            }],
            ..event(&format!("e{turn}"))
        };
        let outcome = case.upsert(&wanted, &Derived::default(), 1, 1);
        same(&case.load(outcome), &wanted, &Derived::default());
    }
}

#[test]
fn local_time_is_kept_where_it_has_no_or_two_instants_or_an_unknown_zone() {
    let case = Case::new();
    for (number, (local, zone)) in [
        ("2026-03-29T02:30:00", "Europe/Berlin"),
        ("2026-10-25T02:30:00", "Europe/Berlin"),
        ("2026-11-20T09:00:00", "Customized Time Zone"),
        ("2026-11-20T09:00:00", ""),
        ("2026-11-20T09:00:00.123", "UTC"),
        ("0001-01-01T00:00:00", "Asia/Tokyo"),
        ("9999-12-31T23:59:59", "America/New_York"),
    ]
    .into_iter()
    .enumerate()
    {
        let time = ZonedTime {
            local: local.parse().expect("a wall time"),
            zone: Zone::parse(zone),
        };
        let wanted = Event {
            when: When::Timed {
                start: time.clone(),
                end: time,
            },
            ..event(&format!("e{number}"))
        };
        let outcome = case.upsert(&wanted, &Derived::default(), 1, 1);
        assert_eq!(case.load(outcome).core.when, wanted.when, "{local} {zone}");
    }
}

#[test]
fn a_master_goes_with_its_exceptions_and_instances_and_with_nothing_else() {
    let case = Case::new();
    let instance = |id: &str, series: &str| InstanceRow {
        id: id.into(),
        series: series.into(),
        all_day: false,
        start: now(),
        end: now(),
    };
    case.fixture.write(|write| {
        for event in [
            master("m1"),
            master("m2"),
            exception("x1", "m1"),
            exception("x2", "m2"),
            event("s"),
        ] {
            put(write, case.calendar, case.account, &event, 1)?;
        }
        write.put_instance(case.calendar, &instance("i1", "m1"), 1)?;
        write.put_instance(case.calendar, &instance("i2", "m2"), 1)
    });
    let remove = |id: &str| {
        case.fixture
            .write(|write| write.remove_event(case.calendar, &id.into()))
    };
    assert!(remove("m1"));
    assert!(!remove("m1"), "it is gone");
    let (kinds, first, second) = case
        .fixture
        .store
        .read(|read| {
            Ok((
                read.event_kinds(case.calendar)?,
                read.instances(case.calendar, &"m1".into())?,
                read.instances(case.calendar, &"m2".into())?,
            ))
        })
        .expect("a read");
    let left: Vec<String> = kinds.into_iter().map(|(id, _)| id.0).collect();
    assert_eq!(left, ["m2", "x2", "s"]);
    assert_eq!(first.len(), 0);
    assert_eq!(second, [instance("i2", "m2")]);
    assert!(remove("x2"));
    let exceptions = case
        .fixture
        .store
        .read(|read| read.exceptions(case.calendar, &"m2".into()));
    assert_eq!(exceptions.expect("a read").len(), 0);
}

#[test]
fn an_event_that_nobody_knows_is_not_found() {
    let case = Case::new();
    let outcome = case.upsert(&event("e"), &Derived::default(), 1, 1);
    let (elsewhere, unknown) = case
        .fixture
        .store
        .read(|read| {
            Ok((
                read.find_event(dayline_model::CalendarId(99), &"e".into())?,
                read.load_event(dayline_model::EventId(outcome.id().0 + 1))?,
            ))
        })
        .expect("a read");
    assert_eq!(elsewhere, None);
    assert_eq!(unknown, None);
}

#[test]
fn a_word_that_makes_no_sense_is_an_error_and_no_event() {
    let case = Case::new();
    let outcome = case.upsert(&event("e"), &Derived::default(), 1, 1);
    case.fixture
        .raw()
        .execute(
            "UPDATE calendar_events SET start_local = 'yesterday' WHERE id = ?1",
            [outcome.id().0],
        )
        .expect("damage");
    let loaded = case
        .fixture
        .store
        .read(|read| read.load_event(outcome.id()));
    assert!(matches!(
        loaded,
        Err(crate::StoreError::Value("start_local"))
    ));
}

/// A person, without the one that is nobody.
fn some_person() -> impl Strategy<Value = Person> {
    (
        proptest::option::of("\\PC{0,12}"),
        proptest::option::of("\\PC{0,12}"),
    )
        .prop_map(|(name, email)| Person { name, email })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_people_write_comes_back(
        title in any::<String>(),
        text in proptest::option::of(any::<String>()),
        location in proptest::option::of(any::<String>()),
        categories in proptest::collection::btree_set("\\PC{1,10}", 0..4),
        people in proptest::collection::vec(some_person(), 0..4),
        lines in proptest::collection::vec("[^\\r\\n]{1,20}", 0..3),
    ) {
        let case = Case::new();
        let wanted = Event {
            title,
            body: text.map(Body::Text),
            location,
            categories: categories.into_iter().collect(),
            attendees: people
                .into_iter()
                .map(|person| Attendee {
                    person,
                    role: AttendeeRole::Optional,
                    status: ParticipationStatus::Declined,
                    ..Attendee::default()
                })
                .collect(),
            kind: EventKind::SeriesMaster { recurrence: lines },
            when: timed("2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"),
            ..event("e")
        };
        let outcome = case.upsert(&wanted, &Derived::default(), 1, 1);
        same(&case.load(outcome), &wanted, &Derived::default());
        let shown = case.fixture.write(|write| {
            let occurrence = crate::NewOccurrence {
                event: outcome.id(),
                instance_id: "e".to_owned(),
                all_day: false,
                start: now(),
                end: now(),
            };
            write.put_occurrences(case.calendar, outcome.id(), &[occurrence], "2026a")?;
            write.find_occurrence(case.calendar, "e")
        });
        let shown = shown.expect("the occurrence");
        let names: Vec<String> = shown.categories.into_iter().map(|(name, _)| name).collect();
        prop_assert_eq!(names, wanted.categories);
        prop_assert_eq!(shown.title, wanted.title);
    }
}
