//! Revocations that every node has to know, in a JetStream key-value bucket.
//!
//! Each node has its file as well (see [`crate::revocations`]): what the bucket has forgotten is
//! still known there.

use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};

use async_nats::jetstream::kv::Operation;
use async_nats::jetstream::{self, stream};
use chrono::{DateTime, Utc};
use futures_util::TryStreamExt as _;
use tokio::time::sleep;

use super::{AGAIN, Cluster};
use crate::relay::Relay;
use crate::revocations::{self, Ends};
use crate::seal::{CHANNEL_LIVES, DeviceId};

const BUCKET: &str = "dayline-revocations";

/// Revocations that are not in the bucket yet.
#[derive(Debug, Default)]
pub struct Revoked {
    unshared: Mutex<Vec<Revocation>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Revocation {
    ends: Ends,
    device: DeviceId,
    before: DateTime<Utc>,
}

impl Revoked {
    /// One more to share.
    pub fn add(&self, ends: Ends, device: DeviceId, before: DateTime<Utc>) {
        self.unshared().push(Revocation {
            ends,
            device,
            before,
        });
    }

    /// Shares what is not shared yet; `false` if some is left, and will be tried again.
    pub async fn share(&self, jetstream: &jetstream::Context) -> bool {
        let unshared = std::mem::take(&mut *self.unshared());
        if unshared.is_empty() {
            return true;
        }
        let mut left = Vec::new();
        let bucket = jetstream.get_key_value(BUCKET).await;
        for revocation in unshared {
            let (key, value) = revocation.entry();
            let shared = match &bucket {
                Ok(bucket) => bucket.put(key, value.into()).await.is_ok(),
                Err(_) => false,
            };
            if !shared {
                left.push(revocation);
            }
        }
        let all = left.is_empty();
        self.unshared().extend(left);
        all
    }

    fn unshared(&self) -> std::sync::MutexGuard<'_, Vec<Revocation>> {
        self.unshared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Revocation {
    fn entry(self) -> (String, String) {
        (
            // The two do not replace each other.
            format!("{}.{}", self.device.digits(), self.ends.word()),
            revocations::written(self.before),
        )
    }

    fn of(key: &str, value: &[u8]) -> Option<Self> {
        let (digits, word) = key.split_once('.')?;
        Some(Self {
            ends: Ends::of(word)?,
            device: DeviceId::parse(digits)?,
            before: revocations::time(std::str::from_utf8(value).ok()?)?,
        })
    }
}

/// Makes the bucket if there is none.
///
/// # Errors
/// What JetStream said.
pub async fn create(
    jetstream: &jetstream::Context,
    replicas: usize,
) -> Result<(), async_nats::Error> {
    // As `create_key_value` does it, which does not understand older servers (2.9).
    let config = stream::Config {
        name: format!("KV_{BUCKET}"),
        description: Some("What is no longer good although it is not over".into()),
        subjects: vec![format!("$KV.{BUCKET}.>")],
        max_messages_per_subject: 1,
        max_age: CHANNEL_LIVES.to_std()?,
        storage: stream::StorageType::File,
        num_replicas: replicas,
        discard: stream::DiscardPolicy::New,
        allow_rollup: true,
        deny_delete: true,
        ..stream::Config::default()
    };
    jetstream.get_or_create_stream(config).await?;
    Ok(())
}

/// Hears of revocations for ever, and tries again to share what could not be shared.
pub async fn follow(relay: &Arc<Relay>, cluster: &Arc<Cluster>) {
    tokio::join!(hear(relay, cluster), async {
        loop {
            sleep(AGAIN).await;
            cluster.revoked.share(&cluster.jetstream).await;
        }
    });
}

async fn hear(relay: &Arc<Relay>, cluster: &Cluster) {
    loop {
        if let Err(error) = hear_once(relay, cluster).await {
            tracing::warn!(%error, "revocations of other nodes are not heard of");
        }
        sleep(AGAIN).await;
    }
}

async fn hear_once(relay: &Arc<Relay>, cluster: &Cluster) -> Result<(), async_nats::Error> {
    let bucket = cluster.jetstream.get_key_value(BUCKET).await?;
    // Those that are there come first, then the new ones.
    let mut entries = bucket.watch_with_history(">").await?;
    if bucket.status().await?.values() == 0 {
        cluster.is_prepared.store(true, Ordering::SeqCst);
    }
    while let Some(entry) = entries.try_next().await? {
        if entry.operation == Operation::Put
            && let Some(revocation) = Revocation::of(&entry.key, &entry.value)
        {
            let relay = Arc::clone(relay);
            // It goes to the disk.
            tokio::task::spawn_blocking(move || {
                relay.hear_of_revocation(revocation.ends, revocation.device, revocation.before);
            })
            .await?;
        }
        if entry.seen_current {
            cluster.is_prepared.store(true, Ordering::SeqCst);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_is_understood() {
        for ends in [Ends::Secrets, Ends::Device] {
            let revocation = Revocation {
                ends,
                device: DeviceId([9; 16]),
                before: DateTime::UNIX_EPOCH,
            };
            let (key, value) = revocation.entry();
            assert_eq!(Revocation::of(&key, value.as_bytes()), Some(revocation));
        }
        for (key, value) in [
            ("", ""),
            ("09.device", "2026-01-01T00:00:00Z"),
            (
                "09090909090909090909090909090909.other",
                "2026-01-01T00:00:00Z",
            ),
            ("09090909090909090909090909090909.device", "yesterday"),
        ] {
            assert_eq!(Revocation::of(key, value.as_bytes()), None, "{key}");
        }
    }
}
