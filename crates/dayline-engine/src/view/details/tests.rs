//! What details say of an event's row.

use chrono::{TimeZone as _, Utc};
use dayline_model::{
    Attachment, Attendee, CalendarId, EventId, EventType, Importance, ParticipationStatus, Place,
    ProviderEventId, Reminder, ReminderMethod, Reminders, Sensitivity, ShowAs, Status, ZonedTime,
};
use dayline_store::{Derived, EventCore};

use super::parts::{attendee_views, place_views, reminders_view};
use super::*;
use crate::view::{AttachmentView, ReminderMethodView};

fn zoned(time: &str, zone: &str) -> ZonedTime {
    ZonedTime {
        local: time.parse().unwrap(),
        zone: Zone::parse(zone),
    }
}

fn event() -> EventRow {
    EventRow {
        core: EventCore {
            id: EventId(1),
            provider_id: ProviderEventId("e".to_owned()),
            kind: EventKind::Single,
            when: When::Timed {
                start: zoned("2026-11-20T09:00:00", "Europe/Berlin"),
                end: zoned("2026-11-20T10:00:00", "Europe/Berlin"),
            },
            status: Status::Confirmed,
            fingerprint: 0,
            first_generation: 1,
        },
        calendar: CalendarId(1),
        title: String::new(),
        body: None,
        event_type: EventType::Default,
        location: None,
        places: Vec::new(),
        show_as: ShowAs::Busy,
        sensitivity: Sensitivity::Normal,
        response: ParticipationStatus::None,
        importance: Importance::Normal,
        organizer: None,
        attendees: Vec::new(),
        derived: Derived::default(),
        reminders: Reminders::default(),
        color: None,
        has_attachments: false,
        attachments: Vec::new(),
        html_link: None,
    }
}

fn place(name: &str, address: &str, uri: &str) -> Place {
    let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Place {
        name: text(name),
        address: text(address),
        uri: text(uri),
        email: None,
    }
}

/// `name | address | host` of what is shown for a summing line and places.
#[track_caller]
fn check_places(line: &str, places: &[Place], expected: &[&str]) {
    let event = EventRow {
        location: Some(line.to_owned()),
        places: places.to_vec(),
        ..event()
    };
    let shown: Vec<String> = place_views(&event)
        .into_iter()
        .map(|view| {
            [Some(view.name), view.address, view.host]
                .map(Option::unwrap_or_default)
                .join("|")
        })
        .collect();
    assert_eq!(shown, expected, "{line:?} with {places:?}");
}

#[test]
fn places_are_shown_once_and_their_summary_only_if_it_says_more() {
    let room = place("Room 4A", "Main St 1, Berlin", "");
    let cafe = place("Café", "", "https://maps.example.com/?q=cafe");
    let room_shown = "Room 4A|Main St 1, Berlin|";
    let cafe_shown = "Café||maps.example.com";
    check_places("", &[], &[]);
    check_places("  ", &[place(" ", "", "")], &[]);
    check_places("Room 4A", &[], &["Room 4A||"]);
    check_places("room 4a", std::slice::from_ref(&room), &[room_shown]);
    check_places(
        "Main St 1, Berlin",
        std::slice::from_ref(&room),
        &[room_shown],
    );
    check_places(
        "Room 4A; Café",
        &[room.clone(), cafe.clone()],
        &[room_shown, cafe_shown],
    );
    check_places(
        "Ask at the desk",
        &[room.clone(), cafe],
        &["Ask at the desk||", room_shown, cafe_shown],
    );
    check_places("", &[room.clone(), room], &[room_shown]);
    check_places("", &[place("", "Main St 1", "")], &["Main St 1||"]);
}

#[test]
fn a_place_leads_only_where_the_gate_lets_it() {
    check_places(
        "",
        &[
            place("Secure", "", "https://a.example/1"),
            place("Plain", "", "http://a.example/1"),
            place("Script", "", "javascript:alert(1)"),
            place("Disguised", "", "https://bank.example@evil.example/"),
            place("Room", "", "room-4a@contoso.example"),
            place("https://b.example/room", "", ""),
        ],
        &[
            "Secure||a.example",
            "Plain||",
            "Script||",
            "Disguised||",
            "Room||",
            "https://b.example/room||b.example",
        ],
    );
}

#[test]
fn reminders_of_the_calendar_are_named_only_where_they_are_used() {
    let own = Reminder {
        method: ReminderMethod::Email,
        minutes: 1440,
    };
    let default = Reminder {
        method: ReminderMethod::Popup,
        minutes: 10,
    };
    let of = |use_default| {
        let reminders = Reminders {
            use_default,
            own: vec![own],
        };
        reminders_view(&reminders, &[default])
    };
    assert_eq!(of(false).from_calendar, None);
    let used = of(true).from_calendar.unwrap();
    assert_eq!(
        (used[0].method, used[0].minutes),
        (ReminderMethodView::Popup, 10)
    );
    assert_eq!(of(true).own[0].method, ReminderMethodView::Email);
}

#[test]
fn attachments_tell_their_size_and_where_they_lead() {
    for (url, size, host, shown) in [
        (
            Some("https://drive.example.com/d/1"),
            Some(2048),
            Some("drive.example.com"),
            Some(2048),
        ),
        (Some("http://drive.example.com/d/1"), Some(-1), None, None),
        (Some("file:///etc/passwd"), None, None, None),
        (None, Some(i64::MAX), None, Some(i32::MAX)),
    ] {
        let view = AttachmentView::from(&Attachment {
            name: "Plan".to_owned(),
            url: url.map(str::to_owned),
            media_type: None,
            size,
        });
        assert_eq!(
            (view.host.as_deref(), view.size),
            (host, shown),
            "{url:?} {size:?}"
        );
    }
}

#[test]
fn answers_tell_comment_guests_and_when_in_the_readers_zone() {
    let event = EventRow {
        attendees: vec![Attendee {
            person: Person {
                name: None,
                email: Some("a@x.example".to_owned()),
            },
            comment: Some("  Late by ten.\n".to_owned()),
            additional_guests: u32::MAX,
            answered_at: Some(Utc.with_ymd_and_hms(2026, 11, 19, 23, 30, 0).unwrap()),
            ..Attendee::default()
        }],
        ..event()
    };
    let views = attendee_views(&event, Tz::Europe__Berlin);
    assert_eq!(views[0].comment.as_deref(), Some("Late by ten."));
    assert_eq!(views[0].additional_guests, i32::MAX);
    let answered = views[0].answered.unwrap();
    assert_eq!(
        crate::view::date_of(answered.day).unwrap().to_string(),
        "2026-11-20"
    );
    assert_eq!(answered.minute, 30);
}

/// What a zone tells of 2026-11-20 22:30 UTC to a reader in Berlin, where it is 23:30.
#[track_caller]
fn check_told(zone: &str, expected: Option<(Option<&str>, i32)>) {
    let instant = Utc.with_ymd_and_hms(2026, 11, 20, 22, 30, 0).unwrap();
    let told = told_in(&Zone::parse(zone), instant, Tz::Europe__Berlin);
    let told = told.as_ref().map(|(time, days)| (time.as_deref(), *days));
    assert_eq!(told, expected, "{zone}");
}

#[test]
fn a_zone_is_named_as_people_know_it_or_as_it_was_written() {
    for (written, shown) in [
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("Customized Time Zone", "Customized Time Zone"),
        ("", ""),
    ] {
        assert_eq!(shown_name(&Zone::parse(written)), shown);
    }
}

#[test]
fn another_zone_tells_its_time_and_its_day_and_an_unknown_one_neither() {
    check_told("Europe/Berlin", None);
    check_told("Europe/Paris", None);
    check_told("W. Europe Standard Time", None);
    check_told("Asia/Kolkata", Some((Some("04:00"), 1)));
    check_told("America/New_York", Some((Some("17:30"), 0)));
    check_told("Middle of nowhere", Some((None, 0)));
    check_told("", Some((None, 0)));
}
