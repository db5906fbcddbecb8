//! The simulated providers behind `host::Http`.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::{Clock, Http, HttpError};
use dayline_simulator::{
    AccountCredentials, Config, Delivery, Echo, Outcome, Scenario, Simulator, Validation,
};
use http::{Request, Response};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use serde_json::Value;
use std::sync::Arc;
use tokio::sync::Notify;

/// Where everything lives.
pub const ORIGIN: &str = "http://providers.example";
/// How long an answer takes.
const LATENCY: Duration = Duration::from_millis(20);

/// One request that the providers saw.
#[derive(Debug, Clone, PartialEq, Eq, Hash, serde::Deserialize)]
pub struct Sent {
    pub method: String,
    pub path: String,
    pub query: String,
    pub status: u16,
    pub provider: String,
    pub kind: String,
    pub time: String,
}

/// When the process dies.
#[derive(Debug, Clone, Copy)]
enum Death {
    Never,
    /// At this request, counted from now: before it arrives, or before its answer does.
    At {
        requests: u64,
        arrives: bool,
    },
}

struct Providers {
    simulator: Simulator,
    rng: ChaCha8Rng,
    death: Death,
    unplugged: bool,
}

/// Whoever takes what the vendors send.
pub trait Webhooks: Send + Sync {
    /// The answer to a POST; `None` if there is none.
    fn take(&self, request: &Request<Bytes>) -> Option<Response<Bytes>>;
}

/// The network between the engine and the providers.
pub struct Network {
    providers: Mutex<Providers>,
    clock: Arc<dyn Clock>,
    died: Notify,
    tokens: Mutex<Vec<String>>,
    webhooks: Mutex<Option<Arc<dyn Webhooks>>>,
    /// The vendors may have something to send, or at another time.
    posts: Notify,
}

impl Network {
    pub fn new(scenario: Scenario, seed: u64, now: DateTime<Utc>, clock: Arc<dyn Clock>) -> Self {
        let simulator = Simulator::new(&Config {
            scenario,
            seed,
            now,
        })
        .unwrap();
        Self {
            providers: Mutex::new(Providers {
                simulator,
                rng: ChaCha8Rng::seed_from_u64(seed ^ 0x5eed),
                death: Death::Never,
                unplugged: false,
            }),
            clock,
            died: Notify::new(),
            tokens: Mutex::new(Vec::new()),
            webhooks: Mutex::new(None),
            posts: Notify::new(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Providers> {
        self.providers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Asks the simulator as a test does: at once, and without the engine's network.
    pub fn ask(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let now = self.clock.now();
        let mut providers = self.lock();
        let Providers { simulator, rng, .. } = &mut *providers;
        let answer = match simulator.validations(request, now, rng) {
            None => simulator.handle(request, now, rng),
            Some(asked) => {
                let proven: Vec<_> = asked.iter().map(|one| one.judge(&self.echo(one))).collect();
                simulator.handle_validated(request, &proven, now, rng)
            }
        };
        for post in simulator.before_answer() {
            let outcome = self.post(&post.request);
            simulator.delivered(post.id, outcome, now, rng);
        }
        self.posts.notify_one();
        answer
    }

    /// Who takes what the vendors send from now on; nobody does at first.
    pub fn set_webhooks(&self, webhooks: Arc<dyn Webhooks>) {
        let mut own = self.webhooks.lock().unwrap_or_else(PoisonError::into_inner);
        *own = Some(webhooks);
    }

    fn webhook(&self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let webhooks = self.webhooks.lock().unwrap_or_else(PoisonError::into_inner);
        webhooks.as_ref()?.take(request)
    }

    fn echo(&self, validation: &Validation) -> Echo {
        let Some(answer) = self.webhook(&validation.request) else {
            return Echo::Unreachable;
        };
        let content_type = answer.headers().get("content-type");
        Echo::Answered {
            status: answer.status().as_u16(),
            content_type: content_type.and_then(|kind| Some(kind.to_str().ok()?.to_owned())),
            body: answer.body().clone(),
            took: LATENCY,
        }
    }

    /// Sends a POST of a vendor's, and tells what became of it.
    pub fn post(&self, request: &Request<Bytes>) -> Outcome {
        match self.webhook(request) {
            Some(answer) => Outcome::Answered {
                status: answer.status().as_u16(),
                took: LATENCY,
            },
            None => Outcome::Unreachable { took: LATENCY },
        }
    }

    /// What the vendors send now.
    pub fn due(&self) -> Vec<Delivery> {
        self.lock().simulator.due(self.clock.now())
    }

    /// How long it is until they send something.
    pub fn until_due(&self) -> Option<Duration> {
        let next = self.lock().simulator.next_delivery()?;
        Some((next - self.clock.now()).to_std().unwrap_or_default())
    }

    /// A vendor hears what became of a POST.
    pub fn delivered(&self, id: u64, outcome: Outcome) {
        let now = self.clock.now();
        let mut providers = self.lock();
        let Providers { simulator, rng, .. } = &mut *providers;
        simulator.delivered(id, outcome, now, rng);
    }

    /// Waits until there may be another [`Network::due`].
    pub async fn posts_change(&self) {
        self.posts.notified().await;
    }

    /// The clock jumped: what the vendors were to send later may be due now.
    pub fn look_at_posts(&self) {
        self.posts.notify_one();
    }

    /// Every token that went through, of whatever kind.
    pub fn tokens(&self) -> Vec<String> {
        self.tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// What the providers call now.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    fn note_tokens(&self, answer: &Response<Bytes>) {
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let found = ["access_token", "refresh_token", "id_token"]
            .into_iter()
            .filter_map(|name| body[name].as_str().map(str::to_owned));
        self.tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(found);
    }

    pub fn accounts(&self) -> Vec<AccountCredentials> {
        self.lock().simulator.accounts()
    }

    /// From now on nothing answers, or everything does again.
    pub fn unplug(&self, unplugged: bool) {
        self.lock().unplugged = unplugged;
    }

    /// The process dies at its `requests`th request from now on, before the request arrives or
    /// before its answer does.
    pub fn die_at(&self, requests: u64, arrives: bool) {
        self.lock().death = Death::At { requests, arrives };
    }

    /// Nobody dies any more.
    pub fn live(&self) {
        self.lock().death = Death::Never;
    }

    /// Waits for the death that [`Network::die_at`] announced.
    pub async fn death(&self) {
        self.died.notified().await;
    }

    /// Whether this request is the last one, and whether it still arrives.
    fn count(&self) -> Option<bool> {
        let mut providers = self.lock();
        let Death::At { requests, arrives } = providers.death else {
            return None;
        };
        if requests > 1 {
            providers.death = Death::At {
                requests: requests - 1,
                arrives,
            };
            return None;
        }
        Some(arrives)
    }

    async fn die(&self) -> ! {
        self.died.notify_one();
        std::future::pending::<std::convert::Infallible>().await;
        unreachable!("nothing comes after the end")
    }
}

#[async_trait]
impl Http for Network {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        tokio::time::sleep(LATENCY).await;
        if self.lock().unplugged {
            return Err(HttpError::Unreachable);
        }
        match self.count() {
            None => {}
            Some(false) => self.die().await,
            Some(true) => {
                self.ask(&request);
                self.die().await;
            }
        }
        let answer = self.ask(&request);
        self.note_tokens(&answer);
        tokio::time::sleep(LATENCY).await;
        Ok(answer)
    }
}

/// A request to a path of the providers, as JSON.
pub fn request(method: &str, target: &str, token: Option<&str>, body: &Value) -> Request<Bytes> {
    let uri = if target.starts_with('/') {
        format!("{ORIGIN}{target}")
    } else {
        target.to_owned()
    };
    let mut request = Request::builder()
        .method(method)
        .uri(uri)
        .header("content-type", "application/json")
        // What a test compares with is what the providers hold.
        .header("sim-plain", "true");
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    request.body(Bytes::from(body)).unwrap()
}
