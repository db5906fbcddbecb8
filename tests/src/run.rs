//! Running the program with a limit, and how it may end.

use std::path::Path;
use std::process::Output;
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::Value;
use tokio::process::Command;

use crate::dayline::Dayline;
use crate::provider::Shown;

/// The name of the database in a data folder.
pub const DATABASE: &str = "dayline.sqlite3";
/// How long a program may take, traced or not, until it counts as hanging.
const LIMIT: Duration = Duration::from_mins(1);
/// What the shell and strace make of SIGKILL.
const SIGKILL: i32 = 9;

/// Runs a command to its end.
///
/// # Errors
/// It cannot be started, or hangs.
pub async fn limited(command: &mut Command) -> Result<Output> {
    match tokio::time::timeout(LIMIT, command.output()).await {
        Ok(output) => Ok(output.context("it could not be started")?),
        Err(_) => bail!("it hangs: no end within {} s", LIMIT.as_secs()),
    }
}

/// Whether the program was killed by the one signal that nobody can hold off.
pub fn was_killed(output: &Output) -> bool {
    signal(output) == Some(SIGKILL)
}

#[cfg(unix)]
fn signal(output: &Output) -> Option<i32> {
    std::os::unix::process::ExitStatusExt::signal(&output.status)
}

#[cfg(not(unix))]
fn signal(_output: &Output) -> Option<i32> {
    None
}

/// Holds the end of a program against what people may see: success, or a failure in words.
///
/// # Errors
/// A signal, a panic, a failure without a word.
pub fn in_words(output: &Output) -> Result<()> {
    if let Some(signal) = signal(output) {
        bail!("it ended by signal {signal}: {}", words(output));
    }
    let said = words(output);
    ensure!(!said.contains("panicked at"), "it panicked: {said}");
    match output.status.code() {
        Some(0) => Ok(()),
        Some(1) if said.chars().any(char::is_alphabetic) => Ok(()),
        Some(1) => bail!("it failed without a word"),
        code => bail!("it ended with {code:?}: {said}"),
    }
}

/// Everything that a program said.
pub fn words(output: &Output) -> String {
    let said = String::from_utf8_lossy(&output.stderr);
    format!("{said}{}", String::from_utf8_lossy(&output.stdout))
}

/// Runs a command that has to succeed and gives its JSON.
///
/// # Errors
/// It hangs, fails, or prints no JSON.
pub async fn succeed(dayline: &Dayline<'_>, arguments: &[&str]) -> Result<Value> {
    let mut command = dayline.command(arguments)?;
    let output = limited(command.arg("--json")).await?;
    ensure!(
        output.status.success(),
        "{} fails: {}",
        arguments.join(" "),
        words(&output)
    );
    serde_json::from_slice(&output.stdout).with_context(|| arguments.join(" "))
}

/// Proves the database whole and gives what `dayline db verify` says.
///
/// # Errors
/// It is not sound.
pub async fn sound(dayline: &Dayline<'_>) -> Result<Value> {
    let verified = succeed(dayline, &["db", "verify"]).await?;
    ensure!(says(&verified, "ok"), "the database: {verified}");
    Ok(verified)
}

/// Whether a member is true.
pub fn says(answer: &Value, member: &str) -> bool {
    answer.get(member).is_some_and(|value| value == true)
}

/// What `dayline` lists from a day to another without asking anybody.
///
/// # Errors
/// It fails.
pub async fn agenda(dayline: &Dayline<'_>, from: &str, to: &str) -> Result<Vec<Value>> {
    let arguments = [
        "agenda",
        "--offline",
        "--tz",
        "UTC",
        "--from",
        from,
        "--to",
        to,
    ];
    let agenda = succeed(dayline, &arguments).await?;
    Ok(agenda.as_array().context("the agenda is no list")?.clone())
}

/// Proves every whole copy of the database that lies in a data folder.
///
/// # Errors
/// One is not sound.
pub async fn sound_copies(folder: &Path) -> Result<()> {
    for place in [folder.to_owned(), folder.join("backups")] {
        if !place.exists() {
            continue;
        }
        for entry in std::fs::read_dir(&place)? {
            let path = entry?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let is_copy = path.extension().is_some_and(|ending| ending == "sqlite3");
            if !is_copy || name == DATABASE {
                continue;
            }
            let alone = tempfile::tempdir()?;
            std::fs::copy(&path, alone.path().join(DATABASE))?;
            let mut command = Command::new(crate::simulator::program("DAYLINE_BIN")?);
            command.arg("--data-dir").arg(alone.path());
            let output = limited(command.args(["db", "verify"])).await?;
            ensure!(
                output.status.success(),
                "the copy {name} is not sound: {}",
                words(&output)
            );
        }
    }
    Ok(())
}

/// The first occurrences that only one of two lists has; `None` if they are the same.
pub fn difference(expected: &[Shown], found: &[Shown]) -> Option<String> {
    if expected == found {
        return None;
    }
    let missing: Vec<&Shown> = expected.iter().filter(|one| !found.contains(one)).collect();
    let more: Vec<&Shown> = found.iter().filter(|one| !expected.contains(one)).collect();
    Some(format!(
        "{} expected, {} found; missing {missing:?}; too many {more:?}",
        expected.len(),
        found.len()
    ))
}
