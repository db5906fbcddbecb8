//! What a simulation does to a database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use crate::lease::Generation;
use crate::{Read, Store, StoreError};

/// What only the holder of the lease writes.
const OF_ROUNDS: &[&str] = &["calendar_events", "event_occurrences", "sync_runs"];

/// A disk that can be told to be full.
#[derive(Debug, Default)]
pub struct Disk {
    /// Writes that still work; `u64::MAX` is for ever.
    left: AtomicU64,
    refused: AtomicBool,
    /// The lease of another process, while this one may write nothing of a round; 0 is none.
    foreign_lease: AtomicI64,
    /// Whether the transaction that is open writes something of a round.
    is_of_round: AtomicBool,
    has_trespassed: AtomicBool,
}

impl Disk {
    /// One that works.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            left: AtomicU64::new(u64::MAX),
            ..Self::default()
        })
    }

    /// After so many more writes every write fails.
    pub fn fill_after(&self, writes: u64) {
        self.refused.store(false, Ordering::SeqCst);
        self.left.store(writes, Ordering::SeqCst);
    }

    /// There is room again. Tells whether a write was refused meanwhile.
    pub fn free(&self) -> bool {
        self.left.store(u64::MAX, Ordering::SeqCst);
        self.refused.load(Ordering::SeqCst)
    }

    /// Whether a write was refused since it was told to be full.
    pub fn has_refused(&self) -> bool {
        self.refused.load(Ordering::SeqCst)
    }

    /// Another process took the lease under `generation`: until the lease moves on, what this one
    /// writes of a round is a trespass.
    pub fn lose_lease(&self, generation: Generation) {
        self.foreign_lease.store(generation.0, Ordering::SeqCst);
    }

    /// Whether something of a round was written under another's lease; that one is over.
    pub fn has_trespassed(&self) -> bool {
        self.foreign_lease.store(0, Ordering::SeqCst);
        self.has_trespassed.load(Ordering::SeqCst)
    }

    fn refuses(&self) -> bool {
        match self.left.load(Ordering::SeqCst) {
            u64::MAX => false,
            0 => {
                self.refused.store(true, Ordering::SeqCst);
                true
            }
            left => {
                self.left.store(left - 1, Ordering::SeqCst);
                false
            }
        }
    }
}

impl Store {
    /// From now on every write asks `disk` for room. A refused one leaves nothing behind, as when
    /// SQLite finds the disk full.
    ///
    /// # Errors
    /// SQLite's.
    pub fn set_disk(&self, disk: Arc<Disk>) -> Result<(), StoreError> {
        let writer = self
            .writer
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let looker = self.open_reader()?;
        let watched = disk.clone();
        writer.update_hook(Some(move |_, _: &str, table: &str, _| {
            if OF_ROUNDS.contains(&table) {
                watched.is_of_round.store(true, Ordering::SeqCst);
            }
        }))?;
        let undone = disk.clone();
        writer.rollback_hook(Some(move || {
            undone.is_of_round.store(false, Ordering::SeqCst);
        }))?;
        writer.commit_hook(Some(move || {
            let is_of_round = disk.is_of_round.swap(false, Ordering::SeqCst);
            let foreign = disk.foreign_lease.load(Ordering::SeqCst);
            if is_of_round && foreign != 0 {
                // What is committed, not what this transaction is about to.
                let read = Read {
                    connection: &looker,
                };
                if read
                    .lease()
                    .is_ok_and(|lease| lease.generation.0 == foreign)
                {
                    disk.has_trespassed.store(true, Ordering::SeqCst);
                }
            }
            disk.refuses()
        }))?;
        Ok(())
    }

    /// Lets every occurrence lie where another version of the zone database would have put it: an
    /// hour later.
    ///
    /// # Errors
    /// SQLite's.
    pub fn age_occurrences(&self) -> Result<(), StoreError> {
        self.write(|write| {
            write.connection.execute(
                "UPDATE event_occurrences SET tzdb = 'another',
                        start_ms = start_ms + iif(all_day, 0, 3600000),
                        end_ms = end_ms + iif(all_day, 0, 3600000)",
                [],
            )?;
            Ok(())
        })
    }
}
