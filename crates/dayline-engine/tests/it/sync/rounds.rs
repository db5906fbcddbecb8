//! Full rounds: when they come, what they remove, and when they are not believed.

use chrono::TimeDelta;
use dayline_engine::{Engine, EngineEvent, ProviderKind, SyncRequest};
use serde_json::{Value, json};

use super::{account, is_well};
use crate::support::edits::{series, times, title, together};
use crate::support::{GOOGLE, MICROSOFT, World, agenda, sync, synced_well};

async fn synced_sample() -> (World, Engine) {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn a_cursor_that_is_gone_in_any_form_means_a_full_round() {
    let graph = json!({"provider": "graph", "kind": "events_delta", "path_contains": "deltatoken"});
    let google = json!({"provider": "google", "kind": "events_list", "path_contains": "syncToken"});
    let error = |code: &str| json!({"error": {"code": code, "message": "Again."}});
    let forms = [
        (&graph, json!({"kind": "410"})),
        (
            &graph,
            json!({"status": 410, "body": error("syncStateNotFound")}),
        ),
        (&graph, json!({"status": 410, "body": ""})),
        (
            &graph,
            json!({"status": 400, "body": error("resyncRequired")}),
        ),
        (
            &graph,
            json!({"status": 400, "body": error("ErrorInvalidIdMalformed")}),
        ),
        (&google, json!({"kind": "410"})),
        (&google, json!({"status": 410, "body": ""})),
    ];
    for (matching, form) in forms {
        let (world, engine) = synced_sample().await;
        let gone = world.create_single(MICROSOFT, "Gone", 1);
        let lost = world.create_single(GOOGLE, "Lost", 1);
        synced_well(&sync(&engine).await);
        world.delete(MICROSOFT, &world.primary(MICROSOFT), &gone);
        world.delete(GOOGLE, &world.primary(GOOGLE), &lost);
        let rule = json!({"match": matching, "times": 1, "fault": form});
        world.admin("POST", "/faults", &rule);
        world.forget_log();
        let report = sync(&engine).await;
        synced_well(&report);
        assert_eq!(world.full_listings(), 1, "{form}");
        assert_eq!(report.calendars.iter().filter(|one| one.full).count(), 1);
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_always_wants_to_begin_anew_is_not_asked_for_ever() {
    for provider in ProviderKind::ALL {
        let (world, engine) = synced_sample().await;
        let before = world.titles(&engine);
        let name = match provider {
            ProviderKind::Microsoft => "graph",
            ProviderKind::Google => "google",
        };
        for kind in ["events_delta", "events_list"] {
            let rule = json!({
                "match": {"provider": name, "kind": kind}, "times": null,
                "fault": {"kind": "410"},
            });
            world.admin("POST", "/faults", &rule);
        }
        world.forget_log();
        assert!(!sync(&engine).await.is_ok());
        let asked = world.log().iter().filter(|sent| sent.status == 410).count();
        assert!(asked <= 3 * world.calendars(provider).len(), "{asked}");
        assert_eq!(world.titles(&engine), before);
        world.admin("DELETE", "/faults", &Value::Null);
        synced_well(&sync(&engine).await);
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn an_expired_cursor_removes_by_difference_what_is_gone() {
    let (world, engine) = synced_sample().await;
    for provider in ProviderKind::ALL {
        let calendar = world.primary(provider);
        let items = world.occurrences(provider, &calendar, world.around());
        let single = items
            .iter()
            .find(|item| item["seriesMasterId"].is_null() && item["recurringEventId"].is_null());
        world.delete(provider, &calendar, single.unwrap()["id"].as_str().unwrap());
        let series = items.iter().find_map(|item| {
            item["seriesMasterId"]
                .as_str()
                .or(item["recurringEventId"].as_str())
        });
        world.delete(provider, &calendar, series.unwrap());
    }
    world.admin("POST", "/sync/expire", &json!({}));
    let report = sync(&engine).await;
    synced_well(&report);
    assert!(report.calendars.iter().all(|one| one.full));
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn what_lies_outside_of_the_window_stays_and_only_404_removes_it() {
    let world = World::empty();
    let engine = world.signed_in().await;
    let calendar = world.primary(MICROSOFT);
    let id = world.create_single(MICROSOFT, "A year ago", -360);
    synced_well(&sync(&engine).await);
    let day = world.day(-360);
    let told = || {
        let items = agenda(&engine, day, day);
        items.into_iter().map(|item| item.title).collect::<Vec<_>>()
    };
    assert_eq!(told(), ["A year ago"]);
    // The window moves on, and leaves it behind.
    world.clock.jump(TimeDelta::days(40));
    let report = sync(&engine).await;
    synced_well(&report);
    assert!(report.calendars.iter().all(|one| one.full));
    assert_eq!(told(), ["A year ago"]);
    // A tombstone may only mean that it is outside.
    world.patch(MICROSOFT, &calendar, &id, &title(MICROSOFT, "Long ago"));
    world.forget_log();
    synced_well(&sync(&engine).await);
    assert_eq!(world.count("event_get"), 1);
    assert_eq!(told(), ["Long ago"]);
    world.delete(MICROSOFT, &calendar, &id);
    synced_well(&sync(&engine).await);
    assert_eq!(told(), Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn what_ends_as_the_window_begins_is_outside_of_it() {
    let world = World::empty();
    let engine = world.signed_in().await;
    let day = world.day(32 - 365);
    // The new window begins at this day's midnight in UTC, which is one o'clock here.
    for (name, provider) in [("Graph's", MICROSOFT), ("Google's", GOOGLE)] {
        let body = together([
            title(provider, name),
            times(provider, day.and_hms_opt(0, 0, 0).unwrap(), 60),
        ]);
        world.create(provider, &world.primary(provider), &body);
        world.create_single(provider, "Today", 0);
    }
    synced_well(&sync(&engine).await);
    world.clock.jump(TimeDelta::days(32));
    let report = sync(&engine).await;
    synced_well(&report);
    assert!(report.calendars.iter().all(|one| one.full));
    let before = day.pred_opt().unwrap();
    let left = agenda(&engine, before, before);
    let left: Vec<&str> = left.iter().map(|item| item.title.as_str()).collect();
    assert_eq!(left, ["Graph's", "Google's"]);
}

#[tokio::test(start_paused = true)]
async fn one_series_that_is_refused_does_not_hold_up_the_others() {
    let world = World::empty();
    let engine = world.signed_in().await;
    let calendar = world.primary(MICROSOFT);
    let series = ["One", "Two", "Three"].map(|name| world.create_weekly(MICROSOFT, name, -8, None));
    synced_well(&sync(&engine).await);
    for id in &series {
        let occurrences = world.occurrences_of(MICROSOFT, id);
        world.delete(MICROSOFT, &calendar, &occurrences[1]);
    }
    let shown = agenda(&engine, world.day(0), world.day(14));
    let second = shown.iter().find(|item| item.title == "Two").unwrap();
    let rule = json!({
        "match": {"kind": "instances", "path_contains": second.series_id},
        "times": null,
        "fault": {"status": 400, "body": {}},
    });
    world.admin("POST", "/faults", &rule);
    let report = sync(&engine).await;
    assert_eq!(report.failed_accounts.len(), 1);
    assert_eq!(
        world.count("instances"),
        4,
        "whether it is a series is asked once"
    );
    // One phantom is left, and the next sync asks for it again.
    assert_eq!(world.differences(&engine).lines().count(), 1);
    world.admin("DELETE", "/faults", &Value::Null);
    world.forget_log();
    synced_well(&sync(&engine).await);
    assert_eq!(world.count("instances"), 1);
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn a_series_that_changes_between_two_pages_of_a_full_round_is_as_it_is_now() {
    for provider in ProviderKind::ALL {
        for at in 1..9 {
            let mut world = World::empty();
            world.admin("POST", "/quirks", &json!({"page_size": 5}));
            let calendar = world.primary(provider);
            let engine = world.signed_in().await;
            // More than a page of Graph's, whatever it is asked for.
            let ids = [1, 2, 3].map(|day| {
                let first = world.day(day).and_hms_opt(9, 0, 0).unwrap();
                let body = together([
                    title(provider, "Old"),
                    times(provider, first, 60),
                    series(provider, first.date(), false, 1, Some(100)),
                ]);
                world.create(provider, &calendar, &body)
            });
            world.network.die_at(at, true);
            let network = world.network.clone();
            tokio::select! {
                biased;
                () = network.death() => {}
                _ = sync(&engine) => {}
            }
            network.live();
            world.kill();
            let start = world.day(5).and_hms_opt(16, 0, 0).unwrap();
            let changed = together([
                title(provider, "New"),
                times(provider, start, 30),
                series(provider, start.date(), false, 2, Some(3)),
            ]);
            world.patch(provider, &calendar, &ids[0], &changed);
            world.delete(provider, &calendar, &ids[1]);
            let occurrences = world.occurrences_of(provider, &ids[2]);
            world.delete(provider, &calendar, &occurrences[4]);
            let engine = world.open();
            synced_well(&sync(&engine).await);
            synced_well(&sync(&engine).await);
            let differences = world.differences(&engine);
            assert!(differences.is_empty(), "{provider}, {at}:\n{differences}");
        }
    }
}

/// Lets a provider answer one full listing with a valid list of nothing.
fn answer_nothing_once(world: &World, provider: ProviderKind) {
    let (name, kind, begins, body) = match provider {
        ProviderKind::Microsoft => (
            "graph",
            "events_delta",
            "startDateTime",
            json!({"value": [], "@odata.deltaLink":
                "http://providers.example/v1.0/me/calendarView/delta?$deltatoken=worthless"}),
        ),
        ProviderKind::Google => (
            "google",
            "events_list",
            "timeMin",
            json!({"kind": "calendar#events", "items": [], "nextSyncToken": "worthless"}),
        ),
    };
    world.admin(
        "POST",
        "/faults",
        &json!({
            "match": {"provider": name, "kind": kind, "path_contains": begins},
            "times": 1,
            "fault": {"status": 200, "headers": {"content-type": "application/json"}, "body": body},
        }),
    );
}

#[tokio::test(start_paused = true)]
async fn a_list_of_nothing_is_not_believed_at_once() {
    for provider in ProviderKind::ALL {
        let (world, engine) = synced_sample().await;
        answer_nothing_once(&world, provider);
        world.forget_log();
        let calendar = account(&engine, provider).calendars[0].id.parse().unwrap();
        let request = SyncRequest {
            full: true,
            calendar: Some(calendar),
            ..SyncRequest::default()
        };
        let report = engine.sync(request).await.unwrap();
        synced_well(&report);
        assert_eq!(report.calendars[0].removed, 0);
        assert_eq!(world.full_listings(), 2);
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn a_calendar_that_was_emptied_is_empty_after_the_second_listing() {
    for provider in ProviderKind::ALL {
        let (world, engine) = synced_sample().await;
        let calendar = world.primary(provider);
        loop {
            let items = world.occurrences(provider, &calendar, world.around());
            let Some(item) = items.first() else { break };
            let series = item["seriesMasterId"]
                .as_str()
                .or(item["recurringEventId"].as_str());
            let id = series.or(item["id"].as_str()).unwrap();
            world.delete(provider, &calendar, id);
        }
        let (_, name) = world.calendars(provider).remove(0);
        world.admin("POST", "/sync/expire", &json!({}));
        world.forget_log();
        synced_well(&sync(&engine).await);
        let others = world.calendars(MICROSOFT).len() + world.calendars(GOOGLE).len();
        assert_eq!(world.full_listings(), others + 1);
        let left = World::shown(&engine, world.around());
        assert!(left.iter().all(|seen| seen.calendar != name), "{left:#?}");
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn a_death_between_the_two_listings_loses_nothing() {
    for provider in ProviderKind::ALL {
        for at in 1..=3 {
            for arrives in [false, true] {
                let (mut world, engine) = synced_sample().await;
                let before = world.titles(&engine);
                answer_nothing_once(&world, provider);
                let calendar = account(&engine, provider).calendars[0].id.parse().unwrap();
                let request = SyncRequest {
                    full: true,
                    calendar: Some(calendar),
                    ..SyncRequest::default()
                };
                world.network.die_at(at, arrives);
                let network = world.network.clone();
                let died = tokio::select! {
                    biased;
                    () = network.death() => true,
                    _ = engine.sync(request) => false,
                };
                assert!(died || at > 2);
                network.live();
                world.kill();
                let engine = world.open();
                assert_eq!(world.titles(&engine), before);
                synced_well(&sync(&engine).await);
                world.admin("DELETE", "/faults", &Value::Null);
                world.agrees(&engine);
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_death_at_any_request_of_the_first_sync_loses_nothing() {
    let mut at = 1;
    loop {
        let mut world = World::sample();
        world.admin("POST", "/quirks", &json!({"page_size": 7}));
        let engine = world.signed_in().await;
        world.network.die_at(at, true);
        let network = world.network.clone();
        let died = tokio::select! {
            biased;
            () = network.death() => true,
            _ = sync(&engine) => false,
        };
        network.live();
        if !died {
            assert!(at > 10, "{at}");
            return;
        }
        world.kill();
        let engine = world.open();
        synced_well(&sync(&engine).await);
        world.agrees(&engine);
        at += 1;
    }
}

#[tokio::test(start_paused = true)]
async fn providers_at_another_address_are_listed_anew() {
    let (mut world, engine) = synced_sample().await;
    drop(engine);
    world.create_single(MICROSOFT, "After the move", 1);
    world.rename_providers("http://elsewhere.example");
    let engine = world.open();
    synced_well(&sync(&engine).await);
    is_well(&engine, MICROSOFT);
    world.agrees(&engine);
    let again = sync(&engine).await;
    assert!(again.calendars.iter().all(|one| !one.full), "{again:#?}");
}

#[tokio::test(start_paused = true)]
async fn a_change_tells_its_days() {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let mut events = engine.subscribe();
    world.create_single(GOOGLE, "New", 5);
    synced_well(&sync(&engine).await);
    let epoch = chrono::NaiveDate::default();
    let day = i32::try_from((world.day(5) - epoch).num_days()).unwrap();
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        if let EngineEvent::EventsChanged { from_day, to_day } = event {
            told.push((from_day, to_day));
        }
    }
    assert_eq!(told, [(day - 1, day + 1)]);
}
