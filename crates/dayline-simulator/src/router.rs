//! From a path to a service: authentication, faults, the log and `$batch`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, Method};
use rand::RngCore;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply, text, unknown_path};
use crate::cloud::Cloud;
use crate::oauth::{self, Endpoint};
use crate::world::{Env, Vendor};
use crate::{Simulator, faults, google, graph, ids, inject, push, shares};

/// Most requests in one `$batch` (Graph, JSON batching).
const BATCH_LIMIT: usize = 20;

/// The service and the kind of a request, under the names of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Target {
    pub(crate) provider: &'static str,
    pub(crate) kind: &'static str,
}

impl Target {
    /// Whether Microsoft has the service.
    fn is_microsoft(self, parts: &[&str]) -> bool {
        match Endpoint::of(parts) {
            Some(endpoint) => endpoint.is_microsoft(),
            None => self.provider == "graph",
        }
    }

    pub(crate) fn of(call: &Call) -> Self {
        let parts = call.parts();
        if let Some(endpoint) = Endpoint::of(&parts) {
            return Self {
                provider: "oauth",
                kind: endpoint.kind(),
            };
        }
        match parts.as_slice() {
            ["v1.0", "$batch"] => Self {
                provider: "graph",
                kind: "batch",
            },
            ["v1.0", "me"] => Self {
                provider: "graph",
                kind: "me",
            },
            ["v1.0", "me", rest @ ..] | ["v1.0", "users", _, rest @ ..] => Self {
                provider: "graph",
                kind: graph_kind(call, rest),
            },
            ["v1.0", ..] => Self {
                provider: "graph",
                kind: push::microsoft::kind(call)
                    .map_or("other", push::microsoft::Operation::as_str),
            },
            path if google::batch::is_batch(path) => Self {
                provider: "google",
                kind: "batch",
            },
            ["calendar", "v3", rest @ ..] => Self {
                provider: "google",
                kind: google_kind(call, rest),
            },
            _ => Self {
                provider: "unknown",
                kind: "other",
            },
        }
    }
}

fn graph_kind(call: &Call, parts: &[&str]) -> &'static str {
    let method = call.method.as_str();
    match parts {
        [] => "me",
        ["calendars"] if method == "GET" => "calendar_list",
        ["calendars" | "calendar" | "calendarGroups", ..]
            if parts.len() < 3
                && parts.get(1).is_none_or(|second| {
                    *second != "events" && !second.starts_with("calendarView")
                }) =>
        {
            "calendar"
        }
        ["outlook", "masterCategories", ..] => "categories",
        ["mailboxSettings", ..] => "mailbox_settings",
        [.., "calendarView" | "events", last]
            if last.starts_with("delta") || last.ends_with("delta()") =>
        {
            "events_delta"
        }
        [.., "calendarView"] => "calendar_view",
        [.., "events"] if method == "POST" => "event_create",
        [.., "events"] => "events_list",
        [.., "events", _, "instances"] => "instances",
        [.., "events", _] => by_method(method),
        [.., "attachments" | "extensions"] | [.., "attachments" | "extensions", _] => "event_part",
        [.., "events", _, _] => "event_action",
        _ => "other",
    }
}

fn google_kind(call: &Call, parts: &[&str]) -> &'static str {
    let method = call.method.as_str();
    match parts {
        ["users", "me", "calendarList"] => "calendar_list",
        ["users", "me", "settings", ..] => "settings",
        ["colors"] => "colors",
        ["freeBusy"] => "freebusy",
        ["calendars" | "users", .., "events"] if method == "POST" => "event_create",
        ["calendars", _, "events"] => "events_list",
        ["calendars", _, "events", _, "instances"] => "instances",
        ["calendars", _, "events", "watch"] => "watch",
        ["channels", "stop"] => "channel_stop",
        ["calendars", _, "events", "import" | "quickAdd"] => "event_action",
        ["calendars", _, "events", _] => by_method(method),
        ["calendars", _, "events", ..] => "event_action",
        ["calendars" | "users", ..] => "calendar",
        _ => "other",
    }
}

fn by_method(method: &str) -> &'static str {
    match method {
        "GET" => "event_get",
        "DELETE" => "event_delete",
        _ => "event_update",
    }
}

/// Answers one request to a service and logs it.
pub(crate) fn serve(sim: &mut Simulator, call: &Call, rng: &mut dyn RngCore) -> Reply {
    let target = Target::of(call);
    let reply = match sim.faults.take(call, target) {
        Some(fault) => {
            let real = fault.passes().then(|| dispatch(sim, call, rng));
            fault.answer(call, target, real, rng)
        }
        None => dispatch(sim, call, rng),
    };
    push::notice(sim, call.now, rng);
    sim.log.push(call, target, reply.status);
    reply
}

/// Refuses and logs a request of a mailbox that has too many already.
pub(crate) fn refuse_concurrency(sim: &mut Simulator, call: &Call) -> Reply {
    let reply = faults::throttled("MailboxConcurrency", call)
        .unwrap_or_else(|| Reply::empty(429))
        .with("retry-after", "1");
    sim.log.push(call, Target::of(call), reply.status);
    reply
}

fn dispatch(sim: &mut Simulator, call: &Call, rng: &mut dyn RngCore) -> Reply {
    let parts = call.parts();
    let target = Target::of(call);
    if call.cloud != Cloud::Global && !target.is_microsoft(&parts) {
        return unknown_path(&call.path);
    }
    if let Some(endpoint) = Endpoint::of(&parts) {
        return oauth::handle(endpoint, call, &mut sim.accounts, &mut sim.grants, rng);
    }
    if google::batch::is_batch(&parts) {
        return google::batch::handle(call, |part| serve(sim, part, rng));
    }
    let vendor = match parts.as_slice() {
        ["v1.0", ..] => Vendor::Microsoft,
        ["calendar", "v3", ..] => Vendor::Google,
        _ => return unknown_path(&call.path),
    };
    let (index, scope) = match authenticate(sim, call, vendor, rng) {
        Ok(found) => found,
        Err(reply) => return *reply,
    };
    if parts.get(1) == Some(&"$batch") && call.method == Method::POST {
        return batch(sim, call, rng);
    }
    if let Some(reply) = push::handle(sim, call, vendor, index, &scope, rng) {
        return reply;
    }
    if vendor == Vendor::Microsoft
        && let Some(reply) = shares::serve::handle(sim, call, index, &scope, rng)
    {
        return reply;
    }
    let Some(account) = sim.accounts.get_mut(index) else {
        return unknown_path(&call.path);
    };
    let mut env = Env {
        now: call.now,
        rng,
        quirks: &sim.quirks,
    };
    // A test that compares asks for what the services themselves hold.
    let aside = call
        .header("sim-plain")
        .map(|_| std::mem::take(&mut account.injected));
    if let Some(reply) = inject::by_id(call, account) {
        return reply;
    }
    let reply = match vendor {
        Vendor::Microsoft => graph::handle(call, account, &mut env),
        Vendor::Google => google::handle(call, account, &mut env),
    };
    if let Some(aside) = aside {
        account.injected = aside;
    }
    inject::fill_in(account, reply)
}

/// The account behind the bearer token, if its scope reaches the calendars, and that scope in
/// small letters.
pub(crate) fn authenticate(
    sim: &Simulator,
    call: &Call,
    vendor: Vendor,
    rng: &mut dyn RngCore,
) -> Result<(usize, String), Box<Reply>> {
    let access = call
        .bearer()
        .and_then(|token| sim.grants.access(token, call.now))
        .filter(|access| access.vendor == vendor)
        .filter(|access| {
            let account = sim.accounts.get(access.account);
            account.is_some_and(|account| account.cloud == call.cloud)
        });
    let Some(access) = access else {
        return Err(Box::new(unauthenticated(call, vendor, rng)));
    };
    let demand = sim
        .accounts
        .get(access.account)
        .and_then(|account| account.policy.demand.as_ref());
    if let Some(demand) = demand.filter(|demand| !demand.met_by(access.claims.as_ref())) {
        return Err(Box::new(demand.challenge(call, rng)));
    }
    let scope = access.scope.to_lowercase();
    let enough = match vendor {
        // `/me` itself needs User.Read only.
        Vendor::Microsoft => scope.contains("calendars.") || call.segments.len() < 3,
        Vendor::Google => scope.contains("auth/calendar"),
    };
    if enough {
        return Ok((access.account, scope));
    }
    Err(Box::new(match vendor {
        Vendor::Microsoft => graph_error(
            call,
            rng,
            403,
            "ErrorAccessDenied",
            "Access is denied. Check credentials and try again.",
        ),
        Vendor::Google => google::error(
            403,
            "insufficientPermissions",
            "Request had insufficient authentication scopes.",
        ),
    }))
}

fn graph_error(
    call: &Call,
    rng: &mut dyn RngCore,
    status: u16,
    code: &str,
    message: &str,
) -> Reply {
    let request_id = ids::uuid(rng);
    Reply::json(status, &graph::error_body(call, &request_id, code, message))
        .with("request-id", &request_id)
}

fn unauthenticated(call: &Call, vendor: Vendor, rng: &mut dyn RngCore) -> Reply {
    match vendor {
        Vendor::Microsoft => {
            let message = if call.bearer().is_some() {
                "Access token has expired or is not yet valid."
            } else {
                "Access token is empty."
            };
            let challenge = format!(
                "Bearer realm=\"\", authorization_uri=\"{}/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"",
                call.base()
            );
            graph_error(call, rng, 401, "InvalidAuthenticationToken", message)
                .with("www-authenticate", &challenge)
        }
        Vendor::Google => google::error_at(
            401,
            "authError",
            "Invalid Credentials",
            "header",
            "Authorization",
        )
        .with(
            "www-authenticate",
            "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"",
        ),
    }
}

/// `POST $batch`: each part goes through faults and log like a request of its own.
fn batch(sim: &mut Simulator, call: &Call, rng: &mut dyn RngCore) -> Reply {
    let body = call.object().map(Value::Object).unwrap_or_default();
    let Some(requests) = body.get("requests").and_then(Value::as_array) else {
        return graph_error(
            call,
            rng,
            400,
            "BadRequest",
            "Invalid batch payload format.",
        );
    };
    if requests.len() > BATCH_LIMIT {
        let message = "Number of batch request steps exceeds the maximum value of 20.";
        return graph_error(call, rng, 400, "BadRequest", message);
    }
    if let Some(message) = wrong_batch(requests) {
        return graph_error(call, rng, 400, "BadRequest", message);
    }
    let mut responses: Vec<Value> = Vec::new();
    for request in requests {
        let failed = |id: &Value| {
            responses.iter().any(|done| {
                done.get("id") == Some(id)
                    && done
                        .get("status")
                        .and_then(Value::as_u64)
                        .is_some_and(|status| status >= 400)
            })
        };
        let depends = request
            .get("dependsOn")
            .and_then(Value::as_array)
            .cloned()
            .unwrap_or_default();
        let reply = match part(call, request) {
            Some(_) if depends.iter().any(failed) => graph_error(
                call,
                rng,
                424,
                "FailedDependency",
                "A request that this one depends on failed.",
            ),
            Some(part) => serve(sim, &part, rng),
            None => graph_error(call, rng, 400, "BadRequest", "Invalid batch request."),
        };
        responses.push(part_answer(request, &reply));
    }
    Reply::json(200, &json!({"responses": responses}))
}

/// What is wrong with the ids of a batch: one is missing, comes twice, or is waited for before
/// it comes.
fn wrong_batch(requests: &[Value]) -> Option<&'static str> {
    let mut known: Vec<&str> = Vec::new();
    for request in requests {
        let Some(id) = text(request, "/id").filter(|id| !id.is_empty()) else {
            return Some("Request id is missing.");
        };
        if known.contains(&id) {
            return Some("Request ids must be unique within a batch.");
        }
        let depends = request.get("dependsOn").and_then(Value::as_array);
        let unknown = |one: &Value| one.as_str().is_none_or(|one| !known.contains(&one));
        if depends.is_some_and(|depends| depends.iter().any(unknown)) {
            return Some("dependsOn names a request that does not come before.");
        }
        known.push(id);
    }
    None
}

/// A part of a batch as a request of its own.
pub(crate) fn part(call: &Call, request: &Value) -> Option<Call> {
    let method: Method = text(request, "/method")?.parse().ok()?;
    let url = text(request, "/url")?;
    // Relative to the version; msgraph-core 1.5 sends the whole address.
    let url = match url.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => url.trim_start_matches('/'),
    };
    let prefix = call.cloud.prefix();
    let national = prefix.trim_start_matches('/');
    let url = match url.strip_prefix(national) {
        Some(rest) => rest.trim_start_matches('/'),
        None => url,
    };
    let url = url.strip_prefix("v1.0/").unwrap_or(url);
    let (path, query) = url.split_once('?').unwrap_or((url, ""));
    if path.contains("$batch") {
        return None;
    }
    let mut headers = HeaderMap::new();
    if let Some(token) = call.headers.get("authorization") {
        headers.insert("authorization", token.clone());
    }
    for (name, value) in request
        .get("headers")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let name = name.parse::<http::HeaderName>().ok()?;
        let listed = value
            .as_array()
            .and_then(|list| list.first())
            .unwrap_or(value);
        headers.append(name, listed.as_str()?.parse().ok()?);
    }
    let body = match request.get("body") {
        None | Some(Value::Null) => bytes::Bytes::new(),
        // A body needs its type, and what is no JSON comes as base64 (JSON batching).
        Some(_) if !headers.contains_key("content-type") => return None,
        Some(Value::String(coded)) => STANDARD.decode(coded).ok()?.into(),
        Some(body) => body.to_string().into(),
    };
    let mut part = Call {
        method,
        headers,
        body,
        ..call.clone()
    };
    part.set_target(
        &format!("{prefix}/v1.0/{}", path.trim_start_matches('/')),
        query,
    );
    Some(part)
}

/// A header's name as Graph writes it inside a batch, where clients look for `Content-Type` and
/// `Retry-After` by case.
fn canonical(name: &str) -> String {
    if name == "etag" {
        return "ETag".to_owned();
    }
    let mut begins = true;
    name.chars()
        .map(|letter| {
            let shown = if begins {
                letter.to_ascii_uppercase()
            } else {
                letter
            };
            begins = letter == '-';
            shown
        })
        .collect()
}

fn part_answer(request: &Value, reply: &Reply) -> Value {
    let headers: Map<String, Value> = reply
        .headers
        .iter()
        .map(|(name, value)| (canonical(name), value.clone().into()))
        .collect();
    let mut answer = json!({
        "id": request.get("id").cloned().unwrap_or_default(),
        "status": reply.status,
        "headers": headers,
    });
    let body = match serde_json::from_slice::<Value>(&reply.body) {
        _ if reply.body.is_empty() => None,
        Ok(body) => Some(body),
        Err(_) => Some(STANDARD.encode(&reply.body).into()),
    };
    if let (Some(map), Some(body)) = (answer.as_object_mut(), body) {
        map.insert("body".into(), body);
    }
    answer
}

#[cfg(test)]
mod tests;
