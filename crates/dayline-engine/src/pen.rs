//! Who holds the pen: one process syncs and refreshes tokens, the others ask it to.
//!
//! The lease row names the holder, a generation and an expiry; every write of a round checks the
//! generation. The holder listens on a local socket for as long as it holds the lease, so a
//! socket that nobody answers means a holder that is gone, and nobody waits for the expiry of a
//! killed process. What the user decides (accounts, calendars, settings) is one short transaction
//! that any process may write; it then tells the holder.

mod socket;

use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use dayline_host::Task;
use dayline_store::{Generation, Lease, StoreError};
use futures_util::future::{BoxFuture, FutureExt};
use tokio::sync::{oneshot, watch};

use self::socket::{Answer, Question};
use crate::engine::{lock, rfc3339};
use crate::sync::{SyncReport, SyncRequest};
use crate::view::{PenHealth, SignInOutcome, VisitReport};
use crate::{Engine, EngineEvent, Error, MaintenanceReport, Reach, RotationReport};

/// How long a lease holds without being renewed.
const LEASE: TimeDelta = TimeDelta::seconds(15);
/// How often it is renewed.
const RENEWAL: Duration = Duration::from_secs(5);
/// How often a process looks whether a silent holder is gone.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long a holder may take to note what it is told.
const TELLING: Duration = Duration::from_secs(2);

/// The pen of this process, if it holds it.
#[derive(Default)]
pub(crate) struct PenState(Mutex<Weak<Pen>>);

/// The right to sync, held until the last clone of its `Arc` is let go.
pub struct Pen {
    engine: Engine,
    generation: Generation,
    lost: watch::Receiver<bool>,
    stop: Mutex<Option<(oneshot::Sender<()>, oneshot::Receiver<()>)>>,
    _tasks: Vec<Task>,
}

/// Whose pen it is.
enum Holder {
    Us(Arc<Pen>),
    Other(socket::Connection),
    Silent,
}

impl Pen {
    /// Waits until another process has taken over.
    pub async fn lost(&self) {
        let mut lost = self.lost.clone();
        // The sender lives in a task that only ends with us or with the lease.
        let _ = lost.wait_for(|lost| *lost).await;
    }

    pub(crate) fn generation(&self) -> Generation {
        self.generation
    }

    /// Answers those who still wait, then gives the lease up.
    pub async fn put_down(self: Arc<Self>) {
        // Of several who put it down at once exactly one is the last.
        if let Some(pen) = Arc::into_inner(self) {
            let stop = lock(&pen.stop).take();
            if let Some((stop, stopped)) = stop {
                let _ = stop.send(());
                let _ = stopped.await;
            }
        }
    }
}

impl Drop for Pen {
    fn drop(&mut self) {
        let released = self
            .engine
            .store()
            .write(|write| write.release_lease(self.generation));
        if let Err(error) = released {
            tracing::warn!(%error, "the lease could not be given up and will expire");
        }
    }
}

impl Engine {
    /// Takes the pen if nobody else holds it; `None` if somebody does.
    ///
    /// # Errors
    /// Only if the database or the socket fails.
    pub async fn take_pen(&self) -> Result<Option<Arc<Pen>>, Error> {
        match self.find_holder().await? {
            Holder::Us(pen) => Ok(Some(pen)),
            Holder::Other(_) | Holder::Silent => Ok(None),
        }
    }

    /// Whether the pen is ours.
    pub(crate) fn holds_pen(&self) -> bool {
        lock(&self.pen().0).upgrade().is_some()
    }

    /// Whether the pen is somebody's.
    pub(crate) fn is_pen_held(&self) -> Result<bool, Error> {
        let lease = self.store().read(|read| read.lease())?;
        Ok(lease.holder.is_some() && !self.is_over(&lease))
    }

    /// Whether a lease holds no longer. One that lasts longer than a lease can was taken before the
    /// clock was set back; whoever still holds it renews it soon.
    fn is_over(&self, lease: &Lease) -> bool {
        let now = self.now();
        lease.expires_at <= now || lease.expires_at > now + LEASE
    }

    /// Syncs: here if the pen is ours or free, else by asking the process that holds it.
    ///
    /// # Errors
    /// Only if nothing could be started; how each account fared is part of the report.
    pub async fn sync(&self, request: SyncRequest) -> Result<SyncReport, Error> {
        self.as_holder(
            &Question::Sync(request),
            |engine, pen| async move { engine.sync_here(&pen, request).await }.boxed(),
            |answer| match answer {
                Answer::Synced(report) => Some(report),
                _ => None,
            },
        )
        .await
    }

    /// Visits days: here if the pen is ours or free, else by asking the process that holds it.
    pub(crate) async fn visit_with_pen(
        &self,
        from: NaiveDate,
        until: NaiveDate,
        reach: Reach,
    ) -> Result<VisitReport, Error> {
        self.as_holder(
            &Question::Visit(from, until, reach),
            |engine, pen| {
                async move {
                    engine
                        .visit_under(pen.generation(), from, until, reach)
                        .await
                }
                .boxed()
            },
            |answer| match answer {
                Answer::Visited(report) => Some(report),
                _ => None,
            },
        )
        .await
    }

    /// Replaces the key that seals tokens and secrets by a new one: here if the pen is ours or
    /// free, else by asking the process that holds it. Needs no network.
    ///
    /// # Errors
    /// The keyring's; [`Error::Shut`] if something cannot be opened with the key that there is.
    /// Nothing was changed then.
    /// # Cancel safety
    /// Everything that is sealed opens all the same.
    pub async fn rotate_keys(&self) -> Result<RotationReport, Error> {
        self.as_holder(
            &Question::RotateKeys,
            |engine, pen| async move { engine.rotate_under(pen.generation()).await }.boxed(),
            |answer| match answer {
                Answer::Rotated(report) => Some(report),
                _ => None,
            },
        )
        .await
    }

    /// Keeps the database in good order: here if the pen is ours or free, else by asking the
    /// process that holds it. What a step could not do is part of the report.
    ///
    /// # Errors
    /// Only if nothing could be started.
    pub async fn maintain(&self) -> Result<MaintenanceReport, Error> {
        self.as_holder(
            &Question::Maintain,
            |engine, pen| async move { engine.maintain_under(pen.generation()).await }.boxed(),
            |answer| match answer {
                Answer::Maintained(report) => Some(report),
                _ => None,
            },
        )
        .await
    }

    /// Does what only the holder of the pen may do, or has it done.
    async fn as_holder<T>(
        &self,
        question: &Question,
        here: impl Fn(Self, Arc<Pen>) -> BoxFuture<'static, Result<T, Error>>,
        told: impl Fn(Answer) -> Option<T>,
    ) -> Result<T, Error> {
        loop {
            match self.find_holder().await? {
                Holder::Us(pen) => match here(self.clone(), pen.clone()).await {
                    // This process slept, and another took over meanwhile.
                    Err(Error::Store(StoreError::LeaseLost)) => self.forget_pen(&pen),
                    done => {
                        pen.put_down().await;
                        return done;
                    }
                },
                Holder::Other(connection) => {
                    let answer = tokio::select! {
                        biased;
                        answer = connection.ask(question) => answer,
                        // It hangs: it can neither answer nor renew its lease.
                        expired = self.lease_expired() => { expired?; continue }
                    };
                    match answer {
                        Ok(Answer::Failed(error)) => return Err(Error::Elsewhere(Box::new(error))),
                        Ok(answer) => {
                            if let Some(done) = told(answer) {
                                return Ok(done);
                            }
                            tokio::time::sleep(PATIENCE / 10).await;
                        }
                        // It went away before it answered: perhaps the pen is free now.
                        Err(_) => tokio::time::sleep(PATIENCE / 10).await,
                    }
                }
                Holder::Silent => tokio::time::sleep(PATIENCE).await,
            }
        }
    }

    /// Tells the holder, if it is another process, that something changed in the database.
    pub(crate) async fn tell_holder(&self, finished: Option<SignInOutcome>) {
        if lock(&self.pen().0).upgrade().is_some() {
            return;
        }
        let Ok(lease) = self.store().read(|read| read.lease()) else {
            return;
        };
        if let Some(endpoint) = lease.endpoint.filter(|endpoint| !endpoint.is_empty())
            && let Ok(connection) = socket::connect(&endpoint).await
        {
            // If it is gone or hangs it needs no telling: who takes over reads everything anew.
            let news = Question::Changed(finished);
            let _ = tokio::time::timeout(TELLING, connection.ask(&news)).await;
        }
    }

    /// Who holds the pen, and whether it answers.
    pub(crate) async fn pen_health(&self) -> Result<PenHealth, Error> {
        let lease = self.store().read(|read| read.lease())?;
        let held = lease.holder.is_some() && !self.is_over(&lease);
        let alive = match lease.endpoint.as_deref().filter(|text| !text.is_empty()) {
            _ if lock(&self.pen().0).upgrade().is_some() => true,
            Some(endpoint) if held => socket::connect(endpoint).await.is_ok(),
            _ => false,
        };
        Ok(PenHealth {
            alive,
            expires_at: held.then(|| rfc3339(lease.expires_at)),
            holder: lease.holder,
        })
    }

    /// Waits until the lease has run out under whoever holds it.
    async fn lease_expired(&self) -> Result<(), Error> {
        loop {
            tokio::time::sleep(PATIENCE).await;
            if self.is_over(&self.store().read(|read| read.lease())?) {
                return Ok(());
            }
        }
    }

    async fn find_holder(&self) -> Result<Holder, Error> {
        loop {
            if let Some(pen) = lock(&self.pen().0).upgrade() {
                return Ok(Holder::Us(pen));
            }
            let lease = self.store().read(|read| read.lease())?;
            // A holder that hangs still seems to listen, but it no longer renews its lease.
            let held = lease.holder.is_some() && lease.expires_at > self.now();
            if held
                && let Some(endpoint) = lease.endpoint.as_deref().filter(|text| !text.is_empty())
            {
                match socket::connect(endpoint).await {
                    Ok(connection) => return Ok(Holder::Other(connection)),
                    Err(error) => tracing::info!(%error, "the holder of the lease is gone"),
                }
            } else if held && !self.is_over(&lease) {
                return Ok(Holder::Silent);
            }
            if let Some(pen) = self.claim(lease.generation)? {
                return Ok(Holder::Us(pen));
            }
        }
    }

    /// Under which number this process holds the lease.
    #[cfg(feature = "testing")]
    pub fn held_lease(&self) -> Option<Generation> {
        let pen = lock(&self.pen().0).upgrade()?;
        Some(pen.generation())
    }

    /// Under which number the lease was taken last, by whichever process.
    #[cfg(feature = "testing")]
    pub fn last_lease(&self) -> Result<Generation, Error> {
        Ok(self.store().read(|read| read.lease())?.generation)
    }

    /// Looks for the holder anew instead of trusting a pen that is worth nothing any more.
    fn forget_pen(&self, pen: &Arc<Pen>) {
        let mut own = lock(&self.pen().0);
        if own.upgrade().is_some_and(|known| Arc::ptr_eq(&known, pen)) {
            *own = Weak::new();
        }
    }

    fn claim(&self, seen: Generation) -> Result<Option<Arc<Pen>>, Error> {
        let listener = if self.config().serve_others {
            Some(socket::listen(self)?)
        } else {
            None
        };
        let endpoint = listener
            .as_ref()
            .map(socket::Listener::endpoint)
            .unwrap_or_default();
        let holder = std::process::id().to_string();
        let until = self.now() + LEASE;
        let taken = self
            .store()
            .write(|write| write.take_lease(seen, &holder, endpoint, until))?;
        let Some(generation) = taken else {
            return Ok(None);
        };
        let (lose, lost) = watch::channel(false);
        let mut tasks = vec![
            self.host()
                .spawn
                .spawn("lease", Box::pin(self.clone().keep(generation, lose))),
        ];
        let mut stop = None;
        if let Some(listener) = listener {
            #[cfg(not(windows))]
            listener.sweep_others(&self.config().folder);
            let (stop_sender, stop_receiver) = oneshot::channel();
            let (stopped_sender, stopped_receiver) = oneshot::channel();
            stop = Some((stop_sender, stopped_receiver));
            let serve = listener.serve(self.clone(), generation, stop_receiver, stopped_sender);
            tasks.push(self.host().spawn.spawn("socket", Box::pin(serve)));
        }
        let pen = Arc::new(Pen {
            engine: self.clone(),
            generation,
            lost,
            stop: Mutex::new(stop),
            _tasks: tasks,
        });
        *lock(&self.pen().0) = Arc::downgrade(&pen);
        tracing::info!(generation = generation.0, "took the lease");
        Ok(Some(pen))
    }

    async fn keep(self, generation: Generation, lose: watch::Sender<bool>) {
        loop {
            tokio::time::sleep(RENEWAL).await;
            let until = self.now() + LEASE;
            match self
                .store()
                .write(|write| write.renew_lease(generation, until))
            {
                Ok(()) => {}
                Err(StoreError::LeaseLost) => break,
                // A full disk does not free the lease; the next renewal may work.
                Err(error) => tracing::warn!(%error, "the lease was not renewed"),
            }
        }
        tracing::warn!(generation = generation.0, "another Dayline took the lease");
        let mut own = lock(&self.pen().0);
        // It may have been taken back meanwhile, under another number.
        if own
            .upgrade()
            .is_some_and(|pen| pen.generation == generation)
        {
            *own = Weak::new();
        }
        drop(own);
        lose.send_replace(true);
    }

    async fn answer(&self, generation: Generation, question: Question) -> Answer {
        match question {
            Question::Sync(request) => match self.sync_under(generation, request).await {
                Ok(report) => Answer::Synced(report),
                Err(Error::Store(StoreError::LeaseLost)) => Answer::Noted,
                Err(error) => Answer::Failed(error.into()),
            },
            Question::Visit(from, until, reach) => {
                match self.visit_under(generation, from, until, reach).await {
                    Ok(report) => Answer::Visited(report),
                    Err(Error::Store(StoreError::LeaseLost)) => Answer::Noted,
                    Err(error) => Answer::Failed(error.into()),
                }
            }
            Question::RotateKeys => match self.rotate_under(generation).await {
                Ok(report) => Answer::Rotated(report),
                Err(Error::Store(StoreError::LeaseLost)) => Answer::Noted,
                Err(error) => Answer::Failed(error.into()),
            },
            Question::Maintain => match self.maintain_under(generation).await {
                Ok(report) => Answer::Maintained(report),
                Err(Error::Store(StoreError::LeaseLost)) => Answer::Noted,
                Err(error) => Answer::Failed(error.into()),
            },
            Question::Changed(finished) => {
                if let Some(outcome) = finished {
                    self.tell(EngineEvent::SignInFinished(outcome));
                }
                self.tell(EngineEvent::AccountsChanged);
                self.tell(EngineEvent::everything());
                self.wake().notify_one();
                Answer::Noted
            }
        }
    }
}
