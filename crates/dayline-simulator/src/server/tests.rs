mod push;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::*;
use crate::Scenario;

fn config() -> Config {
    Config {
        scenario: Scenario::Sample,
        seed: 1,
        now: DateTime::UNIX_EPOCH,
    }
}

#[tokio::test]
async fn requests_over_loopback_get_links_to_the_same_port() {
    let server = Server::bind(&config(), 0, false).await.unwrap();
    let address = server.address().unwrap();
    let token = server.accounts()[0].access_token.clone();
    let serving = tokio::spawn(server.serve());
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "GET /v1.0/me/events?$top=1 HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.contains(&format!("http://{address}/v1.0/me/events?$top=1&$skip=1")),
        "{answer}"
    );
    serving.abort();
}

/// The status line of one request on a connection of its own.
async fn status(address: SocketAddr, token: String, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{head} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer.lines().next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn four_requests_of_a_mailbox_run_at_once_and_no_more() {
    let server = Server::bind(&config(), 0, false).await.unwrap();
    let address = server.address().unwrap();
    let token = server.accounts()[0].access_token.clone();
    let shared = Arc::clone(&server.shared);
    let serving = tokio::spawn(server.serve());
    let quirk = "{\"mailbox_concurrency\": true}";
    let on = status(address, token.clone(), "POST /_sim/quirks", quirk).await;
    assert_eq!(on, "HTTP/1.1 200 OK");
    let alone = status(address, token.clone(), "GET /v1.0/me", "").await;
    assert_eq!(alone, "HTTP/1.1 200 OK");
    assert!((0..MOST_AT_ONCE).all(|_| shared.enter(0)));
    assert!(!shared.enter(0), "one more");
    let refused = status(address, token.clone(), "GET /v1.0/me", "").await;
    assert_eq!(refused, "HTTP/1.1 429 Too Many Requests");
    let google = status(address, token.clone(), "GET /calendar/v3/colors", "").await;
    assert_eq!(google, "HTTP/1.1 401 Unauthorized", "not counted");
    drop(Running {
        shared: &shared,
        mailbox: 0,
    });
    let next = status(address, token, "GET /v1.0/me", "").await;
    assert_eq!(next, "HTTP/1.1 200 OK");
    serving.abort();
}

#[tokio::test]
async fn tls_uses_the_authority_that_is_handed_out() {
    use rustls::pki_types::pem::PemObject as _;

    let server = Server::bind(&config(), 0, true).await.unwrap();
    let address = server.address().unwrap();
    let pem = server.ca_pem().unwrap().to_owned();
    let serving = tokio::spawn(server.serve());
    let mut roots = rustls::RootCertStore::empty();
    roots
        .add(rustls::pki_types::CertificateDer::from_pem_slice(pem.as_bytes()).unwrap())
        .unwrap();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let client = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connector = tokio_rustls::TlsConnector::from(Arc::new(client));
    let stream = TcpStream::connect(address).await.unwrap();
    let mut stream = connector
        .connect("localhost".try_into().unwrap(), stream)
        .await
        .unwrap();
    let host = format!("localhost:{}", address.port());
    let request = format!(
        "GET /common/v2.0/.well-known/openid-configuration HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // The peer closes without a TLS close_notify, which reads as an unexpected end.
    let _closed = stream.read_to_end(&mut answer).await;
    let answer = String::from_utf8(answer).unwrap();
    assert!(
        answer.contains(&format!("https://{host}/common/oauth2/v2.0/token")),
        "{answer}"
    );
    serving.abort();
}
