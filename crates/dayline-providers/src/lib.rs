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
#[cfg(test)]
mod testing;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use dayline_model::{
    Calendar, Category, Etag, Event, ProviderCalendarId, ProviderEventId, ProviderKind, When,
};
use secrecy::SecretString;

pub use self::error::{ProviderError, Retry};
pub use self::google::Google;
pub use self::graph::Graph;

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

/// One page of a round.
#[derive(Debug, Clone)]
pub struct Page {
    /// Changes in the provider's order. Ids may repeat; the last one counts.
    pub changes: Vec<Change>,
    /// What comes next.
    pub next: Next,
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

/// An account's calendars and the colours of its categories.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CalendarList {
    /// In the provider's order, the primary one first.
    pub calendars: Vec<Calendar>,
}

/// A provider of calendars.
///
/// Every method is one or more requests through `host::Http`, and cancel safe: it reads only.
#[async_trait]
pub trait Provider: Send + Sync {
    /// Which one.
    fn kind(&self) -> ProviderKind;

    /// Whose token this is.
    async fn fetch_identity(&self, token: &SecretString) -> Result<Identity, ProviderError>;

    /// All calendars of the account.
    async fn fetch_calendars(&self, token: &SecretString) -> Result<CalendarList, ProviderError>;

    /// The account's categories with their colours. Empty where the provider has none.
    async fn fetch_categories(&self, token: &SecretString) -> Result<Vec<Category>, ProviderError>;

    /// One page of a round.
    ///
    /// # Errors
    /// [`ProviderError::CursorGone`]: start a full round.
    async fn fetch_page(
        &self,
        token: &SecretString,
        calendar: &ProviderCalendarId,
        request: &PageRequest,
    ) -> Result<Page, ProviderError>;

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
}
