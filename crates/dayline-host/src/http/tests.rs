use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::*;

/// Answers one connection with `answer` and gives the request that came.
async fn serve(answer: Vec<u8>) -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}/start", listener.local_addr().unwrap());
    let request = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        // The client may hang up before it has read everything.
        let _ = stream.write_all(&answer).await;
        let _ = stream.shutdown().await;
        String::from_utf8(head).unwrap()
    });
    (address, request)
}

async fn get(address: &str) -> Result<Response<Bytes>, HttpError> {
    let request = Request::get(address)
        .header("authorization", "Bearer t")
        .body(Bytes::new());
    ReqwestHttp::new().unwrap().send(request.unwrap()).await
}

#[tokio::test]
async fn every_status_is_an_answer() {
    for status in [
        "200 OK",
        "410 Gone",
        "429 Too Many Requests",
        "503 Service Unavailable",
    ] {
        let answer = format!("HTTP/1.1 {status}\r\nX-A: b\r\nContent-Length: 4\r\n\r\nbody");
        let (address, request) = serve(answer.into_bytes()).await;
        let response = get(&address).await.unwrap();
        assert!(status.starts_with(response.status().as_str()));
        assert_eq!(response.headers()["x-a"], "b");
        assert_eq!(response.body(), "body");
        let request = request.await.unwrap().to_ascii_lowercase();
        assert!(request.starts_with("get /start http/1.1\r\n"), "{request}");
        assert!(request.contains("authorization: bearer t\r\n"), "{request}");
        assert!(
            request.contains("(gzip)\r\n"),
            "Google compresses for those who say so"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_given_and_not_followed() {
    let elsewhere = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let location = format!("http://{}/", elsewhere.local_addr().unwrap());
    let answer = format!("HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
    let (address, _request) = serve(answer.into_bytes()).await;
    let response = get(&address).await.unwrap();
    assert_eq!(response.status(), 302);
    assert_eq!(response.headers()["location"], location.as_str());
}

#[tokio::test]
async fn a_packed_answer_is_unpacked() {
    // gzip of "unpacked".
    let packed = [
        0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0x2b, 0xcd, 0x2b, 0x48, 0x4c,
        0xce, 0x4e, 0x4d, 0x01, 0x00, 0x96, 0x62, 0x2f, 0xca, 0x08, 0x00, 0x00, 0x00,
    ];
    let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 28\r\n\r\n";
    let (address, _request) = serve([head.as_bytes(), &packed].concat()).await;
    assert_eq!(get(&address).await.unwrap().body(), "unpacked");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_no_answer() {
    let cases = [
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"value\": [",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbody",
        "HTTP/1.1 200",
        "no HTTP at all\r\n\r\n",
    ];
    for answer in cases {
        let (address, _request) = serve(answer.as_bytes().to_vec()).await;
        assert_eq!(
            get(&address).await.unwrap_err(),
            HttpError::Broken,
            "{answer:?}"
        );
    }
}

#[tokio::test]
async fn an_endless_answer_is_cut() {
    let mut answer = b"HTTP/1.1 200 OK\r\n\r\n".to_vec();
    answer.resize(MAX_BODY + 1024, b'x');
    let (address, _request) = serve(answer).await;
    assert_eq!(get(&address).await.unwrap_err(), HttpError::TooLarge);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_unreachable() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    assert_eq!(get(&address).await.unwrap_err(), HttpError::Unreachable);
}

#[tokio::test]
async fn an_error_does_not_quote_the_address() {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = format!("http://{}/?token=canary", listener.local_addr().unwrap());
    drop(listener);
    let error = get(&address).await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"));
}
