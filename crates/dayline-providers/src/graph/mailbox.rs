//! In whose mailbox a calendar lies, and so where its events are asked for.
//!
//! A calendar that its owner shared and the user accepted is a copy in the user's own mailbox, with
//! ids of its own. One that is read in its owner's mailbox is named by the two together: an id of
//! one mailbox means nothing in another.

use dayline_model::{ProviderCalendarId, ProviderEventId};

/// Begins the id of a calendar in another mailbox. Graph's own ids have no colon.
const PREFIX: &str = "mailbox:";

/// Where a calendar lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place<'a> {
    /// In the user's own mailbox.
    Own { calendar: &'a str },
    /// In somebody else's.
    Theirs { owner: &'a str, calendar: &'a str },
}

impl<'a> Place<'a> {
    pub(super) fn of(id: &'a ProviderCalendarId) -> Self {
        id.as_str()
            .strip_prefix(PREFIX)
            // An address may have a colon only where it is quoted, which Exchange refuses.
            .and_then(|rest| rest.split_once(':'))
            .map_or(
                Self::Own {
                    calendar: id.as_str(),
                },
                |(owner, calendar)| Self::Theirs { owner, calendar },
            )
    }

    /// The name under which Dayline keeps calendar `calendar` of `owner`.
    pub(super) fn id(owner: &str, calendar: &str) -> ProviderCalendarId {
        ProviderCalendarId(format!("{PREFIX}{owner}:{calendar}"))
    }

    /// The other mailbox's address.
    pub(super) fn mailbox(self) -> Option<&'a str> {
        match self {
            Self::Own { .. } => None,
            Self::Theirs { owner, .. } => Some(owner),
        }
    }

    /// The segments of what lies below the calendar.
    pub(super) fn calendar<'b>(self, rest: &[&'b str]) -> Vec<&'b str>
    where
        'a: 'b,
    {
        let (Self::Own { calendar } | Self::Theirs { calendar, .. }) = self;
        self.below(&["calendars", calendar], rest)
    }

    /// The segments of what lies below one of its events.
    pub(super) fn event<'b>(self, event: &'b ProviderEventId, rest: &[&'b str]) -> Vec<&'b str>
    where
        'a: 'b,
    {
        self.below(&["events", event.as_str()], rest)
    }

    fn below<'b>(self, middle: &[&'b str], rest: &[&'b str]) -> Vec<&'b str>
    where
        'a: 'b,
    {
        let mut path: Vec<&'b str> = match self {
            Self::Own { .. } => vec!["me"],
            Self::Theirs { owner, .. } => vec!["users", owner],
        };
        path.extend(middle);
        path.extend(rest);
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_asked_for_in_the_mailbox_it_lies_in() {
        let event = ProviderEventId::from("E");
        let own = ProviderCalendarId::from("AAMk=");
        assert_eq!(Place::of(&own).mailbox(), None);
        let path = Place::of(&own).calendar(&["calendarView", "delta"]);
        assert_eq!(path, ["me", "calendars", "AAMk=", "calendarView", "delta"]);
        assert_eq!(Place::of(&own).event(&event, &[]), ["me", "events", "E"]);

        let theirs = Place::id("bob@contoso.example", "AAMk=");
        assert_eq!(Place::of(&theirs).mailbox(), Some("bob@contoso.example"));
        let path = Place::of(&theirs).calendar(&["calendarView"]);
        let bob = "bob@contoso.example";
        assert_eq!(path, ["users", bob, "calendars", "AAMk=", "calendarView"]);
        let path = Place::of(&theirs).event(&event, &["instances"]);
        assert_eq!(path, ["users", bob, "events", "E", "instances"]);
    }
}
