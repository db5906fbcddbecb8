//! What is refused, and in which words; what the log calls it.

use super::*;
use crate::Scenario;

#[test]
fn a_webhook_that_does_not_echo_its_token_is_not_subscribed() {
    type Case = (&'static str, fn(&Validation) -> Echo, &'static str);
    let cases: [Case; 9] = [
        ("nobody there", |_| Echo::Unreachable, "timed out."),
        (
            "late",
            |one| echoing(200, "text/plain", token(one), 11),
            "timed out.",
        ),
        (
            "no content",
            |one| echoing(204, "text/plain", token(one), 0),
            "failed. HTTP status code is 'NoContent'.",
        ),
        (
            "accepted",
            |one| echoing(202, "text/plain", token(one), 0),
            "failed. HTTP status code is 'Accepted'.",
        ),
        (
            "redirected",
            |_| echoing(302, "text/plain", String::new(), 0),
            "failed. HTTP status code is 'Found'.",
        ),
        (
            "HTML",
            |one| echoing(200, "text/html", token(one), 0),
            "failed. Response must be of the type",
        ),
        (
            "a line more",
            |one| echoing(200, "text/plain", format!("{}\n", token(one)), 0),
            "failed. Response must exactly match",
        ),
        (
            "not decoded",
            |one| {
                let query = one.request.uri().query().unwrap().to_owned();
                echoing(200, "text/plain", query, 0)
            },
            "failed. Response must exactly match",
        ),
        (
            "one of two",
            |one| {
                if one.url == HOOK {
                    honest(one)
                } else {
                    Echo::Unreachable
                }
            },
            "timed out.",
        ),
    ];
    for (name, echo, words) in cases {
        let mut bench = Bench::empty();
        let bearer = bench.token("microsoft");
        let body = subscription(&json!({}));
        let (answer, _) = as_user(
            &mut bench,
            &bearer,
            "POST",
            "/v1.0/subscriptions",
            &[],
            &body,
            echo,
        );
        assert_eq!(answer.status, 400, "{name}: {}", answer.text);
        assert_eq!(answer.at("/error/code"), "ValidationError", "{name}");
        let message = answer.at("/error/message");
        let expected = format!("Subscription validation request {words}");
        assert!(message.starts_with(&expected), "{name}: {message}");
        let list = bench
            .graph("GET", "/subscriptions", &Value::Null)
            .expect(200);
        assert_eq!(list["value"], json!([]), "{name}");
    }
}

#[test]
fn a_request_whose_webhooks_nobody_asked_is_refused() {
    let mut bench = Bench::empty();
    let body = subscription(&json!({}));
    let answer = bench.graph("POST", "/subscriptions", &body);
    assert_eq!(answer.expect(400)["error"]["code"], "ValidationError");
}

#[test]
fn what_is_wrong_is_said_without_asking_the_webhook() {
    let long = "x".repeat(129);
    let cases = [
        (
            json!({"changeType": null}),
            400,
            "InvalidRequest",
            "'changeType' is required",
        ),
        (
            json!({"notificationUrl": null}),
            400,
            "InvalidRequest",
            "'notificationUrl' is required",
        ),
        (
            json!({"resource": null}),
            400,
            "InvalidRequest",
            "'resource' is required",
        ),
        (
            json!({"expirationDateTime": null}),
            400,
            "InvalidRequest",
            "is required",
        ),
        (
            json!({"changeType": "created,moved"}),
            400,
            "InvalidRequest",
            "'moved'",
        ),
        (
            json!({"notificationUrl": "http://example.com/hook"}),
            400,
            "InvalidRequest",
            "HTTPS",
        ),
        (
            json!({"lifecycleNotificationUrl": "http://example.com"}),
            400,
            "InvalidRequest",
            "HTTPS",
        ),
        (
            json!({"notificationUrl": "hook"}),
            400,
            "InvalidRequest",
            "HTTPS",
        ),
        (json!({"clientState": long}), 400, "InvalidRequest", "128"),
        (
            json!({"clientstate": "x"}),
            400,
            "InvalidRequest",
            "spelled and camelCased",
        ),
        (
            json!({"expirationDateTime": "tomorrow"}),
            400,
            "InvalidRequest",
            "camelCased",
        ),
        (
            json!({"expirationDateTime": "2026-11-20T09:37:59Z"}),
            400,
            "InvalidRequest",
            "future",
        ),
        (
            json!({"expirationDateTime": "2026-11-27T09:38:01Z"}),
            400,
            "ExtensionError",
            "Subscription expiration can only be 10080 minutes in the future.",
        ),
        (
            json!({"includeResourceData": true}),
            400,
            "InvalidRequest",
            "resource data",
        ),
        (
            json!({"resource": "me/messages"}),
            400,
            "InvalidRequest",
            "not supported",
        ),
        (
            json!({"resource": "me/events?$filter=x"}),
            400,
            "InvalidRequest",
            "not supported",
        ),
        (
            json!({"resource": "me/calendars/none/events"}),
            404,
            "ExtensionError",
            "NotFound",
        ),
        (
            json!({"resource": "users/bob@contoso.example/events"}),
            403,
            "ExtensionError",
            "Forbidden",
        ),
    ];
    for (change, status, code, words) in cases {
        let mut bench = Bench::empty();
        let bearer = bench.token("microsoft");
        let body = subscription(&change);
        let (answer, asked) = as_user(
            &mut bench,
            &bearer,
            "POST",
            "/v1.0/subscriptions",
            &[],
            &body,
            honest,
        );
        assert_eq!(answer.status, status, "{change}: {}", answer.text);
        assert_eq!(answer.at("/error/code"), code, "{change}");
        assert!(
            answer.at("/error/message").contains(words),
            "{}",
            answer.text
        );
        assert_eq!(asked, 0, "{change}");
    }
}

#[test]
fn resources_are_named_in_many_ways() {
    let mut bench = Bench::new(Scenario::Sample);
    let me = bench.graph("GET", "/me", &Value::Null).expect(200);
    let (id, mail) = (me["id"].as_str().unwrap(), me["mail"].as_str().unwrap());
    let list = bench
        .graph("GET", "/me/calendars", &Value::Null)
        .expect(200);
    let second = list["value"][1]["id"].as_str().unwrap();
    let mailbox = [
        "me/events".to_owned(),
        "/me/events".to_owned(),
        format!("/users/{id}/events"),
        format!("Users/{}/Events", mail.to_uppercase()),
        format!("users('{id}')/events"),
    ];
    let one = [
        format!("/me/calendars/{second}/events"),
        format!("users/{mail}/calendars/{second}/events"),
        format!("me/calendars('{second}')/events"),
    ];
    for (resources, calendar) in [(&mailbox[..], Value::Null), (&one[..], json!(second))] {
        let id = subscribe(&mut bench, &json!({"resource": resources[0]}));
        for resource in resources {
            let body = subscription(&json!({"resource": resource}));
            let again = graph(&mut bench, "POST", "/subscriptions", &body).expect(409);
            assert_eq!(
                again["error"]["message"],
                format!("Subscription Id {id} already exists for the requested combination"),
                "{resource}"
            );
        }
        let shown = bench
            .admin("GET", "/subscriptions", &Value::Null)
            .expect(200);
        let row = shown
            .as_array()
            .unwrap()
            .iter()
            .find(|row| row["id"] == json!(id));
        assert_eq!(row.unwrap()["calendar"], calendar);
    }
    subscribe(&mut bench, &json!({"changeType": "deleted"}));
    let body = subscription(&json!({"changeType": "updated, deleted,created"}));
    graph(&mut bench, "POST", "/subscriptions", &body).expect(409);
}

#[test]
fn what_lies_in_another_mailbox_cannot_be_subscribed_to() {
    let mut bench = Bench::new(Scenario::Shared);
    let shares = bench.admin("GET", "/shares", &Value::Null).expect(200);
    let share = shares
        .as_array()
        .unwrap()
        .iter()
        .find(|one| !one["copy"].is_null());
    let share = share.unwrap();
    let account = bench.sim.accounts();
    let account = account
        .iter()
        .find(|one| json!(one.email) == share["email"])
        .unwrap();
    let (copy, source) = (
        share["copy"].as_str().unwrap(),
        share["source"].as_str().unwrap(),
    );
    let owner = share["owner"].as_str().unwrap();
    bench
        .as_user(&account.email, "GET", "/v1.0/me/calendars", &Value::Null)
        .expect(200);
    for resource in [
        format!("me/calendars/{copy}/events"),
        format!("me/calendars/{source}/events"),
        format!("users/{owner}/events"),
        format!("users/{owner}/calendars/{source}/events"),
    ] {
        let body = subscription(&json!({"resource": resource}));
        let token = &account.access_token;
        let (answer, asked) = as_user(
            &mut bench,
            token,
            "POST",
            "/v1.0/subscriptions",
            &[],
            &body,
            honest,
        );
        assert_eq!(
            answer.expect(403)["error"]["code"],
            "ExtensionError",
            "{resource}"
        );
        assert_eq!(asked, 0);
    }
}

#[test]
fn a_patch_changes_only_what_may_be_changed() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    let path = format!("/subscriptions/{id}");
    let cases = [
        (json!({}), 400),
        (
            json!({"lifecycleNotificationUrl": "https://example.com/other"}),
            400,
        ),
        (json!({"clientState": "other"}), 400),
        (json!({"expirationDateTime": "2026-11-28T09:38:00Z"}), 400),
        (json!({"notificationUrl": "http://example.com"}), 400),
        (
            json!({"@odata.type": "#microsoft.graph.subscription", "expirationDateTime": "2026-11-27T09:00:00+00:00"}),
            200,
        ),
    ];
    for (body, status) in cases {
        assert_eq!(bench.graph("PATCH", &path, &body).status, status, "{body}");
    }
    let other = json!({"notificationUrl": "https://example.com/other"});
    assert_eq!(
        bench.graph("PATCH", &path, &other).status,
        400,
        "not validated"
    );
    let changed = graph(&mut bench, "PATCH", &path, &other).expect(200);
    assert_eq!(changed["notificationUrl"], other["notificationUrl"]);
    assert_eq!(
        changed["expirationDateTime"],
        "2026-11-27T09:00:00.0000000Z"
    );
    let same = bench.graph("PATCH", &path, &other);
    assert_eq!(
        same.status, 200,
        "an address that is known is not tried again"
    );
}

#[test]
fn only_the_user_who_made_a_subscription_has_it() {
    let mut bench = Bench::new(Scenario::Shared);
    let id = subscribe(&mut bench, &json!({}));
    let other = bench.sim.accounts().remove(1).email;
    let list = bench.as_user(&other, "GET", "/v1.0/subscriptions", &Value::Null);
    assert_eq!(list.expect(200)["value"], json!([]));
    let path = format!("/v1.0/subscriptions/{id}");
    for method in ["GET", "DELETE", "PATCH"] {
        let body = json!({"expirationDateTime": "2026-11-26T09:38:00Z"});
        let answer = bench.as_user(&other, method, &path, &body).expect(404);
        assert_eq!(answer["error"]["code"], "ResourceNotFound");
    }
    bench
        .graph("DELETE", &format!("/subscriptions/{id}"), &Value::Null)
        .expect(204);
    bench
        .graph("DELETE", &format!("/subscriptions/{id}"), &Value::Null)
        .expect(404);
}

#[test]
fn a_thousand_subscriptions_fill_a_mailbox() {
    let mut bench = Bench::empty();
    subscribe(&mut bench, &json!({}));
    let one = bench.sim.push.subscriptions[0].clone();
    bench
        .sim
        .push
        .subscriptions
        .extend(std::iter::repeat_n(one, 999));
    let body = subscription(&json!({"changeType": "deleted"}));
    let answer = graph(&mut bench, "POST", "/subscriptions", &body);
    assert_eq!(answer.expect(403)["error"]["code"], "ExtensionError");
}

#[test]
fn a_subscription_can_be_made_in_a_batch_and_in_a_national_cloud() {
    let mut bench = Bench::new(Scenario::Clouds);
    let accounts = bench.sim.accounts();
    let china = accounts
        .iter()
        .find(|one| one.cloud.as_deref() == Some("china"))
        .unwrap();
    let body = subscription(&json!({}));
    let token = &china.access_token;
    let (made, asked) = as_user(
        &mut bench,
        token,
        "POST",
        "/china/v1.0/subscriptions",
        &[],
        &body,
        honest,
    );
    made.expect(201);
    assert_eq!(asked, 2);
    assert!(
        made.at("/@odata.context")
            .contains("/china/v1.0/$metadata#subscriptions/$entity")
    );
    let batch = json!({"requests": [{
        "id": "1", "method": "POST", "url": "/subscriptions",
        "headers": {"content-type": "application/json"}, "body": body,
    }]});
    let answer = graph(&mut bench, "POST", "/$batch", &batch).expect(200);
    assert_eq!(answer["responses"][0]["status"], 201, "{answer}");
}

#[test]
fn the_log_and_faults_name_every_kind() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    let path = format!("/subscriptions/{id}");
    let renewed = json!({"expirationDateTime": "2026-11-26T09:38:00Z"});
    bench
        .graph("GET", "/subscriptions", &Value::Null)
        .expect(200);
    bench.graph("GET", &path, &Value::Null).expect(200);
    bench
        .graph("POST", &format!("{path}/reauthorize"), &Value::Null)
        .expect(204);
    bench.graph("PATCH", &path, &renewed).expect(400);
    bench.graph("DELETE", &path, &Value::Null).expect(204);
    let resource = watch(&mut bench, "primary", &json!({})).at("/resourceId");
    let stop = json!({"id": "channel-1", "resourceId": resource});
    bench.google("POST", "/channels/stop", &stop).expect(204);
    let log = bench.admin("GET", "/log", &Value::Null).expect(200);
    assert_eq!(
        crate::testing::column(&log, "kind"),
        [
            "subscription_create",
            "subscriptions",
            "subscriptions",
            "subscription_reauthorize",
            "subscription_update",
            "subscription_delete",
            "watch",
            "channel_stop"
        ]
    );
    let fault = json!({"match": {"kind": "subscription_create"}, "fault": {"kind": "429"}});
    bench.admin("POST", "/faults", &fault).expect(200);
    let bearer = bench.token("microsoft");
    let body = subscription(&json!({}));
    let path = "/v1.0/subscriptions";
    let (answer, asked) = as_user(&mut bench, &bearer, "POST", path, &[], &body, honest);
    answer.expect(429);
    assert_eq!(
        asked, 0,
        "what the service does not get it does not validate"
    );
}

#[test]
fn a_quirk_that_there_is_not_is_refused() {
    let mut bench = Bench::empty();
    bench
        .admin("POST", "/push", &json!({"lost": 1}))
        .expect(400);
    let all = bench
        .admin("POST", "/push", &json!({"lose": 1}))
        .expect(200);
    assert_eq!((&all["lose"], &all["batch"]), (&json!(1), &json!(1)));
    assert_eq!(bench.admin("GET", "/push", &Value::Null).expect(200), all);
}
