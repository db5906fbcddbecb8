//! Graph's times. They come in UTC, as asked for, with the zone in which they were written.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use dayline_model::{EventKind, OriginalStart, When, Zone, ZonedTime};

use super::super::{recurrence, wire};
use crate::lenient::Maybe;
use crate::mapping::{self, Reason, all_day, timed, zoned};
use crate::shape::Notes;

/// When an item takes place.
pub(super) fn when(event: &wire::Event, notes: &mut Notes) -> Result<When, Reason> {
    let start = event.start.0.as_ref().ok_or("no start")?;
    let end = event.end.0.as_ref();
    if event.is_all_day.is_true() {
        let start = date(start).ok_or("the start cannot be read")?;
        return all_day(start, end.and_then(date), notes);
    }
    let start_zone = zone(&event.original_start_time_zone, start);
    let end_zone = match event.original_end_time_zone.text() {
        Some(name) => Zone::parse(&name),
        None => start_zone.clone(),
    };
    let start = instant(start).ok_or("the start cannot be read")?;
    let end = end.and_then(instant).map(|end| zoned(end, end_zone));
    Ok(timed(zoned(start, start_zone), end, notes))
}

/// The times of a master, in the zone in which it recurs.
pub(super) fn recurring(
    start: &ZonedTime,
    end: &ZonedTime,
    event: &wire::Event,
    recurrence: &wire::PatternedRecurrence,
) -> When {
    let zone = |name: &Maybe<String>, time: &ZonedTime| {
        let written = name.text().map(|name| Zone::parse(&name));
        recurrence::zone(written.unwrap_or_else(|| time.zone.clone()), recurrence)
    };
    let zones = [
        zone(&event.original_start_time_zone, start),
        zone(&event.original_end_time_zone, end),
    ];
    mapping::recurring(start.utc(), end.utc(), zones)
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

/// Zones that the times do not carry, and a place in a series that is not told by the kind.
pub(super) fn keep_what_the_model_lacks(
    event: &wire::Event,
    kind: &EventKind,
    when: &When,
    notes: &mut Notes,
) {
    let (start, end) = match when {
        When::Timed { start, end } => (Some(start), Some(end)),
        When::AllDay { .. } => (None, None),
    };
    let is_told = |name: &Maybe<String>, time: Option<&ZonedTime>| {
        name.text()
            .is_none_or(|name| time.is_some_and(|time| time.zone.name() == name))
    };
    if !is_told(&event.original_start_time_zone, start) {
        notes.keep("originalStartTimeZone");
    }
    if !is_told(&event.original_end_time_zone, end) {
        notes.keep("originalEndTimeZone");
    }
    if start.is_none() {
        if event.start.0.as_ref().is_some_and(says_more_than_a_date) {
            notes.keep("start");
        }
        if event.end.0.as_ref().is_some_and(says_more_than_a_date) {
            notes.keep("end");
        }
    }
    if !matches!(
        kind,
        EventKind::Exception {
            original_start: Some(_),
            ..
        }
    ) {
        notes.keep("originalStart");
    }
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

/// Whether a time of a whole day is not at midnight, or not in the zone that was asked for.
fn says_more_than_a_date(time: &wire::DateTimeTimeZone) -> bool {
    let clock = time.date_time.as_str().trim().get(10..).unwrap_or_default();
    !(clock.is_empty() || clock.starts_with("T00:00:00"))
        || !matches!(time.time_zone.as_str(), "" | "UTC")
}

/// The instant. An answer that ignores `Prefer: outlook.timezone` names another zone.
fn instant(time: &wire::DateTimeTimeZone) -> Option<DateTime<Utc>> {
    let text = time.date_time.as_str().trim();
    let Some(local) = local(text) else {
        return Some(DateTime::parse_from_rfc3339(text).ok()?.to_utc());
    };
    Some(match time.time_zone.as_str().trim() {
        "" | "UTC" => local.and_utc(),
        name => Zone::parse(name).to_utc(local),
    })
}

/// A wall time. Seconds are always there in answers, but not in what people write.
fn local(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M"))
        .ok()
}
