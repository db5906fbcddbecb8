//! Answers: what they say, and what keeps a browser from making more of them.

use bytes::Bytes;
use dayline_relay_protocol::{ErrorBody, ErrorDetail};
use http::{HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use serde::Serialize;

use crate::relay::{Denied, Relay};

/// An answer.
pub type Answer = Response<Full<Bytes>>;

/// What is denied, in words.
pub fn denied_answer(relay: &Relay, denied: Denied) -> Answer {
    match denied {
        Denied::Unauthorized => {
            relay.metrics.unauthorized();
            let mut answer = error(
                StatusCode::UNAUTHORIZED,
                "unauthorized",
                "The secret or token is not, or no longer, good.",
            );
            answer
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            answer
        }
        Denied::Malformed(message) => error(StatusCode::BAD_REQUEST, "malformed", message),
        Denied::Unavailable => unavailable(),
    }
}

/// The relay cannot do it now.
pub fn unavailable() -> Answer {
    let mut answer = error(
        StatusCode::SERVICE_UNAVAILABLE,
        "unavailable",
        "Not now. Try again soon.",
    );
    answer
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
    answer
}

/// What forged, foreign and unknown paths have in common.
pub fn nowhere() -> Answer {
    error(StatusCode::NOT_FOUND, "not_found", "There is nothing here.")
}

/// A notification that is not JSON.
pub fn not_json() -> Answer {
    error(
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "not_json",
        "Notifications are application/json.",
    )
}

/// A path with other methods.
pub fn method_not_allowed(allow: &'static str) -> Answer {
    let mut answer = error(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        "This path takes other methods.",
    );
    answer
        .headers_mut()
        .insert(header::ALLOW, HeaderValue::from_static(allow));
    answer
}

/// A refusal for programs and for people.
pub fn error(status: StatusCode, code: &str, message: &str) -> Answer {
    let body = ErrorBody {
        error: ErrorDetail {
            code: code.to_owned(),
            message: message.to_owned(),
        },
    };
    json(status, &body)
}

/// JSON.
pub fn json(status: StatusCode, body: &impl Serialize) -> Answer {
    let body = serde_json::to_vec(body).unwrap_or_default();
    with_type(status, body.into(), "application/json")
}

/// Plain text, which no browser takes for anything else.
pub fn text(status: StatusCode, body: &str) -> Answer {
    let body = Bytes::copy_from_slice(body.as_bytes());
    with_type(status, body, "text/plain; charset=utf-8")
}

fn with_type(status: StatusCode, body: Bytes, content_type: &'static str) -> Answer {
    let mut answer = empty(status);
    *answer.body_mut() = Full::new(body);
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    headers.insert(
        header::CONTENT_SECURITY_POLICY,
        HeaderValue::from_static("default-src 'none'; sandbox"),
    );
    answer
}

/// No body, and nothing to be kept.
pub fn empty(status: StatusCode) -> Answer {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer
        .headers_mut()
        .insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    answer
}
