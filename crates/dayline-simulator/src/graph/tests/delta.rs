//! Delta rounds and the service's ways with them.

use serde_json::{Value, json};

use super::timed;
use crate::testing::{Bench, column};

const START: &str =
    "/me/calendarView/delta?startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-31T00:00:00Z";

struct Client {
    bench: Bench,
    link: String,
}

impl Client {
    fn new() -> Self {
        Self {
            bench: Bench::empty(),
            link: START.into(),
        }
    }

    /// Walks a round to its end; gives the items, and how many pages there were.
    fn round(&mut self) -> (Value, usize) {
        let mut items = Vec::new();
        for pages in 1..1000 {
            let page = self
                .bench
                .graph("GET", &self.link, &Value::Null)
                .expect(200);
            items.extend(page["value"].as_array().unwrap().clone());
            if let Some(done) = page.get("@odata.deltaLink") {
                assert!(page.get("@odata.nextLink").is_none());
                self.link = done.as_str().unwrap().to_owned();
                return (Value::Array(items), pages);
            }
            self.link = page["@odata.nextLink"].as_str().unwrap().to_owned();
        }
        panic!("the round has no end");
    }

    fn create(&mut self, subject: &str, day: &str) -> String {
        let at = |hour: &str| format!("{day}T{hour}:00:00");
        let event = self.bench.graph(
            "POST",
            "/me/events",
            &timed(subject, &at("09"), &at("10"), "UTC"),
        );
        event.expect(201)["id"].as_str().unwrap().to_owned()
    }

    fn create_series(&mut self) -> String {
        let mut body = timed("Daily", "2026-11-23T09:00:00", "2026-11-23T09:30:00", "UTC");
        body["recurrence"] = json!({
            "pattern": {"type": "daily", "interval": 1},
            "range": {"type": "numbered", "startDate": "2026-11-23", "numberOfOccurrences": 3},
        });
        let event = self.bench.graph("POST", "/me/events", &body).expect(201);
        event["id"].as_str().unwrap().to_owned()
    }

    fn patch(&mut self, id: &str, body: &Value) {
        self.bench
            .graph("PATCH", &format!("/me/events/{id}"), body)
            .expect(200);
    }

    fn delete(&mut self, id: &str) {
        self.bench
            .graph("DELETE", &format!("/me/events/{id}"), &Value::Null)
            .expect(204);
    }
}

#[test]
fn a_round_without_changes_is_empty() {
    let mut client = Client::new();
    client.create("One", "2026-11-23");
    assert_eq!(column(&client.round().0, "subject"), ["One"]);
    assert_eq!(client.round().0, json!([]));
}

#[test]
fn system_query_options_are_refused() {
    let mut bench = Bench::empty();
    for option in [
        "$select=subject",
        "$filter=x",
        "$expand=x",
        "$orderby=x",
        "$search=x",
    ] {
        let answer = bench.graph("GET", &format!("{START}&{option}"), &Value::Null);
        assert_eq!(
            (answer.status, answer.at("/error/code").as_str()),
            (400, "ErrorInvalidUrlQuery")
        );
    }
    bench
        .graph("GET", "/me/calendarView/delta", &Value::Null)
        .expect(400);
}

#[test]
fn masters_come_whole_and_occurrences_sparse() {
    let mut client = Client::new();
    client.create_series();
    let (items, _) = client.round();
    assert_eq!(
        column(&items, "type"),
        ["seriesMaster", "occurrence", "occurrence", "occurrence"]
    );
    assert!(items[0]["recurrence"].is_object() && items[0]["body"].is_object());
    let keys: Vec<&String> = items[1].as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "@odata.etag",
            "@odata.type",
            "end",
            "id",
            "seriesMasterId",
            "start",
            "type"
        ]
    );
}

#[test]
fn pages_obey_the_preferred_size_and_lose_nothing() {
    let mut client = Client::new();
    for day in 1..=9 {
        client.create(&format!("d{day}"), &format!("2026-11-0{day}"));
    }
    let prefer = [("prefer", "odata.maxpagesize=4")];
    let first = client.bench.graph_with("GET", START, &prefer, &Value::Null);
    assert_eq!(first.header("preference-applied"), "odata.maxpagesize=4");
    let first = first.expect(200);
    assert_eq!(first["value"].as_array().unwrap().len(), 4);
    // A change between two pages comes later in the same round.
    let early = first["value"][0]["id"].as_str().unwrap().to_owned();
    client.patch(&early, &json!({"subject": "changed"}));
    client.link = first["@odata.nextLink"].as_str().unwrap().to_owned();
    let (rest, _) = client.round();
    assert_eq!(
        column(&rest, "subject"),
        ["d5", "d6", "d7", "d8", "d9", "changed"]
    );
}

#[test]
fn what_goes_while_a_full_round_runs_has_its_tombstone() {
    let mut client = Client::new();
    let id = client.create("One", "2026-11-23");
    client.create("Two", "2026-11-24");
    client
        .bench
        .admin("POST", "/quirks", &json!({"page_size": 1}))
        .expect(200);
    let first = client.bench.graph("GET", START, &Value::Null).expect(200);
    assert_eq!(column(&first["value"], "id"), std::slice::from_ref(&id));
    client.delete(&id);
    client.link = first["@odata.nextLink"].as_str().unwrap().to_owned();
    let (rest, _) = client.round();
    assert_eq!(rest[1]["id"], json!(id));
    assert_eq!(rest[1]["@removed"]["reason"], "deleted");
}

#[test]
fn tombstones_have_an_id_and_nothing_else() {
    let mut client = Client::new();
    let id = client.create("One", "2026-11-23");
    client.round();
    client.delete(&id);
    let (items, _) = client.round();
    let gone = json!([{"@odata.type": "#microsoft.graph.event", "id": id, "@removed": {"reason": "deleted"}}]);
    assert_eq!(items, gone);
    client.link = START.into();
    assert_eq!(
        client.round().0,
        json!([]),
        "a full round has no tombstones"
    );
}

#[test]
fn a_change_outside_the_window_looks_like_a_removal() {
    let mut client = Client::new();
    let far = client.create("Far", "2027-06-01");
    assert_eq!(client.round().0, json!([]));
    client.patch(&far, &json!({"subject": "Still far"}));
    let (items, _) = client.round();
    assert_eq!(column(&items, "id"), std::slice::from_ref(&far));
    assert_eq!(items[0]["@removed"]["reason"], "deleted");
    client
        .bench
        .graph("GET", &format!("/me/events/{far}"), &Value::Null)
        .expect(200);
}

#[test]
fn a_deleted_occurrence_only_brings_its_master_again() {
    let mut client = Client::new();
    let master = client.create_series();
    let (items, _) = client.round();
    let occurrence = items[2]["id"].as_str().unwrap().to_owned();
    client.delete(&occurrence);
    let (items, _) = client.round();
    assert_eq!(column(&items, "id"), [master]);
    assert_eq!(column(&items, "type"), ["seriesMaster"]);
}

#[test]
fn an_exception_comes_in_full_under_its_occurrences_id() {
    let mut client = Client::new();
    client.create_series();
    let (items, _) = client.round();
    let occurrence = items[2]["id"].as_str().unwrap().to_owned();
    client.patch(&occurrence, &json!({"subject": "Special"}));
    let (items, _) = client.round();
    assert_eq!(column(&items, "id"), [occurrence]);
    assert_eq!(
        (column(&items, "type"), column(&items, "subject")),
        (vec!["exception".into()], vec!["Special".into()])
    );
}

#[test]
fn unknown_and_expired_tokens_are_gone() {
    let mut client = Client::new();
    client.round();
    client
        .bench
        .admin("POST", "/sync/expire", &json!({"provider": "microsoft"}))
        .expect(200);
    let answer = client.bench.graph("GET", &client.link, &Value::Null);
    assert_eq!(
        (answer.status, answer.at("/error/code").as_str()),
        (410, "SyncStateNotFound")
    );
    let quirks = json!({"lower_case_codes": true, "resync_location": true});
    client.bench.admin("POST", "/quirks", &quirks).expect(200);
    let answer = client.bench.graph(
        "GET",
        "/me/calendarView/delta?$deltatoken=nonsense",
        &Value::Null,
    );
    assert_eq!(
        (answer.status, answer.at("/error/code").as_str()),
        (410, "syncStateNotFound")
    );
    assert!(
        answer
            .header("location")
            .ends_with("/me/calendarView/delta?$deltatoken=")
    );
}

#[test]
fn empty_pages_and_replays_change_no_outcome() {
    let mut client = Client::new();
    for day in 1..=5 {
        client.create(&format!("d{day}"), &format!("2026-11-0{day}"));
    }
    let quirks = json!({"empty_pages": true, "replay": true, "page_size": 2});
    client.bench.admin("POST", "/quirks", &quirks).expect(200);
    let (items, pages) = client.round();
    assert_eq!(column(&items, "subject"), ["d1", "d2", "d3", "d4", "d5"]);
    assert_eq!(pages, 6, "every page is preceded by an empty one");
    let (again, _) = client.round();
    assert_eq!(column(&again, "subject"), ["d3", "d4", "d5"]);
}
