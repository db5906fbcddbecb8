//! Secrets and channels: sealed texts that carry all that a relay has to know.
//!
//! So a webhook needs no database: whichever node gets it opens the channel and knows the device.
//! Why a text does not open is never told; forged, foreign, expired and revoked are one answer.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, TimeDelta, Utc};
use dayline_relay_protocol::{ChannelId, Vendor};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::keys::{Keys, Purpose};

/// A device exchanges its secret for a new one before that.
pub const SECRET_LIVES: TimeDelta = TimeDelta::days(30);
/// A device makes its subscriptions anew before that; vendors let none live for over a week.
pub const CHANNEL_LIVES: TimeDelta = TimeDelta::days(90);
/// No sealed text is longer; what is, is not looked at.
const LONGEST: usize = 128;
/// Clocks of nodes may differ by so much.
const SKEW: TimeDelta = TimeDelta::minutes(5);

/// A device. Means nothing outside of the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DeviceId(pub [u8; 16]);

impl DeviceId {
    /// A device that nobody has met; `None` if the system has no randomness.
    pub fn random() -> Option<Self> {
        Some(Self(random()?))
    }

    /// As it is written: 32 hexadecimal digits.
    pub fn digits(self) -> String {
        hex::encode(self.0)
    }

    /// Of its digits; `None` if they are none.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

/// A channel of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ChannelNumber(pub [u8; 8]);

impl ChannelNumber {
    /// As devices see it.
    pub fn id(self) -> ChannelId {
        ChannelId(hex::encode(self.0))
    }
}

/// What a vendor has to know to be believed; the front half of its SHA-256.
#[derive(Debug, Clone, Copy)]
pub struct StateHash([u8; 16]);

impl StateHash {
    /// Of the client state itself.
    pub fn of(client_state: &[u8]) -> Self {
        Self::front(Sha256::digest(client_state).into())
    }

    /// Of 64 hexadecimal digits; `None` if it is anything else.
    pub fn parse(digits: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(digits, &mut bytes).ok()?;
        Some(Self::front(bytes))
    }

    fn front(whole: [u8; 32]) -> Self {
        let mut front = [0; 16];
        front.copy_from_slice(whole.split_at(16).0);
        Self(front)
    }

    /// Compares in constant time.
    pub fn is(self, other: Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

/// What a secret says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Secret {
    /// Whose it is.
    pub device: DeviceId,
    /// Since when.
    pub issued: DateTime<Utc>,
}

/// What a channel says.
#[derive(Debug, Clone, Copy)]
pub struct Channel {
    /// Whose it is.
    pub device: DeviceId,
    /// Which of the device's.
    pub number: ChannelNumber,
    /// Since when.
    pub issued: DateTime<Utc>,
    /// What the vendor has to know.
    pub state: StateHash,
}

fn purpose(vendor: Vendor) -> Purpose {
    match vendor {
        Vendor::Microsoft => Purpose::Microsoft,
        Vendor::Google => Purpose::Google,
    }
}

impl Secret {
    /// Seals.
    pub fn seal(self, keys: &Keys) -> Option<String> {
        let mut plain = Vec::with_capacity(24);
        plain.extend_from_slice(&self.device.0);
        plain.extend_from_slice(&self.issued.timestamp_millis().to_be_bytes());
        Some(URL_SAFE_NO_PAD.encode(keys.seal(Purpose::Secret, &plain, self.issued)?))
    }

    /// Opens what is not over.
    pub fn open(keys: &Keys, text: &str, now: DateTime<Utc>) -> Option<Self> {
        let plain = open(keys, Purpose::Secret, text)?;
        let mut plain = plain.as_slice();
        let device = DeviceId(take(&mut plain)?);
        let issued = issued(&mut plain, now, SECRET_LIVES)?;
        plain.is_empty().then_some(Self { device, issued })
    }

    /// When it ends.
    pub fn expires(self) -> DateTime<Utc> {
        self.issued + SECRET_LIVES
    }
}

impl Channel {
    /// A new channel of a device; `None` if the system has no randomness.
    pub fn new(device: DeviceId, state: StateHash, now: DateTime<Utc>) -> Option<Self> {
        Some(Self {
            device,
            number: ChannelNumber(random()?),
            issued: now,
            state,
        })
    }

    /// Seals for one vendor.
    pub fn seal(&self, keys: &Keys, vendor: Vendor) -> Option<String> {
        let mut plain = Vec::with_capacity(48);
        plain.extend_from_slice(&self.device.0);
        plain.extend_from_slice(&self.number.0);
        plain.extend_from_slice(&self.issued.timestamp_millis().to_be_bytes());
        plain.extend_from_slice(&self.state.0);
        Some(URL_SAFE_NO_PAD.encode(keys.seal(purpose(vendor), &plain, self.issued)?))
    }

    /// Opens what is of this vendor and not over.
    pub fn open(keys: &Keys, vendor: Vendor, text: &str, now: DateTime<Utc>) -> Option<Self> {
        let plain = open(keys, purpose(vendor), text)?;
        let mut plain = plain.as_slice();
        let channel = Self {
            device: DeviceId(take(&mut plain)?),
            number: ChannelNumber(take(&mut plain)?),
            issued: issued(&mut plain, now, CHANNEL_LIVES)?,
            state: StateHash(take(&mut plain)?),
        };
        plain.is_empty().then_some(channel)
    }

    /// When it ends.
    pub fn expires(&self) -> DateTime<Utc> {
        self.issued + CHANNEL_LIVES
    }
}

fn open(keys: &Keys, purpose: Purpose, text: &str) -> Option<Vec<u8>> {
    if text.len() > LONGEST {
        return None;
    }
    keys.open(purpose, &URL_SAFE_NO_PAD.decode(text).ok()?)
}

fn issued(plain: &mut &[u8], now: DateTime<Utc>, lives: TimeDelta) -> Option<DateTime<Utc>> {
    let issued = DateTime::from_timestamp_millis(i64::from_be_bytes(take(plain)?))?;
    (issued <= now + SKEW && now < issued + lives).then_some(issued)
}

fn take<const N: usize>(plain: &mut &[u8]) -> Option<[u8; N]> {
    let (front, rest) = plain.split_first_chunk()?;
    *plain = rest;
    Some(*front)
}

fn random<const N: usize>() -> Option<[u8; N]> {
    let mut bytes = [0; N];
    OsRng.try_fill_bytes(&mut bytes).ok()?;
    Some(bytes)
}

#[cfg(test)]
mod tests;
