//! Batches through the front door.

use serde_json::json;

use crate::testing::{Bench, column};

const EVENTS: &str = "/calendar/v3/calendars/primary/events";

fn send(bench: &mut Bench, body: &str) -> crate::testing::Answer {
    let token = bench
        .sim
        .accounts()
        .into_iter()
        .find(|one| one.provider == "google")
        .unwrap()
        .access_token;
    let bearer = format!("Bearer {token}");
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", "multipart/mixed; boundary=\"=x=\""),
    ];
    bench.send("POST", "/batch/calendar/v3", &headers, body.to_owned())
}

fn fenced(parts: &[String]) -> String {
    let mut body = String::new();
    for part in parts {
        body.extend(["--=x=\n", part, "\n"]);
    }
    body.push_str("--=x=--\n");
    body
}

fn part(id: &str, request: &str, body: &str) -> String {
    format!(
        "Content-Type: application/http\nContent-ID: <u + {id}>\n\n{request} HTTP/1.1\nContent-Type: application/json\nMIME-Version: 1.0\n\n{body}\n"
    )
}

#[test]
fn each_part_has_its_own_answer_and_its_own_line_in_the_log() {
    let mut bench = Bench::empty();
    let event =
        json!({"summary": "Lunch", "start": {"date": "2026-11-23"}, "end": {"date": "2026-11-24"}});
    let body = fenced(&[
        part("1", &format!("POST {EVENTS}?alt=json"), &event.to_string()),
        part("2", &format!("GET {EVENTS}/nothing"), ""),
    ]);
    let answer = send(&mut bench, &body);
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(
        answer
            .header("content-type")
            .starts_with("multipart/mixed; boundary=")
    );
    assert!(
        answer
            .text
            .contains("Content-ID: <response-u + 1>\r\n\r\nHTTP/1.1 200 OK")
    );
    assert!(
        answer
            .text
            .contains("Content-ID: <response-u + 2>\r\n\r\nHTTP/1.1 404 Not Found")
    );
    let list = bench.send("GET", "/_sim/log", &[], "").json();
    assert_eq!(
        column(&list, "kind"),
        ["event_create", "event_get", "batch"]
    );
}

#[test]
fn a_batch_that_is_cut_or_too_long_does_nothing() {
    let mut bench = Bench::empty();
    let one = part("1", &format!("GET {EVENTS}"), "");
    assert_eq!(send(&mut bench, &format!("--=x=\n{one}")).status, 400);
    assert_eq!(send(&mut bench, &fenced(&vec![one; 51])).status, 400);
    let list = bench.send("GET", "/_sim/log", &[], "").json();
    assert_eq!(column(&list, "kind"), ["batch", "batch"]);
}
