//! The serialisable types that window and terminal share.
//!
//! A view never holds a token, a path or raw provider data, and never asks its reader for
//! zone arithmetic: days are counted since 1970-01-01 and minutes since midnight, both in the
//! zone that the reader asked for.

mod accounts;
mod days;
mod details;
mod failures;
mod filter;
mod progress;
mod series;

use serde::{Deserialize, Serialize};

pub use self::accounts::*;
pub use self::days::*;
pub use self::details::*;
pub use self::failures::*;
pub use self::filter::*;
pub use self::progress::*;
pub use self::series::*;

/// Everything the window needs to paint its first picture.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct Bootstrap {
    /// Version of this build.
    pub version: String,
    /// The system's zone, an IANA name; the zone that views are asked in.
    pub zone: String,
    /// Now, in that zone; `None` where it is not known, which views then say.
    pub clock: Option<ClockView>,
    /// First day of the week, 0 = Sunday … 6 = Saturday, from the system's locale.
    pub first_day_of_week: i32,
    /// True while sample data is shown.
    pub sample: bool,
    /// Which providers have a client id, so that sign-in can start; of each its usual cloud first.
    pub providers: Vec<ProviderSetup>,
    /// Accounts in the order they were added.
    pub accounts: Vec<AccountView>,
    /// What the window stored with [`set_preferences`](crate::Engine::set_preferences); `None`:
    /// nothing yet.
    pub preferences: Option<String>,
    /// The user's saved views, in their order.
    pub saved_views: Vec<SavedView>,
}

/// Importance of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ImportanceView {
    /// Low.
    Low,
    /// Normal, also where the provider knows no importance.
    Normal,
    /// High.
    High,
}

/// The own answer to an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ResponseView {
    /// Nobody asked.
    None,
    /// The user organises it.
    Organizer,
    /// Accepted.
    Accepted,
    /// Perhaps.
    Tentative,
    /// Declined.
    Declined,
    /// Asked, not answered.
    NotResponded,
}

/// The state of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum StatusView {
    /// It takes place.
    Confirmed,
    /// Not certain.
    Tentative,
    /// Called off.
    Cancelled,
}

/// What an event does to the user's availability.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ShowAsView {
    /// Free.
    Free,
    /// Tentative.
    Tentative,
    /// Busy.
    Busy,
    /// Out of office.
    Oof,
    /// Working elsewhere.
    WorkingElsewhere,
}

/// Which days to show, in which zone.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RangeQuery {
    /// First day, counted since 1970-01-01.
    pub from_day: i32,
    /// How many days, 1 to 400.
    pub days: i32,
    /// IANA name of the zone to show.
    pub zone: String,
    /// What to leave over, in the filter language; empty: everything.
    pub filter: String,
    /// One meeting in several calendars comes once, with its `copies`.
    pub merge_copies: bool,
}

/// The occurrences of some days.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct RangeView {
    /// As asked.
    pub from_day: i32,
    /// As asked.
    pub days: i32,
    /// Where now is in the asked zone.
    pub clock: ClockView,
    /// By start, then longest first; all-day ones first within their first day.
    pub occurrences: Vec<OccurrenceView>,
    /// True if part of the days lies outside of what is synced.
    pub beyond_synced: bool,
    /// Where the clock is changed within the days, in their order.
    pub clock_changes: Vec<ClockChange>,
}

/// Now, in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct ClockView {
    /// Today, counted since 1970-01-01.
    pub day: i32,
    /// Minutes since midnight.
    pub minute: i32,
}

/// A category on an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CategoryView {
    /// Its name.
    pub name: String,
    /// `#rrggbb`; grey if the account's list does not know it.
    pub color: String,
}

/// One occurrence, placed in the asked zone.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct OccurrenceView {
    /// Stable while the occurrence exists; the key for details and join.
    pub id: String,
    /// Its calendar.
    pub calendar_id: String,
    /// Title; empty if it has none.
    pub title: String,
    /// First day, counted since 1970-01-01.
    pub day: i32,
    /// How many days it touches, at least 1.
    pub days: i32,
    /// Minutes since midnight of `day`; 0 for all-day.
    pub start_minute: i32,
    /// Minutes since midnight of the last day, 1 to 1440 (0 only if start and end coincide at midnight); 1440 for all-day.
    pub end_minute: i32,
    /// An all-day event: days without a zone.
    pub all_day: bool,
    /// Start, RFC 3339 in UTC; `None` for all-day.
    pub start_utc: Option<String>,
    /// End (exclusive), RFC 3339 in UTC; `None` for all-day.
    pub end_utc: Option<String>,
    /// `#rrggbb`: the event's own colour, else its calendar's.
    pub color: String,
    /// Importance.
    pub importance: ImportanceView,
    /// State.
    pub status: StatusView,
    /// Own answer.
    pub response: ResponseView,
    /// Availability.
    pub show_as: ShowAsView,
    /// Categories.
    pub categories: Vec<CategoryView>,
    /// Part of a series.
    pub recurring: bool,
    /// A Microsoft Teams meeting.
    pub teams: bool,
    /// The service that Join opens, such as "Microsoft Teams"; `None` without a link.
    pub join_service: Option<String>,
    /// Place, as one line.
    pub location: Option<String>,
    /// The other places of a meeting that comes once; empty unless asked for.
    pub copies: Vec<CopyView>,
    /// The zone's short name, where the start lies in an hour that comes twice.
    pub zone_mark: Option<String>,
}
