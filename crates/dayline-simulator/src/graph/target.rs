//! What a client's id names: a stored event or an occurrence that nobody has changed yet.

use chrono::NaiveDate;

use crate::expand::{self, Instance};
use crate::ids;
use crate::world::{Account, Calendar, Event, Vendor, occurrence_draft};

/// What an id names.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Target {
    /// A stored event: single, master or exception.
    Event { calendar: String, id: String },
    /// An unchanged occurrence.
    Occurrence {
        calendar: String,
        master: String,
        date: NaiveDate,
    },
}

impl Target {
    pub(super) fn calendar(&self) -> &str {
        match self {
            Self::Event { calendar, .. } | Self::Occurrence { calendar, .. } => calendar,
        }
    }
}

/// Finds what a client's id names, in any calendar that exists.
pub(super) fn locate(account: &Account, id: &str) -> Option<Target> {
    let id = ids::from_immutable(id);
    for calendar in account
        .calendars
        .iter()
        .filter(|calendar| calendar.removed.is_none())
    {
        if let Some(event) = calendar.event(&id) {
            return (!event.removed).then(|| Target::Event {
                calendar: calendar.id.clone(),
                id: event.id.clone(),
            });
        }
        let Some((master, date)) = ids::split_graph_occurrence(&id) else {
            continue;
        };
        let Some(event) = calendar.event(&master).filter(|event| !event.removed) else {
            continue;
        };
        let slot = expand::instance_at(calendar, event, date.and_time(event.start.local().time()))?;
        let calendar = calendar.id.clone();
        return Some(match slot.exception {
            Some(exception) => Target::Event {
                calendar,
                id: exception.id.clone(),
            },
            None => Target::Occurrence {
                calendar,
                master,
                date,
            },
        });
    }
    None
}

/// The unchanged occurrence of a series on a date.
pub(super) fn slot<'a>(
    account: &'a Account,
    calendar: &str,
    master: &str,
    date: NaiveDate,
) -> Option<(&'a Calendar, Instance<'a>)> {
    let calendar = account.calendar(calendar)?;
    let master = calendar.event(master)?;
    let slot = expand::slot_at(master, date.and_time(master.start.local().time()))?;
    Some((calendar, slot))
}

/// A stored event to write on: an exception is made of an occurrence.
pub(super) fn draft(account: &Account, target: &Target) -> Option<Event> {
    match target {
        Target::Event { calendar, id } => account.calendar(calendar)?.event(id).cloned(),
        Target::Occurrence {
            calendar,
            master,
            date,
        } => {
            let master = account.calendar(calendar)?.event(master)?;
            let original = date.and_time(master.start.local().time());
            occurrence_draft(Vendor::Microsoft, master, original)
        }
    }
}
