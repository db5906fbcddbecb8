//! Access tokens: opened when needed, refreshed before they end, sealed before they are used.

use chrono::TimeDelta;
use dayline_auth::{AuthError, Refresh, SealError, Sealer, Tokens};
use dayline_model::AccountId;
use dayline_store::{AccountRow, Generation, NewAudit, SealedTokens, StoreError};
use secrecy::{ExposeSecret, SecretString};

use crate::engine::issuer_of;
use crate::keys::place;
use crate::{Engine, Error, clients};

/// An access token that is of no use any more.
pub(crate) struct Refused<'a> {
    /// The access token.
    pub token: &'a SecretString,
    /// What the access token did not prove, as the provider's challenge said.
    pub claims: Option<&'a str>,
}

impl<'a> Refused<'a> {
    /// One that nobody refused yet, but that ends soon.
    fn ending(token: &'a SecretString) -> Self {
        Self {
            token,
            claims: None,
        }
    }
}

/// A token that ends within this time is refreshed before use.
pub(crate) const EARLY: TimeDelta = TimeDelta::minutes(5);

impl Engine {
    /// Seals an account's tokens.
    pub(crate) fn seal_tokens(
        &self,
        sealer: &Sealer,
        account: AccountId,
        tokens: &Tokens,
    ) -> Result<SealedTokens, StoreError> {
        let rng = self.host().rng.as_ref();
        let seal = |token: &SecretString, column| {
            sealer
                .seal(rng, token, &place(account, column))
                .map_err(|_: SealError| StoreError::Value("tokens to be sealed"))
        };
        Ok(SealedTokens {
            access: seal(&tokens.access, "sealed_access_token")?,
            refresh: tokens
                .refresh
                .as_ref()
                .map(|token| seal(token, "sealed_refresh_token"))
                .transpose()?,
            expires_at: tokens.expires_at,
            scopes: tokens.scopes.join(" "),
        })
    }

    /// An access token that lasts for longer than `lasts`, as far as its provider gives such.
    ///
    /// # Errors
    /// [`AuthError::NeedsSignIn`] if there is none and none can be had.
    pub(crate) async fn access_token(
        &self,
        account: &AccountRow,
        generation: Generation,
        lasts: TimeDelta,
    ) -> Result<SecretString, Error> {
        let (token, sealed) = self.open_access(account.id).await?;
        if sealed.expires_at - lasts > self.now() {
            return Ok(token);
        }
        self.refresh_token(account, generation, &Refused::ending(&token))
            .await
    }

    /// A new access token, since the provider refused `refused`, or because it ends soon.
    pub(crate) async fn refresh_token(
        &self,
        account: &AccountRow,
        generation: Generation,
        refused: &Refused<'_>,
    ) -> Result<SecretString, Error> {
        let lock = self.refresh_lock(account.id);
        let _guard = lock.lock().await;
        let (access, sealed) = self.open_access(account.id).await?;
        // A rotated key changes what lies sealed, and no token.
        if access.expose_secret() != refused.token.expose_secret() {
            // Somebody refreshed while we waited.
            return Ok(access);
        }
        if sealed.refresh.is_none() {
            return Err(AuthError::NeedsSignIn.into());
        }
        let refresh = self.open_refresh(account.id).await?;
        let client = clients::load(self, issuer_of(account)).await?;
        if client.id != account.client_id {
            // A refresh token works for the client that got it and for no other.
            return Err(AuthError::NeedsSignIn.into());
        }
        let endpoints = &self.config().endpoints;
        let request = Refresh {
            issuer: issuer_of(account),
            token: &refresh,
            granted: &sealed.scopes,
            claims: refused.claims,
        };
        let tokens = dayline_auth::refresh(self.host(), endpoints, &client, &request)
            .await
            .inspect_err(|error| self.note_refused(account, error))?;
        // Kept before it is used: the one that it replaces may be dead from now on.
        self.write_sealed(Some(generation), |write, sealer| {
            let sealed = self.seal_tokens(sealer, account.id, &tokens)?;
            write.put_tokens(account.id, &sealed)
        })
        .await?;
        tracing::info!(account = account.id.0, "token refreshed");
        Ok(tokens.access)
    }

    async fn open_access(&self, account: AccountId) -> Result<(SecretString, SealedTokens), Error> {
        // Without a sign-in nobody asks the keyring.
        self.load_sealed(account)?;
        let (key, sealed) = self.read_sealed(|read| read.find_tokens(account)).await?;
        let sealed = sealed.ok_or(AuthError::NeedsSignIn)?;
        let token = key.open(&sealed.access, &place(account, "sealed_access_token"))?;
        Ok((token, sealed))
    }

    async fn open_refresh(&self, account: AccountId) -> Result<SecretString, Error> {
        let (key, sealed) = self.read_sealed(|read| read.find_tokens(account)).await?;
        let refresh = sealed
            .and_then(|sealed| sealed.refresh)
            .ok_or(AuthError::NeedsSignIn)?;
        Ok(key.open(&refresh, &place(account, "sealed_refresh_token"))?)
    }

    /// Keeps that a refresh failed, unless the account fails in this way already.
    fn note_refused(&self, account: &AccountRow, error: &AuthError) {
        let outcome = error.code();
        if account.problem_code.as_deref() != Some(crate::error::auth_code(error).word()) {
            self.note(&NewAudit {
                action: "token_refresh",
                account: Some(account.id),
                outcome,
                ..NewAudit::default()
            });
        }
    }

    pub(crate) fn load_sealed(&self, account: AccountId) -> Result<SealedTokens, Error> {
        self.store()
            .read(|read| read.find_tokens(account))?
            .ok_or_else(|| AuthError::NeedsSignIn.into())
    }
}
