//! Whether the keyring of the session is still the one that it was.
//!
//! GNOME Keyring 42 ends itself ("expected GVariant of type 'v'") now and then when a client is
//! killed while it asks, about once in two thousand kills. The session's bus starts it again. Whoever
//! asked in that moment gets an error, which says nothing of Dayline.

use std::sync::Mutex;

use anyhow::{Context as _, Result};
use tokio::process::Command;

/// Knows which process the keyring is.
pub(super) struct KeyringWatch {
    known: Mutex<String>,
}

impl KeyringWatch {
    /// Takes the keyring that answers now.
    pub(super) async fn new() -> Result<Self> {
        let known = Mutex::new(process().await?);
        Ok(Self { known })
    }

    /// Whether another one answers than the last time.
    pub(super) async fn has_died(&self) -> Result<bool> {
        let now = process().await?;
        let mut known = self.known.lock().ok().context("a test panicked")?;
        let has_died = *known != now;
        if has_died {
            eprintln!("the session's keyring died and was started again");
        }
        *known = now;
        Ok(has_died)
    }
}

/// The keyring's process, as the bus knows it; none if it is not there.
async fn process() -> Result<String> {
    let output = Command::new("gdbus")
        .args(["call", "--session", "--dest", "org.freedesktop.DBus"])
        .args(["--object-path", "/org/freedesktop/DBus", "--method"])
        .arg("org.freedesktop.DBus.GetConnectionUnixProcessID")
        .arg("org.freedesktop.secrets")
        .output()
        .await
        .context("gdbus (Debian: libglib2.0-bin) could not be started")?;
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}
