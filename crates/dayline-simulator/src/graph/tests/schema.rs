//! Every kind of answer against the vendor's schema, and the schema's check against wrong data.

use serde_json::{Map, Value, json};

use super::super::schema;
use super::{NOVEMBER, lunch};
use crate::Scenario;
use crate::testing::Bench;

/// Annotations that answers may hold.
const ANNOTATIONS: [&str; 9] = [
    "@odata.context",
    "@odata.count",
    "@odata.deltaLink",
    "@odata.etag",
    "@odata.mediaContentType",
    "@odata.nextLink",
    "@odata.type",
    "@removed",
    "attachments@odata.context",
];

/// A client that checks what it gets.
struct Sweep {
    bench: Bench,
    checked: usize,
}

impl Sweep {
    fn new() -> Self {
        Self {
            bench: Bench::new(Scenario::Sample),
            checked: 0,
        }
    }

    #[track_caller]
    fn resource(&mut self, of: &str, value: &Map<String, Value>) {
        assert!(schema::has_type(of), "the schema has no {of}");
        let faults: Vec<String> = schema::faults(of, value)
            .iter()
            .map(|fault| format!("{fault} {fault:?}"))
            .collect();
        assert!(faults.is_empty(), "{of}: {faults:#?} in {value:#?}");
        annotations(&Value::Object(value.clone()));
        self.checked += 1;
    }

    /// One resource.
    #[track_caller]
    fn one(&mut self, of: &str, method: &str, path: &str, body: &Value) -> Value {
        let answer = self.bench.graph(method, path, body);
        assert!(answer.status < 300, "{method} {path}: {}", answer.text);
        let value = answer.json();
        self.resource(of, value.as_object().unwrap());
        assert!(value.get("@odata.context").is_some(), "{path}");
        value
    }

    /// A list with all its pages; gives its items.
    #[track_caller]
    fn list(&mut self, of: &str, path: &str) -> Vec<Value> {
        let mut items = Vec::new();
        let mut next = Some(path.to_owned());
        while let Some(link) = next {
            let page = self.bench.graph("GET", &link, &Value::Null).expect(200);
            let names: Vec<&String> = page.as_object().unwrap().keys().collect();
            for name in names {
                assert!(
                    name == "value" || ANNOTATIONS.contains(&name.as_str()),
                    "{name}"
                );
            }
            for item in page["value"].as_array().unwrap() {
                self.resource(of, item.as_object().unwrap());
                items.push(item.clone());
            }
            let link = page.get("@odata.nextLink");
            next = link.map(|link| link.as_str().unwrap().to_owned());
        }
        assert!(!items.is_empty(), "{path} is empty and shows nothing");
        items
    }
}

fn annotations(value: &Value) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map {
                let known = !name.contains('@') || ANNOTATIONS.contains(&name.as_str());
                assert!(known, "the annotation {name} is unknown");
                annotations(inner);
            }
        }
        Value::Array(list) => list.iter().for_each(annotations),
        _ => {}
    }
}

/// An event with everything that a client can write.
fn everything() -> Value {
    let mut body = lunch();
    let more = json!({
        "body": {"contentType": "html", "content": "<p>Bring <b>plans</b></p>"},
        "importance": "high", "sensitivity": "private", "showAs": "oof",
        "categories": ["Travel"], "isReminderOn": true, "reminderMinutesBeforeStart": 5,
        "responseRequested": true, "allowNewTimeProposals": true, "hideAttendees": true,
        "isOnlineMeeting": true, "onlineMeetingProvider": "teamsForBusiness",
        "transactionId": "everything",
        "locations": [{
            "displayName": "Hall", "locationType": "conferenceRoom", "locationUri": "https://x.example",
            "locationEmailAddress": "hall@contoso.example", "uniqueId": "hall", "uniqueIdType": "directory",
            "address": {"street": "1 Way", "city": "Town", "state": "S", "countryOrRegion": "C", "postalCode": "1"},
            "coordinates": {"latitude": 1.5, "longitude": 2, "altitude": 3, "accuracy": 1, "altitudeAccuracy": 1},
        }],
        "attendees": [{
            "type": "optional",
            "emailAddress": {"name": "B", "address": "b@contoso.example"},
            "status": {"response": "tentativelyAccepted", "time": "2026-11-19T08:00:00Z"},
            "proposedNewTime": {
                "start": {"dateTime": "2026-11-24T12:00:00", "timeZone": "UTC"},
                "end": {"dateTime": "2026-11-24T13:00:00", "timeZone": "UTC"},
            },
        }],
        "singleValueExtendedProperties": [{"id": "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Key", "value": "v"}],
        "multiValueExtendedProperties": [{"id": "StringArray {66f5a359-4659-4830-9070-00050ec6ac6e} Name Keys", "value": ["a", "b"]}],
        "extensions": [{"@odata.type": "microsoft.graph.openTypeExtension", "extensionName": "example.notes", "theme": "dark"}],
    });
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn every_answer_is_valid_against_the_schema() {
    let mut sweep = Sweep::new();
    sweep.one("user", "GET", "/me", &Value::Null);
    sweep.one("user", "GET", "/me?$select=displayName,mail", &Value::Null);
    sweep.one(
        "mailboxSettings",
        "GET",
        "/me/mailboxSettings",
        &Value::Null,
    );
    let hours = json!({"workingHours": {"daysOfWeek": ["monday"], "startTime": "09:00:00", "endTime": "12:00:00", "timeZone": {"name": "UTC"}}});
    sweep.one("mailboxSettings", "PATCH", "/me/mailboxSettings", &hours);
    sweep.one(
        "workingHours",
        "GET",
        "/me/mailboxSettings/workingHours",
        &Value::Null,
    );
    sweep.list("timeZoneInformation", "/me/outlook/supportedTimeZones");
    let iana =
        "/me/outlook/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'Iana')";
    sweep.list("timeZoneInformation", iana);

    let category = json!({"displayName": "New", "color": "preset24"});
    let made = sweep.one(
        "outlookCategory",
        "POST",
        "/me/outlook/masterCategories",
        &category,
    );
    let path = format!(
        "/me/outlook/masterCategories/{}",
        made["id"].as_str().unwrap()
    );
    sweep.one("outlookCategory", "PATCH", &path, &json!({"color": "none"}));
    sweep.one("outlookCategory", "GET", &path, &Value::Null);
    sweep.list("outlookCategory", "/me/outlook/masterCategories");

    let group = sweep.one(
        "calendarGroup",
        "POST",
        "/me/calendarGroups",
        &json!({"name": "G"}),
    );
    let group = format!("/me/calendarGroups/{}", group["id"].as_str().unwrap());
    sweep.one("calendarGroup", "PATCH", &group, &json!({"name": "H"}));
    sweep.one(
        "calendar",
        "POST",
        &format!("{group}/calendars"),
        &json!({"name": "C", "color": "lightTeal"}),
    );
    sweep.list("calendar", &format!("{group}/calendars"));
    sweep.list("calendarGroup", "/me/calendarGroups");
    let calendars = sweep.list("calendar", "/me/calendars");
    for calendar in &calendars {
        let path = format!("/me/calendars/{}", calendar["id"].as_str().unwrap());
        sweep.one("calendar", "GET", &path, &Value::Null);
    }
    let permissions = format!(
        "/me/calendars/{}/calendarPermissions",
        calendars[0]["id"].as_str().unwrap()
    );
    sweep.list("calendarPermission", &permissions);
    sweep.one("calendar", "GET", "/me/calendar", &Value::Null);

    let event = sweep.one("event", "POST", "/me/events", &everything());
    let event = format!("/me/events/{}", event["id"].as_str().unwrap());
    sweep.one("event", "PATCH", &event, &json!({"subject": "Changed"}));
    let file = json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt", "contentType": "text/plain", "contentBytes": "aGVsbG8="});
    let item = json!({"@odata.type": "#microsoft.graph.itemAttachment", "name": "Inner", "item": {"@odata.type": "microsoft.graph.event", "subject": "Inner"}});
    let reference = json!({"@odata.type": "#microsoft.graph.referenceAttachment", "name": "Link"});
    for attachment in [file, item, reference] {
        let made = sweep.one(
            "attachment",
            "POST",
            &format!("{event}/attachments"),
            &attachment,
        );
        let path = format!("{event}/attachments/{}", made["id"].as_str().unwrap());
        sweep.one("attachment", "GET", &path, &Value::Null);
        sweep.one(
            "attachment",
            "GET",
            &format!("{path}?$expand=microsoft.graph.itemattachment/item"),
            &Value::Null,
        );
    }
    sweep.list("attachment", &format!("{event}/attachments"));
    sweep.list("openTypeExtension", &format!("{event}/extensions"));
    sweep.one(
        "openTypeExtension",
        "GET",
        &format!("{event}/extensions/example.notes"),
        &Value::Null,
    );
    let expand = "$expand=attachments,extensions,calendar,singleValueExtendedProperties($filter=id%20eq%20'String%20{66f5a359-4659-4830-9070-00047ec6ac6e}%20Name%20Key'),multiValueExtendedProperties";
    let full = sweep.one("event", "GET", &format!("{event}?{expand}"), &Value::Null);
    for name in [
        "attachments",
        "extensions",
        "singleValueExtendedProperties",
        "multiValueExtendedProperties",
    ] {
        assert!(!full[name].as_array().unwrap().is_empty(), "{name}");
    }
    sweep.one(
        "calendar",
        "GET",
        &format!("{event}/calendar"),
        &Value::Null,
    );

    for calendar in &calendars {
        let path = format!("/me/calendars/{}", calendar["id"].as_str().unwrap());
        for query in [
            "/events?$top=5",
            "/calendarView?",
            "/calendarView/delta?",
            "/events/delta?",
        ] {
            let window = if query.contains("calendarView") {
                NOVEMBER
            } else {
                ""
            };
            let path = format!("{path}{query}{window}");
            let path = path.trim_end_matches('?');
            if sweep.bench.graph("GET", path, &Value::Null).expect(200)["value"] != json!([]) {
                sweep.list("event", path);
            }
        }
    }
    let masters = sweep.list("event", "/me/events?$filter=type%20eq%20'seriesMaster'");
    for master in &masters {
        let path = format!("/me/events/{}", master["id"].as_str().unwrap());
        let years = "startDateTime=2026-01-01T00:00:00Z&endDateTime=2028-01-01T00:00:00Z";
        sweep.list("event", &format!("{path}/instances?{years}"));
        let more = "?$select=subject,cancelledOccurrences&$expand=exceptionOccurrences";
        sweep.one("event", "GET", &format!("{path}{more}"), &Value::Null);
    }
    let ids = json!({"inputIds": ["AAMkAGIx"], "sourceIdType": "restId", "targetIdType": "restImmutableEntryId"});
    let answer = sweep
        .bench
        .graph("POST", "/me/translateExchangeIds", &ids)
        .expect(200);
    sweep.resource("convertIdResult", answer["value"][0].as_object().unwrap());
    assert!(
        sweep.checked > 400,
        "only {} resources were checked",
        sweep.checked
    );
}

#[test]
fn refusals_have_graphs_error_shape() {
    let mut bench = Bench::empty();
    let cases = [
        ("GET", "/me/nothing", 400),
        ("GET", "/nothing", 400),
        ("GET", "/me/events?$top=0", 400),
        ("GET", "/me/events/AAMkAGIx", 404),
        ("GET", "/me/calendarView/delta?$deltatoken=x", 410),
        ("GET", "/users/someone@else.example/events", 403),
        ("POST", "/me/events", 400),
    ];
    for (method, path, status) in cases {
        let error = bench.graph(method, path, &Value::Null).expect(status);
        let error = error["error"].as_object().unwrap();
        let mut names: Vec<&str> = error.keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(names, ["code", "innerError", "message"], "{path}");
        for name in ["date", "request-id", "client-request-id"] {
            assert!(error["innerError"][name].is_string(), "{path}: {name}");
        }
    }
}

#[test]
fn the_check_sees_what_is_wrong() {
    let cases = [
        (json!({"conversationId": "x"}), "conversationId"),
        (json!({"showAs": "away"}), "away"),
        (json!({"subject": 5}), "subject"),
        (json!({"isAllDay": "true"}), "isAllDay"),
        (json!({"attendees": {}}), "attendees"),
        (json!({"attendees": null}), "attendees"),
        (json!({"cancelledOccurrences": [5]}), "cancelledOccurrences"),
        (
            json!({"start": {"datetime": "2026-11-20T09:00:00"}}),
            "datetime",
        ),
        (json!({"start": {"dateTime": null}}), "dateTime"),
        (json!({"createdDateTime": "yesterday"}), "createdDateTime"),
        (
            json!({"reminderMinutesBeforeStart": 1.5}),
            "reminderMinutesBeforeStart",
        ),
        (
            json!({"recurrence": {"pattern": {"daysOfWeek": ["Monday"]}}}),
            "Monday",
        ),
        (
            json!({"recurrence": {"range": {"startDate": "20 November"}}}),
            "startDate",
        ),
        (
            json!({"attendees": [{"emailAddress": {"adress": "x"}}]}),
            "adress",
        ),
        (
            json!({"attachments": [{"@odata.type": "#microsoft.graph.fileAttachment", "bytes": ""}]}),
            "bytes",
        ),
        (json!({"id": null}), "id"),
    ];
    for (value, part) in cases {
        let faults = schema::faults("event", value.as_object().unwrap());
        let words: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(words.len(), 1, "{value}: {words:?}");
        assert!(words[0].contains(part), "{value}: {words:?}");
    }
    let fine = json!({"subject": null, "@odata.type": "#microsoft.graph.event", "end": null});
    assert_eq!(schema::faults("event", fine.as_object().unwrap()), []);
}
