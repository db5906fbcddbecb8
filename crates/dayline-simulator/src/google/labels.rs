//! Event labels: the colours and names that a calendar gives to its events.
//!
//! # Source
//! Discovery document, `Calendar.labelProperties`, `EventLabel`, `Event.eventLabelId`.

use std::collections::BTreeSet;

use rand::RngCore;
use serde_json::{Map, Value, json};

use super::errors;
use crate::call::{Reply, text};
use crate::ids;
use crate::world::Calendar;

const MOST_LABELS: usize = 200;
const LONGEST_NAME: usize = 50;

/// The labels of a calendar.
fn of(calendar: &Calendar) -> &[Value] {
    calendar
        .properties
        .get("labelProperties")
        .and_then(|labels| labels.get("eventLabels"))
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// Whether the calendar has a label of this id.
pub(super) fn knows(calendar: &Calendar, id: &str) -> bool {
    of(calendar)
        .iter()
        .any(|label| text(label, "/id") == Some(id))
}

/// The labels of a body, each with its id, in place of those that were there.
///
/// # Errors
/// Google's answer to labels without a colour, with a foreign id, or too many.
pub(super) fn read(given: &Value, rng: &mut dyn RngCore) -> Result<Value, Box<Reply>> {
    let refuse = |message: &str| Err(Box::new(errors::invalid(message)));
    let list = given.get("eventLabels").and_then(Value::as_array);
    let list = list.map(Vec::as_slice).unwrap_or_default();
    if list.len() > MOST_LABELS {
        return refuse("Too many event labels.");
    }
    let mut seen = BTreeSet::new();
    let mut labels = Vec::new();
    for label in list {
        if !text(label, "/backgroundColor").is_some_and(is_color) {
            return refuse("Invalid event label color.");
        }
        if text(label, "/name").is_some_and(|name| name.chars().count() > LONGEST_NAME) {
            return refuse("Invalid event label name.");
        }
        let id = match text(label, "/id") {
            Some(id) if is_uuid(id) => id.to_owned(),
            Some(_) => return refuse("Invalid event label ID."),
            None => ids::uuid(rng),
        };
        if !seen.insert(id.clone()) {
            return refuse("Duplicate event label ID.");
        }
        let mut row: Map<String, Value> = label.as_object().cloned().unwrap_or_default();
        row.insert("id".into(), id.into());
        labels.push(Value::Object(row));
    }
    Ok(json!({"eventLabels": labels}))
}

/// Takes labels off the events that carry one which the calendar no longer has.
pub(super) fn sweep(calendar: &mut Calendar, version: u64) {
    let known: BTreeSet<String> = of(calendar)
        .iter()
        .filter_map(|label| text(label, "/id").map(str::to_owned))
        .collect();
    for event in &mut calendar.events {
        if event
            .text("eventLabelId")
            .is_some_and(|id| !known.contains(id))
        {
            event.properties.remove("eventLabelId");
            event.version = version;
        }
    }
}

/// `#rrggbb`.
pub(super) fn is_color(text: &str) -> bool {
    text.strip_prefix('#')
        .is_some_and(|hex| hex.len() == 6 && hex.chars().all(|c| c.is_ascii_hexdigit()))
}

fn is_uuid(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups
            .iter()
            .all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
}
