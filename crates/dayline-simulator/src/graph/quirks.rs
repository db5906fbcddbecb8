//! Quirks that change finished answers: fields that are null, missing, new or of other types,
//! unknown enumeration members, odd zone names, error codes in another case.
//!
//! What these quirks make is on purpose not always valid against the schema.

use serde_json::{Map, Value};

use super::schema;
use crate::call::{Call, Reply};
use crate::world::Quirks;

/// The answer as a service in this mood would send it.
pub(super) fn apply(quirks: &Quirks, call: &Call, reply: Reply) -> Reply {
    if reply.status >= 400 {
        return if quirks.lower_case_codes {
            other_case(reply)
        } else {
            reply
        };
    }
    let touched = !quirks.null_fields.is_empty()
        || !quirks.missing_fields.is_empty()
        || !quirks.set_fields.is_empty()
        || quirks.unknown_enums
        || quirks.original_zone.is_some();
    if !touched || call.method != http::Method::GET || !gives_events(call) {
        return reply;
    }
    let Ok(Value::Object(mut body)) = serde_json::from_slice(&reply.body) else {
        return reply;
    };
    match body.get_mut("value").and_then(Value::as_array_mut) {
        Some(list) => {
            for event in list.iter_mut().filter_map(Value::as_object_mut) {
                change(quirks, event);
            }
        }
        None => change(quirks, &mut body),
    }
    Reply {
        body: Value::Object(body).to_string().into(),
        ..reply
    }
}

fn gives_events(call: &Call) -> bool {
    let parts = call.parts();
    let last = parts.last().copied().unwrap_or_default();
    matches!(parts.as_slice(), [.., "events", _])
        || ["events", "calendarView", "instances", "delta", "delta()"].contains(&last)
}

/// Codes differ in case in the field: `SyncStateNotFound`, `syncStateNotFound`.
fn other_case(reply: Reply) -> Reply {
    let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) else {
        return reply;
    };
    if let Some(code) = body.pointer_mut("/error/code")
        && let Some(text) = code.as_str()
    {
        let mut letters = text.chars();
        let first = letters.next().map(|first| first.to_ascii_lowercase());
        *code = first.into_iter().chain(letters).collect::<String>().into();
    }
    Reply {
        body: body.to_string().into(),
        ..reply
    }
}

fn change(quirks: &Quirks, event: &mut Map<String, Value>) {
    if event.contains_key("@removed") {
        return;
    }
    if quirks.unknown_enums {
        // What kind of event it is, and how it recurs, are left: without them there is no event.
        let kept = ["type", "recurrence"].map(|name| (name, event.remove(name)));
        schema::replace_enumerated("event", event, "unknownFutureValue");
        for (name, value) in kept {
            if let Some(value) = value {
                event.insert(name.to_owned(), value);
            }
        }
    }
    if let Some(zone) = &quirks.original_zone {
        for name in ["originalStartTimeZone", "originalEndTimeZone"] {
            if let Some(value) = event.get_mut(name) {
                *value = zone.clone().into();
            }
        }
        let recurrence = event.get_mut("recurrence");
        let range = recurrence.and_then(|one| one.pointer_mut("/range/recurrenceTimeZone"));
        if let Some(value) = range {
            *value = zone.clone().into();
        }
    }
    for name in &quirks.null_fields {
        if let Some(value) = event.get_mut(name) {
            *value = Value::Null;
        }
    }
    event.retain(|name, _| !quirks.missing_fields.contains(name));
    event.extend(quirks.set_fields.clone());
}
