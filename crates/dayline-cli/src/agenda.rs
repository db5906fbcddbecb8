//! What takes place.

use std::fmt::Write as _;

use chrono::NaiveDate;
use chrono_tz::Tz;
use dayline_engine::view::{AgendaItem, AgendaQuery, ImportanceView, agenda_days};
use dayline_engine::{Engine, EngineEvent, Expr, Reach, quoted_value};
use tokio::sync::broadcast::error::RecvError;

use crate::arguments::{Agenda, Importance};
use crate::output::{FilterMistake, Output};

pub(crate) async fn run(
    engine: &Engine,
    options: &Agenda,
    output: &Output,
) -> anyhow::Result<bool> {
    let zone = crate::output::zone(options.tz)?;
    let filter = filter(engine, options, zone)?;
    let (from, to) = agenda_days(options.from, options.to, &filter, engine.today(zone));
    let reach = if options.offline {
        Reach::Rules
    } else {
        Reach::Providers
    };
    visit(engine, from, to, reach).await;
    let items = engine.agenda(&AgendaQuery {
        from,
        to,
        zone,
        filter,
    })?;
    output.give(&items, |items| text(items, from))?;
    Ok(true)
}

/// Brings days outside of what is synced. What cannot be brought is told beside the list, which
/// holds what is known all the same.
async fn visit(engine: &Engine, from: NaiveDate, to: NaiveDate, reach: Reach) {
    let Some(until) = to.succ_opt().filter(|until| *until > from) else {
        // The list itself says what is wrong.
        return;
    };
    let mut events = engine.subscribe();
    let visit = engine.visit(from, until, reach);
    let told = async {
        loop {
            match events.recv().await {
                Ok(EngineEvent::Visiting(progress))
                    if progress.done < progress.total && reach == Reach::Providers =>
                {
                    eprintln!(
                        "Fetching {from} to {to}: calendar {} of {}",
                        progress.done + 1,
                        progress.total
                    );
                }
                Ok(_) | Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => std::future::pending().await,
            }
        }
    };
    let visited = tokio::select! {
        biased;
        visited = visit => visited,
        () = told => return,
    };
    match visited {
        Ok(report) => {
            for problem in report.problems {
                eprintln!(
                    "{}: {} Of days that are not synced only what repeats is listed.",
                    problem.account, problem.message
                );
            }
        }
        Err(error) => eprintln!("Only what is synced is listed: {error}."),
    }
}

/// What the saved view, the expression and the flags all leave over.
fn filter(engine: &Engine, options: &Agenda, zone: Tz) -> anyhow::Result<Expr> {
    let mut texts = Vec::new();
    if let Some(name) = &options.view {
        texts.push(engine.saved_view(name)?.filter);
    }
    texts.extend(options.filter.clone());
    texts.extend(flags(options));
    let read = |text: &String| {
        let filter = engine.parse_filter(text, zone);
        filter.map_err(|error| FilterMistake::new(text, error))
    };
    let filters: Vec<Expr> = texts.iter().map(read).collect::<Result<_, _>>()?;
    Ok(filters.into_iter().fold(Expr::default(), Expr::and))
}

/// The flags in the filter language.
fn flags(options: &Agenda) -> Vec<String> {
    let mut terms = Vec::new();
    let importance = options.importance.iter().map(|one| match one {
        Importance::Low => "low",
        Importance::Normal => "normal",
        Importance::High => "high",
    });
    let importance: Vec<&str> = importance.collect();
    if !importance.is_empty() {
        terms.push(format!("importance:{}", importance.join(",")));
    }
    let categories: Vec<String> = options
        .category
        .iter()
        .map(|name| quoted_value(name))
        .collect();
    if !categories.is_empty() {
        terms.push(format!("category:{}", categories.join(",")));
    }
    if options.teams {
        terms.push("has:teams".to_owned());
    }
    terms
}

/// Days with what takes place in them. What began before the first day runs on in it.
fn text(items: &[AgendaItem], first: NaiveDate) -> String {
    if items.is_empty() {
        return "Nothing takes place.".to_owned();
    }
    let first = first.to_string();
    let mut day = String::new();
    let mut text = String::new();
    for item in items {
        let start = date(&item.start);
        // Dates of one length compare as they are written.
        let heading = if start < first.as_str() {
            &first
        } else {
            start
        };
        if heading != day {
            heading.clone_into(&mut day);
            text.push_str(&day);
            text.push('\n');
        }
        let mark = if item.importance == ImportanceView::High {
            "! "
        } else {
            ""
        };
        let place = item
            .location
            .as_deref()
            .map(|place| format!(", {place}"))
            .unwrap_or_default();
        let join = item
            .join_service
            .as_deref()
            .map(|name| format!("  [{name}]"))
            .unwrap_or_default();
        let (when, more) = when(item, &day);
        // A string takes everything.
        let _ = writeln!(text, "  {when:<13}{mark}{}{place}{more}{join}", item.title);
    }
    text
}

/// The hours of an item on the day that it is listed under, and how far it reaches beyond.
fn when(item: &AgendaItem, day: &str) -> (String, String) {
    let (start, last) = (date(&item.start), last_day(item));
    let since = if start < day {
        format!(", since {start}")
    } else {
        String::new()
    };
    let until = if last.as_str() > day {
        format!(", until {last}")
    } else {
        String::new()
    };
    let hours = if item.all_day {
        "all day".to_owned()
    } else {
        match (start < day, last.as_str() > day) {
            (false, false) => format!("{}–{}", time(&item.start), time(&item.end)),
            (false, true) => format!("{}–", time(&item.start)),
            (true, false) => format!("     –{}", time(&item.end)),
            (true, true) => "all day".to_owned(),
        }
    };
    (hours, format!("{since}{until}"))
}

/// The last day that an item touches: one that ends at midnight ends the day before.
fn last_day(item: &AgendaItem) -> String {
    let end = date(&item.end);
    let is_midnight = item.all_day || time(&item.end) == "00:00";
    if is_midnight && item.end != item.start {
        let before = end.parse::<NaiveDate>().ok().and_then(|day| day.pred_opt());
        if let Some(before) = before {
            return before.to_string().max(date(&item.start).to_owned());
        }
    }
    end.to_owned()
}

fn date(stamp: &str) -> &str {
    stamp.get(..10).unwrap_or(stamp)
}

fn time(stamp: &str) -> &str {
    stamp.get(11..16).unwrap_or_default()
}

#[cfg(test)]
mod tests;
