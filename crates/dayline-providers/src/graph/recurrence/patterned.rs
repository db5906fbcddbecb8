//! RFC 5545 content lines as `patternedRecurrence`.
//!
//! Graph knows six patterns, each with one day, one set of weekdays or one place in a month. What
//! goes beyond them is refused in words rather than written nearly right.

mod rule;

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use dayline_model::{When, Zone};
use serde_json::{Map, Value, json};

use self::rule::Rule;
use super::{longest_month, name_of_day};

/// What of a series Graph cannot write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotExpressible {
    /// No RRULE, or several.
    #[error("Outlook takes exactly one rule")]
    NotOneRule,
    /// RDATE, EXDATE or EXRULE.
    #[error("Outlook takes no {0} beside the rule")]
    Beside(&'static str),
    /// A part of the rule.
    #[error("Outlook has no pattern with this {0}")]
    Part(&'static str),
    /// A day that some months do not have: RFC 5545 leaves those out, Outlook takes their last day.
    #[error("Outlook would take the last day of months that are too short")]
    ShortMonths,
    /// The first occurrence is none of the rule's.
    #[error("the first occurrence is not one of the pattern")]
    FirstIsNoOccurrence,
    /// The last day lies before the first one.
    #[error("the series ends before it starts")]
    EndsBeforeItStarts,
    /// Not a rule of RFC 5545.
    #[error("the rule cannot be read")]
    Malformed,
}

use NotExpressible::{Malformed, Part};

/// The `patternedRecurrence` of a series whose first occurrence is `when`, with the fields that
/// its type uses and no others: Graph ignores surplus ones but checks them.
///
/// # Errors
/// [`NotExpressible`], with the part in words.
///
/// # Source
/// Graph `recurrencePattern` and `recurrenceRange`; RFC 5545 §3.3.10, §3.8.5.
pub fn patterned(lines: &[String], when: &When) -> Result<Value, NotExpressible> {
    let rule = Rule::read(the_rule(lines)?)?;
    let first = first_day(when);
    let pattern = pattern(&rule, first)?;
    if !pattern.takes(first) {
        return Err(NotExpressible::FirstIsNoOccurrence);
    }
    Ok(json!({
        "pattern": pattern.wire(rule.interval),
        "range": range(&rule, when)?,
    }))
}

fn first_day(when: &When) -> NaiveDate {
    match when {
        When::AllDay { start, .. } => *start,
        When::Timed { start, .. } => start.local.date(),
    }
}

/// The value of the one RRULE.
fn the_rule(lines: &[String]) -> Result<&str, NotExpressible> {
    let mut rule = None;
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        let (name, value) = line.split_once(':').ok_or(Malformed)?;
        let name = name.split(';').next().unwrap_or(name).trim();
        for other in ["RDATE", "EXDATE", "EXRULE"] {
            if name.eq_ignore_ascii_case(other) {
                return Err(NotExpressible::Beside(other));
            }
        }
        if name.eq_ignore_ascii_case("RRULE") && rule.replace(value).is_some() {
            return Err(NotExpressible::NotOneRule);
        }
    }
    rule.ok_or(NotExpressible::NotOneRule)
}

/// One of Graph's patterns, without its interval.
enum Pattern {
    Daily,
    Weekly {
        days: Vec<Weekday>,
        start: Weekday,
    },
    /// With a month: absoluteYearly.
    Absolute {
        day: u32,
        month: Option<u32>,
    },
    /// With a month: relativeYearly.
    Relative {
        days: Vec<Weekday>,
        index: Index,
        month: Option<u32>,
    },
}

/// Which of the days in a month that are any of the weekdays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Index {
    Nth(u32),
    Last,
}

impl Index {
    fn of(position: i32) -> Option<Self> {
        match position {
            -1 => Some(Self::Last),
            1..=4 => u32::try_from(position).ok().map(Self::Nth),
            _ => None,
        }
    }

    fn word(self) -> &'static str {
        match self {
            Self::Nth(1) => "first",
            Self::Nth(2) => "second",
            Self::Nth(3) => "third",
            Self::Nth(_) => "fourth",
            Self::Last => "last",
        }
    }
}

fn pattern(rule: &Rule, first: NaiveDate) -> Result<Pattern, NotExpressible> {
    match rule.frequency.as_str() {
        "DAILY" => {
            rule.without(&["BYMONTHDAY", "BYMONTH", "BYSETPOS"])?;
            match plain_days(rule)? {
                days if days.is_empty() => Ok(Pattern::Daily),
                // Every day that is one of these is every week on these.
                days if rule.interval == 1 => Ok(Pattern::Weekly {
                    days,
                    start: rule.week_start,
                }),
                _ => Err(Part("BYDAY")),
            }
        }
        "WEEKLY" => {
            rule.without(&["BYMONTHDAY", "BYMONTH", "BYSETPOS"])?;
            let mut days = plain_days(rule)?;
            if days.is_empty() {
                days.push(first.weekday());
            }
            Ok(Pattern::Weekly {
                days,
                start: rule.week_start,
            })
        }
        "MONTHLY" => {
            rule.without(&["BYMONTH"])?;
            in_month(rule, first, None)
        }
        "YEARLY" => {
            let month = match rule.months.as_slice() {
                [month] => u32::try_from(*month)
                    .ok()
                    .filter(|month| (1..=12).contains(month)),
                // Without a month, days are those of the whole year.
                [] => {
                    rule.without(&["BYMONTHDAY", "BYDAY", "BYSETPOS"])?;
                    Some(first.month())
                }
                _ => None,
            };
            in_month(rule, first, Some(month.ok_or(Part("BYMONTH"))?))
        }
        "SECONDLY" | "MINUTELY" | "HOURLY" => Err(Part("FREQ")),
        _ => Err(Malformed),
    }
}

/// A day of every month, or of one month of the year.
fn in_month(rule: &Rule, first: NaiveDate, month: Option<u32>) -> Result<Pattern, NotExpressible> {
    if !rule.days.is_empty() {
        rule.without(&["BYMONTHDAY"])?;
        let (days, position) = match (rule.days.as_slice(), rule.positions.as_slice()) {
            ([(Some(position), day)], []) => (vec![*day], *position),
            (_, [position]) => (plain_days(rule)?, *position),
            (_, []) => return Err(Part("BYDAY")),
            _ => return Err(Part("BYSETPOS")),
        };
        let which = if rule.positions.is_empty() {
            "BYDAY"
        } else {
            "BYSETPOS"
        };
        let index = Index::of(position).ok_or(Part(which))?;
        return Ok(Pattern::Relative { days, index, month });
    }
    let shortest = month.map_or(
        28,
        |month| if month == 2 { 28 } else { longest_month(month) },
    );
    let day = match (rule.month_days.as_slice(), rule.positions.as_slice()) {
        ([-1], []) => {
            return Ok(Pattern::Relative {
                days: WEEK.to_vec(),
                index: Index::Last,
                month,
            });
        }
        ([day], []) => u32::try_from(*day).map_err(|_| Part("BYMONTHDAY"))?,
        ([], []) => first.day(),
        // Outlook's own 29th and 30th, as rrule writes them.
        ([28, 29], [-1]) if month.is_none() => return Ok(Pattern::Absolute { day: 29, month }),
        ([28, 29, 30], [-1]) if month.is_none() => {
            return Ok(Pattern::Absolute { day: 30, month });
        }
        (_, []) => return Err(Part("BYMONTHDAY")),
        _ => return Err(Part("BYSETPOS")),
    };
    match day {
        1.. if day <= shortest => Ok(Pattern::Absolute { day, month }),
        29..=31 => Err(NotExpressible::ShortMonths),
        _ => Err(Malformed),
    }
}

/// Weekdays without numbers.
fn plain_days(rule: &Rule) -> Result<Vec<Weekday>, NotExpressible> {
    rule.days
        .iter()
        .map(|(position, day)| match position {
            None => Ok(*day),
            Some(_) => Err(Part("BYDAY")),
        })
        .collect()
}

impl Pattern {
    /// Whether a day is one that the pattern names.
    fn takes(&self, date: NaiveDate) -> bool {
        let length = length_of_month(date);
        match self {
            Self::Daily => true,
            Self::Weekly { days, .. } => days.contains(&date.weekday()),
            Self::Absolute { day, month } => {
                month.is_none_or(|month| month == date.month()) && date.day() == (*day).min(length)
            }
            Self::Relative { days, index, month } => {
                let matching = |range: std::ops::RangeInclusive<u32>| {
                    let is_one = |day: &u32| {
                        date.with_day(*day)
                            .is_some_and(|date| days.contains(&date.weekday()))
                    };
                    u32::try_from(range.filter(is_one).count()).unwrap_or(0)
                };
                days.contains(&date.weekday())
                    && month.is_none_or(|month| month == date.month())
                    && match index {
                        Index::Nth(nth) => matching(1..=date.day()) == *nth,
                        Index::Last => matching(date.day()..=length) == 1,
                    }
            }
        }
    }

    fn wire(&self, interval: u32) -> Value {
        let mut pattern = Map::new();
        let mut put = |name: &str, value: Value| {
            pattern.insert(name.to_owned(), value);
        };
        let names = |days: &[Weekday]| days.iter().copied().map(name_of_day).collect::<Vec<_>>();
        put("interval", interval.into());
        match self {
            Self::Daily => put("type", "daily".into()),
            Self::Weekly { days, start } => {
                put("type", "weekly".into());
                put("daysOfWeek", names(days).into());
                put("firstDayOfWeek", name_of_day(*start).into());
            }
            Self::Absolute { day, month } => {
                let kind = if month.is_some() {
                    "absoluteYearly"
                } else {
                    "absoluteMonthly"
                };
                put("type", kind.into());
                put("dayOfMonth", (*day).into());
                if let Some(month) = month {
                    put("month", (*month).into());
                }
            }
            Self::Relative { days, index, month } => {
                let kind = if month.is_some() {
                    "relativeYearly"
                } else {
                    "relativeMonthly"
                };
                put("type", kind.into());
                put("daysOfWeek", names(days).into());
                put("index", index.word().into());
                if let Some(month) = month {
                    put("month", (*month).into());
                }
            }
        }
        Value::Object(pattern)
    }
}

fn length_of_month(date: NaiveDate) -> u32 {
    (29..=31)
        .rev()
        .find(|day| date.with_day(*day).is_some())
        .unwrap_or(28)
}

fn range(rule: &Rule, when: &When) -> Result<Value, NotExpressible> {
    let mut range = Map::new();
    let first = first_day(when);
    range.insert("startDate".to_owned(), first.to_string().into());
    if let When::Timed { start, .. } = when {
        let zone = start.zone.name();
        range.insert("recurrenceTimeZone".to_owned(), zone.into());
    }
    let kind = match (rule.count, rule.until.as_deref()) {
        (Some(_), Some(_)) => return Err(Malformed),
        (Some(count), None) => {
            range.insert("numberOfOccurrences".to_owned(), count.into());
            "numbered"
        }
        (None, Some(until)) => {
            let last = last_day(until, when)?;
            if last < first {
                return Err(NotExpressible::EndsBeforeItStarts);
            }
            range.insert("endDate".to_owned(), last.to_string().into());
            "endDate"
        }
        (None, None) => "noEnd",
    };
    range.insert("type".to_owned(), kind.into());
    Ok(Value::Object(range))
}

/// The last day on which an occurrence may start: UNTIL is inclusive, and an instant.
fn last_day(until: &str, when: &When) -> Result<NaiveDate, NotExpressible> {
    let date = until
        .get(..8)
        .and_then(|text| NaiveDate::parse_from_str(text, "%Y%m%d").ok())
        .ok_or(Malformed)?;
    let time = match until.get(8..) {
        Some("") | None => return Ok(date),
        Some(time) => time.trim_end_matches('Z'),
    };
    let time = NaiveTime::parse_from_str(time, "T%H%M%S").map_err(|_| Malformed)?;
    let When::Timed { start, .. } = when else {
        return Ok(date);
    };
    let written = date.and_time(time);
    let local = wall(written, until.ends_with('Z'), &start.zone);
    let day = local.date();
    if local.time() >= start.local.time() {
        Ok(day)
    } else {
        day.pred_opt().ok_or(Malformed)
    }
}

fn wall(written: NaiveDateTime, is_utc: bool, zone: &Zone) -> NaiveDateTime {
    if is_utc {
        zone.local(written.and_utc())
    } else {
        written
    }
}

const WEEK: [Weekday; 7] = [
    Weekday::Sun,
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
    Weekday::Sat,
];

#[cfg(test)]
mod tests;
