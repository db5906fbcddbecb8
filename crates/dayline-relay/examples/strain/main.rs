//! Puts a running relay under strain and says what came of it: what a waiting device costs
//! (`idle`), whether forged webhooks get through (`forgeries`), and how long a webhook takes to
//! its device (`hops`).
//!
//! ```text
//! cargo run --release -p dayline-relay --example strain -- hops --relay 127.0.0.1:8080
//! ```
//!
//! It speaks HTTP by hand, so that what is measured is the relay and not a client.

mod forger;
mod http;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context as _;
use clap::{Parser, ValueEnum};
use dayline_relay_protocol::{Channel, Device};
use futures_util::{SinkExt as _, StreamExt as _};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::WebSocketConfig;

use crate::forger::Forger;
use crate::http::Http;

const STATE: &str = "what only the vendor knows";

#[derive(Parser)]
struct Options {
    strain: Strain,
    /// The relay, without TLS.
    #[arg(long, default_value = "127.0.0.1:8080")]
    relay: SocketAddr,
    /// Its process, for its memory.
    #[arg(long)]
    pid: Option<u32>,
    /// Its key file, for channels that are sealed well and over.
    #[arg(long)]
    keys: Option<PathBuf>,
    /// Honest devices that are connected meanwhile.
    #[arg(long, default_value_t = 1_000)]
    devices: usize,
    /// Forged webhooks.
    #[arg(long, default_value_t = 1_000_000)]
    requests: u64,
    /// Connections that they come on.
    #[arg(long, default_value_t = 4)]
    connections: u64,
    /// Honest webhooks in a second.
    #[arg(long, default_value_t = 1_000)]
    rate: u64,
    /// How long.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Strain {
    Idle,
    Forgeries,
    Hops,
}

/// An honest device.
struct Honest {
    channel: String,
    socket: Option<WebSocketStream<TcpStream>>,
    /// When its last webhook was sent, in nanoseconds from the start.
    sent: Arc<AtomicU64>,
}

fn main() -> anyhow::Result<()> {
    let options = Options::parse();
    tokio::runtime::Runtime::new()?.block_on(strain(options))
}

async fn strain(options: Options) -> anyhow::Result<()> {
    let before = memory(options.pid)?;
    let mut devices = Vec::with_capacity(options.devices);
    let mut http = Http::new(options.relay);
    for _ in 0..options.devices {
        devices.push(honest(&mut http, options.relay).await?);
    }
    drop(http);
    say(&format!("{} devices connected", devices.len()));
    // Connections that were used to get here are over by then.
    tokio::time::sleep(Duration::from_secs(3)).await;
    let with = memory(options.pid)?;
    if let (Some(before), Some(with)) = (before, with) {
        let devices = u64::try_from(options.devices)?.max(1);
        let each = with.saturating_sub(before) * 1024 / devices;
        say(&format!(
            "memory {before} → {with} KiB, {each} bytes a device"
        ));
    }
    match options.strain {
        Strain::Idle => tokio::time::sleep(Duration::from_secs(options.seconds)).await,
        Strain::Forgeries => forgeries(&options, devices).await?,
        Strain::Hops => hops(&options, devices).await?,
    }
    if let Some(after) = memory(options.pid)? {
        say(&format!("memory at the end {after} KiB"));
    }
    Ok(())
}

async fn honest(http: &mut Http, relay: SocketAddr) -> anyhow::Result<Honest> {
    let (status, body) = http.post("/v1/devices", "", b"").await?;
    anyhow::ensure!(status == 201, "enrolment: {status}");
    let device: Device = serde_json::from_slice(&body)?;
    let wanted = format!(
        r#"{{"vendor":"microsoft","client_state_sha256":"{}"}}"#,
        hex::encode(Sha256::digest(STATE))
    );
    let bearer = format!("authorization: Bearer {}\r\n", device.secret);
    let (status, body) = http
        .post("/v1/channels", &bearer, wanted.as_bytes())
        .await?;
    anyhow::ensure!(status == 201, "channel: {status}");
    let channel: Channel = serde_json::from_slice(&body)?;
    let stream = TcpStream::connect(relay).await?;
    stream.set_nodelay(true)?;
    let mut request = format!("ws://{relay}/v1/connect").into_client_request()?;
    let bearer = format!("Bearer {}", device.secret).parse()?;
    request.headers_mut().insert("authorization", bearer);
    let config = WebSocketConfig::default()
        .read_buffer_size(1024)
        .write_buffer_size(0);
    let (mut socket, _) =
        tokio_tungstenite::client_async_with_config(request, stream, Some(config)).await?;
    socket
        .send(Message::text(r#"{"type":"hello","version":1}"#))
        .await?;
    socket.next().await.context("no welcome")??;
    let (_, channel) = channel.url.rsplit_once('/').context("no channel")?;
    Ok(Honest {
        channel: channel.to_owned(),
        socket: Some(socket),
        sent: Arc::default(),
    })
}

async fn forgeries(options: &Options, devices: Vec<Honest>) -> anyhow::Result<()> {
    let frames = Arc::new(AtomicU64::new(0));
    let mut channels = Vec::new();
    for device in devices {
        channels.push(device.channel);
        let frames = Arc::clone(&frames);
        let mut socket = device.socket.context("no socket")?;
        tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                if message.is_text() {
                    frames.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
    }
    let forger = Arc::new(Forger::new(options.keys.as_deref(), channels)?);
    let began = Instant::now();
    let each = options.requests / options.connections;
    let senders: Vec<_> = (0..options.connections)
        .map(|_| {
            let forger = Arc::clone(&forger);
            let mut http = Http::new(options.relay);
            tokio::spawn(async move {
                let (mut accepted, mut took) = (0_u64, Vec::new());
                for number in 0..each {
                    let (path, head, body) = forger.forge(number);
                    let sent = Instant::now();
                    let (status, _) = http.post(&path, head, body.as_bytes()).await?;
                    took.push(sent.elapsed());
                    accepted += u64::from((200..300).contains(&status));
                }
                anyhow::Ok((accepted, took))
            })
        })
        .collect();
    let (mut accepted, mut took) = (0, Vec::new());
    for sender in senders {
        let (some, times) = sender.await??;
        accepted += some;
        took.extend(times);
    }
    say(&format!(
        "{} forged webhooks in {:?}: {accepted} accepted, {} frames",
        took.len(),
        began.elapsed(),
        frames.load(Ordering::Relaxed)
    ));
    say_times("answer to a forged webhook", took);
    Ok(())
}

async fn hops(options: &Options, mut devices: Vec<Honest>) -> anyhow::Result<()> {
    let start = Instant::now();
    let nanos = move || u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
    let (told, mut hears) = tokio::sync::mpsc::unbounded_channel();
    for device in &mut devices {
        let (sent, told) = (Arc::clone(&device.sent), told.clone());
        let mut socket = device.socket.take().context("no socket")?;
        tokio::spawn(async move {
            while let Some(Ok(message)) = socket.next().await {
                let sent = sent.swap(0, Ordering::AcqRel);
                if message.is_text() && sent > 0 {
                    let _over = told.send(Duration::from_nanos(nanos().saturating_sub(sent)));
                }
            }
        });
    }
    drop(told);
    let devices = Arc::new(devices);
    let senders: Vec<_> = (0..options.connections)
        .map(|offset| {
            let devices = Arc::clone(&devices);
            let mut http = Http::new(options.relay);
            let (step, end) = (options.connections, Duration::from_secs(options.seconds));
            let mut due = tokio::time::interval(Duration::from_nanos(1_000_000_000 * step / options.rate.max(1)));
            tokio::spawn(async move {
                let (mut answers, mut lost) = (Vec::new(), 0_u64);
                let body = format!(
                    r#"{{"value":[{{"subscriptionId":"s","clientState":"{STATE}","changeType":"updated","resource":"Users/u/Events/e","tenantId":"t"}}]}}"#
                );
                let mine = devices.iter().skip(usize::try_from(offset)?);
                let mut mine = mine.step_by(usize::try_from(step)?).cycle();
                while start.elapsed() < end {
                    due.tick().await;
                    let device = mine.next().context("no devices")?;
                    let path = format!("/v1/hooks/microsoft/{}", device.channel);
                    let began = Instant::now();
                    device.sent.store(nanos(), Ordering::Release);
                    match http.post(&path, "content-type: application/json\r\n", body.as_bytes()).await {
                        Ok((202, _)) => answers.push(began.elapsed()),
                        _ => lost += 1,
                    }
                }
                anyhow::Ok((answers, lost))
            })
        })
        .collect();
    let (mut answers, mut lost) = (Vec::new(), 0);
    for sender in senders {
        let (some, failed) = sender.await??;
        answers.extend(some);
        lost += failed;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let mut hops = Vec::new();
    while let Ok(hop) = hears.try_recv() {
        hops.push(hop);
    }
    say(&format!("{lost} webhooks without 202"));
    say_times("webhook to answer", answers);
    say_times("webhook to frame", hops);
    Ok(())
}

/// The proportional share of the process's memory, in KiB.
fn memory(pid: Option<u32>) -> anyhow::Result<Option<u64>> {
    let Some(pid) = pid else {
        return Ok(None);
    };
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("Pss:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    Ok(Some(number.context("no Pss")?.parse()?))
}

fn say_times(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |percent: usize| {
        let index = times.len() * percent / 100;
        let time = times.get(index.min(times.len().saturating_sub(1)));
        time.copied().unwrap_or_default()
    };
    say(&format!(
        "{what}: {} times, p50 {:?}, p99 {:?}, longest {:?}",
        times.len(),
        at(50),
        at(99),
        at(100)
    ));
}

fn say(line: &str) {
    // Who reads it may be gone.
    let _written = writeln!(std::io::stdout(), "{line}");
}
