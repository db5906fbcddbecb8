//! Everything that goes wrong with a relay.

use std::collections::BTreeMap;
use std::time::Duration;

use bytes::Bytes;
use dayline_host::HttpError;
use http::Response;
use rand::Rng;
use rand::seq::{IndexedRandom, IteratorRandom};
use rand_chacha::ChaCha8Rng;
use serde_json::json;
use tokio::time::Instant;

use super::count::{bye, hint};
use super::ear::Ear;
use super::line::Line;
use super::{CHANGED, Channel, Device, MISSED, REMOVED, Relay, State, json_answer, refused};
use crate::fault::Fault;

/// How many hints a storm has.
const STORM: u32 = 300;

/// How the relay feels.
#[derive(Debug, Default)]
pub(super) struct Mood {
    /// What is the matter with it, until when, and whether vendors find so too.
    trouble: Option<(Fault, Instant, bool)>,
    /// Whether somebody met it.
    met: bool,
}

impl Mood {
    fn now(&self) -> Option<(Fault, bool)> {
        let (fault, until, all) = self.trouble?;
        (Instant::now() < until).then_some((fault, all))
    }

    pub(super) fn is_well(&self) -> bool {
        self.now().is_none()
    }

    pub(super) fn hangs(&self) -> bool {
        matches!(self.now(), Some((Fault::RelayHangs, _)))
    }
}

/// A frame that is made up when its time has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forged {
    UnknownChannel,
    ForNothing,
    FalseRemoval,
    Absurd,
}

impl Forged {
    /// The frame, in its right place as far as its device can tell.
    pub(super) fn text(
        self,
        ear: &Ear,
        channels: &BTreeMap<String, Channel>,
        device: Device,
        rng: &mut ChaCha8Rng,
    ) -> String {
        let (epoch, sequence) = ear.next();
        let own = channels.values().filter(|channel| channel.device == device);
        let own = own.choose(rng).map_or("", |channel| channel.id.as_str());
        match self {
            Self::UnknownChannel => {
                let kind = *[CHANGED, MISSED, REMOVED].choose(rng).unwrap();
                let channel = format!("{:016x}", rng.random::<u64>());
                hint(&channel, kind, &epoch, sequence).to_string()
            }
            Self::ForNothing => hint(own, CHANGED, &epoch, sequence).to_string(),
            Self::FalseRemoval => hint(own, REMOVED, &epoch, sequence).to_string(),
            Self::Absurd => absurd(own, &epoch, sequence, rng),
        }
    }
}

/// What no relay should say.
fn absurd(own: &str, epoch: &str, sequence: u64, rng: &mut ChaCha8Rng) -> String {
    match rng.random_range(0..12) {
        0 => String::new(),
        1 => "}{".to_owned(),
        2 => "[".repeat(3_000),
        3 => json!({"type": "hint", "channel": "x".repeat(10_000), "kind": CHANGED, "epoch": epoch, "sequence": sequence}).to_string(),
        4 => json!({"type": "weather", "rain": true}).to_string(),
        5 => json!({"type": "welcome", "version": 1, "epoch": epoch, "sequence": sequence}).to_string(),
        6 => json!({"type": "welcome", "version": 99, "epoch": epoch, "sequence": sequence}).to_string(),
        7 => hint(own, CHANGED, epoch, u64::MAX).to_string(),
        8 => hint(own, CHANGED, "", 0).to_string(),
        9 => json!({"type": "hint", "channel": own, "kind": "exploded", "epoch": epoch, "sequence": sequence}).to_string(),
        10 => json!({"type": "missed", "epoch": "\u{0}".repeat(32), "sequence": u64::MAX}).to_string(),
        _ => bye("draining", u64::MAX).to_string(),
    }
}

impl Relay {
    /// Something goes wrong from now on, or with what comes next. `false` if it cannot.
    pub fn suffer(&self, fault: Fault) -> bool {
        let mut state = self.state();
        let happened = state.suffer(fault);
        drop(state);
        // What waits for its occasion is counted then.
        let is_met_later = matches!(
            fault,
            Fault::NotificationLost
                | Fault::NotificationLate
                | Fault::NotificationDoubled
                | Fault::HintGap
                | Fault::RelayRefuses
                | Fault::RelayHangs
                | Fault::RelayNonsense
                | Fault::RelaySilent
        );
        if happened && !is_met_later {
            self.journal.count(fault);
        }
        happened
    }

    /// Nothing is the matter any more. What was planned and has not happened never does.
    pub fn recover(&self) {
        let mut state = self.state();
        state.mood = Mood::default();
        state.fates.clear();
        state.gaps = 0;
        for line in state.lines.values_mut() {
            line.forged.clear();
            if line.hung_since.is_some() {
                line.end(None);
                line.hung_since = None;
            }
        }
    }

    /// How somebody is refused now; `None` if the relay does its work.
    pub(super) fn refusal(&self, is_vendor: bool) -> Option<Result<Response<Bytes>, HttpError>> {
        let mut state = self.state();
        let (fault, all) = state.mood.now()?;
        if fault == Fault::RelaySilent || (is_vendor && !all) {
            return None;
        }
        self.meet(&mut state, fault);
        Some(match fault {
            Fault::RelayRefuses if state.rng.random() => Ok(refused(503, "unavailable")),
            Fault::RelayNonsense if state.rng.random() => Ok(json_answer(200, &json!("Welcome!"))),
            Fault::RelayNonsense => Ok(refused(404, "not_found")),
            Fault::RelayHangs => Err(HttpError::Timeout),
            _ => Err(HttpError::Unreachable),
        })
    }

    /// Whether what vendors send is taken and forgotten.
    pub(super) fn swallows(&self) -> bool {
        let mut state = self.state();
        let is_silent = matches!(state.mood.now(), Some((Fault::RelaySilent, _)));
        if is_silent {
            self.meet(&mut state, Fault::RelaySilent);
        }
        is_silent
    }

    fn meet(&self, state: &mut State, fault: Fault) {
        if !std::mem::replace(&mut state.mood.met, true) {
            self.journal.count(fault);
        }
    }
}

impl State {
    fn suffer(&mut self, fault: Fault) -> bool {
        let now = Instant::now();
        match fault {
            Fault::NotificationLost | Fault::NotificationLate | Fault::NotificationDoubled => {
                self.fates.push_back(fault);
            }
            Fault::HintGap => self.gaps += self.rng.random_range(1..3),
            Fault::RelayRefuses | Fault::RelayNonsense | Fault::RelayHangs | Fault::RelaySilent => {
                let minutes = *[1, 3, 12, 45, 1_000].choose(&mut self.rng).unwrap();
                let until = now + Duration::from_mins(minutes);
                self.mood = Mood {
                    trouble: Some((fault, until, self.rng.random())),
                    met: false,
                };
                for line in self.lines.values_mut() {
                    match fault {
                        Fault::RelaySilent => {}
                        Fault::RelayHangs => line.hung_since = Some(now),
                        _ => line.end(None),
                    }
                    line.wake.notify_one();
                }
            }
            Fault::RelayCuts => return self.cut(),
            Fault::RelayRevokes => {
                self.secrets.clear();
                self.channels.clear();
                self.counts.clear();
                self.each_line(|line, _| line.end(Some(("revoked", 1_000))));
            }
            Fault::RelayNewEpoch => {
                self.counts.clear();
                // It takes a while until it is back, and vendors may be quicker.
                let away = Duration::from_secs(self.rng.random_range(1..60));
                self.mood = Mood {
                    trouble: Some((Fault::RelayRefuses, now + away, false)),
                    met: true,
                };
                self.each_line(|line, rng| {
                    let draining = rng.random::<bool>().then_some(("draining", 1_500));
                    line.end(draining);
                });
            }
            Fault::HintUnknownChannel => return self.forge(&[Forged::UnknownChannel]),
            Fault::HintForNothing => return self.forge(&[Forged::ForNothing]),
            Fault::HintFalseRemoval => return self.forge(&[Forged::FalseRemoval]),
            Fault::FrameAbsurd => return self.forge(&[Forged::Absurd]),
            Fault::HintStorm => {
                let storm: Vec<Forged> = (0..STORM)
                    .map(|nth| match nth % 50 {
                        0 => Forged::UnknownChannel,
                        _ => Forged::ForNothing,
                    })
                    .collect();
                return self.forge(&storm);
            }
            other => panic!("{} is not of a relay", other.word()),
        }
        true
    }

    fn each_line(&mut self, mut does: impl FnMut(&mut Line, &mut ChaCha8Rng)) {
        for line in self.lines.values_mut() {
            does(line, &mut self.rng);
        }
    }

    fn cut(&mut self) -> bool {
        let reasons = [
            None,
            Some(("draining", 0)),
            Some(("draining", 90_000)),
            Some(("replaced", 1_000)),
            Some(("revoked", 1_000)),
            Some(("protocol", 1_000)),
        ];
        let reason = *reasons.choose(&mut self.rng).unwrap();
        let any = self.lines.values().any(Line::is_welcomed);
        self.each_line(|line, _| line.end(reason));
        any
    }

    /// Makes frames up, one after the other.
    fn forge(&mut self, frames: &[Forged]) -> bool {
        let channels = &self.channels;
        let mut any = false;
        for line in self.lines.values_mut() {
            let has_channel = channels.values().any(|one| one.device == line.device);
            if !line.is_in_order() || !has_channel {
                continue;
            }
            any = true;
            let mut at = Instant::now();
            for frame in frames {
                line.forged.push((at, *frame));
                at += Duration::from_millis(self.rng.random_range(5..150));
            }
            line.wake.notify_one();
        }
        any
    }
}
