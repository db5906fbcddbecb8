//! Whether providers tell of changes by themselves.

use std::fmt::Write as _;

use dayline_engine::{Engine, PushReport, PushedCalendar};

use crate::arguments::Push;
use crate::calendars;
use crate::output::Output;

pub(crate) async fn run(engine: &Engine, command: Push, output: &Output) -> anyhow::Result<bool> {
    match command {
        Push::Status => {}
        Push::Enable {
            calendar,
            admission_token,
        } => {
            if let Some(token) = admission_token {
                engine.enrol_at_relay(&read_token(token)?).await?;
            }
            want(engine, calendar.as_deref(), true).await?;
        }
        Push::Disable { calendar } => want(engine, calendar.as_deref(), false).await?,
    }
    let report = engine.push_report()?;
    output.give(&report, told)?;
    Ok(true)
}

/// The token, or the first line of the input if it is `-`: others see what stands on a command
/// line.
fn read_token(token: String) -> anyhow::Result<String> {
    if token != "-" {
        return Ok(token);
    }
    let mut line = String::new();
    std::io::stdin().read_line(&mut line)?;
    let token = line.trim();
    anyhow::ensure!(
        !token.is_empty(),
        "there is no admission token in the input"
    );
    Ok(token.to_owned())
}

async fn want(engine: &Engine, calendar: Option<&str>, wanted: bool) -> anyhow::Result<()> {
    if let Some(calendar) = calendar {
        let id = calendars::find(engine, calendar)?;
        engine.set_push_wanted(id, wanted).await?;
        return Ok(());
    }
    for account in engine.accounts()? {
        for calendar in account.calendars.iter().filter(|one| one.is_connected) {
            let id = calendars::find(engine, &calendar.id)?;
            engine.set_push_wanted(id, wanted).await?;
        }
    }
    Ok(())
}

pub(crate) fn told(report: &PushReport) -> String {
    let mut text = String::new();
    let line = match (&report.relay_url, report.connected, &report.problem) {
        (None, _, _) => {
            "No relay is set, so calendars are polled every 5 minutes. `dayline settings set relay.url URL` sets one."
                .to_owned()
        }
        (Some(url), Some(true), _) => format!("Connected to {url}."),
        (Some(url), _, Some(problem)) => format!("{url}: {problem}."),
        (Some(url), Some(false), None) => format!("Not connected to {url}."),
        (Some(url), None, None) => format!("The relay is {url}."),
    };
    // A string takes everything.
    let _ = writeln!(text, "{line}");
    for calendar in &report.calendars {
        let _ = writeln!(text, "{}", calendar_line(calendar));
    }
    text
}

fn calendar_line(calendar: &PushedCalendar) -> String {
    let state = match (&calendar.why, &calendar.expires_at) {
        (Some(why), _) => (*why).to_owned(),
        (None, Some(until)) => format!("active until {until}"),
        (None, None) => "active".to_owned(),
    };
    let last = calendar
        .last_notification_at
        .as_ref()
        .map(|at| format!(", told last {at}"))
        .unwrap_or_default();
    let lag = calendar
        .lag_secs
        .map(|lag| format!(", up to date {lag} s later"))
        .unwrap_or_default();
    format!(
        "{} ({}): {state}{last}{lag}",
        calendar.name, calendar.account
    )
}
