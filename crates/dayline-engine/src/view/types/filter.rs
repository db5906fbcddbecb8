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
    /// What is wrong.
    pub mistake: FilterMistakeView,
    /// What was written there, shortened, or the key that lacks its value; `None` where the mistake
    /// says it all.
    pub word: Option<String>,
    /// What the part could have meant; replaces it.
    pub suggestion: Option<String>,
}

/// The mistakes that a filter can have, for words in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FilterMistakeView {
    /// Too long to be read.
    TooLong,
    /// A minus at its end.
    MinusAtEnd,
    /// A minus before a space.
    MinusApart,
    /// Two of them.
    MinusTwice,
    /// A colon with no key.
    NoKey,
    /// No such key.
    UnknownKey,
    /// No such importance.
    UnknownImportance,
    /// No such provider.
    UnknownProvider,
    /// No such answer.
    UnknownAnswer,
    /// No such status.
    UnknownStatus,
    /// No such availability.
    UnknownShow,
    /// `has:` does not know it.
    UnknownHas,
    /// `is:` does not know it.
    UnknownIs,
    /// Two quotes and nothing between them.
    EmptyQuotes,
    /// Where a word would stand is none.
    NoWord,
    /// A key has no value.
    NoValue,
    /// A comma at the end of a list.
    NothingAfterComma,
    /// Letters right behind a closing quote.
    AfterQuote,
    /// A quote inside a word.
    QuoteInside,
    /// A quote that is not closed.
    QuoteOpen,
    /// No letter to look for.
    NoLetter,
    /// Digits that are no day of the calendar.
    NoSuchDay,
    /// A word that names no day.
    UnknownDay,
    /// A span of no days.
    NoDays,
    /// A span that no calendar reaches.
    TooFar,
    /// What is no span.
    NoSpan,
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
