//! Push over loopback, to a webhook that listens.

use std::collections::VecDeque;

use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::*;

/// After this nothing comes any more.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What a webhook was sent.
#[derive(Debug)]
struct Got {
    query: String,
    headers: http::HeaderMap,
    body: String,
}

/// A webhook that echoes validation tokens and answers everything else as it was told, 202 in
/// the end.
struct Hook {
    url: String,
    got: UnboundedReceiver<Got>,
    answers: Arc<Mutex<VecDeque<u16>>>,
    _task: tokio::task::JoinSet<()>,
}

impl Hook {
    async fn start(acceptor: Option<TlsAcceptor>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (tell, got) = unbounded_channel();
        let answers = Arc::new(Mutex::new(VecDeque::new()));
        let scheme = if acceptor.is_some() { "https" } else { "http" };
        let mut task = tokio::task::JoinSet::new();
        let script = Arc::clone(&answers);
        task.spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (tell, script) = (tell.clone(), Arc::clone(&script));
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    match acceptor {
                        None => listen(TokioIo::new(stream), tell, script).await,
                        Some(acceptor) => {
                            if let Ok(stream) = acceptor.accept(stream).await {
                                listen(TokioIo::new(stream), tell, script).await;
                            }
                        }
                    }
                });
            }
        });
        Self {
            url: format!("{scheme}://localhost:{port}/hook"),
            got,
            answers,
            _task: task,
        }
    }

    /// What it is sent next.
    async fn next(&mut self) -> Got {
        let next = tokio::time::timeout(PATIENCE, self.got.recv()).await;
        next.expect("the webhook was sent nothing").unwrap()
    }

    fn answer(&self, statuses: &[u16]) {
        self.answers.lock().unwrap().extend(statuses);
    }
}

async fn listen<I>(io: I, tell: UnboundedSender<Got>, script: Arc<Mutex<VecDeque<u16>>>)
where
    I: hyper::rt::Read + hyper::rt::Write + Unpin + Send + 'static,
{
    let service = service_fn(move |request: Request<Incoming>| {
        let (tell, script) = (tell.clone(), Arc::clone(&script));
        async move {
            let query = request.uri().query().unwrap_or_default().to_owned();
            let headers = request.headers().clone();
            let body = request.into_body().collect().await.unwrap().to_bytes();
            let mut pairs = url::form_urlencoded::parse(query.as_bytes());
            let token = pairs.find(|(name, _)| name == "validationToken");
            let mut response = Response::new(Full::default());
            if let Some((_, token)) = token {
                *response.body_mut() = Full::new(Bytes::from(token.into_owned()));
                let kind = http::HeaderValue::from_static("text/plain");
                response.headers_mut().insert("content-type", kind);
            } else {
                let status = script.lock().unwrap().pop_front().unwrap_or(202);
                *response.status_mut() = status.try_into().unwrap();
            }
            tell.send(Got {
                query,
                headers,
                body: String::from_utf8(body.to_vec()).unwrap(),
            })
            .unwrap();
            Ok::<_, Infallible>(response)
        }
    });
    let _closed = hyper::server::conn::http1::Builder::new()
        .serve_connection(io, service)
        .await;
}

/// A simulator that serves, and a client of it.
struct Bench {
    base: String,
    accounts: Vec<crate::AccountCredentials>,
    client: reqwest::Client,
    _serving: tokio::task::JoinSet<()>,
}

impl Bench {
    async fn start(trust: Option<&[u8]>) -> Self {
        let server = Server::bind_trusting(&config(), 0, false, trust)
            .await
            .unwrap();
        let base = format!("http://{}", server.address().unwrap());
        let accounts = server.accounts();
        let mut serving = tokio::task::JoinSet::new();
        serving.spawn(async move { server.serve().await.unwrap() });
        Self {
            base,
            accounts,
            client: webhooks::client(None).unwrap(),
            _serving: serving,
        }
    }

    async fn post(&self, provider: &str, path: &str, body: &Value) -> (u16, Value) {
        let account = self
            .accounts
            .iter()
            .find(|one| one.provider == provider)
            .unwrap();
        let request = self
            .client
            .post(format!("{}{path}", self.base))
            .bearer_auth(&account.access_token)
            .header("content-type", "application/json")
            .body(body.to_string());
        answer_of(request.send().await.unwrap()).await
    }

    async fn subscriptions(&self) -> Value {
        let list = self.client.get(format!("{}/_sim/subscriptions", self.base));
        answer_of(list.send().await.unwrap()).await.1
    }

    async fn subscribe(&self, url: &str) -> (u16, Value) {
        let body = json!({
            "changeType": "created,updated,deleted",
            "notificationUrl": format!("{url}?secret=1"),
            "resource": "me/events",
            "expirationDateTime": "1970-01-05T00:00:00Z",
            "clientState": "state",
        });
        self.post("microsoft", "/v1.0/subscriptions", &body).await
    }

    async fn lunch(&self) {
        let body = json!({
            "subject": "Lunch",
            "start": {"dateTime": "1970-01-02T12:00:00", "timeZone": "UTC"},
            "end": {"dateTime": "1970-01-02T13:00:00", "timeZone": "UTC"},
        });
        assert_eq!(
            self.post("microsoft", "/v1.0/me/events", &body).await.0,
            201
        );
    }

    async fn google_lunch(&self) {
        let body = json!({
            "summary": "Lunch",
            "start": {"dateTime": "1970-01-02T12:00:00Z"},
            "end": {"dateTime": "1970-01-02T13:00:00Z"},
        });
        let path = "/calendar/v3/calendars/primary/events";
        assert_eq!(self.post("google", path, &body).await.0, 200);
    }

    async fn watch(&self, url: &str) {
        let body = json!({"id": "channel", "type": "web_hook", "address": url, "token": "tok"});
        let path = "/calendar/v3/calendars/primary/events/watch";
        assert_eq!(self.post("google", path, &body).await.0, 200);
    }

    async fn door(&self, path: &str, body: &Value) {
        assert_eq!(
            self.post("google", &format!("/_sim/{path}"), body).await.0,
            200
        );
    }

    /// Waits until the only subscription's counts are these.
    async fn settles(&self, counts: &Value) {
        let began = std::time::Instant::now();
        loop {
            let list = self.subscriptions().await;
            let row = list[0].as_object().unwrap();
            if counts
                .as_object()
                .unwrap()
                .iter()
                .all(|(name, value)| row.get(name) == Some(value))
            {
                return;
            }
            assert!(began.elapsed() < PATIENCE, "{list}");
            tokio::task::yield_now().await;
        }
    }
}

async fn answer_of(response: reqwest::Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let body = response.bytes().await.unwrap();
    (status, serde_json::from_slice(&body).unwrap_or_default())
}

#[tokio::test]
async fn a_webhook_is_asked_before_it_is_subscribed_and_told_of_changes() {
    let bench = Bench::start(None).await;
    let mut hook = Hook::start(None).await;
    let (status, body) = bench.subscribe(&hook.url).await;
    assert_eq!(status, 201, "{body}");
    let asked = hook.got.try_recv().unwrap();
    assert!(
        asked
            .query
            .starts_with("secret=1&validationToken=Validation%3A%20")
    );
    assert_eq!(asked.headers["content-length"], "0");
    hook.answer(&[503, 200]);
    bench.lunch().await;
    let first = hook.next().await;
    assert_eq!(first.query, "secret=1");
    let body: Value = serde_json::from_str(&first.body).unwrap();
    assert_eq!(body["value"][0]["clientState"], "state");
    assert_eq!(body["value"][0]["changeType"], "created");
    bench.settles(&json!({"failed": 1, "pending": 1})).await;
    bench.door("clock", &json!({"advance_secs": 60})).await;
    let again = hook.next().await;
    assert_eq!(again.body, first.body, "after a 503 it is tried again");
    bench
        .settles(&json!({"sent": 2, "accepted": 1, "failed": 1, "pending": 0}))
        .await;
}

#[tokio::test]
async fn a_webhook_that_nobody_answers_at_is_not_subscribed() {
    let bench = Bench::start(None).await;
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let (status, body) = bench.subscribe(&format!("http://{address}/hook")).await;
    assert_eq!(status, 400);
    assert_eq!(body["error"]["code"], "ValidationError");
}

#[tokio::test]
async fn google_gives_up_a_message_after_400() {
    let bench = Bench::start(None).await;
    let mut hook = Hook::start(None).await;
    hook.answer(&[200, 400, 200]);
    bench.watch(&hook.url).await;
    let sync = hook.next().await;
    assert_eq!(sync.headers["x-goog-resource-state"], "sync");
    assert_eq!(sync.headers["x-goog-channel-token"], "tok");
    assert!(
        sync.headers["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("APIs-Google;")
    );
    assert_eq!(
        (
            sync.headers["content-length"].as_bytes(),
            sync.body.as_str()
        ),
        (&b"0"[..], "")
    );
    bench.google_lunch().await;
    let refused = hook.next().await;
    assert_eq!(refused.headers["x-goog-message-number"], "2");
    bench
        .settles(&json!({"accepted": 1, "dropped": 1, "pending": 0}))
        .await;
    bench.door("clock", &json!({"advance_secs": 3600})).await;
    bench.google_lunch().await;
    let next = hook.next().await;
    assert_eq!(
        next.headers["x-goog-message-number"], "3",
        "the second was not repeated"
    );
}

#[tokio::test]
async fn sync_can_come_before_the_answer() {
    let bench = Bench::start(None).await;
    let mut hook = Hook::start(None).await;
    bench.door("push", &json!({"sync_first": true})).await;
    bench.watch(&hook.url).await;
    let sync = hook.got.try_recv().unwrap();
    assert_eq!(sync.headers["x-goog-message-number"], "1");
}

#[tokio::test]
async fn an_https_webhook_is_reached_if_its_authority_is_trusted() {
    let identity = identity().unwrap();
    let mut hook = Hook::start(Some(identity.acceptor)).await;
    let stranger = Bench::start(None).await;
    assert_eq!(stranger.subscribe(&hook.url).await.0, 400);
    let bench = Bench::start(Some(identity.ca_pem.as_bytes())).await;
    let (status, body) = bench.subscribe(&hook.url).await;
    assert_eq!(status, 201, "{body}");
    hook.next().await;
    bench.lunch().await;
    assert!(hook.next().await.body.contains("changeType"));
}
