//! Events built from the providers' own schemas: whatever they can say, an event keeps.
//!
//! An item is made with every property that the schema names. Then each value in it is changed in
//! turn: if what comes out is the same as before, that value was lost. Then each is replaced by
//! something of another type, which may cost that value but never the event.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a failed assumption of a test ends the test"
)]

#[path = "schema/csdl.rs"]
mod csdl;
#[path = "schema/discovery.rs"]
mod discovery;
#[path = "schema/paths.rs"]
mod paths;

use std::sync::Arc;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::testing::{FnHttp, SeededRng};
use dayline_host::{Clock, Http};
use dayline_model::{Cloud, ProviderCalendarId, ProviderEventId};
use dayline_providers::{Change, Google, Graph, Provider};
use http::{Request, Response};
use secrecy::SecretString;
use serde_json::{Value, json};
use url::Url;

use crate::paths::{Path, at, leaves, pointer, set};

struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Vendor {
    Graph,
    Google,
}

/// What the provider makes of `item`.
async fn mapped(vendor: Vendor, item: &Value) -> Option<Change> {
    let body = item.to_string();
    let http: Arc<dyn Http> = Arc::new(FnHttp(move |request: Request<Bytes>| {
        let is_event = request.uri().path().contains("/events/");
        let status = if is_event { 200 } else { 404 };
        let response = Response::builder().status(status);
        Ok(response.body(Bytes::from(body.clone())).unwrap())
    }));
    let base = Url::parse("https://api.test/v1").unwrap();
    let provider: Box<dyn Provider> = match vendor {
        Vendor::Graph => {
            let rng = Arc::new(SeededRng::new(1));
            Box::new(Graph::new(http, Arc::new(Still), rng, base, Cloud::Global))
        }
        Vendor::Google => Box::new(Google::new(http, Arc::new(Still), base)),
    };
    let (calendar, event) = (ProviderCalendarId::from("C"), ProviderEventId::from("E"));
    let token = SecretString::from("token");
    let found = provider.fetch_event(&token, &calendar, &event).await;
    found.unwrap()
}

/// A value that says something else than `value`.
fn another(path: &Path, value: &Value) -> Value {
    match value {
        Value::Bool(flag) => json!(!flag),
        Value::Number(number) if number.is_f64() => json!(number.as_f64().unwrap() + 1.0),
        Value::Number(number) => json!(number.as_i64().unwrap() + 1),
        Value::String(text) => json!(other_text(path, text)),
        Value::Array(_) => json!(["another"]),
        Value::Object(_) => json!({"another": "value"}),
        Value::Null => json!("another"),
    }
}

/// Times and dates stay such; other texts become new words.
fn other_text(path: &Path, text: &str) -> String {
    let is_end = path.first().is_some_and(|name| name == "end");
    for (known, earlier, later) in [
        ("2026-07-01", "2026-06-30", "2026-07-02"),
        ("2026-07-02", "2026-06-30", "2026-07-03"),
        ("2026-12-30", "2026-12-29", "2026-12-31"),
    ] {
        if let Some(rest) = text.strip_prefix(known) {
            let date = if is_end { later } else { earlier };
            return format!("{date}{rest}");
        }
    }
    match text {
        "UTC" => "Asia/Tokyo".to_owned(),
        "Europe/Berlin" => "Europe/Lisbon".to_owned(),
        text => format!("another {text}"),
    }
}

/// Changes every value of `item` in turn, but for those that say nothing of their own.
async fn assert_nothing_is_lost(vendor: Vendor, item: &Value, silent: &[&str]) -> usize {
    let whole = mapped(vendor, item).await;
    assert!(
        matches!(whole, Some(Change::Upsert(_))),
        "{item}: {whole:?}"
    );
    let mut changed = 0;
    for path in leaves(item) {
        if silent.contains(&path.join(".").as_str()) {
            continue;
        }
        let value = another(&path, at(item, &path));
        let other = set(item, &path, value.clone());
        let was = at(item, &path);
        let now = mapped(vendor, &other).await;
        assert!(now != whole, "{vendor:?} lost {path:?}: {was} or {value}");
        changed += 1;
    }
    changed
}

/// Puts something of another type in the place of every value.
async fn assert_nothing_breaks(vendor: Vendor, item: &Value) {
    let wrong = [
        json!(null),
        json!(7),
        json!(1.5),
        json!("odd"),
        json!(""),
        json!(true),
        json!([]),
        json!({}),
        json!([null, 3]),
        json!({"a": 1}),
    ];
    let mut paths = leaves(item);
    paths.extend(
        item.as_object()
            .unwrap()
            .keys()
            .map(|name| vec![name.clone()]),
    );
    for path in paths {
        if matches!(path[0].as_str(), "id" | "start") {
            continue;
        }
        for wrong in &wrong {
            let other = set(item, &path, wrong.clone());
            let change = mapped(vendor, &other).await;
            let is_read = matches!(change, Some(Change::Upsert(_)));
            assert!(is_read, "{vendor:?} {path:?} {wrong}: {change:?}");
        }
    }
}

/// An item with `more` laid over it; null takes a field away.
fn with(item: &Value, more: &Value) -> Value {
    let mut item = item.clone();
    for (name, value) in more.as_object().unwrap() {
        if value.is_null() {
            item.as_object_mut().unwrap().remove(name);
        } else {
            item[name] = value.clone();
        }
    }
    item
}

/// An item without the parts for which the model has no place, so that what they stand in is not
/// kept whole on their account.
fn lean(item: &Value, without: &[&str]) -> Value {
    let mut item = item.clone();
    for path in leaves(&item) {
        for depth in 2..=path.len() {
            let (outer, inner) = path[..depth].split_at(depth - 1);
            let numberless = |name: &&String| name.parse::<usize>().is_err();
            let name: Vec<_> = path[..depth].iter().filter(numberless).cloned().collect();
            let parent = pointer_to(&mut item, outer);
            if without.contains(&name.join(".").as_str())
                && let Some(object) = parent.and_then(Value::as_object_mut)
            {
                object.remove(&inner[0]);
            }
        }
    }
    item
}

fn pointer_to<'a>(item: &'a mut Value, path: &[String]) -> Option<&'a mut Value> {
    item.pointer_mut(&pointer(path))
}

const WITHOUT_IN_GRAPH: &[&str] = &[
    "attendees.proposedNewTime",
    "location.coordinates",
    "location.uniqueId",
    "location.uniqueIdType",
    "locations.coordinates",
    "locations.uniqueId",
    "locations.uniqueIdType",
    "onlineMeeting.phones",
    "onlineMeeting.tollFreeNumbers",
    "responseStatus.time",
];
const WITHOUT_IN_GOOGLE: &[&str] = &[
    "attachments.fileId",
    "attachments.iconLink",
    "attendees.asyncOperation",
    "attendees.id",
    "organizer.id",
];

/// Recurrences with the fields of their type and no others.
fn recurrences() -> Vec<Value> {
    let days = json!(["monday", "wednesday"]);
    let range = json!({"type": "noEnd", "startDate": "2026-07-01"});
    let until = json!({"type": "endDate", "startDate": "2026-07-01", "endDate": "2026-12-30"});
    let count = json!({"type": "numbered", "startDate": "2026-07-01", "numberOfOccurrences": 7,
        "recurrenceTimeZone": "Europe/Berlin"});
    [
        (json!({"type": "daily", "interval": 2}), &range),
        (
            json!({"type": "weekly", "interval": 2, "daysOfWeek": days, "firstDayOfWeek": "monday"}),
            &until,
        ),
        (json!({"type": "absoluteMonthly", "interval": 2, "dayOfMonth": 1}), &count),
        (
            json!({"type": "relativeMonthly", "interval": 2, "daysOfWeek": days, "index": "second"}),
            &range,
        ),
        (
            json!({"type": "absoluteYearly", "interval": 2, "dayOfMonth": 1, "month": 7}),
            &until,
        ),
        (
            json!({"type": "relativeYearly", "interval": 2, "daysOfWeek": days, "index": "last",
                "month": 7}),
            &count,
        ),
    ]
    .map(|(pattern, range)| json!({"pattern": pattern, "range": range}))
    .into()
}

#[tokio::test]
async fn nothing_that_graphs_schema_names_is_lost() {
    let schema = csdl::Schema::read();
    let event = schema.event();
    // The beginning of the body, and the name of an answer's type.
    let silent = ["bodyPreview"];
    let mut changed = 0;
    for kind in ["singleInstance", "seriesMaster", "exception"] {
        for all_day in [false, true] {
            let time = if all_day {
                "T00:00:00.0000000"
            } else {
                "T09:00:00.0000000"
            };
            let start = json!({"dateTime": format!("2026-07-01{time}"), "timeZone": "UTC"});
            let end = json!({"dateTime": format!("2026-07-02{time}"), "timeZone": "UTC"});
            let more = json!({"type": kind, "isAllDay": all_day, "start": start, "end": end});
            let item = with(&event, &more);
            changed += assert_nothing_is_lost(Vendor::Graph, &item, &silent).await;
            let mut lean = lean(&item, WITHOUT_IN_GRAPH);
            assert_ne!(lean, item);
            lean["location"]["uniqueIdType"] = json!("private");
            lean["location"]["uniqueId"] = lean["location"]["displayName"].clone();
            changed += assert_nothing_is_lost(Vendor::Graph, &lean, &silent).await;
            if kind == "seriesMaster" {
                assert_nothing_breaks(Vendor::Graph, &item).await;
            }
        }
    }
    for recurrence in recurrences() {
        let more = json!({"type": "seriesMaster", "recurrence": recurrence, "isAllDay": false});
        let item = with(&event, &more);
        changed += assert_nothing_is_lost(Vendor::Graph, &item, &silent).await;
    }
    assert!(changed > 1000, "{changed} values were changed");
}

#[tokio::test]
async fn every_word_of_graphs_schema_makes_a_difference() {
    let schema = csdl::Schema::read();
    let event = schema.event();
    let mut words = 0;
    for path in leaves(&event) {
        let Some(members) = schema.words_at(&path) else {
            continue;
        };
        // An occurrence is no event of its own.
        let members = members.iter().filter(|word| *word != "occurrence");
        let items = members.map(|word| set(&event, &path, json!(word)));
        let mut seen: Vec<Option<Change>> = Vec::new();
        for item in items {
            let change = mapped(Vendor::Graph, &item).await;
            assert!(!seen.contains(&change), "{path:?}: two words mean the same");
            seen.push(change);
            words += 1;
        }
    }
    assert!(words > 60, "{words} words were tried");
}

#[tokio::test]
async fn nothing_that_googles_schema_names_is_lost() {
    let schema = discovery::Schema::read();
    let event = schema.event();
    let timed =
        |date: &str| json!({"dateTime": format!("{date}T09:00:00Z"), "timeZone": "Europe/Berlin"});
    let dated = |date: &str| json!({"date": date});
    let (first, last) = ("2026-07-01", "2026-07-02");
    let guests = json!([
        {"email": event["organizer"]["email"], "displayName": "A", "organizer": true, "self": true,
            "responseStatus": "accepted", "comment": "Late", "additionalGuests": 1, "optional": true,
            "resource": false},
        {"email": "b@x.test", "displayName": "B", "organizer": false, "self": false,
            "responseStatus": "declined", "comment": "No", "additionalGuests": 2,
            "optional": false, "resource": true},
    ]);
    let mut changed = 0;
    for times in [
        json!({"start": timed(first), "end": timed(last), "originalStartTime": timed(first)}),
        json!({"start": dated(first), "end": dated(last), "originalStartTime": dated(first)}),
        json!({"start": timed(first), "end": timed(last), "originalStartTime": dated(first)}),
        json!({}),
    ] {
        for part in [
            json!({"recurrence": null}),
            json!({"recurringEventId": null}),
            json!({"recurringEventId": null, "recurrence": null, "originalStartTime": null}),
        ] {
            let item = with(&with(&event, &times), &part);
            changed += assert_nothing_is_lost(Vendor::Google, &item, &[]).await;
            let lean = with(
                &lean(&item, WITHOUT_IN_GOOGLE),
                &json!({"attendees": guests}),
            );
            changed += assert_nothing_is_lost(Vendor::Google, &lean, &[]).await;
        }
        assert_nothing_breaks(Vendor::Google, &with(&event, &times)).await;
    }
    assert!(changed > 1000, "{changed} values were changed");
}

#[tokio::test]
async fn every_word_of_googles_schema_makes_a_difference() {
    let schema = discovery::Schema::read();
    let event = with(&schema.event(), &json!({"recurrence": null}));
    let mut words = 0;
    for path in leaves(&event) {
        let Some(members) = schema.words_at(&path) else {
            continue;
        };
        let mut seen: Vec<Option<Change>> = Vec::new();
        for word in members {
            let item = set(&event, &path, json!(word));
            let change = mapped(Vendor::Google, &item).await;
            assert!(!seen.contains(&change), "{path:?}: two words mean the same");
            seen.push(change);
            words += 1;
        }
    }
    assert!(words > 25, "{words} words were tried");
}
