//! From Google's JSON to the model.
//!
//! An item is read field by field: one that is missing, null or of the wrong type is left out,
//! and only an item without an id or without times is set aside. Lists are in
//! [`calendars`](self::calendars).

mod calendars;
mod conference;
mod times;

use dayline_model::{
    Attendee, AttendeeRole, Body, Etag, Event, EventKind, Importance, ParticipationStatus, Person,
    ProviderEventId, Sensitivity, ShowAs, Status, When, Zone,
};
use serde::Deserialize;
use serde_json::Value;

pub(super) use self::calendars::{calendars, identity};
use super::palette::Context;
use super::wire;
use crate::Change;
use crate::mapping::{Reason, leftovers, one_line, or_set_aside};

/// Fields that are not worth keeping: they say what kind of JSON this is.
const DERIVED: &[&str] = &["kind"];

/// What one item of a page says.
pub(super) fn change(item: &Value, context: &Context) -> Change {
    or_set_aside(item, |item| read(item, context))
}

fn read(item: &Value, context: &Context) -> Result<Change, Reason> {
    let calendar_zone = context.zone.as_ref();
    let event = wire::Event::deserialize(item).map_err(|_| "not an object")?;
    // Ids are opaque: not even white space is taken off.
    let id = event
        .id
        .0
        .clone()
        .filter(|id| !id.is_empty())
        .ok_or("no id")?;
    let id = ProviderEventId(id);
    let series = event
        .recurring_event_id
        .0
        .clone()
        .filter(|id| !id.is_empty());
    let original = event.original_start_time.0.as_ref();
    if event.status.as_str() == "cancelled" {
        let (Some(series), Some(original)) = (series, original) else {
            return Ok(Change::Removed { id, certain: true });
        };
        // A cancelled exception promises no more than its id and where it stood.
        let when = times::moment(original, calendar_zone)?;
        let kind = exception(series, Some(original), calendar_zone);
        return Ok(upsert(id, kind, when, event));
    }
    let when = times::when(&event, calendar_zone)?;
    let kind = match series {
        Some(series) => exception(series, original, calendar_zone),
        None if event.recurrence.0.is_empty() => EventKind::Single,
        None => EventKind::SeriesMaster {
            recurrence: event.recurrence.0.clone(),
        },
    };
    Ok(upsert(id, kind, when, event))
}

fn exception(
    series: String,
    original: Option<&wire::EventDateTime>,
    calendar_zone: Option<&Zone>,
) -> EventKind {
    EventKind::Exception {
        series: ProviderEventId(series),
        original_start: original.and_then(|time| times::original_start(time, calendar_zone)),
    }
}

fn upsert(id: ProviderEventId, kind: EventKind, when: When, event: wire::Event) -> Change {
    Change::Upsert(Box::new(Event {
        id,
        ical_uid: event.ical_uid.text(),
        kind,
        title: one_line(event.summary.as_str()).unwrap_or_default(),
        body: event.description.0.as_deref().and_then(body),
        event_type: dayline_model::EventType::Default,
        places: Vec::new(),
        color: None,
        has_attachments: false,
        attachments: None,
        location: one_line(event.location.as_str()),
        when,
        status: match event.status.as_str() {
            "cancelled" => Status::Cancelled,
            "tentative" => Status::Tentative,
            _ => Status::Confirmed,
        },
        show_as: show_as(&event),
        sensitivity: match event.visibility.as_str() {
            "private" => Sensitivity::Private,
            "confidential" => Sensitivity::Confidential,
            _ => Sensitivity::Normal,
        },
        response: own_response(&event),
        importance: Importance::Normal,
        categories: Vec::new(),
        organizer: event
            .organizer
            .0
            .as_ref()
            .and_then(|party| person(party.display_name.as_str(), party.email.text())),
        attendees: event.attendees.0.iter().filter_map(attendee).collect(),
        online: conference::online(&event),
        reminders: dayline_model::Reminders {
            use_default: false,
            own: event
                .reminders
                .0
                .as_ref()
                .and_then(reminder)
                .map(|minutes| dayline_model::Reminder {
                    method: dayline_model::ReminderMethod::Popup,
                    minutes,
                })
                .into_iter()
                .collect(),
        },
        html_link: event.html_link.text(),
        etag: event.etag.text().map(Etag),
        raw: leftovers(event.rest, DERIVED),
    }))
}

/// A description may hold HTML and does not say so. Without any mark-up it is text, in which line
/// breaks count.
fn body(description: &str) -> Option<Body> {
    if description.trim().is_empty() {
        return None;
    }
    let description = description.to_owned();
    Some(if description.contains(['<', '&']) {
        Body::Html(description)
    } else {
        Body::Text(description)
    })
}

fn show_as(event: &wire::Event) -> ShowAs {
    let kind = event.rest.get("eventType").and_then(Value::as_str);
    match (kind, event.transparency.as_str()) {
        (Some("outOfOffice"), _) => ShowAs::OutOfOffice,
        (_, "transparent") => ShowAs::Free,
        _ => ShowAs::Busy,
    }
}

fn response(word: &str) -> ParticipationStatus {
    match word {
        "accepted" => ParticipationStatus::Accepted,
        "tentative" => ParticipationStatus::Tentative,
        "declined" => ParticipationStatus::Declined,
        "needsAction" => ParticipationStatus::NeedsAction,
        _ => ParticipationStatus::None,
    }
}

/// The user's own answer. An organiser who declined does not come, and that matters more.
fn own_response(event: &wire::Event) -> ParticipationStatus {
    let own = event
        .attendees
        .0
        .iter()
        .find(|attendee| attendee.is_self.is_true())
        .map_or(ParticipationStatus::None, |own| {
            response(own.response_status.as_str())
        });
    let organizes = event
        .organizer
        .0
        .as_ref()
        .is_some_and(|party| party.is_self.is_true());
    if organizes && own != ParticipationStatus::Declined {
        ParticipationStatus::Organizer
    } else {
        own
    }
}

fn person(name: &str, email: Option<String>) -> Option<Person> {
    let person = Person {
        name: one_line(name),
        email,
    };
    (person != Person::default()).then_some(person)
}

fn attendee(attendee: &wire::Attendee) -> Option<Attendee> {
    Some(Attendee {
        person: person(attendee.display_name.as_str(), attendee.email.text())?,
        role: if attendee.resource.is_true() {
            AttendeeRole::Resource
        } else if attendee.optional.is_true() {
            AttendeeRole::Optional
        } else {
            AttendeeRole::Required
        },
        status: response(attendee.response_status.as_str()),
        ..Attendee::default()
    })
}

/// The pop-up nearest to the start. The calendar's default is not the event's own.
fn reminder(reminders: &wire::Reminders) -> Option<i32> {
    if reminders.use_default.is_true() {
        return None;
    }
    reminders
        .overrides
        .0
        .iter()
        .filter(|reminder| reminder.method.as_str() == "popup")
        .filter_map(|reminder| reminder.minutes.0)
        .min()
}

#[cfg(test)]
mod tests;
