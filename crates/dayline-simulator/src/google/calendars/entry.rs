//! One calendar as it stands in the user's list: colours, reminders, whether it is shown.

use serde_json::{Map, Value, json};

use super::{conference_properties, default_reminders, etag, role};
use crate::call::{Call, Reply, object};
use crate::google::misc::CALENDAR_COLORS;
use crate::google::write::{Mode, is_reminder};
use crate::google::{errors, labels};
use crate::world::{Account, Calendar};

/// Set when the user took a calendar off the list that still exists.
const UNLISTED: &str = "sim:unlisted";

/// Members that the user may set.
const OWN: [&str; 4] = [
    "summaryOverride",
    "hidden",
    "selected",
    "notificationSettings",
];

/// Whether the calendar is in the list.
pub(super) fn is_listed(calendar: &Calendar) -> bool {
    calendar.removed.is_none() && !calendar.properties.contains_key(UNLISTED)
}

/// A calendar as it stands in the user's list.
pub(in crate::google) fn list_entry(calendar: &Calendar) -> Value {
    let (color_id, background, foreground) = colors(calendar);
    let mut entry = object(json!({
        "kind": "calendar#calendarListEntry",
        "etag": etag(calendar.version),
        "id": calendar.id,
        "summary": calendar.name,
        "timeZone": calendar.tz.name(),
        "colorId": color_id,
        "backgroundColor": background,
        "foregroundColor": foreground,
        "selected": true,
        "accessRole": role(calendar),
        "defaultReminders": default_reminders(calendar),
        "conferenceProperties": conference_properties(),
    }));
    if let Some(description) = &calendar.description {
        entry.insert("description".into(), description.clone().into());
    }
    if calendar.primary {
        entry.insert("primary".into(), true.into());
    } else {
        entry.insert("dataOwner".into(), calendar.owner_address.clone().into());
    }
    for name in OWN.iter().chain(&["location", "autoAcceptInvitations"]) {
        match calendar.properties.get(*name) {
            // Returned only when the calendar is hidden, and then true.
            Some(Value::Bool(false)) if matches!(*name, "hidden" | "selected") => {
                entry.remove(*name);
            }
            Some(value) => drop(entry.insert((*name).to_owned(), value.clone())),
            None => {}
        }
    }
    Value::Object(entry)
}

/// What is left of a calendar that went off the list.
pub(super) fn tombstone(calendar: &Calendar) -> Value {
    json!({
        "kind": "calendar#calendarListEntry",
        "etag": etag(calendar.removed.unwrap_or(calendar.version)),
        "id": calendar.id,
        "deleted": true,
    })
}

/// Index, background and foreground. The RGB colours win; the index is the best match.
fn colors(calendar: &Calendar) -> (String, String, String) {
    let given = |name: &str| calendar.properties.get(name).and_then(Value::as_str);
    let background = given("backgroundColor").unwrap_or(&calendar.color);
    let best = given("colorId").map_or_else(|| nearest(background).to_string(), str::to_owned);
    (
        best,
        background.to_owned(),
        given("foregroundColor").unwrap_or("#000000").to_owned(),
    )
}

/// The palette's closest colour, counted from 1.
fn nearest(color: &str) -> usize {
    let wanted = rgb(color);
    let distance = |color: &&str| -> i32 {
        rgb(color)
            .iter()
            .zip(wanted)
            .map(|(a, b)| (a - b).pow(2))
            .sum()
    };
    let found = CALENDAR_COLORS
        .iter()
        .enumerate()
        .min_by_key(|(_, color)| distance(color));
    found.map_or(1, |(at, _)| at + 1)
}

fn rgb(color: &str) -> [i32; 3] {
    let part = |at: usize| {
        color
            .get(at..at + 2)
            .and_then(|hex| i32::from_str_radix(hex, 16).ok())
            .unwrap_or(0)
    };
    [part(1), part(3), part(5)]
}

/// `calendarList.get`.
pub(in crate::google) fn get_entry(account: &Account, id: &str) -> Reply {
    match account.calendar(id).filter(|calendar| is_listed(calendar)) {
        Some(calendar) => Reply::json(200, &list_entry(calendar)),
        None => errors::not_found(),
    }
}

/// `calendarList.insert`: a calendar that exists comes on the list.
pub(in crate::google) fn add(call: &Call, account: &mut Account) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    let Some(id) = body.get("id").and_then(Value::as_str).map(str::to_owned) else {
        return errors::required("Missing id.");
    };
    write_entry(call, account, &id, &body, Mode::Insert)
}

/// `calendarList.patch` and `calendarList.update`.
pub(in crate::google) fn update_entry(
    call: &Call,
    account: &mut Account,
    id: &str,
    mode: Mode,
) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    if account
        .calendar(id)
        .is_none_or(|calendar| !is_listed(calendar))
    {
        return errors::not_found();
    }
    write_entry(call, account, id, &body, mode)
}

fn write_entry(
    call: &Call,
    account: &mut Account,
    id: &str,
    body: &Map<String, Value>,
    mode: Mode,
) -> Reply {
    let version = account.version + 1;
    let Some(calendar) = account.calendar_mut(id) else {
        return errors::not_found();
    };
    let mut properties = calendar.properties.clone();
    if let Err(reply) = apply(&mut properties, call, body, mode) {
        return *reply;
    }
    properties.remove(UNLISTED);
    calendar.properties = properties;
    calendar.version = version;
    let answer = list_entry(calendar);
    account.version = version;
    Reply::json(200, &answer)
}

fn apply(
    properties: &mut Map<String, Value>,
    call: &Call,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<(), Box<Reply>> {
    for name in OWN {
        match body.get(name) {
            Some(Value::Null) => drop(properties.remove(name)),
            Some(value) => drop(properties.insert(name.to_owned(), value.clone())),
            None if mode == Mode::Update => drop(properties.remove(name)),
            None => {}
        }
    }
    match body.get("defaultReminders") {
        Some(Value::Array(list)) if list.len() <= 5 && list.iter().all(is_reminder) => {
            properties.insert("defaultReminders".into(), list.clone().into());
        }
        Some(Value::Array(_)) => return Err(Box::new(errors::invalid("Invalid reminder."))),
        Some(Value::Null) => drop(properties.remove("defaultReminders")),
        _ => {}
    }
    if call.param("colorRgbFormat") == Some("true") {
        for name in ["backgroundColor", "foregroundColor"] {
            match body.get(name).and_then(Value::as_str) {
                Some(color) if labels::is_color(color) => {
                    properties.insert(name.to_owned(), color.into());
                    properties.remove("colorId");
                }
                Some(_) => return Err(Box::new(errors::invalid("Invalid color."))),
                None => {}
            }
        }
        return Ok(());
    }
    if let Some(id) = body.get("colorId").and_then(Value::as_str) {
        let color = id
            .parse::<usize>()
            .ok()
            .and_then(|id| CALENDAR_COLORS.get(id.checked_sub(1)?));
        let Some(color) = color else {
            return Err(Box::new(errors::invalid("Invalid color id.")));
        };
        properties.insert("colorId".into(), id.into());
        properties.insert("backgroundColor".into(), (*color).into());
    }
    Ok(())
}

/// `calendarList.delete`: the calendar leaves the list and lives on.
pub(in crate::google) fn remove(account: &mut Account, id: &str) -> Reply {
    let version = account.version + 1;
    let Some(calendar) = account
        .calendar_mut(id)
        .filter(|calendar| is_listed(calendar))
    else {
        return errors::not_found();
    };
    if calendar.primary {
        let message = "Cannot remove the primary calendar from the list.";
        return errors::error(403, "forbidden", message);
    }
    calendar.properties.insert(UNLISTED.into(), true.into());
    calendar.version = version;
    account.version = version;
    Reply::empty(204)
}
