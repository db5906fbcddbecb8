//! Rules against the examples of RFC 5545 §3.8.5.3 and against a naive reading.

use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::time::parse_local;

fn laid_out(rule: &str, first: &str, low: &str, high: &str) -> Vec<String> {
    let local = |text: &str| parse_local(text).unwrap();
    let span = Span {
        first: local(first),
        low: local(low),
        high: local(high),
    };
    let mut found = Vec::new();
    parse(rule, Tz::America__New_York)
        .unwrap_or_else(|| panic!("{rule} is refused"))
        .each(span, &mut |at| {
            found.push(at.format("%m-%dT%H:%M").to_string());
            ControlFlow::Continue(())
        });
    found
}

fn check(rule: &str, first: &str, high: &str, expected: &[&str]) {
    let days: Vec<String> = laid_out(rule, first, first, high)
        .into_iter()
        .map(|at| at.split('T').next().unwrap().to_owned())
        .collect();
    assert_eq!(days, expected, "{rule}");
}

#[test]
fn the_examples_of_the_rfc_come_out() {
    let september = "1997-09-02T09:00:00";
    for (rule, first, high, expected) in [
        (
            "FREQ=DAILY;COUNT=3",
            september,
            "1998-01-01",
            &["09-02", "09-03", "09-04"][..],
        ),
        (
            "FREQ=DAILY;INTERVAL=10;COUNT=3",
            september,
            "1998-01-01",
            &["09-02", "09-12", "09-22"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;WKST=SU;BYDAY=TU,TH",
            september,
            "1998-01-01",
            &["09-02", "09-04", "09-16", "09-18"],
        ),
        (
            "FREQ=WEEKLY;UNTIL=19970909T130000Z",
            september,
            "1998-01-01",
            &["09-02", "09-09"],
        ),
        (
            "FREQ=MONTHLY;COUNT=3;BYDAY=1FR",
            "1997-09-05T09:00:00",
            "1998-01-01",
            &["09-05", "10-03", "11-07"],
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU",
            "1997-09-07T09:00:00",
            "1998-06-01",
            &["09-07", "09-28", "11-02", "11-30"],
        ),
        (
            "FREQ=MONTHLY;COUNT=3;BYDAY=-2MO",
            "1997-09-22T09:00:00",
            "1998-06-01",
            &["09-22", "10-20", "11-17"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-3",
            "1997-09-28T09:00:00",
            "1997-12-01",
            &["09-28", "10-29", "11-28"],
        ),
        (
            "FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1",
            "1997-09-30T09:00:00",
            "1998-06-01",
            &["09-30", "10-01", "10-31", "11-01"],
        ),
        (
            "FREQ=YEARLY;COUNT=3;BYMONTH=6,7",
            "1997-06-10T09:00:00",
            "1999-06-01",
            &["06-10", "07-10", "06-10"],
        ),
        (
            "FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200",
            "1997-01-01T09:00:00",
            "2003-01-01",
            &["01-01", "04-10", "07-19", "01-01"],
        ),
        (
            "FREQ=YEARLY;COUNT=3;BYDAY=20MO",
            "1997-05-19T09:00:00",
            "2000-01-01",
            &["05-19", "05-18", "05-17"],
        ),
        (
            "FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO",
            "1997-05-12T09:00:00",
            "2000-01-01",
            &["05-12", "05-11", "05-17"],
        ),
        (
            "FREQ=YEARLY;COUNT=3;BYMONTH=3;BYDAY=TH",
            "1997-03-13T09:00:00",
            "1998-01-01",
            &["03-13", "03-20", "03-27"],
        ),
        (
            "FREQ=MONTHLY;COUNT=2;BYDAY=FR;BYMONTHDAY=13",
            september,
            "1999-01-01",
            &["02-13", "03-13"],
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;COUNT=2;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
            "1996-11-05T09:00:00",
            "2001-01-01",
            &["11-05", "11-07"],
        ),
        (
            "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
            "1997-09-04T09:00:00",
            "1998-01-01",
            &["09-04", "10-07", "11-06"],
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "1997-09-29T09:00:00",
            "1997-12-01",
            &["09-29", "10-30", "11-27"],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
            "2007-01-15T09:00:00",
            "2008-01-01",
            &["01-15", "01-30", "02-15", "03-15", "03-30"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
            "1997-08-05T09:00:00",
            "1998-01-01",
            &["08-05", "08-10", "08-19", "08-24"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
            "1997-08-05T09:00:00",
            "1998-01-01",
            &["08-05", "08-17", "08-19", "08-31"],
        ),
    ] {
        check(rule, first, high, expected);
    }
}

#[test]
fn hours_minutes_and_seconds_are_laid_out() {
    let from = "1997-09-02T09:00:00";
    let all = |rule: &str, high: &str| laid_out(rule, from, from, high);
    assert_eq!(
        all(
            "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z",
            "1998-01-01"
        ),
        ["09-02T09:00", "09-02T12:00"]
    );
    assert_eq!(
        all("FREQ=MINUTELY;INTERVAL=90;COUNT=3", "1998-01-01"),
        ["09-02T09:00", "09-02T10:30", "09-02T12:00"]
    );
    assert_eq!(
        all("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;COUNT=5", "1998-01-01"),
        [
            "09-02T09:00",
            "09-02T09:20",
            "09-02T10:00",
            "09-02T10:20",
            "09-03T09:00"
        ]
    );
    assert_eq!(
        all(
            "FREQ=SECONDLY;BYMONTH=12;BYMONTHDAY=24;BYHOUR=18;BYMINUTE=0;BYSECOND=0",
            "1998-01-01"
        ),
        ["12-24T18:00"]
    );
}

#[test]
fn a_rule_that_never_matches_ends_with_its_window() {
    assert_eq!(
        laid_out(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "1970-02-01",
            "1970-02-01",
            "2100-01-01"
        )
        .len(),
        0
    );
}

#[test]
fn what_the_rfc_forbids_is_refused() {
    for rule in [
        "",
        "INTERVAL=2",
        "FREQ=NEVER",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=0",
        "FREQ=DAILY;COUNT=2;UNTIL=20300101",
        "FREQ=DAILY;FREQ=WEEKLY",
        "FREQ=DAILY;UNTIL=tomorrow",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=WEEKLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYWEEKNO=1",
        "FREQ=MONTHLY;BYYEARDAY=1",
        "FREQ=MONTHLY;BYSETPOS=1",
        "FREQ=MONTHLY;BYFOO=1",
    ] {
        assert_eq!(parse(rule, Tz::UTC), None, "{rule}");
    }
}

proptest! {
    #[test]
    fn a_window_holds_what_the_whole_series_has_there(
        freq in prop::sample::select(vec!["HOURLY;INTERVAL=7", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]),
        part in prop::sample::select(vec!["", ";BYDAY=MO,FR", ";BYMONTH=2,6", ";BYHOUR=9,17", ";BYMONTH=2;BYHOUR=3"]),
        interval in 1_u32..5,
        day in 0_i64..2000,
        width in 1_i64..400,
    ) {
        let interval = if freq.contains("INTERVAL") { String::new() } else { format!(";INTERVAL={interval}") };
        let rule = format!("FREQ={freq}{interval}{part}");
        let first = parse_local("2019-01-31T09:00:00").unwrap();
        let low = first + Duration::days(day);
        let high = low + Duration::days(width);
        let collect = |low: NaiveDateTime| {
            let mut found = Vec::new();
            parse(&rule, Tz::UTC).unwrap().each(Span { first, low, high }, &mut |at| {
                found.push(at);
                ControlFlow::Continue(())
            });
            found
        };
        let mut whole = collect(first);
        whole.retain(|at| *at >= low);
        prop_assert_eq!(collect(low), whole);
    }
}
