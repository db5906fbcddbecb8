//! Calendar groups: the first one that every mailbox has, and those that the user made.

use serde_json::{Value, json};

use super::context::Context;
use super::{query, render, schema};
use crate::call::{Reply, text};
use crate::ids;
use crate::world::{Account, Calendar, Env};

const DEFAULT_PAGE: usize = 10;

/// The id of the group that every mailbox has.
pub(super) fn first_id(account: &Account) -> String {
    format!("AAMkGroup{}", account.id.replace('-', ""))
}

fn group(id: &str, name: &str, class: &str, version: u64) -> Value {
    json!({
        "id": id,
        "name": name,
        "classId": class,
        "changeKey": render::change_key(version),
    })
}

fn all(account: &Account) -> Vec<Value> {
    let class = "0006f0b7-0000-0000-c000-000000000046";
    let first = group(&first_id(account), "My Calendars", class, 1);
    std::iter::once(first)
        .chain(account.groups.iter().cloned())
        .collect()
}

/// Whether a group exists.
pub(super) fn exists(account: &Account, id: &str) -> bool {
    all(account)
        .iter()
        .any(|group| text(group, "/id") == Some(id))
}

/// Whether a calendar stands in a group.
pub(super) fn holds(account: &Account, group: &str, calendar: &Calendar) -> bool {
    match account.group_of.get(&calendar.id) {
        Some(of) => of == group,
        None => group == first_id(account),
    }
}

/// `calendarGroups[/{id}]`.
pub(super) fn handle(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    parts: &[&str],
) -> Reply {
    if let Err(reply) = query::check_names(cx, "calendarGroup") {
        return *reply;
    }
    let found = match parts {
        [id] => all(account)
            .into_iter()
            .find(|group| text(group, "/id") == Some(*id)),
        _ => None,
    };
    match (cx.call.method.as_str(), parts, found) {
        ("GET", [], _) => {
            let list = query::Listing::new(
                "calendarGroups",
                "calendarGroup",
                all(account),
                DEFAULT_PAGE,
            );
            query::page(cx, list, Value::clone).unwrap_or_else(|reply| *reply)
        }
        ("GET", [_], Some(found)) => cx.entity(200, "calendarGroups", query::select(cx, found)),
        ("POST", [], _) => match name(cx) {
            Ok(name) => {
                if all(account)
                    .iter()
                    .any(|group| text(group, "/name") == Some(&name))
                {
                    let message = "A folder with the specified name already exists.";
                    return cx.error(409, "ErrorFolderExists", message);
                }
                let version = account.next_version();
                let made = group(&ids::graph(env.rng), &name, &ids::uuid(env.rng), version);
                account.groups.push(made.clone());
                cx.entity(201, "calendarGroups", made)
            }
            Err(reply) => *reply,
        },
        ("PATCH", [id], Some(_)) => match name(cx) {
            Ok(name) => rename(cx, account, id, &name),
            Err(reply) => *reply,
        },
        ("DELETE", [id], Some(_)) => {
            let full = account
                .calendars
                .iter()
                .any(|calendar| calendar.removed.is_none() && holds(account, id, calendar));
            if full || *id == first_id(account) {
                let message = "The calendar group is not empty or cannot be deleted.";
                return cx.error(400, "ErrorCannotDeleteObject", message);
            }
            account
                .groups
                .retain(|group| text(group, "/id") != Some(*id));
            Reply::empty(204)
        }
        (_, [_], None) => cx.not_found(),
        _ => cx.bad_path(),
    }
}

fn name(cx: &Context<'_>) -> Result<String, Box<Reply>> {
    let Some(body) = cx.call.object() else {
        return Err(Box::new(cx.bad_body("The body is not valid JSON.")));
    };
    if let Some(fault) = schema::faults("calendarGroup", &body).first() {
        return Err(Box::new(cx.bad_body(&fault.to_string())));
    }
    let name = body
        .get("name")
        .and_then(Value::as_str)
        .filter(|name| !name.is_empty());
    name.map(str::to_owned)
        .ok_or_else(|| Box::new(cx.bad_property("The property 'name' is required.")))
}

fn rename(cx: &Context<'_>, account: &mut Account, id: &str, name: &str) -> Reply {
    let version = account.next_version();
    let stored = account
        .groups
        .iter_mut()
        .find(|group| text(group, "/id") == Some(id));
    let Some(stored) = stored.and_then(Value::as_object_mut) else {
        return cx.denied();
    };
    stored.insert("name".into(), name.into());
    stored.insert("changeKey".into(), render::change_key(version).into());
    let renamed = Value::Object(stored.clone());
    cx.entity(200, "calendarGroups", renamed)
}
