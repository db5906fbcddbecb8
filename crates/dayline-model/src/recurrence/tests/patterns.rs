use chrono::Weekday::{Fri, Mon, Sun, Thu, Tue, Wed};

use super::*;
use crate::recurrence::{DayKind, On, Pattern, Unit};

fn every(interval: u32, unit: Unit) -> Pattern {
    Pattern {
        unit,
        interval,
        on: None,
        months: Vec::new(),
        until: None,
        count: None,
    }
}

fn on(pattern: Pattern, days: On) -> Pattern {
    Pattern {
        on: Some(days),
        ..pattern
    }
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[track_caller]
fn reads(first: &When, rule: &str, wanted: Option<&Pattern>) {
    assert_eq!(
        Pattern::read(&lines(&[rule]), first).as_ref(),
        wanted,
        "{rule}"
    );
}

#[test]
fn a_rule_is_read_as_one_sentence_would_say_it() {
    let friday = hour("2026-03-27T09:00:00", "Europe/Berlin");
    let week = || every(1, Unit::Week);
    let month = || every(1, Unit::Month);
    let year = || every(1, Unit::Year);
    let in_months = |pattern: Pattern, months: &[u32]| Pattern {
        months: months.to_vec(),
        ..pattern
    };
    for (rule, wanted) in [
        ("FREQ=DAILY", every(1, Unit::Day)),
        (
            "FREQ=DAILY;INTERVAL=3;COUNT=10",
            Pattern {
                count: Some(10),
                ..every(3, Unit::Day)
            },
        ),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", on(week(), On::Workdays)),
        ("FREQ=WEEKLY", on(week(), On::Weekdays(vec![Fri]))),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR",
            on(every(2, Unit::Week), On::Weekdays(vec![Fri])),
        ),
        (
            "FREQ=WEEKLY;BYDAY=FR,MO,WE",
            on(week(), On::Weekdays(vec![Mon, Wed, Fri])),
        ),
        ("FREQ=WEEKLY;BYDAY=FR,TH,WE,TU,MO", on(week(), On::Workdays)),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
            on(
                every(2, Unit::Week),
                On::Weekdays(vec![Mon, Tue, Wed, Thu, Fri]),
            ),
        ),
        (
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
            every(1, Unit::Day),
        ),
        ("FREQ=MONTHLY", on(month(), On::Dates(vec![27]))),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
            on(month(), On::Dates(vec![1, 15])),
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", on(month(), On::LastDate)),
        (
            "FREQ=MONTHLY;BYDAY=2TU;UNTIL=20270303T090000Z",
            Pattern {
                until: Some(date("2027-03-03")),
                ..on(month(), On::Ranked(vec![(Some(2), Tue)]))
            },
        ),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR",
            on(every(3, Unit::Month), On::Ranked(vec![(Some(-1), Fri)])),
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU",
            on(month(), On::Ranked(vec![(None, Tue)])),
        ),
        (
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2",
            on(month(), On::Ranked(vec![(Some(2), Tue)])),
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            on(month(), On::Nth(-1, DayKind::Workday)),
        ),
        (
            "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
            on(month(), On::Nth(1, DayKind::WeekendDay)),
        ),
        (
            "FREQ=YEARLY",
            in_months(on(year(), On::Dates(vec![27])), &[3]),
        ),
        (
            "FREQ=YEARLY;BYMONTH=5",
            in_months(on(year(), On::Dates(vec![27])), &[5]),
        ),
        (
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
            in_months(on(year(), On::Dates(vec![24])), &[12]),
        ),
        (
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=3,10;BYDAY=-1SU",
            in_months(
                on(every(2, Unit::Year), On::Ranked(vec![(Some(-1), Sun)])),
                &[3, 10],
            ),
        ),
        ("FREQ=HOURLY;INTERVAL=2", every(2, Unit::Hour)),
    ] {
        reads(&friday, &format!("RRULE:{rule}"), Some(&wanted));
    }
}

#[test]
fn what_cannot_be_said_truly_is_not_read() {
    let first = hour("2026-03-27T09:00:00", "UTC");
    for rule in [
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO",
        "FREQ=DAILY;BYHOUR=9,10",
        "FREQ=YEARLY;BYWEEKNO=20",
        "FREQ=YEARLY;BYYEARDAY=100",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=WEEKLY;BYMONTH=1",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-4",
        "FREQ=NEVER",
        "",
    ] {
        reads(&first, &format!("RRULE:{rule}"), None);
    }
    let read = |texts: &[&str]| Pattern::read(&lines(texts), &first);
    assert_eq!(read(&["RDATE:20260101T000000Z"]), None);
    assert_eq!(read(&["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"]), None);
}

#[test]
fn until_is_the_day_in_the_zone_of_the_series() {
    let until = |day: &str| {
        Some(Pattern {
            until: Some(date(day)),
            ..every(1, Unit::Day)
        })
    };
    reads(
        &hour("2026-03-27T20:00:00", "America/New_York"),
        "RRULE:FREQ=DAILY;UNTIL=20260402T000000Z",
        until("2026-04-01").as_ref(),
    );
    reads(
        &days("2026-03-27", "2026-03-28"),
        "RRULE:FREQ=DAILY;UNTIL=20260402",
        until("2026-04-02").as_ref(),
    );
}
