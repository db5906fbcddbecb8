//! Links to online meetings: where they hide in an event, and which service they belong to.
//!
//! A link counts only if its host is exactly one that a service uses and its path is one that
//! joins. Links are never rewritten: services validate them as they were made.

pub(crate) mod service;
#[cfg(test)]
mod tests;
mod texts;
pub(crate) mod wrap;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

pub use service::Service;
pub(crate) use service::recognise;
pub use texts::{MeetingTexts, meeting_texts};
pub(crate) use wrap::unwrap;

use crate::event::{Body, Event};
use crate::{gate, html};

/// A link by which a meeting is joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinLink {
    /// The link out of any wrapping, in the form that [`gate::check_join`] lets through.
    pub url: String,
    /// Whose it is.
    pub service: Service,
    /// Where it was found: a provider's field, `location` or `body`.
    pub source: String,
}

/// More links than this help nobody.
const MOST_LINKS: usize = 16;
/// Links of a body that are looked at.
const MOST_LOOKED_AT: usize = 2_000;

/// The join links of an event, best first, each once.
///
/// Shape: links that the provider gave as data, then those of the place, then those behind links
/// of the description, then those in its text; at most 16; empty if none.
///
/// # Source
/// The search order of Graph `onlineMeeting`, Google `conferenceData`, then text.
pub fn candidates(event: &Event) -> Vec<JoinLink> {
    candidates_in(event, read(event).as_ref())
}

/// [`candidates`] and [`meeting_texts`] of an event, whose description is read once for both.
pub fn candidates_and_texts(event: &Event) -> (Vec<JoinLink>, MeetingTexts) {
    let reading = read(event);
    (
        candidates_in(event, reading.as_ref()),
        texts::meeting_texts_in(event, reading.as_ref()),
    )
}

/// A description in HTML; `None` if it is none.
fn read(event: &Event) -> Option<html::Reading> {
    match &event.body {
        Some(Body::Html(body)) => Some(html::read(body)),
        _ => None,
    }
}

fn candidates_in(event: &Event, reading: Option<&html::Reading>) -> Vec<JoinLink> {
    let mut found = Found::default();
    for link in event.online.iter().flat_map(|online| &online.links) {
        found.offer(&link.url, &link.source);
    }
    if let Some(location) = &event.location {
        found.offer_text(html::capped(location), "location");
    }
    match (&event.body, reading) {
        (Some(Body::Html(_)), Some(reading)) => {
            for href in reading.hrefs.iter().take(MOST_LOOKED_AT) {
                found.offer(href, "body");
            }
            found.offer_text(&reading.text, "body");
        }
        (Some(Body::Text(body)), _) => found.offer_text(html::capped(body), "body"),
        _ => {}
    }
    found.links
}

#[derive(Default)]
struct Found {
    links: Vec<JoinLink>,
    seen: BTreeSet<String>,
}

impl Found {
    fn offer(&mut self, link: &str, source: &str) {
        if self.links.len() >= MOST_LINKS {
            return;
        }
        let Ok((url, service)) = gate::check_join(link) else {
            return;
        };
        if self.seen.insert(url.as_str().to_owned()) {
            self.links.push(JoinLink {
                url: url.into(),
                service,
                source: source.to_owned(),
            });
        }
    }

    fn offer_text(&mut self, text: &str, source: &str) {
        for link in html::bare_links(text).take(MOST_LOOKED_AT) {
            self.offer(link, source);
        }
    }
}
