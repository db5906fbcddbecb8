use chrono::NaiveDateTime;
use serde_json::{Map, json};

use super::*;
use crate::shape::Shape;
use crate::testing::utc;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn whole_days_end_after_they_start() {
    for (start, end, expected, is_kept) in [
        ("2026-03-10", Some("2026-03-12"), "2026-03-12", false),
        ("2026-03-10", Some("2026-03-11"), "2026-03-11", false),
        ("2026-03-10", Some("2026-03-10"), "2026-03-11", true),
        ("2026-03-10", Some("2026-03-09"), "2026-03-11", true),
        ("2026-03-10", None, "2026-03-11", true),
    ] {
        let mut notes = Notes::default();
        let day = all_day(date(start), end.map(date), &mut notes);
        let (start, end) = (date(start), date(expected));
        assert_eq!(day, Ok(When::AllDay { start, end }));
        assert_eq!(keeps_end(&notes), is_kept, "{start} {end:?}");
    }
    assert!(all_day(NaiveDate::MAX, None, &mut Notes::default()).is_err());
}

/// Whether the end of an item stays in its `raw`.
fn keeps_end(notes: &Notes) -> bool {
    let item = json!({"end": "x"});
    notes
        .leftovers(item.as_object().unwrap(), &[("end", Shape::Text)])
        .is_some()
}

#[test]
fn an_event_without_a_sensible_end_is_shown_at_its_start() {
    let at = |text: &str| zoned(utc(text), Zone::parse("Europe/Berlin"));
    let start = at("2026-07-01T09:00:00Z");
    for (end, expected, is_kept) in [
        (
            Some(at("2086-07-01T09:00:00Z")),
            at("2086-07-01T09:00:00Z"),
            false,
        ),
        (Some(start.clone()), start.clone(), false),
        (Some(at("2026-07-01T08:59:59Z")), start.clone(), true),
        (None, start.clone(), true),
    ] {
        let mut notes = Notes::default();
        let when = timed(start.clone(), end, &mut notes);
        let start = start.clone();
        assert_eq!(
            when,
            When::Timed {
                start,
                end: expected
            }
        );
        assert_eq!(keeps_end(&notes), is_kept);
    }
}

#[test]
fn a_series_keeps_its_zone_where_its_first_hour_comes_twice() {
    let berlin = || Zone::parse("Europe/Berlin");
    let (start, end) = (utc("2026-10-25T01:30:00Z"), utc("2026-10-25T02:30:00Z"));
    let When::Timed {
        start: first,
        end: last,
    } = recurring(start, end, [berlin(), berlin()])
    else {
        panic!("not timed")
    };
    assert_eq!(first.zone, berlin());
    assert_eq!(first.local.to_string(), "2026-10-25 02:30:00");
    assert_eq!(last.utc() - first.utc(), end - start);
}

#[test]
fn an_instant_survives_every_zone() {
    for zone in [
        "Europe/Berlin",
        "Pacific Standard Time",
        "UTC",
        "Customized Time Zone",
        "",
    ] {
        for instant in [
            "2026-07-01T09:00:00Z",
            "2026-10-25T00:30:00Z",
            "2026-10-25T01:30:00Z",
        ] {
            let time = zoned(utc(instant), Zone::parse(zone));
            assert_eq!(time.utc(), utc(instant), "{zone} {instant}");
        }
    }
}

#[test]
fn the_second_of_two_equal_wall_times_is_kept_in_utc() {
    let time = zoned(utc("2026-10-25T01:30:00Z"), Zone::parse("Europe/Berlin"));
    assert_eq!(time.zone, Zone::utc());
    let first = zoned(utc("2026-10-25T00:30:00Z"), Zone::parse("Europe/Berlin"));
    assert_eq!(first.zone.name(), "Europe/Berlin");
    let local: NaiveDateTime = "2026-10-25T02:30:00".parse().unwrap();
    assert_eq!(first.local, local);
}

#[test]
fn the_text_of_an_unreadable_event_is_cut_between_characters() {
    let value = json!({"id": "x", "subject": "\u{20ac}".repeat(LONGEST_RAW)});
    let Change::Unreadable { id, raw, reason } = or_set_aside(&value, |_| Err("why")) else {
        panic!("it was read")
    };
    assert_eq!(id, Some(ProviderEventId::from("x")));
    assert!(raw.len() <= LONGEST_RAW && raw.len() > LONGEST_RAW - 4);
    assert_eq!(reason, "why");
}

#[test]
fn a_line_has_no_breaks() {
    assert_eq!(one_line(" a\r\n b\tc "), Some("a b c".to_owned()));
    assert_eq!(one_line(" \n"), None);
}

#[test]
fn a_line_has_a_longest_length_in_characters() {
    let most = LONGEST_LINE;
    for (text, expected, is_cut) in [
        ("é".repeat(most), "é".repeat(most), false),
        (
            "é".repeat(most + 1),
            format!("{}…", "é".repeat(most - 1)),
            true,
        ),
        (
            "é".repeat(10_000_000),
            format!("{}…", "é".repeat(most - 1)),
            true,
        ),
        (
            format!("{} b", "é".repeat(most - 2)),
            format!("{} b", "é".repeat(most - 2)),
            false,
        ),
        (
            format!("{}  bc", "é".repeat(most - 2)),
            format!("{}…", "é".repeat(most - 2)),
            true,
        ),
        (
            format!("{}  b", "é".repeat(most - 1)),
            format!("{}…", "é".repeat(most - 1)),
            true,
        ),
    ] {
        let (line, was_cut) = line(&text);
        let line = line.unwrap();
        assert!(line.chars().count() <= most);
        assert_eq!((line, was_cut), (expected, is_cut));
    }
}

#[test]
fn texts_links_and_lists_have_bounds() {
    let mut notes = Notes::default();
    let body = notes.body("body", "€".repeat(LONGEST_BODY / 2)).unwrap();
    assert!(body.len() <= LONGEST_BODY && body.len() > LONGEST_BODY - 3);
    assert_eq!(notes.body("other", " \n".to_owned()), None);
    assert_eq!(notes.mark("link", Some("x".repeat(LONGEST_LINK + 1))), None);
    assert_eq!(
        notes.mark("short", Some("x".to_owned())),
        Some("x".to_owned())
    );
    assert_eq!(notes.first("list", vec![1, 2, 3], 2), [1, 2]);
    assert_eq!(notes.first("whole", vec![1, 2], 2), [1, 2]);
    let left = notes.leftovers(&Map::new(), &[]).unwrap();
    assert_eq!(left, r#"{"cut":["body","link","list"]}"#);
}

#[test]
fn an_id_has_a_bound_and_is_not_trimmed() {
    assert_eq!(id(" a "), Some(ProviderEventId::from(" a ")));
    assert_eq!(id(""), None);
    assert_eq!(id(&"a".repeat(LONGEST_ID + 1)), None);
}
