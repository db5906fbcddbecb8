//! A series in English words.

use chrono::{Datelike, NaiveDate, Weekday};

use super::lines::{self, Kind};
use super::rule::{Day, Frequency, Rule};
use crate::event::When;
use crate::zone::Zone;

/// Says a series in words, such as `Every 2 weeks on Friday` or
/// `Every month on the second Tuesday until 3 March 2027`.
///
/// Shape: `None` if there is no rule, or several, or one that cannot be said truly in one
/// sentence. Exclusions are not mentioned.
pub fn describe(lines: &[String], first: &When) -> Option<String> {
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
    let words = sentence(&rule, start)?;
    let until = rule
        .until
        .map(|until| format!(" until {}", full_date(until.date())))
        .unwrap_or_default();
    let times = match rule.count {
        Some(1) => ", once".to_owned(),
        Some(count) => format!(", {count} times"),
        None => String::new(),
    };
    Some(format!("{words}{until}{times}"))
}

fn sentence(rule: &Rule, start: NaiveDate) -> Option<String> {
    let plain_times = rule.seconds.is_empty() && rule.minutes.is_empty() && rule.hours.is_empty();
    if !plain_times || !rule.weeks.is_empty() || !rule.year_days.is_empty() {
        return None;
    }
    let no_days = rule.days.is_empty() && rule.month_days.is_empty();
    let no_months = rule.months.is_empty();
    let no_positions = rule.positions.is_empty();
    match rule.frequency {
        Frequency::Secondly | Frequency::Minutely | Frequency::Hourly => {
            (no_days && no_months && no_positions).then(|| every(rule))
        }
        Frequency::Daily if no_days && no_months && no_positions => Some(every(rule)),
        Frequency::Daily | Frequency::Weekly
            if no_months && no_positions && rule.month_days.is_empty() =>
        {
            on_weekdays(rule, start)
        }
        Frequency::Monthly if no_months => {
            Some(format!("{} on {}", every(rule), day_of_month(rule, start)?))
        }
        Frequency::Yearly => in_year(rule, start),
        _ => None,
    }
}

/// `Every week`, `Every 2 weeks`.
fn every(rule: &Rule) -> String {
    let unit = match rule.frequency {
        Frequency::Secondly => "second",
        Frequency::Minutely => "minute",
        Frequency::Hourly => "hour",
        Frequency::Daily => "day",
        Frequency::Weekly => "week",
        Frequency::Monthly => "month",
        Frequency::Yearly => "year",
    };
    if rule.interval == 1 {
        format!("Every {unit}")
    } else {
        format!("Every {} {unit}s", rule.interval)
    }
}

fn on_weekdays(rule: &Rule, start: NaiveDate) -> Option<String> {
    let days = if rule.days.is_empty() {
        vec![start.weekday()]
    } else {
        plain_days(&rule.days)
    };
    // Every second day that happens to be a Monday is not every second Monday.
    if rule.frequency == Frequency::Daily && rule.interval != 1 {
        return None;
    }
    let set = Weekdays::of(&days);
    if rule.interval == 1 && set == Weekdays::All {
        return Some("Every day".to_owned());
    }
    if rule.interval == 1 && set == Weekdays::Working {
        return Some("Every weekday".to_owned());
    }
    let every = if rule.frequency == Frequency::Daily {
        "Every week".to_owned()
    } else {
        every(rule)
    };
    Some(format!(
        "{every} on {}",
        join(
            &days
                .iter()
                .map(|day| weekday(*day).to_owned())
                .collect::<Vec<_>>()
        )
    ))
}

#[derive(PartialEq, Eq)]
enum Weekdays {
    All,
    Working,
    Weekend,
    Other,
}

impl Weekdays {
    fn of(days: &[Weekday]) -> Self {
        let mask = days
            .iter()
            .fold(0_u8, |mask, day| mask | 1 << day.num_days_from_monday());
        match mask {
            0b111_1111 => Self::All,
            0b001_1111 => Self::Working,
            0b110_0000 => Self::Weekend,
            _ => Self::Other,
        }
    }
}

/// The weekdays of a list, from Monday on, each once.
fn plain_days(days: &[Day]) -> Vec<Weekday> {
    let mut days: Vec<Weekday> = days.iter().map(|(_, day)| *day).collect();
    days.sort_by_key(Weekday::num_days_from_monday);
    days.dedup();
    days
}

/// `day 15`, `the last day`, `the second Tuesday`, `the last weekday`.
fn day_of_month(rule: &Rule, start: NaiveDate) -> Option<String> {
    match (
        rule.month_days.as_slice(),
        rule.days.as_slice(),
        rule.positions.as_slice(),
    ) {
        ([], [], []) => Some(format!("day {}", start.day())),
        ([-1], [], []) => Some("the last day".to_owned()),
        (list, [], []) if list.iter().all(|day| *day > 0) => {
            let days = join(&list.iter().map(i32::to_string).collect::<Vec<_>>());
            Some(format!(
                "{} {days}",
                if list.len() == 1 { "day" } else { "days" }
            ))
        }
        ([], days, []) => {
            let each: Option<Vec<String>> = days
                .iter()
                .map(|(nth, day)| match nth {
                    Some(nth) => Some(format!("the {} {}", rank(*nth)?, weekday(*day))),
                    None => Some(format!("every {}", weekday(*day))),
                })
                .collect();
            Some(join(&each?))
        }
        ([], days, [position]) if days.iter().all(|(nth, _)| nth.is_none()) => {
            let plain = plain_days(days);
            let what = match (Weekdays::of(&plain), plain.as_slice()) {
                (Weekdays::All, _) => "day".to_owned(),
                (Weekdays::Working, _) => "weekday".to_owned(),
                (Weekdays::Weekend, _) => "weekend day".to_owned(),
                (Weekdays::Other, [day]) => weekday(*day).to_owned(),
                (Weekdays::Other, _) => return None,
            };
            Some(format!("the {} {what}", rank(*position)?))
        }
        _ => None,
    }
}

fn in_year(rule: &Rule, start: NaiveDate) -> Option<String> {
    let months: Vec<String> = rule
        .months
        .iter()
        .filter_map(|number| month(*number))
        .map(str::to_owned)
        .collect();
    let every = every(rule);
    match (
        rule.month_days.as_slice(),
        rule.days.as_slice(),
        rule.positions.as_slice(),
        months.as_slice(),
    ) {
        ([], [], [], []) => Some(format!(
            "{every} on {} {}",
            start.day(),
            month(start.month())?
        )),
        ([], [], [], [one]) => Some(format!("{every} on {} {one}", start.day())),
        ([day], [], [], [one]) if *day > 0 => Some(format!("{every} on {day} {one}")),
        // Without a month, days are counted through the year.
        (_, _, _, []) => None,
        (_, _, _, months) => {
            // Positions count through the year, so with several months they are not said.
            let sayable = rule.positions.is_empty() || months.len() == 1;
            let day = sayable.then(|| day_of_month(rule, start)).flatten()?;
            Some(format!("{every} on {day} of {}", join(months)))
        }
    }
}

fn rank(nth: i32) -> Option<&'static str> {
    Some(match nth {
        1 => "first",
        2 => "second",
        3 => "third",
        4 => "fourth",
        5 => "fifth",
        -1 => "last",
        -2 => "second to last",
        -3 => "third to last",
        _ => return None,
    })
}

fn weekday(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

fn month(number: u32) -> Option<&'static str> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    MONTHS
        .get(usize::try_from(number).ok()?.checked_sub(1)?)
        .copied()
}

/// `3 March 2027`.
fn full_date(date: NaiveDate) -> String {
    format!(
        "{} {} {}",
        date.day(),
        month(date.month()).unwrap_or_default(),
        date.year()
    )
}

/// `a`, `a and b`, `a, b and c`.
fn join(items: &[String]) -> String {
    match items.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
        None => String::new(),
    }
}
