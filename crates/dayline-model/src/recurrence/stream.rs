//! The wall times of one rule, in order, at a counted cost.

use std::collections::VecDeque;

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};

use super::RecurrenceError;
use super::budget::Budget;
use super::count::Counter;
use super::days::{self, DayNumber, Days};
use super::period::Periods;
use super::rule::{Frequency, Rule};
use crate::zone::Zone;

/// The times of a rule from DTSTART on, ascending.
pub(super) struct Stream {
    days: Days,
    periods: Periods,
    start: NaiveDateTime,
    /// Nothing before it is wanted.
    low: NaiveDateTime,
    /// Nothing after it is wanted.
    last: NaiveDateTime,
    /// UNTIL as an instant, the zone of the series, and from when on it has to be asked.
    until: Option<(DateTime<Utc>, Zone, NaiveDateTime)>,
    /// Which period is searched next, counted in intervals from that of DTSTART.
    index: i64,
    /// What COUNT has left; without COUNT nothing is counted.
    left: Option<u64>,
    found: VecDeque<NaiveDateTime>,
    /// Room for the days and the times of a period, so that not every period asks for its own.
    room: (Vec<DayNumber>, Vec<NaiveDateTime>),
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
        zone: &Zone,
        low: NaiveDateTime,
        high: NaiveDateTime,
    ) -> Self {
        // No clock was ever changed by more than a day.
        let room = TimeDelta::days(1);
        let shifted =
            |time: NaiveDateTime, by: TimeDelta| time.checked_add_signed(by).unwrap_or(time);
        let until = rule.until.zip(rule.until_instant);
        let last = match until {
            Some((until, _)) => Some(shifted(until, room)),
            None => rule.until,
        };
        let last = last.map_or(high, |last| last.min(high));
        Self {
            until: until.map(|(until, instant)| (instant, zone.clone(), shifted(until, -room))),
            periods: Periods::new(rule, start),
            days: Days::new(rule.completed(start)),
            start,
            low,
            last,
            index: 0,
            left: rule.count.map(u64::from),
            found: VecDeque::with_capacity(8),
            room: (Vec::new(), Vec::new()),
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
            self.times(0, first, budget)?;
            let begun = self
                .room
                .1
                .iter()
                .filter(|time| **time >= self.start)
                .count();
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
        self.times(self.index, period, budget)?;
        self.index += 1;
        for at in 0..self.room.1.len() {
            let Some(time) = self.room.1.get(at).copied() else {
                break;
            };
            if time < self.start {
                continue;
            }
            if time > self.last || self.left == Some(0) {
                self.state = State::Done;
                return Ok(());
            }
            self.left = self.left.map(|left| left.saturating_sub(1));
            if !self.is_over(time) {
                self.found.push_back(time);
            }
        }
        if self.left == Some(0) {
            self.state = State::Done;
        }
        Ok(())
    }

    /// Whether a time comes after UNTIL.
    fn is_over(&self, time: NaiveDateTime) -> bool {
        self.until
            .as_ref()
            .is_some_and(|(until, zone, from)| time >= *from && zone.to_utc(time) > *until)
    }

    /// Finds all times of a period that BYSETPOS leaves, ascending.
    fn times(
        &mut self,
        index: i64,
        period: NaiveDateTime,
        budget: &mut Budget,
    ) -> Result<(), RecurrenceError> {
        let (mut days, mut times) = std::mem::take(&mut self.room);
        times.clear();
        if self.days.rule().frequency < Frequency::Daily {
            if self.allows(period) {
                self.push_times(period.date(), Some(period.time()), &mut times, budget)?;
            }
        } else if let Some((first, end)) = self.periods.days(index) {
            self.days.list(first, end, &mut days);
            for day in &days {
                if let Some(day) = days::date(*day) {
                    self.push_times(day, None, &mut times, budget)?;
                }
            }
        }
        let positions = &self.days.rule().positions;
        if !positions.is_empty() {
            times = at_positions(&times, positions);
        }
        self.room = (days, times);
        Ok(())
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
