//! What Graph's refusals mean.

use ::http::Response;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::error::ProviderError;
use crate::http::{Asked, claims, common_error, plain_code};
use crate::lenient::Maybe;

/// `{"error": {"code": ..., "innerError": {...}}}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    error: Maybe<Detail>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    code: Maybe<String>,
}

/// The meaning of an answer that is no success.
///
/// # Source
/// Graph error responses (docs/concepts/errors.md); codes differ in case in the field, and one
/// backend says HTTP 400 where another says 410, so a cursor that is refused with 400 is gone.
pub(super) fn classify(
    response: &Response<Bytes>,
    asked: Asked,
    now: DateTime<Utc>,
) -> ProviderError {
    let status = response.status();
    let code = code(response.body());
    let is = |name: &str| code.eq_ignore_ascii_case(name);
    if status.is_client_error() && (is("SyncStateNotFound") || is("ResyncRequired")) {
        return ProviderError::CursorGone;
    }
    match status.as_u16() {
        400 if asked == Asked::Cursor => ProviderError::CursorGone,
        410 if asked == Asked::Plain => ProviderError::NotFound,
        410 => ProviderError::CursorGone,
        // A mailbox that lives elsewhere or nowhere is not a thing that was deleted.
        404 if is("MailboxNotEnabledForRESTAPI") => ProviderError::Forbidden { reason: code },
        403 => match claims(response.headers()) {
            Some(claims) => ProviderError::Unauthorized {
                claims: Some(claims),
            },
            None => ProviderError::Forbidden { reason: code },
        },
        number => {
            common_error(status, response.headers(), now).unwrap_or(ProviderError::Rejected {
                status: number,
                code,
            })
        }
    }
}

fn code(body: &[u8]) -> String {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let body = Body::deserialize(&body).unwrap_or_default();
    plain_code(body.error.0.unwrap_or_default().code.as_str())
}

#[cfg(test)]
mod tests;
