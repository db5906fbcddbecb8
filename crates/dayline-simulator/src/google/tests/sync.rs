//! Sync tokens of events and of the calendar list.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{EVENTS, lunch, path, timed, weekly};
use crate::testing::{Bench, column};

struct Client {
    bench: Bench,
    token: Option<String>,
}

impl Client {
    fn new() -> Self {
        Self {
            bench: Bench::empty(),
            token: None,
        }
    }

    fn insert(&mut self, body: &Value) -> Value {
        self.bench.google("POST", EVENTS, body).expect(200)
    }

    /// A round with extra parameters; gives all items and takes the new token.
    fn round(&mut self, extra: &str) -> Value {
        let mut items = Vec::new();
        let mut page = String::new();
        for _ in 0..1000 {
            let token = self
                .token
                .as_ref()
                .map_or(String::new(), |token| format!("&syncToken={token}"));
            let target = format!("{EVENTS}?{extra}{token}{page}");
            let answer = self.bench.google("GET", &target, &Value::Null).expect(200);
            items.extend(answer["items"].as_array().unwrap().clone());
            if let Some(next) = answer.get("nextPageToken") {
                assert!(
                    answer.get("nextSyncToken").is_none(),
                    "only on the last page"
                );
                page = format!("&pageToken={}", next.as_str().unwrap());
                continue;
            }
            self.token = Some(answer["nextSyncToken"].as_str().unwrap().to_owned());
            return Value::Array(items);
        }
        panic!("the round has no end");
    }
}

#[test]
fn incremental_rounds_carry_changes_and_tombstones() {
    let mut client = Client::new();
    let event = client.insert(&lunch());
    assert_eq!(column(&client.round(""), "summary"), ["Lunch"]);
    assert_eq!(client.round(""), json!([]));
    client
        .bench
        .google("PATCH", &path(&event), &json!({"summary": "Brunch"}))
        .expect(200);
    assert_eq!(column(&client.round(""), "summary"), ["Brunch"]);
    client
        .bench
        .google("DELETE", &path(&event), &Value::Null)
        .expect(204);
    let gone = client.round("");
    let keys: Vec<&String> = gone[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["etag", "id", "kind", "status"]);
    client.token = None;
    assert_eq!(client.round(""), json!([]), "a full list has no tombstones");
}

#[test]
fn a_cancelled_instance_is_sparse_and_stays_in_full_lists() {
    let mut client = Client::new();
    let event = client.insert(&weekly());
    client.round("");
    let id = format!("{}_20261130T080000Z", event["id"].as_str().unwrap());
    client
        .bench
        .google("DELETE", &format!("{EVENTS}/{id}"), &Value::Null)
        .expect(204);
    let items = client.round("");
    assert_eq!(
        column(&items, "id"),
        std::slice::from_ref(&id),
        "the master is not sent again"
    );
    let keys: BTreeSet<&str> = items[0]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    let promised = [
        "etag",
        "id",
        "kind",
        "originalStartTime",
        "recurringEventId",
        "status",
    ];
    assert_eq!(keys, BTreeSet::from(promised));
    client.token = None;
    assert!(
        column(&client.round(""), "id").contains(&id),
        "even without showDeleted"
    );
    client.token = None;
    assert_eq!(
        client.round("singleEvents=true").as_array().unwrap().len(),
        2
    );
}

#[test]
fn parameters_that_a_token_excludes_are_refused() {
    let mut client = Client::new();
    client.round("");
    let token = client.token.clone().unwrap();
    for extra in [
        "timeMin=2026-01-01T00:00:00Z",
        "timeMax=2026-01-01T00:00:00Z",
        "q=x",
        "orderBy=updated",
        "updatedMin=2026-01-01T00:00:00Z",
        "iCalUID=x",
        "privateExtendedProperty=a%3Db",
        "sharedExtendedProperty=a%3Db",
        "showDeleted=false",
        "singleEvents=true",
    ] {
        let target = format!("{EVENTS}?syncToken={token}&{extra}");
        let answer = client.bench.google("GET", &target, &Value::Null);
        assert_eq!(answer.status, 400, "{extra}");
    }
}

#[test]
fn unknown_and_expired_tokens_ask_for_a_full_round() {
    let mut client = Client::new();
    client.round("");
    client
        .bench
        .admin("POST", "/sync/expire", &json!({"provider": "google"}))
        .expect(200);
    for token in [client.token.clone().unwrap(), "nonsense".to_owned()] {
        let answer =
            client
                .bench
                .google("GET", &format!("{EVENTS}?syncToken={token}"), &Value::Null);
        assert_eq!(
            (answer.status, answer.at("/error/errors/0/reason").as_str()),
            (410, "fullSyncRequired")
        );
        assert_eq!(answer.at("/error/errors/0/location"), "syncToken");
    }
}

#[test]
fn the_bound_of_the_first_round_stays_with_the_token() {
    let mut client = Client::new();
    client.insert(&timed("Old", "2020-01-01T09:00:00", "2020-01-01T10:00:00"));
    let event = client.insert(&lunch());
    assert_eq!(
        column(&client.round("timeMin=2026-01-01T00:00:00Z"), "summary"),
        ["Lunch"]
    );
    client.insert(&timed(
        "Older",
        "2019-01-01T09:00:00",
        "2019-01-01T10:00:00",
    ));
    assert_eq!(client.round(""), json!([]), "new but before the bound");
    let past = timed("Moved away", "2019-01-01T09:00:00", "2019-01-01T10:00:00");
    client.bench.google("PUT", &path(&event), &past).expect(200);
    assert_eq!(
        column(&client.round(""), "summary"),
        ["Moved away"],
        "known before, so reported"
    );
}

#[test]
fn changes_between_pages_are_not_lost() {
    let mut client = Client::new();
    let mut paths = Vec::new();
    for day in 10..20 {
        let at = |hour: &str| format!("2026-11-{day}T{hour}:00:00");
        paths.push(path(&client.insert(&timed(
            &format!("d{day}"),
            &at("09"),
            &at("10"),
        ))));
    }
    let first = client
        .bench
        .google("GET", &format!("{EVENTS}?maxResults=4"), &Value::Null)
        .expect(200);
    let seen = column(&first["items"], "id");
    assert_eq!(seen.len(), 4);
    client
        .bench
        .google("DELETE", &format!("{EVENTS}/{}", seen[0]), &Value::Null)
        .expect(204);
    client
        .bench
        .google(
            "PATCH",
            &format!("{EVENTS}/{}", seen[1]),
            &json!({"summary": "x"}),
        )
        .expect(200);
    let next = first["nextPageToken"].as_str().unwrap();
    let mut all: BTreeSet<String> = seen.iter().cloned().collect();
    let target = format!("{EVENTS}?maxResults=250&pageToken={next}");
    let rest = client
        .bench
        .google("GET", &target, &Value::Null)
        .expect(200);
    all.extend(column(&rest["items"], "id"));
    assert_eq!(
        all.len(),
        10,
        "a deletion before the cursor hides nothing behind it"
    );
    client.token = Some(rest["nextSyncToken"].as_str().unwrap().to_owned());
    let later: BTreeSet<String> = column(&client.round(""), "id").into_iter().collect();
    assert_eq!(later, BTreeSet::from([seen[0].clone(), seen[1].clone()]));
}

#[test]
fn empty_pages_and_replays_change_no_outcome() {
    let mut client = Client::new();
    client.insert(&lunch());
    client.insert(&weekly());
    let quirks = json!({"empty_pages": true, "replay": true, "page_size": 1});
    client.bench.admin("POST", "/quirks", &quirks).expect(200);
    assert_eq!(client.round("").as_array().unwrap().len(), 2);
    assert_eq!(client.round("").as_array().unwrap().len(), 2, "replayed");
}

#[test]
fn deleting_a_series_names_its_exceptions_too() {
    let mut client = Client::new();
    let event = client.insert(&weekly());
    let id = event["id"].as_str().unwrap();
    let target = format!("{EVENTS}/{id}_20261130T080000Z");
    client
        .bench
        .google("PATCH", &target, &json!({"summary": "Special"}))
        .expect(200);
    client.round("");
    client
        .bench
        .google("DELETE", &path(&event), &Value::Null)
        .expect(204);
    let items = client.round("");
    assert_eq!(column(&items, "status"), ["cancelled", "cancelled"]);
}

#[test]
fn the_calendar_list_has_tokens_of_its_own() {
    let mut bench = Bench::empty();
    let list = |bench: &mut Bench, query: &str| {
        bench.google(
            "GET",
            &format!("/users/me/calendarList?{query}"),
            &Value::Null,
        )
    };
    let first = list(&mut bench, "").expect(200);
    let token = first["nextSyncToken"].as_str().unwrap();
    let made = bench
        .google("POST", "/calendars", &json!({"summary": "Sport"}))
        .expect(200);
    let second = list(&mut bench, &format!("syncToken={token}")).expect(200);
    assert_eq!(column(&second["items"], "summary"), ["Sport"]);
    let target = format!("/calendars/{}", made["id"].as_str().unwrap());
    bench.google("DELETE", &target, &Value::Null).expect(204);
    let token = second["nextSyncToken"].as_str().unwrap();
    let third = list(&mut bench, &format!("syncToken={token}")).expect(200);
    assert_eq!(
        (&third["items"][0]["deleted"], &third["items"][0]["id"]),
        (&json!(true), &made["id"])
    );
    list(
        &mut bench,
        &format!("syncToken={token}&minAccessRole=owner"),
    )
    .expect(400);
    list(&mut bench, "syncToken=x").expect(410);
    let page = list(&mut bench, "maxResults=1").expect(200);
    assert_eq!(page["items"].as_array().unwrap().len(), 1);
}
