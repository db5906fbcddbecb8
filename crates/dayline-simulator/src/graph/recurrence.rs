//! `patternedRecurrence` to RFC 5545, with the checks that Graph makes.

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::call::text;

const DAYS: [(&str, &str); 7] = [
    ("sunday", "SU"),
    ("monday", "MO"),
    ("tuesday", "TU"),
    ("wednesday", "WE"),
    ("thursday", "TH"),
    ("friday", "FR"),
    ("saturday", "SA"),
];

/// A recurrence as the service keeps it: rule lines, and the resource with every default
/// filled in.
#[derive(Debug, PartialEq)]
pub(super) struct Recurrence {
    pub(super) rule: Vec<String>,
    pub(super) resource: Value,
}

/// Reads a `patternedRecurrence` of a series that starts on `first`.
pub(super) fn parse(
    value: &Value,
    first: NaiveDate,
    zone_name: &str,
) -> Result<Recurrence, String> {
    let pattern = value
        .get("pattern")
        .ok_or("The recurrence has no pattern.")?;
    let range = value.get("range").ok_or("The recurrence has no range.")?;
    let kind = text(pattern, "/type").ok_or("The pattern has no type.")?;
    let interval = number(pattern, "interval").unwrap_or(1);
    if interval < 1 {
        return Err("The interval must be at least 1.".into());
    }
    let by_day = days(pattern)?;
    let week_start = text(pattern, "/firstDayOfWeek").unwrap_or("sunday");
    let index = text(pattern, "/index").unwrap_or("first");
    let month = number(pattern, "month").unwrap_or(0);
    let day = number(pattern, "dayOfMonth").unwrap_or(0);
    // What the type does not use is ignored, but validated all the same.
    code(week_start)?;
    set_pos(index)?;
    if interval > 999 {
        return Err("The interval must be at most 999.".into());
    }
    if !(0..=31).contains(&day) {
        return Err("The pattern's dayOfMonth must be between 1 and 31.".into());
    }
    if !(0..=12).contains(&month) {
        return Err("The pattern's month must be between 1 and 12.".into());
    }

    let mut parts = match kind {
        "daily" => vec!["FREQ=DAILY".to_owned()],
        "weekly" => vec![
            "FREQ=WEEKLY".to_owned(),
            format!("BYDAY={}", need(&by_day, "daysOfWeek")?),
            format!("WKST={}", code(week_start)?),
        ],
        "absoluteMonthly" => vec!["FREQ=MONTHLY".to_owned(), month_day(day)?],
        "relativeMonthly" => {
            vec![
                "FREQ=MONTHLY".to_owned(),
                format!("BYDAY={}", need(&by_day, "daysOfWeek")?),
                set_pos(index)?,
            ]
        }
        "absoluteYearly" => vec!["FREQ=YEARLY".to_owned(), by_month(month)?, month_day(day)?],
        "relativeYearly" => vec![
            "FREQ=YEARLY".to_owned(),
            by_month(month)?,
            format!("BYDAY={}", need(&by_day, "daysOfWeek")?),
            set_pos(index)?,
        ],
        other => return Err(format!("Requested value '{other}' was not found.")),
    };
    parts.push(format!("INTERVAL={interval}"));
    let (end, count) = range_end(range, first, &mut parts)?;

    let listed = pattern
        .get("daysOfWeek")
        .cloned()
        .unwrap_or_else(|| json!([]));
    let resource = json!({
        "pattern": {
            "type": kind,
            "interval": interval,
            "month": if kind.ends_with("Yearly") { month } else { 0 },
            "dayOfMonth": if kind.starts_with("absolute") { day } else { 0 },
            "daysOfWeek": if uses_days(kind) { listed } else { json!([]) },
            "firstDayOfWeek": week_start,
            "index": if kind.starts_with("relative") { index } else { "first" },
        },
        "range": {
            "type": text(range, "/type").unwrap_or("noEnd"),
            "startDate": first.to_string(),
            "endDate": end,
            "recurrenceTimeZone": text(range, "/recurrenceTimeZone").filter(|zone| !zone.is_empty()).unwrap_or(zone_name),
            "numberOfOccurrences": count,
        },
    });
    Ok(Recurrence {
        rule: vec![format!("RRULE:{}", parts.join(";"))],
        resource,
    })
}

fn uses_days(kind: &str) -> bool {
    kind == "weekly" || kind.starts_with("relative")
}

/// Adds UNTIL or COUNT; gives the resource's `endDate` and `numberOfOccurrences`.
fn range_end(
    range: &Value,
    first: NaiveDate,
    parts: &mut Vec<String>,
) -> Result<(String, i64), String> {
    let start = text(range, "/startDate").ok_or("The range has no startDate.")?;
    if start != first.to_string() {
        return Err("The range's startDate must equal the date of the event's start.".into());
    }
    match text(range, "/type") {
        Some("noEnd") => Ok(("0001-01-01".into(), 0)),
        Some("endDate") => {
            let end: NaiveDate = text(range, "/endDate")
                .and_then(|end| end.parse().ok())
                .ok_or("The range has no valid endDate.")?;
            if end < first {
                return Err("The range's endDate lies before its startDate.".into());
            }
            parts.push(format!(
                "UNTIL={:04}{:02}{:02}",
                end.year(),
                end.month(),
                end.day()
            ));
            Ok((end.to_string(), 0))
        }
        Some("numbered") => {
            let count = number(range, "numberOfOccurrences").filter(|count| *count > 0);
            let count = count.ok_or("The range needs numberOfOccurrences of at least 1.")?;
            parts.push(format!("COUNT={count}"));
            Ok(("0001-01-01".into(), count))
        }
        _ => Err("The range has no valid type.".into()),
    }
}

fn number(value: &Value, name: &str) -> Option<i64> {
    value.get(name).and_then(Value::as_i64)
}

fn code(day: &str) -> Result<&'static str, String> {
    DAYS.iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(day))
        .map(|(_, code)| *code)
        .ok_or_else(|| format!("Requested value '{day}' was not found."))
}

fn days(pattern: &Value) -> Result<String, String> {
    let listed = pattern
        .get("daysOfWeek")
        .and_then(Value::as_array)
        .cloned()
        .unwrap_or_default();
    let codes: Result<Vec<&str>, String> = listed
        .iter()
        .map(|day| code(day.as_str().unwrap_or_default()))
        .collect();
    Ok(codes?.join(","))
}

fn need<'a>(by_day: &'a str, name: &str) -> Result<&'a str, String> {
    if by_day.is_empty() {
        Err(format!("The pattern needs {name}."))
    } else {
        Ok(by_day)
    }
}

/// A month without the day has its occurrence on its last day, as Outlook does: the latest
/// day that is not after `day`.
fn month_day(day: i64) -> Result<String, String> {
    match day {
        1..=28 => Ok(format!("BYMONTHDAY={day}")),
        29..=31 => {
            let days: Vec<String> = (28..=day).map(|day| day.to_string()).collect();
            Ok(format!("BYMONTHDAY={};BYSETPOS=-1", days.join(",")))
        }
        _ => Err("The pattern needs dayOfMonth between 1 and 31.".into()),
    }
}

fn by_month(month: i64) -> Result<String, String> {
    if (1..=12).contains(&month) {
        Ok(format!("BYMONTH={month}"))
    } else {
        Err("The pattern needs month between 1 and 12.".into())
    }
}

/// With several days a relative pattern means the first (or n-th, or last) day that matches.
fn set_pos(index: &str) -> Result<String, String> {
    let position = match index {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "last" => -1,
        other => return Err(format!("Requested value '{other}' was not found.")),
    };
    Ok(format!("BYSETPOS={position}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &Value, expected: &str) {
        let first = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let range = json!({"type": "noEnd", "startDate": "2026-11-20"});
        let found = parse(&json!({"pattern": pattern, "range": range}), first, "UTC").unwrap();
        assert_eq!(found.rule, [format!("RRULE:{expected}")]);
    }

    #[test]
    fn every_pattern_type_has_its_rule() {
        check(
            &json!({"type": "daily", "interval": 2}),
            "FREQ=DAILY;INTERVAL=2",
        );
        check(
            &json!({"type": "weekly", "interval": 1, "daysOfWeek": ["monday", "friday"], "firstDayOfWeek": "monday"}),
            "FREQ=WEEKLY;BYDAY=MO,FR;WKST=MO;INTERVAL=1",
        );
        check(
            &json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 20}),
            "FREQ=MONTHLY;BYMONTHDAY=20;INTERVAL=1",
        );
        check(
            &json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 30}),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;INTERVAL=1",
        );
        check(
            &json!({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"], "index": "last"}),
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=-1;INTERVAL=1",
        );
        check(
            &json!({"type": "absoluteYearly", "interval": 1, "dayOfMonth": 20, "month": 11}),
            "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=20;INTERVAL=1",
        );
        check(
            &json!({"type": "relativeYearly", "interval": 1, "daysOfWeek": ["friday"], "index": "third", "month": 11}),
            "FREQ=YEARLY;BYMONTH=11;BYDAY=FR;BYSETPOS=3;INTERVAL=1",
        );
    }

    #[test]
    fn a_start_date_that_differs_from_the_event_is_refused() {
        let first = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let value = json!({
            "pattern": {"type": "daily", "interval": 1},
            "range": {"type": "noEnd", "startDate": "2026-11-21"},
        });
        assert!(parse(&value, first, "UTC").is_err());
    }
}
