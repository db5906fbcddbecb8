//! A world outside that says what a target wants it to say.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::{
    Clock, Host, Http, HttpError, Keyring, KeyringError, OpenError, Opener, Rng, TokioSpawn,
};
use http::{Request, Response};
use secrecy::{SecretSlice, SecretString};
use url::Url;

/// Runs what waits for nothing but the scripted network.
pub(crate) fn block_on<T>(work: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread();
    thread_local! {
        static RUNTIME: std::cell::OnceCell<tokio::runtime::Runtime> =
            const { std::cell::OnceCell::new() };
    }
    RUNTIME.with(|one| {
        one.get_or_init(|| { runtime }.build().unwrap())
            .block_on(work)
    })
}

/// A clock that stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        "2026-11-20T10:00:00Z".parse().unwrap()
    }
}

/// Numbers that only count.
#[derive(Default)]
pub(crate) struct Counting(Mutex<u8>);

impl Rng for Counting {
    fn fill(&self, bytes: &mut [u8]) {
        let mut next = self.0.lock().unwrap();
        for byte in bytes {
            *next = next.wrapping_add(1);
            *byte = *next;
        }
    }
}

/// A network that one function answers.
pub(crate) struct Scripted<F>(pub(crate) F);

#[async_trait]
impl<F> Http for Scripted<F>
where
    F: Fn(&Request<Bytes>) -> Response<Bytes> + Send + Sync,
{
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        Ok((self.0)(&request))
    }
}

/// An answer with this JSON, which may be none.
pub(crate) fn answer(status: u16, body: Bytes) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", "application/json; charset=utf-8")
        .body(body)
        .unwrap()
}

pub(crate) fn token() -> SecretString {
    SecretString::from("token")
}

/// No keyring and nothing that opens: what is under test asks for neither.
struct Nothing;

#[async_trait]
impl Keyring for Nothing {
    async fn find(&self, _name: &str) -> Result<Option<SecretSlice<u8>>, KeyringError> {
        Err(KeyringError::Missing)
    }

    async fn put(&self, _name: &str, _secret: &SecretSlice<u8>) -> Result<(), KeyringError> {
        Err(KeyringError::Missing)
    }

    async fn remove(&self, _name: &str) -> Result<(), KeyringError> {
        Err(KeyringError::Missing)
    }
}

#[async_trait]
impl Opener for Nothing {
    async fn open(&self, _url: &Url) -> Result<(), OpenError> {
        panic!("something was opened");
    }
}

/// The whole world with this network.
pub(crate) fn host(http: Arc<dyn Http>) -> Host {
    Host {
        clock: Arc::new(Still),
        rng: Arc::new(Counting::default()),
        http,
        keyring: Arc::new(Nothing),
        opener: Arc::new(Nothing),
        spawn: Arc::new(TokioSpawn),
    }
}
