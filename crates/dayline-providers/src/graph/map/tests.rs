use dayline_model::{
    AttendeeRole, OriginalStart, ParticipationStatus, Person, Place, Zone, ZonedTime,
};
use serde_json::json;

use super::*;
use crate::testing::utc;

/// A timed single event with `more` laid over it.
fn item(more: &Value) -> Value {
    let mut item = json!({
        "id": "AAMk1", "type": "singleInstance", "subject": "Review",
        "originalStartTimeZone": "W. Europe Standard Time",
        "originalEndTimeZone": "W. Europe Standard Time",
        "start": {"dateTime": "2026-07-01T07:00:00.0000000", "timeZone": "UTC"},
        "end": {"dateTime": "2026-07-01T08:00:00.0000000", "timeZone": "UTC"},
    });
    for (key, value) in more.as_object().unwrap() {
        item[key] = value.clone();
    }
    item
}

fn event(more: &Value) -> Event {
    match change(&item(more)) {
        Change::Upsert(event) => *event,
        other => panic!("no event: {other:?}"),
    }
}

fn at(local: &str, zone: &str) -> ZonedTime {
    ZonedTime {
        local: local.parse().unwrap(),
        zone: Zone::parse(zone),
    }
}

fn fixture(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

macro_rules! fixture {
    ($name:literal) => {
        fixture(include_str!(concat!(
            "../../../../../tests/fixtures/providers/",
            $name
        )))
    };
}

/// Events only, for snapshots.
fn events(items: &Value) -> Vec<Event> {
    let events = items.as_array().unwrap().iter().map(change);
    events
        .filter_map(|change| match change {
            Change::Upsert(event) => Some(*event),
            _ => None,
        })
        .collect()
}

#[test]
fn a_recorded_series_without_an_end_has_its_rule() {
    let open = events(&fixture!("graph/v1__group-list-events__01__response.json")["value"]);
    let rule = "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;WKST=SU".to_owned();
    assert_eq!(
        open[0].kind,
        EventKind::SeriesMaster {
            recurrence: vec![rule]
        }
    );
}

#[test]
fn recorded_events_without_type_are_what_their_series_says() {
    let view = fixture!("graph_fixtures/calendar1_calendar_view.json");
    let items = view["value"].as_array().unwrap();
    for (event, item) in events(&view["value"]).iter().zip(items) {
        let expected = match item["seriesMasterId"].as_str() {
            Some(id) => EventKind::Exception {
                series: id.into(),
                original_start: None,
            },
            None => EventKind::Single,
        };
        assert_eq!(event.kind, expected, "{}", event.title);
    }
    assert_eq!(events(&view["value"]).len(), items.len());
}

#[test]
fn recorded_instances_are_occurrences_and_an_exception() {
    let changes: Vec<_> = fixture!("graph/v1__event-list-instances__01__response.json")["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(change)
        .collect();
    let [Change::Upsert(exception), rest @ ..] = changes.as_slice() else {
        panic!("no exception first: {changes:?}")
    };
    let series = ProviderEventId::from("AAMkAGUzYRgWAAA=");
    assert_eq!(
        exception.kind,
        EventKind::Exception {
            series: series.clone(),
            original_start: None
        }
    );
    assert_eq!(rest.len(), 3);
    for change in rest {
        let Change::Instance(instance) = change else {
            panic!("no instance: {change:?}")
        };
        assert_eq!(instance.series, series);
        assert!(instance.etag.is_some());
    }
}

#[test]
fn a_tombstone_may_mean_that_the_event_left_the_window() {
    for reason in ["deleted", "changed", "new"] {
        let id = ProviderEventId::from("AAMk1");
        let tombstone = json!({"id": "AAMk1", "@removed": {"reason": reason}});
        assert_eq!(change(&tombstone), Change::Removed { id, certain: false });
    }
}

#[test]
fn the_type_and_the_series_decide_what_an_item_is() {
    let upsert = |more: Value| event(&more).kind;
    let series = || ProviderEventId::from("M");
    let exception = EventKind::Exception {
        series: series(),
        original_start: None,
    };
    assert_eq!(upsert(json!({})), EventKind::Single);
    assert_eq!(upsert(json!({"type": null})), EventKind::Single);
    assert_eq!(upsert(json!({"type": "somethingNew"})), EventKind::Single);
    assert_eq!(
        upsert(json!({"type": "exception", "seriesMasterId": "M"})),
        exception
    );
    assert_eq!(
        upsert(json!({"type": null, "seriesMasterId": "M"})),
        exception
    );
    // Others saw the series null: rather a single event than none.
    assert_eq!(
        upsert(json!({"type": "exception", "seriesMasterId": null})),
        EventKind::Single
    );
    assert_eq!(upsert(json!({"type": "occurrence"})), EventKind::Single);
    let master = EventKind::SeriesMaster {
        recurrence: vec!["RRULE:FREQ=DAILY".to_owned()],
    };
    let daily = json!({"pattern": {"type": "daily"}, "range": {"type": "noEnd"}});
    assert_eq!(
        upsert(json!({"type": "seriesMaster", "recurrence": daily})),
        master
    );
    assert_eq!(upsert(json!({"type": null, "recurrence": daily})), master);
}

#[test]
fn an_occurrence_is_an_instance_even_with_a_subject() {
    for more in [
        json!({"type": "occurrence", "seriesMasterId": "M"}),
        json!({"type": "occurrence", "seriesMasterId": "M", "subject": null}),
        json!({"type": null, "seriesMasterId": "M", "subject": null}),
    ] {
        let Change::Instance(instance) = change(&item(&more)) else {
            panic!("{more}")
        };
        assert_eq!(instance.series.as_str(), "M");
        assert_eq!(instance.id.as_str(), "AAMk1");
        let When::Timed { start, .. } = instance.when else {
            panic!("{more}")
        };
        assert_eq!(start, at("2026-07-01T09:00:00", "W. Europe Standard Time"));
    }
}

#[test]
fn an_item_without_id_or_times_is_set_aside_with_its_text() {
    for (more, id, reason) in [
        (json!({"id": null}), None, "no id"),
        (json!({"id": ""}), None, "no id"),
        (json!({"start": null}), Some("AAMk1"), "no start"),
        (
            json!({"start": {"dateTime": "soon"}}),
            Some("AAMk1"),
            "the start cannot be read",
        ),
        (
            json!({"type": "occurrence", "subject": null}),
            Some("AAMk1"),
            "an occurrence without its series",
        ),
    ] {
        let item = item(&more);
        let expected = Change::Unreadable {
            id: id.map(ProviderEventId::from),
            raw: item.to_string(),
            reason: reason.to_owned(),
        };
        assert_eq!(change(&item), expected);
    }
    for odd in [json!(null), json!("text"), json!([1])] {
        assert!(
            matches!(change(&odd), Change::Unreadable { id: None, .. }),
            "{odd}"
        );
    }
    let only_id = change(&json!({"id": "x"}));
    assert!(
        matches!(only_id, Change::Unreadable { id: Some(_), .. }),
        "{only_id:?}"
    );
}

#[test]
fn without_a_sensible_end_an_event_is_shown_at_its_start() {
    for end in [
        json!(null),
        json!(5),
        json!({"dateTime": "soon", "timeZone": "UTC"}),
        json!({"dateTime": "2026-07-01T06:59:59.0000000", "timeZone": "UTC"}),
    ] {
        let event = event(&json!({"end": end}));
        let start = at("2026-07-01T09:00:00", "W. Europe Standard Time");
        let expected = When::Timed {
            end: start.clone(),
            start,
        };
        assert_eq!(event.when, expected, "{end}");
        let raw: Value = serde_json::from_str(event.raw.as_deref().unwrap_or("{}")).unwrap();
        assert_eq!(raw["end"], end);
    }
}

#[test]
fn what_is_too_long_is_cut_and_named() {
    let long = "x".repeat(5000);
    let guest = json!({"emailAddress": {"name": "A"}});
    let event = event(&json!({
        "subject": long, "body": {"contentType": "text", "content": "y".repeat(5_000_000)},
        "categories": vec!["c"; 300], "attendees": vec![guest; 2001], "webLink": "z".repeat(20_000),
    }));
    assert_eq!(event.title.chars().count(), 4096);
    assert!(event.title.ends_with('…'));
    assert_eq!(event.body, Some(Body::Text("y".repeat(4 * 1024 * 1024))));
    assert_eq!((event.categories.len(), event.attendees.len()), (200, 2000));
    assert_eq!(event.html_link, None);
    let raw: Value = serde_json::from_str(&event.raw.unwrap()).unwrap();
    let cut = json!({"cut": ["body", "attendees", "categories", "subject", "webLink"]});
    assert_eq!(raw, cut);
}

#[test]
fn every_place_has_its_parts() {
    let place = |name: &str, address: Option<&str>, uri: Option<&str>, email: Option<&str>| Place {
        name: Some(name.to_owned()),
        address: address.map(str::to_owned),
        uri: uri.map(str::to_owned),
        email: email.map(str::to_owned),
    };
    let room = json!({
        "displayName": "Room 5", "locationEmailAddress": "r5@x.test", "locationUri": "https://x.test/r5",
        "address": {"street": "Main St 1", "city": "Redmond", "countryOrRegion": "US"},
    });
    let full = place(
        "Room 5",
        Some("Main St 1, Redmond, US"),
        Some("https://x.test/r5"),
        Some("r5@x.test"),
    );
    let cafe = place("Café", None, None, None);
    for (more, expected) in [
        (json!({}), vec![]),
        (
            json!({"location": {"displayName": "Café"}}),
            vec![cafe.clone()],
        ),
        (json!({"location": room.clone()}), vec![full.clone()]),
        (
            json!({"location": {"displayName": "Room 5; Café"}, "locations": [room, {"displayName": "Café"}]}),
            vec![full.clone(), cafe.clone()],
        ),
        (
            json!({"location": room, "locations": [{"displayName": "Café"}, {}]}),
            vec![full, cafe],
        ),
    ] {
        assert_eq!(event(&more).places, expected, "{more}");
    }
}

#[test]
fn an_answer_has_a_time_unless_there_never_was_one() {
    let answered = |time: &str| {
        let status = json!({"response": "accepted", "time": time});
        let event = event(&json!({"attendees": [
            {"type": "required", "status": status, "emailAddress": {"name": "A"}},
        ]}));
        (event.attendees[0].answered_at, event.raw.is_some())
    };
    let at = "2026-07-01T07:00:00Z";
    assert_eq!(answered(at), (Some(utc(at)), false));
    assert_eq!(answered("0001-01-01T00:00:00Z"), (None, false));
    assert_eq!(answered("soon"), (None, true));
}

#[test]
fn a_time_keeps_the_zone_in_which_it_was_written() {
    let start = |more: Value| match event(&more).when {
        When::Timed { start, .. } => start,
        When::AllDay { .. } => panic!("all day"),
    };
    assert_eq!(
        start(json!({})),
        at("2026-07-01T09:00:00", "W. Europe Standard Time")
    );
    // Unknown names stay, and the wall time is the one in UTC.
    for name in ["Customized Time Zone", "tzone://Microsoft/Custom"] {
        let start = start(json!({"originalStartTimeZone": name}));
        assert_eq!(start, at("2026-07-01T07:00:00", name));
        assert_eq!(start.utc(), utc("2026-07-01T07:00:00Z"));
    }
    assert_eq!(
        start(json!({"originalStartTimeZone": "tzone://Microsoft/Utc"})).utc(),
        utc("2026-07-01T07:00:00Z")
    );
    assert_eq!(
        start(json!({"originalStartTimeZone": ""})),
        at("2026-07-01T07:00:00", "UTC")
    );
    // An answer that ignored the wish for UTC.
    let tokyo = json!({
        "start": {"dateTime": "2026-07-01T16:00:00", "timeZone": "Tokyo Standard Time"},
    });
    assert_eq!(
        start(tokyo),
        at("2026-07-01T09:00:00", "W. Europe Standard Time")
    );
    let offset = json!({"start": {"dateTime": "2026-07-01T09:00:00+02:00", "timeZone": "UTC"}});
    assert_eq!(start(offset).utc(), utc("2026-07-01T07:00:00Z"));
}

#[test]
fn whole_days_are_dates_as_written() {
    for zone in [
        "Pacific Standard Time",
        "Tokyo Standard Time",
        "UTC",
        "Customized Time Zone",
    ] {
        let event = event(&json!({
            "isAllDay": true,
            "originalStartTimeZone": zone,
            "start": {"dateTime": "2026-03-10T00:00:00.0000000", "timeZone": "UTC"},
            "end": {"dateTime": "2026-03-12T00:00:00.0000000", "timeZone": "UTC"},
        }));
        let start = "2026-03-10".parse().unwrap();
        let end = "2026-03-12".parse().unwrap();
        assert_eq!(event.when, When::AllDay { start, end }, "{zone}");
    }
}

#[test]
fn an_exception_knows_where_it_stood() {
    let original = |more: Value| {
        let mut more = more;
        more["type"] = json!("exception");
        more["seriesMasterId"] = json!("M");
        match event(&more).kind {
            EventKind::Exception { original_start, .. } => original_start,
            other => panic!("{other:?}"),
        }
    };
    let all_day = |start: &str| {
        json!({
            "isAllDay": true, "originalStart": start,
            "originalStartTimeZone": "Pacific Standard Time",
            "start": {"dateTime": "2026-03-11T00:00:00", "timeZone": "UTC"},
            "end": {"dateTime": "2026-03-12T00:00:00", "timeZone": "UTC"},
        })
    };
    let date = Some(OriginalStart::Date("2026-03-10".parse().unwrap()));
    let instant = Some(OriginalStart::Instant(utc("2026-06-30T07:00:00Z")));
    assert_eq!(
        original(json!({"originalStart": "2026-06-30T07:00:00Z"})),
        instant
    );
    assert_eq!(
        original(json!({"originalStart": "2026-06-30T09:00:00+02:00"})),
        instant
    );
    assert_eq!(original(json!({"originalStart": "whenever"})), None);
    assert_eq!(original(all_day("2026-03-10T00:00:00Z")), date);
    assert_eq!(original(all_day("2026-03-10T07:00:00Z")), date);
}

#[test]
fn words_become_the_models_words() {
    for (word, expected) in [
        ("free", ShowAs::Free),
        ("tentative", ShowAs::Tentative),
        ("busy", ShowAs::Busy),
        ("oof", ShowAs::OutOfOffice),
        ("workingElsewhere", ShowAs::WorkingElsewhere),
        ("unknown", ShowAs::Busy),
    ] {
        assert_eq!(event(&json!({"showAs": word})).show_as, expected, "{word}");
    }
    for (word, expected) in [
        ("normal", Sensitivity::Normal),
        ("personal", Sensitivity::Personal),
        ("private", Sensitivity::Private),
        ("confidential", Sensitivity::Confidential),
        ("secret", Sensitivity::Normal),
    ] {
        assert_eq!(
            event(&json!({"sensitivity": word})).sensitivity,
            expected,
            "{word}"
        );
    }
    for (word, expected) in [
        ("low", Importance::Low),
        ("normal", Importance::Normal),
        ("high", Importance::High),
    ] {
        assert_eq!(
            event(&json!({"importance": word})).importance,
            expected,
            "{word}"
        );
    }
    for (word, expected) in [
        ("organizer", ParticipationStatus::Organizer),
        ("tentativelyAccepted", ParticipationStatus::Tentative),
        ("accepted", ParticipationStatus::Accepted),
        ("declined", ParticipationStatus::Declined),
        ("notResponded", ParticipationStatus::NeedsAction),
        ("none", ParticipationStatus::None),
        ("", ParticipationStatus::None),
    ] {
        let status = json!({"response": word, "time": "0001-01-01T00:00:00Z"});
        assert_eq!(
            event(&json!({"responseStatus": status})).response,
            expected,
            "{word}"
        );
    }
    let own = event(&json!({"isOrganizer": true, "responseStatus": {"response": "none"}}));
    assert_eq!(own.response, ParticipationStatus::Organizer);
    assert_eq!(
        event(&json!({"isCancelled": true})).status,
        Status::Cancelled
    );
    assert_eq!(
        event(&json!({"isCancelled": null})).status,
        Status::Confirmed
    );
}

#[test]
fn a_field_of_the_wrong_type_costs_that_field_only() {
    let odd = event(&json!({
        "subject": 7, "body": "text", "location": [], "locations": {}, "attendees": "all",
        "categories": [1, "Red", null], "responseStatus": "accepted", "onlineMeeting": 5,
        "reminderMinutesBeforeStart": "15", "isReminderOn": true, "webLink": {},
        "organizer": {"emailAddress": 3}, "isAllDay": "no", "recurrence": 0, "iCalUId": null,
    }));
    assert_eq!(odd.title, "");
    assert_eq!(odd.categories, ["Red"]);
    assert_eq!(
        (odd.body, odd.location, odd.organizer, odd.online),
        (None, None, None, None)
    );
    assert_eq!(odd.reminders, Reminders::default());
}

#[test]
fn a_reminder_counts_only_when_it_is_on() {
    let with = |on: bool| event(&json!({"isReminderOn": on, "reminderMinutesBeforeStart": 15}));
    let on = with(true);
    let (method, minutes) = (ReminderMethod::Popup, 15);
    assert_eq!(on.reminders.own, [Reminder { method, minutes }]);
    assert!(!on.reminders.use_default);
    assert_eq!(on.raw, None);
    let off = with(false);
    assert_eq!(off.reminders, Reminders::default());
    assert_eq!(
        off.raw.as_deref(),
        Some(r#"{"reminderMinutesBeforeStart":15}"#)
    );
}

#[test]
fn the_place_is_one_line() {
    let place = |more: Value| event(&more).location;
    let address = json!({"street": "Main St 1", "city": "Redmond", "state": ""});
    for (more, expected) in [
        (
            json!({"location": {"displayName": "Room\r\n 5"}}),
            Some("Room 5"),
        ),
        (
            json!({"location": {"displayName": ""}, "locations": [{"displayName": "A"},
                {"displayName": ""}, {"displayName": "B"}]}),
            Some("A; B"),
        ),
        (
            json!({"location": {"address": address}}),
            Some("Main St 1, Redmond"),
        ),
        (
            json!({"location": {"locationUri": "https://x.test/r"}}),
            Some("https://x.test/r"),
        ),
        (json!({"location": {"displayName": " "}}), None),
        (json!({}), None),
    ] {
        assert_eq!(place(more.clone()).as_deref(), expected, "{more}");
    }
}

#[test]
fn join_links_come_in_the_order_of_their_fields() {
    let online = event(&json!({
        "onlineMeetingProvider": "teamsForBusiness",
        "onlineMeeting": {"joinUrl": "https://a.test/1", "conferenceId": "17",
            "tollFreeNumbers": ["+1 800"], "quickDial": "tel:+1,,17#"},
        "onlineMeetingUrl": "https://b.test/2",
        "location": {"displayName": "x", "locationUri": "https://b.test/2"},
        "locations": [{"locationUri": "https://c.test/3"}, {"locationUri": "room@x.test"}],
    }))
    .online
    .unwrap();
    let links: Vec<_> = online
        .links
        .iter()
        .map(|link| (link.source.as_str(), link.url.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            ("onlineMeeting", "https://a.test/1"),
            ("onlineMeetingUrl", "https://b.test/2"),
            ("locationUri", "https://c.test/3"),
        ]
    );
    assert!(online.is_teams);
    assert_eq!(online.conference_id.as_deref(), Some("17"));
    assert_eq!(online.dial_in.as_deref(), Some("+1 800"));
    assert_eq!(online.dial_in_url.as_deref(), Some("tel:+1,,17#"));
    assert_eq!(
        event(&json!({"onlineMeetingProvider": "unknown"})).online,
        None
    );
    assert!(
        event(&json!({"onlineMeetingProvider": "teamsForBusiness"}))
            .online
            .unwrap()
            .is_teams
    );
}

#[test]
fn people_have_a_name_an_address_or_both() {
    let event = event(&json!({
        "organizer": {"emailAddress": {"name": "Ann", "address": ""}},
        "attendees": [
            {"type": "required", "emailAddress": {"address": "b@x.test"},
                "status": {"response": "accepted"}},
            {"type": "optional", "emailAddress": {"name": "C"}},
            {"type": "resource", "emailAddress": {"name": "Room"}},
            {"type": "required", "emailAddress": {}},
            {"type": "required"},
        ],
    }));
    assert_eq!(
        event.organizer,
        Some(Person {
            name: Some("Ann".to_owned()),
            email: None
        })
    );
    let roles: Vec<_> = event
        .attendees
        .iter()
        .map(|attendee| attendee.role)
        .collect();
    assert_eq!(
        roles,
        [
            AttendeeRole::Required,
            AttendeeRole::Optional,
            AttendeeRole::Resource
        ]
    );
    assert_eq!(event.attendees[0].status, ParticipationStatus::Accepted);
}

#[test]
fn a_body_is_html_unless_it_says_text() {
    let body = |kind: &str, content: &str| {
        event(&json!({"body": {"contentType": kind, "content": content}})).body
    };
    assert_eq!(
        body("html", "<p>a</p>"),
        Some(Body::Html("<p>a</p>".to_owned()))
    );
    assert_eq!(body("text", "a"), Some(Body::Text("a".to_owned())));
    assert_eq!(body("new", "a"), Some(Body::Html("a".to_owned())));
    assert_eq!(body("html", " \r\n"), None);
}

#[test]
fn what_is_not_understood_is_kept() {
    let body = json!({"contentType": "text", "content": "a b"});
    let kept = event(&json!({
        "hideAttendees": true, "bodyPreview": "a", "body": body, "transactionId": null,
    }));
    assert_eq!(kept.raw.as_deref(), Some(r#"{"hideAttendees":true}"#));
    assert_eq!(event(&json!({})).raw, None);
    let odd = json!({"pattern": {"type": "lunar"}});
    let series = event(&json!({"type": "seriesMaster", "recurrence": odd}));
    assert_eq!(
        series.kind,
        EventKind::SeriesMaster {
            recurrence: Vec::new()
        }
    );
    assert_eq!(
        series.raw.as_deref(),
        Some(r#"{"recurrence":{"pattern":{"type":"lunar"}}}"#)
    );
}

#[test]
fn the_change_key_serves_as_etag() {
    let etag = |more: Value| event(&more).etag.map(|etag| etag.0);
    assert_eq!(
        etag(json!({"@odata.etag": "W/\"a\"", "changeKey": "b"})).as_deref(),
        Some("W/\"a\"")
    );
    assert_eq!(etag(json!({"changeKey": "b"})).as_deref(), Some("b"));
    assert_eq!(etag(json!({})), None);
}
