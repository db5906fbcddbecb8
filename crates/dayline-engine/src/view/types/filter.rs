//! What somebody who types a filter is told, and the filters that they keep.

use serde::{Deserialize, Serialize};

/// A filter while it is typed. Positions count UTF-16 units from its start, as windows do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FilterReading {
    /// The first thing that is wrong; `None`: it can be used.
    pub problem: Option<FilterProblem>,
    /// What could stand at the cursor, best first, at most 12.
    pub completions: Vec<FilterCompletion>,
}

/// What is wrong with a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FilterProblem {
    /// Where it begins.
    pub from: i32,
    /// Where it ends; as `from` where something is missing.
    pub to: i32,
    /// What is wrong, as a sentence.
    pub message: String,
    /// What the part could have meant; replaces it.
    pub suggestion: Option<String>,
}

/// Something that can be put into a filter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct FilterCompletion {
    /// Where the part begins that it replaces.
    pub from: i32,
    /// Where that part ends.
    pub to: i32,
    /// What to put there.
    pub insert: String,
    /// What to show.
    pub label: String,
    /// What it means, where the label does not say it.
    pub hint: Option<String>,
}

/// A filter that the user keeps under a name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct SavedView {
    /// Its name, at most 60 characters.
    pub name: String,
    /// The filter as it was typed.
    pub filter: String,
    /// A digit "1" to "9" that shows it together with Shift and Alt; `None`: it has none.
    pub shortcut: Option<String>,
}
