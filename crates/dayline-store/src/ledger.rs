//! The ledger: what changed about events that were known before the round that changed them.
//!
//! It outlives the events that it tells of. What counts as a change is decided by the engine.

use chrono::{DateTime, Utc};
use dayline_model::{CalendarId, EventId, ProviderEventId};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{from_ms, to_ms};
use crate::{Read, StoreError, Write};

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

    fn from_word(word: &str) -> Result<Self, StoreError> {
        [
            Self::Time,
            Self::Recurrence,
            Self::Status,
            Self::Title,
            Self::Location,
            Self::Description,
            Self::Importance,
            Self::Response,
            Self::Attendee,
            Self::Link,
        ]
        .into_iter()
        .find(|field| field.word() == word)
        .ok_or(StoreError::Value("field"))
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

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeRow {
    /// Lines that were written later have higher ones.
    pub id: i64,
    /// The calendar.
    pub calendar: CalendarId,
    /// Its name.
    pub calendar_name: String,
    /// Its colour.
    pub calendar_color: String,
    /// The provider's id of what changed: an event, or an occurrence of a series.
    pub event: ProviderEventId,
    /// The account's address.
    pub account_email: String,
    /// As it was called before.
    pub title: String,
    /// Where it stood before: `start/end` in RFC 3339, or dates.
    pub stood: String,
    /// What changed.
    pub field: ChangedField,
    /// How it was.
    pub before: Option<String>,
    /// How it is now.
    pub after: Option<String>,
    /// When it was noticed.
    pub changed_at: DateTime<Utc>,
    /// When the user looked at it.
    pub seen_at: Option<DateTime<Utc>>,
}

/// The columns that [`change`] reads.
const LINES: &str = "SELECT h.id, c.id, c.calendar_name, c.calendar_color, a.email,
        h.provider_event_id, h.title, h.stood, h.field, h.before, h.after, h.changed_at_ms,
        h.seen_at_ms
    FROM event_changes h JOIN calendar_connections c ON c.id = h.calendar_connection_id
    JOIN accounts a ON a.id = c.account_id";

/// What [`Read::changes_of`] asks: ?1 is the calendar, ?2 to ?4 ids of the provider.
pub(crate) fn of_event_query() -> String {
    format!(
        "{LINES} WHERE h.calendar_connection_id = ?1 AND h.provider_event_id IN (?2, ?3, ?4)
         ORDER BY h.id DESC LIMIT ?5"
    )
}

fn change(row: &Row<'_>) -> Result<ChangeRow, StoreError> {
    Ok(ChangeRow {
        id: row.get(0)?,
        calendar: CalendarId(row.get(1)?),
        calendar_name: row.get(2)?,
        calendar_color: row.get(3)?,
        account_email: row.get(4)?,
        event: ProviderEventId(row.get(5)?),
        title: row.get(6)?,
        stood: row.get(7)?,
        field: ChangedField::from_word(&row.get::<_, String>(8)?)?,
        before: row.get(9)?,
        after: row.get(10)?,
        changed_at: from_ms(row.get(11)?),
        seen_at: row.get::<_, Option<i64>>(12)?.map(from_ms),
    })
}

impl Read<'_> {
    /// The ledger of connected calendars, the newest lines first.
    pub fn changes(&self, limit: u32) -> Result<Vec<ChangeRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "{LINES} WHERE c.is_connected ORDER BY h.id DESC LIMIT ?1"
        ))?;
        let mut rows = statement.query([limit])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push(change(row)?);
        }
        Ok(changes)
    }

    /// The lines about any of three ids of a calendar, the newest ones first.
    pub fn changes_of(
        &self,
        calendar: CalendarId,
        ids: [&str; 3],
        limit: u32,
    ) -> Result<Vec<ChangeRow>, StoreError> {
        let [one, two, three] = ids;
        let mut statement = self.connection.prepare_cached(&of_event_query())?;
        let mut rows = statement.query(params![calendar.0, one, two, three, limit])?;
        let mut changes = Vec::new();
        while let Some(row) = rows.next()? {
            changes.push(change(row)?);
        }
        Ok(changes)
    }

    /// The own id of the occurrence that shows what a line is about: of a series the one that runs
    /// at `now` or comes next, else its last one. `None` if it is gone, or laid out nowhere.
    ///
    /// Units: of all-day events `today` counts, a date as if in UTC.
    pub fn find_shown(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
        now: DateTime<Utc>,
        today: DateTime<Utc>,
    ) -> Result<Option<String>, StoreError> {
        let key = (calendar.0, id.as_str());
        let itself = self
            .row(
                "SELECT instance_id FROM event_occurrences
                 WHERE calendar_connection_id = ?1 AND instance_id = ?2",
                key,
                |row| row.get(0),
            )
            .optional()?;
        if itself.is_some() {
            return Ok(itself);
        }
        let event = self
            .row(
                "SELECT id FROM calendar_events
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2",
                key,
                |row| row.get(0).map(EventId),
            )
            .optional()?;
        let Some(event) = event else {
            return Ok(None);
        };
        let nearest = self.nearest_occurrence(event, now, today)?;
        Ok(nearest.map(|occurrence| occurrence.instance_id))
    }

    /// How many lines of connected calendars nobody has looked at.
    pub fn count_unseen_changes(&self) -> Result<i64, StoreError> {
        let count = self
            .connection
            .prepare_cached(
                "SELECT count(*) FROM event_changes h
                 JOIN calendar_connections c ON c.id = h.calendar_connection_id
                 WHERE h.seen_at_ms IS NULL AND c.is_connected",
            )?
            .query_row([], |row| row.get(0))?;
        Ok(count)
    }
}

impl Write<'_> {
    /// Marks every line up to `through` as seen; what came after it was not shown yet. Returns
    /// how many were unseen.
    pub fn mark_changes_seen(&self, through: i64, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let marked = self
            .connection
            .prepare_cached(
                "UPDATE event_changes SET seen_at_ms = ?2 WHERE seen_at_ms IS NULL AND id <= ?1",
            )?
            .execute(params![through, to_ms(now)])?;
        Ok(marked)
    }

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
