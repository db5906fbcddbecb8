//! Keeping this computer equal to the providers: fetch → map → plan → apply.
//!
//! A *round* brings one calendar up to date: a full one lists its window, a delta one what
//! changed since. Each page is applied with its cursor in one transaction, so a round that is cut
//! off anywhere goes on where it was.

mod account;
mod apply;
mod calendar;
mod caller;
mod derive;
mod ledger;
mod plan;
mod projection;
mod questions;
mod round;
mod visit;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use dayline_model::{AccountId, CalendarId};
use dayline_store::{AccountRow, Generation, StoreError};
use futures_util::future::{BoxFuture, FutureExt, Shared, WeakShared, join_all};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

pub(crate) use self::caller::{Caller, LONGEST_WAIT};
pub(crate) use self::derive::link_row;
pub(crate) use self::projection::shown_span;
use crate::engine::{account_id, lock};
use crate::view::IpcError;
use crate::{Engine, EngineEvent, Error, Pen};

/// Rises when events are read otherwise than before, so that all of them are listed anew.
const READING: &str = "2";
/// The setting that keeps by which reading the rows were written.
const READING_KEY: &str = "events_reading";

/// The version of the zone database that places occurrences.
pub(crate) fn time_zone_database() -> &'static str {
    apply::tzdb()
}

/// What to sync.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncRequest {
    /// List everything again, even where a delta would do.
    pub full: bool,
    /// Only this account; `None`: all of them.
    #[serde(default)]
    pub account: Option<AccountId>,
    /// Only this calendar; `None`: all that are connected.
    pub calendar: Option<CalendarId>,
    /// Ask for the list of calendars as well; otherwise only once an hour.
    pub list_calendars: bool,
    /// Only accounts whose turn it is: none that asked to wait, or that waits for its user.
    #[serde(default)]
    pub only_due: bool,
}

impl SyncRequest {
    /// What a user asks for who wants everything fresh.
    #[must_use]
    pub fn on_demand() -> Self {
        Self {
            list_calendars: true,
            ..Self::default()
        }
    }

    /// The same of one account.
    ///
    /// # Errors
    /// [`Error::NotFound`] for what is no id of an account.
    pub fn on_demand_of(account: &str) -> Result<Self, Error> {
        Ok(Self {
            account: Some(account_id(account)?),
            ..Self::on_demand()
        })
    }

    /// Whether doing this does `other` as well.
    fn covers(&self, other: &Self) -> bool {
        self.full >= other.full
            && self.list_calendars >= other.list_calendars
            && self.only_due <= other.only_due
            && (self.account.is_none() || self.account == other.account)
            && (self.calendar.is_none() || self.calendar == other.calendar)
    }
}

/// How a sync went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SyncReport {
    /// Accounts that could not be brought up to date, with the reason in words.
    pub failed_accounts: BTreeMap<String, String>,
    /// Each calendar that was asked for, in the order it was done.
    pub calendars: Vec<CalendarReport>,
}

impl SyncReport {
    /// True if everything asked for is up to date.
    pub fn is_ok(&self) -> bool {
        self.failed_accounts.is_empty()
            && self
                .calendars
                .iter()
                .all(|calendar| calendar.problem.is_none())
    }
}

/// How one calendar's round went.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarReport {
    /// Address of its account.
    pub account: String,
    /// Its name.
    pub calendar: String,
    /// Whether everything was listed.
    pub full: bool,
    /// Events that are new.
    pub added: u32,
    /// Events that changed.
    pub updated: u32,
    /// Events that are gone.
    pub removed: u32,
    /// Requests sent.
    pub calls: u32,
    /// What went wrong, in words.
    pub problem: Option<String>,
}

type Run = BoxFuture<'static, Result<SyncReport, IpcError>>;

/// A sync that somebody waits for. When nobody does any more it is gone, and with it whatever it
/// held.
struct Started {
    request: SyncRequest,
    generation: Generation,
    run: WeakShared<Run>,
}

impl Started {
    fn find(&self, generation: Generation, request: &SyncRequest) -> Option<Shared<Run>> {
        let run = self.run.upgrade().filter(|run| run.peek().is_none())?;
        (self.generation == generation && self.request.covers(request)).then_some(run)
    }
}

/// What runs now, so that a second wish for the same joins it, and so that it can be shown.
#[derive(Default)]
pub(crate) struct Running {
    runs: Mutex<Vec<Started>>,
    accounts: Mutex<BTreeSet<AccountId>>,
    locks: Mutex<BTreeMap<AccountId, Arc<tokio::sync::Mutex<()>>>>,
}

impl Running {
    /// Accounts with a running round.
    pub(crate) fn accounts(&self) -> BTreeSet<AccountId> {
        lock(&self.accounts).clone()
    }

    fn account_lock(&self, account: AccountId) -> Arc<tokio::sync::Mutex<()>> {
        lock(&self.locks).entry(account).or_default().clone()
    }
}

impl Engine {
    /// Syncs under our own pen. A wish that a running sync covers joins it.
    pub(crate) async fn sync_here(
        &self,
        pen: &Arc<Pen>,
        request: SyncRequest,
    ) -> Result<SyncReport, Error> {
        // The pen must not be put down while this runs under it.
        let pen = pen.clone();
        self.sync_under(pen.generation(), request).await
    }

    /// Syncs under our own pen, and joins nothing that runs: it may have passed already what this
    /// is for.
    pub(crate) async fn sync_anew(
        &self,
        pen: &Arc<Pen>,
        request: SyncRequest,
    ) -> Result<SyncReport, Error> {
        let pen = pen.clone();
        self.run_sync(pen.generation(), request).await
    }

    /// Syncs for somebody who asked whoever holds the pen. Whoever puts it down waits for the
    /// answers that are still open, so this need not hold on to it.
    pub(crate) async fn sync_under(
        &self,
        generation: Generation,
        request: SyncRequest,
    ) -> Result<SyncReport, Error> {
        let run = {
            let mut runs = lock(&self.running().runs);
            runs.retain(|started| started.run.upgrade().is_some());
            let running = runs
                .iter()
                .find_map(|started| started.find(generation, &request));
            running.unwrap_or_else(|| {
                let engine = self.clone();
                let run = async move {
                    engine
                        .run_sync(generation, request)
                        .await
                        .map_err(IpcError::from)
                };
                let run = run.boxed().shared();
                runs.extend(run.downgrade().map(|run| Started {
                    request,
                    generation,
                    run,
                }));
                run
            })
        };
        let error = match run.await {
            Ok(report) => return Ok(report),
            Err(error) => error,
        };
        if self.store().read(|read| read.lease())?.generation != generation {
            return Err(StoreError::LeaseLost.into());
        }
        Err(Error::Elsewhere(Box::new(error)))
    }

    async fn run_sync(
        &self,
        generation: Generation,
        request: SyncRequest,
    ) -> Result<SyncReport, Error> {
        self.forget_older_reading(generation)?;
        let accounts = self.accounts_of(&request)?;
        let runs = accounts
            .iter()
            .map(|account| self.sync_account(generation, account.id, &request));
        let mut report = SyncReport::default();
        for run in join_all(runs).await {
            let part = run?;
            report.failed_accounts.extend(part.failed_accounts);
            report.calendars.extend(part.calendars);
        }
        Ok(report)
    }

    fn accounts_of(&self, request: &SyncRequest) -> Result<Vec<AccountRow>, Error> {
        let (mut accounts, calendar) = self.store().read(|read| {
            let calendar = request.calendar.map(|id| read.find_calendar(id));
            Ok((read.accounts()?, calendar.transpose()?))
        })?;
        if let Some(wanted) = request.account {
            accounts.retain(|account| account.id == wanted);
            if accounts.is_empty() {
                return Err(Error::NotFound("account"));
            }
        }
        if request.only_due {
            accounts.retain(|account| self.turns().is_due(account.id, Instant::now()));
        }
        if let Some(calendar) = calendar {
            let owner = calendar.map(|row| row.account);
            accounts.retain(|account| Some(account.id) == owner);
            if accounts.is_empty() {
                return Err(Error::NotFound("calendar"));
            }
        }
        Ok(accounts)
    }

    /// A version that reads more of an event than the one before lists everything once. What is
    /// shown stays meanwhile.
    fn forget_older_reading(&self, generation: Generation) -> Result<(), Error> {
        let kept = self.store().read(|read| read.find_setting(READING_KEY))?;
        if kept.as_deref() == Some(READING) {
            return Ok(());
        }
        self.store().write_held(generation, |write| {
            for calendar in write.calendars()? {
                write.forget_round(calendar.id)?;
            }
            write.put_setting(READING_KEY, READING)
        })?;
        Ok(())
    }

    async fn sync_account(
        &self,
        generation: Generation,
        account: AccountId,
        request: &SyncRequest,
    ) -> Result<SyncReport, Error> {
        let lock_of_account = self.running().account_lock(account);
        let _guard = lock_of_account.lock().await;
        let _shown = Shown::new(self, account);
        account::run(self, generation, account, request).await
    }
}

/// Shows an account as syncing for as long as it lives.
struct Shown<'a>(&'a Engine, AccountId);

impl<'a> Shown<'a> {
    fn new(engine: &'a Engine, account: AccountId) -> Self {
        lock(&engine.running().accounts).insert(account);
        engine.tell(EngineEvent::AccountsChanged);
        Self(engine, account)
    }
}

impl Drop for Shown<'_> {
    fn drop(&mut self) {
        lock(&self.0.running().accounts).remove(&self.1);
        self.0.tell(EngineEvent::AccountsChanged);
    }
}
