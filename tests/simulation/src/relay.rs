//! A relay in the life's own thread: the protocol of docs/relay.md, honestly kept until something
//! is the matter with it.
//!
//! Written from the protocol's vectors and not from dayline-relay: what a device is told must not
//! depend on whose relay it is. Texts are not sealed but looked up, and there is one process.
//!
//! | part | what it is for |
//! |---|---|
//! | `count` | how much was announced to a device |
//! | `line` | the socket that a device holds |
//! | `ear` | what a device has to make of what it heard |
//! | `trouble` | everything that goes wrong |

mod count;
mod ear;
mod line;
mod trouble;

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use dayline_host::{Clock, HttpError};
use http::{HeaderMap, Request, Response};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::time::Instant;
use url::form_urlencoded;

use self::count::Count;
pub use self::ear::Told;
use self::line::Line;
use self::trouble::Mood;
use crate::fault::Fault;
use crate::journal::Journal;
use crate::world::network::Webhooks;

/// Where it lives.
pub const ADDRESS: &str = "https://relay.example";
/// How its secrets begin, so that they can be searched for.
pub const SECRET: &str = "sim-rs-";
/// How the addresses that it gives to vendors end.
pub const CHANNEL: &str = "sim-ch-";

/// How long a secret and a channel live.
const SECRET_LIVES: TimeDelta = TimeDelta::days(30);
const CHANNEL_LIVES: TimeDelta = TimeDelta::days(90);
/// How long somebody waits for an answer that never comes.
const PATIENCE: Duration = Duration::from_secs(30);

/// The kinds of hints.
const CHANGED: &str = "changed";
const MISSED: &str = "missed";
const REMOVED: &str = "removed";
const REAUTHORIZE: &str = "reauthorize";

/// A device, by its number.
type Device = u64;

#[derive(Debug)]
struct Secret {
    device: Device,
    expires: DateTime<Utc>,
}

/// An address for a vendor.
#[derive(Debug)]
struct Channel {
    /// Under which name its hints come.
    id: String,
    device: Device,
    vendor: String,
    /// SHA-256 of what the vendor has to know.
    client_state: String,
    expires: DateTime<Utc>,
}

struct State {
    rng: ChaCha8Rng,
    secrets: BTreeMap<String, Secret>,
    /// By the last part of their addresses.
    channels: BTreeMap<String, Channel>,
    /// What is not here begins a new epoch.
    counts: BTreeMap<Device, Count>,
    lines: BTreeMap<u64, Line>,
    numbered: u64,
    mood: Mood,
    /// What happens to the next notifications.
    fates: VecDeque<Fault>,
    /// So many of the next hints are lost on their way to a device.
    gaps: u32,
    /// What devices were told and have not been held to yet.
    told: Vec<(Instant, Told)>,
}

/// The relay.
pub struct Relay {
    state: Mutex<State>,
    clock: Arc<dyn Clock>,
    journal: Journal,
}

impl Relay {
    /// One that keeps to the protocol.
    pub fn new(clock: Arc<dyn Clock>, journal: Journal, seed: u64) -> Self {
        Self {
            state: Mutex::new(State {
                rng: ChaCha8Rng::seed_from_u64(seed),
                secrets: BTreeMap::new(),
                channels: BTreeMap::new(),
                counts: BTreeMap::new(),
                lines: BTreeMap::new(),
                numbered: 0,
                mood: Mood::default(),
                fates: VecDeque::new(),
                gaps: 0,
                told: Vec::new(),
            }),
            clock,
            journal,
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether some device believes that it is connected.
    pub fn is_up(&self) -> bool {
        self.state().lines.values().any(Line::is_welcomed)
    }

    /// Whether what a vendor sends to this address now reaches its device within moments.
    pub fn reaches(&self, address: &str) -> bool {
        let state = self.state();
        let Some(channel) = channel_of(address).and_then(|text| state.channels.get(text)) else {
            return false;
        };
        let mut lines = state.lines.values();
        state.mood.is_well()
            && state.fates.is_empty()
            && state.gaps == 0
            && lines.any(|line| line.device == channel.device && line.is_in_order())
    }

    /// The name under which the hints of an address come.
    pub fn channel_id(&self, address: &str) -> Option<String> {
        let state = self.state();
        let channel = state.channels.get(channel_of(address)?)?;
        Some(channel.id.clone())
    }

    /// What devices were told since the last time.
    pub fn told(&self) -> Vec<(Instant, Told)> {
        std::mem::take(&mut self.state().told)
    }

    /// What happens to a notification, and how long it takes on its way if nothing does.
    pub fn fate(&self) -> (Option<Fault>, Duration) {
        let mut state = self.state();
        let after = Duration::from_millis(state.rng.random_range(5..100));
        let fate = state.fates.pop_front();
        if let Some(fate) = fate {
            self.journal.count(fate);
            self.journal.tell(fate.word().to_owned());
        }
        (fate, after)
    }

    /// A device's request.
    pub async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let latency = Duration::from_millis(self.state().rng.random_range(1..80));
        tokio::time::sleep(latency).await;
        let refused = self.refusal(false);
        if matches!(refused, Some(Err(HttpError::Timeout))) {
            tokio::time::sleep(PATIENCE).await;
        }
        let answer = refused.unwrap_or_else(|| Ok(self.answer(&request)));
        let status = answer.as_ref().map_or(0, |answer| answer.status().as_u16());
        let line = format!("{} {} {status}", request.method(), request.uri());
        self.journal.mark(line);
        answer
    }

    fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let now = self.clock.now();
        let mut state = self.state();
        let bearer = bearer(request.headers());
        match (request.method().as_str(), request.uri().path()) {
            ("POST", "/v1/devices") => {
                let device = state.rng.random();
                json_answer(201, &state.issue(device, now))
            }
            ("POST", path) => {
                let Some(device) = bearer.and_then(|text| state.device_of(text, now)) else {
                    return refused(401, "unauthorized");
                };
                match path {
                    "/v1/devices/secret" => json_answer(200, &state.issue(device, now)),
                    "/v1/channels" => state.open_channel(device, request.body(), now),
                    _ => refused(404, "not_found"),
                }
            }
            _ => refused(404, "not_found"),
        }
    }
}

impl State {
    fn issue(&mut self, device: Device, now: DateTime<Utc>) -> Value {
        let secret = format!("{SECRET}{:032x}", self.rng.random::<u128>());
        let expires = now + SECRET_LIVES;
        let body = json!({"secret": secret, "expires_at": expires.timestamp()});
        self.secrets.insert(secret, Secret { device, expires });
        body
    }

    fn device_of(&self, secret: &str, now: DateTime<Utc>) -> Option<Device> {
        let known = self.secrets.get(secret)?;
        (now < known.expires).then_some(known.device)
    }

    fn open_channel(
        &mut self,
        device: Device,
        body: &Bytes,
        now: DateTime<Utc>,
    ) -> Response<Bytes> {
        let asked: Value = serde_json::from_slice(body).unwrap_or_default();
        let vendor = asked["vendor"].as_str().unwrap_or_default();
        let client_state = asked["client_state_sha256"].as_str().unwrap_or_default();
        if !["microsoft", "google"].contains(&vendor) || client_state.len() != 64 {
            return refused(400, "malformed");
        }
        let id = format!("{:016x}", self.rng.random::<u64>());
        let text = format!("{CHANNEL}{:032x}", self.rng.random::<u128>());
        let url = format!("{ADDRESS}/v1/hooks/{vendor}/{text}");
        let expires = now + CHANNEL_LIVES;
        let body = json!({"id": id, "url": url, "expires_at": expires.timestamp()});
        let channel = Channel {
            id,
            device,
            vendor: vendor.to_owned(),
            client_state: client_state.to_owned(),
            expires,
        };
        self.channels.insert(text, channel);
        json_answer(201, &body)
    }

    /// Something has to be told to a device.
    fn announce(&mut self, device: Device, channel: &str, kind: &'static str) {
        let line = self
            .lines
            .values()
            .find(|line| line.device == device && line.said_hello());
        if let Some(count) = self.counts.get_mut(&device) {
            count.announce(line.is_some(), channel, kind);
            line.inspect(|line| line.wake.notify_one());
        }
    }
}

impl Webhooks for Relay {
    fn take(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        if let Some(refused) = self.refusal(true) {
            return refused.ok();
        }
        let is_silent = self.swallows();
        let mut state = self.state();
        let uri = request.uri();
        let channel = channel_of(uri.path()).and_then(|text| state.channels.get(text));
        let fits = |channel: &&Channel| {
            let is_theirs = uri.path().contains(&format!("/{}/", channel.vendor));
            is_theirs && self.clock.now() < channel.expires
        };
        let Some(channel) = channel.filter(fits) else {
            return Some(refused(404, "not_found"));
        };
        if let Some(token) = validation_token(uri.query().unwrap_or_default()) {
            return Some(plain(token));
        }
        let kinds = match channel.vendor.as_str() {
            "google" => google_kinds(request.headers(), &channel.client_state),
            _ => graph_kinds(request.body(), &channel.client_state),
        };
        let Some(kinds) = kinds else {
            return Some(refused(404, "not_found"));
        };
        let (device, id) = (channel.device, channel.id.clone());
        for kind in kinds {
            self.journal.mark(format!("{id} {kind}"));
            if !is_silent {
                state.announce(device, &id, kind);
            }
        }
        Some(refused(202, "accepted"))
    }
}

/// The last part of an address for vendors.
fn channel_of(address: &str) -> Option<&str> {
    address.rsplit('/').next()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let text = headers.get("authorization")?.to_str().ok()?;
    text.strip_prefix("Bearer ")
}

fn validation_token(query: &str) -> Option<String> {
    form_urlencoded::parse(query.as_bytes())
        .find(|(name, _)| name == "validationToken")
        .map(|(_, token)| token.into_owned())
}

fn knows(client_state: &str, text: &str) -> bool {
    let digits = Sha256::digest(text);
    let digits = digits.iter().map(|byte| format!("{byte:02x}"));
    digits.collect::<String>() == client_state
}

/// What Google's headers ask for; `None` if they do not know the channel's token.
fn google_kinds(headers: &HeaderMap, client_state: &str) -> Option<Vec<&'static str>> {
    let text = |name: &str| headers.get(name)?.to_str().ok();
    text("x-goog-channel-token").filter(|token| knows(client_state, token))?;
    Some(match text("x-goog-resource-state")? {
        "sync" => Vec::new(),
        _ => vec![CHANGED],
    })
}

/// What Graph's items ask for, each once; `None` if none of them knows the client state.
fn graph_kinds(body: &Bytes, client_state: &str) -> Option<Vec<&'static str>> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let mut kinds = None;
    for item in body["value"].as_array()? {
        let state = item["clientState"].as_str().unwrap_or_default();
        if !knows(client_state, state) {
            continue;
        }
        let kinds: &mut Vec<&str> = kinds.get_or_insert_default();
        let kind = match item["lifecycleEvent"].as_str() {
            None => CHANGED,
            Some("subscriptionRemoved") => REMOVED,
            Some("reauthorizationRequired") => REAUTHORIZE,
            Some(_) => MISSED,
        };
        if !kinds.contains(&kind) {
            kinds.push(kind);
        }
    }
    kinds
}

fn json_answer(status: u16, body: &Value) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(body.to_string()));
    *answer.status_mut() = http::StatusCode::from_u16(status).unwrap();
    answer
}

fn refused(status: u16, code: &str) -> Response<Bytes> {
    json_answer(status, &json!({"error": {"code": code, "message": "No."}}))
}

fn plain(text: String) -> Response<Bytes> {
    let mut answer = Response::new(Bytes::from(text));
    let kind = http::HeaderValue::from_static("text/plain");
    answer.headers_mut().insert("content-type", kind);
    answer
}

#[cfg(test)]
mod tests;
