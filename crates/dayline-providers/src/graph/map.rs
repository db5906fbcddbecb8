//! From Graph's JSON to the model.
//!
//! An item is read field by field: one that is missing, null or of the wrong type is left out,
//! and only an item without an id or without times is set aside. Lists are in
//! [`calendars`](self::calendars).

mod attachments;
mod calendars;
mod conference;
mod times;

use dayline_model::{
    Attendee, AttendeeRole, Body, Etag, Event, EventKind, Importance, ParticipationStatus, Person,
    ProviderEventId, Sensitivity, ShowAs, Status, When,
};
use serde::Deserialize;
use serde_json::Value;

pub(super) use self::attachments::attachments;
pub(super) use self::calendars::{calendars, categories, identity};
use super::{recurrence, wire};
use crate::mapping::{Reason, leftovers, one_line, or_set_aside};
use crate::{Change, Instance};

/// Fields that are not worth keeping: they repeat others, or describe the answer.
const DERIVED: &[&str] = &[
    "@odata.type",
    "@odata.context",
    "@odata.id",
    "bodyPreview",
    "calendar@odata.associationLink",
    "calendar@odata.navigationLink",
    "@microsoft.graph.tips",
];

/// What one item of a page says.
pub(super) fn change(item: &Value) -> Change {
    or_set_aside(item, read)
}

/// The kinds of items that mean different things here.
enum Kind {
    Single,
    Occurrence(ProviderEventId),
    Exception(ProviderEventId),
    Master,
}

fn read(item: &Value) -> Result<Change, Reason> {
    let event = wire::Event::deserialize(item).map_err(|_| "not an object")?;
    // Ids are opaque: not even white space is taken off.
    let id = event
        .id
        .0
        .clone()
        .filter(|id| !id.is_empty())
        .ok_or("no id")?;
    let id = ProviderEventId(id);
    if event.removed.0.is_some() {
        return Ok(Change::Removed { id, certain: false });
    }
    let kind = kind(&event)?;
    let when = times::when(&event)?;
    match kind {
        Kind::Occurrence(series) => Ok(Change::Instance(Instance {
            id,
            series,
            when,
            etag: etag(&event),
        })),
        Kind::Single => Ok(upsert(id, EventKind::Single, when, event)),
        Kind::Exception(series) => {
            let original_start = times::original_start(&event, &when);
            Ok(upsert(
                id,
                EventKind::Exception {
                    series,
                    original_start,
                },
                when,
                event,
            ))
        }
        Kind::Master => Ok(master(id, when, event)),
    }
}

/// The part an item plays. Graph leaves out `type` in places, and other clients saw
/// `seriesMasterId` null; what has a subject is shown rather than set aside.
fn kind(event: &wire::Event) -> Result<Kind, Reason> {
    let series = event.series_master_id.0.clone().filter(|id| !id.is_empty());
    let series = series.map(ProviderEventId);
    let has_subject = event.subject.0.is_some();
    Ok(match (event.kind.as_str(), series) {
        ("occurrence", Some(series)) => Kind::Occurrence(series),
        ("exception", Some(series)) => Kind::Exception(series),
        ("occurrence" | "exception", None) if !has_subject => {
            return Err("an occurrence without its series");
        }
        ("seriesMaster", _) => Kind::Master,
        ("singleInstance" | "occurrence" | "exception", _) => Kind::Single,
        (_, Some(series)) if has_subject => Kind::Exception(series),
        (_, Some(series)) => Kind::Occurrence(series),
        (_, None) if event.recurrence.0.is_some() => Kind::Master,
        (_, None) => Kind::Single,
    })
}

/// A series. A pattern that cannot be written as an RRULE stays in `raw`; its occurrences come
/// expanded all the same.
fn master(id: ProviderEventId, when: When, mut event: wire::Event) -> Change {
    let pattern = event.recurrence.0.take();
    let wired = pattern
        .as_ref()
        .and_then(|pattern| wire::PatternedRecurrence::deserialize(pattern).ok());
    let when = match (when, &wired) {
        (When::Timed { start, end }, Some(wired)) => times::recurring(&start, &end, wired),
        (when, _) => when,
    };
    let rule = wired.and_then(|wired| recurrence::rrule(&wired, &when));
    if let (None, Some(pattern)) = (&rule, pattern) {
        event.rest.insert("recurrence".to_owned(), pattern);
    }
    upsert(
        id,
        EventKind::SeriesMaster {
            recurrence: rule.into_iter().collect(),
        },
        when,
        event,
    )
}

fn upsert(id: ProviderEventId, kind: EventKind, when: When, event: wire::Event) -> Change {
    Change::Upsert(Box::new(Event {
        id,
        ical_uid: event.ical_uid.text(),
        kind,
        title: one_line(event.subject.as_str()).unwrap_or_default(),
        body: body(&event),
        event_type: dayline_model::EventType::Default,
        places: Vec::new(),
        color: None,
        has_attachments: false,
        attachments: None,
        location: location(&event),
        when,
        status: if event.is_cancelled.is_true() {
            Status::Cancelled
        } else {
            Status::Confirmed
        },
        show_as: show_as(event.show_as.as_str()),
        sensitivity: sensitivity(event.sensitivity.as_str()),
        response: own_response(&event),
        importance: importance(event.importance.as_str()),
        categories: event
            .categories
            .0
            .iter()
            .filter_map(|name| one_line(name))
            .collect(),
        organizer: event
            .organizer
            .0
            .as_ref()
            .and_then(|who| person(who.email_address.0.as_ref())),
        attendees: event.attendees.0.iter().filter_map(attendee).collect(),
        online: conference::online(&event),
        reminders: dayline_model::Reminders {
            use_default: false,
            own: event
                .reminder_minutes_before_start
                .0
                .filter(|_| event.is_reminder_on.is_true())
                .map(|minutes| dayline_model::Reminder {
                    method: dayline_model::ReminderMethod::Popup,
                    minutes,
                })
                .into_iter()
                .collect(),
        },
        html_link: event.web_link.text(),
        etag: etag(&event),
        raw: leftovers(event.rest, DERIVED),
    }))
}

fn etag(event: &wire::Event) -> Option<Etag> {
    event
        .etag
        .text()
        .or_else(|| event.change_key.text())
        .map(Etag)
}

fn body(event: &wire::Event) -> Option<Body> {
    let body = event.body.0.as_ref()?;
    let content = body
        .content
        .0
        .clone()
        .filter(|content| !content.trim().is_empty())?;
    Some(if body.content_type.as_str().eq_ignore_ascii_case("text") {
        Body::Text(content)
    } else {
        Body::Html(content)
    })
}

/// The place on one line: `location`, which Outlook fills with the names of all `locations`.
fn location(event: &wire::Event) -> Option<String> {
    event.location.0.as_ref().and_then(place).or_else(|| {
        let places: Vec<_> = event.locations.0.iter().filter_map(place).collect();
        (!places.is_empty()).then(|| places.join("; "))
    })
}

fn place(location: &wire::Location) -> Option<String> {
    one_line(location.display_name.as_str())
        .or_else(|| {
            let address = location.address.0.as_ref()?;
            let parts = [
                &address.street,
                &address.postal_code,
                &address.city,
                &address.state,
                &address.country_or_region,
            ];
            let parts: Vec<_> = parts
                .iter()
                .filter_map(|part| one_line(part.as_str()))
                .collect();
            (!parts.is_empty()).then(|| parts.join(", "))
        })
        .or_else(|| one_line(location.location_uri.as_str()))
}

fn show_as(word: &str) -> ShowAs {
    match word {
        "free" => ShowAs::Free,
        "tentative" => ShowAs::Tentative,
        "oof" => ShowAs::OutOfOffice,
        "workingElsewhere" => ShowAs::WorkingElsewhere,
        _ => ShowAs::Busy,
    }
}

fn sensitivity(word: &str) -> Sensitivity {
    match word {
        "personal" => Sensitivity::Personal,
        "private" => Sensitivity::Private,
        "confidential" => Sensitivity::Confidential,
        _ => Sensitivity::Normal,
    }
}

fn importance(word: &str) -> Importance {
    match word {
        "low" => Importance::Low,
        "high" => Importance::High,
        _ => Importance::Normal,
    }
}

fn response(status: Option<&wire::ResponseStatus>) -> ParticipationStatus {
    match status.map_or("", |status| status.response.as_str()) {
        "organizer" => ParticipationStatus::Organizer,
        "tentativelyAccepted" => ParticipationStatus::Tentative,
        "accepted" => ParticipationStatus::Accepted,
        "declined" => ParticipationStatus::Declined,
        "notResponded" => ParticipationStatus::NeedsAction,
        _ => ParticipationStatus::None,
    }
}

fn own_response(event: &wire::Event) -> ParticipationStatus {
    match response(event.response_status.0.as_ref()) {
        ParticipationStatus::None if event.is_organizer.is_true() => ParticipationStatus::Organizer,
        status => status,
    }
}

fn person(address: Option<&wire::EmailAddress>) -> Option<Person> {
    let address = address?;
    let person = Person {
        name: one_line(address.name.as_str()),
        email: address.address.text(),
    };
    (person != Person::default()).then_some(person)
}

fn attendee(attendee: &wire::Attendee) -> Option<Attendee> {
    Some(Attendee {
        person: person(attendee.email_address.0.as_ref())?,
        role: match attendee.kind.as_str() {
            "optional" => AttendeeRole::Optional,
            "resource" => AttendeeRole::Resource,
            _ => AttendeeRole::Required,
        },
        status: response(attendee.status.0.as_ref()),
        ..Attendee::default()
    })
}

#[cfg(test)]
mod tests;
