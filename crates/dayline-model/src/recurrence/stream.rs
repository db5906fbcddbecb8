//! The wall times of one rule, in order, at a counted cost.

use std::collections::VecDeque;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

use super::RecurrenceError;
use super::budget::Budget;
use super::count::Counter;
use super::days::{self, Days};
use super::period::Periods;
use super::rule::{Frequency, Rule};

/// The times of a rule from DTSTART on, ascending.
pub(super) struct Stream {
    days: Days,
    periods: Periods,
    start: NaiveDateTime,
    /// Nothing before it is wanted.
    low: NaiveDateTime,
    /// Nothing after it is wanted.
    last: NaiveDateTime,
    /// Which period is searched next, counted in intervals from that of DTSTART.
    index: i64,
    /// What COUNT has left; without COUNT nothing is counted.
    left: Option<u64>,
    found: VecDeque<NaiveDateTime>,
    state: State,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Searching,
    Done,
}

impl Stream {
    /// Begins near `low`, and counts what lies before it if the rule has a COUNT.
    pub(super) fn new(
        rule: &Rule,
        start: NaiveDateTime,
        low: NaiveDateTime,
        high: NaiveDateTime,
    ) -> Self {
        let last = rule.until.map_or(high, |until| until.min(high));
        Self {
            periods: Periods::new(rule, start),
            days: Days::new(rule.completed(start)),
            start,
            low,
            last,
            index: 0,
            left: rule.count.map(u64::from),
            found: VecDeque::new(),
            // Its times are past; there is nothing to count.
            state: if last < low { State::Done } else { State::New },
        }
    }

    /// The next time, without taking it.
    pub(super) fn peek(
        &mut self,
        budget: &mut Budget,
    ) -> Result<Option<NaiveDateTime>, RecurrenceError> {
        if self.state == State::New {
            self.state = State::Searching;
            self.skip(budget)?;
        }
        while self.found.is_empty() && self.state != State::Done {
            budget.spend()?;
            self.search(budget)?;
        }
        Ok(self.found.front().copied())
    }

    /// Takes the time that was peeked at.
    pub(super) fn pop(&mut self) {
        self.found.pop_front();
    }

    /// Goes on to the period of `low`.
    fn skip(&mut self, budget: &mut Budget) -> Result<(), RecurrenceError> {
        let index = if self.low > self.start {
            self.periods.before(self.low)
        } else {
            0
        };
        if index == 0 {
            return Ok(());
        }
        if let Some(left) = self.left {
            // Of the first period only what is not before DTSTART counts.
            let Some(first) = self.periods.start(0) else {
                return Ok(());
            };
            let begun = self.times(first, budget)?;
            let begun = begun.iter().filter(|time| **time >= self.start).count();
            let mut counter = Counter {
                days: &mut self.days,
                periods: self.periods,
                budget,
            };
            let passed = counter.count(1, index)?;
            let passed = passed.saturating_add(u64::try_from(begun).unwrap_or(u64::MAX));
            self.left = Some(left.saturating_sub(passed));
            if left <= passed {
                self.state = State::Done;
            }
        }
        self.index = index;
        Ok(())
    }

    /// Searches one period.
    fn search(&mut self, budget: &mut Budget) -> Result<(), RecurrenceError> {
        let Some(period) = self
            .periods
            .start(self.index)
            .filter(|period| *period <= self.last)
        else {
            self.state = State::Done;
            return Ok(());
        };
        if let Some(later) = self.next_allowed(period) {
            self.index = later;
            return Ok(());
        }
        self.index += 1;
        let times = self.times(period, budget)?;
        for time in times.into_iter().filter(|time| *time >= self.start) {
            if time > self.last || self.left == Some(0) {
                self.state = State::Done;
                return Ok(());
            }
            self.left = self.left.map(|left| left.saturating_sub(1));
            self.found.push_back(time);
        }
        if self.left == Some(0) {
            self.state = State::Done;
        }
        Ok(())
    }

    /// All times of a period that BYSETPOS leaves, ascending.
    fn times(
        &mut self,
        period: NaiveDateTime,
        budget: &mut Budget,
    ) -> Result<Vec<NaiveDateTime>, RecurrenceError> {
        let first = days::number(period.date());
        let mut times = Vec::new();
        if self.days.rule().frequency < Frequency::Daily {
            if self.allows(period) {
                self.push_times(period.date(), Some(period.time()), &mut times, budget)?;
            }
        } else {
            let end = first + self.periods.length(first);
            for day in self
                .days
                .list(first, end)
                .into_iter()
                .filter_map(days::date)
            {
                self.push_times(day, None, &mut times, budget)?;
            }
        }
        let positions = &self.days.rule().positions;
        Ok(if positions.is_empty() {
            times
        } else {
            at_positions(&times, positions)
        })
    }

    /// The times of a day; if the period is shorter than a day, those within it.
    fn push_times(
        &self,
        date: NaiveDate,
        within: Option<NaiveTime>,
        times: &mut Vec<NaiveDateTime>,
        budget: &mut Budget,
    ) -> Result<(), RecurrenceError> {
        let rule = self.days.rule();
        let frequency = rule.frequency;
        let hour = within.map(|time| [time.hour()]);
        let minute = within
            .filter(|_| frequency < Frequency::Hourly)
            .map(|time| [time.minute()]);
        let second = within
            .filter(|_| frequency < Frequency::Minutely)
            .map(|time| [time.second()]);
        let hours = hour
            .as_ref()
            .map_or(rule.hours.as_slice(), <[u32; 1]>::as_slice);
        let minutes = minute
            .as_ref()
            .map_or(rule.minutes.as_slice(), <[u32; 1]>::as_slice);
        let seconds = second
            .as_ref()
            .map_or(rule.seconds.as_slice(), <[u32; 1]>::as_slice);
        for hour in hours {
            for minute in minutes {
                for second in seconds {
                    budget.spend()?;
                    times.extend(date.and_hms_opt(*hour, *minute, *second));
                }
            }
        }
        Ok(())
    }

    /// Whether a period shorter than a day is at an allowed time of an allowed day.
    fn allows(&mut self, period: NaiveDateTime) -> bool {
        let rule = self.days.rule();
        let frequency = rule.frequency;
        listed(&rule.hours, period.hour())
            && (frequency >= Frequency::Hourly || listed(&rule.minutes, period.minute()))
            && (frequency >= Frequency::Minutely || listed(&rule.seconds, period.second()))
            && self.days.allows(days::number(period.date()))
    }

    /// For periods shorter than a day: if this one's day, hour, minute or second is not allowed,
    /// the index of the first period after it.
    fn next_allowed(&mut self, period: NaiveDateTime) -> Option<i64> {
        if self.days.rule().frequency >= Frequency::Daily {
            return None;
        }
        let is_day = self.days.allows(days::number(period.date()));
        let rule = self.days.rule();
        let second = i64::from(period.second());
        let seconds = if !is_day {
            86_400 - i64::from(period.num_seconds_from_midnight())
        } else if !listed(&rule.hours, period.hour()) {
            3_600 - i64::from(period.minute()) * 60 - second
        } else if rule.frequency < Frequency::Hourly && !listed(&rule.minutes, period.minute()) {
            60 - second
        } else if rule.frequency < Frequency::Minutely && !listed(&rule.seconds, period.second()) {
            1
        } else {
            return None;
        };
        Some(self.index + self.periods.in_seconds(seconds)?.max(1))
    }
}

fn listed(list: &[u32], value: u32) -> bool {
    list.is_empty() || list.contains(&value)
}

/// BYSETPOS: the items at these positions, counted from one, or from the end if negative.
fn at_positions(times: &[NaiveDateTime], positions: &[i32]) -> Vec<NaiveDateTime> {
    let length = times.len();
    let index = |position: &i32| {
        let steps = usize::try_from(position.unsigned_abs()).ok()?;
        if *position > 0 {
            steps.checked_sub(1)
        } else {
            length.checked_sub(steps)
        }
    };
    let mut picked: Vec<_> = positions
        .iter()
        .filter_map(index)
        .filter_map(|at| times.get(at).copied())
        .collect();
    picked.sort_unstable();
    picked.dedup();
    picked
}
