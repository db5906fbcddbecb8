//! Gathering join links: each meeting once, by its best link, the best meeting first.

use std::collections::HashMap;

use url::Url;

use super::recognise::{Confidence, recognise};
use super::{JoinLink, Patterns, Service, bare, dial_in, identity, wrap};
use crate::gate;

/// More links than this help nobody.
const MOST_LINKS: usize = 16;
/// Meetings that are told apart before the best are taken.
const MOST_GATHERED: usize = 64;
/// Links of a text that are looked at.
const MOST_LOOKED_AT: usize = 2_000;

/// Where a link was found, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Place {
    /// A provider's field for joining.
    Data,
    /// A property of iCalendar for joining.
    Property,
    /// The place of the event.
    Location,
    /// The event's page.
    Url,
    /// Behind a link of the description.
    Href,
    /// In the description's text.
    Text,
}

impl Place {
    /// The place that a [`crate::MeetingLink::source`] names.
    pub(super) fn of_source(source: &str) -> Self {
        match source {
            "locationUri" | "LOCATION" => Self::Location,
            "URL" => Self::Url,
            "X-ALT-DESC" => Self::Href,
            "DESCRIPTION" => Self::Text,
            "CONFERENCE" => Self::Property,
            source if source.starts_with("X-") => Self::Property,
            _ => Self::Data,
        }
    }
}

/// What a link joins, with the pattern's name if the user told of its service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Judged<'a> {
    pub(crate) service: Service,
    pub(super) confidence: Confidence,
    pub(super) label: Option<&'a str>,
}

/// What a link joins that passed the gate and came out of its wrappings.
pub(crate) fn judge<'a>(url: &Url, patterns: &'a Patterns) -> Option<Judged<'a>> {
    if let Some(known) = recognise(url) {
        return Some(Judged {
            service: known.service,
            confidence: known.confidence,
            label: None,
        });
    }
    patterns.find(url).map(|pattern| Judged {
        service: Service::Custom,
        confidence: Confidence::Room,
        label: Some(pattern.name()),
    })
}

/// A meeting with the best link to it so far.
struct Candidate {
    link: JoinLink,
    place: Place,
    confidence: Confidence,
    completeness: u8,
}

/// The join links and dial-in pages of one event.
pub(super) struct Found<'a> {
    patterns: &'a Patterns,
    candidates: Vec<Candidate>,
    by_meeting: HashMap<String, usize>,
    page: Option<String>,
    call: Option<String>,
}

impl<'a> Found<'a> {
    pub(super) fn new(patterns: &'a Patterns) -> Self {
        Self {
            patterns,
            candidates: Vec::new(),
            by_meeting: HashMap::new(),
            page: None,
            call: None,
        }
    }

    /// Looks at one link.
    pub(super) fn offer(&mut self, link: &str, place: Place, source: &str) {
        if link.len() > gate::LONGEST_LINK {
            return;
        }
        if self.call.is_none()
            && let Some(call) = dial_in::call(link)
        {
            self.call = Some(call);
            return;
        }
        let Ok(url) = gate::check_as_written(link).and_then(wrap::unwrap) else {
            return;
        };
        match judge(&url, self.patterns) {
            Some(judged) => self.keep(url, judged, place, source),
            None if self.page.is_none() && dial_in::is_page(&url) => self.page = Some(url.into()),
            None => {}
        }
    }

    /// Looks at a link of a document: some programs escape its address twice.
    pub(super) fn offer_href(&mut self, href: &str, place: Place, source: &str) {
        self.offer(&bare::mended(href), place, source);
    }

    /// Looks at the links of a text.
    pub(super) fn offer_text(&mut self, text: &str, place: Place, source: &str) {
        for link in bare::links_in(text).take(MOST_LOOKED_AT) {
            self.offer(&link, place, source);
        }
    }

    /// Looks at the addresses behind a document's links.
    pub(super) fn offer_hrefs(&mut self, hrefs: &[String], place: Place, source: &str) {
        for href in hrefs.iter().take(MOST_LOOKED_AT) {
            self.offer_href(href, place, source);
        }
    }

    fn keep(&mut self, url: Url, judged: Judged<'_>, place: Place, source: &str) {
        let completeness = identity::completeness(&url);
        let meeting = identity::meeting(&url, judged.service);
        let candidate = Candidate {
            link: JoinLink {
                url: url.into(),
                service: judged.service,
                source: source.to_owned(),
                label: judged.label.map(str::to_owned),
            },
            place,
            confidence: judged.confidence,
            completeness,
        };
        let room = self.candidates.len() < MOST_GATHERED;
        let known = self.by_meeting.get(&meeting).copied();
        match known.and_then(|at| self.candidates.get_mut(at)) {
            // The complete form wins, and stays where the meeting was found first.
            Some(known) if completeness > known.completeness => {
                *known = Candidate {
                    place: known.place.min(place),
                    confidence: known.confidence.max(judged.confidence),
                    ..candidate
                };
            }
            None if room => {
                self.by_meeting.insert(meeting, self.candidates.len());
                self.candidates.push(candidate);
            }
            _ => {}
        }
    }

    /// The links, best first.
    pub(super) fn into_links(mut self) -> Vec<JoinLink> {
        // Stable: what is equal stays in the order of the event.
        self.candidates.sort_by_key(|candidate| {
            (
                candidate.place,
                std::cmp::Reverse(candidate.confidence),
                std::cmp::Reverse(candidate.completeness >= identity::WITH_SECRET),
            )
        });
        self.candidates.truncate(MOST_LINKS);
        self.candidates
            .into_iter()
            .map(|candidate| candidate.link)
            .collect()
    }

    /// The page with numbers to dial, else a number with the conference id in it.
    pub(super) fn dial_in_url(&self) -> Option<&str> {
        self.page.as_deref().or(self.call.as_deref())
    }

    /// The links so far, in the order of the event.
    pub(super) fn links(&self) -> impl Iterator<Item = &JoinLink> {
        self.candidates.iter().map(|candidate| &candidate.link)
    }
}
