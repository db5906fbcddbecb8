//! `$batch`: several events with one request.
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
    let mut answers = if requests.is_empty() {
        BTreeMap::new()
    } else {
        let url = client.endpoint(&["$batch"], &[])?;
        let body = json!({"requests": requests});
        by_id(client.post(token, &url, &body).await?.object)?
    };
    let mut found = Vec::with_capacity(events.len());
    for (index, event) in events.iter().enumerate() {
        let is_asked = requests.iter().any(|request| {
            request.get("id").and_then(Value::as_str) == Some(index.to_string().as_str())
        });
        if !is_asked {
            found.push((event.clone(), None));
            continue;
        }
        let answer = answers
            .remove(&index.to_string())
            .ok_or(ProviderError::Unusable {
                what: "an answer of a batch is missing",
            })?;
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

/// What one answer of a batch says.
fn event_of(client: &Client, mut answer: Value) -> Result<Change, ProviderError> {
    let status = answer
        .get("status")
        .and_then(Value::as_u64)
        .and_then(|status| u16::try_from(status).ok())
        .ok_or(ProviderError::Unusable {
            what: "an answer of a batch without a status",
        })?;
    let body = answer.get_mut("body").map(Value::take);
    match body {
        Some(body @ Value::Object(_)) if (200..300).contains(&status) => Ok(map::change(&body)),
        Some(Value::String(text)) if (200..300).contains(&status) && salvage::is_whole(&text) => {
            Ok(map::change(&Value::String(text)))
        }
        _ if (200..300).contains(&status) => Err(ProviderError::Unusable {
            what: "not an object",
        }),
        body => Err(error::classify(
            &response(status, answer.get("headers"), body.as_ref())?,
            Asked::Plain,
            client.now(),
        )),
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
