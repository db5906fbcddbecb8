//! What a life writes to its log, and what must not stand in there.

use std::io::Write;
use std::sync::{Arc, Mutex};

use tracing::Level;
use tracing::Subscriber;
use tracing_subscriber::fmt::MakeWriter;

use crate::edit::{CANARY, INVITED};
use crate::relay;

/// How the tokens and secrets of the simulator and of the relay begin.
const SECRETS: [&str; 5] = [
    "sim-at-",
    "sim-rt-",
    "GOCSPX-",
    relay::SECRET,
    relay::CHANNEL,
];

/// The first secret in a text, by how it begins.
pub fn find_secret(text: &[u8]) -> Option<&'static str> {
    SECRETS
        .into_iter()
        .find(|secret| memchr::memmem::find(text, secret.as_bytes()).is_some())
}

/// Everything that was logged since the last look.
#[derive(Debug, Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl Logs {
    /// Writes everything that Dayline logs here.
    pub fn subscriber(&self) -> impl Subscriber + Send + Sync + use<> {
        tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .with_writer(self.clone())
            .without_time()
            .with_ansi(false)
            .finish()
    }

    /// No secret, title, place or address stands in the log.
    pub fn look(&self) -> Result<(), String> {
        let logged = std::mem::take(&mut *self.0.lock().unwrap());
        let content = [CANARY, INVITED, "@"]
            .into_iter()
            .find(|text| memchr::memmem::find(&logged, text.as_bytes()).is_some());
        let Some(found) = find_secret(&logged).or(content) else {
            return Ok(());
        };
        let text = String::from_utf8_lossy(&logged);
        let line = text.lines().find(|line| line.contains(found));
        Err(format!("{found} is logged: {}", line.unwrap_or_default()))
    }
}

impl Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Logs {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}
