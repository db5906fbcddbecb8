//! What a user may hand on so that somebody can find out what is wrong.
//!
//! Numbers, codes and our own words only. Accounts and calendars are numbered in the order in which
//! the app lists them, so that their user knows which is meant and nobody else does: no title, no
//! person, no address, no provider's id, no token and no link can stand here, because nothing of
//! a calendar has a field. Sentences for people (`problem`) are left out, since they may quote.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{AccountState, CloudView, ErrorCode, ProviderKind, Remedy, SyncFigures};

/// The whole file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Diagnostics {
    /// When it was made, RFC 3339 in UTC.
    pub made_at: String,
    /// What runs, and on what.
    pub program: ProgramDiagnostics,
    /// Whether nothing waits for somebody.
    pub healthy: bool,
    /// The last sync lies in the future.
    pub clock_is_behind: bool,
    /// Whether the keyring answers.
    pub keyring: KeyringDiagnosis,
    /// The database.
    pub database: DatabaseDiagnostics,
    /// Who syncs; `None` without a database that can be opened.
    pub pen: Option<PenDiagnostics>,
    /// How changes come to be known; `None` without a database that can be opened.
    pub relay: Option<RelayDiagnostics>,
    /// Items that providers sent and this version cannot read.
    pub unreadable_items: i64,
    /// What is set, without the values.
    pub settings: Vec<String>,
    /// Accounts in the order they were added.
    pub accounts: Vec<AccountDiagnostics>,
    /// What was done last, the oldest row first.
    pub log: Vec<LoggedAction>,
}

/// What runs, and on what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct ProgramDiagnostics {
    /// Version of this build.
    pub version: String,
    /// The version of the zone database that places events.
    pub time_zone_database: String,
    /// The web engine's version; `None` on a terminal.
    pub web_engine: Option<String>,
    /// The operating system.
    pub system: String,
    /// The distribution and its version, where the system tells.
    pub distribution: Option<String>,
    /// The processor's kind.
    pub architecture: String,
    /// Sample data is shown.
    pub sample: bool,
}

/// Whether the keyring answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyringDiagnosis {
    /// It does.
    Answers,
    /// There is none.
    Missing,
    /// It is locked.
    Locked,
    /// It answers something else.
    Failed,
    /// It was not asked, without a database that can be opened.
    NotAsked,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatabaseDiagnostics {
    /// False before the first start.
    pub exists: bool,
    /// What it takes on disk, its log included.
    pub bytes: u64,
    /// Its schema's version; `None` if that cannot be told.
    pub schema: Option<usize>,
    /// The version that this build brings it to.
    pub latest_schema: usize,
    /// What is wrong with it, a sentence each; the folder is left out.
    pub problems: Vec<String>,
    /// When the newest backup was made, RFC 3339 in UTC.
    pub last_backup: Option<String>,
}

/// Who syncs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PenDiagnostics {
    /// Somebody holds it, or did.
    pub held: bool,
    /// Whether whoever holds it answers.
    pub alive: bool,
    /// Until when it is held without renewing, RFC 3339 in UTC.
    pub expires_at: Option<String>,
}

/// How changes come to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RelayDiagnostics {
    /// A relay is set.
    pub set: bool,
    /// Whether whoever syncs is connected to it; `None` if nobody does.
    pub connected: Option<bool>,
    /// There is a reason why there is no connection.
    pub has_problem: bool,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountDiagnostics {
    /// `account 1`, in the order in which the app lists them.
    pub name: String,
    /// Its provider.
    pub provider: ProviderKind,
    /// The cloud it lives in.
    pub cloud: CloudView,
    /// How it is doing.
    pub state: AccountState,
    /// What is wrong, as a code.
    pub problem_code: Option<ErrorCode>,
    /// What helps, as a word.
    pub remedy: Option<Remedy>,
    /// Whether it waits for somebody.
    pub needs_action: bool,
    /// When it last worked from end to end, RFC 3339 in UTC.
    pub last_success: Option<String>,
    /// The part of the last day's rounds that worked, 0 to 1; `None` without rounds.
    pub success_24_hours: Option<f64>,
    /// How the rounds of the last 30 days went.
    pub sync: SyncFigures,
    /// Those of the 30 days that had rounds, the oldest first.
    pub days: Vec<DayDiagnostics>,
    /// Its calendars.
    pub calendars: Vec<CalendarDiagnostics>,
}

/// The rounds of one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DayDiagnostics {
    /// The day in the system's zone.
    pub date: NaiveDate,
    /// Rounds that began on it.
    pub rounds: i32,
    /// Those that did not work.
    pub failed: i32,
    /// Requests sent.
    pub calls: i32,
    /// Events added, changed and removed.
    pub changes: i32,
    /// Half of the rounds took no longer.
    pub median_ms: Option<i32>,
}

/// A calendar.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarDiagnostics {
    /// `calendar 1`, counted over all accounts in the order in which the app lists them.
    pub name: String,
    /// The account's main calendar.
    pub is_primary: bool,
    /// Synced to this computer.
    pub is_connected: bool,
    /// Shown in views.
    pub is_visible: bool,
    /// Somebody else's.
    pub is_shared: bool,
    /// False if the user may only read it.
    pub can_edit: bool,
    /// Whether its last round failed.
    pub has_problem: bool,
    /// End of the last round that worked, RFC 3339 in UTC.
    pub last_success: Option<String>,
    /// Events: a series and each of its exceptions count once.
    pub events: i64,
    /// Those of them that are Teams meetings.
    pub teams_meetings: i64,
    /// How the rounds of the last 30 days went; `None` if it is not synced.
    pub sync: Option<SyncFigures>,
    /// How its changes come to be known; `None` if it is not synced.
    pub push: Option<PushDiagnostics>,
}

/// How one calendar's changes come to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PushDiagnostics {
    /// Whether its provider tells of changes.
    pub active: bool,
    /// Until when, RFC 3339 in UTC.
    pub expires_at: Option<String>,
    /// When it told last, RFC 3339 in UTC.
    pub last_notification_at: Option<String>,
    /// How long after that the calendar was up to date.
    pub lag_secs: Option<u32>,
    /// Why it does not tell, in words.
    pub why: Option<&'static str>,
}

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LoggedAction {
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// What, as a word.
    pub action: String,
    /// About which account, as it is named above; `None`: about none, or it is gone.
    pub account: Option<String>,
    /// About which calendar, likewise.
    pub calendar: Option<String>,
    /// `ok`, or a word for the failure.
    pub outcome: String,
    /// Numbers and yes or no.
    pub counts: BTreeMap<String, serde_json::Value>,
}
