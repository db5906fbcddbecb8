//! Where iCalendar keeps the links of an online meeting.
//!
//! Nothing here understands calendars: times, series and people are read elsewhere. Only lines of
//! an event are looked at, not those of its alarms, its zones or of the calendar itself.
//!
//! # Source
//! RFC 5545 §3.1 and §3.3.11, RFC 7986 §5.11 and §6.3; Microsoft's X- properties as Exchange and
//! Outlook write them, Google's as its exports do.

use std::borrow::Cow;

use super::Patterns;
use super::found::{Found, Place};
use crate::event::{MeetingLink, OnlineMeeting};
use crate::html;

/// The longest calendar that is read, in bytes: attachments may stand in it.
const LONGEST: usize = 4 * 1024 * 1024;
/// Links given as properties that are kept.
const MOST_LINKS: usize = 32;
/// Places that are kept.
const MOST_PLACES: usize = 16;

/// What of an event concerns its meeting.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Properties {
    /// Links and numbers that are there for joining, and URL.
    pub(super) online: OnlineMeeting,
    pub(super) location: Vec<String>,
    pub(super) description: Option<String>,
    pub(super) html: Option<String>,
}

/// The links of a VEVENT's content lines by which a meeting may be joined, folded or not.
///
/// Shape: those of properties made for it, then URL, LOCATION, X-ALT-DESC and DESCRIPTION, each
/// with its property's name as source. Of the last three only links that pass the gate; the others
/// are unchecked, but always `https`. Of a whole calendar the links of all its events. At most 48.
pub fn meeting_links(text: &str, patterns: &Patterns) -> Vec<MeetingLink> {
    let event = read(text);
    let mut found = Found::new(patterns);
    for location in &event.location {
        found.offer_text(location, Place::Location, "LOCATION");
    }
    if let Some(html) = event.html.as_deref().map(html::read) {
        found.offer_hrefs(&html.hrefs, Place::Href, "X-ALT-DESC");
        found.offer_text(&html.text, Place::Text, "X-ALT-DESC");
    }
    if let Some(text) = &event.description {
        found.offer_text(text, Place::Text, "DESCRIPTION");
    }
    let mut links = event.online.links;
    for link in found.into_links() {
        if links.iter().all(|known| known.url != link.url) {
            links.push(MeetingLink {
                url: link.url,
                source: link.source,
            });
        }
    }
    links
}

/// Reads the events of a text.
pub(super) fn read(text: &str) -> Properties {
    let text = text
        .get(..text.floor_char_boundary(LONGEST))
        .unwrap_or_default();
    let mut gathered = Gathered::default();
    // Components that are open, and whether each is an event.
    let mut open: Vec<bool> = Vec::new();
    for line in unfolded(text) {
        let Some(line) = Line::parse(&line) else {
            continue;
        };
        match line.name.as_str() {
            "BEGIN" => open.push(line.value.trim().eq_ignore_ascii_case("VEVENT")),
            "END" => {
                open.pop();
            }
            _ if open.last().is_none_or(|is_event| *is_event) => gathered.take(&line),
            _ => {}
        }
    }
    gathered.finish()
}

/// The content lines of a text, those that go on in the next one put together.
fn unfolded(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    let mut rest = text.split('\n').peekable();
    std::iter::from_fn(move || {
        let mut line = Cow::Borrowed(without_return(rest.next()?));
        while let Some(next) = rest.next_if(|next| next.starts_with([' ', '\t'])) {
            let next = without_return(next);
            line.to_mut().push_str(next.get(1..).unwrap_or_default());
        }
        Some(line)
    })
}

fn without_return(line: &str) -> &str {
    line.strip_suffix('\r').unwrap_or(line)
}

/// `NAME;PARAMETER=VALUE:value`.
struct Line<'a> {
    name: String,
    parameters: &'a str,
    value: &'a str,
}

impl<'a> Line<'a> {
    fn parse(line: &'a str) -> Option<Self> {
        let name_end = line.find([';', ':'])?;
        let (name, rest) = line.split_at_checked(name_end)?;
        if name.len() > 64 {
            return None;
        }
        let mut in_quotes = false;
        let colon = rest
            .find(|c| {
                in_quotes ^= c == '"';
                c == ':' && !in_quotes
            })
            // A quote that nobody closed.
            .or_else(|| rest.find(':'))?;
        let (parameters, value) = rest.split_at_checked(colon)?;
        Some(Self {
            // Some programs write the group of vCard in front.
            name: name.rsplit('.').next()?.trim().to_ascii_uppercase(),
            parameters,
            value: value.get(1..)?,
        })
    }

    /// The words of a parameter, such as those of FEATURE, in upper case.
    fn words(&self, name: &str) -> Vec<String> {
        self.parameters
            .split(';')
            .filter_map(|parameter| parameter.split_once('='))
            .filter(|(key, _)| key.trim().eq_ignore_ascii_case(name))
            .flat_map(|(_, words)| words.split(','))
            .map(|word| word.trim().trim_matches('"').to_ascii_uppercase())
            .take(16)
            .collect()
    }

    /// The value as TEXT: `\n`, `\,`, `\;` and `\\` undone.
    fn text(&self) -> String {
        let value = html::capped(self.value);
        let mut text = String::with_capacity(value.len());
        let mut chars = value.chars();
        while let Some(c) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(c) => text.push(c),
                    None => {}
                },
                c => text.push(c),
            }
        }
        text
    }
}

/// Properties by what they are worth, until all lines were seen.
#[derive(Default)]
struct Gathered {
    properties: Properties,
    /// For the people who come.
    joining: Vec<MeetingLink>,
    /// For those who hold the meeting, or only for listening.
    other: Vec<MeetingLink>,
    pages: Vec<MeetingLink>,
}

impl Gathered {
    fn take(&mut self, line: &Line<'_>) {
        let properties = &mut self.properties;
        match line.name.as_str() {
            // ONLINEMEETINGCONFLINK has a `sip:` address, which joins nothing here.
            "X-MICROSOFT-SKYPETEAMSMEETINGURL"
            | "X-MICROSOFT-ONLINEMEETINGEXTERNALLINK"
            | "X-MICROSOFT-ONLINEMEETINGCONFLINK"
            | "X-MS-OLK-MWSURL"
            | "X-GOOGLE-CONFERENCE"
            | "X-GOOGLE-HANGOUT" => keep(&mut self.joining, line),
            "CONFERENCE" => self.take_conference(line),
            "URL" => keep(&mut self.pages, line),
            "X-MICROSOFT-ONLINEMEETINGCONFERENCEID" => {
                fill(&mut properties.online.conference_id, line.text());
            }
            "X-MICROSOFT-ONLINEMEETINGTOLLNUMBER" => {
                fill(&mut properties.online.dial_in, line.text());
            }
            "LOCATION" if properties.location.len() < MOST_PLACES => {
                properties.location.push(line.text());
            }
            "DESCRIPTION" => append(&mut properties.description, &line.text()),
            "X-ALT-DESC" if is_html(line) => append(&mut properties.html, &line.text()),
            _ => {}
        }
    }

    fn take_conference(&mut self, line: &Line<'_>) {
        let features = line.words("FEATURE");
        let has = |feature: &str| features.iter().any(|found| found == feature);
        let value = line.text();
        let number = value
            .trim()
            .split_at_checked("tel:".len())
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("tel:"));
        if let Some((_, number)) = number {
            if crate::gate::check_link(value.trim()).is_ok() {
                let online = &mut self.properties.online;
                fill(&mut online.dial_in, number.to_owned());
                fill(&mut online.dial_in_url, value.trim().to_owned());
            }
        } else if features.is_empty() || has("VIDEO") {
            keep(
                if has("MODERATOR") {
                    &mut self.other
                } else {
                    &mut self.joining
                },
                line,
            );
        } else if has("AUDIO") || has("SCREEN") || has("MODERATOR") {
            keep(&mut self.other, line);
        }
    }

    fn finish(self) -> Properties {
        let mut properties = self.properties;
        properties.online.links = self
            .joining
            .into_iter()
            .chain(self.other)
            .chain(self.pages)
            .collect();
        properties
    }
}

fn keep(links: &mut Vec<MeetingLink>, line: &Line<'_>) {
    let url = line.text();
    let url = url.trim().trim_matches('"');
    let is_secure = url
        .get(..8)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("https://"));
    if is_secure
        && url.len() <= crate::gate::LONGEST_LINK
        && links.len() < MOST_LINKS / 4
        && links.iter().all(|known| known.url != url)
    {
        links.push(MeetingLink {
            url: url.to_owned(),
            source: line.name.clone(),
        });
    }
}

/// The first value that says something stays.
fn fill(field: &mut Option<String>, value: String) {
    if field.is_none() && !value.trim().is_empty() {
        *field = Some(value);
    }
}

/// Descriptions of several events are read as one, as long as a description may be.
fn append(field: &mut Option<String>, value: &str) {
    let known = field.get_or_insert_default();
    if known.len() + value.len() < html::LONGEST {
        if !known.is_empty() {
            known.push('\n');
        }
        known.push_str(value);
    } else if known.is_empty() {
        html::capped(value).clone_into(known);
    }
}

fn is_html(line: &Line<'_>) -> bool {
    line.words("FMTTYPE").iter().all(|kind| kind == "TEXT/HTML")
}
