//! What only a set of occurrences tells: which overlap, and which are the same meeting.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use dayline_model::filter::fold;
use dayline_model::{CalendarId, EventId, ParticipationStatus, ShowAs, Status};
use dayline_store::{Read, SpanRow, StoreError};

/// An occurrence: its event and its start.
pub(super) type Key = (EventId, DateTime<Utc>);

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
                    meeting: meetings.find(&span),
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
        let mut meetings = Meetings::default();
        let mut all: Vec<(Key, usize)> = Vec::new();
        read.visit_spans(from, until, |span| {
            all.push(((span.event, span.start), meetings.find(&span)));
        })?;
        let copies = all.into_iter().filter(|(_, meeting)| {
            let calendars = meetings.calendars.get(*meeting);
            calendars.is_some_and(|calendars| calendars.len() > 1)
        });
        self.copies = copies.map(|(key, _)| key).collect();
        Ok(())
    }
}

/// Timed, with a length, neither declined nor cancelled, and not free.
fn takes_time(span: &SpanRow) -> bool {
    !span.all_day
        && span.end > span.start
        && span.status != Status::Cancelled
        && span.response != ParticipationStatus::Declined
        && matches!(
            span.show_as,
            ShowAs::Busy | ShowAs::Tentative | ShowAs::OutOfOffice
        )
}

/// Which occurrences are the same meeting, in whatever calendars they stand.
#[derive(Debug, Default)]
struct Meetings {
    known: BTreeMap<Mark, usize>,
    /// Where each meeting stands.
    calendars: Vec<BTreeSet<CalendarId>>,
}

/// What the occurrences of a meeting share.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// The UID of something that happens once.
    Uid(String),
    /// The UID of a series, which all of its occurrences have, and a start.
    UidAt(String, DateTime<Utc>),
    /// Title, organizer, start and end. The organizer is empty if it is the user.
    Looks(String, String, DateTime<Utc>, DateTime<Utc>),
}

impl Meetings {
    /// The number of an occurrence's meeting. Two in the same calendar are never the same one.
    fn find(&mut self, span: &SpanRow) -> usize {
        let marks = marks(span);
        let known = marks
            .iter()
            .filter_map(|mark| self.known.get(mark))
            .find(|meeting| {
                let calendars = self.calendars.get(**meeting);
                calendars.is_some_and(|calendars| !calendars.contains(&span.calendar))
            });
        let meeting = known.copied().unwrap_or_else(|| {
            self.calendars.push(BTreeSet::new());
            self.calendars.len() - 1
        });
        if let Some(calendars) = self.calendars.get_mut(meeting) {
            calendars.insert(span.calendar);
        }
        for mark in marks {
            self.known.entry(mark).or_insert(meeting);
        }
        meeting
    }
}

/// Whether two occurrences in different calendars are the same meeting.
pub(in crate::view) fn are_copies(one: &SpanRow, other: &SpanRow) -> bool {
    let marks = marks(one);
    self::marks(other).iter().any(|mark| marks.contains(mark))
}

fn marks(span: &SpanRow) -> Vec<Mark> {
    let mut marks = Vec::with_capacity(4);
    if let Some(uid) = span.ical_uid.as_deref().map(plain_uid) {
        if !span.is_series {
            marks.push(Mark::Uid(uid.clone()));
        }
        marks.push(Mark::UidAt(uid, span.start));
    }
    let looks = |organizer: String| Mark::Looks(fold(&span.title), organizer, span.start, span.end);
    let organizer = span.organizer.as_deref().map(fold).unwrap_or_default();
    // The user is one person, whatever the account's address.
    if span.response == ParticipationStatus::Organizer && !organizer.is_empty() {
        marks.push(looks(String::new()));
    }
    marks.push(looks(organizer));
    marks
}

/// An iCalendar UID as other calendars have it.
///
/// Outlook writes a `GlobalObjectId` in hexadecimal. In that of an occurrence four bytes hold its
/// date, which are zero in its series'; and one that came from elsewhere holds the UID that it
/// came with.
///
/// # Source
/// MS-OXOCAL 2.2.1.27 and MS-OXCICAL 2.1.3.1.1.20.26 (read 2026-11).
fn plain_uid(uid: &str) -> String {
    const CLASS: &str = "040000008200e00074c5b7101a82e008";
    const HEAD_BYTES: usize = 40;
    const FOREIGN: &[u8] = b"vCal-Uid\x01\0\0\0";
    let lower = uid.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix(CLASS) else {
        return uid.to_owned();
    };
    let bytes = (0..lower.len()).step_by(2).map(|at| {
        let digits = lower.get(at..at + 2)?;
        u8::from_str_radix(digits, 16).ok()
    });
    let bytes: Option<Vec<u8>> = bytes.collect();
    let data = bytes.as_deref().and_then(|bytes| bytes.get(HEAD_BYTES..));
    if let Some(foreign) = data.and_then(|data| data.strip_prefix(FOREIGN)) {
        let end = foreign.iter().position(|byte| *byte == 0);
        let text = foreign.get(..end.unwrap_or(foreign.len()));
        if let Some(text) = text.and_then(|text| std::str::from_utf8(text).ok()) {
            return text.to_owned();
        }
    }
    match rest.get(8..) {
        Some(tail) => format!("{CLASS}00000000{tail}"),
        None => lower,
    }
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
