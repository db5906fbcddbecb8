use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use dayline_model::ZonedTime;
use dayline_model::recurrence::{Window, expand};
use serde::Deserialize;

use super::super::rrule;
use super::*;
use crate::graph::wire::PatternedRecurrence;

fn at(local: &str, zone: &str) -> When {
    let start = ZonedTime {
        local: local.parse().unwrap(),
        zone: Zone::parse(zone),
    };
    let end = ZonedTime {
        local: start.local + TimeDelta::minutes(30),
        zone: start.zone.clone(),
    };
    When::Timed { start, end }
}

fn day(date: &str) -> When {
    let start: NaiveDate = date.parse().unwrap();
    let end = start.succ_opt().unwrap();
    When::AllDay { start, end }
}

fn span() -> Window {
    let utc = |text: &str| -> DateTime<Utc> { text.parse().unwrap() };
    Window {
        from: utc("2025-01-01T00:00:00Z"),
        until: utc("2036-01-01T00:00:00Z"),
    }
}

fn starts(lines: &[String], when: &When) -> Vec<When> {
    expand(when, lines, span(), 500).unwrap().occurrences
}

fn line(rule: &str) -> Vec<String> {
    vec![format!("RRULE:{rule}")]
}

/// The rule that comes back from what Graph is sent.
fn there_and_back(rule: &str, when: &When) -> Vec<String> {
    let wire = patterned(&line(rule), when).unwrap_or_else(|error| panic!("{rule}: {error}"));
    let wired = PatternedRecurrence::deserialize(&wire).unwrap();
    vec![rrule(&wired, when).unwrap_or_else(|| panic!("{wire}"))]
}

fn check(rule: &str, when: &When) {
    let back = there_and_back(rule, when);
    assert_eq!(
        starts(&back, when),
        starts(&line(rule), when),
        "{rule} {back:?}"
    );
}

/// The second occurrence of a rule, which is one of its own wherever it began.
fn an_occurrence(rule: &str, base: &When) -> When {
    starts(&line(rule), base).swap_remove(1)
}

/// Sets of weekdays: every one of the 127.
fn day_sets() -> Vec<String> {
    let names = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];
    (1..128_u32)
        .map(|set| {
            let days: Vec<_> = (0..7)
                .filter(|day| set & (1 << day) != 0)
                .map(|day: usize| names[day])
                .collect();
            days.join(",")
        })
        .collect()
}

/// Every rule that Graph has a pattern for, without its end.
fn rules() -> Vec<String> {
    let mut rules: Vec<String> = [
        "DAILY",
        "DAILY;INTERVAL=3",
        "DAILY;INTERVAL=10",
        "WEEKLY",
        "MONTHLY",
        "YEARLY",
    ]
    .map(|rule| format!("FREQ={rule}"))
    .into();
    for days in day_sets() {
        rules.push(format!("FREQ=DAILY;BYDAY={days}"));
        for (interval, start) in [(1, "MO"), (2, "SU"), (3, "WE")] {
            rules.push(format!(
                "FREQ=WEEKLY;INTERVAL={interval};BYDAY={days};WKST={start}"
            ));
        }
        for position in [1, 2, 3, 4, -1] {
            let nth = format!("BYDAY={days};BYSETPOS={position}");
            rules.push(format!("FREQ=MONTHLY;INTERVAL=2;{nth}"));
            rules.push(format!(
                "FREQ=YEARLY;BYMONTH={};{nth}",
                1 + rules.len() % 12
            ));
        }
    }
    for day in (1..=28).chain([-1]) {
        rules.push(format!("FREQ=MONTHLY;BYMONTHDAY={day}"));
    }
    for month in 1..=12 {
        for day in 1..=if month == 2 { 28 } else { longest_month(month) } {
            rules.push(format!("FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}"));
        }
        rules.push(format!(
            "FREQ=YEARLY;INTERVAL=2;BYMONTH={month};BYMONTHDAY=-1"
        ));
        for nth in ["1MO", "2TU", "3WE", "4TH", "-1FR"] {
            rules.push(format!("FREQ=YEARLY;BYMONTH={month};BYDAY={nth}"));
            rules.push(format!("FREQ=MONTHLY;INTERVAL={month};BYDAY={nth}"));
        }
    }
    rules.push("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1".to_owned());
    rules.push("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1".to_owned());
    rules
}

#[test]
fn every_pattern_comes_back_as_it_went() {
    let bases = [
        day("2026-01-07"),
        at("2026-01-07T09:30:00", "Europe/Berlin"),
        at("2026-01-07T23:30:00", "Pacific Standard Time"),
        at("2026-01-07T02:30:00", "America/New_York"),
        at("2026-01-07T00:15:00", "Pacific/Kiritimati"),
        at("2026-01-07T12:00:00", "UTC"),
    ];
    let ends = [
        "",
        ";COUNT=7",
        ";UNTIL=20290301",
        ";UNTIL=20290301T103000Z",
        ";UNTIL=20281224T000000Z",
    ];
    let mut types = BTreeSet::new();
    for (number, rule) in rules().iter().enumerate() {
        let when = an_occurrence(rule, &bases[number % bases.len()]);
        let rule = format!("{rule}{}", ends[number % ends.len()]);
        check(&rule, &when);
        let wire = patterned(&line(&rule), &when).unwrap();
        let range = wire["range"]["type"].as_str().unwrap();
        types.insert((
            wire["pattern"]["type"].as_str().unwrap().to_owned(),
            range.to_owned(),
        ));
    }
    assert_eq!(types.len(), 18, "six patterns and three ranges: {types:?}");
}

#[test]
fn the_day_of_the_end_is_the_last_one_with_an_occurrence() {
    let evening = at("2026-01-05T20:00:00", "America/New_York");
    for (until, last) in [
        // Eight in the evening there is one o'clock of the next day in UTC.
        ("20260110T010000Z", "2026-01-09"),
        ("20260110T005959Z", "2026-01-08"),
        ("20260109T200000", "2026-01-09"),
        ("20260109T195959", "2026-01-08"),
        ("20260109", "2026-01-09"),
    ] {
        let rule = format!("FREQ=DAILY;UNTIL={until}");
        let wire = patterned(&line(&rule), &evening).unwrap();
        assert_eq!(wire["range"]["endDate"], last, "{until}");
        check(&rule, &evening);
    }
}

#[test]
fn only_the_fields_of_the_pattern_are_sent() {
    let wire = patterned(
        &line("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;COUNT=4"),
        &at("2026-01-05T09:00:00", "Europe/Berlin"),
    );
    let expected = json!({
        "pattern": {"type": "weekly", "interval": 2, "daysOfWeek": ["monday", "wednesday"],
            "firstDayOfWeek": "monday"},
        "range": {"type": "numbered", "startDate": "2026-01-05", "numberOfOccurrences": 4,
            "recurrenceTimeZone": "Europe/Berlin"},
    });
    assert_eq!(wire, Ok(expected));
    let wire = patterned(&line("FREQ=YEARLY"), &day("2026-03-10"));
    let expected = json!({
        "pattern": {"type": "absoluteYearly", "interval": 1, "dayOfMonth": 10, "month": 3},
        "range": {"type": "noEnd", "startDate": "2026-03-10"},
    });
    assert_eq!(wire, Ok(expected));
}

#[test]
fn what_graph_has_no_pattern_for_is_refused_with_its_part() {
    let monday = at("2026-01-05T09:00:00", "Europe/Berlin");
    for (rule, expected) in [
        ("FREQ=HOURLY", Part("FREQ")),
        ("FREQ=MONTHLY;BYDAY=MO", Part("BYDAY")),
        ("FREQ=MONTHLY;BYDAY=5MO", Part("BYDAY")),
        ("FREQ=MONTHLY;BYDAY=-2MO", Part("BYDAY")),
        ("FREQ=MONTHLY;BYDAY=1MO,3MO", Part("BYDAY")),
        ("FREQ=MONTHLY;BYDAY=1MO;BYSETPOS=1", Part("BYDAY")),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=1,2", Part("BYSETPOS")),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-2", Part("BYSETPOS")),
        ("FREQ=MONTHLY;BYMONTHDAY=5,20", Part("BYMONTHDAY")),
        ("FREQ=MONTHLY;BYMONTHDAY=-2", Part("BYMONTHDAY")),
        ("FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", Part("BYMONTHDAY")),
        ("FREQ=MONTHLY;BYMONTHDAY=30", NotExpressible::ShortMonths),
        ("FREQ=MONTHLY;BYMONTH=1", Part("BYMONTH")),
        ("FREQ=YEARLY;BYMONTH=1,7", Part("BYMONTH")),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            NotExpressible::ShortMonths,
        ),
        (
            "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
            NotExpressible::ShortMonths,
        ),
        ("FREQ=YEARLY;BYDAY=20MO", Part("BYDAY")),
        ("FREQ=YEARLY;BYWEEKNO=20", Part("BYWEEKNO")),
        ("FREQ=YEARLY;BYYEARDAY=100", Part("BYYEARDAY")),
        ("FREQ=WEEKLY;BYDAY=1MO", Part("BYDAY")),
        ("FREQ=WEEKLY;BYMONTH=1", Part("BYMONTH")),
        ("FREQ=DAILY;INTERVAL=2;BYDAY=MO", Part("BYDAY")),
        ("FREQ=DAILY;BYHOUR=9,17", Part("BYHOUR")),
        ("FREQ=DAILY;BYSETPOS=1", Part("BYSETPOS")),
        ("FREQ=WEEKLY;BYDAY=TU", NotExpressible::FirstIsNoOccurrence),
        (
            "FREQ=MONTHLY;BYMONTHDAY=6",
            NotExpressible::FirstIsNoOccurrence,
        ),
        (
            "FREQ=MONTHLY;BYDAY=2MO",
            NotExpressible::FirstIsNoOccurrence,
        ),
        ("FREQ=YEARLY;BYMONTH=2", NotExpressible::FirstIsNoOccurrence),
        (
            "FREQ=DAILY;UNTIL=20260104",
            NotExpressible::EndsBeforeItStarts,
        ),
        (
            "FREQ=DAILY;UNTIL=20260105T070000Z",
            NotExpressible::EndsBeforeItStarts,
        ),
        ("FREQ=DAILY;UNTIL=soon", Malformed),
        ("FREQ=DAILY;UNTIL=20260110;COUNT=2", Malformed),
        ("FREQ=DAILY;INTERVAL=0", Malformed),
        ("FREQ=DAILY;COUNT=3000000000", Malformed),
        ("FREQ=DAILY;COUNT=1;COUNT=2", Malformed),
        ("FREQ=LUNAR", Malformed),
        ("FREQ=DAILY;MOON=1", Malformed),
        ("INTERVAL=2", Malformed),
        ("FREQ=MONTHLY;BYMONTHDAY=0", Malformed),
        ("FREQ=MONTHLY;BYMONTHDAY=32", Malformed),
        ("FREQ=WEEKLY;BYDAY=€", Malformed),
    ] {
        assert_eq!(patterned(&line(rule), &monday), Err(expected), "{rule}");
    }
    let leap = day("2024-02-29");
    for rule in ["FREQ=YEARLY", "FREQ=MONTHLY"] {
        assert_eq!(
            patterned(&line(rule), &leap),
            Err(NotExpressible::ShortMonths)
        );
    }
}

#[test]
fn a_series_that_is_more_than_a_rule_is_refused() {
    let monday = day("2026-01-05");
    let rule = || "RRULE:FREQ=DAILY".to_owned();
    for (lines, expected) in [
        (vec![], NotExpressible::NotOneRule),
        (vec![rule(), rule()], NotExpressible::NotOneRule),
        (
            vec![rule(), "RDATE;VALUE=DATE:20260201".to_owned()],
            NotExpressible::Beside("RDATE"),
        ),
        (
            vec!["EXDATE;TZID=UTC:20260201T000000".to_owned(), rule()],
            NotExpressible::Beside("EXDATE"),
        ),
        (
            vec![rule(), "exrule:FREQ=DAILY".to_owned()],
            NotExpressible::Beside("EXRULE"),
        ),
        (vec!["RRULE".to_owned()], Malformed),
    ] {
        assert_eq!(patterned(&lines, &monday), Err(expected), "{lines:?}");
    }
    assert_eq!(
        NotExpressible::Beside("RDATE").to_string(),
        "Outlook takes no RDATE beside the rule"
    );
    assert_eq!(
        Part("BYHOUR").to_string(),
        "Outlook has no pattern with this BYHOUR"
    );
}
