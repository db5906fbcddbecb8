//! What leaves the engine: views, and how they are made from rows.

mod agenda;
mod asked;
mod changes;
mod counts;
mod details;
mod diagnostics;
mod filter;
mod health;
mod links;
mod matching;
mod range;
mod report;
mod search;
mod stats;
mod tally;
mod thread;
mod types;
mod when;
mod zones;

pub use self::agenda::{AgendaItem, AgendaQuery, agenda_days};
pub use self::changes::{ChangeView, ChangedFieldView, ChangesView};
pub(crate) use self::details::{attachment_link, body_html, shown_places};
pub use self::diagnostics::{
    AccountDiagnostics, CalendarDiagnostics, DatabaseDiagnostics, DayDiagnostics, Diagnostics,
    KeyringDiagnosis, LoggedAction, PenDiagnostics, ProgramDiagnostics, PushDiagnostics,
    RelayDiagnostics,
};
pub use self::health::{
    AccountHealth, CalendarProblem, ClockHealth, DatabaseHealth, Health, PenHealth,
};
pub use self::links::{
    FoundLink, LinkVerdict, PatternMatch, PatternTrial, PatternView, TextReading,
};
pub use self::report::{AccountReport, CalendarReport, DayRuns, HealthReport, TeamsDayView};
pub use self::search::{SearchField, SearchItem, SearchQuery, SearchResults};
pub(crate) use self::stats::need;
pub use self::stats::{
    AccountNeed, AccountSync, CalendarStats, CalendarSyncFigures, DelegatedCalendar, NextEvent,
    Stats, SyncFigures, TeamsDay,
};
pub use self::thread::{ThreadItem, ThreadReport, ThreadView};
pub use self::types::*;
pub use self::when::WhenView;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use dayline_model::{Importance, ParticipationStatus, ShowAs, Status};
use dayline_store::OccurrenceRow;

use crate::Error;

/// Day 0 of views.
fn epoch() -> NaiveDate {
    NaiveDate::default()
}

/// Counts `date` since 1970-01-01.
pub(crate) fn day_number(date: NaiveDate) -> i32 {
    i32::try_from(date.signed_duration_since(epoch()).num_days()).unwrap_or(i32::MAX)
}

/// The date that a view counts as `day`.
///
/// # Errors
/// [`Error::Invalid`] for a day further away than any calendar goes.
pub fn date_of(day: i32) -> Result<NaiveDate, Error> {
    epoch()
        .checked_add_signed(TimeDelta::days(day.into()))
        .ok_or_else(|| Error::Invalid("this day is out of range".to_owned()))
}

/// Understands the zone that a reader asks for.
pub(crate) fn reader_zone(name: &str) -> Result<Tz, Error> {
    name.parse()
        .map_err(|_| Error::Invalid(format!("there is no time zone called {name}")))
}

/// The date that `now` has in `zone`, as if in UTC: how all-day events are kept.
pub(crate) fn today_in_utc(now: DateTime<Utc>, zone: Tz) -> DateTime<Utc> {
    let today = now.with_timezone(&zone).date_naive();
    today.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// The first instant of `date` in `zone`: midnight, or what follows it where a clock change
/// takes midnight away.
pub(crate) fn start_of_day(date: NaiveDate, zone: Tz) -> DateTime<Utc> {
    dayline_model::Zone::parse(zone.name()).to_utc(date.and_time(chrono::NaiveTime::MIN))
}

impl From<Importance> for ImportanceView {
    fn from(importance: Importance) -> Self {
        match importance {
            Importance::Low => Self::Low,
            Importance::Normal => Self::Normal,
            Importance::High => Self::High,
        }
    }
}

impl From<ParticipationStatus> for ResponseView {
    fn from(status: ParticipationStatus) -> Self {
        match status {
            ParticipationStatus::None => Self::None,
            ParticipationStatus::Organizer => Self::Organizer,
            ParticipationStatus::Accepted => Self::Accepted,
            ParticipationStatus::Tentative => Self::Tentative,
            ParticipationStatus::Declined => Self::Declined,
            ParticipationStatus::NeedsAction => Self::NotResponded,
        }
    }
}

impl From<Status> for StatusView {
    fn from(status: Status) -> Self {
        match status {
            Status::Confirmed => Self::Confirmed,
            Status::Tentative => Self::Tentative,
            Status::Cancelled => Self::Cancelled,
        }
    }
}

impl From<ShowAs> for ShowAsView {
    fn from(show_as: ShowAs) -> Self {
        match show_as {
            ShowAs::Free => Self::Free,
            ShowAs::Tentative => Self::Tentative,
            ShowAs::Busy => Self::Busy,
            ShowAs::OutOfOffice => Self::Oof,
            ShowAs::WorkingElsewhere => Self::WorkingElsewhere,
        }
    }
}

/// The key under which a reader asks for an occurrence again.
pub(crate) fn occurrence_id(row: &OccurrenceRow) -> String {
    format!("{}/{}", row.calendar, row.instance_id)
}
