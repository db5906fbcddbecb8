//! The wall times of one rule, in order, at a counted cost.

use std::collections::VecDeque;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike};

use super::RecurrenceError;
use super::rule::{Frequency, Rule};

/// How much work an expansion may still do: one step for each period that is searched and for
/// each time that is found; looking at sixteen days is one more.
pub(super) struct Budget(u32);

impl Default for Budget {
    fn default() -> Self {
        Self(100_000)
    }
}

impl Budget {
    pub(super) fn spend(&mut self) -> Result<(), RecurrenceError> {
        self.spend_many(1)
    }

    fn spend_many(&mut self, steps: u32) -> Result<(), RecurrenceError> {
        self.0 = self
            .0
            .checked_sub(steps)
            .ok_or(RecurrenceError::TooMuchWork)?;
        Ok(())
    }
}

/// The times of a rule from DTSTART on, ascending.
pub(super) struct Stream {
    rule: Rule,
    start: NaiveDateTime,
    /// Nothing after it is wanted.
    last: NaiveDateTime,
    /// Which period is searched next, counted in intervals from that of DTSTART.
    index: i64,
    left: Option<u32>,
    found: VecDeque<NaiveDateTime>,
    begun: bool,
    done: bool,
}

impl Stream {
    /// Begins at DTSTART, or near `low` where nothing before it has to be counted.
    pub(super) fn new(
        rule: &Rule,
        start: NaiveDateTime,
        low: NaiveDateTime,
        high: NaiveDateTime,
    ) -> Self {
        let mut stream = Self {
            rule: rule.completed(start),
            start,
            last: rule.until.map_or(high, |until| until.min(high)),
            index: 0,
            left: rule.count,
            found: VecDeque::new(),
            begun: false,
            done: false,
        };
        if rule.count.is_none() && low > start {
            stream.index = stream.periods_before(low);
        }
        stream
    }

    /// The next time, without taking it.
    pub(super) fn peek(
        &mut self,
        budget: &mut Budget,
    ) -> Result<Option<NaiveDateTime>, RecurrenceError> {
        while self.found.is_empty() && !self.done {
            budget.spend()?;
            self.search(budget)?;
        }
        Ok(self.found.front().copied())
    }

    /// Takes the time that was peeked at.
    pub(super) fn pop(&mut self) {
        self.found.pop_front();
    }

    /// Searches one period.
    fn search(&mut self, budget: &mut Budget) -> Result<(), RecurrenceError> {
        let Some(period) = self
            .period(self.index)
            .filter(|period| *period <= self.last)
        else {
            self.done = true;
            return Ok(());
        };
        if let Some(later) = self.next_allowed(period) {
            self.index = later;
            return Ok(());
        }
        self.index += 1;
        let mut times = self.times(period, budget)?;
        if !self.rule.positions.is_empty() {
            times = at_positions(&times, &self.rule.positions);
        }
        for time in times.into_iter().filter(|time| *time >= self.start) {
            if time > self.last || self.left == Some(0) {
                self.done = true;
                return Ok(());
            }
            if !self.begun {
                self.begun = true;
                // DTSTART is the first of COUNT even if the rule does not name it.
                if time > self.start {
                    self.left = self.left.map(|left| left.saturating_sub(1));
                    if self.left == Some(0) {
                        self.done = true;
                        return Ok(());
                    }
                }
            }
            self.left = self.left.map(|left| left.saturating_sub(1));
            self.found.push_back(time);
        }
        self.done = self.left == Some(0);
        Ok(())
    }

    /// All times of a period, ascending.
    fn times(
        &self,
        period: NaiveDateTime,
        budget: &mut Budget,
    ) -> Result<Vec<NaiveDateTime>, RecurrenceError> {
        let date = period.date();
        let mut times = Vec::new();
        if self.rule.frequency < Frequency::Daily {
            self.push_times(date, Some(period.time()), &mut times, budget)?;
            return Ok(times);
        }
        let days: u16 = match self.rule.frequency {
            Frequency::Yearly if date.leap_year() => 366,
            Frequency::Yearly => 365,
            Frequency::Monthly => date.num_days_in_month().into(),
            Frequency::Weekly => 7,
            _ => 1,
        };
        budget.spend_many(u32::from(days / 16))?;
        for day in date
            .iter_days()
            .take(days.into())
            .filter(|day| self.rule.allows(*day))
        {
            self.push_times(day, None, &mut times, budget)?;
        }
        Ok(times)
    }

    /// The times of a day; if the period is shorter than a day, those within it.
    fn push_times(
        &self,
        date: NaiveDate,
        within: Option<NaiveTime>,
        times: &mut Vec<NaiveDateTime>,
        budget: &mut Budget,
    ) -> Result<(), RecurrenceError> {
        let frequency = self.rule.frequency;
        let hour = within.map(|time| [time.hour()]);
        let minute = within
            .filter(|_| frequency < Frequency::Hourly)
            .map(|time| [time.minute()]);
        let second = within
            .filter(|_| frequency < Frequency::Minutely)
            .map(|time| [time.second()]);
        let hours = hour
            .as_ref()
            .map_or(self.rule.hours.as_slice(), <[u32; 1]>::as_slice);
        let minutes = minute
            .as_ref()
            .map_or(self.rule.minutes.as_slice(), <[u32; 1]>::as_slice);
        let seconds = second
            .as_ref()
            .map_or(self.rule.seconds.as_slice(), <[u32; 1]>::as_slice);
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

    /// For periods shorter than a day: if this one's day, hour, minute or second is not allowed,
    /// the index of the first period after it.
    fn next_allowed(&self, period: NaiveDateTime) -> Option<i64> {
        let rule = &self.rule;
        if rule.frequency >= Frequency::Daily {
            return None;
        }
        let listed = |list: &[u32], value: u32| list.is_empty() || list.contains(&value);
        let jump = if !rule.allows(period.date()) {
            period.date().succ_opt()?.and_time(NaiveTime::MIN) - period
        } else if !listed(&rule.hours, period.hour()) {
            TimeDelta::minutes(60)
                - TimeDelta::seconds(i64::from(period.minute() * 60 + period.second()))
        } else if rule.frequency < Frequency::Hourly && !listed(&rule.minutes, period.minute()) {
            TimeDelta::seconds(60 - i64::from(period.second()))
        } else if rule.frequency < Frequency::Minutely && !listed(&rule.seconds, period.second()) {
            TimeDelta::seconds(1)
        } else {
            return None;
        };
        let step = self.unit_seconds().checked_mul(i64::from(rule.interval))?;
        Some(self.index + ((jump.num_seconds() + step - 1) / step).max(1))
    }

    /// When the period with that index begins; `None` after the year 9999.
    fn period(&self, index: i64) -> Option<NaiveDateTime> {
        let units = index.checked_mul(i64::from(self.rule.interval))?;
        let start = self.anchor();
        let date = start.date();
        let period = match self.rule.frequency {
            Frequency::Yearly => midnight(NaiveDate::from_ymd_opt(
                i32::try_from(i64::from(date.year()).checked_add(units)?).ok()?,
                1,
                1,
            )?),
            Frequency::Monthly => {
                let month =
                    (i64::from(date.year()) * 12 + i64::from(date.month0())).checked_add(units)?;
                let (year, month0) = (month.div_euclid(12), month.rem_euclid(12));
                midnight(NaiveDate::from_ymd_opt(
                    i32::try_from(year).ok()?,
                    u32::try_from(month0).ok()? + 1,
                    1,
                )?)
            }
            Frequency::Weekly
            | Frequency::Daily
            | Frequency::Hourly
            | Frequency::Minutely
            | Frequency::Secondly => {
                let seconds = units.checked_mul(self.unit_seconds())?;
                start.checked_add_signed(TimeDelta::try_seconds(seconds)?)?
            }
        };
        (period.year() <= 9999).then_some(period)
    }

    /// The beginning of DTSTART's own period.
    fn anchor(&self) -> NaiveDateTime {
        let date = self.start.date();
        let time = self.start.time();
        match self.rule.frequency {
            Frequency::Weekly => midnight(
                date.week(self.rule.week_start)
                    .checked_first_day()
                    .unwrap_or(date),
            ),
            Frequency::Hourly => date.and_hms_opt(time.hour(), 0, 0).unwrap_or(self.start),
            Frequency::Minutely => date
                .and_hms_opt(time.hour(), time.minute(), 0)
                .unwrap_or(self.start),
            Frequency::Secondly => self.start,
            _ => midnight(date),
        }
    }

    fn unit_seconds(&self) -> i64 {
        match self.rule.frequency {
            Frequency::Secondly => 1,
            Frequency::Minutely => 60,
            Frequency::Hourly => 3_600,
            Frequency::Weekly => 7 * 86_400,
            _ => 86_400,
        }
    }

    /// How many whole intervals can be skipped without missing anything from `low` on.
    fn periods_before(&self, low: NaiveDateTime) -> i64 {
        let anchor = self.anchor();
        let units = match self.rule.frequency {
            Frequency::Yearly => i64::from(low.year()) - i64::from(anchor.year()),
            Frequency::Monthly => {
                (i64::from(low.year()) - i64::from(anchor.year())) * 12 + i64::from(low.month0())
                    - i64::from(anchor.month0())
            }
            _ => (low - anchor).num_seconds() / self.unit_seconds(),
        };
        (units / i64::from(self.rule.interval)).max(0)
    }
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

fn midnight(date: NaiveDate) -> NaiveDateTime {
    date.and_time(NaiveTime::MIN)
}
