//! What both providers' `map` modules share: texts within bounds, times that a calendar can show,
//! and items that cannot be read.

use chrono::{DateTime, NaiveDate, Utc};
use dayline_model::{ProviderEventId, When, Zone, ZonedTime};
use serde_json::Value;

use crate::Change;
use crate::salvage;
use crate::shape::Notes;

/// The most text of an unreadable event that is kept, in bytes.
const LONGEST_RAW: usize = 64 * 1024;
/// The longest id, in bytes. Those of Google have up to 1024.
const LONGEST_ID: usize = 4096;
/// The longest title, name or other text of one line, in characters.
const LONGEST_LINE: usize = 4096;
/// The longest description, in bytes.
const LONGEST_BODY: usize = 4 * 1024 * 1024;
/// The longest address of a page, in bytes.
const LONGEST_LINK: usize = 16 * 1024;
/// The most of each, by the provider's own limits or far above them.
pub(crate) const MOST_ATTACHMENTS: usize = 250;
pub(crate) const MOST_ATTENDEES: usize = 2000;
pub(crate) const MOST_CATEGORIES: usize = 200;
pub(crate) const MOST_PLACES: usize = 100;
pub(crate) const MOST_REMINDERS: usize = 50;
pub(crate) const MOST_LINKS: usize = 50;
/// The most of all recurrence lines together, in bytes.
pub(crate) const MOST_RECURRENCE: usize = 32 * 1024 * 1024;

/// Why an event cannot be read. Never content.
pub(crate) type Reason = &'static str;

/// What `read` makes of `value`, or `value` set aside with the reason. The text of an object is one
/// that could not be parsed.
pub(crate) fn or_set_aside(
    value: &Value,
    read: impl FnOnce(&Value) -> Result<Change, Reason>,
) -> Change {
    if let Value::String(text) = value
        && text.starts_with('{')
    {
        return Change::Unreadable {
            id: salvage::id(text).as_deref().and_then(id),
            raw: first(text, LONGEST_RAW).to_owned(),
            reason: "not JSON".to_owned(),
        };
    }
    read(value).unwrap_or_else(|reason| Change::Unreadable {
        id: value.get("id").and_then(Value::as_str).and_then(id),
        raw: cut(value.to_string(), LONGEST_RAW),
        reason: reason.to_owned(),
    })
}

/// An id. It is opaque: not even white space is taken off.
pub(crate) fn id(text: &str) -> Option<ProviderEventId> {
    (1..=LONGEST_ID)
        .contains(&text.len())
        .then(|| ProviderEventId::from(text))
}

/// Whole days. Without an end after the start it is a single day.
pub(crate) fn all_day(
    start: NaiveDate,
    end: Option<NaiveDate>,
    notes: &mut Notes,
) -> Result<When, Reason> {
    let next = start.succ_opt().ok_or("the dates cannot be represented")?;
    let end = end.filter(|end| *end > start);
    if end.is_none() {
        notes.keep("end");
    }
    Ok(When::AllDay {
        start,
        end: end.unwrap_or(next),
    })
}

/// From an instant to another. Without an end that is not before the start it has no length.
///
/// # Source
/// RFC 5545 §3.6.1 on events without DTEND.
pub(crate) fn timed(start: ZonedTime, end: Option<ZonedTime>, notes: &mut Notes) -> When {
    let end = end.filter(|end| end.utc() >= start.utc());
    if end.is_none() {
        notes.keep("end");
    }
    When::Timed {
        end: end.unwrap_or_else(|| start.clone()),
        start,
    }
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

/// The times of a series that recurs in these zones. The zone of its start matters more than an
/// hour of its first occurrence, so it stays where [`zoned`] would give it up.
pub(crate) fn recurring(start: DateTime<Utc>, end: DateTime<Utc>, zones: [Zone; 2]) -> When {
    let [start_zone, end_zone] = zones;
    let first = ZonedTime::at(start, start_zone);
    let end = first.utc().checked_add_signed(end - start).unwrap_or(end);
    When::Timed {
        start: first,
        end: zoned(end, end_zone),
    }
}

/// The text on one line; `None` if there is none.
pub(crate) fn one_line(text: &str) -> Option<String> {
    line(text).0
}

/// The text on one line, and whether its end was cut off.
fn line(text: &str) -> (Option<String>, bool) {
    let mut line = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        // A character has at most four bytes; most words need no counting.
        let room = LONGEST_LINE.saturating_sub(length);
        let chars = if word.len() <= room {
            word.chars().count()
        } else {
            word.chars().take(room + 1).count()
        };
        if chars > room {
            line.extend(word.chars().take(room));
            let kept: String = line.chars().take(LONGEST_LINE - 1).collect();
            return (Some(format!("{}…", kept.trim_end())), true);
        }
        line.push_str(word);
        length += chars;
    }
    ((!line.is_empty()).then_some(line), false)
}

impl Notes {
    /// The text of `field` on one line; `None` if there is none.
    pub(crate) fn line(&mut self, field: &'static str, text: &str) -> Option<String> {
        let (line, is_cut) = line(text);
        if is_cut {
            self.cut(field);
        }
        line
    }

    /// The description, as far as it is kept; `None` if it is blank.
    pub(crate) fn body(&mut self, field: &'static str, text: String) -> Option<String> {
        if text.len() > LONGEST_BODY {
            self.cut(field);
            return Some(cut(text, LONGEST_BODY));
        }
        (!text.trim().is_empty()).then_some(text)
    }

    /// A link or mark; too long a one is none.
    pub(crate) fn mark(&mut self, field: &'static str, text: Option<String>) -> Option<String> {
        let text = text?;
        if text.len() > LONGEST_LINK {
            self.cut(field);
            return None;
        }
        Some(text)
    }

    /// The first `most` of the elements.
    pub(crate) fn first<T>(
        &mut self,
        field: &'static str,
        mut items: Vec<T>,
        most: usize,
    ) -> Vec<T> {
        if items.len() > most {
            items.truncate(most);
            self.cut(field);
        }
        items
    }
}

fn cut(mut text: String, most: usize) -> String {
    text.truncate(first(&text, most).len());
    text
}

/// At most `most` bytes, cut between characters.
fn first(text: &str, most: usize) -> &str {
    text.get(..text.floor_char_boundary(most)).unwrap_or(text)
}

#[cfg(test)]
mod tests;
