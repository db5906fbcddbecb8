use dayline_relay_protocol::{FromRelay, HintKind, Reason, Vendor};
use tokio_tungstenite::tungstenite::Message;

use crate::stage::Stage;

#[tokio::test]
async fn a_change_reaches_the_device_whose_channel_it_is_and_nobody_else() {
    let stage = Stage::new().await;
    let (ada, bob) = (stage.enrol().await, stage.enrol().await);
    let channel = stage.channel(&ada, Vendor::Microsoft, "state").await;
    let mut ada = stage.connect(&ada).await;
    let mut bob = stage.connect(&bob).await;
    let start = ada.hello(None).await;
    bob.hello(None).await;
    assert_eq!(stage.changed(&channel, "state").await, 202);
    match ada.next().await {
        Some(FromRelay::Hint(hint)) => {
            assert_eq!(hint.channel, channel.id);
            assert_eq!(hint.kind, HintKind::Changed);
            assert_eq!(hint.position.epoch, start.epoch);
            assert_eq!(hint.position.sequence, start.sequence + 1);
        }
        other => panic!("{other:?}"),
    }
    assert!(bob.is_quiet().await);
}

#[tokio::test]
async fn thousands_of_notifications_are_few_frames_and_the_last_one_is_told() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    let mut socket = stage.connect(&device).await;
    let start = socket.hello(None).await;
    let many = async {
        for _ in 0..1_000 {
            assert_eq!(stage.changed(&channel, "state").await, 202);
        }
    };
    let mut frames = 0_u32;
    let mut last = start.sequence;
    let listen = async {
        loop {
            match socket.next().await {
                Some(FromRelay::Hint(hint)) => {
                    frames += 1;
                    assert_eq!(hint.position.sequence, last + 1);
                    last = hint.position.sequence;
                }
                other => panic!("{other:?}"),
            }
        }
    };
    let began = std::time::Instant::now();
    tokio::select! {
        () = many => {}
        () = listen => {}
    }
    // At most one for each 200 ms, and the first one.
    let most = began.elapsed().as_millis() / 200 + 2;
    assert!(
        u128::from(frames) <= most,
        "{frames} in {:?}",
        began.elapsed()
    );
    while !socket.is_quiet().await {}
    assert_eq!(stage.changed(&channel, "state").await, 202);
    assert!(matches!(socket.next().await, Some(FromRelay::Hint(_))));
}

#[tokio::test]
async fn who_comes_back_knows_whether_something_was_missed() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    let mut socket = stage.connect(&device).await;
    let first = socket.hello(None).await;
    drop(socket);
    let mut socket = stage.connect(&device).await;
    let second = socket.hello(Some(first.clone())).await;
    assert_eq!(second, first);
    drop(socket);
    while stage.relay.registry.count().0 > 0 {
        tokio::task::yield_now().await;
    }
    assert_eq!(stage.changed(&channel, "state").await, 202);
    let mut socket = stage.connect(&device).await;
    let third = socket.hello(Some(second.clone())).await;
    assert_eq!(third.epoch, second.epoch);
    assert_ne!(third.sequence, second.sequence);
    let other = Stage::new().await;
    let mut socket = other.connect(&device).await;
    let elsewhere = socket.hello(Some(third.clone())).await;
    assert_ne!(elsewhere.epoch, third.epoch);
}

#[tokio::test]
async fn a_device_that_just_goes_has_left_and_did_nothing_wrong() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    drop(socket);
    let ended = loop {
        let text = stage.relay.metrics.text(0, 0);
        if let Some(line) = text.lines().find(|line| line.contains("ended_total{")) {
            break line.to_owned();
        }
        tokio::task::yield_now().await;
    };
    assert!(ended.contains("Left"), "{ended}");
}

#[tokio::test]
async fn a_second_socket_of_a_device_replaces_the_first() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let mut first = stage.connect(&device).await;
    first.hello(None).await;
    let mut second = stage.connect(&device).await;
    second.hello(None).await;
    match first.next().await {
        Some(FromRelay::Bye(bye)) => assert_eq!(bye.reason, Reason::Replaced),
        other => panic!("{other:?}"),
    }
    assert_eq!(first.next().await, None);
    assert!(second.is_quiet().await);
}

#[tokio::test]
async fn what_the_protocol_does_not_have_ends_the_socket() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let hello = r#"{"type":"hello","version":1}"#;
    for messages in [
        vec![Message::text("")],
        vec![Message::text("{}")],
        vec![Message::text(r#"{"type":"hello","version":9}"#)],
        vec![Message::binary(vec![0; 10])],
        vec![Message::text(hello), Message::text(hello)],
        vec![
            Message::text(hello),
            Message::text(r#"{"type":"subscribe"}"#),
        ],
        vec![Message::text("x".repeat(5_000))],
        vec![Message::text(hello), Message::binary(vec![0; 1 << 20])],
        vec![Message::Ping(vec![0; 10].into()); 100],
    ] {
        let mut socket = stage.connect(&device).await;
        let shown = format!("{:.80}", format!("{messages:?}"));
        for message in messages {
            socket.send_raw(message).await;
        }
        while let Some(frame) = socket.next().await {
            match frame {
                FromRelay::Welcome(_) => {}
                FromRelay::Bye(bye) => assert_eq!(bye.reason, Reason::Protocol, "{shown}"),
                other => panic!("{shown}: {other:?}"),
            }
        }
    }
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
}

#[tokio::test]
async fn a_relay_that_stops_sends_everybody_away_and_takes_nothing_any_more() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    let kept = stage.http.clone();
    // A connection that is open when it stops.
    assert_eq!(stage.changed(&channel, "state").await, 202);
    assert!(matches!(socket.next().await, Some(FromRelay::Hint(_))));
    let stopping = tokio::spawn(stage.stop());
    match socket.next().await {
        Some(FromRelay::Bye(bye)) => assert_eq!(bye.reason, Reason::Draining),
        other => panic!("{other:?}"),
    }
    drop(socket);
    stopping.await.unwrap();
    assert!(kept.post(&channel.url).send().await.is_err());
}
