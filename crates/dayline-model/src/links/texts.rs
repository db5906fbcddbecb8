//! What somebody needs to join by typing or by telephone.
//!
//! Labels are in the organiser's language, so values are recognised by their shape and by where
//! they stand; labels in the languages that people meet help where that is not enough. What could
//! as well be an order number, a price or somebody's telephone is left alone: no value is better
//! than a wrong one.

mod lines;
mod numbers;
mod scan;
mod words;

use serde::{Deserialize, Serialize};

use super::dial_in;
use super::found::Found;
use super::recognise::is_digits;
use crate::event::OnlineMeeting;

/// Numbers and codes of an online meeting, as text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MeetingTexts {
    /// Meeting id, with its spaces; digits of other scripts as `0` to `9`.
    pub meeting_id: Option<String>,
    /// Passcode, as it was written.
    pub passcode: Option<String>,
    /// A number to dial, with the conference id behind commas where the invitation gives it so.
    pub dial_in: Option<String>,
    /// A page with numbers to dial, or a `tel` link; passes [`crate::gate::check_link`].
    #[serde(default)]
    pub dial_in_url: Option<String>,
    /// Conference id of the telephone conference, without its `#`.
    pub conference_id: Option<String>,
}

/// What the links of an event say about its numbers.
#[derive(Debug, Default)]
struct Evidence {
    /// Meeting ids that stand in join links, without spaces.
    ids: Vec<String>,
    /// Whether there is a join link at all.
    has_link: bool,
}

/// The numbers and codes of an event: those that `online` gives as data, else those of the first
/// of `bodies` that shows them.
pub(super) fn read<'t>(
    bodies: impl Iterator<Item = &'t str>,
    online: Option<&OnlineMeeting>,
    found: &Found<'_>,
) -> MeetingTexts {
    let evidence = evidence(found);
    let mut texts = MeetingTexts::default();
    if let Some(online) = online {
        let given = |text: &Option<String>| {
            text.as_deref()
                .map(str::trim)
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        texts = MeetingTexts {
            meeting_id: given(&online.meeting_id),
            passcode: given(&online.passcode),
            dial_in: given(&online.dial_in),
            dial_in_url: given(&online.dial_in_url).and_then(|url| dial_in::given(&url)),
            conference_id: given(&online.conference_id),
        };
    }
    for body in bodies {
        let shown = scan::read(body, &evidence);
        texts.meeting_id = texts.meeting_id.or(shown.meeting_id);
        texts.passcode = texts.passcode.or(shown.passcode);
        texts.dial_in = texts.dial_in.or(shown.dial_in);
        texts.conference_id = texts.conference_id.or(shown.conference_id);
    }
    texts.dial_in_url = texts
        .dial_in_url
        .or_else(|| found.dial_in_url().map(str::to_owned));
    texts
}

fn evidence(found: &Found<'_>) -> Evidence {
    let mut evidence = Evidence::default();
    for link in found.links() {
        evidence.has_link = true;
        let path = link.url.split(['?', '#']).next().unwrap_or_default();
        evidence.ids.extend(
            path.split('/')
                .filter(|part| is_digits(part) && part.len() >= 9)
                .map(str::to_owned),
        );
    }
    evidence
}
