//! When to sync: at start, every five minutes, after sleep, and on demand.
//!
//! One task owns the decision; wake-ups that come together count once.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::Task;
use futures_util::FutureExt;
use tokio::time::Instant;

use crate::sync::SyncRequest;
use crate::{Engine, EngineEvent, Error, Pen};

/// How often calendars are polled.
const POLL: Duration = Duration::from_mins(5);
/// Polls of many computers do not fall on one moment.
const JITTER_MS: u64 = 20_000;
/// How often the clock is looked at.
const GLANCE: Duration = Duration::from_secs(15);
/// A wall clock that ran this much further than ours means that the computer slept.
const SLEPT: TimeDelta = TimeDelta::seconds(60);
/// How often sign-in attempts that nobody can complete are forgotten.
const CLEAN_UP: Duration = Duration::from_mins(15);
/// How often a process without the pen looks whether it is free.
const RETRY_PEN: Duration = Duration::from_secs(2);

/// A running scheduler. Dropping it stops it.
pub struct Scheduler {
    task: Task,
}

impl Scheduler {
    /// Stops it, and returns once the pen is put down.
    pub async fn stop(self) {
        self.task.stop().await;
    }
}

/// What a wake-up was for.
#[derive(Debug, PartialEq, Eq)]
enum Wake {
    Demand,
    Poll,
    AfterSleep,
    Lost,
}

impl Engine {
    /// Starts the scheduler: it takes the pen as soon as it is free, and syncs while it has it.
    pub fn spawn_scheduler(&self) -> Scheduler {
        let engine = self.clone();
        let run = async move {
            loop {
                match engine.take_pen().await {
                    Ok(Some(pen)) => {
                        // Whoever held it before may have changed anything.
                        engine.tell(EngineEvent::AccountsChanged);
                        engine.tell(EngineEvent::everything());
                        engine.schedule(&pen).await;
                    }
                    Ok(None) => {}
                    Err(error) => tracing::error!(%error, "the lease cannot be taken"),
                }
                tokio::time::sleep(RETRY_PEN).await;
            }
        };
        Scheduler {
            task: self.host().spawn.spawn("scheduler", Box::pin(run)),
        }
    }

    /// Asks for a sync as soon as possible.
    pub fn sync_soon(&self) {
        self.wake().notify_one();
    }

    async fn schedule(&self, pen: &Arc<Pen>) {
        let mut request = SyncRequest {
            list_calendars: true,
            ..SyncRequest::default()
        };
        let mut cleaned = Instant::now();
        loop {
            if cleaned.elapsed() >= CLEAN_UP {
                cleaned = Instant::now();
                let now = self.now();
                if let Err(error) = self.store().write(|write| write.purge_attempts(now)) {
                    tracing::warn!(%error, "old sign-in attempts stay for now");
                }
            }
            // What was wished for before a sync begins is done by it.
            request.list_calendars |= self.wake().notified().now_or_never().is_some();
            match self.sync_here(pen, request).await {
                Ok(_) => {}
                Err(Error::Store(dayline_store::StoreError::LeaseLost)) => return,
                Err(error) => tracing::warn!(code = ?error.code(), "the round did not start"),
            }
            tokio::select! {
                biased;
                () = pen.lost() => return,
                // What it has not done when somebody wishes for a sync, it does after that.
                () = self.wake().notified() => self.wake().notify_one(),
                () = async {
                    self.reread_after_sync().await;
                    self.index_after_sync().await;
                } => {}
            }
            match self.wait(pen).await {
                Wake::Lost => return,
                wake => {
                    tracing::info!(reason = ?wake, "sync");
                    request = SyncRequest {
                        list_calendars: wake != Wake::Poll,
                        ..SyncRequest::default()
                    };
                }
            }
        }
    }

    async fn wait(&self, pen: &Pen) -> Wake {
        let jitter = Duration::from_millis(self.host().rng.below(JITTER_MS));
        let poll = Instant::now() + POLL + jitter;
        loop {
            let (before, at) = (self.now(), Instant::now());
            tokio::select! {
                biased;
                () = pen.lost() => return Wake::Lost,
                () = self.wake().notified() => return Wake::Demand,
                () = tokio::time::sleep_until(poll) => return Wake::Poll,
                () = tokio::time::sleep(GLANCE) => {
                    if slept(before, self.now(), at.elapsed()) {
                        return Wake::AfterSleep;
                    }
                }
            }
        }
    }
}

/// Whether the computer slept while `ran` passed on a clock that stands still meanwhile.
fn slept(before: DateTime<Utc>, after: DateTime<Utc>, ran: Duration) -> bool {
    let ran = TimeDelta::from_std(ran).unwrap_or(TimeDelta::MAX);
    after.signed_duration_since(before) - ran > SLEPT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_ahead_means_sleep_and_one_that_jumps_back_does_not() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let ran = Duration::from_secs(15);
        for (jump, expected) in [
            (15, false),
            (60, false),
            (76, true),
            (86_400, true),
            (-3600, false),
        ] {
            let after = start + TimeDelta::seconds(jump);
            assert_eq!(
                slept(start, after, ran),
                expected,
                "{jump} s on the wall, 15 s on ours"
            );
        }
    }
}
