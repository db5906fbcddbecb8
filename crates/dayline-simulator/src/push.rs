//! The vendors' push: Graph's subscriptions, Google's watch channels, and what they send.
//!
//! Decides and does nothing: [`Simulator::due`] gives the POSTs whose time has come,
//! [`Simulator::delivered`] hears what became of them and tries again or gives up by the
//! vendor's rules. Graph wants webhooks to prove themselves before it answers, so whoever runs
//! the simulator asks [`Simulator::validations`] first and hands the outcome to
//! [`Simulator::handle_validated`].
//!
//! Not simulated: notifications with resource data, delivery to Event Hubs or to a push
//! service, Google's channels on calendar lists, access lists and settings.

mod address;
pub(crate) mod admin;
mod changes;
pub(crate) mod delivery;
pub(crate) mod google;
mod health;
pub(crate) mod microsoft;
mod queue;
mod quirks;

use std::collections::BTreeSet;

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{Request, Response};
use rand::RngCore;

use self::delivery::{Delivery, Outcome, Validated, Validation};
use self::health::{Health, Pace};
use self::queue::{Content, Fate, Kind, Queue};
use self::quirks::PushQuirks;
use crate::Simulator;
use crate::call::{Call, Reply};
use crate::world::{Account, Vendor};

/// How long Graph puts off what a slow webhook gets.
const SLOW: Duration = Duration::seconds(10);
/// How long Google's first message takes, so that the answer to the watch request is first.
const SYNC_AFTER: Duration = Duration::milliseconds(100);

/// Everything that push knows.
#[derive(Debug, Default)]
pub(crate) struct Push {
    quirks: PushQuirks,
    subscriptions: Vec<microsoft::Subscription>,
    channels: Vec<google::Channel>,
    queue: Queue,
    health: Health,
    /// The version up to which each account's changes have been told.
    told: Vec<u64>,
    /// The webhooks that have been tried for the request that is being answered.
    validated: Vec<Validated>,
}

impl Push {
    pub(crate) fn new(accounts: &[Account]) -> Self {
        Self {
            told: accounts.iter().map(|account| account.version).collect(),
            ..Self::default()
        }
    }

    /// Puts a POST into the queue, unless something takes it away first. `false` if the vendor
    /// itself drops it.
    fn tell(&mut self, kind: Kind, url: &str, content: Content, now: DateTime<Utc>) -> bool {
        let change = matches!(kind, Kind::Change | Kind::Exists);
        if self.quirks.silent || change && self.quirks.lose > 0 {
            if !self.quirks.silent {
                self.quirks.lose -= 1;
            }
            self.queue.count_dropped(&content);
            return true;
        }
        let mut due = now + Duration::milliseconds(i64::from(self.quirks.delay_ms));
        match kind {
            Kind::Change => match self.health.pace(url, now) {
                Pace::Normal => {}
                Pace::Slow => due += SLOW,
                Pace::Dropped => {
                    self.queue.count_dropped(&content);
                    return false;
                }
            },
            Kind::Sync if !self.quirks.sync_first => due += SYNC_AFTER,
            Kind::Lifecycle | Kind::Sync | Kind::Exists => {}
        }
        if self.quirks.duplicates {
            self.queue.add(kind, url, content.clone(), due);
        }
        self.queue.add(kind, url, content, due);
        true
    }

    /// Ends what has run out.
    fn expire(&mut self, now: DateTime<Utc>) {
        let subscriptions = self.subscriptions.iter();
        let ended = subscriptions.filter(|one| one.expires <= now);
        let mut ended: Vec<String> = ended.map(|one| one.id.clone()).collect();
        let channels = self.channels.iter().filter(|one| one.expires <= now);
        ended.extend(channels.map(|one| one.id.clone()));
        self.subscriptions.retain(|one| one.expires > now);
        self.channels.retain(|one| one.expires > now);
        for owner in ended {
            self.queue.forget(&owner);
        }
    }

    fn watches(&self, account: usize) -> bool {
        self.subscriptions.iter().any(|one| one.account == account)
            || self.channels.iter().any(|one| one.account == account)
    }
}

/// Answers a request about subscriptions or channels; `None` for any other.
pub(crate) fn handle(
    sim: &mut Simulator,
    call: &Call,
    vendor: Vendor,
    account: usize,
    scope: &str,
    rng: &mut dyn RngCore,
) -> Option<Reply> {
    match vendor {
        Vendor::Microsoft if microsoft::kind(call).is_some() => {
            sim.push.expire(call.now);
            Some(microsoft::handle(sim, call, account, scope, rng))
        }
        Vendor::Google if google::kind(call).is_some() => {
            sim.push.expire(call.now);
            Some(google::handle(sim, call, account, rng))
        }
        _ => None,
    }
}

/// Tells of what has changed since the last look.
pub(crate) fn notice(sim: &mut Simulator, now: DateTime<Utc>, rng: &mut dyn RngCore) {
    for (index, account) in sim.accounts.iter().enumerate() {
        let Some(told) = sim.push.told.get_mut(index) else {
            continue;
        };
        let before = std::mem::replace(told, account.version);
        if before == account.version || !sim.push.watches(index) {
            continue;
        }
        match account.vendor {
            Vendor::Microsoft => {
                microsoft::announce(&mut sim.push, account, index, before, now, rng);
            }
            Vendor::Google => google::announce(&mut sim.push, account, index, before, now, rng),
        }
    }
}

impl Simulator {
    /// The webhooks that have to prove themselves before this request is handled.
    ///
    /// Shape: `None` for most requests. Otherwise each [`Validation`]'s request is to be sent,
    /// its answer judged, and all of them handed to [`Simulator::handle_validated`].
    pub fn validations(
        &self,
        request: &Request<Bytes>,
        now: DateTime<Utc>,
        rng: &mut dyn RngCore,
    ) -> Option<Vec<Validation>> {
        let call = Call::new(request, now + self.clock_offset);
        let found = microsoft::validations(self, &call, rng);
        (!found.is_empty()).then_some(found)
    }

    /// [`Simulator::handle`] for a request whose webhooks have been tried. Without a webhook
    /// that passed, a subscription is refused.
    pub fn handle_validated(
        &mut self,
        request: &Request<Bytes>,
        validated: &[Validated],
        now: DateTime<Utc>,
        rng: &mut dyn RngCore,
    ) -> Response<Bytes> {
        self.push.validated = validated.to_vec();
        let response = self.handle(request, now, rng);
        self.push.validated.clear();
        response
    }

    /// POSTs that go out before the answer of the request just handled does.
    pub fn before_answer(&mut self) -> Vec<Delivery> {
        if !self.push.quirks.sync_first {
            return Vec::new();
        }
        self.push
            .queue
            .take(1, |post| post.kind == Kind::Sync, |_| None)
    }

    /// When [`Simulator::due`] has something next; in the past if it has now, `None` if nothing
    /// waits. Changes with every request, delivery and move of the clock.
    pub fn next_delivery(&self) -> Option<DateTime<Utc>> {
        let posts = self.push.queue.next();
        let reminders = microsoft::next_reminder(&self.push, &self.grants);
        let next = posts.into_iter().chain(reminders).min()?;
        Some(next - self.clock_offset)
    }

    /// The POSTs whose time has come, each of which is given once for an attempt.
    pub fn due(&mut self, now: DateTime<Utc>) -> Vec<Delivery> {
        let now = now + self.clock_offset;
        self.push.expire(now);
        microsoft::remind(&mut self.push, &self.grants, now);
        if self.push.quirks.subscription_needs_fresh_token {
            let stale: BTreeSet<String> = microsoft::stale(&self.push, &self.grants, now);
            for post in self.push.queue.hold(&stale, now) {
                microsoft::missed(&mut self.push, &post.content.owners(), now);
            }
        }
        let quirks = &self.push.quirks;
        let (batch, mixed) = (quirks.batch, quirks.mixed_batches);
        self.push.queue.take(
            batch,
            |post| post.due <= now,
            |id| mixed.then(|| microsoft::foreign(id, now)),
        )
    }

    /// Hears what became of a delivery. One that is unknown, since its subscription has ended
    /// meanwhile, is passed over.
    pub fn delivered(
        &mut self,
        id: u64,
        outcome: Outcome,
        now: DateTime<Utc>,
        rng: &mut dyn RngCore,
    ) {
        let now = now + self.clock_offset;
        let Some((url, kind, fate)) = self.push.queue.settle(id, outcome, now, rng) else {
            return;
        };
        if matches!(kind, Kind::Change | Kind::Lifecycle) {
            self.push.health.note(&url, outcome.took(), now);
        }
        if let (Kind::Change, Fate::Dropped(post)) = (kind, fate) {
            microsoft::missed(&mut self.push, &post.content.owners(), now);
        }
    }
}

#[cfg(test)]
mod tests;
