//! The days of a year that a rule allows, as one bit each.
//!
//! Every part of a rule that speaks of days (BYMONTH, BYMONTHDAY, BYYEARDAY, BYWEEKNO, BYDAY) is a
//! set of days of one year, and the rule allows those that are in all of them. So a year costs
//! some dozens of operations on six words, whether its days are then listed or only counted.
//!
//! Hours, minutes, seconds and BYSETPOS are not here.

use chrono::{NaiveDate, Weekday};

use super::rule::{Frequency, Rule};

/// A day as a number: the first of January of the year 1 is 1, a Monday.
pub(super) type DayNumber = i64;

/// Up to so many days are listed by a look at each one's weekday, where nothing else counts.
const LONGEST_BY_WEEKDAY: i64 = 31;

/// The number of a date.
pub(super) fn number(date: NaiveDate) -> DayNumber {
    use chrono::Datelike;
    date.num_days_from_ce().into()
}

/// The date of a number; `None` outside of chrono's years.
pub(super) fn date(number: DayNumber) -> Option<NaiveDate> {
    NaiveDate::from_num_days_from_ce_opt(i32::try_from(number).ok()?)
}

/// Days of a year, counted from 0 for the first of January.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Bits([u64; 6]);

impl Bits {
    const NONE: Self = Self([0; 6]);

    fn insert(&mut self, day: i64) {
        if let Ok(day) = usize::try_from(day)
            && let Some(word) = self.0.get_mut(day / 64)
        {
            *word |= 1 << (day % 64);
        }
    }

    /// Those from `from` to before `end`.
    fn insert_range(&mut self, from: i64, end: i64) {
        for (word, base) in self.0.iter_mut().zip((0..).step_by(64)) {
            *word |= mask(from - base, end - base);
        }
    }

    fn keep(&mut self, other: Self) {
        for (word, other) in self.0.iter_mut().zip(other.0) {
            *word &= other;
        }
    }

    fn count(&self, from: i64, end: i64) -> u64 {
        let word = |at: i64| usize::try_from(at.div_euclid(64)).unwrap_or(0);
        let words = self.0.iter().zip((0..).step_by(64));
        words
            .skip(word(from))
            .take(word(end - 1) - word(from).min(word(end - 1)) + 1)
            .map(|(word, base)| u64::from((word & mask(from - base, end - base)).count_ones()))
            .sum()
    }

    /// Every seventh day from `first` on.
    fn insert_weekly(&mut self, first: i64) {
        /// The bits 0, 7, 14 to 63.
        const WEEKLY: u64 = 0x8102_0408_1020_4081;
        for (word, base) in self.0.iter_mut().zip((0_i64..).step_by(64)) {
            *word |= WEEKLY << (first - base).rem_euclid(7);
        }
    }
}

/// The bits of a word from `from` to before `end`.
fn mask(from: i64, end: i64) -> u64 {
    let below = |end: i64| match end {
        ..=0 => 0,
        1..64 => (1_u64 << end) - 1,
        _ => u64::MAX,
    };
    below(end) & !below(from)
}

/// A year, and which of its days a rule allows.
#[derive(Debug, Clone, Copy)]
pub(super) struct YearDays {
    year: i64,
    first: DayNumber,
    length: i64,
    allowed: Bits,
}

impl YearDays {
    /// Of a rule that is [completed](Rule::completed).
    fn of(rule: &Rule, year: i64) -> Self {
        let first = new_year(year);
        let mut days = Self {
            year,
            first,
            length: new_year(year + 1) - first,
            allowed: Bits::NONE,
        };
        days.allowed.insert_range(0, days.length);
        days.keep_months(rule);
        days.keep_month_days(rule);
        days.keep_year_days(rule);
        days.keep_weeks(rule);
        days.keep_weekdays(rule);
        days
    }

    fn keep_months(&mut self, rule: &Rule) {
        if rule.months.is_empty() {
            return;
        }
        let mut bits = Bits::NONE;
        for month in &rule.months {
            let (from, end) = self.month(*month);
            bits.insert_range(from, end);
        }
        self.allowed.keep(bits);
    }

    fn keep_month_days(&mut self, rule: &Rule) {
        if rule.month_days.is_empty() {
            return;
        }
        let mut bits = Bits::NONE;
        for month in Self::months_of(rule) {
            let (from, end) = self.month(month);
            for day in &rule.month_days {
                if let Some(day) = position(i64::from(*day), end - from) {
                    bits.insert(from + day);
                }
            }
        }
        self.allowed.keep(bits);
    }

    fn keep_year_days(&mut self, rule: &Rule) {
        if rule.year_days.is_empty() {
            return;
        }
        let mut bits = Bits::NONE;
        for day in &rule.year_days {
            if let Some(day) = position(i64::from(*day), self.length) {
                bits.insert(day);
            }
        }
        self.allowed.keep(bits);
    }

    /// A day belongs to the week that it lies in, even if that week is another year's.
    fn keep_weeks(&mut self, rule: &Rule) {
        if rule.weeks.is_empty() {
            return;
        }
        let [before, this, next, after] =
            [-1, 0, 1, 2].map(|years| week_one(self.year + years, rule.week_start) - self.first);
        let mut bits = Bits::NONE;
        for week in rule.weeks.iter().map(|week| i64::from(*week)) {
            if let Some(week) = position(week, (next - this) / 7) {
                bits.insert_range(this + week * 7, this + week * 7 + 7);
            }
            let weeks_before = (this - before) / 7;
            if position(week, weeks_before) == Some(weeks_before - 1) {
                bits.insert_range(0, this);
            }
            if position(week, (after - next) / 7) == Some(0) {
                bits.insert_range(next, self.length);
            }
        }
        self.allowed.keep(bits);
    }

    fn keep_weekdays(&mut self, rule: &Rule) {
        if rule.days.is_empty() {
            return;
        }
        // A number has a meaning in a month or a year alone.
        let is_numbered = rule.frequency >= Frequency::Monthly && rule.weeks.is_empty();
        let in_months = rule.frequency == Frequency::Monthly || !rule.months.is_empty();
        let mut bits = Bits::NONE;
        for (nth, weekday) in &rule.days {
            match nth.filter(|_| is_numbered) {
                None => bits.insert_weekly(self.first_on(*weekday, 0)),
                Some(nth) if in_months => {
                    for month in Self::months_of(rule) {
                        let (from, end) = self.month(month);
                        bits.insert_nth(self, *weekday, nth.into(), from, end);
                    }
                }
                Some(nth) => bits.insert_nth(self, *weekday, nth.into(), 0, self.length),
            }
        }
        self.allowed.keep(bits);
    }

    /// The first day of that weekday from `from` on.
    fn first_on(&self, weekday: Weekday, from: i64) -> i64 {
        // Day 1 is a Monday.
        let here = self.first + from - 1;
        from + (i64::from(weekday.num_days_from_monday()) - here).rem_euclid(7)
    }

    fn months_of(rule: &Rule) -> impl Iterator<Item = u32> {
        (1..=12).filter(|month| rule.months.is_empty() || rule.months.contains(month))
    }

    /// First day of a month, and the day after its last.
    fn month(&self, month: u32) -> (i64, i64) {
        let is_leap = self.length == 366;
        (month_start(month, is_leap), month_start(month + 1, is_leap))
    }
}

/// How many days of a year lie before a month; before a thirteenth all of them.
fn month_start(month: u32, is_leap: bool) -> i64 {
    let common = match month {
        0 | 1 => return 0,
        2 => return 31,
        3 => 59,
        4 => 90,
        5 => 120,
        6 => 151,
        7 => 181,
        8 => 212,
        9 => 243,
        10 => 273,
        11 => 304,
        12 => 334,
        _ => 365,
    };
    common + i64::from(is_leap)
}

/// The first of a month, whose number counts on from January of the year 0.
pub(super) fn month_first(month: i64) -> DayNumber {
    let (year, month0) = (month.div_euclid(12), month.rem_euclid(12));
    let first = new_year(year);
    let is_leap = new_year(year + 1) - first == 366;
    first + month_start(u32::try_from(month0 + 1).unwrap_or(1), is_leap)
}

impl Bits {
    /// The n-th such weekday of some days, from the end if negative.
    fn insert_nth(&mut self, year: &YearDays, weekday: Weekday, nth: i64, from: i64, end: i64) {
        let first = year.first_on(weekday, from);
        let many = (end - first + 6) / 7;
        if let Some(index) = position(nth, many) {
            self.insert(first + index * 7);
        }
    }
}

/// Where an item is that is counted from one, or from the end if negative.
fn position(nth: i64, length: i64) -> Option<i64> {
    let index = if nth > 0 { nth - 1 } else { length + nth };
    (0..length).contains(&index).then_some(index)
}

/// The first of January.
pub(super) fn new_year(year: i64) -> DayNumber {
    let years = year - 1;
    years * 365 + years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400) + 1
}

/// The first day of week one, which is the week with the fourth of January in it.
fn week_one(year: i64, week_start: Weekday) -> DayNumber {
    let fourth = new_year(year) + 3;
    fourth - (fourth - 1 - i64::from(week_start.num_days_from_monday())).rem_euclid(7)
}

/// The allowed days of a rule, a year at a time.
pub(super) struct Days {
    rule: Rule,
    /// The last ones that were asked for, of even and of odd years.
    known: [Option<YearDays>; 2],
}

impl Days {
    /// Of a rule that is [completed](Rule::completed).
    pub(super) fn new(rule: Rule) -> Self {
        Self {
            rule,
            known: [None, None],
        }
    }

    /// The rule.
    pub(super) fn rule(&self) -> &Rule {
        &self.rule
    }

    /// Whether it allows every day.
    pub(super) fn allows_all(&self) -> bool {
        let rule = &self.rule;
        rule.months.is_empty()
            && rule.month_days.is_empty()
            && rule.year_days.is_empty()
            && rule.weeks.is_empty()
            && rule.days.is_empty()
    }

    /// Whether what it allows is the same in every week.
    pub(super) fn allows_weekdays_alone(&self) -> bool {
        let rule = &self.rule;
        rule.months.is_empty()
            && rule.month_days.is_empty()
            && rule.year_days.is_empty()
            && rule.weeks.is_empty()
            && rule.frequency < Frequency::Monthly
    }

    /// Whether it allows a day.
    pub(super) fn allows(&mut self, day: DayNumber) -> bool {
        self.count(day, day + 1) > 0
    }

    /// How many days it allows from `from` to before `end`.
    pub(super) fn count(&mut self, from: DayNumber, end: DayNumber) -> u64 {
        let mut total = 0;
        let mut at = from;
        while at < end {
            let year = self.year_of(at);
            total += year.allowed.count(at - year.first, end - year.first);
            at = year.first + year.length;
        }
        total
    }

    /// Replaces `list` by the days that it allows from `from` to before `end`, ascending.
    pub(super) fn list(&mut self, from: DayNumber, end: DayNumber, list: &mut Vec<DayNumber>) {
        list.clear();
        if self.allows_all() {
            list.extend(from..end);
            return;
        }
        if self.allows_weekdays_alone() && end - from <= LONGEST_BY_WEEKDAY {
            // Day 1 is a Monday, and a year's worth of bits would cost more than a look at each.
            let is_listed = |day: &DayNumber| {
                let weekday = (day - 1).rem_euclid(7);
                let mut listed = self.rule.days.iter();
                listed.any(|(_, listed)| i64::from(listed.num_days_from_monday()) == weekday)
            };
            list.extend((from..end).filter(is_listed));
            return;
        }
        let mut at = from;
        while at < end {
            let year = self.year_of(at);
            for (word, base) in year.allowed.0.iter().zip((0..).step_by(64)) {
                let mut word = word & mask(at - year.first - base, end - year.first - base);
                while word != 0 {
                    list.push(year.first + base + i64::from(word.trailing_zeros()));
                    word &= word - 1;
                }
            }
            at = year.first + year.length;
        }
    }

    fn year_of(&mut self, day: DayNumber) -> YearDays {
        let is_in = |year: &&YearDays| (year.first..year.first + year.length).contains(&day);
        if let Some(year) = self.known.iter().flatten().find(is_in) {
            return *year;
        }
        // 400 years are 146,097 days; the guess is off by one year at most.
        let mut year =
            (day - 1).div_euclid(146_097) * 400 + (day - 1).rem_euclid(146_097) * 400 / 146_097 + 1;
        if new_year(year) > day {
            year -= 1;
        } else if new_year(year + 1) <= day {
            year += 1;
        }
        let [even, odd] = &mut self.known;
        let known = if year % 2 == 0 { even } else { odd };
        *known.insert(YearDays::of(&self.rule, year))
    }
}
