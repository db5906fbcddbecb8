//! Fields that never break what they are part of.
//!
//! A provider may leave a field out, send null, or change its type; the event is worth more than
//! the field. Whole answers are not read this way: see [`crate::http`].
//!
//! Reads from a [`serde_json::Value`] only: from a stream, a field that fails would take with it
//! what stands behind it.

use serde::{Deserialize, Deserializer};

/// A field that is there and understood, or counts as missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Maybe<T>(pub(crate) Option<T>);

impl<T> Default for Maybe<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Maybe<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(Option::deserialize(deserializer).unwrap_or(None)))
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

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let items = Vec::<Maybe<T>>::deserialize(deserializer).unwrap_or_default();
        Ok(Self(items.into_iter().filter_map(|item| item.0).collect()))
    }
}

#[cfg(test)]
mod tests;
