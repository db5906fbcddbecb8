//! The `rrule` crate as a second opinion, and the fast path against the slow one.

use proptest::prelude::*;
use rrule::{RRuleSet, Tz};

use super::*;

fn some<T: Clone + std::fmt::Debug + 'static>(from: Vec<T>) -> impl Strategy<Value = Vec<T>> {
    let most = from.len().min(4);
    proptest::sample::subsequence(from, 1..=most)
}

fn joined<T: ToString>(list: &[T]) -> String {
    list.iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(",")
}

fn weekdays() -> impl Strategy<Value = String> {
    some(vec!["MO", "TU", "WE", "TH", "FR", "SA", "SU"]).prop_map(|days| joined(&days))
}

fn numbered() -> impl Strategy<Value = String> {
    some(vec!["1MO", "2TU", "-1FR", "3SU", "-2WE", "4TH"]).prop_map(|days| joined(&days))
}

/// The parts that a rule of each frequency may have.
fn rule() -> impl Strategy<Value = String> {
    let month_days = || {
        some(vec![1, 2, 13, 15, 28, 29, 30, 31, -1, -2, -31])
            .prop_map(|days| format!(";BYMONTHDAY={}", joined(&days)))
    };
    let months = || {
        some(vec![1, 2, 3, 6, 10, 12]).prop_map(|months| format!(";BYMONTH={}", joined(&months)))
    };
    let hours = some(vec![0, 8, 9, 17, 23]).prop_map(|hours| format!(";BYHOUR={}", joined(&hours)));
    let days = || weekdays().prop_map(|days| format!(";BYDAY={days}"));
    let numbered = || numbered().prop_map(|days| format!(";BYDAY={days}"));
    let none = || Just(String::new());
    let week_start = prop_oneof![
        none(),
        Just(";WKST=SU".to_owned()),
        Just(";WKST=WE".to_owned())
    ];
    let end = prop_oneof![
        none(),
        (1..40_u32).prop_map(|count| format!(";COUNT={count}")),
        Just(";UNTIL=20290615T120000Z".to_owned())
    ];
    let position = prop_oneof![2 => none(), 1 => some(vec![1, 2, -1, -2]).prop_map(|list| format!(";BYSETPOS={}", joined(&list)))];
    let body = prop_oneof![
        (
            prop_oneof![none(), days()],
            prop_oneof![none(), months()],
            prop_oneof![none(), month_days()]
        )
            .prop_map(|(a, b, c)| format!("FREQ=DAILY{a}{b}{c}")),
        // Without BYSETPOS: in the first week it numbers from DTSTART, not from the week's start.
        (prop_oneof![none(), days()], prop_oneof![none(), months()])
            .prop_map(|(a, b)| format!("FREQ=WEEKLY{a}{b}")),
        (
            prop_oneof![month_days(), days(), numbered()],
            prop_oneof![none(), months()],
            position.clone()
        )
            .prop_map(|(a, b, c)| format!("FREQ=MONTHLY{a}{b}{c}")),
        (
            prop_oneof![none(), month_days(), days(), numbered()],
            prop_oneof![none(), months()]
        )
            .prop_map(|(a, b)| format!("FREQ=YEARLY{a}{b}")),
        (some(vec![1, 100, 200, 366, -1, -366]), none())
            .prop_map(|(list, _)| format!("FREQ=YEARLY;BYYEARDAY={}", joined(&list))),
        (some(vec![1, 2, 20, 52, 53, -1]), days())
            .prop_map(|(list, days)| format!("FREQ=YEARLY;BYWEEKNO={}{days}", joined(&list))),
    ];
    (
        body,
        1..5_u32,
        week_start,
        end,
        prop_oneof![3 => none(), 1 => hours],
    )
        // Weeks that do not begin on Monday it numbers wrongly around some new years.
        .prop_filter("weeks begin on Monday", |(body, _, week, _, _)| {
            !body.contains("BYWEEKNO") || week.is_empty()
        })
        .prop_map(|(body, interval, week, end, hours)| {
            format!("{body};INTERVAL={interval}{week}{hours}{end}")
        })
}

fn first() -> impl Strategy<Value = NaiveDateTime> {
    (0..1500_i64, prop_oneof![Just(9_u32), Just(0), Just(23)]).prop_map(|(days, hour)| {
        (date("2024-01-01") + TimeDelta::days(days))
            .and_hms_opt(hour, 15, 0)
            .unwrap()
    })
}

fn their_times(
    rule: &str,
    start: NaiveDateTime,
    until: DateTime<Utc>,
) -> Option<Vec<NaiveDateTime>> {
    let text = format!("DTSTART:{}Z\nRRULE:{rule}", start.format("%Y%m%dT%H%M%S"));
    let set: RRuleSet = text.parse().ok()?;
    let times = set.before(until.with_timezone(&Tz::UTC)).all(5_000);
    let before = times
        .dates
        .iter()
        .map(chrono::DateTime::naive_utc)
        .filter(|time| time.and_utc() < until);
    (!times.limited).then(|| before.collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn the_rrule_crate_agrees(rule in rule(), start in first()) {
        let until = date("2036-01-01").and_hms_opt(0, 0, 0).unwrap().and_utc();
        // It refuses some rules that RFC 5545 allows.
        let Some(theirs) = their_times(&rule, start, until) else { return Ok(()) };
        // It leaves out a DTSTART that the rule does not name, so one that it names is taken.
        let Some(start) = theirs.first().copied() else { return Ok(()) };
        let Some(theirs) = their_times(&rule, start, until) else { return Ok(()) };
        prop_assert_eq!(theirs.first(), Some(&start), "{}", &rule);
        let first = hour(&start.format("%Y-%m-%dT%H:%M:%S").to_string(), "UTC");
        let from = start.and_utc();
        let ours = expand(&first, &lines(&[&format!("RRULE:{rule}")]), Window { from, until }, 5_000).unwrap();
        let ours: Vec<NaiveDateTime> = ours.occurrences.iter().map(|when| match when {
            When::Timed { start, .. } => start.local,
            When::AllDay { .. } => unreachable!(),
        }).collect();
let differ = ours.iter().zip(&theirs).position(|(a, b)| a != b);
        prop_assert!(
            differ.is_none() && ours.len() == theirs.len(),
            "{} from {}: {} and {} times, item {:?} differs: {:?} and {:?}", rule, start, ours.len(), theirs.len(), differ,
            differ.and_then(|at| ours.get(at)), differ.and_then(|at| theirs.get(at)),
        );
    }

    #[test]
    fn starting_near_the_window_finds_what_starting_at_the_beginning_finds(
        rule in rule(), start in first(), later in 0..4000_i64, zone in prop_oneof![Just("UTC"), Just("Europe/Berlin"), Just("America/St_Johns")],
    ) {
        let first = hour(&start.format("%Y-%m-%dT%H:%M:%S").to_string(), zone);
        let rules = lines(&[&format!("RRULE:{rule}")]);
        let from = start.and_utc() + TimeDelta::days(later);
        let until = from + TimeDelta::days(100);
        let whole = Window { from: start.and_utc() - TimeDelta::days(3), until };
        let fast = expand(&first, &rules, Window { from, until }, usize::MAX).unwrap();
        let slow: Vec<When> = expand(&first, &rules, whole, usize::MAX).unwrap().occurrences.into_iter()
            .filter(|when| matches!(when, When::Timed { end, .. } if end.utc() > from)).collect();
        prop_assert_eq!(fast.occurrences, slow, "{} from {}", rule, start);
    }

    #[test]
    fn finer_than_a_day_the_fast_path_holds_too(
        frequency in prop_oneof![Just("HOURLY"), Just("MINUTELY")], interval in 5..500_u32, hours in prop_oneof![Just(""), Just(";BYHOUR=3,4,22")],
        days in prop_oneof![Just(""), Just(";BYDAY=MO,SA")], start in first(), later in 0..40_i64,
    ) {
        let first = hour(&start.format("%Y-%m-%dT%H:%M:%S").to_string(), "Europe/Berlin");
        let rules = lines(&[&format!("RRULE:FREQ={frequency};INTERVAL={interval}{hours}{days}")]);
        let from = start.and_utc() + TimeDelta::days(later);
        let until = from + TimeDelta::days(2);
        let whole = Window { from: start.and_utc() - TimeDelta::days(3), until };
        let fast = expand(&first, &rules, Window { from, until }, usize::MAX).unwrap();
        let slow: Vec<When> = expand(&first, &rules, whole, usize::MAX).unwrap().occurrences.into_iter()
            .filter(|when| matches!(when, When::Timed { end, .. } if end.utc() > from)).collect();
        prop_assert_eq!(fast.occurrences, slow);
    }
}
