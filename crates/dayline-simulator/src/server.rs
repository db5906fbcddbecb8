//! The simulator behind HTTP/1.1 on 127.0.0.1, plain or with a certificate of its own.
//!
//! Serves until the future is dropped. One lock stands around the simulator: requests are
//! answered one after the other, which is what makes a run repeatable. What the simulator sends
//! to webhooks goes over the network beside that, without the lock.

mod webhooks;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;

use crate::{Config, Error, Simulator};

/// Why a server could not start or go on.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The scenario cannot be used.
    #[error("the scenario cannot be used: {0}")]
    Scenario(#[from] Error),
    /// The listener failed.
    #[error("the listener failed: {0}")]
    Listen(#[from] std::io::Error),
    /// The certificates could not be made.
    #[error("the certificates could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The client for webhooks could not be made, or a certificate that it is to trust is none.
    #[error("no client for webhooks: {0}")]
    Client(#[from] reqwest::Error),
    /// The certificates could not be used.
    #[error("the certificates could not be used: {0}")]
    Tls(#[from] rustls::Error),
}

/// A certificate for localhost, and the authority that signed it.
struct Identity {
    ca_pem: String,
    acceptor: TlsAcceptor,
}

/// A bound server that does not serve yet.
pub struct Server {
    listener: TcpListener,
    identity: Option<Identity>,
    shared: Arc<Shared>,
}

/// How many requests of one mailbox Graph lets run at once ("Throttling limits": Outlook).
const MOST_AT_ONCE: usize = 4;
/// How long a counted request takes, so that requests can meet at all.
const COUNTED_TAKES: std::time::Duration = std::time::Duration::from_millis(50);

struct Shared {
    /// The counted requests that run, by mailbox.
    running: Mutex<BTreeMap<usize, usize>>,
    world: Mutex<(Simulator, ChaCha8Rng)>,
    /// The simulated time at `began`; it runs on from there.
    start: DateTime<Utc>,
    began: std::time::Instant,
    tls: bool,
    /// What asks the webhooks of clients.
    client: reqwest::Client,
    /// Something may be due.
    wake: Notify,
}

impl Server {
    /// Builds the simulator and binds 127.0.0.1:`port`; port 0 takes a free one.
    ///
    /// # Errors
    /// [`ServeError`] if the scenario, the port or the certificates cannot be had.
    pub async fn bind(config: &Config, port: u16, tls: bool) -> Result<Self, ServeError> {
        Self::bind_trusting(config, port, tls, None).await
    }

    /// [`Server::bind`] with a PEM file of certificate authorities that HTTPS webhooks may be of,
    /// beside the system's.
    ///
    /// # Errors
    /// Also if the file holds no certificates.
    pub async fn bind_trusting(
        config: &Config,
        port: u16,
        tls: bool,
        trust: Option<&[u8]>,
    ) -> Result<Self, ServeError> {
        let simulator = Simulator::new(config)?;
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let identity = if tls { Some(identity()?) } else { None };
        let rng = ChaCha8Rng::seed_from_u64(config.seed.wrapping_add(1));
        let shared = Shared {
            running: Mutex::default(),
            world: Mutex::new((simulator, rng)),
            start: config.now,
            began: std::time::Instant::now(),
            tls,
            client: webhooks::client(trust)?,
            wake: Notify::new(),
        };
        Ok(Self {
            listener,
            identity,
            shared: Arc::new(shared),
        })
    }

    /// Where it listens.
    ///
    /// # Errors
    /// If the socket has no address any more.
    pub fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// The PEM of the certificate authority, with TLS.
    pub fn ca_pem(&self) -> Option<&str> {
        self.identity
            .as_ref()
            .map(|identity| identity.ca_pem.as_str())
    }

    /// The accounts of the scenario.
    pub fn accounts(&self) -> Vec<crate::AccountCredentials> {
        self.shared
            .world
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .0
            .accounts()
    }

    /// Serves and notifies for ever.
    ///
    /// # Errors
    /// If the listener fails.
    ///
    /// # Cancel safety
    /// Dropping the future closes the listener; connections that are open live on in their
    /// tasks until their client goes.
    pub async fn serve(self) -> Result<(), ServeError> {
        tokio::select! {
            ended = self.accept() => ended,
            () = webhooks::run(Arc::clone(&self.shared)) => Ok(()),
        }
    }

    async fn accept(&self) -> Result<(), ServeError> {
        loop {
            let (stream, _) = self.listener.accept().await?;
            let shared = Arc::clone(&self.shared);
            let acceptor = self
                .identity
                .as_ref()
                .map(|identity| identity.acceptor.clone());
            tokio::spawn(async move {
                let Some(acceptor) = acceptor else {
                    connection(TokioIo::new(stream), shared).await;
                    return;
                };
                if let Ok(stream) = acceptor.accept(stream).await {
                    connection(TokioIo::new(stream), shared).await;
                }
            });
        }
    }
}

async fn connection<I>(io: I, shared: Arc<Shared>)
where
    I: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let service = service_fn(move |request| answer(request, Arc::clone(&shared)));
    // A client that goes away in mid-request is no failure of the server.
    let _closed = hyper::server::conn::http1::Builder::new()
        .serve_connection(io, service)
        .await;
}

async fn answer(
    request: Request<Incoming>,
    shared: Arc<Shared>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (mut parts, body) = request.into_parts();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(_) => return Ok(plain(http::StatusCode::BAD_REQUEST)),
    };
    if shared.tls {
        absolute(&mut parts);
    }
    let request = Request::from_parts(parts, body);
    let validated = webhooks::validate(&shared, &request).await;
    let now = shared.now();
    let counted = {
        let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
        let simulator = &mut world.0;
        match simulator.counted(&request, now) {
            Some(mailbox) if !shared.enter(mailbox) => {
                return Ok(simulator.refuse_concurrency(&request, now).map(Full::new));
            }
            counted => counted,
        }
    };
    // Counted down whether the client waits for the answer or goes away.
    let _running = counted.map(|mailbox| Running {
        shared: &shared,
        mailbox,
    });
    if counted.is_some() {
        tokio::time::sleep(COUNTED_TAKES).await;
    }
    let (response, first) = {
        let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
        let (simulator, rng) = &mut *world;
        let response = simulator.handle_validated(&request, &validated, now, rng);
        (response, simulator.before_answer())
    };
    webhooks::deliver_all(&shared, first).await;
    shared.wake.notify_one();
    Ok(response.map(Full::new))
}

/// A counted request while it runs.
struct Running<'a> {
    shared: &'a Shared,
    mailbox: usize,
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let running = &self.shared.running;
        let mut running = running.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = running.get_mut(&self.mailbox) {
            *count = count.saturating_sub(1);
        }
    }
}

impl Shared {
    /// The simulated time without what the tests' door added to it.
    fn now(&self) -> DateTime<Utc> {
        let elapsed = chrono::Duration::from_std(self.began.elapsed()).unwrap_or_default();
        self.start + elapsed
    }

    /// Counts one more request of a mailbox; `false` if there are too many.
    fn enter(&self, mailbox: usize) -> bool {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let count = running.entry(mailbox).or_default();
        let free = *count < MOST_AT_ONCE;
        *count += usize::from(free);
        free
    }
}

/// Writes `https` and the host into the URI, which a server sees as a bare path.
fn absolute(parts: &mut http::request::Parts) {
    let host = parts
        .headers
        .get(http::header::HOST)
        .and_then(|host| host.to_str().ok());
    let path = parts
        .uri
        .path_and_query()
        .map_or("/", http::uri::PathAndQuery::as_str);
    if let Some(uri) = host.and_then(|host| format!("https://{host}{path}").parse().ok()) {
        parts.uri = uri;
    }
}

fn plain(status: http::StatusCode) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::default());
    *response.status_mut() = status;
    response
}

fn identity() -> Result<Identity, ServeError> {
    let mut ca = rcgen::CertificateParams::new(Vec::new())?;
    ca.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    ca.distinguished_name
        .push(rcgen::DnType::CommonName, "Dayline simulator");
    let ca_key = rcgen::KeyPair::generate()?;
    let ca_pem = ca.self_signed(&ca_key)?.pem();
    let issuer = rcgen::Issuer::new(ca, ca_key);
    let key = rcgen::KeyPair::generate()?;
    let names = vec!["localhost".to_owned(), "127.0.0.1".to_owned()];
    let leaf = rcgen::CertificateParams::new(names)?.signed_by(&key, &issuer)?;
    let private = PrivateKeyDer::Pkcs8(key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf.der().clone()], private)?;
    Ok(Identity {
        ca_pem,
        acceptor: TlsAcceptor::from(Arc::new(config)),
    })
}

#[cfg(test)]
mod tests;
