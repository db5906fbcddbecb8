//! `events.list` and `events.instances`: parameters, pages, sync tokens.
//!
//! Pages are cut by a sort key and not by an offset, so that a change between two pages can
//! neither hide nor repeat an event that did not change; what did change comes again, since
//! the sync token is taken at the first page.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::render::View;
use super::{calendars, errors, events};
use crate::call::{Call, Reply, object, text};
use crate::expand::{self, Instance};
use crate::time::{google_instant, parse_instant};
use crate::world::{Account, Calendar, Env, Event};
use crate::{ids, inject};

const DEFAULT_PAGE: usize = 250;
const MAX_PAGE: usize = 2500;
/// `singleEvents` without an upper bound reaches this far (gbrain#5015 measured more).
const HORIZON_YEARS: i64 = 15;

/// Parameters that a sync token excludes (discovery document, `events.list`).
const NOT_WITH_SYNC: [&str; 7] = [
    "iCalUID",
    "orderBy",
    "privateExtendedProperty",
    "q",
    "sharedExtendedProperty",
    "timeMin",
    "timeMax",
];

/// What a sync token or page token remembers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Cursor {
    calendar: String,
    epoch: u64,
    single_events: bool,
    /// The bound of the first round stays in force for later ones.
    time_min: Option<i64>,
    time_max: Option<i64>,
    /// Changes after this version are wanted; 0 in a full round.
    base: u64,
    /// Account version when the round began.
    round: u64,
    /// Key of the last item sent.
    after: Option<(i64, String)>,
    idle: bool,
    /// `eventTypes`, sorted; empty for all.
    types: Vec<String>,
    hidden: bool,
}

struct Query {
    order_by: Option<String>,
    show_deleted: bool,
    updated_min: Option<DateTime<Utc>>,
    /// Search terms in lower case; every one has to be found.
    terms: Vec<String>,
    uid: Option<String>,
    /// `private` or `shared`, name and value.
    extended: Vec<(&'static str, String, String)>,
    exceptions_first: bool,
    max: usize,
    tz: Option<Tz>,
}

fn flag(call: &Call, name: &str) -> bool {
    call.param(name) == Some("true")
}

fn instant_param(call: &Call, name: &str) -> Result<Option<DateTime<Utc>>, Box<Reply>> {
    let Some(value) = call.param(name) else {
        return Ok(None);
    };
    // Google wants an offset here, and a plus sign that was not encoded arrives as a space.
    let value = value.replace(' ', "+");
    match DateTime::parse_from_rfc3339(&value) {
        Ok(at) => Ok(Some(at.with_timezone(&Utc))),
        Err(_) => Err(Box::new(errors::error(400, "badRequest", "Bad Request"))),
    }
}

fn max_results(call: &Call, env: &Env<'_>) -> Result<usize, Box<Reply>> {
    let cap = env.quirks.page_size.unwrap_or(MAX_PAGE).max(1);
    match call.param("maxResults").map(str::parse::<usize>) {
        None => Ok(DEFAULT_PAGE.min(cap)),
        Some(Ok(max)) if max > 0 => Ok(max.min(MAX_PAGE).min(cap)),
        Some(_) => Err(Box::new(errors::invalid("Invalid Value"))),
    }
}

fn read_query(call: &Call, env: &Env<'_>) -> Result<Query, Box<Reply>> {
    let order_by = call.param("orderBy").map(str::to_owned);
    match order_by.as_deref() {
        None | Some("updated") => {}
        Some("startTime") if flag(call, "singleEvents") => {}
        Some("startTime") => {
            let message = "The requested ordering is not available for the particular query.";
            return Err(Box::new(errors::invalid(message)));
        }
        Some(_) => return Err(Box::new(errors::invalid("Invalid Value"))),
    }
    Ok(Query {
        order_by,
        show_deleted: flag(call, "showDeleted"),
        updated_min: instant_param(call, "updatedMin")?,
        terms: call
            .param("q")
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_lowercase)
            .collect(),
        uid: call.param("iCalUID").map(str::to_owned),
        extended: extended(call)?,
        exceptions_first: env.quirks.exceptions_first,
        max: max_results(call, env)?,
        tz: events::zone_param(call)?,
    })
}

/// `privateExtendedProperty` and its shared twin, each as often as it likes.
fn extended(call: &Call) -> Result<Vec<(&'static str, String, String)>, Box<Reply>> {
    let part = |name: &str| match name {
        "privateExtendedProperty" => Some("private"),
        "sharedExtendedProperty" => Some("shared"),
        _ => None,
    };
    call.query
        .iter()
        .filter_map(|(name, value)| Some((part(name)?, value)))
        .map(|(part, pair)| match pair.split_once('=') {
            Some((name, value)) => Ok((part, name.to_owned(), value.to_owned())),
            None => Err(Box::new(errors::invalid(
                "Invalid extended property constraint.",
            ))),
        })
        .collect()
}

fn types(call: &Call) -> Vec<String> {
    let given = call.query.iter().filter(|(name, _)| name == "eventTypes");
    let mut types: Vec<String> = given.map(|(_, value)| value.clone()).collect();
    types.sort_unstable();
    types
}

fn start_round(call: &Call, account: &Account, calendar: &str) -> Result<Cursor, Box<Reply>> {
    let time_min = instant_param(call, "timeMin")?;
    let time_max = instant_param(call, "timeMax")?;
    if let (Some(min), Some(max)) = (time_min, time_max)
        && min >= max
    {
        return Err(Box::new(errors::error(
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
        )));
    }
    let fresh = Cursor {
        calendar: calendar.to_owned(),
        epoch: account.epoch,
        single_events: flag(call, "singleEvents"),
        time_min: time_min.map(|at| at.timestamp()),
        time_max: time_max.map(|at| at.timestamp()),
        round: account.version,
        types: types(call),
        hidden: flag(call, "showHiddenInvitations"),
        ..Cursor::default()
    };
    let known = |token: &str| {
        ids::open::<Cursor>(token)
            .filter(|cursor| cursor.calendar == calendar && cursor.epoch == account.epoch)
    };
    if let Some(token) = call.param("pageToken") {
        return known(token).ok_or_else(|| Box::new(errors::invalid("Invalid page token value.")));
    }
    let Some(token) = call.param("syncToken") else {
        return Ok(fresh);
    };
    let refused = NOT_WITH_SYNC
        .iter()
        .chain(&["updatedMin"])
        .find(|name| call.param(name).is_some());
    if refused.is_some() || call.param("showDeleted") == Some("false") {
        let message = "Sync token cannot be used with the given restrictions on the query.";
        return Err(Box::new(errors::invalid(message)));
    }
    let Some(cursor) = known(token) else {
        return Err(Box::new(errors::full_sync_required()));
    };
    if (cursor.single_events, cursor.hidden, &cursor.types)
        != (fresh.single_events, fresh.hidden, &fresh.types)
    {
        let message =
            "Sync token cannot be used with parameters that differ from the first request.";
        return Err(Box::new(errors::invalid(message)));
    }
    Ok(Cursor {
        round: account.version,
        ..cursor
    })
}

/// `events.list`.
pub(super) fn list(call: &Call, account: &Account, env: &Env<'_>, calendar: &str) -> Reply {
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    let prepared = start_round(call, account, &home.id)
        .and_then(|cursor| Ok((cursor, read_query(call, env)?)));
    let (mut cursor, query) = match prepared {
        Ok(prepared) => prepared,
        Err(reply) => return *reply,
    };
    // Pages may be empty although more follow.
    if env.quirks.empty_pages && !cursor.idle {
        cursor.idle = true;
        return answer(account, home, &query, &[], Some(&cursor), None);
    }
    cursor.idle = false;
    let view = View::new(account, home, query.tz).under(call, env.quirks);
    let mut items = collect(home, &cursor, &query, env.now);
    items.sort_by(|a, b| a.key.cmp(&b.key));
    if let Some(after) = &cursor.after {
        items.retain(|item| item.key > *after);
    }
    let more = items.len() > query.max;
    items.truncate(query.max);
    let mut values: Vec<Value> = items.iter().map(|item| item.render(&view)).collect();
    if more {
        cursor.after = items.last().map(|item| item.key.clone());
        return answer(account, home, &query, &values, Some(&cursor), None);
    }
    values.extend(inject::items(account, &home.id, cursor.base));
    // An ordered or searched list cannot be continued by a sync token.
    let resumable = query.order_by.is_none()
        && query.terms.is_empty()
        && query.extended.is_empty()
        && query.uid.is_none()
        && query.updated_min.is_none()
        && cursor.time_max.is_none();
    let base = if env.quirks.replay {
        cursor.round.saturating_sub(3)
    } else {
        cursor.round
    };
    let next = Cursor {
        base: base.max(1),
        after: None,
        ..cursor
    };
    answer(
        account,
        home,
        &query,
        &values,
        None,
        resumable.then_some(&next),
    )
}

fn answer(
    account: &Account,
    home: &Calendar,
    query: &Query,
    items: &[Value],
    page: Option<&Cursor>,
    sync: Option<&Cursor>,
) -> Reply {
    let updated = home
        .events
        .iter()
        .map(|event| event.updated)
        .max()
        .unwrap_or_default();
    let mut body = object(json!({
        "kind": "calendar#events",
        "etag": format!("\"p{}\"", account.version),
        "summary": home.name,
        "description": home.description.clone().unwrap_or_default(),
        "updated": google_instant(updated),
        "timeZone": query.tz.unwrap_or(home.tz).name(),
        "accessRole": calendars::role(home),
        "defaultReminders": calendars::default_reminders(home),
        "items": items,
    }));
    if let Some(cursor) = page {
        body.insert("nextPageToken".into(), ids::seal(cursor).into());
    }
    if let Some(cursor) = sync {
        body.insert("nextSyncToken".into(), ids::seal(cursor).into());
    }
    Reply::json(200, &Value::Object(body))
}

enum Entry<'a> {
    Event(&'a Event),
    Instance(Instance<'a>),
    /// An occurrence of a series that is deleted.
    Gone(Instance<'a>),
}

struct Item<'a> {
    key: (i64, String),
    entry: Entry<'a>,
}

impl Item<'_> {
    fn render(&self, view: &View<'_>) -> Value {
        match &self.entry {
            Entry::Event(event) => view.event(event),
            Entry::Instance(slot) => view.instance(slot),
            Entry::Gone(slot) => view.gone(slot),
        }
    }
}

fn collect<'a>(
    home: &'a Calendar,
    cursor: &Cursor,
    query: &Query,
    now: DateTime<Utc>,
) -> Vec<Item<'a>> {
    let at = |seconds: i64| DateTime::from_timestamp(seconds, 0).unwrap_or_default();
    let from = cursor.time_min.map_or(DateTime::UNIX_EPOCH, at);
    let horizon = now + chrono::Duration::days(HORIZON_YEARS * 366);
    let until = cursor.time_max.map_or(horizon, at);
    let incremental = cursor.base > 0;
    let mut items = Vec::new();
    for event in home
        .events
        .iter()
        .filter(|event| event.version > cursor.base)
    {
        if !matches(event, query) || !is_wanted(event, cursor) {
            continue;
        }
        if event.removed {
            // A full list carries no tombstones; cancelled exceptions come as long as their
            // series lives, even with showDeleted=false, unless the series is expanded.
            let exception_of_live = event.series.as_ref().is_some_and(|link| {
                home.event(&link.master)
                    .is_some_and(|master| !master.removed)
            });
            let told = incremental || query.show_deleted || query.updated_min.is_some();
            if told && cursor.single_events && event.is_master() {
                let slots = expand::instances(home, event, from, until);
                items.extend(
                    slots
                        .into_iter()
                        .map(|slot| item(home, Entry::Gone(slot), query)),
                );
            } else if told || (exception_of_live && !cursor.single_events) {
                items.push(item(home, Entry::Event(event), query));
            }
            continue;
        }
        if cursor.single_events && event.is_master() {
            let slots = expand::instances(home, event, from, until);
            let plain = slots.into_iter().filter(|slot| slot.exception.is_none());
            items.extend(plain.map(|slot| item(home, Entry::Instance(slot), query)));
            continue;
        }
        let known = incremental && event.created_version <= cursor.base;
        if known || in_window(home, event, from, until) {
            items.push(item(home, Entry::Event(event), query));
        }
    }
    items
}

/// An exception belongs to the window with its own time and with the one that it replaces.
fn in_window(home: &Calendar, event: &Event, from: DateTime<Utc>, until: DateTime<Utc>) -> bool {
    if event.is_master() {
        return expand::reaches(home, event, from, until);
    }
    let replaced = event.series.as_ref().map(|link| &link.original);
    expand::intersects((&event.start, &event.end), from, until, home.tz)
        || replaced.is_some_and(|at| expand::intersects((at, at), from, until, home.tz))
}

/// Event type and hidden invitations, which a sync token remembers.
fn is_wanted(event: &Event, cursor: &Cursor) -> bool {
    let kind = event.text("eventType").unwrap_or("default");
    let hidden = event.properties.get("sim:hiddenInvitation") == Some(&Value::Bool(true));
    (cursor.types.is_empty() || cursor.types.iter().any(|one| one == kind))
        && (!hidden || cursor.hidden)
}

fn matches(event: &Event, query: &Query) -> bool {
    query.updated_min.is_none_or(|min| event.updated >= min)
        && query
            .uid
            .as_ref()
            .is_none_or(|uid| event.text("iCalUID") == Some(uid))
        && query.extended.iter().all(|(part, name, value)| {
            let found = event
                .properties
                .get("extendedProperties")
                .and_then(|all| all.get(*part)?.get(name)?.as_str());
            found == Some(value)
        })
        && (query.terms.is_empty() || {
            let text = searched(event).to_lowercase();
            query.terms.iter().all(|term| text.contains(term))
        })
}

/// The texts that `q` looks into (discovery document, `events.list`).
fn searched(event: &Event) -> String {
    let mut texts: Vec<&str> = ["summary", "description", "location"]
        .iter()
        .filter_map(|name| event.text(name))
        .collect();
    let people = event.properties.get("attendees").and_then(Value::as_array);
    let people = people.into_iter().flatten();
    for who in people.chain(event.properties.get("organizer")) {
        texts.extend(
            ["/displayName", "/email"]
                .iter()
                .filter_map(|at| text(who, at)),
        );
    }
    if let Some(place) = event.properties.get("workingLocationProperties") {
        let members = [
            "/officeLocation/buildingId",
            "/officeLocation/deskId",
            "/officeLocation/label",
            "/customLocation/label",
        ];
        texts.extend(members.iter().filter_map(|at| text(place, at)));
    }
    texts.join("\n")
}

/// Without an order the key scatters, so that exceptions may precede their masters.
fn item<'a>(home: &Calendar, entry: Entry<'a>, query: &Query) -> Item<'a> {
    let (event, id, start) = match &entry {
        Entry::Event(event) => (*event, event.id.clone(), &event.start),
        Entry::Instance(slot) | Entry::Gone(slot) => (
            slot.master,
            ids::google_instance(&slot.master.id, &slot.original),
            &slot.start,
        ),
    };
    let rank = match query.order_by.as_deref() {
        Some("startTime") => start.instant(home.tz).timestamp(),
        Some(_) => event.updated.timestamp_millis(),
        None if query.exceptions_first && event.series.is_some() => 0,
        None => i64::try_from(ids::scatter(&id) >> 1).unwrap_or(0),
    };
    Item {
        key: (rank, id),
        entry,
    }
}

/// `events.instances`.
pub(super) fn instances(
    call: &Call,
    account: &Account,
    env: &Env<'_>,
    calendar: &str,
    id: &str,
) -> Reply {
    let Some(home) = account.calendar(calendar) else {
        return errors::not_found();
    };
    let Some(master) = home.event(id).filter(|event| !event.removed) else {
        return errors::not_found();
    };
    if !master.is_master() {
        return errors::invalid("Not a recurring event.");
    }
    let read = instant_param(call, "timeMin")
        .and_then(|min| Ok((min, instant_param(call, "timeMax")?, read_query(call, env)?)));
    let (min, max, query) = match read {
        Ok(read) => read,
        Err(reply) => return *reply,
    };
    let horizon = env.now + chrono::Duration::days(HORIZON_YEARS * 366);
    let slots = expand::instances(
        home,
        master,
        min.unwrap_or(DateTime::UNIX_EPOCH),
        max.unwrap_or(horizon),
    );
    let original = call.param("originalStart").and_then(parse_instant);
    let view = View::new(account, home, query.tz).under(call, env.quirks);
    let mut values: Vec<Value> = slots
        .iter()
        .filter(|slot| original.is_none_or(|at| slot.original.instant(home.tz) == at))
        .map(|slot| view.instance(slot))
        .collect();
    if query.show_deleted {
        values.extend(
            home.exceptions(id)
                .filter(|event| event.removed)
                .map(|event| view.event(event)),
        );
    }
    let skip: usize = call.param("pageToken").and_then(ids::open).unwrap_or(0);
    let more = values.len() > skip + query.max;
    let values: Vec<Value> = values.into_iter().skip(skip).take(query.max).collect();
    let reply = answer(account, home, &query, &values, None, None);
    if more && let Ok(mut body) = serde_json::from_slice::<Value>(&reply.body) {
        if let Some(map) = body.as_object_mut() {
            map.insert(
                "nextPageToken".into(),
                ids::seal(&(skip + query.max)).into(),
            );
        }
        return Reply::json(200, &body);
    }
    reply
}
