//! A proxy that does to answers what networks do: it breaks them off, holds them back, sends them
//! elsewhere.
//!
//! It stands between `dayline` and the simulator on loopback, one connection for each request. The
//! `Host` header goes through as it comes, so that the links in answers lead back through the proxy.
//! It knows of HTTP what it needs for that, and is no proxy for anything else.

mod answer;
mod certificates;
mod elsewhere;
mod secrets;

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context as _, Result, ensure};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

pub use self::answer::Damage;
use self::answer::{Answer, Ending};
pub use self::certificates::Certificates;
pub use self::elsewhere::Elsewhere;
use crate::simulator::Simulator;

/// The most that a request's head may take.
const LONGEST_HEAD: usize = 64 * 1024;

/// Which answers are damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Those to requests with a token.
    Everything,
    /// Those that list events.
    Events,
    /// Those of the sign-in's servers as well.
    SignInToo,
}

impl Aim {
    fn meets(self, head: &str) -> bool {
        let path = head.split(' ').nth(1).unwrap_or_default();
        let has_token = answer::header(head, "authorization").is_some();
        match self {
            Self::Everything => has_token,
            Self::Events => has_token && (path.contains("/delta") || path.contains("/events")),
            Self::SignInToo => true,
        }
    }
}

/// A running proxy. Dropping it closes its listener.
pub struct Proxy {
    address: SocketAddr,
    scheme: &'static str,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

struct Shared {
    target: String,
    certificates: Option<Certificates>,
    state: Mutex<State>,
    secrets: Mutex<BTreeSet<(String, String)>>,
}

#[derive(Default)]
struct State {
    /// What happens, to which answers, and to how many more of them.
    damage: Option<(Damage, Aim, usize)>,
    /// How many answers it happened to.
    met: usize,
    /// The most bytes of one answer that were sent.
    longest: usize,
}

impl Proxy {
    /// Starts an honest proxy in front of `simulator`, over TLS if there are certificates.
    ///
    /// # Errors
    /// No port is free.
    pub async fn start(simulator: &Simulator, certificates: Option<Certificates>) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let scheme = if certificates.is_some() {
            "https"
        } else {
            "http"
        };
        let shared = Arc::new(Shared {
            target: simulator.authority()?,
            certificates,
            state: Mutex::default(),
            secrets: Mutex::default(),
        });
        let serving = shared.clone();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = serving.clone();
                // A client that goes away is no failure of the proxy's.
                tokio::spawn(async move { shared.serve(stream).await.ok() });
            }
        });
        Ok(Self {
            address,
            scheme,
            shared,
            accepting,
        })
    }

    /// What Dayline's environment has to be to go through it.
    ///
    /// # Errors
    /// The simulator has no addresses.
    pub fn environment(&self, simulator: &Simulator) -> Result<Vec<(&'static str, String)>> {
        let from = format!("http://{}", simulator.authority()?);
        let to = self.origin();
        let variables = simulator.environment()?.into_iter();
        Ok(variables
            .map(|(name, address)| (name, address.replace(&from, &to)))
            .collect())
    }

    /// Damages the next `times` answers that `aim` meets.
    pub fn damage(&self, damage: Damage, aim: Aim, times: usize) {
        let mut state = self.shared.state();
        *state = State {
            damage: Some((damage, aim, times)),
            ..State::default()
        };
    }

    /// Is honest from now on. Tells how many answers were damaged, and the bytes of the longest.
    pub fn be_honest(&self) -> (usize, usize) {
        let state = std::mem::take(&mut *self.shared.state());
        (state.met, state.longest)
    }

    /// Codes, verifiers and tokens that went through it, with what each of them is.
    pub fn secrets(&self) -> Vec<(String, String)> {
        let secrets = self.shared.secrets.lock();
        let secrets = secrets.unwrap_or_else(PoisonError::into_inner);
        secrets.iter().cloned().collect()
    }

    fn origin(&self) -> String {
        format!("{}://localhost:{}", self.scheme, self.address.port())
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn serve(&self, mut stream: TcpStream) -> Result<()> {
        let Some(certificates) = &self.certificates else {
            if self.converse(&mut stream).await? == Ending::Reset {
                stream.set_zero_linger()?;
            }
            return Ok(());
        };
        let damaged = matches!(self.state().damage, Some((Damage::WrongName, ..)));
        if damaged {
            self.state().met += 1;
        }
        let mut stream = certificates.acceptor(damaged).accept(stream).await?;
        self.converse(&mut stream).await?;
        Ok(())
    }

    async fn converse<S>(&self, stream: &mut S) -> Result<Ending>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        let (head, body) = read_request(stream).await?;
        let is_secure = self.certificates.is_some();
        let answer = Answer::fetch(&self.target, &head, &body, is_secure).await?;
        self.secrets
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(secrets::of_exchange(&body, answer.body()));
        let Some(damage) = self.next_damage(&head) else {
            stream.write_all(&answer.bytes()).await?;
            stream.shutdown().await?;
            return Ok(Ending::Close);
        };
        let mut sent = 0;
        let ending = answer.send_damaged(&damage, stream, &mut sent).await;
        let mut state = self.state();
        state.longest = state.longest.max(sent);
        ending
    }

    /// What happens to the answer to this request.
    fn next_damage(&self, head: &str) -> Option<Damage> {
        let mut state = self.state();
        let (damage, aim, times) = state.damage.as_mut()?;
        if *times == 0 || !aim.meets(head) {
            return None;
        }
        *times -= 1;
        let damage = damage.clone();
        state.met += 1;
        Some(damage)
    }
}

/// The head of a request with its empty line, and its body.
async fn read_request<S: AsyncRead + Unpin>(stream: &mut S) -> Result<(String, Vec<u8>)> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await?);
        ensure!(head.len() < LONGEST_HEAD, "a head without an end");
    }
    let head = String::from_utf8(head)?;
    let length = answer::header(&head, "content-length");
    let length: usize = length.map_or(Ok(0), str::parse).context("its length")?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    Ok((head, body))
}
