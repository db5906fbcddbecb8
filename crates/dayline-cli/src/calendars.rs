//! Calendars.

use dayline_engine::view::CalendarView;
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

pub(crate) async fn run(
    engine: &Engine,
    command: Calendars,
    output: &Output,
) -> anyhow::Result<bool> {
    match command {
        Calendars::List => {
            output.give(&list(engine)?, |calendars| {
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

fn line(listed: &Listed) -> String {
    let Listed { account, calendar } = listed;
    let state = if calendar.is_connected {
        "synced"
    } else {
        "not synced"
    };
    let rights = if calendar.can_edit { "" } else { ", read-only" };
    let owner = calendar
        .owner
        .as_deref()
        .map(|owner| format!(", of {owner}"))
        .unwrap_or_default();
    let problem = calendar
        .problem
        .as_deref()
        .map(|text| format!("  {text}"))
        .unwrap_or_default();
    format!(
        "{:>3}  {account}  {}  {state}{rights}{owner}{problem}\n",
        calendar.id, calendar.name
    )
}
