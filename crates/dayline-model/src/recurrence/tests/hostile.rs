use std::time::{Duration, Instant};

use super::*;
use crate::recurrence::lines::LONGEST;

/// Two seconds; an unoptimised build on a busy machine gets more.
const LIMIT: Duration = Duration::from_secs(if cfg!(debug_assertions) { 8 } else { 2 });

/// Runs what must be cheap whatever comes in.
#[track_caller]
fn cheap<T>(work: impl FnOnce() -> T) -> T {
    let begun = Instant::now();
    let done = work();
    assert!(begun.elapsed() < LIMIT, "took {:?}", begun.elapsed());
    done
}

fn try_expand(first: &When, rules: &[&str], within: Window) -> Result<Expansion, RecurrenceError> {
    cheap(|| expand(first, &lines(rules), within, 10_000))
}

#[test]
fn a_rule_for_every_second_ends_in_an_answer() {
    let first = hour("2000-01-01T00:00:00", "Europe/Berlin");
    let found = try_expand(
        &first,
        &["RRULE:FREQ=SECONDLY"],
        window("2026-01-01", "2027-01-01"),
    )
    .map(|found| found.truncated);
    assert!(
        matches!(found, Ok(true) | Err(RecurrenceError::TooMuchWork)),
        "{found:?}"
    );
    let found = expand(
        &first,
        &lines(&["RRULE:FREQ=SECONDLY"]),
        window("2000-01-01", "2001-01-01"),
        5,
    )
    .unwrap();
    assert_eq!((found.occurrences.len(), found.truncated), (5, true));
}

#[test]
fn rules_that_never_match_find_the_start_alone() {
    let first = hour("2026-01-01T00:00:00", "UTC");
    for frequency in ["YEARLY", "MONTHLY", "DAILY", "HOURLY"] {
        let rule = format!("RRULE:FREQ={frequency};BYMONTH=2;BYMONTHDAY=30");
        let found = try_expand(&first, &[&rule], window("2026-01-01", "2040-01-01")).unwrap();
        assert_eq!(found.occurrences, std::slice::from_ref(&first), "{rule}");
    }
}

#[test]
fn rules_without_end_and_without_match_stop_at_the_end_of_any_window() {
    let first = hour("0001-01-01T00:00:00", "Europe/Berlin");
    let all = Window {
        from: DateTime::<Utc>::MIN_UTC,
        until: DateTime::<Utc>::MAX_UTC,
    };
    for rule in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=SECONDLY;BYHOUR=3;BYMINUTE=0;BYSECOND=0",
        "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
        "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
        "FREQ=YEARLY;BYSETPOS=366;BYDAY=MO",
        "FREQ=DAILY;INTERVAL=4294967295",
        "FREQ=YEARLY;INTERVAL=4294967295",
        "FREQ=MONTHLY;INTERVAL=4294967295",
        "FREQ=SECONDLY;INTERVAL=4294967295",
        "FREQ=SECONDLY;COUNT=4294967295",
        "FREQ=YEARLY;COUNT=4294967295;BYMONTH=2;BYMONTHDAY=30",
    ] {
        let rule = format!("RRULE:{rule}");
        let found = try_expand(&first, &[&rule], all);
        assert!(
            matches!(found, Ok(_) | Err(RecurrenceError::TooMuchWork)),
            "{rule}"
        );
        let found = try_expand(&first, &[&rule], window("9990-01-01", "9999-12-31"));
        assert!(
            matches!(found, Ok(_) | Err(RecurrenceError::TooMuchWork)),
            "{rule}"
        );
    }
}

#[test]
fn a_period_with_millions_of_times_is_not_built() {
    let many = |most: u32| {
        (0..=most)
            .map(|n| n.to_string())
            .collect::<Vec<_>>()
            .join(",")
    };
    let rule = format!(
        "RRULE:FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYHOUR={};BYMINUTE={};BYSECOND={};BYSETPOS=-1",
        many(23),
        many(59),
        many(59)
    );
    let found = try_expand(
        &hour("2026-01-01T00:00:00", "UTC"),
        &[&rule],
        window("2026-01-01", "2027-01-01"),
    );
    assert_eq!(found, Err(RecurrenceError::TooMuchWork));
}

#[test]
fn a_million_excluded_dates_are_read_once() {
    // Four times a day for 684 years.
    let start = date("1801-01-01");
    let dates: Vec<String> = start
        .iter_days()
        .take(250_000)
        .flat_map(|day| {
            let day = day.format("%Y%m%d").to_string();
            ["03", "08", "09", "21"].map(|hour| format!("{day}T{hour}0000Z"))
        })
        .collect();
    assert_eq!(dates.len(), 1_000_000);
    let first = hour("2000-01-01T09:00:00", "UTC");
    let one_line = format!("EXDATE:{}", dates.join(","));
    let found = try_expand(
        &first,
        &["RRULE:FREQ=DAILY", &one_line],
        window("2026-01-01", "2027-01-01"),
    )
    .unwrap();
    assert_eq!(found, Expansion::default());
    // The days of this century's first decades, each in a line of its own.
    let mut rules: Vec<String> = dates
        .iter()
        .skip(280_000)
        .take(120_000)
        .map(|date| format!("EXDATE;TZID=Europe/Berlin:{date}"))
        .collect();
    rules.push("RRULE:FREQ=DAILY".to_owned());
    let found = cheap(|| expand(&first, &rules, window("2026-01-01", "2027-01-01"), 10)).unwrap();
    assert_eq!(found, Expansion::default());
}

#[test]
fn too_much_text_and_too_many_rules_are_too_much_work() {
    let first = hour("2026-01-01T00:00:00", "UTC");
    let line = " ".repeat(LONGEST + 1);
    assert_eq!(
        try_expand(&first, &[&line], window("2026-01-01", "2027-01-01")),
        Err(RecurrenceError::TooMuchWork)
    );
    assert_eq!(
        try_expand(
            &first,
            &["RRULE:FREQ=YEARLY"; 33],
            window("2026-01-01", "2027-01-01")
        ),
        Err(RecurrenceError::TooMuchWork)
    );
}

#[test]
fn an_old_series_costs_what_it_shows() {
    let first = hour("1601-01-01T09:00:00", "Europe/Berlin");
    for rule in [
        "FREQ=DAILY",
        "FREQ=WEEKLY;BYDAY=MO,WE",
        "FREQ=MONTHLY;BYDAY=2TU",
        "FREQ=YEARLY",
        "FREQ=HOURLY",
        "FREQ=MINUTELY;INTERVAL=7",
    ] {
        let found = try_expand(
            &first,
            &[&format!("RRULE:{rule}")],
            window("2026-03-01", "2026-03-15"),
        );
        assert!(found.is_ok(), "{rule}: {found:?}");
    }
}

#[test]
fn ends_of_time_and_absurd_lengths_do_not_overflow() {
    let all = Window {
        from: DateTime::<Utc>::MIN_UTC,
        until: DateTime::<Utc>::MAX_UTC,
    };
    let endless = When::AllDay {
        start: NaiveDate::MIN,
        end: NaiveDate::MAX,
    };
    let _ = try_expand(&endless, &["RRULE:FREQ=DAILY"], all);
    let _ = try_expand(
        &endless,
        &["RRULE:FREQ=DAILY"],
        window("2026-01-01", "2027-01-01"),
    );
    let backwards = When::AllDay {
        start: date("2026-01-02"),
        end: date("2026-01-01"),
    };
    let _ = try_expand(
        &backwards,
        &["RRULE:FREQ=DAILY"],
        window("2026-01-01", "2027-01-01"),
    );
    let late = When::AllDay {
        start: NaiveDate::MAX,
        end: NaiveDate::MAX,
    };
    for frequency in ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"] {
        let _ = try_expand(&late, &[&format!("RRULE:FREQ={frequency}")], all);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_gets_an_answer(text in "(RRULE|EXRULE|RDATE|EXDATE)[;:][A-Z0-9=,;:/T\\-\"é]{0,60}") {
        let first = hour("2026-01-01T00:00:00", "Europe/Berlin");
        let _ = expand(&first, &lines(&[&text]), window("2026-01-01", "2027-01-01"), 100);
        let _ = Pattern::read(&lines(&[&text]), &first);
    }
}
