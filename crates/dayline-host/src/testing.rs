//! Forms of the traits that a test or a simulation holds in its hand.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use ::http::{Request, Response};
use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};
use secrecy::{ExposeSecret, SecretSlice};
use url::Url;

use crate::{Clock, Http, HttpError, Keyring, KeyringError, OpenError, Opener, Rng};

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Wall time that follows tokio's clock, paused or not, and jumps when told to.
#[derive(Debug)]
pub struct TestClock {
    base: Mutex<DateTime<Utc>>,
    started: tokio::time::Instant,
}

impl TestClock {
    /// A clock that shows `now` at this moment.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self {
            base: Mutex::new(now),
            started: tokio::time::Instant::now(),
        }
    }

    /// Lets the wall time jump, as a user or NTP would.
    pub fn jump(&self, by: TimeDelta) {
        let mut base = lock(&self.base);
        *base += by;
    }
}

impl Clock for TestClock {
    fn now(&self) -> DateTime<Utc> {
        let passed = TimeDelta::from_std(self.started.elapsed()).unwrap_or(TimeDelta::MAX);
        *lock(&self.base) + passed
    }
}

/// Randomness from a seed.
#[derive(Debug)]
pub struct SeededRng(Mutex<ChaCha8Rng>);

impl SeededRng {
    /// The sequence of `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(ChaCha8Rng::seed_from_u64(seed)))
    }
}

impl Rng for SeededRng {
    fn fill(&self, bytes: &mut [u8]) {
        lock(&self.0).fill_bytes(bytes);
    }
}

/// What a [`MemoryKeyring`] does when asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum KeyringMood {
    /// Answers.
    #[default]
    Open,
    /// Is locked.
    Locked,
    /// Is locked and answers like an empty one, as some do, until something is to be written.
    LooksEmpty,
    /// Is not there.
    Missing,
}

/// A keyring that forgets everything when dropped.
#[derive(Debug, Default)]
pub struct MemoryKeyring {
    entries: Mutex<BTreeMap<String, Vec<u8>>>,
    mood: Mutex<KeyringMood>,
}

impl MemoryKeyring {
    /// Changes what it does from now on.
    pub fn set_mood(&self, mood: KeyringMood) {
        *lock(&self.mood) = mood;
    }

    /// Forgets every entry, as a new computer would.
    pub fn wipe(&self) {
        lock(&self.entries).clear();
    }

    /// The names of all entries.
    pub fn names(&self) -> Vec<String> {
        lock(&self.entries).keys().cloned().collect()
    }

    fn check(&self) -> Result<(), KeyringError> {
        match *lock(&self.mood) {
            KeyringMood::Open => Ok(()),
            KeyringMood::Locked | KeyringMood::LooksEmpty => Err(KeyringError::Locked),
            KeyringMood::Missing => Err(KeyringError::Missing),
        }
    }
}

#[async_trait]
impl Keyring for MemoryKeyring {
    async fn find(&self, name: &str) -> Result<Option<SecretSlice<u8>>, KeyringError> {
        if *lock(&self.mood) == KeyringMood::LooksEmpty {
            return Ok(None);
        }
        self.check()?;
        Ok(lock(&self.entries)
            .get(name)
            .cloned()
            .map(SecretSlice::from))
    }

    async fn put(&self, name: &str, secret: &SecretSlice<u8>) -> Result<(), KeyringError> {
        self.check()?;
        lock(&self.entries).insert(name.to_owned(), secret.expose_secret().to_vec());
        Ok(())
    }

    async fn remove(&self, name: &str) -> Result<(), KeyringError> {
        self.check()?;
        lock(&self.entries).remove(name);
        Ok(())
    }
}

/// Remembers what it was asked to open.
#[derive(Debug, Default)]
pub struct RecordingOpener(Mutex<Vec<Url>>);

impl RecordingOpener {
    /// Everything opened so far, oldest first.
    pub fn opened(&self) -> Vec<Url> {
        lock(&self.0).clone()
    }
}

#[async_trait]
impl Opener for RecordingOpener {
    async fn open(&self, url: &Url) -> Result<(), OpenError> {
        lock(&self.0).push(url.clone());
        Ok(())
    }
}

/// A network that one function answers.
pub struct FnHttp<F>(pub F);

#[async_trait]
impl<F> Http for FnHttp<F>
where
    F: Fn(Request<Bytes>) -> Result<Response<Bytes>, HttpError> + Send + Sync,
{
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        // A real network always yields; so does this one, so that a crash can fall here.
        tokio::task::yield_now().await;
        (self.0)(request)
    }
}
