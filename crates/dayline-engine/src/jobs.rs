//! Which job is due when: the scheduler's table.
//!
//! | job | when |
//! |---|---|
//! | poll an account | 5 minutes after it worked; offline after 15 s, then ever later; not before a provider's `Retry-After`; hourly while it waits for a sign-in |
//! | sign-in attempts | forgotten every 15 minutes |
//! | maintenance | daily, 10 minutes after the start at the earliest, while nothing syncs |
//!
//! A start, a wish of the user and a wake from sleep sync at once. Decided here, done in
//! `scheduler`. All but the daily job run on the monotonic clock.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::AccountId;
use dayline_store::AccountStatus;
use tokio::time::Instant;

use crate::engine::lock;
use crate::sync::{LONGEST_WAIT, SyncRequest};
use crate::view::ErrorCode;
use crate::{Engine, Error};

/// How often an account is polled.
const POLL: Duration = Duration::from_mins(5);
/// Polls of many computers do not fall on one moment.
const JITTER_MS: u64 = 20_000;
/// How soon an account is asked again that could not be reached; doubles up to [`POLL`].
const FIRST_PROBE: Duration = Duration::from_secs(15);
/// How often an account that waits for a sign-in is asked whether it still does.
const SIGNED_OUT: Duration = Duration::from_hours(1);
/// How often sign-in attempts that nobody can complete are forgotten.
const CLEAN_UP: Duration = Duration::from_mins(15);
/// Maintenance waits this long after the start, and after a run that was cut off.
const SETTLED: Duration = Duration::from_mins(10);
/// How often maintenance runs.
const MAINTENANCE: TimeDelta = TimeDelta::days(1);

/// Something to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Job {
    CleanUp,
    Maintenance,
    Poll,
}

/// When what was done last.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Times {
    pub started: Instant,
    pub cleaned: Instant,
    /// When maintenance was begun, even if it did not come to its end.
    pub maintained: Option<Instant>,
    /// When a sync could not even begin.
    pub failed: Option<Instant>,
}

impl Times {
    /// Those of a scheduler that starts now.
    pub(crate) fn begun(at: Instant) -> Self {
        Self {
            started: at,
            cleaned: at,
            maintained: None,
            failed: None,
        }
    }
}

/// What decides.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Facts {
    pub at: Instant,
    pub now: DateTime<Utc>,
    pub times: Times,
    /// When the first account is to be asked; `None`: there is no account.
    pub next_turn: Option<Instant>,
    /// Whether the database is worth keeping in good order.
    pub keeps_order: bool,
    /// When maintenance ended last, in whatever process.
    pub maintained: Option<DateTime<Utc>>,
}

/// What is due, in the order in which it is to be done; polling last, since it ends the pause.
pub(crate) fn plan_jobs(facts: &Facts) -> Vec<Job> {
    let Facts { at, times, .. } = facts;
    let is_polled = *at >= next_poll(facts);
    let mut due = Vec::new();
    if *at >= times.cleaned + CLEAN_UP {
        due.push(Job::CleanUp);
    }
    if facts.keeps_order && !is_polled && is_maintenance_due(facts) {
        due.push(Job::Maintenance);
    }
    if is_polled {
        due.push(Job::Poll);
    }
    due
}

/// When to poll next.
pub(crate) fn next_poll(facts: &Facts) -> Instant {
    let times = &facts.times;
    let next = facts.next_turn.unwrap_or(facts.at + POLL);
    match times.failed {
        // A database that fails is not asked in a circle.
        Some(failed) => next.max(failed + FIRST_PROBE),
        None => next,
    }
}

fn is_maintenance_due(facts: &Facts) -> bool {
    let settled = facts.times.maintained.unwrap_or(facts.times.started) + SETTLED;
    // A last run in the future means that the clock was set back.
    let is_old = facts
        .maintained
        .is_none_or(|last| facts.now - last >= MAINTENANCE || last > facts.now);
    facts.at >= settled && is_old
}

/// When an account is asked again, and why then.
#[derive(Debug, Clone, Copy)]
struct Turn {
    at: Instant,
    /// How often in a row it could not be reached.
    unreached: u32,
    /// A wake from sleep does not bring it forward.
    stands: bool,
}

/// How an account's sync ended, as far as it decides about the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Worked,
    Unreached,
    SignedOut,
    AskedToWait(Duration),
    Failed,
}

fn outcome(failed: Option<&Error>) -> Outcome {
    let Some(error) = failed else {
        return Outcome::Worked;
    };
    if crate::problem::status(error.code()) == AccountStatus::NeedsSignIn {
        return Outcome::SignedOut;
    }
    match error.code() {
        ErrorCode::Offline | ErrorCode::NetworkLogin => Outcome::Unreached,
        ErrorCode::Throttled => Outcome::AskedToWait(error.retry_after().unwrap_or(POLL)),
        _ => Outcome::Failed,
    }
}

/// How long to wait, before jitter.
fn pause(outcome: Outcome, unreached: u32) -> Duration {
    match outcome {
        Outcome::Worked | Outcome::Failed => POLL,
        Outcome::SignedOut => SIGNED_OUT,
        Outcome::AskedToWait(wait) => wait,
        Outcome::Unreached => FIRST_PROBE
            .saturating_mul(2_u32.saturating_pow(unreached))
            .min(POLL),
    }
}

/// A provider asked to be left alone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quiet {
    /// When it did.
    pub since: Instant,
    pub until: Instant,
}

/// Whose turn it is when.
#[derive(Default)]
pub(crate) struct Turns {
    next: Mutex<BTreeMap<AccountId, Turn>>,
    /// What providers asked for, whichever call it was that they refused.
    quiet: Mutex<BTreeMap<AccountId, Quiet>>,
    why: Mutex<&'static str>,
}

impl Turns {
    /// What the sync that runs, or ran last, is for.
    pub(crate) fn why(&self) -> &'static str {
        *lock(&self.why)
    }

    pub(crate) fn set_why(&self, why: &'static str) {
        *lock(&self.why) = why;
    }

    /// An account's provider asks to be left alone.
    pub(crate) fn keep_quiet(&self, account: AccountId, since: Instant, wait: Duration) {
        let until = since + wait;
        lock(&self.quiet).insert(account, Quiet { since, until });
    }

    /// Whether, and until when, an account's provider wants to be left alone.
    pub(crate) fn quiet(&self, account: AccountId, at: Instant) -> Option<Quiet> {
        let quiet = lock(&self.quiet).get(&account).copied();
        quiet.filter(|quiet| at < quiet.until)
    }

    /// Whether an account may be asked without being wished for.
    pub(crate) fn is_due(&self, account: AccountId, at: Instant) -> bool {
        let comes = lock(&self.next)
            .get(&account)
            .is_none_or(|turn| turn.at <= at);
        comes && self.quiet(account, at).is_none()
    }

    /// Whether its provider asked to wait, or it waits for its user.
    pub(crate) fn must_wait(&self, account: AccountId, at: Instant) -> bool {
        let stands = lock(&self.next)
            .get(&account)
            .is_some_and(|turn| turn.stands && at < turn.at);
        stands || self.quiet(account, at).is_some()
    }

    /// Whether that is for longer than a call waits.
    pub(crate) fn must_wait_long(&self, account: AccountId, at: Instant) -> bool {
        self.must_wait(account, at) && self.must_wait(account, at + LONGEST_WAIT)
    }

    /// When the first of these accounts is to be asked. One that was never asked is asked at once.
    pub(crate) fn next(&self, accounts: &[AccountId]) -> Option<Instant> {
        let (turns, quiet) = (lock(&self.next), lock(&self.quiet));
        let at = |account| {
            let turn = turns
                .get(account)
                .map_or_else(Instant::now, |turn: &Turn| turn.at);
            quiet
                .get(account)
                .map_or(turn, |quiet| turn.max(quiet.until))
        };
        accounts.iter().map(at).min()
    }

    /// The monotonic clock stood still for `slept`, and the network is another one.
    pub(crate) fn after_sleep(&self, at: Instant, slept: Duration) {
        for turn in lock(&self.next).values_mut() {
            turn.unreached = 0;
            turn.at = if turn.stands {
                turn.at.checked_sub(slept).unwrap_or(at)
            } else {
                at
            };
        }
        for quiet in lock(&self.quiet).values_mut() {
            quiet.until = quiet.until.checked_sub(slept).unwrap_or(at);
        }
    }

    fn take(&self, account: AccountId, outcome: Outcome, at: Instant, jitter: Duration) {
        if outcome == Outcome::Worked {
            lock(&self.quiet).remove(&account);
        }
        let mut turns = lock(&self.next);
        let before = turns.get(&account).map_or(0, |turn| turn.unreached);
        let pause = pause(outcome, before);
        // A provider's own wait is a minimum, and jitter never shortens one.
        let jitter = jitter.min(pause / 2);
        turns.insert(
            account,
            Turn {
                at: at + pause + jitter,
                unreached: if outcome == Outcome::Unreached {
                    before.saturating_add(1)
                } else {
                    0
                },
                stands: matches!(outcome, Outcome::SignedOut | Outcome::AskedToWait(_)),
            },
        );
    }
}

impl Engine {
    /// Notes how an account's sync ended. That of one calendar decides nothing while it works.
    pub(crate) fn take_turn(
        &self,
        account: AccountId,
        request: &SyncRequest,
        failed: Option<&Error>,
    ) {
        if request.calendar.is_some() && failed.is_none() {
            return;
        }
        let jitter = Duration::from_millis(self.host().rng.below(JITTER_MS));
        self.turns()
            .take(account, outcome(failed), Instant::now(), jitter);
    }
}

#[cfg(test)]
mod tests;
