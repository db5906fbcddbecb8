use dayline_model::ZonedTime;
use serde_json::{Value, json};

use super::*;

fn in_berlin() -> When {
    let zone = Zone::parse("Europe/Berlin");
    let at = |text: &str| ZonedTime {
        local: text.parse().unwrap(),
        zone: zone.clone(),
    };
    When::Timed {
        start: at("2026-01-05T09:00:00"),
        end: at("2026-01-05T10:00:00"),
    }
}

fn rule(pattern: &Value, range: &Value, when: &When) -> Option<String> {
    let wired = serde_json::from_value(json!({"pattern": pattern, "range": range})).unwrap();
    rrule(&wired, when)
}

fn no_end() -> Value {
    json!({"type": "noEnd", "startDate": "2026-01-05", "endDate": "0001-01-01"})
}

#[test]
fn the_six_patterns_have_rules() {
    for (pattern, expected) in [
        (json!({"type": "daily", "interval": 1}), "FREQ=DAILY"),
        (
            json!({"type": "daily", "interval": 3}),
            "FREQ=DAILY;INTERVAL=3",
        ),
        (
            json!({"type": "weekly", "interval": 2, "daysOfWeek": ["monday", "friday"],
                "firstDayOfWeek": "monday"}),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO",
        ),
        (
            json!({"type": "weekly", "interval": 1, "daysOfWeek": ["Sunday"]}),
            "FREQ=WEEKLY;BYDAY=SU;WKST=SU",
        ),
        (
            json!({"type": "absoluteMonthly", "interval": 1, "dayOfMonth": 15, "index": "first"}),
            "FREQ=MONTHLY;BYMONTHDAY=15",
        ),
        (
            json!({"type": "relativeMonthly", "interval": 1, "daysOfWeek": ["tuesday"],
                "index": "second"}),
            "FREQ=MONTHLY;BYDAY=2TU",
        ),
        (
            json!({"type": "relativeMonthly", "interval": 6, "daysOfWeek": ["thursday"],
                "index": "last"}),
            "FREQ=MONTHLY;INTERVAL=6;BYDAY=-1TH",
        ),
        (
            json!({"type": "relativeMonthly", "interval": 1,
                "daysOfWeek": ["monday", "tuesday", "wednesday", "thursday", "friday"],
                "index": "last"}),
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        ),
        (
            json!({"type": "absoluteYearly", "interval": 1, "month": 3, "dayOfMonth": 12}),
            "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=12",
        ),
        (
            json!({"type": "relativeYearly", "interval": 1, "month": 11,
                "daysOfWeek": ["thursday"], "index": "fourth"}),
            "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
        ),
        (
            json!({"type": "relativeYearly", "interval": 1, "month": 5,
                "daysOfWeek": ["saturday", "sunday"]}),
            "FREQ=YEARLY;BYMONTH=5;BYDAY=SA,SU;BYSETPOS=1",
        ),
    ] {
        let expected = format!("RRULE:{expected}");
        assert_eq!(
            rule(&pattern, &no_end(), &in_berlin()),
            Some(expected),
            "{pattern}"
        );
    }
}

#[test]
fn a_day_that_a_month_lacks_becomes_its_last_as_in_outlook() {
    for (day, monthly) in [
        (28, "BYMONTHDAY=28"),
        (29, "BYMONTHDAY=28,29;BYSETPOS=-1"),
        (30, "BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        (31, "BYMONTHDAY=-1"),
    ] {
        let pattern = json!({"type": "absoluteMonthly", "dayOfMonth": day});
        let expected = format!("RRULE:FREQ=MONTHLY;{monthly}");
        assert_eq!(rule(&pattern, &no_end(), &in_berlin()), Some(expected));
    }
    for (month, day, yearly) in [
        (2, 29, "BYMONTH=2;BYMONTHDAY=-1"),
        (2, 28, "BYMONTH=2;BYMONTHDAY=28"),
        (4, 31, "BYMONTH=4;BYMONTHDAY=-1"),
        (12, 31, "BYMONTH=12;BYMONTHDAY=31"),
    ] {
        let pattern = json!({"type": "absoluteYearly", "month": month, "dayOfMonth": day});
        let expected = format!("RRULE:FREQ=YEARLY;{yearly}");
        assert_eq!(rule(&pattern, &no_end(), &in_berlin()), Some(expected));
    }
}

#[test]
fn the_three_ranges_have_bounds() {
    let daily = json!({"type": "daily"});
    let all_day = When::AllDay {
        start: "2026-01-05".parse().unwrap(),
        end: "2026-01-06".parse().unwrap(),
    };
    let until = json!({"type": "endDate", "endDate": "2026-07-31"});
    for (range, when, expected) in [
        (no_end(), in_berlin(), "RRULE:FREQ=DAILY"),
        (
            json!({"type": "numbered", "numberOfOccurrences": 10}),
            in_berlin(),
            "RRULE:FREQ=DAILY;COUNT=10",
        ),
        // The last second of the day in Berlin, where it is summer.
        (
            until.clone(),
            in_berlin(),
            "RRULE:FREQ=DAILY;UNTIL=20260731T215959Z",
        ),
        (until, all_day, "RRULE:FREQ=DAILY;UNTIL=20260731"),
        (json!(null), in_berlin(), "RRULE:FREQ=DAILY"),
    ] {
        assert_eq!(
            rule(&daily, &range, &when).as_deref(),
            Some(expected),
            "{range}"
        );
    }
}

#[test]
fn what_cannot_be_a_rule_is_none() {
    for pattern in [
        json!({"type": "hourly"}),
        json!({}),
        json!(null),
        json!({"type": "weekly", "daysOfWeek": []}),
        json!({"type": "weekly", "daysOfWeek": ["someday"]}),
        json!({"type": "absoluteMonthly"}),
        json!({"type": "absoluteMonthly", "dayOfMonth": 0}),
        json!({"type": "absoluteYearly", "dayOfMonth": 32, "month": 1}),
        json!({"type": "absoluteYearly", "dayOfMonth": 1, "month": 13}),
        json!({"type": "relativeMonthly", "daysOfWeek": ["monday"], "index": "fifth"}),
    ] {
        assert_eq!(rule(&pattern, &no_end(), &in_berlin()), None, "{pattern}");
    }
    for range in [
        json!({"type": "numbered", "numberOfOccurrences": 0}),
        json!({"type": "endDate", "endDate": "later"}),
        json!({"type": "sometimes"}),
    ] {
        assert_eq!(
            rule(&json!({"type": "daily"}), &range, &in_berlin()),
            None,
            "{range}"
        );
    }
}

#[test]
fn a_series_recurs_in_the_zone_that_is_known() {
    for (written, range, expected) in [
        ("Europe/Berlin", "Pacific Standard Time", "Europe/Berlin"),
        (
            "tzone://Microsoft/Custom",
            "Pacific Standard Time",
            "Pacific Standard Time",
        ),
        (
            "tzone://Microsoft/Custom",
            "Customized Time Zone",
            "tzone://Microsoft/Custom",
        ),
        ("tzone://Microsoft/Custom", "", "tzone://Microsoft/Custom"),
    ] {
        let wired =
            serde_json::from_value(json!({"range": {"recurrenceTimeZone": range}})).unwrap();
        assert_eq!(zone(Zone::parse(written), &wired).name(), expected);
    }
}
