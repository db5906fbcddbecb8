//! Start, end and recurrence as a client writes them.

use chrono::{DateTime, Duration};
use chrono_tz::Tz;
use serde_json::{Map, Value};

use super::{Mode, Refusal, refuse};
use crate::call::text;
use crate::expand;
use crate::google::errors;
use crate::time::{Moment, parse_local};
use crate::world::{Calendar, Event};

/// Takes times and recurrence. Returns whether any of them changed.
pub(super) fn set_times(
    calendar: &Calendar,
    event: &mut Event,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<bool, Refusal> {
    let rule = recurrence(event, body, mode)?;
    let recurring = !rule.is_empty();
    // Required in an insert and in an update (discovery document, annotations).
    if mode == Mode::Update {
        for name in ["start", "end"] {
            if !body.get(name).is_some_and(Value::is_object) {
                return refuse(errors::required(&format!("Missing {name} time.")));
            }
        }
    }
    let read = |name: &str, old: &Moment| {
        let kept = (mode == Mode::Patch && !old.is_date()).then(|| old.tz());
        read(calendar, body.get(name), old, kept, recurring, name)
    };
    let start = read("start", &event.start)?;
    let open = body.get("endTimeUnspecified") == Some(&Value::Bool(true));
    let end = if open && !body.get("end").is_some_and(Value::is_object) {
        start.at(start.local()
            + if start.is_date() {
                Duration::days(1)
            } else {
                Duration::hours(1)
            })
    } else {
        read("end", &event.end)?
    };
    if start.is_date() != end.is_date() {
        return refuse(errors::invalid(
            "Start and end times must either both be date or both be dateTime.",
        ));
    }
    // An event may be an instant long, a day may not.
    let (from, until) = (start.instant(calendar.tz), end.instant(calendar.tz));
    if until < from || (until == from && start.is_date()) {
        return refuse(errors::error(
            400,
            "timeRangeEmpty",
            "The specified time range is empty.",
        ));
    }
    let changed = start != event.start || end != event.end || rule != event.rule;
    event.start = start;
    event.end = end;
    event.rule = rule;
    Ok(changed)
}

fn recurrence(
    event: &Event,
    body: &Map<String, Value>,
    mode: Mode,
) -> Result<Vec<String>, Refusal> {
    let rule: Vec<String> = match body.get("recurrence") {
        Some(Value::Array(lines)) => lines
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        Some(Value::Null) => Vec::new(),
        None if mode == Mode::Update && event.series.is_none() => Vec::new(),
        _ => event.rule.clone(),
    };
    if !rule.iter().all(|line| expand::is_valid(line)) {
        return refuse(errors::invalid("Invalid recurrence rule."));
    }
    if !rule.is_empty() && event.series.is_some() {
        return refuse(errors::invalid("An instance cannot have a recurrence."));
    }
    Ok(rule)
}

fn read(
    calendar: &Calendar,
    value: Option<&Value>,
    old: &Moment,
    kept: Option<Tz>,
    recurring: bool,
    name: &str,
) -> Result<Moment, Refusal> {
    let Some(value) = value.filter(|value| value.is_object()) else {
        return Ok(old.clone());
    };
    let zone = text(value, "/timeZone");
    let zone = match zone.map(str::parse::<Tz>) {
        Some(Err(_)) => {
            return refuse(errors::invalid(&format!(
                "Invalid time zone definition for {name} time."
            )));
        }
        Some(Ok(zone)) => Some(zone),
        None => None,
    };
    match (text(value, "/date"), text(value, "/dateTime")) {
        (Some(_), Some(_)) => refuse(errors::invalid(&format!(
            "Invalid {name} time: either date or dateTime is expected."
        ))),
        (Some(date), None) => match date.parse() {
            Ok(date) => Ok(Moment::Date(date)),
            Err(_) => refuse(errors::invalid("Invalid value for: date")),
        },
        (None, Some(raw)) => timed(calendar, raw, zone.or(kept), recurring, name),
        // A PATCH that names only the zone shows the same instant from there.
        (None, None) => match (zone, kept) {
            (Some(zone), Some(_)) => Ok(Moment::of_instant(old.instant(zone), zone)),
            _ => refuse(errors::required(&format!("Missing {name} time."))),
        },
    }
}

/// `zone` is the written one, or in a PATCH the one that was there.
fn timed(
    calendar: &Calendar,
    raw: &str,
    zone: Option<Tz>,
    recurring: bool,
    name: &str,
) -> Result<Moment, Refusal> {
    let missing = || {
        let message = format!("Missing time zone definition for {name} time.");
        refuse(errors::required(&message))
    };
    if recurring && zone.is_none() {
        return missing();
    }
    let home = zone.unwrap_or(calendar.tz);
    match (DateTime::parse_from_rfc3339(raw), parse_local(raw)) {
        (Ok(at), _) => Ok(Moment::of_instant(at.to_utc(), home)),
        (Err(_), Some(local)) if zone.is_some() => Ok(Moment::local_in(local, home)),
        (Err(_), Some(_)) => missing(),
        (Err(_), None) => refuse(errors::invalid("Invalid value for: dateTime")),
    }
}
