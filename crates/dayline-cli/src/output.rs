//! Text for people, JSON for programs.

use std::io::Write as _;
use std::process::ExitCode;

use anyhow::Context as _;
use dayline_engine::view::IpcError;
use dayline_engine::{Error, FilterError};
use serde::Serialize;

/// Exit code of a command line that makes no sense, as for arguments.
const MISTAKE: u8 = 2;
/// How much of a long expression is shown before and after its mistake, in characters.
const SHOWN_AROUND: usize = 60;

/// The zone that was asked for, else the system's.
pub(crate) fn zone(asked: Option<chrono_tz::Tz>) -> anyhow::Result<chrono_tz::Tz> {
    match asked {
        Some(zone) => Ok(zone),
        None => dayline_host::system_zone()
            .parse()
            .context("the system's time zone is unknown; use --tz"),
    }
}

/// Why a command line or its input makes no sense, as a sentence.
#[derive(Debug)]
pub(crate) struct Mistake(pub String);

impl std::error::Error for Mistake {}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// A mistake in a filter, with the filter.
#[derive(Debug)]
pub(crate) struct FilterMistake {
    expression: String,
    error: FilterError,
}

impl FilterMistake {
    pub(crate) fn new(expression: &str, error: FilterError) -> Self {
        Self {
            expression: expression.to_owned(),
            error,
        }
    }
}

impl std::error::Error for FilterMistake {}

impl std::fmt::Display for FilterMistake {
    /// The expression, a caret under the mistake, and the words.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let before = self.error.column.saturating_sub(1);
        let skipped = before.saturating_sub(SHOWN_AROUND);
        let shown: Vec<char> = self
            .expression
            .chars()
            .skip(skipped)
            .take(before - skipped + SHOWN_AROUND)
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        let dots = if skipped > 0 { "…" } else { "" };
        let line: String = shown.iter().collect();
        let indent: String = shown
            .iter()
            .take(before - skipped)
            .filter_map(|c| blank(*c))
            .collect();
        let marked = shown.len().saturating_sub(before - skipped);
        let carets = "^".repeat(self.error.len.min(marked).max(1));
        writeln!(f, "{dots}{line}")?;
        writeln!(f, "{}{indent}{carets}", " ".repeat(dots.chars().count()))?;
        write!(f, "{}", sentence(&self.error))
    }
}

fn sentence(error: &FilterError) -> String {
    let meant = error
        .suggestion
        .as_deref()
        .map(|word| format!(" Did you mean {word}?"))
        .unwrap_or_default();
    format!("Column {}: {}.{meant}", error.column, error.mistake)
}

/// What takes as much room as a character and shows nothing; `None` for one that takes no room.
fn blank(c: char) -> Option<char> {
    match c {
        '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200d}' | '\u{fe00}'..='\u{fe0f}' => None,
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => Some('\u{3000}'),
        _ => Some(' '),
    }
}

/// A part as people say it.
pub(crate) fn percent(part: f64) -> String {
    format!("{:.0} %", part * 100.0)
}

/// Where results go, and in which form.
pub(crate) struct Output {
    json: bool,
}

impl Output {
    pub(crate) fn new(json: bool) -> Self {
        Self { json }
    }

    /// Prints a result: as one line of JSON, or as the text that `text` makes of it.
    pub(crate) fn give<T: Serialize>(
        &self,
        value: &T,
        text: impl FnOnce(&T) -> String,
    ) -> anyhow::Result<()> {
        let text = if self.json {
            serde_json::to_string(value)?
        } else {
            text(value)
        };
        let text = text.trim_end();
        if !text.is_empty() {
            writeln!(std::io::stdout(), "{text}")?;
        }
        Ok(())
    }

    /// Says why a command failed.
    pub(crate) fn fail(&self, error: &anyhow::Error) -> ExitCode {
        if let Some(mistake) = error.downcast_ref::<FilterMistake>() {
            let written = if self.json {
                let FilterMistake { error, .. } = mistake;
                let value = serde_json::json!({ "error": {
                    "code": "invalid",
                    "message": sentence(error),
                    "column": error.column,
                    "suggestion": error.suggestion,
                } });
                writeln!(std::io::stderr(), "{value}")
            } else {
                writeln!(std::io::stderr(), "{mistake}")
            };
            drop(written);
            return ExitCode::from(MISTAKE);
        }
        let known = error.downcast_ref::<Error>().map(IpcError::from);
        let written = match (self.json, known) {
            (true, Some(error)) => writeln!(
                std::io::stderr(),
                "{}",
                serde_json::json!({ "error": {
                    "code": error.code,
                    "remedy": error.remedy,
                    "message": error.message,
                } })
            ),
            (true, None) => writeln!(
                std::io::stderr(),
                "{}",
                serde_json::json!({ "error": { "code": "internal", "message": error.to_string() } })
            ),
            (false, Some(error)) => writeln!(std::io::stderr(), "{}", error.message),
            (false, None) => writeln!(std::io::stderr(), "{error:#}"),
        };
        // With nobody left to tell, the exit code says it.
        drop(written);
        let is_mistake = error.is::<Mistake>()
            || matches!(
                error.downcast_ref::<Error>(),
                Some(Error::Pattern(_) | Error::Filter(_))
            );
        if is_mistake {
            ExitCode::from(MISTAKE)
        } else {
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests;
