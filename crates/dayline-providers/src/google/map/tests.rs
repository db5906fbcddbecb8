use std::sync::Arc;

use dayline_model::{AttendeeRole, OriginalStart, ParticipationStatus, Zone, ZonedTime};
use serde_json::json;

use super::*;
use crate::google::palette::Label;
use crate::testing::utc;

/// A timed single event with `more` laid over it.
fn item(more: &Value) -> Value {
    let mut item = json!({
        "kind": "calendar#event", "id": "abc", "status": "confirmed", "summary": "Review",
        "start": {"dateTime": "2026-07-01T09:00:00+02:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-07-01T10:00:00+02:00", "timeZone": "Europe/Berlin"},
    });
    for (key, value) in more.as_object().unwrap() {
        item[key] = value.clone();
    }
    item
}

fn event_in(more: &Value, calendar_zone: Option<&str>) -> Event {
    match change(&item(more), &in_zone(calendar_zone)) {
        Change::Upsert(event) => *event,
        other => panic!("no event: {other:?}"),
    }
}

/// Nothing known but the zone of the calendar.
fn in_zone(zone: Option<&str>) -> Context {
    Context {
        zone: zone.map(Zone::parse),
        ..Context::default()
    }
}

fn event(more: &Value) -> Event {
    event_in(more, None)
}

fn at(local: &str, zone: &str) -> ZonedTime {
    ZonedTime {
        local: local.parse().unwrap(),
        zone: Zone::parse(zone),
    }
}

macro_rules! fixture {
    ($name:literal) => {{
        let text = include_str!(concat!("../../../../../tests/fixtures/providers/", $name));
        serde_json::from_str::<Value>(text).unwrap()
    }};
}

fn changes(items: &Value) -> Vec<Change> {
    let context = in_zone(Some("America/Chicago"));
    items
        .as_array()
        .unwrap()
        .iter()
        .map(|item| change(item, &context))
        .collect()
}

fn events(items: &Value) -> Vec<Event> {
    changes(items)
        .into_iter()
        .map(|change| match change {
            Change::Upsert(event) => *event,
            other => panic!("no event: {other:?}"),
        })
        .collect()
}

#[test]
fn recorded_cancellations_are_an_exception_and_a_removal() {
    let changes = changes(&fixture!(
        "google/compass__events-gcal-gcal.cancelled__cancelled.json"
    ));
    let [Change::Upsert(exception), removed] = changes.as_slice() else {
        panic!("other changes: {changes:?}")
    };
    let start = utc("2013-05-08T22:00:00Z");
    assert_eq!(exception.status, Status::Cancelled);
    assert_eq!(
        exception.kind,
        EventKind::Exception {
            series: ProviderEventId::from("tlf9q8uk5vjl2i2868q36dpi28"),
            original_start: Some(OriginalStart::Instant(start)),
        }
    );
    let time = at("2013-05-08T17:00:00", "America/Chicago");
    assert_eq!(
        exception.when,
        When::Timed {
            start: time.clone(),
            end: time
        }
    );
    let id = ProviderEventId::from("0cu25g99pfkhlfarupevcjc297_20211123T170000Z");
    assert_eq!(removed, &Change::Removed { id, certain: true });
}

#[test]
fn a_cancelled_day_of_an_all_day_series_is_that_day() {
    let cancelled = event(&json!({
        "status": "cancelled", "start": null, "end": null, "recurringEventId": "M",
        "originalStartTime": {"date": "2026-03-10"},
    }));
    let day = "2026-03-10".parse().unwrap();
    let next = "2026-03-11".parse().unwrap();
    assert_eq!(
        cancelled.when,
        When::AllDay {
            start: day,
            end: next
        }
    );
    let original_start = Some(OriginalStart::Date(day));
    assert_eq!(
        cancelled.kind,
        EventKind::Exception {
            series: "M".into(),
            original_start
        }
    );
}

#[test]
fn a_cancellation_without_its_place_is_a_removal() {
    for more in [
        json!({"status": "cancelled"}),
        json!({"status": "cancelled", "recurringEventId": "M"}),
        json!({"status": "cancelled", "originalStartTime": {"date": "2026-03-10"}}),
    ] {
        let id = ProviderEventId::from("abc");
        assert_eq!(
            change(&item(&more), &in_zone(None)),
            Change::Removed { id, certain: true },
            "{more}"
        );
    }
}

#[test]
fn recorded_whole_days_are_dates() {
    let events =
        events(&fixture!("google/gcal_sync__test_sync__15__test_canceled_events.json")["items"]);
    assert_eq!(events.len(), 2);
    let start = "2022-04-15".parse().unwrap();
    assert_eq!(
        events[1].when,
        When::AllDay {
            start,
            end: "2022-04-20".parse().unwrap()
        }
    );
    let exception = change(
        &fixture!("google/gcal_sync__test_model__17__test_recurring_event.json"),
        &in_zone(None),
    );
    let Change::Upsert(exception) = exception else {
        panic!("no event: {exception:?}")
    };
    let original_start = Some(OriginalStart::Date("2022-10-12".parse().unwrap()));
    assert_eq!(
        exception.kind,
        EventKind::Exception {
            series: "a0033414ffas".into(),
            original_start
        }
    );
}

#[test]
fn a_time_keeps_its_zone_or_takes_the_calendars() {
    let start = |more: Value, zone: Option<&str>| match event_in(&more, zone).when {
        When::Timed { start, .. } => start,
        When::AllDay { .. } => panic!("all day"),
    };
    let bare = || json!({"start": {"dateTime": "2026-07-01T09:00:00+02:00"}});
    let tokyo = Some("Asia/Tokyo");
    assert_eq!(
        start(json!({}), tokyo),
        at("2026-07-01T09:00:00", "Europe/Berlin")
    );
    assert_eq!(
        start(bare(), tokyo),
        at("2026-07-01T16:00:00", "Asia/Tokyo")
    );
    assert_eq!(start(bare(), None), at("2026-07-01T07:00:00", "UTC"));
    let unknown = json!({
        "start": {"dateTime": "2026-07-01T09:00:00+02:00", "timeZone": "Mars/Base"},
    });
    assert_eq!(
        start(unknown, tokyo),
        at("2026-07-01T07:00:00", "Mars/Base")
    );
    let floating = json!({
        "start": {"dateTime": "2026-07-01T09:00:00", "timeZone": "Europe/Berlin"},
    });
    assert_eq!(start(floating, tokyo).utc(), utc("2026-07-01T07:00:00Z"));
}

#[test]
fn a_series_keeps_its_lines() {
    let lines = [
        "RRULE:FREQ=DAILY",
        "EXDATE;TZID=Europe/Berlin:20260702T090000",
    ];
    let recurrence: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
    let kind = event(&json!({"recurrence": lines})).kind;
    assert_eq!(kind, EventKind::SeriesMaster { recurrence });
    assert_eq!(event(&json!({"recurrence": []})).kind, EventKind::Single);
}

#[test]
fn an_item_without_id_or_times_is_set_aside_with_its_text() {
    for (more, id, reason) in [
        (json!({"id": null}), None, "no id"),
        (json!({"start": null}), Some("abc"), "no start"),
        (
            json!({"start": {"dateTime": "soon"}}),
            Some("abc"),
            "the start cannot be read",
        ),
        (
            json!({"start": {"date": "2026-13-01"}}),
            Some("abc"),
            "the start cannot be read",
        ),
        (
            json!({"status": "cancelled", "recurringEventId": "M", "originalStartTime": {}}),
            Some("abc"),
            "the original start cannot be read",
        ),
    ] {
        let item = item(&more);
        let expected = Change::Unreadable {
            id: id.map(ProviderEventId::from),
            raw: item.to_string(),
            reason: reason.to_owned(),
        };
        assert_eq!(change(&item, &in_zone(None)), expected);
    }
}

#[test]
fn without_a_sensible_end_an_event_is_shown_at_its_start() {
    for end in [
        json!(null),
        json!("later"),
        json!({"date": "2026-07-02"}),
        json!({"dateTime": "soon"}),
        json!({"dateTime": "2026-07-01T08:59:59+02:00"}),
    ] {
        let event = event(&json!({"end": end}));
        let start = at("2026-07-01T09:00:00", "Europe/Berlin");
        let expected = When::Timed {
            end: start.clone(),
            start,
        };
        assert_eq!(event.when, expected, "{end}");
        let raw: Value = serde_json::from_str(event.raw.as_deref().unwrap_or("{}")).unwrap();
        assert_eq!(raw["end"], end);
    }
    let day = event(&json!({"start": {"date": "2026-03-01"}, "end": {"date": "2026-02-01"}}));
    let start = "2026-03-01".parse().unwrap();
    let end = "2026-03-02".parse().unwrap();
    assert_eq!(day.when, When::AllDay { start, end });
}

#[test]
fn an_end_in_a_gap_of_the_clock_is_its_instant() {
    let event = event(&json!({
        "recurrence": ["RRULE:FREQ=WEEKLY"],
        "start": {"dateTime": "2026-03-29T01:30:00+01:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-03-29T02:30:00", "timeZone": "Europe/Berlin"},
    }));
    let When::Timed { start, end } = event.when else {
        panic!("not timed")
    };
    assert_eq!(end.utc() - start.utc(), chrono::TimeDelta::hours(1));
    assert_eq!(end, at("2026-03-29T03:30:00", "Europe/Berlin"));
}

#[test]
fn every_kind_of_event_is_told_apart() {
    for (word, expected) in [
        ("default", EventType::Default),
        ("birthday", EventType::Birthday),
        ("focusTime", EventType::FocusTime),
        ("fromGmail", EventType::FromGmail),
        ("outOfOffice", EventType::OutOfOffice),
        ("workingLocation", EventType::WorkingLocation),
        ("moonLanding", EventType::Default),
    ] {
        assert_eq!(
            event(&json!({"eventType": word})).event_type,
            expected,
            "{word}"
        );
    }
}

#[test]
fn a_working_place_is_elsewhere_unless_it_is_the_office() {
    let working = |kind: &str| {
        event(&json!({
            "eventType": "workingLocation", "transparency": "transparent",
            "workingLocationProperties": {
                "type": kind, "officeLocation": {"label": "HQ", "deskId": "12"},
            },
        }))
    };
    for (kind, expected) in [
        ("officeLocation", ShowAs::Free),
        ("homeOffice", ShowAs::WorkingElsewhere),
        ("customLocation", ShowAs::WorkingElsewhere),
        ("", ShowAs::Free),
    ] {
        assert_eq!(working(kind).show_as, expected, "{kind}");
    }
    let office = working("officeLocation");
    assert_eq!(office.location.as_deref(), Some("HQ"));
    assert!(office.raw.unwrap().contains("deskId"));
    let away = event(&json!({"eventType": "outOfOffice", "transparency": "transparent"}));
    assert_eq!(away.show_as, ShowAs::OutOfOffice);
    assert_eq!(
        away.raw.as_deref(),
        Some(r#"{"transparency":"transparent"}"#)
    );
}

#[test]
fn a_label_is_a_category_and_its_colour_wins() {
    let label = |name: Option<&str>, color: Option<&str>| Label {
        name: name.map(str::to_owned),
        color: color.map(str::to_owned),
    };
    let labels = [
        ("L1", label(Some("Deep work"), Some("#039be5"))),
        ("L2", label(None, Some("#112233"))),
        ("L3", label(Some("Plain"), None)),
    ];
    let context = Context {
        zone: None,
        colors: Arc::new([("9".to_owned(), "#5484ed".to_owned())].into()),
        labels: Arc::new(labels.map(|(id, label)| (id.to_owned(), label)).into()),
    };
    for (more, categories, color) in [
        (json!({}), None, None),
        (json!({"colorId": "9"}), None, Some("#5484ed")),
        (json!({"colorId": "12"}), None, None),
        (
            json!({"colorId": "9", "eventLabelId": "L1"}),
            Some("Deep work"),
            Some("#039be5"),
        ),
        (json!({"eventLabelId": "L2"}), None, Some("#112233")),
        (
            json!({"colorId": "9", "eventLabelId": "L3"}),
            Some("Plain"),
            Some("#5484ed"),
        ),
        (json!({"eventLabelId": "gone"}), None, None),
    ] {
        let Change::Upsert(event) = change(&item(&more), &context) else {
            panic!("no event: {more}")
        };
        let category = event.categories.first().map(String::as_str);
        assert_eq!(
            (category, event.color.as_deref()),
            (categories, color),
            "{more}"
        );
        assert_eq!(
            event.raw.is_some(),
            more != json!({}),
            "the ids stay: {more}"
        );
    }
}

#[test]
fn attachments_are_names_and_links() {
    let event = event(&json!({"attachments": [
        {"fileUrl": "https://drive.test/1", "title": "Plan", "mimeType": "text/plain"},
        {"title": 3},
    ]}));
    assert!(event.has_attachments);
    let attachments = event.attachments.unwrap();
    assert_eq!(attachments[0].name, "Plan");
    assert_eq!(attachments[0].url.as_deref(), Some("https://drive.test/1"));
    assert_eq!(attachments[0].media_type.as_deref(), Some("text/plain"));
    assert_eq!(attachments[1], Attachment::default());
}

#[test]
fn guests_may_say_something_and_bring_others() {
    let event = event(&json!({"attendees": [
        {"email": "a@x.test", "comment": "Late ", "additionalGuests": 2, "responseStatus": "accepted"},
        {"email": "b@x.test", "additionalGuests": -1},
    ]}));
    assert_eq!(event.attendees[0].comment.as_deref(), Some("Late"));
    assert_eq!(event.attendees[0].additional_guests, 2);
    assert_eq!(event.attendees[1].additional_guests, 0);
    assert!(event.raw.unwrap().contains("-1"));
}

#[test]
fn words_become_the_models_words() {
    for (word, expected) in [
        ("confirmed", Status::Confirmed),
        ("tentative", Status::Tentative),
        ("new", Status::Confirmed),
    ] {
        assert_eq!(event(&json!({"status": word})).status, expected, "{word}");
    }
    for (word, expected) in [
        ("default", Sensitivity::Normal),
        ("public", Sensitivity::Normal),
        ("private", Sensitivity::Private),
        ("confidential", Sensitivity::Confidential),
    ] {
        assert_eq!(
            event(&json!({"visibility": word})).sensitivity,
            expected,
            "{word}"
        );
    }
    for (more, expected) in [
        (json!({}), ShowAs::Busy),
        (json!({"transparency": "opaque"}), ShowAs::Busy),
        (json!({"transparency": "transparent"}), ShowAs::Free),
        (json!({"eventType": "outOfOffice"}), ShowAs::OutOfOffice),
    ] {
        assert_eq!(event(&more).show_as, expected, "{more}");
    }
}

#[test]
fn the_own_answer_is_that_of_the_own_row() {
    let response = |organizes: bool, answer: Option<&str>| {
        let own = answer
            .map(|answer| json!({"email": "me@x.test", "self": true, "responseStatus": answer}));
        let attendees = [json!({"email": "b@x.test", "responseStatus": "declined"})];
        event(&json!({
            "organizer": {"email": "o@x.test", "self": organizes},
            "attendees": attendees.into_iter().chain(own).collect::<Vec<_>>(),
        }))
        .response
    };
    for (organizes, answer, expected) in [
        (false, Some("accepted"), ParticipationStatus::Accepted),
        (false, Some("tentative"), ParticipationStatus::Tentative),
        (false, Some("declined"), ParticipationStatus::Declined),
        (false, Some("needsAction"), ParticipationStatus::NeedsAction),
        (false, Some("new"), ParticipationStatus::None),
        (false, None, ParticipationStatus::None),
        (true, None, ParticipationStatus::Organizer),
        (true, Some("accepted"), ParticipationStatus::Organizer),
        (true, Some("declined"), ParticipationStatus::Declined),
    ] {
        assert_eq!(
            response(organizes, answer),
            expected,
            "{organizes} {answer:?}"
        );
    }
}

#[test]
fn attendees_have_roles() {
    let event = event(&json!({"attendees": [
        {"email": "a@x.test", "displayName": "A"},
        {"email": "b@x.test", "optional": true},
        {"email": "r@x.test", "resource": true, "optional": true},
        {"comment": "nobody"},
        "odd",
    ]}));
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
    assert_eq!(event.attendees[0].person.name.as_deref(), Some("A"));
}

fn reminder(method: ReminderMethod, minutes: i32) -> Reminder {
    Reminder { method, minutes }
}

#[test]
fn own_reminders_stand_beside_the_calendars() {
    let reminders = |reminders: Value| event(&json!({"reminders": reminders})).reminders;
    let popup = |minutes: i32| json!({"method": "popup", "minutes": minutes});
    let mail = json!({"method": "email", "minutes": 1});
    let own = reminders(json!({"useDefault": false, "overrides": [popup(30), mail, popup(10)]}));
    assert!(!own.use_default);
    assert_eq!(
        own.own,
        [
            reminder(ReminderMethod::Popup, 30),
            reminder(ReminderMethod::Email, 1),
            reminder(ReminderMethod::Popup, 10),
        ]
    );
    let default = reminders(json!({"useDefault": true}));
    assert!(default.use_default && default.own.is_empty());
    assert_eq!(reminders(json!({})), Reminders::default());
    assert_eq!(reminders(json!(null)), Reminders::default());
    let odd = event(&json!({"reminders": {"overrides": [
        popup(5), {"method": "carrier pigeon", "minutes": 3}, {"method": "popup"},
    ]}}));
    assert_eq!(odd.reminders.own, [reminder(ReminderMethod::Popup, 5)]);
    assert!(odd.raw.unwrap().contains("carrier pigeon"));
}

#[test]
fn a_description_is_html_once_it_has_markup() {
    let body = |description: Value| event(&json!({"description": description})).body;
    assert_eq!(body(json!("a\nb")), Some(Body::Text("a\nb".to_owned())));
    assert_eq!(body(json!("a<br>b")), Some(Body::Html("a<br>b".to_owned())));
    assert_eq!(
        body(json!("a &amp; b")),
        Some(Body::Html("a &amp; b".to_owned()))
    );
    assert_eq!(body(json!(" \n")), None);
    assert_eq!(body(json!(null)), None);
}

#[test]
fn a_conference_gives_links_and_numbers() {
    let online = event(&json!({
        "hangoutLink": "https://meet.google.com/abc-defg-hij",
        "conferenceData": {
            "conferenceSolution": {"key": {"type": "hangoutsMeet"}, "name": "Google Meet"},
            "entryPoints": [
                {"entryPointType": "video", "uri": "https://meet.google.com/abc-defg-hij",
                    "meetingCode": "abc-defg-hij"},
                {"entryPointType": "phone", "uri": "tel:+49-30-1", "label": "+49 30 1",
                    "pin": "123456"},
                {"entryPointType": "phone", "uri": "tel:+1-2", "pin": "9"},
                {"entryPointType": "sip", "uri": "sip:x"},
                {"entryPointType": "more", "uri": "https://tel.meet/abc"},
            ],
        },
    }))
    .online
    .unwrap();
    assert_eq!(online.links.len(), 1);
    assert_eq!(online.links[0].source, "conferenceData");
    assert!(!online.is_teams);
    assert_eq!(online.meeting_id.as_deref(), Some("abc-defg-hij"));
    assert_eq!(online.dial_in.as_deref(), Some("+49 30 1"));
    assert_eq!(online.dial_in_url.as_deref(), Some("tel:+49-30-1"));
    assert_eq!(online.conference_id.as_deref(), Some("123456"));
}

#[test]
fn an_add_on_meeting_is_one_of_teams_if_it_says_so() {
    let online = |name: &str, uri: &str| {
        event(&json!({"conferenceData": {
            "conferenceSolution": {"key": {"type": "addOn"}, "name": name},
            "entryPoints": [{"entryPointType": "video", "uri": uri, "passcode": "s3"}],
        }}))
        .online
        .unwrap()
    };
    assert!(online("Microsoft Teams Meeting", "https://redirect.test/1").is_teams);
    let short = online("Meeting", "https://teams.microsoft.com/meet/12?p=x");
    assert!(short.is_teams);
    assert_eq!(short.passcode.as_deref(), Some("s3"));
    assert!(!online("Zoom Meeting", "https://zoom.us/j/1").is_teams);
    assert!(!online("Meeting", "https://teams.microsoft.com.evil.test/meet/1").is_teams);
}

#[test]
fn a_hangout_link_alone_is_a_link() {
    let online = event(&json!({"hangoutLink": "https://meet.google.com/a"}))
        .online
        .unwrap();
    assert_eq!(online.links[0].source, "hangoutLink");
    assert_eq!(
        event(&json!({"conferenceData": {"notes": "x"}})).online,
        None
    );
}

#[test]
fn what_is_not_understood_is_kept() {
    let kept = event(&json!({"sequence": 9, "eventType": "moonLanding", "locked": null}));
    assert_eq!(
        kept.raw.as_deref(),
        Some(r#"{"eventType":"moonLanding","sequence":9}"#)
    );
    assert_eq!(event(&json!({})).raw, None);
}

#[test]
fn a_field_of_the_wrong_type_costs_that_field_only() {
    let odd = event(&json!({
        "summary": 7, "description": [], "location": {}, "attendees": {}, "organizer": "me",
        "reminders": 1, "conferenceData": "x", "hangoutLink": 5, "recurrence": "RRULE:FREQ=DAILY",
        "transparency": true, "htmlLink": null, "etag": 3, "recurringEventId": 8,
    }));
    assert_eq!(odd.title, "");
    assert_eq!(odd.kind, EventKind::Single);
    assert_eq!(
        (odd.body, odd.location, odd.organizer, odd.online),
        (None, None, None, None)
    );
}
