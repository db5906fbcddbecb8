//! Signed-in identities.

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, Cloud, ProviderKind};
use rusqlite::{OptionalExtension, Row, params};

use crate::rows::{from_ms, parsed, to_ms};
use crate::{Read, StoreError, Write};

/// How an account is doing, as kept between rounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountStatus {
    /// The last round worked.
    Ready,
    /// The provider could not be reached.
    Offline,
    /// The user has to sign in again.
    NeedsSignIn,
    /// The last round failed for another reason.
    Failing,
}

impl AccountStatus {
    fn word(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Offline => "offline",
            Self::NeedsSignIn => "needs_sign_in",
            Self::Failing => "failing",
        }
    }

    fn from_word(word: &str) -> Self {
        match word {
            "ready" => Self::Ready,
            "offline" => Self::Offline,
            "needs_sign_in" => Self::NeedsSignIn,
            _ => Self::Failing,
        }
    }
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountRow {
    /// Our id.
    pub id: AccountId,
    /// Its provider.
    pub provider: ProviderKind,
    /// The cloud it lives in.
    pub cloud: Cloud,
    /// The organisation that it belongs to, where the provider told.
    pub tenant: Option<String>,
    /// The address that names it.
    pub email: String,
    /// The person's name.
    pub display_name: Option<String>,
    /// The OAuth client it signed in with.
    pub client_id: String,
    /// How it is doing.
    pub status: AccountStatus,
    /// Why, in words.
    pub problem: Option<String>,
    /// The word for it, as whoever wrote it named it.
    pub problem_code: Option<String>,
    /// What the next sign-in has to prove, as the provider asked.
    pub claims: Option<String>,
    /// When its calendars were last listed.
    pub calendars_listed_at: Option<DateTime<Utc>>,
    /// When it last worked from end to end.
    pub last_success_at: Option<DateTime<Utc>>,
}

/// What is wrong with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem<'a> {
    /// How it is doing therefore; not [`AccountStatus::Ready`].
    pub status: AccountStatus,
    /// The word from which follows what can be done.
    pub code: &'a str,
    /// In the user's words.
    pub words: &'a str,
    /// What the next sign-in has to prove, if the provider asked for something.
    pub claims: Option<&'a str>,
}

/// A new account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAccount<'a> {
    /// Its provider.
    pub provider: ProviderKind,
    /// The cloud it lives in.
    pub cloud: Cloud,
    /// The organisation that it belongs to, where the provider told.
    pub tenant: Option<&'a str>,
    /// The address that names it.
    pub email: &'a str,
    /// The person's name.
    pub display_name: Option<&'a str>,
    /// The OAuth client it signed in with.
    pub client_id: &'a str,
}

/// An account's tokens, sealed.
#[derive(Clone, PartialEq, Eq)]
pub struct SealedTokens {
    /// The access token.
    pub access: Vec<u8>,
    /// The refresh token.
    pub refresh: Option<Vec<u8>>,
    /// When the access token ends.
    pub expires_at: DateTime<Utc>,
    /// Space-separated.
    pub scopes: String,
}

const COLUMNS: &str = "id, provider, email, display_name, client_id, status, problem,
    calendars_listed_at_ms, last_success_at_ms, cloud, tenant, problem_code, claims";

fn account(row: &Row<'_>) -> rusqlite::Result<AccountRow> {
    Ok(AccountRow {
        id: AccountId(row.get(0)?),
        provider: parsed(row, 1)?,
        email: row.get(2)?,
        display_name: row.get(3)?,
        client_id: row.get(4)?,
        status: AccountStatus::from_word(&row.get::<_, String>(5)?),
        problem: row.get(6)?,
        calendars_listed_at: row.get::<_, Option<i64>>(7)?.map(from_ms),
        last_success_at: row.get::<_, Option<i64>>(8)?.map(from_ms),
        cloud: parsed(row, 9)?,
        tenant: row.get(10)?,
        problem_code: row.get(11)?,
        claims: row.get(12)?,
    })
}

impl Read<'_> {
    /// All accounts in the order they were added.
    pub fn accounts(&self) -> Result<Vec<AccountRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM accounts ORDER BY id"))?;
        let rows = statement.query_map([], account)?;
        rows.collect::<Result<_, _>>().map_err(StoreError::from)
    }

    /// One account.
    pub fn find_account(&self, id: AccountId) -> Result<Option<AccountRow>, StoreError> {
        let row = self
            .connection
            .prepare_cached(&format!("SELECT {COLUMNS} FROM accounts WHERE id = ?1"))?
            .query_row([id.0], account)
            .optional()?;
        Ok(row)
    }

    /// The account with this address at this provider.
    pub fn find_account_by_email(
        &self,
        provider: ProviderKind,
        email: &str,
    ) -> Result<Option<AccountRow>, StoreError> {
        let row = self
            .row(
                &format!("SELECT {COLUMNS} FROM accounts WHERE provider = ?1 AND email = ?2"),
                [provider.as_str(), email],
                account,
            )
            .optional()?;
        Ok(row)
    }

    /// An account's tokens; `None` if it has none.
    pub fn find_tokens(&self, id: AccountId) -> Result<Option<SealedTokens>, StoreError> {
        let tokens = self
            .row(
                "SELECT sealed_access_token, sealed_refresh_token, token_expires_at_ms,
                     granted_scopes
                 FROM accounts WHERE id = ?1 AND sealed_access_token IS NOT NULL",
                [id.0],
                |row| {
                    Ok(SealedTokens {
                        access: row.get(0)?,
                        refresh: row.get(1)?,
                        expires_at: from_ms(row.get::<_, Option<i64>>(2)?.unwrap_or_default()),
                        scopes: row.get(3)?,
                    })
                },
            )
            .optional()?;
        Ok(tokens)
    }

    /// Whether anything in the database is sealed, so that its key must not be made anew.
    pub fn has_sealed(&self) -> Result<bool, StoreError> {
        let any = self.row(
            "SELECT EXISTS (SELECT 1 FROM accounts WHERE sealed_access_token IS NOT NULL
                 OR sealed_refresh_token IS NOT NULL)
                 OR EXISTS (SELECT 1 FROM settings WHERE key LIKE 'client.%.secret')",
            [],
            |row| row.get(0),
        )?;
        Ok(any)
    }
}

impl Write<'_> {
    /// Adds an account, or finds the one with that address: signing in again keeps its data.
    pub fn put_account(
        &self,
        new: &NewAccount<'_>,
        now: DateTime<Utc>,
    ) -> Result<AccountId, StoreError> {
        let id = self.row(
            "INSERT INTO accounts
                 (provider, email, display_name, client_id, created_at_ms, cloud, tenant)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (provider, email) DO UPDATE SET
                 display_name = coalesce(excluded.display_name, display_name),
                 client_id = excluded.client_id, cloud = excluded.cloud,
                 tenant = coalesce(excluded.tenant, tenant), status = 'ready', problem = NULL,
                 problem_code = NULL, claims = NULL
             RETURNING id",
            params![
                new.provider.as_str(),
                new.email,
                new.display_name,
                new.client_id,
                to_ms(now),
                new.cloud.as_str(),
                new.tenant,
            ],
            |row| row.get(0),
        )?;
        Ok(AccountId(id))
    }

    /// Replaces an account's tokens.
    pub fn put_tokens(&self, id: AccountId, tokens: &SealedTokens) -> Result<(), StoreError> {
        self.run(
            "UPDATE accounts SET sealed_access_token = ?2, sealed_refresh_token = ?3,
                 token_expires_at_ms = ?4, granted_scopes = ?5
             WHERE id = ?1",
            params![
                id.0,
                tokens.access,
                tokens.refresh,
                to_ms(tokens.expires_at),
                tokens.scopes
            ],
        )?;
        Ok(())
    }

    /// Forgets everything that is sealed, since its key is lost: tokens, sign-in attempts, the
    /// secrets of clients together with their ids. Accounts that had tokens need a sign-in, and
    /// keep their data.
    pub fn forget_sealed(&self, problem: &Problem<'_>) -> Result<(), StoreError> {
        self.run(
            "UPDATE accounts SET sealed_access_token = NULL, sealed_refresh_token = NULL,
                 status = ?1, problem_code = ?2, problem = ?3
             WHERE sealed_access_token IS NOT NULL OR sealed_refresh_token IS NOT NULL",
            params![problem.status.word(), problem.code, problem.words],
        )?;
        self.run("DELETE FROM oauth_states", [])?;
        self.run(
            "DELETE FROM settings WHERE key LIKE 'client.%.id' AND EXISTS (
                 SELECT 1 FROM settings s
                 WHERE s.key = replace(settings.key, '.id', '.secret'))",
            [],
        )?;
        self.run(
            "DELETE FROM settings WHERE key LIKE 'client.%.secret' OR key = 'relay.secret'",
            [],
        )?;
        Ok(())
    }

    /// Keeps what is wrong with an account.
    pub fn set_account_problem(
        &self,
        id: AccountId,
        problem: &Problem<'_>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE accounts SET status = ?2, problem_code = ?3, problem = ?4, claims = ?5
             WHERE id = ?1",
            params![
                id.0,
                problem.status.word(),
                problem.code,
                problem.words,
                problem.claims
            ],
        )?;
        Ok(())
    }

    /// Keeps that nothing is wrong with an account; with a time, that it worked from end to end.
    pub fn set_account_ready(
        &self,
        id: AccountId,
        worked_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE accounts SET status = 'ready', problem = NULL, problem_code = NULL,
                 claims = NULL, last_success_at_ms = coalesce(?2, last_success_at_ms)
             WHERE id = ?1",
            params![id.0, worked_at.map(to_ms)],
        )?;
        Ok(())
    }

    /// Removes an account with everything that was synced for it. False if there was none.
    pub fn remove_account(&self, id: AccountId) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM accounts WHERE id = ?1", [id.0])? > 0)
    }
}
