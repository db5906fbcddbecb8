//! `events.get`, `insert`, `import`, `quickAdd`, `update`, `patch`, `delete`, `move`.

use chrono::{Duration, NaiveDate, NaiveDateTime};
use serde_json::{Map, Value, json};

use super::calendars::can_write;
use super::errors;
use super::render::{View, etag};
use super::write::{self, Accepts, Mode};
use crate::call::{Call, Reply};
use crate::expand;
use crate::world::{Account, Calendar, Env, Event, Vendor, occurrence_draft};

/// The event under an id: stored, or an instance that nobody has changed yet.
pub(super) fn find(calendar: &Calendar, id: &str) -> Option<Event> {
    if let Some(event) = calendar.event(id) {
        return Some(event.clone());
    }
    let (master, stamp) = id.rsplit_once('_')?;
    let master = calendar
        .event(master)
        .filter(|event| event.is_master() && !event.removed)?;
    let original = original_local(master, stamp)?;
    let event = occurrence_draft(Vendor::Google, master, original)?;
    (event.id == id).then_some(event)
}

fn original_local(master: &Event, stamp: &str) -> Option<NaiveDateTime> {
    if master.start.is_date() {
        let date = NaiveDate::parse_from_str(stamp, "%Y%m%d").ok()?;
        return Some(date.and_time(chrono::NaiveTime::MIN));
    }
    let utc = NaiveDateTime::parse_from_str(stamp, "%Y%m%dT%H%M%SZ").ok()?;
    let utc = utc.and_utc();
    let tz = master.start.tz();
    let local = utc.with_timezone(&tz).naive_local();
    // A wall time in a gap is not the one that its instant shows.
    let around = Duration::hours(30);
    expand::starts(master, local - around, local + around)
        .into_iter()
        .find(|start| master.start.at(*start).instant(tz) == utc)
}

pub(super) fn zone_param(call: &Call) -> Result<Option<chrono_tz::Tz>, Box<Reply>> {
    match call.param("timeZone").map(str::parse) {
        None => Ok(None),
        Some(Ok(tz)) => Ok(Some(tz)),
        Some(Err(_)) => Err(Box::new(errors::invalid("Invalid time zone."))),
    }
}

fn answer(
    call: &Call,
    account: &Account,
    env: &Env<'_>,
    calendar: &Calendar,
    event: &Event,
) -> Reply {
    match zone_param(call) {
        Ok(tz) => {
            let view = View::new(account, calendar, tz).under(call, env.quirks);
            Reply::json(200, &view.event(event)).with("etag", &etag(event))
        }
        Err(reply) => *reply,
    }
}

/// `events.get`. A cancelled event is still readable.
pub(super) fn get(
    call: &Call,
    account: &Account,
    env: &Env<'_>,
    calendar: &str,
    id: &str,
) -> Reply {
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    match find(home, id) {
        Some(event) => answer(call, account, env, home, &event),
        None => errors::not_found(),
    }
}

/// `events.insert`. A known id is a conflict, also when its event is deleted.
pub(super) fn insert(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    create(call, account, env, calendar, &body)
}

fn create(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    body: &Map<String, Value>,
) -> Reply {
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    if !can_write(home) {
        return errors::read_only();
    }
    if let Some(id) = body.get("id").and_then(Value::as_str)
        && home.event(id).is_some()
    {
        return errors::error(409, "duplicate", "The requested identifier already exists.");
    }
    let head = home.clone_head();
    let version = account.next_version();
    let accepts = Accepts::of(call);
    let event = match write::event_from(account, &head, body, version, accepts, env) {
        Ok(event) => event,
        Err(reply) => return *reply,
    };
    store(account, calendar, event.clone());
    answer(call, account, env, &head, &event)
}

fn store(account: &mut Account, calendar: &str, event: Event) {
    if let Some(home) = account.calendar_mut(calendar) {
        home.put(event);
    }
}

/// `events.import`: updates the event of the same iCalUID, else inserts.
pub(super) fn import(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
) -> Reply {
    let Some(mut body) = call.object() else {
        return errors::bad_json();
    };
    let Some(uid) = body.get("iCalUID").and_then(Value::as_str) else {
        return errors::required("Missing iCalUID.");
    };
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    let known = home
        .events
        .iter()
        .find(|event| event.series.is_none() && event.text("iCalUID") == Some(uid))
        .map(|event| (event.id.clone(), event.removed));
    match known {
        Some((id, _)) => {
            body.insert("status".into(), "confirmed".into());
            write_change(call, account, env, calendar, &id, &body, Mode::Update, true)
        }
        None => create(call, account, env, calendar, &body),
    }
}

/// `events.quickAdd`: the text becomes the summary of the coming hour.
pub(super) fn quick_add(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
) -> Reply {
    let Some(text) = call.param("text") else {
        return errors::required("Missing text.");
    };
    let body = crate::call::object(json!({
        "summary": text,
        "start": {"dateTime": env.now.to_rfc3339()},
        "end": {"dateTime": (env.now + Duration::hours(1)).to_rfc3339()},
    }));
    create(call, account, env, calendar, &body)
}

/// A stricter visibility of one instance is the whole series'; a looser one is not taken
/// (discovery document, `visibility`). Returns what the series gets.
fn spread_visibility(event: &mut Event, before: Option<&str>) -> Option<String> {
    let strict = |visibility: Option<&str>| matches!(visibility, Some("private" | "confidential"));
    event.series.as_ref()?;
    let after = event.text("visibility").map(str::to_owned);
    match (strict(before), strict(after.as_deref())) {
        (false, true) => after,
        (true, false) => {
            let before = before.unwrap_or_default();
            event.properties.insert("visibility".into(), before.into());
            None
        }
        _ => None,
    }
}

fn tighten_series(
    account: &mut Account,
    calendar: &str,
    master: &str,
    visibility: &str,
    env: &Env<'_>,
) {
    let version = account.version;
    let Some(home) = account.calendar_mut(calendar) else {
        return;
    };
    for event in &mut home.events {
        let member = event.id == master
            || event
                .series
                .as_ref()
                .is_some_and(|link| link.master == master);
        if member && !event.removed {
            event
                .properties
                .insert("visibility".into(), visibility.into());
            event.touch(version, env.now);
        }
    }
}

fn precondition(call: &Call, event: &Event) -> Result<(), Box<Reply>> {
    match call.header("if-match") {
        Some(tag) if tag != "*" && tag != etag(event) => Err(Box::new(errors::condition_not_met())),
        _ => Ok(()),
    }
}

/// `events.update` and `events.patch`.
pub(super) fn change(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    id: &str,
    mode: Mode,
) -> Reply {
    let Some(body) = call.object() else {
        return errors::bad_json();
    };
    write_change(call, account, env, calendar, id, &body, mode, false)
}

#[expect(
    clippy::too_many_arguments,
    reason = "one write with its place and manner"
)]
fn write_change(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    id: &str,
    body: &Map<String, Value>,
    mode: Mode,
    revive: bool,
) -> Reply {
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    let Some(mut event) = find(home, id) else {
        return errors::not_found();
    };
    if !can_write(home) {
        return errors::read_only();
    }
    if let Err(reply) = precondition(call, &event) {
        return *reply;
    }
    let revived = revive || body.get("status").and_then(Value::as_str) == Some("confirmed");
    if event.removed && !revived {
        return errors::error(403, "forbidden", "Cannot change a deleted event.");
    }
    let head = home.clone_head();
    let accepts = Accepts::of(call);
    let before = event.text("visibility").map(str::to_owned);
    let times = match write::apply(account, &head, &mut event, body, mode, accepts, env) {
        Ok(times) => times,
        Err(reply) => return *reply,
    };
    let spread = spread_visibility(&mut event, before.as_deref());
    event.removed = event.text("status") == Some("cancelled");
    if times {
        let sequence = event
            .properties
            .get("sequence")
            .and_then(Value::as_i64)
            .unwrap_or(0);
        event
            .properties
            .insert("sequence".into(), (sequence + 1).into());
    }
    let version = account.next_version();
    // Reminders are the reader's own: they change the etag and not the date.
    let updated = if body.keys().all(|name| name == "reminders") {
        event.updated
    } else {
        env.now
    };
    event.touch(version, updated);
    if let (Some(visibility), Some(link)) = (spread, &event.series) {
        let master = link.master.clone();
        tighten_series(account, calendar, &master, &visibility, env);
    }
    if times && event.series.is_none() {
        event.expansion_version = version;
        drop_strays(account, calendar, &event);
    }
    store(account, calendar, event.clone());
    answer(call, account, env, &head, &event)
}

/// Exceptions whose place the rule no longer has disappear with the change.
fn drop_strays(account: &mut Account, calendar: &str, master: &Event) {
    let next = account.version;
    let Some(home) = account.calendar_mut(calendar) else {
        return;
    };
    for event in &mut home.events {
        let Some(link) = &event.series else { continue };
        if link.master == master.id
            && !event.removed
            && expand::slot_at(master, link.original.local()).is_none()
        {
            event.removed = true;
            event.touch(next, master.updated);
        }
    }
}

/// `events.delete`; of an instance: a cancelled exception. Deleting twice is 410.
pub(super) fn delete(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    id: &str,
) -> Reply {
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    let Some(mut event) = find(home, id) else {
        return errors::not_found();
    };
    if !can_write(home) {
        return errors::read_only();
    }
    if event.removed {
        return errors::error(410, "deleted", "Resource has been deleted");
    }
    if let Err(reply) = precondition(call, &event) {
        return *reply;
    }
    let version = account.next_version();
    event.removed = true;
    event.touch(version, env.now);
    if event.series.is_none()
        && let Some(home) = account.calendar_mut(calendar)
    {
        // Exceptions go with their series, and each says so in the next incremental round.
        for other in &mut home.events {
            if other
                .series
                .as_ref()
                .is_some_and(|link| link.master == event.id)
                && !other.removed
            {
                other.removed = true;
                other.touch(version, env.now);
            }
        }
    }
    store(account, calendar, event);
    Reply::empty(204)
}

/// `events.move`: only for events of type `default`, and never for instances.
pub(super) fn move_to(
    call: &Call,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
    id: &str,
) -> Reply {
    let Some(destination) = call.param("destination") else {
        return errors::required("Missing destination.");
    };
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    let Some(target) = account.calendar(destination) else {
        return errors::not_found();
    };
    if !can_write(home) || !can_write(target) {
        return errors::read_only();
    }
    let Some(event) = find(home, id).filter(|event| !event.removed) else {
        return errors::not_found();
    };
    if event.series.is_some()
        || event
            .text("eventType")
            .is_some_and(|kind| kind != "default")
    {
        return errors::error(400, "cannotMoveEvent", "This event cannot be moved.");
    }
    let head = target.clone_head();
    let members: Vec<Event> = std::iter::once(event.clone())
        .chain(home.exceptions(&event.id).cloned())
        .collect();
    let mut answered = event;
    for member in members {
        let (out, into) = (account.next_version(), account.next_version());
        let mut gone = member.clone();
        gone.removed = true;
        gone.touch(out, env.now);
        store(account, calendar, gone);
        let mut moved = member;
        moved.touch(into, env.now);
        moved.created_version = into;
        if moved.id == answered.id {
            let who = if head.primary {
                account.email.clone()
            } else {
                head.id.clone()
            };
            moved.properties.insert(
                "organizer".into(),
                json!({"email": who, "displayName": head.owner_name}),
            );
            answered = moved.clone();
        }
        store(account, destination, moved);
    }
    answer(call, account, env, &head, &answered)
}
