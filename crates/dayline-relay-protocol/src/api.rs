//! The bodies of the requests of a device.
//!
//! | request | body | answer |
//! |---|---|---|
//! | `POST /v1/devices` (bearer: admission token, where asked for) | none | 201 [`Device`] |
//! | `POST /v1/devices/secret` (bearer: secret) | [`Rotation`] or none | 200 [`Device`] |
//! | `DELETE /v1/devices` (bearer: secret) | none | 204 |
//! | `POST /v1/channels` (bearer: secret) | [`ChannelRequest`] | 201 [`Channel`] |
//! | `GET /v1/connect` (bearer: secret) | WebSocket upgrade | the frames |
//!
//! What is refused is answered with [`ErrorBody`].

use serde::{Deserialize, Serialize};

/// A device as the relay knows it. Its secret is all that there is of it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// The bearer token of the device; to be kept sealed.
    pub secret: String,
    /// Until when it is good, in seconds since 1970 (UTC). A new one is had for the old one.
    pub expires_at: i64,
}

// The secret must not get into a log by way of a debug print.
impl std::fmt::Debug for Device {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Device")
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// How a secret is exchanged for a new one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rotation {
    /// Whether every older secret of the device ends now; else each ends at its own time.
    #[serde(default)]
    pub revoke_older: bool,
}

/// Whose webhooks a channel takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vendor {
    /// Change notifications and lifecycle events of Microsoft Graph.
    Microsoft,
    /// Push notifications of Google's APIs.
    Google,
}

/// Asks for an address that a vendor can send to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChannelRequest {
    /// Who will send.
    pub vendor: Vendor,
    /// SHA-256 of Graph's `clientState` or Google's channel token, 64 hexadecimal digits.
    pub client_state_sha256: String,
}

/// An address that a vendor can send to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Channel {
    /// Under which name its hints come.
    pub id: ChannelId,
    /// The notification URL; for Graph the lifecycle URL as well.
    pub url: String,
    /// From when on nothing gets through any more, in seconds since 1970 (UTC).
    pub expires_at: i64,
}

// Who has the URL and the client state can send hints.
impl std::fmt::Debug for Channel {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Channel")
            .field("id", &self.id)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}

/// The name of a channel among those of its device: 16 hexadecimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChannelId(pub String);

/// Why a request was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorBody {
    /// In one member, as everywhere.
    pub error: ErrorDetail,
}

/// A refusal for programs and for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErrorDetail {
    /// For programs, for example `unauthorized`.
    pub code: String,
    /// For people.
    pub message: String,
}
