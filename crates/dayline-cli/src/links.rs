//! What Dayline finds in links and texts that somebody hands it.

use std::fmt::Write as _;
use std::io::Read;
use std::path::Path;

use anyhow::Context as _;
use dayline_engine::view::{FoundLink, LinkVerdict, TextReading};
use dayline_engine::{Config, LinkJudge, TextKind};

use crate::arguments::CheckLinks;
use crate::output::{Mistake, Output};

/// The largest input, in bytes.
const LARGEST: u64 = 2 * 1024 * 1024;

/// True if there is something to join.
pub(crate) fn check(
    config: &Config,
    options: &CheckLinks,
    output: &Output,
) -> anyhow::Result<bool> {
    let judge = LinkJudge::of_folder(&config.folder)?;
    if options.lines || !options.url.is_empty() {
        let mut links = options.url.clone();
        if options.lines {
            let text = input(options.file.as_deref())?;
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
            links.extend(lines.map(str::to_owned));
        }
        let verdicts: Vec<LinkVerdict> = links.iter().map(|link| judge.judge(link)).collect();
        output.give(&verdicts, |verdicts| verdicts.iter().map(verdict).collect())?;
        return Ok(verdicts.iter().any(|verdict| verdict.found.is_some()));
    }
    let text = input(options.file.as_deref())?;
    let reading = judge.read(kind(options, &text), &text);
    output.give(&reading, shown)?;
    Ok(!reading.is_empty())
}

/// What was said, else what the text or the file's name shows.
fn kind(options: &CheckLinks, text: &str) -> TextKind {
    let extension = options
        .file
        .as_deref()
        .and_then(Path::extension)
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    let is = |wanted: &str| extension.eq_ignore_ascii_case(wanted);
    let begins = |wanted: &str| {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        start
            .get(..wanted.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(wanted))
    };
    match options {
        CheckLinks { ics: true, .. } => TextKind::ICalendar,
        CheckLinks { html: true, .. } => TextKind::Html,
        CheckLinks { text: true, .. } => TextKind::Text,
        _ if is("ics") || begins("BEGIN:V") => TextKind::ICalendar,
        _ if is("html") || is("htm") || begins("<!doctype html") || begins("<html") => {
            TextKind::Html
        }
        _ => TextKind::Text,
    }
}

/// The input, refused if it is too large. What is no UTF-8 in it is replaced.
fn input(file: Option<&Path>) -> anyhow::Result<String> {
    let mut bytes = Vec::new();
    match file.filter(|file| *file != Path::new("-")) {
        Some(file) => {
            let cannot = || format!("{} cannot be read", file.display());
            let open = std::fs::File::open(file).with_context(cannot)?;
            open.take(LARGEST + 1)
                .read_to_end(&mut bytes)
                .with_context(cannot)?;
        }
        None => {
            std::io::stdin()
                .lock()
                .take(LARGEST + 1)
                .read_to_end(&mut bytes)?;
        }
    }
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        let why = "This is more than 2 MB; hand over the invitation alone.";
        return Err(Mistake(why.to_owned()).into());
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn shown(reading: &TextReading) -> String {
    if reading.is_empty() {
        return "Nothing to join by.".to_owned();
    }
    let mut text: String = reading.links.iter().map(line).collect();
    for (name, value) in [
        ("meeting id", &reading.meeting_id),
        ("passcode", &reading.passcode),
        ("dial in", &reading.dial_in),
        ("numbers to dial", &reading.dial_in_url),
        ("conference id", &reading.conference_id),
    ] {
        if let Some(value) = value {
            // A string takes everything.
            let _ = writeln!(text, "{name}: {value}");
        }
    }
    text
}

fn line(link: &FoundLink) -> String {
    format!("{}  {}  [{}]\n", link.name, link.url, link.source)
}

fn verdict(verdict: &LinkVerdict) -> String {
    match (&verdict.found, &verdict.refused) {
        (Some(link), _) => format!("{}  {}\n", link.name, link.url),
        (None, Some(why)) => format!("{}  {why}\n", printable(&verdict.given)),
        (None, None) => String::new(),
    }
}

/// A refused link may hold what a terminal would act on.
fn printable(link: &str) -> String {
    let shown: String = link
        .chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .take(200)
        .collect();
    shown
}

#[cfg(test)]
mod tests;
