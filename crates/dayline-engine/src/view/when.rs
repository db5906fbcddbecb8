//! When something is, on the clocks of a reader's zone.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Timelike, Utc};
use chrono_tz::Tz;
use serde::Serialize;

use super::day_number;

/// When something is, in the asked zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct WhenView {
    /// First day, counted since 1970-01-01.
    pub day: i32,
    /// How many days it touches, at least 1.
    pub days: i32,
    /// Minutes since midnight of `day`; 0 for whole days.
    pub start_minute: i32,
    /// Minutes since midnight of the last day, 1 to 1440 (0 only if start and end coincide at
    /// midnight); 1440 for whole days.
    pub end_minute: i32,
    /// Whole days.
    pub all_day: bool,
}

impl WhenView {
    /// Places `[start, end)` in `zone`.
    ///
    /// Units: of whole days the instants are dates as if in UTC, which no zone moves.
    pub(super) fn of(
        (start, end): (DateTime<Utc>, DateTime<Utc>),
        all_day: bool,
        zone: Tz,
    ) -> Self {
        if all_day {
            let first = day_number(start.date_naive());
            let after = day_number(end.date_naive());
            return Self {
                day: first,
                days: (after - first).max(1),
                start_minute: 0,
                end_minute: 1440,
                all_day,
            };
        }
        let before_end = (end - TimeDelta::seconds(1)).with_timezone(&zone);
        let start = start.with_timezone(&zone).naive_local();
        let end = end.with_timezone(&zone).naive_local().max(start);
        let day = day_number(start.date());
        let mut last = day_number(end.date());
        let mut end_minute = minute_of(end);
        // An end at midnight belongs to the day before it, which over the date line is not
        // yesterday's date.
        if end_minute == 0 && last > day {
            last = day_number(before_end.date_naive()).max(day);
            end_minute = 1440;
        }
        Self {
            day,
            days: last - day + 1,
            start_minute: minute_of(start),
            end_minute,
            all_day,
        }
    }
}

pub(super) fn minute_of(time: NaiveDateTime) -> i32 {
    i32::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_at_midnight_and_an_hour_that_comes_twice_keep_their_day() {
        let zone = chrono_tz::Europe::Berlin;
        for (start, end, all_day, expected) in [
            // 2026-11-23 is day 20,780.
            (
                "2026-11-23T08:00",
                "2026-11-23T09:30",
                false,
                (20_780, 1, 540, 630),
            ),
            (
                "2026-11-23T22:00",
                "2026-11-23T23:00",
                false,
                (20_780, 1, 1380, 1440),
            ),
            (
                "2026-11-23T22:00",
                "2026-11-24T00:00",
                false,
                (20_780, 2, 1380, 60),
            ),
            (
                "2026-11-22T23:00",
                "2026-11-22T23:00",
                false,
                (20_780, 1, 0, 0),
            ),
            // The clock goes back at 03:00: the end is told as before the start.
            (
                "2026-10-25T00:50",
                "2026-10-25T01:10",
                false,
                (20_751, 1, 170, 170),
            ),
            (
                "2026-11-23T00:00",
                "2026-11-25T00:00",
                true,
                (20_780, 2, 0, 1440),
            ),
            (
                "2026-11-23T00:00",
                "2026-11-23T00:00",
                true,
                (20_780, 1, 0, 1440),
            ),
        ] {
            let instant = |text: &str| format!("{text}:00Z").parse::<DateTime<Utc>>().unwrap();
            let when = WhenView::of((instant(start), instant(end)), all_day, zone);
            let told = (when.day, when.days, when.start_minute, when.end_minute);
            assert_eq!(told, expected, "{start} {end}");
            assert_eq!(when.all_day, all_day);
        }
    }

    #[test]
    fn an_end_at_the_date_line_belongs_to_the_last_day_that_there_was() {
        // Apia had no 30 December 2011; the 29th is day 15,337.
        for (end, expected) in [
            ("2011-12-30T10:00:00Z", (15_337, 1, 1410, 1440)),
            ("2011-12-30T10:15:00Z", (15_337, 3, 1410, 15)),
        ] {
            let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
            let when = WhenView::of(
                (instant("2011-12-30T09:30:00Z"), instant(end)),
                false,
                chrono_tz::Pacific::Apia,
            );
            let told = (when.day, when.days, when.start_minute, when.end_minute);
            assert_eq!(told, expected, "{end}");
        }
    }
}
