//! Counts for the operator: how much, never whose.

use std::time::Duration;

use dayline_relay_protocol::{HintKind, Vendor};
use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::Registry;

/// How a webhook was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum HookOutcome {
    /// Believed and queued, or there was nothing in it to queue.
    Accepted,
    /// The vendor's handshake.
    Handshake,
    /// Forged, foreign, expired or revoked.
    Refused,
    /// Not what the vendor sends.
    Malformed,
    /// The relay stops, or does not reach the node that has the device.
    Unavailable,
}

/// What became of a hint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum HintOutcome {
    /// Waits for the device's socket.
    Queued,
    /// The same waited already.
    Coalesced,
    /// The device is away and will find that it missed something.
    Marked,
    /// The device is not known here and will look for itself.
    Unknown,
    /// Goes to another node, or to a mark.
    Forwarded,
    /// Could not be answered for.
    Unavailable,
}

/// What became of a hint for a device at another node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Carried {
    /// A node with the device has it.
    Taken,
    /// No node has the device; it will find a mark.
    Marked,
    /// It could not be marked yet.
    Unmarked,
}

/// Why a socket ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum SocketEnd {
    /// The device went.
    Left,
    /// The device said what the protocol does not have.
    Protocol,
    /// The device did not read.
    Slow,
    /// Nothing was heard of the device.
    Silent,
    /// The device connected anew.
    Replaced,
    /// The device was revoked.
    Revoked,
    /// The relay stops.
    Draining,
}

/// Why a connection was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, EncodeLabelValue)]
pub enum Refusal {
    /// Too many in all.
    Total,
    /// Too many from one address.
    Address,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HookLabels {
    vendor: &'static str,
    outcome: HookOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct HintLabels {
    kind: &'static str,
    outcome: HintOutcome,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct CarriedLabels {
    outcome: Carried,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct EndLabels {
    reason: SocketEnd,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabels {
    limit: Refusal,
}

/// All counts of a process.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    hooks: Family<HookLabels, Counter>,
    hook_seconds: Histogram,
    hints: Family<HintLabels, Counter>,
    carried: Family<CarriedLabels, Counter>,
    frames: Counter,
    socket_ends: Family<EndLabels, Counter>,
    refused: Family<RefusalLabels, Counter>,
    enrolments: Counter,
    unauthorized: Counter,
    devices_here: Gauge,
    devices_away: Gauge,
}

impl Default for Metrics {
    fn default() -> Self {
        let buckets = [
            0.000_1, 0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.05, 0.25, 1.0, 3.0,
        ];
        let mut metrics = Self {
            registry: Registry::with_prefix("dayline_relay"),
            hooks: Family::default(),
            hook_seconds: Histogram::new(buckets),
            hints: Family::default(),
            carried: Family::default(),
            frames: Counter::default(),
            socket_ends: Family::default(),
            refused: Family::default(),
            enrolments: Counter::default(),
            unauthorized: Counter::default(),
            devices_here: Gauge::default(),
            devices_away: Gauge::default(),
        };
        let registry = &mut metrics.registry;
        registry.register("hooks", "Webhooks answered", metrics.hooks.clone());
        registry.register(
            "hook_seconds",
            "From a webhook's whole body to its answer",
            metrics.hook_seconds.clone(),
        );
        registry.register("hints", "Hints to devices", metrics.hints.clone());
        registry.register(
            "carried",
            "Hints to devices of other nodes",
            metrics.carried.clone(),
        );
        registry.register("frames", "Frames sent", metrics.frames.clone());
        registry.register("sockets_ended", "Ends", metrics.socket_ends.clone());
        registry.register("refused", "Connections not taken", metrics.refused.clone());
        registry.register("enrolments", "New devices", metrics.enrolments.clone());
        registry.register(
            "unauthorized",
            "Requests with a secret or token that is not good",
            metrics.unauthorized.clone(),
        );
        registry.register(
            "devices_here",
            "Devices connected",
            metrics.devices_here.clone(),
        );
        registry.register(
            "devices_away",
            "Devices whose count is remembered",
            metrics.devices_away.clone(),
        );
        metrics
    }
}

impl Metrics {
    /// A webhook was answered.
    pub fn hook(&self, vendor: Vendor, outcome: HookOutcome, took: Duration) {
        let vendor = match vendor {
            Vendor::Microsoft => "microsoft",
            Vendor::Google => "google",
        };
        self.hooks
            .get_or_create(&HookLabels { vendor, outcome })
            .inc();
        self.hook_seconds.observe(took.as_secs_f64());
    }

    /// A hint was given to the registry.
    pub fn hint(&self, kind: HintKind, outcome: HintOutcome) {
        let kind = match kind {
            HintKind::Changed => "changed",
            HintKind::Missed => "missed",
            HintKind::Removed => "removed",
            HintKind::Reauthorize => "reauthorize",
        };
        self.hints
            .get_or_create(&HintLabels { kind, outcome })
            .inc();
    }

    /// A hint went to another node, or did not.
    pub fn carried(&self, outcome: Carried) {
        self.carried.get_or_create(&CarriedLabels { outcome }).inc();
    }

    /// A frame was sent.
    pub fn frame(&self) {
        self.frames.inc();
    }

    /// A socket ended.
    pub fn socket_ended(&self, reason: SocketEnd) {
        self.socket_ends.get_or_create(&EndLabels { reason }).inc();
    }

    /// A connection was not taken.
    pub fn refused(&self, limit: Refusal) {
        self.refused.get_or_create(&RefusalLabels { limit }).inc();
    }

    /// A device enrolled.
    pub fn enrolled(&self) {
        self.enrolments.inc();
    }

    /// A secret or token was not good.
    pub fn unauthorized(&self) {
        self.unauthorized.inc();
    }

    /// The text that Prometheus reads, with the numbers of devices as they are now.
    pub fn text(&self, here: usize, away: usize) -> String {
        self.devices_here
            .set(i64::try_from(here).unwrap_or(i64::MAX));
        self.devices_away
            .set(i64::try_from(away).unwrap_or(i64::MAX));
        let mut text = String::new();
        // Writing to a string does not fail.
        let _written = prometheus_client::encoding::text::encode(&mut text, &self.registry);
        text
    }
}
