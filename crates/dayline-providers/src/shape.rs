//! What is understood of an item, and what is left of it.
//!
//! A [`Shape`] says of a field which values the mapping turns into words of the model. A field
//! with anything else in it, a new word, another type, one property too many, is kept whole in
//! [`Event::raw`](dayline_model::Event::raw), so that nothing that a provider says is lost.
//!
//! Whether a value of the right shape is used at all may depend on other fields. That the mapping
//! says itself, in [`Notes`].

use std::fmt::Write as _;
use std::io;

use chrono::DateTime;
use serde_json::{Map, Value};

/// The longest field that is kept, as JSON, in bytes.
const LONGEST_FIELD: usize = 256 * 1024;
/// The most that is kept of one event, in bytes.
const MOST_RAW: usize = 1024 * 1024;
/// The most names of fields that are told to be cut.
const MOST_NAMES: usize = 100;
/// The longest such name, in characters.
const LONGEST_NAME: usize = 100;

/// The values of a field that are understood. Null always is: it says nothing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Any text.
    Text,
    /// True or false.
    Flag,
    /// A whole number of 32 bits.
    Int,
    /// A whole number of 32 bits, not below zero.
    Count,
    /// One of these words.
    Words(&'static [&'static str]),
    /// A moment as of RFC 3339.
    Moment,
    /// The year 1, by which Graph means never.
    Never,
    /// Nothing but an empty text, list or object.
    Nothing,
    /// Anything: it repeats other fields, or describes the answer.
    Derived,
    /// An object with no other fields than these.
    Object(Fields),
    /// A list of such elements.
    List(&'static Shape),
}

/// Fields by their names, in the order of bytes.
pub(crate) type Fields = &'static [(&'static str, Shape)];

impl Shape {
    /// Whether `value` is understood.
    pub(crate) fn fits(&self, value: &Value) -> bool {
        match (self, value) {
            (_, Value::Null)
            | (Self::Derived, _)
            | (Self::Text, Value::String(_))
            | (Self::Flag, Value::Bool(_)) => true,
            (Self::Int, Value::Number(number)) => number
                .as_i64()
                .is_some_and(|number| i32::try_from(number).is_ok()),
            (Self::Count, Value::Number(number)) => number
                .as_u64()
                .is_some_and(|number| u32::try_from(number).is_ok()),
            (Self::Words(words), Value::String(word)) => words.contains(&word.as_str()),
            (Self::Moment, Value::String(text)) => DateTime::parse_from_rfc3339(text).is_ok(),
            (Self::Never, Value::String(text)) => text.starts_with("0001-01-01T00:00:00"),
            (Self::Nothing, Value::String(text)) => text.is_empty(),
            (Self::Nothing, Value::Array(items)) => items.is_empty(),
            (Self::Nothing, Value::Object(object)) => object.is_empty(),
            (Self::Object(fields), Value::Object(object)) => object
                .iter()
                .all(|(name, value)| value.is_null() || is_known(fields, name, value)),
            (Self::List(shape), Value::Array(items)) => items.iter().all(|item| shape.fits(item)),
            _ => false,
        }
    }
}

fn is_known(fields: Fields, name: &str, value: &Value) -> bool {
    fields
        .binary_search_by(|(known, _)| (*known).cmp(name))
        .ok()
        .and_then(|index| fields.get(index))
        .is_some_and(|(_, shape)| shape.fits(value))
}

/// What the mapping of one event did with values of a known shape.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    kept: Vec<&'static str>,
    cut: Vec<&'static str>,
}

impl Notes {
    /// This field did not go into the event, or not all of it.
    pub(crate) fn keep(&mut self, field: &'static str) {
        self.kept.push(field);
    }

    /// Of this field only a part went into the event, and the rest is too much to keep.
    pub(crate) fn cut(&mut self, field: &'static str) {
        if !self.cut.contains(&field) {
            self.cut.push(field);
        }
    }

    /// What is left of `item` when all is taken away that was understood: a JSON object, with the
    /// names of shortened fields under `cut`. `None` if nothing is left.
    pub(crate) fn leftovers(&self, item: &Map<String, Value>, fields: Fields) -> Option<String> {
        let mut raw = Raw::default();
        for (name, value) in item {
            if value.is_null() || self.cut.contains(&name.as_str()) {
                continue;
            }
            if self.kept.contains(&name.as_str()) || !is_known(fields, name, value) {
                raw.put(name, value);
            }
        }
        raw.finish(&self.cut)
    }
}

/// A value as JSON of at most `most` bytes. What is longer is not written to its end.
fn json_within(value: &Value, most: usize) -> Option<String> {
    struct Within {
        text: Vec<u8>,
        room: usize,
    }

    impl io::Write for Within {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let left = self.room.checked_sub(bytes.len());
            self.room = left.ok_or(io::ErrorKind::WriteZero)?;
            self.text.extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut within = Within {
        text: Vec::new(),
        room: most,
    };
    serde_json::to_writer(&mut within, value).ok()?;
    String::from_utf8(within.text).ok()
}

/// A JSON object that is written field by field.
#[derive(Default)]
struct Raw {
    text: String,
    cut: Vec<String>,
}

impl Raw {
    fn put(&mut self, name: &str, value: &Value) {
        let room = MOST_RAW.saturating_sub(self.text.len()).min(LONGEST_FIELD);
        let texts = json_within(&Value::from(name), room).and_then(|name| {
            let value = json_within(value, room - name.len())?;
            Some((name, value))
        });
        let Some((name_text, value_text)) = texts else {
            if self.cut.len() < MOST_NAMES {
                self.cut.push(name.chars().take(LONGEST_NAME).collect());
            }
            return;
        };
        self.put_text(&name_text, &value_text);
    }

    fn put_text(&mut self, name: &str, value: &str) {
        let sign = if self.text.is_empty() { '{' } else { ',' };
        // Writing to a text cannot fail.
        let _ = write!(self.text, "{sign}{name}:{value}");
    }

    fn finish(mut self, cut: &[&'static str]) -> Option<String> {
        let mut names: Vec<&str> = cut.to_vec();
        names.extend(self.cut.iter().map(String::as_str));
        if !names.is_empty() {
            let names = Value::from(names).to_string();
            self.put_text("\"cut\"", &names);
        }
        if self.text.is_empty() {
            return None;
        }
        self.text.push('}');
        Some(self.text)
    }
}

#[cfg(test)]
pub(crate) mod tests;
