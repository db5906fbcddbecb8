//! Push through the front door, with webhooks that answer as a test says.

mod delivery;
mod google;
mod microsoft;
mod requests;

use std::time::Duration as Took;

use serde_json::{Value, json};

use super::delivery::{Delivery, Echo, Outcome, Validation};
use crate::testing::{Answer, Bench, request};

const HOOK: &str = "http://127.0.0.1:9/hook?secret=1";
const LIFECYCLE: &str = "http://127.0.0.1:9/lifecycle";

/// A subscription as a client asks for it, with some members changed.
fn subscription(change: &Value) -> Value {
    let mut body = json!({
        "changeType": "created,updated,deleted",
        "notificationUrl": HOOK,
        "lifecycleNotificationUrl": LIFECYCLE,
        "resource": "me/events",
        "expirationDateTime": "2026-11-26T09:38:00Z",
        "clientState": "state",
    });
    let map = body.as_object_mut().unwrap();
    for (name, value) in change.as_object().unwrap() {
        if value.is_null() {
            map.remove(name);
        } else {
            map.insert(name.clone(), value.clone());
        }
    }
    body
}

/// The token in a validation, as a webhook decodes it.
fn token(validation: &Validation) -> String {
    let query = validation.request.uri().query().unwrap();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    let (_, token) = pairs.find(|(name, _)| name == "validationToken").unwrap();
    token.into_owned()
}

fn echoing(status: u16, kind: &str, body: String, secs: u64) -> Echo {
    Echo::Answered {
        status,
        content_type: Some(kind.to_owned()),
        body: body.into(),
        took: Took::from_secs(secs),
    }
}

fn honest(validation: &Validation) -> Echo {
    echoing(200, "text/plain; charset=utf-8", token(validation), 1)
}

/// A Graph request of a user whose webhooks answer as `echo` says; also gives how many were
/// asked.
fn as_user(
    bench: &mut Bench,
    bearer: &str,
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: &Value,
    echo: impl Fn(&Validation) -> Echo,
) -> (Answer, usize) {
    let bearer = format!("Bearer {bearer}");
    let mut all = vec![
        ("authorization", bearer.as_str()),
        ("content-type", "application/json"),
    ];
    all.extend_from_slice(headers);
    let request = request(method, target, &all, body.to_string());
    let asked = bench
        .sim
        .validations(&request, bench.now, &mut bench.rng)
        .unwrap_or_default();
    let validated: Vec<_> = asked.iter().map(|one| one.judge(&echo(one))).collect();
    let response = bench
        .sim
        .handle_validated(&request, &validated, bench.now, &mut bench.rng);
    (Answer::of(&response), asked.len())
}

/// The same of the first Microsoft account; `target` is a path after `/v1.0`.
fn graph(bench: &mut Bench, method: &str, target: &str, body: &Value) -> Answer {
    let token = bench.token("microsoft");
    let target = format!("/v1.0{target}");
    as_user(bench, &token, method, &target, &[], body, honest).0
}

/// Subscribes and gives the id.
fn subscribe(bench: &mut Bench, change: &Value) -> String {
    let answer = graph(bench, "POST", "/subscriptions", &subscription(change));
    answer.expect(201)["id"].as_str().unwrap().to_owned()
}

/// Watches a Google calendar and gives the answer.
fn watch(bench: &mut Bench, calendar: &str, change: &Value) -> Answer {
    let mut body = json!({"id": "channel-1", "type": "web_hook", "address": HOOK, "token": "tok"});
    let map = body.as_object_mut().unwrap();
    map.extend(change.as_object().unwrap().clone());
    map.retain(|_, value| !value.is_null());
    bench.google(
        "POST",
        &format!("/calendars/{calendar}/events/watch"),
        &body,
    )
}

fn due(bench: &mut Bench) -> Vec<Delivery> {
    bench.sim.due(bench.now)
}

fn answered(status: u16) -> Outcome {
    Outcome::Answered {
        status,
        took: Took::from_millis(20),
    }
}

fn outcome(bench: &mut Bench, delivery: &Delivery, outcome: Outcome) {
    let now = bench.now;
    bench
        .sim
        .delivered(delivery.id, outcome, now, &mut bench.rng);
}

/// Everything that is due, answered with a status.
fn deliver(bench: &mut Bench, status: u16) -> Vec<Delivery> {
    let all = due(bench);
    for delivery in &all {
        outcome(bench, delivery, answered(status));
    }
    all
}

/// The notifications in one POST of Graph's.
fn items(delivery: &Delivery) -> Vec<Value> {
    let body: Value = serde_json::from_slice(delivery.request.body()).unwrap();
    body["value"].as_array().unwrap().clone()
}

/// `pointer` of every notification in all POSTs.
fn all(deliveries: &[Delivery], pointer: &str) -> Vec<String> {
    let all = deliveries.iter().flat_map(items);
    all.map(|item| match item.pointer(pointer) {
        Some(Value::String(text)) => text.clone(),
        other => format!("{other:?}"),
    })
    .collect()
}

fn header(delivery: &Delivery, name: &str) -> String {
    let value = delivery.request.headers().get(name);
    value.map_or(String::new(), |value| value.to_str().unwrap().to_owned())
}

fn set(bench: &mut Bench, quirks: &Value) {
    bench.admin("POST", "/push", quirks).expect(200);
}

/// Counts of the only subscription: sent, accepted, failed, dropped, pending.
fn counts(bench: &mut Bench) -> [u64; 5] {
    let list = bench
        .admin("GET", "/subscriptions", &Value::Null)
        .expect(200);
    ["sent", "accepted", "failed", "dropped", "pending"].map(|name| list[0][name].as_u64().unwrap())
}

fn lunch() -> Value {
    json!({
        "subject": "Lunch",
        "start": {"dateTime": "2026-11-23T12:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-23T13:00:00", "timeZone": "UTC"},
    })
}

/// Makes an event through Graph and gives its id.
fn meal(bench: &mut Bench) -> String {
    let made = bench.graph("POST", "/me/events", &lunch()).expect(201);
    made["id"].as_str().unwrap().to_owned()
}

fn google_meal(bench: &mut Bench, calendar: &str) {
    let body = json!({
        "summary": "Lunch",
        "start": {"dateTime": "2026-11-23T12:00:00Z"},
        "end": {"dateTime": "2026-11-23T13:00:00Z"},
    });
    bench
        .google("POST", &format!("/calendars/{calendar}/events"), &body)
        .expect(200);
}
