//! How much was announced to a device.
//!
//! What nobody has sent yet is joined by channel and kind. What a device that is away is to be told
//! is one number.

use std::collections::BTreeSet;

use serde_json::{Value, json};

/// The count of a device.
#[derive(Debug)]
pub(super) struct Count {
    epoch: String,
    sequence: u64,
    /// What waits for the device's line.
    pending: BTreeSet<(String, &'static str)>,
}

impl Count {
    /// A new epoch; `word` has to be random.
    pub(super) fn begin(word: u64) -> Self {
        Self {
            epoch: format!("{word:016x}"),
            sequence: 0,
            pending: BTreeSet::new(),
        }
    }

    /// Something is new. `is_here`: the device is connected.
    pub(super) fn announce(&mut self, is_here: bool, channel: &str, kind: &'static str) {
        if is_here {
            self.pending.insert((channel.to_owned(), kind));
        } else {
            self.sequence += 1;
        }
    }

    /// What was not sent counts as missed.
    pub(super) fn settle(&mut self) {
        if !std::mem::take(&mut self.pending).is_empty() {
            self.sequence += 1;
        }
    }

    pub(super) fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }

    /// The hints that wait, as frames.
    pub(super) fn take(&mut self) -> Vec<String> {
        let pending = std::mem::take(&mut self.pending);
        let frames = pending.into_iter().map(|(channel, kind)| {
            self.sequence += 1;
            hint(&channel, kind, &self.epoch, self.sequence).to_string()
        });
        frames.collect()
    }

    pub(super) fn welcome(&self) -> Value {
        json!({"type": "welcome", "version": 1, "epoch": self.epoch, "sequence": self.sequence})
    }
}

pub(super) fn hint(channel: &str, kind: &str, epoch: &str, sequence: u64) -> Value {
    json!({"type": "hint", "channel": channel, "kind": kind, "epoch": epoch, "sequence": sequence})
}

pub(super) fn bye(reason: &str, retry_after_ms: u64) -> Value {
    json!({"type": "bye", "reason": reason, "retry_after_ms": retry_after_ms})
}
