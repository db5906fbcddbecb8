//! What a sync costs the providers.

use std::collections::BTreeMap;

use dayline_engine::SyncRequest;
use serde_json::json;

use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

fn kinds(world: &World) -> BTreeMap<String, usize> {
    let mut kinds = BTreeMap::new();
    for sent in world.log() {
        *kinds
            .entry(format!("{} {}", sent.provider, sent.kind))
            .or_default() += 1;
    }
    kinds
}

#[tokio::test(start_paused = true)]
async fn a_further_sync_costs_one_events_call_a_calendar_and_one_list_an_account() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let (microsoft, google) = (
        world.calendars(MICROSOFT).len(),
        world.calendars(GOOGLE).len(),
    );
    world.forget_log();
    let report = sync(&engine).await;
    synced_well(&report);
    assert_eq!(report.calendars.len(), microsoft + google);
    for calendar in &report.calendars {
        let changes = (calendar.added, calendar.updated, calendar.removed);
        assert_eq!(changes, (0, 0, 0), "{calendar:?}");
        assert_eq!(calendar.calls, 1, "{calendar:?}");
        assert!(!calendar.full, "{calendar:?}");
    }
    let expected: BTreeMap<String, usize> = [
        ("graph calendar_list", 1),
        ("graph events_delta", microsoft),
        ("google calendar_list", 1),
        ("google events_list", google),
    ]
    .map(|(kind, count)| (kind.to_owned(), count))
    .into();
    assert_eq!(kinds(&world), expected);
}

#[tokio::test(start_paused = true)]
async fn a_poll_asks_for_no_list() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    world.forget_log();
    synced_well(&engine.sync(SyncRequest::default()).await.unwrap());
    assert_eq!(world.count("calendar_list"), 0);
}

#[tokio::test(start_paused = true)]
async fn pages_of_a_few_events_and_empty_ones_make_the_same_calendar() {
    let world = World::sample();
    world.admin(
        "POST",
        "/quirks",
        &json!({"page_size": 3, "empty_pages": true}),
    );
    let engine = world.signed_in().await;
    world.forget_log();
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
    assert!(world.count("events_list") > 3 * world.calendars(GOOGLE).len());
    assert!(world.count("events_delta") > world.calendars(MICROSOFT).len());
}

#[tokio::test(start_paused = true)]
async fn replayed_changes_change_nothing() {
    let world = World::sample();
    world.admin("POST", "/quirks", &json!({"replay": true}));
    let engine = world.signed_in().await;
    for _ in 0..3 {
        synced_well(&sync(&engine).await);
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn one_calendar_is_synced_alone() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let calendar = super::account(&engine, GOOGLE).calendars[1].id.clone();
    world.forget_log();
    let request = SyncRequest {
        full: true,
        calendar: Some(calendar.parse().unwrap()),
        ..SyncRequest::default()
    };
    let report = engine.sync(request).await.unwrap();
    synced_well(&report);
    assert_eq!(report.calendars.len(), 1);
    assert!(report.calendars[0].full);
    assert_eq!(world.log().len(), 1);
}
