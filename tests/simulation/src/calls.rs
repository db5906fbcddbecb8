//! How many requests providers get in a day: with push, and with polling alone.
//!
//! A day of simulated time with two accounts, five calendars and twenty changes, in which nothing
//! goes wrong. Each change has to be shown in time, or the count says nothing.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use dayline_engine::{Engine, Scheduler};
use dayline_host::testing::TestClock;
use dayline_host::{Http, HttpError, Socket, SocketError};
use dayline_simulator::Scenario;
use http::{HeaderMap, Request, Response};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::journal::Journal;
use crate::life::scratch;
use crate::post::carry;
use crate::relay::{ADDRESS, Relay};
use crate::world::edits::{path, times, title, together};
use crate::world::network::Network;
use crate::world::{GOOGLE, MICROSOFT, World};

/// How changes come to be known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// Through a relay.
    ByPush,
    /// Every five minutes.
    ByPolling,
}

impl Hears {
    /// How often somebody looks whether a change is shown, and after how long it is lost.
    fn patience(self) -> (Duration, Duration) {
        match self {
            Self::ByPush => (Duration::from_millis(200), Duration::from_secs(15)),
            Self::ByPolling => (Duration::from_secs(10), Duration::from_mins(7)),
        }
    }
}

/// What a day came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Day {
    /// Every request that a provider got, sign-in servers included.
    pub requests: u64,
    /// The same, by what they were for.
    pub kinds: BTreeMap<&'static str, u64>,
    /// The longest time from a change until it was shown.
    pub slowest: Duration,
}

/// When the day begins.
const MORNING: &str = "2026-11-20T05:00:00Z";
/// What is done at a start is done by then.
const WARM: Duration = Duration::from_mins(40);
const DAY: Duration = Duration::from_hours(24);
const CHANGES: u32 = 20;

/// Lives through a day.
///
/// # Panics
/// If a change is not shown in time.
pub fn day(hears: Hears) -> Day {
    run(live(hears, Value::Null))
}

fn run<T>(life: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .unwrap();
    runtime.block_on(life)
}

/// A Dayline that runs for a while already, so that only what goes on is counted.
struct Settled {
    world: World,
    engine: Engine,
    scheduler: Scheduler,
    counted: Arc<Counted>,
}

/// Providers tell in this manner: quirks of the simulator's push.
async fn settle(hears: Hears, manner: &Value) -> Settled {
    let now: DateTime<Utc> = MORNING.parse().unwrap();
    let clock = Arc::new(TestClock::at(now));
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), scenario().to_string()).unwrap();
    let scenario = Scenario::File(file.path().to_owned());
    let network = Arc::new(Network::new(scenario, 7, now, clock.clone()));
    let relay = Arc::new(Relay::new(clock.clone(), Journal::default(), 7));
    let counted = Arc::new(Counted {
        network: network.clone(),
        relay: relay.clone(),
        kinds: Mutex::default(),
    });
    let mut world = World::around_network(network.clone(), clock, 7);
    world.set_http(counted.clone());
    world.folder = tempfile::TempDir::new_in(scratch()).unwrap();
    let engine = world.signed_in().await;
    if hears == Hears::ByPush {
        network.set_webhooks(relay.clone());
        world.admin("POST", "/push", manner);
        tokio::spawn(carry(network, relay));
        engine.set_relay_url(Some(ADDRESS)).unwrap();
    }
    let scheduler = engine.spawn_scheduler();
    tokio::time::sleep(WARM).await;
    let report = engine.push_report().unwrap();
    let active = report.calendars.iter().filter(|one| one.active).count();
    assert_eq!(report.calendars.len(), 5);
    assert_eq!(active, if hears == Hears::ByPush { 5 } else { 0 });
    counted.kinds().clear();
    Settled {
        world,
        engine,
        scheduler,
        counted,
    }
}

impl Settled {
    /// How long it takes until something is so.
    async fn until(
        &self,
        is_so: impl Fn(&Self) -> bool,
        glance: Duration,
        latest: Duration,
    ) -> Duration {
        let begun = Instant::now();
        while !is_so(self) {
            assert!(begun.elapsed() < latest, "not within {latest:?}");
            tokio::time::sleep(glance).await;
        }
        begun.elapsed()
    }

    /// How long it takes until a new event is shown.
    async fn until_shown(&self, change: u32, glance: Duration, latest: Duration) -> Duration {
        let named = make(&self.world, change);
        let is_shown = |settled: &Self| settled.world.titles(&settled.engine).contains(&named);
        self.until(is_shown, glance, latest).await
    }
}

async fn live(hears: Hears, manner: Value) -> Day {
    let settled = settle(hears, &manner).await;
    let begun = Instant::now();
    let mut slowest = Duration::ZERO;
    let (glance, latest) = hears.patience();
    for change in 0..CHANGES {
        // Not on the beat of any poll.
        tokio::time::sleep_until(begun + (DAY / CHANGES) * change + Duration::from_secs(97)).await;
        slowest = slowest.max(settled.until_shown(change, glance, latest).await);
    }
    tokio::time::sleep_until(begun + DAY).await;
    let kinds = settled.counted.kinds().clone();
    settled.world.agrees(&settled.engine);
    settled.scheduler.stop().await;
    Day {
        requests: kinds.values().sum(),
        kinds,
        slowest,
    }
}

/// Two accounts, five calendars.
fn scenario() -> Value {
    json!({"accounts": [
        {
            "provider": "microsoft", "email": "ada@contoso.example", "name": "Ada", "kind": "work",
            "calendars": [{"name": "Calendar"}, {"name": "Projects"}, {"name": "Travel"}],
        },
        {
            "provider": "google", "email": "ada@home.example", "name": "Ada",
            "calendars": [{"name": "Home"}, {"name": "Club"}],
        },
    ]})
}

/// A new event in one calendar after the other; gives its title.
fn make(world: &World, change: u32) -> String {
    let provider = if change.is_multiple_of(2) {
        MICROSOFT
    } else {
        GOOGLE
    };
    let calendars = world.calendars(provider);
    let nth = usize::try_from(change).unwrap() % calendars.len();
    let named = format!("Change {change}");
    let at = world.day(1).and_time(NaiveTime::MIN) + TimeDelta::minutes(30 * i64::from(change));
    let body = together([title(provider, &named), times(provider, at, 25)]);
    world.asked(
        provider,
        "POST",
        &path(provider, &calendars[nth].0, None),
        &body,
    );
    named
}

/// A network in which requests to providers are counted.
struct Counted {
    network: Arc<Network>,
    relay: Arc<Relay>,
    kinds: Mutex<BTreeMap<&'static str, u64>>,
}

impl Counted {
    fn kinds(&self) -> MutexGuard<'_, BTreeMap<&'static str, u64>> {
        self.kinds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a request is for.
fn kind(path: &str) -> &'static str {
    let has = |parts: &[&str]| parts.iter().any(|part| path.contains(part));
    if has(&["/subscriptions", "/watch", "/channels"]) {
        "subscriptions"
    } else if path.ends_with("/$batch") {
        "batches"
    } else if has(&["/calendarView", "/events"]) {
        "events"
    } else if path.ends_with("/token") {
        "tokens"
    } else {
        "lists"
    }
}

#[async_trait]
impl Http for Counted {
    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        if request.uri().to_string().starts_with(ADDRESS) {
            return self.relay.send(request).await;
        }
        *self.kinds().entry(kind(request.uri().path())).or_default() += 1;
        self.network.send(request).await
    }

    async fn open_socket(
        &self,
        url: &str,
        headers: HeaderMap,
    ) -> Result<Box<dyn Socket>, SocketError> {
        self.relay.open(url, headers).await
    }
}

#[cfg(test)]
mod tests;
