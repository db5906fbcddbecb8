//! What a watcher is told.

use std::time::Duration;

use dayline_engine::{Engine, Notice, Watch};
use serde_json::Value;

use crate::support::{GOOGLE, World, sync, synced_well};

/// Everything that is told within `wait`.
async fn told(watch: &mut Watch, wait: Duration) -> Vec<Value> {
    let until = tokio::time::Instant::now() + wait;
    let mut lines = Vec::new();
    while let Ok(notices) = tokio::time::timeout_at(until, watch.next()).await {
        let notices: Vec<Notice> = notices.unwrap();
        lines.extend(notices.iter().map(|one| serde_json::to_value(one).unwrap()));
    }
    lines
}

fn of<'a>(lines: &'a [Value], kind: &str) -> Vec<&'a Value> {
    lines.iter().filter(|line| line["type"] == kind).collect()
}

async fn synced() -> (World, Engine) {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn it_tells_of_rounds_changes_accounts_and_the_pen() {
    let (world, engine) = synced().await;
    let event = world.create_single(GOOGLE, "Dinner", 1);
    synced_well(&sync(&engine).await);
    let mut watch = engine.watch().unwrap();
    let scheduler = engine.spawn_scheduler();
    let lines = told(&mut watch, Duration::from_secs(20)).await;
    let rounds = of(&lines, "sync");
    assert_eq!(rounds.len(), 2, "{lines:#?}");
    assert!(
        rounds
            .iter()
            .all(|round| round["why"] == "start" && round["outcome"] == "ok")
    );
    assert_eq!(
        of(&lines, "pen"),
        [&serde_json::json!({"type": "pen", "held": true})]
    );
    assert!(
        of(&lines, "account")
            .iter()
            .any(|one| one["state"] == "ready")
    );
    // What was there before is not told again.
    assert!(of(&lines, "event").is_empty());

    world.delete(GOOGLE, &world.primary(GOOGLE), &event);
    let lines = told(&mut watch, Duration::from_mins(6)).await;
    let changed = of(&lines, "event");
    assert_eq!(changed.len(), 1, "{lines:#?}");
    assert_eq!(changed[0]["title"], "Dinner");
    assert!(
        of(&lines, "sync")
            .iter()
            .any(|round| round["why"] == "poll" && round["removed"] == 1)
    );
    assert!(!of(&lines, "changed").is_empty());

    world.network.unplug(true);
    let lines = told(&mut watch, Duration::from_mins(6)).await;
    let offline = of(&lines, "account");
    assert!(
        offline
            .iter()
            .any(|one| one["state"] == "offline" && one["remedy"].is_string()),
        "{lines:#?}"
    );
    scheduler.stop().await;
}

#[tokio::test(start_paused = true)]
async fn beside_another_process_it_follows_and_waits_for_the_pen() {
    let (world, engine) = synced().await;
    let other = world.open();
    let scheduler = other.spawn_scheduler();
    tokio::time::sleep(Duration::from_secs(5)).await;
    let mut watch = engine.watch().unwrap();
    let own = engine.spawn_scheduler();
    let lines = told(&mut watch, Duration::from_mins(6)).await;
    assert_eq!(of(&lines, "pen")[0]["held"], false);
    let rounds = of(&lines, "sync");
    assert_eq!(rounds.len(), 2, "{lines:#?}");
    assert!(rounds.iter().all(|round| round["why"].is_null()));
    scheduler.stop().await;
    let lines = told(&mut watch, Duration::from_secs(10)).await;
    assert_eq!(of(&lines, "pen")[0]["held"], true);
    own.stop().await;
    assert!(world.open().take_pen().await.unwrap().is_some());
}
