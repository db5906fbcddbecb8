//! How well a webhook keeps up, by which Graph slows down or drops what it gets.
//!
//! # Source
//! Graph "Receive change notifications through webhooks", throttling: more than 10 % of the
//! answers of ten minutes later than 10 s is slow, more than 15 % is dropped. An older edition
//! counts only after 100 notifications; so few as here stand for them, so that a test can get
//! there.

use std::collections::{BTreeMap, VecDeque};

use chrono::{DateTime, Duration, Utc};

use super::address;

const WINDOW: Duration = Duration::minutes(10);
const LATE: std::time::Duration = std::time::Duration::from_secs(10);
const ENOUGH: usize = 10;

/// What a new notification meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    Normal,
    /// It is sent 10 s later.
    Slow,
    /// It is not sent at all.
    Dropped,
}

/// The answers of the last minutes, by endpoint: when, and whether late.
#[derive(Debug, Default)]
pub(super) struct Health {
    answers: BTreeMap<String, VecDeque<(DateTime<Utc>, bool)>>,
}

impl Health {
    pub(super) fn note(&mut self, url: &str, took: std::time::Duration, now: DateTime<Utc>) {
        let answers = self.answers.entry(address::endpoint(url)).or_default();
        answers.push_back((now, took > LATE));
        while answers.front().is_some_and(|(at, _)| now - *at > WINDOW) {
            answers.pop_front();
        }
    }

    pub(super) fn pace(&self, url: &str, now: DateTime<Utc>) -> Pace {
        let Some(answers) = self.answers.get(&address::endpoint(url)) else {
            return Pace::Normal;
        };
        let recent = || answers.iter().filter(|(at, _)| now - *at <= WINDOW);
        let (all, late) = (recent().count(), recent().filter(|(_, late)| *late).count());
        if all < ENOUGH {
            Pace::Normal
        } else if late * 100 > all * 15 {
            Pace::Dropped
        } else if late * 100 > all * 10 {
            Pace::Slow
        } else {
            Pace::Normal
        }
    }
}
