//! Requests to Graph: the headers it wants, the links it hands out, and its lists.
//!
//! Batches are in [`batch`](super::batch).

use std::sync::Arc;

use ::http::{HeaderName, HeaderValue, Method, Response};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::{Clock, Http, Rng};
use secrecy::SecretString;
use serde_json::{Map, Value};
use url::Url;

use super::error;
use crate::PageSize;
use crate::error::ProviderError;
use crate::http::{self, Asked, MOST_PAGES, UNSENDABLE};

/// Ids that survive a move between folders, and instants in UTC. They go with every request, links
/// included: Graph seals none of them into a cursor.
///
/// The zone needs double quotes; single ones are answered with HTTP 500.
pub(super) const PREFER: &str = r#"IdType="ImmutableId", outlook.timezone="UTC""#;
const PREFER_USUAL: &str = r#"IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=200"#;
const PREFER_FEW: &str = r#"IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=20"#;
const PREFER_ONE: &str = r#"IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=1"#;

/// Asks one Graph.
pub(super) struct Client {
    http: Arc<dyn Http>,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
    base: Url,
}

/// A successful answer.
pub(super) struct Answer {
    /// The JSON object.
    pub(super) object: Map<String, Value>,
    /// Size of the body.
    pub(super) bytes: usize,
}

impl Client {
    pub(super) fn new(
        http: Arc<dyn Http>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        base: Url,
    ) -> Self {
        Self {
            http,
            clock,
            rng,
            base,
        }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// An address below the base.
    pub(super) fn endpoint(
        &self,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Url, ProviderError> {
        http::endpoint(&self.base, segments, query)
    }

    /// The part of an address of [`endpoint`](Self::endpoint) behind the base, with its slash.
    pub(super) fn below_base<'a>(&self, url: &'a Url) -> &'a str {
        let base = self.base.path().trim_end_matches('/');
        url.path().strip_prefix(base).unwrap_or_default()
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
        size: PageSize,
    ) -> Result<Answer, ProviderError> {
        let (response, request_id) = self.get(token, url, size).await?;
        self.read(&response, asked, &request_id, answer)
    }

    /// The item at an address, or the text of one that cannot be parsed.
    pub(super) async fn fetch_item(
        &self,
        token: &SecretString,
        url: &Url,
    ) -> Result<Value, ProviderError> {
        let (response, request_id) = self.get(token, url, PageSize::Usual).await?;
        self.read(&response, Asked::Plain, &request_id, http::item)
    }

    async fn get(
        &self,
        token: &SecretString,
        url: &Url,
        size: PageSize,
    ) -> Result<(Response<Bytes>, String), ProviderError> {
        let prefer = match size {
            PageSize::Usual => PREFER_USUAL,
            PageSize::Few => PREFER_FEW,
            PageSize::One => PREFER_ONE,
        };
        let request_id = self.request_id();
        let headers = headers(prefer, &request_id)?;
        let response = http::get(self.http.as_ref(), url, token, &headers).await?;
        Ok((response, request_id))
    }

    /// The answer to a POST of JSON.
    pub(super) async fn post(
        &self,
        token: &SecretString,
        url: &Url,
        body: &Value,
    ) -> Result<Answer, ProviderError> {
        let request_id = self.request_id();
        let headers = headers(PREFER, &request_id)?;
        let http = self.http.as_ref();
        let response = http::send_json(http, Method::POST, url, body, token, &headers).await?;
        self.read(&response, Asked::Plain, &request_id, answer)
    }

    /// Deletes what is at an address.
    pub(super) async fn delete(
        &self,
        token: &SecretString,
        url: &Url,
    ) -> Result<(), ProviderError> {
        let request_id = self.request_id();
        let headers = headers(PREFER, &request_id)?;
        let response = http::delete(self.http.as_ref(), url, token, &headers).await?;
        self.read(&response, Asked::Plain, &request_id, |_| Ok(()))
    }

    fn read<T>(
        &self,
        response: &Response<Bytes>,
        asked: Asked,
        request_id: &str,
        read: fn(&Response<Bytes>) -> Result<T, ProviderError>,
    ) -> Result<T, ProviderError> {
        let result = if response.status().is_success() {
            read(response)
        } else {
            Err(error::classify(response, asked, self.now()))
        };
        if let Err(error) = &result {
            // The id is what Microsoft's support asks for.
            tracing::debug!(code = error.code(), %request_id, "Graph refused a request");
        }
        result
    }

    /// One answer in the largest page that can be read.
    pub(super) async fn fetch_readable(
        &self,
        token: &SecretString,
        url: &Url,
        asked: Asked,
    ) -> Result<Answer, ProviderError> {
        let mut size = PageSize::Usual;
        loop {
            match self.fetch(token, url, asked, size).await {
                Err(ProviderError::TooLarge) => {
                    size = size.smaller().ok_or(ProviderError::TooLarge)?;
                }
                result => return result,
            }
        }
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
            let mut answer = self.fetch_readable(token, &url, Asked::Plain).await?;
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

    /// A UUID of version 4 (RFC 9562 §5.4).
    pub(super) fn request_id(&self) -> String {
        let mut bytes = [0; 16];
        self.rng.fill(&mut bytes);
        let bits = u128::from_be_bytes(bytes);
        let bits = bits & !(0xf << 76) | (0x4 << 76);
        let bits = bits & !(0x3 << 62) | (0x2 << 62);
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            bits >> 96,
            (bits >> 80) & 0xffff,
            (bits >> 64) & 0xffff,
            (bits >> 48) & 0xffff,
            bits & 0xffff_ffff_ffff,
        )
    }
}

fn answer(response: &Response<Bytes>) -> Result<Answer, ProviderError> {
    Ok(Answer {
        object: http::object(response)?,
        bytes: response.body().len(),
    })
}

fn headers(
    prefer: &'static str,
    request_id: &str,
) -> Result<[(HeaderName, HeaderValue); 2], ProviderError> {
    Ok([
        (
            HeaderName::from_static("prefer"),
            HeaderValue::from_static(prefer),
        ),
        (
            HeaderName::from_static("client-request-id"),
            HeaderValue::try_from(request_id).map_err(|_| UNSENDABLE)?,
        ),
    ])
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
