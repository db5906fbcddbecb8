//! Trying again, giving up, and everything that goes wrong on the way.

use chrono::Duration;

use super::*;

fn late() -> Outcome {
    Outcome::Answered {
        status: 200,
        took: Took::from_secs(11),
    }
}

#[test]
fn graph_tries_for_four_hours_and_says_that_something_was_missed() {
    for answer in [
        answered(503),
        answered(400),
        answered(302),
        Outcome::Unreachable { took: Took::ZERO },
    ] {
        let mut bench = Bench::empty();
        subscribe(&mut bench, &json!({}));
        meal(&mut bench);
        let began = bench.now;
        let mut waits = Vec::new();
        loop {
            let told = due(&mut bench);
            let [one] = &told[..] else { panic!("{told:?}") };
            if one.request.uri() == LIFECYCLE {
                assert_eq!(all(&told, "/lifecycleEvent"), ["missed"]);
                break;
            }
            outcome(&mut bench, one, answer);
            let next = bench.sim.next_delivery().unwrap();
            waits.push(next - bench.now);
            bench.now = next;
        }
        assert!(bench.now - began < Duration::hours(4));
        assert!(bench.now - began > Duration::hours(3));
        assert!(
            waits[0] < Duration::seconds(2) && waits[5] > waits[0] * 8,
            "{waits:?}"
        );
        assert_eq!(counts(&mut bench)[3], 1, "dropped");
    }
}

#[test]
fn graph_takes_any_success() {
    for status in [200, 201, 202, 204, 299] {
        let mut bench = Bench::empty();
        subscribe(&mut bench, &json!({}));
        meal(&mut bench);
        deliver(&mut bench, status);
        assert_eq!(bench.sim.next_delivery(), None, "{status}");
        assert_eq!(counts(&mut bench), [1, 1, 0, 0, 0], "{status}");
    }
}

#[test]
fn google_tries_again_for_some_answers_only() {
    // Status, delivered, tried again.
    let cases = [
        (200, true, false),
        (201, true, false),
        (202, true, false),
        (204, true, false),
        (102, true, false),
        (206, false, false),
        (302, false, false),
        (400, false, false),
        (404, false, false),
        (429, false, false),
        (501, false, false),
        (500, false, true),
        (502, false, true),
        (503, false, true),
        (504, false, true),
    ];
    for (status, delivered, again) in cases {
        let mut bench = Bench::empty();
        watch(&mut bench, "primary", &json!({})).expect(200);
        bench.advance(Duration::seconds(1));
        deliver(&mut bench, status);
        let [sent, accepted, failed, dropped, pending] = counts(&mut bench);
        assert_eq!(sent, 1);
        assert_eq!(
            (accepted == 1, failed == 1),
            (delivered, !delivered),
            "{status}"
        );
        assert_eq!(
            (pending == 1, dropped == 1),
            (again, !delivered && !again),
            "{status}"
        );
        if again {
            bench.advance(Duration::seconds(2));
            let second = deliver(&mut bench, 200);
            assert_eq!(header(&second[0], "x-goog-message-number"), "1", "{status}");
        }
        assert_eq!(bench.sim.next_delivery(), None, "{status}");
    }
}

#[test]
fn nothing_is_sent_twice_while_it_is_under_way() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    meal(&mut bench);
    meal(&mut bench);
    let told = due(&mut bench);
    assert_eq!(told.len(), 2);
    assert!(due(&mut bench).is_empty());
    outcome(&mut bench, &told[1], answered(200));
    bench
        .graph("DELETE", &format!("/subscriptions/{id}"), &Value::Null)
        .expect(204);
    outcome(&mut bench, &told[0], answered(503));
    bench.advance(Duration::hours(1));
    assert!(due(&mut bench).is_empty(), "the subscription is gone");
}

#[test]
fn a_slow_webhook_is_slowed_down_and_then_dropped() {
    let mut bench = Bench::empty();
    subscribe(&mut bench, &json!({}));
    let tell = |bench: &mut Bench, how: Outcome| {
        meal(bench);
        bench.advance(Duration::seconds(10));
        for one in due(bench) {
            outcome(bench, &one, how);
        }
    };
    for _ in 0..8 {
        tell(&mut bench, answered(200));
    }
    tell(&mut bench, late());
    // One of nine: too few to judge by.
    meal(&mut bench);
    let at_once = due(&mut bench);
    assert_eq!(at_once.len(), 1);
    outcome(&mut bench, &at_once[0], late());
    // Two of ten: more than 15 %.
    meal(&mut bench);
    let told = due(&mut bench);
    assert_eq!(all(&told, "/lifecycleEvent"), ["missed"]);
    outcome(&mut bench, &told[0], answered(200));
    // Lifecycle answers count too: two of eleven, twelve, thirteen, fourteen.
    for _ in 0..3 {
        bench
            .admin("POST", "/lifecycle", &json!({"event": "missed"}))
            .expect(200);
        deliver(&mut bench, 200);
    }
    // Two of fourteen: between 10 % and 15 %.
    meal(&mut bench);
    assert!(due(&mut bench).is_empty());
    assert_eq!(
        bench.sim.next_delivery(),
        Some(bench.now + Duration::seconds(10))
    );
    bench.advance(Duration::seconds(10));
    assert_eq!(deliver(&mut bench, 200).len(), 1);
    bench.advance(Duration::minutes(11));
    meal(&mut bench);
    assert_eq!(deliver(&mut bench, 200).len(), 1, "the window has passed");
}

#[test]
fn quirks_lose_delay_and_repeat_notifications() {
    let mut bench = Bench::empty();
    subscribe(&mut bench, &json!({}));
    set(&mut bench, &json!({"notifications_per_change": 3}));
    meal(&mut bench);
    assert_eq!(
        all(&deliver(&mut bench, 200), "/changeType"),
        ["created", "updated", "updated"]
    );
    set(
        &mut bench,
        &json!({"notifications_per_change": 1, "duplicates": true}),
    );
    meal(&mut bench);
    let ids = all(&deliver(&mut bench, 200), "/id");
    assert_eq!((ids.len(), &ids[0]), (2, &ids[1]));
    set(&mut bench, &json!({"duplicates": false, "delay_ms": 1500}));
    meal(&mut bench);
    assert!(due(&mut bench).is_empty());
    assert_eq!(
        bench.sim.next_delivery(),
        Some(bench.now + Duration::milliseconds(1500))
    );
    bench.advance(Duration::milliseconds(1500));
    assert_eq!(deliver(&mut bench, 200).len(), 1);
    set(&mut bench, &json!({"delay_ms": 0, "lose": 2}));
    for _ in 0..3 {
        meal(&mut bench);
    }
    assert_eq!(deliver(&mut bench, 200).len(), 1);
    assert_eq!(
        bench.admin("GET", "/push", &Value::Null).expect(200)["lose"],
        0
    );
    set(&mut bench, &json!({"silent": true}));
    meal(&mut bench);
    bench
        .admin("POST", "/lifecycle", &json!({"event": "missed"}))
        .expect(200);
    assert_eq!(bench.sim.next_delivery(), None);
    assert_eq!(counts(&mut bench), [7, 7, 0, 4, 0]);
}

#[test]
fn a_batch_holds_what_is_due_for_one_webhook() {
    let mut bench = Bench::empty();
    subscribe(
        &mut bench,
        &json!({"changeType": "created", "clientState": "one"}),
    );
    subscribe(
        &mut bench,
        &json!({"changeType": "created,updated", "clientState": "two"}),
    );
    set(&mut bench, &json!({"batch": 3}));
    meal(&mut bench);
    meal(&mut bench);
    let told = due(&mut bench);
    let states: Vec<Vec<Value>> = told
        .iter()
        .map(|one| {
            items(one)
                .iter()
                .map(|item| item["clientState"].clone())
                .collect()
        })
        .collect();
    assert_eq!(states, [vec!["one", "two", "one"], vec!["two"]]);
    outcome(&mut bench, &told[0], answered(503));
    outcome(&mut bench, &told[1], answered(200));
    bench.advance(Duration::seconds(2));
    assert_eq!(
        items(&due(&mut bench)[0]).len(),
        3,
        "it is tried again as it was"
    );
}

#[test]
fn a_mixed_batch_has_a_stranger_in_it() {
    let mut bench = Bench::empty();
    let id = subscribe(&mut bench, &json!({}));
    set(&mut bench, &json!({"mixed_batches": true}));
    meal(&mut bench);
    let told = deliver(&mut bench, 200);
    let [stranger, own] = &items(&told[0])[..] else {
        panic!()
    };
    assert_eq!(own["subscriptionId"], json!(id));
    for name in ["subscriptionId", "clientState", "tenantId", "resource"] {
        assert_ne!(stranger[name], own[name], "{name}");
    }
    assert_eq!(counts(&mut bench), [1, 1, 0, 0, 0]);
}

#[test]
fn the_clock_of_the_tests_brings_deliveries_nearer() {
    let mut bench = Bench::empty();
    subscribe(&mut bench, &json!({}));
    meal(&mut bench);
    deliver(&mut bench, 503);
    let waits = bench.sim.next_delivery().unwrap() - bench.now;
    assert!(waits > Duration::zero());
    bench
        .admin("POST", "/clock", &json!({"advance_secs": 60}))
        .expect(200);
    assert!(bench.sim.next_delivery().unwrap() < bench.now);
    assert_eq!(deliver(&mut bench, 200).len(), 1);
}
