//! A relay on a free port, a device, and what vendors send.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use dayline_relay::keys::Keys;
use dayline_relay::limits::Limits;
use dayline_relay::relay::Relay;
use dayline_relay::revocations::Revocations;
use dayline_relay::server::Server;
use dayline_relay_protocol::{
    Channel, ChannelRequest, Device, FromDevice, FromRelay, Hello, Position, VERSION, Vendor,
};
use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::{Client, Response, StatusCode};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::{Error, Message};

/// Nothing on loopback takes longer, unless it hangs.
const LONGEST: Duration = Duration::from_secs(10);

pub struct Stage {
    pub relay: Arc<Relay>,
    pub address: SocketAddr,
    pub http: Client,
    stop: Option<oneshot::Sender<()>>,
    serving: JoinHandle<()>,
}

/// A device's socket.
pub struct Socket(WebSocketStream<TcpStream>);

impl Stage {
    pub async fn new() -> Self {
        Self::with(None, Limits::new(100, 100, 100)).await
    }

    pub async fn with(admission_token: Option<&str>, limits: Limits) -> Self {
        // Another test may have done it.
        let _first = rustls::crypto::ring::default_provider().install_default();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let key = STANDARD.encode([7; 32]);
        let relay = Arc::new(Relay::new(
            format!("http://{address}").parse().unwrap(),
            Keys::parse(&format!("1 2026-01-01T00:00:00Z {key}")).unwrap(),
            Revocations::default(),
            admission_token,
            limits,
            100,
        ));
        let (stop, stopped) = oneshot::channel::<()>();
        let server = Server::new(Arc::clone(&relay), listener, None);
        let serving = tokio::spawn(server.serve(async {
            let _told = stopped.await;
        }));
        Self {
            relay,
            address,
            http: Client::builder().no_proxy().build().unwrap(),
            stop: Some(stop),
            serving,
        }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn enrol(&self) -> Device {
        let answer = self.http.post(self.url("/v1/devices")).send().await;
        let answer = answer.unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        body(answer).await
    }

    pub async fn channel(&self, device: &Device, vendor: Vendor, state: &str) -> Channel {
        let request = ChannelRequest {
            vendor,
            client_state_sha256: hex::encode(Sha256::digest(state)),
        };
        let answer = self
            .http
            .post(self.url("/v1/channels"))
            .bearer_auth(&device.secret)
            .body(serde_json::to_vec(&request).unwrap())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        body(answer).await
    }

    pub async fn revoke(&self, device: &Device) {
        let request = self.http.delete(self.url("/v1/devices"));
        let answer = request.bearer_auth(&device.secret).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    }

    pub async fn connect(&self, device: &Device) -> Socket {
        self.try_connect(&device.secret).await.unwrap()
    }

    pub async fn try_connect(&self, secret: &str) -> Result<Socket, Error> {
        Socket::open(self.address, secret).await
    }

    /// What Graph sends when an event changed.
    pub async fn changed(&self, channel: &Channel, state: &str) -> StatusCode {
        self.notify(channel, &change(state)).await
    }

    pub async fn notify(&self, channel: &Channel, collection: &serde_json::Value) -> StatusCode {
        let answer = self
            .http
            .post(&channel.url)
            .header("content-type", "application/json")
            .body(collection.to_string())
            .send()
            .await
            .unwrap();
        answer.status()
    }

    /// Stops as a signal would, and waits until it has.
    pub async fn stop(mut self) {
        self.stop.take().unwrap().send(()).unwrap();
        tokio::time::timeout(LONGEST, self.serving)
            .await
            .unwrap()
            .unwrap();
    }
}

impl Socket {
    pub async fn open(relay: SocketAddr, secret: &str) -> Result<Self, Error> {
        let stream = TcpStream::connect(relay).await?;
        let url = format!("ws://{relay}/v1/connect");
        let mut request = url.into_client_request()?;
        request
            .headers_mut()
            .insert("authorization", format!("Bearer {secret}").parse().unwrap());
        let (socket, _) = tokio_tungstenite::client_async(request, stream).await?;
        Ok(Self(socket))
    }

    pub async fn hello(&mut self, last: Option<Position>) -> Position {
        self.try_hello(last).await.unwrap()
    }

    /// Where the count stands; `None` if the relay hung up.
    pub async fn try_hello(&mut self, last: Option<Position>) -> Option<Position> {
        let hello = FromDevice::Hello(Hello {
            version: VERSION,
            last,
        });
        let hello = serde_json::to_string(&hello).unwrap();
        self.0.send(Message::text(hello)).await.ok()?;
        match self.next().await? {
            FromRelay::Welcome(welcome) => Some(welcome.position),
            FromRelay::Bye(_) => None,
            other => panic!("{other:?}"),
        }
    }

    pub async fn send(&mut self, text: &str) {
        self.0.send(Message::text(text)).await.unwrap();
    }

    /// Says goodbye, and waits until the relay has heard it.
    pub async fn close(mut self) {
        self.0.close(None).await.unwrap();
        while let Some(Ok(_)) = self.0.next().await {}
    }

    pub async fn send_raw(&mut self, message: Message) {
        // The relay may have hung up already, which is what is looked for then.
        let _sent = self.0.send(message).await;
    }

    /// The next frame; `None` once the relay has hung up.
    pub async fn next(&mut self) -> Option<FromRelay> {
        tokio::time::timeout(LONGEST, self.try_next())
            .await
            .unwrap()
    }

    /// The same, however long it takes.
    pub async fn try_next(&mut self) -> Option<FromRelay> {
        loop {
            match self.0.next().await {
                Some(Ok(Message::Text(text))) => return Some(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return None,
                Some(Ok(_)) => {}
            }
        }
    }

    /// Whether nothing comes for a moment that is longer than hints wait for each other.
    pub async fn is_quiet(&mut self) -> bool {
        tokio::time::timeout(Duration::from_millis(400), self.next())
            .await
            .is_err()
    }
}

/// What Graph says of an event that changed.
pub fn change(state: &str) -> serde_json::Value {
    let item = json!({
        "id": "lsgTZMr9KwAAA",
        "subscriptionId": "7f105c7d-2dc5-4530-97cd-4e7ae6534c07",
        "subscriptionExpirationDateTime": "2026-12-05T11:00:00Z",
        "clientState": state,
        "changeType": "updated",
        "resource": "Users/622eaaff/Events/AAMkAGI",
        "tenantId": "84bd8158-6d4d-4958-8b9f-9d6445542f95",
        "resourceData": {"@odata.type": "#Microsoft.Graph.Event", "id": "AAMkAGI"},
    });
    json!({"value": [item]})
}

pub async fn body<T: serde::de::DeserializeOwned>(answer: Response) -> T {
    serde_json::from_slice(&answer.bytes().await.unwrap()).unwrap()
}
