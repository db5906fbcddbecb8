//! Makes and renews subscriptions as [`plan`](super::plan) says, and has others
//! [ended](super::ending).

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use dayline_model::{AccountId, CalendarId, ProviderKind};
use dayline_providers::{ProviderError, Subscription, Watched, Webhook};
use dayline_relay_protocol::Vendor;
use dayline_store::{AccountRow, Generation, NewPush, PushRow, PushState};
use secrecy::{ExposeSecret, SecretString};
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use super::device::{Relay, RelayProblem, is_device};
use super::ending::unsubscribe;
use super::plan::{ELSEWHERE, Facts, REFUSED, REMOVED, SHORT_LIVED, Step, Target, plan, resting};
use crate::clients::hex;
use crate::engine::lock;
use crate::sync::Caller;
use crate::{Engine, EngineEvent, Error};

/// How often subscriptions are looked at.
const EACH: Duration = Duration::from_mins(30);
/// How soon again, when something did not work.
const AGAIN: Duration = Duration::from_mins(5);
/// What asks for renewals comes for one subscription after the other, and is gathered for so long.
const GATHER: Duration = Duration::from_secs(5);
/// A subscription at Graph tells for as long as the token lives with which it was made or renewed
/// last, and Graph asks for another 15 minutes before it ends. One that ends sooner than this is
/// not given.
///
/// # Source
/// Graph "Receive change notifications through webhooks", "Authentication"; "Reduce missing
/// subscriptions and change notifications".
const TOKEN_LASTS: TimeDelta = TimeDelta::minutes(30);
/// One that ends sooner is not worth having, or the clock is wrong.
const SHORTEST_LIFE: TimeDelta = TimeDelta::minutes(20);
/// A plan leads to another plan; one that leads in circles stops here.
const MOST_PLANS: usize = 6;

/// How a step ended.
enum Done {
    Well,
    /// The relay cannot be used: the other steps would fare no better.
    Relay(RelayProblem),
}

impl Engine {
    /// Keeps subscriptions as they should be, for as long as the relay is this one.
    pub(super) async fn keep_subscriptions(&self, generation: Generation, base: &str) {
        let keeper = Keeper {
            engine: self,
            generation,
        };
        loop {
            if !lock(&self.push().state).rearm.is_empty() {
                tokio::time::sleep(GATHER).await;
            }
            let rearm = std::mem::take(&mut lock(&self.push().state).rearm);
            let pause = match keeper.keep_once(base, rearm).await {
                Ok(true) => EACH,
                Ok(false) => AGAIN,
                Err(error) => {
                    tracing::warn!(code = ?error.code(), "subscriptions stay as they are");
                    AGAIN
                }
            };
            tokio::select! {
                biased;
                () = self.push().kept.notified() => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}

/// Does it, under one lease.
pub(super) struct Keeper<'a> {
    pub(super) engine: &'a Engine,
    pub(super) generation: Generation,
}

impl<'a> Keeper<'a> {
    /// `false` if something is left to be done soon: the relay could not be used, a provider asked
    /// to be left alone, or a renewal has to wait.
    async fn keep_once(&self, base: &str, rearm: BTreeSet<AccountId>) -> Result<bool, Error> {
        let mut relay = None;
        let mut rearm = rearm;
        let mut changed = false;
        let mut waits = false;
        for _ in 0..MOST_PLANS {
            let facts = self.push_facts(std::mem::take(&mut rearm))?;
            // They are renewed at a later look.
            let resting = resting(&facts);
            waits |= !facts.waiting.is_empty() || !resting.is_empty();
            lock(&self.engine.push().state).rearm.extend(resting);
            let steps = plan(&facts);
            if steps.is_empty() {
                break;
            }
            changed = true;
            for step in steps {
                let done = self.take_step(base, &facts, &mut relay, &step).await?;
                if let Done::Relay(error) = done {
                    tracing::info!(%error, "no new subscriptions");
                    return Ok(false);
                }
            }
        }
        if changed {
            self.engine.tell(EngineEvent::AccountsChanged);
        }
        Ok(!waits)
    }

    /// Ends all that there is.
    pub(super) async fn end_all(&self) -> Result<(), Error> {
        let rows = self.engine.store().read(|read| read.push_subscriptions())?;
        if rows.is_empty() {
            return Ok(());
        }
        let mut facts = self.push_facts(BTreeSet::new())?;
        facts.unwanted = facts.calendars.iter().map(|calendar| calendar.id).collect();
        for step in plan(&facts) {
            // Nothing is wanted, so no step asks for a relay.
            self.take_step("", &facts, &mut None, &step).await?;
        }
        Ok(())
    }

    fn push_facts(&self, rearm: BTreeSet<AccountId>) -> Result<Facts, Error> {
        let (now, at) = (self.engine.now(), Instant::now());
        let turns = self.engine.turns();
        Ok(self.engine.store().read(|read| {
            let accounts = read.accounts()?;
            let ids = accounts.iter().map(|account| account.id);
            Ok(Facts {
                now,
                waiting: ids.filter(|id| turns.must_wait_long(*id, at)).collect(),
                accounts,
                calendars: read.calendars()?,
                rows: read.push_subscriptions()?,
                by_mailbox: read.accounts_pushed_by_mailbox()?,
                unwanted: read.calendars_without_push()?,
                rearm,
            })
        })?)
    }

    async fn take_step(
        &self,
        base: &str,
        facts: &Facts,
        relay: &mut Option<Relay<'a>>,
        step: &Step,
    ) -> Result<Done, Error> {
        let now = self.engine.now();
        let row = |id: i64| facts.rows.iter().find(|row| row.id == id);
        let write = |id, state, problem: &str| {
            self.engine.store().write_held(self.generation, |write| {
                write.set_push_state(id, state, Some(problem), now)
            })
        };
        match step {
            Step::Forget(id) => {
                self.engine
                    .store()
                    .write_held(self.generation, |write| write.remove_push(*id))?;
            }
            Step::Expire(id) => write(*id, PushState::Inactive, "expired")?,
            Step::Renew(account, ids) => {
                let Some(account) = facts.accounts.iter().find(|one| one.id == *account) else {
                    return Ok(Done::Well);
                };
                let rows: Vec<&PushRow> = ids.iter().filter_map(|id| row(*id)).collect();
                self.renew(&self.caller(account)?, &rows, facts).await?;
            }
            Step::End(id) | Step::Clear(id) => {
                let Some(row) = row(*id) else {
                    return Ok(Done::Well);
                };
                let Some(account) = facts.accounts.iter().find(|one| one.id == row.account) else {
                    return Ok(Done::Well);
                };
                let caller = Caller::new(self.engine, account, self.generation)?.unwished();
                match step {
                    Step::Clear(_) => self.clear(&caller, row, facts).await?,
                    _ => self.end(&caller, row).await?,
                }
            }
            Step::Create(target) => {
                let known = match relay.take() {
                    Some(known) => known,
                    None => match self.engine.relay(base).await? {
                        Ok(known) => known,
                        Err(error) => return Ok(Done::Relay(error)),
                    },
                };
                let done = self.create(&known, facts, *target).await;
                *relay = Some(known);
                return done;
            }
        }
        Ok(Done::Well)
    }

    /// Asks for what lives with the token, where anything does.
    fn caller<'b>(&'b self, account: &'b AccountRow) -> Result<Caller<'b>, Error> {
        let caller = Caller::new(self.engine, account, self.generation)?.unwished();
        Ok(match account.provider {
            ProviderKind::Microsoft => caller.lasting(TOKEN_LASTS),
            ProviderKind::Google => caller,
        })
    }

    async fn create(
        &self,
        relay: &Relay<'_>,
        facts: &Facts,
        target: Target,
    ) -> Result<Done, Error> {
        let (account, calendar) = target;
        let Some(account) = facts.accounts.iter().find(|one| one.id == account) else {
            return Ok(Done::Well);
        };
        let client_state = SecretString::from(self.random_hex::<32>());
        let digest = hex(&Sha256::digest(client_state.expose_secret()));
        let vendor = match account.provider {
            ProviderKind::Microsoft => Vendor::Microsoft,
            ProviderKind::Google => Vendor::Google,
        };
        let channel = match relay.open_channel(vendor, digest).await {
            Ok(channel) => channel,
            Err(error) => return Ok(Done::Relay(error)),
        };
        let name = self.random_hex::<16>();
        // It stands before the provider is asked: the first notice may come before its answer.
        let id = self.engine.store().write_held(self.generation, |write| {
            // Another process may have enrolled anew: this channel reaches nobody then.
            if !is_device(write, &relay.device)? {
                return Ok(None);
            }
            let new = NewPush {
                account: account.id,
                calendar,
                channel: &channel.id.0,
                url_sha256: &Sha256::digest(&channel.url),
                subscription: (account.provider == ProviderKind::Google).then_some(&name),
            };
            write.add_push(&new, self.engine.now()).map(Some)
        })?;
        let Some(id) = id else {
            return Ok(Done::Relay(RelayProblem::Unknown));
        };
        let webhook = Webhook {
            url: channel.url.into(),
            client_state,
        };
        let caller = self.caller(account)?;
        let mut asked = self.ask(&caller, facts, calendar, &name, &webhook).await;
        if is_conflict(&asked) && matches!(self.end_our_own(&caller, facts).await, Ok(true)) {
            asked = self.ask(&caller, facts, calendar, &name, &webhook).await;
        }
        let mut target = target;
        // Graph may take no single calendar; but it also says so where it cannot reach the relay.
        if calendar.is_some() && is_bad_request(&asked) {
            let mailbox = self.ask(&caller, facts, None, &name, &webhook).await;
            if mailbox.is_ok() {
                asked = mailbox;
                target = (account.id, None);
            }
        }
        let now = self.engine.now();
        match asked {
            Ok(subscription) if subscription.expires_at <= now + SHORTEST_LIFE => {
                // It ends in any case.
                let _ended = unsubscribe(&caller, Arc::new(subscription)).await;
                self.engine.store().write_held(self.generation, |write| {
                    write.set_push_state(id, PushState::Inactive, Some(SHORT_LIVED), now)
                })?;
            }
            Ok(subscription) => {
                self.engine.store().write_held(self.generation, |write| {
                    let names = (subscription.id.as_str(), subscription.resource.as_deref());
                    if target.1.is_none() && calendar.is_some() {
                        write.set_push_by_mailbox(account.id, id)?;
                    }
                    write.set_push_active(id, names, subscription.expires_at, now)
                })?;
                tracing::info!(
                    account = account.id.0,
                    "a provider tells of changes from now on"
                );
                // What changed since the last round was told to nobody.
                self.engine.push().hint(watched(facts, target));
            }
            Err(error) => {
                let problem = problem_of(&error);
                tracing::info!(account = account.id.0, problem, "no push");
                self.engine.store().write_held(self.generation, |write| {
                    write.set_push_state(id, PushState::Inactive, Some(problem), now)
                })?;
            }
        }
        Ok(Done::Well)
    }

    async fn ask(
        &self,
        caller: &Caller<'_>,
        facts: &Facts,
        calendar: Option<CalendarId>,
        name: &str,
        webhook: &Webhook,
    ) -> Result<Subscription, Error> {
        let row = facts.calendars.iter().find(|row| Some(row.id) == calendar);
        caller
            .call(|provider, token| async move {
                let watched = match row {
                    Some(row) => Watched::Calendar(&row.calendar.id),
                    None => Watched::Mailbox,
                };
                provider.subscribe(&token, watched, name, webhook).await
            })
            .await
    }

    async fn renew(
        &self,
        caller: &Caller<'_>,
        rows: &[&PushRow],
        facts: &Facts,
    ) -> Result<(), Error> {
        let id = |row: &&PushRow| row.subscription.clone().unwrap_or_default();
        let ids: Arc<[String]> = rows.iter().map(id).collect();
        let asked = caller
            .call(|provider, token| {
                let ids = Arc::clone(&ids);
                async move { provider.renew(&token, &ids).await }
            })
            .await;
        match asked {
            Ok(answers) => {
                for (row, answer) in rows.iter().zip(answers) {
                    self.keep_renewed(row, answer, facts)?;
                }
            }
            // They live until their end; the next plan tries again.
            Err(error) => {
                for row in rows {
                    self.keep_problem(row, PushState::Active, problem_of(&error))?;
                }
            }
        }
        Ok(())
    }

    fn keep_renewed(
        &self,
        row: &PushRow,
        answer: Result<Subscription, ProviderError>,
        facts: &Facts,
    ) -> Result<(), Error> {
        let subscription = match answer {
            Ok(subscription) => subscription,
            Err(ProviderError::NotFound) => {
                return self.keep_problem(row, PushState::Inactive, REMOVED);
            }
            Err(error) => {
                return self.keep_problem(row, PushState::Active, problem_of(&error.into()));
            }
        };
        let now = self.engine.now();
        self.engine.store().write_held(self.generation, |write| {
            let names = (subscription.id.as_str(), row.resource.as_deref());
            write.set_push_active(row.id, names, subscription.expires_at, now)
        })?;
        if row.problem.is_some() {
            // What changed while it could not be renewed was perhaps told to nobody.
            let told = watched(facts, (row.account, row.calendar));
            self.engine.push().hint(told);
        }
        Ok(())
    }

    pub(super) fn keep_problem(
        &self,
        row: &PushRow,
        state: PushState,
        problem: &str,
    ) -> Result<(), Error> {
        let now = self.engine.now();
        Ok(self.engine.store().write_held(self.generation, |write| {
            write.set_push_state(row.id, state, Some(problem), now)
        })?)
    }

    pub(super) fn forget_push(&self, id: i64) -> Result<(), Error> {
        Ok(self
            .engine
            .store()
            .write_held(self.generation, |write| write.remove_push(id))?)
    }

    fn random_hex<const N: usize>(&self) -> String {
        let mut bytes = [0; N];
        self.engine.host().rng.fill(&mut bytes);
        hex(&bytes)
    }
}

/// The calendars of which a subscription to `target` tells.
fn watched(facts: &Facts, (account, calendar): Target) -> Vec<CalendarId> {
    facts
        .calendars
        .iter()
        .filter(|row| {
            row.is_connected && row.account == account && calendar.is_none_or(|only| only == row.id)
        })
        .map(|row| row.id)
        .collect()
}

fn is_bad_request(asked: &Result<Subscription, Error>) -> bool {
    matches!(
        asked,
        Err(Error::Provider(ProviderError::Rejected { status: 400, .. }))
    )
}

fn is_conflict(asked: &Result<Subscription, Error>) -> bool {
    matches!(
        asked,
        Err(Error::Provider(ProviderError::Rejected { status: 409, .. }))
    )
}

/// The word for why a provider tells nothing.
pub(super) fn problem_of(error: &Error) -> &'static str {
    match error {
        Error::Provider(ProviderError::Rejected { status: 409, .. }) => ELSEWHERE,
        Error::Provider(
            ProviderError::Rejected { .. }
            | ProviderError::Forbidden { .. }
            | ProviderError::NotFound,
        ) => REFUSED,
        Error::Provider(error) => error.code(),
        error => error.code().word(),
    }
}
