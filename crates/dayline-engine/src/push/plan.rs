//! Which subscriptions there should be, and what has to be done about those that are.
//!
//! Pure: rows and a time in, steps out. A row whose step fails is planned again.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::{AccountId, CalendarId, ProviderKind};
use dayline_store::{AccountRow, AccountStatus, CalendarRow, PushRow, PushState};

/// A subscription with less of its life left is renewed; the longest life is a week.
const RENEW_WITHIN: TimeDelta = TimeDelta::hours(84);
/// No subscription is renewed more often, for Graph takes it amiss.
const BETWEEN_RENEWALS: TimeDelta = TimeDelta::minutes(10);
/// An address is given up before the relay does, which is after 90 days.
const CHANNEL_LIVES: TimeDelta = TimeDelta::days(60);
/// An answer that did not come for so long never will.
const ANSWERED_WITHIN: TimeDelta = TimeDelta::minutes(3);

/// No provider lets one live for longer.
const LONGEST_LIFE: TimeDelta = TimeDelta::days(7);
/// A provider that could not be told that one ends is told again after this.
const BETWEEN_FAREWELLS: TimeDelta = TimeDelta::minutes(5);

/// The word for a subscription that cannot be had: a holiday calendar, or somebody else's.
pub(super) const REFUSED: &str = "refused";
/// The word for one that another computer, or nobody any more, has.
pub(super) const ELSEWHERE: &str = "watched_elsewhere";
/// The word for one that is over as soon as it is made; a clock that is ahead makes it look so.
pub(super) const SHORT_LIVED: &str = "short_lived";
/// The word for one that its provider took away.
pub(super) const REMOVED: &str = "removed";

/// What is to be watched: a calendar, or an account's whole mailbox.
pub(super) type Target = (AccountId, Option<CalendarId>);

/// What decides.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) now: DateTime<Utc>,
    pub(super) accounts: Vec<AccountRow>,
    pub(super) calendars: Vec<CalendarRow>,
    pub(super) rows: Vec<PushRow>,
    /// Accounts whose provider takes whole mailboxes only.
    pub(super) by_mailbox: Vec<AccountId>,
    /// Calendars that the user does not want to hear of.
    pub(super) unwanted: Vec<CalendarId>,
    /// Accounts whose provider asked to be left alone.
    pub(super) waiting: BTreeSet<AccountId>,
    /// Accounts whose subscriptions may have stopped, or are about to.
    pub(super) rearm: BTreeSet<AccountId>,
}

/// What to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Step {
    /// Ask the provider to tell.
    Create(Target),
    /// Let those of an account live on.
    Renew(AccountId, Vec<i64>),
    /// Tell the provider that it ends, and forget it.
    End(i64),
    /// Nobody knows what became of it: find it by its address and end it.
    Clear(i64),
    /// It ended by itself.
    Expire(i64),
    /// It failed long enough ago to be tried anew.
    Forget(i64),
}

/// What has to be watched.
pub(super) fn targets(facts: &Facts) -> BTreeSet<Target> {
    let mut targets = BTreeSet::new();
    for calendar in &facts.calendars {
        let account = facts
            .accounts
            .iter()
            .find(|account| account.id == calendar.account);
        let asked = account.is_some_and(|one| may_be_asked(facts, one));
        let wanted = calendar.is_connected
            && calendar.calendar.can_push
            && !facts.unwanted.contains(&calendar.id);
        if asked && wanted {
            let by_mailbox = facts.by_mailbox.contains(&calendar.account);
            targets.insert((calendar.account, (!by_mailbox).then_some(calendar.id)));
        }
    }
    targets
}

/// Whether a provider would answer.
fn may_be_asked(facts: &Facts, account: &AccountRow) -> bool {
    account.status != AccountStatus::NeedsSignIn && !facts.waiting.contains(&account.id)
}

/// Whether a known account's provider would not.
fn is_silent(facts: &Facts, id: AccountId) -> bool {
    let mut accounts = facts.accounts.iter();
    accounts.any(|account| account.id == id && !may_be_asked(facts, account))
}

/// Decides about every row, and about what has none.
pub(super) fn plan(facts: &Facts) -> Vec<Step> {
    let targets = targets(facts);
    let providers: BTreeMap<AccountId, ProviderKind> = facts
        .accounts
        .iter()
        .map(|account| (account.id, account.provider))
        .collect();
    let mut steps = Vec::new();
    let mut renewed: BTreeMap<AccountId, Vec<i64>> = BTreeMap::new();
    // Targets for which there is, or may soon be, something that needs no other.
    let mut served: BTreeSet<Target> = BTreeSet::new();
    // Targets of which a provider tells through a newer one.
    let mut told: BTreeSet<Target> = BTreeSet::new();
    // The newest row of each target comes first: what is older makes way for it.
    for row in facts.rows.iter().rev() {
        let target = (row.account, row.calendar);
        if is_silent(facts, row.account) {
            // Nothing can be asked; what ends by itself has ended.
            if row.expires_at.is_some_and(|end| end <= facts.now) && row.state == PushState::Active
            {
                steps.push(Step::Expire(row.id));
            }
            continue;
        }
        if row.state == PushState::Ending {
            steps.extend(farewell(row, facts.now));
            continue;
        }
        if !targets.contains(&target) || told.contains(&target) {
            steps.push(end_of(row));
            continue;
        }
        let provider = providers.get(&row.account).copied();
        match row.state {
            PushState::Creating if within(row.created_at, facts.now, ANSWERED_WITHIN) => {
                served.insert(target);
            }
            PushState::Creating | PushState::Ending => steps.push(Step::Clear(row.id)),
            PushState::Inactive if within(row.renewed_at, facts.now, pause(row)) => {
                served.insert(target);
            }
            PushState::Inactive => steps.push(Step::Forget(row.id)),
            PushState::Active => match fate(row, provider, facts) {
                Fate::Lives => {
                    served.insert(target);
                    told.insert(target);
                }
                Fate::Renewed => {
                    served.insert(target);
                    told.insert(target);
                    renewed.entry(row.account).or_default().push(row.id);
                }
                // The next one is made while this one still tells.
                Fate::Overlaps => {}
                Fate::Replaced => steps.push(Step::End(row.id)),
                Fate::Over => steps.push(Step::Expire(row.id)),
            },
        }
    }
    let renewed = renewed.into_iter();
    steps.extend(renewed.map(|(account, rows)| Step::Renew(account, rows)));
    let missing = targets.difference(&served).copied();
    steps.extend(missing.map(Step::Create));
    steps
}

/// What is left to do about one that ends: tell its provider, until it is over by itself.
fn farewell(row: &PushRow, now: DateTime<Utc>) -> Option<Step> {
    let over = row.expires_at.unwrap_or(row.created_at + LONGEST_LIFE);
    if !(row.created_at <= now && now < over) {
        Some(Step::Forget(row.id))
    } else if within(row.renewed_at, now, BETWEEN_FAREWELLS) {
        None
    } else if row.subscription.is_some() && row.expires_at.is_some() {
        Some(Step::End(row.id))
    } else {
        Some(Step::Clear(row.id))
    }
}

/// Whether less than `span` has passed. A time that has yet to come was written before the clock
/// was set back: long ago.
fn within(since: DateTime<Utc>, now: DateTime<Utc>, span: TimeDelta) -> bool {
    since <= now && now - since < span
}

/// Accounts whose renewal has to wait, since the last one is not long ago or since nothing may be
/// asked.
pub(super) fn resting(facts: &Facts) -> BTreeSet<AccountId> {
    let rests = |row: &&PushRow| {
        row.state == PushState::Active
            && facts.rearm.contains(&row.account)
            && (within(row.renewed_at, facts.now, BETWEEN_RENEWALS)
                || is_silent(facts, row.account))
    };
    let resting = facts.rows.iter().filter(rests);
    resting.map(|row| row.account).collect()
}

enum Fate {
    Lives,
    Renewed,
    Overlaps,
    Replaced,
    Over,
}

fn fate(row: &PushRow, provider: Option<ProviderKind>, facts: &Facts) -> Fate {
    let left = row
        .expires_at
        .map_or(TimeDelta::zero(), |end| end - facts.now);
    if left <= TimeDelta::zero() {
        return Fate::Over;
    }
    let is_old = !within(row.channel_created_at, facts.now, CHANNEL_LIVES);
    let rests = within(row.renewed_at, facts.now, BETWEEN_RENEWALS);
    // Google may give less than a week; half of what it gave will do.
    let half = row
        .expires_at
        .map_or(RENEW_WITHIN, |end| (end - row.created_at) / 2)
        .min(RENEW_WITHIN);
    match provider {
        // Graph has one subscription of a kind; what follows has to wait until this one is gone.
        Some(ProviderKind::Microsoft) if is_old => Fate::Replaced,
        Some(ProviderKind::Microsoft)
            if !rests
                && (left < RENEW_WITHIN
                    || row.problem.is_some()
                    || facts.rearm.contains(&row.account)) =>
        {
            Fate::Renewed
        }
        Some(ProviderKind::Google) if !rests && (is_old || left < half) => Fate::Overlaps,
        _ => Fate::Lives,
    }
}

/// How long one that failed is left alone.
fn pause(row: &PushRow) -> TimeDelta {
    match row.problem.as_deref() {
        Some(REMOVED | "expired") => TimeDelta::zero(),
        Some(REFUSED) => TimeDelta::days(1),
        Some(ELSEWHERE | SHORT_LIVED) => TimeDelta::hours(6),
        _ => TimeDelta::minutes(5),
    }
}

/// What ends a row, whatever is known of it.
fn end_of(row: &PushRow) -> Step {
    match row.state {
        PushState::Inactive => Step::Forget(row.id),
        PushState::Creating => Step::Clear(row.id),
        PushState::Active | PushState::Ending => Step::End(row.id),
    }
}

#[cfg(test)]
mod tests;
