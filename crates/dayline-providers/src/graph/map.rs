//! From Graph's JSON to the model.
//!
//! An item is read field by field: one that is missing, null or of the wrong type is left out of
//! the event and stays in its `raw`, and only an item without an id or without a start is set
//! aside. Lists are in [`calendars`](self::calendars).

mod attachments;
mod calendars;
mod conference;
mod people;
mod places;
mod times;

use dayline_model::{
    Body, Etag, Event, EventKind, EventType, Importance, ProviderEventId, Reminder, ReminderMethod,
    Reminders, Sensitivity, ShowAs, Status, When,
};
use serde::Deserialize;
use serde_json::{Map, Value};

pub(super) use self::attachments::attachments;
pub(super) use self::calendars::{calendars, categories, identity, mailbox_calendar};
use super::{recurrence, shape, wire};
use crate::mapping::{self, MOST_CATEGORIES, Reason, or_set_aside};
use crate::shape::Notes;
use crate::{Change, Instance};

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

/// An item on its way to the model.
struct Item<'a> {
    object: &'a Map<String, Value>,
    event: wire::Event,
    notes: Notes,
}

fn read(item: &Value) -> Result<Change, Reason> {
    let object = item.as_object().ok_or("not an object")?;
    let event = wire::Event::deserialize(item).map_err(|_| "not an object")?;
    let id = mapping::id(event.id.as_str()).ok_or("no id")?;
    // A tombstone says no more than that, whatever the word in it.
    if object
        .get("@removed")
        .is_some_and(|removed| !removed.is_null())
    {
        return Ok(Change::Removed { id, certain: false });
    }
    let mut item = Item {
        object,
        event,
        notes: Notes::default(),
    };
    let kind = kind(&mut item)?;
    let when = times::when(&item.event, &mut item.notes)?;
    let kind = match kind {
        Kind::Occurrence(series) => {
            return Ok(Change::Instance(Instance {
                id,
                series,
                when,
                etag: etag(&mut item),
            }));
        }
        Kind::Master => return Ok(master(id, when, item)),
        Kind::Single => EventKind::Single,
        Kind::Exception(series) => EventKind::Exception {
            series,
            original_start: times::original_start(&item.event, &when),
        },
    };
    item.notes.keep("recurrence");
    Ok(upsert(id, kind, when, item))
}

/// The part an item plays. Graph leaves out `type` in places, and other clients saw
/// `seriesMasterId` null; what has a subject is shown rather than set aside.
fn kind(item: &mut Item<'_>) -> Result<Kind, Reason> {
    let event = &item.event;
    let series = mapping::id(event.series_master_id.as_str());
    let has_subject = event.subject.0.is_some();
    Ok(match (event.kind.as_str(), series) {
        ("occurrence", Some(series)) => Kind::Occurrence(series),
        ("exception", Some(series)) => Kind::Exception(series),
        ("occurrence" | "exception", None) if !has_subject => {
            return Err("an occurrence without its series");
        }
        ("seriesMaster", series) => {
            keep_if(&mut item.notes, "seriesMasterId", series.is_some());
            Kind::Master
        }
        ("singleInstance", series) => {
            keep_if(&mut item.notes, "seriesMasterId", series.is_some());
            Kind::Single
        }
        ("occurrence" | "exception", None) => {
            item.notes.keep("type");
            Kind::Single
        }
        (_, Some(series)) if has_subject => Kind::Exception(series),
        (_, Some(series)) => Kind::Occurrence(series),
        (_, None) if event.recurrence.0.is_some() => Kind::Master,
        (_, None) => Kind::Single,
    })
}

/// A series. A pattern that cannot be written as an RRULE stays in `raw`; its occurrences come
/// expanded all the same.
fn master(id: ProviderEventId, when: When, mut item: Item<'_>) -> Change {
    let wired = item.event.recurrence.0.take();
    let when = match (when, &wired) {
        (When::Timed { start, end }, Some(wired)) => {
            times::recurring(&start, &end, &item.event, wired)
        }
        (when, _) => when,
    };
    let rule = wired
        .as_ref()
        .and_then(|wired| recurrence::rrule(wired, &when));
    let says_more = wired
        .as_ref()
        .is_some_and(|wired| recurrence::says_more(wired, &when));
    keep_if(&mut item.notes, "recurrence", rule.is_none() || says_more);
    upsert(
        id,
        EventKind::SeriesMaster {
            recurrence: rule.into_iter().collect(),
        },
        when,
        item,
    )
}

fn upsert(id: ProviderEventId, kind: EventKind, when: When, mut item: Item<'_>) -> Change {
    times::keep_what_the_model_lacks(&item.event, &kind, &when, &mut item.notes);
    let etag = etag(&mut item);
    let event = &mut item.event;
    let notes = &mut item.notes;
    let body = body(event, notes);
    let places = places::places(event, notes);
    let location = places::location(event, notes);
    let attendees = people::attendees(event, notes);
    let response = people::own_response(event, notes);
    let reminders = reminders(event, notes);
    let online = conference::online(event, notes);
    let categories = categories_of(event, notes);
    // Only what has no body is known by its beginning.
    keep_if(
        notes,
        "bodyPreview",
        body.is_none() && has_preview(item.object),
    );
    let event = &item.event;
    let notes = &mut item.notes;
    Change::Upsert(Box::new(Event {
        id,
        ical_uid: notes.mark("iCalUId", event.ical_uid.text()),
        kind,
        title: notes
            .line("subject", event.subject.as_str())
            .unwrap_or_default(),
        body,
        event_type: EventType::Default,
        location,
        places,
        when,
        status: if event.is_cancelled.is_true() {
            Status::Cancelled
        } else {
            Status::Confirmed
        },
        show_as: show_as(event.show_as.as_str()),
        sensitivity: sensitivity(event.sensitivity.as_str()),
        response,
        importance: importance(event.importance.as_str()),
        categories,
        organizer: people::organizer(event, notes),
        attendees,
        online,
        reminders,
        color: None,
        has_attachments: event.has_attachments.is_true(),
        attachments: None,
        html_link: notes.mark("webLink", event.web_link.text()),
        etag,
        raw: item.notes.leftovers(item.object, shape::EVENT),
    }))
}

/// The version mark. An etag is made of the change key.
fn etag(item: &mut Item<'_>) -> Option<Etag> {
    let etag = item.notes.mark("@odata.etag", item.event.etag.text());
    let key = item.notes.mark("changeKey", item.event.change_key.text());
    if let (Some(etag), Some(key)) = (&etag, &key) {
        keep_if(&mut item.notes, "changeKey", !etag.contains(key.as_str()));
    }
    etag.or(key).map(Etag)
}

fn body(event: &mut wire::Event, notes: &mut Notes) -> Option<Body> {
    let body = event.body.0.as_mut()?;
    let content = notes.body("body", body.content.0.take()?)?;
    Some(if body.content_type.as_str().eq_ignore_ascii_case("text") {
        Body::Text(content)
    } else {
        Body::Html(content)
    })
}

fn has_preview(object: &Map<String, Value>) -> bool {
    object.get("bodyPreview").and_then(Value::as_str) != Some("")
}

fn categories_of(event: &wire::Event, notes: &mut Notes) -> Vec<String> {
    let names = event
        .categories
        .0
        .iter()
        .filter_map(|name| notes.line("categories", name))
        .collect();
    notes.first("categories", names, MOST_CATEGORIES)
}

/// Graph knows one reminder, and a number of minutes even where it is off.
fn reminders(event: &wire::Event, notes: &mut Notes) -> Reminders {
    let is_on = event.is_reminder_on.is_true();
    let minutes = event.reminder_minutes_before_start.0.filter(|_| is_on);
    if minutes.is_none() {
        notes.keep("reminderMinutesBeforeStart");
        keep_if(notes, "isReminderOn", is_on);
    }
    Reminders {
        use_default: false,
        own: minutes
            .map(|minutes| Reminder {
                method: ReminderMethod::Popup,
                minutes,
            })
            .into_iter()
            .collect(),
    }
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

fn keep_if(notes: &mut Notes, field: &'static str, keep: bool) {
    if keep {
        notes.keep(field);
    }
}

#[cfg(test)]
mod tests;
