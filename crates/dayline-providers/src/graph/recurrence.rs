//! `patternedRecurrence` as RFC 5545 content lines; the other way is in
//! [`patterned`](self::patterned).

mod patterned;

use chrono::{NaiveDate, NaiveTime, Weekday};
use dayline_model::{When, Zone};

pub use self::patterned::{NotExpressible, patterned};
use super::wire::{PatternedRecurrence, RecurrencePattern, RecurrenceRange};

/// The RRULE of a series. `when` is its first occurrence, in the zone in which it recurs.
///
/// `None` if the pattern is not one of Graph's six or lacks a part that its type needs; a rule
/// that is made up would show meetings that nobody planned.
///
/// # Source
/// Graph `recurrencePattern` and `recurrenceRange`; RFC 5545 §3.3.10.
pub(super) fn rrule(recurrence: &PatternedRecurrence, when: &When) -> Option<String> {
    let pattern = frequency(recurrence.pattern.0.as_ref()?)?;
    let range = bound(recurrence.range.0.as_ref(), when)?;
    Some(format!("RRULE:{pattern}{range}"))
}

fn frequency(pattern: &RecurrencePattern) -> Option<String> {
    let interval = match pattern.interval.0 {
        None | Some(0 | 1) => String::new(),
        Some(interval) => format!(";INTERVAL={interval}"),
    };
    let rule = match pattern.kind.as_str().to_ascii_lowercase().as_str() {
        "daily" => format!("FREQ=DAILY{interval}"),
        "weekly" => {
            let start = day(pattern.first_day_of_week.as_str()).unwrap_or("SU");
            format!(
                "FREQ=WEEKLY{interval};BYDAY={};WKST={start}",
                days(pattern)?.join(",")
            )
        }
        "absolutemonthly" => {
            format!(
                "FREQ=MONTHLY{interval}{}",
                month_day(pattern.day_of_month.0?)?
            )
        }
        "relativemonthly" => format!("FREQ=MONTHLY{interval}{}", nth_day(pattern)?),
        "absoluteyearly" => {
            let month = month(pattern)?;
            let day = year_day(month, pattern.day_of_month.0?)?;
            format!("FREQ=YEARLY{interval};BYMONTH={month};BYMONTHDAY={day}")
        }
        "relativeyearly" => {
            format!(
                "FREQ=YEARLY{interval};BYMONTH={}{}",
                month(pattern)?,
                nth_day(pattern)?
            )
        }
        _ => return None,
    };
    Some(rule)
}

fn bound(range: Option<&RecurrenceRange>, when: &When) -> Option<String> {
    let Some(range) = range else {
        return Some(String::new());
    };
    match range.kind.as_str().to_ascii_lowercase().as_str() {
        "enddate" => {
            let last = range.end_date.as_str().get(..10)?.parse().ok()?;
            Some(format!(";UNTIL={}", until(last, when)?))
        }
        "numbered" => {
            let count = range.number_of_occurrences.0.filter(|count| *count > 0)?;
            Some(format!(";COUNT={count}"))
        }
        "noend" => Some(String::new()),
        _ => None,
    }
}

/// The end of the last day in the zone of the series, as an instant; a date for all-day series.
fn until(last: NaiveDate, when: &When) -> Option<String> {
    match when {
        When::AllDay { .. } => Some(last.format("%Y%m%d").to_string()),
        When::Timed { start, .. } => {
            let end = last.and_time(NaiveTime::from_hms_opt(23, 59, 59)?);
            Some(start.zone.to_utc(end).format("%Y%m%dT%H%M%SZ").to_string())
        }
    }
}

/// A day of the month. Where a month is too short Outlook takes its last day, and RFC 5545 would
/// leave the month out.
fn month_day(day: u32) -> Option<String> {
    match day {
        1..=28 => Some(format!(";BYMONTHDAY={day}")),
        29 => Some(";BYMONTHDAY=28,29;BYSETPOS=-1".to_owned()),
        30 => Some(";BYMONTHDAY=28,29,30;BYSETPOS=-1".to_owned()),
        31 => Some(";BYMONTHDAY=-1".to_owned()),
        _ => None,
    }
}

/// A day of a month that is always the same; the last one where Outlook would take that.
fn year_day(month: u32, day: u32) -> Option<i64> {
    let longest = longest_month(month);
    match (month, day) {
        (2, 29) => Some(-1),
        (_, 1..=31) => Some(if day > longest { -1 } else { i64::from(day) }),
        _ => None,
    }
}

/// The most days that a month has.
fn longest_month(month: u32) -> u32 {
    match month {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The nth weekday. Of several weekdays Graph means the nth day that is any of them.
fn nth_day(pattern: &RecurrencePattern) -> Option<String> {
    let position = match pattern.index.as_str().to_ascii_lowercase().as_str() {
        "" | "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "last" => -1,
        _ => return None,
    };
    match days(pattern)?.as_slice() {
        [day] => Some(format!(";BYDAY={position}{day}")),
        several => Some(format!(";BYDAY={};BYSETPOS={position}", several.join(","))),
    }
}

fn month(pattern: &RecurrencePattern) -> Option<u32> {
    pattern.month.0.filter(|month| (1..=12).contains(month))
}

/// The weekdays; `None` if there is none, or one that nobody knows.
fn days(pattern: &RecurrencePattern) -> Option<Vec<&'static str>> {
    let days: Vec<_> = pattern
        .days_of_week
        .0
        .iter()
        .map(|name| day(name))
        .collect::<Option<_>>()?;
    (!days.is_empty()).then_some(days)
}

fn day(name: &str) -> Option<&'static str> {
    Some(match name.to_ascii_lowercase().as_str() {
        "monday" => "MO",
        "tuesday" => "TU",
        "wednesday" => "WE",
        "thursday" => "TH",
        "friday" => "FR",
        "saturday" => "SA",
        "sunday" => "SU",
        _ => return None,
    })
}

/// Graph's word for a weekday.
fn name_of_day(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// The zone in which a series recurs: the one it was written in, unless only the range's is
/// known to anybody.
pub(super) fn zone(written: Zone, recurrence: &PatternedRecurrence) -> Zone {
    if written.tz().is_some() {
        return written;
    }
    recurrence
        .range
        .0
        .as_ref()
        .and_then(|range| range.recurrence_time_zone.text())
        .map(|name| Zone::parse(&name))
        .filter(|zone| zone.tz().is_some())
        .unwrap_or(written)
}

/// Whether a recurrence says something that its RRULE and its first occurrence do not: fields that
/// its type does not use, or another zone.
pub(super) fn says_more(recurrence: &PatternedRecurrence, when: &When) -> bool {
    let pattern_says_more = recurrence.pattern.0.as_ref().is_some_and(|pattern| {
        let kind = pattern.kind.as_str();
        let is_weekly = kind == "weekly";
        let is_relative = kind.starts_with("relative");
        let is_absolute = kind.starts_with("absolute");
        let is_yearly = kind.ends_with("Yearly");
        let unused = |used: bool, value: Option<u32>| !used && value.is_some_and(|value| value > 0);
        unused(is_absolute, pattern.day_of_month.0)
            || unused(is_yearly, pattern.month.0)
            || !(is_relative || matches!(pattern.index.as_str(), "" | "first"))
            || !(is_weekly || matches!(pattern.first_day_of_week.as_str(), "" | "sunday"))
            || !(is_weekly || is_relative || pattern.days_of_week.0.is_empty())
            // Outlook takes the last day of a shorter month, and the rule names that day.
            || (is_yearly && is_absolute && pattern.day_of_month.0.is_some_and(|day| day > 28))
    });
    let range_says_more = recurrence.range.0.as_ref().is_some_and(|range| {
        let kind = range.kind.as_str();
        let (first, zone) = match when {
            When::AllDay { start, .. } => (*start, None),
            When::Timed { start, .. } => (start.local.date(), Some(start.zone.name())),
        };
        let is_other = |text: Option<String>, known: Option<&str>| {
            text.is_some_and(|text| known != Some(text.as_str()))
        };
        is_other(range.start_date.text(), Some(&first.to_string()))
            || is_other(range.recurrence_time_zone.text(), zone)
            || (kind != "numbered" && range.number_of_occurrences.0.is_some_and(|count| count > 0))
            || (kind != "endDate" && is_other(range.end_date.text(), Some("0001-01-01")))
    });
    pattern_says_more || range_says_more
}

#[cfg(test)]
mod tests;
