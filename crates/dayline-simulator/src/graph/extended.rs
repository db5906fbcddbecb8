//! Data of apps on an event: single and multi value extended properties, open extensions.
//!
//! Extended properties are written with the event and read by `$expand`; extensions have
//! resources of their own below the event as well.

use serde_json::{Map, Value, json};

use super::context::Context;
use super::target::{draft, locate};
use super::{events, schema};
use crate::call::{Reply, object};
use crate::world::{Account, Env, Event};

/// The type of an open extension.
const OPEN: &str = "#microsoft.graph.openTypeExtension";

/// Merges the extended properties of a POST or PATCH by their ids.
pub(super) fn set_properties(event: &mut Event, body: &Map<String, Value>) {
    for name in [
        "singleValueExtendedProperties",
        "multiValueExtendedProperties",
    ] {
        let Some(given) = body.get(name).and_then(Value::as_array) else {
            continue;
        };
        let stored = event.properties.get(name).and_then(Value::as_array);
        let mut list = stored.cloned().unwrap_or_default();
        for one in given {
            list.retain(|old| old.get("id") != one.get("id"));
            list.push(one.clone());
        }
        event.properties.insert(name.to_owned(), list.into());
    }
}

/// Adds the extensions that come with a new event.
pub(super) fn set_extensions(event: &mut Event, body: &Map<String, Value>) {
    let given = body.get("extensions").and_then(Value::as_array);
    for one in given.into_iter().flatten().filter_map(Value::as_object) {
        put(event, one);
    }
}

/// Stores an extension under its name; gives it as it is served.
fn put(event: &mut Event, given: &Map<String, Value>) -> Option<Value> {
    let name = given.get("extensionName").and_then(Value::as_str)?;
    let mut stored = given.clone();
    stored.retain(|key, _| !key.starts_with('@'));
    stored.extend(object(json!({"@odata.type": OPEN, "id": name})));
    let stored = Value::Object(stored);
    let mut list = list(event);
    list.retain(|one| !is(one, name));
    list.push(stored.clone());
    event.properties.insert("extensions".into(), list.into());
    Some(stored)
}

fn list(event: &Event) -> Vec<Value> {
    let stored = event.properties.get("extensions").and_then(Value::as_array);
    stored.cloned().unwrap_or_default()
}

/// Graph stores `Microsoft.OutlookServices.OpenTypeExtension.` before the name and takes both.
fn is(extension: &Value, name: &str) -> bool {
    let name = name
        .strip_prefix("Microsoft.OutlookServices.OpenTypeExtension.")
        .unwrap_or(name);
    extension.get("id").and_then(Value::as_str) == Some(name)
}

/// `events/{id}/extensions[/{name}]`.
pub(super) fn handle(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
    rest: &[&str],
) -> Reply {
    let Some(target) = locate(account, id) else {
        return events::missing(cx, id);
    };
    let home = account.calendar(target.calendar());
    if cx.call.method != http::Method::GET && home.is_none_or(|home| home.read_only) {
        return cx.denied();
    }
    let Some(mut event) = draft(account, &target) else {
        return cx.not_found();
    };
    let below = format!("events('{}')/extensions", cx.quoted(id));
    let found = match rest {
        [name] => list(&event).into_iter().find(|one| is(one, name)),
        _ => None,
    };
    match (cx.call.method.as_str(), rest) {
        ("GET", []) => Reply::json(200, &cx.collection(&below, list(&event), None)),
        ("GET", [_]) => match found {
            Some(found) => cx.entity(200, &below, found),
            None => cx.not_found(),
        },
        ("POST", []) | ("PATCH", [_]) => {
            let Some(mut body) = cx.call.object() else {
                return cx.bad_body("The body is not valid JSON.");
            };
            if let Some(fault) = schema::faults("openTypeExtension", &body).first() {
                return cx.bad_body(&fault.to_string());
            }
            if let [_] = rest {
                let Some(Value::Object(mut old)) = found else {
                    return cx.not_found();
                };
                old.extend(body);
                body = old;
            }
            let Some(stored) = put(&mut event, &body) else {
                return cx.bad_property("The property 'extensionName' is required.");
            };
            events::store(account, env, &target, event);
            let status = if rest.is_empty() { 201 } else { 200 };
            cx.entity(status, &below, stored)
        }
        ("DELETE", [name]) => {
            if found.is_none() {
                return cx.not_found();
            }
            let mut list = list(&event);
            list.retain(|one| !is(one, name));
            event.properties.insert("extensions".into(), list.into());
            events::store(account, env, &target, event);
            Reply::empty(204)
        }
        _ => cx.bad_path(),
    }
}
