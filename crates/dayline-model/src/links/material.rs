//! What of an event is searched for a meeting, in the same form wherever the event is from.

use std::borrow::Cow;

use super::found::{Found, Place};
use super::ical::Properties;
use super::{Kept, MeetingTexts, Patterns, Reading, texts};
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
        let location = event.location.as_deref();
        Self::of_parts(event.online.as_ref(), location, links, event.body.as_ref())
    }

    pub(super) fn of_kept(kept: &Kept<'a>) -> Self {
        let links = kept.places.iter().copied();
        Self::of_parts(kept.online, kept.location, links, kept.body)
    }

    fn of_parts(
        online: Option<&'a OnlineMeeting>,
        location: Option<&'a str>,
        places: impl Iterator<Item = &'a str>,
        body: Option<&'a Body>,
    ) -> Self {
        let (html, text) = match body {
            Some(Body::Html(body)) => (Some(html::read(body)), None),
            Some(Body::Text(body)) => (None, Some(Cow::Borrowed(html::capped(body)))),
            None => (None, None),
        };
        Self {
            online: online.map(Cow::Borrowed),
            locations: location
                .into_iter()
                .chain(places.take(MOST_PLACES))
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
