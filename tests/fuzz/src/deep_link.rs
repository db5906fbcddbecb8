//! Answers of the browser: a link that anybody can send signs nobody in but whom it belongs to.
//!
//! `{state}` in an input stands for the state of the attempt that waits. What a link has to be to
//! succeed is judged here by its text, a second time and in another way.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_auth::{
    Attempt, AttemptStore, AuthError, Begun, Client, Endpoints, Redirect, Sealer, SignIn, SignedIn,
    StoreFailure,
};
use dayline_host::Host;
use dayline_model::ProviderKind;
use http::Request;
use secrecy::SecretSlice;
use url::Url;

use crate::text;
use crate::world::{Scripted, answer, block_on, host};

const TOKENS: &str = r#"{"token_type":"Bearer","expires_in":3600,
  "scope":"Calendars.Read MailboxSettings.Read User.Read profile openid email https://www.googleapis.com/auth/userinfo.email https://www.googleapis.com/auth/calendar.events.readonly https://www.googleapis.com/auth/calendar.calendarlist.readonly",
  "access_token":"access","refresh_token":"refresh"}"#;

/// The input is a link; both providers wait for an answer.
pub(crate) fn check(input: &[u8]) {
    let text = text(input);
    for provider in [ProviderKind::Microsoft, ProviderKind::Google] {
        let desk = Desk::new();
        let begun = desk.begin(provider);
        let state = state_of(&begun);
        let link = text.replace("{state}", &state);
        let Ok(url) = Url::parse(&link) else {
            continue;
        };
        let is_named = dayline_auth::state_hash(&url) == Some(begun.state_hash);
        let first = block_on(desk.complete(&url));
        let asked = desk.requests();
        assert!(asked <= 1, "a link causes one request at most");
        assert_eq!(
            desk.attempts.is_open(),
            !is_named,
            "a named attempt is over"
        );
        if asked == 1 || first.is_ok() {
            assert_right(&url, provider, &state);
        }
        if let Err(failed) = &first {
            assert_eq!(failed.is_none(), !is_named, "it is told whose it was");
        }
        assert_eq!(
            block_on(desk.complete(&url)).err(),
            Some(None),
            "a link counts once"
        );
        assert_eq!(desk.requests(), asked, "a second time nobody is asked");
    }
}

/// What a link that leads to a request has to be.
fn assert_right(url: &Url, provider: ProviderKind, state: &str) {
    let (address, query) = url.as_str().split_once('?').unwrap();
    assert_eq!(address, format!("dayline://oauth/{}", provider.as_str()));
    // What the engine looks at before anything else.
    assert_eq!((url.scheme(), url.host_str()), ("dayline", Some("oauth")));
    let query = query.strip_suffix('#').unwrap_or(query);
    assert!(!query.contains('#'), "nothing stands behind the query");
    let pairs: Vec<_> = url.query_pairs().collect();
    let values = |name: &str| {
        let found = pairs.iter().filter(|(key, _)| key == name);
        found.map(|(_, value)| value.as_ref()).collect::<Vec<_>>()
    };
    assert_eq!(
        values("state"),
        [state],
        "the state is the one that was sent"
    );
    assert_eq!(values("code").len(), 1, "there is one code");
    assert!(values("error").is_empty(), "nothing was refused");
}

fn state_of(begun: &Begun) -> String {
    let mut query = begun.authorize_url.query_pairs();
    let state = query.find(|(key, _)| key == "state");
    state.unwrap().1.into_owned()
}

/// Everything that a sign-in needs.
struct Desk {
    host: Host,
    endpoints: Endpoints,
    sealer: Sealer,
    attempts: OneAttempt,
    requests: Arc<Mutex<usize>>,
}

impl Desk {
    fn new() -> Self {
        let requests = Arc::new(Mutex::new(0));
        let counted = Arc::clone(&requests);
        let http = Scripted(move |_: &Request<Bytes>| {
            *counted.lock().unwrap() += 1;
            answer(200, Bytes::from_static(TOKENS.as_bytes()))
        });
        Self {
            host: host(Arc::new(http)),
            endpoints: Endpoints::production(),
            sealer: Sealer::new(&SecretSlice::from(vec![7; 32])).unwrap(),
            attempts: OneAttempt::default(),
            requests,
        }
    }

    fn begin(&self, provider: ProviderKind) -> Begun {
        dayline_auth::begin(
            &self.host,
            &self.endpoints,
            &Client::public("client"),
            &self.sealer,
            &self.attempts,
            &SignIn::new(provider, Redirect::DeepLink),
        )
        .unwrap()
    }

    /// The sign-in that ends; if it fails, the attempt that is over with it.
    async fn complete(&self, url: &Url) -> Result<SignedIn, Option<String>> {
        let client = |_| Some(Client::public("client"));
        let (host, endpoints) = (&self.host, &self.endpoints);
        dayline_auth::complete(host, endpoints, &client, &self.sealer, &self.attempts, url)
            .await
            .map_err(|failed| {
                assert!(
                    failed.attempt_id.is_some() || failed.error == AuthError::InvalidCallback,
                    "a stranger's link is no more than that"
                );
                failed.attempt_id
            })
    }

    fn requests(&self) -> usize {
        *self.requests.lock().unwrap()
    }
}

/// Keeps one attempt until it is consumed.
#[derive(Default)]
struct OneAttempt(Mutex<Option<Attempt>>);

impl OneAttempt {
    fn is_open(&self) -> bool {
        self.0.lock().unwrap().is_some()
    }
}

impl AttemptStore for OneAttempt {
    fn insert(&self, attempt: &Attempt) -> Result<(), StoreFailure> {
        *self.0.lock().unwrap() = Some(attempt.clone());
        Ok(())
    }

    fn consume(
        &self,
        state_hash: &[u8; 32],
        _now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreFailure> {
        let mut kept = self.0.lock().unwrap();
        Ok(kept.take_if(|attempt| attempt.state_hash == *state_hash))
    }

    fn abandon(&self, _id: &str) -> Result<(), StoreFailure> {
        Ok(())
    }
}
