//! How synchronisation went in the last 30 days, for the window.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dayline_model::CalendarId;
use serde::Serialize;

use super::stats::last_days;
use super::tally::Tally;
use super::{
    AccountState, AccountView, CalendarView, ErrorCode, ProviderKind, Remedy, SyncFigures,
    day_number, reader_zone, start_of_day,
};
use crate::engine::calendar_id;
use crate::{Engine, Error};

/// How synchronisation went in the last 30 days, today among them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct HealthReport {
    /// The first of the days, counted since 1970-01-01.
    pub from_day: i32,
    /// In the order they were added.
    pub accounts: Vec<AccountReport>,
    /// Those that are synced, in the order of the accounts.
    pub calendars: Vec<CalendarReport>,
    /// Meetings by day, the oldest first.
    pub teams_days: Vec<TeamsDayView>,
}

/// How an account is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct AccountReport {
    /// Our id.
    pub id: String,
    /// Its address.
    pub email: String,
    /// Its provider.
    pub provider: ProviderKind,
    /// How it is doing.
    pub state: AccountState,
    /// What is wrong, as a code.
    pub problem_code: Option<ErrorCode>,
    /// The same in words.
    pub problem: Option<String>,
    /// The one thing that helps.
    pub remedy: Option<Remedy>,
    /// When it last worked from end to end, RFC 3339 in UTC.
    pub last_success: Option<String>,
    /// Rounds of its synced calendars.
    pub rounds: i32,
    /// Those that worked.
    pub ok: i32,
    /// Requests sent.
    pub calls: i32,
    /// Half of the rounds took no longer.
    pub median_ms: Option<i32>,
    /// 19 of 20 took no longer.
    pub p95_ms: Option<i32>,
    /// Each of the 30 days, the oldest first.
    pub days: Vec<DayRuns>,
}

/// The rounds that began on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct DayRuns {
    /// The day in the asked zone, counted since 1970-01-01.
    pub day: i32,
    /// How many there were.
    pub rounds: i32,
    /// Those that did not work.
    pub failed: i32,
    /// Requests sent.
    pub calls: i32,
    /// Events added, changed and removed.
    pub changes: i32,
    /// Half of them took no longer.
    pub median_ms: Option<i32>,
}

/// How a calendar is doing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct CalendarReport {
    /// Our id.
    pub id: String,
    /// Its account's id.
    pub account_id: String,
    /// Its name.
    pub name: String,
    /// `#rrggbb` as the provider gives it.
    pub color: String,
    /// Events: a series and each of its exceptions count once.
    pub events: i32,
    /// Those of them that are Teams meetings.
    pub teams_meetings: i32,
    /// End of the last round that worked, RFC 3339 in UTC.
    pub last_success: Option<String>,
    /// Why the last round failed, in words.
    pub problem: Option<String>,
    /// Its rounds.
    pub rounds: i32,
    /// Those that worked.
    pub ok: i32,
    /// Requests sent.
    pub calls: i32,
    /// Half of the rounds took no longer.
    pub median_ms: Option<i32>,
}

/// One day's meetings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct TeamsDayView {
    /// The day in the asked zone, counted since 1970-01-01.
    pub day: i32,
    /// How many meetings began on it.
    pub meetings: i32,
    /// Those of them that were Teams meetings.
    pub teams: i32,
}

/// Rounds by calendar and day.
type Rounds = BTreeMap<CalendarId, BTreeMap<NaiveDate, Tally>>;

impl Engine {
    /// How synchronisation went in the last 30 days, today among them, by the days of `zone`.
    ///
    /// Shape: calendars that are synced; a round counts on the day on which it began.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone.
    pub fn health_report(&self, zone: &str) -> Result<HealthReport, Error> {
        let zone = reader_zone(zone)?;
        let days: Vec<NaiveDate> = last_days(self.today(zone)).collect();
        let first = days.first().copied().unwrap_or_default();
        let accounts = self.accounts()?;
        let mut rounds = Rounds::new();
        let (events, teams) = self.store().read(|read| {
            read.visit_sync_runs(start_of_day(first, zone), |run| {
                let day = run.started_at.with_timezone(&zone).date_naive();
                let by_day = rounds.entry(run.calendar).or_default();
                by_day.entry(day).or_default().add(&run);
            })?;
            let events = read.events_per_calendar()?;
            let mut teams = BTreeMap::new();
            for calendar in events.keys() {
                teams.insert(*calendar, read.count_teams(*calendar)?);
            }
            Ok((events, teams))
        })?;
        let mut calendars = Vec::new();
        for calendar in accounts.iter().flat_map(connected) {
            let id = calendar_id(&calendar.id)?;
            let count = |counts: &BTreeMap<CalendarId, i64>| {
                clamped(counts.get(&id).copied().unwrap_or_default())
            };
            let figures = total(rounds.get(&id).into_iter(), &days).figures();
            calendars.push(calendar_report(
                calendar,
                &figures,
                count(&events),
                count(&teams),
            ));
        }
        let teams_days = self.teams_share_by_day(zone)?;
        Ok(HealthReport {
            from_day: day_number(first),
            accounts: accounts
                .iter()
                .map(|account| account_report(account, &rounds, &days))
                .collect(),
            calendars,
            teams_days: teams_days
                .into_iter()
                .map(|day| TeamsDayView {
                    day: day_number(day.date),
                    meetings: clamped(day.meetings),
                    teams: clamped(day.teams),
                })
                .collect(),
        })
    }
}

fn connected(account: &AccountView) -> impl Iterator<Item = &CalendarView> {
    account.calendars.iter().filter(|one| one.is_connected)
}

/// The rounds of some calendars on some days.
fn total<'r>(
    calendars: impl Iterator<Item = &'r BTreeMap<NaiveDate, Tally>>,
    days: &[NaiveDate],
) -> Tally {
    let mut sum = Tally::default();
    for by_day in calendars {
        for tally in days.iter().filter_map(|day| by_day.get(day)) {
            sum.join(tally);
        }
    }
    sum
}

fn account_report(account: &AccountView, rounds: &Rounds, days: &[NaiveDate]) -> AccountReport {
    let own: Vec<_> = connected(account)
        .filter_map(|calendar| rounds.get(&calendar.id.parse().ok()?))
        .collect();
    let figures = total(own.iter().copied(), days).figures();
    AccountReport {
        id: account.id.clone(),
        email: account.email.clone(),
        provider: account.provider,
        state: account.state,
        problem_code: account.problem_code,
        problem: account.problem.clone(),
        remedy: account.remedy,
        last_success: account.last_synced_at.clone(),
        rounds: clamped(figures.rounds),
        ok: clamped(figures.ok),
        calls: clamped(figures.calls),
        median_ms: figures.median_ms.map(clamped),
        p95_ms: figures.p95_ms.map(clamped),
        days: days
            .iter()
            .map(|day| day_runs(*day, total(own.iter().copied(), &[*day])))
            .collect(),
    }
}

fn day_runs(day: NaiveDate, tally: Tally) -> DayRuns {
    let changes = clamped(tally.changes());
    let figures = tally.figures();
    DayRuns {
        day: day_number(day),
        rounds: clamped(figures.rounds),
        failed: clamped(figures.rounds - figures.ok),
        calls: clamped(figures.calls),
        changes,
        median_ms: figures.median_ms.map(clamped),
    }
}

fn calendar_report(
    calendar: &CalendarView,
    figures: &SyncFigures,
    events: i32,
    teams_meetings: i32,
) -> CalendarReport {
    CalendarReport {
        id: calendar.id.clone(),
        account_id: calendar.account_id.clone(),
        name: calendar.name.clone(),
        color: calendar.color.clone(),
        events,
        teams_meetings,
        last_success: calendar.last_synced_at.clone(),
        problem: calendar.problem.clone(),
        rounds: clamped(figures.rounds),
        ok: clamped(figures.ok),
        calls: clamped(figures.calls),
        median_ms: figures.median_ms.map(clamped),
    }
}

/// A count as the window takes it.
fn clamped(count: impl TryInto<i32>) -> i32 {
    count.try_into().unwrap_or(i32::MAX)
}
