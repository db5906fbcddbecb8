use serde_json::{Value, json};

use crate::testing::{Bench, column};

#[test]
fn a_missing_or_wrong_token_is_answered_in_the_providers_way() {
    let mut bench = Bench::empty();
    let answer = bench.send("GET", "/v1.0/me/calendars", &[], "");
    assert_eq!(
        (answer.status, answer.at("/error/code").as_str()),
        (401, "InvalidAuthenticationToken")
    );
    assert!(answer.header("www-authenticate").starts_with("Bearer "));
    let wrong = [("authorization", "Bearer x")];
    let answer = bench.send("GET", "/calendar/v3/users/me/calendarList", &wrong, "");
    assert_eq!(
        (answer.status, answer.at("/error/errors/0/reason").as_str()),
        (401, "authError")
    );
}

#[test]
fn the_log_names_provider_and_kind() {
    let mut bench = Bench::empty();
    let window = "startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-11-02T00:00:00Z";
    let requests = [
        ("GET", "/v1.0/me", "graph", "me"),
        ("GET", "/v1.0/me/calendars", "graph", "calendar_list"),
        ("GET", "/v1.0/me/calendars/x", "graph", "calendar"),
        (
            "GET",
            "/v1.0/me/calendarView/delta",
            "graph",
            "events_delta",
        ),
        (
            "GET",
            "/v1.0/me/calendars/x/calendarView/delta()",
            "graph",
            "events_delta",
        ),
        (
            "GET",
            &format!("/v1.0/me/calendarView?{window}"),
            "graph",
            "calendar_view",
        ),
        ("GET", "/v1.0/me/events", "graph", "events_list"),
        ("GET", "/v1.0/me/calendar/events", "graph", "events_list"),
        (
            "POST",
            "/v1.0/me/calendars/x/events",
            "graph",
            "event_create",
        ),
        ("GET", "/v1.0/me/events/x", "graph", "event_get"),
        ("PATCH", "/v1.0/me/events/x", "graph", "event_update"),
        ("DELETE", "/v1.0/me/events/x", "graph", "event_delete"),
        ("GET", "/v1.0/me/events/x/instances", "graph", "instances"),
        ("POST", "/v1.0/me/events/x/accept", "graph", "event_action"),
        (
            "GET",
            "/v1.0/me/outlook/masterCategories",
            "graph",
            "categories",
        ),
        (
            "GET",
            "/v1.0/me/mailboxSettings",
            "graph",
            "mailbox_settings",
        ),
        (
            "GET",
            "/calendar/v3/users/me/calendarList",
            "google",
            "calendar_list",
        ),
        (
            "GET",
            "/calendar/v3/calendars/primary/events",
            "google",
            "events_list",
        ),
        (
            "POST",
            "/calendar/v3/calendars/primary/events",
            "google",
            "event_create",
        ),
        (
            "PUT",
            "/calendar/v3/calendars/primary/events/x",
            "google",
            "event_update",
        ),
        (
            "GET",
            "/calendar/v3/calendars/primary/events/x/instances",
            "google",
            "instances",
        ),
        ("GET", "/calendar/v3/colors", "google", "colors"),
        ("POST", "/token", "oauth", "token"),
        ("GET", "/common/oauth2/v2.0/authorize", "oauth", "authorize"),
    ];
    for (method, target, _, _) in requests {
        bench.send(method, target, &[], "");
    }
    let log = bench.admin("GET", "/log", &Value::Null).expect(200);
    let seen: Vec<(String, String)> = column(&log, "provider")
        .into_iter()
        .zip(column(&log, "kind"))
        .collect();
    let expected: Vec<(String, String)> = requests
        .iter()
        .map(|(_, _, provider, kind)| ((*provider).to_owned(), (*kind).to_owned()))
        .collect();
    assert_eq!(seen, expected);
    assert_eq!(log[5]["query"], window);
    let later = bench
        .admin("GET", "/log?after=20", &Value::Null)
        .expect(200);
    assert_eq!(later[0]["seq"], 21);
    bench.admin("DELETE", "/log", &Value::Null).expect(200);
    assert_eq!(
        bench.admin("GET", "/log", &Value::Null).expect(200),
        json!([])
    );
}

#[test]
fn a_batch_runs_its_parts_and_respects_their_order() {
    let mut bench = Bench::empty();
    let event = json!({
        "subject": "x",
        "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"},
    });
    let json_type = json!({"content-type": "application/json"});
    let body = json!({"requests": [
        {"id": "1", "method": "POST", "url": "/me/events", "headers": json_type, "body": event},
        {"id": "2", "method": "GET", "url": "/me/events?$select=subject", "dependsOn": ["1"]},
        {"id": "3", "method": "GET", "url": "/me/events/nonsense"},
        {"id": "4", "method": "GET", "url": "/me", "dependsOn": ["3"]},
    ]});
    let answer = bench.graph("POST", "/$batch", &body).expect(200);
    let statuses: Vec<u64> = answer["responses"]
        .as_array()
        .unwrap()
        .iter()
        .map(|part| part["status"].as_u64().unwrap())
        .collect();
    assert_eq!(statuses, [201, 200, 400, 424]);
    assert_eq!(answer["responses"][1]["body"]["value"][0]["subject"], "x");
    let many: Vec<Value> = (0..21)
        .map(|id| json!({"id": id.to_string(), "method": "GET", "url": "/me"}))
        .collect();
    bench
        .graph("POST", "/$batch", &json!({"requests": many}))
        .expect(400);
}

#[test]
fn the_same_requests_give_the_same_answers() {
    let run = || {
        let mut bench = Bench::new(crate::Scenario::Sample);
        let body = json!({
            "subject": "x",
            "isOnlineMeeting": true,
            "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"},
            "end": {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"},
        });
        let made = bench.graph("POST", "/me/events", &body).text;
        (made, bench.admin("GET", "/state", &Value::Null).text)
    };
    assert_eq!(run(), run());
}

#[test]
fn links_use_the_address_that_was_asked() {
    let mut bench = Bench::new(crate::Scenario::Sample);
    let target = "https://graph.example:8443/v1.0/me/events?$top=1";
    let page = bench.graph("GET", target, &Value::Null).expect(200);
    let link = page["@odata.nextLink"].as_str().unwrap();
    assert_eq!(
        link,
        "https://graph.example:8443/v1.0/me/events?$top=1&$skip=1"
    );
}

#[test]
fn a_batch_part_may_name_its_whole_address_and_has_canonical_headers() {
    let mut bench = Bench::empty();
    let part = |id: &str, url: &str| json!({"id": id, "method": "GET", "url": url});
    let whole = format!("{}/v1.0/me/calendars", crate::testing::ORIGIN);
    let body =
        json!({"requests": [part("1", &whole), part("2", "me"), part("3", "/me/events/$count")]});
    let answer = bench.graph("POST", "/$batch", &body).expect(200);
    for response in answer["responses"].as_array().unwrap() {
        assert_eq!(response["status"], 200, "{response}");
        assert!(
            response["headers"]["Content-Type"].is_string(),
            "{response}"
        );
    }
    assert_eq!(answer["responses"][2]["body"], 0);
}

#[test]
fn a_batch_that_graph_cannot_read_is_refused() {
    let part = |id: &str, depends: Value| json!({"id": id, "method": "GET", "url": "/me", "dependsOn": depends});
    let cases = [
        json!([part("", json!([]))]),
        json!([part("1", json!([])), part("1", json!([]))]),
        json!([part("1", json!(["2"])), part("2", json!([]))]),
    ];
    for requests in cases {
        let answer = Bench::empty().graph("POST", "/$batch", &json!({"requests": requests}));
        assert_eq!(answer.status, 400, "{requests}");
    }
    let untyped =
        json!({"requests": [{"id": "1", "method": "POST", "url": "/me/events", "body": {}}]});
    let answer = Bench::empty()
        .graph("POST", "/$batch", &untyped)
        .expect(200);
    assert_eq!(answer["responses"][0]["status"], 400);
}
