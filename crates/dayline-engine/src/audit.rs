//! What was done about accounts, calendars and keys, kept for a year.
//!
//! A quiet round leaves no row, and a failure that lasts leaves one when it begins and one when it
//! ends: the log tells what happened, `sync_runs` how often. No content and no addresses.

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, CalendarId};
use dayline_store::{AccountRow, NewAudit, StoreError, SyncRun, Write};
use serde::Serialize;

use crate::{Engine, Error};

/// A row of the audit log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AuditEntry {
    /// When, RFC 3339.
    pub at: String,
    /// What was done.
    pub action: String,
    /// About which account; it may be gone by now.
    pub account_id: Option<String>,
    /// About which calendar; it may be gone by now.
    pub calendar_id: Option<String>,
    /// `ok`, or a word for the failure.
    pub outcome: String,
    /// Counts.
    pub details: Option<serde_json::Value>,
}

impl From<dayline_store::AuditRow> for AuditEntry {
    fn from(row: dayline_store::AuditRow) -> Self {
        Self {
            at: row.at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true),
            action: row.action,
            account_id: row.account.map(|id| id.to_string()),
            calendar_id: row.calendar.map(|id| id.to_string()),
            outcome: row.outcome,
            details: row
                .details
                .and_then(|details| serde_json::from_str(&details).ok()),
        }
    }
}

impl Engine {
    /// The audit log, the newest rows first.
    ///
    /// Shape: at most `limit` rows; with `since` only those from then on. Rows older than 90 days
    /// lie in files under `audit`.
    pub fn audit(
        &self,
        since: Option<DateTime<Utc>>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, Error> {
        let rows = self.store().read(|read| read.audit(since, limit))?;
        Ok(rows.into_iter().map(AuditEntry::from).collect())
    }

    /// Keeps that something was done. It was done all the same if that fails.
    pub(crate) fn note(&self, new: &NewAudit<'_>) {
        let now = self.now();
        if let Err(error) = self.store().write(|write| write.insert_audit(new, now)) {
            tracing::warn!(%error, action = new.action, "the audit log misses a row");
        }
    }

    /// Keeps how a sign-in ended.
    pub(crate) fn note_sign_in(&self, result: Result<AccountId, &Error>) {
        self.note(&NewAudit {
            action: "sign_in",
            account: result.ok(),
            outcome: result.map_or_else(|error| error.code().word(), |_| "ok"),
            ..NewAudit::default()
        });
    }

    /// Keeps that an account was removed.
    pub(crate) fn note_removed(&self, account: AccountId) {
        self.note(&NewAudit {
            action: "account_removed",
            account: Some(account),
            outcome: "ok",
            ..NewAudit::default()
        });
    }

    /// Keeps that a calendar is synced from now on, or no longer.
    pub(crate) fn note_connected(&self, calendar: CalendarId, connected: bool) {
        self.note(&NewAudit {
            action: if connected {
                "calendar_connected"
            } else {
                "calendar_disconnected"
            },
            calendar: Some(calendar),
            outcome: "ok",
            ..NewAudit::default()
        });
    }

    /// Keeps that the schema is about to go one version back. The row goes into the backup, and
    /// stays where the older version knows the log.
    pub fn note_rollback(&self) {
        self.note(&NewAudit {
            action: "database_rollback",
            outcome: "ok",
            details: Some(serde_json::json!({ "from": dayline_store::LATEST }).to_string()),
            ..NewAudit::default()
        });
    }
}

/// Keeps that an account began to fail, fails otherwise, or works again.
pub(crate) fn note_account(
    write: &Write<'_>,
    account: &AccountRow,
    failed: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if account.problem_code.as_deref() == failed {
        return Ok(());
    }
    let row = NewAudit {
        action: "account_sync",
        account: Some(account.id),
        outcome: failed.unwrap_or("ok"),
        ..NewAudit::default()
    };
    write.insert_audit(&row, now)
}

/// Keeps a round that changed something, or ended otherwise than the one before.
pub(crate) fn note_round(
    write: &Write<'_>,
    calendar: &dayline_store::CalendarRow,
    run: &SyncRun,
    problem: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let changed = run.added + run.updated + run.removed > 0;
    let before = write.find_calendar(calendar.id)?;
    let before = before.and_then(|row| row.last_error);
    if !changed && before.as_deref() == problem {
        return Ok(());
    }
    let details = serde_json::json!({
        "full": run.full,
        "added": run.added,
        "updated": run.updated,
        "removed": run.removed,
        "calls": run.calls,
        "pages": run.pages,
    });
    let row = NewAudit {
        action: "sync",
        account: Some(calendar.account),
        calendar: Some(calendar.id),
        outcome: run.outcome,
        details: Some(details.to_string()),
    };
    write.insert_audit(&row, now)
}
