//! What comes back.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use dayline_host::HttpError;
use http::{Request, Response};
use rand::Rng;
use rand::seq::IndexedRandom;
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

use super::request::{Asked, Service, alias};
use super::{Network, PATIENCE};
use crate::fault::Fault;
use crate::world::network::request as admin_request;

/// Times to wait that make no sense.
const ABSURD: [&str; 7] = [
    "999999999999999999999",
    "31536000",
    "-5",
    "soon",
    "",
    "1e9",
    "Sun, 99 Foo 2099 00:00:00 GMT",
];

/// What the network remembers of pages.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// Pages that are asked for under another name, by that name.
    pub(super) aliases: BTreeMap<String, String>,
    /// What was said last of each item.
    words: BTreeMap<String, Value>,
}

/// An answer, when it comes, and what it asks for.
pub(super) struct Effect {
    pub(super) answer: Result<Response<Bytes>, HttpError>,
    pub(super) delay: Duration,
    /// How long its sender wants to be left alone.
    pub(super) quiet_for: Option<Duration>,
}

/// Whether a fault can meet a request.
pub(super) fn fits(fault: Fault, asked: &Asked) -> bool {
    match fault {
        Fault::DuplicatePage | Fault::EmptyPage | Fault::RenamedList | Fault::OldWordFirst => {
            asked.is_page
        }
        Fault::EmptyListing => asked.is_page && !asked.is_delta && asked.begins,
        Fault::ForeignLink => asked.is_page && asked.service == Service::Graph,
        Fault::GraphGone | Fault::GraphResync | Fault::GraphInvalid => {
            asked.is_delta && asked.service == Service::Graph
        }
        Fault::GoogleGone | Fault::GoogleTooLongAgo => {
            asked.is_delta && asked.service == Service::Google
        }
        Fault::GraphForbidden => asked.service == Service::Graph,
        Fault::GoogleForbidden
        | Fault::GoogleRateLimit
        | Fault::GoogleUserRateLimit
        | Fault::GoogleQuota => asked.service == Service::Google,
        Fault::Unauthorized | Fault::NewMembers | Fault::Precondition => {
            asked.service != Service::Auth
        }
        _ => true,
    }
}

/// What comes back for a request.
pub(super) fn answer(
    network: &Network,
    request: &Request<Bytes>,
    asked: &Asked,
    fault: Option<Fault>,
    rng: &mut ChaCha8Rng,
    memory: &mut Memory,
) -> Effect {
    let Memory { aliases, words } = memory;
    let mut effect = Effect {
        answer: Err(HttpError::Unreachable),
        delay: Duration::ZERO,
        quiet_for: None,
    };
    let seconds = rng.random_range(1..45_u64);
    let ready_made = |fault: Value| {
        network.ask(&admin_request(
            "POST",
            "/_sim/faults",
            None,
            &json!({"fault": fault}),
        ));
        network.ask(request)
    };
    effect.answer = match fault {
        None | Some(Fault::TokenRotation) => Ok(network.ask(request)),
        Some(Fault::Unplugged) => Err(HttpError::Unreachable),
        Some(Fault::Untrusted) => Err(HttpError::Untrusted),
        Some(Fault::Reset) => {
            if rng.random() {
                network.ask(request);
            }
            Err(HttpError::Broken)
        }
        Some(Fault::Timeout) => {
            if rng.random() {
                network.ask(request);
            }
            effect.delay = PATIENCE;
            Err(HttpError::Timeout)
        }
        Some(Fault::Delay) => {
            effect.delay = Duration::from_millis(rng.random_range(1_000..29_000));
            Ok(network.ask(request))
        }
        Some(Fault::Reorder) => {
            effect.delay = Duration::from_millis(rng.random_range(300..3_000));
            Ok(network.ask(request))
        }
        Some(Fault::Truncation) => {
            let mut answer = network.ask(request);
            let length = answer.body().len();
            let kept = rng.random_range(0..length.max(1));
            *answer.body_mut() = answer.body().slice(..kept.min(length));
            Ok(answer)
        }
        Some(Fault::DuplicatePage) => {
            let mut answer = network.ask(request);
            change(&mut answer, |page| {
                lead_on(page, asked.service, alias(asked.service, request, aliases));
            });
            Ok(answer)
        }
        Some(Fault::EmptyPage) => {
            let mut answer = network.ask(request);
            change(&mut answer, |page| {
                page.insert(list_name(asked.service).into(), json!([]));
                lead_on(page, asked.service, alias(asked.service, request, aliases));
            });
            Ok(answer)
        }
        Some(Fault::OldWordFirst) => {
            let mut answer = network.ask(request);
            change(&mut answer, |page| {
                if let Some(Value::Array(items)) = page.get_mut(list_name(asked.service)) {
                    let new = std::mem::take(items);
                    for item in new {
                        let id = item["id"].as_str().unwrap_or_default();
                        items.extend(words.get(id).filter(|old| **old != item).cloned());
                        items.push(item);
                    }
                }
            });
            Ok(answer)
        }
        Some(Fault::EmptyListing) => {
            // Of pages that nobody can read none is known to be the last one.
            let last = last_page(network, request, asked);
            let mut answer = last.unwrap_or_else(|| network.ask(request));
            change(&mut answer, |page| {
                page.insert(list_name(asked.service).into(), json!([]));
            });
            Ok(answer)
        }
        Some(Fault::ForeignLink) => {
            let mut answer = network.ask(request);
            change(&mut answer, |page| {
                let link = "https://collector.example/v1.0/me/calendarView/delta?$skiptoken=1";
                lead_on(page, asked.service, link.to_owned());
            });
            Ok(answer)
        }
        Some(Fault::RenamedList) => {
            let mut answer = network.ask(request);
            change(&mut answer, |page| {
                if let Some(list) = page.remove(list_name(asked.service)) {
                    page.insert("entries".into(), list);
                }
            });
            Ok(answer)
        }
        Some(Fault::NewMembers) => {
            let mut answer = network.ask(request);
            if answer.status().is_success()
                && let Ok(mut value) = serde_json::from_slice::<Value>(answer.body())
            {
                add_members(&mut value);
                *answer.body_mut() = value.to_string().into();
            }
            Ok(answer)
        }
        Some(Fault::ThrottledDate | Fault::BusyDate) => {
            let at = network.now() + chrono::TimeDelta::seconds(seconds.cast_signed());
            // A date has whole seconds; the client's clock may be anywhere.
            let date = at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
            Ok(ready_made(
                json!({"kind": status_of(fault), "retry_after": date}),
            ))
        }
        Some(Fault::ThrottledSeconds | Fault::BusySeconds) => {
            effect.quiet_for = Some(Duration::from_secs(seconds));
            Ok(ready_made(
                json!({"kind": status_of(fault), "retry_after": seconds}),
            ))
        }
        Some(Fault::ThrottledAbsurd | Fault::BusyAbsurd) => {
            let text = ABSURD.choose(rng).unwrap();
            Ok(ready_made(
                json!({"kind": status_of(fault), "retry_after": text}),
            ))
        }
        Some(Fault::Storm) => {
            let kinds = [json!("500"), json!("502"), json!("503"), json!("504")];
            let kind = kinds.choose(rng).unwrap();
            Ok(match rng.random_range(0..5) {
                0 => ready_made(json!({"kind": "html", "status": 502})),
                1 => ready_made(json!({"kind": "no_body"})),
                _ => ready_made(json!({"kind": kind})),
            })
        }
        Some(fault) => Ok(ready_made(kind_of(fault))),
    };
    if let Some(answer) = effect.answer.as_ref().ok().filter(|_| asked.is_page) {
        remember(answer, asked.service, words);
    }
    effect
}

/// The last page of the listing that a request begins.
fn last_page(
    network: &Network,
    request: &Request<Bytes>,
    asked: &Asked,
) -> Option<Response<Bytes>> {
    let mut answer = network.ask(request);
    loop {
        let page: Value = serde_json::from_slice(answer.body()).ok()?;
        let uri = request.uri().to_string();
        let next = match asked.service {
            Service::Google => page["nextPageToken"].as_str().map(|token| {
                let token = crate::world::segment(token);
                format!("{uri}&pageToken={token}")
            }),
            Service::Graph | Service::Auth => page["@odata.nextLink"].as_str().map(str::to_owned),
        };
        let Some(next) = next else {
            return Some(answer);
        };
        let mut going_on = request.clone();
        *going_on.uri_mut() = next.parse().unwrap();
        answer = network.ask(&going_on);
    }
}

/// Remembers what a page says of each item.
fn remember(answer: &Response<Bytes>, service: Service, words: &mut BTreeMap<String, Value>) {
    let page: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
    for item in page[list_name(service)].as_array().into_iter().flatten() {
        if let Some(id) = item["id"].as_str() {
            words.insert(id.to_owned(), item.clone());
        }
    }
}

fn status_of(fault: Option<Fault>) -> &'static str {
    match fault {
        Some(Fault::ThrottledSeconds | Fault::ThrottledDate | Fault::ThrottledAbsurd) => "429",
        _ => "503",
    }
}

/// The simulator's words for a fault.
fn kind_of(fault: Fault) -> Value {
    let graph = |code: &str| json!({"status": 410, "body": {"error": {"code": code, "message": "The sync state is of no use."}}});
    match fault {
        Fault::Unauthorized => json!({"kind": "401"}),
        Fault::GraphForbidden => json!({"kind": "403"}),
        Fault::GoogleRateLimit => json!({"kind": "rateLimitExceeded"}),
        Fault::GoogleUserRateLimit => json!({"kind": "userRateLimitExceeded"}),
        Fault::GoogleQuota => json!({"kind": "quotaExceeded"}),
        Fault::GoogleForbidden => json!({"kind": "forbiddenForNonOrganizer"}),
        Fault::GraphGone | Fault::GoogleGone => json!({"kind": "410"}),
        Fault::GraphResync => graph("resyncRequired"),
        Fault::GraphInvalid => graph("syncStateInvalid"),
        Fault::GoogleTooLongAgo => json!({"kind": "updatedMinTooLongAgo"}),
        Fault::Precondition => json!({"kind": "412"}),
        Fault::ThrottledSilent => json!({"kind": "429"}),
        Fault::BusySilent => json!({"kind": "503"}),
        Fault::Html => json!({"kind": "html"}),
        Fault::Captive => json!({"kind": "captive"}),
        Fault::Empty200 => json!({"kind": "empty200"}),
        Fault::Garbage => json!({"kind": "garbage"}),
        other => panic!("{} does not happen on the network", other.word()),
    }
}

fn list_name(service: Service) -> &'static str {
    match service {
        Service::Google => "items",
        Service::Graph | Service::Auth => "value",
    }
}

/// Changes a page that is one.
fn change(answer: &mut Response<Bytes>, how: impl FnOnce(&mut Map<String, Value>)) {
    if !answer.status().is_success() {
        return;
    }
    let Ok(Value::Object(mut page)) = serde_json::from_slice::<Value>(answer.body()) else {
        return;
    };
    how(&mut page);
    *answer.body_mut() = Value::Object(page).to_string().into();
}

/// Lets a page lead on instead of being the last one.
fn lead_on(page: &mut Map<String, Value>, service: Service, to: String) {
    match service {
        Service::Google => {
            page.remove("nextSyncToken");
            page.insert("nextPageToken".into(), to.into());
        }
        Service::Graph | Service::Auth => {
            page.remove("@odata.deltaLink");
            page.insert("@odata.nextLink".into(), to.into());
        }
    }
}

/// Adds what no document names to every object.
fn add_members(value: &mut Value) {
    match value {
        Value::Array(list) => list.iter_mut().for_each(add_members),
        Value::Object(map) => {
            map.values_mut().for_each(add_members);
            map.insert(
                "addedLately".into(),
                json!({"of": [1, null, "kind"], "is": true}),
            );
            map.insert("addedLately@odata.type".into(), "#of.another".into());
        }
        _ => {}
    }
}
