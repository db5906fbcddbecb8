//! Text for people, JSON for programs.

use std::io::Write as _;
use std::process::ExitCode;

use dayline_engine::Error;
use dayline_engine::view::IpcError;
use serde::Serialize;

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
        let known = error.downcast_ref::<Error>().map(IpcError::from);
        let written = match (self.json, known) {
            (true, Some(error)) => writeln!(
                std::io::stderr(),
                "{}",
                serde_json::json!({ "error": { "code": error.code, "message": error.message } })
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
        ExitCode::FAILURE
    }
}
