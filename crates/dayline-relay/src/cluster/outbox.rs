//! Hints that wait to be carried to other nodes, and devices that nobody could be told about yet.
//!
//! No I/O here. Both are bounded: what does not fit is refused, or becomes "everybody missed
//! something".

use std::collections::HashSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

use dayline_relay_protocol::HintKind;
use tokio::sync::Notify;

use crate::seal::{ChannelNumber, DeviceId};

/// A hint for a device that is not here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Errand {
    /// Whose.
    pub device: DeviceId,
    /// Which of its channels.
    pub channel: ChannelNumber,
    /// What it should do.
    pub kind: HintKind,
}

/// What waits to be carried. Two of a kind are one.
#[derive(Debug)]
pub struct Outbox {
    most: usize,
    waiting: Mutex<HashSet<Errand>>,
    wake: Notify,
}

impl Outbox {
    /// For so many at most.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            waiting: Mutex::default(),
            wake: Notify::new(),
        }
    }

    /// Takes one in; `false` if there is no place.
    pub fn put(&self, errand: Errand) -> bool {
        let mut waiting = lock(&self.waiting);
        if waiting.len() >= self.most && !waiting.contains(&errand) {
            return false;
        }
        waiting.insert(errand);
        self.wake.notify_one();
        true
    }

    /// Waits for some, and takes all of them.
    ///
    /// # Cancel safety
    /// Nothing is lost when it is dropped.
    pub async fn take(&self) -> HashSet<Errand> {
        loop {
            let waiting = std::mem::take(&mut *lock(&self.waiting));
            if !waiting.is_empty() {
                return waiting;
            }
            self.wake.notified().await;
        }
    }
}

/// Who has still to be marked as having missed something.
#[derive(Debug)]
pub struct Unmarked {
    most: usize,
    who: Mutex<Who>,
}

/// Whose marks are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// These devices'.
    These(HashSet<DeviceId>),
    /// More than are kept apart: what is kept of any device may be wrong.
    Everybody,
}

impl Unmarked {
    /// For so many devices at most.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            who: Mutex::new(Who::These(HashSet::new())),
        }
    }

    /// One more could not be marked.
    pub fn add(&self, device: DeviceId) {
        let mut who = lock(&self.who);
        if let Who::These(devices) = &mut *who {
            devices.insert(device);
            if devices.len() > self.most {
                *who = Who::Everybody;
            }
        }
    }

    /// All of them could not be marked.
    pub fn add_all(&self) {
        *lock(&self.who) = Who::Everybody;
    }

    /// Takes them, to try again; `None` if there is nobody.
    pub fn take(&self) -> Option<Who> {
        let mut who = lock(&self.who);
        let taken = std::mem::replace(&mut *who, Who::These(HashSet::new()));
        (taken != Who::These(HashSet::new())).then_some(taken)
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errand(number: u8) -> Errand {
        Errand {
            device: DeviceId([number; 16]),
            channel: ChannelNumber([1; 8]),
            kind: HintKind::Changed,
        }
    }

    #[tokio::test]
    async fn two_of_a_kind_are_one_and_what_does_not_fit_is_refused() {
        let outbox = Outbox::new(2);
        assert!(outbox.put(errand(1)));
        assert!(outbox.put(errand(1)));
        assert!(outbox.put(errand(2)));
        assert!(!outbox.put(errand(3)));
        assert!(outbox.put(errand(2)));
        assert_eq!(outbox.take().await, HashSet::from([errand(1), errand(2)]));
        assert!(outbox.put(errand(3)));
    }

    #[test]
    fn too_many_unmarked_devices_are_everybody() {
        let unmarked = Unmarked::new(1);
        assert_eq!(unmarked.take(), None);
        unmarked.add(DeviceId([1; 16]));
        unmarked.add(DeviceId([1; 16]));
        assert_eq!(
            unmarked.take(),
            Some(Who::These(HashSet::from([DeviceId([1; 16])])))
        );
        unmarked.add(DeviceId([1; 16]));
        unmarked.add(DeviceId([2; 16]));
        assert_eq!(unmarked.take(), Some(Who::Everybody));
        assert_eq!(unmarked.take(), None);
    }
}
