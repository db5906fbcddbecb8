//! How far something is, and how it ended.

use serde::{Deserialize, Serialize};

use super::{ErrorCode, IpcError};

/// How a sign-in ended.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SignInOutcome {
    /// Which attempt.
    pub attempt: String,
    /// The account, if it worked.
    pub account_id: Option<String>,
    /// What went wrong, if it did not.
    pub error: Option<IpcError>,
    /// Where an administrator allows Dayline, if that is what it needs.
    pub admin_consent_link: Option<String>,
}

/// How far a calendar's first full round is.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SyncProgress {
    /// Which account.
    pub account_id: String,
    /// Which calendar.
    pub calendar_id: String,
    /// Events stored so far in this round.
    pub stored: i32,
    /// True when the round is over.
    pub finished: bool,
}

/// How far fetching days outside of what is synced is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitProgress {
    /// First day asked for, counted since 1970-01-01.
    pub from_day: i32,
    /// How many days were asked for.
    pub days: i32,
    /// How many calendars are done.
    pub done: i32,
    /// How many calendars have to be asked.
    pub total: i32,
}

/// How fetching days outside of what is synced ended.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitReport {
    /// True if a provider was asked and answered.
    pub fetched: bool,
    /// Accounts whose events could not be fetched; theirs are shown as far as they repeat.
    pub problems: Vec<VisitProblem>,
}

/// Why an account's events of some days could not be fetched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct VisitProblem {
    /// The account's address.
    pub account: String,
    /// What it asks of the reader.
    pub code: ErrorCode,
    /// What is wrong, in words.
    pub message: String,
}
