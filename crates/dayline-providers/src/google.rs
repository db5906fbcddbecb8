//! Google Calendar API v3.
//!
//! Reads masters and exceptions (`singleEvents=false`); series are expanded here. With
//! `singleEvents=true` a touched open-ended series would come as hundreds of instances up to 2040.

mod client;
mod error;
mod map;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::SecondsFormat;
use dayline_host::{Clock, Http};
use dayline_model::{Category, ProviderCalendarId, ProviderEventId, ProviderKind, Zone};
use secrecy::SecretString;
use serde_json::Value;
use url::Url;

use self::client::{Client, PAGE_SIZE, Round};
use crate::http::Asked;
use crate::{
    CalendarList, Change, Cursor, Identity, Next, Page, PageRequest, Provider, ProviderError,
    SyncWindow,
};

/// Google Calendar.
pub struct Google {
    client: Client,
}

impl Google {
    /// Asks the API at `base`, such as `https://www.googleapis.com/calendar/v3`.
    pub fn new(http: Arc<dyn Http>, clock: Arc<dyn Clock>, base: Url) -> Self {
        Self {
            client: Client::new(http, clock, base),
        }
    }
}

impl std::fmt::Debug for Google {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Google").finish_non_exhaustive()
    }
}

#[async_trait]
impl Provider for Google {
    fn kind(&self) -> ProviderKind {
        ProviderKind::Google
    }

    async fn fetch_identity(&self, token: &SecretString) -> Result<Identity, ProviderError> {
        let url = self
            .client
            .endpoint(&["users", "me", "calendarList", "primary"], &[])?;
        map::identity(self.client.fetch(token, &url, Asked::Plain).await?.object)
    }

    async fn fetch_calendars(&self, token: &SecretString) -> Result<CalendarList, ProviderError> {
        let items = self
            .client
            .fetch_all(token, &["users", "me", "calendarList"])
            .await?;
        Ok(CalendarList {
            calendars: map::calendars(items),
        })
    }

    async fn fetch_categories(
        &self,
        _token: &SecretString,
    ) -> Result<Vec<Category>, ProviderError> {
        Ok(Vec::new())
    }

    async fn fetch_page(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        request: &PageRequest,
    ) -> Result<Page, ProviderError> {
        let (round, asked) = match request {
            // The end stays open: a series that starts later would be missed by every delta.
            PageRequest::Full(window) => {
                let from = window.from.to_rfc3339_opts(SecondsFormat::Secs, true);
                (Round::new("timeMin", &from), Asked::FirstPage)
            }
            PageRequest::Delta(cursor) => (Round::new("syncToken", &cursor.0), Asked::Cursor),
            PageRequest::Continue(cursor) => (Round::resume(&cursor.0)?, Asked::Cursor),
        };
        let path = ["calendars", calendar.as_str(), "events"];
        let url = self.client.endpoint(&path, &round.query())?;
        let mut answer = self.client.fetch(token, &url, asked).await?;
        let items = answer.take_list("calendar#events")?;
        let next = match (
            answer.take_text("nextPageToken"),
            answer.take_text("nextSyncToken"),
        ) {
            (Some(page), _) => Next::Page(Cursor(round.at_page(&page))),
            (None, Some(sync)) => Next::Done(Cursor(sync)),
            (None, None) => {
                return Err(ProviderError::Unusable {
                    what: "no token to go on",
                });
            }
        };
        let zone = answer.take_text("timeZone").map(|name| Zone::parse(&name));
        let changes = items
            .iter()
            .map(|item| map::change(item, zone.as_ref()))
            .collect();
        Ok(Page {
            changes,
            next,
            bytes: answer.bytes,
        })
    }

    async fn fetch_instances(
        &self,
        _token: &SecretString,
        _calendar: &ProviderCalendarId,
        _series: &ProviderEventId,
        _window: SyncWindow,
    ) -> Result<Option<Vec<Change>>, ProviderError> {
        Ok(Some(Vec::new()))
    }

    async fn fetch_event(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Change>, ProviderError> {
        let path = ["calendars", calendar.as_str(), "events", event.as_str()];
        let url = self.client.endpoint(&path, &[])?;
        match self.client.fetch(token, &url, Asked::Plain).await {
            // A deleted event is still there for a while, as a tombstone.
            Ok(answer) => match map::change(&Value::Object(answer.object), None) {
                Change::Removed { .. } => Ok(None),
                change => Ok(Some(change)),
            },
            Err(ProviderError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// What every page of every round asks for. A sync token is only good for the parameters with
/// which it was made.
const PARAMETERS: [(&str, &str); 2] = [("maxResults", PAGE_SIZE), ("singleEvents", "false")];

#[cfg(test)]
mod tests;
