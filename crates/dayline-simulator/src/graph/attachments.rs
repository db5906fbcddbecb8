//! Attachments of an event: files, items, references.
//!
//! Lists and single reads have `contentBytes`, unless `$select` leaves it out (Graph `event: list
//! attachments`). What is larger than three megabytes needs an upload session, which is not
//! simulated.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::context::Context;
use super::target::{draft, locate};
use super::{events, query, schema};
use crate::call::{Reply, object, text};
use crate::ids;
use crate::time::graph_instant;
use crate::world::{Account, Env, Event};

const FILE: &str = "#microsoft.graph.fileAttachment";
const ITEM: &str = "#microsoft.graph.itemAttachment";
const REFERENCE: &str = "#microsoft.graph.referenceAttachment";

/// Largest content of one request (Graph `event: post attachments`).
const MOST_BYTES: usize = 3 << 20;
const DEFAULT_PAGE: usize = 10;

/// Adds the attachments that come with a new event.
pub(super) fn set(event: &mut Event, body: &Map<String, Value>, env: &mut Env<'_>) {
    let given = body.get("attachments").and_then(Value::as_array);
    for one in given.into_iter().flatten().filter_map(Value::as_object) {
        if let Ok(made) = make(one, env) {
            push(event, made);
        }
    }
}

fn list(event: &Event) -> Vec<Value> {
    let stored = event
        .properties
        .get("attachments")
        .and_then(Value::as_array);
    stored.cloned().unwrap_or_default()
}

/// Keeps the list and `hasAttachments`, which counts no inline ones.
fn keep(event: &mut Event, list: Vec<Value>) {
    let any = list
        .iter()
        .any(|one| one.get("isInline").and_then(Value::as_bool) != Some(true));
    event.properties.insert("hasAttachments".into(), any.into());
    event.properties.insert("attachments".into(), list.into());
}

fn push(event: &mut Event, made: Value) {
    let mut all = list(event);
    all.push(made);
    keep(event, all);
}

/// An attachment as it is stored.
fn make(given: &Map<String, Value>, env: &mut Env<'_>) -> Result<Value, &'static str> {
    let value = Value::Object(given.clone());
    let stated = given
        .get("@odata.type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    let kind = match stated.trim_start_matches('#').to_ascii_lowercase().as_str() {
        "microsoft.graph.fileattachment" => FILE,
        "microsoft.graph.itemattachment" => ITEM,
        "microsoft.graph.referenceattachment" => REFERENCE,
        _ => return Err("The attachment's '@odata.type' is missing or unknown."),
    };
    let name = text(&value, "/name").ok_or("The property 'name' is required.")?;
    let mut out = object(json!({
        "@odata.type": kind,
        "id": ids::graph(env.rng),
        "name": name,
        "contentType": text(&value, "/contentType"),
        "isInline": given.get("isInline").and_then(Value::as_bool).unwrap_or(false),
        "lastModifiedDateTime": graph_instant(env.now),
        "size": 0,
    }));
    match kind {
        FILE => {
            let coded =
                text(&value, "/contentBytes").ok_or("The property 'contentBytes' is required.")?;
            let bytes = STANDARD
                .decode(coded)
                .map_err(|_| "contentBytes is no base64.")?;
            if bytes.len() > MOST_BYTES {
                return Err("The attachment is too large; use an upload session.");
            }
            out.extend(object(json!({
                "@odata.mediaContentType": text(&value, "/contentType").unwrap_or("application/octet-stream"),
                "contentId": text(&value, "/contentId"),
                "contentLocation": text(&value, "/contentLocation"),
                "contentBytes": coded,
                "size": bytes.len(),
            })));
        }
        ITEM => {
            let item = given.get("item").filter(|item| item.is_object());
            let item = item.ok_or("The property 'item' is required.")?;
            out.insert("size".into(), item.to_string().len().into());
            let mut item = object(item.clone());
            item.entry("@odata.type")
                .or_insert("#microsoft.graph.event".into());
            item.entry("id").or_insert("".into());
            out.insert("item".into(), item.into());
        }
        _ => {}
    }
    Ok(Value::Object(out))
}

/// One attachment as it is served: an attached item comes only when it is expanded.
fn shape(cx: &Context<'_>, attachment: &Value) -> Value {
    let mut out = object(attachment.clone());
    let cast = "microsoft.graph.itemattachment/item";
    let expands = |one: &query::Expand| one.name.eq_ignore_ascii_case(cast);
    let item = out.remove("item").filter(|_| cx.expand.iter().any(expands));
    let mut out = object(query::select(cx, Value::Object(out)));
    if let Some(item) = item {
        out.insert("item".into(), item);
    }
    Value::Object(out)
}

/// `events/{id}/attachments[/{id}[/$value]]`.
pub(super) fn handle(
    cx: &Context<'_>,
    account: &mut Account,
    env: &mut Env<'_>,
    id: &str,
    rest: &[&str],
) -> Reply {
    if let Err(reply) = check_names(cx) {
        return *reply;
    }
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
    let below = format!("events('{}')/attachments", cx.quoted(id));
    let all = list(&event);
    let found = rest.first().and_then(|wanted| {
        let is = |one: &&Value| text(one, "/id") == Some(&ids::from_immutable(wanted));
        all.iter().find(is).cloned()
    });
    match (cx.call.method.as_str(), rest, found) {
        ("GET", [], _) => {
            let listing = query::Listing::new(below, "attachment", all, DEFAULT_PAGE);
            query::page(cx, listing, |one| shape(cx, one)).unwrap_or_else(|reply| *reply)
        }
        ("GET", [_], Some(found)) => cx.entity(200, &below, shape(cx, &found)),
        ("GET", [_, "$value"], Some(found)) => raw(cx, &found),
        ("POST", [], _) => {
            let Some(body) = cx.call.object() else {
                return cx.bad_body("The body is not valid JSON.");
            };
            if let Some(fault) = schema::faults("attachment", &body).first() {
                return cx.bad_body(&fault.to_string());
            }
            match make(&body, env) {
                Ok(made) => {
                    push(&mut event, made.clone());
                    events::store(account, env, &target, event);
                    cx.entity(201, &below, shape(cx, &made))
                }
                Err(message) if message.contains("too large") => {
                    cx.error(413, "ErrorMessageSizeExceeded", message)
                }
                Err(message) => cx.bad_property(message),
            }
        }
        ("DELETE", [_], Some(found)) => {
            let left = all
                .into_iter()
                .filter(|one| one.get("id") != found.get("id"));
            keep(&mut event, left.collect());
            events::store(account, env, &target, event);
            Reply::empty(204)
        }
        ("GET" | "DELETE", [_, ..], None) => cx.not_found(),
        _ => cx.bad_path(),
    }
}

/// A `$select` may name what only files have.
fn check_names(cx: &Context<'_>) -> Result<(), Box<Reply>> {
    let names = query::selected(cx).unwrap_or_default();
    let of_files = names
        .iter()
        .all(|name| schema::knows("fileAttachment", name));
    if of_files && cx.expand.is_empty() {
        return Ok(());
    }
    query::check_names(cx, "attachment")
}

/// The content itself.
fn raw(cx: &Context<'_>, attachment: &Value) -> Reply {
    let coded = text(attachment, "/contentBytes").unwrap_or_default();
    match STANDARD.decode(coded) {
        Ok(bytes) if text(attachment, "/@odata.type") == Some(FILE) => Reply {
            body: bytes.into(),
            ..Reply::empty(200).with(
                "content-type",
                text(attachment, "/contentType").unwrap_or("application/octet-stream"),
            )
        },
        _ => cx.bad_path(),
    }
}
