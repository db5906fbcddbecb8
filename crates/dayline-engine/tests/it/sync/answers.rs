//! Answers that are none, and such as come too rarely.

use std::time::Duration;

use dayline_engine::view::AccountState;
use dayline_engine::{Engine, ProviderKind};
use serde_json::{Value, json};
use tokio::time::Instant;

use super::{account, is_well};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

fn fault(world: &World, provider: ProviderKind, times: &Value, fault: &Value) {
    let (provider, kind) = match provider {
        ProviderKind::Microsoft => ("graph", "events_delta"),
        ProviderKind::Google => ("google", "events_list"),
    };
    let rule =
        json!({"match": {"provider": provider, "kind": kind}, "times": times, "fault": fault});
    world.admin("POST", "/faults", &rule);
}

async fn synced_sample() -> (World, Engine) {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_is_none_removes_nothing_and_is_told() {
    let answers = [
        json!({"kind": "html"}),
        json!({"kind": "empty200"}),
        json!({"kind": "garbage"}),
        json!({"kind": "captive"}),
        json!({"truncate": 40}),
        json!({"status": 200, "body": {}}),
        json!({"status": 200, "body": []}),
        json!({"status": 200, "body": {"value": null, "items": null}}),
        json!({"status": 204}),
        json!({"status": 500, "body": "down"}),
        json!({"status": 403, "body": {"error": {"code": "ErrorAccessDenied"}}}),
    ];
    for provider in ProviderKind::ALL {
        for answer in &answers {
            for expired in [false, true] {
                let (world, engine) = synced_sample().await;
                let before = world.titles(&engine);
                if expired {
                    world.admin("POST", "/sync/expire", &json!({}));
                }
                fault(&world, provider, &Value::Null, answer);
                let report = sync(&engine).await;
                assert!(!report.is_ok(), "{provider} {answer}");
                assert_eq!(world.titles(&engine), before, "{provider} {answer}");
                let failing = account(&engine, provider);
                assert!(
                    matches!(failing.state, AccountState::Failing | AccountState::Offline),
                    "{answer}: {failing:?}"
                );
                assert!(failing.problem.is_some());
                for other in ProviderKind::ALL {
                    if other != provider {
                        is_well(&engine, other);
                    }
                }
                world.admin("DELETE", "/faults", &Value::Null);
                synced_well(&sync(&engine).await);
                is_well(&engine, provider);
                world.agrees(&engine);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_list_of_no_calendars_removes_none() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    for (provider, body) in [
        ("graph", json!({"value": []})),
        (
            "google",
            json!({"kind": "calendar#calendarList", "items": [], "nextSyncToken": "x"}),
        ),
    ] {
        let rule = json!({
            "match": {"provider": provider, "kind": "calendar_list"},
            "fault": {"status": 200, "headers": {"content-type": "application/json"}, "body": body},
        });
        world.admin("POST", "/faults", &rule);
    }
    let report = sync(&engine).await;
    assert_eq!(report.failed_accounts.len(), 2);
    assert_eq!(world.titles(&engine), before);
    synced_well(&sync(&engine).await);
    // Nor does signing in again.
    let rule = json!({
        "match": {"provider": "graph", "kind": "calendar_list"},
        "fault": {"status": 200, "headers": {"content-type": "application/json"}, "body": {"value": []}},
    });
    world.admin("POST", "/faults", &rule);
    assert!(world.sign_in(&engine, MICROSOFT).await.is_err());
    assert_eq!(world.titles(&engine), before);
}

#[tokio::test(start_paused = true)]
async fn retry_after_is_obeyed() {
    for provider in ProviderKind::ALL {
        for status in ["429", "503"] {
            let (world, engine) = synced_sample().await;
            fault(
                &world,
                provider,
                &json!(1),
                &json!({"kind": status, "retry_after": 12}),
            );
            let started = Instant::now();
            synced_well(&sync(&engine).await);
            let waited = started.elapsed();
            assert!(waited >= Duration::from_secs(12), "{status}: {waited:?}");
            assert!(waited < Duration::from_secs(20), "{status}: {waited:?}");
            is_well(&engine, provider);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_wait_that_is_too_long_ends_the_sync_and_is_told() {
    let (world, engine) = synced_sample().await;
    fault(
        &world,
        MICROSOFT,
        &json!(1),
        &json!({"kind": "429", "retry_after": 600}),
    );
    let started = Instant::now();
    let report = sync(&engine).await;
    assert!(started.elapsed() < Duration::from_mins(1));
    let email = world.email(MICROSOFT);
    assert_eq!(report.failed_accounts.keys().collect::<Vec<_>>(), [&email]);
    let failing = account(&engine, MICROSOFT);
    assert_eq!(failing.state, AccountState::Failing);
    assert!(failing.problem.unwrap().contains("asks to wait"));
    is_well(&engine, GOOGLE);
}

#[tokio::test(start_paused = true)]
async fn a_short_outage_is_waited_out() {
    for provider in ProviderKind::ALL {
        let (world, engine) = synced_sample().await;
        fault(&world, provider, &json!(2), &json!({"kind": "500"}));
        synced_well(&sync(&engine).await);
    }
}

#[tokio::test(start_paused = true)]
async fn without_a_network_everything_stays_and_says_so() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    world.network.unplug(true);
    let report = sync(&engine).await;
    assert_eq!(report.failed_accounts.len(), 2);
    assert_eq!(account(&engine, MICROSOFT).state, AccountState::Offline);
    assert_eq!(account(&engine, GOOGLE).state, AccountState::Offline);
    drop(engine);
    let engine = world.open();
    assert_eq!(world.titles(&engine), before);
    assert_eq!(account(&engine, GOOGLE).state, AccountState::Offline);
    world.network.unplug(false);
    synced_well(&sync(&engine).await);
    is_well(&engine, MICROSOFT);
}

#[tokio::test(start_paused = true)]
async fn an_event_that_nobody_can_read_is_set_aside_and_the_rest_stays() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    let marked = world.create_single(MICROSOFT, "Readable", 1);
    synced_well(&sync(&engine).await);
    let items = json!([
        {"@odata.type": "#microsoft.graph.event", "id": "no-times", "type": "singleInstance", "subject": "No times"},
        {"@odata.type": "#microsoft.graph.event", "type": "singleInstance"},
        "not even an object",
        // Known and not readable any more: what was readable stays.
        {"@odata.type": "#microsoft.graph.event", "id": marked, "type": "singleInstance", "start": 7},
    ]);
    // The next link has to be one of the provider's own.
    let link = world.log().iter().rev().find_map(|sent| {
        (sent.kind == "events_delta")
            .then(|| format!("http://providers.example{}?{}", sent.path, sent.query))
    });
    let body = json!({"value": items, "@odata.deltaLink": link.unwrap()});
    fault(
        &world,
        MICROSOFT,
        &json!(1),
        &json!({"status": 200, "headers": {"content-type": "application/json"}, "body": body}),
    );
    synced_well(&sync(&engine).await);
    let mut expected = before;
    expected.push("Readable".to_owned());
    expected.sort();
    assert_eq!(world.titles(&engine), expected);
}

#[tokio::test(start_paused = true)]
async fn a_listing_that_never_ends_is_given_up_and_told() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    let again = format!(
        "{}/me/calendars/x/calendarView/delta?$skiptoken=x",
        world.config().endpoints.microsoft.global.graph
    );
    let answer = json!({"status": 200, "body": {"value": [], "@odata.nextLink": again}});
    fault(&world, MICROSOFT, &Value::Null, &answer);
    world.forget_log();
    assert!(!sync(&engine).await.is_ok());
    assert!(world.log().len() < 50, "{}", world.log().len());
    assert_eq!(world.titles(&engine), before);
    let problem = account(&engine, MICROSOFT).problem.unwrap();
    assert!(problem.contains("never end"), "{problem}");
    world.admin("DELETE", "/faults", &Value::Null);
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
}
