//! What the tests of this crate share: a host in the hand, a store in memory, scripted answers.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::testing::{FnHttp, MemoryKeyring, RecordingOpener, SeededRng};
use dayline_host::{Clock, Host, HttpError, TokioSpawn};
use dayline_model::ProviderKind;
use http::{Request, Response};
use secrecy::{SecretSlice, SecretString};
use url::Url;

use crate::{
    Attempt, AttemptStore, Begun, Client, Endpoints, Redirect, Sealer, SignIn, StoreFailure,
};

/// Wall time that stands still until it is told to jump.
pub(crate) struct StandingClock(Mutex<DateTime<Utc>>);

impl StandingClock {
    pub fn jump(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for StandingClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// A form body as pairs.
pub(crate) type Form = Vec<(String, String)>;

/// Everything a sign-in needs, and a record of what it sent.
pub(crate) struct Desk {
    pub host: Host,
    pub clock: Arc<StandingClock>,
    pub endpoints: Endpoints,
    pub sealer: Sealer,
    pub attempts: MemoryAttempts,
    requests: Arc<Mutex<Vec<(String, Form)>>>,
}

pub(crate) const PORT: u16 = 4711;

pub(crate) fn start() -> DateTime<Utc> {
    "2026-03-29T10:00:00Z".parse().unwrap()
}

impl Desk {
    /// A desk whose token endpoints all answer with `answer`.
    pub fn new(
        answer: impl Fn() -> Result<Response<Bytes>, HttpError> + Send + Sync + 'static,
    ) -> Self {
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        let clock = Arc::new(StandingClock(Mutex::new(start())));
        let http = FnHttp(move |request: Request<Bytes>| {
            assert_eq!(request.method(), "POST");
            let form = url::form_urlencoded::parse(request.body())
                .into_owned()
                .collect();
            log.lock().unwrap().push((request.uri().to_string(), form));
            answer()
        });
        let host = Host {
            clock: clock.clone(),
            rng: Arc::new(SeededRng::new(7)),
            http: Arc::new(http),
            keyring: Arc::new(MemoryKeyring::default()),
            opener: Arc::new(RecordingOpener::default()),
            spawn: Arc::new(TokioSpawn),
        };
        Self {
            host,
            clock,
            endpoints: Endpoints::production(),
            sealer: Sealer::new(&SecretSlice::from(vec![7; 32])).unwrap(),
            attempts: MemoryAttempts::default(),
            requests,
        }
    }

    /// Every token request so far: its address and its form.
    pub fn requests(&self) -> Vec<(String, Form)> {
        self.requests.lock().unwrap().clone()
    }

    pub fn begin(&self, sign_in: &SignIn) -> Begun {
        let client = client_for(sign_in.issuer.provider);
        crate::begin(
            &self.host,
            &self.endpoints,
            &client,
            &self.sealer,
            &self.attempts,
            sign_in,
        )
        .unwrap()
    }

    pub async fn complete(&self, callback: &str) -> Result<crate::SignedIn, crate::CompleteError> {
        let callback = Url::parse(callback).unwrap();
        let (host, endpoints) = (&self.host, &self.endpoints);
        let built_in = |issuer: crate::Issuer| Some(client_for(issuer.provider));
        crate::complete(
            host,
            endpoints,
            &built_in,
            &self.sealer,
            &self.attempts,
            &callback,
        )
        .await
    }
}

pub(crate) fn client_for(provider: ProviderKind) -> Client {
    let secret = SecretString::from("not-so-secret");
    Client::with_secret(format!("{}-client", provider.as_str()), secret)
}

pub(crate) fn by_deep_link() -> SignIn {
    SignIn::new(ProviderKind::Microsoft, Redirect::DeepLink)
}

pub(crate) fn by_loopback(provider: ProviderKind) -> SignIn {
    SignIn::new(provider, Redirect::Loopback { port: PORT })
}

/// One parameter of the address that the browser was sent to.
pub(crate) fn sent(begun: &Begun, name: &str) -> Option<String> {
    let mut values = begun
        .authorize_url
        .query_pairs()
        .filter(|(key, _)| key == name);
    let value = values.next().map(|(_, value)| value.into_owned());
    assert!(values.next().is_none(), "{name} is sent once");
    value
}

/// The answer of an honest provider to what it was asked.
pub(crate) fn honest_callback(begun: &Begun, code: &str) -> String {
    let mut url = Url::parse(&sent(begun, "redirect_uri").unwrap()).unwrap();
    url.query_pairs_mut()
        .append_pair("code", code)
        .append_pair("state", &sent(begun, "state").unwrap());
    url.into()
}

pub(crate) fn json(status: u16, body: &str) -> Result<Response<Bytes>, HttpError> {
    respond(
        status,
        &[("content-type", "application/json; charset=utf-8")],
        body,
    )
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "stands where a network's result would"
)]
pub(crate) fn respond(
    status: u16,
    headers: &[(&str, &str)],
    body: &str,
) -> Result<Response<Bytes>, HttpError> {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap())
}

pub(crate) const MICROSOFT_TOKENS: &str = r#"{"token_type":"Bearer","expires_in":3600,"ext_expires_in":3600,
  "scope":"Calendars.Read MailboxSettings.Read User.Read profile openid email",
  "access_token":"access-canary","refresh_token":"refresh-canary",
  "id_token":"e30.eyJhdWQiOiJtaWNyb3NvZnQtY2xpZW50Iiwic3ViIjoicyIsIm5hbWUiOiJBZGEifQ.c2ln"}"#;

pub(crate) const GOOGLE_TOKENS: &str = r#"{"token_type":"Bearer","expires_in":3599,
  "scope":"openid https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/calendar.events.readonly https://www.googleapis.com/auth/calendar.calendarlist.readonly",
  "access_token":"access-canary","refresh_token":"refresh-canary"}"#;

/// An [`AttemptStore`] that forgets everything when dropped.
#[derive(Default)]
pub(crate) struct MemoryAttempts(Mutex<Vec<(Attempt, bool)>>);

impl MemoryAttempts {
    /// Every attempt, and whether it was consumed.
    pub fn all(&self) -> Vec<(Attempt, bool)> {
        self.0.lock().unwrap().clone()
    }
}

impl AttemptStore for MemoryAttempts {
    fn insert(&self, attempt: &Attempt) -> Result<(), StoreFailure> {
        self.0.lock().unwrap().push((attempt.clone(), false));
        Ok(())
    }

    fn consume(
        &self,
        state_hash: &[u8; 32],
        _now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreFailure> {
        let mut all = self.0.lock().unwrap();
        let open = all
            .iter_mut()
            .find(|(it, consumed)| it.state_hash == *state_hash && !consumed);
        Ok(open.map(|(attempt, consumed)| {
            *consumed = true;
            attempt.clone()
        }))
    }

    fn abandon(&self, id: &str) -> Result<(), StoreFailure> {
        self.0
            .lock()
            .unwrap()
            .retain(|(attempt, _)| attempt.id != id);
        Ok(())
    }
}
