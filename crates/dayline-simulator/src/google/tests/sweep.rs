//! Every kind of answer against the discovery document, and Dayline's kinds of requests too.

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use super::{EVENTS, lunch, weekly};
use crate::Scenario;
use crate::call::Call;
use crate::google::schema::{self, Finding};
use crate::testing::{Bench, ORIGIN};

/// Sends requests and holds each answer against its schema.
struct Checker {
    bench: Bench,
    checked: usize,
}

fn parts_of(target: &str) -> Vec<String> {
    let path = target.split('?').next().unwrap();
    path.split('/')
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

fn answer_findings(verb: &str, target: &str, answer: &Value) -> Vec<Finding> {
    let parts = parts_of(target);
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    let method = schema::method(verb, &parts).unwrap_or_else(|| panic!("{verb} {target}"));
    let schema = schema::schema_of(method, "response");
    schema.map_or(Vec::new(), |schema| schema::findings(schema, answer))
}

impl Checker {
    fn new(scenario: Scenario) -> Self {
        Self {
            bench: Bench::new(scenario),
            checked: 0,
        }
    }

    #[track_caller]
    fn ask(&mut self, verb: &str, target: &str, body: &Value) -> Value {
        let answer = self.bench.google(verb, target, body);
        assert!(
            (200..300).contains(&answer.status),
            "{verb} {target}: {}",
            answer.text
        );
        if answer.text.is_empty() {
            return Value::Null;
        }
        let json = answer.json();
        let found = answer_findings(verb, target, &json);
        assert!(found.is_empty(), "{verb} {target}: {found:?} in {json}");
        self.checked += 1;
        json
    }

    #[track_caller]
    fn get(&mut self, target: &str) -> Value {
        self.ask("GET", target, &Value::Null)
    }
}

fn full() -> Value {
    let mut body = lunch();
    let more = json!({
        "description": "<b>x</b>", "location": "Bar", "colorId": "3", "transparency": "opaque",
        "visibility": "private", "status": "tentative", "anyoneCanAddSelf": true,
        "guestsCanInviteOthers": false, "guestsCanModify": true, "guestsCanSeeOtherGuests": true,
        "privateCopy": true, "sequence": 2, "iCalUID": "uid@elsewhere",
        "source": {"title": "t", "url": "https://a.example"},
        "reminders": {"useDefault": false, "overrides": [{"method": "email", "minutes": 40320}]},
        "extendedProperties": {"private": {"a": "1"}, "shared": {"b": "2"}},
        "attachments": [{"fileUrl": "https://drive.google.com/file/d/abc/view"}],
        "attendees": [
            {"email": "mia@mail.example", "displayName": "Mia", "optional": true, "comment": "late", "additionalGuests": 2},
            {"email": "room@resource.calendar.google.com", "resource": true, "responseStatus": "accepted"},
            {"email": "ada.lovelace@gmail.example"},
        ],
        "conferenceData": {"createRequest": {"requestId": "r", "conferenceSolutionKey": {"type": "hangoutsMeet"}}},
    });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    body
}

const ALL: &str =
    "conferenceDataVersion=1&eventLabelVersion=0&supportsAttachments=true&sendUpdates=none";

#[test]
fn every_answer_fits_the_discovery_document() {
    let mut sweep = Checker::new(Scenario::Sample);
    sweep
        .bench
        .admin(
            "POST",
            "/quirks",
            &json!({"page_size": 7, "conference_pending": true}),
        )
        .expect(200);
    let list = sweep.get("/users/me/calendarList?maxResults=2");
    sweep.get(&format!(
        "/users/me/calendarList?pageToken={}",
        list["nextPageToken"].as_str().unwrap()
    ));
    sweep.get("/users/me/calendarList/primary");
    sweep.get("/users/me/settings?maxResults=3");
    sweep.get("/users/me/settings/timezone");
    sweep.get("/colors");
    let labels = json!({"summary": "Team", "timeZone": "Asia/Tokyo", "location": "Kyoto", "labelProperties": {"eventLabels": [{"name": "Client", "backgroundColor": "#039be5"}]}});
    let made = sweep.ask("POST", "/calendars", &labels);
    let home = format!("/calendars/{}", made["id"].as_str().unwrap());
    let label = &made["labelProperties"]["eventLabels"][0]["id"];
    sweep.ask("PATCH", &home, &json!({"description": "d"}));
    sweep.ask(
        "PUT",
        &home,
        &json!({"summary": "s", "timeZone": "Asia/Tokyo"}),
    );
    let entry = home.replace("/calendars", "/users/me/calendarList");
    sweep.ask(
        "PATCH",
        &format!("{entry}?colorRgbFormat=true"),
        &json!({"backgroundColor": "#112233", "hidden": true, "summaryOverride": "Mine"}),
    );
    sweep.ask(
        "PUT",
        &entry,
        &json!({"colorId": "7", "defaultReminders": [{"method": "popup", "minutes": 5}]}),
    );
    let mut labelled = lunch();
    labelled["eventLabelId"] = label.clone();
    sweep.ask(
        "POST",
        &format!("{home}/events?eventLabelVersion=1"),
        &labelled,
    );
    sweep.ask(
        "POST",
        &format!("{home}/events/quickAdd?text=Tea"),
        &Value::Null,
    );

    let event = sweep.ask("POST", &format!("{EVENTS}?{ALL}"), &full());
    let path = format!("{EVENTS}/{}", event["id"].as_str().unwrap());
    let ready = sweep.get(&format!("{path}?maxAttendees=1&timeZone=America/New_York"));
    assert!(
        ready["hangoutLink"].is_string() && event.get("hangoutLink").is_none(),
        "made a moment later"
    );
    sweep.ask(
        "PATCH",
        &path,
        &json!({"summary": null, "end": {"dateTime": "2026-11-23T14:00:00+01:00"}}),
    );
    sweep.ask("PUT", &format!("{path}?{ALL}"), &full());
    sweep.ask("POST", &format!("{EVENTS}/import"), &full());
    for special in specials() {
        sweep.ask("POST", EVENTS, &special);
    }
    let series = sweep.ask("POST", EVENTS, &weekly());
    let id = series["id"].as_str().unwrap();
    sweep.ask(
        "PATCH",
        &format!("{EVENTS}/{id}_20261130T080000Z"),
        &json!({"summary": "Special"}),
    );
    sweep.ask(
        "DELETE",
        &format!("{EVENTS}/{id}_20261207T080000Z"),
        &Value::Null,
    );
    sweep.get(&format!(
        "{EVENTS}/{id}/instances?showDeleted=true&maxResults=2"
    ));
    for query in [
        "",
        "maxResults=3&showHiddenInvitations=true",
        "singleEvents=true&orderBy=startTime&timeMax=2027-01-01T00:00:00Z",
        "q=lunch",
        "showDeleted=true",
        "timeMin=2026-11-24T00:00:00Z&timeMax=2026-11-25T00:00:00Z",
        "updatedMin=2026-11-01T00:00:00Z&orderBy=updated",
        "eventTypes=focusTime&eventTypes=birthday",
        "privateExtendedProperty=a%3D1&sharedExtendedProperty=b%3D2",
        "iCalUID=uid%40elsewhere",
    ] {
        sweep.get(&format!("{EVENTS}?{query}"));
    }
    for calendar in list["items"].as_array().unwrap() {
        sweep.get(&format!(
            "/calendars/{}/events",
            calendar["id"].as_str().unwrap()
        ));
    }
    sweep
        .bench
        .admin("POST", "/quirks", &json!({"cancelled_details": true}))
        .expect(200);
    sweep.get(&format!("{EVENTS}?showDeleted=true&maxResults=100"));
    sweep.ask(
        "POST",
        &format!("{path}/move?destination={}", made["id"].as_str().unwrap()),
        &Value::Null,
    );
    let busy = json!({"timeMin": "2026-11-01T00:00:00Z", "timeMax": "2026-12-01T00:00:00Z", "timeZone": "Asia/Tokyo", "items": [{"id": "primary"}, {"id": "x"}]});
    sweep.ask("POST", "/freeBusy", &busy);
    sweep.ask("DELETE", &entry, &Value::Null);
    sweep.ask("POST", "/users/me/calendarList", &json!({"id": made["id"]}));
    sweep.ask("DELETE", &home, &Value::Null);
    sweep.ask("POST", "/calendars/primary/clear", &Value::Null);
    assert!(sweep.checked > 40, "{} answers were checked", sweep.checked);
}

fn specials() -> Vec<Value> {
    let with = |more: Value| {
        let mut body = lunch();
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    let day = json!({"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}, "transparency": "transparent"});
    let all_day = |more: Value| {
        let mut body = with(day.clone());
        body.as_object_mut()
            .unwrap()
            .extend(more.as_object().unwrap().clone());
        body
    };
    vec![
        with(
            json!({"eventType": "focusTime", "focusTimeProperties": {"autoDeclineMode": "declineNone", "chatStatus": "doNotDisturb", "declineMessage": "x"}}),
        ),
        with(json!({"eventType": "outOfOffice"})),
        all_day(
            json!({"eventType": "workingLocation", "visibility": "public", "workingLocationProperties": {"type": "officeLocation", "officeLocation": {"label": "HQ", "buildingId": "1", "deskId": "d"}}}),
        ),
        all_day(
            json!({"eventType": "birthday", "visibility": "private", "recurrence": ["RRULE:FREQ=YEARLY"]}),
        ),
    ]
}

#[test]
fn a_wrong_member_in_an_answer_is_found() {
    let mut bench = Bench::empty();
    let mut event = bench.google("POST", EVENTS, &lunch()).expect(200);
    let target = format!("{EVENTS}/{}", event["id"].as_str().unwrap());
    assert_eq!(answer_findings("GET", &target, &event), []);
    event["recurringEventID"] = json!("x");
    event["sequence"] = json!("1");
    event["created"] = json!("yesterday");
    let found: Vec<String> = answer_findings("GET", &target, &event)
        .into_iter()
        .map(|one| one.at)
        .collect();
    assert_eq!(found, ["created", "recurringEventID", "sequence"]);
}

/// The requests of a log that the document does not allow.
fn refused(log: &Value) -> Vec<String> {
    let entries = log.as_array().unwrap();
    let bad = entries.iter().filter(|entry| {
        let text = |name: &str| entry[name].as_str().unwrap().to_owned();
        let uri = format!("{ORIGIN}{}?{}", text("path"), text("query"));
        let request = Request::builder()
            .method(text("method").as_str())
            .uri(uri)
            .body(Bytes::new())
            .unwrap();
        let call = Call::new(&request, chrono::Utc::now());
        let parts = call.parts();
        let parts = parts.get(2..).unwrap();
        schema::method(call.method.as_str(), parts).is_none()
            || schema::refuse(&call, parts, true).is_some()
    });
    bad.map(|entry| {
        format!(
            "{}?{}",
            entry["path"].as_str().unwrap(),
            entry["query"].as_str().unwrap()
        )
    })
    .collect()
}

#[test]
fn a_log_tells_which_requests_the_document_does_not_allow() {
    let mut bench = Bench::empty();
    let list = "/users/me/calendarList?maxResults=250";
    let round = "/calendars/primary/events?maxResults=500&singleEvents=false&timeMin=2025-11-20T00%3A00%3A00Z";
    let event = "/calendars/primary/events/abc";
    let wrong = [
        "/calendars/primary/events?singleEvent=false",
        "/calendars/primary/events?singleEvents=no",
        "/calendars/primary/events?maxResults=0",
        "/calendars/primary/event",
    ];
    for target in [list, round, event].iter().chain(&wrong) {
        bench.google("GET", target, &Value::Null);
    }
    let log = bench.admin("GET", "/log", &Value::Null).json();
    let expected: Vec<String> = wrong
        .iter()
        .map(|target| {
            format!(
                "/calendar/v3{target}{}",
                if target.contains('?') { "" } else { "?" }
            )
        })
        .collect();
    assert_eq!(refused(&log), expected);
}
