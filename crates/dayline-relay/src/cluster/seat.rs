//! A device's place in the cluster, for as long as its socket is here.

use std::sync::Arc;
use std::time::Duration;

use async_nats::jetstream::message::PublishMessage;
use async_nats::jetstream::stream::LastRawMessageErrorKind;
use async_nats::{Subject, Subscriber};
use dayline_relay_protocol::{HintKind, Position};
use futures_util::StreamExt as _;
use rand::Rng as _;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};

use super::{Cluster, STREAM, STREAM_WITHIN, Say, Whereabouts, hint_subject, missed_subject};
use crate::registry::Count;
use crate::seal::{ChannelNumber, DeviceId};

/// By then every server of NATS knows that the device is here; a mark made before is looked for.
const KNOWN_WITHIN: Duration = Duration::from_secs(2);
/// Nodes that were cut off look for marks within so many milliseconds after that, not all at once.
const SPREAD_MS: u64 = 3_000;
/// A device does not wait longer for its count; without it, it looks for itself.
const COUNT_WITHIN: Duration = Duration::from_secs(1);
/// What JetStream did not answer is asked again after this.
const AGAIN: Duration = Duration::from_secs(5);

/// A device that listens.
pub struct Seat {
    cluster: Arc<Cluster>,
    device: DeviceId,
    subscriber: Subscriber,
    connected: watch::Receiver<u64>,
    /// Which message about the device in the stream is known.
    known: u64,
    /// When to look whether there is another one.
    look_at: Option<Instant>,
}

/// What the cluster tells a device.
#[derive(Debug)]
pub enum Told {
    /// A channel has something new.
    Hint(ChannelNumber, HintKind, ReplyTo),
    /// Something was announced, and nobody knows what.
    Missed(ReplyTo),
    /// The device is at another node now.
    Moved,
}

/// Where another node waits for an answer, if it does.
#[derive(Debug)]
pub struct ReplyTo(Option<Subject>);

impl Seat {
    /// Takes a place for a device that says where it was left; tells from where its count goes on,
    /// if nothing was missed since.
    ///
    /// Without JetStream the device gets a place all the same, and its count begins anew.
    ///
    /// # Errors
    /// If the client has ended.
    pub async fn take(
        cluster: &Arc<Cluster>,
        device: DeviceId,
        last: Option<&Position>,
    ) -> Result<(Self, Option<Count>), async_nats::SubscribeError> {
        let subject = hint_subject(device);
        let mut connected = cluster.connected.clone();
        connected.mark_unchanged();
        let subscriber = cluster.client.subscribe(subject.clone()).await?;
        let mut seat = Self {
            cluster: Arc::clone(cluster),
            device,
            subscriber,
            connected,
            known: 0,
            look_at: Some(Instant::now() + KNOWN_WITHIN),
        };
        let claimed = last.and_then(Count::of);
        let adopting = async {
            let moved = Say::Moved(cluster.node).encode();
            cluster.client.publish(subject, moved).await.ok()?;
            // Hints from now on come here, so what the stream has is all that was before.
            cluster.client.flush().await.ok()?;
            let (known, whereabouts) = seat.read().await?;
            seat.known = known;
            let left = claimed.filter(|count| whereabouts == Some(Whereabouts::Left(*count)))?;
            // Only once: a node that dies now must not leave it there.
            seat.write(Whereabouts::Here).await.then_some(left)
        };
        let adopted = timeout(COUNT_WITHIN, adopting).await.ok().flatten();
        Ok((seat, adopted))
    }

    /// Waits for what the device has to be told.
    ///
    /// # Cancel safety
    /// Nothing is lost when it is dropped.
    pub async fn next(&mut self) -> Told {
        loop {
            let look_at = self.look_at;
            tokio::select! {
                biased;
                message = self.subscriber.next() => {
                    let Some(message) = message else {
                        // Only the end of the client ends it.
                        return std::future::pending().await;
                    };
                    match Say::decode(&message.payload) {
                        Some(Say::Hint(channel, kind)) => {
                            return Told::Hint(channel, kind, ReplyTo(message.reply));
                        }
                        Some(Say::Missed) => return Told::Missed(ReplyTo(message.reply)),
                        Some(Say::Moved(node)) if node != self.cluster.node => return Told::Moved,
                        _ => {}
                    }
                }
                changed = self.connected.changed() => {
                    if changed.is_err() {
                        return std::future::pending().await;
                    }
                    // What was for the device meanwhile, others have marked.
                    let spread = rand::rng().random_range(0..SPREAD_MS);
                    let look_at = Instant::now() + KNOWN_WITHIN + Duration::from_millis(spread);
                    self.look_at = Some(look_at);
                }
                () = wait(look_at) => {
                    if self.look().await {
                        return Told::Missed(ReplyTo(None));
                    }
                }
            }
        }
    }

    /// Answers: the device's queue has it.
    pub async fn confirm(&self, reply: ReplyTo) {
        if let Some(to) = reply.0 {
            // Without the answer it is marked, and the device looks once more.
            let _answered = self.cluster.client.publish(to, "".into()).await;
        }
    }

    /// The device goes, and its count stands there. What was announced to it meanwhile stays
    /// marked.
    pub async fn leave(mut self, count: Count) {
        let leaving = async {
            if self.write(Whereabouts::Left(count)).await {
                return;
            }
            // The message may be over, for a device that was here for long.
            if let Some((0, None)) = self.read().await {
                self.known = 0;
                self.write(Whereabouts::Left(count)).await;
            }
        };
        // Without it the device begins anew.
        let _written = timeout(STREAM_WITHIN, leaving).await;
    }

    /// Whether something was announced while nobody seemed to have the device.
    async fn look(&mut self) -> bool {
        let Some((known, whereabouts)) = self.read().await else {
            self.look_at = Some(Instant::now() + AGAIN);
            return false;
        };
        self.look_at = None;
        let is_new = known != self.known;
        self.known = known;
        is_new && whereabouts == Some(Whereabouts::Missed)
    }

    /// The last message about the device, from the stream's leader.
    async fn read(&self) -> Option<(u64, Option<Whereabouts>)> {
        let stream = self
            .cluster
            .jetstream
            .get_stream_no_info(STREAM)
            .await
            .ok()?;
        let subject = missed_subject(self.device);
        match stream.get_last_raw_message_by_subject(&subject).await {
            Ok(message) => Some((
                message.sequence,
                Some(Whereabouts::decode(&message.payload)),
            )),
            Err(error) if error.kind() == LastRawMessageErrorKind::NoMessageFound => {
                Some((0, None))
            }
            Err(_) => None,
        }
    }

    /// Replaces the message that is known; `false` if there is another one by now.
    async fn write(&mut self, whereabouts: Whereabouts) -> bool {
        let message = PublishMessage::build()
            .payload(whereabouts.encode())
            .expected_last_subject_sequence(self.known);
        let subject = missed_subject(self.device);
        let Ok(acknowledged) = self.cluster.jetstream.send_publish(subject, message).await else {
            return false;
        };
        match acknowledged.await {
            Ok(acknowledged) => {
                self.known = acknowledged.sequence;
                true
            }
            Err(_) => false,
        }
    }
}

async fn wait(until: Option<Instant>) {
    match until {
        Some(until) => sleep_until(until).await,
        None => std::future::pending().await,
    }
}
