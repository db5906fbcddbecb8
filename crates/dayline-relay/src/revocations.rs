//! What is no longer good although it is not over: an append-only file.
//!
//! One line a revocation: what it ends (`secrets` or `device`), whose (32 hexadecimal digits), and
//! from when back (RFC 3339). A line ends everything of the device that was issued before its
//! time; `device` ends its channels as well. Lines that can end nothing any more are left out when
//! the file is read and rewritten at the start.

use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock};

use chrono::{DateTime, SecondsFormat, SubsecRound as _, Utc};

use crate::seal::{CHANNEL_LIVES, Channel, DeviceId, SECRET_LIVES, Secret};

/// Why a revocation is not known for sure.
#[derive(Debug, thiserror::Error)]
pub enum RevocationsError {
    /// The file cannot be used.
    #[error("the file of revocations {path} cannot be used: {error}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        error: std::io::Error,
    },
    /// A line is none.
    #[error("line {line} of {path} is no revocation. Take it out, or restore the file; without it, what was revoked would be good again", path = path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
    },
}

/// What a revocation ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// The secrets.
    Secrets,
    /// The secrets and the channels.
    Device,
}

impl Ends {
    /// As it is written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Secrets => "secrets",
            Self::Device => "device",
        }
    }

    /// Of its word.
    pub fn of(word: &str) -> Option<Self> {
        [Self::Secrets, Self::Device]
            .into_iter()
            .find(|ends| ends.word() == word)
    }
}

#[derive(Debug, Default, Clone, Copy)]
struct Ended {
    secrets: Option<DateTime<Utc>>,
    channels: Option<DateTime<Utc>>,
}

/// All revocations that can still end something.
#[derive(Debug, Default)]
pub struct Revocations {
    ended: RwLock<HashMap<DeviceId, Ended>>,
    file: Option<Mutex<Lines>>,
}

/// The file, which ends with a whole line.
#[derive(Debug)]
struct Lines {
    file: File,
    length: u64,
    /// What the disk did not take; who was revoked cannot ask for it again.
    waiting: String,
}

impl Revocations {
    /// Reads the file, or makes it. Without a file they are kept until the process ends.
    ///
    /// # Errors
    /// [`RevocationsError`], in words for the operator.
    pub fn open(path: &Path, now: DateTime<Utc>) -> Result<Self, RevocationsError> {
        let failed = |error| RevocationsError::File {
            path: path.to_owned(),
            error,
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed(error)),
        };
        let revocations = Self::default();
        let mut kept = String::new();
        for (index, line) in text.lines().enumerate() {
            let Some((ends, device, before)) = parse(line) else {
                // A crash in the middle of a line leaves a tail that was never answered for.
                if index.saturating_add(1) == text.lines().count() && !text.ends_with('\n') {
                    break;
                }
                return Err(RevocationsError::Line {
                    path: path.to_owned(),
                    line: index.saturating_add(1),
                });
            };
            let lives = match ends {
                Ends::Secrets => SECRET_LIVES,
                Ends::Device => CHANNEL_LIVES,
            };
            if now < before + lives {
                revocations.remember(ends, device, before);
                kept.push_str(line);
                kept.push('\n');
            }
        }
        let beside = path.with_extension("new");
        let mut file = File::create(&beside).map_err(failed)?;
        file.write_all(kept.as_bytes()).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        crate::keys::put(&beside, path).map_err(failed)?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed)?;
        let length = file.metadata().map_err(failed)?.len();
        Ok(Self {
            file: Some(Mutex::new(Lines {
                file,
                length,
                waiting: String::new(),
            })),
            ..revocations
        })
    }

    /// Ends what was issued to a device before a time. It is on the disk when this returns.
    ///
    /// # Errors
    /// If the disk does not take it; it holds in this process all the same, and is written with
    /// the next one or by [`Self::write_again`].
    pub fn revoke(
        &self,
        ends: Ends,
        device: DeviceId,
        before: DateTime<Utc>,
    ) -> std::io::Result<()> {
        // What is issued is of a whole millisecond.
        let before = before.trunc_subsecs(3);
        self.remember(ends, device, before);
        let Some(file) = &self.file else {
            return Ok(());
        };
        let line = format!("{} {} {}\n", ends.word(), device.digits(), written(before));
        let mut lines = file.lock().unwrap_or_else(PoisonError::into_inner);
        lines.waiting.push_str(&line);
        lines.write()
    }

    /// Tries again to write what the disk did not take.
    ///
    /// # Errors
    /// If it still does not.
    pub fn write_again(&self) -> std::io::Result<()> {
        self.file.as_ref().map_or(Ok(()), |lines| {
            lines.lock().unwrap_or_else(PoisonError::into_inner).write()
        })
    }

    /// Whether a device's secrets were ended after a time.
    pub fn has_ended_since(&self, device: DeviceId, time: DateTime<Utc>) -> bool {
        self.of(device).secrets.is_some_and(|before| before > time)
    }

    /// Whether a secret was revoked.
    pub fn has_secret(&self, secret: &Secret) -> bool {
        let ended = self.of(secret.device).secrets;
        ended.is_some_and(|before| secret.issued < before)
    }

    /// Whether a channel was revoked.
    pub fn has_channel(&self, channel: &Channel) -> bool {
        let ended = self.of(channel.device).channels;
        ended.is_some_and(|before| channel.issued < before)
    }

    /// Whether this or more was revoked already.
    pub fn knows(&self, ends: Ends, device: DeviceId, before: DateTime<Utc>) -> bool {
        let ended = self.of(device);
        let known = match ends {
            Ends::Secrets => ended.secrets,
            Ends::Device => ended.channels,
        };
        known.is_some_and(|known| known >= before.trunc_subsecs(3))
    }

    fn of(&self, device: DeviceId) -> Ended {
        let ended = self.ended.read().unwrap_or_else(PoisonError::into_inner);
        ended.get(&device).copied().unwrap_or_default()
    }

    fn remember(&self, ends: Ends, device: DeviceId, before: DateTime<Utc>) {
        let mut ended = self.ended.write().unwrap_or_else(PoisonError::into_inner);
        let ended = ended.entry(device).or_default();
        ended.secrets = ended.secrets.max(Some(before));
        if ends == Ends::Device {
            ended.channels = ended.channels.max(Some(before));
        }
    }
}

impl Lines {
    /// Puts on the disk what waits.
    fn write(&mut self) -> std::io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        // A disk that was full left the front of a line, and the next one must not join it.
        if self.file.metadata()?.len() != self.length {
            self.file.set_len(self.length)?;
        }
        self.file.write_all(self.waiting.as_bytes())?;
        self.file.sync_data()?;
        self.length = self.length.saturating_add(self.waiting.len() as u64);
        self.waiting.clear();
        Ok(())
    }
}

fn parse(line: &str) -> Option<(Ends, DeviceId, DateTime<Utc>)> {
    let mut words = line.split(' ');
    let ends = Ends::of(words.next()?)?;
    let device = DeviceId::parse(words.next()?)?;
    let before = time(words.next()?)?;
    words.next().is_none().then_some((ends, device, before))
}

/// A time as it is written.
pub fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A time that was [`written`].
pub fn time(text: &str) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc())
}

#[cfg(test)]
mod tests;
