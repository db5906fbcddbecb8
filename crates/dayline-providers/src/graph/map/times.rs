//! Graph's times. They come in UTC, as asked for, with the zone in which they were written.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use dayline_model::{OriginalStart, When, Zone, ZonedTime};

use super::super::{recurrence, wire};
use crate::lenient::Maybe;
use crate::mapping::{Reason, all_day, timed, zoned};

/// When an item takes place.
pub(super) fn when(event: &wire::Event) -> Result<When, Reason> {
    let start = event.start.0.as_ref().ok_or("no start")?;
    let end = event.end.0.as_ref().ok_or("no end")?;
    if event.is_all_day.is_true() {
        let start = date(start).ok_or("the start cannot be read")?;
        return all_day(start, date(end).ok_or("the end cannot be read")?);
    }
    let start_zone = zone(&event.original_start_time_zone, start);
    let end_zone = match event.original_end_time_zone.text() {
        Some(name) => Zone::parse(&name),
        None => start_zone.clone(),
    };
    let start = instant(start).ok_or("the start cannot be read")?;
    let end = instant(end).ok_or("the end cannot be read")?;
    timed(zoned(start, start_zone), zoned(end, end_zone))
}

/// The times of a master, in the zone in which it recurs.
pub(super) fn recurring(
    start: &ZonedTime,
    end: &ZonedTime,
    recurrence: &wire::PatternedRecurrence,
) -> When {
    let zone = |time: &ZonedTime| recurrence::zone(time.zone.clone(), recurrence);
    When::Timed {
        start: zoned(start.utc(), zone(start)),
        end: zoned(end.utc(), zone(end)),
    }
}

/// Where an exception's occurrence stood. Graph gives an instant even for whole days.
pub(super) fn original_start(event: &wire::Event, when: &When) -> Option<OriginalStart> {
    let instant = DateTime::parse_from_rfc3339(event.original_start.as_str())
        .ok()?
        .to_utc();
    Some(match when {
        When::Timed { .. } => OriginalStart::Instant(instant),
        When::AllDay { .. } if instant.time() == NaiveTime::MIN => {
            OriginalStart::Date(instant.date_naive())
        }
        When::AllDay { .. } => {
            let zone = Zone::parse(event.original_start_time_zone.as_str());
            OriginalStart::Date(zone.local(instant).date())
        }
    })
}

/// The zone in which an event was written; if Graph does not tell, the one of its answer.
fn zone(original: &Maybe<String>, time: &wire::DateTimeTimeZone) -> Zone {
    original
        .text()
        .or_else(|| time.time_zone.text())
        .map_or_else(Zone::utc, |name| Zone::parse(&name))
}

/// The date as written: an all-day event is at midnight in whatever zone it was asked for.
fn date(time: &wire::DateTimeTimeZone) -> Option<NaiveDate> {
    time.date_time.as_str().trim().get(..10)?.parse().ok()
}

/// The instant. An answer that ignores `Prefer: outlook.timezone` names another zone.
fn instant(time: &wire::DateTimeTimeZone) -> Option<DateTime<Utc>> {
    let text = time.date_time.text()?;
    if let Ok(instant) = DateTime::parse_from_rfc3339(&text) {
        return Some(instant.to_utc());
    }
    let local = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f").ok()?;
    let zone = time
        .time_zone
        .text()
        .map_or_else(Zone::utc, |name| Zone::parse(&name));
    Some(zone.to_utc(local))
}
