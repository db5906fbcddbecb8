//! What both providers' `map` modules share.

use chrono::{DateTime, NaiveDate, Utc};
use dayline_model::{ProviderEventId, When, Zone, ZonedTime};
use serde_json::{Map, Value};

use crate::Change;

/// The most text of an unreadable event that is kept.
const LONGEST_RAW: usize = 64 * 1024;

/// The most attachments of one event that are kept.
pub(crate) const MOST_ATTACHMENTS: usize = 250;

/// Why an event cannot be read. Never content.
pub(crate) type Reason = &'static str;

/// What `read` makes of `value`, or `value` set aside with the reason.
pub(crate) fn or_set_aside(
    value: &Value,
    read: impl FnOnce(&Value) -> Result<Change, Reason>,
) -> Change {
    read(value).unwrap_or_else(|reason| Change::Unreadable {
        id: value
            .get("id")
            .and_then(Value::as_str)
            .filter(|id| !id.is_empty())
            .map(ProviderEventId::from),
        raw: cut(value.to_string(), LONGEST_RAW),
        reason: reason.to_owned(),
    })
}

/// Whole days. An end on the day of the start is taken for a single day.
pub(crate) fn all_day(start: NaiveDate, end: NaiveDate) -> Result<When, Reason> {
    if end < start {
        return Err("the end is before the start");
    }
    let next = start.succ_opt().ok_or("the dates cannot be represented")?;
    Ok(When::AllDay {
        start,
        end: end.max(next),
    })
}

/// From an instant to another.
pub(crate) fn timed(start: ZonedTime, end: ZonedTime) -> Result<When, Reason> {
    if end.utc() < start.utc() {
        return Err("the end is before the start");
    }
    Ok(When::Timed { start, end })
}

/// The wall time of `instant` in `zone`. Where that wall time comes twice and means the other one,
/// the event keeps its place in UTC instead.
pub(crate) fn zoned(instant: DateTime<Utc>, zone: Zone) -> ZonedTime {
    let time = ZonedTime::at(instant, zone);
    if time.utc() == instant {
        time
    } else {
        ZonedTime::at(instant, Zone::utc())
    }
}

/// The text on one line; `None` if there is none.
pub(crate) fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Fields that nobody understood, as a JSON object; without nulls and those in `known`.
pub(crate) fn leftovers(mut rest: Map<String, Value>, known: &[&str]) -> Option<String> {
    rest.retain(|key, value| !value.is_null() && !known.contains(&key.as_str()));
    (!rest.is_empty()).then(|| Value::Object(rest).to_string())
}

fn cut(mut text: String, most: usize) -> String {
    text.truncate(text.floor_char_boundary(most));
    text
}

#[cfg(test)]
mod tests;
