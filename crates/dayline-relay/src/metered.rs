//! A stream that ends when more is read from it than its other side can have to say.
//!
//! Counting messages is not enough: parts of a message can go on without end and never become
//! one, and reading them leaves no turn for anything else.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Instant;

/// A hello is a fraction of it.
const BURST: u64 = 16 << 10;
/// And for each second: a ping of the longest kind every two seconds.
const EACH_SECOND: u64 = 64;

/// The stream, and what was read of it.
pub struct Metered<S> {
    io: S,
    opened: Instant,
    read: u64,
}

impl<S> Metered<S> {
    /// Counts from now on.
    pub fn new(io: S, opened: Instant) -> Self {
        Self {
            io,
            opened,
            read: 0,
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Metered<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        ready!(Pin::new(&mut self.io).poll_read(cx, buf))?;
        let read = buf.filled().len().saturating_sub(before);
        self.read = self
            .read
            .saturating_add(u64::try_from(read).unwrap_or(u64::MAX));
        let allowed = BURST.saturating_add(self.opened.elapsed().as_secs() * EACH_SECOND);
        if self.read > allowed {
            // Told apart from a connection that broke.
            return Poll::Ready(Err(io::ErrorKind::InvalidData.into()));
        }
        Poll::Ready(Ok(()))
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Metered<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.io).poll_write(cx, buf)
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.io).poll_shutdown(cx)
    }
}
