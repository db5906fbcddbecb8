//! Devices of a relay, and what vendors send to them.

use std::net::SocketAddr;

use anyhow::{Context as _, Result, ensure};
use dayline_relay_protocol::{Channel, Device as Enrolled};
use sha2::{Digest as _, Sha256};

use super::crowd::Seat;
use super::http::Http;
use super::senders::Post;

/// What only the vendor knows.
pub const STATE: &str = "what only the vendor knows";
/// What a device says first.
const HELLO: &str = r#"{"type":"hello","version":1}"#;

/// An enrolled device with one channel.
pub struct Device {
    secret: String,
    /// What is sealed in the address that the vendor got.
    pub channel: String,
}

/// The head of a notification of Microsoft's.
pub const HEAD: &str = "content-type: application/json\r\n";

/// The body of a notification of Microsoft's.
pub fn notification(state: &str) -> String {
    format!(
        r#"{{"value":[{{"subscriptionId":"s","clientState":"{state}","changeType":"updated","resource":"Users/u/Events/e","tenantId":"t"}}]}}"#
    )
}

/// Enrols devices and gives each a channel.
pub fn enrol(relay: SocketAddr, count: usize) -> Result<Vec<Device>> {
    let mut http = Http::new(relay);
    let wanted = format!(
        r#"{{"vendor":"microsoft","client_state_sha256":"{}"}}"#,
        hex::encode(Sha256::digest(STATE))
    );
    (0..count)
        .map(|_| {
            let answer = http.post("/v1/devices", "", b"")?;
            ensure!(answer.status == 201, "enrolment: {}", answer.status);
            let device: Enrolled = serde_json::from_slice(&answer.body)?;
            let bearer = format!("authorization: Bearer {}\r\n", device.secret);
            let answer = http.post("/v1/channels", &bearer, wanted.as_bytes())?;
            ensure!(answer.status == 201, "channel: {}", answer.status);
            let channel: Channel = serde_json::from_slice(&answer.body)?;
            let (_, channel) = channel.url.rsplit_once('/').context("no channel")?;
            Ok(Device {
                secret: device.secret,
                channel: channel.to_owned(),
            })
        })
        .collect()
}

/// How the devices connect.
pub fn seats(devices: &[Device]) -> Vec<Seat> {
    let seat = |device: &Device| Seat {
        path: "/v1/connect".to_owned(),
        head: format!("authorization: Bearer {}\r\n", device.secret),
        hello: Some(HELLO),
    };
    devices.iter().map(seat).collect()
}

/// A notification for each of the devices.
pub fn posts(devices: &[Device]) -> Vec<Post> {
    let post = |device: &Device| Post {
        path: format!("/v1/hooks/microsoft/{}", device.channel),
        taken: 202,
    };
    devices.iter().map(post).collect()
}
