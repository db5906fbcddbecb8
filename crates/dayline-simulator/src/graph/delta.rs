//! `calendarView/delta`: what changed in a window, with the service's own ways.
//!
//! A round walks the calendar's changes in the order of their version numbers, so that a
//! change made between two pages is met later in the same round and nothing is lost. The
//! token is the whole state: epoch, calendar, window and cursor.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::context::Context;
use super::{events, render};
use crate::call::Reply;
use crate::expand::{self, Instance};
use crate::ids;
use crate::world::{Account, Calendar, Env, Event};

const DEFAULT_PAGE: usize = 50;
/// How many versions a replaying round goes back.
const REPLAY: u64 = 3;

/// The state that a link carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    epoch: u64,
    calendar: String,
    /// The window is sealed into the token: another window means another round.
    from: i64,
    until: i64,
    /// Changes after this version belong to the round; 0 in a full round.
    base: u64,
    /// Account version when the round began.
    began: u64,
    /// Position: the version last touched and how many of its items are out.
    version: u64,
    sent: usize,
    /// The page before was an empty one.
    idle: bool,
    page: usize,
}

/// One item of a round, not yet rendered.
enum Item<'a> {
    Full(&'a Event),
    Sparse(Instance<'a>),
    Gone(&'a str),
}

/// `GET calendarView/delta`.
pub(super) fn round(cx: &Context<'_>, account: &Account, env: &Env<'_>, calendar: &str) -> Reply {
    // None of these works with change tracking (Graph `event: delta`).
    let refused: Vec<&str> = [
        "$select", "$expand", "$filter", "$orderby", "$search", "$top",
    ]
    .into_iter()
    .filter(|name| cx.call.param(name).is_some())
    .collect();
    if !refused.is_empty() {
        let message = format!(
            "The following parameters are not supported with change tracking over the 'CalendarView' resource: '{}'.",
            refused.join(", ")
        );
        return cx.error(400, "ErrorInvalidUrlQuery", &message);
    }
    let token = cx
        .call
        .param("$deltatoken")
        .or_else(|| cx.call.param("$skiptoken"));
    let cursor = match token.filter(|token| !token.is_empty()) {
        Some(token) => match ids::open::<Cursor>(token) {
            Some(cursor) if cursor.epoch == account.epoch && cursor.calendar == calendar => cursor,
            _ => return gone(cx, env),
        },
        None => match events::window(cx) {
            Ok((from, until)) => Cursor {
                epoch: account.epoch,
                calendar: calendar.to_owned(),
                from: from.timestamp(),
                until: until.timestamp(),
                base: 0,
                began: account.version,
                version: 0,
                sent: 0,
                idle: false,
                page: DEFAULT_PAGE,
            },
            Err(reply) => return *reply,
        },
    };
    let Some(home) = account.calendar(calendar) else {
        return cx.not_found();
    };
    page(cx, account, env, home, cursor)
}

/// 410: the token is unknown or too old. Codes differ in case in the field, and a `Location`
/// with an empty token may come along (microsoft-graph-docs#2350, #2877).
fn gone(cx: &Context<'_>, env: &Env<'_>) -> Reply {
    let code = if env.quirks.lower_case_codes {
        "syncStateNotFound"
    } else {
        "SyncStateNotFound"
    };
    let message =
        "The sync state generation is not found; generation=149;[highest=157][157][155][156].";
    let reply = cx.error(410, code, message);
    if env.quirks.resync_location {
        let link = cx.link(&[("$deltatoken".to_owned(), String::new())]);
        return reply.with("location", &link);
    }
    reply
}

fn page(
    cx: &Context<'_>,
    account: &Account,
    env: &Env<'_>,
    home: &Calendar,
    mut cursor: Cursor,
) -> Reply {
    if let Some(size) = cx.max_page_size {
        cursor.page = size;
    } else if cursor.page == DEFAULT_PAGE {
        cursor.page = env.quirks.page_size.unwrap_or(DEFAULT_PAGE);
    }
    cursor.page = cursor.page.clamp(1, 1000);
    // A page may be empty and still have a next one (Graph delta query overview).
    if env.quirks.empty_pages && !cursor.idle {
        cursor.idle = true;
        return answer(cx, &[], "@odata.nextLink", "$skiptoken", &cursor);
    }
    cursor.idle = false;

    let mut items = Vec::new();
    let mut seen = (0, 0);
    let mut last = (cursor.version, cursor.sent);
    let mut more = false;
    'walk: for event in changes(home, &cursor) {
        for item in items_of(home, event, &cursor) {
            seen = if seen.0 == event.version {
                (event.version, seen.1 + 1)
            } else {
                (event.version, 1)
            };
            if seen <= (cursor.version, cursor.sent) {
                continue;
            }
            if items.len() == cursor.page {
                more = true;
                break 'walk;
            }
            last = seen;
            items.push(render(cx, account, home, &item));
        }
    }
    if more {
        (cursor.version, cursor.sent) = last;
        return answer(cx, &items, "@odata.nextLink", "$skiptoken", &cursor);
    }
    let base = if env.quirks.replay {
        account.version.saturating_sub(REPLAY).max(1)
    } else {
        account.version.max(1)
    };
    let done = Cursor {
        base,
        version: base,
        sent: usize::MAX,
        page: DEFAULT_PAGE,
        ..cursor
    };
    answer(cx, &items, "@odata.deltaLink", "$deltatoken", &done)
}

fn answer(cx: &Context<'_>, items: &[Value], name: &str, token: &str, cursor: &Cursor) -> Reply {
    let link = cx.link(&[(token.to_owned(), ids::seal(cursor))]);
    Reply::json(
        200,
        &json!({
            "@odata.context": format!("{}/v1.0/$metadata#Collection(event)", cx.call.origin),
            "value": items,
            name: link,
        }),
    )
}

/// The round's events from the cursor on, in the order of their changes.
fn changes<'a>(home: &'a Calendar, cursor: &Cursor) -> Vec<&'a Event> {
    let mut events: Vec<&Event> = home
        .events
        .iter()
        .filter(|event| event.version > cursor.base && event.version >= cursor.version)
        .collect();
    events.sort_by_key(|event| (event.version, &event.id));
    events
}

fn render(cx: &Context<'_>, account: &Account, home: &Calendar, item: &Item<'_>) -> Value {
    match item {
        Item::Full(event) => {
            let mut value = crate::call::object(render::event(cx, account, home, event));
            value.insert("@odata.type".into(), "#microsoft.graph.event".into());
            Value::Object(value)
        }
        Item::Sparse(slot) => render::sparse(cx, slot),
        Item::Gone(id) => json!({
            "@odata.type": "#microsoft.graph.event",
            "id": cx.id(id),
            "@removed": {"reason": "deleted"},
        }),
    }
}

/// What the round says about one changed event.
fn items_of<'a>(home: &'a Calendar, event: &'a Event, cursor: &Cursor) -> Vec<Item<'a>> {
    // A client of a full round knows nothing yet; what happens while it runs is news to it.
    let unknown = cursor.base == 0 && event.version <= cursor.began;
    let (Some(from), Some(until)) = (
        chrono::DateTime::from_timestamp(cursor.from, 0),
        chrono::DateTime::from_timestamp(cursor.until, 0),
    ) else {
        return Vec::new();
    };
    if event.removed {
        // A cancelled occurrence is never named; and what a client never saw is not missed.
        let silent = unknown || event.series.is_some();
        return if silent {
            Vec::new()
        } else {
            vec![Item::Gone(&event.id)]
        };
    }
    if event.is_master() {
        let slots = expand::instances(home, event, from, until);
        if slots.is_empty() {
            return outside(event, unknown);
        }
        let mut items = vec![Item::Full(event)];
        // Occurrences come with a new or moved series; when only the master's content changed,
        // or one occurrence was deleted, the master comes alone.
        if event.expansion_version > cursor.base {
            let plain = slots.into_iter().filter(|slot| slot.exception.is_none());
            items.extend(plain.map(Item::Sparse));
        }
        return items;
    }
    if expand::intersects((&event.start, &event.end), from, until, home.tz) {
        return vec![Item::Full(event)];
    }
    outside(event, unknown)
}

/// Touched outside the window: reported as deleted although it lives
/// (microsoft-graph-docs#6599).
fn outside(event: &Event, unknown: bool) -> Vec<Item<'_>> {
    if unknown {
        Vec::new()
    } else {
        vec![Item::Gone(&event.id)]
    }
}
