//! The network: one request out, one whole answer back.

mod socket;

use std::sync::Once;
use std::time::Duration;

use ::http::{HeaderMap, Request, Response};
use async_trait::async_trait;
use bytes::{Bytes, BytesMut};

pub use self::socket::{Socket, SocketError};

/// The largest answer that is read.
const MAX_BODY: usize = 32 * 1024 * 1024;
/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an answer may stay silent between two pieces.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
/// How long an answer may take as a whole, however steadily it drips.
const ANSWER_TIMEOUT: Duration = Duration::from_mins(2);

/// Why a request has no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HttpError {
    /// The server cannot be reached; try again when the network is back.
    #[error("the server could not be reached")]
    Unreachable,
    /// Whoever answered could not prove to be the server: a network's own sign-in page, a proxy that
    /// looks into connections, or a clock that is far off.
    #[error("the server could not prove who it is")]
    Untrusted,
    /// The server stopped answering; try again.
    #[error("the server did not answer in time")]
    Timeout,
    /// The answer broke off or could not be decoded; try again.
    #[error("the answer broke off")]
    Broken,
    /// The answer is larger than 32 MiB; do not try again.
    #[error("the answer is larger than Dayline reads")]
    TooLarge,
    /// The request itself cannot be sent; do not try again.
    #[error("the request could not be sent: {0}")]
    Invalid(String),
    /// The TLS configuration of this system cannot be used.
    #[error("secure connections could not be set up: {0}")]
    Setup(String),
}

/// Sends requests. Redirects are never followed: the caller decides where its token may go.
#[async_trait]
pub trait Http: Send + Sync {
    /// Sends `request` and reads the whole answer, whatever its status.
    ///
    /// # Cancel safety
    /// Dropping the future drops the connection; the server may have acted all the same.
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError>;

    /// Opens a WebSocket at an `https` address. A network that has none is one in which its
    /// server cannot be reached.
    ///
    /// # Errors
    /// [`SocketError::Refused`] with the status that the server answered instead.
    async fn open_socket(
        &self,
        _url: &str,
        _headers: HeaderMap,
    ) -> Result<Box<dyn Socket>, SocketError> {
        Err(HttpError::Unreachable.into())
    }
}

/// reqwest with rustls, the system's roots and proxies, gzip, and no redirects.
#[derive(Debug, Clone)]
pub struct ReqwestHttp {
    client: reqwest::Client,
    /// A WebSocket begins as HTTP/1.1, and lasts.
    sockets: reqwest::Client,
}

impl ReqwestHttp {
    /// A client with its own pool of connections.
    ///
    /// # Errors
    /// [`HttpError::Setup`] if the system's certificates cannot be read.
    pub fn new() -> Result<Self, HttpError> {
        static PROVIDER: Once = Once::new();
        PROVIDER.call_once(|| {
            // Fails only if somebody else installed one before, which serves as well.
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let builder = || {
            reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .connect_timeout(CONNECT_TIMEOUT)
                // Google compresses only for agents that say gzip in their name.
                .user_agent(concat!("Dayline/", env!("CARGO_PKG_VERSION"), " (gzip)"))
        };
        let build = |builder: reqwest::ClientBuilder| {
            builder
                .build()
                .map_err(|error| HttpError::Setup(error.to_string()))
        };
        let client = builder().read_timeout(READ_TIMEOUT).timeout(ANSWER_TIMEOUT);
        Ok(Self {
            client: build(client)?,
            sockets: build(builder().http1_only())?,
        })
    }
}

#[async_trait]
impl Http for ReqwestHttp {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let request = reqwest::Request::try_from(request)
            .map_err(|error| HttpError::Invalid(error.without_url().to_string()))?;
        let mut answer = self
            .client
            .execute(request)
            .await
            .map_err(|error| explain(&error))?;
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = answer.status();
        *response.headers_mut() = std::mem::take(answer.headers_mut());
        let mut body = BytesMut::new();
        while let Some(piece) = answer.chunk().await.map_err(|error| explain(&error))? {
            if body.len() + piece.len() > MAX_BODY {
                return Err(HttpError::TooLarge);
            }
            body.extend_from_slice(&piece);
        }
        *response.body_mut() = body.freeze();
        Ok(response)
    }

    async fn open_socket(
        &self,
        url: &str,
        headers: HeaderMap,
    ) -> Result<Box<dyn Socket>, SocketError> {
        socket::open(&self.sockets, url, headers).await
    }
}

fn explain(error: &reqwest::Error) -> HttpError {
    if is_untrusted(error) {
        HttpError::Untrusted
    } else if error.is_connect() {
        HttpError::Unreachable
    } else if error.is_timeout() {
        HttpError::Timeout
    } else if error.is_builder() {
        HttpError::Invalid("malformed address".to_owned())
    } else {
        HttpError::Broken
    }
}

/// Whether a certificate was refused.
fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    let mut cause = Some(error);
    while let Some(error) = cause {
        // An I/O error shows the cause of what it wraps, not what it wraps.
        let wrapped = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if wrapped.is_some_and(|wrapped| is_untrusted(wrapped)) {
            return true;
        }
        if let Some(error) = error.downcast_ref::<rustls::Error>() {
            return matches!(error, rustls::Error::InvalidCertificate(_));
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests;
