//! Google Calendar API v3.
//!
//! Reads masters and exceptions (`singleEvents=false`); series are expanded here. With
//! `singleEvents=true` a touched open-ended series would come as hundreds of instances up to 2040.

mod client;
mod error;
mod map;
mod palette;
mod push;
mod shape;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use dayline_host::{Clock, Http};
use dayline_model::{
    Attachment, Calendar, Category, ProviderCalendarId, ProviderEventId, ProviderKind, Zone,
};
use secrecy::SecretString;
use url::Url;

use self::client::{Answer, Client, Listing};
use self::palette::Palette;
use crate::error::Retry;
use crate::http::Asked;
use crate::salvage;
use crate::{
    CalendarList, Change, Cursor, Identity, ListedSubscription, Next, Page, PageRequest, PageSize,
    Provider, ProviderError, RangePage, Subscription, SyncWindow, Watched, Webhook,
};

/// Google Calendar.
pub struct Google {
    client: Client,
    palette: Palette,
}

impl Google {
    /// Asks the API at `base`, such as `https://www.googleapis.com/calendar/v3`.
    pub fn new(http: Arc<dyn Http>, clock: Arc<dyn Clock>, base: Url) -> Self {
        Self {
            client: Client::new(http, clock, base),
            palette: Palette::default(),
        }
    }

    /// One page of a listing.
    async fn list(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        listing: &Listing,
        asked: Asked,
        size: PageSize,
    ) -> Result<Answer, ProviderError> {
        let path = ["calendars", calendar.as_str(), "events"];
        let url = self.client.endpoint(&path, &listing.query(size))?;
        self.client.fetch(token, &url, asked).await
    }

    /// The events of an answer, and the labels that they carry.
    async fn read(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        answer: &mut Answer,
    ) -> Result<(Vec<Change>, Vec<Category>), ProviderError> {
        let items = answer.take_list("calendar#events")?;
        let zone = answer.take_text("timeZone").map(|name| Zone::parse(&name));
        let context = self
            .palette
            .context(&self.client, token, calendar, &items, zone)
            .await?;
        let changes = items.iter().map(|item| map::change(item, &context));
        Ok((changes.collect(), context.categories(&items)))
    }

    /// One event as Google has it; a tombstone if it was deleted not long ago.
    async fn find(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Change>, ProviderError> {
        let path = ["calendars", calendar.as_str(), "events", event.as_str()];
        let item = match self.client.endpoint(&path, &[]) {
            Ok(url) => self.client.fetch_item(token, &url).await,
            Err(error) => Err(error),
        };
        match item {
            Ok(item) => {
                let context = self
                    .palette
                    .context(
                        &self.client,
                        token,
                        calendar,
                        std::slice::from_ref(&item),
                        None,
                    )
                    .await?;
                Ok(Some(map::change(&item, &context)))
            }
            Err(ProviderError::NotFound) => Ok(None),
            Err(error) => Err(error),
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
        let calendars = map::calendars(salvage::whole(items)?);
        for calendar in &calendars {
            if let Some(zone) = &calendar.zone {
                self.palette.put_zone(&calendar.id, Zone::parse(zone));
            }
        }
        Ok(CalendarList { calendars })
    }

    async fn fetch_mailbox_calendar(
        &self,
        _token: &SecretString,
        _owner: &str,
    ) -> Result<Option<Calendar>, ProviderError> {
        Ok(None)
    }

    fn mailbox_of<'a>(&self, _calendar: &'a ProviderCalendarId) -> Option<&'a str> {
        None
    }

    async fn fetch_categories(
        &self,
        _token: &SecretString,
    ) -> Result<Option<Vec<Category>>, ProviderError> {
        Ok(None)
    }

    async fn fetch_page(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        request: &PageRequest,
        size: PageSize,
    ) -> Result<Page, ProviderError> {
        let (listing, asked) = match request {
            PageRequest::Full(window) => (Listing::from(window.from), Asked::FirstPage),
            PageRequest::Delta(cursor) => (Listing::since(&cursor.0), Asked::Cursor),
            PageRequest::Continue(cursor) => (Listing::resume(&cursor.0)?, Asked::Cursor),
        };
        let mut answer = self.list(token, calendar, &listing, asked, size).await?;
        answer.refuse_without_list("calendar#events")?;
        let next = match (
            answer.take_text("nextPageToken"),
            answer.take_text("nextSyncToken"),
        ) {
            (Some(page), _) => Next::Page(Cursor(listing.at_page(&page))),
            (None, Some(sync)) => Next::Done(Cursor(sync)),
            (None, None) => {
                return Err(ProviderError::Unusable {
                    what: "no token to go on",
                });
            }
        };
        let (changes, categories) = self.read(token, calendar, &mut answer).await?;
        Ok(Page {
            changes,
            categories,
            next,
            bytes: answer.bytes,
        })
    }

    async fn fetch_range(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        window: SyncWindow,
        page: Option<&Cursor>,
    ) -> Result<RangePage, ProviderError> {
        let (listing, asked) = match page {
            Some(cursor) => (Listing::resume(&cursor.0)?, Asked::Cursor),
            None => (Listing::within(window), Asked::Plain),
        };
        let mut size = PageSize::Usual;
        let mut answer = loop {
            match self.list(token, calendar, &listing, asked, size).await {
                Err(ProviderError::TooLarge) => {
                    size = size.smaller().ok_or(ProviderError::TooLarge)?;
                }
                result => break result?,
            }
        };
        answer.refuse_without_list("calendar#events")?;
        let next = answer
            .take_text("nextPageToken")
            .map(|page| Cursor(listing.at_page(&page)));
        let (changes, categories) = self.read(token, calendar, &mut answer).await?;
        Ok(RangePage {
            changes,
            categories,
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
        // A deleted event is still there for a while, as a tombstone.
        let change = self.find(token, calendar, event).await?;
        Ok(change.filter(|change| !matches!(change, Change::Removed { .. })))
    }

    async fn fetch_events(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        events: &[ProviderEventId],
    ) -> Result<Vec<(ProviderEventId, Option<Change>)>, ProviderError> {
        let mut found = Vec::with_capacity(events.len());
        for event in events {
            match self.fetch_event(token, calendar, event).await {
                Ok(change) => found.push((event.clone(), change)),
                Err(error) if error.retry() == Retry::Never => {}
                Err(error) => return Err(error),
            }
        }
        Ok(found)
    }

    async fn fetch_attachments(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Vec<Attachment>>, ProviderError> {
        Ok(match self.fetch_event(token, calendar, event).await? {
            Some(Change::Upsert(event)) => Some(event.attachments.unwrap_or_default()),
            Some(_) => Some(Vec::new()),
            None => None,
        })
    }

    async fn subscribe(
        &self,
        token: &SecretString,
        watched: Watched<'_>,
        id: &str,
        webhook: &Webhook,
    ) -> Result<Subscription, ProviderError> {
        match watched {
            Watched::Calendar(calendar) => self.watch(token, calendar, id, webhook).await,
            Watched::Mailbox => Err(ProviderError::Forbidden {
                reason: "pushNotSupportedForRequestedResource".to_owned(),
            }),
        }
    }

    async fn renew(
        &self,
        _token: &SecretString,
        _ids: &[String],
    ) -> Result<Vec<Result<Subscription, ProviderError>>, ProviderError> {
        Ok(Vec::new())
    }

    async fn unsubscribe(
        &self,
        token: &SecretString,
        subscription: &Subscription,
    ) -> Result<(), ProviderError> {
        let Some(resource) = &subscription.resource else {
            return Ok(());
        };
        match self.stop(token, &subscription.id, resource).await {
            Err(ProviderError::NotFound) => Ok(()),
            ended => ended,
        }
    }

    async fn fetch_subscriptions(
        &self,
        _token: &SecretString,
    ) -> Result<Option<Vec<ListedSubscription>>, ProviderError> {
        Ok(None)
    }
}

#[cfg(test)]
pub(crate) use self::shape::EVENT as EVENT_SHAPE;
#[cfg(test)]
mod tests;
