//! `start`: from starting the program to the painted week in a real window.
//!
//! Both are programs of their own, built as released. A time begins before the program is started
//! and ends when it says that its page has been on screen for two frames.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail};
use dayline_e2e::simulator::program;

use crate::measure::{Pair, singles};
use crate::report::Figure;
use crate::seed::Seeded;

const EVENTS: u32 = 300_000;
const ROUNDS: u32 = 15;
/// What both say, Dayline among other things.
const PAINTED: &str = "painted";
/// Providers that nobody is at: what is on screen first asks none.
pub const NOWHERE: [(&str, &str); 5] = [
    ("DAYLINE_MICROSOFT_AUTHORITY", "http://127.0.0.1:9"),
    ("DAYLINE_GRAPH_URL", "http://127.0.0.1:9"),
    ("DAYLINE_GOOGLE_AUTH_URL", "http://127.0.0.1:9"),
    ("DAYLINE_GOOGLE_TOKEN_URL", "http://127.0.0.1:9"),
    ("DAYLINE_GOOGLE_API_URL", "http://127.0.0.1:9"),
];

/// Measures starts in turn.
pub fn run() -> Result<Vec<Figure>> {
    let seeded = Seeded::with(EVENTS)?;
    let dayline = program("DAYLINE_DESKTOP_BIN")?;
    let hello = program("DAYLINE_HELLO_BIN")?;
    let pair: Pair = singles(
        ROUNDS,
        || {
            let mut command = Command::new(&dayline);
            command.arg("--data-dir").arg(seeded.folder()).envs(NOWHERE);
            until_painted(&mut command)
        },
        || until_painted(&mut Command::new(&hello)),
    )?;
    let what = format!("{EVENTS} events, to the painted week, against Tauri's hello world");
    Ok(vec![Figure::ratio(what, &pair, 1.5, 1.15)])
}

/// Starts a program, waits until it has painted, and ends it.
fn until_painted(command: &mut Command) -> Result<Duration> {
    let begin = Instant::now();
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let output = BufReader::new(child.stderr.take().context("no output")?);
    let mut took = None;
    for line in output.lines() {
        if line?.contains(PAINTED) {
            took = Some(begin.elapsed());
            break;
        }
    }
    // As the user's session does: it ends by itself, with its web processes.
    let asked = Command::new("kill").arg(child.id().to_string()).status()?;
    if !asked.success() && took.is_some() {
        bail!("it ended before it was asked to");
    }
    child.wait()?;
    took.context("it ended before its page was on screen")
}
