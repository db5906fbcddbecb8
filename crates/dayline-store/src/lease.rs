//! The lease: who holds the pen.

use chrono::{DateTime, Utc};
use rusqlite::params;

use crate::rows::{from_ms, to_ms};
use crate::{Read, StoreError, Write};

/// Rises with every change of holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(pub i64);

/// The lease as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// Who holds it; `None` if nobody does.
    pub holder: Option<String>,
    /// Under which number.
    pub generation: Generation,
    /// Until when, if it is not renewed.
    pub expires_at: DateTime<Utc>,
    /// Where the holder listens.
    pub endpoint: Option<String>,
}

impl Read<'_> {
    /// The lease as it stands.
    pub fn lease(&self) -> Result<Lease, StoreError> {
        let lease = self.row(
            "SELECT holder, generation, expires_at_ms, endpoint FROM lease WHERE id = 1",
            [],
            |row| {
                Ok(Lease {
                    holder: row.get(0)?,
                    generation: Generation(row.get(1)?),
                    expires_at: from_ms(row.get(2)?),
                    endpoint: row.get(3)?,
                })
            },
        )?;
        Ok(lease)
    }
}

impl Write<'_> {
    /// Takes the lease from whoever holds it under `seen`, if nobody took it since.
    ///
    /// Shape: `None` if the lease moved on meanwhile; look again.
    pub fn take_lease(
        &self,
        seen: Generation,
        holder: &str,
        endpoint: &str,
        expires_at: DateTime<Utc>,
    ) -> Result<Option<Generation>, StoreError> {
        let changed = self.run(
            "UPDATE lease SET holder = ?1, endpoint = ?2, expires_at_ms = ?3,
                 generation = generation + 1
             WHERE id = 1 AND generation = ?4",
            params![holder, endpoint, to_ms(expires_at), seen.0],
        )?;
        Ok((changed == 1).then_some(Generation(seen.0 + 1)))
    }

    /// Keeps the lease until `expires_at`.
    ///
    /// # Errors
    /// [`StoreError::LeaseLost`].
    pub fn renew_lease(
        &self,
        generation: Generation,
        expires_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.check_lease(generation)?;
        self.run(
            "UPDATE lease SET expires_at_ms = ?1 WHERE id = 1",
            [to_ms(expires_at)],
        )?;
        Ok(())
    }

    /// Gives the lease up, if it is still held under `generation`.
    pub fn release_lease(&self, generation: Generation) -> Result<(), StoreError> {
        self.run(
            "UPDATE lease SET holder = NULL, endpoint = NULL, expires_at_ms = 0
             WHERE id = 1 AND generation = ?1",
            [generation.0],
        )?;
        Ok(())
    }

    pub(crate) fn check_lease(&self, generation: Generation) -> Result<(), StoreError> {
        let lease = self.lease()?;
        if lease.generation == generation && lease.holder.is_some() {
            Ok(())
        } else {
            Err(StoreError::LeaseLost)
        }
    }
}
