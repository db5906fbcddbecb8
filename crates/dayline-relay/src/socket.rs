//! A device's WebSocket: hello, welcome, hints, and a ping now and then.
//!
//! Each waits in one task with small buffers and no compression, for most of its life is waiting:
//! what one costs is what decides how many there can be.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dayline_relay_protocol::{
    Bye, FromRelay, LONGEST_DEVICE_FRAME, Position, Reason, VERSION, Welcome,
};
use futures_util::{SinkExt as _, StreamExt as _};
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use http_body_util::Full;
use rand::Rng as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, sleep_until, timeout};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::error::ProtocolError;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;
use tokio_tungstenite::tungstenite::protocol::frame::coding::CloseCode;
use tokio_tungstenite::tungstenite::protocol::{CloseFrame, Role, WebSocketConfig};
use tokio_tungstenite::tungstenite::{Bytes, Error, Message as Raw, Utf8Bytes};

use crate::answers::Answer;
use crate::cluster::{Seat, Told};
use crate::metered::Metered;
use crate::metrics::SocketEnd;
use crate::registry::{Count, Link};
use crate::relay::Relay;
use crate::seal::Secret;
use crate::session::{Identified, Message, Step, Unidentified};

/// A device says hello, and takes in what it is sent, within this.
const PATIENCE: Duration = Duration::from_secs(10);
/// Hints that come within this after others wait for each other.
const SPACING: Duration = Duration::from_millis(200);
/// Routers forget connections on which nothing was said for a minute.
const PING_EACH: Duration = Duration::from_secs(45);
/// Who did not answer two pings is gone.
const SILENT_AFTER: Duration = Duration::from_mins(2);
/// A socket that ends says so, or not.
const GOODBYE_WITHIN: Duration = Duration::from_secs(2);
/// Devices that are sent away come back spread over so many milliseconds.
const SPREAD_MS: u64 = 10_000;

/// The answer that makes a request a WebSocket, or why it cannot be one.
///
/// # Errors
/// What is missing, for the answer.
/// # Source
/// RFC 6455 §4.2.
pub fn upgrade(headers: &HeaderMap) -> Result<Answer, &'static str> {
    let has = |name, token: &str| {
        headers.get_all(name).iter().any(|value: &HeaderValue| {
            value.to_str().is_ok_and(|value| {
                value
                    .split(',')
                    .any(|part| part.trim().eq_ignore_ascii_case(token))
            })
        })
    };
    if !has(header::UPGRADE, "websocket") || !has(header::CONNECTION, "upgrade") {
        return Err("This path takes WebSockets only.");
    }
    if headers
        .get(header::SEC_WEBSOCKET_VERSION)
        .is_none_or(|version| version.as_bytes() != b"13")
    {
        return Err("Only version 13 of WebSocket is spoken here.");
    }
    let key = headers
        .get(header::SEC_WEBSOCKET_KEY)
        .filter(|key| {
            STANDARD
                .decode(key.as_bytes())
                .is_ok_and(|key| key.len() == 16)
        })
        .ok_or("Sec-WebSocket-Key is not 16 bytes in base64.")?;
    let accept = HeaderValue::try_from(derive_accept_key(key.as_bytes()))
        .map_err(|_| "Sec-WebSocket-Key cannot be answered.")?;
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = StatusCode::SWITCHING_PROTOCOLS;
    let headers = answer.headers_mut();
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::SEC_WEBSOCKET_ACCEPT, accept);
    Ok(answer)
}

/// Talks with a device until one of both has enough.
pub async fn run<S>(relay: Arc<Relay>, secret: Secret, io: S, already_read: Vec<u8>)
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let config = WebSocketConfig::default()
        .read_buffer_size(1024)
        .write_buffer_size(0)
        .max_write_buffer_size(16 * 1024)
        .max_message_size(Some(LONGEST_DEVICE_FRAME))
        .max_frame_size(Some(LONGEST_DEVICE_FRAME));
    let opened = Instant::now();
    let lives = secret.expires().signed_duration_since(chrono::Utc::now());
    let websocket = WebSocketStream::from_partially_read(
        Metered::new(io, opened),
        already_read,
        Role::Server,
        Some(config),
    )
    .await;
    let mut socket = Socket {
        relay,
        websocket,
        opened,
        over_at: opened + lives.to_std().unwrap_or_default(),
    };
    let end = socket.live(&secret).await;
    socket.relay.metrics.socket_ended(end);
}

struct Socket<S> {
    relay: Arc<Relay>,
    websocket: WebSocketStream<Metered<S>>,
    opened: Instant,
    /// When the secret ends.
    over_at: Instant,
}

impl<S: AsyncRead + AsyncWrite + Unpin> Socket<S> {
    async fn live(&mut self, secret: &Secret) -> SocketEnd {
        let (mut identified, last) = match timeout(PATIENCE, self.identify()).await {
            Ok(Ok(identified)) => identified,
            Ok(Err(end)) => return self.hang_up(end).await,
            Err(_) => return self.hang_up(SocketEnd::Silent).await,
        };
        // Most sockets have none, and wait for long.
        let mut seat: Option<Box<Seat>> = None;
        let mut start = Count::new();
        if let Some(cluster) = self.relay.cluster() {
            let taking = Box::pin(Seat::take(cluster, secret.device, last.as_ref()));
            let Ok((taken, adopted)) = taking.await else {
                return self.hang_up(SocketEnd::Draining).await;
            };
            seat = Some(Box::new(taken));
            start = adopted.unwrap_or(start);
        }
        drop(last);
        let (link, position) = self.relay.registry.connect(secret.device, start);
        let welcome = FromRelay::Welcome(Welcome {
            version: VERSION,
            position,
        });
        let mut end = self.send(&welcome).await;
        if end.is_ok() {
            // A drain or a revocation that began before the device was here did not see it.
            end = if self.relay.is_draining() {
                Err(SocketEnd::Draining)
            } else if self.relay.is_revoked(secret) {
                Err(SocketEnd::Revoked)
            } else {
                self.serve(&mut identified, &link, &mut seat).await
            };
        }
        match seat {
            None => self
                .relay
                .registry
                .disconnect(&link, std::time::Instant::now()),
            Some(seat) => {
                // Where it is now, its count is another one.
                if let Some(count) = self.relay.registry.leave(&link)
                    && end != Err(SocketEnd::Replaced)
                {
                    Box::pin(seat.leave(count)).await;
                }
            }
        }
        match end {
            Err(end) => self.hang_up(end).await,
            Ok(()) => SocketEnd::Left,
        }
    }

    async fn identify(&mut self) -> Result<(Identified, Option<Position>), SocketEnd> {
        let mut unidentified = Unidentified::default();
        loop {
            let raw = self.next().await?;
            let step = unidentified.take(message(&raw), self.elapsed_ms());
            match step.map_err(|_| SocketEnd::Protocol)? {
                Step::Wait(again) => unidentified = again,
                Step::Welcome(identified, last) => return Ok((identified, last)),
            }
        }
    }

    async fn serve(
        &mut self,
        device: &mut Identified,
        link: &Link,
        seat: &mut Option<Box<Seat>>,
    ) -> Result<(), SocketEnd> {
        let mut heard = Instant::now();
        let mut ping_at = heard + jittered(PING_EACH);
        // Before this no hint is sent.
        let mut rest_until = heard;
        // A hint waits for that. Who rests and has nothing to say sets no timer for it.
        let mut waits = false;
        loop {
            tokio::select! {
                biased;
                raw = self.websocket.next() => {
                    let raw = received(raw)?;
                    heard = Instant::now();
                    device
                        .take(message(&raw), self.elapsed_ms())
                        .map_err(|_| SocketEnd::Protocol)?;
                }
                () = link.woken(), if !waits => {
                    if Instant::now() < rest_until {
                        waits = true;
                    } else {
                        self.tell(link, &mut rest_until).await?;
                    }
                }
                told = told(seat) => {
                    let (is_queued, answer) = match told {
                        Told::Hint(channel, kind, answer) => {
                            (self.relay.take_in(link, channel, kind), answer)
                        }
                        Told::Missed(answer) => (self.relay.registry.missed(link), answer),
                        Told::Moved => return Err(SocketEnd::Replaced),
                    };
                    if let Some(seat) = seat.as_ref().filter(|_| is_queued) {
                        Box::pin(seat.confirm(answer)).await;
                    }
                }
                () = sleep_until(if waits { rest_until.min(ping_at) } else { ping_at }) => {
                    let now = Instant::now();
                    if waits && now >= rest_until {
                        waits = false;
                        self.tell(link, &mut rest_until).await?;
                    }
                    if now >= ping_at {
                        if now >= self.over_at {
                            return Err(SocketEnd::Revoked);
                        }
                        if now - heard > SILENT_AFTER {
                            return Err(SocketEnd::Silent);
                        }
                        self.write(Raw::Ping(Bytes::new())).await?;
                        ping_at = now + jittered(PING_EACH);
                    }
                }
            }
        }
    }

    /// Sends what there is to say, and rests if it was anything.
    async fn tell(&mut self, link: &Link, rest_until: &mut Instant) -> Result<(), SocketEnd> {
        let frames = self.relay.registry.take(link).map_err(end_of)?;
        // All of them within it: who takes one at a time does not hear of anything else meanwhile.
        timeout(PATIENCE, self.send_all(&frames))
            .await
            .map_err(|_| SocketEnd::Slow)??;
        if !frames.is_empty() {
            *rest_until = Instant::now() + SPACING;
        }
        Ok(())
    }

    async fn next(&mut self) -> Result<Raw, SocketEnd> {
        received(self.websocket.next().await)
    }

    async fn send_all(&mut self, frames: &[FromRelay]) -> Result<(), SocketEnd> {
        for frame in frames {
            self.send(frame).await?;
        }
        Ok(())
    }

    async fn send(&mut self, frame: &FromRelay) -> Result<(), SocketEnd> {
        let text = serde_json::to_string(frame).map_err(|_| SocketEnd::Left)?;
        self.write(Raw::Text(text.into())).await?;
        self.relay.metrics.frame();
        Ok(())
    }

    async fn write(&mut self, raw: Raw) -> Result<(), SocketEnd> {
        match timeout(PATIENCE, self.websocket.send(raw)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(SocketEnd::Left),
            Err(_) => Err(SocketEnd::Slow),
        }
    }

    /// Says why, if that is of use, and closes.
    async fn hang_up(&mut self, end: SocketEnd) -> SocketEnd {
        let (reason, code) = match end {
            SocketEnd::Left | SocketEnd::Slow | SocketEnd::Silent => return end,
            SocketEnd::Protocol => (Reason::Protocol, CloseCode::Policy),
            SocketEnd::Replaced => (Reason::Replaced, CloseCode::Normal),
            SocketEnd::Revoked => (Reason::Revoked, CloseCode::Policy),
            SocketEnd::Draining => (Reason::Draining, CloseCode::Restart),
        };
        let bye = FromRelay::Bye(Bye {
            reason,
            retry_after_ms: rand::rng().random_range(0..SPREAD_MS),
        });
        let goodbye = async {
            self.send(&bye).await?;
            let close = CloseFrame {
                code,
                reason: Utf8Bytes::default(),
            };
            self.websocket
                .close(Some(close))
                .await
                .map_err(|_| SocketEnd::Left)?;
            // The other side closes as well, or is not waited for.
            while self.next().await.is_ok() {}
            Ok::<(), SocketEnd>(())
        };
        // It ends in any case.
        let _said = timeout(GOODBYE_WITHIN, goodbye).await;
        end
    }

    fn elapsed_ms(&self) -> u64 {
        u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX)
    }
}

/// What the other nodes tell, if there are any.
async fn told(seat: &mut Option<Box<Seat>>) -> Told {
    match seat {
        Some(seat) => Box::pin(seat.next()).await,
        None => std::future::pending().await,
    }
}

fn received(raw: Option<Result<Raw, Error>>) -> Result<Raw, SocketEnd> {
    match raw {
        // Computers fall asleep and networks change: few devices say goodbye.
        Some(
            Ok(Raw::Close(_))
            | Err(
                Error::ConnectionClosed
                | Error::AlreadyClosed
                | Error::Protocol(ProtocolError::ResetWithoutClosingHandshake),
            ),
        )
        | None => Err(SocketEnd::Left),
        Some(Ok(raw)) => Ok(raw),
        Some(Err(Error::Io(error))) if error.kind() != io::ErrorKind::InvalidData => {
            Err(SocketEnd::Left)
        }
        Some(Err(_)) => Err(SocketEnd::Protocol),
    }
}

fn message(raw: &Raw) -> Message<'_> {
    match raw {
        Raw::Text(text) => Message::Text(text),
        Raw::Ping(_) | Raw::Pong(_) => Message::SignOfLife,
        Raw::Binary(_) | Raw::Close(_) | Raw::Frame(_) => Message::Other,
    }
}

fn end_of(reason: Reason) -> SocketEnd {
    match reason {
        Reason::Draining => SocketEnd::Draining,
        Reason::Replaced => SocketEnd::Replaced,
        Reason::Revoked => SocketEnd::Revoked,
        Reason::Protocol => SocketEnd::Protocol,
    }
}

/// Between three quarters and the whole of it, so that not all ping at once.
fn jittered(whole: Duration) -> Duration {
    whole.mul_f64(rand::rng().random_range(0.75..1.0))
}

#[cfg(test)]
mod tests;
