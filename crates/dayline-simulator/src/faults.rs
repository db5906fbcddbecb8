//! Faults that tests put between a client and the services.
//!
//! A fault has a `match` (all given parts must hold), a number of `times` (1 if left out,
//! `null` for ever), a count `after` how many matching requests it begins, and the `fault`:
//!
//! - `{"status": 503, "headers": {"retry-after": "2"}, "body": …}`: this answer (a string body
//!   is sent as it is, anything else as JSON);
//! - `{"truncate": 100}`: the real answer, cut after so many bytes;
//! - `{"kind": K, "retry_after": 5}`: a ready-made one. K is `empty200`, `no_body`, `html`,
//!   `captive`, `captive_page`, `captive_511`, `stuck`, `garbage`, or a status such as `401`,
//!   `403`, `410`, `429`, `500`, `503` in the provider's own error shape, or for Google a reason
//!   such as `rateLimitExceeded`, `quotaExceeded`, `notACalendarUser`, for Graph a code such as
//!   `MailboxConcurrency`, and for the sign-in servers an error such as `AADSTS53003` or
//!   `admin_policy_enforced`; `retry_after` is seconds or any text;
//! - with `"applied": true` the request takes effect first and only its answer is lost.

use std::collections::BTreeMap;

use rand::RngCore;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply};
use crate::router::Target;
use crate::{google, graph, oauth};

/// Which requests a fault is for; absent parts match everything.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Match {
    /// The HTTP method.
    pub method: Option<String>,
    /// A part of path and query.
    pub path_contains: Option<String>,
    /// `graph`, `google` or `oauth`.
    pub provider: Option<String>,
    /// A kind as the request log names it.
    pub kind: Option<String>,
}

/// What happens to a request.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// The answer's status.
    pub status: Option<u16>,
    /// The answer's headers.
    pub headers: BTreeMap<String, String>,
    /// The answer's body.
    pub body: Option<Value>,
    /// Keep only so many bytes of the real answer.
    pub truncate: Option<usize>,
    /// A ready-made answer.
    pub kind: Option<Value>,
    /// What the answer's `error` says instead, in a sign-in server's own answer.
    pub error: Option<String>,
    /// What `Retry-After` says: a number, or any text.
    pub retry_after: Option<Value>,
    /// The request takes effect although its answer is lost.
    pub applied: bool,
}

/// One rule with its counters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Which requests.
    #[serde(rename = "match", default)]
    pub matching: Match,
    /// How often; `None` for ever.
    #[serde(default = "once")]
    pub times: Option<u64>,
    /// How many matching requests pass first.
    #[serde(default)]
    pub after: u64,
    /// What happens.
    pub fault: Fault,
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "serde's default has the field's type"
)]
fn once() -> Option<u64> {
    Some(1)
}

impl Rule {
    /// Reads a rule, or says what is wrong with it.
    pub(crate) fn read(body: Map<String, Value>) -> Result<Self, String> {
        let rule: Self =
            serde_json::from_value(Value::Object(body)).map_err(|error| error.to_string())?;
        rule.fault.problem().map_or(Ok(rule), Err)
    }
}

impl Match {
    fn holds(&self, call: &Call, target: Target) -> bool {
        let url = format!("{}?{}", call.path, call.raw_query);
        self.method
            .as_ref()
            .is_none_or(|method| method.eq_ignore_ascii_case(call.method.as_str()))
            && self
                .path_contains
                .as_ref()
                .is_none_or(|part| url.contains(part))
            && self
                .provider
                .as_ref()
                .is_none_or(|provider| provider == target.provider)
            && self.kind.as_ref().is_none_or(|kind| kind == target.kind)
    }
}

/// The rules in force.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<Rule>,
}

impl Faults {
    pub(crate) fn add(&mut self, rule: Rule) {
        self.rules.push(rule);
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
    }

    /// Whether a fault keeps this request from the service, without counting it.
    pub(crate) fn stops(&self, call: &Call, target: Target) -> bool {
        let mut rules = self.rules.iter();
        let first = rules.find(|rule| rule.matching.holds(call, target) && rule.after == 0);
        first.is_some_and(|rule| !rule.fault.passes())
    }

    /// The fault for this request, if its time has come. Every matching rule counts it.
    pub(crate) fn take(&mut self, call: &Call, target: Target) -> Option<Fault> {
        let mut found = None;
        for rule in &mut self.rules {
            if !rule.matching.holds(call, target) {
                continue;
            }
            if rule.after > 0 {
                rule.after -= 1;
            } else if found.is_none() && rule.times != Some(0) {
                rule.times = rule.times.map(|times| times - 1);
                found = Some(rule.fault.clone());
            }
        }
        self.rules.retain(|rule| rule.times != Some(0));
        found
    }
}

impl Fault {
    /// What is wrong with a fault that names no ready-made answer.
    fn problem(&self) -> Option<String> {
        match &self.kind {
            None => None,
            Some(Value::Number(number)) if number.is_u64() => None,
            Some(Value::String(kind)) if is_kind(kind) => None,
            Some(kind) => Some(format!("there is no fault of the kind {kind}")),
        }
    }

    /// Whether the request reaches the service.
    pub(crate) fn passes(&self) -> bool {
        self.applied || self.truncate.is_some()
    }

    /// The answer; `real` is what the service said, if it was reached.
    pub(crate) fn answer(
        &self,
        call: &Call,
        target: Target,
        real: Option<Reply>,
        rng: &mut dyn RngCore,
    ) -> Reply {
        if let (Some(bytes), Some(real)) = (self.truncate, real) {
            let body = real.body.slice(..bytes.min(real.body.len()));
            return Reply { body, ..real };
        }
        let mut reply = match &self.kind {
            Some(Value::String(kind)) => ready_made(kind, self.status, call, target, rng),
            Some(Value::Number(status)) => {
                ready_made(&status.to_string(), self.status, call, target, rng)
            }
            _ => match &self.body {
                Some(Value::String(text)) => Reply {
                    body: text.clone().into(),
                    ..Reply::empty(200)
                },
                Some(body) => Reply::json(200, body),
                None => Reply::empty(200),
            },
        };
        if let Some(status) = self.status {
            reply.status = status;
        }
        if let Some(error) = &self.error {
            reply = renamed(reply, error);
        }
        if let Some(value) = &self.retry_after {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            reply = reply.with("retry-after", &text);
        }
        for (name, value) in &self.headers {
            reply = reply.with(name, value);
        }
        reply
    }
}

/// The page of a network that wants to be signed in to before it lets anything through.
const CAPTIVE_PAGE: &str = "<!doctype html><title>Hotel Example Wi-Fi</title><form action=\"http://captive.invalid/login\"><p>Welcome. Your room number, please.</form>";

/// A token answer with another `error`: Entra has more than one for some numbers.
fn renamed(reply: Reply, error: &str) -> Reply {
    match serde_json::from_slice::<Value>(&reply.body) {
        Ok(Value::Object(mut body)) => {
            body.insert("error".into(), error.into());
            Reply {
                body: Value::Object(body).to_string().into(),
                ..reply
            }
        }
        _ => reply,
    }
}

/// Kinds that are the same for every provider.
const COMMON: [&str; 8] = [
    "empty200",
    "no_body",
    "html",
    "captive",
    "captive_page",
    "captive_511",
    "stuck",
    "garbage",
];

/// Whether some provider has a ready-made answer of this name.
fn is_kind(kind: &str) -> bool {
    let number = kind.strip_prefix("AADSTS").unwrap_or(kind);
    number.parse::<u32>().is_ok()
        || COMMON.contains(&kind)
        || THROTTLED.iter().any(|(name, ..)| *name == kind)
        || google::by_reason(kind, None).is_some()
        || oauth::is_error(kind)
}

fn ready_made(
    kind: &str,
    status: Option<u16>,
    call: &Call,
    target: Target,
    rng: &mut dyn RngCore,
) -> Reply {
    match kind {
        "empty200" => Reply::empty(200).with("content-type", "application/json"),
        "no_body" => Reply::empty(500),
        "html" => Reply::html(
            200,
            "<!doctype html><title>Proxy</title><p>Something else.</p>",
        ),
        "captive" => Reply::redirect("http://captive.invalid/login?continue=1"),
        "captive_page" => Reply::html(200, CAPTIVE_PAGE),
        // RFC 6585, section 6.
        "captive_511" => Reply::html(511, CAPTIVE_PAGE),
        "stuck" => Reply::html(
            200,
            "<!doctype html><title>Working on it</title><p>One moment.",
        ),
        "garbage" => Reply {
            body: b"{\"value\": [{\"id\": \xff\xfe"[..].into(),
            ..Reply::json(200, &Value::Null)
        },
        other => {
            let own = match target.provider {
                "google" => google::by_reason(other, status),
                "graph" => throttled(other, call),
                _ => oauth::refusal(other, call, rng),
            };
            own.unwrap_or_else(|| provider_error(other.parse().unwrap_or(500), call, target))
        }
    }
}

/// The forms of a full mailbox that Graph has (Graph, "Throttling limits": Outlook).
const THROTTLED: [(&str, u16, &str, &str); 6] = [
    (
        "ApplicationThrottled",
        429,
        "ApplicationThrottled",
        "Application is over its request limit.",
    ),
    (
        "MailboxConcurrency",
        429,
        "ApplicationThrottled",
        "Application is over its MailboxConcurrency limit.",
    ),
    (
        "TooManyRequests",
        429,
        "TooManyRequests",
        "Too many requests.",
    ),
    (
        "ErrorServerBusy",
        503,
        "ErrorServerBusy",
        "The server is busy. Try again later.",
    ),
    (
        "BandwidthLimitExceeded",
        509,
        "BandwidthLimitExceeded",
        "The application exceeds its bandwidth. Try again later.",
    ),
    (
        "ErrorInternalServerTransientError",
        500,
        "ErrorInternalServerTransientError",
        "An internal server error occurred. Try again later.",
    ),
];

pub(crate) fn throttled(kind: &str, call: &Call) -> Option<Reply> {
    let (_, status, code, message) = THROTTLED.iter().find(|(name, ..)| *name == kind)?;
    let body = graph::error_body(call, "00000000-0000-0000-0000-000000000000", code, message);
    Some(Reply::json(*status, &body))
}

/// A status in the error shape of the provider that was asked.
pub(crate) fn provider_error(status: u16, call: &Call, target: Target) -> Reply {
    match target.provider {
        "graph" => {
            let (code, message) = match status {
                401 => (
                    "InvalidAuthenticationToken",
                    "Access token has expired or is not yet valid.",
                ),
                403 => (
                    "ErrorAccessDenied",
                    "Access is denied. Check credentials and try again.",
                ),
                404 => (
                    "ErrorItemNotFound",
                    "The specified object was not found in the store.",
                ),
                409 => (
                    "ErrorIrresolvableConflict",
                    "The operation conflicts with another one.",
                ),
                410 => (
                    "SyncStateNotFound",
                    "The sync state generation is not found.",
                ),
                412 => (
                    "ErrorIrresolvableConflict",
                    "The change key does not match.",
                ),
                429 => (
                    "ApplicationThrottled",
                    "Application is over its MailboxConcurrency limit.",
                ),
                503 => ("ErrorServerBusy", "The server is busy. Try again later."),
                504 => ("ErrorTimeoutExpired", "The gateway timed out."),
                _ => (
                    "ErrorInternalServerError",
                    "An internal server error occurred.",
                ),
            };
            let body =
                graph::error_body(call, "00000000-0000-0000-0000-000000000000", code, message);
            Reply::json(status, &body)
        }
        "google" => {
            let (reason, message) = match status {
                401 => ("authError", "Invalid Credentials"),
                404 => ("notFound", "Not Found"),
                409 => ("duplicate", "The requested identifier already exists."),
                410 => (
                    "fullSyncRequired",
                    "Sync token is no longer valid, a full sync is required.",
                ),
                412 => ("conditionNotMet", "Precondition Failed"),
                403 | 429 => ("rateLimitExceeded", "Rate Limit Exceeded"),
                503 => ("backendError", "Service Unavailable"),
                _ => ("backendError", "Backend Error"),
            };
            google::error(status, reason, message)
        }
        _ => Reply::json(
            status,
            &json!({"error": "temporarily_unavailable", "error_description": "Try again later."}),
        ),
    }
}
