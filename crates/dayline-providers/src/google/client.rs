//! Requests to Google: rounds, page tokens and lists.

use std::sync::Arc;

use dayline_host::{Clock, Http};
use secrecy::SecretString;
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::{PARAMETERS, error};
use crate::error::ProviderError;
use crate::http::{self, Asked, MOST_PAGES};

/// Events in one page, at most. Google's own limit is 2500.
pub(super) const PAGE_SIZE: &str = "500";
/// Calendars in one page. The most that Google gives.
const CALENDARS_PER_PAGE: &str = "250";

/// Asks one Google Calendar.
pub(super) struct Client {
    http: Arc<dyn Http>,
    clock: Arc<dyn Clock>,
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
    pub(super) fn new(http: Arc<dyn Http>, clock: Arc<dyn Clock>, base: Url) -> Self {
        Self { http, clock, base }
    }

    /// An address below the base.
    pub(super) fn endpoint(
        &self,
        segments: &[&str],
        query: &[(&str, &str)],
    ) -> Result<Url, ProviderError> {
        http::endpoint(&self.base, segments, query)
    }

    /// One answer.
    pub(super) async fn fetch(
        &self,
        token: &SecretString,
        url: &Url,
        asked: Asked,
    ) -> Result<Answer, ProviderError> {
        let response = http::get(self.http.as_ref(), url, token, &[]).await?;
        let result = if response.status().is_success() {
            http::object(&response).map(|object| Answer {
                object,
                bytes: response.body().len(),
            })
        } else {
            Err(error::classify(&response, asked, self.clock.now()))
        };
        if let Err(error) = &result {
            tracing::debug!(code = error.code(), "Google refused a request");
        }
        result
    }

    /// Every calendar of the list at `path`, page by page.
    pub(super) async fn fetch_all(
        &self,
        token: &SecretString,
        path: &[&str],
    ) -> Result<Vec<Value>, ProviderError> {
        let mut items = Vec::new();
        let mut page: Option<String> = None;
        for _ in 0..MOST_PAGES {
            let mut query = vec![("maxResults", CALENDARS_PER_PAGE)];
            query.extend(page.as_deref().map(|page| ("pageToken", page)));
            let url = self.endpoint(path, &query)?;
            let mut answer = self.fetch(token, &url, Asked::Plain).await?;
            items.append(&mut answer.take_list("calendar#calendarList")?);
            page = answer.take_text("nextPageToken");
            if page.is_none() {
                return Ok(items);
            }
        }
        Err(ProviderError::Unusable {
            what: "a list without an end",
        })
    }
}

impl Answer {
    /// The items. A missing list counts as empty only if the rest of the answer is what Google
    /// sends with a list of this `kind`.
    pub(super) fn take_list(&mut self, kind: &str) -> Result<Vec<Value>, ProviderError> {
        let is_list = self.object.get("kind").and_then(Value::as_str) == Some(kind);
        let goes_on = ["nextPageToken", "nextSyncToken"]
            .iter()
            .any(|token| self.object.get(*token).is_some_and(Value::is_string));
        match self.object.remove("items") {
            Some(Value::Array(items)) => Ok(items),
            None if is_list && goes_on => Ok(Vec::new()),
            _ => Err(ProviderError::Unusable { what: "no list" }),
        }
    }

    /// A text by its name.
    pub(super) fn take_text(&mut self, name: &str) -> Option<String> {
        match self.object.remove(name) {
            Some(Value::String(text)) if !text.is_empty() => Some(text),
            _ => None,
        }
    }
}

/// A round: where it started, and at which page it is. Its text form is the cursor between pages.
pub(super) struct Round {
    /// `timeMin` or `syncToken`, with its value.
    start: (&'static str, String),
    page: Option<String>,
}

impl Round {
    pub(super) fn new(start: &'static str, value: &str) -> Self {
        Self {
            start: (start, value.to_owned()),
            page: None,
        }
    }

    /// The round that `cursor` stands in. A cursor that says nothing is as good as gone.
    pub(super) fn resume(cursor: &str) -> Result<Self, ProviderError> {
        let mut start = None;
        let mut page = None;
        for (key, value) in form_urlencoded::parse(cursor.as_bytes()) {
            match key.as_ref() {
                "timeMin" => start = Some(("timeMin", value.into_owned())),
                "syncToken" => start = Some(("syncToken", value.into_owned())),
                "pageToken" => page = Some(value.into_owned()),
                _ => return Err(ProviderError::CursorGone),
            }
        }
        match (start, page) {
            (Some(start), Some(page)) => Ok(Self {
                start,
                page: Some(page),
            }),
            _ => Err(ProviderError::CursorGone),
        }
    }

    /// The parameters of its next request.
    pub(super) fn query(&self) -> Vec<(&str, &str)> {
        let mut query = PARAMETERS.to_vec();
        query.push((self.start.0, &self.start.1));
        query.extend(self.page.as_deref().map(|page| ("pageToken", page)));
        query
    }

    /// The cursor of the page named by `token`.
    pub(super) fn at_page(&self, token: &str) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair(self.start.0, &self.start.1)
            .append_pair("pageToken", token)
            .finish()
    }
}
