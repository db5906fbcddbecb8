//! Tables of what was, what is, and what people would say of it.

use dayline_model::{
    AttendeeRole, EventId, EventType, Reminders, Sensitivity, ShowAs, Zone, ZonedTime,
};
use dayline_store::{EventCore, LinkRow};

use super::*;

fn timed(start: &str, end: &str, zone: &str) -> When {
    let at = |text: &str| ZonedTime {
        local: text.parse().unwrap(),
        zone: Zone::parse(zone),
    };
    When::Timed {
        start: at(start),
        end: at(end),
    }
}

fn nine() -> When {
    timed(
        "2026-11-23T09:00:00",
        "2026-11-23T10:00:00",
        "Europe/Berlin",
    )
}

fn event() -> Event {
    Event {
        id: ProviderEventId("e".to_owned()),
        ical_uid: None,
        kind: EventKind::Single,
        title: "Review".to_owned(),
        body: Some(Body::Html("<p>Agenda</p>".to_owned())),
        event_type: EventType::Default,
        location: Some("Room 1".to_owned()),
        places: Vec::new(),
        when: nine(),
        status: Status::Confirmed,
        show_as: ShowAs::Busy,
        sensitivity: Sensitivity::Normal,
        response: ParticipationStatus::Accepted,
        importance: Importance::Normal,
        categories: Vec::new(),
        organizer: None,
        attendees: vec![attendee(
            "ada@example.com",
            ParticipationStatus::NeedsAction,
        )],
        online: None,
        reminders: Reminders::default(),
        color: None,
        has_attachments: false,
        attachments: None,
        html_link: None,
        etag: None,
        raw: None,
    }
}

fn attendee(email: &str, status: ParticipationStatus) -> Attendee {
    Attendee {
        person: Person {
            name: Some("Somebody".to_owned()),
            email: Some(email.to_owned()),
        },
        role: AttendeeRole::Required,
        status,
        ..Attendee::default()
    }
}

/// The event above as it was kept.
fn kept() -> EventRow {
    let event = event();
    EventRow {
        core: EventCore {
            id: EventId(1),
            provider_id: event.id,
            kind: event.kind,
            when: event.when,
            status: event.status,
            fingerprint: 0,
            first_generation: 1,
        },
        calendar: dayline_model::CalendarId(1),
        title: event.title,
        body: event.body,
        event_type: event.event_type,
        location: event.location,
        places: event.places,
        show_as: event.show_as,
        sensitivity: event.sensitivity,
        response: event.response,
        importance: event.importance,
        organizer: event.organizer,
        attendees: event.attendees,
        derived: Derived::default(),
        html_link: event.html_link,
        reminders: event.reminders,
        color: event.color,
        has_attachments: event.has_attachments,
        attachments: Vec::new(),
    }
}

#[track_caller]
fn check(description: &str, after: &Event, expected: &[&str]) {
    let derived = Derived {
        links: after
            .online
            .iter()
            .flat_map(|online| &online.links)
            .map(|link| LinkRow {
                url: link.url.clone(),
                service: "teams".to_owned(),
                source: link.source.clone(),
                label: None,
            })
            .collect(),
        ..Derived::default()
    };
    let told: Vec<String> = differences(&kept(), after, &derived)
        .into_iter()
        .map(|one| {
            format!(
                "{}: {} -> {}",
                one.field.word(),
                one.before.as_deref().unwrap_or("-"),
                one.after.as_deref().unwrap_or("-")
            )
        })
        .collect();
    assert_eq!(told, expected, "{description}");
}

#[test]
fn what_people_would_notice_is_a_line_each() {
    check("nothing", &event(), &[]);
    check(
        "moved",
        &Event {
            when: timed(
                "2026-11-24T14:00:00",
                "2026-11-24T15:00:00",
                "Europe/Berlin",
            ),
            ..event()
        },
        &[
            "time: 2026-11-23T08:00:00Z/2026-11-23T09:00:00Z -> 2026-11-24T13:00:00Z/2026-11-24T14:00:00Z",
        ],
    );
    check(
        "made an all-day event",
        &Event {
            when: When::AllDay {
                start: "2026-11-23".parse().unwrap(),
                end: "2026-11-24".parse().unwrap(),
            },
            ..event()
        },
        &["time: 2026-11-23T08:00:00Z/2026-11-23T09:00:00Z -> 2026-11-23/2026-11-24"],
    );
    check(
        "called off",
        &Event {
            status: Status::Cancelled,
            ..event()
        },
        &["status: confirmed -> cancelled"],
    );
    check(
        "called off without its other fields",
        &Event {
            status: Status::Cancelled,
            title: String::new(),
            attendees: Vec::new(),
            when: timed(
                "2026-11-23T09:00:00",
                "2026-11-23T09:00:00",
                "Europe/Berlin",
            ),
            ..event()
        },
        &["status: confirmed -> cancelled"],
    );
    check(
        "somewhere else, under another name",
        &Event {
            title: "Big review".to_owned(),
            location: None,
            importance: Importance::High,
            response: ParticipationStatus::NeedsAction,
            ..event()
        },
        &[
            "title: Review -> Big review",
            "location: Room 1 -> -",
            "importance: normal -> high",
            "response: accepted -> needs_action",
        ],
    );
    check(
        "who comes",
        &Event {
            attendees: vec![
                attendee("ADA@example.com", ParticipationStatus::Declined),
                attendee("bob@example.com", ParticipationStatus::NeedsAction),
            ],
            ..event()
        },
        &[
            "attendee: needs_action ada@example.com -> declined ADA@example.com",
            "attendee: - -> needs_action bob@example.com",
        ],
    );
    check(
        "uninvited",
        &Event {
            attendees: Vec::new(),
            ..event()
        },
        &["attendee: needs_action ada@example.com -> -"],
    );
}

#[test]
fn what_nobody_sees_is_no_change() {
    check(
        "another name for the same instants",
        &Event {
            when: timed("2026-11-23T08:00:00", "2026-11-23T09:00:00", "UTC"),
            ..event()
        },
        &[],
    );
    check(
        "a new version mark",
        &Event {
            etag: Some("x".into()),
            raw: Some("{}".to_owned()),
            ..event()
        },
        &[],
    );
    check(
        "other mark-up around the same words",
        &Event {
            body: Some(Body::Text("Agenda".to_owned())),
            ..event()
        },
        &[],
    );
}

#[test]
fn long_texts_are_cut_where_a_character_ends() {
    let long = "ö".repeat(MOST_TEXT + 10);
    assert_eq!(cut(&long).chars().count(), MOST_TEXT + 1);
    assert_eq!(cut("short"), "short");
}
