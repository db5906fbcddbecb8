//! Relays and NATS servers die in pairs while everything goes on.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use dayline_relay_protocol::{Channel, Device, FromRelay, Position};
use futures_util::future::join_all;
use rand::Rng as _;
use reqwest::{Client, StatusCode};

use crate::nodes::{Nodes, changed};
use crate::stage::Socket;

const STATE: &str = "what only the vendor knows";
/// A device would look by itself this often. No change may wait for that.
const BACKSTOP: Duration = Duration::from_mins(1);
/// Changes in a second, to all devices in turn.
const RATE: u64 = 200;
/// Both processes are away for so long.
const AWAY: Duration = Duration::from_secs(2);
/// And all are there for so long after that.
const BACK: Duration = Duration::from_secs(3);

/// What all devices found.
#[derive(Default)]
struct Found {
    looks: AtomicU64,
    hints: AtomicU64,
    strange: AtomicU64,
    connects: AtomicU64,
    adopted: AtomicU64,
    over: AtomicBool,
}

/// A device, and the oldest of its changes that it did not look at yet.
struct Watcher {
    device: Device,
    channel: Channel,
    waiting: Mutex<Option<Instant>>,
    longest: Mutex<Duration>,
}

impl Watcher {
    /// The device looks at everything, or only at its channel, which is all that it has.
    fn look(&self) {
        if let Some(since) = self.waiting.lock().unwrap().take() {
            let mut longest = self.longest.lock().unwrap();
            *longest = longest.max(since.elapsed());
        }
    }

    /// What was not looked at yet counts as well.
    fn longest_so_far(&self) -> Duration {
        let waiting = self.waiting.lock().unwrap();
        let open = waiting.map(|since| since.elapsed()).unwrap_or_default();
        open.max(*self.longest.lock().unwrap())
    }

    /// Connects to a node, whichever takes it, and again when that is over.
    async fn live(&self, relays: &[SocketAddr], found: &Found) {
        let mut last: Option<Position> = None;
        while !found.over.load(Ordering::Relaxed) {
            let relay = relays[rand::rng().random_range(0..relays.len())];
            let opening = Socket::open(relay, &self.device.secret);
            if let Ok(Ok(socket)) = tokio::time::timeout(Duration::from_secs(5), opening).await {
                self.listen(socket, &mut last, found).await;
            } else {
                let pause = rand::rng().random_range(100..1_000);
                tokio::time::sleep(Duration::from_millis(pause)).await;
            }
        }
    }

    async fn listen(&self, mut socket: Socket, last: &mut Option<Position>, found: &Found) {
        let Some(position) = socket.try_hello(last.clone()).await else {
            return;
        };
        found.connects.fetch_add(1, Ordering::Relaxed);
        if last.as_ref() == Some(&position) {
            found.adopted.fetch_add(1, Ordering::Relaxed);
        } else {
            found.looks.fetch_add(1, Ordering::Relaxed);
            self.look();
        }
        *last = Some(position);
        while !found.over.load(Ordering::Relaxed) {
            let next = tokio::time::timeout(Duration::from_secs(1), socket.try_next());
            match next.await {
                Err(_) => {}
                Ok(Some(FromRelay::Hint(hint))) => {
                    found.hints.fetch_add(1, Ordering::Relaxed);
                    if hint.channel != self.channel.id {
                        found.strange.fetch_add(1, Ordering::Relaxed);
                    }
                    self.look();
                    *last = Some(hint.position);
                }
                Ok(Some(FromRelay::Missed(position))) => {
                    found.looks.fetch_add(1, Ordering::Relaxed);
                    self.look();
                    *last = Some(position);
                }
                Ok(_) => return,
            }
        }
    }
}

/// The vendor: sends to some node, and to another one until one takes it.
async fn send(clients: &[Watcher], relays: &[SocketAddr], found: &Found) -> (u64, u64) {
    let http = Client::builder()
        .no_proxy()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    let (sent, again) = (AtomicU64::new(0), AtomicU64::new(0));
    let next = AtomicUsize::new(0);
    let workers = (0..8).map(|_| async {
        let mut due = tokio::time::interval(Duration::from_micros(8_000_000 / RATE));
        while !found.over.load(Ordering::Relaxed) {
            due.tick().await;
            let client = &clients[next.fetch_add(1, Ordering::Relaxed) % clients.len()];
            let mut node = rand::rng().random_range(0..relays.len());
            loop {
                // It counts from before it is taken: it may be told before the answer is read.
                client
                    .waiting
                    .lock()
                    .unwrap()
                    .get_or_insert_with(Instant::now);
                let relay = relays[node % relays.len()];
                match changed(&http, relay, &client.channel, STATE).await {
                    Ok(StatusCode::ACCEPTED) => break,
                    Ok(StatusCode::SERVICE_UNAVAILABLE) | Err(_) => {
                        again.fetch_add(1, Ordering::Relaxed);
                        node += 1;
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                    Ok(other) => panic!("{other}"),
                }
            }
            sent.fetch_add(1, Ordering::Relaxed);
        }
    });
    join_all(workers).await;
    (sent.into_inner(), again.into_inner())
}

/// So many devices, and which processes die together: relays are 0, 1 and 2. With
/// `DAYLINE_RELAY_CLIENTS` so many others, and every pair.
fn how() -> (usize, Vec<(usize, usize)>) {
    match std::env::var("DAYLINE_RELAY_CLIENTS") {
        Ok(number) => {
            let pairs = (0..6).flat_map(|first| (0..first).map(move |second| (first, second)));
            (number.parse().unwrap(), pairs.collect())
        }
        Err(_) => (150, vec![(0, 3), (1, 4), (2, 5), (3, 4), (0, 1)]),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn any_two_of_six_may_die_and_no_change_waits_for_the_backstop() {
    let mut nodes = Nodes::start(3, 3).await;
    let relays: Vec<SocketAddr> = (0..3).map(|number| nodes.relay(number)).collect();
    let mut clients = Vec::new();
    let (devices, pairs) = how();
    for number in 0..devices {
        let device = nodes.enrol(number).await;
        let channel = nodes.channel(number, &device, STATE).await;
        clients.push(Watcher {
            device,
            channel,
            waiting: Mutex::default(),
            longest: Mutex::default(),
        });
    }
    let (clients, relays) = (Arc::new(clients), Arc::new(relays));
    let found = Arc::new(Found::default());
    let sending = tokio::spawn({
        let (clients, relays, found) = (clients.clone(), relays.clone(), found.clone());
        async move { send(&clients, &relays, &found).await }
    });
    let living = tokio::spawn({
        let (clients, relays, found) = (clients.clone(), relays.clone(), found.clone());
        async move { join_all(clients.iter().map(|client| client.live(&relays, &found))).await }
    });
    for (first, second) in pairs {
        tokio::time::sleep(BACK).await;
        nodes.kill(first);
        nodes.kill(second);
        tokio::time::sleep(AWAY).await;
        nodes.revive(first);
        nodes.revive(second);
        nodes.ready().await;
        let longest = clients.iter().map(Watcher::longest_so_far).max();
        println!("after {first} and {second} died: {longest:?}");
    }
    tokio::time::sleep(BACK).await;
    found.over.store(true, Ordering::Relaxed);
    let (sent, again) = sending.await.unwrap();
    living.await.unwrap();
    let waited: Vec<Duration> = clients.iter().map(Watcher::longest_so_far).collect();
    let longest = waited.iter().max().copied().unwrap();
    let count = |number: &AtomicU64| number.load(Ordering::Relaxed);
    println!(
        "{} devices, {sent} changes ({again} sent again), {} hints, {} connects of which {} went \
         on, {} looks; longest waits for a change: {longest:?}, {} devices above 5 s",
        clients.len(),
        count(&found.hints),
        count(&found.connects),
        count(&found.adopted),
        count(&found.looks),
        waited.iter().filter(|wait| wait.as_secs() >= 5).count(),
    );
    assert_eq!(count(&found.strange), 0);
    assert!(longest < BACKSTOP, "{longest:?}");
}
