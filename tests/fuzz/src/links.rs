//! Finding meeting links in texts: what is offered passes the gate as it is.

use std::collections::BTreeSet;

use dayline_model::links::{self, Reading, TextKind};
use dayline_model::{Pattern, Patterns, gate};

use crate::text;

/// More links than these are not offered.
const MOST_LINKS: usize = 16;

/// The text as mail, as HTML and as iCalendar, with and without the user's own patterns.
pub(crate) fn check(input: &[u8]) {
    let text = text(input);
    let own = own_patterns();
    for kind in [TextKind::Text, TextKind::Html, TextKind::ICalendar] {
        for patterns in [Patterns::NONE, &own] {
            let reading = links::read_text(kind, &text, patterns);
            assert_offered(&reading, patterns);
            assert_said(&reading, text.len());
        }
    }
}

/// Every link that is offered can be opened, and no meeting is offered twice.
pub(crate) fn assert_offered(reading: &Reading, patterns: &Patterns) {
    assert!(reading.links.len() <= MOST_LINKS, "there are a few links");
    let mut urls = BTreeSet::new();
    for link in &reading.links {
        let (url, service) = gate::check_join(&link.url, patterns)
            .unwrap_or_else(|refused| panic!("a link is offered and refused: {refused}"));
        assert_eq!(url.as_str(), link.url, "a link is offered as it is opened");
        assert_eq!(service, link.service, "its service is the same");
        assert!(urls.insert(&link.url), "a link is offered once");
    }
}

/// Numbers and codes are taken from the text, and what can be opened passes the gate.
fn assert_said(reading: &Reading, length: usize) {
    let texts = serde_json::to_string(&reading.texts).unwrap();
    assert!(
        texts.len() <= 1024 + length * 8,
        "the codes of a meeting come out of the text"
    );
    if let Some(page) = &reading.texts.dial_in_url {
        assert!(gate::check_link(page).is_ok(), "a page of numbers opens");
    }
}

fn own_patterns() -> Patterns {
    let own = [
        ("Own", "https://meet.example.org/[a-z-]+"),
        ("Rooms", "https://*.rooms.example.net/r/\\d+#.*"),
    ];
    let pattern = |(name, expression)| Pattern::new(name, expression).unwrap();
    Patterns::new(own.map(pattern).into()).unwrap()
}
