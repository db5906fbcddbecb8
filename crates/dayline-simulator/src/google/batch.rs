//! The batch endpoint: a `multipart/mixed` body of whole HTTP requests, answered in kind.
//!
//! Each part counts, is logged and meets faults as a request of its own. Parts are answered in
//! their order, although Google promises none.
//!
//! # Source
//! Calendar guide "Batching requests" (50 parts); `batchPath` of the discovery document.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode};

use super::errors;
use crate::call::{Call, Reply};

/// Most parts in one batch.
const LIMIT: usize = 50;
const BOUNDARY: &str = "batch_dayline_simulator";

/// One part: the request, and the id under which its answer is known.
struct Part {
    content_id: Option<String>,
    call: Call,
}

/// Whether a path is the batch endpoint's.
pub(crate) fn is_batch(parts: &[&str]) -> bool {
    matches!(parts, ["batch", "calendar", "v3"] | ["batch"])
}

/// Answers a batch; `serve` answers one part.
pub(crate) fn handle(call: &Call, mut serve: impl FnMut(&Call) -> Reply) -> Reply {
    if call.method != Method::POST {
        return errors::not_found();
    }
    let Some(parts) = split(call) else {
        let message = "Failed to parse batch request, error: not a multipart/mixed body.";
        return errors::error(400, "badRequest", message);
    };
    if parts.is_empty() || parts.len() > LIMIT {
        let message = format!(
            "The batch has {} parts; 1 to {LIMIT} are allowed.",
            parts.len()
        );
        return errors::error(400, "badRequest", &message);
    }
    let mut body = String::new();
    for part in &parts {
        let reply = serve(&part.call);
        write_part(&mut body, part.content_id.as_deref(), &reply);
    }
    let _infallible = write!(body, "--{BOUNDARY}--\r\n");
    Reply {
        status: 200,
        headers: Vec::new(),
        body: Bytes::from(body),
    }
    .with(
        "content-type",
        &format!("multipart/mixed; boundary={BOUNDARY}"),
    )
}

fn write_part(body: &mut String, content_id: Option<&str>, reply: &Reply) {
    let _infallible = write!(body, "--{BOUNDARY}\r\nContent-Type: application/http\r\n");
    if let Some(id) = content_id {
        let inner = id.trim().trim_start_matches('<').trim_end_matches('>');
        let _infallible = write!(body, "Content-ID: <response-{inner}>\r\n");
    }
    let reason = StatusCode::from_u16(reply.status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .unwrap_or("Unknown");
    let _infallible = write!(body, "\r\nHTTP/1.1 {} {reason}\r\n", reply.status);
    for (name, value) in &reply.headers {
        let _infallible = write!(body, "{name}: {value}\r\n");
    }
    let text = String::from_utf8_lossy(&reply.body);
    let _infallible = write!(body, "Content-Length: {}\r\n\r\n{text}\r\n", text.len());
}

fn split(call: &Call) -> Option<Vec<Part>> {
    let boundary = boundary(call.header("content-type")?)?;
    let text = String::from_utf8_lossy(&call.body).replace("\r\n", "\n");
    let fence = format!("--{boundary}");
    let mut parts = Vec::new();
    for section in text.split(&fence).skip(1) {
        if section.starts_with("--") {
            return Some(parts);
        }
        parts.push(part(call, section)?);
    }
    // Without the closing fence the body was cut.
    None
}

fn boundary(content_type: &str) -> Option<&str> {
    let (kind, rest) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/mixed") {
        return None;
    }
    rest.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        let named = name.trim().eq_ignore_ascii_case("boundary");
        named.then(|| value.trim().trim_matches('"'))
    })
}

fn part(call: &Call, section: &str) -> Option<Part> {
    let (outer, request) = section.trim_start_matches('\n').split_once("\n\n")?;
    let content_id = headers(outer)
        .find(|(name, _)| name.eq_ignore_ascii_case("content-id"))
        .map(|(_, value)| value.to_owned());
    let request = request.trim_start_matches('\n');
    let (head, body) = request.split_once("\n\n").unwrap_or((request, ""));
    let (line, rest) = head.split_once('\n').unwrap_or((head, ""));
    let mut words = line.split_whitespace();
    let method: Method = words.next()?.parse().ok()?;
    let target = words.next()?;
    let mut inner = HeaderMap::new();
    if let Some(token) = call.headers.get("authorization") {
        inner.insert("authorization", token.clone());
    }
    for (name, value) in headers(rest) {
        let name = name.parse::<HeaderName>().ok()?;
        inner.insert(name, value.parse::<HeaderValue>().ok()?);
    }
    let mut one = Call {
        method,
        headers: inner,
        body: Bytes::from(body.trim_end().to_owned()),
        ..call.clone()
    };
    let path = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|slash| rest.get(slash..))?,
        None => target,
    };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    one.set_target(path, query);
    Some(Part {
        content_id,
        call: one,
    })
}

fn headers(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim()))
}

#[cfg(test)]
mod tests;
