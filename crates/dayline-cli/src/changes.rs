//! What changed.

use std::fmt::Write as _;

use dayline_engine::Engine;
use dayline_engine::view::ChangesView;

use crate::arguments::Changes;
use crate::output::Output;

pub(crate) fn run(engine: &Engine, options: &Changes, output: &Output) -> anyhow::Result<bool> {
    let zone = crate::output::zone(options.tz)?;
    let changes = engine.changes(options.limit, zone.name())?;
    output.give(&changes, text)?;
    // Only after they could be read.
    if let (true, Some(newest)) = (options.seen, changes.items.first()) {
        engine.mark_changes_seen(&newest.id)?;
    }
    Ok(true)
}

fn text(changes: &ChangesView) -> String {
    if changes.items.is_empty() {
        return "Nothing changed since it was synced first.".to_owned();
    }
    let mut text = String::new();
    for change in &changes.items {
        let mark = if change.is_new { "*" } else { " " };
        let at = change.changed_at.get(..16).unwrap_or(&change.changed_at);
        // A string takes everything.
        let _ = writeln!(
            text,
            "{mark} {}  {} ({}): {}  [{}]",
            at.replace('T', " "),
            change.title,
            change.stood,
            change.words,
            change.calendar
        );
    }
    if changes.unseen > 0 {
        let _ = writeln!(
            text,
            "{} new, marked *; --seen marks them as seen.",
            changes.unseen
        );
    }
    text
}
