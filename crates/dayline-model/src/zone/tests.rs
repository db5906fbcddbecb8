use chrono::{NaiveDateTime, TimeDelta};
use proptest::prelude::*;

use super::windows::{DISPLAY, WINDOWS};
use super::*;

fn wall(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

#[track_caller]
fn means(name: &str, iana: Option<&str>) {
    let zone = Zone::parse(name);
    assert_eq!(zone.tz().map(chrono_tz::Tz::name), iana, "{name}");
    assert_eq!(zone.name(), name);
    assert_eq!(zone.is_known(), iana.is_some());
}

#[track_caller]
fn instant(zone: &str, local: &str, utc: &str) {
    assert_eq!(
        Zone::parse(zone).to_utc(wall(local)).naive_utc(),
        wall(utc),
        "{local} in {zone}"
    );
}

#[test]
fn a_zone_is_known_by_any_name_that_providers_use() {
    means("Europe/Berlin", Some("Europe/Berlin"));
    means("europe/berlin", Some("Europe/Berlin"));
    means(
        "/freeassociation.sourceforge.net/Europe/Berlin",
        Some("Europe/Berlin"),
    );
    means(
        "/citadel.org/20210210_1/America/Argentina/Salta",
        Some("America/Argentina/Salta"),
    );
    means("W. Europe Standard Time", Some("Europe/Berlin"));
    means("w. europe standard time", Some("Europe/Berlin"));
    means("Pacific Standard Time", Some("America/Los_Angeles"));
    means("Yukon Standard Time", Some("America/Whitehorse"));
    means("AUS Central Standard Time", Some("Australia/Darwin"));
    means("GMT Standard Time", Some("Europe/London"));
}

#[test]
fn utc_is_never_a_place() {
    for name in [
        "UTC",
        "utc",
        "Z",
        "tzone://Microsoft/Utc",
        "Etc/UTC",
        "+00:00",
        "(UTC) Coordinated Universal Time",
    ] {
        means(name, Some("UTC"));
    }
}

#[test]
fn custom_and_empty_names_are_unknown_and_kept() {
    for name in [
        "",
        " ",
        "tzone://Microsoft/Custom",
        "Customized Time Zone",
        "Mars/Olympus",
        "UTC+99",
        "+2:99",
        "(UTC+xx) Berlin",
    ] {
        means(name, None);
    }
    means(&"x".repeat(10_000), None);
}

#[test]
fn offsets_become_fixed_zones() {
    means("+02:00", Some("Etc/GMT-2"));
    means("UTC+2", Some("Etc/GMT-2"));
    means("UTC-08", Some("Etc/GMT+8"));
    means("GMT-0500", Some("Etc/GMT+5"));
    means("\u{2212}05:00", Some("Etc/GMT+5"));
    means("+05:30", Some("Asia/Kolkata"));
    means("+05:37", None);
}

#[test]
fn display_names_are_read_by_their_places() {
    means(
        "(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna",
        Some("Europe/Amsterdam"),
    );
    means(
        "(UTC-08:00) Pacific Time (US & Canada)",
        Some("America/Los_Angeles"),
    );
    means(
        "(UTC+05:30) Chennai, Kolkata, Mumbai, New Delhi",
        Some("Asia/Kolkata"),
    );
    means(
        "(UTC+10:00) Canberra, Melbourne, Sydney",
        Some("Australia/Sydney"),
    );
    means(
        "(GMT) Greenwich Mean Time : Dublin, Edinburgh, Lisbon, London",
        Some("Europe/Dublin"),
    );
    means("(UTC+03:00) Nowhere at all", Some("Etc/GMT-3"));
    // A name that contradicts itself: the offset is what somebody computed with.
    means("(UTC+09:00) Berlin", Some("Etc/GMT-9"));
}

#[test]
fn the_windows_table_is_sorted_and_every_row_has_a_meaning() {
    assert!(WINDOWS.is_sorted_by(|a, b| a.0.to_ascii_lowercase() < b.0.to_ascii_lowercase()));
    for (windows, iana) in WINDOWS {
        means(windows, Some(iana));
    }
    for (_, iana) in DISPLAY {
        assert!(iana.parse::<Tz>().is_ok(), "{iana}");
    }
    assert!(WINDOWS.len() >= 139, "{}", WINDOWS.len());
}

#[test]
fn a_gap_moves_the_time_on_by_its_length() {
    instant(
        "Europe/Berlin",
        "2026-03-29T02:30:00",
        "2026-03-29T01:30:00",
    );
    instant(
        "Europe/Berlin",
        "2026-03-29T03:00:00",
        "2026-03-29T01:00:00",
    );
    instant(
        "America/New_York",
        "2026-03-08T02:00:00",
        "2026-03-08T07:00:00",
    );
    // Half an hour.
    instant(
        "Australia/Lord_Howe",
        "2026-10-04T02:15:00",
        "2026-10-03T15:45:00",
    );
    // A whole day.
    instant("Pacific/Apia", "2011-12-30T09:00:00", "2011-12-30T19:00:00");
    assert_eq!(
        Zone::parse("Pacific/Apia").local(wall("2011-12-30T19:00:00").and_utc()),
        wall("2011-12-31T09:00:00")
    );
    // At midnight.
    instant(
        "America/Sao_Paulo",
        "2018-11-04T00:30:00",
        "2018-11-04T03:30:00",
    );
}

#[test]
fn a_fold_takes_the_first() {
    instant(
        "Europe/Berlin",
        "2026-10-25T02:30:00",
        "2026-10-25T00:30:00",
    );
    instant(
        "Australia/Lord_Howe",
        "2026-04-05T01:45:00",
        "2026-04-04T14:45:00",
    );
}

#[test]
fn the_ends_of_time_do_not_overflow() {
    let zone = Zone::parse("Pacific/Kiritimati");
    for time in [
        NaiveDateTime::MIN,
        NaiveDateTime::MAX,
        wall("0001-01-01T00:00:00"),
        wall("9999-12-31T23:59:59"),
    ] {
        let _ = zone.to_utc(time);
        let _ = zone.local(time.and_utc());
    }
    assert_eq!(
        zone.to_utc(NaiveDateTime::MAX).naive_utc(),
        NaiveDateTime::MAX
    );
}

#[test]
fn a_zone_is_stored_as_its_name() {
    let zone = Zone::parse("W. Europe Standard Time");
    let json = serde_json::to_string(&zone).unwrap();
    assert_eq!(json, r#""W. Europe Standard Time""#);
    assert_eq!(serde_json::from_str::<Zone>(&json).unwrap(), zone);
}

proptest! {
    #[test]
    fn an_instant_comes_back_or_is_the_first_of_a_fold(index in 0..chrono_tz::TZ_VARIANTS.len(), seconds in 0_i64..4_000_000_000) {
        let zone = Zone::parse(chrono_tz::TZ_VARIANTS[index].name());
        let instant = DateTime::from_timestamp(seconds, 0).unwrap();
        let back = zone.to_utc(zone.local(instant));
        prop_assert!(back <= instant);
        prop_assert!(instant - back <= TimeDelta::hours(25));
        prop_assert_eq!(zone.local(back), zone.local(instant));
    }

    #[test]
    fn any_name_is_kept(name in ".*") {
        let zone = Zone::parse(&name);
        prop_assert_eq!(zone.name(), name.as_str());
    }
}
