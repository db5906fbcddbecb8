//! The headless run: sample data synced and painted in a session of its own.
//!
//! The app is asked for its summary (`--sample --summary`): one JSON line once the week with its
//! events is painted and the sync is done. Then the picture is taken, and closing the app's standard
//! input tells it to quit.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail};
use serde::{Deserialize, Serialize};

use super::picture;
use crate::headless::Session;
use crate::process::{Service, say};

/// How long the whole run may take once the app is built.
const LIMIT: Duration = Duration::from_mins(2);

/// How long the app may take to close.
const CLOSING: Duration = Duration::from_secs(15);

/// What the app says of itself, and where its picture is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Accounts that are signed in.
    pub accounts: u64,
    /// Calendars that are synced.
    pub calendars: u64,
    /// Events in the database.
    pub events_stored: u64,
    /// Occurrences in the painted week.
    pub events_visible: u64,
    /// From the start of the process to the first painted week.
    pub first_paint_ms: u64,
    /// From the start of the process to the end of the first sync.
    pub synced_ms: u64,
    /// The picture of the window.
    #[serde(default)]
    pub screenshot: PathBuf,
}

/// A line of the app's standard output.
#[derive(Debug, PartialEq, Eq)]
enum Line {
    Painted(Summary),
    Failed(String),
    Other,
}

/// Runs the app on its sample data and takes a picture.
pub fn of_sample(app: &Path, args: &[String], screenshot: &Path) -> Result<Summary> {
    let deadline = Instant::now() + LIMIT;
    let screenshot = std::path::absolute(screenshot)?;
    if let Some(folder) = screenshot.parent() {
        fs::create_dir_all(folder)?;
    }
    let session = Session::start()?;
    let (log, stderr) = session.log("app")?;
    let observed = observe(&session, app, args, stderr.into(), &screenshot, deadline);
    let mut summary = observed.map_err(|error| anyhow!("{error:#}\n{}", tail(&log)))?;
    summary.screenshot = screenshot;
    Ok(summary)
}

fn observe(
    session: &Session,
    app: &Path,
    args: &[String],
    stderr: Stdio,
    screenshot: &Path,
    deadline: Instant,
) -> Result<Summary> {
    say("headless session: syncing and painting the sample data");
    let mut command = Command::new(app);
    command.args(["--sample", "--summary"]).args(args);
    session.enter(&mut command);
    let mut app = Service::spawn("the app", &command, Stdio::piped(), stderr)?;
    // The app runs until this is closed.
    let stdin = app.stdin()?;
    let lines = app.lines()?;
    let summary = wait_for_summary(&mut app, &lines, deadline)?;

    say(format!("screenshot: {}", screenshot.display()));
    picture::take(session, screenshot, deadline)?;

    drop(stdin);
    match app.wait_until(Instant::now() + CLOSING)? {
        Some(status) if status.success() => Ok(summary),
        Some(status) => bail!("the app painted, but closed with an error ({status})"),
        None => bail!("the app did not close within {} s", CLOSING.as_secs()),
    }
}

fn wait_for_summary(
    app: &mut Service,
    lines: &Receiver<String>,
    deadline: Instant,
) -> Result<Summary> {
    loop {
        match lines.recv_timeout(deadline.saturating_duration_since(Instant::now())) {
            Ok(line) => match parse(&line)? {
                Line::Painted(summary) => return Ok(summary),
                Line::Failed(reason) => bail!("the app says: {reason}"),
                Line::Other => say(format!("app: {line}")),
            },
            Err(RecvTimeoutError::Timeout) => {
                bail!(
                    "the app had not painted and synced after {} s",
                    LIMIT.as_secs()
                )
            }
            Err(RecvTimeoutError::Disconnected) => match app.wait_until(deadline)? {
                Some(status) => bail!("the app ended without its summary ({status})"),
                None => bail!("the app closed its output without its summary"),
            },
        }
    }
}

fn parse(line: &str) -> Result<Line> {
    let Ok(serde_json::Value::Object(object)) = serde_json::from_str(line) else {
        return Ok(Line::Other);
    };
    if let Some(reason) = object.get("error") {
        let reason = reason
            .as_str()
            .map_or_else(|| reason.to_string(), str::to_owned);
        return Ok(Line::Failed(reason));
    }
    let summary = serde_json::from_value(object.into())
        .with_context(|| format!("the app's summary is not understood: {line}"))?;
    Ok(Line::Painted(summary))
}

/// The last lines that the app wrote to standard error, to stand below the reason of a failure.
fn tail(log: &Path) -> String {
    const LINES: usize = 20;
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return "The app wrote nothing to standard error.".to_owned();
    }
    let last: Vec<&str> = lines
        .iter()
        .skip(lines.len().saturating_sub(LINES))
        .copied()
        .collect();
    format!("The app's last words:\n{}", last.join("\n"))
}

#[cfg(test)]
mod tests;
