use serde_json::{Value, json};

use crate::Scenario;
use crate::testing::{Bench, column};

fn list(bench: &mut Bench) -> (u16, String) {
    let answer = bench.graph("GET", "/me/calendars", &Value::Null);
    (answer.status, answer.text)
}

#[test]
fn a_fault_waits_strikes_and_is_over() {
    let mut bench = Bench::empty();
    let rule = json!({
        "match": {"provider": "graph", "kind": "calendar_list"},
        "after": 1,
        "times": 2,
        "fault": {"kind": "503", "retry_after": 7},
    });
    bench.admin("POST", "/faults", &rule).expect(200);
    let google = bench.google("GET", "/users/me/calendarList", &Value::Null);
    assert_eq!(google.status, 200, "another provider");
    let statuses: Vec<u16> = (0..4).map(|_| list(&mut bench).0).collect();
    assert_eq!(statuses, [200, 503, 503, 200]);
    bench
        .admin(
            "POST",
            "/faults",
            &json!({"times": null, "fault": {"kind": 429, "retry_after": 7}}),
        )
        .expect(200);
    let answer = bench.graph("GET", "/me/calendars", &Value::Null);
    assert_eq!((answer.status, answer.header("retry-after")), (429, "7"));
    assert_eq!(answer.at("/error/code"), "ApplicationThrottled");
    let answer = bench.google("GET", "/colors", &Value::Null);
    assert_eq!(answer.at("/error/errors/0/reason"), "rateLimitExceeded");
    bench.admin("DELETE", "/faults", &Value::Null).expect(200);
    assert_eq!(list(&mut bench).0, 200);
}

#[test]
fn faults_can_be_any_answer() {
    let mut bench = Bench::empty();
    let mut strike = |fault: Value| {
        bench
            .admin("POST", "/faults", &json!({"fault": fault}))
            .expect(200);
        list(&mut bench)
    };
    assert_eq!(strike(json!({"kind": "empty200"})), (200, String::new()));
    assert_eq!(
        strike(json!({"status": 418, "body": "tea"})),
        (418, "tea".into())
    );
    assert_eq!(
        strike(json!({"body": {"value": []}})),
        (200, "{\"value\":[]}".into())
    );
    assert_eq!(strike(json!({"kind": "captive"})).0, 302);
    assert!(
        strike(json!({"kind": "html"}))
            .1
            .starts_with("<!doctype html>")
    );
    assert!(serde_json::from_str::<Value>(&strike(json!({"kind": "garbage"})).1).is_err());
    let (status, text) = strike(json!({"truncate": 10}));
    assert_eq!((status, text.len()), (200, 10));
    assert_eq!(
        bench
            .admin("POST", "/faults", &json!({"fault": {"colour": "red"}}))
            .status,
        400
    );
}

#[test]
fn a_request_may_take_effect_although_its_answer_is_lost() {
    let mut bench = Bench::empty();
    let rule = json!({"match": {"method": "POST", "path_contains": "/events"}, "fault": {"kind": "504", "applied": true}});
    bench.admin("POST", "/faults", &rule).expect(200);
    let body = json!({
        "subject": "Lost",
        "transactionId": "t",
        "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"},
    });
    bench.graph("POST", "/me/events", &body).expect(504);
    let events = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    assert_eq!(column(&events["value"], "subject"), ["Lost"]);
}

#[test]
fn the_clock_can_be_moved() {
    let mut bench = Bench::empty();
    let now = bench
        .admin("POST", "/clock", &json!({"advance_secs": 60}))
        .expect(200);
    assert_eq!(now["now"], "2026-11-20T09:39:00.000Z");
    let now = bench
        .admin("POST", "/clock", &json!({"now": "2027-01-01T00:00:00Z"}))
        .expect(200);
    assert_eq!(now["now"], "2027-01-01T00:00:00.000Z");
    bench.admin("POST", "/clock", &json!({})).expect(400);
}

#[test]
fn the_state_shows_every_calendar_with_its_series_expanded() {
    let mut bench = Bench::new(Scenario::Sample);
    let state = bench.admin("GET", "/state", &Value::Null).expect(200);
    assert_eq!(
        column(&state["accounts"], "provider"),
        ["microsoft", "google"]
    );
    let calendar = &state["accounts"][0]["calendars"][0];
    assert_eq!(calendar["calendar"]["name"], "Calendar");
    assert!(column(&calendar["events"], "subject").contains(&"Stand-up".to_owned()));
    let stand_ups = column(&calendar["occurrences"], "subject");
    assert!(
        stand_ups
            .iter()
            .filter(|subject| *subject == "Stand-up")
            .count()
            > 100
    );
}

#[test]
fn unknown_controls_are_told_apart_from_services() {
    let mut bench = Bench::empty();
    bench.admin("GET", "/nothing", &Value::Null).expect(404);
    bench
        .admin("POST", "/quirks", &json!({"page_size": "many"}))
        .expect(400);
    let log = bench.admin("GET", "/log", &Value::Null).expect(200);
    assert_eq!(log, json!([]), "the door itself is not logged");
}

#[test]
fn retry_after_is_whatever_a_test_wants() {
    let mut bench = Bench::empty();
    for (wait, said) in [
        (json!(3), "3"),
        (json!(9_999_999), "9999999"),
        (json!(-5), "-5"),
        (json!(1.5), "1.5"),
        (
            json!("Fri, 20 Nov 2026 09:40:00 GMT"),
            "Fri, 20 Nov 2026 09:40:00 GMT",
        ),
        (json!("soon"), "soon"),
    ] {
        for (kind, status, code) in [
            ("MailboxConcurrency", 429, "ApplicationThrottled"),
            ("ApplicationThrottled", 429, "ApplicationThrottled"),
            ("ErrorServerBusy", 503, "ErrorServerBusy"),
            ("BandwidthLimitExceeded", 509, "BandwidthLimitExceeded"),
        ] {
            let rule = json!({"fault": {"kind": kind, "retry_after": wait}});
            bench.admin("POST", "/faults", &rule).expect(200);
            let answer = bench.graph("GET", "/me/calendars", &Value::Null);
            let got = (answer.status, answer.header("retry-after"));
            assert_eq!(got, (status, said), "{kind}");
            assert_eq!(answer.at("/error/code"), code);
        }
    }
    let rule = json!({"fault": {"kind": "MailboxConcurrency"}});
    bench.admin("POST", "/faults", &rule).expect(200);
    let answer = bench.graph("GET", "/me/calendars", &Value::Null);
    assert_eq!((answer.status, answer.header("retry-after")), (429, ""));
}

#[test]
fn googles_limits_come_with_403_and_429() {
    let mut bench = Bench::empty();
    for reason in [
        "rateLimitExceeded",
        "userRateLimitExceeded",
        "quotaExceeded",
        "dailyLimitExceeded",
    ] {
        for (status, code) in [(Value::Null, 403), (json!(429), 429)] {
            let rule = json!({"fault": {"kind": reason, "status": status, "retry_after": 2}});
            bench.admin("POST", "/faults", &rule).expect(200);
            let answer = bench.google("GET", "/colors", &Value::Null);
            let body = answer.expect(code);
            assert_eq!(body["error"]["code"], code);
            assert_eq!(body["error"]["errors"][0]["reason"], reason);
            assert_eq!(answer.header("retry-after"), "2");
        }
    }
}

#[test]
fn a_fault_of_no_kind_is_refused() {
    let mut bench = Bench::empty();
    for kind in [
        json!("AADSTS5O076"),
        json!("rateLimit"),
        json!(-1),
        json!([]),
    ] {
        let rule = json!({"fault": {"kind": kind}});
        assert_eq!(bench.admin("POST", "/faults", &rule).status, 400, "{kind}");
    }
}

#[test]
fn every_service_can_be_behind_a_hotels_page() {
    let mut bench = Bench::empty();
    for (kind, status) in [
        ("captive", 302),
        ("captive_page", 200),
        ("captive_511", 511),
    ] {
        let rule = json!({"times": null, "fault": {"kind": kind}});
        bench.admin("POST", "/faults", &rule).expect(200);
        let answers = [
            bench.graph("GET", "/me/calendars", &Value::Null),
            bench.google("GET", "/colors", &Value::Null),
            bench.send("POST", "/common/oauth2/v2.0/token", &[], ""),
            bench.send("POST", "/token", &[], ""),
        ];
        for answer in answers {
            assert_eq!(answer.status, status);
            let to = answer.header("location");
            assert_eq!(to.starts_with("http://captive.invalid/"), status == 302);
            assert_eq!(answer.text.contains("Wi-Fi"), status != 302);
        }
        bench.admin("DELETE", "/faults", &Value::Null).expect(200);
    }
}

#[test]
fn one_part_of_a_batch_can_be_throttled() {
    let mut bench = Bench::empty();
    let rule = json!({
        "match": {"provider": "graph", "kind": "categories"},
        "fault": {"kind": "MailboxConcurrency", "retry_after": 4},
    });
    bench.admin("POST", "/faults", &rule).expect(200);
    let parts = json!({"requests": [
        {"id": "1", "method": "GET", "url": "/me/calendars"},
        {"id": "2", "method": "GET", "url": "/me/outlook/masterCategories"},
    ]});
    let headers = [("content-type", "application/json")];
    let answer = bench.graph_with("POST", "/$batch", &headers, &parts);
    let body = answer.expect(200);
    assert_eq!(body["responses"][0]["status"], 200);
    assert_eq!(body["responses"][1]["status"], 429);
    assert_eq!(body["responses"][1]["headers"]["Retry-After"], "4");
}
