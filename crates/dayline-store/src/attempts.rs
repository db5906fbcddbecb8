//! Sign-in attempts.

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, Cloud, ProviderKind};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{from_ms, parsed, to_ms};
use crate::{Read, StoreError, Write};

/// One sign-in attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// Names it.
    pub id: String,
    /// SHA-256 of its state parameter.
    pub state_hash: Vec<u8>,
    /// Which provider was asked.
    pub provider: ProviderKind,
    /// In which cloud.
    pub cloud: Cloud,
    /// For what, space-separated.
    pub scopes: String,
    /// Where the answer must come to.
    pub redirect_uri: String,
    /// The OAuth client that asked.
    pub client_id: String,
    /// The sealed PKCE verifier.
    pub sealed_verifier: Vec<u8>,
    /// Until when an answer counts.
    pub expires_at: DateTime<Utc>,
    /// The account to sign in anew; `None`: a new one.
    pub reauthorize: Option<AccountId>,
}

fn attempt(row: &Row<'_>) -> rusqlite::Result<AttemptRow> {
    Ok(AttemptRow {
        id: row.get(0)?,
        state_hash: row.get(1)?,
        provider: parsed(row, 2)?,
        redirect_uri: row.get(3)?,
        client_id: row.get(4)?,
        sealed_verifier: row.get(5)?,
        expires_at: from_ms(row.get(6)?),
        reauthorize: row.get::<_, Option<i64>>(7)?.map(AccountId),
        cloud: parsed(row, 8)?,
        scopes: row.get(9)?,
    })
}

impl Read<'_> {
    /// Whom the attempt with this state asked, if it waits for its answer, be it expired or not.
    pub fn find_open_attempt(
        &self,
        state_hash: &[u8],
    ) -> Result<Option<(ProviderKind, Cloud)>, StoreError> {
        let open = self
            .connection
            .prepare_cached(
                "SELECT provider, cloud FROM oauth_states
                 WHERE state_hash = ?1 AND consumed_at_ms IS NULL",
            )?
            .query_row([state_hash], |row| Ok((parsed(row, 0)?, parsed(row, 1)?)))
            .optional()?;
        Ok(open)
    }
}

impl Write<'_> {
    /// Keeps a new attempt.
    pub fn insert_attempt(&self, attempt: &AttemptRow) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO oauth_states
                 (id, state_hash, provider, redirect_uri, client_id, sealed_verifier, expires_at_ms,
                  reauthorize, cloud, scopes)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            params![
                attempt.id,
                attempt.state_hash,
                attempt.provider.as_str(),
                attempt.redirect_uri,
                attempt.client_id,
                attempt.sealed_verifier,
                to_ms(attempt.expires_at),
                attempt.reauthorize.map(|id| id.0),
                attempt.cloud.as_str(),
                attempt.scopes,
            ],
        )?;
        Ok(())
    }

    /// Marks the attempt with this state as consumed and gives it.
    ///
    /// Shape: `None` if there is none, or if it was consumed before. An expired one is consumed
    /// and given as well, so that the caller can say what happened.
    pub fn consume_attempt(
        &self,
        state_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<AttemptRow>, StoreError> {
        let found = self
            .row(
                "UPDATE oauth_states SET consumed_at_ms = ?2
                 WHERE state_hash = ?1 AND consumed_at_ms IS NULL
                 RETURNING id, state_hash, provider, redirect_uri, client_id, sealed_verifier,
                     expires_at_ms, reauthorize, cloud, scopes",
                params![state_hash, to_ms(now)],
                attempt,
            )
            .optional()?;
        Ok(found)
    }

    /// Ends an attempt that the user gave up.
    pub fn abandon_attempt(&self, id: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        self.run(
            "UPDATE oauth_states SET consumed_at_ms = ?2 WHERE id = ?1 AND consumed_at_ms IS NULL",
            params![id, to_ms(now)],
        )?;
        Ok(())
    }

    /// Forgets attempts that no answer can complete any more.
    pub fn purge_attempts(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        let purged = self.run(
            "DELETE FROM oauth_states WHERE expires_at_ms < ?1 OR consumed_at_ms IS NOT NULL",
            [to_ms(now)],
        )?;
        Ok(purged)
    }
}
