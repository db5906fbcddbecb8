//! The occurrences of a series, computed in its own wall time.
//!
//! Rules run on local time taken as if it were UTC, so that a 9:00 meeting stays at 9:00
//! through every daylight change; instants come last. Neither vendor's overrides are known
//! to the rule: exceptions and cancellations are laid over its result.

use chrono::{DateTime, Duration, NaiveDateTime, NaiveTime, TimeZone, Utc};
use chrono_tz::Tz;
use rrule::RRuleSet;

use crate::time::Moment;
use crate::world::{Calendar, Event};

/// More occurrences than this are never listed for one series.
const LIMIT: u16 = 4000;

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
    starts(
        master,
        from.naive_utc() - length - margin,
        until.naive_utc() + margin,
    )
    .into_iter()
    .map(|local| regular(master, local, length))
    .any(|slot| intersects((&slot.start, &slot.end), from, until, calendar.tz))
        || !instances(calendar, master, from, until).is_empty()
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

/// Wall-time starts in `[low, high]`, in order, by RRULE, RDATE and EXDATE.
pub(crate) fn starts(
    master: &Event,
    low: NaiveDateTime,
    high: NaiveDateTime,
) -> Vec<NaiveDateTime> {
    let first = master.start.local();
    let tz = master.start.tz();
    let mut found = Vec::new();
    let mut excluded = Vec::new();
    for line in &master.rule {
        let Some((name, value)) = line.split_once(':') else {
            continue;
        };
        let upper = name.to_ascii_uppercase();
        match upper.split(';').next() {
            Some("RRULE") => found.extend(by_rule(first, value, tz, low, high)),
            Some("RDATE") => found.extend(dates(value, tz, first)),
            Some("EXDATE") => excluded.extend(dates(value, tz, first)),
            _ => {}
        }
    }
    found.retain(|start| *start >= low && *start <= high && !excluded.contains(start));
    found.sort_unstable();
    found.dedup();
    found
}

fn by_rule(
    first: NaiveDateTime,
    rule: &str,
    tz: Tz,
    low: NaiveDateTime,
    high: NaiveDateTime,
) -> Vec<NaiveDateTime> {
    let rule = local_until(rule, tz);
    let text = format!("DTSTART:{}Z\nRRULE:{rule}", first.format("%Y%m%dT%H%M%S"));
    let Ok(set) = text.parse::<RRuleSet>() else {
        return Vec::new();
    };
    let utc = |at: NaiveDateTime| rrule::Tz::UTC.from_utc_datetime(&at);
    set.after(utc(low - Duration::seconds(1)))
        .before(utc(high + Duration::seconds(1)))
        .all(LIMIT)
        .dates
        .into_iter()
        .map(|date| date.naive_utc())
        .collect()
}

/// Whether the rule can be expanded at all.
pub(crate) fn is_valid(line: &str) -> bool {
    match line.split_once(':') {
        Some((name, rule)) if name.eq_ignore_ascii_case("RRULE") => {
            let rule = local_until(rule, Tz::UTC);
            format!("DTSTART:20000101T000000Z\nRRULE:{rule}")
                .parse::<RRuleSet>()
                .is_ok()
        }
        Some((name, _)) => {
            let upper = name.to_ascii_uppercase();
            matches!(upper.split(';').next(), Some("RDATE" | "EXDATE" | "EXRULE"))
        }
        None => false,
    }
}

/// UNTIL as wall time, in the form that a UTC start needs.
fn local_until(rule: &str, tz: Tz) -> String {
    let parts: Vec<String> = rule
        .split(';')
        .filter(|part| !part.is_empty())
        .map(|part| match part.split_once('=') {
            Some((key, value)) if key.eq_ignore_ascii_case("UNTIL") => {
                let until = until(value, tz);
                until.map_or_else(
                    || part.to_owned(),
                    |at| format!("UNTIL={}Z", at.format("%Y%m%dT%H%M%S")),
                )
            }
            _ => part.to_owned(),
        })
        .collect();
    parts.join(";")
}

fn until(value: &str, tz: Tz) -> Option<NaiveDateTime> {
    match value.strip_suffix('Z') {
        Some(utc) => {
            let at = NaiveDateTime::parse_from_str(utc, "%Y%m%dT%H%M%S").ok()?;
            Some(at.and_utc().with_timezone(&tz).naive_local())
        }
        None => NaiveDateTime::parse_from_str(value, "%Y%m%dT%H%M%S")
            .ok()
            .or_else(|| {
                let date = chrono::NaiveDate::parse_from_str(value, "%Y%m%d").ok()?;
                Some(date.and_time(NaiveTime::from_hms_opt(23, 59, 59)?))
            }),
    }
}

fn dates(value: &str, tz: Tz, first: NaiveDateTime) -> Vec<NaiveDateTime> {
    value
        .split(',')
        .filter_map(|text| {
            if let Ok(date) = chrono::NaiveDate::parse_from_str(text, "%Y%m%d") {
                return Some(date.and_time(first.time()));
            }
            until(text, tz)
        })
        .collect()
}

#[cfg(test)]
mod tests;
