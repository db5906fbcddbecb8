//! Requests to Graph: the headers it wants, the links it hands out, and its lists.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use ::http::{HeaderName, HeaderValue};
use chrono::{DateTime, Utc};
use dayline_host::{Clock, Http};
use secrecy::SecretString;
use serde_json::{Map, Value};
use url::Url;

use super::error;
use crate::error::ProviderError;
use crate::http::{self, Asked, MOST_PAGES};

/// Ids that survive a move between folders, instants in UTC, and large pages. They go with every
/// request, links included: Graph seals none of them into a cursor.
///
/// The zone needs double quotes; single ones are answered with HTTP 500.
const PREFER: &str = r#"IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=200"#;

/// Asks one Graph.
pub(super) struct Client {
    http: Arc<dyn Http>,
    clock: Arc<dyn Clock>,
    base: Url,
    sent: AtomicU64,
}

/// A successful answer.
pub(super) struct Answer {
    /// The JSON object.
    pub(super) object: Map<String, Value>,
    /// Size of the body.
    pub(super) bytes: usize,
}

impl Client {
    pub(super) fn new(http: Arc<dyn Http>, clock: Arc<dyn Clock>, base: Url) -> Self {
        Self {
            http,
            clock,
            base,
            sent: AtomicU64::new(0),
        }
    }

    /// An address below the base.
    pub(super) fn endpoint(
        &self,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Url, ProviderError> {
        http::endpoint(&self.base, segments, query)
    }

    /// A link that the server handed out, if it leads to the server itself.
    pub(super) fn link(&self, link: &str) -> Result<Url, ProviderError> {
        let url = Url::parse(link).map_err(|_| ProviderError::ForeignLink)?;
        let at_home = url.scheme() == self.base.scheme()
            && url.host() == self.base.host()
            && url.port_or_known_default() == self.base.port_or_known_default()
            && url.username().is_empty()
            && url.password().is_none();
        if at_home {
            Ok(url)
        } else {
            Err(ProviderError::ForeignLink)
        }
    }

    /// One answer.
    pub(super) async fn fetch(
        &self,
        token: &SecretString,
        url: &Url,
        asked: Asked,
    ) -> Result<Answer, ProviderError> {
        let now = self.clock.now();
        let request_id = request_id(now, self.sent.fetch_add(1, Ordering::Relaxed));
        let headers = [
            (
                HeaderName::from_static("prefer"),
                HeaderValue::from_static(PREFER),
            ),
            (
                HeaderName::from_static("client-request-id"),
                HeaderValue::try_from(&request_id).map_err(|_| ProviderError::Unusable {
                    what: "the request cannot be sent",
                })?,
            ),
        ];
        let response = http::get(self.http.as_ref(), url, token, &headers).await?;
        let result = if response.status().is_success() {
            http::object(&response).map(|object| Answer {
                object,
                bytes: response.body().len(),
            })
        } else {
            Err(error::classify(&response, asked, self.clock.now()))
        };
        if let Err(error) = &result {
            // The id is what Microsoft's support asks for.
            tracing::debug!(code = error.code(), %request_id, "Graph refused a request");
        }
        result
    }

    /// Every item of a list, page by page.
    pub(super) async fn fetch_all(
        &self,
        token: &SecretString,
        first: Url,
    ) -> Result<Vec<Value>, ProviderError> {
        let mut items = Vec::new();
        let mut url = first;
        for _ in 0..MOST_PAGES {
            let mut answer = self.fetch(token, &url, Asked::Plain).await?;
            items.append(&mut answer.take_list()?);
            match answer.take_link("@odata.nextLink") {
                Some(link) => url = self.link(&link)?,
                None => return Ok(items),
            }
        }
        Err(ProviderError::Unusable {
            what: "a list without an end",
        })
    }
}

impl Answer {
    /// The items. A missing list is an error, never an empty one.
    pub(super) fn take_list(&mut self) -> Result<Vec<Value>, ProviderError> {
        match self.object.remove("value") {
            Some(Value::Array(items)) => Ok(items),
            _ => Err(ProviderError::Unusable { what: "no list" }),
        }
    }

    /// A link by its name.
    pub(super) fn take_link(&mut self, name: &str) -> Option<String> {
        match self.object.remove(name) {
            Some(Value::String(link)) => Some(link),
            _ => None,
        }
    }
}

/// A UUID of version 8 (RFC 9562 §5.8) from time and a counter: it has to be told apart from
/// others of this account, not to be guessed by nobody.
fn request_id(now: DateTime<Utc>, sent: u64) -> String {
    let micros = u64::try_from(now.timestamp_micros()).unwrap_or(0);
    format!(
        "{:08x}-{:04x}-8{:03x}-8{:03x}-{:012x}",
        (micros >> 28) & 0xffff_ffff,
        (micros >> 12) & 0xffff,
        micros & 0xfff,
        (sent >> 48) & 0xfff,
        sent & 0xffff_ffff_ffff,
    )
}
