//! Google Calendar through the front door.

mod convergence;
mod fields;
mod sweep;
mod sync;

use serde_json::{Value, json};

use crate::Scenario;
use crate::testing::{Bench, column};

const EVENTS: &str = "/calendars/primary/events";

fn timed(summary: &str, start: &str, end: &str) -> Value {
    json!({
        "summary": summary,
        "start": {"dateTime": start, "timeZone": "Europe/Berlin"},
        "end": {"dateTime": end, "timeZone": "Europe/Berlin"},
    })
}

fn lunch() -> Value {
    timed("Lunch", "2026-11-23T12:00:00", "2026-11-23T13:00:00")
}

fn weekly() -> Value {
    let mut body = timed("Weekly", "2026-11-23T09:00:00", "2026-11-23T09:30:00");
    body["recurrence"] = json!(["RRULE:FREQ=WEEKLY;COUNT=3"]);
    body
}

fn path(event: &Value) -> String {
    format!("{EVENTS}/{}", event["id"].as_str().unwrap())
}

#[test]
fn an_inserted_event_is_the_full_resource() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    assert_eq!(
        (&event["kind"], &event["status"]),
        (&json!("calendar#event"), &json!("confirmed"))
    );
    assert_eq!(
        event["start"],
        json!({"dateTime": "2026-11-23T12:00:00+01:00", "timeZone": "Europe/Berlin"})
    );
    assert_eq!(
        event["iCalUID"],
        json!(format!("{}@google.com", event["id"].as_str().unwrap()))
    );
    assert_eq!(
        (&event["organizer"]["self"], &event["sequence"]),
        (&json!(true), &json!(0))
    );
    for name in [
        "etag",
        "htmlLink",
        "created",
        "updated",
        "creator",
        "reminders",
        "eventType",
    ] {
        assert!(event.get(name).is_some(), "{name} is missing");
    }
}

#[test]
fn offsets_follow_the_asked_zone_and_the_zone_stays_the_events() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    let target = format!("{}?timeZone=America/New_York", path(&event));
    let seen = bench.google("GET", &target, &Value::Null).expect(200);
    assert_eq!(
        seen["start"],
        json!({"dateTime": "2026-11-23T06:00:00-05:00", "timeZone": "Europe/Berlin"})
    );
}

#[test]
fn wrong_bodies_are_refused_with_googles_reasons() {
    let with = |name: &str, value: Value| {
        let mut body = lunch();
        body[name] = value;
        body
    };
    let naked = json!({"dateTime": "2026-11-23T09:00:00+01:00"});
    let mut no_zone = weekly();
    no_zone["start"] = naked;
    let cases = [
        (
            timed("x", "2026-11-23T12:00:00", "2026-11-23T11:00:00"),
            "timeRangeEmpty",
        ),
        (with("id", json!("UPPER")), "invalid"),
        (with("recurrence", json!(["RRULE:FREQ=NEVER"])), "invalid"),
        (with("end", json!({"date": "2026-11-24"})), "invalid"),
        (with("status", json!("maybe")), "invalid"),
        (no_zone, "required"),
        (json!({"summary": "no times"}), "required"),
    ];
    let mut bench = Bench::empty();
    for (body, reason) in cases {
        let answer = bench.google("POST", EVENTS, &body);
        assert_eq!(
            (answer.status, answer.at("/error/errors/0/reason").as_str()),
            (400, reason),
            "{body}"
        );
        assert_eq!(answer.at("/error/code"), "400");
    }
}

#[test]
fn a_chosen_id_works_once_even_after_its_deletion() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["id"] = json!("abc0123");
    bench.google("POST", EVENTS, &body).expect(200);
    bench.google("POST", EVENTS, &body).expect(409);
    bench
        .google("DELETE", &format!("{EVENTS}/abc0123"), &Value::Null)
        .expect(204);
    bench
        .google("DELETE", &format!("{EVENTS}/abc0123"), &Value::Null)
        .expect(410);
    bench.google("POST", EVENTS, &body).expect(409);
}

#[test]
fn a_stale_etag_is_refused() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    let tag = event["etag"].as_str().unwrap().to_owned();
    let change = json!({"summary": "Brunch"});
    let seen = bench.google_with(
        "GET",
        &path(&event),
        &[("if-none-match", &tag)],
        &Value::Null,
    );
    assert_eq!(seen.status, 304);
    bench
        .google_with("PATCH", &path(&event), &[("if-match", &tag)], &change)
        .expect(200);
    let stale = bench.google_with("PATCH", &path(&event), &[("if-match", &tag)], &change);
    assert_eq!(
        (stale.status, stale.at("/error/errors/0/reason").as_str()),
        (412, "conditionNotMet")
    );
}

#[test]
fn patch_keeps_what_put_clears() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["location"] = json!("Bar");
    let event = bench.google("POST", EVENTS, &body).expect(200);
    let patched = bench
        .google("PATCH", &path(&event), &json!({"summary": "x"}))
        .expect(200);
    assert_eq!(
        (&patched["location"], &patched["sequence"]),
        (&json!("Bar"), &json!(0))
    );
    let put = bench.google(
        "PUT",
        &path(&event),
        &timed("y", "2026-11-23T14:00:00", "2026-11-23T15:00:00"),
    );
    let put = put.expect(200);
    assert!(put.get("location").is_none());
    assert_eq!(put["sequence"], 1, "a new time is a new revision");
}

#[test]
fn patch_merges_objects_and_keeps_the_zone() {
    let mut bench = Bench::empty();
    let mut body = weekly();
    body["extendedProperties"] = json!({"private": {"a": "1", "b": "2"}});
    let event = bench.google("POST", EVENTS, &body).expect(200);
    let change = json!({
        "extendedProperties": {"private": {"a": null, "c": "3"}},
        "start": {"dateTime": "2026-11-23T10:00:00"},
        "end": {"dateTime": "2026-11-23T11:00:00"},
    });
    let event = bench.google("PATCH", &path(&event), &change).expect(200);
    assert_eq!(
        event["extendedProperties"]["private"],
        json!({"b": "2", "c": "3"})
    );
    assert_eq!(event["start"]["dateTime"], "2026-11-23T10:00:00+01:00");
    assert_eq!(event["start"]["timeZone"], "Europe/Berlin");
}

#[test]
fn one_guests_answer_keeps_the_other_rows() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["attendees"] =
        json!([{"email": "mia@mail.example"}, {"email": "ada.lovelace@gmail.example"}]);
    let event = bench.google("POST", EVENTS, &body).expect(200);
    assert_eq!(
        column(&event["attendees"], "responseStatus"),
        ["needsAction", "needsAction"]
    );
    let answer = json!({
        "attendeesOmitted": true,
        "attendees": [{"email": "ada.lovelace@gmail.example", "responseStatus": "accepted"}],
    });
    let event = bench.google("PATCH", &path(&event), &answer).expect(200);
    assert_eq!(
        column(&event["attendees"], "responseStatus"),
        ["needsAction", "accepted"]
    );
    assert_eq!(event["attendees"][1]["self"], true);
}

#[test]
fn a_meet_call_needs_the_conference_version() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["conferenceData"] = json!({"createRequest": {"requestId": "r1", "conferenceSolutionKey": {"type": "hangoutsMeet"}}});
    let without = bench.google("POST", EVENTS, &body).expect(200);
    assert!(without.get("conferenceData").is_none());
    let with = bench
        .google("POST", &format!("{EVENTS}?conferenceDataVersion=1"), &body)
        .expect(200);
    assert!(
        with["hangoutLink"]
            .as_str()
            .unwrap()
            .starts_with("https://meet.google.com/")
    );
    assert_eq!(
        with["conferenceData"]["entryPoints"][0]["uri"],
        with["hangoutLink"]
    );
    let kept = bench
        .google("PATCH", &path(&with), &json!({"summary": "x"}))
        .expect(200);
    assert_eq!(kept["hangoutLink"], with["hangoutLink"]);
}

#[test]
fn instances_have_the_ids_of_their_start() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &weekly()).expect(200);
    let id = event["id"].as_str().unwrap();
    let list = bench
        .google("GET", &format!("{}/instances", path(&event)), &Value::Null)
        .expect(200);
    assert_eq!(
        column(&list["items"], "id"),
        ["20261123", "20261130", "20261207"].map(|day| format!("{id}_{day}T080000Z"))
    );
    assert_eq!(column(&list["items"], "recurringEventId"), [id; 3]);
    let target = format!("{EVENTS}/{id}_20261130T080000Z");
    let one = bench.google("GET", &target, &Value::Null).expect(200);
    assert!(one.get("recurrence").is_none());
    bench
        .google(
            "GET",
            &format!("{EVENTS}/{id}_20261201T080000Z"),
            &Value::Null,
        )
        .expect(404);
}

#[test]
fn all_day_instances_have_the_ids_of_their_date() {
    let mut bench = Bench::empty();
    let body = json!({
        "summary": "Birthday",
        "start": {"date": "2026-11-24"},
        "end": {"date": "2026-11-25"},
        "recurrence": ["RRULE:FREQ=YEARLY"],
    });
    let event = bench.google("POST", EVENTS, &body).expect(200);
    let query = format!(
        "{EVENTS}?singleEvents=true&timeMin=2027-11-01T00:00:00Z&timeMax=2027-12-01T00:00:00Z"
    );
    let list = bench.google("GET", &query, &Value::Null).expect(200);
    let id = format!("{}_20271124", event["id"].as_str().unwrap());
    assert_eq!(column(&list["items"], "id"), [id]);
    assert_eq!(list["items"][0]["start"], json!({"date": "2027-11-24"}));
}

#[test]
fn lists_expand_order_and_search() {
    let mut bench = Bench::empty();
    bench.google("POST", EVENTS, &weekly()).expect(200);
    bench.google("POST", EVENTS, &lunch()).expect(200);
    let get = |bench: &mut Bench, query: &str| {
        column(
            &bench
                .google("GET", &format!("{EVENTS}?{query}"), &Value::Null)
                .expect(200)["items"],
            "summary",
        )
    };
    assert_eq!(
        get(&mut bench, "singleEvents=true&orderBy=startTime"),
        ["Weekly", "Lunch", "Weekly", "Weekly"]
    );
    assert_eq!(get(&mut bench, "q=lun"), ["Lunch"]);
    assert_eq!(
        get(&mut bench, "timeMin=2026-11-24T00:00:00Z"),
        ["Weekly"],
        "the series reaches into it"
    );
    for query in [
        "orderBy=startTime",
        "timeMin=yesterday",
        "maxResults=0",
        "timeMin=2026-11-24T00:00:00Z&timeMax=2026-11-24T00:00:00Z",
    ] {
        bench
            .google("GET", &format!("{EVENTS}?{query}"), &Value::Null)
            .expect(400);
    }
}

#[test]
fn import_updates_the_event_of_the_same_uid() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["iCalUID"] = json!("uid-1@elsewhere");
    let first = bench
        .google("POST", &format!("{EVENTS}/import"), &body)
        .expect(200);
    body["summary"] = json!("Late lunch");
    let second = bench
        .google("POST", &format!("{EVENTS}/import"), &body)
        .expect(200);
    assert_eq!(
        (&first["id"], &second["summary"]),
        (&second["id"], &json!("Late lunch"))
    );
}

#[test]
fn a_moved_event_leaves_one_calendar_for_the_other() {
    let mut bench = Bench::empty();
    let other = bench
        .google("POST", "/calendars", &json!({"summary": "Sport"}))
        .expect(200);
    let other = other["id"].as_str().unwrap().replace('@', "%40");
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    bench
        .google(
            "POST",
            &format!("{}/move?destination={other}", path(&event)),
            &Value::Null,
        )
        .expect(200);
    let gone = bench.google("GET", &path(&event), &Value::Null).expect(200);
    assert_eq!(gone["status"], "cancelled");
    let list = bench
        .google("GET", &format!("/calendars/{other}/events"), &Value::Null)
        .expect(200);
    assert_eq!(column(&list["items"], "summary"), ["Lunch"]);
}

#[test]
fn reading_rights_settings_colours_and_busy_times_are_served() {
    let mut bench = Bench::new(Scenario::Sample);
    let list = bench
        .google("GET", "/users/me/calendarList", &Value::Null)
        .expect(200);
    assert_eq!(
        column(&list["items"], "summary"),
        ["Personal", "Family", "Holidays"]
    );
    assert_eq!(
        column(&list["items"], "accessRole"),
        ["owner", "owner", "reader"]
    );
    let holidays = list["items"][2]["id"].as_str().unwrap();
    bench
        .google("POST", &format!("/calendars/{holidays}/events"), &lunch())
        .expect(403);
    let zone = bench
        .google("GET", "/users/me/settings/timezone", &Value::Null)
        .expect(200);
    assert_eq!(zone["value"], "Europe/Berlin");
    let colors = bench.google("GET", "/colors", &Value::Null).expect(200);
    assert_eq!(colors["event"].as_object().unwrap().len(), 11);
    let body = json!({
        "timeMin": "2026-11-16T00:00:00Z",
        "timeMax": "2026-11-17T00:00:00Z",
        "items": [{"id": "ada.lovelace@gmail.example"}],
    });
    let free = bench.google("POST", "/freeBusy", &body).expect(200);
    let busy = &free["calendars"]["ada.lovelace@gmail.example"]["busy"];
    assert_eq!(
        busy,
        &json!([{"start": "2026-11-16T13:00:00Z", "end": "2026-11-16T14:00:00Z"}])
    );
}

#[test]
fn a_role_that_nobody_knows_yet_writes_nothing() {
    let mut bench = Bench::world(&json!({"accounts": [{
        "provider": "google", "email": "ada.lovelace@gmail.example", "calendars": [
            {"name": "Ada"},
            {"name": "Future", "properties": {"accessRole": "suggester"}},
        ],
    }]}));
    let list = bench
        .google("GET", "/users/me/calendarList", &Value::Null)
        .expect(200);
    let mut roles = column(&list["items"], "accessRole");
    roles.sort();
    assert_eq!(roles, ["owner", "suggester"]);
    let items = list["items"].as_array().unwrap();
    let future = items.iter().find(|one| one["accessRole"] == "suggester");
    let id = future.unwrap()["id"].as_str().unwrap();
    let answer = bench.google("POST", &format!("/calendars/{id}/events"), &lunch());
    assert_eq!(answer.status, 403);
    let rule = json!({
        "match": {"provider": "google", "path_contains": id},
        "times": null,
        "fault": {"kind": "notACalendarUser"},
    });
    bench.admin("POST", "/faults", &rule).expect(200);
    let answer = bench.google("GET", &format!("/calendars/{id}/events"), &Value::Null);
    let reason = answer.at("/error/errors/0/reason");
    assert_eq!((answer.status, reason.as_str()), (403, "notACalendarUser"));
    bench.google("GET", EVENTS, &Value::Null).expect(200);
}

#[test]
fn fields_thin_the_answer() {
    let mut bench = Bench::empty();
    bench.google("POST", EVENTS, &lunch()).expect(200);
    let list = bench
        .google(
            "GET",
            &format!("{EVENTS}?fields=items(summary)"),
            &Value::Null,
        )
        .expect(200);
    assert_eq!(list, json!({"items": [{"summary": "Lunch"}]}));
}
