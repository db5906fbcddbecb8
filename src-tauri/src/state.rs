//! What the window is connected to: the user's own data, or the sample.

use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use dayline_engine::view::{ErrorCode, IpcError, VisitReport, date_of};
use dayline_engine::{Config, Engine, Reach, SyncRequest};
use dayline_host::Host;
use tauri::{AppHandle, Manager as _};
use tokio::sync::{Mutex, watch};
use tokio::time::Instant;

use crate::deep_link;
use crate::sample::Sample;
use crate::session::{Session, open_own};
use crate::visits::Visits;

/// Within so long the first picture should be there; what takes the machine's time waits for it.
const FIRST_PICTURE: Duration = Duration::from_secs(2);

/// The engine that answers the window, or why there is none.
type Current = Result<Engine, IpcError>;

/// The state behind the commands.
pub struct Shell {
    app: AppHandle,
    host: Host,
    own: Config,
    /// Whether the first engine shows the sample.
    starts_with_sample: bool,
    /// Held while one engine takes the place of another.
    session: Mutex<Slot>,
    /// `None` while the first one opens.
    current: watch::Sender<Option<Current>>,
    painted: watch::Sender<Option<Painted>>,
    visits: Visits,
    links: Once,
}

/// What is at work.
#[derive(Default)]
struct Slot {
    session: Option<Session>,
    /// The app ends; nothing is opened any more.
    closed: bool,
}

impl Slot {
    fn is_sample(&self) -> bool {
        self.session.as_ref().is_some_and(Session::is_sample)
    }
}

/// The first picture of a week with events.
#[derive(Debug, Clone, Copy)]
pub struct Painted {
    /// How many occurrences it shows.
    pub occurrences: u32,
    /// When.
    pub at: Instant,
}

impl Shell {
    /// Nothing is open yet; commands wait until something is.
    pub fn new(app: AppHandle, host: Host, own: Config, starts_with_sample: bool) -> Self {
        Self {
            app,
            host,
            own,
            starts_with_sample,
            session: Mutex::new(Slot::default()),
            current: watch::Sender::new(None),
            painted: watch::Sender::new(None),
            visits: Visits::default(),
            links: Once::new(),
        }
    }

    /// Opens the first engine, unless one is open. If that fails, every command answers why.
    pub async fn open(&self) {
        let mut slot = self.session.lock().await;
        if slot.session.is_some() || slot.closed {
            return;
        }
        let opened = if self.starts_with_sample {
            Sample::open(&self.host, &self.own)
                .await
                .map(|sample| Session::sample(&self.app, sample))
        } else {
            open_own(self.host.clone(), self.own.clone())
                .await
                .map(|engine| Session::own(&self.app, engine))
        };
        match opened {
            Ok(opened) => self.show(&mut slot, opened).await,
            Err(error) => {
                tracing::error!(code = ?error.code(), "the data could not be opened");
                self.current.send_replace(Some(Err(error.into())));
            }
        }
    }

    /// As [`Shell::engine`], after another try if the last one failed.
    ///
    /// # Errors
    /// Why nothing could be opened this time.
    pub async fn reopened(&self) -> Result<Engine, IpcError> {
        if let Ok(engine) = self.engine().await {
            return Ok(engine);
        }
        self.open().await;
        self.engine().await
    }

    /// The engine that answers now; waits for it at the start.
    ///
    /// # Errors
    /// Why nothing could be opened.
    pub async fn engine(&self) -> Result<Engine, IpcError> {
        let mut current = self.current.subscribe();
        let current = current.wait_for(Option::is_some).await;
        match current.as_deref() {
            Ok(Some(current)) => current.clone(),
            _ => Err(nothing_open()),
        }
    }

    /// Whether the sample is shown.
    pub async fn shows_sample(&self) -> bool {
        self.session.lock().await.is_sample()
    }

    /// The folder of the user's own data.
    pub fn data_folder(&self) -> &Path {
        &self.own.folder
    }

    /// Starts a sync.
    ///
    /// # Errors
    /// Nothing is open.
    pub async fn sync_now(&self, request: SyncRequest) -> Result<(), IpcError> {
        self.engine().await?;
        let mut slot = self.session.lock().await;
        let session = slot.session.as_mut().ok_or_else(nothing_open)?;
        session.sync_now(request);
        Ok(())
    }

    /// Fetches days that lie outside of what is synced, in place of a visit that runs; `None` if
    /// it was given up.
    ///
    /// # Errors
    /// Nothing is open, or days that no calendar has.
    pub async fn visit(&self, from_day: i32, days: i32) -> Result<Option<VisitReport>, IpcError> {
        let from = date_of(from_day)?;
        let until = date_of(from_day.saturating_add(days))?;
        let engine = self.engine().await?;
        let ended = self
            .visits
            .run(engine.visit(from, until, Reach::Providers))
            .await;
        Ok(ended.transpose()?)
    }

    /// Gives the running visit up.
    pub fn cancel_visit(&self) {
        self.visits.cancel();
    }

    /// Shows the sample in place of what is shown; it stays if there can be no sample.
    ///
    /// # Errors
    /// The keyring's, or no room for temporary files.
    pub async fn look_around(&self) -> Result<(), IpcError> {
        let mut slot = self.session.lock().await;
        if !slot.is_sample() && !slot.closed {
            let sample = Sample::open(&self.host, &self.own).await?;
            let opened = Session::sample(&self.app, sample);
            self.show(&mut slot, opened).await;
        }
        Ok(())
    }

    /// Shows the user's own data in place of the sample; it stays if they cannot be opened.
    ///
    /// # Errors
    /// Why the database could not be opened.
    pub async fn leave_sample(&self) -> Result<(), IpcError> {
        let mut slot = self.session.lock().await;
        if slot.is_sample() && !slot.closed {
            let engine = open_own(self.host.clone(), self.own.clone()).await?;
            let opened = Session::own(&self.app, engine);
            self.show(&mut slot, opened).await;
        }
        Ok(())
    }

    /// Ends what is at work, for good.
    pub async fn close(&self) {
        let mut slot = self.session.lock().await;
        slot.closed = true;
        self.current.send_replace(Some(Err(nothing_open())));
        if let Some(session) = slot.session.take() {
            session.end().await;
        }
    }

    /// Notes that the first week with its events is on screen.
    pub fn note_painted(&self, occurrences: u32) {
        if occurrences > 0 {
            tracing::info!(occurrences, "the week is painted");
            self.painted.send_if_modified(|painted| {
                let first = painted.is_none();
                painted.get_or_insert(Painted {
                    occurrences,
                    at: Instant::now(),
                });
                first
            });
        }
    }

    /// Waits for the first week with events.
    pub async fn painted(&self) -> Option<Painted> {
        let mut painted = self.painted.subscribe();
        painted
            .wait_for(Option::is_some)
            .await
            .ok()
            .and_then(|painted| *painted)
    }

    async fn show(&self, slot: &mut Slot, opened: Session) {
        if !opened.is_sample() {
            // Links are for sign-ins to the user's own accounts.
            self.links.call_once(|| {
                let ready = days_shown(self.app.clone(), opened.engine().clone());
                deep_link::start(&self.app, ready);
            });
        }
        self.cancel_visit();
        self.current.send_replace(Some(Ok(opened.engine().clone())));
        if let Some(ended) = slot.session.replace(opened) {
            ended.end().await;
        }
    }
}

/// Waits for the first week with events, but not for long; where nothing is kept yet, not at all.
pub async fn days_shown(app: AppHandle, engine: Engine) {
    let is_kept = engine.accounts().is_ok_and(|accounts| {
        accounts
            .iter()
            .any(|account| account.last_synced_at.is_some())
    });
    if is_kept {
        // Whichever ends first.
        let _ = tokio::time::timeout(FIRST_PICTURE, app.state::<Shell>().painted()).await;
    }
}

fn nothing_open() -> IpcError {
    IpcError {
        code: ErrorCode::Internal,
        remedy: ErrorCode::Internal.remedy(),
        message: "Dayline has no calendar data open.".to_owned(),
        retry_after_ms: None,
    }
}
