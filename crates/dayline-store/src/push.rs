//! What providers were asked to tell by themselves.

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, CalendarId};
use rusqlite::{Row, params};

use crate::rows::{from_ms, to_ms};
use crate::{Read, StoreError, Write};

/// How far a subscription is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PushState {
    /// The provider was asked, and its answer is not known.
    Creating,
    /// The provider tells.
    Active,
    /// The provider tells nothing.
    Inactive,
    /// The provider is to be told that it ends.
    Ending,
}

impl PushState {
    fn word(self) -> &'static str {
        match self {
            Self::Creating => "creating",
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Ending => "ending",
        }
    }

    fn parse(word: &str) -> Result<Self, StoreError> {
        match word {
            "creating" => Ok(Self::Creating),
            "active" => Ok(Self::Active),
            "inactive" => Ok(Self::Inactive),
            "ending" => Ok(Self::Ending),
            _ => Err(StoreError::Value("a subscription's state")),
        }
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushRow {
    /// Our id.
    pub id: i64,
    /// Whose.
    pub account: AccountId,
    /// Of which calendar; `None`: of the whole mailbox.
    pub calendar: Option<CalendarId>,
    /// The relay's name for the address that the provider sends to.
    pub channel: String,
    /// Since when there is that address.
    pub channel_created_at: DateTime<Utc>,
    /// SHA-256 of that address.
    pub url_sha256: Vec<u8>,
    /// How far it is.
    pub state: PushState,
    /// The provider's name for it.
    pub subscription: Option<String>,
    /// Google's name for what is watched.
    pub resource: Option<String>,
    /// When it was asked for.
    pub created_at: DateTime<Utc>,
    /// When it was made or renewed last, or that was tried.
    pub renewed_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// When the relay said last that there is something.
    pub notified_at: Option<DateTime<Utc>>,
    /// A word for why it is inactive.
    pub problem: Option<String>,
}

/// A subscription that is about to be asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPush<'a> {
    /// Whose.
    pub account: AccountId,
    /// Of which calendar; `None`: of the whole mailbox.
    pub calendar: Option<CalendarId>,
    /// The relay's name for the address that the provider sends to.
    pub channel: &'a str,
    /// SHA-256 of that address.
    pub url_sha256: &'a [u8],
    /// Our name for it, where the provider takes one.
    pub subscription: Option<&'a str>,
}

const COLUMNS: &str = "id, account_id, calendar_connection_id, channel_id, channel_created_at_ms,
    url_sha256, state, provider_subscription_id, resource_id, created_at_ms, renewed_at_ms,
    expires_at_ms, notified_at_ms, problem";

fn subscription(row: &Row<'_>) -> Result<PushRow, StoreError> {
    let time = |at| row.get::<_, i64>(at).map(from_ms);
    let maybe = |at| row.get::<_, Option<i64>>(at).map(|ms| ms.map(from_ms));
    Ok(PushRow {
        id: row.get(0)?,
        account: AccountId(row.get(1)?),
        calendar: row.get::<_, Option<i64>>(2)?.map(CalendarId),
        channel: row.get(3)?,
        channel_created_at: time(4)?,
        url_sha256: row.get(5)?,
        state: PushState::parse(&row.get::<_, String>(6)?)?,
        subscription: row.get(7)?,
        resource: row.get(8)?,
        created_at: time(9)?,
        renewed_at: time(10)?,
        expires_at: maybe(11)?,
        notified_at: maybe(12)?,
        problem: row.get(13)?,
    })
}

impl Read<'_> {
    /// All subscriptions, in the order in which they were asked for.
    pub fn push_subscriptions(&self) -> Result<Vec<PushRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(&format!(
            "SELECT {COLUMNS} FROM push_subscriptions ORDER BY id"
        ))?;
        let mut rows = statement.query([])?;
        let mut found = Vec::new();
        while let Some(row) = rows.next()? {
            found.push(subscription(row)?);
        }
        Ok(found)
    }

    /// The accounts whose provider takes a subscription for the whole mailbox only.
    pub fn accounts_pushed_by_mailbox(&self) -> Result<Vec<AccountId>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT id FROM accounts WHERE push_by_mailbox = 1 ORDER BY id")?;
        let rows = statement.query_map([], |row| row.get(0).map(AccountId))?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// The calendars whose provider may not tell of changes, by the user's choice.
    pub fn calendars_without_push(&self) -> Result<Vec<CalendarId>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT id FROM calendar_connections WHERE push_wanted = 0 ORDER BY id",
        )?;
        let rows = statement.query_map([], |row| row.get(0).map(CalendarId))?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }
}

impl Write<'_> {
    /// Keeps a subscription before its provider is asked for it. Gives its id.
    pub fn add_push(&self, new: &NewPush<'_>, now: DateTime<Utc>) -> Result<i64, StoreError> {
        self.run(
            "INSERT INTO push_subscriptions (account_id, calendar_connection_id, channel_id,
                 channel_created_at_ms, url_sha256, state, provider_subscription_id,
                 created_at_ms, renewed_at_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, 'creating', ?6, ?4, ?4)",
            params![
                new.account.0,
                new.calendar.map(|calendar| calendar.0),
                new.channel,
                to_ms(now),
                new.url_sha256,
                new.subscription,
            ],
        )?;
        Ok(self.connection.last_insert_rowid())
    }

    /// Keeps that a provider made or renewed a subscription. One that is to end still does.
    pub fn set_push_active(
        &self,
        id: i64,
        (subscription, resource): (&str, Option<&str>),
        expires_at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE push_subscriptions SET problem = NULL,
                 state = CASE state WHEN 'ending' THEN 'ending' ELSE 'active' END,
                 provider_subscription_id = ?2, resource_id = ?3, expires_at_ms = ?4,
                 renewed_at_ms = ?5
             WHERE id = ?1",
            params![id, subscription, resource, to_ms(expires_at), to_ms(now)],
        )?;
        Ok(())
    }

    /// Keeps how far a subscription is otherwise, and why. Counts as tried now. One that is to end
    /// still does, whatever became of it meanwhile.
    pub fn set_push_state(
        &self,
        id: i64,
        state: PushState,
        problem: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE push_subscriptions SET problem = ?3, renewed_at_ms = ?4,
                 state = CASE state WHEN 'ending' THEN 'ending' ELSE ?2 END
             WHERE id = ?1",
            params![id, state.word(), problem, to_ms(now)],
        )?;
        Ok(())
    }

    /// Keeps that the relay told of a channel. False if no subscription has it.
    pub fn note_push(&self, channel: &str, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let noted = self.run(
            "UPDATE push_subscriptions SET notified_at_ms = ?2 WHERE channel_id = ?1",
            params![channel, to_ms(now)],
        )?;
        Ok(noted > 0)
    }

    /// Forgets a subscription.
    pub fn remove_push(&self, id: i64) -> Result<(), StoreError> {
        self.run("DELETE FROM push_subscriptions WHERE id = ?1", [id])?;
        Ok(())
    }

    /// Lets all subscriptions end, as when the relay is another one.
    pub fn end_all_push(&self) -> Result<(), StoreError> {
        self.run(
            "DELETE FROM push_subscriptions WHERE state = 'inactive'",
            [],
        )?;
        self.run(
            "UPDATE push_subscriptions SET state = 'ending', renewed_at_ms = 0",
            [],
        )?;
        self.run("UPDATE accounts SET push_by_mailbox = 0", [])?;
        Ok(())
    }

    /// Keeps that an account's provider takes a subscription for the whole mailbox only, and that
    /// this one is it.
    pub fn set_push_by_mailbox(&self, account: AccountId, id: i64) -> Result<(), StoreError> {
        self.run(
            "UPDATE push_subscriptions SET calendar_connection_id = NULL WHERE id = ?1",
            [id],
        )?;
        self.run(
            "UPDATE accounts SET push_by_mailbox = 1 WHERE id = ?1",
            [account.0],
        )?;
        Ok(())
    }

    /// Keeps whether a calendar's provider may tell of changes. False if there is no such
    /// calendar.
    pub fn set_push_wanted(&self, calendar: CalendarId, wanted: bool) -> Result<bool, StoreError> {
        let known = self.run(
            "UPDATE calendar_connections SET push_wanted = ?2 WHERE id = ?1",
            params![calendar.0, wanted],
        )?;
        Ok(known > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_words_that_are_understood_again() {
        for state in [
            PushState::Creating,
            PushState::Active,
            PushState::Inactive,
            PushState::Ending,
        ] {
            assert_eq!(PushState::parse(state.word()).unwrap(), state);
        }
        assert!(PushState::parse("lively").is_err());
    }
}
