//! Many WebSockets at one server, read by one thread.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, bail, ensure};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

use super::frames::{self, Frame};
use super::http;

/// So many handshakes at once do not overflow what a server keeps for its accept loop.
pub const POLITE: usize = 64;
/// All have to be here, or have heard what they should, within this.
const PATIENCE: Duration = Duration::from_mins(1);

/// How one socket is opened.
pub struct Seat {
    /// The path.
    pub path: String,
    /// More lines of the head, whole.
    pub head: String,
    /// What is said first, if anything; the server answers it.
    pub hello: Option<&'static str>,
}

/// A text that came.
pub struct Heard {
    /// To which seat.
    pub seat: usize,
    /// When it was read.
    pub at: Instant,
    /// What it says.
    pub text: Box<[u8]>,
}

enum Happened {
    Here,
    Heard(Heard),
    Ended(anyhow::Error),
}

/// Open sockets. Dropping them closes them all.
pub struct Crowd {
    happened: Receiver<Happened>,
    // One worker: tasks start on it, and it reads.
    _runtime: Runtime,
}

impl Crowd {
    /// Opens all sockets, `at_once` at a time, and waits until each is here and was welcomed.
    pub fn gather(server: SocketAddr, seats: Vec<Seat>, at_once: usize) -> Result<Self> {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("crowd")
            .enable_all()
            .build()?;
        let (tell, happened) = channel();
        let count = seats.len();
        let doors = Arc::new(Semaphore::new(at_once));
        for (number, seat) in seats.into_iter().enumerate() {
            let (tell, doors) = (tell.clone(), Arc::clone(&doors));
            runtime.spawn(async move {
                let ended = sit(server, number, seat, &doors, &tell).await;
                let _nobody_listens = tell.send(Happened::Ended(ended));
            });
        }
        let crowd = Self {
            happened,
            _runtime: runtime,
        };
        let patience = Instant::now() + PATIENCE;
        let mut here = 0;
        while here < count {
            match crowd.next(patience)? {
                Some(Happened::Here) => here += 1,
                Some(Happened::Heard(_)) => {}
                Some(Happened::Ended(why)) => return Err(why.context("a socket did not open")),
                None => bail!("only {here} of {count} sockets are open"),
            }
        }
        Ok(crowd)
    }

    /// What the sockets hear until they heard `count` texts.
    ///
    /// # Errors
    /// It is less, or a socket ended.
    pub fn hear(&self, count: usize) -> Result<Vec<Heard>> {
        let patience = Instant::now() + PATIENCE;
        let mut all = Vec::with_capacity(count);
        while all.len() < count {
            match self.next(patience)? {
                Some(happened) => all.extend(heard(happened)?),
                None => bail!("{} frames came, and not {count}", all.len()),
            }
        }
        Ok(all)
    }

    /// What the sockets heard up to now and until nothing comes for `quiet`.
    pub fn hear_out(&self, quiet: Duration) -> Result<Vec<Heard>> {
        let mut all = Vec::new();
        while let Some(happened) = self.next(Instant::now() + quiet)? {
            all.extend(heard(happened)?);
        }
        Ok(all)
    }

    fn next(&self, until: Instant) -> Result<Option<Happened>> {
        use std::sync::mpsc::RecvTimeoutError;
        let left = until.saturating_duration_since(Instant::now());
        match self.happened.recv_timeout(left) {
            Ok(happened) => Ok(Some(happened)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => bail!("no socket is left"),
        }
    }
}

fn heard(happened: Happened) -> Result<Option<Heard>> {
    match happened {
        Happened::Here => Ok(None),
        Happened::Heard(heard) => Ok(Some(heard)),
        Happened::Ended(why) => Err(why.context("a socket ended")),
    }
}

/// Opens a socket and listens until it ends; tells why.
async fn sit(
    server: SocketAddr,
    number: usize,
    seat: Seat,
    doors: &Semaphore,
    tell: &Sender<Happened>,
) -> anyhow::Error {
    let open = async {
        let _door = doors.acquire().await?;
        open(server, &seat).await
    };
    let mut socket = match open.await {
        Ok(socket) => socket,
        Err(why) => return why,
    };
    // What it took to get in is not needed any more.
    drop(seat);
    let _nobody_listens = tell.send(Happened::Here);
    loop {
        match socket.text().await {
            Ok(text) => {
                let at = Instant::now();
                let heard = Heard {
                    seat: number,
                    at,
                    text,
                };
                let _nobody_listens = tell.send(Happened::Heard(heard));
            }
            Err(why) => return why,
        }
    }
}

struct Socket {
    stream: TcpStream,
    read: Vec<u8>,
}

async fn open(server: SocketAddr, seat: &Seat) -> Result<Socket> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let mut socket = Socket {
        stream,
        read: Vec::new(),
    };
    let request = format!(
        "GET {} HTTP/1.1\r\nhost: relay\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\
         sec-websocket-version: 13\r\nsec-websocket-key: MDEyMzQ1Njc4OWFiY2RlZg==\r\n{}\r\n",
        seat.path, seat.head
    );
    socket.stream.write_all(request.as_bytes()).await?;
    let end = loop {
        socket.more().await?;
        if let Some(end) = http::end_of_head(&socket.read) {
            break end;
        }
    };
    let frames = socket.read.split_off(end);
    let head = String::from_utf8(std::mem::replace(&mut socket.read, frames))?;
    let status = http::status(&head)?;
    ensure!(status == 101, "a socket was answered {status}");
    if let Some(hello) = seat.hello {
        socket.stream.write_all(&frames::text(hello)?).await?;
        let welcome = socket.text().await?;
        ensure!(
            welcome.starts_with(br#"{"type":"welcome""#),
            "no welcome but {}",
            String::from_utf8_lossy(&welcome)
        );
    }
    Ok(socket)
}

impl Socket {
    /// The next text. Pings are answered meanwhile.
    async fn text(&mut self) -> Result<Box<[u8]>> {
        loop {
            match frames::take(&mut self.read)? {
                Some(Frame::Text(text)) => return Ok(text),
                Some(Frame::Ping) => self.stream.write_all(&frames::PONG).await?,
                Some(Frame::Close) => bail!("the server closed a socket"),
                None => self.more().await?,
            }
        }
    }

    async fn more(&mut self) -> Result<()> {
        self.stream.readable().await?;
        let mut piece = [0; 1024];
        let read = self.stream.try_read(&mut piece);
        if read
            .as_ref()
            .is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock)
        {
            return Ok(());
        }
        let length = read.context("a socket broke")?;
        ensure!(length > 0, "the server hung up on a socket");
        self.read
            .extend_from_slice(piece.get(..length).unwrap_or_default());
        Ok(())
    }
}
