//! When the scheduler syncs.

use std::time::Duration;

use chrono::TimeDelta;
use dayline_engine::Engine;

use crate::support::{GOOGLE, MICROSOFT, World};

/// How many times everything was asked for since the last look.
async fn rounds_after(world: &World, wait: Duration) -> usize {
    world.forget_log();
    tokio::time::sleep(wait).await;
    let asked = world.count("events_list");
    let calendars = world.calendars(GOOGLE).len();
    assert_eq!(asked % calendars, 0, "{asked}");
    asked / calendars
}

async fn started() -> (World, Engine, dayline_engine::Scheduler) {
    let world = World::sample();
    let engine = world.signed_in().await;
    world.forget_log();
    let scheduler = engine.spawn_scheduler();
    (world, engine, scheduler)
}

#[tokio::test(start_paused = true)]
async fn it_syncs_at_its_start_and_polls_every_five_minutes() {
    let (world, engine, _scheduler) = started().await;
    assert_eq!(rounds_after(&world, Duration::from_secs(30)).await, 1);
    world.agrees(&engine);
    assert_eq!(rounds_after(&world, Duration::from_mins(4)).await, 0);
    assert_eq!(rounds_after(&world, Duration::from_mins(2)).await, 1);
    let hour = rounds_after(&world, Duration::from_hours(1)).await;
    assert!((10..=12).contains(&hour), "{hour}");
}

#[tokio::test(start_paused = true)]
async fn it_begins_when_what_comes_first_is_done() {
    let world = World::sample();
    let engine = world.signed_in().await;
    let (done, waited_for) = tokio::sync::oneshot::channel::<()>();
    let _scheduler = engine.spawn_scheduler_after(async { waited_for.await.unwrap() });
    assert_eq!(rounds_after(&world, Duration::from_hours(1)).await, 0);
    done.send(()).unwrap();
    assert_eq!(rounds_after(&world, Duration::from_secs(30)).await, 1);
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn it_syncs_on_demand_and_wishes_that_come_together_count_once() {
    let (world, engine, _scheduler) = started().await;
    rounds_after(&world, Duration::from_secs(30)).await;
    world.create_single(MICROSOFT, "New", 1);
    for _ in 0..5 {
        engine.sync_soon();
    }
    assert_eq!(rounds_after(&world, Duration::from_secs(30)).await, 1);
    assert!(world.titles(&engine).contains(&"New".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn it_syncs_when_the_computer_wakes() {
    let (world, _engine, _scheduler) = started().await;
    rounds_after(&world, Duration::from_secs(30)).await;
    world.clock.jump(TimeDelta::hours(8));
    assert_eq!(rounds_after(&world, Duration::from_secs(30)).await, 1);
    world.clock.jump(TimeDelta::hours(-8));
    assert_eq!(rounds_after(&world, Duration::from_secs(30)).await, 0);
}

#[tokio::test(start_paused = true)]
async fn it_puts_the_pen_down_when_it_stops() {
    let (world, _engine, scheduler) = started().await;
    tokio::time::sleep(Duration::from_secs(30)).await;
    let other = world.open();
    assert!(other.take_pen().await.unwrap().is_none());
    scheduler.stop().await;
    assert!(other.take_pen().await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn it_goes_on_after_an_outage() {
    let (world, engine, _scheduler) = started().await;
    rounds_after(&world, Duration::from_secs(30)).await;
    world.network.unplug(true);
    world.create_single(GOOGLE, "Meanwhile", 1);
    tokio::time::sleep(Duration::from_mins(20)).await;
    assert!(!world.titles(&engine).contains(&"Meanwhile".to_owned()));
    world.network.unplug(false);
    tokio::time::sleep(Duration::from_mins(6)).await;
    assert!(world.titles(&engine).contains(&"Meanwhile".to_owned()));
}

#[tokio::test(start_paused = true)]
async fn it_is_back_soon_after_the_network() {
    for minutes in [1, 3, 60] {
        let (world, engine, _scheduler) = started().await;
        rounds_after(&world, Duration::from_secs(30)).await;
        world.network.unplug(true);
        engine.sync_soon();
        tokio::time::sleep(Duration::from_mins(minutes)).await;
        world.create_single(GOOGLE, "Meanwhile", 1);
        world.network.unplug(false);
        // Half as long again as it was away, and never longer than a poll.
        let wait = Duration::from_secs((60 * minutes + 30).min(330));
        tokio::time::sleep(wait).await;
        assert!(
            world.titles(&engine).contains(&"Meanwhile".to_owned()),
            "after {minutes} min"
        );
    }
}

#[tokio::test(start_paused = true)]
async fn an_account_that_waits_for_a_sign_in_is_asked_once_an_hour_and_on_demand() {
    let (world, engine, _scheduler) = started().await;
    rounds_after(&world, Duration::from_secs(30)).await;
    let google = serde_json::json!({"provider": "google"});
    world.admin("POST", "/tokens/revoke", &google);
    world.admin("POST", "/tokens/expire", &google);
    tokio::time::sleep(Duration::from_mins(6)).await;
    let refused = |world: &World| {
        let log = world.log();
        log.iter()
            .filter(|sent| sent.kind == "token" && sent.status == 400)
            .count()
    };
    world.forget_log();
    tokio::time::sleep(Duration::from_hours(3)).await;
    assert_eq!(refused(&world), 3);
    world.forget_log();
    engine.sync_soon();
    tokio::time::sleep(Duration::from_secs(30)).await;
    assert_eq!(refused(&world), 1);
    world.sign_in(&engine, GOOGLE).await.unwrap();
    assert!(rounds_after(&world, Duration::from_secs(30)).await >= 1);
}

#[tokio::test(start_paused = true)]
async fn a_provider_that_asks_to_wait_is_not_asked_before() {
    let (world, engine, _scheduler) = started().await;
    rounds_after(&world, Duration::from_secs(30)).await;
    let rule = serde_json::json!({
        "match": {"provider": "google"},
        "fault": {"kind": "429", "retry_after": 1200},
    });
    world.admin("POST", "/faults", &rule);
    tokio::time::sleep(Duration::from_mins(6)).await;
    world.forget_log();
    tokio::time::sleep(Duration::from_mins(13)).await;
    let asked = |world: &World| {
        world
            .log()
            .iter()
            .filter(|sent| sent.provider == "google")
            .count()
    };
    assert_eq!(asked(&world), 0);
    tokio::time::sleep(Duration::from_mins(8)).await;
    assert!(asked(&world) > 0);
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn it_keeps_the_database_in_good_order_once_a_day() {
    let world = World::empty();
    let engine = world.signed_in().await;
    let _scheduler = engine.spawn_scheduler();
    let runs = |engine: &Engine| {
        let rows = engine.audit(None, 1000).unwrap();
        rows.iter()
            .filter(|row| row.action == "maintenance")
            .count()
    };
    tokio::time::sleep(Duration::from_mins(9)).await;
    assert_eq!(runs(&engine), 0);
    tokio::time::sleep(Duration::from_mins(9)).await;
    assert_eq!(runs(&engine), 1);
    tokio::time::sleep(Duration::from_hours(23)).await;
    assert_eq!(runs(&engine), 1);
    tokio::time::sleep(Duration::from_hours(2)).await;
    assert_eq!(runs(&engine), 2);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_stops_no_job() {
    let (world, engine, _scheduler) = started().await;
    rounds_after(&world, Duration::from_secs(30)).await;
    world.clock.jump(TimeDelta::days(-2));
    let hour = rounds_after(&world, Duration::from_hours(1)).await;
    assert!((10..=12).contains(&hour), "{hour}");
    let rows = engine.audit(None, 1000).unwrap();
    assert!(rows.iter().any(|row| row.action == "maintenance"));
}

#[tokio::test(start_paused = true)]
async fn an_account_without_calendars_stays_signed_in() {
    let (world, engine, _scheduler) = started().await;
    for account in engine.accounts().unwrap() {
        for calendar in account.calendars {
            engine
                .set_calendar_connected(&calendar.id, false)
                .await
                .unwrap();
        }
    }
    tokio::time::sleep(Duration::from_secs(30)).await;
    world.forget_log();
    tokio::time::sleep(Duration::from_hours(3)).await;
    assert!(world.count("token") >= 4, "{}", world.count("token"));
}
