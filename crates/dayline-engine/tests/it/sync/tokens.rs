//! Access tokens, refresh tokens, and the keyring that guards them.

use dayline_engine::view::AccountState;
use dayline_engine::{Engine, ProviderKind};
use dayline_host::testing::KeyringMood;
use serde_json::{Value, json};

use super::{account, is_well};
use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

async fn synced_sample() -> (World, Engine) {
    let world = World::sample();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

#[tokio::test(start_paused = true)]
async fn a_refused_token_is_refreshed_once() {
    let (world, engine) = synced_sample().await;
    world.admin("POST", "/tokens/expire", &json!({}));
    world.forget_log();
    synced_well(&sync(&engine).await);
    assert_eq!(world.count("token"), 2);
    let refused = world.log().iter().filter(|sent| sent.status == 401).count();
    assert_eq!(refused, 2);
    is_well(&engine, MICROSOFT);
    is_well(&engine, GOOGLE);
}

#[tokio::test(start_paused = true)]
async fn a_token_that_ends_soon_is_refreshed_before_it_is_used() {
    let (world, engine) = synced_sample().await;
    world.clock.jump(chrono::TimeDelta::minutes(57));
    world.forget_log();
    synced_well(&sync(&engine).await);
    assert_eq!(world.count("token"), 2);
    assert!(world.log().iter().all(|sent| sent.status == 200));
}

#[tokio::test(start_paused = true)]
async fn a_fresh_token_that_is_refused_too_needs_a_sign_in() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    let rule = json!({"match": {"provider": "graph"}, "times": null, "fault": {"kind": "401"}});
    world.admin("POST", "/faults", &rule);
    world.forget_log();
    assert!(!sync(&engine).await.is_ok());
    assert_eq!(world.count("token"), 1);
    assert_eq!(account(&engine, MICROSOFT).state, AccountState::NeedsSignIn);
    is_well(&engine, GOOGLE);
    assert_eq!(world.titles(&engine), before);
}

#[tokio::test(start_paused = true)]
async fn a_revoked_sign_in_keeps_its_data_and_comes_back_with_the_next_one() {
    for provider in ProviderKind::ALL {
        let (world, engine) = synced_sample().await;
        let before = world.titles(&engine);
        let id = account(&engine, provider).id;
        let chosen = json!({"provider": provider.as_str()});
        world.admin("POST", "/tokens/revoke", &chosen);
        world.admin("POST", "/tokens/expire", &chosen);
        assert!(!sync(&engine).await.is_ok());
        let failing = account(&engine, provider);
        assert_eq!(failing.state, AccountState::NeedsSignIn);
        assert!(failing.problem.unwrap().contains("Sign in again"));
        assert_eq!(world.titles(&engine), before);
        let again = world.sign_in(&engine, provider).await.unwrap();
        assert_eq!(again.to_string(), id);
        assert_eq!(world.titles(&engine), before);
        let report = sync(&engine).await;
        synced_well(&report);
        assert!(report.calendars.iter().all(|one| !one.full));
        is_well(&engine, provider);
    }
}

#[tokio::test(start_paused = true)]
async fn a_rotated_token_is_kept_before_it_is_used() {
    let (mut world, engine) = synced_sample().await;
    let google = account(&engine, GOOGLE).id;
    engine.remove_account(&google).await.unwrap();
    world.admin("POST", "/tokens/expire", &json!({}));
    // The refused request, the refresh, and the first request with the new token.
    world.network.die_at(3, false);
    let network = world.network.clone();
    tokio::select! {
        biased;
        () = network.death() => {}
        _ = sync(&engine) => panic!("it did not die"),
    }
    network.live();
    assert_eq!(world.count("token"), 2 + 1);
    world.kill();
    let engine = world.open();
    world.forget_log();
    synced_well(&sync(&engine).await);
    assert_eq!(world.count("token"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_token_endpoint_in_trouble_is_no_reason_to_sign_in_again() {
    for fault in [
        json!({"kind": "503"}),
        json!({"kind": "html"}),
        json!({"kind": "429"}),
    ] {
        let (world, engine) = synced_sample().await;
        let before = world.titles(&engine);
        world.admin("POST", "/tokens/expire", &json!({}));
        let rule = json!({"match": {"kind": "token"}, "times": null, "fault": fault});
        world.admin("POST", "/faults", &rule);
        assert!(!sync(&engine).await.is_ok());
        for provider in ProviderKind::ALL {
            let state = account(&engine, provider).state;
            assert_ne!(state, AccountState::NeedsSignIn, "{fault}");
            assert_ne!(state, AccountState::Ready, "{fault}");
        }
        assert_eq!(world.titles(&engine), before);
        world.admin("DELETE", "/faults", &Value::Null);
        synced_well(&sync(&engine).await);
    }
}

/// Every byte of the data folder.
fn bytes(world: &World) -> Vec<u8> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(world.folder.path()).unwrap() {
        all.extend(std::fs::read(entry.unwrap().path()).unwrap_or_default());
    }
    all
}

fn holds(haystack: &[u8], needle: &str) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle.as_bytes())
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_does_not_answer_is_told_and_costs_nothing() {
    for mood in [KeyringMood::Locked, KeyringMood::Missing] {
        let (world, engine) = synced_sample().await;
        let before = world.titles(&engine);
        drop(engine);
        world.keyring.set_mood(mood);
        let engine = world.open();
        let report = sync(&engine).await;
        assert_eq!(report.failed_accounts.len(), 2);
        assert_eq!(world.titles(&engine), before);
        let problem = account(&engine, GOOGLE).problem.unwrap();
        assert!(problem.contains("keyring"), "{problem}");
        let problem = engine.keyring_problem().await.unwrap().unwrap();
        assert!(problem.contains("keyring"), "{problem}");
        world.keyring.set_mood(KeyringMood::Open);
        synced_well(&sync(&engine).await);
        is_well(&engine, GOOGLE);
    }
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_forgot_gets_no_new_key_behind_the_users_back() {
    let (world, engine) = synced_sample().await;
    let before = world.titles(&engine);
    drop(engine);
    world.keyring.wipe();
    let engine = world.open();
    let report = sync(&engine).await;
    assert_eq!(report.failed_accounts.len(), 2);
    assert_eq!(world.titles(&engine), before);
    let failing = account(&engine, MICROSOFT);
    assert!(failing.problem.unwrap().contains("keyring"));
    // Opened once more it says the same: nothing was made meanwhile.
    drop(engine);
    let engine = world.open();
    assert_eq!(sync(&engine).await.failed_accounts.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn no_token_and_no_secret_is_readable_in_the_data_folder() {
    let (world, engine) = synced_sample().await;
    world.admin("POST", "/tokens/expire", &json!({}));
    synced_well(&sync(&engine).await);
    let all = bytes(&world);
    assert!(holds(&all, &world.email(GOOGLE)), "the folder is read");
    let mut secrets = world.network.tokens();
    // Two access tokens and one of identity each, Microsoft's two and Google's one to refresh.
    assert!(secrets.len() >= 7, "{}", secrets.len());
    secrets.push(dayline_simulator::GOOGLE_CLIENT_SECRET.to_owned());
    for secret in secrets {
        assert!(!holds(&all, &secret), "{secret}");
    }
}
