//! Several relays that are one, through NATS.
//!
//! A webhook may reach any node, and a device holds its socket to one. Whoever holds it listens on
//! the device's subject, so that NATS knows where to route. A hint is a request: a node that has
//! the device answers it; where none does, the device is marked in a JetStream stream, which keeps
//! one message per device. So a hint is in a queue or in a mark, unless the node that took it dies.
//!
//! ```text
//! webhook → outbox → request dayline.hint.<shard>.<device> → seat → registry → socket
//!                         └ nobody ──→ mark dayline.missed.<shard>.<device>
//! ```
//!
//! A node remembers no device that is away: where its count stands is in the stream (see
//! [`Whereabouts`]). A device whose count stands where the stream says goes on from there on any
//! node, and any other begins anew and looks for itself. Nothing here is needed for that to be
//! safe; NATS may be gone, forget, or come back with less.

mod outbox;
mod revoked;
mod seat;
mod wire;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use async_nats::jetstream::context::{CreateStreamError, CreateStreamErrorKind};
use async_nats::jetstream::{self, ErrorCode};
use async_nats::{Client, ConnectOptions, Event, RequestErrorKind, ServerAddr};
use chrono::{DateTime, Utc};
use dayline_relay_protocol::HintKind;
use futures_util::{StreamExt as _, stream};
use rand::TryRngCore as _;
use rand::rngs::OsRng;
use tokio::sync::{Semaphore, watch};
use tokio::time::{sleep, timeout};

use self::outbox::{Errand, Outbox, Unmarked, Who};
use self::revoked::Revoked;
pub use self::seat::{ReplyTo, Seat, Told};
use self::wire::{NodeId, STREAM, STREAM_SUBJECTS, Say, Whereabouts, hint_subject, missed_subject};
use crate::metrics::Carried;
use crate::relay::Relay;
use crate::revocations::Ends;
use crate::seal::{Channel, DeviceId};

/// Hints that wait; a webhook that finds no place is answered with 503.
const MOST_WAITING: usize = 65_536;
/// Hints that are on their way at once.
const MOST_CARRIED: usize = 1_024;
/// Hints that come within this are carried together, and two of a kind once.
const CARRIED_EACH: Duration = Duration::from_millis(5);
/// A node that has the device answers within this, or has it no more.
const ANSWER_WITHIN: Duration = Duration::from_secs(1);
/// JetStream answers within this.
const STREAM_WITHIN: Duration = Duration::from_secs(2);
/// Devices whose marks are missing.
const MOST_UNMARKED: usize = 100_000;
/// And of those so many are tried again at once.
const MOST_MARKED: usize = 64;
/// What NATS did not take is tried again after this.
const AGAIN: Duration = Duration::from_secs(1);
/// A device that is away for longer begins anew.
const REMEMBERED: Duration = Duration::from_hours(24);
/// With so many replicas one server may be lost.
const REPLICAS: usize = 3;
/// A device has a handful of hints on its way at most.
const SUBSCRIPTION_HOLDS: usize = 64;

/// A node's share in the cluster.
#[derive(Debug)]
pub struct Cluster {
    client: Client,
    jetstream: jetstream::Context,
    /// Of the stream and the bucket; 3 in a cluster of NATS and 1 without if nothing was said.
    replicas: Option<usize>,
    node: NodeId,
    outbox: Outbox,
    unmarked: Unmarked,
    revoked: Revoked,
    /// How often it was connected.
    connected: watch::Receiver<u64>,
    is_prepared: AtomicBool,
}

impl Cluster {
    /// Begins to connect, and goes on with it for as long as it takes; has to be run
    /// (see [`Self::run`]).
    ///
    /// # Errors
    /// If the servers cannot be used at all, or the system has no randomness.
    pub async fn join(servers: Vec<ServerAddr>, replicas: Option<usize>) -> anyhow::Result<Self> {
        let (times, connected) = watch::channel(0_u64);
        let times = Arc::new(times);
        let client = ConnectOptions::new()
            .name("dayline-relay")
            .retry_on_initial_connect()
            .subscription_capacity(SUBSCRIPTION_HOLDS)
            .reconnect_delay_callback(|attempts| {
                Duration::from_millis(100)
                    .saturating_mul(u32::try_from(attempts.min(20)).unwrap_or(20))
            })
            .event_callback(move |event| {
                match event {
                    Event::Connected => {
                        tracing::info!("connected to NATS");
                        times.send_modify(|times| *times = times.saturating_add(1));
                    }
                    Event::Disconnected => {
                        tracing::warn!(
                            "not connected to NATS; devices of other nodes are not reached"
                        );
                    }
                    event => tracing::warn!(%event, "NATS"),
                }
                std::future::ready(())
            })
            .connect(servers)
            .await?;
        let jetstream = jetstream::context::ContextBuilder::new()
            .timeout(STREAM_WITHIN)
            .build(client.clone());
        Ok(Self {
            client,
            jetstream,
            replicas,
            node: NodeId(OsRng.try_next_u64()?),
            outbox: Outbox::new(MOST_WAITING),
            unmarked: Unmarked::new(MOST_UNMARKED),
            revoked: Revoked::default(),
            connected,
            is_prepared: AtomicBool::new(false),
        })
    }

    /// Carries hints, marks and revocations until it is dropped.
    pub async fn run(relay: Arc<Relay>, cluster: Arc<Self>) {
        cluster.prepare().await;
        tokio::join!(
            cluster.carry(&relay),
            cluster.mark_again(&relay),
            revoked::follow(&relay, &cluster),
        );
    }

    /// Whether hints reach other nodes now.
    pub fn is_connected(&self) -> bool {
        self.client.connection_state() == async_nats::connection::State::Connected
    }

    /// Whether it ever knew what was revoked. Until then nothing can be answered for.
    pub fn is_prepared(&self) -> bool {
        self.is_prepared.load(Ordering::SeqCst)
    }

    /// Takes a hint for a device that is not here; `false` if it cannot be answered for.
    pub fn forward(&self, channel: &Channel, kind: HintKind) -> bool {
        self.is_connected()
            && self.outbox.put(Errand {
                device: channel.device,
                channel: channel.number,
                kind,
            })
    }

    /// Tells the other nodes of a revocation; `false` if they do not know yet, and will be told.
    pub async fn revoke(&self, ends: Ends, device: DeviceId, before: DateTime<Utc>) -> bool {
        self.revoked.add(ends, device, before);
        self.revoked.share(&self.jetstream).await
    }

    /// Makes the stream and the bucket, however long that takes.
    async fn prepare(&self) {
        let mut said = false;
        while let Err(error) = self.try_prepare().await {
            // NATS may start after the relay, and elect its leader after that.
            if !said {
                tracing::warn!(%error, "waiting for JetStream; is it enabled (nats-server -js), and are most of its servers up?");
                said = true;
            }
            sleep(AGAIN).await;
        }
    }

    async fn try_prepare(&self) -> Result<(), async_nats::Error> {
        let replicas = self.replicas.unwrap_or(REPLICAS);
        let replicas = match self.create_stream(replicas).await {
            Err(error) if self.replicas.is_none() && is_single(&error) => {
                self.create_stream(1).await?;
                1
            }
            done => done.map(|()| replicas)?,
        };
        revoked::create(&self.jetstream, replicas).await
    }

    async fn create_stream(&self, replicas: usize) -> Result<(), CreateStreamError> {
        let config = jetstream::stream::Config {
            name: STREAM.into(),
            description: Some("Where the counts of devices stand that are away".into()),
            subjects: vec![STREAM_SUBJECTS.into()],
            max_messages_per_subject: 1,
            max_age: REMEMBERED,
            // What is lost costs a device one look.
            storage: jetstream::stream::StorageType::Memory,
            num_replicas: replicas,
            ..jetstream::stream::Config::default()
        };
        self.jetstream.get_or_create_stream(config).await.map(drop)
    }

    async fn carry(&self, relay: &Arc<Relay>) {
        let places = Arc::new(Semaphore::new(MOST_CARRIED));
        loop {
            for errand in self.outbox.take().await {
                // It is never closed.
                let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                    return;
                };
                let relay = Arc::clone(relay);
                tokio::spawn(async move {
                    if let Some(cluster) = relay.cluster() {
                        let carried = cluster.carry_one(errand).await;
                        relay.metrics.carried(carried);
                    }
                    drop(place);
                });
            }
            sleep(CARRIED_EACH).await;
        }
    }

    async fn carry_one(&self, errand: Errand) -> Carried {
        let hint = Say::Hint(errand.channel, errand.kind);
        let carried = self.tell_or_mark(errand.device, hint).await;
        if carried == Carried::Unmarked {
            self.unmarked.add(errand.device);
        }
        carried
    }

    async fn tell_or_mark(&self, device: DeviceId, say: Say) -> Carried {
        let request = self.client.request(hint_subject(device), say.encode());
        match timeout(ANSWER_WITHIN, request).await {
            Ok(Ok(_)) => return Carried::Taken,
            Ok(Err(error)) if error.kind() == RequestErrorKind::NoResponders => {}
            Ok(Err(error)) => tracing::debug!(%error, "a hint could not be carried"),
            Err(_) => tracing::debug!("a hint was not answered"),
        }
        if self.mark(device).await {
            Carried::Marked
        } else {
            Carried::Unmarked
        }
    }

    async fn mark(&self, device: DeviceId) -> bool {
        let subject = missed_subject(device);
        let mark = Whereabouts::Missed.encode();
        match self.jetstream.publish(subject, mark).await {
            Ok(acknowledged) => acknowledged.await.is_ok(),
            Err(_) => false,
        }
    }

    /// Tells or marks who could not be marked before; some came since then.
    async fn mark_again(&self, relay: &Relay) {
        loop {
            sleep(AGAIN).await;
            match self.unmarked.take() {
                None => {}
                Some(Who::Everybody) => {
                    // What is kept of devices may be wrong, and nothing is better.
                    let purged = match self.jetstream.get_stream_no_info(STREAM).await {
                        Ok(stream) => stream.purge().await.is_ok(),
                        Err(_) => false,
                    };
                    if !purged {
                        self.unmarked.add_all();
                    }
                }
                Some(Who::These(devices)) => {
                    let again = stream::iter(devices);
                    again
                        .for_each_concurrent(MOST_MARKED, async |device| {
                            match self.tell_or_mark(device, Say::Missed).await {
                                Carried::Unmarked => self.unmarked.add(device),
                                carried => relay.metrics.carried(carried),
                            }
                        })
                        .await;
                }
            }
        }
    }
}

fn is_single(error: &CreateStreamError) -> bool {
    matches!(
        error.kind(),
        CreateStreamErrorKind::JetStream(error)
            if error.error_code() == ErrorCode::STREAM_REPLICAS_NOT_SUPPORTED
    )
}
