//! COUNT in windows long after DTSTART, against the same rule walked from its beginning.

use proptest::prelude::*;

use super::*;

fn part(name: &'static str, values: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop_oneof![
        2 => Just(String::new()),
        1 => proptest::sample::select(values).prop_map(move |value| format!(";{name}={value}")),
    ]
}

fn rule() -> impl Strategy<Value = String> {
    let frequency = proptest::sample::select(vec![
        ("YEARLY", 1),
        ("MONTHLY", 1),
        ("WEEKLY", 1),
        ("DAILY", 1),
        ("HOURLY", 5),
        ("MINUTELY", 90),
        ("SECONDLY", 7_000),
    ]);
    let days = ["MO", "SA,SU", "MO,TU,WE,TH,FR", "2TU", "-1FR,1MO"];
    let days: &'static [&'static str] = Box::leak(Box::new(days));
    (
        (frequency, 1..4_u32),
        part("BYMONTH", &["1", "2,3", "6,7,8,12"]),
        part("BYDAY", days),
        part("BYMONTHDAY", &["1", "29,30,31", "-1", "13,-2"]),
        part("BYHOUR", &["9", "0,9,23", "8,9,10,11,12"]),
        part("BYMINUTE", &["0", "15,45"]),
        part("BYSETPOS", &["1", "-1", "2,-2", "1,2,-1"]),
        part("WKST", &["SU", "WE"]),
    )
        .prop_filter_map(
            "weeks have no days of a month",
            |((frequency, step), months, days, month_days, hours, minutes, positions, week)| {
                let is_weekly = frequency.0 == "WEEKLY" && !month_days.is_empty();
                let (name, interval) = (frequency.0, frequency.1 * step);
                (!is_weekly).then(|| {
                    format!(
                        "FREQ={name};INTERVAL={interval}{months}{days}{month_days}{hours}\
                         {minutes}{positions}{week}"
                    )
                })
            },
        )
}

fn found(rule: &str, first: &When, within: Window, limit: usize) -> Option<Vec<When>> {
    let found = expand(first, &lines(&[&format!("RRULE:{rule}")]), within, limit);
    found.ok().map(|found| found.occurrences)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn what_is_counted_is_what_would_be_listed(
        rule in rule(), count in 1..400_usize, day in 0..800_i64, hour_of_day in prop_oneof![Just(0), Just(9), Just(23)],
        share in 0.0..1.2_f64, length in 1..100_i64,
    ) {
        let start = (date("2003-01-01") + TimeDelta::days(day)).and_hms_opt(hour_of_day, 15, 0).unwrap();
        let first = hour(&start.format("%Y-%m-%dT%H:%M:%S").to_string(), "UTC");
        let all = Window { from: start.and_utc() - TimeDelta::days(1), until: instant("2900-01-01T00:00:00") };
        // One more, since DTSTART need not be named by the rule.
        let Some(mut listed) = found(&rule, &first, all, count + 1) else { return Ok(()) };
        let named = found(&format!("{rule};COUNT=1"), &first, all, 2);
        let comes_besides = named.is_some_and(|named| named.len() > 1);
        if !comes_besides {
            listed.truncate(count);
        }
        let instant_of = |when: &When| match when {
            When::Timed { start, .. } => start.utc(),
            When::AllDay { .. } => unreachable!(),
        };
        let last = listed.last().map_or(start.and_utc(), instant_of);
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "any instant will do")]
        let after = ((last - start.and_utc()).num_seconds() as f64 * share) as i64;
        let from = start.and_utc() + TimeDelta::seconds(after);
        let within = Window { from, until: from + TimeDelta::days(length) };
        let wanted: Vec<When> = listed.into_iter()
            .filter(|when| instant_of(when) + TimeDelta::hours(1) > within.from && instant_of(when) < within.until)
            .collect();
        let counted = found(&format!("{rule};COUNT={count}"), &first, within, usize::MAX);
        prop_assert_eq!(counted, Some(wanted), "{} {} from {} in {:?}", rule, count, start, within);
    }
}

#[test]
fn four_hundred_years_of_anything_are_counted_within_the_budget() {
    let first = hour("1601-01-01T09:00:00", "Europe/Berlin");
    for rule in [
        "FREQ=YEARLY;BYDAY=MO;BYSETPOS=2,-2",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=WEEKLY;INTERVAL=2;BYMONTH=3",
        "FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=3;BYMONTH=3;BYHOUR=8,9",
        "FREQ=HOURLY",
        "FREQ=HOURLY;INTERVAL=5;BYDAY=MO",
        "FREQ=MINUTELY",
        "FREQ=MINUTELY;INTERVAL=37;BYHOUR=9",
        "FREQ=SECONDLY;INTERVAL=900",
    ] {
        let rule = format!("RRULE:{rule};COUNT=4294967295");
        let within = window("2026-01-01", "2027-01-01");
        let found = expand(&first, &lines(&[&rule]), within, 10_000).expect(&rule);
        assert!(!found.occurrences.is_empty(), "{rule}");
    }
    // 425 years of nine o'clock, and the day on which the last is counted.
    let days = (date("2026-03-10") - date("1601-01-01")).num_days();
    check(
        &first,
        &[&format!("RRULE:FREQ=DAILY;COUNT={days}")],
        window("2026-03-08", "2026-04-01"),
        &["2026-03-08T09:00", "2026-03-09T09:00"],
    );
}

#[test]
fn a_series_that_was_counted_out_is_over() {
    for rule in [
        "FREQ=DAILY;COUNT=10",
        "FREQ=WEEKLY;BYDAY=MO,TU;COUNT=10",
        "FREQ=MINUTELY;BYDAY=MO;COUNT=10",
        "FREQ=YEARLY;BYYEARDAY=1,2,3,4,5,6,7;COUNT=7",
    ] {
        check(
            &hour("2020-01-01T09:00:00", "UTC"),
            &[&format!("RRULE:{rule}")],
            window("2026-01-01", "2027-01-01"),
            &[],
        );
    }
}
