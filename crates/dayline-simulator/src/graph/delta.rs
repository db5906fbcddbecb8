//! `calendarView/delta` and `events/delta`: what changed, with the service's own ways.
//!
//! A round walks the calendar's changes in the order of their version numbers, so that a
//! change made between two pages is met later in the same round and nothing is lost. The
//! token is the whole state: epoch, calendar, window and cursor. Quirks change the order of
//! what was known when the round began, never what is sent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::context::Context;
use super::{events, query, render};
use crate::call::{Reply, object};
use crate::expand::{self, Instance};
use crate::world::{Account, Calendar, Env, Event, Quirks};
use crate::{ids, inject};

const DEFAULT_PAGE: usize = 50;
/// How many versions a replaying round goes back.
const REPLAY: u64 = 3;

/// What of an event `events/delta` sends if nothing is selected (Graph beta `event: delta`).
const EVENTS_PROPERTIES: [&str; 4] = ["id", "type", "start", "end"];

/// The state that a link carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    epoch: u64,
    calendar: String,
    /// The window is sealed into the token: another window means another round. `None` for
    /// `events/delta`, which has no window.
    window: Option<(i64, i64)>,
    /// The `startDateTime` of `events/delta`: single events before it are left out.
    since: Option<i64>,
    /// The `$select` of `events/delta`.
    select: Option<String>,
    /// Changes after this version belong to the round; 0 in a full round.
    base: u64,
    /// Account version when the round began.
    began: u64,
    /// Position: phase and version last touched, and how many of its items are out.
    phase: u8,
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
    Gone(String),
}

/// `GET calendarView/delta`.
pub(super) fn round(cx: &Context<'_>, account: &Account, env: &Env<'_>, calendar: &str) -> Reply {
    // None of these works with change tracking (Graph `event: delta`).
    let refused = [
        "$select", "$expand", "$filter", "$orderby", "$search", "$top",
    ];
    if let Some(reply) = refuse(cx, &refused, "CalendarView") {
        return reply;
    }
    resume(cx, account, env, calendar).unwrap_or_else(|| match events::window(cx) {
        Ok((from, until)) => {
            let window = Some((from.timestamp(), until.timestamp()));
            begin(cx, account, env, calendar, window)
        }
        Err(reply) => *reply,
    })
}

/// `GET events/delta`: undocumented on v1.0, although the schema binds `delta` to any collection
/// of events and GNOME/evolution-ews uses it with `$select=id` (commit 492f9959). Gives single
/// events and masters, never occurrences.
pub(super) fn events_round(
    cx: &Context<'_>,
    account: &Account,
    env: &Env<'_>,
    calendar: &str,
) -> Reply {
    // msgraph-sdk sends both bounds empty if they are not given; only the first one means
    // something here (Graph beta `event: delta`).
    let mut refused = vec!["$expand", "$filter", "$orderby", "$search", "$top"];
    if cx
        .call
        .param("endDateTime")
        .is_some_and(|end| !end.is_empty())
    {
        refused.push("endDateTime");
    }
    if let Some(reply) = refuse(cx, &refused, "Event") {
        return reply;
    }
    if let Err(reply) = query::check_names(cx, "event") {
        return *reply;
    }
    resume(cx, account, env, calendar).unwrap_or_else(|| begin(cx, account, env, calendar, None))
}

fn refuse(cx: &Context<'_>, names: &[&str], resource: &str) -> Option<Reply> {
    let given = names.iter().filter(|name| cx.call.param(name).is_some());
    let given: Vec<&str> = given.copied().collect();
    let message = format!(
        "The following parameters are not supported with change tracking over the '{resource}' resource: '{}'.",
        given.join(", ")
    );
    (!given.is_empty()).then(|| cx.error(400, "ErrorInvalidUrlQuery", &message))
}

/// Goes on where the request's token stands; `None` without a token.
fn resume(cx: &Context<'_>, account: &Account, env: &Env<'_>, calendar: &str) -> Option<Reply> {
    let new_round = cx
        .call
        .param("$deltatoken")
        .filter(|token| !token.is_empty());
    let next_page = cx
        .call
        .param("$skiptoken")
        .filter(|token| !token.is_empty());
    let token = new_round.or(next_page)?;
    let known = ids::open::<Cursor>(token)
        .filter(|cursor| cursor.epoch == account.epoch && cursor.calendar == calendar);
    let Some(mut cursor) = known else {
        return Some(gone(cx, env));
    };
    if new_round.is_some() {
        cursor.began = account.version;
    }
    Some(page(cx, account, env, cursor))
}

fn begin(
    cx: &Context<'_>,
    account: &Account,
    env: &Env<'_>,
    calendar: &str,
    window: Option<(i64, i64)>,
) -> Reply {
    let cursor = Cursor {
        epoch: account.epoch,
        calendar: calendar.to_owned(),
        window,
        since: render::bound(cx, "startDateTime").map(|at| at.timestamp()),
        select: cx.call.param("$select").map(str::to_owned),
        base: 0,
        began: account.version,
        phase: 0,
        version: 0,
        sent: 0,
        idle: false,
        page: DEFAULT_PAGE,
    };
    page(cx, account, env, cursor)
}

/// 410: the token is unknown or too old. A `Location` with an empty token may come along
/// (microsoft-graph-docs#2350, #2877).
fn gone(cx: &Context<'_>, env: &Env<'_>) -> Reply {
    let message =
        "The sync state generation is not found; generation=149;[highest=157][157][155][156].";
    let reply = cx.error(410, "SyncStateNotFound", message);
    if env.quirks.resync_location {
        let link = cx.link(&[("$deltatoken".to_owned(), String::new())]);
        return reply.with("location", &link);
    }
    reply
}

fn page(cx: &Context<'_>, account: &Account, env: &Env<'_>, mut cursor: Cursor) -> Reply {
    let Some(home) = account.calendar(&cursor.calendar) else {
        return cx.not_found();
    };
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

    let start = (cursor.phase, cursor.version, cursor.sent);
    let mut items = Vec::new();
    let mut seen = (0, 0, 0);
    let mut last = start;
    let mut more = false;
    'walk: for (phase, event) in changes(home, &cursor, env.quirks) {
        for item in items_of(home, event, &cursor, env.quirks) {
            seen = if (seen.0, seen.1) == (phase, event.version) {
                (phase, event.version, seen.2 + 1)
            } else {
                (phase, event.version, 1)
            };
            if seen <= start {
                continue;
            }
            if items.len() == cursor.page {
                more = true;
                break 'walk;
            }
            last = seen;
            items.push(render(cx, account, home, &item, &cursor));
        }
    }
    if env.quirks.repeated_items
        && let Some(first) = items.first().cloned()
    {
        // The same id twice on a page, and the page's last one again on the next.
        items.push(first);
        if more && last.2 > 0 {
            last.2 -= usize::from(items.len() > 2);
        }
    }
    if more {
        (cursor.phase, cursor.version, cursor.sent) = last;
        return answer(cx, &items, "@odata.nextLink", "$skiptoken", &cursor);
    }
    items.extend(inject::items(account, &home.id, cursor.base));
    let base = if env.quirks.replay {
        account.version.saturating_sub(REPLAY).max(1)
    } else {
        account.version.max(1)
    };
    let done = Cursor {
        base,
        phase: 0,
        version: 0,
        sent: 0,
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
            "@odata.context": format!("{}/v1.0/$metadata#Collection(event)", cx.call.base()),
            "value": items,
            name: link,
        }),
    )
}

/// The round's events from the cursor on. What was known when the round began comes by phase
/// and version, what changed since then at the end.
fn changes<'a>(home: &'a Calendar, cursor: &Cursor, quirks: &Quirks) -> Vec<(u8, &'a Event)> {
    let phase = |event: &Event| match (event.version > cursor.began, quirks.exceptions_first) {
        (true, _) => 2,
        (false, true) if event.series.is_some() => 0,
        (false, _) => 1,
    };
    let mut events: Vec<(u8, &Event)> = home
        .events
        .iter()
        .filter(|event| event.version > cursor.base)
        .map(|event| (phase(event), event))
        .filter(|(phase, event)| (*phase, event.version) >= (cursor.phase, cursor.version))
        .collect();
    events.sort_by_key(|(phase, event)| (*phase, event.version, &event.id));
    events
}

fn render(
    cx: &Context<'_>,
    account: &Account,
    home: &Calendar,
    item: &Item<'_>,
    cursor: &Cursor,
) -> Value {
    match item {
        Item::Full(event) => {
            let mut value = object(render::event(cx, account, home, event));
            if cursor.window.is_none() {
                thin(&mut value, cursor.select.as_deref());
            }
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

/// Leaves what `events/delta` sends.
fn thin(value: &mut Map<String, Value>, select: Option<&str>) {
    value.retain(|name, _| {
        name.starts_with('@')
            || name == "id"
            || match select {
                Some(select) => select.split(',').any(|one| one.trim() == name),
                None => EVENTS_PROPERTIES.contains(&name.as_str()),
            }
    });
}

/// What the round says about one changed event.
fn items_of<'a>(
    home: &'a Calendar,
    event: &'a Event,
    cursor: &Cursor,
    quirks: &Quirks,
) -> Vec<Item<'a>> {
    // A client of a full round knows nothing yet; what happens while it runs is news to it.
    let unknown = cursor.base == 0 && event.version <= cursor.began;
    if event.removed {
        // A cancelled occurrence is not named (microsoft-graph-docs#5951), and what a client
        // never saw is not missed.
        let cancelled = event.series.is_some();
        let told = if cancelled {
            quirks.occurrence_tombstones && cursor.window.is_some()
        } else {
            !quirks.lost_deletions
        };
        return if unknown || !told {
            Vec::new()
        } else {
            vec![Item::Gone(event.id.clone())]
        };
    }
    let Some((from, until)) = cursor.window else {
        let before = cursor.since.is_some_and(|since| {
            !event.is_master() && event.start.instant(home.tz).timestamp() < since
        });
        return if event.series.is_some() || before {
            Vec::new()
        } else {
            vec![Item::Full(event)]
        };
    };
    let (Some(from), Some(until)) = (
        chrono::DateTime::from_timestamp(from, 0),
        chrono::DateTime::from_timestamp(until, 0),
    ) else {
        return Vec::new();
    };
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
        if quirks.instances_first {
            items.rotate_left(1);
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
        vec![Item::Gone(event.id.clone())]
    }
}
