//! `calendarList` and `calendars`.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors;
use crate::call::{Call, Reply};
use crate::ids;
use crate::world::{Account, Calendar, Env};

fn etag(version: u64) -> String {
    format!("\"{}\"", 1_700_000_000_000_000 + version)
}

/// A calendar as it stands in the user's list.
pub(super) fn list_entry(calendar: &Calendar) -> Value {
    let mut entry = json!({
        "kind": "calendar#calendarListEntry",
        "etag": etag(calendar.version),
        "id": calendar.id,
        "summary": calendar.name,
        "timeZone": calendar.tz.name(),
        "colorId": "14",
        "backgroundColor": calendar.color,
        "foregroundColor": "#000000",
        "selected": true,
        "accessRole": if calendar.read_only { "reader" } else { "owner" },
        "defaultReminders": if calendar.primary { json!([{"method": "popup", "minutes": 30}]) } else { json!([]) },
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    });
    if let Some(map) = entry.as_object_mut() {
        if calendar.primary {
            map.insert("primary".into(), true.into());
        }
        if let Some(description) = &calendar.description {
            map.insert("description".into(), description.clone().into());
        }
        if !calendar.read_only {
            map.insert("dataOwner".into(), calendar.owner_address.clone().into());
        }
    }
    entry
}

fn tombstone(calendar: &Calendar) -> Value {
    json!({
        "kind": "calendar#calendarListEntry",
        "etag": etag(calendar.removed.unwrap_or(calendar.version)),
        "id": calendar.id,
        "deleted": true,
    })
}

fn resource(calendar: &Calendar) -> Value {
    let mut body = json!({
        "kind": "calendar#calendar",
        "etag": etag(calendar.version),
        "id": calendar.id,
        "summary": calendar.name,
        "timeZone": calendar.tz.name(),
        "conferenceProperties": {"allowedConferenceSolutionTypes": ["hangoutsMeet"]},
    });
    if let (Some(map), Some(description)) = (body.as_object_mut(), &calendar.description) {
        map.insert("description".into(), description.clone().into());
    }
    body
}

/// Position in the list, or (as a sync token) the version up to which the client knows it.
#[derive(Debug, Serialize, Deserialize)]
struct Cursor {
    list: bool,
    epoch: u64,
    base: u64,
    /// Account version when the round began.
    round: u64,
    skip: usize,
}

/// `calendarList.list`.
pub(super) fn list(call: &Call, account: &Account, env: &Env<'_>) -> Reply {
    let max = match call.param("maxResults").map(str::parse::<usize>) {
        None => env.quirks.page_size.unwrap_or(100),
        Some(Ok(max)) if max > 0 => max.min(250),
        Some(_) => return errors::invalid("Invalid Value"),
    };
    let mut cursor = Cursor {
        list: true,
        epoch: account.epoch,
        base: 0,
        round: account.version,
        skip: 0,
    };
    if let Some(token) = call.param("syncToken") {
        let forbidden = ["minAccessRole", "showOwnOrganizationOnly"];
        let hides = ["showDeleted", "showHidden"];
        if forbidden.iter().any(|name| call.param(name).is_some())
            || hides.iter().any(|name| call.param(name) == Some("false"))
        {
            return errors::invalid("Sync token cannot be combined with these parameters.");
        }
        match ids::open::<Cursor>(token) {
            Some(known) if known.list && known.epoch == account.epoch => cursor.base = known.base,
            _ => return errors::full_sync_required(),
        }
    }
    if let Some(token) = call.param("pageToken") {
        match ids::open::<Cursor>(token) {
            Some(known) if known.list => cursor = known,
            _ => return errors::invalid("Invalid page token value."),
        }
    }
    let wanted = |calendar: &&Calendar| {
        let changed = calendar.removed.unwrap_or(calendar.version) > cursor.base;
        if cursor.base == 0 {
            calendar.removed.is_none()
        } else {
            changed
        }
    };
    let all: Vec<Value> = account
        .calendars
        .iter()
        .filter(wanted)
        .map(|calendar| match calendar.removed {
            Some(_) => tombstone(calendar),
            None => list_entry(calendar),
        })
        .collect();
    let count = all.len();
    let items: Vec<Value> = all.into_iter().skip(cursor.skip).take(max).collect();
    let mut body = crate::call::object(json!({
        "kind": "calendar#calendarList",
        "etag": format!("\"p{}\"", account.version),
        "items": items,
    }));
    if cursor.skip + max < count {
        cursor.skip += max;
        body.insert("nextPageToken".into(), ids::seal(&cursor).into());
    } else {
        let next = Cursor {
            base: cursor.round.max(1),
            skip: 0,
            ..cursor
        };
        body.insert("nextSyncToken".into(), ids::seal(&next).into());
    }
    Reply::json(200, &Value::Object(body))
}

/// `calendarList.get`.
pub(super) fn entry(_call: &Call, account: &Account, id: &str) -> Reply {
    match account.calendar(id) {
        Some(calendar) => Reply::json(200, &list_entry(calendar)),
        None => errors::not_found(),
    }
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
    let Some(summary) = body.get("summary").and_then(Value::as_str) else {
        return errors::required("Missing summary.");
    };
    let tz = match body.get("timeZone").and_then(Value::as_str) {
        None => chrono_tz::Tz::UTC,
        Some(name) => match name.parse() {
            Ok(tz) => tz,
            Err(_) => return errors::invalid("Invalid time zone."),
        },
    };
    let version = account.next_version();
    let calendar = Calendar {
        id: format!("{}@group.calendar.google.com", ids::google(env.rng)),
        name: summary.to_owned(),
        description: body
            .get("description")
            .and_then(Value::as_str)
            .map(str::to_owned),
        color: "#9fe1e7".into(),
        primary: false,
        read_only: false,
        owner_name: account.name.clone(),
        owner_address: account.email.clone(),
        tz,
        version,
        removed: None,
        events: Vec::new(),
    };
    let answer = resource(&calendar);
    account.calendars.push(calendar);
    Reply::json(200, &answer)
}

/// `calendars.patch` and `calendars.update`.
pub(super) fn update(call: &Call, account: &mut Account, id: &str) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    let version = account.next_version();
    let Some(calendar) = account.calendar_mut(id) else {
        return errors::not_found();
    };
    if calendar.read_only {
        return errors::read_only();
    }
    if let Some(summary) = body.get("summary").and_then(Value::as_str) {
        summary.clone_into(&mut calendar.name);
    }
    if let Some(description) = body.get("description").and_then(Value::as_str) {
        calendar.description = Some(description.to_owned());
    }
    calendar.version = version;
    Reply::json(200, &resource(calendar))
}

/// `calendars.delete`; the primary calendar can only be cleared.
pub(super) fn delete(account: &mut Account, id: &str) -> Reply {
    let version = account.next_version();
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
    calendar.removed = Some(version);
    Reply::empty(204)
}
