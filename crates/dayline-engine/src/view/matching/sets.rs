//! What only a set of occurrences tells: which overlap, and which stand in several calendars.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use dayline_model::{ParticipationStatus, ShowAs, Status};
use dayline_store::{Read, SpanRow, StoreError};

use super::copies::{Copies, Key, Meetings};

/// Occurrences with something in common with another one.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sets {
    /// They overlap another that takes the user's time as they do.
    pub conflicts: BTreeSet<Key>,
    /// They stand in another calendar too.
    pub copies: BTreeSet<Key>,
}

impl Sets {
    pub(super) fn add_conflicts(
        &mut self,
        read: &Read<'_>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let mut meetings = Meetings::default();
        let mut busy = Vec::new();
        read.visit_spans(from, until, |span| {
            if takes_time(&span) {
                busy.push(Busy {
                    key: (span.event, span.start),
                    end: span.end,
                    meeting: meetings.find_ever(&span),
                });
            }
        })?;
        self.conflicts = conflicts(busy);
        Ok(())
    }

    pub(super) fn add_copies(
        &mut self,
        read: &Read<'_>,
        from: DateTime<Utc>,
        until: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        self.copies = Copies::load(read, from, until)?.keys().collect();
        Ok(())
    }
}

/// Timed, with a length, neither declined nor cancelled, and not free.
pub(in crate::view) fn takes_time(span: &SpanRow) -> bool {
    !span.all_day
        && span.end > span.start
        && span.status != Status::Cancelled
        && span.response != ParticipationStatus::Declined
        && matches!(
            span.show_as,
            ShowAs::Busy | ShowAs::Tentative | ShowAs::OutOfOffice
        )
}

/// An occurrence that takes the user's time.
#[derive(Debug, Clone, Copy)]
struct Busy {
    key: Key,
    end: DateTime<Utc>,
    meeting: usize,
}

/// Those that overlap another meeting. A copy of a meeting is no conflict with it.
fn conflicts(mut busy: Vec<Busy>) -> BTreeSet<Key> {
    busy.sort_unstable_by_key(|one| (one.key.1, one.end, one.key.0));
    let mut found = BTreeSet::new();
    // Forward: does one that began earlier still run?
    let mut latest = Extremes::default();
    for one in &busy {
        if latest
            .of_others(one.meeting)
            .is_some_and(|end| end > one.key.1)
        {
            found.insert(one.key);
        }
        latest.note(one.end, one.meeting, |new, old| new > old);
    }
    // Backward: does one that begins later begin before the end?
    let mut next = Extremes::default();
    for one in busy.iter().rev() {
        if next
            .of_others(one.meeting)
            .is_some_and(|start| start < one.end)
        {
            found.insert(one.key);
        }
        next.note(one.key.1, one.meeting, |new, old| new <= old);
    }
    found
}

/// The most extreme instant so far, and that of the other meetings.
#[derive(Debug, Default)]
struct Extremes {
    best: Option<(DateTime<Utc>, usize)>,
    second: Option<(DateTime<Utc>, usize)>,
}

impl Extremes {
    fn of_others(&self, meeting: usize) -> Option<DateTime<Utc>> {
        let other = self.best.filter(|(_, holder)| *holder != meeting);
        other.or(self.second).map(|(time, _)| time)
    }

    fn note(
        &mut self,
        time: DateTime<Utc>,
        meeting: usize,
        is_better: fn(DateTime<Utc>, DateTime<Utc>) -> bool,
    ) {
        let beats = |held: Option<(DateTime<Utc>, usize)>| {
            held.is_none_or(|(known, _)| is_better(time, known))
        };
        let holds_best = self.best.is_some_and(|(_, holder)| holder == meeting);
        if beats(self.best) {
            if !holds_best {
                self.second = self.best;
            }
            self.best = Some((time, meeting));
        } else if !holds_best && beats(self.second) {
            self.second = Some((time, meeting));
        }
    }
}

#[cfg(test)]
mod tests;
