//! Weeks on which clocks are changed, and other zones beside the shown one.

use chrono::NaiveDate;
use dayline_engine::view::RangeQuery;

use crate::support::edits::{times, title, together};
use crate::support::{GOOGLE, World, sync, synced_well};

fn day_number(date: &str) -> i32 {
    let date: NaiveDate = date.parse().unwrap();
    i32::try_from((date - NaiveDate::default()).num_days()).unwrap()
}

#[tokio::test(start_paused = true)]
async fn an_hour_that_comes_twice_is_told_with_its_name() {
    let world = World::empty();
    let google = world.primary(GOOGLE);
    for (name, start) in [
        // The simulator reads wall times of Berlin; these are 05:30 and 06:30 in UTC.
        ("First", "2026-11-01T06:30:00"),
        ("Second", "2026-11-01T07:30:00"),
    ] {
        let start = start.parse().unwrap();
        let body = together([title(GOOGLE, name), times(GOOGLE, start, 30)]);
        world.create(GOOGLE, &google, &body);
    }
    let engine = world.signed_in().await;
    synced_well(&sync(&engine).await);
    for (zone, changes, expected) in [
        (
            "America/New_York",
            1,
            vec![("First", 90, Some("EDT")), ("Second", 90, Some("EST"))],
        ),
        (
            "Asia/Kolkata",
            0,
            vec![("First", 11 * 60, None), ("Second", 12 * 60, None)],
        ),
    ] {
        let view = engine
            .range(&RangeQuery {
                from_day: day_number("2026-10-26"),
                days: 7,
                zone: zone.to_owned(),
                filter: String::new(),
                merge_copies: false,
            })
            .unwrap();
        let told: Vec<(&str, i32, Option<&str>)> = view
            .occurrences
            .iter()
            .map(|one| {
                (
                    one.title.as_str(),
                    one.start_minute,
                    one.zone_mark.as_deref(),
                )
            })
            .collect();
        assert_eq!(told, expected, "{zone}");
        assert_eq!(view.clock_changes.len(), changes, "{zone}");
    }
}

#[tokio::test(start_paused = true)]
async fn other_zones_are_told_by_how_far_they_are_ahead_at_noon() {
    let world = World::empty();
    let engine = world.open();
    let lines = |zone: &str, other: &str, first: &str| -> Vec<(i32, String)> {
        let others = [other.to_owned()];
        let lines = engine.zone_lines(zone, &others, day_number(first), 3);
        let mut lines = lines.unwrap();
        assert_eq!(lines.len(), 1);
        let line = lines.remove(0);
        assert_eq!(line.zone, other);
        let day = |day: dayline_engine::view::ZoneDay| (day.ahead_minutes, day.short_name);
        line.days.into_iter().map(day).collect()
    };
    for (zone, other, first, expected) in [
        (
            "America/New_York",
            "Asia/Kolkata",
            "2026-03-07",
            [(630, "IST"), (570, "IST"), (570, "IST")],
        ),
        (
            "Asia/Kolkata",
            "America/New_York",
            "2026-10-31",
            // Noon in Kolkata comes half an hour after the change.
            [(-570, "EDT"), (-630, "EST"), (-630, "EST")],
        ),
        (
            "Asia/Kolkata",
            "Australia/Lord_Howe",
            "2026-04-04",
            [(330, "UTC+11"), (300, "UTC+10:30"), (300, "UTC+10:30")],
        ),
        (
            "Pacific/Apia",
            "UTC",
            "2011-12-29",
            [(600, "UTC"), (-840, "UTC"), (-840, "UTC")],
        ),
    ] {
        let expected = expected.map(|(ahead, name)| (ahead, name.to_owned()));
        assert_eq!(lines(zone, other, first), expected, "{other} beside {zone}");
    }
    let many = vec!["UTC".to_owned(); 4];
    assert!(engine.zone_lines("UTC", &many, 0, 1).is_err());
    assert!(engine.zone_lines("UTC", &many[..3], 0, 400).is_ok());
    assert!(engine.zone_lines("UTC", &many[..1], 0, 401).is_err());
    assert!(
        engine
            .zone_lines("UTC", &["Mars".to_owned()], 0, 1)
            .is_err()
    );
    assert_eq!(engine.zone_lines("UTC", &[], 0, 1).unwrap(), []);
}

#[tokio::test(start_paused = true)]
async fn days_that_nobody_had_can_be_asked_for() {
    let world = World::empty();
    let engine = world.open();
    let view = engine
        .range(&RangeQuery {
            from_day: day_number("2011-12-28"),
            days: 5,
            zone: "Pacific/Apia".to_owned(),
            filter: String::new(),
            merge_copies: true,
        })
        .unwrap();
    let change = view.clock_changes.first().unwrap();
    let told = (change.day, change.minute, change.shift_minutes);
    assert_eq!(told, (day_number("2011-12-30"), 0, 1440));
}
