//! What of an event is searched for a meeting, in the same form wherever the event is from.

use std::borrow::Cow;

use super::found::{Found, Place};
use super::ical::Properties;
use super::{MeetingTexts, Patterns, Reading, texts};
use crate::event::{Body, Event, OnlineMeeting};
use crate::html;

/// Places of an event that are looked at.
const MOST_PLACES: usize = 64;

/// The searched parts of an event.
#[derive(Default)]
pub(super) struct Material<'a> {
    online: Option<Cow<'a, OnlineMeeting>>,
    /// What stands where the place belongs.
    locations: Vec<Cow<'a, str>>,
    html: Option<html::Reading>,
    text: Option<Cow<'a, str>>,
    names: Names,
}

/// What [`super::JoinLink::source`] says of each part.
struct Names {
    location: &'static str,
    html: &'static str,
    text: &'static str,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            location: "location",
            html: "body",
            text: "body",
        }
    }
}

impl<'a> Material<'a> {
    pub(super) fn of_event(event: &'a Event) -> Self {
        let links = event.places.iter().filter_map(|place| place.uri.as_deref());
        let (html, text) = match &event.body {
            Some(Body::Html(body)) => (Some(html::read(body)), None),
            Some(Body::Text(body)) => (None, Some(Cow::Borrowed(html::capped(body)))),
            None => (None, None),
        };
        Self {
            online: event.online.as_ref().map(Cow::Borrowed),
            locations: event
                .location
                .as_deref()
                .into_iter()
                .chain(links.take(MOST_PLACES))
                .map(|place| Cow::Borrowed(html::capped(place)))
                .collect(),
            html,
            text,
            names: Names::default(),
        }
    }

    pub(super) fn of_text(text: &'a str) -> Self {
        Self {
            text: Some(Cow::Borrowed(html::capped(text))),
            ..Self::default()
        }
    }

    pub(super) fn of_html(html: &str) -> Self {
        Self {
            html: Some(html::read(html)),
            ..Self::default()
        }
    }

    pub(super) fn of_ical(event: &'a Properties) -> Self {
        Self {
            online: Some(Cow::Borrowed(&event.online)),
            locations: event
                .location
                .iter()
                .map(|place| Cow::Borrowed(place.as_str()))
                .collect(),
            html: event.html.as_deref().map(html::read),
            text: event.description.as_deref().map(Cow::Borrowed),
            names: Names {
                location: "LOCATION",
                html: "X-ALT-DESC",
                text: "DESCRIPTION",
            },
        }
    }

    /// The links of all parts.
    pub(super) fn found<'p>(&self, patterns: &'p Patterns) -> Found<'p> {
        let mut found = Found::new(patterns);
        for link in self.online.iter().flat_map(|online| &online.links) {
            let place = Place::of_source(&link.source);
            found.offer_href(link.url.trim(), place, &link.source);
        }
        for location in &self.locations {
            found.offer_text(location, Place::Location, self.names.location);
        }
        if let Some(html) = &self.html {
            found.offer_hrefs(&html.hrefs, Place::Href, self.names.html);
            found.offer_text(&html.text, Place::Text, self.names.html);
        }
        if let Some(text) = &self.text {
            found.offer_text(text, Place::Text, self.names.text);
        }
        found
    }

    /// The numbers and codes, of which those that were given as data go before those in texts.
    pub(super) fn texts(&self, found: &Found<'_>) -> MeetingTexts {
        let bodies = self
            .text
            .as_deref()
            .into_iter()
            .chain(self.html.as_ref().map(|html| html.text.as_str()));
        texts::read(bodies, self.online.as_deref(), found)
    }

    pub(super) fn reading(&self, patterns: &Patterns) -> Reading {
        let found = self.found(patterns);
        let texts = self.texts(&found);
        Reading {
            links: found.into_links(),
            texts,
        }
    }
}
