//! Every recorded and documented answer of the providers, through the code that reads answers.
//!
//! The files are in `tests/fixtures/providers` with an index of where each comes from. None is
//! left out: what the provider has no name for is read as what its shape says, and what each file
//! maps to is a snapshot.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed assumption of a test ends the test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::testing::{FnHttp, SeededRng};
use dayline_host::{Clock, Http};
use dayline_model::{Cloud, Event, ProviderCalendarId, ProviderEventId};
use dayline_providers::{
    Change, Cursor, Google, Graph, PageRequest, PageSize, Provider, ProviderError, SyncWindow,
};
use http::{Request, Response};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }
}

fn folder(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    root.join("../../tests/fixtures/providers").join(name)
}

/// The files of a folder, each of which the index names, and the other way round.
fn files(folder_name: &str) -> BTreeMap<String, String> {
    let folder = folder(folder_name);
    let index = std::fs::read_to_string(folder.join("INDEX.json")).unwrap();
    let index: Value = serde_json::from_str(&index).unwrap();
    let named: BTreeSet<String> = index["entries"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["file"].as_str().unwrap().to_owned())
        .collect();
    let there: BTreeSet<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !is_note(name))
        .collect();
    assert_eq!(named, there, "the index of {folder_name} names every file");
    let read = |name: String| {
        let text = std::fs::read_to_string(folder.join(&name)).unwrap();
        (name, text)
    };
    named.into_iter().map(read).collect()
}

/// What stands beside the answers: the index, and Google's schema.
fn is_note(name: &str) -> bool {
    matches!(name, "INDEX.json" | "DISCOVERY.md") || name.starts_with("discovery_")
}

/// A provider to which every request is answered with `status` and `body`.
fn provider(folder: &str, status: u16, body: &str) -> Box<dyn Provider> {
    let body = Bytes::copy_from_slice(body.as_bytes());
    // The pages after the first one are files of their own.
    let last = json!({"value": [], "items": [], "kind": "calendar#calendarList"}).to_string();
    let is_first = AtomicBool::new(true);
    let http: Arc<dyn Http> = Arc::new(FnHttp(move |request: Request<Bytes>| {
        let path = request.uri().path();
        // Colours and labels are other answers than the one under test.
        let is_beside = path.ends_with("/colors")
            || (path.starts_with("/calendar/v3/calendars/") && !path.contains("/events"));
        let (status, body) = if is_beside {
            (404, Bytes::new())
        } else if is_first.swap(false, Ordering::Relaxed) {
            (status, body.clone())
        } else {
            (200, Bytes::from(last.clone()))
        };
        Ok(Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .body(body)
            .unwrap())
    }));
    let base = |address: &str| Url::parse(address).unwrap();
    if folder == "google" {
        let base = base("https://www.googleapis.com/calendar/v3");
        Box::new(Google::new(http, Arc::new(Still), base))
    } else {
        let base = base("https://graph.microsoft.com/v1.0");
        let rng = Arc::new(SeededRng::new(1));
        Box::new(Graph::new(http, Arc::new(Still), rng, base, Cloud::Global))
    }
}

fn token() -> SecretString {
    SecretString::from("token")
}

fn calendar() -> ProviderCalendarId {
    ProviderCalendarId::from("C")
}

fn window() -> SyncWindow {
    SyncWindow {
        from: "2020-01-01T00:00:00Z".parse().unwrap(),
        until: "2030-01-01T00:00:00Z".parse().unwrap(),
    }
}

/// How a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Calendars,
    Categories,
    Attachments,
    Identity,
    /// A page of a round.
    Page,
    /// A list that is not one of a round.
    List,
    Event,
    Error,
    Invalid,
}

fn kind(folder: &str, name: &str, body: Option<&Value>) -> Kind {
    let Some(body) = body else {
        return Kind::Invalid;
    };
    if name.contains("error_") || body.get("error").is_some() {
        return Kind::Error;
    }
    let list = body.get("value").or_else(|| body.get("items"));
    let is_list = list.is_some_and(Value::is_array) || body.is_array();
    let goes_on = [
        "@odata.deltaLink",
        "@odata.nextLink",
        "nextSyncToken",
        "nextPageToken",
    ]
    .iter()
    .any(|link| body.get(link).is_some());
    let has = |field: &str| {
        let first = list.and_then(|list| list.get(0)).unwrap_or(body);
        first.get(field).is_some()
    };
    match name {
        _ if name.contains("attachments") => Kind::Attachments,
        _ if name.starts_with("me.") => Kind::Identity,
        _ if name.contains("outlookcategory") => Kind::Categories,
        _ if has("canEdit") || has("changeKey") && has("color") => Kind::Calendars,
        _ if folder == "google" && name.contains("calendar") && !has("start") && has("summary") => {
            Kind::Calendars
        }
        _ if is_list && goes_on => Kind::Page,
        _ if is_list => Kind::List,
        _ => Kind::Event,
    }
}

/// The status with which a refusal came.
fn status(body: &Value) -> u16 {
    let code = &body["error"]["code"];
    code.as_u64()
        .and_then(|code| u16::try_from(code).ok())
        .unwrap_or(if code == "SyncStateNotFound" {
            410
        } else {
            400
        })
}

/// A list around what is one thing of it or a bare list.
fn as_list(folder: &str, body: &Value) -> Value {
    if body.get("value").is_some_and(Value::is_array) || body.get("items").is_some() {
        return body.clone();
    }
    let items = if body.is_array() {
        body.clone()
    } else {
        json!([body])
    };
    match folder {
        "google" => json!({"kind": "calendar#events", "items": items, "nextSyncToken": "S"}),
        _ => json!({"value": items}),
    }
}

/// What came out, as a snapshot shows it.
fn shown(change: &Change) -> Value {
    match change {
        Change::Upsert(event) => shown_event(event),
        Change::Instance(instance) => json!({"instance": format!("{instance:?}")}),
        Change::Removed { id, certain } => json!({"removed": id.as_str(), "certain": certain}),
        Change::Unreadable { id, reason, .. } => {
            json!({"unreadable": reason, "id": id.as_ref().map(ProviderEventId::as_str)})
        }
    }
}

/// Fields that say something, with `raw` as JSON.
fn shown_event(event: &Event) -> Value {
    let mut value = serde_json::to_value(event).unwrap();
    let object = value.as_object_mut().unwrap();
    object.retain(|_, value| !value.is_null() && *value != json!([]) && *value != json!(""));
    if let Some(raw) = &event.raw {
        object.insert("raw".to_owned(), serde_json::from_str(raw).unwrap());
    }
    json!({"event": value})
}

fn shown_all(changes: &[Change]) -> Value {
    changes.iter().map(shown).collect()
}

async fn read(folder: &str, kind: Kind, body: &Value) -> Result<Value, ProviderError> {
    let text = match kind {
        Kind::Event | Kind::Error | Kind::Page | Kind::Identity => body.clone(),
        _ => as_list(folder, body),
    };
    let status = if kind == Kind::Error {
        status(body)
    } else {
        200
    };
    let provider = provider(folder, status, &text.to_string());
    let token = token();
    let event = ProviderEventId::from("E");
    Ok(match kind {
        Kind::Calendars => {
            let list = provider.fetch_calendars(&token).await?;
            serde_json::to_value(list.calendars).unwrap()
        }
        Kind::Categories => serde_json::to_value(provider.fetch_categories(&token).await?).unwrap(),
        Kind::Identity => {
            let identity = provider.fetch_identity(&token).await?;
            json!({"email": identity.email, "name": identity.name})
        }
        Kind::Attachments => {
            let attachments = provider
                .fetch_attachments(&token, &calendar(), &event)
                .await?;
            serde_json::to_value(attachments).unwrap()
        }
        Kind::Page | Kind::Error => {
            let request = PageRequest::Delta(Cursor("https://graph.microsoft.com/v1.0/d".into()));
            let page = provider
                .fetch_page(&token, &calendar(), &request, PageSize::Usual)
                .await?;
            shown_all(&page.changes)
        }
        Kind::List | Kind::Invalid => {
            let page = provider
                .fetch_range(&token, &calendar(), window(), None)
                .await?;
            shown_all(&page.changes)
        }
        Kind::Event => {
            let change = provider.fetch_event(&token, &calendar(), &event).await?;
            change.as_ref().map_or(Value::Null, shown)
        }
    })
}

#[tokio::test]
async fn every_payload_is_read() {
    let mut counts: BTreeMap<(&str, Kind), usize> = BTreeMap::new();
    for folder in ["graph", "graph_fixtures", "google"] {
        for (name, text) in files(folder) {
            let body: Option<Value> = serde_json::from_str(&text).ok();
            let kind = kind(folder, &name, body.as_ref());
            *counts.entry((folder, kind)).or_default() += 1;
            if kind == Kind::Invalid {
                refuse(folder, &name, &text).await;
                continue;
            }
            let shown = match read(folder, kind, &body.unwrap()).await {
                Ok(shown) => shown,
                Err(error) => json!({"error": format!("{error:?}")}),
            };
            assert!(
                kind == Kind::Error || shown.get("error").is_none(),
                "{folder}/{name}: {shown}"
            );
            let path = format!("snapshots/payloads/{folder}");
            insta::with_settings!({
                snapshot_path => path, prepend_module_to_snapshot => false, omit_expression => true,
                description => format!("{kind:?}"),
            }, {
                insta::assert_json_snapshot!(name.trim_end_matches(".json"), shown);
            });
        }
    }
    for ((folder, kind), count) in &counts {
        println!("{folder}: {count} of {kind:?}");
    }
    insta::assert_debug_snapshot!("counts", counts);
    let total: usize = counts.values().sum();
    println!("{total} answers read");
    assert!(total >= LEAST, "only {total} answers were read");
}

/// Answers that were there when this was written. More may come, none may go.
const LEAST: usize = 160;

/// What is no JSON, or abridged, is an error wherever it comes, or tells of events that cannot be
/// read.
async fn refuse(folder: &str, name: &str, text: &str) {
    let fresh = || provider(folder, 200, text);
    let (token, event) = (token(), ProviderEventId::from("E"));
    let page = fresh()
        .fetch_range(&token, &calendar(), window(), None)
        .await;
    let is_refused = match &page {
        Err(error) => matches!(error, ProviderError::Unusable { .. }),
        Ok(page) => page
            .changes
            .iter()
            .any(|change| matches!(change, Change::Unreadable { .. })),
    };
    assert!(is_refused, "{name}: {page:?}");
    let found = fresh().fetch_event(&token, &calendar(), &event).await;
    assert!(
        matches!(
            found,
            Err(ProviderError::Unusable { .. }) | Ok(Some(Change::Unreadable { .. }))
        ),
        "{name}: {found:?}"
    );
    let calendars = fresh().fetch_calendars(&token).await;
    assert!(calendars.is_err(), "{name}: {calendars:?}");
}
