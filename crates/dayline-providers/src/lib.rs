//! Microsoft Graph and Google Calendar behind one trait.
//!
//! A provider fetches and maps; it neither stores nor decides. Wire types stay in each
//! provider's `wire` module, and what comes out is `dayline_model`. It holds no token either:
//! every call is given one.
#![warn(missing_docs)]

mod error;
pub mod google;
pub mod graph;
mod http;
mod lenient;
mod mapping;
mod mend;
mod push;
mod salvage;
mod shape;
#[cfg(test)]
mod testing;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use dayline_model::{
    Attachment, Calendar, Category, Etag, Event, ProviderCalendarId, ProviderEventId, ProviderKind,
    When,
};
use secrecy::SecretString;

pub use self::error::{ProviderError, Retry};
pub use self::google::Google;
pub use self::graph::Graph;
pub use self::push::{ListedSubscription, Subscription, Watched, Webhook};

/// The span of time that a full round lists, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyncWindow {
    /// First instant.
    pub from: DateTime<Utc>,
    /// The instant after the last one.
    pub until: DateTime<Utc>,
}

/// Where a round stands, in the provider's own terms. Opaque outside of the provider that
/// made it, and worthless to any other.
#[derive(Clone, PartialEq, Eq)]
pub struct Cursor(pub String);

impl std::fmt::Debug for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cursor(..)")
    }
}

/// Which page to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageRequest {
    /// The first page of everything in the window.
    Full(SyncWindow),
    /// The first page of what changed since a round that ended with this cursor.
    Delta(Cursor),
    /// The page after one that ended with [`Next::Page`].
    Continue(Cursor),
}

/// What comes after a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Another page of the same round.
    Page(Cursor),
    /// Nothing: the round is complete, and the next one starts here.
    Done(Cursor),
}

/// How many events a page may hold. An answer that is too large to be read is asked for again in
/// smaller pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum PageSize {
    /// As many as the provider gives cheaply.
    #[default]
    Usual,
    /// Twenty.
    Few,
    /// One: what is still too large is one event, and cannot be read.
    One,
}

impl PageSize {
    /// The next smaller one; `None` below one event.
    pub fn smaller(self) -> Option<Self> {
        match self {
            Self::Usual => Some(Self::Few),
            Self::Few => Some(Self::One),
            Self::One => None,
        }
    }
}

/// One page of a round.
#[derive(Debug, Clone)]
pub struct Page {
    /// Changes in the provider's order. Ids may repeat; the last one counts.
    pub changes: Vec<Change>,
    /// Categories that came to be known with this page, such as the labels that its events carry.
    /// Empty where [`Provider::fetch_categories`] has them.
    pub categories: Vec<Category>,
    /// What comes next.
    pub next: Next,
    /// Size of the answer.
    pub bytes: usize,
}

/// One page of a span that is listed once, outside of any round.
#[derive(Debug, Clone)]
pub struct RangePage {
    /// What takes place in the span, in the provider's order. Ids may repeat; the last one counts.
    pub changes: Vec<Change>,
    /// As in [`Page::categories`].
    pub categories: Vec<Category>,
    /// The page after this one; `None` after the last.
    pub next: Option<Cursor>,
    /// Size of the answer.
    pub bytes: usize,
}

/// Something that a provider says about one event.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// This is how the event is now.
    Upsert(Box<Event>),
    /// A series takes place here; everything else is as its master says. Graph only.
    Instance(Instance),
    /// The event is gone. With `certain` false it may only have left the window.
    Removed {
        /// Which one.
        id: ProviderEventId,
        /// Whether the provider leaves no other reading.
        certain: bool,
    },
    /// An event that could not be read.
    Unreadable {
        /// Its id, if at least that could be read.
        id: Option<ProviderEventId>,
        /// The provider's text for it.
        raw: String,
        /// Why, without content.
        reason: String,
    },
}

/// One occurrence of a series, as its provider expands it.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    /// The occurrence's own id.
    pub id: ProviderEventId,
    /// Its master's id.
    pub series: ProviderEventId,
    /// When.
    pub when: When,
    /// Version mark.
    pub etag: Option<Etag>,
}

/// Whose account it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The address that names the account.
    pub email: String,
    /// The person's name.
    pub name: Option<String>,
}

/// An account's calendars.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarList {
    /// In the provider's order, the primary one first.
    pub calendars: Vec<Calendar>,
}

/// A provider of calendars.
///
/// Every method is one or more requests through `host::Http`. Those that fetch are cancel safe.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Which one.
    fn kind(&self) -> ProviderKind;

    /// Whose token this is.
    async fn fetch_identity(&self, token: &SecretString) -> Result<Identity, ProviderError>;

    /// All calendars of the account.
    async fn fetch_calendars(&self, token: &SecretString) -> Result<CalendarList, ProviderError>;

    /// The main calendar in a colleague's mailbox, for somebody whom its owner gave rights to it.
    /// `None` where the provider has no such thing: there, what is shared stands in the list.
    ///
    /// # Errors
    /// [`ProviderError::NotFound`] or [`ProviderError::Forbidden`]: it is not shared with this
    /// account, or not any more, or nobody has that address.
    async fn fetch_mailbox_calendar(
        &self,
        token: &SecretString,
        owner: &str,
    ) -> Result<Option<Calendar>, ProviderError>;

    /// The address of the mailbox that a calendar of
    /// [`fetch_mailbox_calendar`](Self::fetch_mailbox_calendar) lies in; `None` for one of the list.
    fn mailbox_of<'a>(&self, calendar: &'a ProviderCalendarId) -> Option<&'a str>;

    /// The account's categories with their colours. `None` where they come with the pages instead
    /// ([`Page::categories`]).
    async fn fetch_categories(
        &self,
        token: &SecretString,
    ) -> Result<Option<Vec<Category>>, ProviderError>;

    /// One page of a round.
    ///
    /// # Errors
    /// [`ProviderError::CursorGone`]: start a full round. [`ProviderError::TooLarge`]: ask again
    /// for a smaller page.
    async fn fetch_page(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        request: &PageRequest,
        size: PageSize,
    ) -> Result<Page, ProviderError>;

    /// One page of what takes place in `window`, which no round covers: the first one, or the one
    /// that `page` names. Nothing about it can be asked as a delta later.
    ///
    /// Shape: Graph gives [`Change::Instance`] for occurrences, whose masters are not among them:
    /// ask for those by id. Google gives masters and exceptions. Where a page is too large, smaller
    /// ones are asked for within the call.
    ///
    /// # Errors
    /// [`ProviderError::CursorGone`]: start again without `page`. [`ProviderError::TooLarge`]: one
    /// event alone cannot be read.
    async fn fetch_range(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        window: SyncWindow,
        page: Option<&Cursor>,
    ) -> Result<RangePage, ProviderError>;

    /// Every occurrence of `series` in the window, exceptions included, all pages. `None` if the
    /// series does not exist any more. A provider whose series are expanded here gives an empty list.
    async fn fetch_instances(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        series: &ProviderEventId,
        window: SyncWindow,
    ) -> Result<Option<Vec<Change>>, ProviderError>;

    /// One event as it is now; `None` if it does not exist any more.
    async fn fetch_event(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Change>, ProviderError>;

    /// Several events as they are now, each as [`fetch_event`](Self::fetch_event) would give it.
    ///
    /// Shape: in the order of `events`. One that the provider refuses for itself, or that is too
    /// large to be read, is left out; ask for it alone to hear why.
    ///
    /// # Errors
    /// What concerns all of them, such as throttling, a failure of the provider or a token that is
    /// not accepted; nothing is known of any event then.
    async fn fetch_events(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        events: &[ProviderEventId],
    ) -> Result<Vec<(ProviderEventId, Option<Change>)>, ProviderError>;

    /// What is attached to an event: names and places, never contents, and without the pictures
    /// of its description. `None` if the event does not exist any more.
    async fn fetch_attachments(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        event: &ProviderEventId,
    ) -> Result<Option<Vec<Attachment>>, ProviderError>;

    /// Lets the provider send to `webhook` whenever something that is watched changes.
    ///
    /// `id` names the subscription where the provider takes a name (Google); it has to be kept
    /// before this is called, and so has what proves the provider's notices: the first one may
    /// come before the answer.
    ///
    /// # Errors
    /// [`ProviderError::Forbidden`], [`ProviderError::NotFound`] or [`ProviderError::Rejected`]:
    /// this cannot be watched; poll it. HTTP 409: the same is watched already, perhaps by another
    /// computer.
    /// # Cancel safety
    /// The subscription may exist all the same; it ends by itself.
    async fn subscribe(
        &self,
        token: &SecretString,
        watched: Watched<'_>,
        id: &str,
        webhook: &Webhook,
    ) -> Result<Subscription, ProviderError>;

    /// Lets subscriptions live on, with the rights of this token and for as long as it lives.
    ///
    /// Shape: each as it is now, in the order of `ids`; [`ProviderError::NotFound`] for one that is
    /// gone: subscribe anew. Empty where none can be renewed: subscribe anew before they end.
    ///
    /// # Errors
    /// What concerns all of them, such as throttling or a token that is not accepted. Some may
    /// have been renewed; renewing them again does no harm.
    async fn renew(
        &self,
        token: &SecretString,
        ids: &[String],
    ) -> Result<Vec<Result<Subscription, ProviderError>>, ProviderError>;

    /// Ends a subscription. One that is gone already has ended.
    async fn unsubscribe(
        &self,
        token: &SecretString,
        subscription: &Subscription,
    ) -> Result<(), ProviderError>;

    /// The subscriptions of this account and this application. `None` where nobody lists them.
    async fn fetch_subscriptions(
        &self,
        token: &SecretString,
    ) -> Result<Option<Vec<ListedSubscription>>, ProviderError>;
}
