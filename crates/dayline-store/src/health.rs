//! How rounds went, and what could not be read.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{CalendarId, ProviderEventId};
use rusqlite::params;

use crate::rows::to_ms;
use crate::{Read, StoreError, Write};

/// One round of one calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncRun {
    /// Whether it listed everything.
    pub full: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// How long it took.
    pub duration: TimeDelta,
    /// Pages applied.
    pub pages: u32,
    /// Requests sent.
    pub calls: u32,
    /// Size of the answers.
    pub bytes: u64,
    /// Rows added.
    pub added: u32,
    /// Rows changed.
    pub updated: u32,
    /// Rows removed.
    pub removed: u32,
    /// `ok`, or a word for the failure.
    pub outcome: &'static str,
}

impl Write<'_> {
    /// Keeps how a round went.
    pub fn insert_sync_run(&self, calendar: CalendarId, run: &SyncRun) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO sync_runs (calendar_connection_id, kind, started_at_ms, duration_ms,
                 pages, calls, bytes, added, updated, removed, outcome)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
            params![
                calendar.0,
                if run.full { "full" } else { "delta" },
                to_ms(run.started_at),
                run.duration.num_milliseconds(),
                run.pages,
                run.calls,
                i64::try_from(run.bytes).unwrap_or(i64::MAX),
                run.added,
                run.updated,
                run.removed,
                run.outcome,
            ],
        )?;
        Ok(())
    }

    /// Sets an item aside that could not be read.
    pub fn quarantine(
        &self,
        calendar: CalendarId,
        id: &str,
        raw: &str,
        reason: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO quarantined_items
                 (calendar_connection_id, provider_event_id, raw, reason, seen_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET raw = excluded.raw, reason = excluded.reason,
                 seen_at_ms = excluded.seen_at_ms",
            params![calendar.0, id, raw, reason, to_ms(now)],
        )?;
        Ok(())
    }

    /// Forgets an item that can be read now.
    pub fn release_quarantined(
        &self,
        calendar: CalendarId,
        id: &ProviderEventId,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "DELETE FROM quarantined_items
                 WHERE calendar_connection_id = ?1 AND provider_event_id = ?2",
            )?
            .execute(params![calendar.0, id.as_str()])?;
        Ok(())
    }
}

impl Read<'_> {
    /// How many items of a calendar could not be read.
    pub fn count_quarantined(&self, calendar: CalendarId) -> Result<i64, StoreError> {
        let count = self.row(
            "SELECT count(*) FROM quarantined_items WHERE calendar_connection_id = ?1",
            [calendar.0],
            |row| row.get(0),
        )?;
        Ok(count)
    }
}
