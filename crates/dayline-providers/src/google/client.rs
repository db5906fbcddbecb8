//! Requests to Google: rounds, page tokens and lists.

use std::sync::Arc;

use ::http::{Method, Response};
use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, Utc};
use dayline_host::{Clock, Http};
use secrecy::SecretString;
use serde_json::{Map, Value};
use url::{Url, form_urlencoded};

use super::error;
use crate::error::ProviderError;
use crate::http::{self, Asked, MOST_PAGES};
use crate::{PageSize, SyncWindow};

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

    /// One answer.
    pub(super) async fn fetch(
        &self,
        token: &SecretString,
        url: &Url,
        asked: Asked,
    ) -> Result<Answer, ProviderError> {
        self.get(token, url, asked, |response| {
            Ok(Answer {
                object: http::object(response)?,
                bytes: response.body().len(),
            })
        })
        .await
    }

    /// The item at an address, or the text of one that cannot be parsed.
    pub(super) async fn fetch_item(
        &self,
        token: &SecretString,
        url: &Url,
    ) -> Result<Value, ProviderError> {
        self.get(token, url, Asked::Plain, http::item).await
    }

    /// The answer to a POST of JSON.
    pub(super) async fn post(
        &self,
        token: &SecretString,
        url: &Url,
        body: &Value,
    ) -> Result<Map<String, Value>, ProviderError> {
        self.send_json(token, url, body, http::object).await
    }

    /// A POST of JSON whose success has no body.
    pub(super) async fn post_for_nothing(
        &self,
        token: &SecretString,
        url: &Url,
        body: &Value,
    ) -> Result<(), ProviderError> {
        self.send_json(token, url, body, |_| Ok(())).await
    }

    async fn send_json<T>(
        &self,
        token: &SecretString,
        url: &Url,
        body: &Value,
        read: fn(&Response<Bytes>) -> Result<T, ProviderError>,
    ) -> Result<T, ProviderError> {
        let http = self.http.as_ref();
        let response = http::send_json(http, Method::POST, url, body, token, &[]).await?;
        self.read(&response, Asked::Plain, read)
    }

    async fn get<T>(
        &self,
        token: &SecretString,
        url: &Url,
        asked: Asked,
        read: fn(&Response<Bytes>) -> Result<T, ProviderError>,
    ) -> Result<T, ProviderError> {
        let response = http::get(self.http.as_ref(), url, token, &[]).await?;
        self.read(&response, asked, read)
    }

    fn read<T>(
        &self,
        response: &Response<Bytes>,
        asked: Asked,
        read: fn(&Response<Bytes>) -> Result<T, ProviderError>,
    ) -> Result<T, ProviderError> {
        let result = if response.status().is_success() {
            read(response)
        } else {
            Err(error::classify(response, asked, self.clock.now()))
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

/// Lists that Google sends beside the items.
const LISTS_BESIDE_ITEMS: [&str; 1] = ["defaultReminders"];

impl Answer {
    /// Refuses an answer that is no list of this `kind`. A missing list counts as empty only if the
    /// rest of the answer is what Google sends with one.
    pub(super) fn refuse_without_list(&mut self, kind: &str) -> Result<(), ProviderError> {
        let is_list = self.object.get("kind").and_then(Value::as_str) == Some(kind);
        let goes_on = ["nextPageToken", "nextSyncToken"]
            .iter()
            .any(|token| self.object.get(*token).is_some_and(Value::is_string));
        // A list under a name that nobody knows is not the absence of one.
        let is_renamed = self
            .object
            .iter()
            .any(|(name, value)| value.is_array() && !LISTS_BESIDE_ITEMS.contains(&name.as_str()));
        match self.object.get("items") {
            Some(Value::Array(_)) => Ok(()),
            None if is_list && goes_on && !is_renamed => {
                self.object
                    .insert("items".to_owned(), Value::Array(Vec::new()));
                Ok(())
            }
            _ => Err(ProviderError::Unusable { what: "no list" }),
        }
    }

    /// The items of a list of this `kind`.
    pub(super) fn take_list(&mut self, kind: &str) -> Result<Vec<Value>, ProviderError> {
        self.refuse_without_list(kind)?;
        match self.object.remove("items") {
            Some(Value::Array(items)) => Ok(items),
            _ => Ok(Vec::new()),
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

/// Masters and exceptions rather than occurrences. A sync token is only good for the parameters
/// with which it was made, but for how many events a page holds.
const SINGLE_EVENTS: (&str, &str) = ("singleEvents", "false");

/// A listing: where it started, and at which page it is. Its text form is the cursor between pages.
pub(super) struct Listing {
    /// `timeMin`, `timeMax` or `syncToken`, with their values.
    start: Vec<(&'static str, String)>,
    page: Option<String>,
}

impl Listing {
    /// Everything from an instant on. The end stays open: a series that starts later would be
    /// missed by every delta.
    pub(super) fn from(from: DateTime<Utc>) -> Self {
        Self {
            start: vec![("timeMin", instant(from))],
            page: None,
        }
    }

    /// What changed since a token was made.
    pub(super) fn since(sync_token: &str) -> Self {
        Self {
            start: vec![("syncToken", sync_token.to_owned())],
            page: None,
        }
    }

    /// What takes place in a span.
    pub(super) fn within(window: SyncWindow) -> Self {
        Self {
            start: vec![
                ("timeMin", instant(window.from)),
                ("timeMax", instant(window.until)),
            ],
            page: None,
        }
    }

    /// The listing that `cursor` stands in. A cursor that says nothing is as good as gone.
    pub(super) fn resume(cursor: &str) -> Result<Self, ProviderError> {
        let mut start = Vec::new();
        let mut page = None;
        for (key, value) in form_urlencoded::parse(cursor.as_bytes()) {
            match key.as_ref() {
                "timeMin" => start.push(("timeMin", value.into_owned())),
                "timeMax" => start.push(("timeMax", value.into_owned())),
                "syncToken" => start.push(("syncToken", value.into_owned())),
                "pageToken" => page = Some(value.into_owned()),
                _ => return Err(ProviderError::CursorGone),
            }
        }
        if start.is_empty() || page.is_none() {
            return Err(ProviderError::CursorGone);
        }
        Ok(Self { start, page })
    }

    /// The parameters of its next request. Google's own limit of a page is 2500 events.
    pub(super) fn query(&self, size: PageSize) -> Vec<(&str, &str)> {
        let most = match size {
            PageSize::Usual => "500",
            PageSize::Few => "20",
            PageSize::One => "1",
        };
        let mut query = vec![("maxResults", most), SINGLE_EVENTS];
        query.extend(self.start.iter().map(|(key, value)| (*key, value.as_str())));
        query.extend(self.page.as_deref().map(|page| ("pageToken", page)));
        query
    }

    /// The cursor of the page named by `token`.
    pub(super) fn at_page(&self, token: &str) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(&self.start)
            .append_pair("pageToken", token)
            .finish()
    }
}

fn instant(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}
