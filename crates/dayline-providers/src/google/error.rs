//! What Google's refusals mean. The reason decides, not the status.

use ::http::Response;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::Value;

use crate::error::ProviderError;
use crate::http::{Asked, common_error, plain_code, retry_after};
use crate::lenient::{Many, Maybe};

/// `{"error": {"code": ..., "errors": [{"reason": ...}], "status": ...}}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    error: Maybe<Detail>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Detail {
    errors: Many<Item>,
    status: Maybe<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Item {
    reason: Maybe<String>,
}

/// The meaning of an answer that is no success.
///
/// # Source
/// Google Calendar API, "Handle API errors" and "Synchronize resources efficiently".
pub(super) fn classify(
    response: &Response<Bytes>,
    asked: Asked,
    now: DateTime<Utc>,
) -> ProviderError {
    let status = response.status();
    let reason = reason(response.body());
    match (status.as_u16(), reason.as_str()) {
        (400..=499, "fullSyncRequired" | "updatedMinTooLongAgo") => ProviderError::CursorGone,
        // All that a request with a cursor adds to one without is the cursor.
        (400, _) if asked == Asked::Cursor => ProviderError::CursorGone,
        (410, _) if asked == Asked::Plain => ProviderError::NotFound,
        (410, _) => ProviderError::CursorGone,
        (
            403,
            "rateLimitExceeded" | "userRateLimitExceeded" | "quotaExceeded" | "dailyLimitExceeded",
        ) => ProviderError::Throttled {
            retry_after: retry_after(response.headers(), now),
        },
        (403, _) => ProviderError::Forbidden { reason },
        (number, _) => {
            common_error(status, response.headers(), now).unwrap_or(ProviderError::Rejected {
                status: number,
                code: reason,
            })
        }
    }
}

/// The first reason; failing that, the canonical status such as `INVALID_ARGUMENT`.
fn reason(body: &[u8]) -> String {
    let body: Value = serde_json::from_slice(body).unwrap_or_default();
    let body = Body::deserialize(&body).unwrap_or_default();
    let detail = body.error.0.unwrap_or_default();
    let reason = detail.errors.0.iter().find_map(|item| item.reason.text());
    plain_code(&reason.or_else(|| detail.status.text()).unwrap_or_default())
}

#[cfg(test)]
mod tests;
