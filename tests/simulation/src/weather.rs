//! The network between Dayline and its providers, with everything that goes wrong on it.
//!
//! Beside that it watches what Dayline sends: whether it waits as it was told, asks a mailbox at
//! most four things at once, keeps its tokens to the providers' own host, and stores the tokens
//! that a refresh gave before it uses them. The relay is reached through it as well.

mod answer;
mod request;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use dayline_host::{Http, HttpError, Socket, SocketError};
use http::{HeaderMap, Request, Response};
use percent_encoding::percent_decode_str;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use tokio::time::Instant;

use self::answer::{Effect, Memory};
use self::request::{Asked, Service};
use crate::fault::Fault;
use crate::journal::Journal;
use crate::relay::{self, Relay};
use crate::world::network::Network;

/// How many requests of one mailbox may run at once (Graph, "Throttling limits": Outlook).
const MOST_AT_ONCE: u32 = 4;
/// In this time a calendar is asked at most
const RUSH: Duration = Duration::from_secs(20);
/// so often: each 5 seconds for hints, and once each for a poll, for a start and for a cursor that
/// is gone.
const MOST_IN_A_RUSH: usize = 8;
/// How many requests a storm lasts.
const STORM: u32 = 9;
/// How long a client waits for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A fault that waits for its request.
#[derive(Debug, Clone, Copy)]
struct Armed {
    fault: Fault,
    /// How many requests that it fits pass first.
    after: u32,
    /// How many it meets.
    left: u32,
}

/// What is known of one line of tokens, from a sign-in on.
#[derive(Debug, Default)]
struct Line {
    running: u32,
    /// Until when its provider asked to be left alone.
    quiet_until: Option<Instant>,
    /// How often its token was refused since it was asked for last.
    refused: u32,
}

struct Sky {
    rng: ChaCha8Rng,
    armed: Vec<Armed>,
    journal: Journal,
    /// Whether no provider did anything wrong since the last sync ended.
    fair: bool,
    memory: Memory,
    lines: Vec<Line>,
    /// To which line a token belongs.
    line_of: BTreeMap<String, usize>,
    /// The refresh and access tokens that a refresh token was traded for.
    successors: BTreeMap<String, (String, String)>,
    used: BTreeSet<String>,
    listed: BTreeSet<String>,
    /// When each of the watched calendars was asked for what changed, the latest last.
    asked: BTreeMap<String, VecDeque<Instant>>,
    /// Whether two processes send.
    two: bool,
    violations: Vec<String>,
    started: Instant,
}

/// The network with its faults.
pub struct Weather {
    network: Arc<Network>,
    relay: Arc<Relay>,
    journal: Journal,
    sky: Mutex<Sky>,
}

impl Weather {
    /// Fair weather.
    pub fn new(network: Arc<Network>, relay: Arc<Relay>, journal: Journal, seed: u64) -> Self {
        Self {
            network,
            relay,
            journal: journal.clone(),
            sky: Mutex::new(Sky {
                rng: ChaCha8Rng::seed_from_u64(seed),
                armed: Vec::new(),
                journal,
                fair: true,
                memory: Memory::default(),
                lines: Vec::new(),
                line_of: BTreeMap::new(),
                successors: BTreeMap::new(),
                used: BTreeSet::new(),
                listed: BTreeSet::new(),
                asked: BTreeMap::new(),
                two: false,
                violations: Vec::new(),
                started: Instant::now(),
            }),
        }
    }

    fn sky(&self) -> MutexGuard<'_, Sky> {
        self.sky.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets a fault meet a request that it fits, after some others.
    pub fn arm(&self, fault: Fault, after: u32) {
        let left = match fault {
            Fault::Storm => STORM,
            Fault::Unplugged => u32::MAX,
            _ => 1,
        };
        self.sky().armed.push(Armed { fault, after, left });
    }

    /// Whether a fault waits for its request.
    pub fn is_armed(&self, fault: Fault) -> bool {
        self.sky().armed.iter().any(|armed| armed.fault == fault)
    }

    /// A sync ends: what still waits for its request never comes, and nobody's patience is asked
    /// for any more.
    pub fn clear(&self) {
        let mut sky = self.sky();
        sky.two = false;
        sky.fair = true;
        sky.asked.clear();
        sky.armed.clear();
        for line in &mut sky.lines {
            *line = Line::default();
        }
    }

    /// From now until the sync ends two processes send, of which neither knows what the other was
    /// told.
    pub fn expect_two(&self) {
        self.sky().two = true;
    }

    /// Which calendars of providers' are known to have events here, by a part of their paths: a
    /// listing that says the opposite is not to be believed at once.
    pub fn set_listed(&self, calendars: BTreeSet<String>) {
        self.sky().listed = calendars;
    }

    /// Whether no provider did anything wrong since the last sync ended.
    pub fn is_fair(&self) -> bool {
        self.sky().fair
    }

    /// From now on it is kept when these calendars are asked for what changed, by a part of their
    /// paths.
    pub fn watch_calendars(&self, calendars: impl IntoIterator<Item = String>) {
        let calendars = calendars.into_iter();
        self.sky().asked = calendars.map(|part| (part, VecDeque::new())).collect();
    }

    /// When a watched calendar was asked last.
    pub fn asked_at(&self, calendar: &str) -> Option<Instant> {
        self.sky().asked.get(calendar)?.back().copied()
    }

    /// Counts a fault that does not happen on the network.
    pub fn count(&self, fault: Fault) {
        self.journal.count(fault);
    }

    /// How often each class took effect.
    pub fn fired(&self) -> BTreeMap<Fault, u64> {
        self.journal.fired()
    }

    /// Whether somebody's token was refused twice although it had been refreshed between.
    pub fn refused_twice(&self) -> bool {
        self.sky().lines.iter().any(|line| line.refused > 1)
    }

    /// What Dayline did that it must not do.
    pub fn violations(&self) -> Vec<String> {
        std::mem::take(&mut self.sky().violations)
    }

    /// What happened on the network since the last time.
    pub fn tell(&self) -> Vec<String> {
        self.journal.story()
    }

    /// Adds something to the trace.
    pub fn mark(&self, text: &str) {
        self.journal.mark(text);
        self.journal.mark([0]);
    }

    /// The mark of everything that happened so far.
    pub fn trace(&self) -> [u8; 32] {
        self.journal.trace()
    }
}

impl Sky {
    fn meet(&mut self, asked: &Asked) -> Option<Fault> {
        let mut found = None;
        for armed in &mut self.armed {
            let is_listed = || self.listed.iter().any(|part| asked.target.contains(part));
            if !answer::fits(armed.fault, asked)
                || (armed.fault == Fault::EmptyListing && !is_listed())
            {
                continue;
            }
            if armed.after > 0 {
                armed.after -= 1;
            } else if found.is_none() && armed.left > 0 {
                armed.left -= 1;
                found = Some(armed.fault);
            }
        }
        self.armed.retain(|armed| armed.left > 0);
        if let Some(fault) = found {
            self.fair = false;
            self.journal.count(fault);
            let line = format!("{} meets {}", fault.word(), asked.name());
            self.journal.tell(line);
        }
        found
    }

    fn watch(&mut self, asked: &Asked) {
        let seconds = self.started.elapsed().as_millis();
        let line = format!("{seconds} {} {}", asked.method, asked.target);
        self.journal.mark(line);
        if asked.is_page && asked.begins {
            self.note_asked(asked);
        }
        if !asked.at_home {
            let what = format!("a request went to another host: {}", asked.target);
            self.violations.push(what);
        }
        if let Some(refresh) = &asked.refresh_token
            && let Some((_, access)) = self.successors.get(refresh)
            && self.used.contains(access)
        {
            let what = "a refresh token was used although what it was traded for is in use: the \
                        new one was not stored before it was used";
            self.violations.push(what.to_owned());
        }
        let Some(index) = asked
            .token()
            .and_then(|token| self.line_of.get(token))
            .copied()
        else {
            return;
        };
        if let Some(bearer) = &asked.bearer {
            self.used.insert(bearer.clone());
        }
        let line = &mut self.lines[index];
        line.running += 1;
        if line.running > MOST_AT_ONCE && asked.service == Service::Graph {
            let what = format!("{} requests of one mailbox at once", line.running);
            self.violations.push(what);
        }
        if asked.service != Service::Auth
            && !self.two
            && let Some(until) = line.quiet_until
            && Instant::now() < until
        {
            let what = format!(
                "{} was sent although the provider had asked to wait",
                asked.name()
            );
            self.violations.push(what);
        }
    }

    /// Keeps when a calendar was asked; nothing that a relay says makes that often.
    fn note_asked(&mut self, asked: &Asked) {
        let target = percent_decode_str(&asked.target).decode_utf8_lossy();
        let now = Instant::now();
        for (calendar, times) in &mut self.asked {
            if !target.contains(calendar) {
                continue;
            }
            times.push_back(now);
            while times.front().is_some_and(|at| now - *at > RUSH) {
                times.pop_front();
            }
            // What failed is asked again, and two processes know nothing of each other.
            if times.len() > MOST_IN_A_RUSH && self.fair && !self.two {
                let ago: Vec<u128> = times.iter().map(|at| (now - *at).as_millis()).collect();
                let what = format!("{}: asked so many ms ago: {ago:?}", asked.name());
                self.violations.push(what);
            }
        }
    }

    fn ended(&mut self, asked: &Asked, effect: &Effect) {
        let index = asked.token().and_then(|token| self.line_of.get(token));
        if let Some(index) = index.copied() {
            let line = &mut self.lines[index];
            line.running = line.running.saturating_sub(1);
            if let Some(wait) = effect.quiet_for.filter(|_| asked.service != Service::Auth) {
                line.quiet_until = Some(Instant::now() + wait);
            }
        }
        let status = effect
            .answer
            .as_ref()
            .map_or(0, |answer| answer.status().as_u16());
        if status == 401
            && let Some(index) = index.copied()
        {
            self.lines[index].refused += 1;
        }
        let mut line = format!(" {status}");
        if let Ok(answer) = &effect.answer {
            write!(line, " {}", answer.body().len()).unwrap();
            self.note_tokens(asked, answer);
        }
        self.journal.mark(line);
    }

    /// Remembers which tokens belong together.
    fn note_tokens(&mut self, asked: &Asked, answer: &Response<Bytes>) {
        if asked.service != Service::Auth {
            return;
        }
        let body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let text = |name: &str| body[name].as_str().map(str::to_owned);
        let Some(access) = text("access_token") else {
            return;
        };
        let known = asked
            .refresh_token
            .as_ref()
            .and_then(|token| self.line_of.get(token))
            .copied();
        let index = known.unwrap_or_else(|| {
            self.lines.push(Line::default());
            self.lines.len() - 1
        });
        self.line_of.insert(access.clone(), index);
        if let Some(refresh) = text("refresh_token") {
            if let Some(old) = asked.refresh_token.as_ref().filter(|old| **old != refresh) {
                self.journal.count(Fault::TokenRotation);
                self.successors
                    .insert(old.clone(), (refresh.clone(), access));
            }
            self.line_of.insert(refresh, index);
        }
    }
}

impl Weather {
    /// A request to the relay; it has nothing of the providers' in it.
    async fn send_to_relay(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        self.watch_bearer(request.headers());
        if self.is_unplugged() {
            return Err(HttpError::Unreachable);
        }
        self.relay.send(request).await
    }

    fn watch_bearer(&self, headers: &HeaderMap) {
        let mut sky = self.sky();
        let bearer = headers.get("authorization").and_then(|value| {
            let text = value.to_str().ok()?;
            Some(text.strip_prefix("Bearer ")?.to_owned())
        });
        if bearer.is_some_and(|bearer| !bearer.starts_with(relay::SECRET)) {
            let what = "the relay was sent what is none of its secrets";
            sky.violations.push(what.to_owned());
        }
    }

    fn is_unplugged(&self) -> bool {
        let sky = self.sky();
        let mut armed = sky.armed.iter();
        armed.any(|armed| armed.fault == Fault::Unplugged && armed.after == 0)
    }
}

#[async_trait]
impl Http for Weather {
    async fn open_socket(
        &self,
        url: &str,
        headers: HeaderMap,
    ) -> Result<Box<dyn Socket>, SocketError> {
        self.watch_bearer(&headers);
        if self.is_unplugged() || !url.starts_with(relay::ADDRESS) {
            return Err(HttpError::Unreachable.into());
        }
        self.relay.open(url, headers).await
    }

    async fn send(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        if request.uri().to_string().starts_with(relay::ADDRESS) {
            return self.send_to_relay(request).await;
        }
        let (asked, request, fault, before, after) = {
            let mut sky = self.sky();
            let request = request::under_own_name(request, &sky.memory.aliases);
            let asked = Asked::of(&request);
            sky.watch(&asked);
            let fault = sky.meet(&asked);
            let mut latency = || Duration::from_millis(sky.rng.random_range(1..80));
            (asked, request, fault, latency(), latency())
        };
        // A request that is given up does not run any more.
        let running = Running(self, &asked);
        tokio::time::sleep(before).await;
        let effect = {
            let mut sky = self.sky();
            let Sky { rng, memory, .. } = &mut *sky;
            answer::answer(&self.network, &request, &asked, fault, rng, memory)
        };
        tokio::time::sleep(after + effect.delay).await;
        std::mem::forget(running);
        self.sky().ended(&asked, &effect);
        effect.answer
    }
}

/// A request on its way; dropped if its sender gives it up.
struct Running<'a>(&'a Weather, &'a Asked);

impl Drop for Running<'_> {
    fn drop(&mut self) {
        let mut sky = self.0.sky();
        let index = self
            .1
            .token()
            .and_then(|token| sky.line_of.get(token))
            .copied();
        if let Some(line) = index.and_then(|index| sky.lines.get_mut(index)) {
            line.running = line.running.saturating_sub(1);
        }
    }
}
