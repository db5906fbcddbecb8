//! What has changed in an account, read from its version numbers.
//!
//! Whoever changes an event gives it the account's next version, whether through a service, a
//! share or the tests' door; what is newer than the last look is what there is to tell.

use crate::ids;
use crate::world::{Account, Calendar};

/// What happened to an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ChangeKind {
    Created,
    Updated,
    Deleted,
}

impl ChangeKind {
    /// Graph's `changeType`.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Deleted => "deleted",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        [Self::Created, Self::Updated, Self::Deleted]
            .into_iter()
            .find(|kind| kind.as_str().eq_ignore_ascii_case(text))
    }
}

/// One changed event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    pub(super) calendar: String,
    /// The event's id as it is stored.
    pub(super) id: String,
    pub(super) kind: ChangeKind,
    pub(super) version: u64,
    /// The calendar itself is gone.
    pub(super) with_calendar: bool,
}

/// The changes after version `told`, in the order of the calendars. Exceptions that change
/// together with their series are part of its change.
///
/// Copies of what somebody else owns are left out: nobody can subscribe to them.
pub(super) fn since(account: &Account, told: u64) -> Vec<Change> {
    let mut out = Vec::new();
    for calendar in account.calendars.iter().filter(|one| one.role.is_none()) {
        match calendar.removed {
            Some(version) if version <= told => {}
            Some(version) => {
                let gone = calendar.events.iter().filter(|event| !event.removed);
                let gone = gone.filter(|event| event.series.is_none());
                out.extend(gone.map(|event| Change {
                    calendar: calendar.id.clone(),
                    id: event.id.clone(),
                    kind: ChangeKind::Deleted,
                    version,
                    with_calendar: true,
                }));
            }
            None => stored(calendar, told, &mut out),
        }
    }
    for item in account.injected.iter().filter(|item| item.version > told) {
        let id = item.id().map(str::to_owned);
        out.push(Change {
            calendar: item.calendar.clone(),
            id: id.unwrap_or_else(|| ids::graph_of(&item.version.to_string())),
            kind: ChangeKind::Created,
            version: item.version,
            with_calendar: false,
        });
    }
    out
}

fn stored(calendar: &Calendar, told: u64, out: &mut Vec<Change>) {
    for event in calendar.events.iter().filter(|event| event.version > told) {
        let with_series = event.series.as_ref().is_some_and(|link| {
            let master = calendar.event(&link.master);
            master.is_some_and(|master| master.version > told)
        });
        if with_series {
            continue;
        }
        let kind = if event.removed {
            ChangeKind::Deleted
        } else if event.created_version > told && event.series.is_none() {
            ChangeKind::Created
        } else {
            ChangeKind::Updated
        };
        out.push(Change {
            calendar: calendar.id.clone(),
            id: event.id.clone(),
            kind,
            version: event.version,
            with_calendar: false,
        });
    }
}
