//! A WebSocket over the same network: the system's roots and proxies serve it too.

use std::time::Duration;

use ::http::header::{
    CONNECTION, SEC_WEBSOCKET_ACCEPT, SEC_WEBSOCKET_KEY, SEC_WEBSOCKET_VERSION, UPGRADE,
};
use ::http::{HeaderMap, HeaderValue, StatusCode};
use async_trait::async_trait;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::time::timeout;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::handshake::client::generate_key;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::{Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Error, Message};

use super::{HttpError, explain};

/// Servers of Dayline ping each 45 seconds; one that does not for this long is gone.
const SILENT_AFTER: Duration = Duration::from_mins(2);
/// How long the other side may take to agree.
const OPEN_WITHIN: Duration = Duration::from_secs(30);
/// How long a text may take on its way.
const SEND_WITHIN: Duration = Duration::from_secs(10);
/// The longest text that is read.
const LONGEST_TEXT: usize = 64 * 1024;

/// An open WebSocket.
#[async_trait]
pub trait Socket: Send {
    /// Sends a text.
    async fn send(&mut self, text: String) -> Result<(), HttpError>;

    /// The next text; `None` once the other side has hung up.
    ///
    /// # Errors
    /// [`HttpError::Timeout`] if nothing at all was heard for two minutes.
    /// # Cancel safety
    /// No text is lost when it is dropped.
    async fn next(&mut self) -> Result<Option<String>, HttpError>;
}

/// Why there is no WebSocket.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SocketError {
    /// The server was not reached, or not understood.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// The server does not want to: an HTTP status that is not 101.
    #[error("the server refused the connection (HTTP {0})")]
    Refused(u16),
}

/// Asks for a WebSocket at an `https` (or `http`) address.
pub(super) async fn open(
    client: &reqwest::Client,
    url: &str,
    mut headers: HeaderMap,
) -> Result<Box<dyn Socket>, SocketError> {
    let key = generate_key();
    headers.insert(UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    let value = HeaderValue::try_from(&key).map_err(|_| invalid())?;
    headers.insert(SEC_WEBSOCKET_KEY, value);
    let asked = client.get(url).headers(headers).send();
    let answer = timeout(OPEN_WITHIN, asked)
        .await
        .map_err(|_| HttpError::Timeout)?
        .map_err(|error| explain(&error))?;
    if answer.status() != StatusCode::SWITCHING_PROTOCOLS {
        return Err(SocketError::Refused(answer.status().as_u16()));
    }
    let accept = answer.headers().get(SEC_WEBSOCKET_ACCEPT);
    if accept.is_none_or(|accept| accept.as_bytes() != derive_accept_key(key.as_bytes()).as_bytes())
    {
        return Err(HttpError::Broken.into());
    }
    let stream = answer.upgrade().await.map_err(|error| explain(&error))?;
    let config = WebSocketConfig::default()
        .read_buffer_size(4 * 1024)
        .write_buffer_size(0)
        .max_message_size(Some(LONGEST_TEXT))
        .max_frame_size(Some(LONGEST_TEXT));
    let stream = WebSocketStream::from_raw_socket(stream, Role::Client, Some(config)).await;
    Ok(Box::new(Open(stream)))
}

fn invalid() -> HttpError {
    HttpError::Invalid("malformed header".to_owned())
}

struct Open(WebSocketStream<reqwest::Upgraded>);

#[async_trait]
impl Socket for Open {
    async fn send(&mut self, text: String) -> Result<(), HttpError> {
        timeout(SEND_WITHIN, self.0.send(Message::text(text)))
            .await
            .map_err(|_| HttpError::Timeout)?
            .map_err(|error| meaning(&error))
    }

    async fn next(&mut self) -> Result<Option<String>, HttpError> {
        loop {
            let message = timeout(SILENT_AFTER, self.0.next())
                .await
                .map_err(|_| HttpError::Timeout)?;
            match message {
                Some(Ok(Message::Text(text))) => return Ok(Some(text.as_str().to_owned())),
                // Answered by the library; it says that somebody is there.
                Some(Ok(Message::Ping(_) | Message::Pong(_) | Message::Frame(_))) => {}
                Some(Ok(Message::Binary(_))) => return Err(HttpError::Broken),
                Some(Ok(Message::Close(_)) | Err(Error::ConnectionClosed)) | None => {
                    return Ok(None);
                }
                Some(Err(error)) => return Err(meaning(&error)),
            }
        }
    }
}

fn meaning(error: &Error) -> HttpError {
    match error {
        Error::Capacity(_) => HttpError::TooLarge,
        Error::Io(_) | Error::ConnectionClosed | Error::AlreadyClosed => HttpError::Unreachable,
        _ => HttpError::Broken,
    }
}
