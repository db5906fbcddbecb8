//! Several relays that are one.

use std::time::Duration;

use dayline_relay_protocol::{FromRelay, Reason};
use reqwest::StatusCode;

use crate::nodes::Nodes;
use crate::stage::Socket;

const STATE: &str = "what only the vendor knows";
/// A node that keeps a device's place looks at the stream once, so long after it came.
const LOOKED: Duration = Duration::from_millis(2_500);

/// The next hint's channel and count.
async fn hint(socket: &mut Socket) -> (String, u64) {
    match socket.next().await {
        Some(FromRelay::Hint(hint)) => (hint.channel.0, hint.position.sequence),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_change_at_any_node_reaches_the_device_at_its_own() {
    let nodes = Nodes::start(3, 1).await;
    let device = nodes.enrol(0).await;
    let channel = nodes.channel(1, &device, STATE).await;
    let mut socket = nodes.connect(2, &device).await;
    socket.hello(None).await;
    for (node, count) in [(0, 1), (1, 2), (2, 3)] {
        let status = nodes.changed(node, &channel, STATE).await;
        assert_eq!(status, StatusCode::ACCEPTED);
        assert_eq!(hint(&mut socket).await, (channel.id.0.clone(), count));
    }
    let status = nodes.changed(0, &channel, "something else").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(socket.is_quiet().await);
}

#[tokio::test]
async fn a_device_goes_on_at_another_node_unless_something_was_announced_meanwhile() {
    let mut nodes = Nodes::start(3, 1).await;
    let device = nodes.enrol(0).await;
    let channel = nodes.channel(0, &device, STATE).await;
    let mut socket = nodes.connect(0, &device).await;
    let mut last = socket.hello(None).await;
    nodes.changed(1, &channel, STATE).await;
    last.sequence = hint(&mut socket).await.1;
    // Its node is stopped, as for an update; the device is told to come again.
    nodes.stop(0);
    assert!(matches!(
        socket.next().await,
        Some(FromRelay::Bye(bye)) if bye.reason == Reason::Draining
    ));
    let mut socket = nodes.connect(1, &device).await;
    assert_eq!(socket.hello(Some(last.clone())).await, last);
    tokio::time::sleep(LOOKED).await;
    assert!(socket.is_quiet().await);
    // It says goodbye, and something happens while nobody has it.
    socket.close().await;
    nodes.until_away(&channel, STATE).await;
    let mut socket = nodes.connect(2, &device).await;
    let anew = socket.hello(Some(last.clone())).await;
    assert_ne!(anew.epoch, last.epoch);
    // It has seen that, and is not told twice.
    tokio::time::sleep(LOOKED).await;
    assert!(socket.is_quiet().await);
    nodes.changed(1, &channel, STATE).await;
    assert_eq!(hint(&mut socket).await.1, anew.sequence + 1);
}

#[tokio::test]
async fn a_device_that_comes_twice_is_at_the_newer_node() {
    let nodes = Nodes::start(2, 1).await;
    let device = nodes.enrol(0).await;
    let channel = nodes.channel(0, &device, STATE).await;
    let mut older = nodes.connect(0, &device).await;
    let position = older.hello(None).await;
    let mut newer = nodes.connect(1, &device).await;
    newer.hello(Some(position)).await;
    assert!(matches!(
        older.next().await,
        Some(FromRelay::Bye(bye)) if bye.reason == Reason::Replaced
    ));
    for node in [0, 1] {
        nodes.changed(node, &channel, STATE).await;
        hint(&mut newer).await;
    }
}

#[tokio::test]
async fn who_is_revoked_at_one_node_is_nobody_at_any() {
    let mut nodes = Nodes::start(2, 1).await;
    let device = nodes.enrol(0).await;
    let channel = nodes.channel(0, &device, STATE).await;
    let mut socket = nodes.connect(1, &device).await;
    socket.hello(None).await;
    nodes.revoke(0, &device).await;
    assert!(matches!(
        socket.next().await,
        Some(FromRelay::Bye(bye)) if bye.reason == Reason::Revoked
    ));
    for node in [0, 1] {
        let status = nodes.changed(node, &channel, STATE).await;
        assert_eq!(status, StatusCode::NOT_FOUND);
    }
    // A node that begins after that learns of it, and so does one whose file is lost.
    nodes.kill(1);
    nodes.forget_revocations(1);
    nodes.revive(1);
    nodes.ready().await;
    let status = nodes.changed(1, &channel, STATE).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_nats_a_node_tells_its_own_devices_and_answers_for_no_others() {
    let mut nodes = Nodes::start(2, 1).await;
    let (here, there) = (nodes.enrol(0).await, nodes.enrol(0).await);
    let own = nodes.channel(0, &here, STATE).await;
    let other = nodes.channel(0, &there, STATE).await;
    let (mut at_own, mut at_other) = (
        nodes.connect(0, &here).await,
        nodes.connect(1, &there).await,
    );
    at_own.hello(None).await;
    at_other.hello(None).await;
    nodes.kill(2);
    let relay = nodes.relay(0);
    nodes.until(relay, StatusCode::SERVICE_UNAVAILABLE).await;
    assert_eq!(nodes.changed(0, &own, STATE).await, StatusCode::ACCEPTED);
    hint(&mut at_own).await;
    assert_eq!(
        nodes.changed(0, &other, STATE).await,
        StatusCode::SERVICE_UNAVAILABLE
    );
    // It comes back, and the vendor with it.
    nodes.revive(2);
    nodes.ready().await;
    assert_eq!(nodes.changed(0, &other, STATE).await, StatusCode::ACCEPTED);
    // A hint, or that it missed something if NATS had not yet heard that it is there.
    assert!(matches!(
        at_other.next().await,
        Some(FromRelay::Hint(_) | FromRelay::Missed(_))
    ));
}
