//! Counts and lists about what is kept: each of them reads an index and what it gives.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{CalendarId, EventId, ProviderEventId};
use rusqlite::params;

use super::occurrences::narrowed::bounds;
use crate::rows::{from_ms, to_ms};
use crate::{OccurrenceRow, Read, StoreError};

/// Occurrences that are looked at for those that come next.
const MOST_LOOKED_AT: u32 = 2_000;

/// How many events a calendar has.
pub(crate) const EVENTS_PER_CALENDAR: &str =
    "SELECT calendar_connection_id, count(*) FROM calendar_events GROUP BY calendar_connection_id";

/// How many events of a calendar are Teams meetings.
pub(crate) const TEAMS_OF_CALENDAR: &str = "SELECT count(*) FROM calendar_events
    WHERE calendar_connection_id = ?1 AND teams_enabled = 1";

/// What starts from ?1 on, by start, at most ?2 rows.
pub(crate) const COMING: &str = "SELECT o.calendar_connection_id, o.event_id, o.start_ms, o.all_day
    FROM event_occurrences o WHERE o.is_long = 0 AND o.start_ms >= ?1 ORDER BY o.start_ms LIMIT ?2";

/// Meetings that start within a range: ?1 is its start, ?2 its end.
pub(crate) const MEETINGS: &str = "SELECT o.start_ms, e.teams_enabled
    FROM event_occurrences o JOIN calendar_events e ON e.id = o.event_id
    JOIN calendar_connections c ON c.id = o.calendar_connection_id
    WHERE o.is_long = 0 AND o.start_ms >= ?1 AND o.start_ms < ?2 AND o.all_day = 0
        AND c.is_visible AND c.is_connected
        AND e.status <> 'cancelled' AND e.response_status <> 'declined'
        AND (e.teams_enabled
            OR EXISTS (SELECT 1 FROM event_links l WHERE l.event_id = e.id)
            OR EXISTS (SELECT 1 FROM event_attendees a WHERE a.event_id = e.id))";

/// Rounds of all calendars that began at ?1 or later.
pub(crate) const RUNS: &str =
    "SELECT calendar_connection_id, started_at_ms, duration_ms, calls, added + updated + removed,
        outcome
    FROM sync_runs WHERE started_at_ms >= ?1";

/// The events of a series: ?1 is the calendar, ?2 the master's id at the provider.
pub(crate) const SERIES: &str = "SELECT id FROM calendar_events
    WHERE calendar_connection_id = ?1 AND provider_event_id = ?2
    UNION
    SELECT id FROM calendar_events WHERE calendar_connection_id = ?1 AND series_master_id = ?2";

/// What comes next in a calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComingEvent {
    /// Title; empty if it has none.
    pub title: String,
    /// When it starts; of all-day ones the date as if in UTC.
    pub start: DateTime<Utc>,
    /// Whole days.
    pub all_day: bool,
}

/// A round, as far as statistics ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRow {
    /// The calendar.
    pub calendar: CalendarId,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// How long it took.
    pub duration: TimeDelta,
    /// Requests sent.
    pub calls: u32,
    /// Rows added, changed and removed.
    pub changes: u32,
    /// `ok`, or a word for the failure.
    pub outcome: String,
}

impl Read<'_> {
    /// How many events each calendar has; those without any are left out.
    pub fn events_per_calendar(&self) -> Result<BTreeMap<CalendarId, i64>, StoreError> {
        let mut statement = self.connection.prepare_cached(EVENTS_PER_CALENDAR)?;
        let rows = statement.query_map([], |row| Ok((CalendarId(row.get(0)?), row.get(1)?)))?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// How many events of a calendar are Teams meetings.
    pub fn count_teams(&self, calendar: CalendarId) -> Result<i64, StoreError> {
        let count = self
            .connection
            .prepare_cached(TEAMS_OF_CALENDAR)?
            .query_row([calendar.0], |row| row.get(0))?;
        Ok(count)
    }

    /// What starts next in each calendar from `now` on, cancelled ones left out.
    ///
    /// Shape: looked for among the next 2,000 occurrences of up to 31 days of all calendars; a
    /// calendar that has none there is left out.
    pub fn coming_events(
        &self,
        now: DateTime<Utc>,
    ) -> Result<BTreeMap<CalendarId, ComingEvent>, StoreError> {
        let wanted: i64 = self.row(
            "SELECT count(*) FROM calendar_connections WHERE is_connected",
            [],
            |row| row.get(0),
        )?;
        let mut title = self.connection.prepare_cached(
            "SELECT title FROM calendar_events WHERE id = ?1 AND status <> 'cancelled'",
        )?;
        let mut statement = self.connection.prepare_cached(COMING)?;
        let mut rows = statement.query(params![to_ms(now), MOST_LOOKED_AT])?;
        let mut coming = BTreeMap::new();
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
        while coming.len() < wanted
            && let Some(row) = rows.next()?
        {
            let calendar = CalendarId(row.get(0)?);
            if coming.contains_key(&calendar) {
                continue;
            }
            let event: i64 = row.get(1)?;
            let mut titles = title.query([event])?;
            if let Some(found) = titles.next()? {
                let event = ComingEvent {
                    title: found.get(0)?,
                    start: from_ms(row.get(2)?),
                    all_day: row.get(3)?,
                };
                coming.insert(calendar, event);
            }
        }
        Ok(coming)
    }

    /// The starts of meetings of visible calendars in `[from, until)`, and whether each is one of
    /// Teams. A meeting has times and somebody who is invited or a link to join, and is neither
    /// cancelled nor declined.
    pub fn visit_meetings(
        &self,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
        mut visit: impl FnMut(DateTime<Utc>, bool),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(MEETINGS)?;
        let mut rows = statement.query([to_ms(from), to_ms(until)])?;
        while let Some(row) = rows.next()? {
            visit(from_ms(row.get(0)?), row.get(1)?);
        }
        Ok(())
    }

    /// Shows every round that began at `since` or later to `visit`, in no order.
    pub fn visit_sync_runs(
        &self,
        since: DateTime<Utc>,
        mut visit: impl FnMut(RunRow),
    ) -> Result<(), StoreError> {
        let mut statement = self.connection.prepare_cached(RUNS)?;
        let mut rows = statement.query([to_ms(since)])?;
        while let Some(row) = rows.next()? {
            visit(RunRow {
                calendar: CalendarId(row.get(0)?),
                started_at: from_ms(row.get(1)?),
                duration: TimeDelta::milliseconds(row.get(2)?),
                calls: row.get(3)?,
                changes: row.get(4)?,
                outcome: row.get(5)?,
            });
        }
        Ok(())
    }

    /// The events of a series, its master among them; empty if it is not known.
    pub fn series_events(
        &self,
        calendar: CalendarId,
        series: &ProviderEventId,
    ) -> Result<Vec<EventId>, StoreError> {
        let mut statement = self.connection.prepare_cached(SERIES)?;
        let rows = statement.query_map(params![calendar.0, series.as_str()], |row| {
            row.get(0).map(EventId)
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// What an event shows in `[from, until)`, by start, at most `limit`.
    pub fn occurrences_of(
        &self,
        event: EventId,
        (from, until): (DateTime<Utc>, DateTime<Utc>),
        limit: u32,
    ) -> Result<Vec<OccurrenceRow>, StoreError> {
        let [from, until, _] = bounds(from, until);
        self.occurrences_where(
            "o.event_id = ?1 AND o.start_ms < ?3 AND (o.end_ms > ?2 OR o.start_ms >= ?2)
             ORDER BY o.start_ms LIMIT ?4",
            params![event.0, from, until, limit],
        )
    }

    /// How many items of all calendars could not be read.
    pub fn count_all_quarantined(&self) -> Result<i64, StoreError> {
        let count = self.row("SELECT count(*) FROM quarantined_items", [], |row| {
            row.get(0)
        })?;
        Ok(count)
    }
}
