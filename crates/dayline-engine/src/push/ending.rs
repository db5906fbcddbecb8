//! Ends subscriptions: of an account that goes, of a relay that is not used any more, and what a
//! death left at a provider.

use std::sync::Arc;
use std::time::Duration;

use dayline_model::AccountId;
use dayline_providers::Subscription;
use dayline_store::{Generation, PushRow, PushState};
use secrecy::ExposeSecret;
use sha2::{Digest, Sha256};

use super::keeper::{Keeper, problem_of};
use super::plan::Facts;
use crate::sync::Caller;
use crate::{Engine, Error};

/// Whoever removes an account waits for so long.
const GOODBYE: Duration = Duration::from_secs(5);
/// And looks this often whether another process is done.
const GLANCE: Duration = Duration::from_millis(100);

impl Engine {
    /// Without a relay: ends what providers were to tell the one before.
    pub(super) async fn end_what_is_left(&self, generation: Generation) {
        let keeper = Keeper {
            engine: self,
            generation,
        };
        if let Err(error) = keeper.end_all().await {
            tracing::warn!(code = ?error.code(), "subscriptions end by themselves");
        }
    }

    /// Ends every subscription of an account that is about to be removed, as far as its provider
    /// can be reached now. What is left ends by itself within a week, and tells of nothing.
    pub(crate) async fn end_push_of(&self, account: AccountId) {
        let ended = tokio::time::timeout(GOODBYE, self.end_subscriptions(account)).await;
        if !matches!(ended, Ok(Ok(()))) {
            tracing::info!(account = account.0, "subscriptions end by themselves");
        }
    }

    async fn end_subscriptions(&self, account: AccountId) -> Result<(), Error> {
        let (row, mut pushes) = self
            .store()
            .read(|read| Ok((read.find_account(account)?, read.push_subscriptions()?)))?;
        pushes.retain(|push| push.account == account);
        let Some(row) = row.filter(|_| !pushes.is_empty()) else {
            return Ok(());
        };
        let Some(pen) = self.take_pen().await? else {
            return self.have_ended(account).await;
        };
        let keeper = Keeper {
            engine: self,
            generation: pen.generation(),
        };
        let caller = Caller::new(self, &row, pen.generation())?;
        for push in &pushes {
            keeper.end(&caller, push).await?;
        }
        Ok(())
    }

    /// The same by whoever holds the pen, which sees that nothing is wanted any more.
    async fn have_ended(&self, account: AccountId) -> Result<(), Error> {
        self.store().write(|write| {
            for calendar in write.calendars()? {
                if calendar.account == account {
                    write.set_push_wanted(calendar.id, false)?;
                }
            }
            Ok(())
        })?;
        self.tell_holder(None).await;
        let is_left = || {
            let rows = self.store().read(|read| read.push_subscriptions())?;
            Ok::<_, Error>(rows.iter().any(|row| row.account == account))
        };
        while is_left()? {
            tokio::time::sleep(GLANCE).await;
        }
        Ok(())
    }
}

impl Keeper<'_> {
    /// Ends what the provider lists and what is ours by its address, but of which we do not know
    /// that it lives. True if there was any.
    pub(super) async fn end_our_own(
        &self,
        caller: &Caller<'_>,
        facts: &Facts,
    ) -> Result<bool, Error> {
        let listed = caller
            .call(|provider, token| async move { provider.fetch_subscriptions(&token).await })
            .await?;
        let Some(listed) = listed else {
            return Ok(false);
        };
        let mut any = false;
        for one in listed {
            let digest = Sha256::digest(one.url.expose_secret());
            let is_ours = facts.rows.iter().any(|row| {
                row.state != PushState::Active && row.url_sha256.as_slice() == digest.as_slice()
            });
            if is_ours {
                let ended = Arc::new(Subscription {
                    id: one.id,
                    resource: None,
                    expires_at: self.engine.now(),
                });
                any |= unsubscribe(caller, ended).await.is_ok();
            }
        }
        Ok(any)
    }

    pub(super) async fn end(&self, caller: &Caller<'_>, row: &PushRow) -> Result<(), Error> {
        if let (Some(id), Some(expires_at)) = (&row.subscription, row.expires_at) {
            let subscription = Arc::new(Subscription {
                id: id.clone(),
                resource: row.resource.clone(),
                expires_at,
            });
            if let Err(error) = unsubscribe(caller, subscription).await {
                return self.say_farewell_later(row, &error);
            }
        }
        self.forget_push(row.id)
    }

    pub(super) async fn clear(
        &self,
        caller: &Caller<'_>,
        row: &PushRow,
        facts: &Facts,
    ) -> Result<(), Error> {
        match self.end_our_own(caller, facts).await {
            Ok(_) => self.forget_push(row.id),
            Err(error) => self.say_farewell_later(row, &error),
        }
    }

    /// Its provider could not be told that it ends.
    fn say_farewell_later(&self, row: &PushRow, error: &Error) -> Result<(), Error> {
        self.keep_problem(row, PushState::Ending, problem_of(error))
    }
}

pub(super) async fn unsubscribe(
    caller: &Caller<'_>,
    subscription: Arc<Subscription>,
) -> Result<(), Error> {
    caller
        .call(|provider, token| {
            let subscription = Arc::clone(&subscription);
            async move { provider.unsubscribe(&token, &subscription).await }
        })
        .await
}
