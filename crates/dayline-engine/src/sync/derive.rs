//! What is worked out of an event before it is kept.

use std::hash::{DefaultHasher, Hash, Hasher};

use dayline_model::links;
use dayline_model::{Event, JoinLink, Patterns};
use dayline_store::{Derived, LinkRow};

/// Join links and meeting data.
pub(super) fn derive(event: &Event, patterns: &Patterns) -> Derived {
    let (candidates, texts) = links::candidates_and_texts(event, patterns);
    let online = event.online.as_ref();
    let is_teams = candidates
        .first()
        .is_some_and(|link| link.service.is_teams())
        || online.is_some_and(|online| online.is_teams);
    Derived {
        is_teams,
        links: candidates.into_iter().map(link_row).collect(),
        meeting_id: texts.meeting_id,
        passcode: texts.passcode,
        dial_in: texts.dial_in,
        dial_in_url: texts.dial_in_url,
        conference_id: texts.conference_id,
    }
}

/// A join link as it is kept.
pub(crate) fn link_row(link: JoinLink) -> LinkRow {
    LinkRow {
        url: link.url,
        service: link.service.key().to_owned(),
        source: link.source,
        label: link.label,
    }
}

/// A number that differs if anything that is kept of the event differs. A new version of Dayline
/// may give another number; then rows are written once more, which does no harm.
pub(super) fn fingerprint(event: &Event, derived: &Derived) -> i64 {
    let mut hasher = DefaultHasher::new();
    (event, derived).hash(&mut hasher);
    hasher.finish().cast_signed()
}
