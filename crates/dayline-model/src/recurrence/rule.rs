//! A recurrence rule: RFC 5545 §3.3.10.

use std::borrow::Cow;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc, Weekday};

use super::RecurrenceError;
use super::dates::Stamp;
use super::lines::Kind;
use crate::zone::Zone;

/// FREQ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Frequency {
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// An item of BYDAY: a weekday, or the n-th of its kind in a month or year, from the end if
/// negative.
pub(super) type Day = (Option<i32>, Weekday);

/// A rule as written. Lists are ascending and hold each value once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    pub(super) count: Option<u32>,
    /// In the wall time of the series, inclusive.
    pub(super) until: Option<NaiveDateTime>,
    /// The same as an instant, where it is written as one and times are compared: wall time alone
    /// does not tell what comes first on the night of a clock change.
    pub(super) until_instant: Option<DateTime<Utc>>,
    pub(super) seconds: Vec<u32>,
    pub(super) minutes: Vec<u32>,
    pub(super) hours: Vec<u32>,
    pub(super) days: Vec<Day>,
    pub(super) month_days: Vec<i32>,
    pub(super) year_days: Vec<i32>,
    pub(super) weeks: Vec<i32>,
    pub(super) months: Vec<u32>,
    pub(super) positions: Vec<i32>,
    pub(super) week_start: Weekday,
}

impl Rule {
    /// Reads the value of an RRULE or EXRULE. Unknown parts that begin with `X-` are ignored.
    pub(super) fn read(
        text: &str,
        property: &'static str,
        zone: &Zone,
        kind: Kind,
    ) -> Result<Self, RecurrenceError> {
        let error = |reason| RecurrenceError::Malformed { property, reason };
        let mut frequency = None;
        let mut rule = Self::every(Frequency::Daily);
        let text = if text.bytes().any(|byte| byte.is_ascii_lowercase()) {
            Cow::Owned(text.to_ascii_uppercase())
        } else {
            Cow::Borrowed(text)
        };
        for part in text
            .split(';')
            .map(str::trim)
            .filter(|part| !part.is_empty())
        {
            let (key, value) = part.split_once('=').ok_or(error("a part has no value"))?;
            let (key, value) = (key.trim(), value.trim());
            let outside = error("a value is out of its range");
            match key {
                "FREQ" => {
                    frequency = Some(read_frequency(value).ok_or(error("FREQ is not known"))?);
                }
                "INTERVAL" => rule.interval = positive(value).ok_or(outside)?,
                "COUNT" => rule.count = Some(positive(value).ok_or(outside)?),
                "UNTIL" => {
                    let stamp = Stamp::read(value).ok_or(error("UNTIL is not a date"))?;
                    rule.until = until(stamp, zone, kind);
                    rule.until_instant = match (kind, stamp) {
                        (Kind::Timed, Stamp::Utc(instant)) => Some(instant),
                        _ => None,
                    };
                }
                "BYSECOND" => rule.seconds = unsigned(value, 0, 60).ok_or(outside)?,
                "BYMINUTE" => rule.minutes = unsigned(value, 0, 59).ok_or(outside)?,
                "BYHOUR" => rule.hours = unsigned(value, 0, 23).ok_or(outside)?,
                "BYDAY" => rule.days = list(value, read_day).ok_or(outside)?,
                "BYMONTHDAY" => rule.month_days = signed(value, 31).ok_or(outside)?,
                "BYYEARDAY" => rule.year_days = signed(value, 366).ok_or(outside)?,
                "BYWEEKNO" => rule.weeks = signed(value, 53).ok_or(outside)?,
                "BYMONTH" => rule.months = unsigned(value, 1, 12).ok_or(outside)?,
                "BYSETPOS" => rule.positions = signed(value, 366).ok_or(outside)?,
                "WKST" => rule.week_start = weekday(value).ok_or(outside)?,
                "RSCALE" if value == "GREGORIAN" => {}
                "SKIP" if value == "OMIT" => {}
                "RSCALE" | "SKIP" => return Err(error("only the Gregorian calendar is known")),
                _ if key.starts_with("X-") => {}
                _ => return Err(error("a part is not known")),
            }
        }
        rule.frequency = frequency.ok_or(error("FREQ is missing"))?;
        // Leap seconds do not exist in wall time here.
        rule.seconds.retain(|second| *second < 60);
        if kind == Kind::Days {
            // RFC 5545 §3.3.10: a day has no time of day.
            rule.hours.clear();
            rule.minutes.clear();
            rule.seconds.clear();
        }
        Ok(rule)
    }

    fn every(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            count: None,
            until: None,
            until_instant: None,
            seconds: vec![],
            minutes: vec![],
            hours: vec![],
            days: vec![],
            month_days: vec![],
            year_days: vec![],
            weeks: vec![],
            months: vec![],
            positions: vec![],
            week_start: Weekday::Mon,
        }
    }

    /// The rule with everything filled in that it takes from DTSTART.
    pub(super) fn completed(&self, start: NaiveDateTime) -> Self {
        let mut rule = self.clone();
        if self.frequency != Frequency::Yearly {
            rule.weeks.clear();
        }
        let no_days =
            rule.days.is_empty() && rule.month_days.is_empty() && rule.year_days.is_empty();
        if no_days {
            match rule.frequency {
                // All seven days of a week, as Google's library and dateutil have it.
                Frequency::Yearly if !rule.weeks.is_empty() => {}
                Frequency::Yearly => {
                    rule.month_days = vec![day_number(start.date())];
                    if rule.months.is_empty() {
                        rule.months = vec![start.month()];
                    }
                }
                Frequency::Monthly => rule.month_days = vec![day_number(start.date())],
                Frequency::Weekly => rule.days = vec![(None, start.weekday())],
                _ => {}
            }
        }
        if rule.seconds.is_empty() && rule.frequency > Frequency::Secondly {
            rule.seconds = vec![start.second()];
        }
        if rule.minutes.is_empty() && rule.frequency > Frequency::Minutely {
            rule.minutes = vec![start.minute()];
        }
        if rule.hours.is_empty() && rule.frequency > Frequency::Hourly {
            rule.hours = vec![start.hour()];
        }
        rule
    }
}

fn day_number(date: NaiveDate) -> i32 {
    i32::try_from(date.day()).unwrap_or(0)
}

fn read_frequency(text: &str) -> Option<Frequency> {
    Some(match text {
        "SECONDLY" => Frequency::Secondly,
        "MINUTELY" => Frequency::Minutely,
        "HOURLY" => Frequency::Hourly,
        "DAILY" => Frequency::Daily,
        "WEEKLY" => Frequency::Weekly,
        "MONTHLY" => Frequency::Monthly,
        "YEARLY" => Frequency::Yearly,
        _ => return None,
    })
}

/// A date includes all of its day; an instant is told in the wall time of the series.
fn until(stamp: Stamp, zone: &Zone, kind: Kind) -> Option<NaiveDateTime> {
    match (kind, stamp) {
        (Kind::Timed, Stamp::Local(_) | Stamp::Utc(_)) => Some(stamp.wall(zone, None)),
        _ => stamp.date().and_hms_opt(23, 59, 59),
    }
}

pub(super) fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        _ => return None,
    })
}

fn read_day(text: &str) -> Option<Day> {
    let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
    let nth = match nth {
        "" => None,
        _ => Some(
            nth.parse::<i32>()
                .ok()
                .filter(|nth| *nth != 0 && nth.abs() <= 53)?,
        ),
    };
    Some((nth, weekday(name)?))
}

fn positive(text: &str) -> Option<u32> {
    text.parse().ok().filter(|number| *number > 0)
}

fn unsigned(text: &str, least: u32, greatest: u32) -> Option<Vec<u32>> {
    let mut list = list(text, |item| {
        item.parse()
            .ok()
            .filter(|number| (least..=greatest).contains(number))
    })?;
    list.sort_unstable();
    list.dedup();
    Some(list)
}

fn signed(text: &str, greatest: i32) -> Option<Vec<i32>> {
    let mut list = list(text, |item| {
        item.parse::<i32>()
            .ok()
            .filter(|number| *number != 0 && (-greatest..=greatest).contains(number))
    })?;
    list.sort_unstable();
    list.dedup();
    Some(list)
}

/// A comma-separated list; `None` if an item is wrong or there are more than any real rule has.
fn list<T>(text: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    const MOST_ITEMS: usize = 800;
    let items: Option<Vec<T>> = text
        .split(',')
        .take(MOST_ITEMS + 1)
        .map(|item| read(item.trim()))
        .collect();
    items.filter(|items| items.len() <= MOST_ITEMS)
}
