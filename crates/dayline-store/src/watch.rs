//! Following what others write.

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::CalendarId;
use rusqlite::Connection;

use crate::rows::from_ms;
use crate::{Read, Store, StoreError};

/// Notices writes of whatever process.
pub struct Watcher {
    connection: Connection,
    seen: Option<i64>,
}

impl Store {
    /// Notices writes from now on.
    pub fn watcher(&self) -> Result<Watcher, StoreError> {
        Ok(Watcher {
            connection: self.open_reader()?,
            seen: None,
        })
    }
}

impl Watcher {
    /// Whether anything was written since the last call; true at first.
    pub fn has_news(&mut self) -> Result<bool, StoreError> {
        let version = self
            .connection
            .pragma_query_value(None, "data_version", |row| row.get(0))?;
        Ok(self.seen.replace(version) != Some(version))
    }
}

/// A round that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndedRound {
    /// Later rounds have higher ones.
    pub id: i64,
    /// Of which calendar.
    pub calendar: CalendarId,
    /// Its name.
    pub calendar_name: String,
    /// Whether it listed everything.
    pub full: bool,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// How long it took.
    pub duration: TimeDelta,
    /// Requests sent.
    pub calls: u32,
    /// Rows added.
    pub added: u32,
    /// Rows changed.
    pub updated: u32,
    /// Rows removed.
    pub removed: u32,
    /// `ok`, or a word for the failure.
    pub outcome: String,
}

impl Read<'_> {
    /// The number of the last round that ended; 0 if there was none.
    pub fn last_round(&self) -> Result<i64, StoreError> {
        let last = self.row("SELECT coalesce(max(id), 0) FROM sync_runs", [], |row| {
            row.get(0)
        })?;
        Ok(last)
    }

    /// Rounds that ended after the one of this number, in their order, at most `limit`.
    pub fn rounds_after(&self, id: i64, limit: u32) -> Result<Vec<EndedRound>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT r.id, c.id, c.calendar_name, r.kind = 'full', r.started_at_ms, r.duration_ms,
                 r.calls, r.added, r.updated, r.removed, r.outcome
             FROM sync_runs r JOIN calendar_connections c ON c.id = r.calendar_connection_id
             WHERE r.id > ?1 ORDER BY r.id LIMIT ?2",
        )?;
        let rows = statement.query_map([id, i64::from(limit)], |row| {
            Ok(EndedRound {
                id: row.get(0)?,
                calendar: CalendarId(row.get(1)?),
                calendar_name: row.get(2)?,
                full: row.get(3)?,
                started_at: from_ms(row.get(4)?),
                duration: TimeDelta::milliseconds(row.get(5)?),
                calls: row.get(6)?,
                added: row.get(7)?,
                updated: row.get(8)?,
                removed: row.get(9)?,
                outcome: row.get(10)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}
