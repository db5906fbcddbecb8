use chrono::{TimeDelta, Utc};

use super::*;
use crate::keys::Keys;
use crate::limits::Limits;
use crate::revocations::Revocations;
use crate::seal::{DeviceId, SECRET_LIVES};

#[tokio::test(start_paused = true)]
async fn a_socket_does_not_outlive_its_secret() {
    let key = STANDARD.encode([7; 32]);
    let relay = Arc::new(Relay::new(
        "https://relay.example.org".parse().unwrap(),
        Keys::parse(&format!("1 2026-01-01T00:00:00Z {key}")).unwrap(),
        Revocations::default(),
        None,
        Limits::new(9, 9, 9),
        9,
    ));
    let secret = Secret {
        device: DeviceId([1; 16]),
        issued: Utc::now() - SECRET_LIVES + TimeDelta::hours(1),
    };
    let (near, far) = tokio::io::duplex(4096);
    tokio::spawn(run(Arc::clone(&relay), secret, near, Vec::new()));
    let mut device = WebSocketStream::from_raw_socket(far, Role::Client, None).await;
    let began = Instant::now();
    let hello = r#"{"type":"hello","version":1}"#;
    device.send(Raw::text(hello)).await.unwrap();
    let mut last = String::new();
    while let Some(Ok(raw)) = device.next().await {
        if let Raw::Text(text) = raw {
            last = text.to_string();
        }
        assert!(began.elapsed() < Duration::from_hours(2));
    }
    assert!(last.contains("revoked"), "{last}");
    assert!(began.elapsed() > Duration::from_mins(59));
}
