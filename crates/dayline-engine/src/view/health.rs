//! How Dayline is doing on this computer, for the terminal.

use serde::Serialize;

use super::{AccountState, CloudView, ErrorCode, ProviderKind, Remedy};
use crate::push::PushReport;

/// One page of health.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Health {
    /// Whether nothing waits for somebody.
    pub healthy: bool,
    /// Version of this build.
    pub version: String,
    /// The version of the zone database that places events.
    pub time_zone_database: String,
    /// The clock.
    pub clock: ClockHealth,
    /// The database.
    pub database: DatabaseHealth,
    /// Why the keyring cannot be used, as a sentence.
    pub keyring_problem: Option<String>,
    /// Who syncs.
    pub pen: PenHealth,
    /// Each account.
    pub accounts: Vec<AccountHealth>,
    /// How changes come to be known; `None` without a database.
    pub push: Option<PushReport>,
    /// Items that providers sent and this version cannot read.
    pub unreadable_items: i64,
}

/// The clock of this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClockHealth {
    /// What it says, RFC 3339 in UTC.
    pub now: String,
    /// Why that cannot be, as a sentence.
    pub problem: Option<String>,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DatabaseHealth {
    /// The data folder.
    pub folder: String,
    /// False before the first start.
    pub exists: bool,
    /// What it takes on disk, its log included.
    pub bytes: u64,
    /// Its schema's version; `None` if that cannot be told.
    pub schema: Option<usize>,
    /// The version that this build brings it to.
    pub latest_schema: usize,
    /// What is wrong with it, a sentence each.
    pub problems: Vec<String>,
    /// When the newest backup in the data folder was made, RFC 3339 in UTC.
    pub last_backup: Option<String>,
}

/// Who holds the pen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PenHealth {
    /// The process that holds it; `None` if nobody does.
    pub holder: Option<String>,
    /// Whether it answers.
    pub alive: bool,
    /// Until when it holds it without renewing, RFC 3339 in UTC.
    pub expires_at: Option<String>,
}

/// How an account is doing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountHealth {
    /// Our id.
    pub id: String,
    /// Its address.
    pub account: String,
    /// Its provider.
    pub provider: ProviderKind,
    /// The cloud it lives in.
    pub cloud: CloudView,
    /// How it is doing.
    pub state: AccountState,
    /// What is wrong, as a code.
    pub problem_code: Option<ErrorCode>,
    /// The same in words.
    pub problem: Option<String>,
    /// What helps, as a word.
    pub remedy: Option<Remedy>,
    /// What helps, as something that can be done as it is written.
    pub what_to_do: Option<String>,
    /// Whether it waits for somebody.
    pub needs_action: bool,
    /// When it last worked from end to end, RFC 3339 in UTC.
    pub last_success: Option<String>,
    /// The part of the last day's rounds that worked, 0 to 1; `None` without rounds.
    pub success_24_hours: Option<f64>,
    /// The same of the last 30 days.
    pub success_30_days: Option<f64>,
    /// Calendars whose last round failed.
    pub calendar_problems: Vec<CalendarProblem>,
}

/// Why a calendar is not up to date.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarProblem {
    /// Our id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Why, in words.
    pub problem: String,
}
