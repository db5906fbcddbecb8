//! The frames of `GET /v1/connect`, one text message each.

use serde::{Deserialize, Serialize};

use crate::ChannelId;

/// What a device sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromDevice {
    /// The first frame, and the only one.
    Hello(Hello),
}

/// What a relay sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromRelay {
    /// The answer to [`FromDevice::Hello`].
    Welcome(Welcome),
    /// A channel has something new.
    Hint(Hint),
    /// More happened than the relay kept apart: any channel may have something new.
    Missed(Position),
    /// The relay hangs up.
    Bye(Bye),
}

/// A device says where it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hello {
    /// [`crate::VERSION`].
    pub version: u32,
    /// The position of the last frame it took in; none at the first time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last: Option<Position>,
}

/// The relay says where it is. Where that is not [`Hello::last`], something was missed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// [`crate::VERSION`].
    pub version: u32,
    /// Where the count stands.
    #[serde(flatten)]
    pub position: Position,
}

/// How much was announced to a device.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// In which epoch; opaque, at most 32 characters.
    pub epoch: String,
    /// How many announcements there were in this epoch, this one included.
    pub sequence: u64,
}

/// Something new, and nothing about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hint {
    /// Of which channel.
    pub channel: ChannelId,
    /// What the device should do.
    pub kind: HintKind,
    /// The position after it. A step of more than one means that something was missed.
    #[serde(flatten)]
    pub position: Position,
}

/// What a device should do about a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HintKind {
    /// Fetch what changed.
    Changed,
    /// Fetch what changed: the vendor says that it left out notifications.
    Missed,
    /// The subscription is gone: create it anew and fetch what changed.
    Removed,
    /// The subscription falls asleep unless it is authorised again.
    Reauthorize,
}

/// Why, and when to come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bye {
    /// Why.
    pub reason: Reason,
    /// Not before so many milliseconds.
    pub retry_after_ms: u64,
}

/// Why a relay hangs up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It stops; another, or the same again, will be there soon.
    Draining,
    /// The device connected a second time; the newer connection goes on.
    Replaced,
    /// The secret is no longer good.
    Revoked,
    /// The device sent what the protocol does not have.
    Protocol,
}
