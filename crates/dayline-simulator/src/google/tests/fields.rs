//! The rules of single properties, of event types and of what others may see.

use serde_json::{Value, json};

use super::{EVENTS, lunch, path, weekly};
use crate::testing::{Bench, column};

fn with(more: &Value) -> Value {
    let mut body = lunch();
    body.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn what_breaks_a_rule_is_refused_with_its_reason() {
    let reminders = |list: Value| json!({"reminders": {"useDefault": false, "overrides": list}});
    let one = json!({"method": "popup", "minutes": 5});
    let key = "k".repeat(45);
    let cases = [
        (reminders(json!([one, one, one, one, one, one])), "invalid"),
        (
            reminders(json!([{"method": "sms", "minutes": 5}])),
            "invalid",
        ),
        (
            reminders(json!([{"method": "popup", "minutes": -1}])),
            "invalid",
        ),
        (
            json!({"reminders": {"useDefault": true, "overrides": [one]}}),
            "cannotUseDefaultRemindersAndSpecifyOverride",
        ),
        (
            json!({"extendedProperties": {"private": {key: "v"}}}),
            "invalid",
        ),
        (json!({"source": {"url": "ftp://a.example"}}), "invalid"),
        (json!({"attendees": [{"email": "nobody"}]}), "invalid"),
        (
            json!({"attendees": [{"email": "a@b.example", "responseStatus": "maybe"}]}),
            "invalid",
        ),
        (json!({"colorId": "12"}), "invalid"),
        (
            json!({"conferenceData": {"entryPoints": [{"entryPointType": "pigeon"}]}}),
            "invalid",
        ),
        (json!({"summary": {"text": "x"}}), "invalid"),
        (
            json!({"recurrence": ["DTSTART:20261123T120000Z"]}),
            "invalid",
        ),
        (json!({"eventType": "fromGmail"}), "eventTypeRestriction"),
        (
            json!({"eventType": "workingLocation"}),
            "eventTypeRestriction",
        ),
        (
            json!({"workingLocationProperties": {"type": "homeOffice"}}),
            "eventTypeRestriction",
        ),
        (
            json!({"eventType": "focusTime", "transparency": "transparent"}),
            "eventTypeRestriction",
        ),
        (json!({"eventType": "birthday"}), "eventTypeRestriction"),
        (
            json!({"start": {"date": "2026-11-23", "dateTime": "2026-11-23T12:00:00Z"}}),
            "invalid",
        ),
    ];
    let mut bench = Bench::empty();
    for (more, reason) in cases {
        let answer = bench.google("POST", EVENTS, &with(&more));
        assert_eq!(answer.status, 400, "{more}");
        assert_eq!(answer.at("/error/errors/0/reason"), reason, "{more}");
    }
    let list = bench.google("GET", EVENTS, &Value::Null).expect(200);
    assert_eq!(list["items"], json!([]));
}

#[test]
fn unknown_parameters_are_refused_and_unknown_members_only_when_asked() {
    let mut bench = Bench::empty();
    let answer = bench.google("GET", &format!("{EVENTS}?singleEvent=true"), &Value::Null);
    assert_eq!(
        (answer.status, answer.at("/error/errors/0/reason").as_str()),
        (400, "badRequest")
    );
    let body = with(&json!({"sumary": "x"}));
    let event = bench.google("POST", EVENTS, &body).expect(200);
    assert_eq!(event.get("sumary"), None);
    bench
        .admin("POST", "/quirks", &json!({"strict_bodies": true}))
        .expect(200);
    bench.google("POST", EVENTS, &body).expect(400);
}

#[test]
fn reminders_change_the_etag_and_not_the_date() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    bench.advance(chrono::Duration::hours(1));
    let reminders = json!({"reminders": {"useDefault": false, "overrides": []}});
    let seen = bench.google("PATCH", &path(&event), &reminders).expect(200);
    assert_eq!(seen["updated"], event["updated"]);
    assert_ne!(seen["etag"], event["etag"]);
    let seen = bench
        .google("PATCH", &path(&event), &json!({"summary": "x"}))
        .expect(200);
    assert_ne!(seen["updated"], event["updated"]);
}

#[test]
fn a_stricter_visibility_of_one_instance_is_the_series() {
    let mut bench = Bench::empty();
    let series = bench.google("POST", EVENTS, &weekly()).expect(200);
    let one = format!("{}_20261130T080000Z", path(&series));
    bench
        .google("PATCH", &one, &json!({"visibility": "private"}))
        .expect(200);
    let seen = bench
        .google("GET", &path(&series), &Value::Null)
        .expect(200);
    assert_eq!(seen["visibility"], "private");
    let seen = bench
        .google("PATCH", &one, &json!({"visibility": "public"}))
        .expect(200);
    assert_eq!(seen["visibility"], "private", "a looser one is not taken");
}

#[test]
fn the_second_hour_of_a_fold_stays_the_second() {
    let mut bench = Bench::empty();
    for offset in ["+02:00", "+01:00"] {
        let moment = |minute: &str| json!({"dateTime": format!("2026-10-25T02:{minute}:00{offset}"), "timeZone": "Europe/Berlin"});
        let body = with(&json!({"start": moment("10"), "end": moment("40")}));
        let event = bench.google("POST", EVENTS, &body).expect(200);
        assert_eq!(
            (&event["start"], &event["end"]),
            (&body["start"], &body["end"])
        );
    }
}

#[test]
fn a_wall_time_in_a_gap_comes_an_hour_later() {
    let mut bench = Bench::empty();
    let moment = |time: &str| json!({"dateTime": format!("2026-03-29T{time}:00"), "timeZone": "Europe/Berlin"});
    let body = with(&json!({"start": moment("02:30"), "end": moment("04:00")}));
    let event = bench.google("POST", EVENTS, &body).expect(200);
    assert_eq!(event["start"]["dateTime"], "2026-03-29T03:30:00+02:00");
}

/// A calendar that the user sees in some role, as a scenario makes it.
fn shared(role: &str) -> Bench {
    let plain = with(&json!({"summary": "Open"}));
    let private = with(&json!({"summary": "Secret", "visibility": "private"}));
    let world = json!({"accounts": [{"provider": "google", "email": "a@b.example", "calendars": [
        {"name": "Own"},
        {"name": "Shared", "properties": {"accessRole": role}, "events": [plain, private]},
    ]}]});
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), world.to_string()).unwrap();
    Bench::new(crate::Scenario::File(file.path().to_owned()))
}

#[test]
fn each_role_sees_and_may_do_what_it_should() {
    for (role, sees, writes) in [
        ("owner", ["Open", "Secret"], true),
        ("writer", ["Open", "Secret"], true),
        ("writerWithoutPrivateAccess", ["", "Open"], true),
        ("reader", ["", "Open"], false),
        ("freeBusyReader", ["", ""], false),
    ] {
        let mut bench = shared(role);
        let list = bench
            .google("GET", "/users/me/calendarList", &Value::Null)
            .expect(200);
        assert_eq!(column(&list["items"], "accessRole"), ["owner", role]);
        let home = format!(
            "/calendars/{}/events",
            list["items"][1]["id"].as_str().unwrap()
        );
        let page = bench.google("GET", &home, &Value::Null).expect(200);
        assert_eq!(page["accessRole"], role);
        let mut titles = column(&page["items"], "summary");
        titles.sort();
        assert_eq!(titles, sees, "{role}");
        let status = if writes { 200 } else { 403 };
        bench.google("POST", &home, &lunch()).expect(status);
    }
}

#[test]
fn a_label_that_goes_leaves_its_events() {
    let mut bench = Bench::empty();
    let label = json!({"id": "0b2e4b6e-0000-4000-8000-000000000001", "name": "Client", "backgroundColor": "#039be5"});
    let labels = |list: Value| json!({"labelProperties": {"eventLabels": list}});
    bench
        .google("PATCH", "/calendars/primary", &labels(json!([label])))
        .expect(200);
    let mut body = lunch();
    body["eventLabelId"] = label["id"].clone();
    let event = bench
        .google("POST", &format!("{EVENTS}?eventLabelVersion=1"), &body)
        .expect(200);
    assert_eq!(event["eventLabelId"], label["id"]);
    bench
        .google(
            "PATCH",
            "/calendars/primary",
            &labels(json!([{"name": "no colour"}])),
        )
        .expect(400);
    bench
        .google("PATCH", "/calendars/primary", &labels(json!([])))
        .expect(200);
    let event = bench.google("GET", &path(&event), &Value::Null).expect(200);
    assert_eq!(event.get("eventLabelId"), None);
}

#[test]
fn googles_join_block_is_taken_out_of_descriptions() {
    let mut bench = Bench::empty();
    let text = "Agenda\n\n-::~:~::~:~:~::~:~::-\nJoin: https://meet.google.com/a\n-::~:~::~:~:~::~:~::-\nEnd";
    let event = bench
        .google("POST", EVENTS, &with(&json!({"description": text})))
        .expect(200);
    assert_eq!(event["description"], "Agenda\nEnd");
}

#[test]
fn an_exception_counts_for_the_window_that_it_left() {
    let mut bench = Bench::empty();
    let series = bench.google("POST", EVENTS, &weekly()).expect(200);
    let moved = json!({
        "start": {"dateTime": "2027-06-01T09:00:00", "timeZone": "Europe/Berlin"},
        "end": {"dateTime": "2027-06-01T10:00:00", "timeZone": "Europe/Berlin"},
    });
    let one = format!("{}_20261130T080000Z", path(&series));
    bench.google("PATCH", &one, &moved).expect(200);
    for window in [
        "timeMin=2026-11-29T00:00:00Z&timeMax=2026-12-01T00:00:00Z",
        "timeMin=2027-05-01T00:00:00Z&timeMax=2027-07-01T00:00:00Z",
    ] {
        let list = bench
            .google("GET", &format!("{EVENTS}?{window}"), &Value::Null)
            .expect(200);
        assert_eq!(list["items"].as_array().unwrap().len(), 2, "{window}");
    }
}

#[test]
fn a_deleted_series_is_told_by_its_instances_where_they_are_asked_for() {
    let mut bench = Bench::empty();
    let series = bench.google("POST", EVENTS, &weekly()).expect(200);
    let list = bench
        .google("GET", &format!("{EVENTS}?singleEvents=true"), &Value::Null)
        .expect(200);
    let token = list["nextSyncToken"].as_str().unwrap().to_owned();
    bench
        .google("DELETE", &path(&series), &Value::Null)
        .expect(204);
    let round = bench
        .google(
            "GET",
            &format!("{EVENTS}?singleEvents=true&syncToken={token}"),
            &Value::Null,
        )
        .expect(200);
    assert_eq!(column(&round["items"], "status"), ["cancelled"; 3]);
    assert_eq!(
        column(&round["items"], "recurringEventId"),
        [series["id"].as_str().unwrap(); 3]
    );
}

#[test]
fn exceptions_may_come_before_their_masters() {
    let mut bench = Bench::empty();
    bench
        .admin("POST", "/quirks", &json!({"exceptions_first": true}))
        .expect(200);
    let series = bench.google("POST", EVENTS, &weekly()).expect(200);
    let one = format!("{}_20261130T080000Z", path(&series));
    bench
        .google("PATCH", &one, &json!({"summary": "Special"}))
        .expect(200);
    let list = bench.google("GET", EVENTS, &Value::Null).expect(200);
    assert_eq!(column(&list["items"], "summary"), ["Special", "Weekly"]);
}

#[test]
fn a_fault_may_have_a_reason_of_googles() {
    let mut bench = Bench::empty();
    for (reason, status) in [
        ("quotaExceeded", 403),
        ("notACalendarUser", 403),
        ("fullSyncRequired", 410),
    ] {
        let fault = json!({"match": {"provider": "google"}, "fault": {"kind": reason}});
        bench.admin("POST", "/faults", &fault).expect(200);
        let answer = bench.google("GET", EVENTS, &Value::Null);
        assert_eq!(
            (answer.status, answer.at("/error/errors/0/reason").as_str()),
            (status, reason)
        );
    }
}

#[test]
fn what_only_a_scenario_can_hold_is_shown() {
    let special = with(&json!({
        "summary": "Flight", "eventType": "fromGmail", "locked": true, "hangoutLink": "https://meet.google.com/x",
        "gadget": {"type": "t"}, "creator": {"email": "unknown@mail.example"},
    }));
    let hidden = with(&json!({"summary": "Hidden", "sim:hiddenInvitation": true}));
    let world = json!({"accounts": [{"provider": "google", "email": "a@b.example", "calendars": [
        {"name": "Own", "events": [special, hidden]},
    ]}]});
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), world.to_string()).unwrap();
    let mut bench = Bench::new(crate::Scenario::File(file.path().to_owned()));
    let list = bench.google("GET", EVENTS, &Value::Null).expect(200);
    assert_eq!(column(&list["items"], "summary"), ["Flight"]);
    let event = &list["items"][0];
    assert_eq!(
        (&event["locked"], &event["eventType"]),
        (&json!(true), &json!("fromGmail"))
    );
    bench
        .google("PATCH", &path(event), &json!({"summary": "x"}))
        .expect(403);
    bench
        .google("PATCH", &path(event), &json!({"colorId": "2"}))
        .expect(200);
    let list = bench
        .google(
            "GET",
            &format!("{EVENTS}?showHiddenInvitations=true&orderBy=updated"),
            &Value::Null,
        )
        .expect(200);
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
    assert!(
        list["items"].to_string().contains("Hidden") && !list["items"].to_string().contains("sim:")
    );
}

#[test]
fn an_instance_in_a_gap_is_found_by_its_id() {
    let mut bench = Bench::empty();
    let moment = |time: &str| json!({"dateTime": format!("2026-03-28T{time}:00"), "timeZone": "Europe/Berlin"});
    let body = with(
        &json!({"start": moment("02:30"), "end": moment("02:45"), "recurrence": ["RRULE:FREQ=DAILY;COUNT=3"]}),
    );
    let series = bench.google("POST", EVENTS, &body).expect(200);
    let list = bench
        .google("GET", &format!("{}/instances", path(&series)), &Value::Null)
        .expect(200);
    let starts: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["start"]["dateTime"])
        .collect();
    assert_eq!(
        starts,
        [
            "2026-03-28T02:30:00+01:00",
            "2026-03-29T03:30:00+02:00",
            "2026-03-30T02:30:00+02:00"
        ]
    );
    for one in list["items"].as_array().unwrap() {
        let seen = bench.google("GET", &path(one), &Value::Null).expect(200);
        assert_eq!(seen["start"], one["start"]);
    }
}

#[test]
fn a_day_that_a_zone_skips_is_no_second_instance() {
    let mut bench = Bench::empty();
    let moment = |time: &str| json!({"dateTime": format!("2011-12-29T{time}:00"), "timeZone": "Pacific/Apia"});
    let body = with(
        &json!({"start": moment("10:00"), "end": moment("11:00"), "recurrence": ["RRULE:FREQ=DAILY;COUNT=4"]}),
    );
    let series = bench.google("POST", EVENTS, &body).expect(200);
    let target = format!("{}/instances?timeZone=Pacific/Apia", path(&series));
    let list = bench.google("GET", &target, &Value::Null).expect(200);
    let starts: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| &one["start"]["dateTime"])
        .collect();
    assert_eq!(
        starts,
        [
            "2011-12-29T10:00:00-10:00",
            "2011-12-31T10:00:00+14:00",
            "2012-01-01T10:00:00+14:00"
        ]
    );
}

#[test]
fn an_update_has_to_give_both_times() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    let mut body = lunch();
    body.as_object_mut().unwrap().remove("end");
    let answer = bench.google("PUT", &path(&event), &body);
    assert_eq!(
        (answer.status, answer.at("/error/errors/0/reason").as_str()),
        (400, "required")
    );
}

#[test]
fn the_organizers_own_row_is_marked_by_the_service() {
    let mut bench = Bench::empty();
    let body = with(&json!({"attendees": [
        {"email": "ada.lovelace@gmail.example"},
        {"email": "mia@mail.example", "organizer": true, "self": true},
    ]}));
    let event = bench.google("POST", EVENTS, &body).expect(200);
    let marks: Vec<(bool, bool)> = event["attendees"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["organizer"] == true, row["self"] == true))
        .collect();
    assert_eq!(marks, [(true, true), (false, false)]);
}

#[test]
fn fields_may_be_missing_null_or_of_another_kind() {
    let mut bench = Bench::empty();
    let event = bench.google("POST", EVENTS, &lunch()).expect(200);
    let quirks = json!({
        "google_missing_fields": ["iCalUID"],
        "google_null_fields": ["summary"],
        "google_set_fields": {"status": "postponed", "new": [1]},
    });
    bench.admin("POST", "/quirks", &quirks).expect(200);
    let list = bench.google("GET", EVENTS, &Value::Null).expect(200);
    let seen = bench.google("GET", &path(&event), &Value::Null).expect(200);
    for one in [&list["items"][0], &seen] {
        assert_eq!(
            (one.get("iCalUID"), one.get("summary")),
            (None, Some(&Value::Null))
        );
        assert_eq!(
            (&one["status"], &one["new"]),
            (&json!("postponed"), &json!([1]))
        );
    }
}

#[test]
fn a_null_is_kept_nowhere() {
    let mut bench = Bench::empty();
    let body = with(&json!({
        "location": null,
        "source": {"title": null, "url": "https://a.example"},
        "attendees": [{"email": "a@b.example", "comment": null}],
        "attachments": [{"fileUrl": "https://a.example/x", "mimeType": null}],
        "conferenceData": {"notes": null, "entryPoints": [{"entryPointType": "video", "uri": "https://a.example", "label": null}]},
        "extendedProperties": {"private": {"a": null}},
    }));
    let target = format!("{EVENTS}?supportsAttachments=true&conferenceDataVersion=1");
    let event = bench.google("POST", &target, &body).expect(200);
    assert!(!event.to_string().contains("null"), "{event}");
    let change = json!({"source": {"title": null}, "reminders": {"overrides": null}});
    let event = bench.google("PATCH", &path(&event), &change).expect(200);
    assert!(!event.to_string().contains("null"), "{event}");
}
