//! What nodes say to each other: on which subjects, and in which bytes.
//!
//! Only ever a device, a channel's number, what the device should do, and where its count stands.

use bytes::Bytes;
use dayline_relay_protocol::HintKind;

use crate::registry::Count;
use crate::seal::{ChannelNumber, DeviceId};

/// The stream that keeps the [`Whereabouts`] of each device that is away, its last one only.
pub const STREAM: &str = "DAYLINE_MISSED";
/// All subjects of [`STREAM`].
pub const STREAM_SUBJECTS: &str = "dayline.missed.>";

/// A process, for as long as it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeId(pub u64);

/// What is said to the nodes that hold a device's sockets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Say {
    /// A channel has something new.
    Hint(ChannelNumber, HintKind),
    /// Something was announced, and it is no longer known what.
    Missed,
    /// The device connected to this node; older sockets of it are over.
    Moved(NodeId),
}

/// What the stream keeps of a device.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whereabouts {
    /// Some node has it.
    Here,
    /// It went, and its count stands there.
    Left(Count),
    /// Something was announced while no node had it.
    Missed,
}

/// Where a device is spoken to. The first byte of its number is the shard, so that streams and
/// accounts can be split along it.
pub fn hint_subject(device: DeviceId) -> String {
    subject("hint", device)
}

/// Where a device's [`Whereabouts`] are kept.
pub fn missed_subject(device: DeviceId) -> String {
    subject("missed", device)
}

fn subject(what: &str, device: DeviceId) -> String {
    let digits = device.digits();
    let shard = digits.get(..2).unwrap_or_default();
    format!("dayline.{what}.{shard}.{digits}")
}

const HINT: u8 = 1;
const MOVED: u8 = 2;
const LOST: u8 = 3;
const HERE: u8 = 1;
const LEFT: u8 = 2;
const MISSED: u8 = 3;

impl Say {
    /// As it is sent.
    pub fn encode(self) -> Bytes {
        let mut bytes = Vec::with_capacity(10);
        match self {
            Self::Hint(channel, kind) => {
                bytes.extend([HINT, code(kind)]);
                bytes.extend(channel.0);
            }
            Self::Missed => bytes.push(LOST),
            Self::Moved(node) => {
                bytes.push(MOVED);
                bytes.extend(node.0.to_be_bytes());
            }
        }
        bytes.into()
    }

    /// As it came; `None` if a node of another version means something that is not known here.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        match bytes.split_first()? {
            (&HINT, rest) => {
                let (&kind, channel) = rest.split_first()?;
                Some(Self::Hint(
                    ChannelNumber(channel.try_into().ok()?),
                    kind_of(kind)?,
                ))
            }
            (&MOVED, node) => Some(Self::Moved(NodeId(u64::from_be_bytes(
                node.try_into().ok()?,
            )))),
            (&LOST, []) => Some(Self::Missed),
            _ => None,
        }
    }
}

impl Whereabouts {
    /// As it is kept.
    pub fn encode(self) -> Bytes {
        let mut bytes = Vec::with_capacity(17);
        match self {
            Self::Here => bytes.push(HERE),
            Self::Left(count) => {
                bytes.push(LEFT);
                bytes.extend(count.epoch.to_be_bytes());
                bytes.extend(count.sequence.to_be_bytes());
            }
            Self::Missed => bytes.push(MISSED),
        }
        bytes.into()
    }

    /// As it was kept. What is not known counts as missed.
    pub fn decode(bytes: &[u8]) -> Self {
        let left = || {
            let (epoch, sequence) = bytes.strip_prefix(&[LEFT])?.split_at_checked(8)?;
            Some(Self::Left(Count {
                epoch: u64::from_be_bytes(epoch.try_into().ok()?),
                sequence: u64::from_be_bytes(sequence.try_into().ok()?),
            }))
        };
        match bytes {
            [HERE] => Self::Here,
            _ => left().unwrap_or(Self::Missed),
        }
    }
}

fn code(kind: HintKind) -> u8 {
    match kind {
        HintKind::Changed => 0,
        HintKind::Missed => 1,
        HintKind::Removed => 2,
        HintKind::Reauthorize => 3,
    }
}

fn kind_of(code: u8) -> Option<HintKind> {
    [
        HintKind::Changed,
        HintKind::Missed,
        HintKind::Removed,
        HintKind::Reauthorize,
    ]
    .into_iter()
    .find(|kind| self::code(*kind) == code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn subjects_name_the_shard_and_the_device() {
        let device = DeviceId([0xA7; 16]);
        assert_eq!(
            hint_subject(device),
            "dayline.hint.a7.a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7"
        );
        assert!(missed_subject(device).starts_with("dayline.missed.a7."));
    }

    #[test]
    fn what_is_said_is_understood() {
        for kind in [
            HintKind::Changed,
            HintKind::Missed,
            HintKind::Removed,
            HintKind::Reauthorize,
        ] {
            let hint = Say::Hint(ChannelNumber([7; 8]), kind);
            assert_eq!(Say::decode(&hint.encode()), Some(hint));
        }
        for said in [Say::Missed, Say::Moved(NodeId(u64::MAX - 1))] {
            assert_eq!(Say::decode(&said.encode()), Some(said));
        }
        let count = Count {
            epoch: 3,
            sequence: u64::MAX,
        };
        for kept in [
            Whereabouts::Here,
            Whereabouts::Left(count),
            Whereabouts::Missed,
        ] {
            assert_eq!(Whereabouts::decode(&kept.encode()), kept);
        }
    }

    proptest! {
        #[test]
        fn other_bytes_do_no_harm(bytes: Vec<u8>) {
            if let Some(said) = Say::decode(&bytes) {
                prop_assert_eq!(said.encode(), bytes.clone());
            }
            let kept = Whereabouts::decode(&bytes);
            prop_assert!(kept == Whereabouts::Missed || kept.encode() == bytes);
        }
    }
}
