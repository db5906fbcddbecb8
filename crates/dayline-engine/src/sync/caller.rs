//! One account's calls to its provider: token, retries, counting.
//!
//! What a provider asks one call to wait for, others wait for as well: a round and the keeper of
//! subscriptions run beside each other.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use dayline_auth::AuthError;
use dayline_providers::{Provider, ProviderError};
use dayline_store::{AccountRow, Generation};
use secrecy::SecretString;
use tokio::time::Instant;

use crate::engine::issuer_of;
use crate::tokens::{EARLY, Refused};
use crate::{Engine, Error};

/// How often a call is tried in one sync.
const TRIES: u32 = 4;
/// How often one that is not answered in time: each costs half a minute.
const TRIES_IN_SILENCE: u32 = 2;
/// The longest that one sync waits for a provider that asks for patience; beyond it the sync
/// ends and the scheduler comes back.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// Waits after a provider's own fault grow from this, with full jitter.
const FIRST_WAIT: Duration = Duration::from_millis(500);

/// Calls a provider for one account.
pub(crate) struct Caller<'a> {
    engine: &'a Engine,
    provider: Arc<dyn Provider>,
    account: &'a AccountRow,
    generation: Generation,
    /// What a provider had asked for before this does not count; `None`: everything does.
    begun: Option<Instant>,
    /// How long the token has to last.
    lasts: TimeDelta,
    calls: AtomicU32,
}

impl<'a> Caller<'a> {
    pub(crate) fn new(
        engine: &'a Engine,
        account: &'a AccountRow,
        generation: Generation,
    ) -> Result<Self, Error> {
        let provider = engine.provider(issuer_of(account))?;
        Ok(Self {
            engine,
            provider,
            account,
            generation,
            begun: Some(Instant::now()),
            lasts: EARLY,
            calls: AtomicU32::new(0),
        })
    }

    /// Nobody wished for what it does: it asks nothing while a provider wants to be left alone.
    pub(crate) fn unwished(self) -> Self {
        Self {
            begun: None,
            ..self
        }
    }

    /// What it makes lives with the token, which has to last for longer than `lasts`.
    pub(crate) fn lasting(self, lasts: TimeDelta) -> Self {
        Self { lasts, ..self }
    }

    /// How many calls were made.
    pub(super) fn calls(&self) -> u32 {
        self.calls.load(Ordering::Relaxed)
    }

    /// Calls until there is an answer, the provider's patience or ours ends, or trying again is
    /// of no use.
    pub(crate) async fn call<T, F>(
        &self,
        request: impl Fn(Arc<dyn Provider>, SecretString) -> F,
    ) -> Result<T, Error>
    where
        F: Future<Output = Result<T, ProviderError>>,
    {
        let mut refreshed = false;
        let mut tries = 0;
        loop {
            let token = self
                .engine
                .access_token(self.account, self.generation, self.lasts)
                .await?;
            self.keep_quiet().await?;
            self.calls.fetch_add(1, Ordering::Relaxed);
            let error = match request(self.provider.clone(), token.clone()).await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            tries += 1;
            if let ProviderError::Throttled {
                retry_after: Some(wait),
            } = error
            {
                let turns = self.engine.turns();
                turns.keep_quiet(self.account.id, Instant::now(), wait);
            }
            match error {
                ProviderError::Unauthorized { claims } => {
                    // What a challenge asks for, a refresh may prove without the user.
                    let claims = claims.as_deref().and_then(dayline_auth::claims::read);
                    if refreshed {
                        return Err(match claims {
                            None => AuthError::NeedsSignIn,
                            claims => AuthError::NeedsVerification { claims },
                        }
                        .into());
                    }
                    refreshed = true;
                    let refused = Refused {
                        token: &token,
                        claims: claims.as_deref(),
                    };
                    self.engine
                        .refresh_token(self.account, self.generation, &refused)
                        .await?;
                    // Whoever took the token back took it from the subscriptions that hold it.
                    self.engine.push().rearm([self.account.id]);
                }
                error => match self.wait_for(&error, tries) {
                    Some(wait) if tries < most_tries(&error) => {
                        tracing::info!(
                            account = self.account.id.0,
                            code = error.code(),
                            wait_ms = wait.as_millis(),
                            "trying again"
                        );
                        tokio::time::sleep(wait).await;
                    }
                    _ => return Err(error.into()),
                },
            }
        }
    }

    /// Waits for as long as the provider asked any call of the account to, unless that is long: then
    /// there is no call, except for one who began in spite of it.
    async fn keep_quiet(&self) -> Result<(), ProviderError> {
        let turns = self.engine.turns();
        while let Some(quiet) = turns.quiet(self.account.id, Instant::now()) {
            let wait = quiet.until - Instant::now();
            if wait <= LONGEST_WAIT {
                tokio::time::sleep_until(quiet.until).await;
            } else if self.begun.is_some_and(|begun| quiet.since < begun) {
                break;
            } else {
                return Err(ProviderError::Throttled {
                    retry_after: Some(wait),
                });
            }
        }
        Ok(())
    }

    fn wait_for(&self, error: &ProviderError, tries: u32) -> Option<Duration> {
        match error {
            ProviderError::Throttled {
                retry_after: Some(wait),
            } => (*wait <= LONGEST_WAIT).then_some(*wait),
            ProviderError::Throttled { retry_after: None }
            | ProviderError::Server { .. }
            | ProviderError::Timeout
            | ProviderError::Broken => {
                let most = FIRST_WAIT * 2_u32.saturating_pow(tries);
                let jitter = self
                    .engine
                    .host()
                    .rng
                    .below(u64::try_from(most.as_millis()).unwrap_or(u64::MAX));
                Some(Duration::from_millis(jitter))
            }
            _ => None,
        }
    }
}

fn most_tries(error: &ProviderError) -> u32 {
    match error {
        ProviderError::Timeout => TRIES_IN_SILENCE,
        _ => TRIES,
    }
}
