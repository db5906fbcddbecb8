//! Months outside of the window that somebody went to.
//!
//! Such a month is laid out like the window. Whether its listing can be trusted, and for how
//! long, is decided by the engine.

use chrono::{DateTime, Utc};
use dayline_model::{CalendarId, ProviderEventId};
use rusqlite::params;

use crate::rows::{from_ms, to_ms};
use crate::{Read, StoreError, Write};

/// A month that somebody went to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitedSpan {
    /// First instant.
    pub from: DateTime<Utc>,
    /// The instant after the last one.
    pub until: DateTime<Utc>,
    /// When its provider listed it; `None`: only worked out from the rules of known series.
    pub fetched_at: Option<DateTime<Utc>>,
}

impl Read<'_> {
    /// The months of a calendar that somebody went to, in order.
    pub fn visited_spans(&self, calendar: CalendarId) -> Result<Vec<VisitedSpan>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT start_ms, end_ms, fetched_at_ms FROM visited_spans
             WHERE calendar_connection_id = ?1 ORDER BY start_ms",
        )?;
        let rows = statement.query_map([calendar.0], |row| {
            Ok(VisitedSpan {
                from: from_ms(row.get(0)?),
                until: from_ms(row.get(1)?),
                fetched_at: row.get::<_, Option<i64>>(2)?.map(from_ms),
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// The series of a calendar.
    pub fn masters(&self, calendar: CalendarId) -> Result<Vec<ProviderEventId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT provider_event_id FROM calendar_events
             WHERE calendar_connection_id = ?1 AND kind = 'master' ORDER BY id",
        )?;
        let rows = statement.query_map([calendar.0], |row| row.get(0).map(ProviderEventId))?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// Events and instances of a calendar that stand in `span` and nowhere in the calendar's
    /// window, so that no round tells of their end. A series stands where its occurrences do.
    pub fn standing_only_in(
        &self,
        calendar: CalendarId,
        span: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Vec<ProviderEventId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT s.id FROM (
                 SELECT e.provider_event_id AS id, e.start_ms AS first, e.end_ms AS last
                 FROM calendar_events e
                 WHERE e.calendar_connection_id = ?1 AND e.kind <> 'master'
                 UNION ALL
                 SELECT e.provider_event_id, min(o.start_ms), max(o.end_ms)
                 FROM calendar_events e JOIN event_occurrences o ON o.event_id = e.id
                 WHERE e.calendar_connection_id = ?1 AND e.kind = 'master'
                   AND NOT EXISTS (SELECT 1 FROM series_instances i
                       WHERE i.calendar_connection_id = ?1
                         AND i.series_master_id = e.provider_event_id)
                 GROUP BY e.id
                 UNION ALL
                 SELECT provider_event_id, start_ms, end_ms FROM series_instances
                 WHERE calendar_connection_id = ?1
             ) s JOIN calendar_connections c ON c.id = ?1
             WHERE s.first < ?3 AND (s.last > ?2 OR s.first >= ?2)
               AND NOT (s.first < c.window_end_ms
                   AND (s.last > c.window_start_ms OR s.first >= c.window_start_ms))
             ORDER BY s.id",
        )?;
        let rows = statement
            .query_map(params![calendar.0, to_ms(span.0), to_ms(span.1)], |row| {
                row.get(0).map(ProviderEventId)
            })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}

impl Write<'_> {
    /// Notes that somebody went to a month. One that was listed stays so.
    pub fn visit_span(
        &self,
        calendar: CalendarId,
        span: (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO visited_spans (calendar_connection_id, start_ms, end_ms)
                 VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?
            .execute(params![calendar.0, to_ms(span.0), to_ms(span.1)])?;
        Ok(())
    }

    /// Notes that the provider has listed a month.
    pub fn set_span_fetched(
        &self,
        calendar: CalendarId,
        from: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE visited_spans SET fetched_at_ms = ?3
                 WHERE calendar_connection_id = ?1 AND start_ms = ?2",
            )?
            .execute(params![calendar.0, to_ms(from), to_ms(now)])?;
        Ok(())
    }

    /// Forgets where a series stands outside of the calendar's window, and that any month was
    /// listed: what was listed there may have changed with the series.
    pub fn distrust_visited(
        &self,
        calendar: CalendarId,
        series: &ProviderEventId,
    ) -> Result<(), StoreError> {
        let doubtful = self
            .connection
            .prepare_cached(
                "UPDATE visited_spans SET fetched_at_ms = NULL
                 WHERE calendar_connection_id = ?1 AND fetched_at_ms IS NOT NULL",
            )?
            .execute([calendar.0])?;
        if doubtful > 0 {
            self.connection
                .prepare_cached(
                    "DELETE FROM series_instances
                     WHERE calendar_connection_id = ?1 AND series_master_id = ?2
                       AND EXISTS (SELECT 1 FROM calendar_connections c WHERE c.id = ?1
                           AND NOT (start_ms < c.window_end_ms
                               AND max(end_ms, start_ms + 1) > c.window_start_ms))",
                )?
                .execute(params![calendar.0, series.as_str()])?;
        }
        Ok(())
    }
}
