//! A listener on this machine that takes one browser's answer.
//!
//! Bound to 127.0.0.1 and a port that the system picks. It knows the hash of the state that was
//! sent: whatever else a web page or another program asks it gets an error and does not end the
//! wait. No HTTP server crate: one request line and one header matter, and nothing else is read.

mod request;

use std::io;
use std::time::Duration;

use dayline_model::ProviderKind;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use url::Url;

use self::request::{Reply, judge};

/// The longest request head.
const MAX_HEAD: usize = 8 * 1024;
/// How much more of an oversized request is read and thrown away.
const MAX_REST: u64 = 256 * 1024;
/// How long one connection may take, for its request and again for its answer.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(5);
/// How many connections are served at once; further ones wait their turn.
const MAX_CONNECTIONS: usize = 32;

/// Why no answer came.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LoopbackError {
    /// The user did not come back in time.
    #[error("The browser did not come back in time. Start the sign-in again")]
    TimedOut,
    /// The system took the listener away.
    #[error("Dayline could not listen for the browser's answer: {0}")]
    Failed(String),
}

/// The listener. Dropping it closes its port.
#[derive(Debug)]
pub struct Loopback {
    listener: TcpListener,
    port: u16,
}

impl Loopback {
    /// Starts listening on 127.0.0.1, on a port that the system picks.
    ///
    /// # Errors
    /// The system's, if it gives no port.
    pub async fn bind() -> io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        Ok(Self { listener, port })
    }

    /// The port, for [`crate::Redirect::Loopback`].
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Waits for the answer whose state has this hash; then the port is closed.
    ///
    /// Shape: the whole address that the browser asked for. It holds the code: do not log it.
    ///
    /// # Errors
    /// [`LoopbackError::TimedOut`] after `timeout`.
    /// # Cancel safety
    /// Dropping the future closes the port; an answer that was under way is lost.
    pub async fn wait(
        self,
        provider: ProviderKind,
        state_hash: &[u8; 32],
        timeout: Duration,
    ) -> Result<Url, LoopbackError> {
        let host = host_of(provider, self.port);
        let answer = accept_until_answered(&self.listener, &host, state_hash);
        match tokio::time::timeout(timeout, answer).await {
            Ok(answer) => answer.map_err(|error| LoopbackError::Failed(error.to_string())),
            Err(_) => Err(LoopbackError::TimedOut),
        }
    }
}

/// The `Host` that the redirect we sent makes the browser send.
fn host_of(provider: ProviderKind, port: u16) -> String {
    match provider {
        ProviderKind::Microsoft => format!("localhost:{port}"),
        ProviderKind::Google => format!("127.0.0.1:{port}"),
    }
}

async fn accept_until_answered(
    listener: &TcpListener,
    host: &str,
    state_hash: &[u8; 32],
) -> io::Result<Url> {
    let mut connections = FuturesUnordered::new();
    loop {
        tokio::select! {
            biased;
            Some(answer) = connections.next() => {
                if let Some(url) = answer {
                    return Ok(url);
                }
            }
            accepted = listener.accept(), if connections.len() < MAX_CONNECTIONS => match accepted {
                Ok((stream, _)) => connections.push(serve(stream, host, state_hash)),
                // The other side was faster than us.
                Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
                Err(error) => return Err(error),
            },
        }
    }
}

/// Serves one connection; gives the address if it was the answer.
async fn serve(mut stream: TcpStream, host: &str, state_hash: &[u8; 32]) -> Option<Url> {
    let read = tokio::time::timeout(CONNECTION_TIMEOUT, read_head(&mut stream)).await;
    let reply = match read {
        Ok(Ok(Some(head))) => judge(&head, host, state_hash),
        Ok(Ok(None)) => Reply::TooLarge,
        Ok(Err(_)) | Err(_) => return None,
    };
    // The answer counts even if the browser does not wait for the page.
    let _ = tokio::time::timeout(CONNECTION_TIMEOUT, write_reply(&mut stream, &reply)).await;
    match reply {
        Reply::Answer(url) => Some(*url),
        _ => None,
    }
}

async fn write_reply(stream: &mut TcpStream, reply: &Reply) -> io::Result<()> {
    stream.write_all(reply.to_http().as_bytes()).await?;
    stream.shutdown().await?;
    if *reply == Reply::TooLarge {
        // Closing on unread bytes resets the connection, and the browser would never show the
        // page. So read on for a while, and forget it.
        let mut rest = stream.take(MAX_REST);
        tokio::io::copy(&mut rest, &mut tokio::io::sink()).await?;
    }
    Ok(())
}

/// Reads until the empty line; `None` if it does not come within [`MAX_HEAD`].
async fn read_head(stream: &mut TcpStream) -> io::Result<Option<Vec<u8>>> {
    let mut head = Vec::new();
    let mut piece = [0; 1024];
    loop {
        let count = stream.read(&mut piece).await?;
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        head.extend_from_slice(piece.get(..count).unwrap_or_default());
        if head.len() > MAX_HEAD {
            return Ok(None);
        }
        if head.windows(4).any(|end| end == b"\r\n\r\n") {
            return Ok(Some(head));
        }
    }
}

#[cfg(test)]
mod tests;
