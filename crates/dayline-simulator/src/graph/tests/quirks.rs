//! What the service gets wrong, on demand.

use serde_json::{Value, json};

use super::{NOVEMBER, lunch, timed};
use crate::testing::{Bench, column};

fn quirk(bench: &mut Bench, quirks: &Value) {
    bench.admin("POST", "/quirks", quirks).expect(200);
}

fn round(bench: &mut Bench, first: &str) -> (Vec<Vec<Value>>, String) {
    let mut pages = Vec::new();
    let mut link = first.to_owned();
    for _ in 0..200 {
        let page = bench.graph("GET", &link, &Value::Null).expect(200);
        pages.push(page["value"].as_array().unwrap().clone());
        if let Some(done) = page.get("@odata.deltaLink") {
            return (pages, done.as_str().unwrap().to_owned());
        }
        link = page["@odata.nextLink"].as_str().unwrap().to_owned();
    }
    panic!("the round has no end");
}

fn delta() -> String {
    format!("/me/calendarView/delta?{NOVEMBER}")
}

fn ids(pages: &[Vec<Value>]) -> Vec<Vec<String>> {
    let id = |item: &Value| item["id"].as_str().unwrap().to_owned();
    pages
        .iter()
        .map(|page| page.iter().map(id).collect())
        .collect()
}

/// A daily series of three with one changed and one deleted occurrence; gives the master's id.
fn series(bench: &mut Bench) -> String {
    let mut body = timed("Daily", "2026-11-23T09:00:00", "2026-11-23T09:30:00", "UTC");
    body["recurrence"] = json!({
        "pattern": {"type": "daily", "interval": 1},
        "range": {"type": "numbered", "startDate": "2026-11-23", "numberOfOccurrences": 4},
    });
    let master = bench.graph("POST", "/me/events", &body).expect(201)["id"].clone();
    let path = format!(
        "/me/events/{}/instances?{NOVEMBER}",
        master.as_str().unwrap()
    );
    let list = bench.graph("GET", &path, &Value::Null).expect(200);
    let slot = |at: usize| format!("/me/events/{}", list["value"][at]["id"].as_str().unwrap());
    bench.graph("DELETE", &slot(2), &Value::Null).expect(204);
    bench
        .graph("PATCH", &slot(1), &json!({"subject": "Other"}))
        .expect(200);
    master.as_str().unwrap().to_owned()
}

#[test]
fn items_come_twice_on_a_page_and_again_on_the_next() {
    let mut bench = Bench::empty();
    for day in 10..15 {
        let at = format!("2026-11-{day}T09:00:00");
        bench
            .graph("POST", "/me/events", &timed("x", &at, &at, "UTC"))
            .expect(201);
    }
    quirk(&mut bench, &json!({"repeated_items": true, "page_size": 3}));
    let (pages, _) = round(&mut bench, &delta());
    let pages = ids(&pages);
    assert_eq!(pages[0].len(), 4);
    assert_eq!(
        pages[0][0], pages[0][3],
        "the first item is repeated on its page"
    );
    assert_eq!(
        pages[0][2], pages[1][0],
        "the last item is repeated on the next page"
    );
    let mut all: Vec<&String> = pages.iter().flatten().collect();
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 5, "nothing is lost");
}

#[test]
fn exceptions_and_instances_can_come_before_their_master() {
    let mut bench = Bench::empty();
    series(&mut bench);
    let kinds = |bench: &mut Bench| {
        let (pages, _) = round(bench, &delta());
        let items: Vec<Value> = pages.into_iter().flatten().collect();
        column(&json!(items), "type")
    };
    let usual = kinds(&mut bench);
    assert_eq!(
        usual,
        ["seriesMaster", "occurrence", "occurrence", "exception"]
    );
    let orderly = ["exception", "seriesMaster", "occurrence", "occurrence"];
    quirk(&mut bench, &json!({"exceptions_first": true}));
    assert_eq!(kinds(&mut bench), orderly);
    quirk(
        &mut bench,
        &json!({"exceptions_first": true, "instances_first": true, "page_size": 1}),
    );
    assert_eq!(
        kinds(&mut bench),
        ["exception", "occurrence", "occurrence", "seriesMaster"]
    );
}

#[test]
fn deletions_can_be_lost_and_occurrences_named() {
    let mut bench = Bench::empty();
    let single = bench.graph("POST", "/me/events", &lunch()).expect(201)["id"].clone();
    let (_, link) = round(&mut bench, &delta());
    series(&mut bench);
    let path = format!("/me/events/{}", single.as_str().unwrap());
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    let gone = |bench: &mut Bench| {
        let (pages, _) = round(bench, &link);
        pages
            .into_iter()
            .flatten()
            .filter(|item| item.get("@removed").is_some())
            .count()
    };
    assert_eq!(gone(&mut bench), 1);
    quirk(&mut bench, &json!({"occurrence_tombstones": true}));
    assert_eq!(gone(&mut bench), 2);
    quirk(
        &mut bench,
        &json!({"occurrence_tombstones": false, "lost_deletions": true}),
    );
    assert_eq!(gone(&mut bench), 0);
    let (pages, link) = round(&mut bench, &delta());
    let occurrence = pages[0]
        .iter()
        .find(|item| item["type"] == "occurrence")
        .unwrap();
    let path = format!("/me/events/{}", occurrence["id"].as_str().unwrap());
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    assert_eq!(
        round(&mut bench, &link).0,
        [Vec::<Value>::new()],
        "the master is silent too"
    );
}

#[test]
fn fields_can_be_null_missing_odd_or_new() {
    let mut bench = Bench::empty();
    let master = series(&mut bench);
    quirk(
        &mut bench,
        &json!({
            "null_fields": ["iCalUId", "subject"],
            "missing_fields": ["webLink"],
            "set_fields": {"isAllDay": "maybe", "somethingNew": {"deep": [1]}},
            "unknown_enums": true,
            "original_zone": "tzone://Microsoft/Custom",
        }),
    );
    let path = format!("/me/events/{master}");
    let event = bench.graph("GET", &path, &Value::Null).expect(200);
    let list = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    let (pages, _) = round(&mut bench, &delta());
    for event in [&event, &list["value"][0], &pages[0][0]] {
        assert_eq!(
            (&event["subject"], &event["iCalUId"]),
            (&Value::Null, &Value::Null)
        );
        assert!(event.get("webLink").is_none());
        assert_eq!(
            (&event["isAllDay"], &event["somethingNew"]["deep"][0]),
            (&json!("maybe"), &json!(1))
        );
        assert_eq!(
            (&event["showAs"], &event["type"]),
            (&json!("unknownFutureValue"), &json!("seriesMaster"))
        );
        assert_eq!(event["originalStartTimeZone"], "tzone://Microsoft/Custom");
        assert_eq!(
            event["recurrence"]["range"]["recurrenceTimeZone"],
            "tzone://Microsoft/Custom"
        );
    }
}

#[test]
fn unknown_members_stand_at_every_depth_but_in_the_recurrence() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["attendees"] = json!([{"emailAddress": {"address": "b@contoso.example"}}]);
    body["locations"] = json!([{"displayName": "Hall"}]);
    bench.graph("POST", "/me/events", &body).expect(201);
    series(&mut bench);
    quirk(&mut bench, &json!({"unknown_enums": true}));
    let list = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    let event = &list["value"][0];
    for pointer in [
        "/importance",
        "/responseStatus/response",
        "/attendees/0/type",
        "/attendees/0/status/response",
        "/locations/0/locationType",
        "/body/contentType",
    ] {
        assert_eq!(
            event.pointer(pointer),
            Some(&json!("unknownFutureValue")),
            "{pointer}"
        );
    }
    let series = &list["value"][1];
    assert_eq!(series["recurrence"]["pattern"]["type"], "daily");
    assert_eq!(series["type"], "seriesMaster");
}

#[test]
fn error_codes_change_their_case() {
    let mut bench = Bench::empty();
    quirk(&mut bench, &json!({"lower_case_codes": true}));
    let answer = bench.graph("GET", "/me/events/AAMkAGIx", &Value::Null);
    assert_eq!(
        (answer.status, answer.at("/error/code").as_str()),
        (404, "errorItemNotFound")
    );
}

#[test]
fn events_delta_names_singles_and_masters_with_few_properties() {
    let mut bench = Bench::empty();
    series(&mut bench);
    bench.graph("POST", "/me/events", &lunch()).expect(201);
    let (pages, link) = round(&mut bench, "/me/calendar/events/delta");
    assert_eq!(
        column(&json!(pages[0]), "type"),
        ["seriesMaster", "singleInstance"].map(str::to_owned)
    );
    let names: Vec<&String> = pages[0][0].as_object().unwrap().keys().collect();
    assert_eq!(
        names,
        ["@odata.etag", "@odata.type", "end", "id", "start", "type"]
    );
    let (pages, _) = round(&mut bench, "/me/events/delta?$select=id,subject");
    assert_eq!(column(&json!(pages[0]), "subject"), ["Daily", "Lunch"]);
    let path = format!("/me/events/{}", pages[0][0]["id"].as_str().unwrap());
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    let (pages, _) = round(&mut bench, &link);
    assert_eq!(pages[0].len(), 1);
    assert_eq!(pages[0][0]["@removed"]["reason"], "deleted");
}
