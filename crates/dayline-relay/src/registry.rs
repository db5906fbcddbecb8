//! Which devices are here, and what each has to be told.
//!
//! Everything is in memory and may be lost at any moment: a device that finds another epoch looks
//! for itself. What is kept of a device that is away is where its count stands, for a day at
//! most. No I/O and no clock here; the time comes in.
//!
//! Two announcements of the same kind about the same channel that nobody has sent yet are one.

use std::collections::{BTreeSet, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use dayline_relay_protocol::{FromRelay, Hint, HintKind, Position, Reason};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use tokio::sync::Notify;

use crate::seal::{ChannelNumber, DeviceId};

/// More than so many different announcements to one device become one: look at everything.
const MOST_PENDING: usize = 256;
/// A device that is away for longer begins anew.
const REMEMBERED: Duration = Duration::from_hours(24);
/// Locks, so that devices rarely wait for each other.
const SHARDS: usize = 64;

/// What happened to an announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Announced {
    /// It waits for the device's socket.
    Queued,
    /// The same waits already.
    Coalesced,
    /// The device is away; it will find that its count went on.
    Marked,
    /// The device is not known here; it will find a new epoch.
    Unknown,
}

/// All devices of a process.
#[derive(Debug)]
pub struct Registry {
    shards: Vec<Mutex<HashMap<DeviceId, Device>>>,
    /// Devices that are away and more than this are forgotten, the longest away first.
    most_away: usize,
    links: AtomicU64,
}

/// How much was announced to a device, and since when that is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// Random; another one means that the count began anew.
    pub epoch: u64,
    /// Announcements in this epoch.
    pub sequence: u64,
}

/// A connection's place in the registry.
#[derive(Debug)]
pub struct Link {
    device: DeviceId,
    number: u64,
    wake: Arc<Notify>,
}

#[derive(Debug)]
struct Device {
    count: Count,
    presence: Presence,
}

#[derive(Debug)]
enum Presence {
    Away { since: Instant },
    Here(Box<Here>),
}

#[derive(Debug)]
struct Here {
    link: u64,
    wake: Arc<Notify>,
    pending: BTreeSet<(ChannelNumber, HintKind)>,
    overflown: bool,
    /// Why this connection has to end.
    over: Option<Reason>,
}

impl Registry {
    /// A registry that remembers at most so many devices that are away.
    pub fn new(most_away: usize) -> Self {
        Self {
            shards: (0..SHARDS).map(|_| Mutex::default()).collect(),
            most_away,
            links: AtomicU64::new(1),
        }
    }

    /// A device is here; tells where its count stands.
    ///
    /// An older connection of the same device is replaced. The count goes on from `start` if the
    /// device is not known.
    pub fn connect(&self, device: DeviceId, start: Count) -> (Link, Position) {
        let number = self.links.fetch_add(1, Ordering::Relaxed);
        let wake = Arc::new(Notify::new());
        let mut shard = self.shard(device);
        let known = shard.entry(device).or_insert_with(|| Device {
            count: start,
            presence: Presence::Away {
                since: Instant::now(),
            },
        });
        known.settle();
        if let Presence::Here(older) = &known.presence {
            // It finds that it is no longer the one that is here.
            older.wake.notify_one();
        }
        known.presence = Presence::Here(Box::new(Here {
            link: number,
            wake: Arc::clone(&wake),
            pending: BTreeSet::new(),
            overflown: false,
            over: None,
        }));
        let position = known.count.position();
        let link = Link {
            device,
            number,
            wake,
        };
        (link, position)
    }

    /// A connection ended.
    pub fn disconnect(&self, link: &Link, now: Instant) {
        let mut shard = self.shard(link.device);
        let Some(device) = shard.get_mut(&link.device) else {
            return;
        };
        if device.here(link).is_some() {
            device.settle();
            device.presence = Presence::Away { since: now };
        }
    }

    /// A connection ended, and the device is not remembered; tells where its count stands, unless
    /// a newer connection goes on with it.
    pub fn leave(&self, link: &Link) -> Option<Count> {
        let mut shard = self.shard(link.device);
        let device = shard.get_mut(&link.device)?;
        device.here(link)?;
        device.settle();
        let count = device.count;
        shard.remove(&link.device);
        Some(count)
    }

    /// Something has to be told to a device.
    pub fn announce(&self, device: DeviceId, channel: ChannelNumber, kind: HintKind) -> Announced {
        let mut shard = self.shard(device);
        let Some(device) = shard.get_mut(&device) else {
            return Announced::Unknown;
        };
        match &mut device.presence {
            Presence::Away { .. } => {
                device.count.step();
                Announced::Marked
            }
            Presence::Here(here) => {
                if here.overflown || here.pending.contains(&(channel, kind)) {
                    return Announced::Coalesced;
                }
                if here.pending.len() >= MOST_PENDING {
                    here.pending.clear();
                    here.overflown = true;
                } else {
                    here.pending.insert((channel, kind));
                }
                here.wake.notify_one();
                Announced::Queued
            }
        }
    }

    /// Something was not told to a device, and nobody knows what; `false` if it is no longer here.
    pub fn missed(&self, link: &Link) -> bool {
        let mut shard = self.shard(link.device);
        let device = shard.get_mut(&link.device);
        let Some(here) = device.and_then(|device| device.here(link)) else {
            return false;
        };
        here.pending.clear();
        here.overflown = true;
        here.wake.notify_one();
        true
    }

    /// What has to be sent on a connection now.
    ///
    /// # Errors
    /// Why the connection has to end.
    pub fn take(&self, link: &Link) -> Result<Vec<FromRelay>, Reason> {
        let mut shard = self.shard(link.device);
        let device = shard.get_mut(&link.device).ok_or(Reason::Replaced)?;
        let here = device.here(link).ok_or(Reason::Replaced)?;
        if let Some(reason) = here.over {
            return Err(reason);
        }
        let overflown = std::mem::take(&mut here.overflown);
        let pending = std::mem::take(&mut here.pending);
        if overflown {
            device.count.step();
            return Ok(vec![FromRelay::Missed(device.count.position())]);
        }
        let frames = pending.into_iter().map(|(channel, kind)| {
            device.count.step();
            FromRelay::Hint(Hint {
                channel: channel.id(),
                kind,
                position: device.count.position(),
            })
        });
        Ok(frames.collect())
    }

    /// Ends the connection of a device whose secrets are no longer good, and forgets it.
    pub fn revoke(&self, device: DeviceId) {
        let mut shard = self.shard(device);
        if let Some(Device {
            presence: Presence::Here(here),
            ..
        }) = shard.get_mut(&device)
        {
            here.over = Some(Reason::Revoked);
            here.wake.notify_one();
        } else {
            shard.remove(&device);
        }
    }

    /// Sends every device that is here away.
    pub fn drain(&self) {
        for shard in &self.shards {
            for device in lock(shard).values_mut() {
                if let Presence::Here(here) = &mut device.presence {
                    here.over = Some(Reason::Draining);
                    here.wake.notify_one();
                }
            }
        }
    }

    /// Forgets the devices that are away for too long, or too many; to be called now and then.
    pub fn forget(&self, now: Instant) {
        let away = self.each_away(|since| now.saturating_duration_since(since) < REMEMBERED);
        let Some(too_many) = away.len().checked_sub(self.most_away).filter(|n| *n > 0) else {
            return;
        };
        let mut away = away;
        away.sort_unstable();
        let limit = away.get(too_many.saturating_sub(1)).copied();
        self.each_away(|since| limit.is_none_or(|limit| since > limit));
    }

    /// How many devices are here, and how many are remembered.
    pub fn count(&self) -> (usize, usize) {
        let mut count = (0, 0);
        for shard in &self.shards {
            for device in lock(shard).values() {
                match device.presence {
                    Presence::Here(_) => count.0 += 1,
                    Presence::Away { .. } => count.1 += 1,
                }
            }
        }
        count
    }

    /// Keeps those who are away since then, if `keep` says so; tells since when they are.
    fn each_away(&self, keep: impl Fn(Instant) -> bool) -> Vec<Instant> {
        let mut kept = Vec::new();
        for shard in &self.shards {
            lock(shard).retain(|_, device| match device.presence {
                Presence::Here(_) => true,
                Presence::Away { since } => {
                    let keeps = keep(since);
                    if keeps {
                        kept.push(since);
                    }
                    keeps
                }
            });
        }
        kept
    }

    fn shard(&self, device: DeviceId) -> MutexGuard<'_, HashMap<DeviceId, Device>> {
        let [first, ..] = device.0;
        #[expect(
            clippy::indexing_slicing,
            reason = "the remainder is below the number of shards, which never changes"
        )]
        lock(&self.shards[usize::from(first) % SHARDS])
    }
}

impl Link {
    /// Whose connection it is.
    pub fn device(&self) -> DeviceId {
        self.device
    }

    /// Waits until there may be something to [`Registry::take`].
    ///
    /// # Cancel safety
    /// Nothing is lost when it is dropped.
    pub async fn woken(&self) {
        self.wake.notified().await;
    }
}

impl Count {
    /// A count that begins.
    pub fn new() -> Self {
        Self {
            // Without randomness nothing was sealed either, and no device gets this far.
            epoch: OsRng.try_next_u64().unwrap_or_default(),
            sequence: 0,
        }
    }

    /// What a device says; `None` if no relay ever said so.
    pub fn of(position: &Position) -> Option<Self> {
        let mut epoch = [0; 8];
        hex::decode_to_slice(&position.epoch, &mut epoch).ok()?;
        Some(Self {
            epoch: u64::from_be_bytes(epoch),
            sequence: position.sequence,
        })
    }

    fn position(self) -> Position {
        Position {
            epoch: hex::encode(self.epoch.to_be_bytes()),
            sequence: self.sequence,
        }
    }

    fn step(&mut self) {
        self.sequence = self.sequence.saturating_add(1);
    }
}

impl Default for Count {
    fn default() -> Self {
        Self::new()
    }
}

impl Device {
    fn here(&mut self, link: &Link) -> Option<&mut Here> {
        match &mut self.presence {
            Presence::Here(here) if here.link == link.number => Some(here),
            _ => None,
        }
    }

    /// What was not sent counts as missed.
    fn settle(&mut self) {
        if let Presence::Here(here) = &self.presence
            && (here.overflown || !here.pending.is_empty())
        {
            self.count.step();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
