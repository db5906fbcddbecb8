//! Subscriptions and what they say.

use chrono::Duration;

use super::*;
use crate::Scenario;

#[test]
fn a_subscription_is_made_when_both_webhooks_echo_their_token() {
    let mut bench = Bench::empty();
    let bearer = bench.token("microsoft");
    let body = subscription(&json!({}));
    let (answer, asked) = as_user(
        &mut bench,
        &bearer,
        "POST",
        "/v1.0/subscriptions",
        &[],
        &body,
        |one| {
            let query = one.request.uri().query().unwrap();
            assert_eq!(one.request.method(), "POST");
            assert!(one.request.body().is_empty());
            assert!(
                query.contains("validationToken=Validation%3A%20Testing+client+"),
                "{query}"
            );
            assert_eq!(query.starts_with("secret=1&"), one.url == HOOK, "{query}");
            honest(one)
        },
    );
    assert_eq!(asked, 2);
    let made = answer.expect(201);
    let me = bench.graph("GET", "/me", &Value::Null).expect(200);
    let expected = json!({
        "resource": "me/events",
        "applicationId": crate::MICROSOFT_CLIENT_ID,
        "changeType": "created,updated,deleted",
        "clientState": "state",
        "notificationUrl": HOOK,
        "lifecycleNotificationUrl": LIFECYCLE,
        "expirationDateTime": "2026-11-26T09:38:00.0000000Z",
        "creatorId": me["id"],
        "latestSupportedTlsVersion": "v1_2",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&made[name], value, "{name}");
    }
    assert!(crate::graph::agrees(
        "subscription",
        made.as_object().unwrap()
    ));
    let path = format!("/subscriptions/{}", made["id"].as_str().unwrap());
    let read = bench.graph("GET", &path, &Value::Null).expect(200);
    let list = bench
        .graph("GET", "/subscriptions", &Value::Null)
        .expect(200);
    for shown in [&read, &list["value"][0]] {
        assert_eq!(shown["id"], made["id"]);
        assert_eq!(
            shown["clientState"],
            Value::Null,
            "not shown to those who read"
        );
    }
}

#[test]
fn a_short_life_is_raised_and_ends_with_404() {
    let mut bench = Bench::empty();
    let id = subscribe(
        &mut bench,
        &json!({"expirationDateTime": "2026-11-20T09:40:00Z"}),
    );
    let path = format!("/subscriptions/{id}");
    let read = bench.graph("GET", &path, &Value::Null).expect(200);
    assert_eq!(read["expirationDateTime"], "2026-11-20T10:23:00.0000000Z");
    meal(&mut bench);
    bench.advance(Duration::minutes(45));
    assert!(due(&mut bench).is_empty(), "what it had to say is gone too");
    let renewal = json!({"expirationDateTime": "2026-11-26T09:38:00Z"});
    bench.graph("PATCH", &path, &renewal).expect(404);
    bench.graph("GET", &path, &Value::Null).expect(404);
    bench
        .graph("POST", &format!("{path}/reauthorize"), &Value::Null)
        .expect(404);
    subscribe(&mut bench, &json!({}));
}

#[test]
fn every_kind_of_change_is_told_with_the_ids_of_the_event() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    let me = bench.graph("GET", "/me", &Value::Null).expect(200);
    let event = meal(&mut bench);
    let told = deliver(&mut bench, 202);
    let [delivery] = &told[..] else {
        panic!("{told:?}")
    };
    assert_eq!(delivery.request.uri(), HOOK);
    assert_eq!(delivery.request.method(), "POST");
    assert!(header(delivery, "content-type").starts_with("application/json"));
    let resource = format!("Users/{}/Events/{event}", me["id"].as_str().unwrap());
    let shown = bench
        .graph("GET", &format!("/me/events/{event}"), &Value::Null)
        .expect(200);
    let item = items(delivery).remove(0);
    assert_eq!(
        item,
        json!({
            "id": item["id"],
            "subscriptionId": id,
            "subscriptionExpirationDateTime": "2026-11-26T09:38:00.0000000Z",
            "clientState": "state",
            "changeType": "created",
            "resource": resource,
            "tenantId": item["tenantId"],
            "resourceData": {
                "@odata.type": "#Microsoft.Graph.Event",
                "@odata.id": resource,
                "@odata.etag": shown["@odata.etag"],
                "id": event,
            },
        })
    );
    assert_eq!(item["tenantId"].as_str().unwrap().len(), 36);
    let target = format!("/me/events/{event}");
    bench
        .graph("PATCH", &target, &json!({"subject": "Tea"}))
        .expect(200);
    assert_eq!(all(&deliver(&mut bench, 200), "/changeType"), ["updated"]);
    bench.graph("DELETE", &target, &Value::Null).expect(204);
    assert_eq!(all(&deliver(&mut bench, 200), "/changeType"), ["deleted"]);
    let item = json!({"provider": "microsoft", "item": {"id": "odd", "subject": "Odd"}});
    bench.admin("POST", "/inject", &item).expect(200);
    assert_eq!(all(&deliver(&mut bench, 200), "/resourceData/id"), ["odd"]);
    bench.graph("GET", "/me/events", &Value::Null).expect(200);
    assert!(due(&mut bench).is_empty(), "a read changes nothing");
    assert_eq!(bench.sim.next_delivery(), None);
}

#[test]
fn an_occurrence_is_told_with_its_series() {
    let mut bench = Bench::empty();
    subscribe(&mut bench, &json!({}));
    let mut weekly = lunch();
    weekly["recurrence"] = json!({
        "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
        "range": {"type": "noEnd", "startDate": "2026-11-23"},
    });
    let series = bench.graph("POST", "/me/events", &weekly).at("/id");
    deliver(&mut bench, 200);
    let window = "startDateTime=2026-11-20T00:00:00Z&endDateTime=2026-12-20T00:00:00Z";
    let view = bench
        .graph("GET", &format!("/me/calendarView?{window}"), &Value::Null)
        .expect(200);
    let ids = crate::testing::column(&view["value"], "id");
    bench
        .graph(
            "PATCH",
            &format!("/me/events/{}", ids[0]),
            &json!({"subject": "Tea"}),
        )
        .expect(200);
    let told = deliver(&mut bench, 200);
    assert_eq!(all(&told, "/resourceData/id"), [ids[0].clone()]);
    assert_eq!(
        all(&told, "/changeType"),
        ["updated"],
        "the occurrence was there before"
    );
    bench
        .graph("DELETE", &format!("/me/events/{}", ids[1]), &Value::Null)
        .expect(204);
    let told = deliver(&mut bench, 200);
    assert_eq!(all(&told, "/resourceData/id"), [series]);
    assert_eq!(all(&told, "/changeType"), ["updated"]);
}

#[test]
fn a_subscription_says_only_what_it_is_on() {
    let mut bench = Bench::new(Scenario::Sample);
    let list = bench
        .graph("GET", "/me/calendars", &Value::Null)
        .expect(200);
    let second = list["value"][1]["id"].as_str().unwrap().to_owned();
    let resource = format!("me/calendars/{second}/events");
    let one = subscribe(&mut bench, &json!({"resource": resource}));
    let whole = subscribe(&mut bench, &json!({"changeType": "created"}));
    let event = meal(&mut bench);
    assert_eq!(
        all(&deliver(&mut bench, 200), "/subscriptionId"),
        std::slice::from_ref(&whole)
    );
    let made = bench.graph("POST", &format!("/me/calendars/{second}/events"), &lunch());
    let made = made.at("/id");
    assert_eq!(
        all(&deliver(&mut bench, 200), "/subscriptionId"),
        [one.clone(), whole]
    );
    bench
        .graph(
            "PATCH",
            &format!("/me/events/{event}"),
            &json!({"subject": "Tea"}),
        )
        .expect(200);
    assert!(
        due(&mut bench).is_empty(),
        "an update in the default calendar"
    );
    bench
        .graph("DELETE", &format!("/me/calendars/{second}"), &Value::Null)
        .expect(204);
    let told = deliver(&mut bench, 200);
    assert!(all(&told, "/resourceData/id").contains(&made));
    assert!(
        all(&told, "/changeType")
            .iter()
            .all(|kind| kind == "deleted")
    );
    assert!(all(&told, "/subscriptionId").iter().all(|id| *id == one));
}

#[test]
fn a_write_through_a_share_is_told_to_the_owner() {
    let mut bench = Bench::new(Scenario::Shared);
    let shares = bench.admin("GET", "/shares", &Value::Null).expect(200);
    let share = shares.as_array().unwrap().iter();
    let share = share
        .clone()
        .find(|one| one["role"] == "write" && !one["copy"].is_null())
        .unwrap();
    let accounts = bench.sim.accounts();
    let owner = accounts
        .iter()
        .find(|one| json!(one.email) == share["owner"])
        .unwrap();
    let body = subscription(&json!({}));
    let token = &owner.access_token;
    as_user(
        &mut bench,
        token,
        "POST",
        "/v1.0/subscriptions",
        &[],
        &body,
        honest,
    )
    .0
    .expect(201);
    let copy = share["copy"].as_str().unwrap();
    let path = format!("/v1.0/me/calendars/{copy}/events");
    let recipient = share["email"].as_str().unwrap();
    bench
        .as_user(recipient, "GET", "/v1.0/me/calendars", &Value::Null)
        .expect(200);
    deliver(&mut bench, 200);
    bench
        .as_user(recipient, "POST", &path, &lunch())
        .expect(201);
    assert_eq!(all(&deliver(&mut bench, 200), "/changeType"), ["created"]);
}

#[test]
fn immutable_ids_are_kept_for_the_notifications() {
    let mut bench = Bench::empty();
    let bearer = bench.token("microsoft");
    let body = subscription(&json!({}));
    let prefer = [("prefer", "IdType=\"ImmutableId\"")];
    as_user(
        &mut bench,
        &bearer,
        "POST",
        "/v1.0/subscriptions",
        &prefer,
        &body,
        honest,
    )
    .0
    .expect(201);
    let event = meal(&mut bench);
    let told = all(&deliver(&mut bench, 200), "/resourceData/id");
    assert_eq!(told, [crate::ids::to_immutable(&event)]);
    assert_ne!(told, [event]);
}

#[test]
fn renewing_and_reauthorizing_need_ten_minutes_between_them() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    let path = format!("/subscriptions/{id}");
    let renewal = json!({"expirationDateTime": "2026-11-26T12:00:00Z"});
    let reauthorize = format!("{path}/reauthorize");
    bench.graph("POST", &reauthorize, &Value::Null).expect(204);
    bench.graph("PATCH", &path, &renewal).expect(400);
    bench.advance(Duration::minutes(10));
    bench.graph("PATCH", &path, &renewal).expect(200);
    bench.graph("PATCH", &path, &renewal).expect(200);
    bench.graph("POST", &reauthorize, &Value::Null).expect(400);
    bench.advance(Duration::minutes(10));
    bench.graph("POST", &reauthorize, &Value::Null).expect(204);
    let read = bench.graph("GET", &path, &Value::Null).expect(200);
    assert_eq!(read["expirationDateTime"], "2026-11-26T12:00:00.0000000Z");
}

#[test]
fn lifecycle_events_go_to_their_own_webhook() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    for event in ["reauthorizationRequired", "missed", "subscriptionRemoved"] {
        let body = json!({"email": "nobody@example.com", "event": event});
        bench.admin("POST", "/lifecycle", &body).expect(400);
        let body = json!({"subscription": id, "event": event});
        assert_eq!(
            bench.admin("POST", "/lifecycle", &body).expect(200)["sent"],
            1
        );
        let told = deliver(&mut bench, 202);
        assert_eq!(told[0].request.uri(), LIFECYCLE);
        let item = items(&told[0]).remove(0);
        assert_eq!(item["lifecycleEvent"], event);
        assert_eq!(item["subscriptionId"], json!(id));
        assert_eq!(item["clientState"], "state");
        assert!(item.get("changeType").is_none() && item.get("resource").is_none());
    }
    bench
        .graph("GET", &format!("/subscriptions/{id}"), &Value::Null)
        .expect(404);
    bench
        .admin("POST", "/lifecycle", &json!({"event": "renamed"}))
        .expect(400);
}

#[test]
fn without_a_good_token_notifications_wait_for_a_renewal() {
    let mut bench = Bench::empty();
    set(&mut bench, &json!({"subscription_needs_fresh_token": true}));
    let id = subscribe(&mut bench, &json!({}));
    let path = format!("/subscriptions/{id}");
    let token = bench.token("microsoft");
    let forget = |bench: &mut Bench| {
        let account = bench.sim.grants.access(&token, bench.now).cloned().unwrap();
        let body = json!({"test_tokens": true});
        bench.admin("POST", "/tokens/expire", &body).expect(200);
        account
    };
    let access = forget(&mut bench);
    let told = deliver(&mut bench, 202);
    assert_eq!(all(&told, "/lifecycleEvent"), ["reauthorizationRequired"]);
    assert!(deliver(&mut bench, 202).is_empty(), "said once");
    let item = json!({"provider": "microsoft", "item": {"id": "odd"}});
    bench.admin("POST", "/inject", &item).expect(200);
    for _ in 0..30 {
        bench.advance(Duration::minutes(1));
        assert!(due(&mut bench).is_empty());
    }
    assert_eq!(counts(&mut bench)[4], 1);
    // Somebody signs in again; the new token is another one, of the same reach.
    bench.sim.grants.put_access("fresh", access.clone());
    let renewal = json!({"expirationDateTime": "2026-11-26T12:00:00Z"});
    let (answer, _) = as_user(
        &mut bench,
        "fresh",
        "PATCH",
        &format!("/v1.0{path}"),
        &[],
        &renewal,
        honest,
    );
    answer.expect(200);
    assert_eq!(all(&deliver(&mut bench, 202), "/resourceData/id"), ["odd"]);
    bench
        .admin("POST", "/tokens/expire", &json!({"test_tokens": true}))
        .expect(200);
    deliver(&mut bench, 202);
    bench.admin("POST", "/inject", &item).expect(200);
    assert!(due(&mut bench).is_empty());
    bench.advance(Duration::hours(5));
    let told = due(&mut bench);
    assert_eq!(
        all(&told, "/lifecycleEvent"),
        ["missed"],
        "four hours are over"
    );
}

#[test]
fn a_token_that_ends_soon_is_asked_for_before_it_does() {
    let mut bench = Bench::empty();
    set(&mut bench, &json!({"subscription_needs_fresh_token": true}));
    let token = bench.token("microsoft");
    let mut access = bench.sim.grants.access(&token, bench.now).cloned().unwrap();
    access.expires = Some(bench.now + Duration::hours(1));
    bench.sim.grants.put_access("hour", access);
    let body = subscription(&json!({}));
    as_user(
        &mut bench,
        "hour",
        "POST",
        "/v1.0/subscriptions",
        &[],
        &body,
        honest,
    )
    .0
    .expect(201);
    assert_eq!(
        bench.sim.next_delivery(),
        Some(bench.now + Duration::minutes(45))
    );
    bench.advance(Duration::minutes(45));
    assert_eq!(
        all(&deliver(&mut bench, 202), "/lifecycleEvent"),
        ["reauthorizationRequired"]
    );
    meal(&mut bench);
    assert_eq!(deliver(&mut bench, 202).len(), 1, "it is still good");
}

#[test]
fn quirks_change_what_a_subscription_may_be_on_and_its_token() {
    let mut bench = Bench::empty();
    set(
        &mut bench,
        &json!({"mailbox_only": true, "hostile_validation_token": true}),
    );
    let list = bench
        .graph("GET", "/me/calendars", &Value::Null)
        .expect(200);
    let resource = format!(
        "me/calendars/{}/events",
        list["value"][0]["id"].as_str().unwrap()
    );
    let body = subscription(&json!({"resource": resource}));
    graph(&mut bench, "POST", "/subscriptions", &body).expect(400);
    let bearer = bench.token("microsoft");
    let body = subscription(&json!({}));
    let (answer, _) = as_user(
        &mut bench,
        &bearer,
        "POST",
        "/v1.0/subscriptions",
        &[],
        &body,
        |one| {
            assert!(token(one).starts_with("<script>"));
            honest(one)
        },
    );
    answer.expect(201);
}
