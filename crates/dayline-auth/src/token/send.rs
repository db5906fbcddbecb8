//! Lets the oauth2 crate send through the host, and keeps from it what OAuth does not know.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::{Host, HttpError};
use http::header::{CONTENT_TYPE, RETRY_AFTER};
use http::{Response, StatusCode};
use oauth2::{HttpRequest, HttpResponse};

/// The longest pause that a `Retry-After` may ask for.
const LONGEST_PAUSE: Duration = Duration::from_hours(1);

/// Why the request brought nothing that OAuth knows.
#[derive(Debug, thiserror::Error)]
pub(super) enum SendError {
    /// The network failed.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// 429 or a server error.
    #[error("the server asks for patience")]
    Busy { after: Option<Duration> },
    /// Somebody else answered in the server's place.
    #[error("the network answers in the server's place")]
    NetworkLogin,
    /// Something else than JSON.
    #[error("the answer is not JSON")]
    Unreadable,
}

type Sending = Pin<Box<dyn Future<Output = Result<HttpResponse, SendError>> + Send>>;

/// Lets the oauth2 crate send through [`Host::http`].
pub(super) fn sender(host: &Host) -> impl Fn(HttpRequest) -> Sending {
    let host = host.clone();
    move |request| {
        let host = host.clone();
        Box::pin(async move { send(&host, request).await })
    }
}

async fn send(host: &Host, request: HttpRequest) -> Result<HttpResponse, SendError> {
    let response = host.http.send(request.map(Bytes::from)).await?;
    let status = response.status();
    // A captive portal redirects to itself, or answers with its page.
    if status.is_redirection()
        || status == StatusCode::NETWORK_AUTHENTICATION_REQUIRED
        || (status.is_success() && is_of_kind(&response, "text/html"))
    {
        return Err(SendError::NetworkLogin);
    }
    if status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error() {
        return Err(SendError::Busy {
            after: retry_after(&response, host.clock.now()),
        });
    }
    if !is_json(&response) {
        return Err(SendError::Unreadable);
    }
    Ok(response.map(Vec::from))
}

pub(super) fn is_json(response: &Response<Bytes>) -> bool {
    is_of_kind(response, "application/json")
}

fn is_of_kind(response: &Response<Bytes>, wanted: &str) -> bool {
    let Some(Ok(kind)) = response
        .headers()
        .get(CONTENT_TYPE)
        .map(http::HeaderValue::to_str)
    else {
        return false;
    };
    let kind = kind.split(';').next().unwrap_or_default().trim();
    kind.eq_ignore_ascii_case(wanted)
}

/// RFC 9110 §10.2.3: seconds, or a date.
fn retry_after(response: &Response<Bytes>, now: DateTime<Utc>) -> Option<Duration> {
    let text = response.headers().get(RETRY_AFTER)?.to_str().ok()?.trim();
    let pause = if let Ok(seconds) = text.parse() {
        Duration::from_secs(seconds)
    } else {
        let until = DateTime::parse_from_rfc2822(text).ok()?;
        until
            .signed_duration_since(now)
            .to_std()
            .unwrap_or_default()
    };
    Some(pause.min(LONGEST_PAUSE))
}
