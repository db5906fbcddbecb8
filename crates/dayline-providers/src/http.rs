//! What both providers share of HTTP: addresses, the bearer token, and the reading of answers.
//!
//! It never repeats a request and never follows a redirect: when to try again is the caller's
//! decision, and a token goes only where the provider's module sent it.

use std::time::Duration;

use ::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, WWW_AUTHENTICATE};
use ::http::request::Builder;
use ::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::Http;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};
use url::Url;

use crate::error::ProviderError;
use crate::mend::mended;
use crate::salvage;

/// The longest wait that a provider can impose.
const LONGEST_WAIT: Duration = Duration::from_hours(1);
/// The longest code of a provider that is kept.
const LONGEST_CODE: usize = 80;
/// The most pages of one list. A server that hands out more goes in circles.
pub(crate) const MOST_PAGES: usize = 500;

/// A request that cannot be written down.
pub(crate) const UNSENDABLE: ProviderError = ProviderError::Unusable {
    what: "the request cannot be sent",
};

/// What is asked for. The same status means different things for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// One thing, or a list that has no cursor.
    Plain,
    /// The first page of a round.
    FirstPage,
    /// A page named by a cursor that the provider made.
    Cursor,
}

/// The address of `segments` below `base`. Segments are percent-encoded, so an id with `/`, `#`
/// or `?` stays one segment.
pub(crate) fn endpoint(
    base: &Url,
    segments: &[&str],
    query: &[(&str, &str)],
) -> Result<Url, ProviderError> {
    // The URL standard removes these, encoded or not, which would name something else.
    if segments
        .iter()
        .any(|segment| matches!(*segment, "" | "." | ".."))
    {
        return Err(ProviderError::NotFound);
    }
    let mut url = base.clone();
    url.set_query(None);
    url.path_segments_mut()
        .map_err(|()| UNSENDABLE)?
        .pop_if_empty()
        .extend(segments);
    if !query.is_empty() {
        url.query_pairs_mut().extend_pairs(query);
    }
    Ok(url)
}

/// Sends a GET with the token and reads the whole answer, whatever its status.
pub(crate) async fn get(
    http: &dyn Http,
    url: &Url,
    token: &SecretString,
    headers: &[(HeaderName, HeaderValue)],
) -> Result<Response<Bytes>, ProviderError> {
    send(
        http,
        Request::get(url.as_str()),
        Bytes::new(),
        token,
        headers,
    )
    .await
}

/// Sends JSON with the token and reads the whole answer, whatever its status.
pub(crate) async fn send_json(
    http: &dyn Http,
    method: Method,
    url: &Url,
    body: &Value,
    token: &SecretString,
    headers: &[(HeaderName, HeaderValue)],
) -> Result<Response<Bytes>, ProviderError> {
    let request = Request::builder()
        .method(method)
        .uri(url.as_str())
        .header(CONTENT_TYPE, "application/json");
    send(http, request, Bytes::from(body.to_string()), token, headers).await
}

/// Sends a DELETE with the token and reads the whole answer, whatever its status.
pub(crate) async fn delete(
    http: &dyn Http,
    url: &Url,
    token: &SecretString,
    headers: &[(HeaderName, HeaderValue)],
) -> Result<Response<Bytes>, ProviderError> {
    let request = Request::delete(url.as_str());
    send(http, request, Bytes::new(), token, headers).await
}

async fn send(
    http: &dyn Http,
    request: Builder,
    body: Bytes,
    token: &SecretString,
    headers: &[(HeaderName, HeaderValue)],
) -> Result<Response<Bytes>, ProviderError> {
    let mut bearer = HeaderValue::try_from(format!("Bearer {}", token.expose_secret()))
        .map_err(|_| ProviderError::Unauthorized { claims: None })?;
    bearer.set_sensitive(true);
    let mut request = request.body(body).map_err(|_| UNSENDABLE)?;
    let map = request.headers_mut();
    map.insert(AUTHORIZATION, bearer);
    map.insert(ACCEPT, HeaderValue::from_static("application/json"));
    for (name, value) in headers {
        map.append(name.clone(), value.clone());
    }
    Ok(http.send(request).await?)
}

/// The JSON object of a successful answer. Parts of it that cannot be parsed are texts: see
/// [`salvage::object`].
pub(crate) fn object(response: &Response<Bytes>) -> Result<Map<String, Value>, ProviderError> {
    let value = match strict(response)? {
        Ok(value) => value,
        Err(text) => Value::Object(salvage::object(&text).ok_or(NOT_JSON)?),
    };
    match value {
        Value::Object(object) => Ok(object),
        _ => Err(NOT_AN_OBJECT),
    }
}

/// The item that a successful answer is: an object, or the text of one that cannot be parsed.
pub(crate) fn item(response: &Response<Bytes>) -> Result<Value, ProviderError> {
    match strict(response)? {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(NOT_AN_OBJECT),
        Err(text) if salvage::is_whole(&text) => Ok(Value::String(text)),
        Err(_) => Err(NOT_JSON),
    }
}

const NOT_JSON: ProviderError = ProviderError::Unusable { what: "not JSON" };
const NOT_AN_OBJECT: ProviderError = ProviderError::Unusable {
    what: "not an object",
};

/// The JSON of a successful answer, or its text where that is not quite JSON.
fn strict(response: &Response<Bytes>) -> Result<Result<Value, String>, ProviderError> {
    let body = response.body();
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(ProviderError::Unusable { what: "no body" });
    }
    if let Some(kind) = response.headers().get(CONTENT_TYPE) {
        let kind = kind.to_str().unwrap_or_default().to_ascii_lowercase();
        if kind.contains("html") {
            return Err(ProviderError::NetworkLogin);
        }
        if !kind.contains("json") {
            return Err(NOT_JSON);
        }
    }
    match serde_json::from_slice(body) {
        Ok(value) => Ok(Ok(value)),
        Err(error) if error.is_eof() => Err(ProviderError::Unusable { what: "cut off" }),
        Err(_) => {
            let text = mended(body);
            Ok(serde_json::from_str(&text).map_err(|_| text))
        }
    }
}

/// What a status means at every provider. `None` for those on which the providers differ.
pub(crate) fn common_error(
    status: StatusCode,
    headers: &HeaderMap,
    now: DateTime<Utc>,
) -> Option<ProviderError> {
    let wait = || retry_after(headers, now);
    Some(match status.as_u16() {
        304 => ProviderError::Unusable {
            what: "nothing was asked conditionally",
        },
        // No provider redirects; networks that want a sign-in of their own do.
        300..=399 | 511 => ProviderError::NetworkLogin,
        401 => ProviderError::Unauthorized {
            claims: claims(headers),
        },
        404 => ProviderError::NotFound,
        408 => ProviderError::Timeout,
        429 | 509 => ProviderError::Throttled {
            retry_after: wait(),
        },
        503 if headers.contains_key(RETRY_AFTER) => ProviderError::Throttled {
            retry_after: wait(),
        },
        status @ 500..=599 => ProviderError::Server { status },
        _ => return None,
    })
}

/// `Retry-After` as seconds or as an HTTP date; at most one hour. `None` if it is neither.
///
/// # Source
/// RFC 9110 §10.2.3.
pub(crate) fn retry_after(headers: &HeaderMap, now: DateTime<Utc>) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    let wait = if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        // More digits than a number holds are still a number.
        Duration::from_secs(text.parse().unwrap_or(u64::MAX))
    } else {
        let at = DateTime::parse_from_rfc2822(text).ok()?;
        (at.to_utc() - now).to_std().unwrap_or(Duration::ZERO)
    };
    Some(wait.min(LONGEST_WAIT))
}

/// The `claims` of a Conditional Access challenge: base64 in quotes, or bare JSON.
pub(crate) fn claims(headers: &HeaderMap) -> Option<String> {
    headers.get_all(WWW_AUTHENTICATE).iter().find_map(|value| {
        let (_, rest) = value.to_str().ok()?.split_once("claims=")?;
        let claims = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"')?.0.to_owned(),
            // The first JSON value; what follows it is another parameter.
            None => serde_json::Deserializer::from_str(rest)
                .into_iter::<Map<String, Value>>()
                .next()?
                .ok()
                .map(|claims| Value::Object(claims).to_string())?,
        };
        (!claims.is_empty()).then_some(claims)
    })
}

/// A provider's code, without anything that could be content.
pub(crate) fn plain_code(code: &str) -> String {
    let code: String = code
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'))
        .take(LONGEST_CODE)
        .collect();
    if code.is_empty() {
        "unknown".to_owned()
    } else {
        code
    }
}

#[cfg(test)]
mod tests;
