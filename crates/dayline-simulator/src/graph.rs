//! Microsoft Graph v1.0: the mailbox calendars of one signed-in user.
//!
//! Sources: the v1.0 CSDL (2026-08-20), the Graph reference pages and the field reports that
//! the single functions name. Subscriptions are in [`crate::push`]. Not simulated: upload
//! sessions, getSchedule, findMeetingTimes, other people's mailboxes.

mod attachments;
mod calendars;
mod context;
mod delta;
mod events;
mod extended;
mod filter;
mod groups;
mod mailbox;
mod query;
mod quirks;
mod recurrence;
mod render;
mod respond;
mod schema;
mod target;
pub(crate) mod teams;
mod write;

use serde_json::{Map, Value, json};

pub(crate) use self::context::{Context, error_body};
pub(crate) use self::render::etag;
pub(crate) use self::write::{attach_meeting, new_event};
use crate::call::{Call, Reply};
use crate::ids;
use crate::world::{Account, Env, Event};

/// Answers one request of a signed-in user. `path` begins after `/v1.0`.
pub(crate) fn handle(call: &Call, account: &mut Account, env: &mut Env<'_>) -> Reply {
    let request_id = ids::uuid(env.rng);
    let context = match Context::new(call, account, request_id) {
        Ok(context) => context,
        Err(reply) => return *reply,
    };
    let owned = path(&call.segments);
    let parts: Vec<&str> = owned.iter().skip(1).map(String::as_str).collect();
    let reply = match parts.as_slice() {
        [.., _, "$count"] if call.method == http::Method::GET => {
            return count(call, &context, account, env);
        }
        ["me", rest @ ..] => user(&context, account, env, rest),
        ["users", who, rest @ ..] if is_signed_in_user(account, who) => {
            user(&context, account, env, rest)
        }
        ["users", ..] => context.error(
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ),
        _ => context.bad_path(),
    };
    quirks::apply(env.quirks, call, context.finish(reply))
}

/// `…/$count` of any list: its number of items as text.
fn count(call: &Call, cx: &Context<'_>, account: &mut Account, env: &mut Env<'_>) -> Reply {
    let mut list = call.clone();
    let path = call.path.trim_end_matches('/');
    let path = path
        .rsplit_once('/')
        .map_or(path, |(list, _)| list)
        .to_owned();
    let query = match call.raw_query.as_str() {
        "" => "$count=true".to_owned(),
        query => format!("{query}&$count=true"),
    };
    list.set_target(&path, &query);
    let reply = handle(&list, account, env);
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let Some(items) = body.get("value").and_then(Value::as_array) else {
        return reply;
    };
    let count = body.get("@odata.count").and_then(Value::as_u64);
    let count = count.map_or_else(|| items.len().to_string(), |count| count.to_string());
    cx.finish(Reply {
        body: count.into(),
        ..Reply::empty(200).with("content-type", "text/plain")
    })
}

fn is_signed_in_user(account: &Account, who: &str) -> bool {
    who.eq_ignore_ascii_case(&account.id) || who.eq_ignore_ascii_case(&account.email)
}

/// Path segments without OData's spelling variants: `events('id')`, `delta()`,
/// `microsoft.graph.delta`.
pub(crate) fn path(segments: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    for segment in segments {
        let name = segment.strip_prefix("microsoft.graph.").unwrap_or(segment);
        let name = name.strip_suffix("()").unwrap_or(name);
        match name
            .strip_suffix("')")
            .and_then(|open| open.split_once("('"))
        {
            Some((collection, key)) => out.extend([collection.to_owned(), key.to_owned()]),
            None => out.push(name.to_owned()),
        }
    }
    out
}

fn user(cx: &Context<'_>, account: &mut Account, env: &mut Env<'_>, parts: &[&str]) -> Reply {
    let default = account
        .default_calendar()
        .map(|calendar| calendar.id.clone())
        .unwrap_or_default();
    if !cx.call.cloud.has(parts) {
        return cx.bad_path();
    }
    if let Err(reply) = query::check(cx, parts) {
        return *reply;
    }
    match (cx.call.method.as_str(), parts) {
        ("GET", []) => Reply::json(200, &query::select(cx, mailbox::me(cx, account))),
        (_, ["mailboxSettings", rest @ ..]) => mailbox::mailbox_settings(cx, account, rest),
        ("POST", ["translateExchangeIds"]) => mailbox::translate_ids(cx),
        (_, ["outlook", "masterCategories", rest @ ..]) => {
            mailbox::categories(cx, account, env, rest)
        }
        ("GET", ["outlook", zones]) if zones.starts_with("supportedTimeZones") => {
            mailbox::supported_time_zones(cx, zones)
        }
        (_, ["calendarGroups"] | ["calendarGroups", _]) => {
            groups::handle(cx, account, env, parts.get(1..).unwrap_or_default())
        }
        (_, ["calendarGroups", group, "calendars", rest @ ..]) => {
            if !groups::exists(account, group) {
                return cx.not_found();
            }
            match rest {
                [id, below @ ..] if !below.is_empty() => in_calendar(cx, account, env, id, below),
                _ => calendars::handle(cx, account, env, rest, Some(group)),
            }
        }
        (_, ["calendars"] | ["calendars", _] | ["calendars", _, "permanentDelete"]) => {
            calendars::handle(cx, account, env, parts.get(1..).unwrap_or_default(), None)
        }
        ("GET" | "PATCH", ["calendar"]) => calendars::handle(cx, account, env, &[&default], None),
        ("GET", ["calendar", "calendarPermissions"]) => {
            calendars::permissions(cx, account, &default)
        }
        (_, ["calendar", rest @ ..]) => collection(cx, account, env, &default, rest),
        ("GET", ["calendars", id, "calendarPermissions"]) => {
            calendars::permissions(cx, account, id)
        }
        (_, ["calendars", id, rest @ ..]) => in_calendar(cx, account, env, id, rest),
        (_, ["events" | "calendarView", ..]) => collection(cx, account, env, &default, parts),
        _ => cx.bad_path(),
    }
}

/// Requests below a calendar that the path names.
fn in_calendar(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
    rest: &[&str],
) -> Reply {
    if account.calendar(id).is_none() {
        return cx.not_found();
    }
    collection(cx, account, env, id, rest)
}

/// Requests on the events of one calendar.
fn collection(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    parts: &[&str],
) -> Reply {
    match (cx.call.method.as_str(), parts) {
        ("GET", ["events"]) => events::list(cx, account, calendar),
        ("POST", ["events"]) => events::create(cx, account, env, calendar),
        ("GET", ["calendarView"]) => events::view(cx, account, calendar),
        ("GET", ["calendarView", "delta"]) => delta::round(cx, account, env, calendar),
        ("GET", ["events", "delta"]) => delta::events_round(cx, account, env, calendar),
        ("GET", ["events", id]) => events::get(cx, account, id),
        ("PATCH", ["events", id]) => events::update(cx, account, env, id),
        ("DELETE", ["events", id]) | ("POST", ["events", id, "permanentDelete"]) => {
            events::delete(cx, account, env, id)
        }
        ("GET", ["events", id, "instances"]) => events::instances(cx, account, id),
        ("GET", ["events", id, "calendar"]) => calendars::of_event(cx, account, id),
        (_, ["events", id, "attachments", rest @ ..]) => {
            attachments::handle(cx, account, env, id, rest)
        }
        (_, ["events", id, "extensions", rest @ ..]) => {
            extended::handle(cx, account, env, id, rest)
        }
        ("POST", ["events", id, action]) if respond::ACTIONS.contains(action) => {
            respond::handle(cx, account, env, id, action)
        }
        _ => cx.bad_path(),
    }
}

/// Whether a body has only members that the schema's type has, each of its own kind.
pub(crate) fn agrees(of: &str, body: &Map<String, Value>) -> bool {
    schema::faults(of, body).is_empty()
}

/// Writes a body on an event, as a POST or PATCH would.
pub(crate) fn write_event(
    call: &Call,
    account: &Account,
    event: &mut Event,
    body: &Map<String, Value>,
    env: &mut Env<'_>,
) -> Result<(), Box<Reply>> {
    let cx = Context::new(call, account, String::new())?;
    write::apply(&cx, account, event, body, env).map(drop)
}

/// A full dump for test oracles.
pub(crate) fn state(call: &Call, account: &Account) -> Value {
    let Ok(cx) = Context::new(call, account, String::new()) else {
        return Value::Null;
    };
    let calendars: Vec<Value> = account
        .calendars
        .iter()
        .filter(|calendar| calendar.removed.is_none())
        .map(|calendar| {
            let events: Vec<Value> = calendar
                .events
                .iter()
                .filter(|event| !event.removed)
                .map(|event| render::event(&cx, account, calendar, event))
                .collect();
            let occurrences: Vec<Value> = events::around(call.now, calendar)
                .map(|slot| render::instance(&cx, account, calendar, &slot))
                .collect();
            json!({
                "calendar": render::calendar(&cx, account, calendar),
                "events": events,
                "occurrences": occurrences,
            })
        })
        .collect();
    json!(calendars)
}

#[cfg(test)]
mod tests;
