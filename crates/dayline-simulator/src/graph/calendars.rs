//! Calendars and the one calendar group. There is no delta for them: clients poll.

use serde_json::{Value, json};

use super::context::Context;
use super::target::locate;
use super::{query, render};
use crate::call::Reply;
use crate::ids;
use crate::world::{Account, Calendar, Env};

pub(super) fn groups(cx: &Context<'_>, account: &Account) -> Value {
    let group = json!({
        "id": format!("{}-group", account.id),
        "name": "My Calendars",
        "classId": "0006f0b7-0000-0000-c000-000000000046",
        "changeKey": render::change_key(1),
    });
    cx.collection("calendarGroups", vec![group], None)
}

/// List, create, read, change and delete.
pub(super) fn handle(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    parts: &[&str],
) -> Reply {
    match (cx.call.method.as_str(), parts) {
        ("GET", []) => {
            let all: Vec<Value> = account
                .calendars
                .iter()
                .filter(|calendar| calendar.removed.is_none())
                .map(|calendar| render::calendar(cx, account, calendar))
                .collect();
            query::page(cx, "calendars", all, env.quirks.page_size.unwrap_or(100))
                .unwrap_or_else(|reply| *reply)
        }
        ("POST", []) => create(cx, account, env),
        ("GET", [id]) => match account.calendar(id) {
            Some(calendar) => entity(cx, account, calendar, 200),
            None => cx.not_found(),
        },
        ("PATCH", [id]) => update(cx, account, id),
        ("DELETE", [id]) => delete(cx, account, id),
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
    let mut body = crate::call::object(render::calendar(cx, account, calendar));
    body.insert(
        "@odata.context".into(),
        cx.context("calendars/$entity").into(),
    );
    Reply::json(status, &Value::Object(body))
}

fn create(cx: &Context<'_>, account: &mut Account, env: &mut Env<'_>) -> Reply {
    let Some(body) = cx.call.object() else {
        return cx.bad_body("The body is not valid JSON.");
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
    };
    account.calendars.push(calendar.clone());
    entity(cx, account, &calendar, 201)
}

fn update(cx: &Context<'_>, account: &mut Account, id: &str) -> Reply {
    let Some(body) = cx.call.object() else {
        return cx.bad_body("The body is not valid JSON.");
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
