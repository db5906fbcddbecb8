//! The keys that seal channels and secrets, in a file of their own.
//!
//! One line a key: a number, when it was made (RFC 3339), and 32 bytes in base64. Every line
//! opens what was sealed with it. What seals is the newest key that is at least an hour old, so
//! that a new line can be brought to every node before the first channel depends on it; the
//! oldest where none is.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use aes_gcm_siv::aead::{Aead, Payload};
use aes_gcm_siv::{Aes256GcmSiv, KeyInit, Nonce};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, TimeDelta, Utc};
use rand::TryRngCore as _;
use rand::rngs::OsRng;

use crate::seal::CHANNEL_LIVES;

/// A key is brought to every node before it seals.
const OVERLAP: TimeDelta = TimeDelta::hours(1);
/// A key is kept for at least this.
const KEPT: TimeDelta = TimeDelta::days(180);
const HEAD: &str = "# Keys of a Dayline relay. Who has them can forge channels.\n";
const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 12;

/// Why there are no keys.
#[derive(Debug, thiserror::Error)]
pub enum KeysError {
    /// The file cannot be read or written.
    #[error("the key file {path} cannot be {doing}: {error}. {advice}", path = path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// `read` or `written`.
        doing: &'static str,
        /// What to do.
        advice: &'static str,
        /// What the system said.
        error: std::io::Error,
    },
    /// Somebody else may read the keys.
    #[error("the key file {path} can be read by everybody on this machine. Run: chmod 600 {path}", path = .0.display())]
    Open(PathBuf),
    /// A line is not a key.
    #[error(
        "line {line} of the key file is not a key: {what}. Restore the file: with a new one every device has to enrol anew"
    )]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong with it.
        what: &'static str,
    },
    /// There is no line.
    #[error("the key file holds no key. Make one with `dayline-relay keygen --keys FILE`")]
    Empty,
    /// All numbers are taken.
    #[error("the key file holds 255 keys that are not old enough to be dropped")]
    Full,
}

/// The cipher of one purpose cannot be confused with that of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A device's secret.
    Secret,
    /// A channel for Microsoft's notifications.
    Microsoft,
    /// A channel for Google's notifications.
    Google,
}

impl Purpose {
    fn context(self) -> &'static [u8] {
        match self {
            Self::Secret => b"dayline-relay/1 secret",
            Self::Microsoft => b"dayline-relay/1 microsoft",
            Self::Google => b"dayline-relay/1 google",
        }
    }
}

struct Key {
    made: DateTime<Utc>,
    bytes: [u8; KEY_BYTES],
}

/// All keys of a relay.
pub struct Keys {
    keys: BTreeMap<u8, Key>,
    ciphers: BTreeMap<u8, Aes256GcmSiv>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys([{} REDACTED])", self.keys.len())
    }
}

impl Keys {
    /// Reads a key file.
    ///
    /// # Errors
    /// [`KeysError`], in words for the operator.
    pub fn load(path: &Path) -> Result<Self, KeysError> {
        let file = |error| KeysError::File {
            path: path.to_owned(),
            doing: "read",
            advice: "Make one with `dayline-relay keygen --keys FILE`",
            error,
        };
        let text = std::fs::read_to_string(path).map_err(file)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = std::fs::metadata(path).map_err(file)?.permissions().mode();
            if mode & 0o004 != 0 {
                return Err(KeysError::Open(path.to_owned()));
            }
        }
        Self::parse(&text)
    }

    /// Reads the text of a key file.
    ///
    /// # Errors
    /// [`KeysError::Line`] and [`KeysError::Empty`].
    pub fn parse(text: &str) -> Result<Self, KeysError> {
        let mut keys = BTreeMap::new();
        for (index, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (id, key) = key_of(line).map_err(|what| KeysError::Line {
                line: index.saturating_add(1),
                what,
            })?;
            if keys.insert(id, key).is_some() {
                return Err(KeysError::Line {
                    line: index.saturating_add(1),
                    what: "its number is taken",
                });
            }
        }
        if keys.is_empty() {
            return Err(KeysError::Empty);
        }
        Ok(Self::of(keys))
    }

    fn of(keys: BTreeMap<u8, Key>) -> Self {
        let ciphers = keys
            .iter()
            .map(|(id, key)| (*id, Aes256GcmSiv::new(&key.bytes.into())))
            .collect();
        Self { keys, ciphers }
    }

    /// Adds a new key to a file, and makes the file if there is none; drops keys that sealed
    /// nothing that is still alive. The file changes as a whole or not at all.
    ///
    /// # Errors
    /// [`KeysError`]; a file with a line that is not a key is left as it is.
    pub fn add_to(path: &Path, now: DateTime<Utc>) -> Result<usize, KeysError> {
        let mut keys = match Self::load(path) {
            Ok(known) => known.keys,
            Err(KeysError::Empty) => BTreeMap::new(),
            Err(KeysError::File { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => {
                BTreeMap::new()
            }
            Err(error) => return Err(error),
        };
        // A key seals until the next one does, and what it sealed last lives on from there.
        let successors: Vec<_> = keys.values().map(|key| key.made).collect();
        keys.retain(|_, key| {
            let mut later = successors.iter().filter(|made| **made > key.made);
            let is_over = later.any(|made| now - *made > OVERLAP + CHANNEL_LIVES);
            !is_over || now - key.made < KEPT
        });
        let id = (1..=u8::MAX)
            .find(|id| !keys.contains_key(id))
            .ok_or(KeysError::Full)?;
        let mut bytes = [0; KEY_BYTES];
        let written = |error| KeysError::File {
            path: path.to_owned(),
            doing: "written",
            advice: "Give a folder that exists and that you may write to",
            error,
        };
        OsRng
            .try_fill_bytes(&mut bytes)
            .map_err(|error| written(std::io::Error::other(error)))?;
        keys.insert(id, Key { made: now, bytes });
        let lines = keys.iter().map(|(id, key)| {
            let made = key.made.to_rfc3339_opts(chrono::SecondsFormat::Secs, true);
            format!("{id} {made} {}\n", STANDARD.encode(key.bytes))
        });
        let text: String = std::iter::once(HEAD.to_owned()).chain(lines).collect();
        write_privately(path, &text).map_err(written)?;
        Ok(keys.len())
    }

    /// How many keys there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Never: there is always a key.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Seals with the key of the hour.
    ///
    /// Shape: the key's number, a nonce, the ciphertext with its tag. `None` only if the system
    /// has no randomness.
    pub fn seal(&self, purpose: Purpose, plain: &[u8], now: DateTime<Utc>) -> Option<Vec<u8>> {
        let id = self.sealing(now)?;
        let mut nonce = [0; NONCE_BYTES];
        OsRng.try_fill_bytes(&mut nonce).ok()?;
        let payload = Payload {
            msg: plain,
            aad: purpose.context(),
        };
        let cipher = self.ciphers.get(&id)?;
        let ciphertext = cipher.encrypt(&Nonce::from(nonce), payload).ok()?;
        let mut sealed = Vec::with_capacity(1 + NONCE_BYTES + ciphertext.len());
        sealed.push(id);
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Some(sealed)
    }

    /// Opens what was sealed for the same purpose; `None` whatever is wrong with it.
    pub fn open(&self, purpose: Purpose, sealed: &[u8]) -> Option<Vec<u8>> {
        let (id, rest) = sealed.split_first()?;
        let (nonce, ciphertext) = rest.split_at_checked(NONCE_BYTES)?;
        let nonce: [u8; NONCE_BYTES] = nonce.try_into().ok()?;
        let payload = Payload {
            msg: ciphertext,
            aad: purpose.context(),
        };
        self.ciphers
            .get(id)?
            .decrypt(&Nonce::from(nonce), payload)
            .ok()
    }

    fn sealing(&self, now: DateTime<Utc>) -> Option<u8> {
        let by_age = |(id, key): (&u8, &Key)| (key.made, *id);
        let known_everywhere = self
            .keys
            .iter()
            .filter(|(_, key)| now - key.made >= OVERLAP);
        known_everywhere
            .map(by_age)
            .max()
            .or_else(|| self.keys.iter().map(by_age).min())
            .map(|(_, id)| id)
    }
}

fn key_of(line: &str) -> Result<(u8, Key), &'static str> {
    let mut words = line.split_whitespace();
    let id = words.next().and_then(|word| word.parse().ok());
    let id = id.ok_or("it does not begin with a number from 0 to 255")?;
    let made = words
        .next()
        .and_then(|word| DateTime::parse_from_rfc3339(word).ok())
        .ok_or("its second word is no time")?
        .to_utc();
    let bytes = words
        .next()
        .and_then(|word| STANDARD.decode(word).ok())
        .and_then(|bytes| bytes.try_into().ok())
        .ok_or("its third word is not 32 bytes in base64")?;
    if words.next().is_some() {
        return Err("it has more than three words");
    }
    Ok((id, Key { made, bytes }))
}

/// Writes beside the file and then takes its place.
fn write_privately(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_extension("new");
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(&beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    put(&beside, path)
}

/// Puts a file in the place of another one, and on the disk: what is added to a file whose name
/// is lost in a crash is lost with it.
pub(crate) fn put(beside: &Path, path: &Path) -> std::io::Result<()> {
    std::fs::rename(beside, path)?;
    #[cfg(unix)]
    {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        std::fs::File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
