//! The audit log: what was done about accounts, calendars and keys.
//!
//! Rows are added and, once they lie in a file, removed; none is ever changed. They hold words,
//! numbers and counts, never what stands in a calendar, and no addresses.

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, CalendarId};
use rusqlite::{Row, params};

use crate::rows::{from_ms, to_ms};
use crate::{Read, StoreError, Write};

/// Something to be kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewAudit<'a> {
    /// A word such as `sign_in`.
    pub action: &'a str,
    /// About which account.
    pub account: Option<AccountId>,
    /// About which calendar.
    pub calendar: Option<CalendarId>,
    /// `ok`, or a word for the failure.
    pub outcome: &'a str,
    /// Counts, as a JSON object.
    pub details: Option<String>,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Later rows have higher ones.
    pub id: i64,
    /// When it was done.
    pub at: DateTime<Utc>,
    /// What.
    pub action: String,
    /// About which account; it may be gone by now.
    pub account: Option<AccountId>,
    /// About which calendar; it may be gone by now.
    pub calendar: Option<CalendarId>,
    /// `ok`, or a word for the failure.
    pub outcome: String,
    /// Counts, as a JSON object.
    pub details: Option<String>,
}

const COLUMNS: &str = "id, at_ms, action, account_id, calendar_connection_id, outcome, details";

fn audit(row: &Row<'_>) -> rusqlite::Result<AuditRow> {
    Ok(AuditRow {
        id: row.get(0)?,
        at: from_ms(row.get(1)?),
        action: row.get(2)?,
        account: row.get::<_, Option<i64>>(3)?.map(AccountId),
        calendar: row.get::<_, Option<i64>>(4)?.map(CalendarId),
        outcome: row.get(5)?,
        details: row.get(6)?,
    })
}

impl Read<'_> {
    /// The log, the newest rows first.
    ///
    /// Shape: at most `limit` rows; with `since` only those from then on.
    pub fn audit(
        &self,
        since: Option<DateTime<Utc>>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM audit_logs WHERE at_ms >= ?1 ORDER BY at_ms DESC, id DESC
             LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![since.map_or(i64::MIN, to_ms), limit], audit)?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// Rows from before `before`, the oldest first, at most `limit`.
    pub fn audit_before(
        &self,
        before: DateTime<Utc>,
        limit: u32,
    ) -> Result<Vec<AuditRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM audit_logs WHERE at_ms < ?1 ORDER BY at_ms, id LIMIT ?2"
        ))?;
        let rows = statement.query_map(params![to_ms(before), limit], audit)?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}

impl Write<'_> {
    /// Adds a row.
    pub fn insert_audit(&self, new: &NewAudit<'_>, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO audit_logs
                     (at_ms, action, account_id, calendar_connection_id, outcome, details)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                to_ms(now),
                new.action,
                new.account.map(|id| id.0),
                new.calendar.map(|id| id.0),
                new.outcome,
                new.details,
            ])?;
        Ok(())
    }

    /// Removes rows that lie in a file now.
    pub fn remove_audit(&self, ids: &[i64]) -> Result<(), StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("DELETE FROM audit_logs WHERE id = ?1")?;
        for id in ids {
            statement.execute([id])?;
        }
        Ok(())
    }
}
