//! Colleagues whose mailboxes an account reads.

use chrono::{DateTime, Utc};
use dayline_model::AccountId;
use rusqlite::params;

use crate::rows::to_ms;
use crate::{Read, StoreError, Write};

/// A colleague's mailbox that an account reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailboxRow {
    /// Its owner's address.
    pub email: String,
    /// Why its calendar could not be read when it was listed last, in words.
    pub problem: Option<String>,
}

impl Read<'_> {
    /// The mailboxes that an account reads beside its own, in the order they were added.
    pub fn shared_mailboxes(&self, account: AccountId) -> Result<Vec<MailboxRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT email, problem FROM shared_mailboxes WHERE account_id = ?1
             ORDER BY added_at_ms, email",
        )?;
        let rows = statement.query_map([account.0], |row| {
            Ok(MailboxRow {
                email: row.get(0)?,
                problem: row.get(1)?,
            })
        })?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}

impl Write<'_> {
    /// Adds a mailbox to those that an account reads; no error if it is one already.
    pub fn add_shared_mailbox(
        &self,
        account: AccountId,
        email: &str,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO shared_mailboxes (account_id, email, added_at_ms) VALUES (?1, ?2, ?3)
             ON CONFLICT DO NOTHING",
            params![account.0, email, to_ms(now)],
        )?;
        Ok(())
    }

    /// Keeps why a mailbox's calendar could not be read; `None` when it could.
    pub fn set_shared_mailbox_problem(
        &self,
        account: AccountId,
        email: &str,
        problem: Option<&str>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE shared_mailboxes SET problem = ?3 WHERE account_id = ?1 AND email = ?2",
            params![account.0, email, problem],
        )?;
        Ok(())
    }

    /// Takes a mailbox from those that an account reads. False if it was none of them. Its
    /// calendar goes with the next list.
    pub fn remove_shared_mailbox(
        &self,
        account: AccountId,
        email: &str,
    ) -> Result<bool, StoreError> {
        let removed = self.run(
            "DELETE FROM shared_mailboxes WHERE account_id = ?1 AND email = ?2",
            params![account.0, email],
        )?;
        Ok(removed > 0)
    }
}
