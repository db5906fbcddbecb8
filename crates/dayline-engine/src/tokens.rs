//! Access tokens: opened when needed, refreshed before they end, sealed before they are used.

use std::sync::Arc;

use chrono::TimeDelta;
use dayline_auth::{AuthError, Refresh, SealError, Sealer, Tokens, load_sealer};
use dayline_host::KeyringError;
use dayline_model::AccountId;
use dayline_store::{AccountRow, AccountStatus, Generation, Problem, SealedTokens, Write};
use secrecy::SecretString;

use crate::engine::issuer_of;
use crate::view::ErrorCode;
use crate::{Engine, EngineEvent, Error, clients};

/// Tokens that are of no use any more.
pub(crate) struct Refused<'a> {
    /// The tokens.
    pub tokens: &'a SealedTokens,
    /// What the access token did not prove, as the provider's challenge said.
    pub claims: Option<&'a str>,
}

/// A token that ends within this time is refreshed before use.
const EARLY: TimeDelta = TimeDelta::minutes(5);
/// Under which the database keeps its sealing key's name in the keyring.
const KEY_NAME: &str = "sealing.key";

fn place(account: AccountId, column: &str) -> String {
    format!("accounts/{account}/{column}")
}

impl Engine {
    /// What seals this database's secrets. A key is made only while nothing is sealed yet.
    pub(crate) async fn sealer(&self) -> Result<Arc<Sealer>, Error> {
        let mut slot = self.sealer_slot().lock().await;
        if let Some(sealer) = slot.as_ref() {
            return Ok(sealer.clone());
        }
        let sealer = Arc::new(self.load_sealer().await?);
        *slot = Some(sealer.clone());
        Ok(sealer)
    }

    /// What seals the secrets of a sign-in that begins now. If the keyring answers and has lost
    /// the key, what was sealed with it can never be opened again: it is forgotten, all accounts
    /// wait for a new sign-in with their data kept, and a new key is made. Only for when the user
    /// has asked to sign in.
    pub(crate) async fn sealer_for_sign_in(&self) -> Result<Arc<Sealer>, Error> {
        match self.sealer().await {
            Err(Error::Auth(AuthError::Seal(SealError::KeyMissing))) => {}
            sealer => return sealer,
        }
        // A locked keyring may answer like an empty one. Only one that takes an entry and gives it
        // back is believed, and it is asked once more then, since writing may have unlocked it.
        let probe = self.fresh_key_name();
        load_sealer(self.host(), &probe, true).await?;
        // Nothing is sealed with it. An entry that stays in the keyring does no harm.
        let _ = self.host().keyring.remove(&probe).await;
        match self.sealer().await {
            Err(Error::Auth(AuthError::Seal(SealError::KeyMissing))) => {}
            sealer => return sealer,
        }
        tracing::warn!("the sealing key is lost: stored sign-ins are forgotten");
        self.store().write(|write| {
            write.forget_sealed(&Problem {
                status: AccountStatus::NeedsSignIn,
                code: ErrorCode::NeedsSignIn.word(),
                words: "Sign in again: the keyring lost this sign-in. Showing what was synced.",
                claims: None,
            })
        })?;
        self.tell(EngineEvent::AccountsChanged);
        self.sealer().await
    }

    /// Loads the key that the database names, or makes one. It is named only once the keyring has
    /// it, and never replaced while something is sealed with it: of several processes that start
    /// at once one names its key, and the others take that one.
    async fn load_sealer(&self) -> Result<Sealer, Error> {
        loop {
            let (known, any_sealed) = self
                .store()
                .read(|read| Ok((read.find_setting(KEY_NAME)?, read.has_sealed()?)))?;
            if let Some(name) = &known {
                match load_sealer(self.host(), name, false).await {
                    Err(SealError::KeyMissing) if !any_sealed => {}
                    loaded => return Ok(loaded?),
                }
            } else if any_sealed {
                return Err(SealError::KeyMissing.into());
            }
            let fresh = self.fresh_key_name();
            let sealer = load_sealer(self.host(), &fresh, true).await?;
            let is_named = self.store().write(|write| {
                let free = write.find_setting(KEY_NAME)? == known && !write.has_sealed()?;
                if free {
                    write.put_setting(KEY_NAME, &fresh)?;
                }
                Ok(free)
            })?;
            if is_named {
                return Ok(sealer);
            }
            // Nothing was sealed with it. An entry that stays in the keyring does no harm.
            let _ = self.host().keyring.remove(&fresh).await;
        }
    }

    fn fresh_key_name(&self) -> String {
        let mut bytes = [0; 8];
        self.host().rng.fill(&mut bytes);
        format!("sealing-key:{:016x}", u64::from_be_bytes(bytes))
    }

    /// Why the keyring cannot be used now; `None` if it can.
    pub(crate) async fn keyring_problem(&self) -> Result<Option<KeyringError>, Error> {
        let name = self.store().read(|read| read.find_setting(KEY_NAME))?;
        // Before there is a key any name tells whether the keyring answers.
        let name = name.unwrap_or_else(|| self.fresh_key_name());
        Ok(self.host().keyring.find(&name).await.err())
    }

    /// Removes this database's sealing key from the keyring: nothing that is sealed can ever be
    /// opened again. For databases that are about to be deleted.
    ///
    /// # Errors
    /// The keyring's.
    pub async fn forget_keys(&self) -> Result<(), Error> {
        let mut slot = self.sealer_slot().lock().await;
        if let Some(name) = self.store().read(|read| read.find_setting(KEY_NAME))? {
            self.host()
                .keyring
                .remove(&name)
                .await
                .map_err(SealError::Keyring)?;
        }
        *slot = None;
        Ok(())
    }

    /// Seals an account's tokens.
    pub(crate) fn seal_tokens(
        &self,
        sealer: &Sealer,
        account: AccountId,
        tokens: &Tokens,
    ) -> Result<SealedTokens, Error> {
        let rng = self.host().rng.as_ref();
        let seal = |token: &SecretString, column| sealer.seal(rng, token, &place(account, column));
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

    /// An access token that lasts for some minutes at least.
    ///
    /// # Errors
    /// [`AuthError::NeedsSignIn`] if there is none and none can be had.
    pub(crate) async fn access_token(
        &self,
        account: &AccountRow,
        generation: Generation,
    ) -> Result<SecretString, Error> {
        let sealed = self.load_sealed(account.id)?;
        if sealed.expires_at - EARLY > self.now() {
            let sealer = self.sealer().await?;
            return Ok(sealer.open(&sealed.access, &place(account.id, "sealed_access_token"))?);
        }
        let ending = Refused {
            tokens: &sealed,
            claims: None,
        };
        self.refresh_token(account, generation, &ending).await
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
        let sealer = self.sealer().await?;
        let sealed = self.load_sealed(account.id)?;
        if sealed.access != refused.tokens.access {
            // Somebody refreshed while we waited.
            return Ok(sealer.open(&sealed.access, &place(account.id, "sealed_access_token"))?);
        }
        let Some(refresh) = &sealed.refresh else {
            return Err(AuthError::NeedsSignIn.into());
        };
        let refresh = sealer.open(refresh, &place(account.id, "sealed_refresh_token"))?;
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
        let tokens = dayline_auth::refresh(self.host(), endpoints, &client, &request).await?;
        let sealed = self.seal_tokens(&sealer, account.id, &tokens)?;
        // Kept before it is used: the one that it replaces may be dead from now on.
        self.store().write_held(generation, |write: &Write<'_>| {
            write.put_tokens(account.id, &sealed)
        })?;
        tracing::info!(account = account.id.0, "token refreshed");
        Ok(tokens.access)
    }

    pub(crate) fn load_sealed(&self, account: AccountId) -> Result<SealedTokens, Error> {
        self.store()
            .read(|read| read.find_tokens(account))?
            .ok_or_else(|| AuthError::NeedsSignIn.into())
    }
}
