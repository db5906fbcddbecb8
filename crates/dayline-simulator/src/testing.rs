//! Asking the simulator in tests, as a client would.

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{HeaderMap, Request, Response};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

use crate::{Config, Scenario, Simulator};

pub(crate) const ORIGIN: &str = "http://127.0.0.1:4000";
pub(crate) const NOW: &str = "2026-11-20T09:38:00Z";

/// An answer taken apart.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn of(response: &Response<Bytes>) -> Self {
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            text: String::from_utf8_lossy(response.body()).into_owned(),
        }
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {}", self.text))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body of an answer that has to have this status.
    #[track_caller]
    pub(crate) fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text);
        if self.text.is_empty() {
            Value::Null
        } else {
            self.json()
        }
    }

    /// Text at a pointer.
    pub(crate) fn at(&self, pointer: &str) -> String {
        let value = self.json();
        let found = value
            .pointer(pointer)
            .unwrap_or_else(|| panic!("no {pointer} in {value}"));
        found
            .as_str()
            .map_or_else(|| found.to_string(), str::to_owned)
    }
}

/// A simulator with its clock and randomness.
pub(crate) struct Bench {
    pub(crate) sim: Simulator,
    pub(crate) now: DateTime<Utc>,
    pub(crate) rng: ChaCha8Rng,
}

impl Bench {
    pub(crate) fn new(scenario: Scenario) -> Self {
        let now = NOW.parse().unwrap();
        let sim = Simulator::new(&Config {
            scenario,
            seed: 7,
            now,
        })
        .unwrap();
        Self {
            sim,
            now,
            rng: ChaCha8Rng::seed_from_u64(8),
        }
    }

    pub(crate) fn empty() -> Self {
        Self::new(Scenario::Empty)
    }

    /// A world as a scenario file has it.
    pub(crate) fn world(spec: &Value) -> Self {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), spec.to_string()).unwrap();
        Self::new(Scenario::File(file.path().into()))
    }

    pub(crate) fn advance(&mut self, step: Duration) {
        self.now += step;
    }

    /// A request with exactly these headers.
    pub(crate) fn send(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: impl Into<Bytes>,
    ) -> Answer {
        let request = request(method, target, headers, body);
        let response = self.sim.handle(&request, self.now, &mut self.rng);
        Answer::of(&response)
    }

    /// A request of the account with this address.
    pub(crate) fn as_user(
        &mut self,
        email: &str,
        method: &str,
        target: &str,
        body: &Value,
    ) -> Answer {
        let accounts = self.sim.accounts();
        let account = accounts.into_iter().find(|one| one.email == email);
        let bearer = format!("Bearer {}", account.unwrap().access_token);
        let mut headers = vec![("authorization", bearer.as_str())];
        let text = if body.is_null() {
            String::new()
        } else {
            headers.push(("content-type", "application/json"));
            body.to_string()
        };
        self.send(method, target, &headers, text)
    }

    pub(crate) fn token(&self, provider: &str) -> String {
        let accounts = self.sim.accounts();
        accounts
            .into_iter()
            .find(|one| one.provider == provider)
            .unwrap()
            .access_token
    }

    fn signed(
        &mut self,
        provider: &str,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let bearer = format!("Bearer {}", self.token(provider));
        let mut all = vec![("authorization", bearer.as_str())];
        all.extend_from_slice(headers);
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.send(method, target, &all, body)
    }

    /// A Graph request; `target` is a path after `/v1.0` or a whole link.
    pub(crate) fn graph(&mut self, method: &str, target: &str, body: &Value) -> Answer {
        self.graph_with(method, target, &[], body)
    }

    pub(crate) fn graph_with(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        let target = if target.starts_with('/') {
            format!("/v1.0{target}")
        } else {
            target.to_owned()
        };
        self.signed("microsoft", method, &target, headers, body)
    }

    /// A Google request; `target` is a path after `/calendar/v3`.
    pub(crate) fn google(&mut self, method: &str, target: &str, body: &Value) -> Answer {
        self.google_with(method, target, &[], body)
    }

    pub(crate) fn google_with(
        &mut self,
        method: &str,
        target: &str,
        headers: &[(&str, &str)],
        body: &Value,
    ) -> Answer {
        self.signed(
            "google",
            method,
            &format!("/calendar/v3{target}"),
            headers,
            body,
        )
    }

    /// A request to the tests' own door.
    pub(crate) fn admin(&mut self, method: &str, target: &str, body: &Value) -> Answer {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        self.send(method, &format!("/_sim{target}"), &[], body)
    }
}

/// A request to the simulator.
pub(crate) fn request(
    method: &str,
    target: &str,
    headers: &[(&str, &str)],
    body: impl Into<Bytes>,
) -> Request<Bytes> {
    let uri = if target.starts_with('/') {
        format!("{ORIGIN}{target}")
    } else {
        target.into()
    };
    let mut request = Request::builder().method(method).uri(uri);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(body.into()).unwrap()
}

/// The `key` of every item in a list.
pub(crate) fn column(list: &Value, key: &str) -> Vec<String> {
    let rows = list.as_array().unwrap_or_else(|| panic!("no list: {list}"));
    rows.iter()
        .map(|row| {
            row.get(key)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}
