//! The occurrences of a series, computed in its own wall time.
//!
//! Rules run on local time taken as if it were UTC, so that a 9:00 meeting stays at 9:00
//! through every daylight change; instants come last. Neither vendor's overrides are known
//! to the rule: exceptions and cancellations are laid over its result.

mod rule;

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use chrono_tz::Tz;

use self::rule::Span;
use crate::time::Moment;
use crate::world::{Calendar, Event};

/// More occurrences than this are never listed for one series.
const LIMIT: usize = 20_000;

/// One occurrence with what replaces it, if something does.
#[derive(Debug, Clone)]
pub(crate) struct Instance<'a> {
    pub(crate) master: &'a Event,
    pub(crate) original: Moment,
    pub(crate) start: Moment,
    pub(crate) end: Moment,
    pub(crate) exception: Option<&'a Event>,
}

/// Whether `[start, end)` meets `[from, until)`; an event without length counts at its start.
pub(crate) fn intersects(
    event: (&Moment, &Moment),
    from: DateTime<Utc>,
    until: DateTime<Utc>,
    floating: Tz,
) -> bool {
    let (start, end) = (event.0.instant(floating), event.1.instant(floating));
    start < until && (end > from || (start == end && start >= from))
}

/// Instances of `master` that meet the window, by start. Cancelled ones are left out.
pub(crate) fn instances<'a>(
    calendar: &'a Calendar,
    master: &'a Event,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> Vec<Instance<'a>> {
    let overrides: Vec<&Event> = calendar.exceptions(&master.id).collect();
    let length = length(master);
    let margin = Duration::days(2);
    let low = from.naive_utc() - length - margin;
    let high = until.naive_utc() + margin;
    let mut found: Vec<Instance<'a>> = starts(master, low, high)
        .into_iter()
        .map(|local| regular(master, local, length))
        .filter(|slot| {
            !overrides
                .iter()
                .any(|event| replaces(event, &slot.original))
        })
        .filter(|slot| intersects((&slot.start, &slot.end), from, until, calendar.tz))
        .collect();
    // Two wall times may be one instant where a zone skips hours.
    found.dedup_by_key(|slot| slot.start.instant(calendar.tz));
    for event in overrides.into_iter().filter(|event| !event.removed) {
        if let Some(link) = &event.series
            && intersects((&event.start, &event.end), from, until, calendar.tz)
        {
            found.push(Instance {
                master,
                original: link.original.clone(),
                start: event.start.clone(),
                end: event.end.clone(),
                exception: Some(event),
            });
        }
    }
    found.sort_by_key(|slot| slot.start.instant(calendar.tz));
    found
}

/// Whether a series reaches into the window, be it only with cancelled occurrences.
pub(crate) fn reaches(
    calendar: &Calendar,
    master: &Event,
    from: DateTime<Utc>,
    until: DateTime<Utc>,
) -> bool {
    let length = length(master);
    let margin = Duration::days(2);
    let low = from.naive_utc() - length - margin;
    let high = until.naive_utc() + margin;
    let mut met = false;
    each_start(master, low, high, &mut |local| {
        let slot = regular(master, local, length);
        met = intersects((&slot.start, &slot.end), from, until, calendar.tz);
        if met {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    let moved = || {
        calendar
            .exceptions(&master.id)
            .filter(|event| !event.removed)
            .any(|event| intersects((&event.start, &event.end), from, until, calendar.tz))
    };
    met || moved()
}

/// The occurrence that the rule puts at `original`, changed or not; `None` if it is cancelled
/// or was never there.
pub(crate) fn instance_at<'a>(
    calendar: &'a Calendar,
    master: &'a Event,
    original: NaiveDateTime,
) -> Option<Instance<'a>> {
    let slot = slot_at(master, original)?;
    let replaced = calendar
        .exceptions(&master.id)
        .find(|event| replaces(event, &slot.original));
    match replaced {
        Some(event) if event.removed => None,
        Some(event) => Some(Instance {
            start: event.start.clone(),
            end: event.end.clone(),
            exception: Some(event),
            ..slot
        }),
        None => Some(slot),
    }
}

/// The occurrence as the rule alone gives it.
pub(crate) fn slot_at(master: &Event, original: NaiveDateTime) -> Option<Instance<'_>> {
    starts(master, original, original)
        .contains(&original)
        .then(|| regular(master, original, length(master)))
}

/// The last start before and the first after `original` within a year, from the rule alone.
pub(crate) fn neighbours(
    master: &Event,
    original: NaiveDateTime,
) -> (Option<NaiveDateTime>, Option<NaiveDateTime>) {
    let year = Duration::days(366);
    let before = starts(master, original - year, original);
    let after = starts(master, original, original + year);
    (
        before.into_iter().rfind(|start| *start < original),
        after.into_iter().find(|start| *start > original),
    )
}

fn regular(master: &Event, local: NaiveDateTime, length: Duration) -> Instance<'_> {
    let start = master.start.at(local);
    // The end keeps its own zone: it is the start's wall time plus the length, seen from there.
    let end = if master.start.is_date() || master.start.tz() == master.end.tz() {
        master.end.at(local + length)
    } else {
        let at = start.instant(Tz::UTC) + length;
        master
            .end
            .at(at.with_timezone(&master.end.tz()).naive_local())
    };
    Instance {
        master,
        original: start.clone(),
        start,
        end,
        exception: None,
    }
}

fn replaces(event: &Event, original: &Moment) -> bool {
    event
        .series
        .as_ref()
        .is_some_and(|link| link.original.local() == original.local())
}

fn length(master: &Event) -> Duration {
    if master.start.is_date() || master.start.tz() == master.end.tz() {
        master.end.local() - master.start.local()
    } else {
        master.end.instant(Tz::UTC) - master.start.instant(Tz::UTC)
    }
}

/// Wall-time starts in `[low, high]`, in order, by RRULE, RDATE, EXRULE and EXDATE.
pub(crate) fn starts(
    master: &Event,
    low: NaiveDateTime,
    high: NaiveDateTime,
) -> Vec<NaiveDateTime> {
    let mut found = Vec::new();
    each_start(master, low, high, &mut |start| {
        found.push(start);
        if found.len() < LIMIT {
            ControlFlow::Continue(())
        } else {
            ControlFlow::Break(())
        }
    });
    found.sort_unstable();
    found.dedup();
    found.truncate(LIMIT);
    found
}

/// Hands over starts until `take` breaks: each rule's in order, some perhaps twice.
fn each_start(
    master: &Event,
    low: NaiveDateTime,
    high: NaiveDateTime,
    take: &mut dyn FnMut(NaiveDateTime) -> ControlFlow<()>,
) {
    let (first, tz) = (master.start.local(), master.start.tz());
    let span = Span { first, low, high };
    let excluded = excluded(master, span);
    let mut left = LIMIT;
    let mut wanted = |start: NaiveDateTime| {
        left -= 1;
        if left == 0 {
            return ControlFlow::Break(());
        }
        if start < low || start > high || excluded.contains(&start) {
            return ControlFlow::Continue(());
        }
        take(start)
    };
    if keeps_start(master) && wanted(first).is_break() {
        return;
    }
    for (name, parameters, value) in lines(master) {
        match name.as_str() {
            "RRULE" => {
                if let Some(rule) = rule::parse(value, tz) {
                    rule.each(span, &mut wanted);
                }
            }
            "RDATE" => {
                for date in dates(parameters, value, tz, first) {
                    if wanted(date).is_break() {
                        return;
                    }
                }
            }
            _ => {}
        }
    }
}

/// What EXRULE and EXDATE take out of the window.
fn excluded(master: &Event, span: Span) -> BTreeSet<NaiveDateTime> {
    let tz = master.start.tz();
    let mut out = BTreeSet::new();
    for (name, parameters, value) in lines(master) {
        match name.as_str() {
            "EXRULE" => {
                if let Some(rule) = rule::parse(value, tz) {
                    rule.each(span, &mut |start| {
                        out.insert(start);
                        ControlFlow::Continue(())
                    });
                }
            }
            "EXDATE" => out.extend(dates(parameters, value, tz, span.first)),
            _ => {}
        }
    }
    out
}

/// Google's series begin with their `start`, be it in the rule or not: it "is the start time of
/// the first instance" (discovery document, `Event.start`). Graph's patterns decide alone.
fn keeps_start(master: &Event) -> bool {
    master.properties.contains_key("iCalUID")
}

/// Name, parameters and value of each recurrence line.
fn lines(master: &Event) -> impl Iterator<Item = (String, &str, &str)> {
    master.rule.iter().filter_map(|line| split(line))
}

fn split(line: &str) -> Option<(String, &str, &str)> {
    let (head, value) = line.split_once(':')?;
    let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
    Some((name.trim().to_ascii_uppercase(), parameters, value.trim()))
}

/// Whether a line is one of RRULE, EXRULE, RDATE and EXDATE and can be read as a whole.
pub(crate) fn is_valid(line: &str) -> bool {
    let Some((name, parameters, value)) = split(line) else {
        return false;
    };
    match name.as_str() {
        "RRULE" | "EXRULE" => rule::parse(value, Tz::UTC).is_some(),
        "RDATE" | "EXDATE" => {
            let known = parameters
                .split(';')
                .filter(|parameter| !parameter.is_empty())
                .all(is_date_parameter);
            known && !value.is_empty() && value.split(',').all(|one| date(one, Tz::UTC).is_some())
        }
        _ => false,
    }
}

fn is_date_parameter(parameter: &str) -> bool {
    match parameter.split_once('=') {
        Some((name, zone)) if name.eq_ignore_ascii_case("TZID") => {
            zone.trim_matches('"').parse::<Tz>().is_ok()
        }
        Some((name, kind)) if name.eq_ignore_ascii_case("VALUE") => ["DATE", "DATE-TIME", "PERIOD"]
            .iter()
            .any(|known| known.eq_ignore_ascii_case(kind)),
        Some((name, _)) => {
            name.len() > 2 && name.get(..2).is_some_and(|x| x.eq_ignore_ascii_case("X-"))
        }
        None => false,
    }
}

/// An UNTIL as wall time of the series' zone; a date means its whole day.
fn until(value: &str, tz: Tz) -> Option<NaiveDateTime> {
    match date(value, tz)? {
        Value::Time(at) => Some(at),
        Value::Day(day) => Some(day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?)),
    }
}

enum Value {
    Day(NaiveDate),
    Time(NaiveDateTime),
}

/// A DATE, a DATE-TIME (in UTC or in wall time), or the start of a PERIOD.
fn date(text: &str, tz: Tz) -> Option<Value> {
    let text = text.trim().split('/').next()?;
    if text.len() == 8 {
        let day = NaiveDate::parse_from_str(text, "%Y%m%d").ok()?;
        return Some(Value::Day(day));
    }
    let (wall, utc) = match text.strip_suffix(['Z', 'z']) {
        Some(wall) => (wall, true),
        None => (text, false),
    };
    let at = NaiveDateTime::parse_from_str(wall, "%Y%m%dT%H%M%S").ok()?;
    Some(Value::Time(if utc {
        at.and_utc().with_timezone(&tz).naive_local()
    } else {
        at
    }))
}

/// The values of an RDATE or EXDATE as wall times of the series; a date takes the series' time.
fn dates(parameters: &str, value: &str, tz: Tz, first: NaiveDateTime) -> Vec<NaiveDateTime> {
    let zone = parameters
        .split(';')
        .filter_map(|parameter| parameter.split_once('='))
        .find(|(name, _)| name.eq_ignore_ascii_case("TZID"))
        .and_then(|(_, zone)| zone.trim_matches('"').parse::<Tz>().ok());
    let seen = |wall: NaiveDateTime, utc: bool| match zone {
        Some(zone) if zone != tz && !utc => crate::time::instant(wall, zone)
            .with_timezone(&tz)
            .naive_local(),
        _ => wall,
    };
    value
        .split(',')
        .filter_map(|text| {
            let utc = text.trim().ends_with(['Z', 'z']);
            match date(text, tz)? {
                Value::Day(day) => Some(day.and_time(first.time())),
                Value::Time(at) => Some(seen(at, utc)),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
