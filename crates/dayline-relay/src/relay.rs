//! What a relay is, beside its sockets: its keys, who was revoked, who is here.

use std::net::IpAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Instant;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_relay_protocol::{self as protocol, ChannelRequest, HintKind, Vendor};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::Url;

use crate::cluster::Cluster;
use crate::hooks::{self, Notice};
use crate::keys::Keys;
use crate::limits::Limits;
use crate::metrics::{HintOutcome, Metrics};
use crate::registry::{Announced, Link, Registry};
use crate::revocations::{Ends, Revocations};
use crate::seal::{Channel, ChannelNumber, DeviceId, Secret, StateHash};

/// A device ends its older secrets again after this.
const REVOKES_EACH: TimeDelta = TimeDelta::minutes(1);

/// Everything that the connections of a process share.
#[derive(Debug)]
pub struct Relay {
    keys: RwLock<Arc<Keys>>,
    /// SHA-256, so that comparing takes as long for every token.
    admission: Option<[u8; 32]>,
    public_url: Url,
    revocations: Revocations,
    draining: AtomicBool,
    /// The other nodes, if there are any.
    cluster: Option<Arc<Cluster>>,
    /// Who is here.
    pub registry: Registry,
    /// Counts.
    pub metrics: Metrics,
    /// Places for connections.
    pub limits: Limits,
}

/// What became of a vendor's notices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answered {
    /// The device will be told, or finds out when it comes.
    Queued,
    /// Nothing in them is believed.
    Refused,
    /// Nobody can be told now; the vendor should come again.
    Unavailable,
}

/// Why a device does not get what it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// The secret or the admission token is not, or no longer, good.
    Unauthorized,
    /// The request makes no sense.
    Malformed(&'static str),
    /// The system fails (no randomness, no disk).
    Unavailable,
}

impl Relay {
    /// A relay at an address that vendors and devices can reach.
    pub fn new(
        public_url: Url,
        keys: Keys,
        revocations: Revocations,
        admission_token: Option<&str>,
        limits: Limits,
        most_away: usize,
    ) -> Self {
        Self {
            keys: RwLock::new(Arc::new(keys)),
            // An empty one would let everybody in under another name.
            admission: admission_token
                .filter(|token| !token.is_empty())
                .map(|token| Sha256::digest(token).into()),
            public_url,
            revocations,
            draining: AtomicBool::new(false),
            cluster: None,
            registry: Registry::new(most_away),
            metrics: Metrics::default(),
            limits,
        }
    }

    /// The same, as one node of several.
    #[must_use]
    pub fn in_cluster(self, cluster: Arc<Cluster>) -> Self {
        Self {
            cluster: Some(cluster),
            ..self
        }
    }

    /// The other nodes, if there are any.
    pub fn cluster(&self) -> Option<&Arc<Cluster>> {
        self.cluster.as_ref()
    }

    /// Uses other keys from now on.
    pub fn use_keys(&self, keys: Keys) {
        *self.keys.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(keys);
    }

    /// Begins to stop: nothing new is taken, and who is here is sent away.
    pub fn drain(&self) {
        self.draining.store(true, Ordering::SeqCst);
        self.registry.drain();
    }

    /// Whether it stops.
    pub fn is_draining(&self) -> bool {
        self.draining.load(Ordering::SeqCst)
    }

    /// Whether it can answer for anything: it does not stop, and it knows what was revoked.
    pub fn is_open(&self) -> bool {
        let knows = |cluster: &Arc<Cluster>| cluster.is_prepared();
        !self.is_draining() && self.cluster.as_ref().is_none_or(knows)
    }

    /// Whether vendors and devices should be sent here.
    pub fn is_ready(&self) -> bool {
        let reaches = |cluster: &Arc<Cluster>| cluster.is_connected();
        self.is_open() && self.cluster.as_ref().is_none_or(reaches)
    }

    /// A device that nobody has met.
    ///
    /// # Errors
    /// [`Denied::Unauthorized`] without the admission token, where one is asked for;
    /// [`Denied::Unavailable`] where none is, and too many came from one address.
    pub fn enrol(
        &self,
        bearer: Option<&str>,
        peer: IpAddr,
        now: DateTime<Utc>,
    ) -> Result<protocol::Device, Denied> {
        if let Some(expected) = self.admission {
            let given: [u8; 32] = Sha256::digest(bearer.unwrap_or_default()).into();
            if !bool::from(given.ct_eq(&expected)) {
                return Err(Denied::Unauthorized);
            }
        } else if !self.limits.enrol(peer, Instant::now()) {
            return Err(Denied::Unavailable);
        }
        let device = DeviceId::random().ok_or(Denied::Unavailable)?;
        let enrolled = self.issue(device, now)?;
        self.metrics.enrolled();
        Ok(enrolled)
    }

    /// What the bearer of a request says.
    ///
    /// What is issued for it has to be issued with the same `now`: a revocation that comes in
    /// between then ends that as well.
    ///
    /// # Errors
    /// [`Denied::Unauthorized`], whatever is wrong with it.
    pub fn authorize(&self, bearer: Option<&str>, now: DateTime<Utc>) -> Result<Secret, Denied> {
        bearer
            .and_then(|text| Secret::open(&self.keys(), text, now))
            .filter(|secret| !self.is_revoked(secret))
            .ok_or(Denied::Unauthorized)
    }

    /// Whether a secret that was good was revoked since.
    pub fn is_revoked(&self, secret: &Secret) -> bool {
        self.revocations.has_secret(secret)
    }

    /// A new secret for a device; the older ones live on, or end now. Waits for the disk.
    ///
    /// # Errors
    /// [`Denied::Unavailable`] if it cannot be written down that the older ones end, or if that
    /// was written down a moment ago.
    pub fn rotate(
        &self,
        device: DeviceId,
        rotation: protocol::Rotation,
        now: DateTime<Utc>,
    ) -> Result<protocol::Device, Denied> {
        let fresh = self.issue(device, now)?;
        if rotation.revoke_older {
            // Each is a line in a file: no device writes it full.
            if self.revocations.has_ended_since(device, now - REVOKES_EACH) {
                return Err(Denied::Unavailable);
            }
            self.end(Ends::Secrets, device, now)?;
        }
        Ok(fresh)
    }

    /// Ends a device with all its secrets and channels. Waits for the disk.
    ///
    /// # Errors
    /// [`Denied::Unavailable`] if it cannot be written down.
    pub fn revoke(&self, device: DeviceId, now: DateTime<Utc>) -> Result<(), Denied> {
        self.end(Ends::Device, device, now + TimeDelta::milliseconds(1))
    }

    /// Another node revoked something. Waits for the disk.
    pub fn hear_of_revocation(&self, ends: Ends, device: DeviceId, before: DateTime<Utc>) {
        if self.revocations.knows(ends, device, before) {
            return;
        }
        if let Err(error) = self.revocations.revoke(ends, device, before) {
            tracing::error!(%error, "a revocation of another node could not be written; it is tried again");
        }
        self.registry.revoke(device);
    }

    /// Forgets what is over, and writes what could not be written; to be called now and then.
    /// Waits for the disk.
    pub fn tidy(&self) {
        let now = Instant::now();
        self.registry.forget(now);
        self.limits.forget(now);
        if let Err(error) = self.revocations.write_again() {
            tracing::error!(%error, "revocations still cannot be written");
        }
    }

    fn end(&self, ends: Ends, device: DeviceId, before: DateTime<Utc>) -> Result<(), Denied> {
        let written = self.revocations.revoke(ends, device, before);
        self.registry.revoke(device);
        let is_shared = self.cluster.as_ref().is_none_or(|cluster| {
            tokio::runtime::Handle::current().block_on(cluster.revoke(ends, device, before))
        });
        written.map_err(|error| {
            tracing::error!(%error, "a revocation could not be written; it holds until a restart, and is tried again");
            Denied::Unavailable
        })?;
        if is_shared {
            Ok(())
        } else {
            tracing::error!(
                "a revocation could not be shared; the other nodes do not know of it until that worked"
            );
            Err(Denied::Unavailable)
        }
    }

    /// An address for a vendor's webhooks.
    ///
    /// # Errors
    /// [`Denied::Malformed`] if the hash of the client state is none.
    pub fn open_channel(
        &self,
        device: DeviceId,
        request: &ChannelRequest,
        now: DateTime<Utc>,
    ) -> Result<protocol::Channel, Denied> {
        let state = StateHash::parse(&request.client_state_sha256).ok_or(Denied::Malformed(
            "client_state_sha256 has to be 64 hexadecimal digits.",
        ))?;
        let channel = Channel::new(device, state, now).ok_or(Denied::Unavailable)?;
        let sealed = channel
            .seal(&self.keys(), request.vendor)
            .ok_or(Denied::Unavailable)?;
        let vendor = match request.vendor {
            Vendor::Microsoft => "microsoft",
            Vendor::Google => "google",
        };
        let base = self.public_url.as_str().trim_end_matches('/');
        Ok(protocol::Channel {
            id: channel.number.id(),
            url: format!("{base}/v1/hooks/{vendor}/{sealed}"),
            expires_at: channel.expires().timestamp(),
        })
    }

    /// Opens a vendor's channel; `None` if it is forged, foreign, over or revoked.
    pub fn channel(&self, vendor: Vendor, text: &str, now: DateTime<Utc>) -> Option<Channel> {
        let channel = Channel::open(&self.keys(), vendor, text, now)?;
        (!self.revocations.has_channel(&channel)).then_some(channel)
    }

    /// Announces what is believed of a vendor's notices.
    pub fn announce(&self, channel: Option<&Channel>, notices: &[Notice]) -> Answered {
        // What does not open is held against a state that nobody knows, and so takes as long.
        let state = channel.map_or(StateHash::of(b""), |channel| channel.state);
        let believed = hooks::believed(notices, state);
        let (Some(channel), Some(kinds)) = (channel, believed) else {
            return Answered::Refused;
        };
        let mut answered = Answered::Queued;
        for kind in kinds {
            let outcome = self.hint(channel, kind);
            if outcome == HintOutcome::Unavailable {
                answered = Answered::Unavailable;
            }
            self.metrics.hint(kind, outcome);
        }
        answered
    }

    /// Takes a hint from another node; `false` if the device is no longer here.
    pub fn take_in(&self, link: &Link, channel: ChannelNumber, kind: HintKind) -> bool {
        let announced = self.registry.announce(link.device(), channel, kind);
        if announced == Announced::Unknown {
            return false;
        }
        self.metrics.hint(kind, outcome_of(announced));
        true
    }

    fn hint(&self, channel: &Channel, kind: HintKind) -> HintOutcome {
        let announced = self.registry.announce(channel.device, channel.number, kind);
        match &self.cluster {
            Some(cluster) if announced == Announced::Unknown => {
                if cluster.forward(channel, kind) {
                    HintOutcome::Forwarded
                } else {
                    HintOutcome::Unavailable
                }
            }
            _ => outcome_of(announced),
        }
    }

    fn issue(&self, device: DeviceId, now: DateTime<Utc>) -> Result<protocol::Device, Denied> {
        let secret = Secret {
            device,
            issued: now,
        };
        Ok(protocol::Device {
            secret: secret.seal(&self.keys()).ok_or(Denied::Unavailable)?,
            expires_at: secret.expires().timestamp(),
        })
    }

    fn keys(&self) -> Arc<Keys> {
        Arc::clone(&self.keys.read().unwrap_or_else(PoisonError::into_inner))
    }
}

fn outcome_of(announced: Announced) -> HintOutcome {
    match announced {
        Announced::Queued => HintOutcome::Queued,
        Announced::Coalesced => HintOutcome::Coalesced,
        Announced::Marked => HintOutcome::Marked,
        Announced::Unknown => HintOutcome::Unknown,
    }
}
