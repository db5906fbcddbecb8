//! Hearing of changes within seconds: the relay, the subscriptions, and what follows from a hint.
//!
//! A hint only says sooner what the next poll would find. Whatever the relay says, leaves out or
//! makes up, the calendar is right: a hint costs one delta at most, and none for 5 seconds after
//! the last one; a calendar of which nothing is heard is polled. Only who holds the pen does
//! anything here.
//!
//! | part | what it is for |
//! |---|---|
//! | `device` | this computer at the relay: its secret, and addresses for providers |
//! | `line` | the socket to the relay |
//! | `position` | whether something was missed |
//! | `plan` | which subscriptions to make, renew and end; pure |
//! | `keeper` | does it |
//! | `told` | of which calendars a subscription tells |
//! | `status` | how it is, for people |

mod device;
mod ending;
mod keeper;
mod line;
mod plan;
mod position;
mod status;
mod told;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::time::Duration;

use chrono::{DateTime, Utc};
use dayline_model::{AccountId, CalendarId, ProviderKind};
use dayline_store::{CalendarRow, PushState, Read, StoreError, Write};
use serde::{Deserialize, Serialize};
use tokio::sync::Notify;
use tokio::time::Instant;
use url::Url;

pub use self::device::RelayProblem;
pub use self::status::{PushReason, PushReport, PushedCalendar};
use crate::engine::lock;
use crate::{Engine, EngineEvent, Error};

/// The setting that holds the relay's address.
const RELAY_URL: &str = "relay.url";
/// The setting in which whoever holds the pen says how the line is.
const RELAY_LINE: &str = "relay.line";
/// No calendar is synced more often than this for what a relay says.
const SPACING: Duration = Duration::from_secs(5);
/// A calendar whose provider tells of changes is still looked at this often.
const BACKSTOP: Duration = Duration::from_hours(6);
/// The word for a subscription that a sign-in before the last one made.
const SIGNED_IN_ANEW: &str = "signed_in_anew";
/// So many subscriptions of an account may be said to be gone
const MOST_REMOVALS: usize = 50;
/// within this.
const REMOVALS_WITHIN: Duration = Duration::from_hours(1);
/// Backstops of many computers do not fall on one moment.
const BACKSTOP_JITTER_SECS: u64 = 3_600;

/// What is known of push while a process runs.
#[derive(Default)]
pub(crate) struct Push {
    state: Mutex<State>,
    /// Something is due, or no longer.
    hinted: Notify,
    /// The keeper has to look.
    kept: Notify,
    /// The relay's address may be another one.
    moved: Notify,
    /// One enrols at a time.
    enrolling: tokio::sync::Mutex<()>,
}

#[derive(Default)]
struct State {
    line: Line,
    /// Calendars of which a hint was heard and that were not synced since.
    due: BTreeSet<CalendarId>,
    /// When a calendar was synced last because of a hint.
    hinted_at: BTreeMap<CalendarId, Instant>,
    /// Until when a calendar with healthy push is left alone.
    spared_until: BTreeMap<CalendarId, Instant>,
    /// Calendars in which a backstop found what no hint had announced.
    doubted: BTreeSet<CalendarId>,
    /// When subscriptions of an account were said to be gone lately.
    removals: BTreeMap<AccountId, Vec<Instant>>,
    /// Accounts whose subscriptions may have stopped: they are renewed.
    rearm: BTreeSet<AccountId>,
}

/// How the line to the relay is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    connected: bool,
    /// Why there is none.
    problem: Option<RelayProblem>,
}

impl Push {
    /// Calendars have something new.
    fn hint(&self, calendars: impl IntoIterator<Item = CalendarId>) {
        lock(&self.state).due.extend(calendars);
        self.hinted.notify_one();
    }

    /// Waits until there may be another [`next`](Self::next).
    pub(crate) async fn hinted(&self) {
        self.hinted.notified().await;
    }

    /// When the first calendar is to be synced because of a hint.
    pub(crate) fn next(&self) -> Option<Instant> {
        let state = lock(&self.state);
        let at = |calendar| state.ready_at(calendar).unwrap_or_else(Instant::now);
        state.due.iter().copied().map(at).min()
    }

    /// Takes the calendars that are to be synced now.
    pub(crate) fn take_due(&self, now: Instant) -> Vec<CalendarId> {
        let mut state = lock(&self.state);
        let ready: Vec<CalendarId> = state
            .due
            .iter()
            .copied()
            .filter(|calendar| state.ready_at(*calendar).is_none_or(|at| at <= now))
            .collect();
        for calendar in &ready {
            state.due.remove(calendar);
            state.hinted_at.insert(*calendar, now);
        }
        ready
    }

    /// A provider asks for it, or may have asked unheard: what holds an older token may have stopped.
    pub(crate) fn rearm(&self, accounts: impl IntoIterator<Item = AccountId>) {
        lock(&self.state).rearm.extend(accounts);
        self.kept.notify_one();
    }

    /// Accounts, calendars or choices are others than before.
    pub(crate) fn look(&self) {
        self.kept.notify_one();
    }

    /// A process takes the pen: what it knew when it had it before is old.
    pub(crate) fn begin(&self) {
        let mut state = lock(&self.state);
        let rearm = std::mem::take(&mut state.rearm);
        *state = State {
            rearm,
            ..State::default()
        };
    }

    /// Something failed, or the computer slept: the next poll leaves out nothing.
    pub(crate) fn spare_nothing(&self) {
        lock(&self.state).spared_until.clear();
    }

    /// Whether a relay may say that a subscription of an account is gone. Otherwise it could have
    /// them made anew without end.
    fn believes_removal(&self, account: AccountId) -> bool {
        let now = Instant::now();
        let mut state = lock(&self.state);
        let removals = state.removals.entry(account).or_default();
        removals.retain(|at| now.duration_since(*at) < REMOVALS_WITHIN);
        let believed = removals.len() < MOST_REMOVALS;
        if believed {
            removals.push(now);
        }
        believed
    }

    /// Providers did tell of these.
    fn told(&self, calendars: &[CalendarId]) {
        let mut state = lock(&self.state);
        for calendar in calendars {
            state.doubted.remove(calendar);
        }
    }

    /// A calendar was synced. `found`: it had changed. True if its provider is doubted from now on.
    fn note_synced(&self, calendar: CalendarId, sync: Synced, found: bool, until: Instant) -> bool {
        let mut state = lock(&self.state);
        state.spared_until.insert(calendar, until);
        // Only a provider that does tell is believed again.
        sync == Synced::Polled
            && found
            && !state.due.contains(&calendar)
            && state.doubted.insert(calendar)
    }
}

impl State {
    fn ready_at(&self, calendar: CalendarId) -> Option<Instant> {
        self.hinted_at.get(&calendar).map(|last| *last + SPACING)
    }
}

/// What a calendar was synced for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Synced {
    /// Its time had come.
    Polled,
    /// Any other reason.
    Otherwise,
}

impl Engine {
    /// The relay's address; `None`: there is none, and providers are polled.
    pub fn relay_url(&self) -> Result<Option<String>, Error> {
        Ok(self.store().read(|read| read.find_setting(RELAY_URL))?)
    }

    /// Uses another relay from now on, or none. What the one before was to be told is ended.
    ///
    /// # Errors
    /// [`Error::Invalid`] if it is not the address of a relay.
    pub fn set_relay_url(&self, url: Option<&str>) -> Result<(), Error> {
        let url = url.map(relay_address).transpose()?;
        self.store().write(|write| {
            if write.find_setting(RELAY_URL)? == url {
                return Ok(());
            }
            match &url {
                Some(url) => write.put_setting(RELAY_URL, url)?,
                None => write.remove_setting(RELAY_URL)?,
            }
            device::forget(write)
        })?;
        self.push().moved.notify_one();
        Ok(())
    }

    /// Lets a calendar's provider tell of changes, or not.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no such calendar.
    pub async fn set_push_wanted(&self, calendar: CalendarId, wanted: bool) -> Result<(), Error> {
        let known = self
            .store()
            .write(|write| write.set_push_wanted(calendar, wanted))?;
        if !known {
            return Err(Error::NotFound("calendar"));
        }
        self.push().look();
        // Whoever holds the pen looks after its next sync.
        self.tell_holder(None).await;
        Ok(())
    }

    /// Nobody listened for a while: what providers were given may be worth nothing any more.
    pub(crate) fn rearm_push(&self) {
        let rows = self.store().read(|read| read.push_subscriptions());
        let rows = rows.unwrap_or_default();
        self.push().rearm(rows.iter().map(|row| row.account));
    }

    /// An account could not be brought up to date: its next turn leaves out none of its calendars.
    pub(crate) fn unspare(&self, account: AccountId) -> Result<(), StoreError> {
        let calendars = self.store().read(|read| read.calendars())?;
        let mut state = lock(&self.push().state);
        for row in calendars.iter().filter(|row| row.account == account) {
            state.spared_until.remove(&row.id);
        }
        Ok(())
    }

    /// Keeps whether there is a line to the relay, and why not; also for other processes to tell.
    fn set_connected(&self, connected: bool, problem: Option<RelayProblem>) {
        let line = Line { connected, problem };
        let mut state = lock(&self.push().state);
        if state.line == line {
            return;
        }
        state.line = line.clone();
        drop(state);
        let kept = serde_json::to_string(&line)
            .map_err(|error| Error::Internal(error.to_string()))
            .and_then(|text| {
                Ok(self
                    .store()
                    .write(|write| write.put_setting(RELAY_LINE, &text))?)
            });
        if let Err(error) = kept {
            tracing::warn!(code = ?error.code(), "others cannot tell of the line");
        }
        self.tell(EngineEvent::AccountsChanged);
    }

    /// Whether a poll may leave a calendar out, since its provider tells of changes.
    pub(crate) fn is_spared(
        &self,
        read: &Read<'_>,
        calendar: CalendarId,
    ) -> Result<bool, StoreError> {
        let rests = lock(&self.push().state)
            .spared_until
            .get(&calendar)
            .is_some_and(|until| Instant::now() < *until);
        Ok(rests && self.is_heard_of(read, calendar)?)
    }

    /// Whether Dayline believes that it is told of a calendar's changes.
    pub(crate) fn is_heard_of(
        &self,
        read: &Read<'_>,
        calendar: CalendarId,
    ) -> Result<bool, StoreError> {
        {
            let state = lock(&self.push().state);
            if !state.line.connected || state.doubted.contains(&calendar) {
                return Ok(false);
            }
        }
        let Some(row) = read.find_calendar(calendar)? else {
            return Ok(false);
        };
        if !row.calendar.can_push || read.calendars_without_push()?.contains(&calendar) {
            return Ok(false);
        }
        let now = self.now();
        Ok(read.push_subscriptions()?.iter().any(|push| {
            push.account == row.account
                && push.calendar.is_none_or(|watched| watched == calendar)
                && push.state == PushState::Active
                && push.problem.is_none()
                && push.expires_at.is_some_and(|end| now < end)
        }))
    }

    /// Notes that a calendar was brought up to date.
    pub(crate) fn note_synced(&self, calendar: &CalendarRow, sync: Synced, found: bool) {
        let jitter = Duration::from_secs(self.host().rng.below(BACKSTOP_JITTER_SECS));
        let until = Instant::now() + BACKSTOP.saturating_sub(jitter);
        if self.push().note_synced(calendar.id, sync, found, until) {
            // Perhaps its provider asked for a renewal, and nobody heard.
            self.push().rearm([calendar.account]);
        }
    }
}

/// Somebody signed in anew: what the last sign-in gave to subscriptions may be worth nothing. Kept
/// with them, for it may be another process that renews them; their calendars are polled until then.
pub(crate) fn renew_after_sign_in(
    write: &Write<'_>,
    account: AccountId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let is_renewed = write
        .find_account(account)?
        .is_some_and(|row| row.provider == ProviderKind::Microsoft);
    for row in write.push_subscriptions()? {
        if is_renewed && row.account == account && row.state == PushState::Active {
            write.set_push_state(row.id, PushState::Active, Some(SIGNED_IN_ANEW), now)?;
        }
    }
    Ok(())
}

/// An address as it is kept: without a slash at its end.
fn relay_address(text: &str) -> Result<String, Error> {
    let wrong = |why: &str| Error::Invalid(format!("{text} is not the address of a relay: {why}"));
    let url = Url::parse(text.trim()).map_err(|_| wrong("it is not a URL"))?;
    let here = match url.host() {
        None => return Err(wrong("it has no host")),
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
    };
    if url.scheme() != "https" && !(here && url.scheme() == "http") {
        return Err(wrong("it has to begin with https://"));
    }
    if !url.username().is_empty()
        || url.password().is_some()
        || url.query().is_some()
        || url.fragment().is_some()
    {
        return Err(wrong("it holds more than a host and a path"));
    }
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

#[cfg(test)]
mod tests;
