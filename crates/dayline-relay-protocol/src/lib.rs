//! What a device and the relay say to each other: the frames of the socket and the bodies of the
//! requests. JSON, in version 1, which the paths name (`/v1/…`).
//!
//! Nothing here does anything: no socket, no clock, no check beyond the shape. A member that is
//! not known is passed over, so that a later relay can say more to an older device; a frame of a
//! type that is not known does not parse, and who gets it decides what that means.
//!
//! `vectors/` holds every message as it stands on the wire; other implementations can be held
//! against it.
//!
//! # How a device knows that it missed something
//!
//! A relay counts what it announces to a device: the [`Position`] is the count, and the epoch in
//! which it was counted. A relay that does not know how far it had counted for a device (a new
//! process, another node, a device gone for long) begins a new epoch. So a device that finds
//! itself at another position than it was left at has missed something, and what it missed only
//! its providers can tell.

#![warn(missing_docs)]

mod api;
mod frames;

pub use api::{
    Channel, ChannelId, ChannelRequest, Device, ErrorBody, ErrorDetail, Rotation, Vendor,
};
pub use frames::{Bye, FromDevice, FromRelay, Hello, Hint, HintKind, Position, Reason, Welcome};

/// The version that these types describe.
pub const VERSION: u32 = 1;

/// No frame of a device is longer, in bytes.
pub const LONGEST_DEVICE_FRAME: usize = 1024;

/// No frame of a relay is longer, in bytes.
pub const LONGEST_RELAY_FRAME: usize = 4096;
