//! Calendars. There is no delta for them: clients poll.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::target::locate;
use super::{groups, query, render, schema};
use crate::call::Reply;
use crate::ids;
use crate::world::{Account, Calendar, Env};

/// List, create, read, change and delete; `group` narrows it to a group's calendars.
pub(super) fn handle(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    parts: &[&str],
    group: Option<&str>,
) -> Reply {
    if let Err(reply) = query::check_names(cx, "calendar") {
        return *reply;
    }
    let is_here = |calendar: &&Calendar| {
        calendar.removed.is_none()
            && group.is_none_or(|group| groups::holds(account, group, calendar))
    };
    match (cx.call.method.as_str(), parts) {
        ("GET", []) => {
            let all: Vec<&Calendar> = account.calendars.iter().filter(is_here).collect();
            let size = env.quirks.page_size.unwrap_or(100);
            let list = query::Listing::new("calendars", "calendar", all, size);
            query::page(cx, list, |calendar| render::calendar(cx, account, calendar))
                .unwrap_or_else(|reply| *reply)
        }
        ("POST", []) => create(cx, account, env, group),
        (method, [id]) => match (method, account.calendar(id).filter(is_here)) {
            (_, None) => cx.not_found(),
            ("GET", Some(calendar)) => entity(cx, account, calendar, 200),
            ("PATCH", Some(_)) => update(cx, account, id),
            ("DELETE", Some(_)) => delete(cx, account, id),
            _ => cx.bad_path(),
        },
        ("POST", [id, "permanentDelete"]) => delete(cx, account, id),
        _ => cx.bad_path(),
    }
}

/// The calendar that holds an event.
pub(super) fn of_event(cx: &Context<'_>, account: &Account, id: &str) -> Reply {
    match locate(account, id).and_then(|found| account.calendar(found.calendar())) {
        Some(calendar) => entity(cx, account, calendar, 200),
        None => cx.not_found(),
    }
}

fn entity(cx: &Context<'_>, account: &Account, calendar: &Calendar, status: u16) -> Reply {
    let value = query::select(cx, render::calendar(cx, account, calendar));
    cx.entity(status, "calendars", value)
}

/// The body of a write, if the schema knows it.
fn body(cx: &Context<'_>) -> Result<Map<String, Value>, Box<Reply>> {
    let Some(body) = cx.call.object() else {
        return Err(Box::new(cx.bad_body("The body is not valid JSON.")));
    };
    match schema::faults("calendar", &body).first() {
        Some(fault) => Err(Box::new(cx.bad_body(&fault.to_string()))),
        None => Ok(body),
    }
}

/// `calendars/{id}/calendarPermissions`: what everybody in the organisation may see, and what
/// those may do with whom the calendar is shared.
pub(super) fn permissions(cx: &Context<'_>, account: &Account, id: &str) -> Reply {
    let Some(calendar) = account.calendar(id) else {
        return cx.not_found();
    };
    let everybody = json!({
        "id": "RGVmYXVsdA==",
        "isRemovable": false,
        "isInsideOrganization": true,
        "role": "freeBusyRead",
        "allowedRoles": ["none", "freeBusyRead", "limitedRead", "read", "write"],
        "emailAddress": {"name": "My Organization"},
    });
    let below = format!(
        "calendars('{}')/calendarPermissions",
        cx.quoted(&calendar.id)
    );
    let shared = account
        .granted
        .iter()
        .filter(|(of, _)| *of == calendar.id)
        .map(|(_, permission)| permission.clone());
    let all = std::iter::once(everybody).chain(shared).collect();
    let list = query::Listing::new(below, "calendarPermission", all, 10);
    query::page(cx, list, Value::clone).unwrap_or_else(|reply| *reply)
}

fn create(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    group: Option<&str>,
) -> Reply {
    let body = match body(cx) {
        Ok(body) => body,
        Err(reply) => return *reply,
    };
    let Some(name) = body
        .get("name")
        .and_then(Value::as_str)
        .filter(|name| !name.is_empty())
    else {
        return cx.bad_property("The property 'name' is required.");
    };
    let exists = account
        .calendars
        .iter()
        .any(|old| old.removed.is_none() && old.name == name);
    if exists {
        let message = "A folder with the specified name already exists.";
        return cx.error(409, "ErrorFolderExists", message);
    }
    let version = account.next_version();
    let calendar = Calendar {
        id: ids::graph(env.rng),
        name: name.to_owned(),
        description: None,
        color: body
            .get("color")
            .and_then(Value::as_str)
            .unwrap_or("auto")
            .to_owned(),
        primary: false,
        read_only: false,
        owner_name: account.name.clone(),
        owner_address: account.email.clone(),
        tz: account.tz,
        version,
        removed: None,
        events: Vec::new(),
        role: None,
        properties: serde_json::Map::new(),
    };
    account.calendars.push(calendar.clone());
    if let Some(group) = group.filter(|group| *group != groups::first_id(account)) {
        account
            .group_of
            .insert(calendar.id.clone(), group.to_owned());
    }
    entity(cx, account, &calendar, 201)
}

fn update(cx: &Context<'_>, account: &mut Account, id: &str) -> Reply {
    let body = match body(cx) {
        Ok(body) => body,
        Err(reply) => return *reply,
    };
    let version = account.next_version();
    let Some(calendar) = account.calendar_mut(id) else {
        return cx.not_found();
    };
    if let Some(name) = body.get("name").and_then(Value::as_str) {
        name.clone_into(&mut calendar.name);
    }
    if let Some(color) = body.get("color").and_then(Value::as_str) {
        color.clone_into(&mut calendar.color);
    }
    calendar.version = version;
    let calendar = calendar.clone();
    entity(cx, account, &calendar, 200)
}

fn delete(cx: &Context<'_>, account: &mut Account, id: &str) -> Reply {
    let version = account.next_version();
    let Some(calendar) = account.calendar_mut(id) else {
        return cx.not_found();
    };
    if calendar.primary {
        let message = "Cannot delete the default calendar.";
        return cx.error(400, "ErrorDeleteDistinguishedFolder", message);
    }
    calendar.removed = Some(version);
    Reply::empty(204)
}
