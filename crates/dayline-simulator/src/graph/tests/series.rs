//! Series: expansion, exceptions, cancelled occurrences.

use serde_json::{Value, json};

use super::timed;
use crate::testing::{Bench, column};

const WINDOW: &str = "startDateTime=2026-11-22T00:00:00Z&endDateTime=2026-12-20T00:00:00Z";

/// Mondays at nine in Berlin from 23 November.
fn weekly() -> Value {
    let mut body = timed(
        "Weekly",
        "2026-11-23T09:00:00",
        "2026-11-23T09:30:00",
        "W. Europe Standard Time",
    );
    body["recurrence"] = json!({
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
        "range": {"type": "numbered", "startDate": "2026-11-23", "numberOfOccurrences": 4},
    });
    body
}

struct Series {
    bench: Bench,
    master: String,
}

impl Series {
    fn new() -> Self {
        let mut bench = Bench::empty();
        let event = bench.graph("POST", "/me/events", &weekly()).expect(201);
        assert_eq!(event["type"], "seriesMaster");
        Self {
            master: event["id"].as_str().unwrap().to_owned(),
            bench,
        }
    }

    fn instances(&mut self) -> Value {
        let path = format!("/me/events/{}/instances?{WINDOW}", self.master);
        self.bench.graph("GET", &path, &Value::Null).expect(200)["value"].clone()
    }

    fn occurrence(&mut self, index: usize) -> String {
        let list = self.instances();
        format!("/me/events/{}", list[index]["id"].as_str().unwrap())
    }
}

#[test]
fn a_series_is_expanded_in_its_zone() {
    let mut series = Series::new();
    let list = series.instances();
    let starts: Vec<String> = list
        .as_array()
        .unwrap()
        .iter()
        .map(|slot| {
            slot["start"]["dateTime"]
                .as_str()
                .unwrap()
                .replace(":00.0000000", "")
        })
        .collect();
    assert_eq!(
        starts,
        [
            "2026-11-23T08:00",
            "2026-11-30T08:00",
            "2026-12-07T08:00",
            "2026-12-14T08:00"
        ]
    );
    assert_eq!(column(&list, "type"), ["occurrence"; 4]);
    assert_eq!(column(&list, "originalStart")[0], "2026-11-23T08:00:00Z");
    let mut uids = column(&list, "iCalUId");
    uids.dedup();
    assert_eq!(uids.len(), 4, "every occurrence has a UID of its own");
}

#[test]
fn the_recurrence_comes_back_with_its_defaults() {
    let mut series = Series::new();
    let path = format!("/me/events/{}", series.master);
    let event = series.bench.graph("GET", &path, &Value::Null).expect(200);
    assert_eq!(
        event["recurrence"],
        json!({
            "pattern": {
                "type": "weekly", "interval": 1, "month": 0, "dayOfMonth": 0,
                "daysOfWeek": ["monday"], "firstDayOfWeek": "sunday", "index": "first",
            },
            "range": {
                "type": "numbered", "startDate": "2026-11-23", "endDate": "0001-01-01",
                "recurrenceTimeZone": "W. Europe Standard Time", "numberOfOccurrences": 4,
            },
        })
    );
}

#[test]
fn a_changed_occurrence_becomes_an_exception_under_its_id() {
    let mut series = Series::new();
    let path = series.occurrence(1);
    let change = json!({
        "subject": "Moved",
        "start": {"dateTime": "2026-12-01T10:00:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-12-01T10:30:00", "timeZone": "Europe/Berlin"},
    });
    let event = series.bench.graph("PATCH", &path, &change).expect(200);
    assert_eq!(
        (&event["type"], &event["originalStart"]),
        (&json!("exception"), &json!("2026-11-30T08:00:00Z"))
    );
    assert_eq!(
        format!("/me/events/{}", event["id"].as_str().unwrap()),
        path
    );
    let list = series.instances();
    assert_eq!(
        column(&list, "subject"),
        ["Weekly", "Moved", "Weekly", "Weekly"]
    );
    let plain = series
        .bench
        .graph("GET", "/me/events", &Value::Null)
        .expect(200);
    assert_eq!(column(&plain["value"], "type"), ["seriesMaster"]);
}

#[test]
fn an_exception_may_not_pass_its_neighbours() {
    let mut series = Series::new();
    let path = series.occurrence(1);
    let change = json!({
        "start": {"dateTime": "2026-12-07T07:00:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2026-12-07T08:00:00", "timeZone": "Europe/Berlin"},
    });
    let answer = series.bench.graph("PATCH", &path, &change);
    assert_eq!(
        (answer.status, answer.at("/error/code").as_str()),
        (400, "ErrorOccurrenceCrossingBoundary")
    );
}

#[test]
fn the_master_names_its_exceptions_and_cancellations_when_asked() {
    let mut series = Series::new();
    let (first, second) = (series.occurrence(0), series.occurrence(1));
    series
        .bench
        .graph("PATCH", &second, &json!({"subject": "Other"}))
        .expect(200);
    series
        .bench
        .graph("DELETE", &first, &Value::Null)
        .expect(204);
    series.bench.graph("GET", &first, &Value::Null).expect(404);
    assert_eq!(series.instances().as_array().unwrap().len(), 3);
    let path = format!("/me/events/{}", series.master);
    let bare = series.bench.graph("GET", &path, &Value::Null).expect(200);
    assert!(bare.get("cancelledOccurrences").is_none());
    let query =
        "$select=subject,exceptionOccurrences,cancelledOccurrences&$expand=exceptionOccurrences";
    let full = series
        .bench
        .graph("GET", &format!("{path}?{query}"), &Value::Null)
        .expect(200);
    assert_eq!(
        full["cancelledOccurrences"],
        json!([format!("OID.{}.2026-11-23", series.master)])
    );
    assert_eq!(column(&full["exceptionOccurrences"], "subject"), ["Other"]);
}

#[test]
fn a_new_pattern_drops_the_exceptions() {
    let mut series = Series::new();
    let (first, second) = (series.occurrence(0), series.occurrence(1));
    series
        .bench
        .graph("PATCH", &second, &json!({"subject": "Other"}))
        .expect(200);
    series
        .bench
        .graph("DELETE", &first, &Value::Null)
        .expect(204);
    let path = format!("/me/events/{}", series.master);
    series
        .bench
        .graph("PATCH", &path, &json!({"subject": "Renamed"}))
        .expect(200);
    assert_eq!(
        column(&series.instances(), "subject"),
        ["Other", "Renamed", "Renamed"]
    );
    let change = json!({"recurrence": {
        "pattern": {"type": "daily", "interval": 1},
        "range": {"type": "endDate", "startDate": "2026-11-23", "endDate": "2026-11-25"},
    }});
    series.bench.graph("PATCH", &path, &change).expect(200);
    assert_eq!(column(&series.instances(), "subject"), ["Renamed"; 3]);
}

#[test]
fn a_series_begins_on_its_own_date() {
    let mut body = weekly();
    body["recurrence"]["range"]["startDate"] = json!("2026-11-24");
    Bench::empty()
        .graph("POST", "/me/events", &body)
        .expect(400);
}
