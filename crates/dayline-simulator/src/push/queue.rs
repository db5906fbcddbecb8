//! The POSTs that wait to be sent, and the vendors' rules of trying again.

use std::collections::{BTreeMap, BTreeSet};

use bytes::Bytes;
use chrono::{DateTime, Duration, Utc};
use http::{Method, Request, header};
use rand::RngCore;
use serde::Serialize;
use serde_json::{Value, json};

use super::delivery::{Delivery, Outcome};

/// Graph tries for so long (Graph "Receive change notifications through webhooks").
pub(super) const GRAPH_TRIES: Duration = Duration::hours(4);
/// Neither vendor says how long the back-off begins and gets.
const FIRST_WAIT: Duration = Duration::seconds(1);
const LONGEST_WAIT: Duration = Duration::minutes(15);
/// Google's answers that mean success, and those after which it tries again (Calendar guide
/// "Push notifications", responding to notifications).
const GOOGLE_TAKEN: [u16; 5] = [200, 201, 202, 204, 102];
const GOOGLE_RETRIED: [u16; 4] = [500, 502, 503, 504];

/// What happened to the notifications of a subscription or channel.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Counts {
    /// Attempts to send one.
    pub(super) sent: u64,
    /// Delivered.
    pub(super) accepted: u64,
    /// Attempts that were not answered as the vendor wants it.
    pub(super) failed: u64,
    /// Given up, or lost by a quirk.
    pub(super) dropped: u64,
}

/// Why a POST is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Graph: something changed.
    Change,
    /// Graph: something is the matter with the subscription.
    Lifecycle,
    /// Google: the first message of a channel.
    Sync,
    /// Google: something changed.
    Exists,
}

/// One notification of Graph's, and whose it is.
#[derive(Debug, Clone)]
pub(super) struct Notification {
    pub(super) owner: String,
    pub(super) body: Value,
}

#[derive(Debug, Clone)]
pub(super) enum Content {
    /// Graph.
    Notifications(Vec<Notification>),
    /// Google: the channel and the headers.
    Headers(String, Vec<(&'static str, String)>),
}

impl Content {
    /// The subscription or channel of each notification.
    pub(super) fn owners(&self) -> Vec<String> {
        match self {
            Self::Notifications(list) => list.iter().map(|one| one.owner.clone()).collect(),
            Self::Headers(owner, _) => vec![owner.clone()],
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) id: u64,
    pub(super) kind: Kind,
    pub(super) url: String,
    pub(super) content: Content,
    pub(super) due: DateTime<Utc>,
    /// When it was to be sent first.
    pub(super) first: DateTime<Utc>,
    attempts: u32,
    /// How often it was put off since its subscription has no good token.
    held: u32,
    in_flight: bool,
}

impl Post {
    fn is_owned_by(&self, owner: &str) -> bool {
        self.content.owners().iter().any(|one| one == owner)
    }

    /// The POST; `stranger` is one more notification in it.
    fn request(&self, stranger: Option<Value>) -> Option<Request<Bytes>> {
        let builder = Request::builder().method(Method::POST).uri(&self.url);
        match &self.content {
            Content::Notifications(list) => {
                let own = list.iter().map(|one| one.body.clone());
                let all: Vec<Value> = stranger.into_iter().chain(own).collect();
                builder
                    .header(header::CONTENT_TYPE, "application/json; charset=utf-8")
                    .body(json!({"value": all}).to_string().into())
                    .ok()
            }
            Content::Headers(_, headers) => headers
                .iter()
                .fold(builder, |builder, (name, value)| {
                    builder.header(*name, value)
                })
                .body(Bytes::new())
                .ok(),
        }
    }
}

/// What became of a POST that was answered.
pub(super) enum Fate {
    Delivered,
    Retried,
    /// Given up.
    Dropped(Post),
}

/// The POSTs that are not done.
#[derive(Debug, Default)]
pub(super) struct Queue {
    posts: Vec<Post>,
    last: u64,
    counts: BTreeMap<String, Counts>,
}

impl Queue {
    /// Begins to count for a subscription or channel.
    pub(super) fn register(&mut self, owner: &str) {
        self.counts.insert(owner.to_owned(), Counts::default());
    }

    /// Forgets a subscription or channel and what waits for it, but not what there is to say
    /// about its end.
    pub(super) fn forget(&mut self, owner: &str) {
        self.counts.remove(owner);
        for post in &mut self.posts {
            if let (Kind::Change, Content::Notifications(list)) = (post.kind, &mut post.content) {
                list.retain(|one| one.owner != owner);
            }
        }
        self.posts.retain(|post| match &post.content {
            Content::Notifications(list) => !list.is_empty(),
            Content::Headers(channel, _) => channel != owner,
        });
    }

    pub(super) fn counts(&self, owner: &str) -> Counts {
        self.counts.get(owner).copied().unwrap_or_default()
    }

    /// How many notifications wait or are under way.
    pub(super) fn pending(&self, owner: &str) -> usize {
        let owners = self.posts.iter().flat_map(|post| post.content.owners());
        owners.filter(|one| one == owner).count()
    }

    fn count(&mut self, content: &Content, add: impl Fn(&mut Counts)) {
        for owner in content.owners() {
            if let Some(counts) = self.counts.get_mut(&owner) {
                add(counts);
            }
        }
    }

    /// Counts notifications that are never sent.
    pub(super) fn count_dropped(&mut self, content: &Content) {
        self.count(content, |counts| counts.dropped += 1);
    }

    pub(super) fn add(&mut self, kind: Kind, url: &str, content: Content, due: DateTime<Utc>) {
        self.last += 1;
        self.posts.push(Post {
            id: self.last,
            kind,
            url: url.to_owned(),
            content,
            due,
            first: due,
            attempts: 0,
            held: 0,
            in_flight: false,
        });
    }

    /// Whether something of this kind is on its way to the owner's webhook.
    pub(super) fn has(&self, kind: Kind, owner: &str) -> bool {
        let mut posts = self.posts.iter();
        posts.any(|post| post.kind == kind && post.is_owned_by(owner))
    }

    /// When the next POST is due that is not under way.
    pub(super) fn next(&self) -> Option<DateTime<Utc>> {
        let waiting = self.posts.iter().filter(|post| !post.in_flight);
        waiting.map(|post| post.due).min()
    }

    /// Sends at once what was put off for this owner.
    pub(super) fn release(&mut self, owner: &str, now: DateTime<Utc>) {
        for post in &mut self.posts {
            if post.held > 0 && post.is_owned_by(owner) {
                post.held = 0;
                post.due = now;
            }
        }
    }

    /// Puts off what is due for these owners, and takes out what was put off for too long.
    pub(super) fn hold(
        &mut self,
        without_token: &BTreeSet<String>,
        now: DateTime<Utc>,
    ) -> Vec<Post> {
        for post in &mut self.posts {
            let due = post.kind == Kind::Change && !post.in_flight && post.due <= now;
            if due && without_token.iter().any(|owner| post.is_owned_by(owner)) {
                post.held += 1;
                post.due = now + wait(post.held);
            }
        }
        let late = |post: &Post| post.held > 0 && now - post.first > GRAPH_TRIES;
        let (dropped, kept) = std::mem::take(&mut self.posts).into_iter().partition(late);
        self.posts = kept;
        let dropped: Vec<Post> = dropped;
        for post in &dropped {
            self.count_dropped(&post.content);
        }
        dropped
    }

    /// Takes what is due, or whatever `also` says; Graph's notifications for the same webhook
    /// share POSTs of up to `batch`.
    pub(super) fn take(
        &mut self,
        batch: usize,
        is_meant: impl Fn(&Post) -> bool,
        stranger: impl Fn(u64) -> Option<Value>,
    ) -> Vec<Delivery> {
        self.merge(batch, &is_meant);
        let mut out = Vec::new();
        let mut broken = Vec::new();
        for post in &mut self.posts {
            if post.in_flight || !is_meant(post) {
                continue;
            }
            let foreign = (post.kind == Kind::Change).then(|| stranger(post.id));
            let Some(request) = post.request(foreign.flatten()) else {
                broken.push(post.id);
                continue;
            };
            post.in_flight = true;
            post.attempts += 1;
            out.push((
                post.content.clone(),
                Delivery {
                    id: post.id,
                    request,
                },
            ));
        }
        self.posts.retain(|post| !broken.contains(&post.id));
        let sent = out.into_iter().map(|(content, delivery)| {
            self.count(&content, |counts| counts.sent += 1);
            delivery
        });
        sent.collect()
    }

    fn merge(&mut self, batch: usize, is_meant: &impl Fn(&Post) -> bool) {
        if batch < 2 {
            return;
        }
        let mut merged: Vec<Post> = Vec::new();
        for post in std::mem::take(&mut self.posts) {
            let fresh = |post: &Post| post.attempts == 0 && !post.in_flight && is_meant(post);
            let fits = |into: &&mut Post| {
                into.url == post.url
                    && into.kind == post.kind
                    && fresh(into)
                    && into.content.owners().len() + post.content.owners().len() <= batch
            };
            let into = merged.iter_mut().filter(|_| fresh(&post)).find(fits);
            match (into.map(|into| &mut into.content), post.content) {
                (Some(Content::Notifications(into)), Content::Notifications(list)) => {
                    into.extend(list);
                }
                (_, content) => merged.push(Post { content, ..post }),
            }
        }
        self.posts = merged;
    }

    /// Decides what becomes of a POST by its vendor's rules.
    pub(super) fn settle(
        &mut self,
        id: u64,
        outcome: Outcome,
        now: DateTime<Utc>,
        rng: &mut dyn RngCore,
    ) -> Option<(String, Kind, Fate)> {
        let at = self.posts.iter().position(|post| post.id == id)?;
        let mut post = self.posts.remove(at);
        let (url, kind) = (post.url.clone(), post.kind);
        let (taken, retried) = match kind {
            Kind::Change | Kind::Lifecycle => {
                let taken = outcome.status().is_some_and(|it| (200..300).contains(&it));
                (taken, !taken)
            }
            Kind::Sync | Kind::Exists => match outcome.status() {
                Some(status) => (
                    GOOGLE_TAKEN.contains(&status),
                    GOOGLE_RETRIED.contains(&status),
                ),
                // The guide says nothing of a server that cannot be reached; its own front end
                // answers 503 for one.
                None => (false, true),
            },
        };
        if taken {
            self.count(&post.content, |counts| counts.accepted += 1);
            return Some((url, kind, Fate::Delivered));
        }
        self.count(&post.content, |counts| counts.failed += 1);
        let jitter = Duration::milliseconds(i64::from(rng.next_u32() % 200));
        let due = now + wait(post.attempts) + jitter;
        let graph = matches!(kind, Kind::Change | Kind::Lifecycle);
        if !retried || graph && due - post.first > GRAPH_TRIES {
            self.count_dropped(&post.content);
            return Some((url, kind, Fate::Dropped(post)));
        }
        post.due = due;
        post.in_flight = false;
        self.posts.insert(at, post);
        Some((url, kind, Fate::Retried))
    }
}

/// How long to wait after so many attempts.
fn wait(attempts: u32) -> Duration {
    let factor = 1_i32
        .checked_shl(attempts.saturating_sub(1).min(20))
        .unwrap_or(i32::MAX);
    (FIRST_WAIT * factor).min(LONGEST_WAIT)
}
