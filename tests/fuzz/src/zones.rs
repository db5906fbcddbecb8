//! Zones by any name: something always comes out, and the name is kept.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use dayline_model::{Zone, ZonedTime};

use crate::text;

/// No offset is above this.
const FURTHEST: TimeDelta = TimeDelta::hours(16);

/// Around clock changes, in years without rules, and at both ends of what a date can be.
const WALL_TIMES: [&str; 8] = [
    "1800-01-01T00:00:00",
    "1970-01-01T00:00:00",
    "2026-03-29T02:30:00",
    "2026-10-25T02:30:00",
    "2026-11-01T01:30:00",
    "2011-12-30T12:00:00",
    "9999-12-31T23:59:59",
    "0001-01-01T00:00:00",
];

/// Every line is a name.
pub(crate) fn check(input: &[u8]) {
    for name in text(input).split('\n').take(20) {
        check_name(name);
    }
}

fn check_name(name: &str) {
    let zone = Zone::parse(name);
    assert_eq!(zone.name(), name, "the name stays as written");
    assert_eq!(zone.is_known(), zone.tz().is_some());
    assert_eq!(Zone::parse(name), zone, "a name means one thing");
    let kept = serde_json::to_string(&zone).unwrap();
    let kept: Zone = serde_json::from_str(&kept).unwrap();
    assert_eq!(kept, zone, "a kept zone is the same zone");
    let spaced = Zone::parse(&format!(" {name}\t"));
    assert_eq!(spaced.tz(), zone.tz(), "white space around it says nothing");
    if let Some(tz) = zone.tz() {
        assert_eq!(
            Zone::parse(tz.name()).tz(),
            Some(tz),
            "its meaning has a name"
        );
    }
    let times = WALL_TIMES.iter().map(|time| time.parse().unwrap());
    for local in times.chain([NaiveDateTime::MIN, NaiveDateTime::MAX]) {
        check_time(&zone, local);
    }
    for instant in [DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC] {
        // At the ends of time there is only UTC, but there is an answer.
        assert_eq!(zone.local(instant), instant.naive_utc());
    }
}

fn check_time(zone: &Zone, local: NaiveDateTime) {
    let instant = zone.to_utc(local);
    let distance = instant.naive_utc().signed_duration_since(local).abs();
    assert!(distance <= FURTHEST, "no zone is further from UTC");
    if !zone.is_known() {
        assert_eq!(instant, local.and_utc(), "an unknown zone counts as UTC");
    }
    let shown = ZonedTime::at(instant, zone.clone());
    // In a gap the wall time is moved, once.
    assert_eq!(shown.utc(), instant, "an instant of a wall time stays");
}
