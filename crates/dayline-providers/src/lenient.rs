//! Fields that never break what they are part of.
//!
//! A provider may leave a field out, send null, or change its type; the event is worth more than
//! the field. Whole answers are not read this way: see [`crate::http`].

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A field that is there and understood, or counts as missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        Ok(Self(if value.is_null() {
            None
        } else {
            serde_json::from_value(value).ok()
        }))
    }
}

impl Maybe<String> {
    /// The text without white space around it; `None` if nothing is left.
    pub(crate) fn text(&self) -> Option<String> {
        let text = self.0.as_deref()?.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    /// The text as written; empty if missing.
    pub(crate) fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }
}

impl Maybe<bool> {
    /// True only if the field says so.
    pub(crate) fn is_true(&self) -> bool {
        self.0 == Some(true)
    }
}

/// The elements of a list that were understood; empty if it is missing or not a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Many<T>(pub(crate) Vec<T>);

impl<T> Default for Many<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(deserializer)? {
            Value::Array(items) => items
                .into_iter()
                .filter_map(|item| serde_json::from_value(item).ok())
                .collect(),
            _ => Vec::new(),
        }))
    }
}

#[cfg(test)]
mod tests;
