//! What takes place.

use std::fmt::Write as _;

use anyhow::Context as _;
use dayline_engine::Engine;
use dayline_engine::view::{AgendaItem, AgendaQuery, FilterQuery, ImportanceView};

use crate::arguments::{Agenda, Importance};
use crate::output::Output;

pub(crate) fn run(engine: &Engine, options: &Agenda, output: &Output) -> anyhow::Result<bool> {
    let zone = match options.tz {
        Some(zone) => zone,
        None => iana_time_zone::get_timezone()
            .unwrap_or_else(|_| "UTC".to_owned())
            .parse()
            .context("the system's time zone is unknown; use --tz")?,
    };
    let items = engine.agenda(&AgendaQuery {
        from: options.from,
        to: options.to,
        zone,
        filter: FilterQuery {
            importance: options
                .importance
                .iter()
                .map(|importance| view(*importance))
                .collect(),
            categories: options.category.clone(),
            teams_only: options.teams,
        },
    })?;
    output.give(&items, |items| text(items))?;
    Ok(true)
}

fn view(importance: Importance) -> ImportanceView {
    match importance {
        Importance::Low => ImportanceView::Low,
        Importance::Normal => ImportanceView::Normal,
        Importance::High => ImportanceView::High,
    }
}

fn text(items: &[AgendaItem]) -> String {
    if items.is_empty() {
        return "Nothing takes place.".to_owned();
    }
    let mut day = "";
    let mut text = String::new();
    for item in items {
        let date = item.start.get(..10).unwrap_or_default();
        if date != day {
            day = date;
            text.push_str(date);
            text.push('\n');
        }
        let time = |stamp: &str| stamp.get(11..16).unwrap_or_default().to_owned();
        let when = if item.all_day {
            "all day      ".to_owned()
        } else {
            format!("{}–{}  ", time(&item.start), time(&item.end))
        };
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
        // A string takes everything.
        let _ = writeln!(text, "  {when}{mark}{}{place}{join}", item.title);
    }
    text
}
