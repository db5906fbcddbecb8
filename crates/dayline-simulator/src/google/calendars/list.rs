//! `calendarList.list`: pages and sync tokens.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::entry::{is_listed, list_entry, tombstone};
use super::role;
use crate::call::{Call, Reply, object};
use crate::google::errors;
use crate::ids;
use crate::world::{Account, Calendar, Env};

/// Roles from the least to the most.
const ROLES: [&str; 5] = [
    "freeBusyReader",
    "reader",
    "writerWithoutPrivateAccess",
    "writer",
    "owner",
];

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

fn start(call: &Call, account: &Account) -> Result<Cursor, Box<Reply>> {
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
            let message = "Sync token cannot be combined with these parameters.";
            return Err(Box::new(errors::invalid(message)));
        }
        match ids::open::<Cursor>(token) {
            Some(known) if known.list && known.epoch == account.epoch => cursor.base = known.base,
            _ => return Err(Box::new(errors::full_sync_required())),
        }
    }
    if let Some(token) = call.param("pageToken") {
        match ids::open::<Cursor>(token) {
            Some(known) if known.list => cursor = known,
            _ => return Err(Box::new(errors::invalid("Invalid page token value."))),
        }
    }
    Ok(cursor)
}

/// `calendarList.list`.
pub(in crate::google) fn list(call: &Call, account: &Account, env: &Env<'_>) -> Reply {
    let max = match call.param("maxResults").map(str::parse::<usize>) {
        None => env.quirks.page_size.unwrap_or(100),
        Some(Ok(max)) if max > 0 => max.min(250).min(env.quirks.page_size.unwrap_or(250)),
        Some(_) => return errors::invalid("Invalid Value"),
    }
    .max(1);
    let mut cursor = match start(call, account) {
        Ok(cursor) => cursor,
        Err(reply) => return *reply,
    };
    let incremental = cursor.base > 0;
    let rank = |role: &str| ROLES.iter().position(|known| *known == role);
    let least = call.param("minAccessRole").and_then(rank);
    let gone = incremental || call.param("showDeleted") == Some("true");
    let hidden = incremental || call.param("showHidden") == Some("true");
    let wanted = |calendar: &&Calendar| {
        let version = calendar.removed.unwrap_or(calendar.version);
        let is_hidden = calendar.properties.get("hidden") == Some(&Value::Bool(true));
        version > cursor.base
            && (gone || is_listed(calendar))
            && (hidden || !is_hidden)
            && least.is_none_or(|least| rank(role(calendar)) >= Some(least))
    };
    let all: Vec<Value> = account
        .calendars
        .iter()
        .filter(wanted)
        .map(|calendar| {
            if is_listed(calendar) {
                list_entry(calendar)
            } else {
                tombstone(calendar)
            }
        })
        .collect();
    let count = all.len();
    let items: Vec<Value> = all.into_iter().skip(cursor.skip).take(max).collect();
    let mut body = object(json!({
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
