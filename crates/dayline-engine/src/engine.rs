//! The engine itself: one database, its accounts, and the world outside.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use dayline_auth::{Endpoints, Issuer};
use dayline_host::Host;
use dayline_model::{AccountId, CalendarId, Cloud, ProviderKind};
use dayline_providers::{Google, Graph, Provider};
use dayline_store::{AccountRow, AccountStatus, Store};
use tokio::sync::broadcast;

use crate::accounts::Attempts;
use crate::jobs::Turns;
use crate::keys::Key;
use crate::patterns::PatternCache;
use crate::pen::PenState;
use crate::push::Push;
use crate::sync::Running;
use crate::view::{
    AccountState, AccountView, Bootstrap, CalendarView, CloudView, ErrorCode, ProviderSetup,
};
use crate::{EngineEvent, Error, clients};

/// How many events a slow listener may be behind before it misses some.
const EVENT_BACKLOG: usize = 256;

/// From an instant to another.
pub(crate) type Span = (DateTime<Utc>, DateTime<Utc>);

/// Where an engine works.
#[derive(Debug, Clone)]
pub struct Config {
    /// The data folder; made if it is not there.
    pub folder: PathBuf,
    /// The providers' addresses.
    pub endpoints: Endpoints,
    /// The system's zone, an IANA name.
    pub zone: String,
    /// First day of the week, 0 = Sunday.
    pub first_day_of_week: i32,
    /// Sample data in a temporary folder.
    pub sample: bool,
    /// Answers other processes on a local socket while the pen is held. Off only where there are
    /// no other processes, as in the simulation.
    pub serve_others: bool,
}

/// Everything Dayline can do. Cloning is cheap and shares it.
#[derive(Clone)]
pub struct Engine {
    inner: Arc<Inner>,
}

struct Inner {
    config: Config,
    host: Host,
    store: Store,
    providers: BTreeMap<Issuer, Arc<dyn Provider>>,
    sealer: tokio::sync::Mutex<Option<Arc<Key>>>,
    refreshing: Mutex<BTreeMap<AccountId, Arc<tokio::sync::Mutex<()>>>>,
    events: broadcast::Sender<EngineEvent>,
    running: Running,
    attempts: Attempts,
    pen: PenState,
    patterns: PatternCache,
    wake: tokio::sync::Notify,
    turns: Turns,
    push: Push,
}

impl Engine {
    /// Opens the data folder and brings its database up to date.
    ///
    /// # Errors
    /// [`Error::Open`]; nothing was changed then.
    pub fn open(host: Host, config: Config) -> Result<Self, Error> {
        let store = Store::open(&config.folder)?;
        Self::with_store(host, config, store)
    }

    /// Opens a data folder for reading and small changes, without migrating its database.
    ///
    /// # Errors
    /// [`Error::Open`] if there is none, or if it is of another version.
    pub fn open_existing(host: Host, config: Config) -> Result<Self, Error> {
        let store = Store::open_existing(&config.folder)?;
        Self::with_store(host, config, store)
    }

    fn with_store(host: Host, config: Config, store: Store) -> Result<Self, Error> {
        let providers = Issuer::ALL.map(|issuer| (issuer, provider_of(&host, &config, issuer)));
        let engine = Self {
            inner: Arc::new(Inner {
                providers: providers.into(),
                sealer: tokio::sync::Mutex::new(None),
                refreshing: Mutex::new(BTreeMap::new()),
                events: broadcast::Sender::new(EVENT_BACKLOG),
                running: Running::default(),
                attempts: Attempts::default(),
                pen: PenState::default(),
                patterns: PatternCache::default(),
                wake: tokio::sync::Notify::new(),
                turns: Turns::default(),
                push: Push::default(),
                config,
                host,
                store,
            }),
        };
        engine.rebuild_stale_occurrences()?;
        Ok(engine)
    }

    /// Listens to what happens from now on.
    pub fn subscribe(&self) -> broadcast::Receiver<EngineEvent> {
        self.inner.events.subscribe()
    }

    /// Copies the database as it is now to `target`.
    ///
    /// # Errors
    /// [`Error::Store`] if `target` exists or cannot be written.
    pub fn backup(&self, target: &std::path::Path) -> Result<(), Error> {
        self.store().backup(target)?;
        self.note_backup("ok", std::fs::metadata(target).map_or(0, |file| file.len()));
        Ok(())
    }

    /// How many events are kept on this computer.
    pub fn count_events(&self) -> Result<i64, Error> {
        Ok(self.store().read(|read| read.count_events())?)
    }

    /// Everything the window needs to paint its first picture.
    pub fn bootstrap(&self) -> Result<Bootstrap, Error> {
        Ok(Bootstrap {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            zone: self.config().zone.clone(),
            clock: self.clock(&self.config().zone).ok(),
            first_day_of_week: self.config().first_day_of_week,
            sample: self.config().sample,
            providers: Issuer::ALL
                .into_iter()
                .map(|issuer| {
                    let configured = clients::find(self, issuer)?.is_some();
                    Ok(ProviderSetup {
                        provider: issuer.provider.into(),
                        cloud: issuer.cloud.into(),
                        configured,
                    })
                })
                .collect::<Result<_, Error>>()?,
            accounts: self.accounts()?,
            preferences: self.preferences()?,
            saved_views: self.saved_views()?,
        })
    }

    /// All accounts with their calendars, in the order they were added.
    pub fn accounts(&self) -> Result<Vec<AccountView>, Error> {
        let (accounts, calendars) = self
            .store()
            .read(|read| Ok((read.accounts()?, read.calendars()?)))?;
        let syncing = self.inner.running.accounts();
        Ok(accounts
            .into_iter()
            .map(|account| {
                let own = calendars
                    .iter()
                    .filter(|calendar| calendar.account == account.id);
                let views: Vec<CalendarView> = own.map(calendar_view).collect();
                account_view(account, views, &syncing)
            })
            .collect())
    }

    /// The database itself, for a simulation that interferes with it.
    #[cfg(feature = "testing")]
    pub fn raw_store(&self) -> &Store {
        self.store()
    }

    pub(crate) fn store(&self) -> &Store {
        &self.inner.store
    }

    pub(crate) fn host(&self) -> &Host {
        &self.inner.host
    }

    pub(crate) fn config(&self) -> &Config {
        &self.inner.config
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.inner.host.clock.now()
    }

    pub(crate) fn provider(&self, issuer: Issuer) -> Result<Arc<dyn Provider>, Error> {
        self.inner
            .providers
            .get(&issuer)
            .cloned()
            .ok_or_else(|| Error::Internal(format!("no provider {}", issuer.name())))
    }

    pub(crate) fn tell(&self, event: EngineEvent) {
        // Fails only if nobody listens.
        let _ = self.inner.events.send(event);
    }

    pub(crate) fn running(&self) -> &Running {
        &self.inner.running
    }

    pub(crate) fn attempts(&self) -> &Attempts {
        &self.inner.attempts
    }

    pub(crate) fn pen(&self) -> &PenState {
        &self.inner.pen
    }

    pub(crate) fn pattern_cache(&self) -> &PatternCache {
        &self.inner.patterns
    }

    pub(crate) fn wake(&self) -> &tokio::sync::Notify {
        &self.inner.wake
    }

    pub(crate) fn turns(&self) -> &Turns {
        &self.inner.turns
    }

    pub(crate) fn push(&self) -> &Push {
        &self.inner.push
    }

    pub(crate) fn sealer_slot(&self) -> &tokio::sync::Mutex<Option<Arc<Key>>> {
        &self.inner.sealer
    }

    /// One refresher per account.
    pub(crate) fn refresh_lock(&self, account: AccountId) -> Arc<tokio::sync::Mutex<()>> {
        lock(&self.inner.refreshing)
            .entry(account)
            .or_default()
            .clone()
    }
}

fn provider_of(host: &Host, config: &Config, issuer: Issuer) -> Arc<dyn Provider> {
    match issuer.provider {
        ProviderKind::Microsoft => Arc::new(Graph::new(
            host.http.clone(),
            host.clock.clone(),
            host.rng.clone(),
            config.endpoints.microsoft.of(issuer.cloud).graph.clone(),
            issuer.cloud,
        )),
        ProviderKind::Google => Arc::new(Google::new(
            host.http.clone(),
            host.clock.clone(),
            config.endpoints.google_api.clone(),
        )),
    }
}

/// Who signed an account in.
pub(crate) fn issuer_of(account: &AccountRow) -> Issuer {
    Issuer {
        provider: account.provider,
        cloud: account.cloud,
    }
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn calendar_view(row: &dayline_store::CalendarRow) -> CalendarView {
    CalendarView {
        id: row.id.to_string(),
        account_id: row.account.to_string(),
        name: row.calendar.name.clone(),
        color: row.calendar.color.clone(),
        is_primary: row.calendar.is_primary,
        is_connected: row.is_connected,
        is_visible: row.is_visible,
        can_edit: row.calendar.can_edit,
        owner: row.calendar.owner.clone(),
        delegate_email: row.calendar.delegate_email.clone(),
        access_role: row.calendar.access_role.clone(),
        can_push: row.calendar.can_push,
        last_synced_at: row.last_synced_at.map(rfc3339),
        problem: row.last_error.clone(),
    }
}

fn account_view(
    account: AccountRow,
    calendars: Vec<CalendarView>,
    syncing: &std::collections::BTreeSet<AccountId>,
) -> AccountView {
    let state = match account.status {
        AccountStatus::NeedsSignIn => AccountState::NeedsSignIn,
        _ if syncing.contains(&account.id) => AccountState::Syncing,
        AccountStatus::Ready => AccountState::Ready,
        AccountStatus::Offline => AccountState::Offline,
        AccountStatus::Failing => AccountState::Failing,
    };
    let problem_code = account
        .problem_code
        .as_deref()
        .and_then(ErrorCode::from_word);
    AccountView {
        id: account.id.to_string(),
        problem_code,
        remedy: problem_code.map(ErrorCode::remedy),
        cloud: account.cloud.into(),
        provider: account.provider.into(),
        email: account.email,
        display_name: account.display_name,
        state,
        problem: account.problem,
        last_synced_at: account.last_success_at.map(rfc3339),
        calendars,
    }
}

/// An instant as views tell it.
pub(crate) fn rfc3339(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

impl From<ProviderKind> for crate::view::ProviderKind {
    fn from(kind: ProviderKind) -> Self {
        match kind {
            ProviderKind::Microsoft => Self::Microsoft,
            ProviderKind::Google => Self::Google,
        }
    }
}

impl From<crate::view::ProviderKind> for ProviderKind {
    fn from(kind: crate::view::ProviderKind) -> Self {
        match kind {
            crate::view::ProviderKind::Microsoft => Self::Microsoft,
            crate::view::ProviderKind::Google => Self::Google,
        }
    }
}

impl From<Cloud> for CloudView {
    fn from(cloud: Cloud) -> Self {
        match cloud {
            Cloud::Global => Self::Global,
            Cloud::UsGovHigh => Self::UsGovHigh,
            Cloud::UsGovDod => Self::UsGovDod,
            Cloud::China => Self::China,
        }
    }
}

impl From<CloudView> for Cloud {
    fn from(cloud: CloudView) -> Self {
        match cloud {
            CloudView::Global => Self::Global,
            CloudView::UsGovHigh => Self::UsGovHigh,
            CloudView::UsGovDod => Self::UsGovDod,
            CloudView::China => Self::China,
        }
    }
}

/// Understands an id that a reader was given.
pub(crate) fn calendar_id(text: &str) -> Result<CalendarId, Error> {
    text.parse().map_err(|_| Error::NotFound("calendar"))
}

/// Understands an id that a reader was given.
pub(crate) fn account_id(text: &str) -> Result<AccountId, Error> {
    text.parse().map_err(|_| Error::NotFound("account"))
}
