use std::net::SocketAddr;

use tokio::task::JoinHandle;

use super::*;
use crate::attempt::hash_state;

use ProviderKind::{Google, Microsoft};

const LONG: Duration = Duration::from_mins(1);

struct Waiting {
    port: u16,
    answer: JoinHandle<Result<Url, LoopbackError>>,
}

async fn wait_for(provider: ProviderKind, timeout: Duration) -> Waiting {
    let loopback = Loopback::bind().await.unwrap();
    let port = loopback.port();
    let state_hash = hash_state("the-state");
    let answer = tokio::spawn(async move { loopback.wait(provider, &state_hash, timeout).await });
    Waiting { port, answer }
}

async fn connect(port: u16) -> TcpStream {
    TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port)))
        .await
        .unwrap()
}

/// Sends `request` and reads all that comes back.
async fn exchange(port: u16, request: &str) -> String {
    let mut stream = connect(port).await;
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A listener that closes with unread bytes resets the connection after its answer.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

fn get(host: &str, target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: Firefox\r\n\r\n")
}

async fn assert_closed(port: u16) {
    let refused = TcpStream::connect(SocketAddr::from(([127, 0, 0, 1], port))).await;
    assert_eq!(
        refused.unwrap_err().kind(),
        io::ErrorKind::ConnectionRefused
    );
}

#[tokio::test]
async fn the_answer_is_taken_and_the_port_is_closed() {
    for (provider, name) in [(Microsoft, "localhost"), (Google, "127.0.0.1")] {
        let Waiting { port, answer } = wait_for(provider, LONG).await;
        let host = format!("{name}:{port}");
        let page = exchange(port, &get(&host, "/?code=code-canary&state=the-state")).await;
        assert!(page.starts_with("HTTP/1.1 200 OK\r\n"), "{page}");
        assert!(
            page.contains("You can close this tab and go back to Dayline."),
            "{page}"
        );
        assert!(
            page.contains("Content-Security-Policy: default-src 'none'"),
            "{page}"
        );
        assert!(
            !page.contains("canary") && !page.contains("the-state"),
            "nothing is reflected"
        );
        let url = answer.await.unwrap().unwrap();
        assert_eq!(
            url.as_str(),
            format!("http://{host}/?code=code-canary&state=the-state")
        );
        assert_closed(port).await;
    }
}

#[tokio::test]
async fn wrong_requests_are_refused_and_the_wait_goes_on() {
    let Waiting { port, answer } = wait_for(Google, LONG).await;
    let host = format!("127.0.0.1:{port}");
    let right = "/?code=c&state=the-state";
    let cases = [
        (get("evil.example", right), "400"),
        (get(&format!("localhost:{port}"), right), "400"),
        (get("127.0.0.1", right), "400"),
        (get(&format!("127.0.0.1:{port}.evil.example"), right), "400"),
        (
            format!("GET {right} HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n"),
            "400",
        ),
        (
            format!("GET {right} HTTP/1.1\r\nAccept: */*\r\n\r\n"),
            "400",
        ),
        (get(&host, "/favicon.ico"), "404"),
        (get(&host, "/x?code=c&state=the-state"), "404"),
        (get(&host, "//?code=c&state=the-state"), "404"),
        (get(&host, &format!("http://{host}{right}")), "404"),
        (get(&host, "/"), "400"),
        (get(&host, "/?code=c&state=another-state"), "400"),
        (get(&host, "/?state=the-state"), "400"),
        (
            get(&host, "/?code=c&state=the-state&state=the-state"),
            "400",
        ),
        (
            format!("POST {right} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"),
            "405",
        ),
        (
            format!("HEAD {right} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
            "405",
        ),
        (format!("GET {right} HTTP/2\r\nHost: {host}\r\n\r\n"), "400"),
        (
            format!("GET  {right} HTTP/1.1\r\nHost: {host}\r\n\r\n"),
            "400",
        ),
        ("\u{16}\u{3}\u{1}\r\n\r\n".to_owned(), "400"),
        ("\r\n\r\n".to_owned(), "400"),
        (
            format!(
                "{}X: {}\r\n\r\n",
                get(&host, right).trim_end_matches("\r\n"),
                "x".repeat(9000)
            ),
            "431",
        ),
    ];
    for (request, status) in &cases {
        let page = exchange(port, request).await;
        let shown = request.get(..request.len().min(120));
        assert!(
            page.starts_with(&format!("HTTP/1.1 {status} ")),
            "{shown:?}: {page}"
        );
        assert!(
            !page.contains("the-state") && !page.contains("evil"),
            "nothing is reflected"
        );
        assert!(!answer.is_finished(), "{shown:?}");
    }
    // The control: the right one still counts.
    assert!(
        exchange(port, &get(&host, right))
            .await
            .starts_with("HTTP/1.1 200 ")
    );
    answer.await.unwrap().unwrap();
}

#[tokio::test]
async fn slow_clients_do_not_keep_a_good_one_waiting() {
    let Waiting { port, answer } = wait_for(Microsoft, LONG).await;
    let mut slow = Vec::new();
    for _ in 0..MAX_CONNECTIONS - 1 {
        let mut stream = connect(port).await;
        stream.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
        slow.push(stream);
    }
    let started = std::time::Instant::now();
    let request = get(&format!("localhost:{port}"), "/?code=c&state=the-state");
    let page = exchange(port, &request).await;
    assert!(page.starts_with("HTTP/1.1 200 "), "{page}");
    answer.await.unwrap().unwrap();
    assert!(
        started.elapsed() < CONNECTION_TIMEOUT,
        "it did not wait for the slow ones"
    );
    assert_closed(port).await;
}

#[tokio::test]
async fn a_request_in_pieces_is_put_together() {
    let Waiting { port, answer } = wait_for(Microsoft, LONG).await;
    let request = get(&format!("localhost:{port}"), "/?code=c&state=the-state");
    let mut stream = connect(port).await;
    stream.set_nodelay(true).unwrap();
    for byte in request.as_bytes() {
        stream.write_all(&[*byte]).await.unwrap();
    }
    answer.await.unwrap().unwrap();
}

#[tokio::test]
async fn an_error_of_the_provider_is_an_answer_too() {
    let Waiting { port, answer } = wait_for(Google, LONG).await;
    let request = get(
        &format!("127.0.0.1:{port}"),
        "/?error=access_denied&state=the-state",
    );
    assert!(exchange(port, &request).await.starts_with("HTTP/1.1 200 "));
    assert!(
        answer
            .await
            .unwrap()
            .unwrap()
            .as_str()
            .contains("access_denied")
    );
}

#[tokio::test]
async fn nobody_comes_and_the_port_is_closed() {
    let Waiting { port, answer } = wait_for(Google, Duration::from_millis(20)).await;
    assert_eq!(answer.await.unwrap(), Err(LoopbackError::TimedOut));
    assert_closed(port).await;
}

#[tokio::test]
async fn giving_up_closes_the_port() {
    let Waiting { port, answer } = wait_for(Google, LONG).await;
    answer.abort();
    assert!(answer.await.unwrap_err().is_cancelled());
    assert_closed(port).await;
}

#[tokio::test]
async fn it_listens_on_this_machine_only() {
    let loopback = Loopback::bind().await.unwrap();
    assert_eq!(
        loopback.listener.local_addr().unwrap().ip().to_string(),
        "127.0.0.1"
    );
}
