//! Questions that people ask their calendars again and again, for the terminal.
//!
//! What the window shows of rounds is in `report`.
//!
//! A *meeting* has times and somebody who is invited or a link to join, and is neither cancelled
//! nor declined; a copy in a second calendar counts there too. A *round* is one calendar's; one
//! that stopped because another process took over is none.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;
use dayline_model::CalendarId;
use serde::Serialize;

use super::agenda::{AgendaItem, AgendaQuery};
use super::tally::{Tally, share};
use super::{
    AccountState, AccountView, CalendarView, ErrorCode, ProviderKind, Remedy, start_of_day,
};
use crate::engine::rfc3339;
use crate::{Engine, Error};

/// How far statistics look back.
const DAYS_BACK: u32 = 30;
/// How far ahead important events are looked for, in days, step by step until there are enough.
const AHEAD: [u64; 4] = [7, 31, 122, 366];

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
            filter: self.parse_filter("has:teams", zone)?,
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
                filter: self.parse_filter("importance:high", zone)?,
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
        let mut days: BTreeMap<NaiveDate, (u32, u32)> =
            last_days(today).map(|day| (day, (0, 0))).collect();
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
}

/// The days that statistics look back on, `today` the last of them.
pub(super) fn last_days(today: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    (0..DAYS_BACK)
        .rev()
        .filter_map(move |back| today.checked_sub_days(Days::new(back.into())))
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
