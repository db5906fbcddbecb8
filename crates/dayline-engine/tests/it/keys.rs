//! A new sealing key in the place of the old one, whatever happens meanwhile.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use dayline_engine::{Engine, Error, WayBack};
use dayline_host::testing::{KeyringMood, MemoryKeyring};
use dayline_host::{Host, Keyring, KeyringError};
use dayline_store::{SEALING_KEY, Store};
use secrecy::SecretSlice;
use serde_json::json;

use crate::support::{GOOGLE, MICROSOFT, World, sync, synced_well};

async fn synced() -> (World, Engine) {
    let world = World::empty();
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    (world, engine)
}

fn named_key(world: &World) -> String {
    let store = Store::open_existing(world.folder.path()).unwrap();
    let name = store.read(|read| read.find_setting(SEALING_KEY)).unwrap();
    name.unwrap()
}

/// Every token and secret opens, without a new sign-in and without a refresh; then refreshing
/// works too, which needs Google's client secret.
async fn everything_opens(world: &World, context: &str) {
    let engine = world.open();
    world.forget_log();
    let report = sync(&engine).await;
    assert!(report.is_ok(), "{context}: {report:#?}");
    assert_eq!(world.count("token"), 0, "{context}");
    world.admin("POST", "/tokens/expire", &json!({}));
    let report = sync(&engine).await;
    assert!(report.is_ok(), "{context}: {report:#?}");
    assert_eq!(world.count("token"), 2, "{context}");
}

#[tokio::test(start_paused = true)]
async fn everything_is_sealed_anew_and_the_old_key_is_gone() {
    let (world, engine) = synced().await;
    let old = named_key(&world);
    world.network.unplug(true);
    let report = engine.rotate_keys().await.unwrap();
    world.network.unplug(false);
    // Two tokens of each account and Google's client secret.
    assert_eq!(report.resealed, 5);
    assert!(report.old_key_removed);
    let new = named_key(&world);
    assert_ne!(new, old);
    assert_eq!(world.keyring.names(), [new]);
    everything_opens(&world, "rotated").await;
    // The engine that did it goes on, too.
    synced_well(&sync(&engine).await);
}

#[tokio::test(start_paused = true)]
async fn a_sign_in_that_waits_for_its_answer_outlives_a_rotation_elsewhere() {
    let (world, engine) = synced().await;
    let started = engine
        .start_sign_in(GOOGLE, WayBack::DeepLink)
        .await
        .unwrap();
    let other = world.open();
    other.rotate_keys().await.unwrap();
    let answer = world.answer_page(GOOGLE, &started.authorize_url, "allow");
    engine.open_deep_link(&answer).await.unwrap();
    synced_well(&sync(&engine).await);
    everything_opens(&world, "signed in").await;
}

#[tokio::test(start_paused = true)]
async fn a_process_that_knows_the_old_key_takes_the_new_one() {
    let (world, engine) = synced().await;
    let other = world.open();
    for _ in 0..3 {
        other.rotate_keys().await.unwrap();
        world.admin("POST", "/tokens/expire", &json!({}));
        synced_well(&sync(&engine).await);
        engine.rotate_keys().await.unwrap();
        world.set_clients(&other).await;
        synced_well(&sync(&other).await);
    }
    assert_eq!(world.keyring.names().len(), 1);
    everything_opens(&world, "to and fro").await;
}

#[tokio::test(start_paused = true)]
async fn a_rotation_at_any_moment_of_a_refresh_loses_no_token() {
    for wait in (0..160).step_by(4) {
        for elsewhere in [false, true] {
            let (world, engine) = synced().await;
            let rotating = if elsewhere {
                world.open()
            } else {
                engine.clone()
            };
            world.admin("POST", "/tokens/expire", &json!({}));
            let rotate = async {
                tokio::time::sleep(Duration::from_millis(wait)).await;
                rotating.rotate_keys().await.unwrap()
            };
            let (report, _) = tokio::join!(sync(&engine), rotate);
            let context = format!("after {wait} ms, elsewhere: {elsewhere}");
            assert!(report.is_ok(), "{context}: {report:#?}");
            everything_opens(&world, &context).await;
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_keyring_that_does_not_answer_changes_nothing() {
    for mood in [
        KeyringMood::Locked,
        KeyringMood::Missing,
        KeyringMood::LooksEmpty,
    ] {
        let (world, engine) = synced().await;
        let old = named_key(&world);
        world.keyring.set_mood(mood);
        let error = engine.rotate_keys().await.unwrap_err();
        assert!(error.to_string().contains("keyring"), "{error}");
        assert_eq!(named_key(&world), old);
        world.keyring.set_mood(KeyringMood::Open);
        assert_eq!(world.keyring.names(), [old]);
        everything_opens(&world, "locked").await;
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_old_key_does_not_open_stops_it_and_is_named() {
    let (world, engine) = synced().await;
    let old = named_key(&world);
    let store = Store::open_existing(world.folder.path()).unwrap();
    store
        .write(|write| {
            let google = write.accounts()?[1].id;
            let mut tokens = write.find_tokens(google)?.unwrap();
            tokens.refresh.as_mut().unwrap()[20] ^= 1;
            write.put_tokens(google, &tokens)
        })
        .unwrap();
    let error = engine.rotate_keys().await.unwrap_err();
    assert!(matches!(error, Error::Shut(_)), "{error:?}");
    assert!(error.to_string().contains(&world.email(GOOGLE)), "{error}");
    assert_eq!(named_key(&world), old);
    assert_eq!(world.keyring.names(), [old]);
    // The others go on.
    assert!(sync(&engine).await.is_ok());
}

/// What happens at one call to the keyring.
#[derive(Debug, Clone, Copy)]
enum Trouble {
    Fails,
    NeverAnswers,
    NeverAnswersButDoes,
}

/// A keyring in trouble at its `at`th call.
struct Troubled {
    inner: Arc<MemoryKeyring>,
    left: AtomicU32,
    trouble: Trouble,
}

impl Troubled {
    async fn pass<T>(
        &self,
        call: impl Future<Output = Result<T, KeyringError>> + Send,
    ) -> Result<T, KeyringError> {
        if self.left.fetch_sub(1, Ordering::Relaxed) != 1 {
            return call.await;
        }
        match self.trouble {
            Trouble::Fails => Err(KeyringError::Failed("a test".to_owned())),
            Trouble::NeverAnswers => std::future::pending().await,
            Trouble::NeverAnswersButDoes => {
                drop(call.await);
                std::future::pending().await
            }
        }
    }
}

#[async_trait]
impl Keyring for Troubled {
    async fn find(&self, name: &str) -> Result<Option<SecretSlice<u8>>, KeyringError> {
        self.pass(self.inner.find(name)).await
    }

    async fn put(&self, name: &str, secret: &SecretSlice<u8>) -> Result<(), KeyringError> {
        self.pass(self.inner.put(name, secret)).await
    }

    async fn remove(&self, name: &str) -> Result<(), KeyringError> {
        self.pass(self.inner.remove(name)).await
    }
}

#[tokio::test(start_paused = true)]
async fn trouble_or_death_at_any_call_to_the_keyring_costs_nothing() {
    let mut outcomes = Vec::new();
    for trouble in [
        Trouble::Fails,
        Trouble::NeverAnswers,
        Trouble::NeverAnswersButDoes,
    ] {
        // Old key, new key, kept, given back, old key removed.
        for at in 1..=6 {
            let (mut world, engine) = synced().await;
            drop(engine);
            let old = named_key(&world);
            let keyring = Arc::new(Troubled {
                inner: world.keyring.clone(),
                left: AtomicU32::new(at),
                trouble,
            });
            let host = Host {
                keyring,
                ..world.host()
            };
            let engine = Engine::open(host, world.config()).unwrap();
            let rotated = tokio::time::timeout(Duration::from_secs(5), engine.rotate_keys()).await;
            let context = format!("{trouble:?} at {at}: {rotated:?}");
            // The process dies.
            world.kill();
            drop(engine);
            let is_new = named_key(&world) != old;
            outcomes.push(is_new);
            everything_opens(&world, &context).await;
            // Nothing is left behind for ever.
            let engine = world.open();
            assert!(engine.maintain().await.unwrap().is_ok(), "{context}");
            assert_eq!(world.keyring.names(), [named_key(&world)], "{context}");
            everything_opens(&world, &context).await;
        }
    }
    assert!(outcomes.contains(&true) && outcomes.contains(&false));
}

#[tokio::test(start_paused = true)]
async fn before_anything_is_sealed_there_is_nothing_to_replace() {
    let world = World::empty();
    let engine = world.open();
    let error = engine.rotate_keys().await.unwrap_err();
    assert!(matches!(error, Error::Invalid(_)), "{error:?}");
    assert!(world.keyring.names().is_empty());
    world.set_clients(&engine).await;
    world.sign_in(&engine, MICROSOFT).await.unwrap();
}
