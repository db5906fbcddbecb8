//! Finding events.

use std::fmt::Write as _;

use dayline_engine::Engine;
use dayline_engine::view::{SearchField, SearchItem, SearchQuery, SearchResults};

use crate::arguments::Search;
use crate::output::Output;

pub(crate) async fn run(
    engine: &Engine,
    options: &Search,
    output: &Output,
) -> anyhow::Result<bool> {
    let zone = crate::output::zone(options.tz)?;
    let results = engine
        .search(&SearchQuery {
            text: options.query.join(" "),
            zone: zone.name().to_owned(),
            limit: options.limit,
        })
        .await?;
    output.give(&results, text)?;
    Ok(true)
}

fn text(results: &SearchResults) -> String {
    let mut text: String = results.items.iter().map(line).collect();
    if results.items.is_empty() {
        text.push_str("Nothing is found.\n");
    }
    // A string takes everything.
    let _ = match (results.more, results.more_count) {
        (false, _) => Ok(()),
        (true, Some(1)) => writeln!(text, "And 1 more; --limit lists it."),
        (true, Some(count)) => writeln!(text, "And {count} more; --limit lists them."),
        (true, None) => writeln!(text, "And many more; another word narrows it down."),
    };
    if results.indexing > 0 {
        let _ = writeln!(
            text,
            "{} events are not searched yet; each search and sync goes on with them.",
            results.indexing
        );
    }
    text
}

fn line(item: &SearchItem) -> String {
    let date = item.start.get(..10).unwrap_or(&item.start);
    let time = |stamp: &str| stamp.get(11..16).unwrap_or_default().to_owned();
    let hours = if item.all_day {
        "all day".to_owned()
    } else {
        format!("{}–{}", time(&item.start), time(&item.end))
    };
    let place = item
        .location
        .as_deref()
        .map(|place| format!(", {place}"))
        .unwrap_or_default();
    let series = if item.recurring { " (series)" } else { "" };
    let excerpt = match item.field {
        // The title stands there already.
        SearchField::Title => String::new(),
        SearchField::Place => format!("      place: {}\n", item.excerpt),
        SearchField::People => format!("      people: {}\n", item.excerpt),
        SearchField::Body => format!("      description: {}\n", item.excerpt),
    };
    format!(
        "{date}  {hours:<11}  {}{series}{place}  [{}]\n{excerpt}",
        item.title, item.calendar
    )
}
