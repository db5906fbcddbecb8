//! Watch channels and their messages.

use chrono::{DateTime, Duration};

use super::*;
use crate::Scenario;

/// The headers of every message: number and state.
fn messages(deliveries: &[Delivery]) -> Vec<(String, String)> {
    let row = |one: &Delivery| {
        assert!(one.request.body().is_empty());
        let number = header(one, "x-goog-message-number");
        (number, header(one, "x-goog-resource-state"))
    };
    deliveries.iter().map(row).collect()
}

fn pair(number: &str, state: &str) -> (String, String) {
    (number.to_owned(), state.to_owned())
}

#[test]
fn a_channel_begins_with_sync_and_tells_of_every_change() {
    let mut bench = Bench::empty();
    let answer = watch(&mut bench, "primary", &json!({}));
    let channel = answer.expect(200);
    assert_eq!(channel["kind"], "api#channel");
    assert_eq!(channel["id"], "channel-1");
    assert_eq!(channel["token"], "tok");
    let week = (bench.now + Duration::days(7))
        .timestamp_millis()
        .to_string();
    assert_eq!(channel["expiration"], week);
    assert!(
        answer
            .at("/resourceUri")
            .ends_with("/calendar/v3/calendars/primary/events?alt=json")
    );
    assert!(due(&mut bench).is_empty(), "the answer comes first");
    bench.advance(Duration::seconds(1));
    let sync = deliver(&mut bench, 200);
    assert_eq!(messages(&sync), [pair("1", "sync")]);
    let expected = [
        ("x-goog-channel-id", "channel-1".to_owned()),
        ("x-goog-channel-token", "tok".to_owned()),
        ("x-goog-resource-id", answer.at("/resourceId")),
        ("x-goog-resource-uri", answer.at("/resourceUri")),
        (
            "x-goog-channel-expiration",
            "Fri, 27 Nov 2026 09:38:00 GMT".to_owned(),
        ),
        (
            "user-agent",
            "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)".to_owned(),
        ),
    ];
    for (name, value) in expected {
        assert_eq!(header(&sync[0], name), value, "{name}");
    }
    assert_eq!(sync[0].request.uri(), HOOK);
    google_meal(&mut bench, "primary");
    google_meal(&mut bench, "primary");
    assert_eq!(
        messages(&deliver(&mut bench, 204)),
        [pair("2", "exists"), pair("3", "exists")]
    );
    bench
        .google("GET", "/calendars/primary/events", &Value::Null)
        .expect(200);
    assert!(due(&mut bench).is_empty());
}

#[test]
fn a_channel_hears_of_its_own_calendar_until_it_is_stopped_or_ends() {
    let mut bench = Bench::new(Scenario::Sample);
    let list = bench
        .google("GET", "/users/me/calendarList", &Value::Null)
        .expect(200);
    let family = list["items"][1]["id"].as_str().unwrap().to_owned();
    let coded = family.replace('@', "%40");
    let first = watch(&mut bench, &coded, &json!({})).at("/resourceId");
    let second = watch(
        &mut bench,
        &coded,
        &json!({"id": "channel-2", "token": null}),
    );
    assert_eq!(second.at("/resourceId"), first, "the resource is the same");
    let other = watch(&mut bench, "primary", &json!({"id": "channel-3"}));
    assert_ne!(other.at("/resourceId"), first);
    bench.advance(Duration::seconds(1));
    let sync = deliver(&mut bench, 200);
    assert_eq!(sync.len(), 3);
    assert_eq!(
        header(&sync[1], "x-goog-channel-token"),
        "",
        "none was given"
    );
    google_meal(&mut bench, &coded);
    let told = deliver(&mut bench, 200);
    let ids: Vec<String> = told
        .iter()
        .map(|one| header(one, "x-goog-channel-id"))
        .collect();
    assert_eq!(ids, ["channel-1", "channel-2"]);
    for (id, resource, status) in [
        ("channel-1", "other", 404),
        ("none", first.as_str(), 404),
        ("channel-1", first.as_str(), 204),
        ("channel-1", first.as_str(), 404),
    ] {
        let body = json!({"id": id, "resourceId": resource});
        let answer = bench.google("POST", "/channels/stop", &body);
        assert_eq!(answer.status, status, "{id} {resource}");
    }
    google_meal(&mut bench, &coded);
    assert_eq!(messages(&deliver(&mut bench, 200)), [pair("3", "exists")]);
    bench
        .google("DELETE", &format!("/calendars/{coded}"), &Value::Null)
        .expect(204);
    assert_eq!(
        messages(&deliver(&mut bench, 200)),
        [pair("4", "not_exists")]
    );
    bench.advance(Duration::days(7));
    google_meal(&mut bench, "primary");
    assert!(due(&mut bench).is_empty(), "the channel has ended");
    let list = bench
        .admin("GET", "/subscriptions", &Value::Null)
        .expect(200);
    assert_eq!(list, json!([]));
}

#[test]
fn the_life_of_a_channel_is_what_was_asked_for_and_at_most_a_week() {
    let mut bench = Bench::empty();
    let in_hours = |hours: i64| (bench.now + Duration::hours(hours)).timestamp_millis();
    let cases = [
        (json!({"expiration": in_hours(2).to_string()}), 2),
        (json!({"expiration": in_hours(3)}), 3),
        (json!({"params": {"ttl": "3600"}}), 1),
        (json!({"params": {"ttl": 7200}}), 2),
        (json!({"expiration": in_hours(24 * 30)}), 24 * 7),
        (json!({"params": {"ttl": "9999999"}}), 24 * 7),
    ];
    for (at, (change, hours)) in cases.into_iter().enumerate() {
        let mut change = change;
        change["id"] = json!(format!("c{at}"));
        let answer = watch(&mut bench, "primary", &change);
        let millis = answer.at("/expiration").parse().unwrap();
        let ends = DateTime::from_timestamp_millis(millis).unwrap();
        assert_eq!(ends - bench.now, Duration::hours(hours), "{change}");
    }
}

#[test]
fn what_is_wrong_has_a_reason() {
    let long = "x".repeat(65);
    let wide = "x".repeat(257);
    let holidays = "en.german%23holiday%40group.v.calendar.google.com";
    let birthdays = "addressbook%23contacts%40group.v.calendar.google.com";
    let cases = [
        ("primary", json!({"id": null}), 400, "required"),
        ("primary", json!({"address": null}), 400, "required"),
        ("primary", json!({"type": null}), 400, "required"),
        ("primary", json!({"type": "mail"}), 400, "invalid"),
        ("primary", json!({"id": long}), 400, "invalid"),
        ("primary", json!({"id": "a b"}), 400, "invalid"),
        ("primary", json!({"token": wide}), 400, "invalid"),
        ("primary", json!({"token": "a\r\nb: c"}), 400, "invalid"),
        ("primary", json!({"expiration": "1"}), 400, "invalid"),
        (
            "primary",
            json!({"address": "http://example.com"}),
            400,
            "webhookUrlNotHttps",
        ),
        ("primary", json!({"id": "taken"}), 400, "channelIdNotUnique"),
        ("none", json!({}), 404, "notFound"),
        (
            holidays,
            json!({}),
            400,
            "pushNotSupportedForRequestedResource",
        ),
        (
            birthdays,
            json!({}),
            400,
            "pushNotSupportedForRequestedResource",
        ),
    ];
    let mut bench = Bench::empty();
    watch(
        &mut bench,
        "primary",
        &json!({"id": "taken", "type": "webhook"}),
    )
    .expect(200);
    for (calendar, change, status, reason) in cases {
        let answer = watch(&mut bench, calendar, &change);
        assert_eq!(answer.status, status, "{change}: {}", answer.text);
        assert_eq!(answer.at("/error/errors/0/reason"), reason, "{change}");
    }
    set(&mut bench, &json!({"not_a_calendar_user": true}));
    let answer = watch(&mut bench, "primary", &json!({}));
    assert_eq!(
        answer.expect(403)["error"]["errors"][0]["reason"],
        "notACalendarUser"
    );
}

#[test]
fn a_holiday_calendar_can_stand_in_the_list_and_be_read() {
    let id = "en.german#holiday@group.v.calendar.google.com";
    let mut bench = Bench::world(&json!({"accounts": [{
        "provider": "google", "email": "ada@example.com", "name": "Ada",
        "calendars": [{"name": "Ada"}, {"name": "Holidays in Germany", "id": id, "read_only": true}],
    }]}));
    let list = bench
        .google("GET", "/users/me/calendarList", &Value::Null)
        .expect(200);
    assert_eq!(list["items"][1]["id"], id);
    let coded = id.replace('#', "%23").replace('@', "%40");
    watch(&mut bench, &coded, &json!({})).expect(400);
}

#[test]
fn numbers_may_have_gaps_and_sync_may_come_before_the_answer() {
    let mut bench = Bench::empty();
    set(
        &mut bench,
        &json!({"number_gaps": true, "sync_first": true}),
    );
    watch(&mut bench, "primary", &json!({})).expect(200);
    let first = bench.sim.before_answer();
    assert_eq!(messages(&first), [pair("1", "sync")]);
    assert!(bench.sim.before_answer().is_empty(), "once");
    assert!(due(&mut bench).is_empty(), "under way");
    outcome(&mut bench, &first[0], answered(200));
    let mut last = 1;
    for _ in 0..5 {
        google_meal(&mut bench, "primary");
        let told = messages(&deliver(&mut bench, 200));
        let number: u64 = told[0].0.parse().unwrap();
        assert!(number > last + 1, "{number} after {last}");
        last = number;
    }
}

#[test]
fn other_users_cannot_stop_a_channel() {
    let account = |email: &str| json!({"provider": "google", "email": email, "name": email, "calendars": [{"name": "Own"}]});
    let accounts = [account("ada@example.com"), account("bob@example.com")];
    let mut bench = Bench::world(&json!({"accounts": accounts}));
    let resource = watch(&mut bench, "primary", &json!({})).at("/resourceId");
    let stop = json!({"id": "channel-1", "resourceId": resource});
    let path = "/calendar/v3/channels/stop";
    bench
        .as_user("bob@example.com", "POST", path, &stop)
        .expect(404);
    bench
        .as_user("ada@example.com", "POST", path, &stop)
        .expect(204);
}
