//! What a simulation does to a database.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::{Store, StoreError};

/// A disk that can be told to be full.
#[derive(Debug, Default)]
pub struct Disk {
    /// Writes that still work; `u64::MAX` is for ever.
    left: AtomicU64,
    refused: AtomicBool,
}

impl Disk {
    /// One that works.
    pub fn new() -> Arc<Self> {
        Arc::new(Self {
            left: AtomicU64::new(u64::MAX),
            refused: AtomicBool::new(false),
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
        writer.commit_hook(Some(move || disk.refuses()))?;
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
