use chrono::NaiveDateTime;
use serde_json::json;

use super::*;
use crate::testing::utc;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn whole_days_end_after_they_start() {
    let day = |start, end| all_day(date(start), date(end));
    assert_eq!(
        day("2026-03-10", "2026-03-12"),
        Ok(When::AllDay {
            start: date("2026-03-10"),
            end: date("2026-03-12")
        })
    );
    assert_eq!(
        day("2026-03-10", "2026-03-10"),
        Ok(When::AllDay {
            start: date("2026-03-10"),
            end: date("2026-03-11")
        })
    );
    assert!(day("2026-03-10", "2026-03-09").is_err());
    assert!(all_day(NaiveDate::MAX, NaiveDate::MAX).is_err());
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
fn leftovers_are_what_nobody_understood() {
    let rest = |value: Value| value.as_object().unwrap().clone();
    let kept = leftovers(
        rest(json!({"a": null, "kind": "x", "new": {"b": 1}})),
        &["kind"],
    );
    assert_eq!(kept.as_deref(), Some(r#"{"new":{"b":1}}"#));
    assert_eq!(
        leftovers(rest(json!({"a": null, "kind": "x"})), &["kind"]),
        None
    );
}

#[test]
fn a_line_has_no_breaks() {
    assert_eq!(one_line(" a\r\n b\tc "), Some("a b c".to_owned()));
    assert_eq!(one_line(" \n"), None);
}
