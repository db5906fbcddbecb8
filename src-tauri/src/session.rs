//! One engine at work for the window: its scheduler, what it tells, and its end.

use dayline_engine::{Engine, Error, Scheduler, SyncRequest};
use dayline_host::{Spawn as _, Task, TokioSpawn};
use tauri::AppHandle;

use crate::events;
use crate::sample::Sample;
use crate::state::days_shown;

/// Whose data is shown.
enum Data {
    Own(Engine),
    Sample(Sample),
}

/// An engine whose scheduler runs and whose events reach the window.
pub struct Session {
    data: Data,
    scheduler: Scheduler,
    forwarding: Task,
    /// What the user asked for; each goes on when the next is asked for.
    syncs: Vec<Task>,
}

impl Session {
    /// Shows the user's own data.
    pub fn own(app: &AppHandle, engine: Engine) -> Self {
        Self::start(app, Data::Own(engine))
    }

    /// Shows the sample data.
    pub fn sample(app: &AppHandle, sample: Sample) -> Self {
        Self::start(app, Data::Sample(sample))
    }

    fn start(app: &AppHandle, data: Data) -> Self {
        let engine = match &data {
            Data::Own(engine) => engine,
            Data::Sample(sample) => &sample.engine,
        };
        let shown = days_shown(app.clone(), engine.clone());
        Self {
            forwarding: events::forward(app, engine),
            scheduler: engine.spawn_scheduler_after(shown),
            syncs: Vec::new(),
            data,
        }
    }

    /// Its engine.
    pub fn engine(&self) -> &Engine {
        match &self.data {
            Data::Own(engine) => engine,
            Data::Sample(sample) => &sample.engine,
        }
    }

    /// Whether it shows the sample data.
    pub fn is_sample(&self) -> bool {
        matches!(self.data, Data::Sample(_))
    }

    /// Starts a sync here, or in the process that holds the pen. One that runs already and does
    /// the same is joined.
    pub fn sync_now(&mut self, request: SyncRequest) {
        let engine = self.engine().clone();
        let run = async move {
            // How each account fared is kept with it; this is a sync that did not even start.
            if let Err(error) = engine.sync(request).await {
                tracing::warn!(code = ?error.code(), "the sync did not start");
            }
        };
        self.syncs.retain(|sync| !sync.is_finished());
        self.syncs.push(TokioSpawn.spawn("sync-now", Box::pin(run)));
    }

    /// Ends everything that runs, puts the pen down, and removes sample data.
    pub async fn end(self) {
        self.forwarding.stop().await;
        for sync in self.syncs {
            sync.stop().await;
        }
        self.scheduler.stop().await;
        if let Data::Sample(sample) = self.data {
            sample.end().await;
        }
    }
}

/// Opens the database on a thread that may block.
pub async fn open_own(
    host: dayline_host::Host,
    config: dayline_engine::Config,
) -> Result<Engine, Error> {
    tokio::task::spawn_blocking(move || Engine::open(host, config))
        .await
        .map_err(|error| Error::Internal(error.to_string()))?
}
