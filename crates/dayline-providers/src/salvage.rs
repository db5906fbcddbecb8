//! Answers of which a part is no JSON.
//!
//! A parser refuses a whole answer for one number with too many digits, for one item that nests
//! too deeply, for one comma too many. Here the frame of such an answer is read by itself, and
//! what stands in it piece by piece: a piece that cannot be parsed becomes its own text, a
//! [`Value::String`], which no reader of items takes for an item. A frame that is broken or cut is
//! not repaired.
//!
//! Everything here is linear and without recursion, whatever the nesting.

use serde_json::{Map, Value};

use crate::ProviderError;

/// The object in `text`: lists element by element, everything else as it is.
///
/// Shape: an object that cannot be parsed, in a list or as a member, is its text, and so is any
/// other element. `None` where the frame is no object, is cut off, or holds anything else that
/// cannot be parsed: a link that is missing would look like the end of a list.
pub(crate) fn object(text: &str) -> Option<Map<String, Value>> {
    let mut members = Map::new();
    for piece in pieces(text, b'{')? {
        let (name, value) = member(piece)?;
        let value = match serde_json::from_str(value) {
            Ok(value) => value,
            Err(_) if value.starts_with('[') => Value::Array(elements(value)?),
            Err(_) if value.starts_with('{') => Value::from(value),
            Err(_) => return None,
        };
        members.insert(name, value);
    }
    Some(members)
}

/// Refuses items of which one could not be parsed, where one that is missing would count as gone.
///
/// # Errors
/// [`ProviderError::Unusable`] if an item is a text.
pub(crate) fn whole(items: Vec<Value>) -> Result<Vec<Value>, ProviderError> {
    if items.iter().any(Value::is_string) {
        return Err(ProviderError::Unusable { what: "not JSON" });
    }
    Ok(items)
}

/// Whether `text` is one object from its first to its last byte, whatever stands in it.
pub(crate) fn is_whole(text: &str) -> bool {
    pieces(text, b'{').is_some()
}

/// The `id` of an object that may not be JSON.
pub(crate) fn id(text: &str) -> Option<String> {
    let pieces = pieces(text, b'{')?;
    pieces.into_iter().rev().find_map(|piece| {
        let (name, value) = member(piece)?;
        (name == "id")
            .then(|| serde_json::from_str(value).ok())
            .flatten()
    })
}

fn elements(list: &str) -> Option<Vec<Value>> {
    let pieces = pieces(list, b'[')?;
    let read = |piece: &str| {
        if piece.is_empty() {
            return None;
        }
        Some(serde_json::from_str(piece).unwrap_or_else(|_| Value::from(piece)))
    };
    pieces.into_iter().map(read).collect()
}

/// A member's name and the text of its value.
fn member(piece: &str) -> Option<(String, &str)> {
    let end = string_end(piece.as_bytes(), 0)?;
    let (name, rest) = piece.split_at_checked(end)?;
    let value = rest.trim_start_matches(is_space).strip_prefix(':')?;
    Some((
        serde_json::from_str(name).ok()?,
        value.trim_start_matches(is_space),
    ))
}

/// What stands between the commas of the object or list that `text` is, without white space
/// around it; `None` unless every bracket is closed by its own kind and nothing follows the last.
fn pieces(text: &str, open: u8) -> Option<Vec<&str>> {
    let text = text.trim_matches(is_space);
    let bytes = text.as_bytes();
    if bytes.first() != Some(&open) {
        return None;
    }
    let mut pieces = Vec::new();
    let mut brackets = Vec::new();
    let (mut at, mut begin) = (0, 1);
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => {
                at = string_end(bytes, at)?;
                continue;
            }
            b'{' => brackets.push(b'}'),
            b'[' => brackets.push(b']'),
            b'}' | b']' => {
                (brackets.pop() == Some(*byte)).then_some(())?;
                if brackets.is_empty() {
                    break;
                }
            }
            b',' if brackets.len() == 1 => {
                pieces.push(text.get(begin..at)?.trim_matches(is_space));
                begin = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
    // Nothing follows the bracket that closes the whole.
    (at + 1 == bytes.len()).then_some(())?;
    let last = text.get(begin..at)?.trim_matches(is_space);
    if !(last.is_empty() && pieces.is_empty()) {
        pieces.push(last);
    }
    Some(pieces)
}

/// Where the string ends that begins at `at`, behind its quote.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let mut at = at + 1;
    loop {
        match bytes.get(at)? {
            b'"' => return Some(at + 1),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests;
