//! Signing in, and what the user decides about accounts and calendars.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_auth::{
    Attempt, AttemptStore, AuthError, Client, Issuer, Loopback, Redirect, Sealer, SignIn,
    StoreFailure,
};
use dayline_host::Task;
use dayline_model::{AccountId, Calendar, gate};
use dayline_providers::{CalendarList, Identity, ProviderError};
use dayline_store::{AccountRow, AttemptRow, NewAccount, Read, Store, StoreError, Write};
use url::Url;

use crate::engine::{account_id, calendar_id, issuer_of, lock};
use crate::keys::Key;
use crate::push::renew_after_sign_in;
use crate::view::{ErrorCode, IpcError, SignInOutcome};
use crate::{Engine, EngineEvent, Error, clients, shared};

/// How long an attempt is kept after it has ended, to say so if its answer still comes.
const FORGET_AFTER: TimeDelta = TimeDelta::hours(1);
/// How long the browser may take.
const PATIENCE: Duration = Duration::from_mins(15);

/// A sign-in that waits for the browser.
#[derive(Debug, Clone)]
pub struct SignInStarted {
    /// Names the attempt; [`EngineEvent::SignInFinished`] carries it.
    pub attempt: String,
    /// What the browser has to open.
    pub authorize_url: Url,
}

/// Who is to sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignInAs {
    /// Whoever the user chooses in the browser.
    Somebody(Issuer),
    /// An account that is known, by its id: with what its provider wants proved, and with the
    /// mailboxes of colleagues if it reads any.
    Account(String),
}

impl<T: Into<Issuer>> From<T> for SignInAs {
    fn from(issuer: T) -> Self {
        Self::Somebody(issuer.into())
    }
}

/// How the browser's answer comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WayBack {
    /// The system opens `dayline://oauth/…`.
    DeepLink,
    /// The browser asks a listener on this computer.
    Loopback,
}

/// Tasks that wait for browsers, by attempt.
#[derive(Default)]
pub(crate) struct Attempts(Mutex<BTreeMap<String, Task>>);

/// Attempts in the database.
struct StoredAttempts<'a>(&'a Store, DateTime<Utc>, Option<&'a Key>);

impl StoredAttempts<'_> {
    /// Proves that the key of whoever asks still seals verifiers.
    fn check_key(&self, read: &Read<'_>) -> Result<(), StoreError> {
        self.2.map_or(Ok(()), |key| read.check_key(key.name()))
    }
}

impl AttemptStore for StoredAttempts<'_> {
    fn insert(&self, attempt: &Attempt) -> Result<(), StoreFailure> {
        let row = AttemptRow {
            id: attempt.id.clone(),
            state_hash: attempt.state_hash.to_vec(),
            provider: attempt.issuer.provider,
            cloud: attempt.issuer.cloud,
            scopes: attempt.scopes.join(" "),
            redirect_uri: attempt.redirect_uri.clone(),
            client_id: attempt.client_id.clone(),
            sealed_verifier: attempt.sealed_verifier.clone(),
            expires_at: attempt.expires_at,
            reauthorize: attempt.reauthorize,
        };
        self.0
            .write(|write| {
                self.check_key(write)?;
                write.purge_attempts(self.1 - FORGET_AFTER)?;
                write.insert_attempt(&row)
            })
            .map_err(|error| StoreFailure(error.to_string()))
    }

    fn consume(
        &self,
        state_hash: &[u8; 32],
        now: DateTime<Utc>,
    ) -> Result<Option<Attempt>, StoreFailure> {
        let row = self
            .0
            .write(|write| {
                self.check_key(write)?;
                write.consume_attempt(state_hash, now)
            })
            .map_err(|error| StoreFailure(error.to_string()))?;
        Ok(row.map(|row| Attempt {
            id: row.id,
            issuer: Issuer {
                provider: row.provider,
                cloud: row.cloud,
            },
            scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
            redirect_uri: row.redirect_uri,
            state_hash: *state_hash,
            sealed_verifier: row.sealed_verifier,
            client_id: row.client_id,
            expires_at: row.expires_at,
            reauthorize: row.reauthorize,
        }))
    }

    fn abandon(&self, id: &str) -> Result<(), StoreFailure> {
        self.0
            .write(|write| write.abandon_attempt(id, self.1))
            .map_err(|error| StoreFailure(error.to_string()))
    }
}

impl Engine {
    /// Starts a sign-in and gives what the browser has to open. Its end comes as an event.
    ///
    /// # Errors
    /// Not configured; a keyring that is missing or locked; no port to listen on.
    pub async fn start_sign_in(
        &self,
        who: impl Into<SignInAs>,
        way: WayBack,
    ) -> Result<SignInStarted, Error> {
        let (issuer, known) = match who.into() {
            SignInAs::Somebody(issuer) => (issuer, None),
            SignInAs::Account(account) => {
                let account = self.load_account(&account)?;
                (issuer_of(&account), Some(account))
            }
        };
        let provider = issuer.provider;
        // First, for a key that is lost takes the client's secret along.
        let sealer = match clients::find(self, issuer)? {
            Some(_) => self.sealer_for_sign_in().await?,
            None => return Err(Error::not_configured(issuer)),
        };
        let client = clients::load(self, issuer).await?;
        let loopback = match way {
            WayBack::DeepLink => None,
            WayBack::Loopback => Some(
                Loopback::bind()
                    .await
                    .map_err(|error| Error::Internal(format!("no port to listen on: {error}")))?,
            ),
        };
        let redirect = match &loopback {
            Some(loopback) => Redirect::Loopback {
                port: loopback.port(),
            },
            None => Redirect::DeepLink,
        };
        let mut sign_in = SignIn::new(issuer, redirect);
        if let Some(account) = known {
            sign_in.shared = shared::wants_mailboxes(self, &account)?;
            sign_in.reauthorize = Some(account.id);
            sign_in.claims = account.claims;
            sign_in.hint = Some(account.email);
        }
        let attempts = StoredAttempts(self.store(), self.now(), Some(&sealer));
        let endpoints = &self.config().endpoints;
        let begun = dayline_auth::begin(
            self.host(),
            endpoints,
            &client,
            &sealer,
            &attempts,
            &sign_in,
        )?;
        let engine = self.clone();
        let attempt = begun.attempt_id.clone();
        let wait = async move {
            let answer = if let Some(loopback) = loopback {
                loopback.wait(provider, &begun.state_hash, PATIENCE).await
            } else {
                tokio::time::sleep(PATIENCE).await;
                Err(dayline_auth::LoopbackError::TimedOut)
            };
            match answer {
                // How it ended is told as an event.
                Ok(callback) => drop(engine.finish_sign_in(&callback).await),
                Err(dayline_auth::LoopbackError::TimedOut) => {
                    engine.give_up(&attempt, &Error::Auth(AuthError::Expired));
                }
                Err(error) => engine.give_up(&attempt, &Error::Auth(error.into())),
            }
        };
        let task = self.host().spawn.spawn("sign-in", Box::pin(wait));
        lock(&self.attempts().0).insert(begun.attempt_id.clone(), task);
        Ok(SignInStarted {
            attempt: begun.attempt_id,
            authorize_url: begun.authorize_url,
        })
    }

    /// Opens the system's browser for a sign-in.
    ///
    /// # Errors
    /// The system has no browser, or the address is no https address.
    pub async fn open_browser(&self, started: &SignInStarted) -> Result<(), Error> {
        // In builds for development the providers are simulated on this computer, without TLS.
        let url = if cfg!(feature = "dev-endpoints") {
            started.authorize_url.clone()
        } else {
            gate::check_web(started.authorize_url.as_str())?
        };
        Ok(self.host().opener.open(&url).await?)
    }

    /// Gives a sign-in up. An answer that still comes is refused.
    pub fn cancel_sign_in(&self, attempt: &str) -> Result<(), Error> {
        lock(&self.attempts().0).remove(attempt);
        let attempts = StoredAttempts(self.store(), self.now(), None);
        attempts.abandon(attempt).map_err(AuthError::Store)?;
        Ok(())
    }

    /// Takes a `dayline://` link that the system delivered.
    ///
    /// # Errors
    /// [`Error::Invalid`] for a link that means nothing to Dayline, else as the sign-in ends.
    pub async fn open_deep_link(&self, link: &str) -> Result<AccountId, Error> {
        let url = Url::parse(link).map_err(|_| Error::Invalid("this is not a link".to_owned()))?;
        if url.scheme() != "dayline" || url.host_str() != Some("oauth") {
            return Err(Error::Invalid(
                "this link means nothing to Dayline".to_owned(),
            ));
        }
        self.finish_sign_in(&url).await
    }

    /// Completes the sign-in that `callback` answers, and tells how it ended.
    async fn finish_sign_in(&self, callback: &Url) -> Result<AccountId, Error> {
        let asked = self.asked(callback)?;
        let (attempt, result) = match self.redeem(callback).await {
            Ok((attempt, account)) => (Some(attempt), Ok(account)),
            Err((attempt, error)) => (attempt, Err(error)),
        };
        if let Some(attempt) = attempt {
            let error = result.as_ref().err().map(IpcError::from);
            let needs_admin = error
                .as_ref()
                .is_some_and(|error| error.code == ErrorCode::NeedsAdmin);
            let link = asked
                .filter(|_| needs_admin)
                .map(|issuer| self.consent_link(issuer, None));
            let outcome = SignInOutcome {
                attempt: attempt.clone(),
                account_id: result.as_ref().ok().map(ToString::to_string),
                error,
                admin_consent_link: link.transpose()?.map(String::from),
            };
            self.note_sign_in(result.as_ref().copied());
            self.tell(EngineEvent::SignInFinished(outcome.clone()));
            if result.is_ok() {
                self.tell(EngineEvent::AccountsChanged);
                self.wake().notify_one();
            }
            self.tell_holder(Some(outcome)).await;
            // Last, since it may be the task that runs this.
            let task = lock(&self.attempts().0).remove(&attempt);
            drop(task);
        }
        result
    }

    async fn redeem(&self, callback: &Url) -> Result<(String, AccountId), (Option<String>, Error)> {
        let nameless = |error: Error| (None, error);
        // Any program can send a link. One that nobody asked for neither makes the keyring ask
        // for its password nor puts a key into it.
        if self.asked(callback).map_err(nameless)?.is_none() {
            return Err((None, Error::Auth(AuthError::InvalidCallback)));
        }
        let mut clients: BTreeMap<Issuer, Client> = BTreeMap::new();
        for issuer in Issuer::ALL {
            if let Ok(client) = clients::load(self, issuer).await {
                clients.insert(issuer, client);
            }
        }
        let signed_in = loop {
            let sealer = self.sealer().await.map_err(nameless)?;
            let completed = dayline_auth::complete(
                self.host(),
                &self.config().endpoints,
                &|issuer| clients.get(&issuer).cloned(),
                &sealer,
                &StoredAttempts(self.store(), self.now(), Some(&sealer)),
                callback,
            )
            .await;
            match completed {
                Ok(signed_in) => break signed_in,
                // The key was replaced before the attempt was consumed.
                Err(failed)
                    if matches!(failed.error, AuthError::Store(_))
                        && self.is_replaced(&sealer).map_err(nameless)? => {}
                Err(failed) => return Err((failed.attempt_id, Error::Auth(failed.error))),
            }
        };
        let attempt = signed_in.attempt_id.clone();
        match self.add_account(signed_in).await {
            Ok(account) => Ok((attempt, account)),
            Err(error) => Err((Some(attempt), error)),
        }
    }

    /// Whom the attempt asked that `callback` answers; `None` if it answers none that is open.
    fn asked(&self, callback: &Url) -> Result<Option<Issuer>, Error> {
        let Some(hash) = dayline_auth::state_hash(callback) else {
            return Ok(None);
        };
        let asked = self.store().read(|read| read.find_open_attempt(&hash))?;
        Ok(asked.map(|(provider, cloud)| Issuer { provider, cloud }))
    }

    /// An account by the id that a reader was given.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub(crate) fn load_account(&self, account: &str) -> Result<AccountRow, Error> {
        let id = account_id(account)?;
        let found = self.store().read(|read| read.find_account(id))?;
        found.ok_or(Error::NotFound("account"))
    }

    /// The address at which an administrator of an account's organisation allows Dayline; to be
    /// sent to them.
    ///
    /// # Errors
    /// [`Error::NotFound`], or not configured.
    pub fn admin_consent_link(&self, account: &str) -> Result<Url, Error> {
        let account = self.load_account(account)?;
        self.consent_link(issuer_of(&account), account.tenant.as_deref())
    }

    /// The same for somebody who has no account here yet.
    ///
    /// # Errors
    /// Not configured.
    pub fn consent_link(&self, issuer: Issuer, tenant: Option<&str>) -> Result<Url, Error> {
        let client = clients::find(self, issuer)?.ok_or_else(|| Error::not_configured(issuer))?;
        let endpoints = &self.config().endpoints;
        Ok(dayline_auth::admin_consent_url(
            endpoints, issuer, &client, tenant,
        )?)
    }

    /// Keeps a signed-in identity with its calendars: all of it or nothing.
    async fn add_account(&self, signed_in: dayline_auth::SignedIn) -> Result<AccountId, Error> {
        let provider = self.provider(signed_in.issuer)?;
        let token = &signed_in.tokens.access;
        let claims = signed_in.identity.clone().unwrap_or_default();
        let identity = match (provider.fetch_identity(token).await, claims.email) {
            (Ok(identity), _) => Identity {
                name: identity.name.or(claims.name),
                ..identity
            },
            (Err(ProviderError::NotFound | ProviderError::Forbidden { .. }), Some(email)) => {
                Identity {
                    email,
                    name: claims.name,
                }
            }
            (Err(error), _) => return Err(error.into()),
        };
        let mut calendars = some_calendars(provider.fetch_calendars(token).await?)?;
        let categories = provider.fetch_categories(token).await?;
        let now = self.now();
        // Signing in again lists the user's own mailbox alone.
        let known = self
            .store()
            .read(|read| read.find_account_by_email(signed_in.issuer.provider, &identity.email))?;
        if let Some(account) = &known {
            calendars.extend(shared::all_known(self, account)?);
        }
        let new = NewAccount {
            provider: signed_in.issuer.provider,
            cloud: signed_in.issuer.cloud,
            tenant: claims.tid.as_deref(),
            email: &identity.email,
            display_name: identity.name.as_deref(),
            client_id: &signed_in.client_id,
        };
        let keep = |write: &Write<'_>, sealer: &Sealer| {
            let account = write.put_account(&new, now)?;
            let sealed = self.seal_tokens(sealer, account, &signed_in.tokens)?;
            write.put_tokens(account, &sealed)?;
            renew_after_sign_in(write, account, now)?;
            write.put_calendars(account, &calendars, connect_at_first, now)?;
            if let Some(categories) = &categories {
                write.put_categories(account, categories)?;
            }
            Ok(account)
        };
        let account = self.write_sealed(None, keep).await?;
        tracing::info!(
            account = account.0,
            provider = signed_in.issuer.provider.as_str(),
            "signed in"
        );
        Ok(account)
    }

    fn give_up(&self, attempt: &str, error: &Error) {
        self.note_sign_in(Err(error));
        self.tell(EngineEvent::SignInFinished(SignInOutcome {
            attempt: attempt.to_owned(),
            account_id: None,
            error: Some(IpcError::from(error)),
            admin_consent_link: None,
        }));
    }

    /// Removes an account with everything that was synced for it from this computer.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn remove_account(&self, account: &str) -> Result<(), Error> {
        let id = account_id(account)?;
        self.end_push_of(id).await;
        if !self.store().write(|write| write.remove_account(id))? {
            return Err(Error::NotFound("account"));
        }
        tracing::info!(account = id.0, "account removed");
        self.note_removed(id);
        self.changed_here().await;
        Ok(())
    }

    /// Syncs a calendar to this computer, or no longer; then its events are removed from it.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn set_calendar_connected(
        &self,
        calendar: &str,
        connected: bool,
    ) -> Result<(), Error> {
        let id = calendar_id(calendar)?;
        if !self
            .store()
            .write(|write| write.set_calendar_connected(id, connected))?
        {
            return Err(Error::NotFound("calendar"));
        }
        self.note_connected(id, connected);
        self.changed_here().await;
        Ok(())
    }

    /// Shows some calendars and hides others, all of them or none.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one of them is not there.
    pub async fn set_calendars_visible(
        &self,
        show: &[String],
        hide: &[String],
    ) -> Result<(), Error> {
        let shown = show.iter().map(|id| (id, true));
        let switches = shown
            .chain(hide.iter().map(|id| (id, false)))
            .map(|(id, visible)| Ok((calendar_id(id)?, visible)))
            .collect::<Result<Vec<_>, Error>>()?;
        let done = self.store().write(|write| {
            for (id, _) in &switches {
                if write.find_calendar(*id)?.is_none() {
                    return Ok(false);
                }
            }
            for (id, visible) in &switches {
                write.set_calendar_visible(*id, *visible)?;
            }
            Ok(true)
        })?;
        if !done {
            return Err(Error::NotFound("calendar"));
        }
        self.changed_here().await;
        Ok(())
    }

    pub(crate) async fn changed_here(&self) {
        self.tell(EngineEvent::AccountsChanged);
        self.tell(EngineEvent::everything());
        self.wake().notify_one();
        self.tell_holder(None).await;
    }
}

/// The calendars of a list. Every account has its main calendar: a list without any would remove
/// everything that was synced, and is none.
pub(crate) fn some_calendars(list: CalendarList) -> Result<Vec<Calendar>, ProviderError> {
    if list.calendars.is_empty() {
        let what = "no calendars";
        return Err(ProviderError::Unusable { what });
    }
    Ok(list.calendars)
}

/// Which calendars a new account starts with: those that its provider shows.
pub(crate) fn connect_at_first(calendar: &Calendar) -> bool {
    calendar.is_primary || calendar.is_selected
}
