//! What vendors say of people goes into the relay, and nothing of it comes out.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use dayline_e2e::canaries::Canaries;
use dayline_e2e::nats::Nats;
use dayline_e2e::relay::Relay;
use dayline_e2e::wait::until;
use dayline_e2e::web::Web;
use dayline_host::{Http as _, ReqwestHttp, Socket};
use http::{HeaderMap, Method, StatusCode};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

use crate::scene::file;

const STATE: &str = "canary-client-state-7f3a91d0c4b84e06";

/// Every field in which a vendor says something, with something that is found again.
fn fields() -> BTreeMap<&'static str, String> {
    [
        ("tenantId", "c4a9a5e1-0000-4aaa-8aaa-canary-tenant"),
        ("subscriptionId", "c4a9a5e1-1111-4aaa-8aaa-canary-subscr"),
        ("id", "canary-notification-lsgTZMr9KwAAA"),
        (
            "resource",
            "Users/canary-user-622eaaff/Events/canary-event-AAMkAGI",
        ),
        ("odataId", "Users/canary-odata-622eaaff/Events/AAMkAGI"),
        ("etag", "W/canary-etag-CQAAABYAAAD"),
        ("eventId", "canary-resource-id-AAMkAGI2TGuLAAA="),
        ("organizationId", "canary-organization-84bd8158"),
        ("encryptedContent", "canary-encrypted-content-MIIB"),
        ("validationToken", "canary-validation-token-eyJ0eXAi"),
        ("handshake", "canary-handshake-token-Validation"),
        ("clientState", STATE),
        ("wrong clientState", "canary-wrong-state-51f4"),
        ("X-Goog-Channel-ID", "canary-google-channel-4ba78bf0"),
        (
            "X-Goog-Resource-ID",
            "canary-google-resource-ret08u3rv24htgh289g",
        ),
        (
            "X-Goog-Resource-URI",
            "https://www.googleapis.com/calendar/v3/calendars/canary.person@example.org/events",
        ),
        ("X-Goog-Message-Number", "9007199254canary"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .into()
}

/// A collection of change notifications with every field.
fn microsoft(of: &BTreeMap<&str, String>, state: &str, lifecycle: Option<&str>) -> Value {
    let field = |name| of.get(name).cloned().unwrap_or_default();
    let mut item = json!({
        "id": field("id"),
        "subscriptionId": field("subscriptionId"),
        "subscriptionExpirationDateTime": "2026-12-05T11:00:00Z",
        "clientState": state,
        "resource": field("resource"),
        "tenantId": field("tenantId"),
        "organizationId": field("organizationId"),
        "resourceData": {
            "@odata.type": "#Microsoft.Graph.Event",
            "@odata.id": field("odataId"),
            "@odata.etag": field("etag"),
            "id": field("eventId"),
        },
        "encryptedContent": { "data": field("encryptedContent") },
    });
    let (name, value) =
        lifecycle.map_or(("changeType", "updated"), |event| ("lifecycleEvent", event));
    if let Some(fields) = item.as_object_mut() {
        fields.insert(name.to_owned(), json!(value));
    }
    json!({ "value": [item], "validationTokens": [field("validationToken")] })
}

/// A relay, and how to send to its channels.
struct Node {
    relay: Relay,
    web: Web,
}

impl Node {
    async fn start(keys: &Path, nats: &Nats, logs: &Path, name: &str) -> Result<Self> {
        let free = TcpListener::bind("127.0.0.1:0").await?;
        let address = free.local_addr()?.to_string();
        drop(free);
        let revocations = keys.join(name);
        let revocations = revocations.to_string_lossy();
        let more = ["--nats", &nats.url(), "--revocations", &revocations];
        let log = file(&logs.join(name))?;
        Ok(Self {
            relay: Relay::start_told(keys, &address, &more, log).await?,
            web: Web::new()?,
        })
    }

    async fn ask(&self, path: &str, secret: &str, body: &Value) -> Result<Value> {
        let url = format!("{}{path}", self.relay.url);
        self.web.json(Method::POST, &url, secret, body).await
    }

    /// A channel's path, the same at every node.
    async fn channel(&self, secret: &str, vendor: &str) -> Result<String> {
        let digest = hex::encode(Sha256::digest(STATE));
        let wanted = json!({ "vendor": vendor, "client_state_sha256": digest });
        let channel = self.ask("/v1/channels", secret, &wanted).await?;
        let url = channel
            .get("url")
            .and_then(Value::as_str)
            .context("no url")?;
        let path = url.strip_prefix(&self.relay.url).context("elsewhere")?;
        Ok(path.to_owned())
    }

    async fn send(&self, path: &str, head: &[(&str, &str)], body: String) -> Result<StatusCode> {
        let url = format!("{}{path}", self.relay.url);
        Ok(self
            .web
            .send(Method::POST, &url, head, body)
            .await?
            .status())
    }

    async fn connect(&self, secret: &str) -> Result<Box<dyn Socket>> {
        let mut head = HeaderMap::new();
        head.insert("authorization", format!("Bearer {secret}").parse()?);
        let url = format!("{}/v1/connect", self.relay.url);
        let mut socket = ReqwestHttp::new()?.open_socket(&url, head).await?;
        socket
            .send(r#"{"type":"hello","version":1}"#.to_owned())
            .await?;
        Ok(socket)
    }
}

/// Sends all that a vendor may send, and some that it would not.
async fn notify(node: &Node, secret: &str, of: &BTreeMap<&str, String>) -> Result<()> {
    let json = [("content-type", "application/json")];
    let path = node.channel(secret, "microsoft").await?;
    for event in [
        None,
        Some("missed"),
        Some("subscriptionRemoved"),
        Some("reauthorizationRequired"),
    ] {
        let body = microsoft(of, STATE, event).to_string();
        ensure!(node.send(&path, &json, body).await? == StatusCode::ACCEPTED);
    }
    let wrong = of.get("wrong clientState").context("no state")?;
    let body = microsoft(of, wrong, None).to_string();
    ensure!(node.send(&path, &json, body.clone()).await? == StatusCode::NOT_FOUND);
    let cut = body.get(..body.len() / 2).context("short")?.to_owned();
    ensure!(node.send(&path, &json, cut).await? == StatusCode::BAD_REQUEST);
    let text = [("content-type", "text/plain")];
    ensure!(node.send(&path, &text, body).await?.is_client_error());
    let token = of.get("handshake").context("no token")?;
    let handshake = format!("{path}?validationToken={token}");
    ensure!(node.send(&handshake, &[], String::new()).await? == StatusCode::OK);

    let path = node.channel(secret, "google").await?;
    for (state, token, expected) in [
        ("sync", STATE, StatusCode::ACCEPTED),
        ("exists", STATE, StatusCode::ACCEPTED),
        ("exists", wrong, StatusCode::NOT_FOUND),
    ] {
        let mut head = vec![
            ("x-goog-channel-token", token),
            ("x-goog-resource-state", state),
        ];
        for (name, value) in of.iter().filter(|(name, _)| name.starts_with("X-Goog-")) {
            head.push((name, value));
        }
        ensure!(node.send(&path, &head, String::new()).await? == expected);
    }
    Ok(())
}

#[tokio::test]
async fn what_vendors_say_of_people_is_dropped_by_the_relay() -> Result<()> {
    let root = tempfile::Builder::new().prefix("dayline-").tempdir()?;
    let folder = |name: &str| -> Result<std::path::PathBuf> {
        let folder = root.path().join(name);
        std::fs::create_dir_all(&folder)?;
        Ok(folder)
    };
    let nats = Nats::start(&folder("streams")?).await?;
    let heard = folder("traffic")?.join("nats");
    let listening = nats.listen(heard.clone()).await?;
    let (keys, logs) = (folder("keys")?, folder("logs")?);
    Relay::make_keys(&keys).await?;
    let here = Node::start(&keys, &nats, &logs, "here").await?;
    let there = Node::start(&keys, &nats, &logs, "there").await?;

    let enrol = async || -> Result<String> {
        let device = here.ask("/v1/devices", "", &Value::Null).await?;
        Ok(device["secret"].as_str().context("no secret")?.to_owned())
    };
    let (present, absent) = (enrol().await?, enrol().await?);
    let mut socket = here.connect(&present).await?;
    let mut frames = String::new();
    let welcome = socket.next().await?.context("no welcome")?;
    ensure!(welcome.contains("welcome"), "{welcome}");
    let fields = fields();
    // At its own node, at another one, and for a device that nobody has.
    for (node, secret) in [(&here, &present), (&there, &present), (&there, &absent)] {
        notify(node, secret, &fields).await?;
    }
    // Five hints of each round: four kinds of one vendor, and one of the other.
    for _ in 0..10 {
        frames.push_str(&socket.next().await?.context("no hint")?);
    }
    until("the mark of the absent device", async || {
        let metrics = there
            .web
            .get(&format!("{}/metrics", there.relay.url))
            .await?;
        let text = String::from_utf8_lossy(metrics.body()).into_owned();
        Ok(text.contains("outcome=\"Marked\"").then_some(()))
    })
    .await?;
    std::fs::write(folder("traffic")?.join("frames"), frames)?;
    for (name, node) in [("here", &here), ("there", &there)] {
        let metrics = node.web.get(&format!("{}/metrics", node.relay.url)).await?;
        std::fs::write(folder("metrics")?.join(name), metrics.body())?;
    }
    let revoke = format!("{}/v1/devices", here.relay.url);
    here.web
        .json(Method::DELETE, &revoke, &absent, &Value::Null)
        .await?;
    here.relay.kill().await?;
    there.relay.kill().await?;
    drop(nats);
    // It ends with the server.
    let _hung_up = listening.await?;

    let mut canaries = Canaries::default();
    for (name, value) in &fields {
        canaries.add(name, value.as_bytes());
    }
    assert_eq!(canaries.find_in(root.path())?, [] as [String; 0]);
    // What was looked through is what it is taken for.
    let has = |path: &Path, text: &str| -> Result<bool> {
        let bytes = std::fs::read(path)?;
        Ok(bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes()))
    };
    ensure!(has(&heard, "dayline.hint.")?, "no hint was heard");
    ensure!(has(&heard, "dayline.missed.")?, "no mark was heard");
    ensure!(has(&logs.join("there"), "TRACE")?, "nothing is logged");
    let streams =
        Canaries::of("stream", b"dayline-revocations").find_in(&root.path().join("streams"))?;
    ensure!(!streams.is_empty(), "no stream is kept");
    // And it is found where it is.
    std::fs::write(
        logs.join("control"),
        fields.values().cloned().collect::<String>(),
    )?;
    ensure!(
        canaries.find_in(&logs)?.len() == fields.len(),
        "not all are found"
    );
    Ok(())
}
