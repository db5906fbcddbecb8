//! Google Calendar v3: the calendars of one signed-in user.
//!
//! Sources: the discovery document of revision 20261030 and the guides on synchronisation,
//! recurring events, event types and errors. Push channels are in [`crate::push`]. Not simulated:
//! access lists.

pub(crate) mod batch;
mod calendars;
mod errors;
mod events;
mod labels;
mod list;
mod misc;
mod partial;
mod render;
mod schema;
mod write;

use serde_json::{Map, Value, json};

pub(crate) use self::errors::{by_reason, error, error_at};
use self::write::{Accepts, Mode};
use crate::call::{Call, Reply};
use crate::expand;
use crate::world::{Account, Calendar, Env, Event};

/// Answers one request of a signed-in user. `path` begins after `/calendar/v3`.
pub(crate) fn handle(call: &Call, account: &mut Account, env: &mut Env<'_>) -> Reply {
    write::promote(account, env);
    let owned = call.parts();
    let parts = owned.get(2..).unwrap_or_default();
    if let Some(reply) = schema::refuse(call, parts, env.quirks.strict_bodies) {
        return reply;
    }
    let known = schema::known_part(call, parts);
    let reply = unless_known(call, route(&known, account, env, parts));
    match (call.param("fields"), reply.status) {
        (Some(fields), 200) => partial::apply(reply, fields),
        _ => reply,
    }
}

/// Refuses a request whose parameters or body the discovery document does not allow.
pub(crate) fn refuse(call: &Call, strict: bool) -> Option<Reply> {
    let parts = call.parts();
    schema::refuse(call, parts.get(2..).unwrap_or_default(), strict)
}

/// 304 for a resource whose etag the client already has.
fn unless_known(call: &Call, reply: Reply) -> Reply {
    let Some(known) = call.header("if-none-match") else {
        return reply;
    };
    let body = serde_json::from_slice::<Value>(&reply.body).unwrap_or_default();
    let same = body.get("etag").and_then(Value::as_str) == Some(known);
    if same && reply.status == 200 && call.method == http::Method::GET {
        return Reply::empty(304).with("etag", known);
    }
    reply
}

fn route(call: &Call, account: &mut Account, env: &mut Env<'_>, parts: &[&str]) -> Reply {
    match (call.method.as_str(), parts) {
        ("GET", ["users", "me", "calendarList"]) => calendars::list(call, account, env),
        ("POST", ["users", "me", "calendarList"]) => calendars::add(call, account),
        ("GET", ["users", "me", "calendarList", id]) => calendars::get_entry(account, id),
        ("PATCH", ["users", "me", "calendarList", id]) => {
            calendars::update_entry(call, account, id, Mode::Patch)
        }
        ("PUT", ["users", "me", "calendarList", id]) => {
            calendars::update_entry(call, account, id, Mode::Update)
        }
        ("DELETE", ["users", "me", "calendarList", id]) => calendars::remove(account, id),
        ("GET", ["users", "me", "settings"]) => misc::settings(call, account),
        ("GET", ["users", "me", "settings", name]) => misc::setting(account, name),
        ("GET", ["colors"]) => misc::colors(),
        ("POST", ["freeBusy"]) => misc::free_busy(call, account),
        ("POST", ["calendars"]) => calendars::insert(call, account, env),
        ("GET", ["calendars", id]) => calendars::get(account, id),
        ("PATCH", ["calendars", id]) => calendars::update(call, account, env, id, Mode::Patch),
        ("PUT", ["calendars", id]) => calendars::update(call, account, env, id, Mode::Update),
        ("POST", ["calendars", id, "clear"]) => calendars::clear(account, env, id),
        ("DELETE", ["calendars", id]) => calendars::delete(account, id),
        (method, ["calendars", id, "events", rest @ ..]) => {
            if account.calendar(id).is_none() {
                return errors::not_found();
            }
            events_route(call, account, env, id, method, rest)
        }
        _ => errors::not_found(),
    }
}

fn events_route(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    method: &str,
    parts: &[&str],
) -> Reply {
    match (method, parts) {
        ("GET", []) => list::list(call, account, env, calendar),
        ("POST", []) => events::insert(call, account, env, calendar),
        ("POST", ["import"]) => events::import(call, account, env, calendar),
        ("POST", ["quickAdd"]) => events::quick_add(call, account, env, calendar),
        ("GET", [id]) => events::get(call, account, env, calendar, id),
        ("PUT", [id]) => events::change(call, account, env, calendar, id, Mode::Update),
        ("PATCH", [id]) => events::change(call, account, env, calendar, id, Mode::Patch),
        ("DELETE", [id]) => events::delete(call, account, env, calendar, id),
        ("GET", [id, "instances"]) => list::instances(call, account, env, calendar, id),
        ("POST", [id, "move"]) => events::move_to(call, account, env, calendar, id),
        _ => errors::not_found(),
    }
}

/// A new event of a scenario, which may hold what no client can write.
pub(crate) fn event_from(
    account: &Account,
    calendar: &Calendar,
    body: &Map<String, Value>,
    version: u64,
    env: &mut Env<'_>,
) -> Result<Event, Box<Reply>> {
    write::event_from(account, calendar, body, version, Accepts::SCENARIO, env)
}

/// Writes a scenario's body on an event, as a PATCH would.
pub(crate) fn write_event(
    account: &Account,
    calendar: &Calendar,
    event: &mut Event,
    body: &Map<String, Value>,
    env: &mut Env<'_>,
) -> Result<(), Box<Reply>> {
    write::apply(
        account,
        calendar,
        event,
        body,
        Mode::Patch,
        Accepts::SCENARIO,
        env,
    )
    .map(drop)
}

/// A full dump for test oracles.
pub(crate) fn state(call: &Call, account: &Account) -> Value {
    let (from, until) = (
        call.now - chrono::Duration::days(60),
        call.now + chrono::Duration::days(180),
    );
    let calendars: Vec<Value> = account
        .calendars
        .iter()
        .filter(|calendar| calendar.removed.is_none())
        .map(|calendar| {
            let view = render::View::new(account, calendar, None);
            let live = || calendar.events.iter().filter(|event| !event.removed);
            let events: Vec<Value> = live().map(|event| view.event(event)).collect();
            let occurrences: Vec<Value> = live()
                .filter(|event| event.is_master())
                .flat_map(|master| expand::instances(calendar, master, from, until))
                .map(|slot| view.instance(&slot))
                .collect();
            json!({
                "calendar": calendars::list_entry(calendar),
                "events": events,
                "occurrences": occurrences,
            })
        })
        .collect();
    json!(calendars)
}

#[cfg(test)]
mod tests;
