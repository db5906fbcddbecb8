//! The system's opener, replaced on PATH by a script that writes down what it was given.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::wait;

/// A folder for PATH with an `xdg-open` that only remembers.
pub struct Opener {
    folder: PathBuf,
    log: PathBuf,
}

impl Opener {
    /// Writes the script into `folder`.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn install(folder: &Path) -> Result<Self> {
        let log = folder.join("opened");
        let script = folder.join("xdg-open");
        // One line per argument, so that the exact argv can be compared.
        let text = format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >> '{}'\n", log.display());
        std::fs::write(&script, text)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755))?;
        }
        Ok(Self {
            folder: folder.to_owned(),
            log,
        })
    }

    /// PATH with the script in front.
    pub fn path(&self) -> String {
        let rest = std::env::var("PATH").unwrap_or_default();
        format!("{}:{rest}", self.folder.display())
    }

    /// Everything opened so far.
    ///
    /// # Errors
    /// The log cannot be read.
    pub fn opened(&self) -> Result<Vec<String>> {
        match std::fs::read_to_string(&self.log) {
            Ok(text) => Ok(text.lines().map(str::to_owned).collect()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }

    /// Waits for the link number `count` and gives it.
    ///
    /// # Errors
    /// It does not come.
    pub async fn wait_for(&self, count: usize) -> Result<String> {
        wait::until("a link to be opened", async || {
            Ok(self.opened()?.get(count - 1).cloned())
        })
        .await
    }
}
