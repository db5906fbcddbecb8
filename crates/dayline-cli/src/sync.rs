//! Sync.

use std::fmt::Write as _;

use dayline_engine::{Engine, SyncReport, SyncRequest};

use crate::arguments::Sync;
use crate::output::Output;

pub(crate) async fn run(engine: &Engine, options: &Sync, output: &Output) -> anyhow::Result<bool> {
    let wanted = match (&options.account, &options.calendar) {
        (Some(named), _) => SyncRequest::on_demand_of(&crate::accounts::find(engine, named)?.id)?,
        (None, Some(named)) => SyncRequest {
            calendar: Some(crate::calendars::find(engine, named)?),
            ..SyncRequest::default()
        },
        (None, None) => SyncRequest::on_demand(),
    };
    let request = SyncRequest {
        full: options.full,
        ..wanted
    };
    let report = engine.sync(request).await?;
    output.give(&report, text)?;
    // What a new pattern is still owed.
    let _ = engine.reread_links(|_| ()).await;
    // The next search finds everything at once. If that fails it is told there.
    let _ = engine.index_events().await;
    Ok(report.is_ok())
}

fn text(report: &SyncReport) -> String {
    let mut text = String::new();
    for calendar in &report.calendars {
        let what = match &calendar.problem {
            Some(problem) => problem.clone(),
            None if calendar.added + calendar.updated + calendar.removed == 0 => {
                "nothing changed".to_owned()
            }
            None => format!(
                "{} added, {} changed, {} removed",
                calendar.added, calendar.updated, calendar.removed
            ),
        };
        // A string takes everything.
        let _ = writeln!(text, "{}  {}: {what}", calendar.account, calendar.calendar);
    }
    for (account, problem) in &report.failed_accounts {
        let _ = writeln!(text, "{account}: {problem}");
    }
    if text.is_empty() {
        text.push_str("There is nothing to sync yet.");
    }
    text
}
