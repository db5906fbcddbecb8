use std::io::Write as _;

use serde_json::{Value, json};

use super::*;
use crate::testing::{Bench, column};
use crate::{Config, Simulator};

#[test]
fn the_sample_is_a_believable_month() {
    let mut bench = Bench::new(Scenario::Sample);
    let window = "startDateTime=2026-11-06T00:00:00Z&endDateTime=2026-12-06T00:00:00Z&$top=500";
    let mut events: Vec<Value> = Vec::new();
    let calendars = bench
        .graph("GET", "/me/calendars", &Value::Null)
        .expect(200);
    for id in column(&calendars["value"], "id") {
        let view = bench.graph(
            "GET",
            &format!("/me/calendars/{id}/calendarView?{window}"),
            &Value::Null,
        );
        events.extend(view.expect(200)["value"].as_array().unwrap().clone());
    }
    let count = |test: &dyn Fn(&Value) -> bool| events.iter().filter(|event| test(event)).count();
    assert!((60..120).contains(&events.len()), "{}", events.len());
    for level in ["high", "low"] {
        assert!(count(&|event| event["importance"] == level) > 2, "{level}");
    }
    for answer in [
        "accepted",
        "declined",
        "tentativelyAccepted",
        "notResponded",
        "organizer",
    ] {
        assert!(
            count(&|event| event["responseStatus"]["response"] == answer) > 0,
            "{answer}"
        );
    }
    for category in ["Client A", "Travel", "Focus"] {
        assert!(
            count(&|event| event["categories"][0] == category) > 1,
            "{category}"
        );
    }
    let joins = |part: &str| {
        count(&|event| {
            event["onlineMeeting"]["joinUrl"]
                .as_str()
                .is_some_and(|url| url.contains(part))
        })
    };
    assert!(joins("/meet/") > 5 && joins("/l/meetup-join/") > 3);
    assert!(count(&|event| event["type"] == "exception") > 0);
    assert!(count(&|event| event["isAllDay"] == true) > 3);
    assert!(count(&|event| event["originalStartTimeZone"] == "Eastern Standard Time") > 0);
}

#[test]
fn a_teams_call_runs_now_and_another_comes_next() {
    for now in [
        "2026-11-20T09:38:00Z",
        "2026-03-29T00:10:00Z",
        "2026-12-31T22:59:00Z",
    ] {
        let now: DateTime<Utc> = now.parse().unwrap();
        let mut rng = <rand_chacha::ChaCha8Rng as rand::SeedableRng>::seed_from_u64(1);
        let all = accounts(&Scenario::Sample, now, &mut rng).unwrap();
        let calls = |subject: &str| {
            let found = all[0].calendars[0]
                .events
                .iter()
                .find(|event| event.text("subject") == Some(subject));
            let event = found.unwrap();
            assert!(event.properties["onlineMeeting"].is_object());
            (event.start.instant(Tz::UTC), event.end.instant(Tz::UTC))
        };
        let (start, end) = calls("Design review");
        assert!(start <= now && now < end, "{now}: {start} to {end}");
        assert!(calls("Architecture check-in").0 > now);
    }
}

#[test]
fn the_empty_scenario_has_two_empty_calendars() {
    let mut bench = Bench::empty();
    let calendars = bench
        .graph("GET", "/me/calendars", &Value::Null)
        .expect(200);
    assert_eq!(column(&calendars["value"], "name"), ["Calendar"]);
    let list = bench
        .google("GET", "/users/me/calendarList", &Value::Null)
        .expect(200);
    assert_eq!(column(&list["items"], "id"), ["ada.lovelace@gmail.example"]);
    assert_eq!(list["items"][0]["primary"], true);
}

fn from_file(content: &Value) -> Result<Simulator, Error> {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "{content}").unwrap();
    let scenario = file.path().to_str().unwrap().parse().unwrap();
    Simulator::new(&Config {
        scenario,
        seed: 1,
        now: DateTime::UNIX_EPOCH,
    })
}

#[test]
fn a_file_holds_bodies_as_clients_send_them() {
    let event = json!({
        "subject": "From a file",
        "sim:teams": "classic",
        "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"},
    });
    let account = |events: Value| {
        json!({"accounts": [{
            "provider": "microsoft", "email": "x@y.example", "name": "X",
            "calendars": [{"name": "Calendar", "events": events}],
        }]})
    };
    let sim = from_file(&account(json!([event]))).unwrap();
    assert_eq!(sim.accounts()[0].email, "x@y.example");
    let refused = from_file(&account(json!([{"subject": "x", "importance": "urgent"}])));
    assert!(matches!(refused, Err(Error::Event { index: 0, .. })));
    assert!(matches!(
        from_file(&json!({"people": []})),
        Err(Error::Parse { .. })
    ));
    let odd = json!({"accounts": [{"provider": "yahoo", "email": "x@y.example"}]});
    assert!(matches!(from_file(&odd), Err(Error::Account { .. })));
    let gone = Config {
        scenario: Scenario::File("/nowhere/x.json".into()),
        seed: 1,
        now: DateTime::UNIX_EPOCH,
    };
    assert!(matches!(Simulator::new(&gone), Err(Error::Read { .. })));
}

#[test]
fn a_file_may_hold_what_no_client_could_write() {
    let event = json!({
        "subject": "Imported",
        "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"},
        "end": {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"},
        "originalStartTimeZone": "Customized Time Zone",
        "originalEndTimeZone": "",
        "isDraft": true,
        "recurrence": {
            "pattern": {"type": "daily", "interval": 1},
            "range": {"type": "numbered", "startDate": "2026-11-23", "numberOfOccurrences": 2},
        },
        "sim:exceptions": [{"original": "2026-11-24", "change": {"isCancelled": true}}],
    });
    let world = json!({"accounts": [{
        "provider": "microsoft", "email": "x@y.example",
        "calendars": [{"name": "Calendar", "events": [event], "inject": [{"item": {"id": "odd", "start": 5}}]}],
    }]});
    let mut file = tempfile::NamedTempFile::new().unwrap();
    write!(file, "{world}").unwrap();
    let mut bench = crate::testing::Bench::new(Scenario::File(file.path().to_owned()));
    let list = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    assert_eq!(
        list["value"][0]["originalStartTimeZone"],
        "Customized Time Zone"
    );
    assert_eq!(list["value"][0]["originalEndTimeZone"], "");
    assert_eq!(list["value"][0]["isDraft"], true);
    assert_eq!(list["value"][1], json!({"id": "odd", "start": 5}));
    let path = format!(
        "/me/events/{}/instances?startDateTime=2026-11-01T00:00:00Z&endDateTime=2026-12-01T00:00:00Z",
        column(&list["value"], "id")[0]
    );
    let instances = bench.graph("GET", &path, &Value::Null).expect(200);
    assert_eq!(instances["value"][0]["isCancelled"], false);
    assert_eq!(instances["value"][1]["isCancelled"], true);
}
