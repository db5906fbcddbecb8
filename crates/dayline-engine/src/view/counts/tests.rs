//! How full days are, against counting minute by minute.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::*;

fn asked(zone: &str, first: &str, days: i64) -> Asked {
    let first: NaiveDate = first.parse().unwrap();
    Asked {
        first,
        after: first + TimeDelta::days(days),
        zone: zone.parse().unwrap(),
        filter: dayline_model::filter::Expr::default(),
    }
}

fn at(text: &str) -> DateTime<Utc> {
    format!("{text}:00Z").parse().unwrap()
}

#[test]
fn a_day_has_the_minutes_that_pass_in_it() {
    let year = [(at("2010-01-01T00:00"), at("2030-01-01T00:00"))];
    for (zone, first, expected) in [
        ("America/New_York", "2026-03-07", [1440, 1380, 1440]),
        ("America/New_York", "2026-10-31", [1440, 1500, 1440]),
        ("Asia/Kolkata", "2026-03-28", [1440, 1440, 1440]),
        ("Australia/Lord_Howe", "2026-04-04", [1440, 1470, 1440]),
        ("Australia/Lord_Howe", "2026-10-03", [1440, 1410, 1440]),
        ("Pacific/Apia", "2011-12-29", [1440, 0, 1440]),
        ("America/Santiago", "2026-04-03", [1440, 1500, 1440]),
        ("America/Santiago", "2026-09-05", [1440, 1380, 1440]),
    ] {
        let minutes = minutes_of_days(&asked(zone, first, 3), year.to_vec());
        assert_eq!(minutes, expected, "{zone} {first}");
    }
}

#[test]
fn nothing_takes_no_minute() {
    assert_eq!(
        minutes_of_days(&asked("UTC", "2026-11-20", 2), vec![]),
        [0, 0]
    );
}

proptest! {
    #[test]
    fn minutes_are_those_that_lie_in_a_span(
        drawn in proptest::collection::vec((-30..100_i64, 1..60_i64), 0..12),
    ) {
        // Hours around the day on which Berlin's clock goes back.
        let hour = |hours: i64| at("2026-10-24T00:00") + TimeDelta::hours(hours);
        let spans: Vec<Span> = drawn
            .iter()
            .map(|(start, length)| (hour(*start), hour(start + length)))
            .collect();
        let asked = asked("Europe/Berlin", "2026-10-24", 3);
        let mut naive = vec![0; 3];
        for number in 0..100 {
            let start = hour(-2 + number);
            let day = start.with_timezone(&asked.zone).date_naive() - asked.first;
            let is_taken = spans.iter().any(|span| span.0 <= start && start < span.1);
            if let Some(minutes) = usize::try_from(day.num_days()).ok().and_then(|day| naive.get_mut(day)) {
                *minutes += i32::from(is_taken) * 60;
            }
        }
        prop_assert_eq!(minutes_of_days(&asked, spans), naive);
    }

    #[test]
    fn days_that_are_touched_are_counted_each(
        drawn in proptest::collection::vec((-5..12_i32, 1..9_i32), 0..12),
    ) {
        let asked = asked("UTC", "1970-01-01", 7);
        let whens = drawn.iter().map(|(day, days)| WhenView {
            day: *day,
            days: *days,
            start_minute: 0,
            end_minute: 1,
            all_day: false,
        });
        let naive: Vec<i32> = (0..7)
            .map(|day| {
                let touches = |(first, days): &&(i32, i32)| (*first..first + days).contains(&day);
                count(drawn.iter().filter(touches).count())
            })
            .collect();
        prop_assert_eq!(touching_days(&asked, whens), naive);
    }
}
