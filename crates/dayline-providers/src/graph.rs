//! Microsoft Graph v1.0.
//!
//! Reads calendars through `calendarView/delta`, the only documented shape: a window is sealed
//! into the cursor, series come expanded, and an occurrence is sparse. What a deleted occurrence
//! or a moved window means is the engine's to decide.
//!
//! `events/delta` without a window would spare the expansion, but is not documented on v1.0.

mod batch;
mod client;
mod error;
mod mailbox;
mod map;
mod push;
mod recurrence;
mod shape;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::SecondsFormat;
use dayline_host::{Clock, Http, Rng};
use dayline_model::{
    Attachment, Calendar, Category, Cloud, ProviderCalendarId, ProviderEventId, ProviderKind,
};
use secrecy::SecretString;
use url::Url;

use self::client::Client;
use self::mailbox::Place;
pub use self::recurrence::{NotExpressible, patterned};
use crate::http::Asked;
use crate::salvage;
use crate::{
    CalendarList, Change, Cursor, Identity, ListedSubscription, Next, Page, PageRequest, PageSize,
    Provider, ProviderError, RangePage, Subscription, SyncWindow, Watched, Webhook,
};

/// Microsoft 365 and Outlook.com.
pub struct Graph {
    client: Client,
    cloud: Cloud,
}

impl Graph {
    /// Asks the Graph at `base`, such as `https://graph.microsoft.com/v1.0`. Its scheme, host and
    /// port are the only ones that ever see a token.
    ///
    /// `rng` makes the ids by which Microsoft's support finds a request.
    pub fn new(
        http: Arc<dyn Http>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        base: Url,
        cloud: Cloud,
    ) -> Self {
        Self {
            client: Client::new(http, clock, rng, base),
            cloud,
        }
    }
}

impl std::fmt::Debug for Graph {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Graph").finish_non_exhaustive()
    }
}

#[async_trait]
impl Provider for Graph {
    fn kind(&self) -> ProviderKind {
        ProviderKind::Microsoft
    }

    async fn fetch_identity(&self, token: &SecretString) -> Result<Identity, ProviderError> {
        let url = self.client.endpoint(&["me"], &[])?;
        let answer = self
            .client
            .fetch(token, &url, Asked::Plain, PageSize::Usual)
            .await?;
        map::identity(answer.object)
    }

    async fn fetch_calendars(&self, token: &SecretString) -> Result<CalendarList, ProviderError> {
        let url = self
            .client
            .endpoint(&["me", "calendars"], &[("$top", "100")])?;
        let items = self.client.fetch_all(token, url).await?;
        Ok(CalendarList {
            calendars: map::calendars(salvage::whole(items)?),
        })
    }

    async fn fetch_mailbox_calendar(
        &self,
        token: &SecretString,
        owner: &str,
    ) -> Result<Option<Calendar>, ProviderError> {
        let url = self.client.endpoint(&["users", owner, "calendar"], &[])?;
        let answer = self
            .client
            .fetch(token, &url, Asked::Plain, PageSize::Usual)
            .await?;
        map::mailbox_calendar(answer.object, owner).map(Some)
    }

    fn mailbox_of<'a>(&self, calendar: &'a ProviderCalendarId) -> Option<&'a str> {
        Place::of(calendar).mailbox()
    }

    async fn fetch_categories(
        &self,
        token: &SecretString,
    ) -> Result<Option<Vec<Category>>, ProviderError> {
        // The cloud operated by 21Vianet has no master list (its CSDL of 2026-08-20).
        if self.cloud == Cloud::China {
            return Ok(Some(Vec::new()));
        }
        let url = self
            .client
            .endpoint(&["me", "outlook", "masterCategories"], &[])?;
        match self.client.fetch_all(token, url).await {
            Ok(items) => Ok(Some(map::categories(items))),
            Err(ProviderError::NotFound) => Ok(Some(Vec::new())),
            Err(error) => Err(error),
        }
    }

    async fn fetch_page(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        request: &PageRequest,
        size: PageSize,
    ) -> Result<Page, ProviderError> {
        let (url, asked) = match request {
            PageRequest::Full(window) => {
                let path = Place::of(calendar).calendar(&["calendarView", "delta"]);
                (
                    self.client.endpoint(&path, &bounds(*window).pairs())?,
                    Asked::FirstPage,
                )
            }
            PageRequest::Delta(cursor) | PageRequest::Continue(cursor) => {
                (self.client.link(&cursor.0)?, Asked::Cursor)
            }
        };
        let mut answer = self.client.fetch(token, &url, asked, size).await?;
        let items = answer.take_list()?;
        let next = match (
            answer.take_link("@odata.nextLink"),
            answer.take_link("@odata.deltaLink"),
        ) {
            (Some(link), _) => Next::Page(self.client.cursor(link)?),
            (None, Some(link)) => Next::Done(self.client.cursor(link)?),
            (None, None) => {
                return Err(ProviderError::Unusable {
                    what: "no link to go on",
                });
            }
        };
        let changes = items.iter().map(map::change).collect();
        Ok(Page {
            changes,
            categories: Vec::new(),
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
        let (url, asked) = if let Some(cursor) = page {
            (self.client.link(&cursor.0)?, Asked::Cursor)
        } else {
            let path = Place::of(calendar).calendar(&["calendarView"]);
            let url = self.client.endpoint(&path, &bounds(window).pairs())?;
            (url, Asked::Plain)
        };
        let mut answer = self.client.fetch_readable(token, &url, asked).await?;
        let items = answer.take_list()?;
        let next = answer
            .take_link("@odata.nextLink")
            .map(|link| self.client.cursor(link))
            .transpose()?;
        Ok(RangePage {
            changes: items.iter().map(map::change).collect(),
            categories: Vec::new(),
            next,
            bytes: answer.bytes,
        })
    }

    async fn fetch_instances(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        series: &ProviderEventId,
        window: SyncWindow,
    ) -> Result<Option<Vec<Change>>, ProviderError> {
        let url = self.client.endpoint(
            &Place::of(calendar).event(series, &["instances"]),
            &bounds(window).pairs(),
        )?;
        match self.client.fetch_all(token, url).await {
            Ok(items) => Ok(Some(items.iter().map(map::change).collect())),
            Err(ProviderError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn fetch_event(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Change>, ProviderError> {
        let url = self
            .client
            .endpoint(&Place::of(calendar).event(event, &[]), &[])?;
        match self.client.fetch_item(token, &url).await {
            Ok(item) => Ok(Some(map::change(&item))),
            Err(ProviderError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn fetch_events(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        events: &[ProviderEventId],
    ) -> Result<Vec<(ProviderEventId, Option<Change>)>, ProviderError> {
        batch::fetch_events(&self.client, token, &Place::of(calendar), events).await
    }

    async fn fetch_attachments(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Vec<Attachment>>, ProviderError> {
        // Without a selection every file would come whole. `sourceUrl` cannot be selected: on v1.0
        // a referenceAttachment has no property of its own.
        let url = self.client.endpoint(
            &Place::of(calendar).event(event, &["attachments"]),
            &[("$select", "name,contentType,size,isInline")],
        )?;
        match self.client.fetch_all(token, url).await {
            Ok(items) => Ok(Some(map::attachments(&items))),
            Err(ProviderError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn subscribe(
        &self,
        token: &SecretString,
        watched: Watched<'_>,
        _id: &str,
        webhook: &Webhook,
    ) -> Result<Subscription, ProviderError> {
        self.create_subscription(token, watched, webhook).await
    }

    async fn renew(
        &self,
        token: &SecretString,
        ids: &[String],
    ) -> Result<Vec<Result<Subscription, ProviderError>>, ProviderError> {
        self.renew_subscriptions(token, ids).await
    }

    async fn unsubscribe(
        &self,
        token: &SecretString,
        subscription: &Subscription,
    ) -> Result<(), ProviderError> {
        match self.delete_subscription(token, &subscription.id).await {
            Err(ProviderError::NotFound) => Ok(()),
            ended => ended,
        }
    }

    async fn fetch_subscriptions(
        &self,
        token: &SecretString,
    ) -> Result<Option<Vec<ListedSubscription>>, ProviderError> {
        self.list_subscriptions(token).await.map(Some)
    }
}

/// A window as Graph's parameters.
struct Bounds {
    from: String,
    until: String,
}

impl Bounds {
    fn pairs(&self) -> [(&str, &str); 2] {
        [("startDateTime", &self.from), ("endDateTime", &self.until)]
    }
}

fn bounds(window: SyncWindow) -> Bounds {
    Bounds {
        from: window.from.to_rfc3339_opts(SecondsFormat::Secs, true),
        until: window.until.to_rfc3339_opts(SecondsFormat::Secs, true),
    }
}

impl Client {
    /// A link that the server handed out, as a cursor.
    fn cursor(&self, link: String) -> Result<Cursor, ProviderError> {
        self.link(&link)?;
        Ok(Cursor(link))
    }
}

#[cfg(test)]
pub(crate) use self::shape::EVENT as EVENT_SHAPE;
#[cfg(test)]
mod tests;
