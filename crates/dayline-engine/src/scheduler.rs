//! The task that does at its time what `jobs` decides: syncs and small work between them.
//!
//! One task owns the decision; wake-ups that come together count once. Nothing here waits on the
//! wall clock, which may jump: a jump ahead means that the computer slept.

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::Task;
use dayline_model::CalendarId;
use futures_util::FutureExt;
use futures_util::future::join_all;
use tokio::time::Instant;

use crate::jobs::{Facts, Job, Times, next_poll, plan_jobs};
use crate::sync::SyncRequest;
use crate::{Engine, EngineEvent, Error, Pen};

/// How often the clock is looked at.
const GLANCE: Duration = Duration::from_secs(15);
/// A wall clock that ran this much further than ours means that the computer slept.
const SLEPT: TimeDelta = TimeDelta::seconds(60);
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
pub(crate) enum Wake {
    Demand,
    Poll,
    Hint,
    AfterSleep(Duration),
    Lost,
}

impl Wake {
    /// The word for [`Wake::Poll`].
    pub(crate) const POLL: &str = "poll";

    fn word(&self) -> &'static str {
        match self {
            Self::Demand | Self::Lost => "demand",
            Self::Poll => Self::POLL,
            Self::Hint => "push",
            Self::AfterSleep(_) => "wake",
        }
    }
}

impl Engine {
    /// Starts the scheduler: it takes the pen as soon as it is free, and syncs while it has it.
    pub fn spawn_scheduler(&self) -> Scheduler {
        self.spawn_scheduler_after(std::future::ready(()))
    }

    /// The same, not before `first` is done: what is kept is shown before anything is asked for.
    pub fn spawn_scheduler_after(
        &self,
        first: impl Future<Output = ()> + Send + 'static,
    ) -> Scheduler {
        let engine = self.clone();
        let run = async move {
            first.await;
            loop {
                match engine.take_pen().await {
                    Ok(Some(pen)) => {
                        // Whoever held it before may have changed anything.
                        engine.tell(EngineEvent::AccountsChanged);
                        engine.tell(EngineEvent::everything());
                        tokio::select! {
                            biased;
                            () = engine.schedule(&pen) => {}
                            () = engine.run_push(&pen) => {}
                        }
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
        let mut times = Times::begun(Instant::now());
        let mut requests = vec![SyncRequest::on_demand()];
        self.turns().set_why("start");
        self.push().begin();
        // What providers asked for while nobody listened may be lost.
        self.rearm_push();
        loop {
            // What was wished for before a sync begins is done by it.
            if self.wake().notified().now_or_never().is_some() {
                requests.push(SyncRequest::on_demand());
            }
            let syncs = requests.iter().map(|request| async {
                match request.calendar {
                    // What runs may have read before what a hint tells of.
                    Some(_) => self.sync_anew(pen, *request).await,
                    None => self.sync_here(pen, *request).await,
                }
            });
            for done in join_all(syncs).await {
                match done {
                    // A calendar of which a hint told may be gone.
                    Ok(_) | Err(Error::NotFound(_)) => {}
                    Err(Error::Store(dayline_store::StoreError::LeaseLost)) => return,
                    Err(error) => {
                        tracing::warn!(code = ?error.code(), "the round did not start");
                        self.push().spare_nothing();
                        times.failed = Some(Instant::now());
                    }
                }
            }
            // Calendars may have come and gone.
            self.push().look();
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
            let wake = self.wait(pen, &mut times).await;
            self.turns().set_why(wake.word());
            requests = match wake {
                Wake::Lost => return,
                Wake::Demand => vec![SyncRequest::on_demand()],
                Wake::Poll => vec![SyncRequest {
                    only_due: true,
                    ..SyncRequest::default()
                }],
                Wake::Hint => {
                    let due = self.push().take_due(Instant::now());
                    let due = due
                        .into_iter()
                        .filter(|calendar| !self.must_wait(*calendar));
                    due.map(of_calendar).collect()
                }
                Wake::AfterSleep(slept) => {
                    self.turns().after_sleep(Instant::now(), slept);
                    self.push().spare_nothing();
                    self.rearm_push();
                    vec![SyncRequest {
                        only_due: true,
                        ..SyncRequest::on_demand()
                    }]
                }
            };
        }
    }

    /// Does the jobs that are due until it is time to sync.
    async fn wait(&self, pen: &Pen, times: &mut Times) -> Wake {
        loop {
            let (before, at) = (self.now(), Instant::now());
            for job in plan_jobs(&self.facts(times)) {
                match job {
                    Job::Poll => return Wake::Poll,
                    Job::CleanUp => {
                        times.cleaned = at;
                        self.forget_old_attempts();
                    }
                    Job::Maintenance => {
                        times.maintained = Some(at);
                        tokio::select! {
                            biased;
                            () = pen.lost() => return Wake::Lost,
                            // It is begun anew at a later moment.
                            () = self.wake().notified() => return Wake::Demand,
                            done = self.maintain_under(pen.generation()) => {
                                if let Err(error) = done {
                                    tracing::warn!(code = ?error.code(), "no maintenance");
                                }
                            }
                        }
                    }
                }
            }
            let hint = self.push().next();
            if hint.is_some_and(|at| at <= Instant::now()) {
                return Wake::Hint;
            }
            let next = next_poll(&self.facts(times)).min(Instant::now() + GLANCE);
            let next = hint.map_or(next, |at| next.min(at));
            tokio::select! {
                biased;
                () = pen.lost() => return Wake::Lost,
                () = self.wake().notified() => return Wake::Demand,
                () = self.push().hinted() => {}
                () = tokio::time::sleep_until(next) => {}
            }
            if let Some(slept) = slept(before, self.now(), at.elapsed()) {
                tracing::info!(seconds = slept.as_secs(), "the computer slept");
                return Wake::AfterSleep(slept);
            }
        }
    }

    /// Whether a calendar's provider, or its user, has to be waited for. Its turn comes, and leaves
    /// out nothing.
    fn must_wait(&self, calendar: CalendarId) -> bool {
        let row = self.store().read(|read| read.find_calendar(calendar));
        let account = row.ok().flatten().map(|row| row.account);
        account.is_some_and(|account| self.turns().must_wait(account, Instant::now()))
    }

    fn facts(&self, times: &Times) -> Facts {
        let accounts = self
            .store()
            .read(|read| read.accounts())
            .unwrap_or_default();
        let ids: Vec<_> = accounts.iter().map(|account| account.id).collect();
        Facts {
            at: Instant::now(),
            now: self.now(),
            times: *times,
            next_turn: self.turns().next(&ids),
            // Sample data is gone with its folder.
            keeps_order: !self.config().sample,
            // One that cannot be read is written by the next run.
            maintained: self.last_maintenance().unwrap_or_default(),
        }
    }

    fn forget_old_attempts(&self) {
        let now = self.now();
        if let Err(error) = self.store().write(|write| write.purge_attempts(now)) {
            tracing::warn!(%error, "old sign-in attempts stay for now");
        }
    }
}

/// What a hint asks for.
fn of_calendar(calendar: CalendarId) -> SyncRequest {
    SyncRequest {
        calendar: Some(calendar),
        ..SyncRequest::default()
    }
}

/// How long the computer slept while `ran` passed on a clock that stands still meanwhile; `None`
/// if it did not, or if its clock was set back.
fn slept(before: DateTime<Utc>, after: DateTime<Utc>, ran: Duration) -> Option<Duration> {
    let ran = TimeDelta::from_std(ran).unwrap_or(TimeDelta::MAX);
    let more = after.signed_duration_since(before) - ran;
    (more > SLEPT).then(|| more.to_std().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_jumps_ahead_means_sleep_and_one_that_jumps_back_does_not() {
        let start = DateTime::<Utc>::UNIX_EPOCH;
        let ran = Duration::from_secs(15);
        for (jump, expected) in [
            (15, None),
            (60, None),
            (76, Some(61)),
            (86_400, Some(86_385)),
            (-3600, None),
        ] {
            let after = start + TimeDelta::seconds(jump);
            assert_eq!(
                slept(start, after, ran),
                expected.map(Duration::from_secs),
                "{jump} s on the wall, 15 s on ours"
            );
        }
    }
}
