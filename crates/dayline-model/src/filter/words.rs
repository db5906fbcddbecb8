//! The words of the filter language: its keys, and the values of the keys that have a list.
//!
//! What a word does to an event is not here.

use crate::event::{Importance, ParticipationStatus, ShowAs, Status};
use crate::ids::ProviderKind;

/// Values that are written as one of a list of words. The order of the list is canonical.
pub(super) trait Words: Copy + PartialEq + 'static {
    /// Each word with its meaning, each meaning once.
    const WORDS: &'static [(&'static str, Self)];

    /// What a word means, whatever its case.
    fn read(word: &str) -> Option<Self> {
        Self::WORDS
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word))
            .map(|(_, meaning)| *meaning)
    }

    /// The word for a meaning.
    fn word(self) -> &'static str {
        Self::WORDS
            .iter()
            .find(|(_, meaning)| *meaning == self)
            .map_or("", |(word, _)| word)
    }

    /// The words alone.
    fn all() -> impl Iterator<Item = &'static str> {
        Self::WORDS.iter().map(|(word, _)| *word)
    }

    /// Each of `values` once, in the order of the list.
    fn sorted(values: &[Self]) -> Vec<Self> {
        Self::WORDS
            .iter()
            .map(|(_, meaning)| *meaning)
            .filter(|meaning| values.contains(meaning))
            .collect()
    }
}

/// What stands before a colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Importance,
    Category,
    Calendar,
    Account,
    Provider,
    Answer,
    Status,
    Show,
    With,
    Has,
    Is,
    From,
    To,
    Next,
}

impl Words for Key {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("importance", Self::Importance),
        ("category", Self::Category),
        ("calendar", Self::Calendar),
        ("account", Self::Account),
        ("provider", Self::Provider),
        ("answer", Self::Answer),
        ("status", Self::Status),
        ("show", Self::Show),
        ("with", Self::With),
        ("has", Self::Has),
        ("is", Self::Is),
        ("from", Self::From),
        ("to", Self::To),
        ("next", Self::Next),
    ];
}

/// Where an event comes from, as `provider:` names it. The language knows more than Dayline
/// connects to, so that a saved filter needs no change later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Provider {
    /// Microsoft 365 and Outlook.com.
    Microsoft,
    /// Google Calendar.
    Google,
    /// A CalDAV server.
    CalDav,
    /// An iCalendar file or subscription.
    Ics,
}

impl From<ProviderKind> for Provider {
    fn from(kind: ProviderKind) -> Self {
        match kind {
            ProviderKind::Microsoft => Self::Microsoft,
            ProviderKind::Google => Self::Google,
        }
    }
}

impl Words for Provider {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("microsoft", Self::Microsoft),
        ("google", Self::Google),
        ("caldav", Self::CalDav),
        ("ics", Self::Ics),
    ];
}

impl Words for Importance {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("low", Self::Low),
        ("normal", Self::Normal),
        ("high", Self::High),
    ];
}

impl Words for Status {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("confirmed", Self::Confirmed),
        ("tentative", Self::Tentative),
        ("cancelled", Self::Cancelled),
    ];
}

impl Words for ShowAs {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("free", Self::Free),
        ("busy", Self::Busy),
        ("tentative", Self::Tentative),
        ("oof", Self::OutOfOffice),
        ("elsewhere", Self::WorkingElsewhere),
    ];
}

/// The user's own answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Accepted,
    Tentative,
    Declined,
    None,
    Organizer,
}

impl Answer {
    /// The stored answers that it stands for.
    pub(super) fn statuses(self) -> &'static [ParticipationStatus] {
        match self {
            Self::Accepted => &[ParticipationStatus::Accepted],
            Self::Tentative => &[ParticipationStatus::Tentative],
            Self::Declined => &[ParticipationStatus::Declined],
            Self::None => &[ParticipationStatus::None, ParticipationStatus::NeedsAction],
            Self::Organizer => &[ParticipationStatus::Organizer],
        }
    }

    /// The answer that a bare word also means.
    pub(super) fn of_bare_word(word: &str) -> Option<Self> {
        Self::read(word).filter(|answer| !matches!(answer, Self::None | Self::Organizer))
    }
}

impl Words for Answer {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("accepted", Self::Accepted),
        ("tentative", Self::Tentative),
        ("declined", Self::Declined),
        ("none", Self::None),
        ("organizer", Self::Organizer),
    ];
}

/// What an event may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Has {
    Teams,
    Link,
    Attachment,
    Conflict,
}

impl Words for Has {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("teams", Self::Teams),
        ("link", Self::Link),
        ("attachment", Self::Attachment),
        ("conflict", Self::Conflict),
    ];
}

/// What an event may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Is {
    Series,
    AllDay,
    Private,
    Copy,
    /// Asked, and not answered; `answer:none` also finds what nobody was asked about.
    Unanswered,
}

impl Words for Is {
    const WORDS: &'static [(&'static str, Self)] = &[
        ("series", Self::Series),
        ("allday", Self::AllDay),
        ("private", Self::Private),
        ("copy", Self::Copy),
        ("unanswered", Self::Unanswered),
    ];
}

/// What `next:` counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Days,
    Weeks,
    Months,
}

impl Words for Unit {
    const WORDS: &'static [(&'static str, Self)] =
        &[("d", Self::Days), ("w", Self::Weeks), ("m", Self::Months)];
}
