//! A provider before its simulated service, and the edits that somebody makes elsewhere.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed assumption of a test ends the test"
)]

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use dayline_host::testing::{FnHttp, SeededRng};
use dayline_host::{Clock, Http};
use dayline_model::{Calendar, Cloud, ProviderCalendarId, ProviderKind};
use dayline_providers::{
    Change, Cursor, Google, Graph, Next, Page, PageRequest, PageSize, Provider, ProviderError,
};
use dayline_simulator::{Config, Scenario, Simulator};
use http::{Request, Response};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use url::Url;

pub(crate) const ORIGIN: &str = "http://simulator.test";

pub(crate) fn now() -> DateTime<Utc> {
    "2026-11-20T10:00:00Z".parse().unwrap()
}

struct Still;

impl Clock for Still {
    fn now(&self) -> DateTime<Utc> {
        now()
    }
}

/// The services, and which hosts were asked.
struct World {
    simulator: Simulator,
    rng: ChaCha8Rng,
    hosts: BTreeSet<String>,
}

/// A provider before its simulated service, signed in.
pub(crate) struct Case {
    pub(crate) provider: Box<dyn Provider>,
    world: Arc<Mutex<World>>,
    pub(crate) email: String,
    pub(crate) token: SecretString,
}

pub(crate) fn case(kind: ProviderKind) -> Case {
    let config = Config {
        scenario: Scenario::Sample,
        seed: 7,
        now: now(),
    };
    let simulator = Simulator::new(&config).unwrap();
    let account = simulator
        .accounts()
        .into_iter()
        .find(|account| account.provider == kind.as_str())
        .unwrap();
    let world = World {
        simulator,
        rng: ChaCha8Rng::seed_from_u64(7),
        hosts: BTreeSet::new(),
    };
    let world = Arc::new(Mutex::new(world));
    let served = Arc::clone(&world);
    let http: Arc<dyn Http> = Arc::new(FnHttp(move |request: Request<Bytes>| {
        let mut world = served.lock().unwrap();
        let World {
            simulator,
            rng,
            hosts,
        } = &mut *world;
        hosts.insert(request.uri().host().unwrap_or_default().to_owned());
        Ok(simulator.handle(&request, now(), rng))
    }));
    let base = |path: &str| Url::parse(&format!("{ORIGIN}{path}")).unwrap();
    let provider: Box<dyn Provider> = match kind {
        ProviderKind::Microsoft => Box::new(Graph::new(
            http,
            Arc::new(Still),
            Arc::new(SeededRng::new(7)),
            base("/v1.0"),
            Cloud::Global,
        )),
        ProviderKind::Google => Box::new(Google::new(http, Arc::new(Still), base("/calendar/v3"))),
    };
    let token = SecretString::from(account.access_token);
    Case {
        provider,
        world,
        email: account.email,
        token,
    }
}

pub(crate) fn cases() -> Vec<Case> {
    ProviderKind::ALL.map(case).into()
}

/// A whole round.
pub(crate) struct Round {
    pub(crate) changes: Vec<Change>,
    pub(crate) pages: usize,
    pub(crate) cursor: Cursor,
}

impl Case {
    pub(crate) fn name(&self) -> ProviderKind {
        self.provider.kind()
    }

    /// Every host that was asked.
    pub(crate) fn hosts(&self) -> BTreeSet<String> {
        self.world.lock().unwrap().hosts.clone()
    }

    /// One request past the provider: the simulator's own door, or an edit made elsewhere.
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        let request = Request::builder()
            .method(method)
            .uri(format!("{ORIGIN}{path}"))
            .header("content-type", "application/json")
            .header(
                "authorization",
                format!("Bearer {}", self.token.expose_secret()),
            )
            .header("prefer", r#"IdType="ImmutableId""#)
            .body(Bytes::from(if body.is_null() {
                String::new()
            } else {
                body.to_string()
            }))
            .unwrap();
        let mut world = self.world.lock().unwrap();
        let World { simulator, rng, .. } = &mut *world;
        let response: Response<Bytes> = simulator.handle(&request, now(), rng);
        assert!(
            response.status().is_success(),
            "{method} {path}: {response:?}"
        );
        serde_json::from_slice(response.body()).unwrap_or(Value::Null)
    }

    /// The next request to the service is answered so.
    pub(crate) fn next_answer(&self, fault: &Value) {
        self.send("POST", "/_sim/faults", &json!({"fault": fault}));
    }

    /// The path of an event; of all events for `""`.
    pub(crate) fn path(&self, calendar: &ProviderCalendarId, event: &str) -> String {
        let calendar: String =
            url::form_urlencoded::byte_serialize(calendar.as_str().as_bytes()).collect();
        let event: String = url::form_urlencoded::byte_serialize(event.as_bytes()).collect();
        let path = match self.name() {
            ProviderKind::Microsoft => format!("/v1.0/me/calendars/{calendar}/events/{event}"),
            ProviderKind::Google => {
                format!("/calendar/v3/calendars/{calendar}/events/{event}?sendUpdates=none")
            }
        };
        path.replace("/?", "?").trim_end_matches('/').to_owned()
    }

    /// A new event in the provider's own words.
    pub(crate) fn draft(&self, title: &str) -> Value {
        match self.name() {
            ProviderKind::Microsoft => json!({
                "subject": title,
                "start": {"dateTime": "2026-11-23T09:00:00", "timeZone": "UTC"},
                "end": {"dateTime": "2026-11-23T10:00:00", "timeZone": "UTC"},
            }),
            ProviderKind::Google => json!({
                "summary": title,
                "start": {"dateTime": "2026-11-23T09:00:00Z"},
                "end": {"dateTime": "2026-11-23T10:00:00Z"},
            }),
        }
    }

    pub(crate) fn titled(&self, title: &str) -> Value {
        match self.name() {
            ProviderKind::Microsoft => json!({"subject": title}),
            ProviderKind::Google => json!({"summary": title}),
        }
    }

    pub(crate) fn create(&self, calendar: &ProviderCalendarId, title: &str) -> String {
        let created = self.send("POST", &self.path(calendar, ""), &self.draft(title));
        created["id"].as_str().unwrap().to_owned()
    }

    pub(crate) async fn calendars(&self) -> Vec<Calendar> {
        self.provider
            .fetch_calendars(&self.token)
            .await
            .unwrap()
            .calendars
    }

    pub(crate) async fn primary(&self) -> ProviderCalendarId {
        self.calendars().await.remove(0).id
    }

    pub(crate) async fn page(
        &self,
        calendar: &ProviderCalendarId,
        request: &PageRequest,
    ) -> Result<Page, ProviderError> {
        self.provider
            .fetch_page(&self.token, calendar, request, PageSize::Usual)
            .await
    }

    pub(crate) async fn round(&self, calendar: &ProviderCalendarId, first: PageRequest) -> Round {
        self.round_of(calendar, first, PageSize::Usual).await
    }

    /// A round in pages of a size.
    pub(crate) async fn round_of(
        &self,
        calendar: &ProviderCalendarId,
        first: PageRequest,
        size: PageSize,
    ) -> Round {
        let mut request = first;
        let mut changes = Vec::new();
        for pages in 1..1000 {
            let page = self
                .provider
                .fetch_page(&self.token, calendar, &request, size)
                .await;
            let mut page = page.unwrap();
            assert!(page.bytes > 0);
            changes.append(&mut page.changes);
            match page.next {
                Next::Page(cursor) => request = PageRequest::Continue(cursor),
                Next::Done(cursor) => {
                    return Round {
                        changes,
                        pages,
                        cursor,
                    };
                }
            }
        }
        panic!("{}: a round without an end", self.name())
    }
}
