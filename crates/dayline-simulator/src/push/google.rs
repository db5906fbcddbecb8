//! Google's watch channels on the events of a calendar.
//!
//! # Source
//! Calendar guide "Push notifications" and the discovery document of revision 20261030
//! (`events.watch`, `channels.stop`, schema `Channel`); the reasons of errors as
//! webhookdb/webhookdb#624 and the field have recorded them. There is no renewal and no list.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use rand::RngCore;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::queue::{Content, Kind};
use super::{Push, address, changes};
use crate::call::{Call, Reply};
use crate::world::Account;
use crate::{Simulator, google};

/// Both the default and the longest life of a channel on events.
const LIFE: Duration = Duration::days(7);
/// Longest channel id and token (guide "Push notifications", making watch requests).
const ID_LIMIT: usize = 64;
const TOKEN_LIMIT: usize = 256;
/// What every message says it is from. It obeys robots.txt.
const AGENT: &str = "APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)";

/// One channel.
#[derive(Debug, Clone)]
pub(crate) struct Channel {
    pub(super) id: String,
    pub(super) account: usize,
    pub(super) calendar: String,
    pub(super) address: String,
    pub(super) token: Option<String>,
    pub(super) expires: DateTime<Utc>,
    pub(super) resource_id: String,
    pub(super) resource_uri: String,
    /// The number of the last message.
    number: u64,
}

/// What a request wants of channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Operation {
    /// Watch the events of this calendar.
    Watch(String),
    Stop,
}

/// What a request is about; `None` if it is about no channel.
pub(crate) fn kind(call: &Call) -> Option<Operation> {
    match (call.method.as_str(), call.parts().as_slice()) {
        ("POST", ["calendar", "v3", "calendars", id, "events", "watch"]) => {
            Some(Operation::Watch((*id).to_owned()))
        }
        ("POST", ["calendar", "v3", "channels", "stop"]) => Some(Operation::Stop),
        _ => None,
    }
}

/// Answers a request about channels.
pub(super) fn handle(
    sim: &mut Simulator,
    call: &Call,
    index: usize,
    rng: &mut dyn RngCore,
) -> Reply {
    let call = &with_text_numbers(call);
    if let Some(reply) = google::refuse(call, sim.quirks.strict_bodies) {
        return reply;
    }
    let body = call.object().unwrap_or_default();
    let Some(account) = sim.accounts.get(index) else {
        return google::error(404, "notFound", "Not Found");
    };
    let reply = match kind(call) {
        Some(Operation::Watch(calendar)) => {
            watch(&mut sim.push, call, account, index, &calendar, &body, rng)
        }
        _ => stop(&mut sim.push, index, &body),
    };
    reply.unwrap_or_else(|reply| *reply)
}

/// The request with `expiration` and `params.ttl` as text: JSON of int64 may be either.
fn with_text_numbers(call: &Call) -> Call {
    let Some(mut body) = call.object().map(Value::Object) else {
        return call.clone();
    };
    for at in ["/expiration", "/params/ttl"] {
        if let Some(value) = body.pointer_mut(at)
            && value.is_number()
        {
            *value = value.to_string().into();
        }
    }
    Call {
        body: body.to_string().into(),
        ..call.clone()
    }
}

type Answer = Result<Reply, Box<Reply>>;

fn invalid(message: &str) -> Reply {
    google::error(400, "invalid", message)
}

fn required<'a>(body: &'a Map<String, Value>, name: &str) -> Result<&'a str, Box<Reply>> {
    let text = body.get(name).and_then(Value::as_str);
    text.filter(|text| !text.is_empty()).ok_or_else(|| {
        let message = format!("Missing required field: {name}");
        Box::new(google::error(400, "required", &message))
    })
}

/// Calendars that Google makes itself: holidays, birthdays, week numbers.
fn is_system(calendar: &str) -> bool {
    calendar.starts_with("addressbook#")
        || ["#holiday@", "#contacts@", "#weeknum@"]
            .iter()
            .any(|part| calendar.contains(part))
}

/// `events.watch`.
fn watch(
    push: &mut Push,
    call: &Call,
    account: &Account,
    index: usize,
    calendar: &str,
    body: &Map<String, Value>,
    rng: &mut dyn RngCore,
) -> Answer {
    if push.quirks.not_a_calendar_user
        && let Some(reply) = google::by_reason("notACalendarUser", None)
    {
        return Err(Box::new(reply));
    }
    if is_system(calendar) {
        return Err(Box::new(google::error(
            400,
            "pushNotSupportedForRequestedResource",
            "Push notifications are not supported by this resource.",
        )));
    }
    let Some(calendar) = account.calendar(calendar) else {
        return Err(Box::new(google::error(404, "notFound", "Not Found")));
    };
    let mut channel = Channel {
        id: id(body)?.to_owned(),
        account: index,
        calendar: calendar.id.clone(),
        address: webhook(body)?.to_owned(),
        token: token(body)?,
        expires: expiry(body, call.now)?,
        resource_id: resource_id(&account.id, &calendar.id),
        resource_uri: resource_uri(call),
        number: 0,
    };
    if push.channels.iter().any(|one| one.id == channel.id) {
        let message = format!("Channel id {} not unique", channel.id);
        return Err(Box::new(google::error(400, "channelIdNotUnique", &message)));
    }
    let mut answer = json!({
        "kind": "api#channel",
        "id": channel.id,
        "resourceId": channel.resource_id,
        "resourceUri": channel.resource_uri,
        "expiration": channel.expires.timestamp_millis().to_string(),
    });
    if let (Some(map), Some(token)) = (answer.as_object_mut(), &channel.token) {
        map.insert("token".into(), token.clone().into());
    }
    push.queue.register(&channel.id);
    let headers = channel.next_message("sync", false, rng);
    let content = Content::Headers(channel.id.clone(), headers);
    let address = channel.address.clone();
    push.channels.push(channel);
    push.tell(Kind::Sync, &address, content, call.now);
    Ok(Reply::json(200, &answer))
}

fn id(body: &Map<String, Value>) -> Result<&str, Box<Reply>> {
    let id = required(body, "id")?;
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_+/=".contains(c);
    if id.len() > ID_LIMIT || !id.chars().all(fits) {
        let message = "Channel id must match [A-Za-z0-9\\-_\\+/=]+ and have at most 64 characters";
        return Err(Box::new(invalid(message)));
    }
    Ok(id)
}

fn webhook(body: &Map<String, Value>) -> Result<&str, Box<Reply>> {
    let kind = required(body, "type")?;
    if !matches!(kind, "web_hook" | "webhook") {
        return Err(Box::new(invalid(&format!("Unknown channel type: {kind}"))));
    }
    let address = required(body, "address")?;
    if !address::is_allowed(address) {
        let message = format!("WebHook callback must be HTTPS: {address}");
        return Err(Box::new(google::error(400, "webhookUrlNotHttps", &message)));
    }
    Ok(address)
}

fn token(body: &Map<String, Value>) -> Result<Option<String>, Box<Reply>> {
    let Some(token) = body.get("token").and_then(Value::as_str) else {
        return Ok(None);
    };
    // It comes back in a header.
    let fits = token.chars().all(|c| c == ' ' || c.is_ascii_graphic());
    if token.len() > TOKEN_LIMIT || !fits {
        return Err(Box::new(invalid(
            "The channel token must have at most 256 characters",
        )));
    }
    Ok(Some(token.to_owned()))
}

/// When the channel ends: what was asked for, and no later than Google allows.
fn expiry(body: &Map<String, Value>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Box<Reply>> {
    let longest = now + LIFE;
    let number = |text: &str| text.trim().parse::<i64>().ok();
    let ttl = body.get("params").and_then(|params| params.get("ttl"));
    let wanted = if let Some(text) = body.get("expiration").and_then(Value::as_str) {
        number(text).and_then(DateTime::from_timestamp_millis)
    } else if let Some(text) = ttl.and_then(Value::as_str) {
        number(text)
            .and_then(Duration::try_seconds)
            .and_then(|ttl| now.checked_add_signed(ttl))
    } else {
        Some(longest)
    };
    match wanted {
        Some(wanted) if wanted > now => {
            // The answer has milliseconds.
            let ends = wanted.min(longest).timestamp_millis();
            Ok(DateTime::from_timestamp_millis(ends).unwrap_or(longest))
        }
        _ => Err(Box::new(invalid(
            "The channel expiration must be in the future",
        ))),
    }
}

/// The same for every channel of a user on a calendar.
fn resource_id(user: &str, calendar: &str) -> String {
    let hash = Sha256::digest(format!("{user}/{calendar}/events").as_bytes());
    let bytes: Vec<u8> = hash.iter().take(20).copied().collect();
    URL_SAFE_NO_PAD.encode(bytes)
}

fn resource_uri(call: &Call) -> String {
    let path = call.path.trim_end_matches('/');
    let path = path.strip_suffix("/watch").unwrap_or(path);
    format!("{}{path}?alt=json", call.origin)
}

/// `channels.stop`: by the same user only. There is one client here.
fn stop(push: &mut Push, index: usize, body: &Map<String, Value>) -> Answer {
    let (id, resource) = (required(body, "id")?, required(body, "resourceId")?);
    let is_meant =
        |one: &Channel| one.account == index && one.id == id && one.resource_id == resource;
    if !push.channels.iter().any(is_meant) {
        let message = format!("Channel '{id}' not found for project");
        return Err(Box::new(google::error(404, "notFound", &message)));
    }
    push.channels.retain(|one| !is_meant(one));
    push.queue.forget(id);
    Ok(Reply::empty(204))
}

impl Channel {
    /// The headers of the next message, which has no body.
    fn next_message(
        &mut self,
        state: &str,
        gaps: bool,
        rng: &mut dyn RngCore,
    ) -> Vec<(&'static str, String)> {
        let skipped = if gaps {
            1 + u64::from(rng.next_u32() % 5)
        } else {
            0
        };
        self.number += 1 + skipped;
        let mut headers = vec![
            ("content-type", "application/json; utf-8".to_owned()),
            ("content-length", "0".to_owned()),
            ("user-agent", AGENT.to_owned()),
            ("x-goog-channel-id", self.id.clone()),
            ("x-goog-message-number", self.number.to_string()),
            ("x-goog-resource-id", self.resource_id.clone()),
            ("x-goog-resource-state", state.to_owned()),
            ("x-goog-resource-uri", self.resource_uri.clone()),
            (
                "x-goog-channel-expiration",
                self.expires.format("%a, %d %b %Y %H:%M:%S GMT").to_string(),
            ),
        ];
        if let Some(token) = &self.token {
            headers.push(("x-goog-channel-token", token.clone()));
        }
        headers
    }
}

/// Sends one message to each channel whose calendar has changed since version `told`.
pub(super) fn announce(
    push: &mut Push,
    account: &Account,
    index: usize,
    told: u64,
    now: DateTime<Utc>,
    rng: &mut dyn RngCore,
) {
    let mut states: BTreeMap<String, &str> = BTreeMap::new();
    for change in changes::since(account, told) {
        states.insert(change.calendar, "exists");
    }
    for calendar in &account.calendars {
        if calendar.removed.is_some_and(|version| version > told) {
            states.insert(calendar.id.clone(), "not_exists");
        }
    }
    let gaps = push.quirks.number_gaps;
    let mut messages = Vec::new();
    for channel in &mut push.channels {
        if channel.account != index || channel.expires <= now {
            continue;
        }
        if let Some(state) = states.get(&channel.calendar) {
            let headers = channel.next_message(state, gaps, rng);
            let content = Content::Headers(channel.id.clone(), headers);
            messages.push((channel.address.clone(), content));
        }
    }
    for (address, content) in messages {
        push.tell(Kind::Exists, &address, content, now);
    }
}
