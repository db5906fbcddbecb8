//! Requests on what somebody else owns.

use http::Method;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use rand::RngCore;
use serde_json::Value;

use super::{Share, copied, find_owner, granted, is_private, masked, mirror, original};
use crate::call::{Call, Reply, text};
use crate::world::{Account, Calendar, Env};
use crate::{Simulator, graph, ids, inject};

const DENIED: (u16, &str, &str) = (
    403,
    "ErrorAccessDenied",
    "Access is denied. Check credentials and try again.",
);
const NOT_FOUND: (u16, &str, &str) = (
    404,
    "ErrorItemNotFound",
    "The specified object was not found in the store.",
);
/// Permissions are the owner's business (microsoft-graph-docs-contrib#1351, which names no status).
const NOT_SUPPORTED: (u16, &str, &str) = (
    400,
    "ErrorNotSupported",
    "Specified method is not supported.",
);
const BROKEN: (u16, &str, &str) = (
    500,
    "ErrorInternalServerTransientError",
    "An internal server error occurred. Try again later.",
);

fn refuse(call: &Call, rng: &mut dyn RngCore, problem: (u16, &str, &str)) -> Reply {
    let (status, code, message) = problem;
    let id = ids::uuid(rng);
    Reply::json(status, &graph::error_body(call, &id, code, message)).with("request-id", &id)
}

/// Answers a request that is about a share; `None` for one that is not. `scope` is what the
/// token opens, in small letters.
pub(crate) fn handle(
    sim: &mut Simulator,
    call: &Call,
    index: usize,
    scope: &str,
    rng: &mut dyn RngCore,
) -> Option<Reply> {
    mirror(&mut sim.accounts, index);
    let owned = graph::path(&call.segments);
    let parts: Vec<&str> = owned.iter().skip(1).map(String::as_str).collect();
    if parts.last() == Some(&"calendarPermissions") {
        let granted = granted(&sim.accounts, sim.accounts.get(index)?);
        sim.accounts.get_mut(index)?.granted = granted;
    }
    let account = sim.accounts.get(index)?;
    if let ["users", who, rest @ ..] = parts.as_slice() {
        let owner = find_owner(&sim.accounts, account, who)?;
        if owner != index {
            return Some(in_owners_mailbox(sim, call, index, owner, rest, scope, rng));
        }
    }
    let copy = |share: &&Share| parts.contains(&share.copy.as_str());
    if let Some(share) = account.shares.iter().find(copy) {
        if parts.last() == Some(&"calendarPermissions") {
            return Some(refuse(call, rng, NOT_SUPPORTED));
        }
        let below = parts.last().is_some_and(|last| *last != share.copy);
        if share.old_style && below {
            return Some(refuse(call, rng, BROKEN));
        }
    }
    if account.shares.is_empty() {
        return None;
    }
    on_copy(sim, call, index, &parts, rng)
}

/// `/users/{owner}/…`.
fn in_owners_mailbox(
    sim: &mut Simulator,
    call: &Call,
    index: usize,
    owner: usize,
    rest: &[&str],
    scope: &str,
    rng: &mut dyn RngCore,
) -> Reply {
    let reads = call.method == Method::GET;
    let calendars = matches!(
        rest,
        ["calendar" | "calendars" | "calendarView" | "events", ..]
    );
    let open = if reads {
        calendars
            && (may(scope, "calendars.read.shared") || may(scope, "calendars.readwrite.shared"))
    } else {
        rest.contains(&"events") && may(scope, "calendars.readwrite.shared")
    };
    if !open {
        return refuse(call, rng, DENIED);
    }
    if rest.last() == Some(&"calendarPermissions") {
        return refuse(call, rng, NOT_SUPPORTED);
    }
    let Some(mut seen) = visible(&sim.accounts, index, owner) else {
        return refuse(call, rng, NOT_FOUND);
    };
    let named = rest
        .iter()
        .position(|part| *part == "events")
        .and_then(|at| rest.get(at + 1));
    let hidden = named.is_some_and(|id| {
        let mut all = seen.calendars.iter();
        all.any(|calendar| hides(calendar, id))
    });
    if hidden {
        // It stands in lists, and cannot be read alone (microsoft-graph-docs#14494).
        return refuse(call, rng, NOT_FOUND);
    }
    let mut env = Env {
        now: call.now,
        rng,
        quirks: &sim.quirks,
    };
    let reply = graph::handle(call, &mut seen, &mut env);
    if reads {
        return inject::fill_in(&seen, reply);
    }
    if reply.status > 400 {
        return reply;
    }
    match sim.accounts.get_mut(owner) {
        Some(owner) => graph::handle(call, owner, &mut env),
        None => reply,
    }
}

fn may(scope: &str, name: &str) -> bool {
    scope
        .split_whitespace()
        .any(|one| one.rsplit('/').next() == Some(name))
}

/// The owner's mailbox as the recipient may see it; `None` if nothing in it is shared.
fn visible(accounts: &[Account], index: usize, owner: usize) -> Option<Account> {
    let (recipient, owner) = (accounts.get(index)?, accounts.get(owner)?);
    let mut calendars: Vec<Calendar> = Vec::new();
    for share in recipient
        .shares
        .iter()
        .filter(|one| one.owner == owner.email)
    {
        let source = owner.calendar(&share.source);
        let Some(source) = source.filter(|one| one.primary || share.delegated) else {
            continue;
        };
        let events = source.events.iter();
        calendars.push(Calendar {
            events: events
                .map(|event| masked(event, share.role, owner))
                .collect(),
            role: Some(share.role),
            read_only: !share.role.writes(),
            ..source.clone_head()
        });
    }
    (!calendars.is_empty()).then(|| Account {
        calendars,
        injected: Vec::new(),
        shares: Vec::new(),
        ..owner.clone()
    })
}

/// Whether an id names a private event, or an occurrence of one, that the role does not show.
fn hides(calendar: &Calendar, id: &str) -> bool {
    let id = ids::from_immutable(id);
    let master = ids::split_graph_occurrence(&id).map(|(master, _)| master);
    let named = [Some(id), master];
    let mut named = named.iter().flatten();
    calendar.role.is_some_and(|role| !role.sees_private())
        && named.any(|id| calendar.event(id).is_some_and(is_private))
}

/// A write on an accepted share, which the original gets; a read of what it hides.
fn on_copy(
    sim: &mut Simulator,
    call: &Call,
    index: usize,
    parts: &[&str],
    rng: &mut dyn RngCore,
) -> Option<Reply> {
    let at = parts.iter().position(|part| *part == "events")?;
    let id = parts.get(at + 1).copied();
    let account = sim.accounts.get(index)?;
    let hidden = id.is_some_and(|id| {
        let mut copies = account.calendars.iter().filter(|one| one.removed.is_none());
        copies.any(|calendar| hides(calendar, id))
    });
    if hidden {
        return Some(refuse(call, rng, NOT_FOUND));
    }
    if call.method == Method::GET {
        return None;
    }
    let (owner, path, copy) = translated(&sim.accounts, account, parts, id)?;
    let mut env = Env {
        now: call.now,
        rng,
        quirks: &sim.quirks,
    };
    // Rights, ids and change keys are those of the copy.
    let mut trial = account.clone();
    let reply = graph::handle(call, &mut trial, &mut env);
    if reply.status > 400 {
        return Some(reply);
    }
    let mut inner = call.clone();
    inner.headers.remove("if-match");
    inner.set_target(&format!("{}{path}", call.cloud.prefix()), &call.raw_query);
    let reply = graph::handle(&inner, sim.accounts.get_mut(owner)?, &mut env);
    mirror(&mut sim.accounts, index);
    let body: Value = serde_json::from_slice(&reply.body).unwrap_or_default();
    let whole = parts.len() <= at + 2 && reply.status < 300;
    let Some(made) = text(&body, "/id").filter(|_| whole) else {
        return Some(reply);
    };
    let mut again = call.clone();
    again.method = Method::GET;
    again.body = bytes::Bytes::new();
    let id = copied(&copy, &ids::from_immutable(made));
    let target = format!("{}/v1.0/me/events/{}", call.cloud.prefix(), encode(&id));
    again.set_target(&target, "");
    let shown = graph::handle(&again, sim.accounts.get_mut(index)?, &mut env);
    Some(Reply {
        status: reply.status,
        ..shown
    })
}

fn encode(part: &str) -> String {
    utf8_percent_encode(part, NON_ALPHANUMERIC).to_string()
}

/// Where a write on a copy goes: the owner, the path in their mailbox, and the copy.
fn translated(
    accounts: &[Account],
    account: &Account,
    parts: &[&str],
    id: Option<&str>,
) -> Option<(usize, String, String)> {
    for share in account.shares.iter().filter(|share| share.listed) {
        let owner = find_owner(accounts, account, &share.owner)?;
        let Some(source) = accounts
            .get(owner)
            .and_then(|one| one.calendar(&share.source))
        else {
            continue;
        };
        let named = id.and_then(|id| original(&share.copy, source, id));
        if named.is_none() && !parts.contains(&share.copy.as_str()) {
            continue;
        }
        let rest = parts
            .iter()
            .skip(if parts.first() == Some(&"me") { 1 } else { 2 });
        let path = rest.map(|part| match &named {
            _ if *part == share.copy => encode(&share.source),
            Some(named) if Some(*part) == id => encode(named),
            _ => encode(part),
        });
        let path: Vec<String> = path.collect();
        let path = format!("/v1.0/me/{}", path.join("/"));
        return Some((owner, path, share.copy.clone()));
    }
    None
}
