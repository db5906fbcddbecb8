//! A network of prepared answers that remembers what it was asked.

use std::sync::{Arc, Mutex};

use ::http::{Request, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::testing::FnHttp;
use dayline_host::{Clock, Http, HttpError};
use secrecy::SecretString;
use serde_json::Value;

use crate::SyncWindow;

/// Remembers requests.
#[derive(Clone, Default)]
pub(crate) struct Log(Arc<Mutex<Vec<Request<Bytes>>>>);

impl Log {
    /// Path and query of every request, decoded enough to read.
    pub(crate) fn targets(&self) -> Vec<String> {
        let log = self.0.lock().unwrap();
        log.iter()
            .map(|request| request.uri().path_and_query().unwrap().to_string())
            .collect()
    }

    /// Every value of a header, in the order of the requests.
    pub(crate) fn header(&self, name: &str) -> Vec<String> {
        let log = self.0.lock().unwrap();
        let value = |request: &Request<Bytes>| {
            request
                .headers()
                .get(name)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        };
        log.iter().map(value).collect()
    }
}

impl Log {
    /// The JSON of every request's body.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        let log = self.0.lock().unwrap();
        log.iter()
            .map(|request| serde_json::from_slice(request.body()).unwrap_or(Value::Null))
            .collect()
    }
}

/// A network in which `answer` answers to an address.
pub(crate) fn network(
    answer: impl Fn(&str) -> Response<Bytes> + Send + Sync + 'static,
) -> (Arc<dyn Http>, Log) {
    frail_network(move |request| Ok(answer(&request.uri().to_string())))
}

/// A network in which `answer` answers or fails.
pub(crate) fn frail_network(
    answer: impl Fn(&Request<Bytes>) -> Result<Response<Bytes>, HttpError> + Send + Sync + 'static,
) -> (Arc<dyn Http>, Log) {
    let log = Log::default();
    let written = log.clone();
    let http = FnHttp(
        move |request: Request<Bytes>| -> Result<Response<Bytes>, HttpError> {
            written.0.lock().unwrap().push(request.clone());
            answer(&request)
        },
    );
    (Arc::new(http), log)
}

/// A success with this JSON.
pub(crate) fn json(body: &Value) -> Response<Bytes> {
    text(200, "application/json; charset=utf-8", &body.to_string())
}

/// Any answer.
pub(crate) fn text(status: u16, content_type: &str, body: &str) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", content_type)
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap()
}

/// A clock that stands still.
pub(crate) struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        utc("2026-11-20T10:00:00Z")
    }
}

pub(crate) fn utc(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

pub(crate) fn token() -> SecretString {
    SecretString::from("secret-token")
}

pub(crate) fn window() -> SyncWindow {
    SyncWindow {
        from: utc("2026-01-01T00:00:00Z"),
        until: utc("2027-01-01T00:00:00Z"),
    }
}
