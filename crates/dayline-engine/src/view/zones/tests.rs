//! Changes of clocks of every kind, and zones beside each other on the weeks around them.

use super::super::date_of;
use super::*;

fn zone(name: &str) -> Tz {
    name.parse().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The changes of a week, each as `day minute shift before after`.
fn changes(name: &str, first: &str, days: i64) -> Vec<String> {
    let first = day(first);
    clock_changes(zone(name), first, first + TimeDelta::days(days))
        .into_iter()
        .map(|change| {
            let ClockChange {
                day,
                minute,
                shift_minutes,
                before,
                after,
            } = change;
            let clock = format!("{:02}:{:02}", minute / 60, minute % 60);
            let day = date_of(day).unwrap();
            format!("{day} {clock} {shift_minutes} {before} {after}")
        })
        .collect()
}

#[test]
fn a_change_of_clock_stands_where_the_clock_told_it() {
    for (name, first, days, expected) in [
        (
            "America/New_York",
            "2026-03-02",
            14,
            vec!["2026-03-08 02:00 60 EST EDT"],
        ),
        (
            "America/New_York",
            "2026-10-26",
            7,
            vec!["2026-11-01 02:00 -60 EDT EST"],
        ),
        ("America/New_York", "2026-11-02", 7, vec![]),
        ("Asia/Kolkata", "2026-01-01", 366, vec![]),
        (
            "Australia/Lord_Howe",
            "2026-04-03",
            7,
            vec!["2026-04-05 02:00 -30 UTC+11 UTC+10:30"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-01",
            7,
            vec!["2026-10-04 02:00 30 UTC+10:30 UTC+11"],
        ),
        // The day that the island left out.
        (
            "Pacific/Apia",
            "2011-12-26",
            7,
            vec!["2011-12-30 00:00 1440 UTC-10 UTC+14"],
        ),
        (
            "Pacific/Apia",
            "2011-12-30",
            1,
            vec!["2011-12-30 00:00 1440 UTC-10 UTC+14"],
        ),
        ("Pacific/Apia", "2011-12-29", 1, vec![]),
        ("Pacific/Apia", "2011-12-31", 1, vec![]),
        // Midnight does not come, and the hour before it comes twice.
        (
            "America/Santiago",
            "2026-09-06",
            1,
            vec!["2026-09-06 00:00 60 UTC-4 UTC-3"],
        ),
        ("America/Santiago", "2026-09-05", 1, vec![]),
        (
            "America/Santiago",
            "2026-04-04",
            1,
            vec!["2026-04-04 24:00 -60 UTC-3 UTC-4"],
        ),
        ("America/Santiago", "2026-04-05", 1, vec![]),
        (
            "Europe/Berlin",
            "2026-01-01",
            365,
            vec![
                "2026-03-29 02:00 60 CET CEST",
                "2026-10-25 03:00 -60 CEST CET",
            ],
        ),
        ("UTC", "2026-01-01", 365, vec![]),
    ] {
        assert_eq!(changes(name, first, days), expected, "{name} {first}");
    }
}

#[test]
fn what_starts_in_an_hour_that_comes_twice_is_marked() {
    for (name, start, mark) in [
        ("Europe/Berlin", "2026-10-24T23:59:59Z", None),
        ("Europe/Berlin", "2026-10-25T00:00:00Z", Some("CEST")),
        ("Europe/Berlin", "2026-10-25T00:59:00Z", Some("CEST")),
        ("Europe/Berlin", "2026-10-25T01:00:00Z", Some("CET")),
        ("Europe/Berlin", "2026-10-25T02:00:00Z", None),
        // The hour that is left out.
        ("Europe/Berlin", "2026-03-29T01:00:00Z", None),
        (
            "Australia/Lord_Howe",
            "2026-04-04T14:45:00Z",
            Some("UTC+11"),
        ),
        (
            "Australia/Lord_Howe",
            "2026-04-04T15:15:00Z",
            Some("UTC+10:30"),
        ),
        ("Australia/Lord_Howe", "2026-04-04T15:30:00Z", None),
        ("America/Santiago", "2026-04-05T03:30:00Z", Some("UTC-4")),
        ("Pacific/Apia", "2011-12-30T10:00:00Z", None),
        ("Asia/Kolkata", "2026-10-25T01:00:00Z", None),
    ] {
        let told = zone_mark(zone(name), start.parse().unwrap());
        assert_eq!(told.as_deref(), mark, "{name} {start}");
    }
}

#[test]
fn a_zone_without_letters_is_known_by_its_offset() {
    for (name, expected) in [
        ("UTC", "UTC"),
        ("Asia/Kolkata", "IST"),
        ("Asia/Kathmandu", "UTC+5:45"),
        ("America/Sao_Paulo", "UTC-3"),
        ("Atlantic/Azores", "UTC-1"),
        ("Africa/Abidjan", "GMT"),
    ] {
        let at = "2026-01-15T12:00:00Z".parse().unwrap();
        assert_eq!(short_name(zone(name), at), expected, "{name}");
    }
}
