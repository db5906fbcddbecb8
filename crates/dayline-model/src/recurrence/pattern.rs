//! How a series repeats, where one sentence can say it. The words are the reader's.

use chrono::{Datelike, NaiveDate, Weekday};

use super::lines::{self, Kind};
use super::rule::{Day, Frequency, Rule};
use crate::event::When;
use crate::zone::Zone;

/// How a series repeats: every so many units, on some days, in some months, until then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// What is counted.
    pub unit: Unit,
    /// Every so many of them.
    pub interval: u32,
    /// On which days of them; none where the unit says it.
    pub on: Option<On>,
    /// In which months, 1 to 12; empty: in all.
    pub months: Vec<u32>,
    /// The last day on which it may take place, in the zone of the series.
    pub until: Option<NaiveDate>,
    /// How often it takes place.
    pub count: Option<u32>,
}

/// What a series counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Days.
    Day,
    /// Weeks.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// Days of a week, a month or a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum On {
    /// From Monday to Friday.
    Workdays,
    /// Days of the week, from Monday on.
    Weekdays(Vec<Weekday>),
    /// Days of the month, ascending.
    Dates(Vec<u32>),
    /// The last day of the month.
    LastDate,
    /// The nth of a weekday, from the end if negative; each of them without a number.
    Ranked(Vec<(Option<i32>, Weekday)>),
    /// The nth of some days.
    Nth(i32, DayKind),
}

/// Days that are counted together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// Any day.
    Day,
    /// From Monday to Friday.
    Workday,
    /// Saturday or Sunday.
    WeekendDay,
}

impl Pattern {
    /// Reads the recurrence of a series whose first occurrence is `first`.
    ///
    /// Shape: `None` if there is no rule, or several, or one that cannot be said truly in one
    /// sentence. Exclusions are not part of it.
    pub fn read(lines: &[String], first: &When) -> Option<Self> {
        let mut rules = lines::rules(lines);
        let text = rules.next()?;
        if rules.next().is_some() {
            return None;
        }
        let (start, zone, kind) = match first {
            When::AllDay { start, .. } => (*start, Zone::utc(), Kind::Days),
            When::Timed { start, .. } => (start.local.date(), start.zone.clone(), Kind::Timed),
        };
        let rule = Rule::read(&text, "RRULE", &zone, kind).ok()?;
        let pattern = Self::of(&rule, start)?;
        Some(Self {
            until: rule.until.map(|until| until.date()),
            count: rule.count,
            ..pattern
        })
    }

    fn of(rule: &Rule, start: NaiveDate) -> Option<Self> {
        let plain_times =
            rule.seconds.is_empty() && rule.minutes.is_empty() && rule.hours.is_empty();
        if !plain_times || !rule.weeks.is_empty() || !rule.year_days.is_empty() {
            return None;
        }
        let no_days = rule.days.is_empty() && rule.month_days.is_empty();
        let no_months = rule.months.is_empty();
        let no_positions = rule.positions.is_empty();
        match rule.frequency {
            Frequency::Secondly | Frequency::Minutely | Frequency::Hourly => {
                (no_days && no_months && no_positions).then(|| Self::every(rule))
            }
            Frequency::Daily if no_days && no_months && no_positions => Some(Self::every(rule)),
            Frequency::Daily | Frequency::Weekly
                if no_months && no_positions && rule.month_days.is_empty() =>
            {
                Self::on_weekdays(rule, start)
            }
            Frequency::Monthly if no_months => {
                Some(Self::every(rule).on(day_of_month(rule, start)?))
            }
            Frequency::Yearly => Self::in_year(rule, start),
            _ => None,
        }
    }

    /// Every so many units, on no day in particular.
    fn every(rule: &Rule) -> Self {
        Self {
            unit: match rule.frequency {
                Frequency::Secondly => Unit::Second,
                Frequency::Minutely => Unit::Minute,
                Frequency::Hourly => Unit::Hour,
                Frequency::Daily => Unit::Day,
                Frequency::Weekly => Unit::Week,
                Frequency::Monthly => Unit::Month,
                Frequency::Yearly => Unit::Year,
            },
            interval: rule.interval,
            on: None,
            months: Vec::new(),
            until: None,
            count: None,
        }
    }

    fn on(self, days: On) -> Self {
        Self {
            on: Some(days),
            ..self
        }
    }

    fn in_months(self, months: Vec<u32>) -> Self {
        Self { months, ..self }
    }

    fn on_weekdays(rule: &Rule, start: NaiveDate) -> Option<Self> {
        let days = if rule.days.is_empty() {
            vec![start.weekday()]
        } else {
            plain_days(&rule.days)
        };
        // Every second day that happens to be a Monday is not every second Monday.
        if rule.frequency == Frequency::Daily && rule.interval != 1 {
            return None;
        }
        let every = |unit| Self {
            unit,
            ..Self::every(rule)
        };
        match (kind_of(&days), rule.interval) {
            (Some(DayKind::Day), 1) => Some(every(Unit::Day)),
            (Some(DayKind::Workday), 1) => Some(every(Unit::Week).on(On::Workdays)),
            _ => Some(every(Unit::Week).on(On::Weekdays(days))),
        }
    }

    fn in_year(rule: &Rule, start: NaiveDate) -> Option<Self> {
        let every = Self::every(rule);
        let plain = rule.month_days.is_empty() && rule.days.is_empty() && rule.positions.is_empty();
        match rule.months.as_slice() {
            [] if plain => Some(
                every
                    .on(On::Dates(vec![start.day()]))
                    .in_months(vec![start.month()]),
            ),
            // Without a month, days are counted through the year.
            [] => None,
            months => {
                // Positions count through the year, so with several months they are not said.
                let sayable = rule.positions.is_empty() || months.len() == 1;
                let days = sayable.then(|| day_of_month(rule, start)).flatten()?;
                Some(every.on(days).in_months(months.to_vec()))
            }
        }
    }
}

/// What days of a week have in common; `None` if nothing but their names.
fn kind_of(days: &[Weekday]) -> Option<DayKind> {
    let mask = days
        .iter()
        .fold(0_u8, |mask, day| mask | 1 << day.num_days_from_monday());
    match mask {
        0b111_1111 => Some(DayKind::Day),
        0b001_1111 => Some(DayKind::Workday),
        0b110_0000 => Some(DayKind::WeekendDay),
        _ => None,
    }
}

/// The weekdays of a list, from Monday on, each once.
fn plain_days(days: &[Day]) -> Vec<Weekday> {
    let mut days: Vec<Weekday> = days.iter().map(|(_, day)| *day).collect();
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    days
}

/// Which days of a month.
fn day_of_month(rule: &Rule, start: NaiveDate) -> Option<On> {
    match (
        rule.month_days.as_slice(),
        rule.days.as_slice(),
        rule.positions.as_slice(),
    ) {
        ([], [], []) => Some(On::Dates(vec![start.day()])),
        ([-1], [], []) => Some(On::LastDate),
        (list, [], []) => {
            let dates: Option<Vec<u32>> = list.iter().map(|day| u32::try_from(*day).ok()).collect();
            dates.map(On::Dates)
        }
        ([], days, []) => {
            let sayable = days.iter().all(|(nth, _)| nth.is_none_or(is_rank));
            sayable.then(|| On::Ranked(days.to_vec()))
        }
        ([], days, [position]) if days.iter().all(|(nth, _)| nth.is_none()) => {
            if !is_rank(*position) {
                return None;
            }
            let plain = plain_days(days);
            match (kind_of(&plain), plain.as_slice()) {
                (Some(kind), _) => Some(On::Nth(*position, kind)),
                (None, [day]) => Some(On::Ranked(vec![(Some(*position), *day)])),
                (None, _) => None,
            }
        }
        _ => None,
    }
}

/// Whether there is a word for the nth of a month.
fn is_rank(nth: i32) -> bool {
    matches!(nth, 1..=5 | -3..=-1)
}
