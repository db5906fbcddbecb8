//! Several processes over one data folder, in real time: one works, the others ask it to.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dayline_engine::{Engine, SyncRequest};
use dayline_host::testing::FnHttp;
use dayline_host::{Host, HttpError};
use dayline_store::{Generation, Store};

use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

fn world() -> World {
    let mut world = World::sample();
    world.serve_others = true;
    world
}

/// A process without a network: whatever it gets, it got from another one.
fn without_network(world: &World) -> Engine {
    let host = Host {
        http: Arc::new(FnHttp(|_| Err(HttpError::Unreachable))),
        ..world.host()
    };
    Engine::open(host, world.config()).unwrap()
}

#[tokio::test]
async fn the_second_process_asks_the_first() {
    let world = world();
    let first = world.signed_in().await;
    let pen = first.take_pen().await.unwrap().unwrap();
    let second = without_network(&world);
    assert!(second.take_pen().await.unwrap().is_none());
    synced_well(&sync(&second).await);
    world.agrees(&second);
    // Once the first puts its pen down, the second is on its own.
    pen.put_down().await;
    assert!(!sync(&second).await.is_ok());
}

#[tokio::test]
async fn two_at_once_do_no_double_work() {
    let world = world();
    let (one, other) = (world.signed_in().await, world.open());
    world.forget_log();
    let (first, second) = tokio::join!(sync(&one), sync(&other));
    synced_well(&first);
    synced_well(&second);
    let calendars = world.calendars(MICROSOFT).len() + world.calendars(GOOGLE).len();
    assert_eq!(world.full_listings(), calendars);
    world.agrees(&one);
    world.agrees(&other);
}

#[test]
fn a_process_that_died_with_the_pen_is_taken_over_at_once() {
    let world_of = |runtime: &tokio::runtime::Runtime| {
        runtime.block_on(async {
            let world = world();
            let engine = world.signed_in().await;
            // Nobody puts it down: the process is gone.
            std::mem::forget(engine.take_pen().await.unwrap().unwrap());
            world
        })
    };
    let runtime = || tokio::runtime::Runtime::new().unwrap();
    let first = runtime();
    let world = world_of(&first);
    drop(first);
    runtime().block_on(async {
        let started = Instant::now();
        let engine = world.open();
        synced_well(&sync(&engine).await);
        // Well before the lease would have ended.
        assert!(started.elapsed() < Duration::from_secs(10));
        world.agrees(&engine);
    });
}

#[tokio::test]
async fn what_the_user_decides_in_one_process_reaches_the_holder() {
    let world = world();
    let first = world.signed_in().await;
    let _pen = first.take_pen().await.unwrap().unwrap();
    synced_well(&sync(&first).await);
    let mut events = first.subscribe();
    let second = without_network(&world);
    let calendar = second.accounts().unwrap()[0].calendars[0].id.clone();
    second
        .set_calendar_connected(&calendar, false)
        .await
        .unwrap();
    let told = tokio::time::timeout(Duration::from_secs(5), events.recv()).await;
    told.unwrap().unwrap();
    assert!(!first.accounts().unwrap()[0].calendars[0].is_connected);
}

/// Takes the lease from whoever holds it, as a process does that thinks the holder dead.
fn steal(store: &Store, world: &World) -> Generation {
    use dayline_host::Clock as _;
    let until = world.clock.now() + chrono::TimeDelta::seconds(14);
    store
        .write(|write| {
            let seen = write.lease()?.generation;
            write.take_lease(seen, "thief", "", until)
        })
        .unwrap()
        .unwrap()
}

#[tokio::test(start_paused = true)]
async fn a_process_that_lost_the_pen_writes_nothing_more_and_waits_for_it() {
    for wait in [10, 50, 90, 130, 170] {
        let world = World::sample();
        let engine = world.signed_in().await;
        let store = Store::open_existing(world.folder.path()).unwrap();
        let syncing = {
            let engine = engine.clone();
            tokio::spawn(async move { engine.sync(SyncRequest::default()).await })
        };
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let stolen = steal(&store, &world);
        let before = engine.count_events().unwrap();
        tokio::time::sleep(Duration::from_secs(10)).await;
        assert_eq!(engine.count_events().unwrap(), before, "after {wait} ms");
        assert!(!syncing.is_finished());
        store.write(|write| write.release_lease(stolen)).unwrap();
        synced_well(&syncing.await.unwrap().unwrap());
        world.agrees(&engine);
    }
}

#[tokio::test(start_paused = true)]
async fn a_silent_holder_that_died_is_taken_over_when_its_lease_ends() {
    let mut world = World::sample();
    let engine = world.signed_in().await;
    let _pen = engine.take_pen().await.unwrap().unwrap();
    world.kill();
    let other = world.open();
    assert!(other.take_pen().await.unwrap().is_none());
    let started = tokio::time::Instant::now();
    synced_well(&sync(&other).await);
    let waited = started.elapsed();
    assert!(waited > Duration::from_secs(10), "{waited:?}");
    assert!(waited < Duration::from_secs(30), "{waited:?}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_holder_that_hangs_is_taken_over_when_its_lease_ends() {
    use dayline_host::Clock as _;
    let world = world();
    let engine = world.signed_in().await;
    // It still listens, as a stopped process does, but it never answers.
    let socket = world.folder.path().join("hangs");
    let _listener = tokio::net::UnixListener::bind(&socket).unwrap();
    let store = Store::open_existing(world.folder.path()).unwrap();
    let until = world.clock.now() + chrono::TimeDelta::seconds(2);
    store
        .write(|write| {
            let seen = write.lease()?.generation;
            write.take_lease(seen, "hangs", socket.to_str().unwrap(), until)
        })
        .unwrap()
        .unwrap();
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn a_lease_from_before_the_clock_was_set_back_holds_nobody_up() {
    let world = World::sample();
    let engine = world.signed_in().await;
    let store = Store::open_existing(world.folder.path()).unwrap();
    // Its holder is gone and left no socket that could be asked.
    steal(&store, &world);
    world.clock.jump(-chrono::TimeDelta::days(2));
    let synced = tokio::time::timeout(Duration::from_mins(1), sync(&engine)).await;
    synced_well(&synced.unwrap());
    world.agrees(&engine);
}
