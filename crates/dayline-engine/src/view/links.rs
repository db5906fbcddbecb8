//! The user's own patterns of meeting links, and what they hold.

use serde::Serialize;

/// A pattern as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PatternView {
    /// What the user calls the service.
    pub name: String,
    /// The expression as it was written.
    pub expression: String,
    /// Why this version cannot use it, in words; `None` if it can.
    pub problem: Option<String>,
}

/// What an expression holds among the links of known events.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PatternTrial {
    /// Events that were looked at.
    pub looked_at: u32,
    /// Links that it holds.
    pub count: u32,
    /// The first 200 of them.
    pub matches: Vec<PatternMatch>,
}

/// A link that an expression holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "camelCase")]
pub struct PatternMatch {
    /// The event's title; empty if it has none.
    pub title: String,
    /// The day on which it takes place, of a series the first one.
    pub date: String,
    /// The link, out of any wrapping.
    pub link: String,
    /// The service that Dayline knows it by already, so that the pattern adds nothing.
    pub known_as: Option<String>,
}

/// What somebody needs to join a meeting, out of one text; for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct TextReading {
    /// Join links, best first.
    pub links: Vec<FoundLink>,
    /// Meeting id, as it is written.
    pub meeting_id: Option<String>,
    /// Passcode.
    pub passcode: Option<String>,
    /// A number to dial.
    pub dial_in: Option<String>,
    /// A page with numbers to dial, or a `tel` link.
    pub dial_in_url: Option<String>,
    /// Conference id of the telephone conference.
    pub conference_id: Option<String>,
}

impl TextReading {
    /// Whether there is nothing that helps anybody to join.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A link by which a meeting is joined; for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FoundLink {
    /// The link, out of any wrapping.
    pub url: String,
    /// The service's key.
    pub service: String,
    /// The name that people know it by.
    pub name: String,
    /// Where it was found.
    pub source: String,
    /// The name of the user's pattern that holds it.
    pub label: Option<String>,
}

/// What a link is; for the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LinkVerdict {
    /// As it was given.
    pub given: String,
    /// What it joins.
    pub found: Option<FoundLink>,
    /// Why it is not opened, as a sentence.
    pub refused: Option<String>,
}
