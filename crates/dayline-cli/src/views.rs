//! Saved views.

use std::fmt::Write as _;

use dayline_engine::Engine;
use dayline_engine::view::SavedView;
use serde_json::json;

use crate::arguments::Views;
use crate::output::{FilterMistake, Output};

pub(crate) fn run(engine: &Engine, command: Views, output: &Output) -> anyhow::Result<bool> {
    let mut views = engine.saved_views()?;
    match command {
        Views::List => output.give(&views, |views| listed(views))?,
        Views::Add {
            name,
            filter,
            shortcut,
        } => {
            engine
                .parse_filter(&filter, crate::output::zone(None)?)
                .map_err(|error| FilterMistake::new(&filter, error))?;
            views.push(SavedView {
                name,
                filter,
                shortcut,
            });
            let kept = engine.set_saved_views(views)?;
            if let Some(added) = kept.last() {
                output.give(added, |added| format!("Saved {}.", added.name))?;
            }
        }
        Views::Remove { name } => {
            let removed = engine.saved_view(&name)?;
            views.retain(|view| *view != removed);
            engine.set_saved_views(views)?;
            output.give(&json!({ "removed": removed.name }), |_| {
                format!("Removed {}.", removed.name)
            })?;
        }
    }
    Ok(true)
}

fn listed(views: &[SavedView]) -> String {
    if views.is_empty() {
        return "No views yet. `dayline views add NAME FILTER` saves one.".to_owned();
    }
    let mut text = String::new();
    for view in views {
        let shortcut = view
            .shortcut
            .as_deref()
            .map(|digit| format!("  (Shift+Alt+{digit})"))
            .unwrap_or_default();
        // A string takes everything.
        let _ = writeln!(text, "{}{shortcut}  {}", view.name, view.filter);
    }
    text
}
