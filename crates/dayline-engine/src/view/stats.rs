//! Questions that people ask their calendars again and again, for the terminal.
//!
//! A *meeting* has times and somebody who is invited or a link to join, and is neither cancelled
//! nor declined; a copy in a second calendar counts there too. A *round* is one calendar's; one
//! that stopped because another process took over is none.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;
use dayline_model::{CalendarId, EventId, EventKind};
use dayline_store::{EventRow, Read, RunRow, StoreError};
use serde::Serialize;

use super::agenda::{AgendaItem, AgendaQuery, item};
use super::matching::are_copies;
use super::{
    AccountState, AccountView, CalendarView, ErrorCode, FilterQuery, ImportanceView, ProviderKind,
    Remedy, start_of_day,
};
use crate::engine::rfc3339;
use crate::{Engine, Error};

/// How far statistics look back.
const DAYS_BACK: u32 = 30;
/// How far ahead important events are looked for, in days, step by step until there are enough.
const AHEAD: [u64; 4] = [7, 31, 122, 366];
/// How far a thread is followed to either side.
const THREAD_REACH: TimeDelta = TimeDelta::days(731);
/// Occurrences of one event that a thread looks at.
const MOST_OF_EVENT: u32 = 1_000;

/// Everything that [`Engine::stats`] tells.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Stats {
    /// Today's Teams meetings.
    pub todays_teams_meetings: Vec<AgendaItem>,
    /// Events of high importance from today on.
    pub high_importance: Vec<AgendaItem>,
    /// Calendars of other people.
    pub delegated_calendars: Vec<DelegatedCalendar>,
    /// Meetings of the last 30 days with today, and how many of them were Teams meetings.
    pub teams_share_by_day: Vec<TeamsDay>,
    /// How rounds of the last 30 days went, by account.
    pub sync_success: Vec<AccountSync>,
    /// Accounts that wait for somebody.
    pub accounts_needing_action: Vec<AccountNeed>,
    /// How much each calendar holds.
    pub events_per_calendar: Vec<CalendarStats>,
}

/// A calendar of somebody else's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DelegatedCalendar {
    /// Our id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The account that reads it.
    pub account: String,
    /// The owner's address.
    pub delegate_email: String,
    /// The owner's name, where it is known.
    pub owner: Option<String>,
    /// The provider's word for the user's rights.
    pub access_role: String,
    /// Synced to this computer.
    pub is_connected: bool,
}

/// One day's meetings.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TeamsDay {
    /// The day, in the asked zone.
    pub date: NaiveDate,
    /// How many meetings began on it.
    pub meetings: u32,
    /// How many of them were Teams meetings.
    pub teams: u32,
    /// The part of them, 0 to 1; `None` without meetings.
    pub share: Option<f64>,
}

/// How rounds went.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct SyncFigures {
    /// How many there were.
    pub rounds: u32,
    /// How many worked.
    pub ok: u32,
    /// The part of them, 0 to 1; `None` without rounds.
    pub success_rate: Option<f64>,
    /// How many failed, by what went wrong.
    pub failed: BTreeMap<String, u32>,
    /// Half of them took no longer.
    pub median_ms: Option<i64>,
    /// 19 of 20 took no longer.
    pub p95_ms: Option<i64>,
    /// Requests sent.
    pub calls: u64,
    /// End of the last one that worked, RFC 3339 in UTC.
    pub last_success: Option<String>,
}

/// How an account's rounds went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountSync {
    /// Its address.
    pub account: String,
    /// Its provider.
    pub provider: ProviderKind,
    /// All its calendars together.
    #[serde(flatten)]
    pub figures: SyncFigures,
    /// Each of them that is synced.
    pub calendars: Vec<CalendarSyncFigures>,
}

/// How a calendar's rounds went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CalendarSyncFigures {
    /// Our id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its rounds.
    #[serde(flatten)]
    pub figures: SyncFigures,
}

/// What an account waits for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AccountNeed {
    /// Our id.
    pub id: String,
    /// Its address.
    pub account: String,
    /// Its provider.
    pub provider: ProviderKind,
    /// How it is doing.
    pub state: AccountState,
    /// What is wrong, as a code.
    pub problem_code: Option<ErrorCode>,
    /// The same in words.
    pub problem: Option<String>,
    /// What helps.
    pub remedy: Option<Remedy>,
}

/// What a calendar holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CalendarStats {
    /// Our id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The address of its account.
    pub account: String,
    /// Events: a series and each of its exceptions count once.
    pub events: i64,
    /// Those of them that are Teams meetings.
    pub teams_meetings: i64,
    /// What starts next, if it is among the next 2,000 of all calendars.
    pub next_event: Option<NextEvent>,
}

/// What starts next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NextEvent {
    /// Title; empty if it has none.
    pub title: String,
    /// RFC 3339 in UTC, or a date for all-day.
    pub start: String,
}

/// Events that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ThreadView {
    /// By start; those around the asked one.
    pub items: Vec<AgendaItem>,
    /// How many more there are within two years to either side.
    pub more: usize,
}

impl Engine {
    /// Answers all questions at once, in a zone in which days begin.
    ///
    /// Shape: at most `limit` important events.
    pub fn stats(&self, zone: Tz, limit: usize) -> Result<Stats, Error> {
        let accounts = self.accounts()?;
        Ok(Stats {
            todays_teams_meetings: self.todays_teams_meetings(zone)?,
            high_importance: self.high_importance(zone, limit)?,
            delegated_calendars: delegated(&accounts),
            teams_share_by_day: self.teams_share_by_day(zone)?,
            sync_success: self.sync_success(TimeDelta::days(DAYS_BACK.into()))?,
            accounts_needing_action: accounts.iter().filter_map(need).collect(),
            events_per_calendar: self.calendar_stats()?,
        })
    }

    /// Teams meetings that touch today.
    pub fn todays_teams_meetings(&self, zone: Tz) -> Result<Vec<AgendaItem>, Error> {
        let today = self.today(zone);
        self.agenda(&AgendaQuery {
            from: today,
            to: today,
            zone,
            filter: FilterQuery {
                teams_only: true,
                ..FilterQuery::default()
            },
            expression: None,
        })
    }

    /// Events of high importance from today on, at most `limit`, within a year.
    pub fn high_importance(&self, zone: Tz, limit: usize) -> Result<Vec<AgendaItem>, Error> {
        let from = self.today(zone);
        let mut found = Vec::new();
        for days in AHEAD {
            found = self.agenda(&AgendaQuery {
                from,
                to: from.checked_add_days(Days::new(days)).unwrap_or(from),
                zone,
                filter: FilterQuery {
                    importance: vec![ImportanceView::High],
                    ..FilterQuery::default()
                },
                expression: None,
            })?;
            if found.len() >= limit {
                break;
            }
        }
        found.truncate(limit);
        Ok(found)
    }

    /// The meetings of each of the last 30 days, today among them, and the Teams meetings of them.
    pub fn teams_share_by_day(&self, zone: Tz) -> Result<Vec<TeamsDay>, Error> {
        let today = self.today(zone);
        let mut days: BTreeMap<NaiveDate, (u32, u32)> = (0..DAYS_BACK)
            .filter_map(|back| today.checked_sub_days(Days::new(back.into())))
            .map(|day| (day, (0, 0)))
            .collect();
        let first = days.keys().next().copied().unwrap_or(today);
        let after = today.succ_opt().unwrap_or(today);
        let (from, until) = (start_of_day(first, zone), start_of_day(after, zone));
        self.store().read(|read| {
            read.visit_meetings(from, until, |start, is_teams| {
                let day = start.with_timezone(&zone).date_naive();
                if let Some((meetings, teams)) = days.get_mut(&day) {
                    *meetings += 1;
                    *teams += u32::from(is_teams);
                }
            })
        })?;
        Ok(days
            .into_iter()
            .map(|(date, (meetings, teams))| TeamsDay {
                date,
                meetings,
                teams,
                share: share(teams, meetings),
            })
            .collect())
    }

    /// How the rounds went that began within the last `back`, by account and calendar.
    pub fn sync_success(&self, back: TimeDelta) -> Result<Vec<AccountSync>, Error> {
        let since = self.now() - back;
        let mut tallies: BTreeMap<CalendarId, Tally> = BTreeMap::new();
        self.store().read(|read| {
            read.visit_sync_runs(since, |run| {
                tallies.entry(run.calendar).or_default().add(&run);
            })
        })?;
        let tally_of = |calendar: &CalendarView| {
            let id: Option<CalendarId> = calendar.id.parse().ok();
            id.and_then(|id| tallies.get(&id)).cloned()
        };
        Ok(self
            .accounts()?
            .into_iter()
            .map(|account| {
                let mut all = Tally::default();
                let mut calendars = Vec::new();
                for calendar in account.calendars.iter().filter(|one| one.is_connected) {
                    let tally = tally_of(calendar).unwrap_or_default();
                    all.join(&tally);
                    calendars.push(CalendarSyncFigures {
                        id: calendar.id.clone(),
                        name: calendar.name.clone(),
                        figures: tally.figures(),
                    });
                }
                AccountSync {
                    account: account.email,
                    provider: account.provider,
                    figures: all.figures(),
                    calendars,
                }
            })
            .collect())
    }

    /// How much each calendar holds, in the order of [`Engine::accounts`].
    pub fn calendar_stats(&self) -> Result<Vec<CalendarStats>, Error> {
        let accounts = self.accounts()?;
        let (counts, coming) = self
            .store()
            .read(|read| Ok((read.events_per_calendar()?, read.coming_events(self.now())?)))?;
        let mut stats = Vec::new();
        for account in &accounts {
            for calendar in &account.calendars {
                let id = crate::engine::calendar_id(&calendar.id)?;
                let teams_meetings = self.store().read(|read| read.count_teams(id))?;
                stats.push(CalendarStats {
                    id: calendar.id.clone(),
                    name: calendar.name.clone(),
                    account: account.email.clone(),
                    events: counts.get(&id).copied().unwrap_or_default(),
                    teams_meetings,
                    next_event: coming.get(&id).map(|event| NextEvent {
                        title: event.title.clone(),
                        start: if event.all_day {
                            event.start.date_naive().to_string()
                        } else {
                            rfc3339(event.start)
                        },
                    }),
                });
            }
        }
        Ok(stats)
    }

    /// The events that belong to the same thread as an occurrence: those of its series, and the
    /// copies of it, with their series, in other visible calendars.
    ///
    /// Shape: by start, the `limit` that stand nearest to it, itself among them.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such occurrence.
    pub fn thread(&self, occurrence_id: &str, zone: Tz, limit: usize) -> Result<ThreadView, Error> {
        let (row, event) = self.load_occurrence(occurrence_id)?;
        let reach = (row.start - THREAD_REACH, row.start + THREAD_REACH);
        let mut rows = self.store().read(|read| {
            let mut events: BTreeSet<EventId> = series_of(read, &event)?.into_iter().collect();
            for copy in copies(read, event.core.id, row.start)? {
                if let Some(copy) = read.load_event(copy)? {
                    events.extend(series_of(read, &copy)?);
                }
            }
            let mut rows = Vec::new();
            for event in events {
                rows.extend(read.occurrences_of(event, reach, MOST_OF_EVENT)?);
            }
            Ok(rows)
        })?;
        let found = rows.len();
        rows.sort_by_key(|one| ((one.start - row.start).abs(), one.calendar != row.calendar));
        rows.truncate(limit);
        rows.sort_by_key(|one| (one.start, one.calendar));
        Ok(ThreadView {
            more: found - rows.len(),
            items: rows.into_iter().map(|row| item(row, zone)).collect(),
        })
    }
}

/// The events of an event's series in its calendar; itself if it happens once.
fn series_of(read: &Read<'_>, event: &EventRow) -> Result<Vec<EventId>, StoreError> {
    match &event.core.kind {
        EventKind::Single => Ok(vec![event.core.id]),
        EventKind::SeriesMaster { .. } => {
            read.series_events(event.calendar, &event.core.provider_id)
        }
        EventKind::Exception { series, .. } => {
            let mut events = read.series_events(event.calendar, series)?;
            if !events.contains(&event.core.id) {
                events.push(event.core.id);
            }
            Ok(events)
        }
    }
}

/// The events in other visible calendars that are the same meeting at `start`.
fn copies(
    read: &Read<'_>,
    event: EventId,
    start: DateTime<Utc>,
) -> Result<Vec<EventId>, StoreError> {
    let mut spans = Vec::new();
    read.visit_spans(start, start + TimeDelta::milliseconds(1), |span| {
        if span.start == start {
            spans.push(span);
        }
    })?;
    let Some(own) = spans.iter().find(|span| span.event == event) else {
        return Ok(Vec::new());
    };
    Ok(spans
        .iter()
        .filter(|span| span.calendar != own.calendar && are_copies(own, span))
        .map(|span| span.event)
        .collect())
}

fn delegated(accounts: &[AccountView]) -> Vec<DelegatedCalendar> {
    let calendars = accounts
        .iter()
        .flat_map(|account| account.calendars.iter().map(move |one| (account, one)));
    calendars
        .filter_map(|(account, calendar)| {
            Some(DelegatedCalendar {
                id: calendar.id.clone(),
                name: calendar.name.clone(),
                account: account.email.clone(),
                delegate_email: calendar.delegate_email.clone()?,
                owner: calendar.owner.clone(),
                access_role: calendar.access_role.clone(),
                is_connected: calendar.is_connected,
            })
        })
        .collect()
}

/// What an account waits for; `None` if it helps itself.
pub(crate) fn need(account: &AccountView) -> Option<AccountNeed> {
    let waits = match account.remedy {
        Some(
            Remedy::SignIn | Remedy::AskAdmin | Remedy::ChooseAccount | Remedy::CheckRegistration,
        ) => true,
        Some(Remedy::Wait) => false,
        _ => matches!(
            account.state,
            AccountState::NeedsSignIn | AccountState::Failing
        ),
    };
    waits.then(|| AccountNeed {
        id: account.id.clone(),
        account: account.email.clone(),
        provider: account.provider,
        state: account.state,
        problem_code: account.problem_code,
        problem: account.problem.clone(),
        remedy: account.remedy,
    })
}

/// Rounds while they are counted.
#[derive(Debug, Clone, Default)]
struct Tally {
    ok: u32,
    failed: BTreeMap<String, u32>,
    durations: Vec<i64>,
    calls: u64,
    last_success: Option<DateTime<Utc>>,
}

impl Tally {
    fn add(&mut self, run: &RunRow) {
        match run.outcome.as_str() {
            "lease_lost" => return,
            "ok" => {
                self.ok += 1;
                self.last_success = self.last_success.max(Some(run.started_at + run.duration));
            }
            failure => *self.failed.entry(failure.to_owned()).or_default() += 1,
        }
        self.durations.push(run.duration.num_milliseconds());
        self.calls += u64::from(run.calls);
    }

    fn join(&mut self, other: &Self) {
        self.ok += other.ok;
        for (failure, count) in &other.failed {
            *self.failed.entry(failure.clone()).or_default() += count;
        }
        self.durations.extend(&other.durations);
        self.calls += other.calls;
        self.last_success = self.last_success.max(other.last_success);
    }

    fn figures(mut self) -> SyncFigures {
        self.durations.sort_unstable();
        let rounds = u32::try_from(self.durations.len()).unwrap_or(u32::MAX);
        SyncFigures {
            rounds,
            ok: self.ok,
            success_rate: share(self.ok, rounds),
            median_ms: quantile(&self.durations, 50),
            p95_ms: quantile(&self.durations, 95),
            failed: self.failed,
            calls: self.calls,
            last_success: self.last_success.map(rfc3339),
        }
    }
}

/// The smallest of sorted values that this many of a hundred do not exceed.
fn quantile(sorted: &[i64], percent: usize) -> Option<i64> {
    let rank = (sorted.len() * percent).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn share(part: u32, whole: u32) -> Option<f64> {
    (whole > 0).then(|| f64::from(part) / f64::from(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_values_that_were_measured() {
        let hundred: Vec<i64> = (1..=100).collect();
        for (sorted, percent, expected) in [
            (&[][..], 50, None),
            (&[7], 50, Some(7)),
            (&[7], 95, Some(7)),
            (&[1, 2], 50, Some(1)),
            (&[1, 2, 3], 50, Some(2)),
            (&hundred, 50, Some(50)),
            (&hundred, 95, Some(95)),
        ] {
            assert_eq!(
                quantile(sorted, percent),
                expected,
                "{percent} of {sorted:?}"
            );
        }
    }
}
