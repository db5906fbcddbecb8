//! Calendars.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dayline_engine::view::{CalendarStats, CalendarView, NextEvent};
use dayline_engine::{CalendarId, Engine, Error};
use serde::Serialize;

use crate::arguments::Calendars;
use crate::output::Output;

/// A calendar with its account's address.
#[derive(Debug, Serialize)]
struct Listed {
    account: String,
    #[serde(flatten)]
    calendar: CalendarView,
}

/// A calendar with the user's rights and what it holds.
#[derive(Debug, Serialize)]
struct Counted {
    #[serde(flatten)]
    listed: Listed,
    /// `owner`, `can edit`, `read only` or `free/busy only`.
    rights: &'static str,
    events: i64,
    teams_meetings: i64,
    next_event: Option<NextEvent>,
}

pub(crate) async fn run(
    engine: &Engine,
    command: Calendars,
    output: &Output,
) -> anyhow::Result<bool> {
    match command {
        Calendars::List => {
            output.give(&counted(engine)?, |calendars| {
                calendars.iter().map(line).collect()
            })?;
        }
        Calendars::Connect { calendar } => connect(engine, &calendar, true, output).await?,
        Calendars::Disconnect { calendar } => connect(engine, &calendar, false, output).await?,
    }
    Ok(true)
}

/// The calendar that a person names by id, or by a name that only one has.
pub(crate) fn find(engine: &Engine, named: &str) -> anyhow::Result<CalendarId> {
    let calendars = list(engine)?;
    let by_id = calendars.iter().find(|listed| listed.calendar.id == named);
    let mut by_name = calendars
        .iter()
        .filter(|listed| listed.calendar.name == named);
    let found = match (by_id, by_name.next(), by_name.next()) {
        (Some(listed), _, _) | (None, Some(listed), None) => listed,
        (None, Some(_), Some(_)) => {
            return Err(Error::Invalid(format!(
                "several calendars are called {named}; name one by its id"
            ))
            .into());
        }
        (None, None, _) => return Err(Error::NotFound("calendar").into()),
    };
    Ok(found.calendar.id.parse()?)
}

async fn connect(
    engine: &Engine,
    named: &str,
    connected: bool,
    output: &Output,
) -> anyhow::Result<()> {
    let id = find(engine, named)?.to_string();
    engine.set_calendar_connected(&id, connected).await?;
    let calendars = list(engine)?;
    let listed = calendars
        .into_iter()
        .find(|listed| listed.calendar.id == id)
        .ok_or(Error::NotFound("calendar"))?;
    output.give(&listed, |listed| {
        let name = &listed.calendar.name;
        if connected {
            format!("{name} comes with the next sync.")
        } else {
            format!("{name} is no longer synced; its events were removed from this computer.")
        }
    })
}

fn list(engine: &Engine) -> anyhow::Result<Vec<Listed>> {
    let accounts = engine.accounts()?;
    Ok(accounts
        .into_iter()
        .flat_map(|account| {
            let email = account.email;
            account.calendars.into_iter().map(move |calendar| Listed {
                account: email.clone(),
                calendar,
            })
        })
        .collect())
}

fn counted(engine: &Engine) -> anyhow::Result<Vec<Counted>> {
    let mut stats: BTreeMap<String, CalendarStats> = engine
        .calendar_stats()?
        .into_iter()
        .map(|stats| (stats.id.clone(), stats))
        .collect();
    Ok(list(engine)?
        .into_iter()
        .map(|listed| {
            let stats = stats.remove(&listed.calendar.id);
            Counted {
                rights: rights(&listed.calendar),
                events: stats.as_ref().map_or(0, |stats| stats.events),
                teams_meetings: stats.as_ref().map_or(0, |stats| stats.teams_meetings),
                next_event: stats.and_then(|stats| stats.next_event),
                listed,
            }
        })
        .collect())
}

/// The user's rights in words; providers have different ones for the same.
fn rights(calendar: &CalendarView) -> &'static str {
    match calendar.access_role.as_str() {
        "freeBusyReader" | "freeBusyRead" | "limitedRead" => "free/busy only",
        _ if !calendar.can_edit => "read only",
        "owner" => "owner",
        _ if calendar.owner.is_none() && calendar.delegate_email.is_none() => "owner",
        _ => "can edit",
    }
}

/// Whose it is: name and address, as far as they are known.
fn owner(calendar: &CalendarView) -> String {
    match (&calendar.owner, &calendar.delegate_email) {
        (Some(name), Some(email)) if name != email => format!(", of {name} <{email}>"),
        (Some(one), _) | (None, Some(one)) => format!(", of {one}"),
        (None, None) => String::new(),
    }
}

fn line(counted: &Counted) -> String {
    let Listed { account, calendar } = &counted.listed;
    let state = if calendar.is_connected {
        "synced"
    } else {
        "not synced"
    };
    let push = if calendar.can_push { "" } else { ", no push" };
    let (rights, owner) = (counted.rights, owner(calendar));
    let mut text = format!(
        "{:>3}  {account}  {}  {state}, {rights}{push}{owner}",
        calendar.id, calendar.name
    );
    // A string takes everything.
    if calendar.is_connected {
        let (events, teams) = (counted.events, counted.teams_meetings);
        let _ = write!(text, "; {events} events, {teams} Teams");
    }
    if let Some(next) = &counted.next_event {
        let at = next.start.get(..16).unwrap_or(&next.start);
        let _ = write!(text, "; next {} {}", at.replace('T', " "), next.title);
    }
    if let Some(problem) = &calendar.problem {
        let _ = write!(text, "  {problem}");
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests;
