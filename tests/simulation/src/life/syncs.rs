//! Syncs, and everything that may come between their beginning and their end.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use chrono::TimeDelta;
use dayline_engine::{Engine, Error, Generation, Reach, SyncReport, SyncRequest};
use futures_util::future::BoxFuture;
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;

use super::{Ending, Life};
use crate::fault::Fault;
use crate::process::{Death, Process};

/// A sync, or a time in which Dayline runs by itself, that takes longer hangs.
const LONGEST: Duration = Duration::from_hours(8);
/// How often somebody looks whether the lease has moved on.
const GLANCE: Duration = Duration::from_millis(20);

impl Life {
    /// Syncs; how it ends is the history's choice.
    pub(super) async fn sync(
        &mut self,
        ending: Ending,
        rng: &mut ChaCha8Rng,
    ) -> Result<(), String> {
        let request = SyncRequest {
            // A listing lies only if there is one.
            full: rng.random_ratio(1, 10) || self.weather.is_armed(Fault::EmptyListing),
            list_calendars: rng.random(),
            ..SyncRequest::default()
        };
        let work = {
            let engine = self.process.engine.clone();
            async move { engine.sync(request).await }
        };
        let ended = self.through(ending, rng, work, |engine| {
            Box::pin(async move { engine.sync(request).await })
        });
        match ended.await? {
            None => {
                self.kill();
                Ok(())
            }
            Some(report) => self.judge(ending, report),
        }
    }

    /// What may have gone wrong with a sync, and what may not.
    fn judge(&mut self, ending: Ending, report: Result<SyncReport, Error>) -> Result<(), String> {
        match report {
            Ok(report) => {
                for (account, problem) in &report.failed_accounts {
                    self.story.push(format!("  {account}: {problem}"));
                }
                for calendar in &report.calendars {
                    if let Some(problem) = &calendar.problem {
                        let name = &calendar.calendar;
                        self.story
                            .push(format!("  {}, {name}: {problem}", calendar.account));
                    }
                }
                Ok(())
            }
            Err(error) if ending == Ending::DiskFull => {
                self.story.push(format!("  {error}"));
                Ok(())
            }
            Err(error) => Err(format!("a sync did not even begin: {error}")),
        }
    }

    /// Runs by itself for a while.
    pub(super) async fn run(&mut self, ending: Ending, rng: &mut ChaCha8Rng) -> Result<(), String> {
        let minutes = rng.random_range(1..16);
        let work = {
            let engine = self.process.engine.clone();
            async move { by_itself(&engine, Duration::from_mins(minutes)).await }
        };
        let ended = self.through(ending, rng, work, beside).await?;
        if ended.is_none() {
            self.kill();
        }
        Ok(())
    }

    /// Does `work` and lets it end as `ending` says. `None` if the process died. `other` is what
    /// another process does meanwhile where there is one.
    pub(super) async fn through<T>(
        &self,
        ending: Ending,
        rng: &mut ChaCha8Rng,
        work: impl Future<Output = Result<T, Error>>,
        other: impl FnOnce(Engine) -> BoxFuture<'static, Result<T, Error>>,
    ) -> Result<Option<Result<T, Error>>, String> {
        let death = match ending {
            Ending::CrashAtAwait => Some(Death::AtAwait(rng.random_range(1..150))),
            Ending::CrashAtWrite => Some(Death::AtWrite(rng.random_range(0..60))),
            _ => None,
        };
        let process = &self.process;
        if ending == Ending::DiskFull {
            process.disk.fill_after(rng.random_range(0..60));
        }
        let glance = rng.random_range(1..60);
        let look = || self.found.borrow_mut().extend(self.look().err());
        let own = process.run(work, death, glance, look);
        let wait = Duration::from_millis(rng.random_range(0..4_000));
        let nap = Duration::from_millis(rng.random_range(0..2_000));
        let beside = async {
            if !matches!(ending, Ending::Contest | Ending::LeaseLost) {
                return Ok(());
            }
            self.weather.expect_two();
            tokio::time::sleep(wait).await;
            let ours = process.engine.last_lease().unwrap();
            if ending == Ending::LeaseLost {
                process.gate.shut();
            }
            let second = Process::start(&self.world);
            let wakes = async {
                let foreign = taken_from(process, ours).await;
                process.disk.lose_lease(foreign);
                // It may wake while the second is at work, or long after that.
                tokio::time::sleep(nap).await;
                process.gate.open();
                std::future::pending::<Infallible>().await
            };
            let done = tokio::select! {
                biased;
                done = other(second.engine.clone()) => done,
                never = wakes => match never {},
            };
            process.gate.open();
            done.map(drop)
        };
        let both = async { tokio::join!(own, beside) };
        let Ok((done, beside)) = tokio::time::timeout(LONGEST, both).await else {
            return Err("it was not done after eight hours".to_owned());
        };
        beside.map_err(|error| format!("the other process failed: {error}"))?;
        if self.process.disk.has_trespassed() {
            return Err("it wrote of a round under the lease of another process".to_owned());
        }
        let was_full = self.process.disk.free();
        let happened = match ending {
            Ending::Well => false,
            Ending::CrashAtAwait | Ending::CrashAtWrite => done.is_none(),
            Ending::DiskFull => was_full,
            Ending::Contest | Ending::LeaseLost => true,
        };
        if let Some(fault) = ending.fault().filter(|_| happened) {
            self.weather.count(fault);
        }
        if let Some(violation) = self.weather.violations().into_iter().next() {
            return Err(violation);
        }
        Ok(done)
    }

    /// Goes to a week that may lie anywhere. Whether its provider can be reached then does not
    /// matter here.
    pub(super) async fn visit(&mut self, rng: &mut ChaCha8Rng) -> Result<(), String> {
        let day = self.today + TimeDelta::days(rng.random_range(-900..1_500));
        let after = day + TimeDelta::days(7);
        self.go_to(day, after);
        let report = self
            .process
            .engine
            .visit(day, after, Reach::Providers)
            .await;
        let report = report.map_err(|error| format!("a visit of {day} failed: {error}"))?;
        self.story.push(format!("  {day}: {:?}", report.problems));
        Ok(())
    }

    /// Somebody disconnects a calendar, or connects it again.
    pub(super) async fn choose(&mut self, rng: &mut ChaCha8Rng) {
        let engine = &self.process.engine;
        let accounts = engine.accounts().unwrap();
        let calendars: Vec<_> = accounts
            .iter()
            .flat_map(|account| account.calendars.iter().map(move |one| (account, one)))
            .collect();
        let Some((account, calendar)) = calendars.choose(rng) else {
            return;
        };
        let connected = !calendar.is_connected;
        engine
            .set_calendar_connected(&calendar.id, connected)
            .await
            .unwrap();
        self.weather.set_listed(BTreeSet::new());
        let far = self.far.as_mut().map(|(_, untouched)| untouched);
        for untouched in [&mut self.untouched].into_iter().chain(far) {
            untouched.retain(|known| {
                known.seen.account != account.email || known.seen.calendar != calendar.name
            });
        }
        let name = &calendar.name;
        self.story.push(format!(
            "  {}, {name}: connected: {connected}",
            account.email
        ));
    }
}

/// Waits until another process has taken the lease, and tells under which number.
async fn taken_from(process: &Process, ours: Generation) -> Generation {
    loop {
        let now = process.engine.last_lease().unwrap();
        if now > ours && process.engine.held_lease() != Some(now) {
            return now;
        }
        tokio::time::sleep(GLANCE).await;
    }
}

/// Dayline runs by itself for so long.
async fn by_itself(engine: &Engine, time: Duration) -> Result<(), Error> {
    let scheduler = engine.spawn_scheduler();
    tokio::time::sleep(time).await;
    scheduler.stop().await;
    Ok(())
}

/// What a second Dayline does beside one that runs by itself.
pub(super) fn beside(engine: Engine) -> BoxFuture<'static, Result<(), Error>> {
    Box::pin(async move { by_itself(&engine, Duration::from_mins(3)).await })
}
