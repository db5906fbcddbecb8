//! Lifecycle notifications, and the access token that a subscription lives on.
//!
//! # Source
//! Graph "Reduce missing subscriptions and change notifications" (docs commit 15f91f36) and
//! "Receive change notifications through webhooks": without a good token nothing is delivered,
//! each notification is tried for up to four hours, and a renewal sends what still waits.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, Utc};

use super::{Subscription, render};
use crate::oauth::Grants;
use crate::push::Push;
use crate::push::queue::{Content, Kind, Notification};

/// How long before the end of a token or subscription the reminder comes; the page lets it vary.
const REMIND_BEFORE: Duration = Duration::minutes(15);

/// What can be the matter with a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::push) enum LifecycleEvent {
    ReauthorizationRequired,
    SubscriptionRemoved,
    Missed,
}

impl LifecycleEvent {
    pub(in crate::push) const ALL: [Self; 3] = [
        Self::ReauthorizationRequired,
        Self::SubscriptionRemoved,
        Self::Missed,
    ];

    pub(in crate::push) fn as_str(self) -> &'static str {
        match self {
            Self::ReauthorizationRequired => "reauthorizationRequired",
            Self::SubscriptionRemoved => "subscriptionRemoved",
            Self::Missed => "missed",
        }
    }
}

/// Sends one, if the subscription has a webhook for it, and does what it says. `false` if it has
/// none.
pub(in crate::push) fn send(
    push: &mut Push,
    id: &str,
    event: LifecycleEvent,
    now: DateTime<Utc>,
) -> bool {
    let Some(one) = push.subscriptions.iter().find(|one| one.id == id).cloned() else {
        return false;
    };
    if event == LifecycleEvent::ReauthorizationRequired
        && let Some(stored) = push.subscriptions.iter_mut().find(|one| one.id == id)
    {
        stored.warned = true;
    }
    if let Some(url) = &one.draft.lifecycle_url {
        let body = render::lifecycle(&one, event.as_str());
        let owner = one.id.clone();
        let content = Content::Notifications(vec![Notification { owner, body }]);
        push.tell(Kind::Lifecycle, url, content, now);
    }
    if event == LifecycleEvent::SubscriptionRemoved {
        push.unsubscribe(id);
    }
    one.draft.lifecycle_url.is_some()
}

/// Says once that notifications of these subscriptions were lost.
pub(in crate::push) fn missed(push: &mut Push, owners: &[String], now: DateTime<Utc>) {
    for owner in owners {
        if !push.queue.has(Kind::Lifecycle, owner) {
            send(push, owner, LifecycleEvent::Missed, now);
        }
    }
}

/// When a subscription is to be told to reauthorize.
fn reminder(one: &Subscription, grants: &Grants) -> DateTime<Utc> {
    let by_itself = one.expires - REMIND_BEFORE;
    match grants.issued(&one.token) {
        Some(access) => access
            .expires
            .map_or(by_itself, |end| by_itself.min(end - REMIND_BEFORE)),
        // It was taken back.
        None => DateTime::UNIX_EPOCH,
    }
}

fn open(push: &Push) -> impl Iterator<Item = &Subscription> {
    let on = push.quirks.subscription_needs_fresh_token;
    let all = push.subscriptions.iter();
    all.filter(move |one| on && !one.warned && one.draft.lifecycle_url.is_some())
}

/// When the next reminder is due.
pub(in crate::push) fn next_reminder(push: &Push, grants: &Grants) -> Option<DateTime<Utc>> {
    open(push).map(|one| reminder(one, grants)).min()
}

/// Sends the reminders that are due.
pub(in crate::push) fn remind(push: &mut Push, grants: &Grants, now: DateTime<Utc>) {
    let due = open(push).filter(|one| reminder(one, grants) <= now);
    let due: Vec<String> = due.map(|one| one.id.clone()).collect();
    for id in due {
        send(push, &id, LifecycleEvent::ReauthorizationRequired, now);
    }
}

/// The subscriptions whose token is not good any more.
pub(in crate::push) fn stale(push: &Push, grants: &Grants, now: DateTime<Utc>) -> BTreeSet<String> {
    let all = push.subscriptions.iter();
    all.filter(|one| grants.access(&one.token, now).is_none())
        .map(|one| one.id.clone())
        .collect()
}
