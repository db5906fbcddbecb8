//! Links to online meetings: where they hide in an event, and which service they belong to.
//!
//! A link counts only if its host is exactly one that a service uses and its path is one that
//! joins, or if one of the user's own [`Patterns`] holds it. Links are never rewritten: services
//! validate them as they were made. Whether there is a meeting behind a link nobody can tell
//! without asking its service, so nobody tries.

mod bare;
mod dial_in;
mod found;
mod ical;
mod identity;
mod material;
mod patterns;
mod recognise;
mod service;
#[cfg(test)]
mod tests;
mod texts;
mod wrap;

use serde::{Deserialize, Serialize};

pub(crate) use found::judge;
pub use ical::meeting_links as ical_links;
pub use patterns::{
    LONGEST_EXPRESSION, LONGEST_NAME, MOST_PATTERNS, Pattern, PatternError, Patterns,
};
pub use service::Service;
pub use texts::MeetingTexts;
pub(crate) use wrap::unwrap;

use crate::event::{Body, Event, OnlineMeeting};
use material::Material;

/// A link by which a meeting is joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinLink {
    /// The link out of any wrapping, in the form that [`crate::gate::check_join`] lets through.
    pub url: String,
    /// Whose it is.
    pub service: Service,
    /// Where it was found: a provider's field, a property of iCalendar, `location` or `body`.
    pub source: String,
    /// What the user calls the service, for [`Service::Custom`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
}

/// The join links of an event, best first, each meeting once.
///
/// Shape: links that the provider gave as data, then those of iCalendar's properties, of the
/// place, behind links of the description, and in its text; among those of one place, meetings go
/// before rooms and rooms before chats, and links with a passcode before those without. Of two
/// links to one meeting the complete one is kept. At most 16; empty if none.
///
/// # Source
/// The search order of Graph `onlineMeeting`, Google `conferenceData`, then text.
pub fn candidates(event: &Event, patterns: &Patterns) -> Vec<JoinLink> {
    Material::of_event(event).found(patterns).into_links()
}

/// The numbers and codes of an event: those that the provider gave as data, else those that the
/// description shows.
pub fn meeting_texts(event: &Event) -> MeetingTexts {
    let material = Material::of_event(event);
    material.texts(&material.found(Patterns::NONE))
}

/// [`candidates`] and [`meeting_texts`] of an event, whose description is read once for both.
pub fn candidates_and_texts(event: &Event, patterns: &Patterns) -> (Vec<JoinLink>, MeetingTexts) {
    let Reading { links, texts } = Material::of_event(event).reading(patterns);
    (links, texts)
}

/// What of an event is kept that links can stand in.
#[derive(Debug, Clone, Copy, Default)]
pub struct Kept<'a> {
    /// What the provider gave as data, as far as it was understood.
    pub online: Option<&'a OnlineMeeting>,
    /// Place, as one line.
    pub location: Option<&'a str>,
    /// The links of its places.
    pub places: &'a [&'a str],
    /// Description.
    pub body: Option<&'a Body>,
}

/// [`candidates`] of an event of which only this is known any more.
pub fn candidates_of_kept(kept: &Kept<'_>, patterns: &Patterns) -> Vec<JoinLink> {
    Material::of_kept(kept).found(patterns).into_links()
}

/// Whether a provider gave a link of this [`JoinLink::source`] as data, beside the texts.
pub fn is_given_as_data(source: &str) -> bool {
    !matches!(source, "location" | "body")
}

/// What kind of text [`read_text`] is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextKind {
    /// Plain text, such as a mail.
    Text,
    /// Untrusted HTML.
    Html,
    /// RFC 5545: a calendar, or the content lines of an event.
    ICalendar,
}

/// What somebody needs to join a meeting, out of one text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Reading {
    /// As [`candidates`] gives them.
    pub links: Vec<JoinLink>,
    /// Numbers and codes.
    pub texts: MeetingTexts,
}

/// Reads a text as if it were the description of an event, or an event of iCalendar.
///
/// Shape: as [`candidates`]; text behind the first 512 KiB is not read.
pub fn read_text(kind: TextKind, text: &str, patterns: &Patterns) -> Reading {
    match kind {
        TextKind::Text => Material::of_text(text).reading(patterns),
        TextKind::Html => Material::of_html(text).reading(patterns),
        TextKind::ICalendar => Material::of_ical(&ical::read(text)).reading(patterns),
    }
}
