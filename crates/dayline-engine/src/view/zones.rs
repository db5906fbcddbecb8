//! What clocks do on the shown days, and what those of other zones tell beside them.

use chrono::{DateTime, NaiveDate, NaiveTime, Offset as _, TimeDelta, TimeZone as _, Utc};
use chrono_tz::{OffsetName as _, Tz};
use dayline_model::Zone;

use super::asked::asked_days;
use super::when::minute_of;
use super::{ClockChange, ZoneDay, ZoneLine, day_number, reader_zone, start_of_day};
use crate::{Engine, Error};

/// How many zones stand beside the shown one.
const MOST_ZONES: usize = 3;
/// No zone changes its clock twice within it.
const STEP: TimeDelta = TimeDelta::hours(6);

impl Engine {
    /// What the clocks of other zones tell on the days of a shown one.
    ///
    /// Shape: a line for each of `others`, in their order, with all days.
    ///
    /// # Errors
    /// [`Error::Invalid`] for an unknown zone, more than three others, or more than 400 days.
    pub fn zone_lines(
        &self,
        zone: &str,
        others: &[String],
        from_day: i32,
        days: i32,
    ) -> Result<Vec<ZoneLine>, Error> {
        let shown = reader_zone(zone)?;
        let (first, after) = asked_days(from_day, days)?;
        if others.len() > MOST_ZONES {
            let message = format!("at most {MOST_ZONES} zones stand beside the shown one");
            return Err(Error::Invalid(message));
        }
        let written = Zone::parse(shown.name());
        let noon =
            |day: NaiveDate| written.to_utc(day.and_time(NaiveTime::MIN) + TimeDelta::hours(12));
        let line = |name: &String| {
            let other = reader_zone(name)?;
            let days = first.iter_days().take_while(|day| *day < after).map(noon);
            let day = |noon| ZoneDay {
                ahead_minutes: minutes(offset(other, noon) - offset(shown, noon)),
                short_name: short_name(other, noon),
            };
            Ok(ZoneLine {
                zone: name.clone(),
                days: days.map(day).collect(),
            })
        };
        others.iter().map(line).collect()
    }
}

/// Where the clock of `zone` is changed on the days from `first` to before `after`.
///
/// Shape: in their order. A change at midnight that leaves time out stands at the beginning of the
/// day whose time it takes; one that repeats time at the end of the day that is longer for it.
pub(super) fn clock_changes(zone: Tz, first: NaiveDate, after: NaiveDate) -> Vec<ClockChange> {
    let (mut at, until) = (start_of_day(first, zone) - STEP, start_of_day(after, zone));
    let days = day_number(first)..day_number(after);
    let mut changes = Vec::new();
    while at < until {
        let next = at + STEP;
        if offset(zone, at) != offset(zone, next) {
            changes.push(change_between(zone, at, next));
        }
        at = next;
    }
    changes.retain(|change| days.contains(&change.day));
    changes
}

/// The change of clock between two instants with different offsets.
fn change_between(zone: Tz, before: DateTime<Utc>, after: DateTime<Utc>) -> ClockChange {
    let (mut before, mut after) = (before, after);
    while after - before > TimeDelta::seconds(1) {
        let middle = before + (after - before) / 2;
        if offset(zone, middle) == offset(zone, before) {
            before = middle;
        } else {
            after = middle;
        }
    }
    let shift = offset(zone, after) - offset(zone, before);
    let told = after.naive_utc() + offset(zone, before);
    let (mut day, mut minute) = (day_number(told.date()), minute_of(told));
    if minute == 0 && shift < TimeDelta::zero() {
        (day, minute) = (day - 1, 1440);
    }
    ClockChange {
        day,
        minute,
        shift_minutes: minutes(shift),
        before: short_name(zone, before),
        after: short_name(zone, after),
    }
}

/// The zone's short name at `start`, if that is in an hour that comes twice.
pub(super) fn zone_mark(zone: Tz, start: DateTime<Utc>) -> Option<String> {
    let told = start.with_timezone(&zone).naive_local();
    let times = zone.from_local_datetime(&told);
    matches!(times, chrono::LocalResult::Ambiguous(..)).then(|| short_name(zone, start))
}

fn offset(zone: Tz, at: DateTime<Utc>) -> TimeDelta {
    let offset = zone.offset_from_utc_datetime(&at.naive_utc()).fix();
    TimeDelta::seconds(offset.local_minus_utc().into())
}

fn minutes(time: TimeDelta) -> i32 {
    i32::try_from(time.num_minutes()).unwrap_or_default()
}

/// `CEST`; `UTC+5:45` where the zone database knows no letters.
fn short_name(zone: Tz, at: DateTime<Utc>) -> String {
    let zoned = zone.offset_from_utc_datetime(&at.naive_utc());
    if let Some(name) = zoned
        .abbreviation()
        .filter(|name| name.starts_with(char::is_alphabetic))
    {
        return name.to_owned();
    }
    let east = minutes(offset(zone, at));
    let sign = if east < 0 { '-' } else { '+' };
    match (east.abs() / 60, east.abs() % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, minutes) => format!("UTC{sign}{hours}:{minutes:02}"),
    }
}

#[cfg(test)]
mod tests;
