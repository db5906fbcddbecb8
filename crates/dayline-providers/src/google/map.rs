//! From Google's JSON to the model.
//!
//! An item is read field by field: one that is missing, null or of the wrong type is left out of
//! the event and stays in its `raw`, and only an item without an id or without a start is set
//! aside. Lists are in [`calendars`](self::calendars).

mod calendars;
mod conference;
mod people;
mod times;

use dayline_model::{
    Attachment, Body, Etag, Event, EventKind, EventType, Importance, ProviderEventId, Reminder,
    ReminderMethod, Reminders, Sensitivity, ShowAs, Status, When,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) use self::calendars::{calendars, identity};
use super::palette::Context;
use super::{shape, wire};
use crate::Change;
use crate::mapping::{
    self, MOST_ATTACHMENTS, MOST_RECURRENCE, MOST_REMINDERS, Reason, or_set_aside,
};
use crate::shape::Notes;

/// What one item of a page says.
pub(super) fn change(item: &Value, context: &Context) -> Change {
    or_set_aside(item, |item| read(item, context))
}

/// An item on its way to the model.
struct Item<'a> {
    object: &'a Map<String, Value>,
    event: wire::Event,
    notes: Notes,
}

fn read(item: &Value, context: &Context) -> Result<Change, Reason> {
    let object = item.as_object().ok_or("not an object")?;
    let event = wire::Event::deserialize(item).map_err(|_| "not an object")?;
    let id = mapping::id(event.id.as_str()).ok_or("no id")?;
    let mut item = Item {
        object,
        event,
        notes: Notes::default(),
    };
    let zone = context.zone.as_ref();
    let series = mapping::id(item.event.recurring_event_id.as_str());
    let is_cancelled = item.event.status.as_str() == "cancelled";
    let original = item.event.original_start_time.0.as_ref();
    let (when, original) = match (is_cancelled, &series, original) {
        // A cancelled exception promises no more than its id and where it stood.
        (true, Some(_), Some(original)) => {
            item.notes.keep("start");
            item.notes.keep("end");
            let when = times::moment(original, zone)?;
            let original = times::original_start(original, zone, &when, &mut item.notes);
            (when, original)
        }
        (true, _, _) => return Ok(Change::Removed { id, certain: true }),
        (false, _, original) => {
            let when = times::when(&item.event, zone, &mut item.notes)?;
            let original =
                original.and_then(|time| times::original_start(time, zone, &when, &mut item.notes));
            (when, original)
        }
    };
    let kind = if let Some(series) = series {
        item.notes.keep("recurrence");
        EventKind::Exception {
            series,
            original_start: original,
        }
    } else {
        item.notes.keep("originalStartTime");
        match std::mem::take(&mut item.event.recurrence.0) {
            lines if lines.is_empty() => EventKind::Single,
            lines => EventKind::SeriesMaster {
                recurrence: within_bounds(lines, &mut item.notes),
            },
        }
    };
    let when = match (&kind, when) {
        (EventKind::SeriesMaster { .. }, When::Timed { start, end }) => {
            times::recurring(&start, &end, &item.event, zone)
        }
        (_, when) => when,
    };
    times::keep_what_the_model_lacks(&item.event, &when, &mut item.notes);
    Ok(upsert(id, kind, when, item, context))
}

/// Lines as long as they are, up to a bound that no answer of its own reaches.
fn within_bounds(mut lines: Vec<String>, notes: &mut Notes) -> Vec<String> {
    let mut total = 0_usize;
    let before = lines.len();
    lines.retain(|line| {
        total = total.saturating_add(line.len());
        total <= MOST_RECURRENCE
    });
    if lines.len() < before {
        notes.cut("recurrence");
    }
    lines
}

fn upsert(
    id: ProviderEventId,
    kind: EventKind,
    when: When,
    mut item: Item<'_>,
    context: &Context,
) -> Change {
    let description = item.event.description.0.take();
    let event = &item.event;
    let notes = &mut item.notes;
    let label = context.labels.get(event.event_label_id.as_str());
    let label_color = label.and_then(|label| label.color.clone());
    let event_type = event_type(event.event_type.as_str());
    let attachments = attachments(event, notes);
    Change::Upsert(Box::new(Event {
        id,
        ical_uid: notes.mark("iCalUID", event.ical_uid.text()),
        kind,
        title: notes
            .line("summary", event.summary.as_str())
            .unwrap_or_default(),
        body: description
            .and_then(|text| notes.body("description", text))
            .map(body),
        event_type,
        location: notes
            .line("location", event.location.as_str())
            .or_else(|| working_place(event, notes)),
        places: Vec::new(),
        when,
        status: match event.status.as_str() {
            "cancelled" => Status::Cancelled,
            "tentative" => Status::Tentative,
            _ => Status::Confirmed,
        },
        show_as: show_as(event, event_type, notes),
        sensitivity: match event.visibility.as_str() {
            "private" => Sensitivity::Private,
            "confidential" => Sensitivity::Confidential,
            _ => Sensitivity::Normal,
        },
        response: people::own_response(event, notes),
        importance: Importance::Normal,
        categories: label
            .and_then(|label| label.name.clone())
            .into_iter()
            .collect(),
        organizer: people::organizer(event, notes),
        attendees: people::attendees(event, notes),
        online: conference::online(event, notes),
        reminders: reminders(event, notes),
        // A label supersedes the colour of the older palette.
        color: label_color.or_else(|| context.colors.get(event.color_id.as_str()).cloned()),
        has_attachments: !attachments.is_empty(),
        attachments: Some(attachments),
        html_link: notes.mark("htmlLink", event.html_link.text()),
        etag: notes.mark("etag", event.etag.text()).map(Etag),
        raw: item.notes.leftovers(item.object, shape::EVENT),
    }))
}

/// A description may hold HTML and does not say so. Without any mark-up it is text, in which line
/// breaks count.
fn body(description: String) -> Body {
    if description.contains(['<', '&']) {
        Body::Html(description)
    } else {
        Body::Text(description)
    }
}

fn event_type(word: &str) -> EventType {
    match word {
        "birthday" => EventType::Birthday,
        "focusTime" => EventType::FocusTime,
        "fromGmail" => EventType::FromGmail,
        "outOfOffice" => EventType::OutOfOffice,
        "workingLocation" => EventType::WorkingLocation,
        _ => EventType::Default,
    }
}

/// Google knows free and busy; its kinds of events say more.
///
/// Who works from an office is where others expect them: such an event does to availability what
/// its transparency says. From home or from elsewhere is what Outlook calls working elsewhere.
///
/// # Source
/// Discovery document, `EventWorkingLocationProperties.type` and `Event.transparency`.
fn show_as(event: &wire::Event, event_type: EventType, notes: &mut Notes) -> ShowAs {
    let working = event.working_location_properties.0.as_ref();
    let place = working.map_or("", |working| working.kind.as_str());
    match (event_type, place, event.transparency.as_str()) {
        (EventType::OutOfOffice, ..) => {
            notes.keep("transparency");
            ShowAs::OutOfOffice
        }
        (EventType::WorkingLocation, "homeOffice" | "customLocation", _) => {
            notes.keep("transparency");
            ShowAs::WorkingElsewhere
        }
        (_, _, "transparent") => ShowAs::Free,
        _ => ShowAs::Busy,
    }
}

/// The name of the place that a working location is about.
fn working_place(event: &wire::Event, notes: &mut Notes) -> Option<String> {
    let working = event.working_location_properties.0.as_ref()?;
    let place = [&working.office_location, &working.custom_location]
        .into_iter()
        .find_map(|place| place.0.as_ref())?;
    notes.line("workingLocationProperties", place.label.as_str())
}

/// The event's own reminders; the calendar's stand beside them where it uses those.
fn reminders(event: &wire::Event, notes: &mut Notes) -> Reminders {
    let Some(reminders) = event.reminders.0.as_ref() else {
        return Reminders::default();
    };
    let own: Vec<_> = reminders.overrides.0.iter().filter_map(reminder).collect();
    if own.len() < reminders.overrides.0.len() {
        notes.keep("reminders");
    }
    Reminders {
        use_default: reminders.use_default.is_true(),
        own: notes.first("reminders", own, MOST_REMINDERS),
    }
}

fn reminder(reminder: &wire::Reminder) -> Option<Reminder> {
    Some(Reminder {
        method: match reminder.method.as_str() {
            "popup" => ReminderMethod::Popup,
            "email" => ReminderMethod::Email,
            _ => return None,
        },
        minutes: reminder.minutes.0?,
    })
}

fn attachments(event: &wire::Event, notes: &mut Notes) -> Vec<Attachment> {
    let attachments = event
        .attachments
        .0
        .iter()
        .map(|item| Attachment {
            name: notes
                .line("attachments", item.title.as_str())
                .unwrap_or_default(),
            url: notes.mark("attachments", item.file_url.text()),
            media_type: notes.mark("attachments", item.mime_type.text()),
            size: None,
        })
        .collect();
    notes.first("attachments", attachments, MOST_ATTACHMENTS)
}

#[cfg(test)]
mod tests;
