//! The listener: an accept loop of its own, since limits belong to connections.
//!
//! A connection takes a place before a byte of it is read. Header, body and the whole
//! conversation in requests have their time; a WebSocket has its own rules (see
//! [`crate::socket`]).

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::Duration;

use http::{Request, StatusCode};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;

use crate::answers::{self, Answer};
use crate::limits::Place;
use crate::relay::Relay;
use crate::routes::{self, Route};
use crate::socket;

/// The head of a request is here within this; an idle connection ends after it.
const HEAD_WITHIN: Duration = Duration::from_secs(10);
/// A handshake of TLS ends within this.
const TLS_WITHIN: Duration = Duration::from_secs(10);
/// A connection with requests is closed after this, between two of them.
const REQUESTS_FOR: Duration = Duration::from_mins(5);
/// What is in work then may be finished.
const LAST_REQUEST_WITHIN: Duration = Duration::from_secs(15);
/// Heads of requests are shorter.
const LONGEST_HEAD: usize = 16 << 10;
/// How often what is over is forgotten.
const TIDY_EACH: Duration = Duration::from_mins(1);
/// Waits so long after a failed accept: the system is out of files, and needs time.
const ACCEPT_AGAIN: Duration = Duration::from_millis(100);
/// What is open when the relay stops may end by itself within this.
const DRAIN_WITHIN: Duration = Duration::from_secs(20);

/// A bound relay that does not serve yet.
pub struct Server {
    relay: Arc<Relay>,
    listener: TcpListener,
    tls: Option<Arc<RwLock<TlsAcceptor>>>,
}

impl Server {
    /// A server over a bound listener; requests come in over TLS if there is an acceptor.
    pub fn new(
        relay: Arc<Relay>,
        listener: TcpListener,
        tls: Option<Arc<RwLock<TlsAcceptor>>>,
    ) -> Self {
        Self {
            relay,
            listener,
            tls,
        }
    }

    /// Serves until `stop` is over; then sends everybody away, and waits for what is in work.
    pub async fn serve(self, stop: impl Future<Output = ()>) {
        // Every connection holds a receiver; when the last one is gone, the sender is told.
        let (open, watched) = watch::channel(());
        let mut stop = pin!(stop);
        let mut tidy = tokio::time::interval(TIDY_EACH);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                _ = tidy.tick() => {
                    let relay = Arc::clone(&self.relay);
                    drop(tokio::task::spawn_blocking(move || relay.tidy()));
                }
                accepted = self.listener.accept() => match accepted {
                    Ok((stream, peer)) => self.take(stream, peer, watched.clone()),
                    // It went before it was taken, and the next one must not wait for that.
                    Err(error) if is_of_peer(&error) => {}
                    Err(error) => {
                        tracing::warn!(%error, "a connection could not be accepted");
                        tokio::time::sleep(ACCEPT_AGAIN).await;
                    }
                },
            }
        }
        drop(self.listener);
        drop(watched);
        tracing::info!("stopping");
        self.relay.drain();
        if tokio::time::timeout(DRAIN_WITHIN, open.closed())
            .await
            .is_err()
        {
            tracing::warn!("connections were cut off");
        }
    }

    fn take(&self, stream: TcpStream, peer: SocketAddr, open: watch::Receiver<()>) {
        let place = match self.relay.limits.enter(peer.ip()) {
            Ok(place) => place,
            Err(limit) => {
                self.relay.metrics.refused(limit);
                return;
            }
        };
        // A hint is one small packet, and should not wait for another one.
        let _best_effort = stream.set_nodelay(true);
        let relay = Arc::clone(&self.relay);
        let tls = self.tls.as_ref().map(|acceptor| {
            acceptor
                .read()
                .unwrap_or_else(PoisonError::into_inner)
                .clone()
        });
        tokio::spawn(async move {
            let Some(acceptor) = tls else {
                connection(relay, stream, peer.ip(), place, open).await;
                return;
            };
            if let Ok(Ok(stream)) = tokio::time::timeout(TLS_WITHIN, acceptor.accept(stream)).await
            {
                connection(relay, stream, peer.ip(), place, open).await;
            }
        });
    }
}

/// What a connection holds, until its socket takes it over.
struct Held {
    place: Place,
    open: watch::Receiver<()>,
}

fn is_of_peer(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(
        error.kind(),
        ConnectionAborted | ConnectionRefused | ConnectionReset
    )
}

async fn connection<S>(
    relay: Arc<Relay>,
    stream: S,
    peer: IpAddr,
    place: Place,
    open: watch::Receiver<()>,
) where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let stopping = Arc::clone(&relay);
    let held = Arc::new(Mutex::new(Some(Held { place, open })));
    let service = service_fn({
        let held = Arc::clone(&held);
        move |request| answer::<S>(Arc::clone(&relay), peer, Arc::clone(&held), request)
    });
    let serving = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_WITHIN)
        .max_buf_size(LONGEST_HEAD)
        .max_headers(64)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut serving = pin!(serving);
    let over = async {
        let end = tokio::time::Instant::now() + REQUESTS_FOR;
        while tokio::time::Instant::now() < end && !stopping.is_draining() {
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
    };
    tokio::select! {
        // A peer that goes away in mid-request is no failure of the relay.
        _ended = serving.as_mut() => return,
        () = over => serving.as_mut().graceful_shutdown(),
    }
    let _ended = tokio::time::timeout(LAST_REQUEST_WITHIN, serving).await;
}

async fn answer<S>(
    relay: Arc<Relay>,
    peer: IpAddr,
    held: Arc<Mutex<Option<Held>>>,
    request: Request<Incoming>,
) -> Result<Answer, Infallible>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    if Route::of(request.method(), request.uri().path()) == Route::Connect {
        return Ok(connect::<S>(relay, &held, request));
    }
    Ok(routes::answer(&relay, peer, request).await)
}

fn connect<S>(
    relay: Arc<Relay>,
    held: &Mutex<Option<Held>>,
    mut request: Request<Incoming>,
) -> Answer
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    if !relay.is_open() {
        return answers::unavailable();
    }
    let bearer = routes::bearer(request.headers());
    let secret = match relay.authorize(bearer, chrono::Utc::now()) {
        Ok(secret) => secret,
        Err(denied) => return answers::denied_answer(&relay, denied),
    };
    let answer = match socket::upgrade(request.headers()) {
        Ok(answer) => answer,
        Err(message) => return answers::error(StatusCode::BAD_REQUEST, "malformed", message),
    };
    let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(Held { place, open }) = held.take() else {
        return answers::unavailable();
    };
    let place = match relay.limits.become_socket(place) {
        Ok(place) => place,
        Err(place) => {
            *held = Some(Held { place, open });
            return answers::unavailable();
        }
    };
    let upgraded = hyper::upgrade::on(&mut request);
    tokio::spawn(async move {
        let Ok(upgraded) = upgraded.await else {
            return;
        };
        if let Ok(parts) = upgraded.downcast::<TokioIo<S>>() {
            // Empty or not, it holds the buffer of the requests.
            let already_read = parts.read_buf.to_vec();
            drop(parts.read_buf);
            socket::run(relay, secret, parts.io.into_inner(), already_read).await;
        }
        drop((place, open));
    });
    answer
}
