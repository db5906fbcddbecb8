//! From a request to its answer.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use chrono::Utc;
use dayline_relay_protocol::{Rotation, Vendor};
use http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Incoming;
use serde::de::DeserializeOwned;
use tokio::sync::OwnedSemaphorePermit;

use crate::answers::{
    Answer, denied_answer, empty, error, json, method_not_allowed, not_json, nowhere, text,
    unavailable,
};
use crate::hooks;
use crate::metrics::HookOutcome;
use crate::relay::{Answered, Denied, Relay};

/// Graph's largest bodies are batches of basic notifications, of about 1 KiB each.
const LONGEST_NOTIFICATION: usize = 1 << 20;
/// Everything else is a few hundred bytes.
const LONGEST_BODY: usize = 16 << 10;
/// Who sends more slowly is not waited for.
const BODY_WITHIN: Duration = Duration::from_secs(10);

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route<'a> {
    /// `POST /v1/devices`
    Enrol,
    /// `DELETE /v1/devices`
    Revoke,
    /// `POST /v1/devices/secret`
    Rotate,
    /// `POST /v1/channels`
    OpenChannel,
    /// `GET /v1/connect`
    Connect,
    /// `POST /v1/hooks/{vendor}/{channel}`
    Hook(Vendor, &'a str),
    /// `GET /healthz`
    Health,
    /// `GET /readyz`
    Ready,
    /// `GET /metrics`
    Metrics,
    /// `GET /robots.txt`
    Robots,
    /// A path with other methods.
    Other(&'static str),
    /// No such path.
    Nowhere,
}

impl<'a> Route<'a> {
    /// Finds the way.
    pub fn of(method: &Method, path: &'a str) -> Self {
        let get = method == Method::GET;
        let post = method == Method::POST;
        let path = path.strip_prefix('/').unwrap_or(path);
        // No path here has more than four parts.
        let parts: Vec<&str> = path.splitn(5, '/').collect();
        let (route, allow) = match parts.as_slice() {
            ["v1", "devices"] if method == Method::DELETE => (Self::Revoke, None),
            ["v1", "devices"] => (Self::Enrol, (!post).then_some("POST, DELETE")),
            ["v1", "devices", "secret"] => (Self::Rotate, (!post).then_some("POST")),
            ["v1", "channels"] => (Self::OpenChannel, (!post).then_some("POST")),
            ["v1", "connect"] => (Self::Connect, (!get).then_some("GET")),
            ["v1", "hooks", "microsoft", channel] => (
                Self::Hook(Vendor::Microsoft, channel),
                (!post).then_some("POST"),
            ),
            ["v1", "hooks", "google", channel] => (
                Self::Hook(Vendor::Google, channel),
                (!post).then_some("POST"),
            ),
            ["healthz"] => (Self::Health, (!get).then_some("GET")),
            ["readyz"] => (Self::Ready, (!get).then_some("GET")),
            ["metrics"] => (Self::Metrics, (!get).then_some("GET")),
            ["robots.txt"] => (Self::Robots, (!get).then_some("GET")),
            _ => (Self::Nowhere, None),
        };
        allow.map_or(route, Self::Other)
    }

    /// Whether the answer tells of devices, secrets or channels.
    fn is_answered_for(&self) -> bool {
        matches!(
            self,
            Self::Enrol | Self::Revoke | Self::Rotate | Self::OpenChannel | Self::Hook(..)
        )
    }
}

/// Answers everything but [`Route::Connect`].
pub async fn answer(relay: &Arc<Relay>, peer: IpAddr, request: Request<Incoming>) -> Answer {
    let (parts, body) = request.into_parts();
    let bearer = bearer(&parts.headers);
    let route = Route::of(&parts.method, parts.uri.path());
    if route.is_answered_for() && !relay.is_open() {
        return unavailable();
    }
    let answered = match route {
        Route::Hook(vendor, channel) => {
            let notification = match notification(relay, vendor, channel, body).await {
                Ok(notification) => notification,
                Err(answer) => return answer,
            };
            let began = Instant::now();
            let (mut outcome, mut answer) = hook(relay, vendor, channel, &parts, &notification);
            if outcome == HookOutcome::Malformed && notification.is_large() {
                // A large body is not looked at for a channel that does not open: the answer must
                // not tell that it was.
                (outcome, answer) = (HookOutcome::Refused, nowhere());
            }
            relay.metrics.hook(vendor, outcome, began.elapsed());
            return answer;
        }
        Route::Enrol => enrol(relay, bearer, peer),
        // The body comes first: who is revoked while it is on its way gets nothing for it.
        Route::Rotate => match read(body, LONGEST_BODY).await {
            Ok(body) => rotate(relay, bearer, &body).await,
            Err(answer) => return answer,
        },
        Route::Revoke => revoke(relay, bearer).await,
        Route::OpenChannel => match read(body, LONGEST_BODY).await {
            Ok(body) => open_channel(relay, bearer, &body),
            Err(answer) => return answer,
        },
        Route::Health => Ok(text(StatusCode::OK, "ok\n")),
        Route::Ready if relay.is_draining() => {
            Ok(text(StatusCode::SERVICE_UNAVAILABLE, "draining\n"))
        }
        Route::Ready if !relay.is_ready() => {
            Ok(text(StatusCode::SERVICE_UNAVAILABLE, "waiting for NATS\n"))
        }
        Route::Ready => Ok(text(StatusCode::OK, "ready\n")),
        Route::Metrics if is_near(peer) => Ok(metrics(relay)),
        // Google's sender reads it, and keeps to it.
        Route::Robots => Ok(text(
            StatusCode::OK,
            "User-agent: *\nAllow: /v1/hooks/\nDisallow: /\n",
        )),
        Route::Other(allow) => Ok(method_not_allowed(allow)),
        Route::Connect | Route::Metrics | Route::Nowhere => Ok(nowhere()),
    };
    answered.unwrap_or_else(|denied| denied_answer(relay, denied))
}

/// The body of a webhook.
enum Notification {
    /// As it came, with its place if it is large.
    Whole(Vec<u8>, Option<OwnedSemaphorePermit>),
    /// Large, for a channel that does not open: read, and not kept.
    Dropped,
}

impl Notification {
    fn is_large(&self) -> bool {
        matches!(self, Self::Dropped | Self::Whole(_, Some(_)))
    }
}

async fn notification(
    relay: &Relay,
    vendor: Vendor,
    channel: &str,
    body: Incoming,
) -> Result<Notification, Answer> {
    let longest = match vendor {
        Vendor::Microsoft => LONGEST_NOTIFICATION,
        // It says all in headers.
        Vendor::Google => LONGEST_BODY,
    };
    let mut body = Limited::new(body, longest);
    let reading = async {
        let (mut whole, mut place, mut keeps) = (Vec::new(), None, true);
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|error| broken(&*error))?.into_data() else {
                continue;
            };
            if keeps && place.is_none() && whole.len().saturating_add(data.len()) > LONGEST_BODY {
                if relay.channel(vendor, channel, Utc::now()).is_none() {
                    whole = Vec::new();
                    keeps = false;
                } else {
                    place = Some(
                        relay
                            .limits
                            .large_body()
                            .ok_or_else(|| last(unavailable()))?,
                    );
                }
            }
            if keeps {
                whole.extend_from_slice(&data);
            }
        }
        Ok(if keeps {
            Notification::Whole(whole, place)
        } else {
            Notification::Dropped
        })
    };
    match tokio::time::timeout(BODY_WITHIN, reading).await {
        Ok(read) => read,
        Err(_) => Err(too_slow()),
    }
}

fn hook(
    relay: &Relay,
    vendor: Vendor,
    channel: &str,
    parts: &http::request::Parts,
    notification: &Notification,
) -> (HookOutcome, Answer) {
    if relay.is_draining() {
        return (HookOutcome::Unavailable, unavailable());
    }
    let Notification::Whole(body, _place) = notification else {
        return (HookOutcome::Refused, nowhere());
    };
    let opened = relay.channel(vendor, channel, Utc::now());
    let notices = match vendor {
        Vendor::Google => hooks::google::notice(&parts.headers)
            .into_iter()
            .collect::<Vec<_>>(),
        Vendor::Microsoft => {
            if let Some(token) = hooks::microsoft::handshake(parts.uri.query()) {
                return match (opened, token) {
                    (_, None) => (
                        HookOutcome::Malformed,
                        error(
                            StatusCode::BAD_REQUEST,
                            "malformed",
                            "This is no validation token.",
                        ),
                    ),
                    (None, _) => (HookOutcome::Refused, nowhere()),
                    (Some(_), Some(token)) => {
                        (HookOutcome::Handshake, text(StatusCode::OK, &token))
                    }
                };
            }
            if !is_json(&parts.headers) {
                return (HookOutcome::Malformed, not_json());
            }
            match hooks::microsoft::notices(body) {
                Some(notices) => notices,
                None => {
                    return (
                        HookOutcome::Malformed,
                        error(
                            StatusCode::BAD_REQUEST,
                            "malformed",
                            "The body is no collection of change notifications.",
                        ),
                    );
                }
            }
        }
    };
    match relay.announce(opened.as_ref(), &notices) {
        Answered::Queued => (HookOutcome::Accepted, empty(StatusCode::ACCEPTED)),
        Answered::Refused => (HookOutcome::Refused, nowhere()),
        Answered::Unavailable => (HookOutcome::Unavailable, unavailable()),
    }
}

fn enrol(relay: &Relay, bearer: Option<&str>, peer: IpAddr) -> Result<Answer, Denied> {
    let device = relay.enrol(bearer, peer, Utc::now())?;
    Ok(json(StatusCode::CREATED, &device))
}

async fn rotate(relay: &Arc<Relay>, bearer: Option<&str>, body: &[u8]) -> Result<Answer, Denied> {
    let now = Utc::now();
    let device = relay.authorize(bearer, now)?.device;
    let rotation: Rotation = if body.is_empty() {
        Rotation::default()
    } else {
        parse(body)?
    };
    let device = on_disk(relay, move |relay| relay.rotate(device, rotation, now)).await?;
    Ok(json(StatusCode::OK, &device))
}

async fn revoke(relay: &Arc<Relay>, bearer: Option<&str>) -> Result<Answer, Denied> {
    let now = Utc::now();
    let device = relay.authorize(bearer, now)?.device;
    on_disk(relay, move |relay| relay.revoke(device, now)).await?;
    Ok(empty(StatusCode::NO_CONTENT))
}

fn open_channel(relay: &Relay, bearer: Option<&str>, body: &[u8]) -> Result<Answer, Denied> {
    let now = Utc::now();
    let device = relay.authorize(bearer, now)?.device;
    let channel = relay.open_channel(device, &parse(body)?, now)?;
    Ok(json(StatusCode::CREATED, &channel))
}

/// Webhooks and frames do not wait for the disk.
async fn on_disk<T: Send + 'static>(
    relay: &Arc<Relay>,
    work: impl FnOnce(&Relay) -> Result<T, Denied> + Send + 'static,
) -> Result<T, Denied> {
    let relay = Arc::clone(relay);
    tokio::task::spawn_blocking(move || work(&relay))
        .await
        .unwrap_or(Err(Denied::Unavailable))
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Denied> {
    serde_json::from_slice(body)
        .map_err(|_| Denied::Malformed("The body is not the JSON that is expected here."))
}

/// The numbers are for this machine and its private network.
fn is_near(peer: IpAddr) -> bool {
    match peer.to_canonical() {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

fn metrics(relay: &Relay) -> Answer {
    let (here, away) = relay.registry.count();
    let mut answer = text(StatusCode::OK, &relay.metrics.text(here, away));
    answer.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    );
    answer
}

/// The token of `Authorization: Bearer …`.
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

fn is_json(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_none_or(|value| {
        value.to_str().is_ok_and(|value| {
            let essence = value.split(';').next().unwrap_or_default().trim();
            essence.eq_ignore_ascii_case("application/json")
        })
    })
}

async fn read(body: Incoming, longest: usize) -> Result<Bytes, Answer> {
    match tokio::time::timeout(BODY_WITHIN, Limited::new(body, longest).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(failure)) => Err(broken(&*failure)),
        Err(_) => Err(too_slow()),
    }
}

fn broken(failure: &(dyn std::error::Error + Send + Sync + 'static)) -> Answer {
    last(if failure.is::<LengthLimitError>() {
        error(
            StatusCode::PAYLOAD_TOO_LARGE,
            "too_large",
            "The body is too large.",
        )
    } else {
        error(
            StatusCode::BAD_REQUEST,
            "malformed",
            "The body ended early.",
        )
    })
}

fn too_slow() -> Answer {
    last(error(
        StatusCode::REQUEST_TIMEOUT,
        "too_slow",
        "The body took too long.",
    ))
}

/// The rest of the body is not waited for.
fn last(mut answer: Answer) -> Answer {
    answer
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_has_its_methods() {
        for (method, path, expected) in [
            ("POST", "/v1/devices", Route::Enrol),
            ("DELETE", "/v1/devices", Route::Revoke),
            ("PUT", "/v1/devices", Route::Other("POST, DELETE")),
            ("POST", "/v1/devices/secret", Route::Rotate),
            ("POST", "/v1/channels", Route::OpenChannel),
            ("GET", "/v1/connect", Route::Connect),
            ("POST", "/v1/connect", Route::Other("GET")),
            (
                "POST",
                "/v1/hooks/microsoft/abc",
                Route::Hook(Vendor::Microsoft, "abc"),
            ),
            (
                "POST",
                "/v1/hooks/google/abc",
                Route::Hook(Vendor::Google, "abc"),
            ),
            ("GET", "/v1/hooks/google/abc", Route::Other("POST")),
            ("POST", "/v1/hooks/yahoo/abc", Route::Nowhere),
            ("POST", "/v1/hooks/google/abc/d", Route::Nowhere),
            ("GET", "/healthz", Route::Health),
            ("GET", "/readyz", Route::Ready),
            ("GET", "/metrics", Route::Metrics),
            ("GET", "/robots.txt", Route::Robots),
            ("GET", "/", Route::Nowhere),
            ("GET", "", Route::Nowhere),
            ("GET", "//v1/connect", Route::Nowhere),
        ] {
            let method = method.parse().unwrap();
            assert_eq!(Route::of(&method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn numbers_are_not_for_the_world() {
        for (peer, near) in [
            ("127.0.0.1", true),
            ("::1", true),
            ("172.17.0.2", true),
            ("::ffff:10.0.0.1", true),
            ("fd00::1", true),
            ("203.0.113.7", false),
            ("2001:db8::1", false),
        ] {
            assert_eq!(is_near(peer.parse().unwrap()), near, "{peer}");
        }
    }

    #[test]
    fn a_bearer_is_a_scheme_and_a_token() {
        for (value, expected) in [
            ("Bearer abc", Some("abc")),
            ("bearer  abc ", Some("abc")),
            ("Basic abc", None),
            ("Bearer", None),
            ("", None),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            assert_eq!(bearer(&headers), expected, "{value}");
        }
        assert_eq!(bearer(&HeaderMap::new()), None);
    }
}
