//! What the calendars say in numbers, and events that belong together.

use std::fmt::Write as _;

use dayline_engine::view::{AgendaItem, SearchQuery, Stats, SyncFigures, ThreadView};
use dayline_engine::{Engine, Error};

use crate::arguments::{StatsOptions, Thread};
use crate::output::{Output, percent};

pub(crate) fn run(
    engine: &Engine,
    options: &StatsOptions,
    output: &Output,
) -> anyhow::Result<bool> {
    let zone = crate::output::zone(options.tz)?;
    output.give(&engine.stats(zone, options.limit.into())?, text)?;
    Ok(true)
}

pub(crate) async fn thread(
    engine: &Engine,
    options: &Thread,
    output: &Output,
) -> anyhow::Result<bool> {
    let zone = crate::output::zone(options.tz)?;
    let limit = options.limit.into();
    let found = match engine.thread(&options.event, zone, limit) {
        // It is no id: perhaps they are words.
        Err(Error::NotFound(_)) => {
            let results = engine
                .search(&SearchQuery {
                    text: options.event.clone(),
                    zone: zone.name().to_owned(),
                    limit: 1,
                })
                .await?;
            let id = results
                .items
                .into_iter()
                .find_map(|item| item.occurrence_id)
                .ok_or(Error::NotFound("event"))?;
            engine.thread(&id, zone, limit)?
        }
        found => found?,
    };
    output.give(&found, thread_text)?;
    Ok(true)
}

fn thread_text(thread: &ThreadView) -> String {
    let mut text: String = thread.items.iter().map(line).collect();
    if thread.more > 0 {
        // A string takes everything.
        let _ = writeln!(text, "And {} more; --limit lists them.", thread.more);
    }
    text
}

fn text(stats: &Stats) -> String {
    let mut text = String::new();
    section(&mut text, "Teams meetings today");
    lines(&mut text, stats.todays_teams_meetings.iter().map(line));
    section(&mut text, "High importance from today on");
    lines(&mut text, stats.high_importance.iter().map(line));
    section(&mut text, "Calendars of other people");
    let delegated = stats.delegated_calendars.iter().map(|calendar| {
        format!(
            "{}, of {}  [{}]\n",
            calendar.name, calendar.delegate_email, calendar.account
        )
    });
    lines(&mut text, delegated);
    section(&mut text, "Teams among the meetings of the last 30 days");
    let days = stats.teams_share_by_day.iter().filter_map(|day| {
        let share = percent(day.share?);
        Some(format!(
            "{}  {} of {}, {share}\n",
            day.date, day.teams, day.meetings
        ))
    });
    lines(&mut text, days);
    section(&mut text, "Syncs of the last 30 days");
    let syncs = stats.sync_success.iter().map(|account| {
        let mut text = format!("{}  {}\n", account.account, figures(&account.figures));
        for calendar in &account.calendars {
            let _ = writeln!(text, "  {}  {}", calendar.name, figures(&calendar.figures));
        }
        text
    });
    lines(&mut text, syncs);
    section(&mut text, "Accounts that wait for you");
    let needs = stats.accounts_needing_action.iter().map(|need| {
        let problem = need.problem.as_deref().unwrap_or("Sign in again.");
        format!("{}  {problem}\n", need.account)
    });
    lines(&mut text, needs);
    section(&mut text, "Events");
    let counts = stats.events_per_calendar.iter().map(|calendar| {
        format!(
            "{}: {}, of which Teams meetings {}  [{}]\n",
            calendar.name, calendar.events, calendar.teams_meetings, calendar.account
        )
    });
    lines(&mut text, counts);
    text
}

fn section(text: &mut String, title: &str) {
    let gap = if text.is_empty() { "" } else { "\n" };
    let _ = writeln!(text, "{gap}{title}");
}

fn lines(text: &mut String, lines: impl Iterator<Item = String>) {
    let before = text.len();
    text.extend(lines);
    if text.len() == before {
        text.push_str("none\n");
    }
}

fn figures(figures: &SyncFigures) -> String {
    let Some(rate) = figures.success_rate else {
        return "no rounds".to_owned();
    };
    let mut text = format!("rounds: {}, {} worked", figures.rounds, percent(rate));
    if let (Some(median), Some(p95)) = (figures.median_ms, figures.p95_ms) {
        let _ = write!(text, ", {median} ms (95 %: {p95} ms)");
    }
    let _ = write!(text, ", calls: {}", figures.calls);
    for (failure, count) in &figures.failed {
        let _ = write!(text, ", {failure}: {count}");
    }
    text
}

fn line(item: &AgendaItem) -> String {
    let at = item.start.get(..16).unwrap_or(&item.start);
    format!(
        "{:<16}  {}  [{}]\n",
        at.replace('T', " "),
        item.title,
        item.calendar
    )
}
