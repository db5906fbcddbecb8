//! Reading and writing events and occurrences.

use chrono::{DateTime, Duration, Utc};
use serde_json::{Value, json};

use super::context::Context;
use super::target::{Target, draft, locate, slot};
use super::{query, render, write};
use crate::call::Reply;
use crate::expand::{self, Instance};
use crate::inject;
use crate::world::{Account, Calendar, Env, Event};

const DEFAULT_PAGE: usize = 10;

/// The answer for an id that names nothing: some are not even ids.
pub(super) fn missing(cx: &Context<'_>, id: &str) -> Reply {
    if ["AAMk", "AAkA", "OID."]
        .iter()
        .any(|prefix| id.starts_with(prefix))
    {
        cx.not_found()
    } else {
        cx.error(400, "ErrorInvalidIdMalformed", "Id is malformed.")
    }
}

fn resource(cx: &Context<'_>, account: &Account, target: &Target) -> Option<Value> {
    match target {
        Target::Event { calendar, id } => {
            let calendar = account.calendar(calendar)?;
            Some(render::event(cx, account, calendar, calendar.event(id)?))
        }
        Target::Occurrence {
            calendar,
            master,
            date,
        } => {
            let (calendar, slot) = slot(account, calendar, master, *date)?;
            Some(render::instance(cx, account, calendar, &slot))
        }
    }
}

fn entity(cx: &Context<'_>, account: &Account, target: &Target, status: u16) -> Reply {
    let Some(value) = resource(cx, account, target) else {
        return cx.not_found();
    };
    let etag = value
        .get("@odata.etag")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let value = query::select(cx, value);
    cx.entity(status, "events", value).with("etag", &etag)
}

/// `GET events`: single events and series masters, never occurrences.
pub(super) fn list(cx: &Context<'_>, account: &Account, calendar: &str) -> Reply {
    if let Err(reply) = check_names(cx) {
        return *reply;
    }
    let Some(calendar) = account.calendar(calendar) else {
        return cx.not_found();
    };
    let all: Vec<&Event> = plain(calendar).collect();
    let below = format!("calendars('{}')/events", cx.quoted(&calendar.id));
    let mut listing = query::Listing::new(below, "event", all, DEFAULT_PAGE);
    listing.trailing = inject::items(account, &calendar.id, 0).collect();
    query::page(cx, listing, |event| {
        render::event(cx, account, calendar, event)
    })
    .unwrap_or_else(|reply| *reply)
}

/// Single events and series masters.
fn plain(calendar: &Calendar) -> impl Iterator<Item = &Event> {
    let events = calendar.events.iter();
    events.filter(|event| !event.removed && event.series.is_none())
}

/// The names in `$select` and `$expand`, and which navigations a list can hold.
fn check_names(cx: &Context<'_>) -> Result<(), Box<Reply>> {
    query::check_names(cx, "event")?;
    let refused = ["instances", "exceptionOccurrences"];
    match cx
        .expand
        .iter()
        .find(|one| refused.contains(&one.name.as_str()))
    {
        None => Ok(()),
        Some(expand) => {
            let message = format!("Expanding '{}' is not supported here.", expand.name);
            Err(Box::new(cx.error(400, "ErrorInvalidUrlQuery", &message)))
        }
    }
}

/// The window of the request; both bounds are required.
pub(super) fn window(cx: &Context<'_>) -> Result<(DateTime<Utc>, DateTime<Utc>), Box<Reply>> {
    let bounds = (
        render::bound(cx, "startDateTime"),
        render::bound(cx, "endDateTime"),
    );
    match bounds {
        (Some(from), Some(until)) if from < until => Ok((from, until)),
        (Some(_), Some(_)) => {
            let message = "The specified value for endDateTime must be later than startDateTime.";
            Err(Box::new(cx.error(400, "ErrorInvalidParameter", message)))
        }
        _ => {
            let message = "This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.";
            Err(Box::new(cx.error(400, "ErrorInvalidParameter", message)))
        }
    }
}

/// One item of a view, not yet rendered.
enum Shown<'a> {
    Event(&'a Event),
    Instance(Instance<'a>),
}

/// `GET calendarView`: everything that happens in the window, series expanded, by start.
pub(super) fn view(cx: &Context<'_>, account: &Account, calendar: &str) -> Reply {
    if let Err(reply) = check_names(cx) {
        return *reply;
    }
    let (from, until) = match window(cx) {
        Ok(window) => window,
        Err(reply) => return *reply,
    };
    let Some(calendar) = account.calendar(calendar) else {
        return cx.not_found();
    };
    let mut all: Vec<(DateTime<Utc>, Shown<'_>)> = Vec::new();
    for event in plain(calendar) {
        if event.is_master() {
            let slots = expand::instances(calendar, event, from, until).into_iter();
            all.extend(slots.map(|slot| (slot.start.instant(calendar.tz), Shown::Instance(slot))));
        } else if expand::intersects((&event.start, &event.end), from, until, calendar.tz) {
            all.push((event.start.instant(calendar.tz), Shown::Event(event)));
        }
    }
    all.sort_by_key(|(at, _)| *at);
    let below = format!("calendars('{}')/calendarView", cx.quoted(&calendar.id));
    let mut listing = query::Listing::new(below, "event", all, DEFAULT_PAGE);
    listing.trailing = inject::items(account, &calendar.id, 0).collect();
    query::page(cx, listing, |(_, shown)| match shown {
        Shown::Event(event) => render::event(cx, account, calendar, event),
        Shown::Instance(slot) => render::instance(cx, account, calendar, slot),
    })
    .unwrap_or_else(|reply| *reply)
}

/// `GET events/{id}/instances`.
pub(super) fn instances(cx: &Context<'_>, account: &Account, id: &str) -> Reply {
    if let Err(reply) = check_names(cx) {
        return *reply;
    }
    let (from, until) = match window(cx) {
        Ok(window) => window,
        Err(reply) => return *reply,
    };
    let Some(Target::Event {
        calendar,
        id: stored,
    }) = locate(account, id)
    else {
        return missing(cx, id);
    };
    let Some(calendar) = account.calendar(&calendar) else {
        return cx.not_found();
    };
    let Some(master) = calendar.event(&stored).filter(|event| event.is_master()) else {
        let message = "The item is not a recurring master.";
        return cx.error(400, "ErrorCalendarCannotUseIdForRecurringMasterId", message);
    };
    let slots = expand::instances(calendar, master, from, until);
    let below = format!("events('{}')/instances", cx.quoted(&master.id));
    let listing = query::Listing::new(below, "event", slots, DEFAULT_PAGE);
    query::page(cx, listing, |slot| {
        render::instance(cx, account, calendar, slot)
    })
    .unwrap_or_else(|reply| *reply)
}

/// `GET events/{id}`; a master gives its exceptions and cancellations when asked for them.
pub(super) fn get(cx: &Context<'_>, account: &Account, id: &str) -> Reply {
    if let Err(reply) = query::check_names(cx, "event") {
        return *reply;
    }
    if cx.expands("instances").is_some() {
        let message = "Expanding 'instances' needs a window; use events/{id}/instances.";
        return cx.error(400, "ErrorInvalidUrlQuery", message);
    }
    let Some(target) = locate(account, id) else {
        return missing(cx, id);
    };
    let mut reply = entity(cx, account, &target, 200);
    let wants_exceptions = cx.expands("exceptionOccurrences").is_some();
    let wants_cancelled = query::selected(cx)
        .unwrap_or_default()
        .iter()
        .any(|name| name == "cancelledOccurrences");
    if (wants_exceptions || wants_cancelled)
        && let Target::Event { calendar, id } = &target
        && let Some(calendar) = account.calendar(calendar)
        && let Some(master) = calendar.event(id).filter(|event| event.is_master())
        && let Ok(Value::Object(mut body)) = serde_json::from_slice(&reply.body)
    {
        let (gone, changed): (Vec<&Event>, Vec<&Event>) = calendar
            .exceptions(&master.id)
            .partition(|event| event.removed);
        if wants_exceptions {
            let list: Vec<Value> = changed
                .into_iter()
                .map(|event| render::event(cx, account, calendar, event))
                .collect();
            body.insert("exceptionOccurrences".into(), list.into());
        }
        if wants_cancelled {
            let list: Vec<String> = gone
                .into_iter()
                .filter_map(|event| event.series.as_ref())
                .map(|link| format!("OID.{}.{}", cx.id(&master.id), link.original.local().date()))
                .collect();
            body.insert("cancelledOccurrences".into(), json!(list));
        }
        reply.body = Value::Object(body).to_string().into();
    }
    reply
}

/// `POST events`. A known `transactionId` gives the event that the first POST made.
pub(super) fn create(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    calendar: &str,
) -> Reply {
    let Some(body) = cx.call.object() else {
        return cx.bad_body("The body is not valid JSON.");
    };
    let Some(home) = account.calendar(calendar) else {
        return cx.not_found();
    };
    if home.read_only {
        return cx.denied();
    }
    let transaction = body.get("transactionId").and_then(Value::as_str);
    if let Some(transaction) = transaction
        && let Some(target) = by_transaction(account, transaction)
    {
        return entity(cx, account, &target, 201);
    }
    if !body.contains_key("start") || !body.contains_key("end") {
        return cx.bad_property("The properties 'start' and 'end' are required.");
    }
    let home_id = home.id.clone();
    let home = home.clone_head();
    let version = account.next_version();
    let mut event = write::new_event(account, &home, version, env.now, env.rng);
    if let Err(reply) = write::apply(cx, account, &mut event, &body, env) {
        return *reply;
    }
    if let Some(transaction) = transaction {
        event
            .properties
            .insert("transactionId".into(), transaction.into());
    }
    let target = Target::Event {
        calendar: home_id.clone(),
        id: event.id.clone(),
    };
    if let Some(home) = account.calendar_mut(&home_id) {
        home.put(event);
    }
    entity(cx, account, &target, 201)
}

fn by_transaction(account: &Account, transaction: &str) -> Option<Target> {
    account
        .calendars
        .iter()
        .filter(|calendar| calendar.removed.is_none())
        .find_map(|calendar| {
            let event = calendar
                .events
                .iter()
                .find(|event| !event.removed && event.text("transactionId") == Some(transaction))?;
            Some(Target::Event {
                calendar: calendar.id.clone(),
                id: event.id.clone(),
            })
        })
}

/// 412 if `If-Match` names another version.
pub(super) fn precondition(cx: &Context<'_>, version: u64) -> Result<(), Box<Reply>> {
    match cx.call.header("if-match") {
        Some(etag) if etag != "*" && etag != render::etag(version) => {
            let message = "The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.";
            Err(Box::new(cx.error(
                412,
                "ErrorIrresolvableConflict",
                message,
            )))
        }
        _ => Ok(()),
    }
}

/// `PATCH events/{id}`.
pub(super) fn update(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
) -> Reply {
    let Some(body) = cx.call.object() else {
        return cx.bad_body("The body is not valid JSON.");
    };
    let Some(target) = locate(account, id) else {
        return missing(cx, id);
    };
    let Some(home) = account.calendar(target.calendar()) else {
        return cx.not_found();
    };
    if home.read_only {
        return cx.denied();
    }
    let Some(mut event) = draft(account, &target) else {
        return cx.not_found();
    };
    if let Err(reply) = precondition(cx, event.version) {
        return *reply;
    }
    let effect = match write::apply(cx, account, &mut event, &body, env) {
        Ok(effect) => effect,
        Err(reply) => return *reply,
    };
    if effect.times
        && let Err(reply) = check_neighbours(cx, account, target.calendar(), &event)
    {
        return *reply;
    }
    let version = account.next_version();
    event.touch(version, env.now);
    if effect.times {
        event.expansion_version = version;
    }
    let target = Target::Event {
        calendar: target.calendar().to_owned(),
        id: event.id.clone(),
    };
    if let Some(home) = account.calendar_mut(target.calendar()) {
        // A new pattern drops every exception (MS-OXOCAL 3.1.4.7.3.5).
        if effect.pattern && event.series.is_none() {
            home.events.retain(|other| {
                other
                    .series
                    .as_ref()
                    .is_none_or(|link| link.master != event.id)
            });
        }
        home.put(event);
    }
    entity(cx, account, &target, 200)
}

/// An exception may not reach or pass the day of a neighbour.
fn check_neighbours(
    cx: &Context<'_>,
    account: &Account,
    calendar: &str,
    event: &Event,
) -> Result<(), Box<Reply>> {
    let Some(link) = &event.series else {
        return Ok(());
    };
    let Some(master) = account
        .calendar(calendar)
        .and_then(|home| home.event(&link.master))
    else {
        return Ok(());
    };
    let (before, after) = expand::neighbours(master, link.original.local());
    let date = event.start.local().date();
    let crosses = before.is_some_and(|start| date <= start.date())
        || after.is_some_and(|start| date >= start.date());
    if crosses {
        let message = "Modified occurrence is crossing or overlapping adjacent occurrence.";
        return Err(Box::new(cx.error(
            400,
            "ErrorOccurrenceCrossingBoundary",
            message,
        )));
    }
    Ok(())
}

/// `DELETE events/{id}`.
pub(super) fn delete(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
) -> Reply {
    let Some(target) = locate(account, id) else {
        return missing(cx, id);
    };
    let Some(home) = account.calendar(target.calendar()) else {
        return cx.not_found();
    };
    if home.read_only {
        return cx.denied();
    }
    let Some(event) = draft(account, &target) else {
        return cx.not_found();
    };
    if let Err(reply) = precondition(cx, event.version) {
        return *reply;
    }
    remove(account, env, &target);
    Reply::empty(204)
}

/// Stores a changed event under the next version. A changed occurrence becomes an exception.
pub(super) fn store(account: &mut Account, env: &Env<'_>, target: &Target, mut event: Event) {
    let version = account.next_version();
    event.touch(version, env.now);
    if let Some(home) = account.calendar_mut(target.calendar()) {
        home.put(event);
    }
}

/// Takes an event or an occurrence out of its calendar.
pub(super) fn remove(account: &mut Account, env: &Env<'_>, target: &Target) {
    let Some(mut event) = draft(account, target) else {
        return;
    };
    event.removed = true;
    let version = account.next_version();
    event.touch(version, env.now);
    let next = account.next_version();
    let Some(home) = account.calendar_mut(target.calendar()) else {
        return;
    };
    if let Some(link) = event.series.clone() {
        // A deleted occurrence leaves no tombstone of its own: its master is sent again
        // (microsoft-graph-docs#5951).
        if let Some(master) = home.event_mut(&link.master)
            && !env.quirks.lost_deletions
        {
            master.touch(next, env.now);
        }
    } else {
        home.events.retain(|other| {
            other
                .series
                .as_ref()
                .is_none_or(|link| link.master != event.id)
        });
    }
    home.put(event);
}

/// Every occurrence from two months before to six months after `now`, for test oracles.
pub(super) fn around(
    now: DateTime<Utc>,
    calendar: &Calendar,
) -> impl Iterator<Item = Instance<'_>> {
    let (from, until) = (now - Duration::days(60), now + Duration::days(180));
    calendar
        .events
        .iter()
        .filter(|event| !event.removed && event.is_master())
        .flat_map(move |master| expand::instances(calendar, master, from, until))
}
