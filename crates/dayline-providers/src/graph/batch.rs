//! `$batch`: several events, or several changes, with one request.
//!
//! # Source
//! Graph "Combine multiple HTTP requests using JSON batching": at most 20 requests, headers of its
//! own in each, each answer with its own status, in any order.

use std::collections::BTreeMap;

use ::http::{HeaderName, HeaderValue, Response};
use bytes::Bytes;
use dayline_model::ProviderEventId;
use secrecy::SecretString;
use serde_json::{Map, Value, json};
use url::Url;

use super::client::{Client, PREFER};
use super::mailbox::Place;
use super::{error, map};
use crate::Change;
use crate::error::{ProviderError, Retry};
use crate::http::{Asked, UNSENDABLE};
use crate::salvage;

/// The most requests of one batch.
const MOST_REQUESTS: usize = 20;

/// Several events; those that are refused for themselves or too large are left out.
pub(super) async fn fetch_events(
    client: &Client,
    token: &SecretString,
    place: &Place<'_>,
    events: &[ProviderEventId],
) -> Result<Vec<(ProviderEventId, Option<Change>)>, ProviderError> {
    let mut found = Vec::with_capacity(events.len());
    let mut waiting: Vec<&[ProviderEventId]> = events.chunks(MOST_REQUESTS).rev().collect();
    while let Some(chunk) = waiting.pop() {
        match fetch_chunk(client, token, place, chunk).await {
            Ok(mut answers) => found.append(&mut answers),
            Err(ProviderError::TooLarge) if chunk.len() > 1 => {
                let (first, second) = chunk.split_at(chunk.len() / 2);
                waiting.extend([second, first]);
            }
            Err(ProviderError::TooLarge) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

async fn fetch_chunk(
    client: &Client,
    token: &SecretString,
    place: &Place<'_>,
    events: &[ProviderEventId],
) -> Result<Vec<(ProviderEventId, Option<Change>)>, ProviderError> {
    let requests: Vec<Value> = events
        .iter()
        .enumerate()
        .filter_map(|(index, event)| {
            // An id that is no segment of an address names nothing; its answer stays out.
            let url = client.endpoint(&place.event(event, &[]), &[]).ok()?;
            Some(json!({
                "id": index.to_string(),
                "method": "GET",
                "url": client.below_base(&url),
                "headers": {"Prefer": PREFER, "client-request-id": client.request_id()},
            }))
        })
        .collect();
    let mut answers = send(client, token, &requests).await?;
    let mut found = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate() {
        let is_asked = requests.iter().any(|request| {
            request.get("id").and_then(Value::as_str) == Some(index.to_string().as_str())
        });
        if !is_asked {
            found.push((event.clone(), None));
            continue;
        }
        let answer = take(&mut answers, index)?;
        match event_of(client, answer) {
            Ok(change) => found.push((event.clone(), Some(change))),
            Err(ProviderError::NotFound) => found.push((event.clone(), None)),
            Err(error) if error.retry() == Retry::Never => {
                tracing::debug!(code = error.code(), "Graph refused a part of a batch");
            }
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// PATCHes, in order: what each answered, or why it was refused.
///
/// # Errors
/// What concerns all of them, even if only one was answered with it: the token or too many requests.
pub(super) async fn patch(
    client: &Client,
    token: &SecretString,
    patches: &[(Url, &Value)],
) -> Result<Vec<Result<Map<String, Value>, ProviderError>>, ProviderError> {
    let mut answered = Vec::with_capacity(patches.len());
    for chunk in patches.chunks(MOST_REQUESTS) {
        let requests: Vec<Value> = chunk
            .iter()
            .enumerate()
            .map(|(index, (url, body))| {
                json!({
                    "id": index.to_string(),
                    "method": "PATCH",
                    "url": client.below_base(url),
                    "headers": {
                        "Content-Type": "application/json",
                        "Prefer": PREFER,
                        "client-request-id": client.request_id(),
                    },
                    "body": body,
                })
            })
            .collect();
        let mut answers = send(client, token, &requests).await?;
        for index in 0..chunk.len() {
            let mut answer = take(&mut answers, index)?;
            match body_of(client, &mut answer) {
                Ok(Some(Value::Object(object))) => answered.push(Ok(object)),
                Ok(_) => answered.push(Err(ProviderError::Unusable {
                    what: "not an object",
                })),
                Err(
                    error @ (ProviderError::Unauthorized { .. } | ProviderError::Throttled { .. }),
                ) => return Err(error),
                Err(error) => answered.push(Err(error)),
            }
        }
    }
    Ok(answered)
}

/// Sends one batch; gives the answers by the ids of their requests.
async fn send(
    client: &Client,
    token: &SecretString,
    requests: &[Value],
) -> Result<BTreeMap<String, Value>, ProviderError> {
    if requests.is_empty() {
        return Ok(BTreeMap::new());
    }
    let url = client.endpoint(&["$batch"], &[])?;
    let body = json!({"requests": requests});
    by_id(client.post(token, &url, &body).await?.object)
}

fn take(answers: &mut BTreeMap<String, Value>, index: usize) -> Result<Value, ProviderError> {
    answers
        .remove(&index.to_string())
        .ok_or(ProviderError::Unusable {
            what: "an answer of a batch is missing",
        })
}

/// The answers by the ids of their requests.
fn by_id(mut object: Map<String, Value>) -> Result<BTreeMap<String, Value>, ProviderError> {
    let Some(Value::Array(answers)) = object.remove("responses") else {
        return Err(ProviderError::Unusable { what: "no answers" });
    };
    let id = |answer: &Value| answer.get("id").and_then(Value::as_str).map(str::to_owned);
    // One that holds what cannot be parsed is read piece by piece.
    let whole = |answer| match answer {
        Value::String(text) => salvage::object(&text).map(Value::Object),
        answer => Some(answer),
    };
    Ok(answers
        .into_iter()
        .filter_map(whole)
        .filter_map(|answer| Some((id(&answer)?, answer)))
        .collect())
}

/// The body of one answer of a batch; its refusal as an error.
fn body_of(client: &Client, answer: &mut Value) -> Result<Option<Value>, ProviderError> {
    let status = answer
        .get("status")
        .and_then(Value::as_u64)
        .and_then(|status| u16::try_from(status).ok())
        .ok_or(ProviderError::Unusable {
            what: "an answer of a batch without a status",
        })?;
    let body = answer.get_mut("body").map(Value::take);
    if (200..300).contains(&status) {
        return Ok(body);
    }
    Err(error::classify(
        &response(status, answer.get("headers"), body.as_ref())?,
        Asked::Plain,
        client.now(),
    ))
}

/// What one answer of a batch says.
fn event_of(client: &Client, mut answer: Value) -> Result<Change, ProviderError> {
    match body_of(client, &mut answer)? {
        Some(body @ Value::Object(_)) => Ok(map::change(&body)),
        Some(Value::String(text)) if salvage::is_whole(&text) => {
            Ok(map::change(&Value::String(text)))
        }
        _ => Err(ProviderError::Unusable {
            what: "not an object",
        }),
    }
}

/// An answer of a batch as if it had come alone.
fn response(
    status: u16,
    headers: Option<&Value>,
    body: Option<&Value>,
) -> Result<Response<Bytes>, ProviderError> {
    let body = body.map(Value::to_string).unwrap_or_default();
    let mut response = Response::builder()
        .status(status)
        .body(Bytes::from(body))
        .map_err(|_| UNSENDABLE)?;
    for (name, value) in headers.and_then(Value::as_object).into_iter().flatten() {
        // A wait comes as a text or as a number.
        let value = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        if let (Ok(name), Ok(value)) = (
            HeaderName::try_from(name.as_str()),
            HeaderValue::try_from(value),
        ) {
            response.headers_mut().append(name, value);
        }
    }
    Ok(response)
}

#[cfg(test)]
mod tests;
