//! The ledger: what changed about events that were known before the round that changed them.
//!
//! It outlives the events that it tells of. What counts as a change is decided by the engine.

use chrono::{DateTime, Utc};
use dayline_model::{CalendarId, ProviderEventId};
use rusqlite::params;

use crate::rows::to_ms;
use crate::{StoreError, Write};

/// What part of an event changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangedField {
    /// When it takes place.
    Time,
    /// How it repeats.
    Recurrence,
    /// Whether it takes place; what was deleted is `deleted` after.
    Status,
    /// Its title.
    Title,
    /// Its place.
    Location,
    /// Its description.
    Description,
    /// Its importance.
    Importance,
    /// The user's own answer.
    Response,
    /// Who is invited, and what they answered.
    Attendee,
    /// The best join link.
    Link,
}

impl ChangedField {
    /// Its word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Recurrence => "recurrence",
            Self::Status => "status",
            Self::Title => "title",
            Self::Location => "location",
            Self::Description => "description",
            Self::Importance => "importance",
            Self::Response => "response",
            Self::Attendee => "attendee",
            Self::Link => "link",
        }
    }
}

/// A change to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewChange<'a> {
    /// The provider's id of what changed: an event, or an occurrence of a series.
    pub event: &'a ProviderEventId,
    /// The series that it belongs to.
    pub series: Option<&'a ProviderEventId>,
    /// As it was called before.
    pub title: &'a str,
    /// Where it stood before: `start/end` in RFC 3339, or dates.
    pub stood: &'a str,
    /// What changed.
    pub field: ChangedField,
    /// How it was.
    pub before: Option<&'a str>,
    /// How it is now.
    pub after: Option<&'a str>,
}

impl Write<'_> {
    /// Adds a line to the ledger.
    pub fn insert_change(
        &self,
        calendar: CalendarId,
        change: &NewChange<'_>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO event_changes (calendar_connection_id, provider_event_id,
                     series_master_id, title, stood, field, before, after, changed_at_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(params![
                calendar.0,
                change.event.as_str(),
                change.series.map(ProviderEventId::as_str),
                change.title,
                change.stood,
                change.field.word(),
                change.before,
                change.after,
                to_ms(now),
            ])?;
        Ok(())
    }
}
