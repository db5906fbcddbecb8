//! `calendars` and `calendarList`: a calendar itself, and how it stands in the user's list.

mod entry;
mod list;

use chrono_tz::Tz;
use serde_json::{Map, Value, json};

pub(super) use self::entry::{add, get_entry, list_entry, remove, update_entry};
pub(super) use self::list::list;
use super::write::Mode;
use super::{errors, labels};
use crate::call::{Call, Reply, object};
use crate::ids;
use crate::world::{Account, Calendar, Env};

/// Members of the calendar that are stored as they come.
const PLAIN: [&str; 3] = ["location", "autoAcceptInvitations", "workingHours"];

fn etag(version: u64) -> String {
    format!("\"{}\"", 1_700_000_000_000_000 + version)
}

/// What the user may do with a calendar.
pub(super) fn role(calendar: &Calendar) -> &str {
    let given = calendar
        .properties
        .get("accessRole")
        .and_then(Value::as_str);
    given.unwrap_or(if calendar.read_only {
        "reader"
    } else {
        "owner"
    })
}

/// Whether the user may write events.
pub(super) fn can_write(calendar: &Calendar) -> bool {
    matches!(
        role(calendar),
        "owner" | "writer" | "writerWithoutPrivateAccess"
    )
}

/// Reminders of events that use the calendar's.
pub(super) fn default_reminders(calendar: &Calendar) -> Value {
    let given = calendar.properties.get("defaultReminders").cloned();
    given.unwrap_or_else(|| {
        if calendar.primary {
            json!([{"method": "popup", "minutes": 30}])
        } else {
            json!([])
        }
    })
}

fn conference_properties() -> Value {
    json!({"allowedConferenceSolutionTypes": ["hangoutsMeet"]})
}

fn resource(calendar: &Calendar) -> Value {
    let mut body = object(json!({
        "kind": "calendar#calendar",
        "etag": etag(calendar.version),
        "id": calendar.id,
        "summary": calendar.name,
        "timeZone": calendar.tz.name(),
        "conferenceProperties": conference_properties(),
    }));
    if let Some(description) = &calendar.description {
        body.insert("description".into(), description.clone().into());
    }
    if !calendar.primary {
        body.insert("dataOwner".into(), calendar.owner_address.clone().into());
    }
    for name in PLAIN.iter().chain(&["labelProperties"]) {
        if let Some(value) = calendar.properties.get(*name) {
            body.insert((*name).to_owned(), value.clone());
        }
    }
    Value::Object(body)
}

/// `calendars.get`.
pub(super) fn get(account: &Account, id: &str) -> Reply {
    match account.calendar(id) {
        Some(calendar) => Reply::json(200, &resource(calendar)),
        None => errors::not_found(),
    }
}

/// `calendars.insert`.
pub(super) fn insert(call: &Call, account: &mut Account, env: &mut Env<'_>) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    let mut calendar = Calendar {
        id: format!("{}@group.calendar.google.com", ids::google(env.rng)),
        name: String::new(),
        description: None,
        color: "#9fe1e7".into(),
        primary: false,
        read_only: false,
        owner_name: account.name.clone(),
        owner_address: account.email.clone(),
        tz: Tz::UTC,
        version: 0,
        removed: None,
        events: Vec::new(),
        role: None,
        properties: Map::new(),
    };
    if let Err(reply) = apply(&mut calendar, &body, Mode::Insert, env) {
        return *reply;
    }
    calendar.version = account.next_version();
    let answer = resource(&calendar);
    account.calendars.push(calendar);
    Reply::json(200, &answer)
}

/// `calendars.patch` and `calendars.update`.
pub(super) fn update(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
    mode: Mode,
) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    let next = account.version + 1;
    let Some(calendar) = account.calendar_mut(id) else {
        return errors::not_found();
    };
    if role(calendar) != "owner" {
        return errors::read_only();
    }
    if call
        .header("if-match")
        .is_some_and(|tag| tag != "*" && tag != etag(calendar.version))
    {
        return errors::condition_not_met();
    }
    let mut changed = calendar.clone_head();
    if let Err(reply) = apply(&mut changed, &body, mode, env) {
        return *reply;
    }
    changed.events = std::mem::take(&mut calendar.events);
    changed.version = next;
    if body.contains_key("labelProperties") {
        labels::sweep(&mut changed, next);
    }
    *calendar = changed;
    let answer = resource(calendar);
    account.version = next;
    Reply::json(200, &answer)
}

fn apply(
    calendar: &mut Calendar,
    body: &Map<String, Value>,
    mode: Mode,
    env: &mut Env<'_>,
) -> Result<(), Box<Reply>> {
    let text = |name: &str| body.get(name).and_then(Value::as_str);
    match text("summary") {
        Some(summary) if !summary.is_empty() => summary.clone_into(&mut calendar.name),
        None if mode == Mode::Patch => {}
        _ => return Err(Box::new(errors::required("Missing summary."))),
    }
    match text("timeZone").map(str::parse::<Tz>) {
        Some(Ok(tz)) => calendar.tz = tz,
        Some(Err(_)) => return Err(Box::new(errors::invalid("Invalid time zone."))),
        None => {}
    }
    if mode != Mode::Patch || body.contains_key("description") {
        calendar.description = text("description").map(str::to_owned);
    }
    for name in PLAIN {
        match body.get(name) {
            // Working hours stay where a body says nothing of them.
            Some(Value::Null) | None
                if name == "workingHours" || mode == Mode::Patch && !body.contains_key(name) => {}
            Some(Value::Null) | None => drop(calendar.properties.remove(name)),
            Some(value) => drop(calendar.properties.insert(name.to_owned(), value.clone())),
        }
    }
    if let Some(given) = body
        .get("labelProperties")
        .filter(|given| given.is_object())
    {
        let labels = labels::read(given, env.rng)?;
        calendar.properties.insert("labelProperties".into(), labels);
    }
    Ok(())
}

/// `calendars.clear`: all events of the primary calendar go.
pub(super) fn clear(account: &mut Account, env: &Env<'_>, id: &str) -> Reply {
    let version = account.version + 1;
    let Some(calendar) = account.calendar_mut(id) else {
        return errors::not_found();
    };
    if !calendar.primary {
        return errors::invalid("Only a primary calendar can be cleared.");
    }
    for event in calendar.events.iter_mut().filter(|event| !event.removed) {
        event.removed = true;
        event.touch(version, env.now);
    }
    account.version = version;
    Reply::empty(204)
}

/// `calendars.delete`; the primary calendar can only be cleared.
pub(super) fn delete(account: &mut Account, id: &str) -> Reply {
    let version = account.version + 1;
    let Some(calendar) = account.calendar_mut(id) else {
        return errors::not_found();
    };
    if calendar.primary {
        return errors::error(
            403,
            "cannotDeletePrimaryCalendar",
            "Cannot delete primary calendar.",
        );
    }
    if role(calendar) != "owner" {
        return errors::read_only();
    }
    calendar.removed = Some(version);
    account.version = version;
    Reply::empty(204)
}
