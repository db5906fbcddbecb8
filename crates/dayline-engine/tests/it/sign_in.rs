//! Sign-ins that end well, and the many ways in which they do not: then nothing is kept of them.

use chrono::TimeDelta;
use dayline_engine::view::{ErrorCode, SignInOutcome};
use dayline_engine::{Engine, EngineEvent, Error, SignInStarted, WayBack};
use dayline_host::testing::KeyringMood;
use dayline_store::Store;
use serde_json::{Value, json};
use tokio::sync::broadcast::Receiver;

use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

async fn begun(world: &World) -> (Engine, SignInStarted) {
    let engine = world.open();
    world.set_clients(&engine).await;
    let started = engine
        .start_sign_in(MICROSOFT, WayBack::DeepLink)
        .await
        .unwrap();
    (engine, started)
}

/// Nothing of a sign-in is kept: no account, no calendar, no token.
#[track_caller]
fn nothing_is_kept(world: &World, engine: &Engine) {
    assert!(engine.accounts().unwrap().is_empty());
    let store = Store::open_existing(world.folder.path()).unwrap();
    let (calendars, accounts) = store
        .read(|read| Ok((read.calendars()?, read.accounts()?)))
        .unwrap();
    assert!(calendars.is_empty());
    assert!(accounts.is_empty());
}

fn outcome(events: &mut Receiver<EngineEvent>) -> Option<SignInOutcome> {
    let mut found = None;
    while let Ok(event) = events.try_recv() {
        if let EngineEvent::SignInFinished(outcome) = event {
            assert!(found.is_none(), "it ended twice");
            found = Some(outcome);
        }
    }
    found
}

fn code(result: Result<dayline_engine::AccountId, Error>) -> ErrorCode {
    result.unwrap_err().code()
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_brings_the_account_with_its_calendars() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let mut events = engine.subscribe();
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
    let id = engine.open_deep_link(&answer).await.unwrap();
    let ended = outcome(&mut events).unwrap();
    assert_eq!(ended.attempt, started.attempt);
    assert_eq!(ended.account_id, Some(id.to_string()));
    assert!(ended.error.is_none());
    let accounts = engine.accounts().unwrap();
    assert_eq!(accounts[0].email, world.email(MICROSOFT));
    assert_eq!(
        accounts[0].calendars.len(),
        world.calendars(MICROSOFT).len()
    );
    synced_well(&sync(&engine).await);
}

#[tokio::test(start_paused = true)]
async fn a_no_is_told_and_nothing_is_kept() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let mut events = engine.subscribe();
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "deny");
    assert_eq!(
        code(engine.open_deep_link(&answer).await),
        ErrorCode::SignInDenied
    );
    let ended = outcome(&mut events).unwrap();
    assert_eq!(ended.attempt, started.attempt);
    assert_eq!(ended.error.unwrap().code, ErrorCode::SignInDenied);
    nothing_is_kept(&world, &engine);
}

#[tokio::test(start_paused = true)]
async fn an_answer_counts_once() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
    engine.open_deep_link(&answer).await.unwrap();
    world.forget_log();
    assert_eq!(
        code(engine.open_deep_link(&answer).await),
        ErrorCode::SignInInvalid
    );
    assert_eq!(world.count("token"), 0);
    assert_eq!(engine.accounts().unwrap().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn answers_that_nobody_asked_for_are_refused() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
    let (_, state) = answer.split_once("state=").unwrap();
    let state = state.split('&').next().unwrap();
    world.forget_log();
    for forged in [
        "dayline://oauth/microsoft?code=stolen&state=guessed".to_owned(),
        "dayline://oauth/microsoft?code=stolen".to_owned(),
        "dayline://oauth/microsoft".to_owned(),
        answer.replace(state, &state.chars().rev().collect::<String>()),
        answer.replace("oauth/microsoft", "oauth/google"),
    ] {
        let refused = code(engine.open_deep_link(&forged).await);
        assert_eq!(refused, ErrorCode::SignInInvalid, "{forged}");
    }
    for foreign in [
        "https://oauth/microsoft?code=1&state=2",
        "dayline://other",
        "no link",
    ] {
        assert_eq!(
            code(engine.open_deep_link(foreign).await),
            ErrorCode::Invalid
        );
    }
    assert_eq!(world.count("token"), 0);
    nothing_is_kept(&world, &engine);
}

#[tokio::test(start_paused = true)]
async fn a_link_that_nobody_asked_for_leaves_the_keyring_alone() {
    let world = World::sample();
    let engine = world.open();
    let link = "dayline://oauth/microsoft?code=stolen&state=guessed";
    for mood in [KeyringMood::Locked, KeyringMood::Missing, KeyringMood::Open] {
        world.keyring.set_mood(mood);
        let refused = code(engine.open_deep_link(link).await);
        assert_eq!(refused, ErrorCode::SignInInvalid, "{mood:?}");
    }
    let store = Store::open_existing(world.folder.path()).unwrap();
    let key = store.read(|read| read.find_setting("sealing.key")).unwrap();
    assert_eq!(key, None, "a key was made");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_too_late_is_refused() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
    world.clock.jump(TimeDelta::minutes(16));
    assert_eq!(
        code(engine.open_deep_link(&answer).await),
        ErrorCode::SignInExpired
    );
    nothing_is_kept(&world, &engine);
}

#[tokio::test(start_paused = true)]
async fn a_browser_that_is_closed_ends_the_attempt_after_a_quarter_of_an_hour() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let mut events = engine.subscribe();
    tokio::time::sleep(std::time::Duration::from_mins(16)).await;
    let ended = outcome(&mut events).unwrap();
    assert_eq!(ended.attempt, started.attempt);
    assert_eq!(ended.error.unwrap().code, ErrorCode::SignInExpired);
    nothing_is_kept(&world, &engine);
}

#[tokio::test(start_paused = true)]
async fn an_attempt_that_was_given_up_takes_no_answer() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
    engine.cancel_sign_in(&started.attempt).unwrap();
    assert_eq!(
        code(engine.open_deep_link(&answer).await),
        ErrorCode::SignInInvalid
    );
    nothing_is_kept(&world, &engine);
}

#[tokio::test(start_paused = true)]
async fn trouble_after_the_yes_keeps_nothing_and_the_next_attempt_works() {
    let troubles = [
        json!({"match": {"kind": "token"}, "fault": {"kind": "html"}}),
        json!({"match": {"kind": "token"}, "fault": {"kind": "empty200"}}),
        json!({"match": {"kind": "token"}, "fault": {"status": 400, "body": {"error": "invalid_grant"}}}),
        json!({"match": {"kind": "token"}, "fault": {"truncate": 20}}),
        json!({"match": {"kind": "calendar_list"}, "fault": {"kind": "html"}}),
        json!({"match": {"kind": "calendar_list"}, "fault": {"kind": "403"}}),
        json!({"match": {"kind": "categories"}, "fault": {"kind": "500"}}),
    ];
    for trouble in troubles {
        let world = World::sample();
        let (engine, started) = begun(&world).await;
        let mut events = engine.subscribe();
        let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
        world.admin("POST", "/faults", &trouble);
        let error = engine.open_deep_link(&answer).await.unwrap_err();
        assert!(!error.to_string().is_empty());
        assert!(outcome(&mut events).unwrap().error.is_some(), "{trouble}");
        nothing_is_kept(&world, &engine);
        world.admin("DELETE", "/faults", &Value::Null);
        world.sign_in(&engine, MICROSOFT).await.unwrap();
        assert_eq!(engine.accounts().unwrap().len(), 1);
    }
}

#[tokio::test(start_paused = true)]
async fn a_death_between_yes_and_account_keeps_nothing() {
    for at in 1..=4 {
        for arrives in [false, true] {
            let mut world = World::sample();
            let (engine, started) = begun(&world).await;
            let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
            world.network.die_at(at, arrives);
            let network = world.network.clone();
            tokio::select! {
                biased;
                () = network.death() => {}
                _ = engine.open_deep_link(&answer) => panic!("it did not die at {at}"),
            }
            network.live();
            world.kill();
            let engine = world.open();
            nothing_is_kept(&world, &engine);
            assert_eq!(
                code(engine.open_deep_link(&answer).await),
                ErrorCode::SignInInvalid
            );
            world.sign_in(&engine, MICROSOFT).await.unwrap();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn another_process_completes_what_one_began() {
    let world = World::sample();
    let (engine, started) = begun(&world).await;
    let answer = world.answer_page(MICROSOFT, &started.authorize_url, "allow");
    let other = world.open();
    other.open_deep_link(&answer).await.unwrap();
    assert_eq!(engine.accounts().unwrap().len(), 1);
    synced_well(&sync(&engine).await);
}

#[tokio::test(start_paused = true)]
async fn two_first_starts_at_once_seal_with_one_key() {
    let world = World::sample();
    let (one, other) = (world.open(), world.open());
    tokio::join!(world.set_clients(&one), world.set_clients(&other));
    let (first, second) = tokio::join!(
        world.sign_in(&one, MICROSOFT),
        world.sign_in(&other, GOOGLE)
    );
    first.unwrap();
    second.unwrap();
    drop((one, other));
    synced_well(&sync(&world.open()).await);
}

#[tokio::test(start_paused = true)]
async fn without_a_keyring_no_sign_in_begins_and_nothing_is_kept_in_the_clear() {
    for mood in [KeyringMood::Locked, KeyringMood::Missing] {
        let world = World::sample();
        let engine = world.open();
        world.set_clients(&engine).await;
        drop(engine);
        world.keyring.set_mood(mood);
        let engine = world.open();
        let error = engine
            .start_sign_in(GOOGLE, WayBack::DeepLink)
            .await
            .unwrap_err();
        assert_eq!(error.code(), ErrorCode::Keyring);
        nothing_is_kept(&world, &engine);
        world.keyring.set_mood(KeyringMood::Open);
        world.sign_in(&engine, GOOGLE).await.unwrap();
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_keyring_that_forgot_signing_in_again_mends_everything() {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    let titles = world.titles(&engine);
    drop(engine);
    world.keyring.wipe();
    let engine = world.open();
    // The secret of Google's client is lost with the key, and is entered anew.
    let google = world.sign_in(&engine, GOOGLE).await;
    assert_eq!(code(google), ErrorCode::NotConfigured);
    world.set_clients(&engine).await;
    world.sign_in(&engine, MICROSOFT).await.unwrap();
    world.sign_in(&engine, GOOGLE).await.unwrap();
    assert_eq!(engine.accounts().unwrap().len(), 2);
    assert_eq!(world.titles(&engine), titles);
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
}

#[tokio::test(start_paused = true)]
async fn a_locked_keyring_that_looks_empty_costs_no_stored_sign_in() {
    let world = World::sample();
    let engine = world.signed_in().await;
    drop(engine);
    world.keyring.set_mood(KeyringMood::LooksEmpty);
    let engine = world.open();
    let refused = world.sign_in(&engine, MICROSOFT).await;
    assert_eq!(code(refused), ErrorCode::Keyring);
    world.keyring.set_mood(KeyringMood::Open);
    synced_well(&sync(&engine).await);
    world.agrees(&engine);
}
