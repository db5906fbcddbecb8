//! Everything that is sealed, whichever table it lies in, and the name of the key that seals it.

use dayline_model::AccountId;
use rusqlite::params;

use crate::{Read, StoreError, Write};

/// The setting that names the sealing key in the keyring.
pub const SEALING_KEY: &str = "sealing.key";

/// A sealed text, by where it lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sealed {
    /// An account's access token.
    AccessToken(AccountId, Vec<u8>),
    /// An account's refresh token.
    RefreshToken(AccountId, Vec<u8>),
    /// The PKCE verifier of an attempt that waits for its answer.
    Verifier(String, Vec<u8>),
    /// A setting such as a client's secret, in hexadecimal digits.
    Setting(String, String),
}

impl Read<'_> {
    /// Proves that secrets are still sealed with the key of this name.
    ///
    /// # Errors
    /// [`StoreError::KeyReplaced`]: take the key that the database names now.
    pub fn check_key(&self, name: &str) -> Result<(), StoreError> {
        if self.find_setting(SEALING_KEY)?.as_deref() == Some(name) {
            Ok(())
        } else {
            Err(StoreError::KeyReplaced)
        }
    }

    /// Everything that is sealed and may still be opened.
    pub fn all_sealed(&self) -> Result<Vec<Sealed>, StoreError> {
        let mut all = Vec::new();
        let mut statement = self.connection.prepare(
            "SELECT id, sealed_access_token, sealed_refresh_token FROM accounts ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let account = AccountId(row.get(0)?);
            all.extend(
                row.get::<_, Option<_>>(1)?
                    .map(|token| Sealed::AccessToken(account, token)),
            );
            all.extend(
                row.get::<_, Option<_>>(2)?
                    .map(|token| Sealed::RefreshToken(account, token)),
            );
        }
        let mut statement = self.connection.prepare(
            "SELECT id, sealed_verifier FROM oauth_states WHERE consumed_at_ms IS NULL ORDER BY id",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            all.push(Sealed::Verifier(row.get(0)?, row.get(1)?));
        }
        let mut statement = self.connection.prepare(
            "SELECT key, value FROM settings
             WHERE key LIKE 'client.%.secret' OR key = 'relay.secret' ORDER BY key",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            all.push(Sealed::Setting(row.get(0)?, row.get(1)?));
        }
        Ok(all)
    }
}

impl Write<'_> {
    /// Puts a text that was sealed anew in the place of the old one.
    pub fn put_sealed(&self, sealed: &Sealed) -> Result<(), StoreError> {
        match sealed {
            Sealed::AccessToken(account, token) => self.run(
                "UPDATE accounts SET sealed_access_token = ?2 WHERE id = ?1",
                params![account.0, token],
            )?,
            Sealed::RefreshToken(account, token) => self.run(
                "UPDATE accounts SET sealed_refresh_token = ?2 WHERE id = ?1",
                params![account.0, token],
            )?,
            Sealed::Verifier(attempt, verifier) => self.run(
                "UPDATE oauth_states SET sealed_verifier = ?2 WHERE id = ?1",
                params![attempt, verifier],
            )?,
            Sealed::Setting(key, value) => {
                self.put_setting(key, value)?;
                1
            }
        };
        Ok(())
    }

    /// Forgets an attempt to sign in.
    pub fn remove_attempt(&self, id: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM oauth_states WHERE id = ?1", [id])?;
        Ok(())
    }
}
