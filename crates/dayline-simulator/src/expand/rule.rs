//! One RRULE: read strictly, laid out in wall time.
//!
//! Works through the rule's periods (years, months, weeks, days, hours …), and begins at the
//! period that the window begins in unless `COUNT` forbids it, so that an old series costs no
//! more than a young one. Wall times that a zone skips are the caller's matter.
//!
//! # Source
//! RFC 5545 §3.3.10 with its table of what each part limits or expands.

use std::ops::ControlFlow;

use chrono::{
    Datelike, Days, Duration, Months, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday,
};

mod parse;

pub(super) use self::parse::parse;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Freq {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A rule; an empty list means that the part was not given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    freq: Freq,
    interval: u32,
    count: Option<u64>,
    /// The last wall time that is allowed.
    until: Option<NaiveDateTime>,
    seconds: Vec<u32>,
    minutes: Vec<u32>,
    hours: Vec<u32>,
    /// Weekdays, with their place in the month or year or 0 for each of them.
    days: Vec<(i32, Weekday)>,
    month_days: Vec<i32>,
    year_days: Vec<i32>,
    weeks: Vec<i32>,
    months: Vec<u32>,
    positions: Vec<i32>,
    week_start: Weekday,
}

/// Where a layout begins and how far it looks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    /// DTSTART.
    pub(super) first: NaiveDateTime,
    pub(super) low: NaiveDateTime,
    /// The last wall time of interest.
    pub(super) high: NaiveDateTime,
}

impl Rule {
    /// Hands the wall times in `[low, high]` to `take`, in order, until it breaks.
    pub(super) fn each(&self, span: Span, take: &mut dyn FnMut(NaiveDateTime) -> ControlFlow<()>) {
        let rule = self.filled(span.first);
        let last = rule.until.map_or(span.high, |until| until.min(span.high));
        let mut left = rule.count;
        let mut step = rule.first_step(span);
        while let Some(period) = rule.period(span.first, step) {
            if period.begin > last {
                return;
            }
            let mut found = rule.in_period(&period);
            found = rule.at_positions(found);
            for at in found {
                if at < span.first {
                    continue;
                }
                if at > last || left == Some(0) {
                    return;
                }
                left = left.map(|left| left - 1);
                if at >= span.low && take(at).is_break() {
                    return;
                }
            }
            step = rule.next_step(span.first, step, &period);
        }
    }

    /// The rule with what DTSTART adds to it.
    fn filled(&self, first: NaiveDateTime) -> Self {
        let mut rule = self.clone();
        let no_day = rule.days.is_empty()
            && rule.month_days.is_empty()
            && rule.year_days.is_empty()
            && rule.weeks.is_empty();
        match rule.freq {
            Freq::Yearly if no_day => {
                if rule.months.is_empty() {
                    rule.months = vec![first.month()];
                }
                rule.month_days = vec![first.day().cast_signed()];
            }
            // A week without a day means that of DTSTART.
            Freq::Yearly
                if rule.days.is_empty()
                    && rule.month_days.is_empty()
                    && rule.year_days.is_empty() =>
            {
                rule.days = vec![(0, first.weekday())];
            }
            Freq::Monthly if no_day => rule.month_days = vec![first.day().cast_signed()],
            Freq::Weekly if no_day => rule.days = vec![(0, first.weekday())],
            _ => {}
        }
        if rule.freq > Freq::Hourly && rule.hours.is_empty() {
            rule.hours = vec![first.hour()];
        }
        if rule.freq > Freq::Minutely && rule.minutes.is_empty() {
            rule.minutes = vec![first.minute()];
        }
        if rule.freq > Freq::Secondly && rule.seconds.is_empty() {
            rule.seconds = vec![first.second()];
        }
        rule
    }

    /// The step before the one that `low` lies in; the first one if occurrences are counted.
    fn first_step(&self, span: Span) -> i64 {
        if self.count.is_some() || span.low <= span.first {
            return 0;
        }
        let passed = span.low - span.first;
        let steps = match self.freq {
            Freq::Secondly => passed.num_seconds(),
            Freq::Minutely => passed.num_minutes(),
            Freq::Hourly => passed.num_hours(),
            Freq::Daily => passed.num_days(),
            Freq::Weekly => passed.num_weeks(),
            Freq::Monthly => passed.num_days() / 31,
            Freq::Yearly => passed.num_days() / 366,
        };
        (steps / i64::from(self.interval) - 1).max(0)
    }

    /// The period `step` intervals after that of DTSTART; `None` beyond the calendar's end.
    fn period(&self, first: NaiveDateTime, step: i64) -> Option<Period> {
        let many = step.checked_mul(i64::from(self.interval))?;
        let date = first.date();
        let days = |from: NaiveDate, until: NaiveDate| {
            Some(Period {
                begin: from.and_time(NaiveTime::MIN),
                from,
                until,
            })
        };
        let plus_days = |from: NaiveDate, many: i64| {
            from.checked_add_days(Days::new(u64::try_from(many).ok()?))
        };
        match self.freq {
            Freq::Yearly => {
                let year = i64::from(date.year()).checked_add(many)?;
                let from = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, 1, 1)?;
                days(from, from.checked_add_months(Months::new(12))?)
            }
            Freq::Monthly => {
                let months = Months::new(u32::try_from(many).ok()?);
                let from = date.with_day(1)?.checked_add_months(months)?;
                days(from, from.checked_add_months(Months::new(1))?)
            }
            Freq::Weekly => {
                let into = date.weekday().days_since(self.week_start);
                let week = date.checked_sub_days(Days::new(u64::from(into)))?;
                let from = plus_days(week, many.checked_mul(7)?)?;
                days(from, plus_days(from, 7)?)
            }
            Freq::Daily => {
                let from = plus_days(date, many)?;
                days(from, plus_days(from, 1)?)
            }
            Freq::Hourly | Freq::Minutely | Freq::Secondly => {
                let begin = match self.freq {
                    Freq::Hourly => first.with_minute(0)?.with_second(0)?,
                    Freq::Minutely => first.with_second(0)?,
                    _ => first,
                };
                let seconds = many.checked_mul(self.unit())?;
                let begin = begin.checked_add_signed(Duration::try_seconds(seconds)?)?;
                Some(Period {
                    begin,
                    from: begin.date(),
                    until: plus_days(begin.date(), 1)?,
                })
            }
        }
    }

    /// Seconds of the frequencies below a day.
    fn unit(&self) -> i64 {
        match self.freq {
            Freq::Hourly => 3600,
            Freq::Minutely => 60,
            _ => 1,
        }
    }

    /// The next step, which for frequencies below a day leaves days and hours without a match.
    fn next_step(&self, first: NaiveDateTime, step: i64, period: &Period) -> i64 {
        if self.freq >= Freq::Daily {
            return step + 1;
        }
        let skip_to = if !self.has_day(period.from) {
            period.until.and_time(NaiveTime::MIN)
        } else if self.freq < Freq::Hourly
            && !self.hours.is_empty()
            && !self.hours.contains(&period.begin.hour())
        {
            let hour = period.begin.hour();
            let floor = period.from.and_hms_opt(hour, 0, 0).unwrap_or(period.begin);
            floor + Duration::hours(1)
        } else {
            return step + 1;
        };
        let begin = self.period(first, 0).map_or(first, |zero| zero.begin);
        let each = self.unit() * i64::from(self.interval);
        let seconds = (skip_to - begin).num_seconds();
        // Rounded up: the first period that begins in there.
        (seconds.div_euclid(each) + i64::from(seconds.rem_euclid(each) > 0)).max(step + 1)
    }

    /// Every wall time that the parts allow in a period, in order.
    fn in_period(&self, period: &Period) -> Vec<NaiveDateTime> {
        let mut found = Vec::new();
        let mut day = period.from;
        while day < period.until {
            if self.has_day(day) {
                self.times(day, period, &mut found);
            }
            match day.succ_opt() {
                Some(next) => day = next,
                None => break,
            }
        }
        found
    }

    fn times(&self, day: NaiveDate, period: &Period, found: &mut Vec<NaiveDateTime>) {
        let now = period.begin.time();
        let fixed = |list: &[u32], given: u32, below: Freq| -> Vec<u32> {
            if self.freq >= below {
                return list.to_vec();
            }
            // The period names it; the part may only rule it out.
            if list.is_empty() || list.contains(&given) {
                vec![given]
            } else {
                Vec::new()
            }
        };
        for hour in fixed(&self.hours, now.hour(), Freq::Daily) {
            for minute in fixed(&self.minutes, now.minute(), Freq::Hourly) {
                for second in fixed(&self.seconds, now.second(), Freq::Minutely) {
                    // A leap second happens at the second before.
                    found.extend(day.and_hms_opt(hour, minute, second.min(59)));
                }
            }
        }
    }

    fn at_positions(&self, found: Vec<NaiveDateTime>) -> Vec<NaiveDateTime> {
        if self.positions.is_empty() {
            return found;
        }
        let count = i32::try_from(found.len()).unwrap_or(i32::MAX);
        let chosen = |index: usize| {
            let index = i32::try_from(index).unwrap_or(i32::MAX);
            self.positions.contains(&(index + 1)) || self.positions.contains(&(index - count))
        };
        found
            .into_iter()
            .enumerate()
            .filter(|(index, _)| chosen(*index))
            .map(|(_, at)| at)
            .collect()
    }

    /// Whether the parts that name days allow this one.
    fn has_day(&self, day: NaiveDate) -> bool {
        let counted = |list: &[i32], forward: u32, length: u32| {
            let (forward, length) = (forward.cast_signed(), length.cast_signed());
            list.is_empty() || list.contains(&forward) || list.contains(&(forward - length - 1))
        };
        let month = days_in_month(day);
        let year = days_in_year(day.year());
        (self.months.is_empty() || self.months.contains(&day.month()))
            && counted(&self.month_days, day.day(), month)
            && counted(&self.year_days, day.ordinal(), year)
            && self.has_week(day)
            && self.has_weekday(day, month, year)
    }

    fn has_week(&self, day: NaiveDate) -> bool {
        if self.weeks.is_empty() {
            return true;
        }
        let (number, of) = self.week(day);
        self.weeks.contains(&number) || self.weeks.contains(&(number - of - 1))
    }

    /// The number of a day's week and how many its year has: the first has four days or more.
    fn week(&self, day: NaiveDate) -> (i32, i32) {
        let first_of = |year: i32| {
            let new_year = NaiveDate::from_ymd_opt(year, 1, 1)?;
            let into = i64::from(new_year.weekday().days_since(self.week_start));
            let offset = if into <= 3 { -into } else { 7 - into };
            new_year.checked_add_signed(Duration::try_days(offset)?)
        };
        let year = day.year();
        let of_year = |year: i32| Some((first_of(year)?, first_of(year + 1)?));
        [year + 1, year, year - 1]
            .into_iter()
            .filter_map(of_year)
            .find(|(from, until)| *from <= day && day < *until)
            .map_or((0, 0), |(from, until)| {
                let weeks = |days: i64| i32::try_from(days / 7).unwrap_or(0);
                (
                    weeks((day - from).num_days()) + 1,
                    weeks((until - from).num_days()),
                )
            })
    }

    fn has_weekday(&self, day: NaiveDate, month: u32, year: u32) -> bool {
        if self.days.is_empty() {
            return true;
        }
        let by_month = self.freq == Freq::Monthly || !self.months.is_empty();
        let (at, length) = if by_month {
            (day.day(), month)
        } else {
            (day.ordinal(), year)
        };
        let forward = ((at - 1) / 7 + 1).cast_signed();
        let backward = -((length - at) / 7 + 1).cast_signed();
        self.days.iter().any(|(place, weekday)| {
            *weekday == day.weekday() && (*place == 0 || *place == forward || *place == backward)
        })
    }
}

/// One period: when it begins, and its days.
#[derive(Debug, Clone, Copy)]
struct Period {
    begin: NaiveDateTime,
    from: NaiveDate,
    until: NaiveDate,
}

fn days_in_year(year: i32) -> u32 {
    NaiveDate::from_ymd_opt(year, 12, 31).map_or(365, |last| last.ordinal())
}

fn days_in_month(day: NaiveDate) -> u32 {
    let first = day.with_day(1);
    let next = first.and_then(|first| first.checked_add_months(Months::new(1)));
    next.and_then(|next| next.pred_opt())
        .map_or(31, |last| last.day())
}

#[cfg(test)]
mod tests;
