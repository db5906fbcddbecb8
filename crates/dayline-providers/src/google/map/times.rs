//! Google's times: a date, or an instant with the zone in which it was written.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use dayline_model::{OriginalStart, When, Zone, ZonedTime};

use super::super::wire::{Event, EventDateTime};
use crate::mapping::{self, Reason, all_day, timed, zoned};
use crate::shape::Notes;

/// When an event takes place.
pub(super) fn when(
    event: &Event,
    calendar_zone: Option<&Zone>,
    notes: &mut Notes,
) -> Result<When, Reason> {
    let start = event.start.0.as_ref().ok_or("no start")?;
    let end = event.end.0.as_ref();
    if let Some(start) = date(start) {
        return all_day(start, end.and_then(date), notes);
    }
    let start = time(start, calendar_zone).ok_or("the start cannot be read")?;
    let end = end.and_then(|end| time(end, calendar_zone));
    Ok(timed(start, end, notes))
}

/// The times of a master, in the zone in which it recurs.
pub(super) fn recurring(
    start: &ZonedTime,
    end: &ZonedTime,
    event: &Event,
    calendar_zone: Option<&Zone>,
) -> When {
    let zone_of = |written: &Option<EventDateTime>, time: &ZonedTime| {
        written
            .as_ref()
            .map_or_else(|| time.zone.clone(), |time| zone(time, calendar_zone))
    };
    let zones = [zone_of(&event.start.0, start), zone_of(&event.end.0, end)];
    mapping::recurring(start.utc(), end.utc(), zones)
}

/// A moment without length; a whole day if it is a date.
pub(super) fn moment(time: &EventDateTime, calendar_zone: Option<&Zone>) -> Result<When, Reason> {
    match position(time, calendar_zone).ok_or("the original start cannot be read")? {
        // What becomes of a missing end is of no interest here.
        OriginalStart::Date(date) => all_day(date, None, &mut Notes::default()),
        OriginalStart::Instant(instant) => {
            let time = zoned(instant, zone(time, calendar_zone));
            Ok(When::Timed {
                end: time.clone(),
                start: time,
            })
        }
    }
}

/// Where an exception's occurrence stood. A zone that is not the one of its start stays in `raw`.
pub(super) fn original_start(
    time: &EventDateTime,
    calendar_zone: Option<&Zone>,
    when: &When,
    notes: &mut Notes,
) -> Option<OriginalStart> {
    let original = position(time, calendar_zone);
    let is_told = match (&original, when) {
        (Some(OriginalStart::Date(_)), _) => has_only_a_date(time),
        (Some(OriginalStart::Instant(_)), When::Timed { start, .. }) => {
            is_told_by(time, Some(start))
        }
        (Some(OriginalStart::Instant(_)), When::AllDay { .. }) => is_told_by(time, None),
        (None, _) => false,
    };
    if !is_told {
        notes.keep("originalStartTime");
    }
    original
}

/// Zones and second readings that the times do not carry.
pub(super) fn keep_what_the_model_lacks(event: &Event, when: &When, notes: &mut Notes) {
    let is_told = |time: &Option<EventDateTime>, told: Option<&ZonedTime>| {
        time.as_ref().is_none_or(|time| match told {
            Some(told) => is_told_by(time, Some(told)),
            None => has_only_a_date(time),
        })
    };
    let (start, end) = match when {
        When::Timed { start, end } => (Some(start), Some(end)),
        When::AllDay { .. } => (None, None),
    };
    if !is_told(&event.start.0, start) {
        notes.keep("start");
    }
    if !is_told(&event.end.0, end) {
        notes.keep("end");
    }
}

/// Whether all that `time` says beside its instant is the zone of `told`.
fn is_told_by(time: &EventDateTime, told: Option<&ZonedTime>) -> bool {
    let zone = time.time_zone.text();
    time.date.text().is_none()
        && zone.is_none_or(|zone| told.is_some_and(|told| told.zone.name() == zone))
}

fn has_only_a_date(time: &EventDateTime) -> bool {
    time.date_time.text().is_none() && time.time_zone.text().is_none()
}

fn position(time: &EventDateTime, calendar_zone: Option<&Zone>) -> Option<OriginalStart> {
    date(time)
        .map(OriginalStart::Date)
        .or_else(|| instant(time, calendar_zone).map(OriginalStart::Instant))
}

fn date(time: &EventDateTime) -> Option<NaiveDate> {
    time.date.as_str().trim().parse().ok()
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
    let text = time.date_time.as_str().trim();
    if let Ok(instant) = DateTime::parse_from_rfc3339(text) {
        return Some(instant.to_utc());
    }
    let local = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    Some(zone(time, calendar_zone).to_utc(local))
}
