use dayline_relay::limits::Limits;
use dayline_relay_protocol::{Device, ErrorBody, FromRelay, Reason, Rotation, Vendor};
use reqwest::{Method, StatusCode};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::stage::{Stage, body};

#[tokio::test]
async fn only_who_brings_the_admission_token_may_enrol() {
    let stage = Stage::with(Some("entry"), Limits::new(100, 100, 100)).await;
    let enrol = |token: Option<&'static str>| {
        let request = stage.http.post(stage.url("/v1/devices"));
        match token {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
        .send()
    };
    for (token, expected) in [
        (None, StatusCode::UNAUTHORIZED),
        (Some("Entry"), StatusCode::UNAUTHORIZED),
        (Some(""), StatusCode::UNAUTHORIZED),
        (Some("entry"), StatusCode::CREATED),
    ] {
        assert_eq!(enrol(token).await.unwrap().status(), expected, "{token:?}");
    }
}

#[tokio::test]
async fn a_secret_is_renewed_and_older_ones_end_when_asked() {
    let stage = Stage::new().await;
    let first = stage.enrol().await;
    let renew = |secret: String, rotation: Option<Rotation>| {
        let request = stage.http.post(stage.url("/v1/devices/secret"));
        let body = rotation.map(|rotation| serde_json::to_string(&rotation).unwrap());
        request
            .bearer_auth(secret)
            .body(body.unwrap_or_default())
            .send()
    };
    let second: Device = body(renew(first.secret.clone(), None).await.unwrap()).await;
    stage.connect(&first).await.hello(None).await;
    let mut socket = stage.connect(&second).await;
    socket.hello(None).await;
    // A secret is older if it is of an earlier millisecond.
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let revoke = Some(Rotation { revoke_older: true });
    let third: Device = body(renew(second.secret.clone(), revoke).await.unwrap()).await;
    match socket.next().await {
        Some(FromRelay::Bye(bye)) => assert_eq!(bye.reason, Reason::Revoked),
        other => panic!("{other:?}"),
    }
    // Each is a line in a file, and no device writes it full.
    let again = renew(third.secret.clone(), revoke).await.unwrap();
    assert_eq!(again.status(), 503);
    for old in [first, second] {
        assert!(stage.try_connect(&old.secret).await.is_err());
        assert_eq!(renew(old.secret, None).await.unwrap().status(), 401);
    }
    stage.connect(&third).await.hello(None).await;
}

#[tokio::test]
async fn a_device_that_is_revoked_is_gone_with_its_channels() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    assert_eq!(stage.changed(&channel, "state").await, 202);
    let answer = stage
        .http
        .delete(stage.url("/v1/devices"))
        .bearer_auth(&device.secret)
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 204);
    assert_eq!(stage.changed(&channel, "state").await, 404);
    assert!(stage.try_connect(&device.secret).await.is_err());
}

#[tokio::test]
async fn requests_that_make_no_sense_are_refused_in_words() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    for (method, path, sent, expected, code) in [
        (Method::GET, "/v1/devices", "", 405, "method_not_allowed"),
        (Method::POST, "/v1/connect", "", 405, "method_not_allowed"),
        (Method::GET, "/v1/connect", "", 400, "malformed"),
        (Method::GET, "/nowhere", "", 404, "not_found"),
        (Method::POST, "/v1/channels", "", 400, "malformed"),
        (
            Method::POST,
            "/v1/channels",
            "{\"vendor\":\"yahoo\"}",
            400,
            "malformed",
        ),
        (
            Method::POST,
            "/v1/channels",
            "{\"vendor\":\"google\",\"client_state_sha256\":\"ab\"}",
            400,
            "malformed",
        ),
        (Method::POST, "/v1/devices/secret", "[", 400, "malformed"),
    ] {
        let answer = stage
            .http
            .request(method.clone(), stage.url(path))
            .bearer_auth(&device.secret)
            .body(sent)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), expected, "{method} {path} {sent}");
        let error: ErrorBody = body(answer).await;
        assert_eq!(error.error.code, code, "{method} {path} {sent}");
    }
    let large = stage
        .http
        .post(stage.url("/v1/channels"))
        .bearer_auth(&device.secret)
        .body(vec![b'x'; 1 << 20])
        .send()
        .await;
    // It hangs up on who goes on sending.
    assert!(large.is_err() || large.is_ok_and(|answer| answer.status() == 413));
}

#[tokio::test]
async fn operators_see_numbers_and_crawlers_see_the_hooks() {
    let stage = Stage::new().await;
    let device = stage.enrol().await;
    let channel = stage.channel(&device, Vendor::Microsoft, "state").await;
    stage.connect(&device).await.hello(None).await;
    stage.changed(&channel, "state").await;
    stage.changed(&channel, "forged").await;
    let get = async |path: &str| {
        let answer = stage.http.get(stage.url(path)).send().await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap()
    };
    assert_eq!(get("/healthz").await, "ok\n");
    assert_eq!(get("/readyz").await, "ready\n");
    assert!(get("/robots.txt").await.contains("Allow: /v1/hooks/"));
    let metrics = get("/metrics").await;
    for line in [
        "dayline_relay_hooks_total{vendor=\"microsoft\",outcome=\"Accepted\"} 1",
        "dayline_relay_hooks_total{vendor=\"microsoft\",outcome=\"Refused\"} 1",
        "dayline_relay_enrolments_total 1",
    ] {
        assert!(metrics.contains(line), "{line} in:\n{metrics}");
    }
}

#[tokio::test]
async fn more_connections_than_there_are_places_are_hung_up_on() {
    let stage = Stage::with(None, Limits::new(3, 1, 100)).await;
    let device = stage.enrol().await;
    let other = stage.enrol().await;
    let mut socket = stage.connect(&device).await;
    socket.hello(None).await;
    assert!(stage.try_connect(&other.secret).await.is_err());
    let open: Vec<TcpStream> = {
        let mut open = Vec::new();
        for _ in 0..8 {
            open.push(TcpStream::connect(stage.address).await.unwrap());
        }
        open
    };
    let mut hung_up = 0;
    for mut stream in open {
        let _sent = stream
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            .await;
        let mut answer = Vec::new();
        let read = stream.read_to_end(&mut answer).await;
        hung_up += usize::from(read.is_err() || answer.is_empty());
    }
    assert!(hung_up >= 5, "{hung_up}");
    drop(socket);
}
