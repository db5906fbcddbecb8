//! A rule's text, part by part. What RFC 5545 forbids is refused.

use std::collections::BTreeSet;
use std::str::FromStr;

use chrono::Weekday;
use chrono_tz::Tz;

use super::{Freq, Rule};

/// Reads the value of an RRULE or EXRULE line; `None` if it is no valid rule.
///
/// `tz` is the series' zone, in which an UNTIL in UTC is seen.
pub(in crate::expand) fn parse(text: &str, tz: Tz) -> Option<Rule> {
    let mut rule = Rule {
        freq: Freq::Yearly,
        interval: 1,
        count: None,
        until: None,
        seconds: Vec::new(),
        minutes: Vec::new(),
        hours: Vec::new(),
        days: Vec::new(),
        month_days: Vec::new(),
        year_days: Vec::new(),
        weeks: Vec::new(),
        months: Vec::new(),
        positions: Vec::new(),
        week_start: Weekday::Mon,
    };
    let mut seen = BTreeSet::new();
    for part in text.trim().split(';').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=')?;
        let name = name.trim().to_ascii_uppercase();
        part_of(&mut rule, &name, value.trim(), tz)?;
        if !seen.insert(name) {
            return None;
        }
    }
    let valid =
        seen.contains("FREQ") && !(rule.count.is_some() && rule.until.is_some()) && fits(&rule);
    valid.then_some(rule)
}

fn part_of(rule: &mut Rule, name: &str, value: &str, tz: Tz) -> Option<()> {
    match name {
        "FREQ" => rule.freq = freq(value)?,
        "INTERVAL" => rule.interval = value.parse().ok().filter(|interval| *interval > 0)?,
        "COUNT" => rule.count = Some(value.parse().ok().filter(|count| *count > 0)?),
        "UNTIL" => rule.until = Some(super::super::until(value, tz)?),
        "BYSECOND" => rule.seconds = unsigned(value, 0, 60)?,
        "BYMINUTE" => rule.minutes = unsigned(value, 0, 59)?,
        "BYHOUR" => rule.hours = unsigned(value, 0, 23)?,
        "BYDAY" => {
            let days: Option<Vec<(i32, Weekday)>> = value.split(',').map(day).collect();
            rule.days = days?;
        }
        "BYMONTHDAY" => rule.month_days = signed(value, 31)?,
        "BYYEARDAY" => rule.year_days = signed(value, 366)?,
        "BYWEEKNO" => rule.weeks = signed(value, 53)?,
        "BYMONTH" => rule.months = unsigned(value, 1, 12)?,
        "BYSETPOS" => rule.positions = signed(value, 366)?,
        "WKST" => rule.week_start = weekday(value)?,
        _ => return None,
    }
    Some(())
}

/// Which parts may stand beside which frequency.
fn fits(rule: &Rule) -> bool {
    let placed = rule.days.iter().any(|(place, _)| *place != 0);
    let other = [
        rule.days.is_empty(),
        rule.month_days.is_empty(),
        rule.year_days.is_empty(),
        rule.weeks.is_empty(),
        rule.months.is_empty(),
        rule.hours.is_empty(),
        rule.minutes.is_empty(),
        rule.seconds.is_empty(),
    ];
    let long = matches!(rule.freq, Freq::Monthly | Freq::Yearly);
    (!placed || (long && rule.weeks.is_empty()))
        && (rule.weeks.is_empty() || rule.freq == Freq::Yearly)
        && (rule.month_days.is_empty() || rule.freq != Freq::Weekly)
        && (rule.year_days.is_empty()
            || !matches!(rule.freq, Freq::Daily | Freq::Weekly | Freq::Monthly))
        && (rule.positions.is_empty() || !other.iter().all(|empty| *empty))
}

fn freq(value: &str) -> Option<Freq> {
    Some(match value.to_ascii_uppercase().as_str() {
        "SECONDLY" => Freq::Secondly,
        "MINUTELY" => Freq::Minutely,
        "HOURLY" => Freq::Hourly,
        "DAILY" => Freq::Daily,
        "WEEKLY" => Freq::Weekly,
        "MONTHLY" => Freq::Monthly,
        "YEARLY" => Freq::Yearly,
        _ => return None,
    })
}

fn list<T: FromStr + Ord>(value: &str, fits: impl Fn(&T) -> bool) -> Option<Vec<T>> {
    let numbers: Option<BTreeSet<T>> = value
        .split(',')
        .map(|number| number.trim().parse().ok().filter(&fits))
        .collect();
    numbers.map(|numbers| numbers.into_iter().collect())
}

fn unsigned(value: &str, low: u32, high: u32) -> Option<Vec<u32>> {
    list(value, |number| (low..=high).contains(number))
}

/// Counted from the front or, below zero, from the back.
fn signed(value: &str, most: i32) -> Option<Vec<i32>> {
    list(value, |number: &i32| *number != 0 && number.abs() <= most)
}

fn day(value: &str) -> Option<(i32, Weekday)> {
    let value = value.trim();
    let at = value.len().checked_sub(2)?;
    let (place, name) = value.split_at_checked(at)?;
    let weekday = weekday(name)?;
    if place.is_empty() {
        return Some((0, weekday));
    }
    let place: i32 = place.parse().ok()?;
    (place != 0 && place.abs() <= 53).then_some((place, weekday))
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_ascii_uppercase().as_str() {
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
