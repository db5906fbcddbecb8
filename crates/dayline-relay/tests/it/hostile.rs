//! What a device, or somebody who stole its secret, does to keep what it should lose.

use std::time::Duration;

use dayline_relay::limits::Limits;
use dayline_relay_protocol::{FromRelay, Reason, Vendor};
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::protocol::frame::Frame;
use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

use crate::stage::Stage;

#[tokio::test]
async fn who_is_revoked_before_hello_is_hung_up_on_after_it() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let mut socket = stage.connect(&device).await;
    stage.revoke(&device).await;
    socket.send(r#"{"type":"hello","version":1}"#).await;
    let mut said = Vec::new();
    while let Some(frame) = socket.next().await {
        said.push(frame);
    }
    let last = said.last();
    assert!(
        matches!(last, Some(FromRelay::Bye(bye)) if bye.reason == Reason::Revoked),
        "{said:?}"
    );
}

#[tokio::test]
async fn a_request_that_began_before_a_revocation_gets_nothing_after_it() {
    let stage = Stage::new().await;
    for path in ["/v1/devices/secret", "/v1/channels"] {
        let device = stage.enrol().await;
        let body = format!(
            r#"{{"vendor":"google","client_state_sha256":"{}"}}"#,
            "ab".repeat(32)
        );
        let mut stream = TcpStream::connect(stage.address).await.unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\nexpect: 100-continue\r\nauthorization: Bearer {}\r\ncontent-length: {}\r\n\r\n",
            device.secret,
            body.len()
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        // It waits for the body by now.
        let mut continues = [0; 25];
        stream.read_exact(&mut continues).await.unwrap();
        stage.revoke(&device).await;
        stream.write_all(body.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 401"), "{path}: {answer}");
    }
}

#[tokio::test]
async fn parts_of_messages_without_end_are_not_listened_to() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    let part = |opcode| Message::Frame(Frame::message(Vec::new(), OpCode::Data(opcode), false));
    socket.send_raw(part(Data::Text)).await;
    for _ in 0..20_000 {
        socket.send_raw(part(Data::Continue)).await;
    }
    match socket.next().await {
        Some(FromRelay::Bye(bye)) => assert_eq!(bye.reason, Reason::Protocol),
        None => {}
        other => panic!("{other:?}"),
    }
    assert_eq!(stage.relay.registry.count().0, 0);
}

#[tokio::test]
async fn large_bodies_are_kept_of_few_and_of_nobody_unknown() {
    let stage = Stage::with(None, Limits::new(400, 10, 400)).await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    let (_, sealed) = channel.url.rsplit_once('/').unwrap();
    let post = async |channel: &str, sent: usize| {
        let mut stream = TcpStream::connect(stage.address).await.unwrap();
        let head = format!(
            "POST /v1/hooks/microsoft/{channel} HTTP/1.1\r\nhost: relay\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: 200000\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.write_all(&vec![b' '; sent]).await.unwrap();
        stream
    };
    let mut holding = Vec::new();
    for _ in 0..100 {
        holding.push(post(sealed, 199_999).await);
    }
    let answers = holding.iter_mut().map(async |stream| {
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).await.unwrap();
        answer
    });
    let mut answers: FuturesUnordered<_> = answers.collect();
    for _ in 64..100 {
        let refused = tokio::time::timeout(Duration::from_secs(5), answers.next()).await;
        assert_eq!(&refused.unwrap().unwrap(), b"HTTP/1.1 503");
    }
    drop(answers);
    // Small ones go on, and what nobody sealed is read and thrown away.
    assert_eq!(stage.changed(&channel, "state").await, 202);
    let mut answer = String::new();
    let mut stream = post("AAAA", 200_000).await;
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 404"), "{answer}");
}
