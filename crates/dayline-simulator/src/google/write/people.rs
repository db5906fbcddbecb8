//! Attendees as a client writes them.

use serde_json::{Map, Value};

use super::{Mode, Refusal, refuse};
use crate::call::text;
use crate::google::errors;
use crate::world::Event;

const RESPONSES: [&str; 4] = ["needsAction", "declined", "tentative", "accepted"];

fn email(row: &Value) -> String {
    text(row, "/email").unwrap_or_default().to_lowercase()
}

/// Takes the list of a body. With `attendeesOmitted` the list is partial: an answer of one guest
/// comes with only that guest's row, and the other rows stay.
pub(super) fn set_attendees(
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<(), Refusal> {
    let list = match body.get("attendees") {
        Some(Value::Array(list)) => list,
        None if mode != Mode::Update => return Ok(()),
        _ => {
            event.properties.remove("attendees");
            return Ok(());
        }
    };
    let old: Vec<Value> = event
        .properties
        .get("attendees")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let partial = body.get("attendeesOmitted") == Some(&Value::Bool(true));
    let mut rows: Vec<Value> = Vec::new();
    if partial {
        let kept = |old: &&Value| !list.iter().any(|new| email(new) == email(old));
        rows.extend(old.iter().filter(kept).cloned());
    }
    let organizer = event
        .properties
        .get("organizer")
        .map(email)
        .unwrap_or_default();
    for row in list {
        let before = old.iter().find(|old| email(old) == email(row));
        let is_organizer = email(row) == organizer;
        rows.push(attendee(row, before, is_organizer)?);
    }
    event.properties.insert("attendees".into(), rows.into());
    Ok(())
}

fn attendee(row: &Value, before: Option<&Value>, organizer: bool) -> Result<Value, Refusal> {
    if text(row, "/email").is_none_or(|email| !is_address(email)) {
        return refuse(errors::invalid("Invalid attendee email."));
    }
    if text(row, "/responseStatus").is_some_and(|answer| !RESPONSES.contains(&answer)) {
        return refuse(errors::invalid("Invalid value for: responseStatus"));
    }
    if row
        .get("additionalGuests")
        .and_then(Value::as_i64)
        .is_some_and(|guests| guests < 0)
    {
        return refuse(errors::invalid("Invalid value for: additionalGuests"));
    }
    let mut map = row.as_object().cloned().unwrap_or_default();
    map.retain(|_, value| !value.is_null());
    for read_only in ["self", "organizer", "asyncOperation"] {
        map.remove(read_only);
    }
    map.entry("responseStatus")
        .or_insert_with(|| "needsAction".into());
    // Whether this is a room is said when it is added, and not again.
    if let Some(before) = before {
        match before.get("resource") {
            Some(resource) => map.insert("resource".into(), resource.clone()),
            None => map.remove("resource"),
        };
    }
    if organizer {
        map.insert("organizer".into(), true.into());
    }
    Ok(Value::Object(map))
}

/// A local part and a domain (the shape of RFC 5322's `addr-spec`, no more).
fn is_address(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let bad = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | ',');
    !local.is_empty() && !domain.is_empty() && !text.contains(bad)
}
