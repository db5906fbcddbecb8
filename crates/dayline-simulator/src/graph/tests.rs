//! Graph through the front door: reading, writing, series, preferences.

mod convergence;
mod delta;
mod quirks;
mod requests;
mod schema;
mod series;

use serde_json::{Value, json};

use crate::Scenario;
use crate::testing::{Bench, column};

/// A timed event body in a zone.
fn timed(subject: &str, start: &str, end: &str, zone: &str) -> Value {
    json!({
        "subject": subject,
        "start": {"dateTime": start, "timeZone": zone},
        "end": {"dateTime": end, "timeZone": zone},
    })
}

fn lunch() -> Value {
    timed(
        "Lunch",
        "2026-11-23T12:00:00",
        "2026-11-23T13:00:00",
        "Pacific Standard Time",
    )
}

const NOVEMBER: &str = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z";

#[test]
fn a_created_event_is_the_full_resource_in_utc() {
    let mut bench = Bench::empty();
    let answer = bench.graph("POST", "/me/events", &lunch());
    let event = answer.expect(201);
    assert_eq!(
        event["start"],
        json!({"dateTime": "2026-11-23T20:00:00.0000000", "timeZone": "UTC"})
    );
    assert_eq!(event["originalStartTimeZone"], "Pacific Standard Time");
    assert_eq!(event["type"], "singleInstance");
    assert_eq!(event["onlineMeetingProvider"], "unknown");
    assert_eq!(event["responseStatus"]["time"], "0001-01-01T00:00:00Z");
    assert_eq!(
        event["@odata.etag"],
        json!(format!("W/\"{}\"", event["changeKey"].as_str().unwrap()))
    );
    assert!(
        event["@odata.context"]
            .as_str()
            .unwrap()
            .ends_with("/events/$entity")
    );
    assert!(
        event.get("conversationId").is_none(),
        "events have no conversation"
    );
    assert_eq!(
        answer.header("etag"),
        event["@odata.etag"].as_str().unwrap()
    );
}

#[test]
fn every_property_of_the_schema_is_sent() {
    let mut bench = Bench::empty();
    let event = bench.graph("POST", "/me/events", &lunch()).expect(201);
    for name in [
        "allowNewTimeProposals",
        "attendees",
        "body",
        "bodyPreview",
        "categories",
        "changeKey",
        "createdDateTime",
        "end",
        "hasAttachments",
        "hideAttendees",
        "iCalUId",
        "id",
        "importance",
        "isAllDay",
        "isCancelled",
        "isDraft",
        "isOnlineMeeting",
        "isOrganizer",
        "isReminderOn",
        "lastModifiedDateTime",
        "location",
        "locations",
        "onlineMeeting",
        "onlineMeetingProvider",
        "onlineMeetingUrl",
        "organizer",
        "originalEndTimeZone",
        "originalStartTimeZone",
        "recurrence",
        "reminderMinutesBeforeStart",
        "responseRequested",
        "responseStatus",
        "sensitivity",
        "seriesMasterId",
        "showAs",
        "start",
        "subject",
        "type",
        "webLink",
    ] {
        assert!(event.get(name).is_some(), "{name} is missing");
    }
}

#[test]
fn the_preferred_zone_is_used_and_echoed() {
    let mut bench = Bench::empty();
    bench.graph("POST", "/me/events", &lunch()).expect(201);
    let prefer = [(
        "prefer",
        "outlook.timezone=\"Tokyo Standard Time\", IdType=\"ImmutableId\"",
    )];
    let answer = bench.graph_with("GET", "/me/events", &prefer, &Value::Null);
    let event = &answer.expect(200)["value"][0];
    let start =
        json!({"dateTime": "2026-11-24T05:00:00.0000000", "timeZone": "Tokyo Standard Time"});
    assert_eq!(event["start"], start);
    assert_eq!(answer.header("preference-applied"), prefer[0].1);
    let id = event["id"].as_str().unwrap();
    assert!(
        id.starts_with("AAkA"),
        "an immutable id looks different: {id}"
    );
    bench
        .graph("GET", &format!("/me/events/{id}"), &Value::Null)
        .expect(200);
}

#[test]
fn single_quotes_in_the_preference_are_a_server_error() {
    let mut bench = Bench::empty();
    let prefer = [("prefer", "outlook.timezone='UTC'")];
    bench
        .graph_with("GET", "/me/events", &prefer, &Value::Null)
        .expect(500);
}

#[test]
fn text_bodies_come_on_request() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["body"] = json!({"contentType": "html", "content": "<p>Pasta &amp; <b>salad</b></p>"});
    bench.graph("POST", "/me/events", &body).expect(201);
    let prefer = [("prefer", "outlook.body-content-type=\"text\"")];
    let event = bench
        .graph_with("GET", "/me/events", &prefer, &Value::Null)
        .expect(200);
    assert_eq!(
        event["value"][0]["body"],
        json!({"contentType": "text", "content": "Pasta & salad"})
    );
}

#[test]
fn all_day_events_stay_at_midnight_in_every_zone() {
    let mut bench = Bench::empty();
    let mut body = timed(
        "Trip",
        "2026-11-24T00:00:00",
        "2026-11-26T00:00:00",
        "Europe/Berlin",
    );
    body["isAllDay"] = json!(true);
    let event = bench.graph("POST", "/me/events", &body).expect(201);
    assert_eq!(event["showAs"], "free");
    let prefer = [("prefer", "outlook.timezone=\"Pacific Standard Time\"")];
    let list = bench
        .graph_with("GET", "/me/events", &prefer, &Value::Null)
        .expect(200);
    assert_eq!(
        list["value"][0]["start"]["dateTime"],
        "2026-11-24T00:00:00.0000000"
    );
    assert_eq!(
        list["value"][0]["end"]["dateTime"],
        "2026-11-26T00:00:00.0000000"
    );
}

#[test]
fn wrong_bodies_are_refused_with_graphs_codes() {
    let all_day = |start: &str, end: &str| {
        let mut body = timed("x", start, end, "UTC");
        body["isAllDay"] = json!(true);
        body
    };
    let with = |name: &str, value: Value| {
        let mut body = lunch();
        body[name] = value;
        body
    };
    let cases = [
        (
            all_day("2026-11-24T09:00:00", "2026-11-25T00:00:00"),
            "ErrorPropertyValidationFailure",
        ),
        (
            all_day("2026-11-24T00:00:00", "2026-11-24T00:00:00"),
            "ErrorPropertyValidationFailure",
        ),
        (
            timed("x", "2026-11-24T09:00:00", "2026-11-24T08:00:00", "UTC"),
            "ErrorCalendarEndDateIsEarlierThanStartDate",
        ),
        (
            timed("x", "2026-11-24T09:00:00", "2026-11-24T10:00:00", "Moon"),
            "TimeZoneNotSupportedException",
        ),
        (
            json!({"subject": "no times"}),
            "ErrorPropertyValidationFailure",
        ),
        (with("importance", json!("urgent")), "RequestBodyRead"),
        (with("conversationId", json!("x")), "RequestBodyRead"),
    ];
    let mut bench = Bench::empty();
    for (body, code) in cases {
        let answer = bench.graph("POST", "/me/events", &body);
        assert_eq!(
            (answer.status, answer.at("/error/code").as_str()),
            (400, code),
            "{body}"
        );
        assert!(
            answer
                .json()
                .pointer("/error/innerError/request-id")
                .is_some()
        );
    }
}

#[test]
fn a_stale_change_key_is_a_conflict() {
    let mut bench = Bench::empty();
    let event = bench.graph("POST", "/me/events", &lunch()).expect(201);
    let path = format!("/me/events/{}", event["id"].as_str().unwrap());
    let tag = event["@odata.etag"].as_str().unwrap().to_owned();
    let change = json!({"subject": "Brunch"});
    bench
        .graph_with("PATCH", &path, &[("if-match", &tag)], &change)
        .expect(200);
    let answer = bench.graph_with("PATCH", &path, &[("if-match", &tag)], &change);
    assert_eq!(
        (answer.status, answer.at("/error/code").as_str()),
        (412, "ErrorIrresolvableConflict")
    );
    bench
        .graph_with("DELETE", &path, &[("if-match", &tag)], &Value::Null)
        .expect(412);
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    let gone = bench.graph("GET", &path, &Value::Null);
    assert_eq!(
        (gone.status, gone.at("/error/code").as_str()),
        (404, "ErrorItemNotFound")
    );
    let odd = bench.graph("GET", "/me/events/nonsense", &Value::Null);
    assert_eq!(
        (odd.status, odd.at("/error/code").as_str()),
        (400, "ErrorInvalidIdMalformed")
    );
}

#[test]
fn a_repeated_transaction_makes_one_event() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["transactionId"] = json!("t-1");
    let first = bench.graph("POST", "/me/events", &body).expect(201);
    let second = bench.graph("POST", "/me/events", &body).expect(201);
    assert_eq!(first["id"], second["id"]);
    assert_eq!(first["transactionId"], "t-1");
    let list = bench
        .graph("GET", "/me/events?$count=true", &Value::Null)
        .expect(200);
    assert_eq!(list["@odata.count"], 1);
}

#[test]
fn a_teams_meeting_has_links_and_loses_them_with_its_block() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["isOnlineMeeting"] = json!(true);
    body["onlineMeetingProvider"] = json!("teamsForBusiness");
    let event = bench.graph("POST", "/me/events", &body).expect(201);
    let join = event["onlineMeeting"]["joinUrl"].as_str().unwrap();
    assert!(
        join.starts_with("https://teams.microsoft.com/meet/") && join.contains("?p="),
        "{join}"
    );
    assert!(event["body"]["content"].as_str().unwrap().contains(join));
    assert!(event["onlineMeetingUrl"].is_null());
    let path = format!("/me/events/{}", event["id"].as_str().unwrap());
    let kept = bench
        .graph("PATCH", &path, &json!({"subject": "x"}))
        .expect(200);
    assert_eq!(kept["isOnlineMeeting"], true);
    let change = json!({"body": {"contentType": "text", "content": "new words"}});
    let lost = bench.graph("PATCH", &path, &change).expect(200);
    assert_eq!(
        (&lost["isOnlineMeeting"], &lost["onlineMeeting"]),
        (&json!(false), &Value::Null)
    );

    bench
        .admin("POST", "/quirks", &json!({"classic_teams_links": true}))
        .expect(200);
    let event = bench.graph("POST", "/me/events", &body).expect(201);
    let join = event["onlineMeeting"]["joinUrl"].as_str().unwrap();
    assert!(join.contains("/l/meetup-join/19%3ameeting_"), "{join}");
}

#[test]
fn writing_the_location_replaces_the_locations() {
    let mut bench = Bench::empty();
    let mut body = lunch();
    body["locations"] = json!([{"displayName": "A"}, {"displayName": "B"}]);
    let event = bench.graph("POST", "/me/events", &body).expect(201);
    assert_eq!(column(&event["locations"], "displayName"), ["A", "B"]);
    assert_eq!(event["location"]["displayName"], "A");
    let path = format!("/me/events/{}", event["id"].as_str().unwrap());
    let event = bench
        .graph("PATCH", &path, &json!({"location": {"displayName": "C"}}))
        .expect(200);
    assert_eq!(column(&event["locations"], "displayName"), ["C"]);
}

#[test]
fn pages_of_a_view_join_to_the_whole() {
    let mut bench = Bench::new(Scenario::Sample);
    let whole = bench.graph(
        "GET",
        &format!("/me/calendarView?{NOVEMBER}&$top=999"),
        &Value::Null,
    );
    let whole = whole.expect(200);
    assert!(whole.get("@odata.nextLink").is_none());
    let mut ids = Vec::new();
    let mut next = Some(format!(
        "/me/calendarView?{NOVEMBER}&$top=7&$select=subject"
    ));
    while let Some(link) = next {
        let page = bench.graph("GET", &link, &Value::Null).expect(200);
        ids.extend(column(&page["value"], "id"));
        next = page
            .get("@odata.nextLink")
            .map(|link| link.as_str().unwrap().to_owned());
    }
    assert_eq!(ids, column(&whole["value"], "id"));
}

#[test]
fn lists_select_filter_and_order() {
    let mut bench = Bench::empty();
    for (subject, day) in [("b", 24), ("a", 25), ("it's", 26)] {
        let at = format!("2026-11-{day}T09:00:00");
        bench
            .graph("POST", "/me/events", &timed(subject, &at, &at, "UTC"))
            .expect(201);
    }
    let cases = [
        ("$orderby=subject", vec!["a", "b", "it's"]),
        ("$orderby=start/dateTime desc", vec!["it's", "a", "b"]),
        (
            "$filter=start/dateTime ge '2026-11-25T09:00:00'",
            vec!["a", "it's"],
        ),
        ("$filter=subject eq 'it''s'", vec!["it's"]),
        (
            "$filter=startswith(subject,'B') and isAllDay eq false",
            vec!["b"],
        ),
        ("$skip=1&$top=1", vec!["a"]),
    ];
    for (query, expected) in cases {
        let query = query.replace(' ', "%20");
        let list = bench
            .graph("GET", &format!("/me/events?{query}"), &Value::Null)
            .expect(200);
        assert_eq!(column(&list["value"], "subject"), expected, "{query}");
    }
    let list = bench
        .graph("GET", "/me/events?$select=subject", &Value::Null)
        .expect(200);
    let mut keys: Vec<&String> = list["value"][0].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["@odata.etag", "id", "subject"]);
    bench
        .graph("GET", "/me/events?$select=conversationId", &Value::Null)
        .expect(400);
    bench
        .graph(
            "GET",
            "/me/events?$filter=subject%20like%20'x'",
            &Value::Null,
        )
        .expect(400);
    bench
        .graph("GET", "/me/calendarView", &Value::Null)
        .expect(400);
}

#[test]
fn answers_to_invitations_follow_the_role() {
    let mut bench = Bench::new(Scenario::Sample);
    let find = |bench: &mut Bench, subject: &str| {
        let query = format!(
            "/me/events?$top=100&$filter=subject%20eq%20'{}'",
            subject.replace(' ', "%20")
        );
        let list = bench.graph("GET", &query, &Value::Null).expect(200);
        format!("/me/events/{}", list["value"][0]["id"].as_str().unwrap())
    };
    let invited = find(&mut bench, "Budget review");
    bench
        .graph(
            "POST",
            &format!("{invited}/cancel"),
            &json!({"comment": "x"}),
        )
        .expect(400);
    bench
        .graph(
            "POST",
            &format!("{invited}/accept"),
            &json!({"sendResponse": true}),
        )
        .expect(202);
    let event = bench.graph("GET", &invited, &Value::Null).expect(200);
    assert_eq!(event["responseStatus"]["response"], "accepted");
    assert_eq!(event["attendees"][0]["status"]["response"], "accepted");
    let proposal = json!({"proposedNewTime": {}});
    bench
        .graph("POST", &format!("{invited}/accept"), &proposal)
        .expect(400);
    bench
        .graph("POST", &format!("{invited}/decline"), &json!({}))
        .expect(202);
    bench.graph("GET", &invited, &Value::Null).expect(404);

    let own = find(&mut bench, "Architecture forum");
    bench
        .graph("POST", &format!("{own}/accept"), &json!({}))
        .expect(400);
    bench
        .graph("POST", &format!("{own}/cancel"), &Value::Null)
        .expect(202);
    bench.graph("GET", &own, &Value::Null).expect(404);
}

#[test]
fn calendars_are_made_changed_and_deleted() {
    let mut bench = Bench::empty();
    let made = bench
        .graph("POST", "/me/calendars", &json!({"name": "Sport"}))
        .expect(201);
    let path = format!("/me/calendars/{}", made["id"].as_str().unwrap());
    bench
        .graph("POST", "/me/calendars", &json!({"name": "Sport"}))
        .expect(409);
    let changed = bench
        .graph("PATCH", &path, &json!({"color": "lightRed"}))
        .expect(200);
    assert_eq!(
        (&changed["color"], &changed["hexColor"]),
        (&json!("lightRed"), &json!(""))
    );
    bench
        .graph("POST", &format!("{path}/events"), &lunch())
        .expect(201);
    let list = bench
        .graph("GET", &format!("{path}/events"), &Value::Null)
        .expect(200);
    assert_eq!(column(&list["value"], "subject"), ["Lunch"]);
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    bench.graph("GET", &path, &Value::Null).expect(404);
    let default = bench.graph("GET", "/me/calendar", &Value::Null).expect(200);
    let path = format!("/me/calendars/{}", default["id"].as_str().unwrap());
    bench.graph("DELETE", &path, &Value::Null).expect(400);
}

#[test]
fn a_shared_calendar_is_read_only() {
    let mut bench = Bench::new(Scenario::Sample);
    let list = bench
        .graph("GET", "/me/calendars", &Value::Null)
        .expect(200);
    assert_eq!(
        column(&list["value"], "name"),
        ["Calendar", "Platform team", "Grace Hopper"]
    );
    let shared = &list["value"][2];
    assert_eq!(
        (&shared["canEdit"], &shared["canShare"]),
        (&json!(false), &json!(false))
    );
    let path = format!("/me/calendars/{}/events", shared["id"].as_str().unwrap());
    bench.graph("POST", &path, &lunch()).expect(403);
}

#[test]
fn other_mailboxes_are_denied_and_the_own_one_has_two_names() {
    let mut bench = Bench::empty();
    bench
        .graph("GET", "/users/ada@contoso.example/calendars", &Value::Null)
        .expect(200);
    bench
        .graph("GET", "/users/someone@else.example/calendars", &Value::Null)
        .expect(403);
}

#[test]
fn categories_and_settings_are_served() {
    let mut bench = Bench::new(Scenario::Sample);
    let list = bench
        .graph("GET", "/me/outlook/masterCategories", &Value::Null)
        .expect(200);
    assert_eq!(
        column(&list["value"], "displayName"),
        ["Client A", "Travel", "Focus"]
    );
    assert_eq!(
        column(&list["value"], "color"),
        ["preset4", "preset1", "preset7"]
    );
    let new = json!({"displayName": "Sport", "color": "preset0"});
    bench
        .graph("POST", "/me/outlook/masterCategories", &new)
        .expect(201);
    bench
        .graph("POST", "/me/outlook/masterCategories", &new)
        .expect(409);
    let settings = bench
        .graph("GET", "/me/mailboxSettings", &Value::Null)
        .expect(200);
    assert_eq!(settings["timeZone"], "W. Europe Standard Time");
}
