//! Requests that Graph does not know are refused: options, preferences, properties, paths.

use serde_json::{Value, json};

use super::{NOVEMBER, lunch};
use crate::testing::{Bench, column};

#[test]
fn options_that_an_endpoint_does_not_know_are_refused() {
    let view = format!("/me/calendarView?{NOVEMBER}");
    let delta = format!("/me/calendarView/delta?{NOVEMBER}");
    let cases = [
        "/me?top=5".to_owned(),
        "/me/calendars?$expand=events".to_owned(),
        "/me/events?top=5".to_owned(),
        "/me/events?$tops=5".to_owned(),
        "/me/events?$search=x".to_owned(),
        "/me/events?$top=5&$top=6".to_owned(),
        "/me/events?$count=yes".to_owned(),
        "/me/events?$orderby=conversationId".to_owned(),
        "/me/events?$filter=conversationId%20eq%20'x'".to_owned(),
        "/me/events?$expand=subject".to_owned(),
        "/me/events?$expand=instances".to_owned(),
        "/me/events?$expand=extensions($top=5)".to_owned(),
        "/me/outlook/masterCategories?$select=name".to_owned(),
        "/me/mailboxSettings?$select=zone".to_owned(),
        format!("{view}&timeZone=UTC"),
        format!("{delta}&$top=5"),
        format!("{delta}&$count=true"),
        format!("{delta}&pageSize=5"),
    ];
    let mut bench = Bench::empty();
    for path in cases {
        let answer = bench.graph("GET", &path, &Value::Null);
        assert_eq!(answer.status, 400, "{path}: {}", answer.text);
    }
    bench.graph("GET", &view, &Value::Null).expect(200);
    bench.graph("GET", &delta, &Value::Null).expect(200);
    let answer = bench.graph("POST", "/me/events?$select=id", &lunch());
    assert_eq!(answer.status, 400, "{}", answer.text);
}

#[test]
fn preferences_that_mean_nothing_are_refused() {
    let mut bench = Bench::empty();
    for value in [
        "outlook.timzone=\"UTC\"",
        "outlook.timezone=\"Mars\"",
        "outlook.body-content-type=\"markdown\"",
        "IdType=\"Immutable\"",
        "odata.maxpagesize=none",
        "odata.maxpagesize=0",
    ] {
        let answer = bench.graph_with("GET", "/me/events", &[("prefer", value)], &Value::Null);
        assert_eq!(answer.status, 400, "{value}");
    }
}

#[test]
fn properties_that_the_schema_does_not_know_are_refused() {
    let mut bench = Bench::empty();
    let event = bench.graph("POST", "/me/events", &lunch()).expect(201);
    let event = format!("/me/events/{}", event["id"].as_str().unwrap());
    let nested = |pointer: &str, name: &str| {
        let mut body = lunch();
        body["attendees"] = json!([{"emailAddress": {"address": "b@contoso.example"}}]);
        body["location"] = json!({"displayName": "x"});
        let inner = body.pointer_mut(pointer).unwrap();
        inner[name] = json!("x");
        body
    };
    let cases = [
        ("POST", "/me/events".to_owned(), nested("", "title")),
        ("POST", "/me/events".to_owned(), nested("/start", "date")),
        (
            "POST",
            "/me/events".to_owned(),
            nested("/attendees/0", "mail"),
        ),
        (
            "POST",
            "/me/events".to_owned(),
            nested("/attendees/0/emailAddress", "mail"),
        ),
        ("POST", "/me/events".to_owned(), nested("/location", "name")),
        ("PATCH", event.clone(), json!({"summary": "x"})),
        ("POST", format!("{event}/accept"), json!({"reason": "x"})),
        (
            "POST",
            format!("{event}/accept"),
            json!({"proposedNewTime": {}}),
        ),
        ("POST", format!("{event}/cancel"), json!({"Comments": "x"})),
        ("POST", format!("{event}/forward"), json!({"to": []})),
        (
            "POST",
            format!("{event}/snoozeReminder"),
            json!({"minutes": 5}),
        ),
        (
            "POST",
            format!("{event}/attachments"),
            json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "x", "bytes": ""}),
        ),
        (
            "POST",
            "/me/calendars".to_owned(),
            json!({"name": "x", "summary": "x"}),
        ),
        (
            "POST",
            "/me/calendars".to_owned(),
            json!({"name": "x", "color": "teal"}),
        ),
        (
            "POST",
            "/me/calendarGroups".to_owned(),
            json!({"title": "x"}),
        ),
        (
            "POST",
            "/me/outlook/masterCategories".to_owned(),
            json!({"displayName": "x", "color": "red"}),
        ),
        (
            "PATCH",
            "/me/mailboxSettings".to_owned(),
            json!({"zone": "UTC"}),
        ),
        (
            "POST",
            "/me/translateExchangeIds".to_owned(),
            json!({"ids": []}),
        ),
    ];
    for (method, path, body) in cases {
        let answer = bench.graph(method, &path, &body);
        assert_eq!(
            answer.status, 400,
            "{method} {path} {body}: {}",
            answer.text
        );
        assert!(answer.json().pointer("/error/code").is_some());
    }
    let list = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    assert_eq!(
        column(&list["value"], "subject"),
        ["Lunch"],
        "nothing was written"
    );
}

#[test]
fn recurrences_are_validated_with_what_their_type_does_not_use() {
    let good = json!({"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]});
    let range = json!({"type": "noEnd", "startDate": "2026-11-23"});
    let with = |base: &Value, name: &str, value: Value| {
        let mut changed = base.clone();
        changed[name] = value;
        changed
    };
    let cases = [
        (with(&good, "type", json!("hourly")), range.clone()),
        (with(&good, "interval", json!(0)), range.clone()),
        (with(&good, "daysOfWeek", json!([])), range.clone()),
        (with(&good, "daysOfWeek", json!(["montag"])), range.clone()),
        (with(&good, "dayOfMonth", json!(32)), range.clone()),
        (with(&good, "month", json!(13)), range.clone()),
        (with(&good, "index", json!("fifth")), range.clone()),
        (with(&good, "firstDayOfWeek", json!("noday")), range.clone()),
        (
            json!({"type": "absoluteMonthly", "interval": 1}),
            range.clone(),
        ),
        (
            json!({"type": "relativeMonthly", "interval": 1}),
            range.clone(),
        ),
        (
            json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 1}),
            range.clone(),
        ),
        (good.clone(), with(&range, "startDate", json!("2026-11-24"))),
        (good.clone(), with(&range, "type", json!("endDate"))),
        (
            good.clone(),
            json!({"type": "endDate", "startDate": "2026-11-23", "endDate": "2026-11-22"}),
        ),
        (good.clone(), with(&range, "type", json!("numbered"))),
        (
            good.clone(),
            with(&range, "recurrenceTimeZone", json!("Mars")),
        ),
    ];
    let mut bench = Bench::empty();
    let mut body = lunch();
    for (pattern, range) in cases {
        body["recurrence"] = json!({"pattern": pattern, "range": range});
        let answer = bench.graph("POST", "/me/events", &body);
        assert_eq!(answer.status, 400, "{body}: {}", answer.text);
    }
    body["recurrence"] = json!({"pattern": with(&good, "dayOfMonth", json!(31)), "range": range});
    let event = bench.graph("POST", "/me/events", &body).expect(201);
    assert_eq!(event["recurrence"]["pattern"]["dayOfMonth"], 0);
}

#[test]
fn filters_and_expansions_reach_what_apps_stored() {
    let mut bench = Bench::empty();
    let id = "String {66f5a359-4659-4830-9070-00047ec6ac6e} Name Key";
    for (subject, value) in [("A", "1"), ("B", "2")] {
        let mut body = lunch();
        body["subject"] = json!(subject);
        body["categories"] = json!([subject]);
        body["singleValueExtendedProperties"] = json!([{"id": id, "value": value}]);
        bench.graph("POST", "/me/events", &body).expect(201);
    }
    let filter = format!(
        "$filter=singleValueExtendedProperties/any(ep: ep/id eq '{id}' and ep/value eq '2')"
    );
    let list = bench.graph(
        "GET",
        &format!("/me/events?{}", filter.replace(' ', "%20")),
        &Value::Null,
    );
    assert_eq!(column(&list.expect(200)["value"], "subject"), ["B"]);
    let list = bench.graph(
        "GET",
        "/me/events?$filter=categories/any(c:c%20eq%20'A')&$count=true",
        &Value::Null,
    );
    assert_eq!(list.expect(200)["@odata.count"], 1);
    let count = bench.graph("GET", "/me/events/$count", &Value::Null);
    assert_eq!(
        (count.text.as_str(), count.header("content-type")),
        ("2", "text/plain")
    );
    let plain = bench.graph("GET", "/me/events", &Value::Null).expect(200);
    assert!(
        plain["value"][0]
            .get("singleValueExtendedProperties")
            .is_none()
    );
}

#[test]
fn attachments_are_kept_and_counted() {
    let mut bench = Bench::empty();
    let event = bench.graph("POST", "/me/events", &lunch()).expect(201);
    let event = format!("/me/events/{}", event["id"].as_str().unwrap());
    let file = |inline: bool| json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "a.txt", "isInline": inline, "contentBytes": "aGVsbG8="});
    let path = format!("{event}/attachments");
    bench.graph("POST", &path, &file(true)).expect(201);
    let read = |bench: &mut Bench| {
        bench.graph("GET", &event, &Value::Null).expect(200)["hasAttachments"].clone()
    };
    assert_eq!(read(&mut bench), false, "inline ones do not count");
    let made = bench.graph("POST", &path, &file(false)).expect(201);
    assert_eq!((&made["size"], read(&mut bench)), (&json!(5), json!(true)));
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    assert_eq!(
        bench
            .graph("GET", &format!("{one}/$value"), &Value::Null)
            .text,
        "hello"
    );
    let thin = bench
        .graph("GET", &format!("{path}?$select=name,size"), &Value::Null)
        .expect(200);
    assert!(thin["value"][0].get("contentBytes").is_none());
    bench.graph("DELETE", &one, &Value::Null).expect(204);
    bench.graph("GET", &one, &Value::Null).expect(404);
    assert_eq!(read(&mut bench), false);
    bench.graph("POST", &path, &json!({"@odata.type": "#microsoft.graph.fileAttachment", "name": "x", "contentBytes": "?"})).expect(400);
}

#[test]
fn settings_groups_and_categories_change() {
    let mut bench = Bench::empty();
    let settings = bench
        .graph(
            "PATCH",
            "/me/mailboxSettings",
            &json!({"timeZone": "Tokyo Standard Time"}),
        )
        .expect(200);
    assert_eq!(settings["timeZone"], "Tokyo Standard Time");
    let zone = bench
        .graph("GET", "/me/mailboxSettings/timeZone", &Value::Null)
        .expect(200);
    assert_eq!(zone["value"], "Tokyo Standard Time");
    bench
        .graph("PATCH", "/me/mailboxSettings", &json!({"timeZone": "Mars"}))
        .expect(400);

    let made = bench
        .graph("POST", "/me/calendarGroups", &json!({"name": "Clubs"}))
        .expect(201);
    let group = format!("/me/calendarGroups/{}", made["id"].as_str().unwrap());
    bench
        .graph("POST", "/me/calendarGroups", &json!({"name": "Clubs"}))
        .expect(409);
    let calendar = bench
        .graph(
            "POST",
            &format!("{group}/calendars"),
            &json!({"name": "Chess"}),
        )
        .expect(201);
    let list = bench
        .graph("GET", &format!("{group}/calendars"), &Value::Null)
        .expect(200);
    assert_eq!(column(&list["value"], "name"), ["Chess"]);
    bench.graph("DELETE", &group, &Value::Null).expect(400);
    let path = format!(
        "/me/calendars/{}/permanentDelete",
        calendar["id"].as_str().unwrap()
    );
    bench.graph("POST", &path, &Value::Null).expect(204);
    bench.graph("DELETE", &group, &Value::Null).expect(204);
    bench.graph("GET", &group, &Value::Null).expect(404);

    let made = bench
        .graph(
            "POST",
            "/me/outlook/masterCategories",
            &json!({"displayName": "X"}),
        )
        .expect(201);
    let path = format!(
        "/me/outlook/masterCategories/{}",
        made["id"].as_str().unwrap()
    );
    bench
        .graph("PATCH", &path, &json!({"displayName": "Y"}))
        .expect(400);
    let changed = bench
        .graph("PATCH", &path, &json!({"color": "preset3"}))
        .expect(200);
    assert_eq!(
        (&changed["displayName"], &changed["color"]),
        (&json!("X"), &json!("preset3"))
    );
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    bench.graph("GET", &path, &Value::Null).expect(404);
}

#[test]
fn reminders_and_forwards_want_their_parameters() {
    let mut bench = Bench::empty();
    let event = bench.graph("POST", "/me/events", &lunch()).expect(201);
    let event = format!("/me/events/{}", event["id"].as_str().unwrap());
    let later = json!({"newReminderTime": {"dateTime": "2026-11-23T19:55:00", "timeZone": "UTC"}});
    let to = json!({"comment": "x", "toRecipients": [{"emailAddress": {"address": "c@contoso.example"}}]});
    let cases = [
        ("snoozeReminder", later, 200),
        ("snoozeReminder", json!({}), 400),
        ("dismissReminder", Value::Null, 200),
        ("forward", to, 202),
        ("forward", json!({"comment": "x"}), 400),
        ("duplicate", Value::Null, 400),
    ];
    for (action, body, status) in cases {
        bench
            .graph("POST", &format!("{event}/{action}"), &body)
            .expect(status);
    }
    bench
        .graph("POST", &format!("{event}/permanentDelete"), &Value::Null)
        .expect(204);
    bench.graph("GET", &event, &Value::Null).expect(404);
}

#[test]
fn every_list_can_be_counted() {
    let mut bench = Bench::new(crate::Scenario::Sample);
    let view = format!("/me/calendarView/$count?{NOVEMBER}");
    let lists = [
        "/me/calendars/$count",
        "/me/calendarGroups/$count",
        "/me/outlook/masterCategories/$count",
        "/me/events/$count?$filter=isAllDay%20eq%20true",
        &view,
    ];
    for path in lists {
        let answer = bench.graph("GET", path, &Value::Null);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text);
        assert!(answer.text.parse::<u32>().unwrap() > 0, "{path}");
        assert_eq!(answer.header("content-type"), "text/plain");
    }
    bench
        .graph("GET", "/me/nothing/$count", &Value::Null)
        .expect(400);
}

#[test]
fn a_range_may_begin_on_the_date_of_either_zone() {
    let mut bench = Bench::empty();
    for date in ["2026-11-23", "2026-11-24"] {
        let mut body = super::timed("x", "2026-11-23T23:00:00", "2026-11-23T23:30:00", "UTC");
        body["recurrence"] = json!({
            "pattern": {"type": "daily", "interval": 1},
            "range": {"type": "noEnd", "startDate": date, "recurrenceTimeZone": "Tokyo Standard Time"},
        });
        let event = bench.graph("POST", "/me/events", &body).expect(201);
        assert_eq!(event["recurrence"]["range"]["startDate"], "2026-11-24");
        assert_eq!(event["start"]["dateTime"], "2026-11-23T23:00:00.0000000");
    }
}

#[test]
fn ordinary_reads_with_all_preferences_are_taken() {
    let mut bench = Bench::new(crate::Scenario::Sample);
    let prefer = [(
        "prefer",
        "IdType=\"ImmutableId\", outlook.timezone=\"UTC\", odata.maxpagesize=200",
    )];
    let mut read = |path: &str| {
        let answer = bench.graph_with("GET", path, &prefer, &Value::Null);
        assert_eq!(answer.header("preference-applied"), prefer[0].1, "{path}");
        answer.expect(200)
    };
    let calendar = read("/me/calendars?$top=100")["value"][0]["id"].clone();
    let calendar = calendar.as_str().unwrap();
    read("/me");
    read("/me/outlook/masterCategories");
    read(&format!("/me/calendars/{calendar}/calendarView?{NOVEMBER}"));
    let round = read(&format!(
        "/me/calendars/{calendar}/calendarView/delta?{NOVEMBER}"
    ));
    for item in round["value"].as_array().unwrap().iter().take(20) {
        let id = item["id"].as_str().unwrap();
        read(&format!("/me/events/{id}"));
        read(&format!(
            "/me/events/{id}/attachments?$select=name,contentType,size,isInline"
        ));
        if item["type"] == "seriesMaster" {
            read(&format!("/me/events/{id}/instances?{NOVEMBER}"));
        }
    }
}
