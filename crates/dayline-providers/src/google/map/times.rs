//! Google's times: a date, or an instant with the zone in which it was written.

use chrono::{DateTime, NaiveDateTime, Utc};
use dayline_model::{OriginalStart, When, Zone, ZonedTime};

use super::super::wire::{Event, EventDateTime};
use crate::mapping::{Reason, all_day, timed, zoned};

/// When an event takes place.
pub(super) fn when(event: &Event, calendar_zone: Option<&Zone>) -> Result<When, Reason> {
    let start = event.start.0.as_ref().ok_or("no start")?;
    let end = event.end.0.as_ref().ok_or("no end")?;
    if let Some(start) = start.date.text() {
        let start = start.parse().map_err(|_| "the start cannot be read")?;
        let end = end.date.text().ok_or("no end")?;
        return all_day(start, end.parse().map_err(|_| "the end cannot be read")?);
    }
    let start = time(start, calendar_zone).ok_or("the start cannot be read")?;
    timed(
        start,
        time(end, calendar_zone).ok_or("the end cannot be read")?,
    )
}

/// A moment without length; a whole day if it is a date.
pub(super) fn moment(time: &EventDateTime, calendar_zone: Option<&Zone>) -> Result<When, Reason> {
    match original_start(time, calendar_zone).ok_or("the original start cannot be read")? {
        OriginalStart::Date(date) => all_day(date, date),
        OriginalStart::Instant(instant) => {
            let time = zoned(instant, zone(time, calendar_zone));
            timed(time.clone(), time)
        }
    }
}

/// Where an exception's occurrence stood.
pub(super) fn original_start(
    time: &EventDateTime,
    calendar_zone: Option<&Zone>,
) -> Option<OriginalStart> {
    match time.date.text() {
        Some(date) => date.parse().ok().map(OriginalStart::Date),
        None => instant(time, calendar_zone).map(OriginalStart::Instant),
    }
}

fn time(time: &EventDateTime, calendar_zone: Option<&Zone>) -> Option<ZonedTime> {
    Some(zoned(
        instant(time, calendar_zone)?,
        zone(time, calendar_zone),
    ))
}

/// The zone as written, else the calendar's.
fn zone(time: &EventDateTime, calendar_zone: Option<&Zone>) -> Zone {
    match (time.time_zone.text(), calendar_zone) {
        (Some(name), _) => Zone::parse(&name),
        (None, Some(zone)) => zone.clone(),
        (None, None) => Zone::utc(),
    }
}

fn instant(time: &EventDateTime, calendar_zone: Option<&Zone>) -> Option<DateTime<Utc>> {
    let text = time.date_time.text()?;
    if let Ok(instant) = DateTime::parse_from_rfc3339(&text) {
        return Some(instant.to_utc());
    }
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(zone(time, calendar_zone).to_utc(local))
}
