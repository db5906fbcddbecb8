//! How push is doing, for people.

use chrono::{DateTime, Utc};
use dayline_store::PushState;
use serde::Serialize;

use super::plan::{ELSEWHERE, REFUSED, REMOVED, SHORT_LIVED};
use super::{Line, RELAY_LINE, RelayProblem};
use crate::engine::{lock, rfc3339};
use crate::{Engine, Error};

/// How push is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PushReport {
    /// The relay's address; `None`: none is set, and everything is polled.
    pub relay_url: Option<String>,
    /// Whether whoever syncs is connected to it; `None` if nobody does.
    pub connected: Option<bool>,
    /// Why there is no connection.
    pub problem_code: Option<RelayProblem>,
    /// The same in words.
    pub problem: Option<String>,
    /// Each connected calendar.
    pub calendars: Vec<PushedCalendar>,
}

/// How one calendar's changes come to be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PushedCalendar {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its account's address.
    pub account: String,
    /// Whether its provider tells of changes.
    pub active: bool,
    /// Until when, RFC 3339.
    pub expires_at: Option<String>,
    /// When it told last, RFC 3339.
    pub last_notification_at: Option<String>,
    /// How long after that the calendar was up to date.
    pub lag_secs: Option<u32>,
    /// Why it does not tell.
    pub reason: Option<PushReason>,
    /// The same in words.
    pub why: Option<&'static str>,
}

/// Why a calendar's provider does not tell of its changes, so that they are polled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum PushReason {
    /// The user does not want it.
    Off,
    /// Its provider cannot.
    Unable,
    /// No relay is set.
    NoRelay,
    /// Its provider refuses.
    Refused,
    /// Another computer, or an earlier installation, is told.
    Elsewhere,
    /// Its provider would tell for minutes only.
    ShortLived,
    /// Its provider ended it, and it is being made anew.
    Ended,
    /// It could not be set up, and is tried again.
    Failed,
    /// It is being set up.
    Starting,
}

impl PushReason {
    /// As a sentence's part.
    pub fn words(self) -> &'static str {
        match self {
            Self::Off => "turned off; polled every 5 minutes",
            Self::Unable => "its provider does not tell of changes; polled every 5 minutes",
            Self::NoRelay => "no relay is set; polled every 5 minutes",
            Self::Refused => "its provider refuses to tell of changes; polled every 5 minutes",
            Self::Elsewhere => {
                "another computer, or an earlier installation, hears of its changes; polled every 5 minutes"
            }
            Self::ShortLived => {
                "its provider would tell for minutes only, or this computer's clock is ahead; polled every 5 minutes"
            }
            Self::Ended => "its provider ended it; it is being made anew",
            Self::Failed => "could not be set up; polled every 5 minutes until it is",
            Self::Starting => "being set up; polled every 5 minutes until then",
        }
    }
}

impl Engine {
    /// How push is doing, calendar by calendar.
    pub fn push_report(&self) -> Result<PushReport, Error> {
        let now = self.now();
        let relay_url = self.relay_url()?;
        let (accounts, calendars, rows, unwanted) = self.store().read(|read| {
            Ok((
                read.accounts()?,
                read.calendars()?,
                read.push_subscriptions()?,
                read.calendars_without_push()?,
            ))
        })?;
        let mut report = Vec::new();
        for calendar in calendars.iter().filter(|calendar| calendar.is_connected) {
            let account = accounts.iter().find(|one| one.id == calendar.account);
            let row = rows.iter().rev().find(|row| {
                row.account == calendar.account
                    && row.calendar.is_none_or(|only| only == calendar.id)
            });
            let is_alive = |end: Option<DateTime<Utc>>| end.is_some_and(|end| now < end);
            // A subscription to a whole mailbox tells nothing of what somebody shared into it.
            let can = calendar.calendar.can_push && !unwanted.contains(&calendar.id);
            let active = can
                && row
                    .is_some_and(|row| row.state == PushState::Active && is_alive(row.expires_at));
            let reason = (!active).then(|| {
                reason(
                    relay_url.is_some(),
                    can,
                    unwanted.contains(&calendar.id),
                    row.and_then(|row| row.problem.as_deref()),
                )
            });
            report.push(PushedCalendar {
                id: calendar.id.to_string(),
                name: calendar.calendar.name.clone(),
                account: account.map_or_else(String::new, |one| one.email.clone()),
                active,
                expires_at: row
                    .filter(|_| active)
                    .and_then(|row| row.expires_at)
                    .map(rfc3339),
                last_notification_at: row.and_then(|row| row.notified_at).map(rfc3339),
                lag_secs: row
                    .and_then(|row| row.notified_at)
                    .zip(calendar.last_synced_at)
                    .and_then(|(told, synced)| u32::try_from((synced - told).num_seconds()).ok()),
                reason,
                why: reason.map(PushReason::words),
            });
        }
        let line = self.line_of_holder()?;
        let problem = line.as_ref().and_then(|line| line.problem);
        Ok(PushReport {
            relay_url,
            connected: line.map(|line| line.connected),
            problem_code: problem,
            problem: problem.map(|problem| problem.to_string()),
            calendars: report,
        })
    }
}

impl Engine {
    /// How the line of whoever holds the pen is; `None` if nobody does.
    fn line_of_holder(&self) -> Result<Option<Line>, Error> {
        if self.holds_pen() {
            return Ok(Some(lock(&self.push().state).line.clone()));
        }
        if !self.is_pen_held()? {
            return Ok(None);
        }
        let text = self.store().read(|read| read.find_setting(RELAY_LINE))?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }
}

fn reason(has_relay: bool, can: bool, unwanted: bool, problem: Option<&str>) -> PushReason {
    match problem {
        _ if unwanted => PushReason::Off,
        _ if !can => PushReason::Unable,
        _ if !has_relay => PushReason::NoRelay,
        Some(REFUSED) => PushReason::Refused,
        Some(ELSEWHERE) => PushReason::Elsewhere,
        Some(SHORT_LIVED) => PushReason::ShortLived,
        Some(REMOVED) => PushReason::Ended,
        Some(_) => PushReason::Failed,
        None => PushReason::Starting,
    }
}
