//! The socket that a device holds: hello, welcome, hints.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use dayline_host::{HttpError, Socket, SocketError};
use http::HeaderMap;
use serde_json::Value;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::count::{Count, bye};
use super::ear::Ear;
use super::trouble::Forged;
use super::{Device, PATIENCE, Relay, State, bearer};
use crate::fault::Fault;
use rand::Rng;

/// Hints that come within this after others wait for each other.
const SPACING: Duration = Duration::from_millis(200);
/// A line on which nothing is heard for so long is given up by whoever listens.
const SILENT_AFTER: Duration = Duration::from_mins(2);

/// How a line ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    HungUp,
    Broken,
}

/// A line as the relay knows it.
pub(super) struct Line {
    pub(super) device: Device,
    pub(super) wake: Arc<Notify>,
    /// Where the device is; `None` until it says hello.
    pub(super) ear: Option<Ear>,
    /// Frames on their way.
    pub(super) out: VecDeque<String>,
    /// What is made up, and when.
    pub(super) forged: Vec<(Instant, Forged)>,
    pub(super) end: Option<End>,
    /// Since when it says nothing, not even that it is there.
    pub(super) hung_since: Option<Instant>,
    /// Before this no hint is sent.
    rest_until: Instant,
}

impl Line {
    fn new(device: Device) -> Self {
        Self {
            device,
            wake: Arc::new(Notify::new()),
            ear: None,
            out: VecDeque::new(),
            forged: Vec::new(),
            end: None,
            hung_since: None,
            rest_until: Instant::now(),
        }
    }

    pub(super) fn said_hello(&self) -> bool {
        self.ear.is_some() && self.end.is_none()
    }

    /// Whether its device believes that it is connected.
    pub(super) fn is_welcomed(&self) -> bool {
        self.ear.as_ref().is_some_and(Ear::is_welcomed)
    }

    /// Whether what it is to be told it is told at once.
    pub(super) fn is_in_order(&self) -> bool {
        self.is_welcomed()
            && self.end.is_none()
            && self.hung_since.is_none()
            && self.forged.is_empty()
    }

    /// Ends it. `reason`: what is said before, and when to come back.
    pub(super) fn end(&mut self, reason: Option<(&str, u64)>) {
        if self.end.is_none() {
            self.end = Some(match reason {
                Some((reason, retry_after_ms)) => {
                    self.out.push_back(bye(reason, retry_after_ms).to_string());
                    End::HungUp
                }
                None => End::Broken,
            });
        }
        self.wake.notify_one();
    }
}

/// What comes next on a line.
enum Next {
    Text(String),
    End(Result<Option<String>, HttpError>),
    /// Nothing, before this at least.
    Wait(Option<Instant>),
}

/// A line as its device holds it.
struct Held {
    relay: Arc<Relay>,
    number: u64,
    wake: Arc<Notify>,
}

impl Relay {
    /// Opens a line for a device.
    pub async fn open(
        self: &Arc<Self>,
        url: &str,
        headers: HeaderMap,
    ) -> Result<Box<dyn Socket>, SocketError> {
        let latency = Duration::from_millis(self.state().rng.random_range(1..80));
        tokio::time::sleep(latency).await;
        match self.refusal(false) {
            // Some take the line and never say anything on it.
            Some(Err(HttpError::Timeout)) if self.state().rng.random() => {}
            Some(Err(error)) => {
                tokio::time::sleep(PATIENCE).await;
                return Err(error.into());
            }
            Some(Ok(answer)) => return Err(SocketError::Refused(answer.status().as_u16())),
            None => {}
        }
        let mut state = self.state();
        let device = bearer(&headers).and_then(|text| state.device_of(text, self.clock.now()));
        let Some(device) = device.filter(|_| url.ends_with("/v1/connect")) else {
            return Err(SocketError::Refused(401));
        };
        state.numbered += 1;
        let number = state.numbered;
        let mut line = Line::new(device);
        line.hung_since = state.mood.hangs().then(Instant::now);
        let wake = line.wake.clone();
        state.lines.insert(number, line);
        drop(state);
        self.journal.mark(format!("line {number}"));
        Ok(Box::new(Held {
            relay: self.clone(),
            number,
            wake,
        }))
    }

    fn hello(&self, number: u64, text: &str) {
        let hello: Value = serde_json::from_str(text).unwrap_or_default();
        let mut state = self.state();
        let state = &mut *state;
        let Some(device) = state.lines.get(&number).map(|line| line.device) else {
            return;
        };
        if hello["type"] != "hello" || hello["version"] != 1 {
            if let Some(line) = state.lines.get_mut(&number) {
                line.end(Some(("protocol", 0)));
            }
            return;
        }
        for (other, line) in &mut state.lines {
            if *other != number && line.device == device && line.said_hello() {
                line.end(Some(("replaced", 1_000)));
            }
        }
        let word = state.rng.random();
        let count = state
            .counts
            .entry(device)
            .or_insert_with(|| Count::begin(word));
        count.settle();
        if let Some(line) = state.lines.get_mut(&number) {
            line.ear = Some(Ear::of(&hello));
            line.out.push_back(count.welcome().to_string());
            line.wake.notify_one();
        }
    }

    fn next_of(&self, number: u64) -> Next {
        let now = Instant::now();
        let mut state = self.state();
        let State {
            lines,
            counts,
            gaps,
            told,
            rng,
            channels,
            ..
        } = &mut *state;
        let Some(line) = lines.get_mut(&number) else {
            return Next::End(Err(HttpError::Broken));
        };
        if let Some(since) = line.hung_since {
            let until = since + SILENT_AFTER;
            return if until <= now {
                Next::End(Err(HttpError::Timeout))
            } else {
                Next::Wait(Some(until))
            };
        }
        if let Some(count) = counts.get_mut(&line.device)
            && line.said_hello()
            && count.is_pending()
            && line.rest_until <= now
        {
            for frame in count.take() {
                if *gaps > 0 {
                    *gaps -= 1;
                    self.journal.count(Fault::HintGap);
                    self.journal.tell(format!("lost on the line: {frame}"));
                } else {
                    line.out.push_back(frame);
                }
            }
            line.rest_until = now + SPACING;
        }
        let due = line
            .forged
            .iter()
            .position(|(at, _)| *at <= now && line.end.is_none());
        if line.out.is_empty()
            && line.is_welcomed()
            && let Some(due) = due
            && let Some(ear) = &line.ear
        {
            let (_, forged) = line.forged.remove(due);
            let text = forged.text(ear, channels, line.device, rng);
            line.out.push_back(text);
        }
        if let Some(text) = line.out.pop_front() {
            if let Some(ear) = &mut line.ear {
                told.extend(ear.hear(&text).into_iter().map(|told| (now, told)));
            }
            self.journal.mark(&text);
            return Next::Text(text);
        }
        match line.end {
            Some(End::HungUp) => Next::End(Ok(None)),
            Some(End::Broken) => Next::End(Err(HttpError::Broken)),
            None => {
                let rest = Some(line.rest_until).filter(|until| now < *until);
                let forged = line.forged.iter().map(|(at, _)| *at);
                Next::Wait(rest.into_iter().chain(forged).filter(|at| now < *at).min())
            }
        }
    }
}

#[async_trait]
impl Socket for Held {
    async fn send(&mut self, text: String) -> Result<(), HttpError> {
        self.relay.hello(self.number, &text);
        Ok(())
    }

    async fn next(&mut self) -> Result<Option<String>, HttpError> {
        loop {
            let until = match self.relay.next_of(self.number) {
                Next::Text(text) => return Ok(Some(text)),
                Next::End(end) => return end,
                Next::Wait(until) => until,
            };
            let rest = async {
                match until {
                    Some(until) => tokio::time::sleep_until(until).await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                biased;
                () = self.wake.notified() => {}
                () = rest => {}
            }
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut state = self.relay.state();
        let State { lines, counts, .. } = &mut *state;
        let Some(line) = lines.remove(&self.number) else {
            return;
        };
        let has_another = lines
            .values()
            .any(|other| other.device == line.device && other.said_hello());
        if !has_another && let Some(count) = counts.get_mut(&line.device) {
            count.settle();
        }
    }
}
