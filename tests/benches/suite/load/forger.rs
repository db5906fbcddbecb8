//! Webhooks that look right and are not.

use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use chrono::{TimeDelta, Utc};
use dayline_relay::keys::Keys;
use dayline_relay::seal::{CHANNEL_LIVES, Channel, DeviceId, StateHash};
use dayline_relay_protocol::Vendor;
use rand::Rng as _;

use super::devices::{HEAD, STATE, notification};

/// Makes webhooks that must not be believed.
pub struct Forger {
    real: Vec<String>,
    over: Vec<String>,
    foreign: Vec<String>,
}

impl Forger {
    /// From channels that are real, and the key file of the relay.
    pub fn new(keys: &Path, real: Vec<String>) -> Result<Self> {
        let sealed = |keys: &Keys, age: TimeDelta| -> Result<Vec<String>> {
            (0..100)
                .map(|_| {
                    let device = DeviceId::random().context("no randomness")?;
                    let channel =
                        Channel::new(device, StateHash::of(STATE.as_bytes()), Utc::now() - age);
                    let text = channel.and_then(|channel| channel.seal(keys, Vendor::Microsoft));
                    text.context("no channel")
                })
                .collect()
        };
        let over = sealed(&Keys::load(keys)?, CHANNEL_LIVES + TimeDelta::minutes(1))?;
        let bytes = STANDARD.encode(rand::random::<[u8; 32]>());
        let others = Keys::parse(&format!("1 2026-01-01T00:00:00Z {bytes}"))?;
        let foreign = sealed(&others, TimeDelta::zero())?;
        Ok(Self {
            real,
            over,
            foreign,
        })
    }

    /// Path, head and body of one of them.
    pub fn forge(&self, number: u64) -> (String, &'static str, String) {
        let mut rng = rand::rng();
        let mut pick = |from: &[String]| {
            let index = rng.random_range(0..from.len().max(1));
            from.get(index).cloned().unwrap_or_default()
        };
        let real = pick(&self.real);
        let mut state = STATE;
        let channel = match number % 8 {
            0 => URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>().repeat(2)),
            1 => real.chars().take(rng.random_range(0..real.len())).collect(),
            2 | 3 => flipped(&real),
            4 => pick(&self.foreign),
            5 => pick(&self.over),
            6 => format!("{real}A"),
            _ => {
                state = "what only the vendor knew";
                real
            }
        };
        if number.is_multiple_of(3) {
            let head = "x-goog-channel-token: what only the vendor knows\r\nx-goog-resource-state: exists\r\n";
            return (format!("/v1/hooks/google/{channel}"), head, String::new());
        }
        let body = notification(state);
        (format!("/v1/hooks/microsoft/{channel}"), HEAD, body)
    }
}

/// One bit of what is sealed is wrong.
fn flipped(text: &str) -> String {
    let mut bytes = URL_SAFE_NO_PAD.decode(text).unwrap_or_default();
    let bit = rand::rng().random_range(0..bytes.len().max(1) * 8);
    if let Some(byte) = bytes.get_mut(bit / 8) {
        *byte ^= 1 << (bit % 8);
    }
    URL_SAFE_NO_PAD.encode(bytes)
}
