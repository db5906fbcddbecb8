//! Items that no client could have written, served as they were handed in.
//!
//! A test puts them into a calendar through `/_sim/inject`; lists and delta or sync rounds of
//! that calendar carry them on their last page, a read by id gives them alone. Their bytes are
//! copied into the answer after it was made, so that they may be no JSON and no UTF-8. They are
//! part of no view's window, no filter and no expansion, and nothing can be written on them. A
//! request with the header `sim-plain` is answered without them.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde_json::{Map, Value, json};

use crate::call::{Call, Reply};
use crate::world::{Account, Calendar, Vendor};

/// Beginning of the string that stands for an item until the answer's bytes are known.
const MARK: &str = "sim-injected-item-";

/// One item.
#[derive(Debug, Clone)]
pub(crate) struct Injected {
    /// The calendar that serves it.
    pub(crate) calendar: String,
    /// The account's version at which it came; rounds that know this version leave it out.
    pub(crate) version: u64,
    /// Its `id`, if it can be read.
    id: Option<String>,
    /// Its `seriesMasterId` or `recurringEventId`, if it can be read.
    series: Option<String>,
    bytes: Bytes,
}

/// Puts an item into a calendar: `{provider, email?, calendar?, item | raw | raw_base64, fill?}`.
///
/// `calendar` is an id or a name, the default calendar if it is left out. `fill` repeats text:
/// `{"subject": {"text": "x", "times": 10000000}}` sets such members of `item`.
///
/// # Errors
/// Words about what is missing.
pub(crate) fn add(
    accounts: &mut [Account],
    chosen: &[usize],
    body: &Map<String, Value>,
) -> Result<Value, &'static str> {
    let wanted = body.get("calendar").and_then(Value::as_str);
    let account = chosen.first().ok_or("no such account")?;
    let account = accounts.get_mut(*account).ok_or("no such account")?;
    let calendar = calendar(account, wanted)
        .map(|calendar| calendar.id.clone())
        .ok_or("no such calendar")?;
    let version = put(account, &calendar, body)?;
    Ok(json!({"ok": true, "calendar": calendar, "version": version}))
}

/// Puts an item into a calendar by its id; gives the version at which it came.
///
/// # Errors
/// Words about what is missing.
pub(crate) fn put(
    account: &mut Account,
    calendar: &str,
    body: &Map<String, Value>,
) -> Result<u64, &'static str> {
    let bytes = content(body)?;
    let version = account.next_version();
    let readable: Option<Value> = serde_json::from_slice(&bytes).ok();
    let field = |name: &str| {
        let found = readable.as_ref()?.get(name)?.as_str()?;
        Some(found.to_owned())
    };
    account.injected.push(Injected {
        calendar: calendar.to_owned(),
        version,
        id: field("id"),
        series: field("seriesMasterId").or_else(|| field("recurringEventId")),
        bytes,
    });
    Ok(version)
}

fn calendar<'a>(account: &'a Account, wanted: Option<&str>) -> Option<&'a Calendar> {
    match wanted {
        None => account.default_calendar(),
        Some(wanted) => account.calendar(wanted).or_else(|| {
            account
                .calendars
                .iter()
                .find(|calendar| calendar.removed.is_none() && calendar.name == wanted)
        }),
    }
}

fn content(body: &Map<String, Value>) -> Result<Bytes, &'static str> {
    if let Some(raw) = body.get("raw_base64").and_then(Value::as_str) {
        let bytes = STANDARD
            .decode(raw)
            .map_err(|_| "raw_base64 is no base64")?;
        return Ok(bytes.into());
    }
    if let Some(raw) = body.get("raw").and_then(Value::as_str) {
        return Ok(raw.to_owned().into());
    }
    let mut item = body
        .get("item")
        .cloned()
        .ok_or("item, raw or raw_base64 is needed")?;
    let fill = body.get("fill").and_then(Value::as_object);
    for (name, given) in fill.into_iter().flatten() {
        let text = given.get("text").and_then(Value::as_str).unwrap_or("x");
        let times = given.get("times").and_then(Value::as_u64).unwrap_or(1);
        let times = usize::try_from(times).unwrap_or(usize::MAX).min(64 << 20);
        if let Some(map) = item.as_object_mut() {
            map.insert(name.clone(), text.repeat(times).into());
        }
    }
    Ok(item.to_string().into())
}

/// Stand-ins for the items of a calendar that came after `base`.
pub(crate) fn items<'a>(
    account: &'a Account,
    calendar: &'a str,
    base: u64,
) -> impl Iterator<Item = Value> + 'a {
    account
        .injected
        .iter()
        .enumerate()
        .filter(move |(_, item)| item.calendar == calendar && item.version > base)
        .map(|(index, _)| Value::String(format!("{MARK}{index}-")))
}

/// Replaces the stand-ins in an answer by the items' bytes.
pub(crate) fn fill_in(account: &Account, reply: Reply) -> Reply {
    if account.injected.is_empty() || !contains(&reply.body, MARK.as_bytes()) {
        return reply;
    }
    let mut out = Vec::with_capacity(reply.body.len());
    let mut rest: &[u8] = &reply.body;
    let quoted = format!("\"{MARK}");
    while let Some((before, after)) = split(rest, quoted.as_bytes()) {
        out.extend_from_slice(before);
        let Some((number, tail)) = split(after, b"-\"") else {
            break;
        };
        let item = std::str::from_utf8(number)
            .ok()
            .and_then(|number| number.parse::<usize>().ok())
            .and_then(|index| account.injected.get(index));
        if let Some(item) = item {
            out.extend_from_slice(&item.bytes);
        }
        rest = tail;
    }
    out.extend_from_slice(rest);
    Reply {
        body: out.into(),
        ..reply
    }
}

/// The answer to a read of an injected item by its id, or of an injected series' instances.
pub(crate) fn by_id(call: &Call, account: &Account) -> Option<Reply> {
    if account.injected.is_empty() || call.method != http::Method::GET {
        return None;
    }
    let parts = call.parts();
    match parts.as_slice() {
        [.., "events", id] => {
            let item = account.injected.iter().rfind(|item| item.is(id))?;
            Some(Reply {
                body: item.bytes.clone(),
                ..Reply::json(200, &Value::Null)
            })
        }
        [.., "events", id, "instances"] => {
            account.injected.iter().find(|item| item.is(id))?;
            let list = account.injected.iter().enumerate();
            let list: Vec<Value> = list
                .filter(|(_, item)| item.series.as_deref() == Some(*id))
                .map(|(index, _)| Value::String(format!("{MARK}{index}-")))
                .collect();
            let body = match account.vendor {
                Vendor::Microsoft => json!({"value": list}),
                Vendor::Google => json!({"kind": "calendar#events", "items": list}),
            };
            Some(fill_in(account, Reply::json(200, &body)))
        }
        _ => None,
    }
}

impl Injected {
    /// Its `id`, if it can be read.
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    fn is(&self, id: &str) -> bool {
        self.id.as_deref() == Some(id)
    }
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    split(haystack, needle).is_some()
}

fn split<'a>(haystack: &'a [u8], needle: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = haystack
        .windows(needle.len())
        .position(|window| window == needle)?;
    let (before, rest) = haystack.split_at_checked(at)?;
    let (_, after) = rest.split_at_checked(needle.len())?;
    Some((before, after))
}

#[cfg(test)]
mod tests;
