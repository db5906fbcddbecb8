//! Graph's subscriptions on the events of the signed-in user.
//!
//! # Source
//! Graph reference "subscription resource type" and its methods, "Change notifications for
//! Outlook resources", "Receive change notifications through webhooks"; texts of errors from
//! the field reports that the functions name.

mod lifecycle;
mod plan;
mod render;

use chrono::{DateTime, Duration, Utc};
use http::Method;
use rand::RngCore;
use serde_json::json;

pub(super) use self::lifecycle::{LifecycleEvent, missed, next_reminder, remind, send, stale};
use self::plan::{Draft, Refusal};
use super::changes::{self, ChangeKind};
use super::delivery::Validation;
use super::queue::{Content, Kind, Notification};
use super::{Push, address};
use crate::call::{Call, Reply, unknown_path};
use crate::graph::{self, Context};
use crate::router::{self, Target};
use crate::world::{Account, Vendor};
use crate::{Simulator, ids};

pub(super) use self::render::foreign;

/// Reauthorizing and renewing within this time of each other is refused (Graph reference
/// "subscription: reauthorize"; no document shows the answer).
const APART: Duration = Duration::minutes(10);

/// One subscription.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(super) id: String,
    pub(super) account: usize,
    /// The calendar that it is on; the whole mailbox if `None`.
    pub(super) calendar: Option<String>,
    pub(super) draft: Draft,
    pub(super) expires: DateTime<Utc>,
    tenant: String,
    /// Whether its notifications have immutable ids.
    immutable: bool,
    /// The access token with which it was made or last renewed.
    token: String,
    renewed: Option<DateTime<Utc>>,
    reauthorized: Option<DateTime<Utc>>,
    /// It was told to reauthorize, and has not.
    warned: bool,
}

/// What a request wants of a subscription.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operation {
    Read,
    Create,
    Update,
    Delete,
    Reauthorize,
}

impl Operation {
    /// The name in the log.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Read => "subscriptions",
            Self::Create => "subscription_create",
            Self::Update => "subscription_update",
            Self::Delete => "subscription_delete",
            Self::Reauthorize => "subscription_reauthorize",
        }
    }
}

fn path(call: &Call) -> Vec<String> {
    let mut path = graph::path(&call.segments);
    path.drain(..1.min(path.len()));
    path
}

/// What a request is about; `None` if it is about no subscription.
pub(crate) fn kind(call: &Call) -> Option<Operation> {
    if call.segments.first().is_none_or(|first| first != "v1.0") {
        return None;
    }
    let path = path(call);
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    match (parts.as_slice(), call.method.as_str()) {
        (["subscriptions"], "POST") => Some(Operation::Create),
        (["subscriptions", _], "PATCH") => Some(Operation::Update),
        (["subscriptions", _], "DELETE") => Some(Operation::Delete),
        (["subscriptions", _, "reauthorize"], "POST") => Some(Operation::Reauthorize),
        (["subscriptions", ..], _) => Some(Operation::Read),
        _ => None,
    }
}

/// Answers a request about subscriptions.
pub(super) fn handle(
    sim: &mut Simulator,
    call: &Call,
    index: usize,
    scope: &str,
    rng: &mut dyn RngCore,
) -> Reply {
    let Some(account) = sim.accounts.get(index) else {
        return unknown_path(&call.path);
    };
    let request_id = ids::uuid(rng);
    let cx = match Context::new(call, account, request_id) {
        Ok(cx) => cx,
        Err(reply) => return *reply,
    };
    let path = path(call);
    let parts: Vec<&str> = path.iter().map(String::as_str).collect();
    let push = &mut sim.push;
    let reply = match (call.method.as_str(), parts.as_slice()) {
        ("GET", ["subscriptions"]) => Ok(list(push, call, account, index)),
        ("POST", ["subscriptions"]) => {
            let asked = Asked {
                index,
                scope,
                immutable: cx.immutable,
            };
            create(push, call, &sim.accounts, &asked, rng)
        }
        ("GET", ["subscriptions", id]) => find(push, index, id).map(|one| {
            let body = render::subscription(one, account, call, None);
            Reply::json(200, &body)
        }),
        ("PATCH", ["subscriptions", id]) => update(push, call, account, index, id),
        ("DELETE", ["subscriptions", id]) => {
            find(push, index, id).map(|one| one.id.clone()).map(|id| {
                push.unsubscribe(&id);
                Reply::empty(204)
            })
        }
        ("POST", ["subscriptions", id, "reauthorize"]) => reauthorize(push, call, index, id),
        _ => return cx.finish(cx.bad_path()),
    };
    cx.finish(match reply {
        Ok(reply) => reply,
        Err(refusal) => cx.error(refusal.status, refusal.code, &refusal.message),
    })
}

/// The webhooks that a request, or a part of a batch, wants to be used from now on.
pub(super) fn validations(sim: &Simulator, call: &Call, rng: &mut dyn RngCore) -> Vec<Validation> {
    if call.method == Method::POST && call.parts() == ["v1.0", "$batch"] {
        let body = call.object().unwrap_or_default();
        let requests = body.get("requests").and_then(|list| list.as_array());
        let parts: Vec<Call> = requests
            .into_iter()
            .flatten()
            .filter_map(|request| router::part(call, request))
            .collect();
        return parts
            .iter()
            .flat_map(|part| of_request(sim, part, rng))
            .collect();
    }
    of_request(sim, call, rng)
}

fn of_request(sim: &Simulator, call: &Call, rng: &mut dyn RngCore) -> Vec<Validation> {
    let wanted = kind(call).filter(|kind| matches!(kind, Operation::Create | Operation::Update));
    let Some(wanted) = wanted else {
        return Vec::new();
    };
    if sim.faults.stops(call, Target::of(call)) {
        return Vec::new();
    }
    let Ok((index, scope)) = router::authenticate(sim, call, Vendor::Microsoft, rng) else {
        return Vec::new();
    };
    // Whatever is wrong otherwise is answered without asking anybody.
    let urls = if wanted == Operation::Create {
        let plan = plan::create(&sim.push, call, &sim.accounts, index, &scope);
        plan.map(|(draft, ..)| draft.urls()).unwrap_or_default()
    } else {
        let path = path(call);
        let id = path.get(1).map_or("", String::as_str);
        let one = find(&sim.push, index, id);
        let change = one.and_then(|one| plan::update(call, one)).ok();
        let url = change.and_then(|change| change.notification_url);
        url.into_iter().collect()
    };
    let hostile = sim.push.quirks.hostile_validation_token;
    urls.iter()
        .filter_map(|url| Validation::new(url, render::token(hostile, rng)))
        .collect()
}

/// Who asks for a subscription, and how.
struct Asked<'a> {
    index: usize,
    scope: &'a str,
    immutable: bool,
}

fn create(
    push: &mut Push,
    call: &Call,
    accounts: &[Account],
    asked: &Asked<'_>,
    rng: &mut dyn RngCore,
) -> Result<Reply, Refusal> {
    let (draft, calendar, expires) = plan::create(push, call, accounts, asked.index, asked.scope)?;
    for url in draft.urls() {
        proven(push, &url)?;
    }
    let account = accounts.get(asked.index).ok_or_else(Refusal::not_found)?;
    let subscription = Subscription {
        id: ids::uuid(rng),
        account: asked.index,
        calendar,
        draft,
        expires,
        tenant: account.tenant.clone(),
        immutable: asked.immutable,
        token: call.bearer().unwrap_or_default().to_owned(),
        renewed: None,
        reauthorized: None,
        warned: false,
    };
    push.queue.register(&subscription.id);
    let state = subscription.draft.client_state.clone();
    let body = render::subscription(&subscription, account, call, state.as_deref());
    push.subscriptions.push(subscription);
    Ok(Reply::json(201, &body))
}

/// Refuses a webhook that has not echoed its token.
fn proven(push: &Push, url: &str) -> Result<(), Refusal> {
    let mut tried = push
        .validated
        .iter()
        .filter(|one| one.url == url)
        .peekable();
    if tried.peek().is_none() {
        let message = "Subscription validation request timed out.";
        return Err(Refusal::new(400, "ValidationError", message));
    }
    match tried.find_map(|one| one.problem) {
        Some(problem) => Err(Refusal::new(400, "ValidationError", problem.message())),
        None => Ok(()),
    }
}

fn find<'a>(push: &'a Push, account: usize, id: &str) -> Result<&'a Subscription, Refusal> {
    let mut all = push.subscriptions.iter();
    all.find(|one| one.account == account && one.id.eq_ignore_ascii_case(id))
        .ok_or_else(Refusal::not_found)
}

fn find_mut<'a>(
    push: &'a mut Push,
    account: usize,
    id: &str,
) -> Result<&'a mut Subscription, Refusal> {
    let mut all = push.subscriptions.iter_mut();
    all.find(|one| one.account == account && one.id.eq_ignore_ascii_case(id))
        .ok_or_else(Refusal::not_found)
}

fn list(push: &Push, call: &Call, account: &Account, index: usize) -> Reply {
    let own = push.subscriptions.iter().filter(|one| one.account == index);
    let rows: Vec<_> = own
        .map(|one| render::properties(one, account, None))
        .collect();
    let context = format!("{}/v1.0/$metadata#subscriptions", call.base());
    Reply::json(200, &json!({"@odata.context": context, "value": rows}))
}

fn update(
    push: &mut Push,
    call: &Call,
    account: &Account,
    index: usize,
    id: &str,
) -> Result<Reply, Refusal> {
    let subscription = find(push, index, id)?;
    let change = plan::update(call, subscription)?;
    if let Some(url) = &change.notification_url {
        proven(push, url)?;
    }
    let subscription = find_mut(push, index, id)?;
    if let Some(url) = change.notification_url {
        subscription.draft.notification_url = url;
    }
    if let Some(expires) = change.expires {
        subscription.expires = expires;
    }
    subscription.renewed = Some(call.now);
    subscription.refresh(call);
    let state = subscription.draft.client_state.as_deref();
    let body = render::subscription(subscription, account, call, state);
    let id = subscription.id.clone();
    push.queue.release(&id, call.now);
    Ok(Reply::json(200, &body))
}

fn reauthorize(push: &mut Push, call: &Call, index: usize, id: &str) -> Result<Reply, Refusal> {
    let subscription = find_mut(push, index, id)?;
    apart(subscription.renewed, call.now)?;
    subscription.reauthorized = Some(call.now);
    subscription.refresh(call);
    let id = subscription.id.clone();
    push.queue.release(&id, call.now);
    Ok(Reply::empty(204))
}

fn apart(other: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Result<(), Refusal> {
    if other.is_some_and(|at| now - at < APART) {
        let message = "The subscription was renewed or reauthorized less than 10 minutes ago. Try again later.";
        return Err(Refusal::new(400, "InvalidRequest", message));
    }
    Ok(())
}

impl Subscription {
    /// Arms it anew with the token of the request.
    fn refresh(&mut self, call: &Call) {
        call.bearer()
            .unwrap_or_default()
            .clone_into(&mut self.token);
        self.warned = false;
    }

    fn covers(&self, calendar: &str, kind: ChangeKind) -> bool {
        self.draft.kinds.contains(&kind)
            && self.calendar.as_deref().is_none_or(|own| own == calendar)
    }
}

impl Push {
    pub(super) fn unsubscribe(&mut self, id: &str) {
        self.subscriptions.retain(|one| one.id != id);
        self.queue.forget(id);
    }
}

/// Notifies of what has changed in a mailbox since version `told`.
pub(super) fn announce(
    push: &mut Push,
    account: &Account,
    index: usize,
    told: u64,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) {
    let changes = changes::since(account, told);
    let own = push.subscriptions.iter();
    let own = own.filter(|one| one.account == index && one.expires > now);
    let own: Vec<Subscription> = own.cloned().collect();
    for subscription in &own {
        for change in &changes {
            if !subscription.covers(&change.calendar, change.kind) {
                continue;
            }
            for round in 0..push.quirks.notifications_per_change {
                // Those that repeat a change call it an update.
                let kind = match change.kind {
                    ChangeKind::Created
                        if round > 0 && subscription.draft.kinds.contains(&ChangeKind::Updated) =>
                    {
                        ChangeKind::Updated
                    }
                    kind => kind,
                };
                let notification = Notification {
                    owner: subscription.id.clone(),
                    body: render::notification(subscription, account, change, kind, rng),
                };
                let content = Content::Notifications(vec![notification]);
                let url = &subscription.draft.notification_url;
                if !push.tell(Kind::Change, url, content, now) {
                    missed(push, std::slice::from_ref(&subscription.id), now);
                }
            }
        }
    }
}

/// Whether a webhook's address is one that the service takes.
fn check_url(name: &str, url: &str) -> Result<(), Refusal> {
    if address::is_allowed(url) {
        return Ok(());
    }
    let message = format!("The {name} must be an absolute URL that uses the HTTPS protocol.");
    Err(Refusal::new(400, "InvalidRequest", message))
}
