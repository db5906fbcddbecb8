//! `--summary`: one line of JSON about the first picture, for programs that start the window.

use std::io::Write as _;
use std::time::{Duration, Instant};

use dayline_engine::SyncRequest;
use serde::Serialize;
use tauri::{AppHandle, Manager as _};

use crate::state::{Shell, days_shown};

/// How long the first picture and the first sync may take.
const LIMIT: Duration = Duration::from_mins(1);

/// The line when all went well.
#[derive(Debug, Serialize)]
struct Summary {
    /// Accounts that are signed in.
    accounts: usize,
    /// Calendars that are synced.
    calendars: usize,
    /// Events in the database.
    events_stored: i64,
    /// Occurrences in the painted week.
    events_visible: u32,
    /// From the start of the process to the first painted week.
    first_paint_ms: u128,
    /// From the start of the process to the end of the first sync.
    synced_ms: u128,
}

/// The line when something failed.
#[derive(Debug, Serialize)]
struct Failure<'a> {
    error: &'a str,
}

/// Prints the summary, waits for the end of standard input, and ends the app.
pub async fn run(app: AppHandle, started: Instant) {
    let observed = tokio::time::timeout(LIMIT, observe(&app, started))
        .await
        .unwrap_or_else(|_| {
            Err(format!(
                "the week was not painted and synced within {} s",
                LIMIT.as_secs()
            ))
        });
    match observed {
        Ok(summary) => {
            print(&summary);
            wait_for_end_of_input().await;
            app.exit(0);
        }
        Err(reason) => {
            print_failure(&reason);
            app.exit(1);
        }
    }
}

/// Prints why there is no summary.
pub fn print_failure(reason: &str) {
    print(&Failure { error: reason });
}

async fn observe(app: &AppHandle, started: Instant) -> Result<Summary, String> {
    let shell = app.state::<Shell>();
    let engine = shell.engine().await.map_err(|error| error.message)?;
    let request = SyncRequest {
        list_calendars: true,
        ..SyncRequest::default()
    };
    // Joins the scheduler's first sync, which begins then.
    days_shown(app.clone(), engine.clone()).await;
    let report = engine
        .sync(request)
        .await
        .map_err(|error| error.to_string())?;
    let synced_ms = started.elapsed().as_millis();
    let problems = report
        .failed_accounts
        .into_values()
        .chain(report.calendars.into_iter().filter_map(|one| one.problem));
    if let Some(problem) = problems.into_iter().next() {
        return Err(format!("the sync failed: {problem}"));
    }
    let painted = shell
        .painted()
        .await
        .ok_or("the window was closed before it painted")?;
    let accounts = engine.accounts().map_err(|error| error.to_string())?;
    Ok(Summary {
        accounts: accounts.len(),
        calendars: accounts
            .iter()
            .flat_map(|account| &account.calendars)
            .filter(|calendar| calendar.is_connected)
            .count(),
        events_stored: engine.count_events().map_err(|error| error.to_string())?,
        events_visible: painted.occurrences,
        first_paint_ms: painted.at.into_std().duration_since(started).as_millis(),
        synced_ms,
    })
}

fn print(line: &impl Serialize) {
    let printed = serde_json::to_string(line).map_err(std::io::Error::from);
    let printed = printed.and_then(|line| {
        let mut out = std::io::stdout().lock();
        writeln!(out, "{line}")?;
        out.flush()
    });
    if let Err(error) = printed {
        tracing::warn!(%error, "nobody reads the summary");
    }
}

async fn wait_for_end_of_input() {
    // Input that cannot be read has ended as well.
    let _ = tokio::io::copy(&mut tokio::io::stdin(), &mut tokio::io::sink()).await;
}
