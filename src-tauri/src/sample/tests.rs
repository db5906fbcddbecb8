use std::collections::BTreeMap;

use dayline_engine::SyncRequest;
use dayline_engine::view::ErrorCode;
use dayline_host::testing::{KeyringMood, MemoryKeyring, RecordingOpener, SeededRng};
use dayline_host::{Keyring, KeyringError, SystemClock, TokioSpawn};
use secrecy::{ExposeSecret as _, SecretSlice};

use super::*;

/// A keyring whose entries a test can see.
#[derive(Default)]
struct OpenKeyring(Mutex<BTreeMap<String, Vec<u8>>>);

#[async_trait]
impl Keyring for OpenKeyring {
    async fn find(&self, name: &str) -> Result<Option<SecretSlice<u8>>, KeyringError> {
        let entries = self.0.lock().unwrap();
        Ok(entries.get(name).cloned().map(SecretSlice::from))
    }

    async fn put(&self, name: &str, secret: &SecretSlice<u8>) -> Result<(), KeyringError> {
        let mut entries = self.0.lock().unwrap();
        entries.insert(name.to_owned(), secret.expose_secret().to_vec());
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), KeyringError> {
        self.0.lock().unwrap().remove(name);
        Ok(())
    }
}

/// No request may leave the process.
struct NoNetwork;

#[async_trait]
impl Http for NoNetwork {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        panic!("the sample asked the network for {}", request.uri())
    }
}

fn host(keyring: Arc<dyn Keyring>) -> Host {
    Host {
        clock: Arc::new(SystemClock),
        rng: Arc::new(SeededRng::new(7)),
        http: Arc::new(NoNetwork),
        keyring,
        opener: Arc::new(RecordingOpener::default()),
        spawn: Arc::new(TokioSpawn),
    }
}

fn own() -> Config {
    Config {
        folder: "/nowhere".into(),
        endpoints: Endpoints::production(),
        zone: "Europe/Berlin".into(),
        first_day_of_week: 1,
        sample: false,
        serve_others: true,
    }
}

#[tokio::test]
async fn the_sample_signs_two_accounts_in_syncs_them_and_leaves_nothing_behind() {
    let keyring = Arc::new(OpenKeyring::default());
    let sample = Sample::open(&host(keyring.clone()), &own()).await.unwrap();
    let folder = sample.folder.path().to_owned();
    assert_eq!(sample.engine.accounts().unwrap().len(), 2);
    assert_eq!(keyring.0.lock().unwrap().len(), 1, "one sealing key");

    let report = sample.engine.sync(SyncRequest::default()).await.unwrap();
    assert!(report.is_ok(), "{report:?}");
    assert!(sample.engine.count_events().unwrap() > 20);
    let first = sample.engine.bootstrap().unwrap();
    assert!(first.sample);
    assert_eq!(sample.engine.keyring_problem().await.unwrap(), None);

    sample.end().await;
    assert!(keyring.0.lock().unwrap().is_empty());
    assert!(!folder.exists());
}

#[tokio::test]
async fn without_a_usable_keyring_there_is_no_sample_and_the_keyring_says_why() {
    for (mood, word) in [
        (KeyringMood::Locked, "locked"),
        (KeyringMood::Missing, "no keyring"),
    ] {
        let keyring = Arc::new(MemoryKeyring::default());
        keyring.set_mood(mood);
        let error = Sample::open(&host(keyring), &own()).await.err().unwrap();
        assert_eq!(error.code(), ErrorCode::Keyring);
        assert!(error.to_string().contains(word), "{error}");
    }
}
