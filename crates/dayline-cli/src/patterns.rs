//! The user's own patterns of meeting links.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};

use dayline_engine::view::{PatternTrial, PatternView};
use dayline_engine::{Engine, Reread};
use serde_json::json;

use crate::arguments::Patterns;
use crate::output::Output;

pub(crate) async fn run(
    engine: &Engine,
    command: Patterns,
    output: &Output,
) -> anyhow::Result<bool> {
    match command {
        Patterns::List => output.give(&engine.join_patterns()?, |patterns| listed(patterns))?,
        Patterns::Add { name, expression } => {
            engine.add_join_pattern(&name, &expression).await?;
            let done = reread(engine).await?;
            let value =
                json!({ "added": name.trim(), "events": done.looked_at, "changed": done.changed });
            output.give(&value, |_| {
                format!(
                    "Added {}. Of {} known events {} have another link to join now.",
                    name.trim(),
                    done.looked_at,
                    done.changed
                )
            })?;
        }
        Patterns::Remove { name } => {
            engine.remove_join_pattern(&name).await?;
            let done = reread(engine).await?;
            let value = json!({ "removed": name.trim(), "events": done.looked_at, "changed": done.changed });
            output.give(&value, |_| {
                format!(
                    "Removed {}. {} known events lost a link to join by it.",
                    name.trim(),
                    done.changed
                )
            })?;
        }
        Patterns::Test { expression } => {
            let trial = engine.try_join_pattern(&expression).await?;
            output.give(&trial, tried)?;
        }
    }
    Ok(true)
}

/// Finds links anew, and tells somebody who watches how far it is.
async fn reread(engine: &Engine) -> anyhow::Result<Reread> {
    let mut err = std::io::stderr();
    let watched = err.is_terminal();
    let done = engine
        .reread_links(|so_far| {
            if watched {
                // With nobody left to tell, nothing is lost.
                let _ = write!(std::io::stderr(), "\r{} events…", so_far.looked_at);
            }
        })
        .await?;
    if watched {
        let _ = write!(err, "\r\x1b[K");
    }
    Ok(done)
}

fn listed(patterns: &[PatternView]) -> String {
    if patterns.is_empty() {
        return "No patterns yet. `dayline patterns test EXPRESSION` tries one out, `dayline patterns add NAME EXPRESSION` keeps it."
            .to_owned();
    }
    let mut text = String::new();
    for pattern in patterns {
        let problem = pattern
            .problem
            .as_deref()
            .map(|why| format!("  not used: {why}"))
            .unwrap_or_default();
        // A string takes everything.
        let _ = writeln!(text, "{}  {}{problem}", pattern.name, pattern.expression);
    }
    text
}

fn tried(trial: &PatternTrial) -> String {
    let mut text = String::new();
    for found in &trial.matches {
        let known = found
            .known_as
            .as_deref()
            .map(|service| format!("  (already recognised as {service})"))
            .unwrap_or_default();
        let _ = writeln!(
            text,
            "{}  {}  {}{known}",
            found.date, found.title, found.link
        );
    }
    let _ = match (trial.count, trial.looked_at) {
        (0, looked_at) => writeln!(text, "It matches no link of your {looked_at} events."),
        (count, looked_at) => {
            writeln!(text, "It matches {count} links of your {looked_at} events.")
        }
    };
    text
}
