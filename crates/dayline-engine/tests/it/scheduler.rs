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
